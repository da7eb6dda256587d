//! `plimsoll fix` writes to the files that it read, and to no others.
#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An empty folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-fix-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn put(folder: &Path, name: impl AsRef<Path>, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("below the folder")).expect("the folder can be made");
    fs::write(&path, text).expect("the file can be written");
    path
}

fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).expect("a text")
}

fn plimsoll(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plimsoll"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .output()
        .expect("plimsoll starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const OLD: &str = "FROM alpine:3.20\nENV A b\n";
const NEW: &str = "FROM alpine:3.20\nENV A=b\n";
const PRECIOUS: &str = "FROM alpine:3.20\nUSER precious\n";

#[test]
fn a_backslash_in_a_name_is_a_letter() {
    let folder = folder("backslash");
    let read = put(&folder, "a\\b.dockerfile", OLD);
    let twin = put(&folder, "a/b.dockerfile", PRECIOUS);
    let run = plimsoll(&folder, &["fix", "a\\b.dockerfile"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!((text(read), text(twin)), (NEW.to_owned(), PRECIOUS.to_owned()));
}

#[test]
fn a_name_that_is_no_text_is_not_taken_for_one_that_looks_like_it() {
    let folder = folder("bytes");
    let name = |bytes: &[u8]| OsString::from(OsStr::from_bytes(bytes));
    let (raw, other) = (name(b"D\xFF.dockerfile"), name(b"D\xFE.dockerfile"));
    put(&folder, &raw, OLD);
    put(&folder, &other, OLD);
    for twin in ["D\u{FFFD}.dockerfile", "D\\xFF.dockerfile", "D\\\\xFF.dockerfile"] {
        put(&folder, twin, PRECIOUS);
    }
    let run = plimsoll(&folder, &[OsStr::new("fix"), &raw]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!((text(folder.join(&raw)), text(folder.join(&other))), (NEW.into(), OLD.into()));
    // All of them at once, each under a name of its own.
    fs::write(folder.join(&raw), OLD).expect("the file can be written");
    let run = plimsoll(&folder, &["check", ".", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(report["documents"].as_array().map(Vec::len), Some(5), "{report}");
    let run = plimsoll(&folder, &["fix", "."]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!((text(folder.join(&raw)), text(folder.join(&other))), (NEW.into(), NEW.into()));
    for twin in ["D\u{FFFD}.dockerfile", "D\\xFF.dockerfile", "D\\\\xFF.dockerfile"] {
        assert_eq!(text(folder.join(twin)), PRECIOUS);
    }
}

#[test]
fn the_configuration_of_a_file_is_looked_for_where_the_file_lies() {
    let folder = folder("config");
    put(&folder, "a\\b/Dockerfile", OLD);
    put(&folder, "a\\b/plimsoll.toml", "ignore = [\"dockerfile/legacy-pairs\"]\n");
    put(&folder, "a/b/plimsoll.toml", "nonsense = 1\n");
    let run = plimsoll(&folder, &["fix", "a\\b"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(text(folder.join("a\\b/Dockerfile")), OLD);
}

#[test]
fn a_file_by_two_names_is_one_document() {
    let folder = folder("twice");
    let file = put(&folder, "tree/Dockerfile", OLD);
    symlink("Dockerfile", folder.join("tree/Containerfile")).expect("a link");
    let names = ["tree/Dockerfile", "./tree/../tree/Dockerfile", "tree/Containerfile", "tree"];
    let arguments: Vec<&OsStr> = ["check"].iter().chain(&names).map(OsStr::new).collect();
    let run = plimsoll(&folder, &[&arguments[..], &[file.as_os_str()]].concat());
    assert!(stdout(&run).contains("in 1 document"), "{}", stdout(&run));
    let run =
        plimsoll(&folder, &[&[OsStr::new("fix")], &arguments[1..], &[file.as_os_str()]].concat());
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(text(&file), NEW);
    assert!(folder.join("tree/Containerfile").is_symlink());
}

#[test]
fn a_walk_follows_no_link_out_of_the_tree() {
    let folder = folder("out");
    let outside = put(&folder, "elsewhere/Dockerfile", OLD);
    put(&folder, "tree/a/Dockerfile", OLD);
    symlink("../../elsewhere/Dockerfile", folder.join("tree/a/x.dockerfile")).expect("a link");
    symlink(&outside, folder.join("tree/y.dockerfile")).expect("a link");
    symlink("../elsewhere", folder.join("tree/elsewhere")).expect("a link");
    symlink("z.dockerfile", folder.join("tree/z.dockerfile")).expect("a link to itself");
    let run = plimsoll(&folder, &["fix", "tree"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!((text(&outside), text(folder.join("tree/a/Dockerfile"))), (OLD.into(), NEW.into()));
}

#[test]
fn a_link_that_is_named_is_written_through_and_stays() {
    let folder = folder("named-link");
    let target = put(&folder, "real/app.txt", OLD);
    symlink("real/app.txt", folder.join("Dockerfile")).expect("a link");
    let run = plimsoll(&folder, &["fix", "Dockerfile"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(text(target), NEW);
    assert!(folder.join("Dockerfile").is_symlink());
}
