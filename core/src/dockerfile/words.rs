//! Words of a logical line: split at white space, or as ENV and LABEL do, with quotes and escapes.

use crate::text::{MappedText, Span};

/// A word as it is written, quotes and variables included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The letters, continuations joined.
    pub text: MappedText,
    /// Where it stands.
    pub span: Span,
}

impl Word {
    /// The bytes `start..end` of `line`.
    pub(super) fn of(line: &MappedText, start: usize, end: usize) -> Word {
        Word { text: line.slice(start, end), span: line.span(start, end) }
    }

    /// The letters as they are written.
    pub fn raw(&self) -> &str {
        self.text.text()
    }

    /// The part `start..end` of the word.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Word {
        Word::of(&self.text, start, end)
    }
}

/// White space between words, as BuildKit has it: where it goes by quotes, any of Unicode's counts.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{b}' | '\u{c}' | '\r' | '\n')
}

/// The ranges of the words of `text`, split at white space alone.
pub(super) fn split_plain(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        match (is_space(character), start) {
            (true, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    found.extend(start.map(|from| (from, text.len())));
    found
}

/// The ranges of the words of `text`, where quotes and escapes hold words together. An escape
/// character at the very end belongs to no word.
pub(super) fn split_quoted(text: &str, escape: char) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut end = text.len();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match quote {
            None if character.is_whitespace() => {
                if let Some(from) = start.take() {
                    found.push((from, at));
                }
                continue;
            }
            None if character == '\'' || character == '"' => quote = Some(character),
            Some(open) if character == open => quote = None,
            // Single quotes know no escapes.
            Some('\'') => {}
            _ if character == escape && characters.next().is_none() => {
                end = at;
                break;
            }
            _ => {}
        }
        start = start.or(Some(at));
    }
    found.extend(start.filter(|&from| from < end).map(|from| (from, end)));
    found
}
