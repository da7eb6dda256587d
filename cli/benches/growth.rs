//! What the text report and `fix` cost as their input grows: whole processes at 1×, 2×, 4× and 8×
//! the size, and how each step grew. Linear growth doubles; a square makes four of it. What the
//! library costs by itself is in `core/benches/growth`.
//!
//! `cargo bench -p plimsoll-cli --bench growth [-- NAME]`: rows whose name holds NAME.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A row: its name, the command, how many of what it holds at first, and the documents of so many.
type Row = (&'static str, &'static [&'static str], usize, fn(usize) -> Files);

/// Names and texts.
type Files = Vec<(String, String)>;

const CHECK: &[&str] = &["check", "--no-config"];
const FIX: &[&str] = &["fix", "--diff", "--no-config"];

const ROWS: &[Row] = &[
    ("commands of one RUN", CHECK, 1000, |n| dockerfile("RUN true", " && apt install x", n, "\n")),
    ("containers on one line", CHECK, 500, |n| {
        service(r#""containers":["#, r#"{"image":"a","port":8080},"#, n, "{}]")
    }),
    ("one key again and again", CHECK, 1000, |n| service("", r#""a":1,"#, n, r#""b":1"#)),
    ("unknown keys", CHECK, 1000, |n| service("", r#""metadat":1,"unknwn":1,"#, n, r#""b":1"#)),
    ("storage", CHECK, 500, |n| service(r#""storage":["#, r#"{"mount_path":"x"},"#, n, "{}]")),
    ("fields of a mount", CHECK, 1000, |n| dockerfile("RUN --mount=a=b", ",c=d", n, " true\n")),
    ("rules that a comment names", CHECK, 1000, |n| {
        dockerfile("# plimsoll ignore=a", ",dockerfile/x", n, "\nRUN true\n")
    }),
    ("CMDs, each with those before", CHECK, 1000, |n| dockerfile("", "CMD [\"a\"]\n", n, "")),
    ("names of a credential", CHECK, 1000, |n| {
        dockerfile("MAINTAINER x\nRUN x", " dockercfg:", n, "\n")
    }),
    ("passwords that are piped", CHECK, 500, |n| {
        dockerfile("MAINTAINER x\nRUN true", "; echo a:b | chpasswd", n, "\n")
    }),
    ("lines that are no instructions", CHECK, 10_000, |n| dockerfile("", "A\n", n, "")),
    ("lines that are none, to be fixed", FIX, 10_000, |n| dockerfile("", "A\n", n, "")),
    ("triggers to be fixed", FIX, 500, |n| dockerfile("", "ONBUILD RUN apt install x\n", n, "")),
    ("files to be fixed", FIX, 500, |n| {
        let text = "FROM alpine:3.20\nMAINTAINER x\n";
        (0..n).map(|at| (format!("{at}/Dockerfile"), text.to_owned())).collect()
    }),
];

fn main() {
    let name = std::env::args().skip(1).find(|word| word != "--bench").unwrap_or_default();
    for (name, command, least, files) in ROWS.iter().filter(|row| row.0.contains(&name)) {
        let times = [1, 2, 4, 8].map(|times| time(command, &files(least * times)));
        let mut line = format!("{name:34}");
        for time in times {
            let _ = write!(line, "  {:7.1} ms", time.as_secs_f64() * 1e3);
        }
        for pair in times.windows(2) {
            let _ = write!(line, "  ×{:.1}", pair[1].as_secs_f64() / pair[0].as_secs_f64());
        }
        println!("{line}");
    }
}

/// The shortest of three runs of the program over `files`.
fn time(command: &[&str], files: &Files) -> Duration {
    let folder = folder(files);
    let run = || {
        let started = Instant::now();
        let mut program = Command::new(env!("CARGO_BIN_EXE_plimsoll"));
        program.args(command).arg(&folder).stdout(Stdio::null()).stderr(Stdio::null());
        program.status().expect("the program starts");
        started.elapsed()
    };
    let shortest = (0..3).map(|_| run()).min().unwrap_or_default();
    let _ = std::fs::remove_dir_all(&folder);
    shortest
}

fn folder(files: &Files) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("growth");
    let _ = std::fs::remove_dir_all(&folder);
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

fn dockerfile(before: &str, one: &str, n: usize, after: &str) -> Files {
    let text = format!("FROM alpine:3.20\n{before}{}{after}", one.repeat(n));
    vec![("Dockerfile".to_owned(), text)]
}

fn service(before: &str, one: &str, n: usize, after: &str) -> Files {
    let head = r#"{"metadata":{"name":"a_b","instance":1},"#;
    vec![("service.json".to_owned(), format!("{head}{before}{}{after}}}\n", one.repeat(n)))]
}
