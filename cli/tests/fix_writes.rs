//! `plimsoll fix` leaves a file whole, with its owner, mode and names, whatever happens.
#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

const OLD: &str = "FROM alpine:3.20\nENV A b\n";
const NEW: &str = "FROM alpine:3.20\nENV A=b\n";

/// An empty folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-whole-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn put(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("below the folder")).expect("the folder can be made");
    fs::write(&path, text).expect("the file can be written");
    path
}

fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).expect("a text")
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plimsoll"));
    command.args(arguments).current_dir(folder).env("LC_ALL", "C");
    command
}

fn plimsoll(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("plimsoll starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn owner_and_mode_stay() {
    let folder = folder("owner");
    let file = put(&folder, "Dockerfile", OLD);
    // Only the superuser may give a file away; anyone else keeps it.
    let is_given = chown(&file, Some(1000), Some(1000)).is_ok();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("a mode");
    let before = fs::metadata(&file).expect("a file");
    let run = plimsoll(&folder, &["fix", "Dockerfile"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let after = fs::metadata(&file).expect("a file");
    let of = |one: &fs::Metadata| (one.uid(), one.gid(), one.mode());
    assert_eq!(of(&after), of(&before), "given away: {is_given}");
    assert_eq!((text(&file), names(&folder)), (NEW.to_owned(), vec!["Dockerfile".to_owned()]));
    assert_eq!(stdout(&run), "applied 1 fix in 1 file\n");
}

#[test]
fn a_file_of_several_names_keeps_them() {
    let folder = folder("names");
    let file = put(&folder, "a/Dockerfile", OLD);
    fs::create_dir(folder.join("b")).expect("the folder can be made");
    fs::hard_link(&file, folder.join("b/Dockerfile")).expect("a link");
    let inode = fs::metadata(&file).expect("a file").ino();
    let run = plimsoll(&folder, &["fix", "."]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    for path in ["a/Dockerfile", "b/Dockerfile"] {
        assert_eq!(text(folder.join(path)), NEW);
        assert_eq!(fs::metadata(folder.join(path)).expect("a file").ino(), inode);
    }
    assert_eq!(names(&folder.join("a")), ["Dockerfile"]);
    assert_eq!(stdout(&run), "applied 1 fix in 1 file\n");
}

#[test]
#[ignore = "needs the superuser"]
fn a_file_whose_owner_cannot_be_kept_is_written_in_place() {
    let folder = folder("foreign");
    let file = put(&folder, "Dockerfile", OLD);
    for (path, mode) in [(&folder, 0o777), (&file, 0o666)] {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
    }
    let before = fs::metadata(&file).expect("a file");
    let run = command(&folder, &["fix", "Dockerfile"]).uid(1000).gid(1000).output();
    let run = run.expect("plimsoll starts");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let after = fs::metadata(&file).expect("a file");
    let of = |one: &fs::Metadata| (one.ino(), one.uid(), one.gid(), one.mode());
    assert_eq!(of(&after), of(&before));
    assert_eq!((text(&file), names(&folder)), (NEW.to_owned(), vec!["Dockerfile".to_owned()]));
    // Where nothing can be laid beside it, it is left as it is.
    fs::write(&file, OLD).expect("the file can be written");
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).expect("a mode");
    let run = command(&folder, &["fix", "Dockerfile"]).uid(1000).gid(1000).output();
    let run = run.expect("plimsoll starts");
    assert_eq!((run.status.code(), text(&file)), (Some(2), OLD.to_owned()));
    assert!(stderr(&run).contains("you may not write here"), "{}", stderr(&run));
}

#[test]
fn a_read_only_file_is_left_alone_with_a_word() {
    let folder = folder("read-only");
    let file = put(&folder, "Dockerfile", OLD);
    put(&folder, "b/Dockerfile", OLD);
    fs::set_permissions(&file, Permissions::from_mode(0o444)).expect("a mode");
    let run = plimsoll(&folder, &["fix", "."]);
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    assert!(stderr(&run).contains("Dockerfile: this file is read-only"), "{}", stderr(&run));
    assert_eq!((text(&file), text(folder.join("b/Dockerfile"))), (OLD.into(), NEW.into()));
    assert_eq!(stdout(&run), "applied 1 fix in 1 file\n");
}

#[test]
fn a_name_as_long_as_names_may_be_is_no_trouble() {
    let folder = folder("long");
    let name = format!("{}.dockerfile", "n".repeat(244));
    let file = put(&folder, &name, OLD);
    let run = plimsoll(&folder, &["fix", &name]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(text(file), NEW);
}

#[test]
fn a_walk_writes_through_no_link() {
    let folder = folder("link");
    // A walk does not meet what the link leads to: hidden folders are passed over.
    let target = put(&folder, ".hidden/Dockerfile", OLD);
    symlink(".hidden/Dockerfile", folder.join("Dockerfile")).expect("a link");
    let run = plimsoll(&folder, &["fix", "."]);
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    assert!(stderr(&run).contains("Dockerfile: this is a symbolic link"), "{}", stderr(&run));
    assert_eq!(text(&target), OLD);
    let run = plimsoll(&folder, &["fix", "Dockerfile"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(text(&target), NEW);
}

#[test]
fn what_a_killed_run_left_is_removed_and_nothing_else() {
    let folder = folder("leftover");
    put(&folder, "Dockerfile", OLD);
    put(&folder, ".plimsoll-999999-0.new", "FROM al");
    put(&folder, ".plimsoll-999999-1.old", OLD);
    put(&folder, ".plimsoll-999999-2.old", "something else");
    put(&folder, ".plimsoll-notes.new", "of the user");
    put(&folder, ".plimsoll-1-0.new.bak", "of the user");
    put(&folder, ".plimsoll-999999-4.new/file", "in a folder");
    symlink("Dockerfile", folder.join(".plimsoll-999999-5.new")).expect("a link");
    // That of a run that lives.
    let living = File::create(folder.join(".plimsoll-999999-6.new")).expect("a file");
    living.lock().expect("a lock");
    let run = plimsoll(&folder, &["fix", "."]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(
        names(&folder),
        [
            ".plimsoll-1-0.new.bak",
            ".plimsoll-999999-2.old",
            ".plimsoll-999999-4.new",
            ".plimsoll-999999-5.new",
            ".plimsoll-999999-6.new",
            ".plimsoll-notes.new",
            "Dockerfile",
        ]
    );
    assert!(stderr(&run).contains(".plimsoll-999999-2.old is a copy"), "{}", stderr(&run));
}

/// A folder of many files and a run that fixes them.
fn many(name: &str) -> (PathBuf, Child) {
    let folder = folder(name);
    for index in 0..300 {
        put(&folder, &format!("{index}/Dockerfile"), OLD);
    }
    let mut command = command(&folder, &["fix", "."]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    (folder, child.expect("plimsoll starts"))
}

/// Waits until the run has written some files.
fn wait_until_it_writes(folder: &Path) {
    for _ in 0..6000 {
        let is_written = |index: usize| text(folder.join(format!("{index}/Dockerfile"))) == NEW;
        if (0..300).filter(|index| is_written(*index)).count() > 3 {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(status.expect("kill starts").success());
}

/// Names of temporary files below `folder`, and files that are neither old nor new.
fn oddities(folder: &Path) -> Vec<String> {
    let mut odd = Vec::new();
    for index in 0..300 {
        let own = folder.join(index.to_string());
        odd.extend(names(&own).into_iter().filter(|name| name != "Dockerfile"));
        let text = text(own.join("Dockerfile"));
        if text != OLD && text != NEW {
            odd.push(text);
        }
    }
    odd
}

#[test]
fn a_signal_leaves_every_file_whole_and_nothing_beside_it() {
    for name in ["-INT", "-TERM"] {
        let (folder, child) = many(name);
        wait_until_it_writes(&folder);
        signal(&child, name);
        let run = child.wait_with_output().expect("plimsoll ends");
        // It may have been done before the signal came.
        assert!(run.status.signal().is_some() || run.status.success(), "{run:?}");
        assert_eq!(oddities(&folder), [""; 0]);
    }
}

#[test]
fn the_run_after_a_killed_one_leaves_nothing_beside_the_files_that_it_writes() {
    let (folder, mut child) = many("killed");
    wait_until_it_writes(&folder);
    child.kill().expect("it is killed or over");
    child.wait().expect("plimsoll ends");
    let run = plimsoll(&folder, &["fix", "."]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(oddities(&folder), [""; 0]);
}
