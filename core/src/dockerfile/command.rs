//! Commands in exec form (a JSON array) and shell form.

use crate::text::{MappedText, Span};
use crate::tree::{Value, json};

/// How a command is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandForm {
    /// `["gunicorn", "app:app"]`: run as it is, without a shell.
    Exec(Vec<ExecWord>),
    /// `gunicorn app:app`: handed to a shell.
    Shell {
        /// What the shell gets.
        text: MappedText,
        /// Whether it begins like a JSON array but is none, so that a shell gets the brackets.
        looks_like_json: bool,
    },
}

/// One word of the exec form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecWord {
    /// The decoded word.
    pub value: MappedText,
    /// Where it stands, with its quotes.
    pub span: Span,
}

impl CommandForm {
    /// The shell form's text.
    pub fn shell(&self) -> Option<&MappedText> {
        match self {
            CommandForm::Shell { text, .. } => Some(text),
            CommandForm::Exec(_) => None,
        }
    }

    /// The exec form's words.
    pub fn exec(&self) -> Option<&[ExecWord]> {
        match self {
            CommandForm::Exec(words) => Some(words),
            CommandForm::Shell { .. } => None,
        }
    }
}

/// A JSON array of something else than strings.
pub(super) struct NotStrings {
    /// The first element that is no string.
    pub(super) at: Span,
}

/// Reads `text` as exec form if it is a JSON array of strings, else as shell form.
pub(super) fn read(text: &MappedText) -> Result<CommandForm, NotStrings> {
    match read_array(text)? {
        Some(words) => Ok(CommandForm::Exec(words)),
        None => {
            let looks_like_json = text.text().trim_start().starts_with('[');
            Ok(CommandForm::Shell { text: text.clone(), looks_like_json })
        }
    }
}

/// The words of a JSON array of strings; `None` if `text` is no JSON array.
pub(super) fn read_array(text: &MappedText) -> Result<Option<Vec<ExecWord>>, NotStrings> {
    if !text.text().trim_start().starts_with('[') {
        return Ok(None);
    }
    let document = json::parse(text.text());
    let is_strict = document.errors.is_empty()
        && document.comments.is_empty()
        && document.trailing_commas.is_empty();
    let Some(items) = document.root.as_ref().filter(|_| is_strict).and_then(|root| root.items())
    else {
        return Ok(None);
    };
    let mut words = Vec::with_capacity(items.len());
    for item in items {
        let span = text.span(item.span.start as usize, item.span.end as usize);
        let Value::String(_) = &item.value else { return Err(NotStrings { at: span }) };
        let (start, end) = (item.span.start as usize + 1, item.span.end as usize - 1);
        words.push(ExecWord { value: decode(text, start, end), span });
    }
    Ok(Some(words))
}

/// The JSON string content `start..end` of `text`, decoded, mapped back to the document.
fn decode(text: &MappedText, start: usize, end: usize) -> MappedText {
    let inner = json::decode(&text.text()[start..end], start);
    if inner.text() == &text.text()[start..end] {
        return text.slice(start, end);
    }
    let mut out = MappedText::new();
    for (at, character) in inner.text().char_indices() {
        let local = inner.span(at, at + character.len_utf8());
        let (from, to) = (local.start as usize, local.end as usize);
        if to - from == character.len_utf8() {
            out.append(&text.slice(from, to));
        } else {
            let mut buffer = [0; 4];
            out.push_decoded(character.encode_utf8(&mut buffer), text.span(from, to));
        }
    }
    out
}
