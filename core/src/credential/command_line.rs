//! A text of shell commands, for the credentials that stand among their words.

use crate::shell::{Script, Word, parse};
use crate::text::MappedText;

use super::ReadError;
use super::document::{Place, place};

/// Reads `text` as commands. A quote that is not closed is an error: nobody can tell what follows.
pub(super) fn read(text: &str) -> Result<Script, ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let (script, errors) = parse(&MappedText::verbatim(text, 0));
    match errors.first() {
        None => Ok(script),
        Some(error) => {
            let Place { line, column } = place(text, error.span);
            Err(ReadError::Command { line, column })
        }
    }
}

/// What the shell makes of a word of `text`; where that depends on variables, what is written.
pub(super) fn letters(word: &Word, text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    match word.written_value() {
        Some(value) => value.text().to_owned(),
        None => text.get(word.span.range()).unwrap_or_default().trim_matches('"').to_owned(),
    }
}
