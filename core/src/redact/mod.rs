//! Covers what may be a credential in text that is shown to people: a safety net under every
//! excerpt, whatever the document is and however broken.
//!
//! [`net`] works on the letters, not on a tree: it must hold for text that no parser can read. What
//! a parser has read, `Document::secrets` knows better; both are covered.

mod address;
mod block;
mod calls;
mod commands;
mod covered;
mod fields;
mod objects;
mod payload;
mod pem;
mod programs;
mod shown;
mod word;
mod written;

pub(crate) use commands::{CommandWord, judge};
pub use covered::Covered;
pub(crate) use shown::Shown;
pub(crate) use written::{Holds, last_field};

use std::ops::Range;

use crate::secret::{Dollar, hidden_parts, tokens};
use crate::text::{MappedText, Span};

/// `text` with every value that may be a credential covered by `••••`.
///
/// Covered are values behind a name such as `dockerAuth`, `password`, `AWS_SECRET_KEY` (in JSON,
/// YAML, assignments, options and headers), what programs take as a password, the password in
/// `scheme://user:password@host`, and tokens that their form tells. References to variables and
/// templates stay.
pub fn redact(text: &str) -> String {
    let spans = net(text);
    if spans.is_empty() { text.to_owned() } else { Covered::new(text, spans).text().to_owned() }
}

/// Where in `text` something stands that may be a credential.
pub(crate) fn net(text: &str) -> Vec<Span> {
    let mut found = if is_bare(text) { by_form(text).collect() } else { net_of_plain(text) };
    payload::read(text, &mut found);
    found
}

/// Whether `text` is one word without any sign that joins a name and a value: most words of
/// commands are. Nothing but its form can tell a secret of it.
fn is_bare(text: &str) -> bool {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    text.bytes().all(is_bare) && !text.starts_with("-----")
}

/// The tokens that their form tells.
fn by_form(text: &str) -> impl Iterator<Item = Span> {
    tokens(text).into_iter().map(|token| Span::new(token.start, token.end))
}

/// The same but for what stands there in Base64.
fn net_of_plain(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    fields::read(text, &mut found);
    commands::read(text, &mut found);
    address::read(text, &mut found);
    calls::read(text, &mut found);
    objects::read(text, &mut found);
    pem::read(text, &mut found);
    found.extend(by_form(text));
    found
}

/// The same in a text that stands in a document in another spelling: spans of the document.
pub(crate) fn net_of(text: &MappedText) -> Vec<Span> {
    let spans = net(text.text()).into_iter();
    spans.map(|span| text.span(span.start as usize, span.end as usize)).collect()
}

/// Adds what of `text[value]` nobody may see.
fn hide(text: &str, value: Range<usize>, found: &mut Vec<Span>) {
    let Some(written) = text.get(value.clone()) else { return };
    for part in hidden_parts(written, Dollar::Unknown) {
        found.push(Span::new(value.start + part.start, value.start + part.end));
    }
}

#[cfg(test)]
mod tests;
