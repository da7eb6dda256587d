//! The program as a user meets it: output, exit codes, and an error for every bad input.

mod program;

use std::path::PathBuf;

use plimsoll_test_support::workspace;

use program::{Run, plimsoll};

/// A folder of its own for one test, with these files in it.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-cli-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    for (path, bytes) in files {
        let path = folder.join(path);
        let parent = path.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(parent).expect("the folder can be made");
        std::fs::write(path, bytes).expect("the file can be written");
    }
    folder
}

fn run(arguments: &[&str]) -> Run {
    plimsoll(workspace(), arguments, b"")
}

#[test]
fn exit_codes_tell_findings_from_trouble() {
    assert_eq!(run(&["check", "examples/eas-flask"]).code, 0);
    assert_eq!(run(&["check", "examples/eas-broken"]).code, 1);
    assert_eq!(run(&["check", "examples/eas-broken", "--fail-on", "never"]).code, 0);
    assert_eq!(run(&["check", "no/such/folder"]).code, 2);
    assert_eq!(run(&["check", "--plattform", "eas"]).code, 2);
    assert_eq!(run(&["explain", "no-such-rule"]).code, 2);
    assert_eq!(run(&["--version"]).code, 0);
    assert_eq!(run(&[]).code, 0);
}

#[test]
fn every_bad_input_has_its_error_and_the_others_are_still_checked() {
    let folder = folder(
        "bad",
        &[
            ("Dockerfile", b"FROM python:3.12\nEXPOSE 9090\n"),
            ("binary.sh", b"#!/bin/sh\n\0\0"),
            ("latin.sh", b"#!/bin/sh\necho caf\xe9\n"),
            ("notes.txt", b"nothing of ours"),
            ("empty/readme.txt", b"nothing"),
        ],
    );
    std::fs::write(folder.join("large.sh"), vec![b' '; 20 * 1024 * 1024]).unwrap();
    let run = plimsoll(
        &folder,
        &[
            "check",
            "Dockerfile",
            "missing",
            "binary.sh",
            "latin.sh",
            "notes.txt",
            "large.sh",
            "empty",
            "--platform",
            "eas",
        ],
        b"",
    );
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("eas/dockerfile-port-reserved"), "{}", run.stdout);
    for (name, error) in [
        ("missing", "there is no such file or folder"),
        ("binary.sh", "this is a binary file (a zero byte at offset 10)"),
        ("latin.sh", "this is not UTF-8 (line 2, byte 18 of the file)"),
        ("notes.txt", "neither its name nor its content tells"),
        ("large.sh", "20 MiB are more than the 16 MiB"),
        ("empty", "there is nothing to check in this folder"),
    ] {
        let line = run.stderr.lines().find(|line| line.contains(&format!("{name}:")));
        assert!(line.is_some_and(|line| line.contains(error)), "{name}: {}", run.stderr);
    }
}

