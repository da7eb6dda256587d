//! What a command line starts: which server, on which address and port.
//!
//! Servers are a table (`servers.rs`); wrappers such as `sh -c`, `exec`, `env` and `tini` are taken
//! off (`unwrap.rs`). When in doubt the answer is unknown, never a guess. Knows no document.

mod launch;
mod servers;
mod unwrap;

pub use launch::{Launch, Listen, Origin, Purpose, Said};
pub use servers::{SERVERS, Server};

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use crate::shell::{self, Script, SimpleCommand, Word};
use crate::text::{Budget, MappedText, Span};

/// The environment of a command: the value of a variable, if it is known.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<&'a str>;

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
    let (budget, commands_left) = (Budget::default(), Cell::new(shell::MOST_COMMANDS));
    let reading = Reading { depth: 0, budget: &budget, commands_left: &commands_left };
    launch::read(&arguments, environment, reading)
}

/// What a command line that a shell reads starts.
pub fn of_shell(text: &MappedText, environment: Environment<'_>) -> Vec<Launch> {
    of_script(&shell::parse(text).0, environment)
}

/// What a script starts.
pub fn of_script(script: &Script, environment: Environment<'_>) -> Vec<Launch> {
    let (budget, commands_left) = (Budget::default(), Cell::new(shell::MOST_COMMANDS));
    let reading = Reading { depth: 0, budget: &budget, commands_left: &commands_left };
    of_script_at(script, environment, reading)
}

/// How far a reading has come.
#[derive(Clone, Copy)]
struct Reading<'a> {
    /// Scripts in scripts (`sh -c "sh -c …"`).
    depth: usize,
    /// What variables may still bring into words.
    budget: &'a Budget,
    /// Commands of scripts in scripts that may still be read.
    commands_left: &'a Cell<usize>,
}

fn of_script_at(
    script: &Script,
    environment: Environment<'_>,
    reading: Reading<'_>,
) -> Vec<Launch> {
    let mut variables = Variables { assigned: HashMap::new(), outer: environment };
    let mut launches = Vec::new();
    for command in script.commands.iter().filter(|one| !one.position.in_substitution) {
        let known = |name: &str| variables.get(name);
        if matches!(command.name(), Some("unset" | "read")) {
            let value = (command.name() == Some("unset")).then(String::new);
            for word in command.words.iter().skip(1).filter_map(Word::literal) {
                variables.assigned.insert(word.to_owned(), value.clone());
            }
            continue;
        }
        let mut own = prefixed(command, &known, reading.budget);
        if command.words.is_empty() {
            variables.assigned.extend(own);
            continue;
        }
        if matches!(command.name(), Some("export" | "readonly" | "declare" | "local")) {
            own.extend(exported(command, &known, reading.budget));
            variables.assigned.extend(own);
            continue;
        }
        let arguments: Vec<Argument> = command
            .words
            .iter()
            .map(|word| Argument { value: word.value(&known, reading.budget), span: word.span })
            .collect();
        let own: HashMap<String, Option<String>> = own.into_iter().collect();
        let inner = Variables { assigned: own, outer: &known };
        for mut launch in launch::read(&arguments, &|name| inner.get(name), reading) {
            launch.note_shell(command);
            launches.push(launch);
        }
    }
    let called = called_functions(script);
    launches.retain(|launch| launch.function.as_deref().is_none_or(|name| called.contains(name)));
    launches
}

/// What a script has set so far, before what was set outside.
struct Variables<'a> {
    /// `None` where the value is not known.
    assigned: HashMap<String, Option<String>>,
    outer: Environment<'a>,
}

impl Variables<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        match self.assigned.get(name) {
            Some(value) => value.as_deref(),
            None => (self.outer)(name),
        }
    }
}

/// What the assignments before a command give, in their order.
fn prefixed<'v>(
    command: &SimpleCommand,
    known: &dyn Fn(&str) -> Option<&'v str>,
    budget: &Budget,
) -> Vec<(String, Option<String>)> {
    // What a branch assigns may not be so; what a subshell assigns ends with it.
    let position = &command.position;
    let holds = !position.in_branch && !position.in_subshell && !position.in_pipeline;
    let value = |word: &Word| {
        word.assigned_value(known, budget).filter(|_| holds).map(MappedText::into_text)
    };
    let pairs = command.assignments.iter().map(|one| (one.name.clone(), value(&one.value)));
    pairs.collect()
}

/// The functions that a command outside of their own body calls, or a trap.
fn called_functions(script: &Script) -> HashSet<&str> {
    let mut called = HashSet::new();
    for command in &script.commands {
        let Some(name) = command.name() else { continue };
        let around = command.position.function.as_deref();
        called.extend(Some(name).filter(|&name| around != Some(name)));
        if name == "trap" {
            let words = command.words.iter().filter_map(Word::literal);
            let parts = words.flat_map(|word| {
                word.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
            });
            called.extend(parts.filter(|&part| around != Some(part)));
        }
    }
    called
}

/// `export NAME=value`: the words are assignments.
fn exported<'v>(
    command: &SimpleCommand,
    known: &dyn Fn(&str) -> Option<&'v str>,
    budget: &Budget,
) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for word in command.words.iter().skip(1) {
        let Some(value) = word.value(known, budget) else { continue };
        if let Some((name, value)) = value.text().split_once('=') {
            found.push((name.to_owned(), Some(value.to_owned())));
        }
    }
    found
}

#[cfg(test)]
mod tests;
