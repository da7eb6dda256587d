//! Documents go to standard output byte for byte, and what could not be written is told.
#![cfg(unix)]

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// An empty folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-raw-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plimsoll"));
    command.args(arguments).current_dir(folder).env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn plimsoll(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = command(folder, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("plimsoll starts");
    child.stdin.take().expect("piped").write_all(input).expect("it reads");
    child.wait_with_output().expect("plimsoll ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_document_that_needs_no_fix_comes_out_as_it_went_in() {
    let folder = folder("same");
    let documents: [(&str, &[u8]); 4] = [
        ("dockerfile", b"FROM alpine:3.20\nRUN echo \"\x1b[31mred\x1b[0m\x1b]0;t\x07\"\n"),
        ("dockerfile", b"\xEF\xBB\xBFFROM alpine:3.20\r\nUSER 1\r\nCMD [\"a\"]"),
        ("eas-service", b"{\"metadata\": {\"name\": \"a\x7f\xc2\x9b31m\", \"instance\": 1}, \"containers\": []}"),
        ("shell", b"#!/bin/sh\nprintf '\x1b(B\x9c2J'\n"),
    ];
    for (kind, document) in documents.into_iter().take(3) {
        for color in ["auto", "always", "never"] {
            let run = plimsoll(&folder, &["fix", "-", "--kind", kind, "--color", color], document);
            assert_eq!(run.stdout, document, "{kind} {color}: {}", text(&run.stdout));
        }
    }
    // What is no text comes out not at all.
    let (kind, document) = documents[3];
    let run = plimsoll(&folder, &["fix", "-", "--kind", kind], document);
    assert_eq!((run.status.code(), run.stdout), (Some(2), Vec::new()));
}

#[test]
fn a_report_never_takes_the_place_of_a_document() {
    let folder = folder("in-place");
    let document = b"FROM alpine:3.20\nMAINTAINER x\n";
    fs::write(folder.join("Dockerfile"), document).expect("it can be written");
    std::os::unix::fs::symlink("Dockerfile", folder.join("report.txt")).expect("a link");
    for path in ["Dockerfile", "./Dockerfile", "report.txt"] {
        let run = plimsoll(&folder, &["check", ".", "--output", path], b"");
        assert_eq!(run.status.code(), Some(2), "{path}");
        assert!(text(&run.stderr).contains("take the place of a document"), "{path}");
        assert_eq!(fs::read(folder.join("Dockerfile")).expect("a document"), document, "{path}");
    }
}

#[test]
fn a_fix_changes_what_it_fixes_and_no_other_byte() {
    let folder = folder("fixed");
    let old = b"\xEF\xBB\xBFFROM alpine:3.20\r\nRUN echo \"\x1b[31m\"\r\nENV A b\r\nUSER 1";
    let new = b"\xEF\xBB\xBFFROM alpine:3.20\r\nRUN echo \"\x1b[31m\"\r\nENV A=b\r\nUSER 1";
    let run = plimsoll(&folder, &["fix", "-", "--kind", "dockerfile"], old);
    assert_eq!((run.status.code(), text(&run.stdout)), (Some(0), text(new)));
    // Beside files: what was done with those is no part of the document.
    fs::write(folder.join("Dockerfile"), "FROM alpine:3.20\nENV A b\n").expect("written");
    let arguments = ["fix", "-", "--stdin-filename", "x.dockerfile", "Dockerfile"];
    let run = plimsoll(&folder, &arguments, old);
    assert_eq!((run.status.code(), text(&run.stdout)), (Some(0), text(new)));
    assert!(text(&run.stderr).contains("applied 1 fix in 1 file"), "{}", text(&run.stderr));
}

#[test]
fn the_line_ends_of_a_fix_are_those_of_the_document() {
    let folder = folder("line-ends");
    let old = b"FROM alpine:3.20\r\nCMD [\"a\"]\r\n";
    let arguments = ["fix", "-", "--kind", "dockerfile", "-p", "modelarts", "--strict"];
    let run = plimsoll(&folder, &arguments, old);
    let new = text(&run.stdout);
    assert!(new.contains("EXPOSE 8080\r\n"), "{new:?}");
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count(), "{new:?}");
}

#[test]
fn what_cannot_be_written_to_standard_output_is_trouble_for_every_command() {
    let folder = folder("full");
    fs::write(folder.join("Dockerfile"), "FROM alpine\nENV A b\n").expect("written");
    fs::write(folder.join("config.json"), r#"{"auths": {"a.b": {"auth": "dTpw"}}}"#)
        .expect("written");
    let commands: [&[&str]; 14] = [
        &["check", "Dockerfile"],
        &["check", "Dockerfile", "--format", "json"],
        &["check", "Dockerfile", "-o", "-"],
        &["fix", "Dockerfile", "--diff"],
        &["rules"],
        &["rules", "--format", "json"],
        &["explain", "eas/port-reserved"],
        &["schema", "eas-service"],
        &["auth", "encode", "--as", "docker-login", "-u", "u", "--registry", "a.b"],
        &["auth", "decode", "config.json"],
        &["init", "eas", "--force"],
        &["--help"],
        &["check", "-h"],
        &["--version"],
    ];
    for arguments in commands {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        // Written to where it may only be read: standard libraries take that for a sink.
        let closed = File::open("/dev/null").expect("a device");
        for stdout in [full, closed] {
            let output = command(&folder, arguments).stdout(stdout).output().expect("it starts");
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let said = text(&output.stderr);
            assert!(said.contains("standard output"), "{arguments:?}: {said}");
        }
    }
    let mut bare = command(&folder, &[]);
    bare.stdout(File::create("/dev/full").expect("a device"));
    assert_eq!(bare.output().expect("it starts").status.code(), Some(2));
    let mut fix = command(&folder, &["fix", "-", "--kind", "dockerfile"]);
    fix.stdin(File::open(folder.join("Dockerfile")).expect("a file"));
    fix.stdout(File::create("/dev/full").expect("a device"));
    assert_eq!(fix.output().expect("it starts").status.code(), Some(2));
}

#[test]
fn a_reader_that_went_away_is_no_trouble() {
    let folder = folder("pipe");
    let mut child = command(&folder, &["rules", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[test]
fn a_report_in_a_file_has_colours_only_where_they_are_asked_for() {
    let folder = folder("colour");
    fs::write(folder.join("Dockerfile"), "FROM alpine\nENV A b\n").expect("written");
    for (color, is_coloured) in [("auto", false), ("never", false), ("always", true)] {
        let arguments = ["check", "Dockerfile", "-o", "report.txt", "--color", color];
        let run = plimsoll(&folder, &arguments, b"");
        assert_eq!((run.status.code(), text(&run.stdout)), (Some(0), String::new()), "{color}");
        let report = fs::read(folder.join("report.txt")).expect("a report");
        assert_eq!(report.contains(&0x1b), is_coloured, "{color}");
        assert!(text(&report).contains("legacy-pairs"), "{color}");
    }
    let run = plimsoll(&folder, &["check", "Dockerfile", "-o", "-"], b"");
    assert!(text(&run.stdout).contains("legacy-pairs"));
    assert!(!folder.join("-").exists());
}

#[test]
fn a_report_that_cannot_be_written_is_told_in_the_words_of_writing() {
    let folder = folder("no-folder");
    fs::write(folder.join("Dockerfile"), "FROM alpine:3.20\n").expect("written");
    let run = plimsoll(&folder, &["check", "Dockerfile", "-o", "no/such/report.txt"], b"");
    assert_eq!(run.status.code(), Some(2));
    let said = text(&run.stderr);
    assert!(said.contains("no such folder to write to"), "{said}");
}

/// What `patch` makes of a file and a diff.
fn patched(folder: &Path, name: &str, old: &[u8], diff: &[u8]) -> Vec<u8> {
    let target = folder.join("patched");
    fs::create_dir_all(&target).expect("the folder can be made");
    fs::write(target.join(name), old).expect("written");
    fs::write(folder.join("diff"), diff).expect("written");
    let output = Command::new("patch")
        .args(["--binary", "-p0", "-i", "../diff"])
        .current_dir(&target)
        .output()
        .expect("patch starts");
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(diff));
    fs::read(target.join(name)).expect("patched")
}

#[test]
#[ignore = "needs patch"]
fn a_diff_is_what_patch_takes() {
    let folder = folder("patch");
    let documents: [(&str, &str); 7] = [
        ("Dockerfile", "FROM alpine:3.20\nENV A b\n"),
        ("windows.dockerfile", "FROM alpine:3.20\r\nENV A b\r\nUSER 1\r\n"),
        ("mixed.dockerfile", "FROM alpine:3.20\r\nENV A b\nRUN a\rb\nUSER 1\r\n"),
        ("no end.dockerfile", "FROM alpine:3.20\nENV A b"),
        ("no end, no change.dockerfile", "FROM alpine:3.20\nENV A b\nUSER 1"),
        ("escape\u{1b}[1m\n.dockerfile", "FROM alpine:3.20\nRUN '\u{1b}[31m'\nENV A b\n"),
        ("\"q\\uote.dockerfile", "\u{feff}FROM alpine:3.20\nENV A b\n"),
    ];
    for (name, old) in documents {
        fs::write(folder.join(name), old).expect("written");
        let run = plimsoll(&folder, &["fix", "--diff", name], b"");
        assert_eq!(run.status.code(), Some(0), "{name}: {}", text(&run.stderr));
        let new = patched(&folder, name, old.as_bytes(), &run.stdout);
        assert_eq!(text(&new), old.replace("A b", "A=b"), "{name}");
        assert_eq!(fs::read_to_string(folder.join(name)).expect("a text"), old);
    }
}

#[test]
fn a_diff_with_a_secret_covered_says_that_it_does_not_apply() {
    let folder = folder("secret");
    let old = "FROM alpine:3.20\nENV API_TOKEN=f00dfacef00dface\nENV A b\n";
    fs::write(folder.join("Dockerfile"), old).expect("written");
    let run = plimsoll(&folder, &["fix", "--diff", "Dockerfile"], b"");
    assert_eq!(run.status.code(), Some(2));
    assert!(!text(&run.stdout).contains("f00dface"), "{}", text(&run.stdout));
    assert!(text(&run.stdout).contains("+ENV A=b"), "{}", text(&run.stdout));
    assert!(text(&run.stderr).contains("secrets in it are covered"), "{}", text(&run.stderr));
    let run = plimsoll(&folder, &["fix", "--diff", "--reveal", "Dockerfile"], b"");
    assert_eq!((run.status.code(), text(&run.stderr)), (Some(0), String::new()));
    assert!(text(&run.stdout).contains(" ENV API_TOKEN=f00dfacef00dface\n"));
    // A secret that the diff does not show needs no cover.
    let far = old.replace("ENV A b", &format!("{}ENV A b", "RUN a\n".repeat(9)));
    fs::write(folder.join("Dockerfile"), far).expect("written");
    let run = plimsoll(&folder, &["fix", "--diff", "Dockerfile"], b"");
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
}

#[test]
fn a_path_with_a_line_break_stays_on_one_line() {
    let folder = folder("newline");
    let name = "a\n\u{1b}[31m\u{202e}.dockerfile";
    fs::write(folder.join(name), "FROM alpine\nENV A b\u{9b}2J\n").expect("written");
    let run = plimsoll(&folder, &["check", "."], b"");
    let shown = text(&run.stdout);
    assert!(shown.contains("--> a\\n\\x1b[31m\\u{202e}.dockerfile:2:5\n"), "{shown}");
    assert!(shown.contains("ENV A b\\u{9b}2J"), "{shown}");
    assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{shown:?}");
}

#[test]
#[ignore = "needs script"]
fn on_a_terminal_a_diff_steers_nothing() {
    let folder = folder("terminal");
    let old = "FROM alpine:3.20\nMAINTAINER \u{1b}]0;pwned\u{7}\u{9b}2J\u{202e}x\n";
    fs::write(folder.join("Dockerfile"), old).expect("written");
    let line = format!("{} fix --diff Dockerfile", env!("CARGO_BIN_EXE_plimsoll"));
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(&folder).stdin(Stdio::null());
    let output = script.output().expect("script starts");
    let shown = text(&output.stdout);
    assert!(shown.contains("-MAINTAINER \\x1b]0;pwned\\x07\\u{9b}2J\\u{202e}x"), "{shown:?}");
    let run = plimsoll(&folder, &["fix", "--diff", "Dockerfile"], b"");
    assert!(text(&run.stdout).contains("-MAINTAINER \u{1b}]0;pwned\u{7}\u{9b}2J\u{202e}x\n"));
}
