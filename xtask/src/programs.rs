//! The test programs of the workspace: built by cargo, run by us, each under a limit.
//!
//! Cargo runs test programs without one, one after the other however many processors there are, and
//! does not tell which tests were ignored for a reason that does not hold here.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::Failure;
use crate::command::{cargo, line, root};
use crate::limit::{limited, was_over};
use crate::tally::Tally;

/// How long a test program may take.
const LIMIT: Duration = Duration::from_mins(10);

/// Programs that may take longer, and why.
const LONGER: &[(&str, Duration, &str)] = &[
    (
        "large_image_page",
        Duration::from_mins(20),
        "reads three gibibytes in the browser, up to three times until the tab was never deaf",
    ),
    (
        "laws",
        Duration::from_mins(20),
        "fixes every real file and its cuts: minutes of a processor that others may want, too",
    ),
];

/// What the ignored tests of a program need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Real files: `PLIMSOLL_CASES`.
    Cases,
    /// A page that is built.
    Page,
    /// A page that is built, and a browser.
    Browser,
    /// A page that is built, and another browser, which is not installed for it.
    Firefox,
    /// Programs that not every machine has.
    Commands(&'static [&'static str]),
    /// Files of other owners, which only the superuser can make.
    Superuser,
    /// Somebody who looks.
    Eyes,
}

/// Programs whose ignored tests need something else than the cases.
const NEEDS: [(&str, Need); 16] = [
    ("boot", Need::Browser),
    ("browser", Need::Browser),
    ("check_page", Need::Browser),
    ("editor", Need::Browser),
    ("end_to_end", Need::Browser),
    ("firefox", Need::Firefox),
    ("fix_writes", Need::Superuser),
    ("image_page", Need::Browser),
    ("large_image_page", Need::Browser),
    ("offline", Need::Browser),
    ("page", Need::Browser),
    ("raw_output", Need::Commands(&["patch", "script"])),
    ("same", Need::Browser),
    ("screenshots", Need::Eyes),
    ("single_file", Need::Browser),
    ("weight", Need::Page),
];

/// A test program. In their order they stand by package and name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Program {
    /// Its package's name.
    package: String,
    /// The test's or crate's name.
    pub(crate) name: String,
    version: String,
    manifest: PathBuf,
    executable: PathBuf,
}

impl Program {
    pub(crate) fn need(&self) -> Need {
        NEEDS.iter().find(|(name, _)| *name == self.name).map_or(Need::Cases, |(_, need)| *need)
    }

    fn limit(&self) -> Duration {
        LONGER.iter().find(|(name, ..)| *name == self.name).map_or(LIMIT, |(_, limit, _)| *limit)
    }

    /// The program as cargo would start it.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.executable);
        let folder = self.manifest.parent().unwrap_or(root());
        command
            .current_dir(folder)
            .env("CARGO_MANIFEST_DIR", folder)
            .env("CARGO_MANIFEST_PATH", &self.manifest)
            .env("CARGO_PKG_NAME", &self.package)
            .env("CARGO_PKG_VERSION", &self.version);
        command
    }

    /// Runs it, the ignored tests too where `with_ignored`; what it prints goes to `out` and is
    /// counted.
    fn run(
        &self,
        with_ignored: bool,
        environment: &[(&str, &PathBuf)],
        out: &mut dyn Write,
    ) -> Result<Tally, Failure> {
        let mut command = self.command();
        command.envs(environment.iter().copied());
        if with_ignored {
            command.arg("--include-ignored");
        }
        let source = self.executable.strip_prefix(root()).unwrap_or(&self.executable);
        writeln!(out, "\n     Running {} of {} ({})", self.name, self.package, source.display())?;
        run(&command, self.limit(), &self.name, out)
    }
}

/// Runs `programs`, `abreast` of them at a time, the ignored tests too of those that lack nothing.
/// What each prints is printed when it has ended.
pub(crate) fn run_all(
    programs: &[&Program],
    abreast: usize,
    lacks_nothing: impl Fn(&Program) -> bool + Sync,
    environment: &[(&str, &PathBuf)],
) -> Result<Tally, Failure> {
    let all = Mutex::new((Tally::default(), Vec::new()));
    let one = |program: &Program| {
        let mut printed = Vec::new();
        let ended = program.run(lacks_nothing(program), environment, &mut printed);
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        // What can't be printed is no failure of the tests.
        let _ = std::io::stdout().write_all(&printed);
        match ended {
            Ok(tally) => all.0.add(tally),
            Err(failure) => all.1.push(format!("{}: {failure}", program.name)),
        }
    };
    for_each(programs.to_vec(), abreast, one);
    let (tally, failures) = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    match failures.is_empty() {
        true => Ok(tally),
        false => Err(failures.join("\n").into()),
    }
}

/// Calls `each` for all of `items`, for `abreast` of them at a time.
fn for_each<T: Send>(items: Vec<T>, abreast: usize, each: impl Fn(T) + Sync) {
    let waiting = Mutex::new(items.into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        for _ in 0..abreast.max(1) {
            scope.spawn(|| {
                while let Some(item) = next() {
                    each(item);
                }
            });
        }
    });
}

