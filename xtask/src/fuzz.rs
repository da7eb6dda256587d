//! Gives each fuzz target any bytes for some minutes. `fuzz/` stands apart from the workspace and
//! takes the nightly compiler; libFuzzer comes with its crate, and nothing else is needed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;
use crate::command::{cargo, line, output, root, run, target_folder};

/// Counts what is reached and compared, as `cargo fuzz` has it. Without a sanitizer of memory:
/// core has no unsafe code, and is several times as fast.
const RUSTFLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Mebibytes that a target may use.
const MEMORY: &str = "-rss_limit_mb=1024";

/// Seconds that one input may take.
const SECONDS: &str = "-timeout=20";

/// Builds all targets and runs them (or those named), one after the other.
pub(crate) fn fuzz(minutes: u64, chosen: &[String]) -> Result<(), Failure> {
    let known = known()?;
    if let Some(unknown) = chosen.iter().find(|name| !known.contains(name)) {
        return Err(
            format!("there is no target `{unknown}`; there are {}", known.join(", ")).into()
        );
    }
    let targets = if chosen.is_empty() { &known[..] } else { chosen };
    let programs = build()?;
    let folder = target_folder().join("fuzz");
    run(cargo(&["run", "--quiet", "--package=plimsoll-tests", "--bin=fuzz_seeds", "--"])
        .arg(folder.join("corpus")))?;
    let findings = folder.join("findings");
    std::fs::create_dir_all(&findings)?;
    let mut told = Vec::new();
    let mut failed = Vec::new();
    for target in targets {
        let outcome = one(&programs.join(target), target, &folder, minutes)?;
        told.push(format!("{target:>14}  {:>10} executions", outcome.executions));
        failed.extend(outcome.failure.map(|why| format!("{target}: {why}")));
    }
    println!("\n{}", told.join("\n"));
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
}

/// The targets: the files of their folder.
fn known() -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root().join("fuzz/fuzz_targets"))? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Builds the targets; the folder that they are in.
fn build() -> Result<PathBuf, Failure> {
    let compiler = output(Command::new("rustup").args(["run", "nightly", "rustc", "-vV"]))
        .ok_or("fuzzing takes the nightly compiler: rustup toolchain install nightly")?;
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("rustc does not say which machine it runs on")?;
    let target = target_folder().join("fuzz");
    let mut cargo = Command::new("rustup");
    cargo
        .args(["run", "nightly", "cargo", "build", "--release", "--bins", "--locked"])
        .args(["--manifest-path=fuzz/Cargo.toml", &format!("--target={host}")])
        .arg(format!("--target-dir={}", target.display()))
        .env("RUSTFLAGS", RUSTFLAGS)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .current_dir(root());
    println!("{}", line(&cargo));
    run(&mut cargo)?;
    Ok(target.join(host).join("release"))
}

struct Outcome {
    executions: String,
    failure: Option<String>,
}

/// Runs one target; what it says is on the terminal, too.
fn one(program: &Path, target: &str, folder: &Path, minutes: u64) -> Result<Outcome, Failure> {
    let mut command = Command::new(program);
    command
        .arg(folder.join("corpus").join(target))
        .args([MEMORY, SECONDS, "-print_final_stats=1", "-max_len=16384"])
        .arg(format!("-max_total_time={}", minutes * 60))
        .arg(format!("-artifact_prefix={}/{target}-", folder.join("findings").display()));
    println!("\n{}", line(&command));
    let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut outcome = Outcome { executions: "?".to_owned(), failure: None };
    let mut input = None;
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            eprintln!("{line}");
            if let Some((_, count)) = line.split_once("stat::number_of_executed_units:") {
                outcome.executions = count.trim().to_owned();
            }
            if let Some((_, path)) = line.split_once("Test unit written to ") {
                input = Some(path.to_owned());
            }
        }
    }
    let status = child.wait()?;
    if !status.success() {
        let input = input.unwrap_or_else(|| "no input was written".to_owned());
        outcome.failure = Some(format!("{status}; {input}"));
    }
    Ok(outcome)
}
