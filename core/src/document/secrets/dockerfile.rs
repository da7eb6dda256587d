//! Secrets in the instructions of a Dockerfile.

use super::{Found, script, settings};
use crate::dockerfile::{Body, Instruction, Keyword, Lookup, Word, expand};
use crate::document::{DockerfileContent, Interpreter};
use crate::redact::Holds;
use crate::secret::{Dollar, hides_value};

/// Adds the secrets of `file`.
pub(super) fn read(file: &DockerfileContent, found: &mut Found<'_>) {
    for instruction in &file.tree.instructions {
        read_instruction(instruction, file.tree.escape, found);
    }
    for line in &file.command_lines {
        let is_exec = line.interpreter == Interpreter::None;
        let dollar = if is_exec { Dollar::Letter } else { Dollar::Expands };
        script::read(&line.script, dollar, found);
    }
}

fn read_instruction(instruction: &Instruction, escape: char, found: &mut Found<'_>) {
    match &instruction.body {
        Body::Onbuild(inner) => read_instruction(inner, escape, found),
        Body::Pairs { pairs, .. } | Body::Args(pairs) => {
            for pair in pairs.iter().filter(|pair| hides_value(pair.name.raw())) {
                if let Some(value) = &pair.value {
                    hide(value, escape, found);
                }
            }
        }
        _ => {}
    }
    if instruction.keyword != Keyword::Run {
        for heredoc in &instruction.heredocs {
            let dollar = if heredoc.expands { Dollar::Expands } else { Dollar::Letter };
            let target = instruction.arguments.text().split_whitespace().next_back();
            match target.and_then(Holds::of) {
                Some(holds) => settings::read_file(&heredoc.body, holds, dollar, found),
                None => settings::read(&heredoc.body, dollar, found),
            }
        }
    }
    // What goes over several lines is one text only here.
    let arguments = &instruction.arguments;
    if !arguments.is_verbatim(0, arguments.text().len()) && !arguments.text().is_empty() {
        found.net(arguments);
    }
}

/// Adds a value without the quotes around it.
fn hide(value: &Word, escape: char, found: &mut Found<'_>) {
    let raw = value.raw();
    let length = raw.trim_end().len();
    let is_in = |quote: char| {
        let inner = raw[..length].strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        inner.is_some_and(|inner| !inner.contains(quote))
    };
    let (text, dollar) = match (is_in('"'), is_in('\'')) {
        (true, _) => (value.text.slice(1, length - 1), Dollar::Expands),
        (_, true) => (value.text.slice(1, length - 1), Dollar::Letter),
        _ => (value.text.clone(), Dollar::Expands),
    };
    if raw[..length].len() == 2 && (is_in('"') || is_in('\'')) {
        return;
    }
    found.hide(&text, dollar);
    // As the builder reads it.
    let unknown = |_: &str| Lookup::Unknown;
    let built = expand(value, escape, &unknown);
    found.values.extend(built.value().filter(|built| *built != raw).map(str::to_owned));
}
