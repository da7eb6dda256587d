//! Runs a program that may take only so long, and leaves nothing of it behind.
//!
//! `xtask limited SECONDS PROGRAM …` stands between xtask and the program. It ends the program with
//! all that the program has started when its time is over, and also when xtask itself has ended,
//! however that came: its standard input, of which xtask holds the other end, is at its end then.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::Failure;
use crate::command::line;

/// What `limited` exits with when the time was over, as `timeout` does.
const OVER: u8 = 124;

/// How often it is looked whether the program has ended.
const PULSE: Duration = Duration::from_millis(20);

/// `command` under a limit: the folder and the environment are its own.
pub(crate) fn limited(command: &Command, limit: Duration) -> Result<Command, Failure> {
    let mut outer = Command::new(own()?);
    outer.arg("limited").arg(limit.as_secs().to_string()).arg(command.get_program());
    outer.args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    // Not interrupted with xtask: it has to end the program first.
    in_group_of_its_own(&mut outer);
    outer.stdin(Stdio::piped());
    Ok(outer)
}

/// This program. Building the tests may have put another one in its place.
fn own() -> Result<PathBuf, Failure> {
    let own = std::env::current_exe()?;
    Ok(if own.is_file() { own } else { PathBuf::from("/proc/self/exe") })
}

/// Whether a program that `limited` was to run took too long.
pub(crate) fn was_over(status: ExitStatus) -> bool {
    status.code() == Some(OVER.into())
}

/// The chore `limited`: `words` are the seconds, the program and its arguments.
pub(crate) fn run(words: &[String]) -> Result<ExitCode, Failure> {
    let [seconds, program, arguments @ ..] = words else {
        return Err("`limited` needs SECONDS and PROGRAM".into());
    };
    let limit = Duration::from_secs(seconds.parse()?);
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    in_group_of_its_own(&mut command);
    let mut child = command.spawn().map_err(|error| format!("{program}: {error}"))?;
    let caller = caller();
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            // What the program has left running ends with it.
            end(&mut child);
            return Ok(ExitCode::from(code(status)));
        }
        if started.elapsed() >= limit {
            end(&mut child);
            let limit = limit.as_secs();
            println!("\nerror: {} did not end in {limit} s and was killed", line(&command));
            return Ok(ExitCode::from(OVER));
        }
        if caller.recv_timeout(PULSE) == Err(RecvTimeoutError::Disconnected) {
            end(&mut child);
            return Err("whoever wanted it has ended".into());
        }
    }
}

/// Disconnected as soon as nobody holds the other end of standard input.
fn caller() -> mpsc::Receiver<()> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin().lock().take(u64::MAX), &mut std::io::sink());
        drop(sender);
    });
    receiver
}

fn code(status: ExitStatus) -> u8 {
    // Without a code it was ended by a signal.
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}

#[cfg(unix)]
fn in_group_of_its_own(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn in_group_of_its_own(_: &mut Command) {}

/// Ends `child` and all that it has started.
fn end(child: &mut Child) {
    let id = child.id();
    let mut killer = if cfg!(windows) {
        let mut killer = Command::new("taskkill");
        killer.args(["/F", "/T", "/PID", &id.to_string()]);
        killer
    } else {
        // The shell has it built in; the standard library can signal one process only.
        let others = descendants(id).iter().map(|id| format!(" {id}")).collect::<String>();
        let mut killer = Command::new("sh");
        killer.arg("-c").arg(format!("kill -KILL -{id}{others}"));
        killer
    };
    // It fails where nothing is left to end.
    let _ = killer.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let _ = child.kill();
    let _ = child.wait();
}

/// The processes below `ancestor`, where `/proc` tells: some leave the group that they began in.
fn descendants(ancestor: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            Some((id, parent(&stat)?))
        })
        .collect();
    let mut found = vec![ancestor];
    let mut next = 0;
    while let Some(&above) = found.get(next) {
        let below = parents.iter().filter(|(_, parent)| *parent == above).map(|(id, _)| *id);
        let new: Vec<u32> = below.filter(|id| !found.contains(id)).collect();
        found.extend(new);
        next += 1;
    }
    found.remove(0);
    found
}

/// The parent in `/proc/PID/stat`: behind the name, which may hold anything, stands the state.
fn parent(stat: &str) -> Option<u32> {
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parent_is_read_behind_any_name() {
        assert_eq!(parent("12 (a) 3 4) S 7 12 12 0"), Some(7));
        assert_eq!(parent("12"), None);
    }
}
