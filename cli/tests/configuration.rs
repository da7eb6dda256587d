//! Which plimsoll.toml holds for a file, and how one that cannot be read is told.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const DOCKERFILE: &str = "FROM debian:12\nRUN apt update\n";
const SILENCE: &str = "ignore = ['DL3027']\n";

/// A folder of its own for one test, with these files in it.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-found-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}

/// A check in `folder` by a user whose home is `home`.
fn check(folder: &Path, home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plimsoll"))
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .env("HOME", home)
        .env("LC_ALL", "C")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("plimsoll starts")
}

fn speaks(run: &Output) -> bool {
    String::from_utf8_lossy(&run.stdout).contains("dockerfile/no-apt")
}

fn errors(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

fn open_to_all(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("mode");
}

#[test]
fn the_search_ends_at_the_root_of_the_repository() {
    for marker in [".git", ".hg", ".jj"] {
        let folder = folder(
            &format!("root{marker}"),
            &[("plimsoll.toml", SILENCE), ("repository/app/Dockerfile", DOCKERFILE)],
        );
        let repository = folder.join("repository");
        assert!(!speaks(&check(&folder, Path::new("/nowhere"), &["."])), "{marker}");
        fs::create_dir(repository.join(marker)).unwrap();
        assert!(speaks(&check(&folder, Path::new("/nowhere"), &["."])), "{marker}");
        assert!(speaks(&check(&repository.join("app"), &folder, &["Dockerfile"])), "{marker}");
        fs::write(repository.join("plimsoll.toml"), SILENCE).unwrap();
        assert!(
            !speaks(&check(&folder, Path::new("/nowhere"), &["."])),
            "{marker}: the root counts"
        );
    }
    // A work tree or submodule has a file of that name.
    let folder = folder("file", &[("plimsoll.toml", SILENCE), ("r/a/Dockerfile", DOCKERFILE)]);
    fs::write(folder.join("r/.git"), "gitdir: /elsewhere\n").unwrap();
    assert!(speaks(&check(&folder, Path::new("/nowhere"), &["r"])));
}

#[test]
fn below_the_home_folder_the_search_ends_there() {
    let folder =
        folder("home", &[("plimsoll.toml", SILENCE), ("me/work/app/Dockerfile", DOCKERFILE)]);
    let home = folder.join("me");
    assert!(!speaks(&check(&folder, Path::new("/nowhere"), &["."])));
    assert!(speaks(&check(&folder, &home, &["."])));
    assert!(speaks(&check(&home.join("work"), &home, &["-q", "app/Dockerfile"])));
    fs::write(home.join("plimsoll.toml"), SILENCE).unwrap();
    assert!(!speaks(&check(&folder, &home, &["."])), "the home folder counts");
    let link = folder.join("link");
    symlink(&home, &link).unwrap();
    assert!(!speaks(&check(&link.join("work"), &link, &["app"])));
}

#[test]
fn a_folder_that_anyone_may_write_to_says_nothing() {
    let folder =
        folder("open", &[("open/plimsoll.toml", SILENCE), ("open/x/y/Dockerfile", DOCKERFILE)]);
    let (open, nowhere) = (folder.join("open"), Path::new("/nowhere"));
    assert!(!speaks(&check(&open.join("x"), nowhere, &["."])));
    open_to_all(&open);
    for home in [nowhere, &folder] {
        let run = check(&open.join("x"), home, &["."]);
        assert!(speaks(&run), "{}", errors(&run));
        assert!(errors(&run).contains("plimsoll.toml is ignored"), "{}", errors(&run));
        assert_eq!(run.status.code(), Some(0));
    }
    // What is named is taken, and what the repository's owner put into it.
    assert!(!speaks(&check(&open.join("x"), nowhere, &[".", "--config", "../plimsoll.toml"])));
    fs::create_dir(open.join(".git")).unwrap();
    assert!(!speaks(&check(&open.join("x"), nowhere, &["."])));
}

#[test]
fn a_file_in_a_folder_that_anyone_may_write_to_has_no_configuration() {
    let folder = folder("shared", &[("plimsoll.toml", SILENCE), ("Dockerfile", DOCKERFILE)]);
    open_to_all(&folder);
    let run = check(&folder, Path::new("/nowhere"), &["Dockerfile"]);
    assert!(speaks(&run) && errors(&run).contains("ignored"), "{}", errors(&run));
}

#[test]
fn a_configuration_that_cannot_be_read_is_an_error() {
    type Make = fn(&Path);
    let cases: [(&str, Make, &str); 7] = [
        ("dangling", |at| symlink("nowhere.toml", at).unwrap(), "this link leads to no file"),
        ("loop", |at| symlink(at, at).unwrap(), "symbolic link"),
        ("folder", |at| fs::create_dir(at).unwrap(), "this is a folder"),
        ("fifo", fifo, "not a regular file"),
        ("device", |at| symlink("/dev/zero", at).unwrap(), "not a regular file"),
        ("latin", |at| fs::write(at, b"ignore = []\n# \xe4\n").unwrap(), "not UTF-8 (line 2"),
        ("large", |at| fs::write(at, "#".repeat(1 << 21)).unwrap(), "larger than the 1 MiB"),
    ];
    for (name, make, words) in cases {
        let folder = folder(name, &[("a/b/Dockerfile", DOCKERFILE), ("c/Dockerfile", DOCKERFILE)]);
        make(&folder.join("a/plimsoll.toml"));
        let run = check(&folder, Path::new("/nowhere"), &["."]);
        assert_eq!(run.status.code(), Some(2), "{name}: {}", errors(&run));
        let line = errors(&run);
        assert!(line.contains("a/plimsoll.toml") && line.contains(words), "{name}: {line}");
        let shown = String::from_utf8_lossy(&run.stdout);
        assert!(shown.contains("c/Dockerfile"), "{name}: other folders are checked: {shown}");
        assert!(!shown.contains("a/b/Dockerfile"), "{name}: {shown}");
        let fix = Command::new(env!("CARGO_BIN_EXE_plimsoll"))
            .args(["fix", "--diff", "."])
            .current_dir(&folder)
            .env("HOME", "/nowhere")
            .output()
            .unwrap();
        assert_eq!(fix.status.code(), Some(2), "{name}");
    }
}

fn fifo(at: &Path) {
    assert!(Command::new("mkfifo").arg(at).status().expect("mkfifo").success());
}

#[test]
fn a_pattern_that_is_none_is_an_error_with_its_place() {
    let registries = |list: &str| format!("[rules.DL3026]\nregistries = [{list}]\n");
    let ignores = |pattern: &str| format!("# one\n[per-file-ignores]\n'{pattern}' = ['eas']\n");
    for (config, place, words) in [
        (ignores("["), "3:1", "`[` is never closed"),
        (ignores("**{"), "3:1", "`{` is never closed"),
        (ignores("a}"), "3:1", "closes no brace"),
        (ignores(""), "3:1", "matches no file"),
        (ignores("a\\"), "3:1", "separated by `/`"),
        (registries("'a.b', '['"), "2:22", "`[` cannot be in a host name"),
        (registries("'a.*.b'"), "2:15", "start or end"),
        (registries("'https://a.b'"), "2:15", "is not a host"),
        ("[rules.DL3049.schema]\nteam = 'txt'\n".to_owned(), "2:8", "did you mean `text`?"),
    ] {
        let folder = folder("pattern", &[("plimsoll.toml", &config), ("Dockerfile", DOCKERFILE)]);
        let run = check(&folder, Path::new("/nowhere"), &["."]);
        assert_eq!(run.status.code(), Some(2), "{config}: {}", errors(&run));
        let place = format!("plimsoll.toml:{place}: ");
        assert!(errors(&run).contains(&place), "{config}: {}", errors(&run));
        assert!(errors(&run).contains(words), "{config}: {}", errors(&run));
    }
}
