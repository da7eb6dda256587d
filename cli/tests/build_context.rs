//! What the program sees of the folder around a Dockerfile.

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::plimsoll;

/// A folder of its own for a test, with `files` in it.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("plimsoll-context-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

/// The rules that speak, in the order of the report.
fn rules(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let run = plimsoll(folder, &[&["check", "--format", "json"], arguments].concat(), b"");
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    let mut rules: Vec<String> =
        findings.map(|one| one["rule"].as_str().unwrap_or_default().to_owned()).collect();
    rules.retain(|rule| rule.contains("/copy-"));
    fs::remove_dir_all(folder).expect("removed");
    rules
}

const TWO_SOURCES: &str = "FROM alpine:3.20\nCOPY run.py sorce /app/\n";

#[test]
fn a_source_that_is_not_there_is_found_in_a_folder() {
    let folder = folder("missing", &[("Dockerfile", TWO_SOURCES), ("run.py", "")]);
    assert_eq!(rules(&folder, &["."]), ["dockerfile/copy-missing"]);
}

#[test]
fn a_dockerfile_that_is_named_is_seen_with_its_folder() {
    let folder = folder("named", &[("a/Dockerfile", TWO_SOURCES), ("a/run.py", "")]);
    assert_eq!(rules(&folder, &["a/Dockerfile"]), ["dockerfile/copy-missing"]);
}

#[test]
fn another_folder_as_the_context_is_no_reason_to_speak() {
    let files = [("docker/Dockerfile", TWO_SOURCES), ("run.py", ""), ("src/a.py", "")];
    let folder = folder("elsewhere", &files);
    assert_eq!(rules(&folder, &["."]), Vec::<String>::new());
}

#[test]
fn a_secret_goes_along_unless_it_is_ignored() {
    let copies_all = "FROM alpine:3.20\nCOPY . /app\n";
    let open = folder("open", &[("Dockerfile", copies_all), (".env", "A=b\n")]);
    assert_eq!(rules(&open, &["."]), ["dockerfile/copy-secret"]);
    let ignored = [("Dockerfile", copies_all), (".env", "A=b\n"), (".dockerignore", ".env\n")];
    let ignored = folder("ignored", &ignored);
    assert_eq!(rules(&ignored, &["Dockerfile"]), Vec::<String>::new());
}

#[test]
fn the_ignore_file_named_like_the_dockerfile_wins() {
    let files = [
        ("Dockerfile", "FROM alpine:3.20\nCOPY a.txt b.txt /app/\n"),
        (".dockerignore", "a.txt\n"),
        ("Dockerfile.dockerignore", "b.txt\n"),
        ("a.txt", ""),
        ("b.txt", ""),
    ];
    let folder = folder("two", &files);
    assert_eq!(rules(&folder, &["."]), ["dockerfile/copy-ignored"]);
}
