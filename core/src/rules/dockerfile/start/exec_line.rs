//! A command in exec form, seen as what the kernel will be asked to run.

use super::super::file::File;
use super::section::{Section, sections};
use crate::dockerfile::{Body, CommandForm, ExecWord, Instruction, Keyword};
use crate::text::{Span, file_name};

/// One exec form that runs as a command of its own.
pub(super) struct ExecLine<'a> {
    /// The instruction that holds it, or that behind ONBUILD.
    pub(super) instruction: &'a Instruction,
    /// Program and arguments; never empty.
    pub(super) words: &'a [ExecWord],
    /// Whether the first word is for sure the program: not where the base image may bring an
    /// ENTRYPOINT that makes something else of it.
    pub(super) is_sure: bool,
    /// Whether an image without a shell may lie below.
    pub(super) is_from_scratch: bool,
}

/// Every exec form whose first word is the program. A CMD that gives arguments to an ENTRYPOINT is
/// none.
pub(super) fn exec_lines<'a>(file: File<'a>) -> Vec<ExecLine<'a>> {
    let mut lines = Vec::new();
    for section in sections(file) {
        for (_, instruction) in section.numbered() {
            lines.extend(read(&section, instruction));
        }
    }
    lines
}

fn read<'a>(section: &Section<'a>, instruction: &'a Instruction) -> Option<ExecLine<'a>> {
    let is_onbuild = matches!(instruction.body, Body::Onbuild(_));
    let instruction = instruction.inner();
    let form = match (&instruction.body, instruction.keyword) {
        (Body::Command(form), Keyword::Run | Keyword::Cmd | Keyword::Entrypoint)
        | (Body::Healthcheck(Some(form)), _) => form,
        _ => return None,
    };
    let words = form.exec().filter(|words| !words.is_empty())?;
    let is_cmd = instruction.keyword == Keyword::Cmd;
    if is_cmd && section.end.entrypoint.is_some() {
        return None;
    }
    Some(ExecLine {
        instruction,
        words,
        is_sure: !is_cmd || (!is_onbuild && section.end.root.runs_cmd()),
        is_from_scratch: section.end.root == super::section::Root::Scratch,
    })
}

impl ExecLine<'_> {
    /// The program without its folder.
    pub(super) fn program(&self) -> &str {
        let first = self.words.first().map_or("", |word| word.value.text());
        file_name(first)
    }

    /// Whether a word is code for an interpreter: `sh -c`, `perl -e`.
    pub(super) fn holds_code(&self) -> bool {
        self.words.iter().any(|word| {
            let word = word.value.text();
            let is_switch = matches!(word, "-e" | "-p" | "--eval" | "-Command" | "-command");
            is_switch || is_code_switch(word)
        })
    }

    /// The place between the quotes.
    pub(super) fn inside(word: &ExecWord) -> Span {
        if word.value.text().is_empty() { word.span } else { word.value.whole() }
    }

    /// Of what the array stands, from its first to its last word.
    pub(super) fn all_words(&self) -> Option<Span> {
        Some(self.words.first()?.span.to(self.words.last()?.span))
    }
}

/// `-c`, and shells' `-lc`, `-exc`.
fn is_code_switch(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|letters| {
        letters.ends_with('c')
            && letters.len() <= 6
            && letters.bytes().all(|letter| letter.is_ascii_lowercase())
    })
}

/// Whether the instruction's command is in exec form.
pub(super) fn is_exec(form: &CommandForm) -> bool {
    form.exec().is_some()
}
