//! Runs the peers' own cases against Plimsoll and says where the two agree.
//!
//! A suite is one file of cases. Judging is as
//! strict as the peer's own test: what a case does not state is not asked.

mod buildkit;
pub mod parser;
mod peers;

use std::path::Path;

use serde_json::Value;

/// What one file of cases gave.
#[derive(Debug)]
pub struct Suite {
    /// The file's name without its ending.
    pub name: String,
    /// How many cases were judged.
    pub cases: usize,
    /// The ids of those that disagree, in the order of the file.
    pub disagree: Vec<String>,
}

impl Suite {
    /// How many cases agree.
    pub fn agreed(&self) -> usize {
        self.cases - self.disagree.len()
    }
}

/// Judges one case: `Ok` where Plimsoll agrees, else why not; `None` where the case says nothing
/// that can be judged.
type Judge = fn(&Value, &Path) -> Option<Result<(), String>>;

/// Each suite's file below the folder of cases, and who judges its rows.
const SUITES: &[(&str, Judge)] = &[
    ("cases/dockerfile/hadolint.jsonl", peers::hadolint),
    ("cases/dockerfile/trivy.jsonl", peers::named_rule),
    ("cases/dockerfile/checkov.jsonl", peers::named_rule),
    ("cases/dockerfile/buildkit_lint.jsonl", buildkit::lint),
    ("corpus/dockerfile/oracle/buildkit_lint.jsonl", buildkit::corpus_lint),
    ("cases/dockerfile/parser/testfiles.jsonl", parser::tree),
    ("cases/dockerfile/parser/probes.jsonl", parser::tree),
    ("cases/dockerfile/parser/shell_words.jsonl", parser::shell_words),
    ("cases/dockerfile/parser/instructions.jsonl", parser::instruction),
    ("cases/dockerfile/parser/heredoc_extract.jsonl", parser::heredoc),
    ("cases/dockerfile/parser/git_refs.jsonl", parser::git_ref),
    ("cases/dockerfile/parser/expose_ports.jsonl", parser::port),
    ("corpus/dockerfile/oracle/buildkit_ast.jsonl", parser::corpus),
];

/// Runs every suite (or that called `only`) whose file lies below `cases`; `explain` is given each
/// disagreement: suite, id, reason.
///
/// # Errors
/// A file that cannot be read, or a line that is no JSON, with its place.
pub fn run(
    cases: &Path,
    only: Option<&str>,
    explain: &mut dyn FnMut(&str, &str, &str),
) -> Result<Vec<Suite>, String> {
    let mut suites = Vec::new();
    for (file, judge) in SUITES {
        let path = cases.join(file);
        if !path.is_file() || only.is_some_and(|only| only != name_of(file)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path:?}: {error}"))?;
        let mut suite = Suite { name: name_of(file), cases: 0, disagree: Vec::new() };
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row: Value = serde_json::from_str(line)
                .map_err(|error| format!("{path:?}, line {}: {error}", index + 1))?;
            let id = row["id"].as_str().unwrap_or_default();
            let Some(verdict) = judge(&row, cases) else { continue };
            suite.cases += 1;
            if let Err(why) = verdict {
                explain(&suite.name, id, &why);
                suite.disagree.push(id.to_owned());
            }
        }
        suites.push(suite);
    }
    Ok(suites)
}

/// The suite's name: that of the file; the corpus' own have its name in front.
fn name_of(file: &str) -> String {
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".jsonl");
    if file.starts_with("corpus/") { format!("corpus_{stem}") } else { stem.to_owned() }
}

/// The text under `key`, if it is one.
fn text<'a>(row: &'a Value, key: &str) -> Option<&'a str> {
    row[key].as_str()
}
