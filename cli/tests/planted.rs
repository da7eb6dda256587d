//! No secret that stands in a document or an image is printed by any command.

#[path = "../../core/tests/secrets/archive.rs"]
mod archive;
#[path = "../../core/tests/secrets/image_rows.rs"]
mod image_rows;
#[path = "../../core/tests/secrets/rows.rs"]
#[expect(
    dead_code,
    reason = "what a row looks like when it is covered is asked in core's own tests"
)]
mod rows;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rows::{MASK, leak};

/// An empty folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let name = format!("plimsoll-secrets-{}-{name}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// Every row in a folder of its own below `folder`.
fn write_rows(folder: &Path) {
    for (index, row) in rows::all().iter().enumerate() {
        let own = folder.join(format!("{index:03}"));
        std::fs::create_dir(&own).expect("the folder can be made");
        std::fs::write(own.join(&row.path), &row.text).expect("the file can be written");
    }
}

/// What a command prints, on both ways out.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_plimsoll"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("plimsoll starts");
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.code().is_some_and(|code| code <= 2), "{arguments:?}: {err}");
    format!("{out}{err}")
}

fn assert_covered(arguments: &[&str], printed: &str) {
    let leaks: Vec<String> = printed.lines().filter_map(leak).collect();
    assert!(leaks.is_empty(), "{arguments:?}: {} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

const ALL: &str = "eas,modelarts,modelarts:batch,modelarts:training,eci,compute-nest";

#[test]
fn no_report_and_no_diff_holds_a_secret() {
    let folder = folder("check");
    write_rows(&folder);
    for arguments in [
        &["check", "--strict", "--platform", ALL, "--lang", "en"][..],
        &["check", "--strict", "--platform", ALL, "--lang", "zh"],
        &["check", "--strict", "--platform", ALL, "--format", "json"],
        &["check", "--strict", "--platform", ALL, "--format", "json", "--lang", "zh"],
        &["check", "--strict", "--platform", ALL, "--format", "markdown"],
        &["check", "--strict", "--platform", ALL, "--format", "html", "--lang", "zh"],
        &["check", "--lang", "en"],
        &["fix", "--diff"],
        &["fix", "--diff", "--unsafe", "--strict", "--platform", ALL],
    ] {
        let printed = printed(&folder, arguments);
        assert!(printed.contains(MASK), "{arguments:?}: {printed}");
        assert_covered(arguments, &printed);
    }
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn first_files_hold_no_secret() {
    let folder = folder("init");
    for row in rows::all().iter().filter(|row| row.path == "Dockerfile" || row.path == "run.sh") {
        let is_short = row.text.lines().count() < 20;
        if !is_short || !row.text.contains("CMD") && !row.text.contains("HEALTHCHECK") {
            continue;
        }
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        std::fs::write(folder.join(&row.path), &row.text).expect("the file can be written");
        for target in ["eas", "modelarts", "modelarts:batch", "eci", "compute-nest"] {
            let arguments = ["init", target, "--force", "new"];
            let new = folder.join("new");
            let _ = std::fs::remove_dir_all(&new);
            std::fs::create_dir(&new).expect("the folder can be made");
            std::fs::copy(folder.join(&row.path), new.join(&row.path)).expect("a copy");
            assert_covered(&arguments, &printed(&folder, &arguments));
            std::fs::remove_file(new.join(&row.path)).expect("the file can be removed");
            for text in texts(&new) {
                assert_covered(&arguments, &text);
            }
        }
    }
    let _ = std::fs::remove_dir_all(folder);
}

/// The texts of all files below `folder`.
fn texts(folder: &Path) -> Vec<String> {
    let entries =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("one").path());
    let texts = entries.flat_map(|path| {
        if path.is_dir() {
            texts(&path)
        } else {
            vec![std::fs::read_to_string(&path).expect("a text")]
        }
    });
    texts.collect()
}

#[test]
fn a_login_is_told_without_its_password() {
    let folder = folder("decode");
    for row in rows::all().iter().filter(|row| row.text.contains("uth")) {
        std::fs::write(folder.join(&row.path), &row.text).expect("the file can be written");
        for lang in ["en", "zh"] {
            let arguments = ["auth", "decode", &row.path, "--lang", lang];
            assert_covered(&arguments, &printed(&folder, &arguments));
        }
    }
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn an_image_is_told_without_its_secrets() {
    let folder = folder("image");
    for image in image_rows::images() {
        std::fs::write(folder.join("image.tar"), &image.archive).expect("it can be written");
        let mut told = String::new();
        for arguments in [
            &["image", "inspect", "image.tar", "--lang", "en"][..],
            &["image", "inspect", "image.tar", "--lang", "zh"],
            &["image", "inspect", "image.tar", "--format", "json"],
            &["image", "inspect", "image.tar", "--format", "json", "--quick"],
            &["check", "image.tar", "--strict", "--platform", ALL, "--lang", "en"],
            &["check", "image.tar", "--strict", "--platform", ALL, "--lang", "zh"],
            &["check", "image.tar", "--strict", "--platform", ALL, "--format", "json"],
            &["check", "image.tar", "--strict", "--platform", ALL, "--format", "markdown"],
            &["check", "image.tar", "--strict", "--platform", ALL, "--format", "html"],
        ] {
            let printed = printed(&folder, arguments);
            assert!(printed.contains("image.tar") || printed.contains("app:1.0"), "{printed}");
            assert_covered(arguments, &printed);
            told.push_str(&printed);
        }
        assert!(told.contains(MASK), "{}: {told}", image.title);
        for word in &image.stays {
            assert!(told.contains(word), "{}: {word} is gone", image.title);
        }
    }
    let _ = std::fs::remove_dir_all(folder);
}
