//! Rules on what RUN runs: the shell and general commands.

use super::file::File;
use crate::document::CommandLine;
use crate::rule::Rule;
use crate::shell::{SimpleCommand, Word};
use crate::text::Span;

mod cd;
mod consecutive;
mod curl_fail;
mod download_tools;
mod lost_service;
mod options;
mod pipefail;
mod pointless;
mod shell_symlink;
mod sources;
mod sudo;
mod useradd;
mod wget_progress;

pub(super) static RULES: &[&Rule] = &[
    &cd::LOST,
    &cd::INSTEAD_OF_WORKDIR,
    &lost_service::RULE,
    &pointless::RULE,
    &sudo::RULE,
    &pipefail::RULE,
    &curl_fail::RULE,
    &shell_symlink::RULE,
    &consecutive::RULE,
    &download_tools::RULE,
    &wget_progress::RULE,
    &useradd::RULE,
];

/// What RUN runs, each command with the line that it stands in.
fn commands<'a>(file: File<'a>) -> impl Iterator<Item = (&'a CommandLine, &'a SimpleCommand)> {
    file.runs().flat_map(|line| line.script.commands.iter().map(move |command| (line, command)))
}

/// Where the program's name stands; the whole command if it has none.
fn program_span(command: &SimpleCommand) -> Span {
    command.words.first().map_or(command.span, |word| word.span)
}

/// Whether a shell reads the word just as it stands in the document, so that it may be edited.
fn is_as_written(file: File<'_>, line: &CommandLine, word: &Word) -> bool {
    line.interpreter.is_posix() && word.literal().is_some_and(|text| file.raw(word.span) == text)
}

/// Whether `command` is the last that the script itself runs, whatever happened before.
fn is_last(line: &CommandLine, command: &SimpleCommand) -> bool {
    let is_plain = |one: &SimpleCommand| {
        let position = &one.position;
        !position.in_branch
            && !position.in_condition
            && !position.in_subshell
            && !position.in_substitution
            && position.function.is_none()
    };
    let last = line.script.commands.iter().rfind(|one| !one.position.in_substitution);
    last.is_some_and(|last| last.span == command.span && is_plain(last))
}