#[test]
fn mistyped_names_get_a_suggestion() {
    for (arguments, suggestion) in [
        (&["check", "--platform", "esa"][..], "did you mean `eas`?"),
        (&["check", "--platform", "modelarts:bach"], "it has real-time, batch"),
        (&["check", "--select", "eas/port-reservd"], "did you mean `eas/port-reserved`?"),
        (&["check", "--kind", "dockerfil"], "did you mean `dockerfile`?"),
        (&["explain", "port-reservd"], "did you mean `eas/port-reserved`?"),
        (&["check", "--platfrm", "eas"], "--platform"),
        (&["chek"], "check"),
    ] {
        let run = run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(suggestion), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn standard_input_is_a_document_of_the_name_or_kind_that_is_given() {
    let dockerfile = b"FROM a:1\nEXPOSE 8080\n";
    for arguments in [
        &["check", "-", "--platform", "eas", "--kind", "dockerfile", "--format", "json"][..],
        &["check", "-", "--platform", "eas", "--stdin-filename", "Dockerfile", "--format", "json"],
        &["check", "-", "--platform", "eas", "--format", "json"],
    ] {
        let run = plimsoll(workspace(), arguments, dockerfile);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(report["documents"][0]["kind"], "dockerfile", "{arguments:?}");
        assert_eq!(report["findings"][0]["rule"], "eas/dockerfile-port-reserved");
        assert_eq!(report["findings"][0]["span"]["start"]["offset"], 16);
        assert_eq!(report["findings"][0]["span"]["start"]["line"], 2);
        assert_eq!(report["findings"][0]["span"]["start"]["column"], 8);
    }
}

#[test]
fn json_has_every_key_of_the_contract() {
    let run = run(&["check", "examples/eas-broken", "--platform", "eas", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(report["version"], 1);
    assert_eq!(keys(&report), ["version", "documents", "findings", "fit", "summary"]);
    for finding in report["findings"].as_array().unwrap() {
        assert_eq!(
            keys(finding),
            [
                "rule", "severity", "platform", "path", "span", "message", "args", "related",
                "help", "source", "fixes"
            ]
        );
        assert_eq!(keys(&finding["span"]["start"]), ["offset", "line", "column"]);
    }
    assert_eq!(keys(&report["fit"][0]), ["platform", "verdict", "errors", "warnings", "deciding"]);
    assert_eq!(keys(&report["fit"][0]["deciding"][0]), ["rule", "path", "line"]);
    assert_eq!(keys(&report["summary"]), ["errors", "warnings", "infos", "fixable", "omitted"]);
    assert_eq!(report["fit"][0]["verdict"], "fails");
}

#[test]
fn the_same_input_gives_the_same_output() {
    let arguments = ["check", "examples", "--platform", "eas,modelarts", "--format", "json"];
    assert_eq!(run(&arguments).stdout, run(&arguments).stdout);
}

#[test]
fn chinese_is_spoken_where_it_is_asked_for() {
    let run = run(&["check", "examples/eas-broken", "--lang", "zh"]);
    assert!(run.stdout.contains("端口"), "{}", run.stdout);
    assert!(!run.stdout.contains("reserved by"), "{}", run.stdout);
}

#[test]
fn a_password_is_encoded_and_never_shown() {
    let encoded = plimsoll(
        workspace(),
        &["auth", "encode", "--username", "abcd", "--password-stdin"],
        b"abcde12345",
    );
    assert_eq!((encoded.code, encoded.stdout.as_str()), (0, "YWJjZDphYmNkZTEyMzQ1\n"));
    // `echo` adds a line end, which is dropped as docker drops it.
    let with_line_end = plimsoll(
        workspace(),
        &["auth", "encode", "--username", "abcd", "--password-stdin"],
        b"abcde12345\n",
    );
    assert_eq!(with_line_end.stdout, encoded.stdout);

    let decoded = plimsoll(workspace(), &["auth", "decode"], encoded.stdout.as_bytes());
    assert_eq!(decoded.stdout, "username: abcd\npassword: ••••\n");
    let revealed =
        plimsoll(workspace(), &["auth", "decode", "--reveal"], encoded.stdout.as_bytes());
    assert_eq!(revealed.stdout, "username: abcd\npassword: abcde12345\n");
    let odd = plimsoll(workspace(), &["auth", "decode"], b"YWJjZDphYmNkZTEyMzQ1Cg==");
    assert!(odd.stdout.contains("line break"), "{}", odd.stdout);
}

#[test]
fn no_output_of_any_command_shows_a_password() {
    const PASSWORD: &str = "hunter2-hunter2";
    let raw = format!("robot:{PASSWORD}");
    let encoded = plimsoll(
        workspace(),
        &["auth", "encode", "--username", "robot", "--password-stdin"],
        PASSWORD.as_bytes(),
    );
    let encoded = encoded.stdout.trim().to_owned();
    let service = |auth: &str, tail: &str| {
        format!(
            "{{\"metadata\":{{\"name\":\"a_b\"}},\"containers\":[{{\"image\":\"x\",\"port\":8080,\"dockerAuth\":\"{auth}\"}}],\"dockerAuth\":\"{auth}\"{tail}}}"
        )
    };
    let texts = [
        service(&raw, ""),
        service(&encoded, ""),
        service(&raw, ",}"),
        service(&encoded, ",\"dockerAuth\": oops"),
        format!(
            "{{\"metadata\":{{\"name\":\"a_b\"}},\"containers\":[],\"docker_auth\":\"{raw}\"}}"
        ),
    ];
    for text in &texts {
        let folder = folder("secret", &[("service.json", text.as_bytes())]);
        for arguments in [
            &["check", "--platform", "eas"][..],
            &["check", "--platform", "eas", "--lang", "zh", "--strict"],
            &["check", "--platform", "eas", "--format", "json"],
            &["fix", "--platform", "eas", "--diff"],
            &["fix", "--platform", "eas", "--unsafe"],
            &["auth", "decode", "service.json"],
            &["auth", "decode", "service.json", "--as", "docker-config"],
        ] {
            let run = plimsoll(&folder, arguments, b"");
            for secret in [PASSWORD, encoded.as_str()] {
                assert!(!run.stdout.contains(secret), "{arguments:?} of {text}: {}", run.stdout);
                assert!(!run.stderr.contains(secret), "{arguments:?} of {text}: {}", run.stderr);
            }
        }
    }
    for bad in [raw.as_str(), "robot", "!!!"] {
        let run = plimsoll(workspace(), &["auth", "decode"], bad.as_bytes());
        assert!(!run.stdout.contains(PASSWORD) && !run.stderr.contains(PASSWORD), "{run:?}");
    }
}

#[test]
fn fixes_are_written_whole_and_a_diff_writes_nothing() {
    let before = "FROM a:1\nCMD [\"gunicorn\", \"-b\", \"127.0.0.1:8000\", \"a:b\"]\n";
    let after = before.replace("127.0.0.1", "0.0.0.0");
    let folder = folder("fix", &[("Dockerfile", before.as_bytes())]);
    let read = || std::fs::read_to_string(folder.join("Dockerfile")).unwrap();

    let diff = plimsoll(&folder, &["fix", "--platform", "eas", "--diff"], b"");
    assert!(diff.stdout.contains("-CMD") && diff.stdout.contains("+CMD"), "{}", diff.stdout);
    assert_eq!(read(), before);

    assert_eq!(plimsoll(&folder, &["fix", "--platform", "eas"], b"").code, 0);
    assert_eq!(read(), after);
    assert_eq!(plimsoll(&folder, &["check", "--platform", "eas"], b"").code, 0);
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert_eq!(left.len(), 1, "no temporary file is left: {left:?}");
}

#[test]
fn comments_silence_a_rule_and_the_unused_ones_are_reported() {
    let silent = b"FROM a:1\n# plimsoll ignore=eas/dockerfile-port-reserved -- behind a proxy\nEXPOSE 8080\n";
    let run =
        plimsoll(workspace(), &["check", "-", "--kind", "dockerfile", "--platform", "eas"], silent);
    assert!(!run.stdout.contains("port-reserved"), "{}", run.stdout);
    let unused = b"FROM a:1\n# plimsoll ignore=eas/dockerfile-port-reserved\nEXPOSE 8000\n";
    let run =
        plimsoll(workspace(), &["check", "-", "--kind", "dockerfile", "--platform", "eas"], unused);
    assert!(run.stdout.contains("project/unused-suppression"), "{}", run.stdout);
}

#[test]
fn a_rule_is_explained_by_its_id_and_its_alias() {
    let by_id = run(&["explain", "eas/port-reserved"]);
    assert_eq!(by_id.code, 0);
    assert!(by_id.stdout.contains("Sources"), "{}", by_id.stdout);
    assert_eq!(run(&["explain", "eas/reserved-port"]).stdout, by_id.stdout);
    assert!(run(&["explain", "eas/port-reserved", "--lang", "zh"]).stdout.contains("来源"));
}

#[test]
fn the_list_of_rules_is_one_in_every_format() {
    let ids: Vec<&str> = plimsoll::register().map(|rule| rule.id).collect();
    let json: serde_json::Value =
        serde_json::from_str(&run(&["rules", "--format", "json"]).stdout).unwrap();
    let listed: Vec<&str> =
        json["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(listed, ids);
    let text = run(&["rules"]).stdout;
    let markdown = run(&["rules", "--format", "markdown"]).stdout;
    for id in ids {
        assert!(text.contains(id) && markdown.contains(&format!("`{id}`")), "{id}");
    }
}

#[test]
fn a_kind_with_a_shape_has_a_json_schema_and_another_says_which_have() {
    for kind in ["eas-service", "modelarts-config"] {
        let schema: serde_json::Value =
            serde_json::from_str(&run(&["schema", kind]).stdout).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["additionalProperties"], false, "{kind}");
    }
    let zh = run(&["schema", "eas-service", "--lang", "zh"]).stdout;
    assert!(zh.contains("容器"), "{zh}");
    let run = run(&["schema", "shell"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("eas-service, modelarts-config"), "{}", run.stderr);
}

#[test]
fn init_writes_what_the_project_says_and_overwrites_nothing_unasked() {
    let folder = folder("init", &[("Dockerfile", b"FROM a:1\nEXPOSE 7000\nCMD [\"serve\"]\n")]);
    let first = plimsoll(&folder, &["init", "eas"], b"");
    assert_eq!(first.code, 0, "{}", first.stderr);
    let text = std::fs::read_to_string(folder.join("service.json")).expect("it was written");
    assert!(text.contains("\"port\": 7000"), "{text}");
    let again = plimsoll(&folder, &["init", "eas"], b"");
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("--force"), "{}", again.stderr);
    assert_eq!(plimsoll(&folder, &["init", "eas", "--force"], b"").code, 0);
    assert_eq!(plimsoll(&folder, &["init", "esa"], b"").code, 2);
    assert_eq!(plimsoll(&folder, &["init", "eas", "nowhere"], b"").code, 2);
}

#[test]
fn no_report_and_no_diff_repeats_a_secret_of_a_dockerfile() {
    let dockerfile = b"FROM debian:12\nENV DB_PASSWORD=hunter2 API_TOKEN hunter2\n\
        ENV API_TOKEN hunter2\nARG NPM_TOKEN=hunter2\n\
        RUN curl -u bob:hunter2 https://a.example/x && echo \"root:hunter2\" | chpasswd\n\
        RUN docker login -u a -p hunter2 r.example; echo hunter2 | docker login --password-stdin\n\
        RUN git clone https://bob:hunter2@example.com/a.git\nCMD serve --password hunter2\n";
    let folder = folder("secrets", &[("Dockerfile", dockerfile)]);
    for arguments in [
        &["check", "--strict", "--platform", "eas,modelarts:batch"][..],
        &["check", "--strict", "--platform", "eas,modelarts:batch", "--format", "json"],
        &["fix", "--diff", "--unsafe", "--strict"],
        &["init", "modelarts:batch"],
    ] {
        let run = plimsoll(&folder, arguments, b"");
        let all = run.stdout + &run.stderr;
        assert!(!all.is_empty() && !all.contains("hunter2"), "{arguments:?}: {all}");
    }
    let script = std::fs::read_to_string(folder.join("run.sh")).expect("a boot file");
    assert!(!script.contains("hunter2") && script.contains("REPLACE_ME"), "{script}");
}
