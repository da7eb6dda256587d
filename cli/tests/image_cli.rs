//! Image archives in the terminal: what is read, what is told, and the exit codes.

mod program;

use std::path::{Path, PathBuf};

use plimsoll_test_support::archive::{self, Tar};

use program::{Run, plimsoll};

fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-image-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    for (path, bytes) in files {
        std::fs::write(folder.join(path), bytes).expect("the file can be written");
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    plimsoll(folder, arguments, b"")
}

#[test]
fn an_archive_is_checked_by_its_name_and_in_its_folder() {
    let folder = folder("check", &[("app.tar", &archive::example()), ("notes.tar", &[b'x'; 600])]);
    // The example has no /bin/sh, which its script needs.
    let named = run(&folder, &["check", "app.tar"]);
    assert_eq!(named.code, 1, "{}{}", named.stdout, named.stderr);
    assert!(
        named.stdout.contains("image/boot-file-shebang-missing-interpreter"),
        "{}",
        named.stdout
    );
    // In a folder what is no image is none of ours.
    let walked = run(&folder, &["check", "."]);
    assert_eq!(walked.code, 1, "{}{}", walked.stdout, walked.stderr);
    assert_eq!(walked.stderr, "");
}

#[test]
fn what_cannot_be_read_is_an_error_and_the_rest_is_judged() {
    let whole = archive::example();
    let cut = &whole[..whole.len() - 1500];
    let folder = folder(
        "broken",
        &[
            ("cut.tar", cut),
            ("page.tar", b"<!DOCTYPE html><html></html>"),
            ("empty.tar", b""),
            ("files.tar", &Tar::default().file("a", 0o644, b"b").finish()),
        ],
    );
    let cut = run(&folder, &["check", "cut.tar"]);
    assert_eq!(cut.code, 2, "{}", cut.stderr);
    assert!(cut.stdout.contains("image/archive-truncated"), "{}", cut.stdout);
    for (name, reason) in [("page", "HTML"), ("empty", "empty"), ("files", "no image")] {
        let run = run(&folder, &["check", &format!("{name}.tar")]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{name}");
        assert!(run.stderr.contains(reason), "{name}: {}", run.stderr);
    }
    let piped = plimsoll(&folder, &["check", "-"], &whole);
    assert_eq!(piped.code, 2);
    assert!(piped.stderr.contains("standard input"), "{}", piped.stderr);
}

#[test]
fn inspection_tells_what_is_hidden_and_what_is_wrong() {
    let lower = Tar::default().file("srv/model.bin", 0o644, &[7; 4096]).finish();
    let upper = Tar::default().entry("srv/.wh.model.bin", 0o644, b'0', "").finish();
    let bytes = archive::docker_save(r#"{"Cmd":["/app"]}"#, &[lower, upper]);
    let folder = folder("inspect", &[("app.tar", &bytes)]);
    let run = run(&folder, &["image", "inspect", "app.tar"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("/srv/model.bin"), "{}", run.stdout);
    assert!(run.stdout.contains("hidden 4.0 KiB"), "{}", run.stdout);
}
