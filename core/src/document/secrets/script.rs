//! Secrets in commands of a shell, and in exec forms.

use std::collections::HashMap;

use super::words::{self, Word};
use super::{Found, settings};
use crate::document::embedded::word_text;
use crate::redact::Holds;
use crate::secret::{Dollar, hides_value};
use crate::shell::{Heredoc, Script, SimpleCommand};
use crate::text::MappedText;

/// Adds the secrets of `script`, whose words `dollar` says how to read.
pub(super) fn read(script: &Script, dollar: Dollar, found: &mut Found<'_>) {
    let mut writers: HashMap<usize, usize> = HashMap::new();
    for pipeline in &script.pipelines {
        for pair in pipeline.elements.windows(2) {
            writers.insert(pair[1].start, pair[0].start);
        }
    }
    for (index, command) in script.commands.iter().enumerate() {
        let writer = writers.get(&index).and_then(|&at| script.commands.get(at));
        read_command(command, writer, dollar, found);
    }
}

fn read_command(
    command: &SimpleCommand,
    writer: Option<&SimpleCommand>,
    dollar: Dollar,
    found: &mut Found<'_>,
) {
    for assignment in command.assignments.iter().filter(|one| hides_value(&one.name)) {
        let elements = assignment.elements.iter().flatten();
        for value in elements.chain([&assignment.value]) {
            found.hide(&word_text(value), inner(dollar));
        }
    }
    let words = words_of(command, dollar);
    let piped = writer.map(|writer| words_of(writer, dollar)).unwrap_or_default();
    let reads = words::read(&words, &piped, found);
    // `cat <<EOF | docker login --password-stdin`
    if let Some(is_pair) = reads {
        let piped = writer.into_iter().flat_map(heredocs);
        piped.for_each(|heredoc| lines(&heredoc.body, is_pair, found));
    }
    let targets = command.redirections.iter().filter(|one| one.heredoc.is_none());
    let holds = targets.filter_map(|one| one.target.literal()).find_map(Holds::of);
    for heredoc in heredocs(command) {
        let dollar = if heredoc.is_quoted { Dollar::Letter } else { Dollar::Expands };
        match (reads, holds) {
            (Some(is_pair), _) => lines(&heredoc.body, is_pair, found),
            (None, Some(holds)) => settings::read_file(&heredoc.body, holds, dollar, found),
            (None, None) => settings::read(&heredoc.body, dollar, found),
        }
    }
}

/// The here-documents of a command.
fn heredocs(command: &SimpleCommand) -> impl Iterator<Item = &Heredoc> {
    command.redirections.iter().filter_map(|one| one.heredoc.as_ref())
}

/// Variables are written `${name}` in the words: any other `$` stood in quotes.
fn inner(dollar: Dollar) -> Dollar {
    if dollar == Dollar::Expands { Dollar::Letter } else { dollar }
}

fn words_of(command: &SimpleCommand, dollar: Dollar) -> Vec<Word> {
    let word = |text: MappedText| Word { text, dollar: inner(dollar) };
    let mut words: Vec<Word> = command.words.iter().map(|one| word(word_text(one))).collect();
    for redirection in command.redirections.iter().filter(|one| one.is_here_string()) {
        words.push(word(MappedText::decoded("<<<", redirection.span)));
        words.push(word(word_text(&redirection.target)));
    }
    words
}

/// The passwords that a here-document holds: its lines, or what stands behind their colon.
fn lines(body: &MappedText, is_pair: bool, found: &mut Found<'_>) {
    let mut at = 0;
    for line in body.text().split_inclusive('\n') {
        let bare = line.trim();
        let from = if is_pair { line.find(':').map_or(0, |colon| colon + 1) } else { 0 };
        if !bare.is_empty() {
            let line = body.slice(at + from, at + line.len());
            found.hide(&line, Dollar::Unknown);
        }
        at += line.len();
    }
}
