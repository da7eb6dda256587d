//! What `plimsoll init` writes says the same to whoever reads it: a shell, a reader of YAML.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An empty folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-init-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn init(platform: &str, folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plimsoll"))
        .args(["init", platform, "--force"])
        .arg(folder)
        .output()
        .expect("plimsoll starts")
}

/// Programs that write down what they were started with, in place of those of these names.
fn programs(folder: &Path) -> PathBuf {
    let bin = folder.join("bin");
    std::fs::create_dir_all(&bin).expect("the folder can be made");
    for name in ["serve", "stop", "echo", "if", "A=b"] {
        let text = "#!/bin/sh\n{ printf '<%s>' \"${0##*/}\" \"$@\"; printf '{%s}\\n' \"$A\"; } >> \"$OUT\"\n";
        let path = bin.join(name);
        std::fs::write(&path, text).expect("the file can be written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("mode");
    }
    bin
}

/// What the programs wrote down while `argv` ran.
fn started(folder: &Path, argv: &[&str]) -> String {
    let out = folder.join("out");
    let _ = std::fs::remove_file(&out);
    let path = format!("{}:/usr/bin:/bin", folder.join("bin").display());
    let found = argv[0].contains('/').then(|| PathBuf::from(argv[0]));
    let own = folder.join("bin").join(argv[0]);
    let program = found.unwrap_or(if own.is_file() { own } else { argv[0].into() });
    let status = Command::new(program)
        .args(&argv[1..])
        .current_dir(folder)
        .env_clear()
        .envs([("PATH", path.as_str()), ("HOME", "/h"), ("X", "x1 x2"), ("server_pid", "other")])
        .env("OUT", &out)
        .status();
    assert!(status.is_ok(), "{argv:?}: {status:?}");
    std::fs::read_to_string(&out).unwrap_or_default()
}

#[test]
fn a_boot_file_starts_what_the_image_starts() {
    let sh = ["/bin/sh", "-c"];
    let bash = ["/bin/bash", "-c"];
    let shell = |line: &'static str| [sh[0], sh[1], line].to_vec();
    let cases: Vec<(&str, Vec<&str>)> = vec![
        (
            r#"CMD ["serve","a b","$HOME","it's; rm -rf x"]"#,
            vec!["serve", "a b", "$HOME", "it's; rm -rf x"],
        ),
        (r#"CMD ["serve",""," ","''"]"#, vec!["serve", "", " ", "''"]),
        (r#"CMD ["serve","a\nb","\t","\"q\"","\\"]"#, vec!["serve", "a\nb", "\t", "\"q\"", "\\"]),
        (
            r##"CMD ["serve","`id`","$(id)","*","~","#x","&","|",">o","!","a=b","--","端口"]"##,
            vec![
                "serve", "`id`", "$(id)", "*", "~", "#x", "&", "|", ">o", "!", "a=b", "--", "端口",
            ],
        ),
        (r#"CMD ["sh","-c","exec serve --port 8000"]"#, vec!["sh", "-c", "exec serve --port 8000"]),
        (
            r#"CMD ["sh","-c","serve 'a  b' $1; serve $0","name","arg"]"#,
            vec!["sh", "-c", "serve 'a  b' $1; serve $0", "name", "arg"],
        ),
        (r#"CMD ["echo","builtin"]"#, vec!["echo", "builtin"]),
        (r#"CMD ["stop","function"]"#, vec!["stop", "function"]),
        (r#"CMD ["if","keyword"]"#, vec!["if", "keyword"]),
        (r#"CMD ["A=b","assignment"]"#, vec!["A=b", "assignment"]),
        (
            r#"CMD ["serve","--host","app.shop.example"]"#,
            vec!["serve", "--host", "app.shop.example"],
        ),
        ("CMD serve --port 8000", shell("serve --port 8000")),
        (
            "CMD exec serve \"a  b\" $X \"${X}\" ${Y:-y}",
            shell("exec serve \"a  b\" $X \"${X}\" ${Y:-y}"),
        ),
        ("CMD A=b serve 'it is' x", shell("A=b serve 'it is' x")),
        ("CMD serve one && serve two; serve three", shell("serve one && serve two; serve three")),
        ("CMD serve a # why", shell("serve a # why")),
        ("CMD serve a & wait; serve b", shell("serve a & wait; serve b")),
        ("CMD serve a | cat", shell("serve a | cat")),
        ("CMD serve $0 $# \"$@\"", shell("serve $0 $# \"$@\"")),
        ("CMD serve $server_pid ${server_pid}", shell("serve $server_pid ${server_pid}")),
        ("CMD stop now", shell("stop now")),
        ("CMD if true; then serve y; fi", shell("if true; then serve y; fi")),
        ("CMD { serve z; }", shell("{ serve z; }")),
        ("CMD (serve z)", shell("(serve z)")),
        ("CMD ! serve z", shell("! serve z")),
        (
            "CMD serve \"$(printf 'a b')\" > /dev/null",
            shell("serve \"$(printf 'a b')\" > /dev/null"),
        ),
        ("CMD serve a \\\n  'b c' \\\n  d", shell("serve a   'b c'   d")),
        ("ENTRYPOINT [\"serve\",\"a b\"]\nCMD [\"c d\",\"\"]", vec!["serve", "a b", "c d", ""]),
        ("ENTRYPOINT [\"serve\"]\nCMD x \"y z\"", vec!["serve", "/bin/sh", "-c", "x \"y z\""]),
        ("ENTRYPOINT serve $0 $1\nCMD [\"a\",\"b\"]", vec![sh[0], sh[1], "serve $0 $1", "a", "b"]),
        (
            "SHELL [\"/bin/bash\",\"-c\"]\nCMD [[ a == a ]] && serve 'b c'",
            vec![bash[0], bash[1], "[[ a == a ]] && serve 'b c'"],
        ),
    ];
    let folder = folder("boot-file");
    programs(&folder);
    for (command, argv) in cases {
        std::fs::write(folder.join("Dockerfile"), format!("FROM a:1\n{command}\n")).unwrap();
        let _ = std::fs::remove_file(folder.join("run.sh"));
        let run = init("modelarts:batch", &folder);
        assert_eq!(run.status.code(), Some(0), "{command}: {run:?}");
        let script = std::fs::read_to_string(folder.join("run.sh")).expect(command);
        for shell in ["sh", "bash"] {
            let parsed = Command::new(shell).arg("-n").arg(folder.join("run.sh")).status().unwrap();
            assert!(parsed.success(), "{command}: {shell} -n\n{script}");
        }
        let expected = started(&folder, &argv);
        assert!(!expected.is_empty(), "{command} starts a program");
        assert_eq!(started(&folder, &["/bin/sh", "run.sh"]), expected, "{command}\n{script}");
    }
}

#[test]
fn a_plain_command_stays_as_it_is_written() {
    let folder = folder("plain");
    for (command, line) in [
        ("CMD gunicorn -b :8080 app:app", "gunicorn -b :8080 app:app &"),
        ("CMD [\"gunicorn\",\"-b\",\":8080\",\"app:app\"]", "exec gunicorn -b :8080 app:app &"),
    ] {
        std::fs::write(folder.join("Dockerfile"), format!("FROM a:1\n{command}\n")).unwrap();
        let _ = std::fs::remove_file(folder.join("run.sh"));
        init("modelarts:batch", &folder);
        let script = std::fs::read_to_string(folder.join("run.sh")).unwrap();
        assert!(script.lines().any(|one| one == line), "{script}");
    }
}

#[test]
fn a_command_that_no_script_can_hold_gives_no_boot_file() {
    let folder = folder("no-boot-file");
    for command in [r#"CMD ["serve","a\u0000b"]"#, r#"CMD ["/home/run.sh"]"#, "CMD []", ""] {
        std::fs::write(folder.join("Dockerfile"), format!("FROM a:1\n{command}\n")).unwrap();
        init("modelarts:batch", &folder);
        assert!(!folder.join("run.sh").exists(), "{command}");
    }
}
