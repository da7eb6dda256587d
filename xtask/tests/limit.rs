//! A test program that hangs ends, with all that it has started.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Starts a child that starts another, writes both numbers down, and waits for them.
const HANGS: &str = "(sleep 300 & echo $! >> \"$PIDS\"; wait) & echo $! >> \"$PIDS\"; wait";

fn limited(seconds: &str, script: &str, pids: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["limited", seconds, "sh", "-c", script]).env("PIDS", pids);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

fn file(name: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&file);
    file
}

/// The numbers written to `pids`, once there are `count`.
fn numbers(pids: &Path, count: usize) -> Vec<String> {
    let started = Instant::now();
    loop {
        let text = std::fs::read_to_string(pids).unwrap_or_default();
        let numbers: Vec<String> = text.lines().map(str::to_owned).collect();
        if numbers.len() >= count {
            return numbers;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "the program did not start");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a process of this number still does anything: one that has ended and that nobody asked
/// for its end does not.
fn runs(pid: &str) -> bool {
    match std::fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => !stat.contains(") Z "),
        Err(_) if Path::new("/proc/self").exists() => false,
        Err(_) => Command::new("kill").args(["-0", pid]).status().is_ok_and(|one| one.success()),
    }
}

/// Asserts that all of `pids` end.
fn end(pids: &[String]) {
    let started = Instant::now();
    while let Some(pid) = pids.iter().find(|pid| runs(pid)) {
        assert!(started.elapsed() < Duration::from_secs(60), "{pid} still runs");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_program_that_hangs_is_killed_with_its_children_and_named() {
    let pids = file("hangs");
    let mut child = limited("2", HANGS, &pids).spawn().expect("xtask starts");
    // Held open, as whoever waits for it does.
    let _input = child.stdin.take();
    let ended = child.wait_with_output().expect("xtask ends");
    assert_eq!(ended.status.code(), Some(124));
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(said.contains("sh -c") && said.contains("did not end in 2 s"), "{said}");
    end(&numbers(&pids, 2));
}

#[test]
fn a_program_ends_when_whoever_waits_for_it_has_ended() {
    let pids = file("abandoned");
    let mut child = limited("300", HANGS, &pids).spawn().expect("xtask starts");
    let started = numbers(&pids, 2);
    drop(child.stdin.take());
    assert!(!child.wait().expect("xtask ends").success());
    end(&started);
}

#[test]
fn what_a_program_leaves_running_ends_with_it() {
    let pids = file("left");
    let mut child =
        limited("300", "sleep 300 & echo $! >> \"$PIDS\"; exit 3", &pids).spawn().expect("starts");
    let _input = child.stdin.take();
    assert_eq!(child.wait().expect("xtask ends").code(), Some(3));
    end(&numbers(&pids, 1));
}
