//! Secrets in the lines of a file that a here-document holds: `NAME=all of the line`.

use super::Found;
use crate::redact::{Holds, last_field};
use crate::secret::{Dollar, hides_value};
use crate::text::MappedText;

/// Adds the values of `body` that stand under the name of a secret.
pub(super) fn read(body: &MappedText, dollar: Dollar, found: &mut Found<'_>) {
    let text = body.text();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if let Some(from) = value_in(bare) {
            let value = unquoted(&bare[from..]);
            let from = at + from + value.start;
            found.hide(&body.slice(from, from + value.len()), dollar);
        }
        at += line.len();
    }
    found.net(body);
}

/// Adds the secrets of `body`, which becomes a file that `holds` them.
pub(super) fn read_file(body: &MappedText, holds: Holds, dollar: Dollar, found: &mut Found<'_>) {
    let mut at = 0;
    for line in body.text().split_inclusive('\n') {
        let bare = line.trim_end();
        let range = match holds {
            Holds::Secret => Some(0..bare.len()),
            Holds::Fields => last_field(bare),
        };
        if let Some(range) = range {
            found.hide(&body.slice(at + range.start, at + range.end), dollar);
        }
        at += line.len();
    }
}

/// Where the value begins in `NAME=value`, `export NAME=value`, `name = value`.
fn value_in(line: &str) -> Option<usize> {
    let (head, value) = line.split_once('=')?;
    let name = head.trim();
    let name = name.strip_prefix("export ").unwrap_or(name);
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    let blanks = value.len() - value.trim_start().len();
    (is_name && hides_value(name)).then(|| head.len() + 1 + blanks)
}

/// The inside of one pair of quotes around the whole.
fn unquoted(value: &str) -> std::ops::Range<usize> {
    let is_quoted = |quote: char| {
        value.len() > 1
            && value.starts_with(quote)
            && value[1..].find(quote) == Some(value.len() - 2)
    };
    if is_quoted('"') || is_quoted('\'') { 1..value.len() - 1 } else { 0..value.len() }
}
