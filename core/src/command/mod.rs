//! What a command line starts: which server, on which address and port.
//!
//! Servers are a table (`servers.rs`); wrappers such as `sh -c`, `exec`, `env` and `tini` are taken
//! off (`unwrap.rs`). When in doubt the answer is unknown, never a guess. Knows no document.

mod launch;
mod servers;
mod unwrap;

pub use launch::{Launch, Listen, Origin, Purpose, Said};
pub use servers::{SERVERS, Server};

use std::collections::HashMap;

use crate::shell::{self, Script, SimpleCommand, Word};
use crate::text::{MappedText, Span};

/// The environment of a command: the value of a variable, if it is known.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A word of a command line: its value with the way back, if it is known.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The value; `None` where it holds a substitution or an unknown variable.
    pub value: Option<MappedText>,
    /// Where it stands.
    pub span: Span,
}

impl Argument {
    /// The value's letters; empty where it is unknown.
    pub fn text(&self) -> &str {
        self.value.as_ref().map_or("", MappedText::text)
    }
}

/// What the words of an exec form start.
pub fn of_exec(words: &[MappedText], environment: Environment<'_>) -> Vec<Launch> {
    let arguments: Vec<Argument> = words
        .iter()
        .map(|word| Argument { value: Some(word.clone()), span: word.whole() })
        .collect();
    launch::read(&arguments, environment, 0)
}

/// What a command line that a shell reads starts.
pub fn of_shell(text: &MappedText, environment: Environment<'_>) -> Vec<Launch> {
    of_script(&shell::parse(text).0, environment)
}

/// What a script starts.
pub fn of_script(script: &Script, environment: Environment<'_>) -> Vec<Launch> {
    of_script_at(script, environment, 0)
}

/// `depth` counts the scripts in scripts (`sh -c "sh -c …"`).
fn of_script_at(script: &Script, environment: Environment<'_>, depth: usize) -> Vec<Launch> {
    let mut assigned: HashMap<String, Option<String>> = HashMap::new();
    let mut launches = Vec::new();
    for command in script.commands.iter().filter(|one| !one.position.in_substitution) {
        let known = |name: &str| assigned.get(name).map_or_else(|| environment(name), Clone::clone);
        let assign = |into: &mut Vec<(String, Option<String>)>, word: &Word, name: &str| {
            let value = assigned_value(word, &known);
            // What a branch assigns may not be so; what a subshell assigns ends with it.
            let position = &command.position;
            let holds = !position.in_branch && !position.in_subshell && !position.in_pipeline;
            let value = value.filter(|_| holds);
            into.push((name.to_owned(), value));
        };
        let mut own = Vec::new();
        for assignment in &command.assignments {
            assign(&mut own, &assignment.value, &assignment.name);
        }
        if matches!(command.name(), Some("unset" | "read")) {
            for word in command.words.iter().skip(1).filter_map(Word::literal) {
                let value = (command.name() == Some("unset")).then(String::new);
                assigned.insert(word.to_owned(), value);
            }
            continue;
        }
        let is_export = matches!(command.name(), Some("export" | "readonly" | "declare" | "local"));
        if command.words.is_empty() {
            assigned.extend(own);
            continue;
        }
        if is_export {
            own.extend(exported(command, &known));
            assigned.extend(own);
            continue;
        }
        let arguments = arguments(command, &known);
        let inner = |name: &str| {
            let set = own.iter().rev().find(|(known, _)| known == name);
            set.map_or_else(|| known(name), |(_, value)| value.clone())
        };
        for mut launch in launch::read(&arguments, &inner, depth) {
            launch.note_shell(command);
            launches.push(launch);
        }
    }
    launches.retain(|launch| launch.function.as_deref().is_none_or(|name| is_called(script, name)));
    launches
}

/// Whether a command of the script is the function `name`, or a trap that runs it.
fn is_called(script: &Script, name: &str) -> bool {
    script.commands.iter().filter(|one| one.position.function.as_deref() != Some(name)).any(|one| {
        one.name() == Some(name)
            || (one.name() == Some("trap")
                && one.words.iter().filter_map(Word::literal).any(|word| {
                    word.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
                        .any(|part| part == name)
                }))
    })
}

/// A value behind `=`, where the shell splits nothing.
fn assigned_value(word: &Word, known: Environment<'_>) -> Option<String> {
    let mut word = word.clone();
    for part in &mut word.parts {
        if let shell::Part::Variable { is_quoted, .. } = part {
            *is_quoted = true;
        }
    }
    word.value(known).map(|value| value.text().to_owned())
}

/// `export NAME=value`: the words are assignments.
fn exported(command: &SimpleCommand, known: Environment<'_>) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for word in command.words.iter().skip(1) {
        let Some(value) = word.value(known) else { continue };
        if let Some((name, value)) = value.text().split_once('=') {
            found.push((name.to_owned(), Some(value.to_owned())));
        }
    }
    found
}

fn arguments(command: &SimpleCommand, known: Environment<'_>) -> Vec<Argument> {
    let words = command.words.iter();
    words.map(|word| Argument { value: word.value(known), span: word.span }).collect()
}

#[cfg(test)]
mod tests;
