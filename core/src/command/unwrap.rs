//! Programs that only start another one.

use super::Argument;
use crate::text::file_name;

/// What is left of a command line when its wrappers are taken off.
pub(super) enum Unwrapped<'a> {
    /// A program with its arguments.
    Program(&'a [Argument]),
    /// A text that a shell reads: the argument of `sh -c`.
    Script(&'a Argument),
}

/// A program that starts the one behind it.
struct Wrapper {
    names: &'static [&'static str],
    /// Flags that take the next word as their value.
    valued: &'static [&'static str],
    /// How many words stand between its flags and the program.
    operands: usize,
}

const WRAPPERS: &[Wrapper] = &[
    Wrapper { names: &["exec"], valued: &["-a"], operands: 0 },
    Wrapper {
        names: &["nohup", "setsid", "command", "time", "ionice", "catchsegv"],
        valued: &["-c", "-n"],
        operands: 0,
    },
    Wrapper { names: &["nice"], valued: &["-n", "--adjustment"], operands: 0 },
    Wrapper { names: &["stdbuf"], valued: &["-i", "-o", "-e"], operands: 0 },
    Wrapper { names: &["env"], valued: &["-u", "--unset", "-C", "--chdir"], operands: 0 },
    Wrapper { names: &["timeout"], valued: &["-s", "--signal", "-k", "--kill-after"], operands: 1 },
    Wrapper { names: &["gosu", "su-exec"], valued: &[], operands: 1 },
    Wrapper { names: &["sudo"], valued: &["-u", "-g", "--user", "--group"], operands: 0 },
    Wrapper {
        names: &["tini", "dumb-init", "catatonit"],
        valued: &["-e", "-p", "--rewrite", "-r"],
        operands: 0,
    },
    Wrapper {
        names: &["xvfb-run", "numactl"],
        valued: &["-s", "-n", "-m", "-N", "-C"],
        operands: 0,
    },
    Wrapper {
        names: &["ddtrace-run", "opentelemetry-instrument", "newrelic-admin"],
        valued: &[],
        operands: 0,
    },
];

/// Tools whose `run` starts the program behind it.
const RUNNERS: &[Wrapper] = &[
    Wrapper {
        names: &["conda", "mamba", "micromamba"],
        valued: &["-n", "--name", "-p", "--prefix"],
        operands: 0,
    },
    Wrapper { names: &["poetry", "pipenv", "pdm", "rye", "hatch"], valued: &[], operands: 0 },
    Wrapper {
        names: &["uv"],
        valued: &[
            "--with",
            "--python",
            "-p",
            "--env-file",
            "--extra",
            "--group",
            "--project",
            "--directory",
        ],
        operands: 0,
    },
];

/// No command line is wrapped deeper.
const MOST_WRAPPERS: usize = 16;

pub(super) fn unwrap(mut words: &[Argument]) -> Option<Unwrapped<'_>> {
    for _ in 0..MOST_WRAPPERS {
        let (first, rest) = words.split_first()?;
        let name = file_name(first.text());
        if is_shell(name) {
            return shell_argument(rest).or(Some(Unwrapped::Program(words)));
        }
        if let Some(wrapper) = WRAPPERS.iter().find(|one| one.names.contains(&name)) {
            words = behind(rest, wrapper);
            if name == "newrelic-admin" && words.first().map(Argument::text) == Some("run-program")
            {
                words = &words[1..];
            }
        } else if let Some(runner) = RUNNERS.iter().find(|one| one.names.contains(&name))
            && let [run, rest @ ..] = rest
            && run.text() == "run"
        {
            words = behind(rest, runner);
        } else {
            return Some(Unwrapped::Program(words));
        }
    }
    None
}

fn is_shell(name: &str) -> bool {
    matches!(name, "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh")
}

/// The argument of `-c` (also in `-lc`, `-exc`).
fn shell_argument(words: &[Argument]) -> Option<Unwrapped<'_>> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let text = word.text();
        if text.starts_with('-') && !text.starts_with("--") && text.ends_with('c') {
            return words.next().map(Unwrapped::Script);
        }
        // `-o pipefail`
        if text == "-o" {
            words.next();
        } else if !text.starts_with('-') {
            return None;
        }
    }
    None
}

/// The words behind a wrapper's flags, assignments and operands.
fn behind<'a>(words: &'a [Argument], wrapper: &Wrapper) -> &'a [Argument] {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let text = word.text();
        if text == "--" {
            at += 1;
            break;
        }
        if wrapper.valued.contains(&text) {
            at += 2;
        } else if text.starts_with('-') && text.len() > 1
            || (wrapper.names.contains(&"env") && text.contains('=') && !text.starts_with('='))
        {
            at += 1;
        } else {
            break;
        }
    }
    words.get(at + wrapper.operands..).unwrap_or_default()
}