/// The programs that `cargo test` with `arguments` would run, built.
pub(crate) fn build(arguments: &[&str]) -> Result<Vec<Program>, Failure> {
    let mut command = cargo(&["test", "--locked", "--no-run"]);
    command.args(arguments).arg("--message-format=json-render-diagnostics");
    println!("{}", line(&command));
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{} failed: {}", line(&command), output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().filter_map(program).collect())
}

/// The test program that one of cargo's messages tells of.
fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let manifest = PathBuf::from(message["manifest_path"].as_str()?);
    let (package, version) = package(message["package_id"].as_str()?, &manifest)?;
    Some(Program {
        name: message["target"]["name"].as_str()?.to_owned(),
        package,
        version,
        executable: PathBuf::from(message["executable"].as_str()?),
        manifest,
    })
}

/// Name and version in `path+file:///a/core#plimsoll@0.1.0` and `path+file:///a/xtask#0.1.0`.
fn package(id: &str, manifest: &Path) -> Option<(String, String)> {
    let (_, fragment) = id.rsplit_once('#')?;
    let folder = || manifest.parent()?.file_name()?.to_str();
    let (name, version) = match fragment.split_once('@') {
        Some((name, version)) => (name, version),
        None => (folder()?, fragment),
    };
    Some((name.to_owned(), version.to_owned()))
}

/// Runs any command that prints as test programs do; what it prints goes to `out`, too.
pub(crate) fn run(
    command: &Command,
    limit: Duration,
    name: &str,
    out: &mut dyn Write,
) -> Result<Tally, Failure> {
    let mut child = limited(command, limit)?.stdout(Stdio::piped()).spawn()?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            out.write_all(&line)?;
            out.write_all(b"\n")?;
            tally.take(&String::from_utf8_lossy(&line));
        }
    }
    let status = child.wait()?;
    if was_over(status) {
        tally.fail(format!("{name} did not end in {} s", limit.as_secs()));
    } else if !status.success() {
        tally.fail(name.to_owned());
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_program_is_known_by_its_message() {
        let message = r#"{"reason":"compiler-artifact","package_id":"path+file:///w/core#plimsoll@0.1.0","manifest_path":"/w/core/Cargo.toml","target":{"kind":["test"],"name":"laws"},"profile":{"test":true},"executable":"/w/target/debug/deps/laws-1"}"#;
        let read = program(message).unwrap();
        assert_eq!((&*read.name, &*read.package, &*read.version), ("laws", "plimsoll", "0.1.0"));
        assert_eq!(read.command().get_current_dir(), Some(Path::new("/w/core")));
        assert_eq!(program(&message.replace("true", "false")), None);
        assert_eq!(program("what rustc says"), None);
    }

    #[test]
    fn two_run_abreast_and_none_twice() {
        let (started, other) = std::sync::mpsc::channel();
        let other = Mutex::new(other);
        let seen = Mutex::new(Vec::new());
        for_each(vec![0, 1], 2, |item: usize| {
            seen.lock().unwrap().push(item);
            if item == 0 {
                let other = other.lock().unwrap().recv_timeout(Duration::from_secs(20));
                assert_eq!(other, Ok(1), "the second waits for the first");
            } else {
                started.send(item).unwrap();
            }
        });
        for_each(vec![2, 3, 4], 2, |item| seen.lock().unwrap().push(item));
        let mut seen = seen.into_inner().unwrap();
        seen.sort_unstable();
        assert_eq!(seen, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_package_named_like_its_folder_is_named() {
        let manifest = Path::new("/w/xtask/Cargo.toml");
        let named = package("path+file:///w/xtask#0.1.0", manifest);
        assert_eq!(named, Some(("xtask".to_owned(), "0.1.0".to_owned())));
    }

    #[test]
    fn an_ignored_test_says_what_its_program_needs() {
        let mut ignored = 0;
        for folder in ["core/tests", "cli/tests", "tests/tests", "xtask/tests"] {
            for entry in std::fs::read_dir(root().join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    continue;
                }
                let name = path.file_stem().unwrap().to_string_lossy();
                let need = NEEDS.iter().find(|(known, _)| *known == name);
                let reasons = match need.map_or(Need::Cases, |(_, need)| *need) {
                    Need::Cases => vec!["PLIMSOLL_CASES"],
                    Need::Page => vec!["a built page"],
                    Need::Browser => vec!["a browser"],
                    Need::Firefox => vec!["firefox-esr, geckodriver"],
                    Need::Commands(names) => names.to_vec(),
                    Need::Superuser => vec!["the superuser"],
                    Need::Eyes => continue,
                };
                let text = std::fs::read_to_string(&path).unwrap();
                for line in text.lines() {
                    let Some(attribute) = line.trim_start().strip_prefix("#[ignore") else {
                        continue;
                    };
                    ignored += 1;
                    let is_said = |need: &&str| attribute == format!(" = \"needs {need}\"]");
                    assert!(reasons.iter().any(is_said), "{name}: {line}");
                }
            }
        }
        assert!(ignored > 30, "only {ignored} tests need something");
    }
}
