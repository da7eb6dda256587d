//! Where Plimsoll agrees with the peers: `conformance --cases DIR [--format text|json] [--explain]`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use plimsoll_tests::conformance::{self, Suite};

const USAGE: &str =
    "usage: conformance --cases DIR [--format text|json] [--explain] [--suite NAME]";

struct Arguments {
    cases: PathBuf,
    is_json: bool,
    explain: bool,
    suite: Option<String>,
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut cases = None;
    let mut read = Arguments { cases: PathBuf::new(), is_json: false, explain: false, suite: None };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
        match argument.as_str() {
            "--cases" => cases = Some(PathBuf::from(value()?)),
            "--format" => {
                read.is_json = match value()?.as_str() {
                    "json" => true,
                    "text" => false,
                    other => return Err(format!("`{other}` is no format: text or json")),
                }
            }
            "--explain" => read.explain = true,
            "--suite" => read.suite = Some(value()?),
            other => return Err(format!("unknown argument `{other}`")),
        }
    }
    read.cases = cases.ok_or("`--cases DIR` is missing")?;
    if !read.cases.is_dir() {
        return Err(format!("{} is no folder", read.cases.display()));
    }
    Ok(read)
}

fn main() -> ExitCode {
    match read(std::env::args().skip(1)).and_then(|arguments| show(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn show(arguments: &Arguments) -> Result<(), String> {
    let mut reasons = Vec::new();
    let mut explain = |suite: &str, id: &str, why: &str| {
        reasons.push((suite.to_owned(), format!("{id}: {why}")));
    };
    let suites: Vec<Suite> =
        conformance::run(&arguments.cases, arguments.suite.as_deref(), &mut explain)?;
    let mut out = std::io::stdout().lock();
    let written = if arguments.is_json {
        writeln!(out, "{:#}", json(&suites))
    } else {
        suites.iter().try_for_each(|suite| {
            writeln!(out, "{:<22} {:>4} of {:>4}", suite.name, suite.agreed(), suite.cases)?;
            if arguments.explain {
                let own = reasons.iter().filter(|(name, _)| *name == suite.name);
                own.into_iter().try_for_each(|(_, reason)| writeln!(out, "    {reason}"))
            } else {
                suite.disagree.iter().try_for_each(|id| writeln!(out, "    {id}"))
            }
        })
    };
    written.map_err(|error| error.to_string())
}

fn json(suites: &[Suite]) -> serde_json::Value {
    let suites: Vec<serde_json::Value> = suites
        .iter()
        .map(|suite| {
            serde_json::json!({
                "suite": suite.name,
                "cases": suite.cases,
                "agreed": suite.agreed(),
                "disagree": suite.disagree,
            })
        })
        .collect();
    serde_json::json!({ "suites": suites })
}
