//! Secrets among the arguments of calls in code that commands are given: `db.auth('u', 'hunter2')`,
//! `crypt("hunter2")`, and what `expect` answers to a question for a password.

use std::ops::Range;

use super::hide;
use super::word::closing_quote;
use crate::text::Span;

/// Functions that are given a password, and the number of that argument, from 0.
const CALLS: &[(&str, usize)] = &[
    ("auth(", 1),
    ("authenticate(", 1),
    ("changeUserPassword(", 1),
    ("crypt(", 0),
    ("hashpw(", 0),
    ("make_password(", 0),
    ("set_password(", 0),
    ("generate_password_hash(", 0),
    ("password_hash(", 0),
    ("bcrypt.hash(", 0),
    ("hashSync(", 0),
    ("ConvertTo-SecureString(", 0),
];

/// No call, and no dialogue, is longer.
const FURTHEST: usize = 256;

/// Adds the secrets among the arguments of calls in `text`.
pub(super) fn read(text: &str, found: &mut Vec<Span>) {
    for (open, _) in text.match_indices('(') {
        let head = &text[..=open];
        let called = CALLS.iter().find(|(call, _)| {
            let before = head.strip_suffix(call).and_then(|rest| rest.chars().next_back());
            head.ends_with(call) && before.is_none_or(|one| !one.is_alphanumeric() && one != '_')
        });
        if let Some(value) = called.and_then(|(_, number)| argument(text, open + 1, *number)) {
            hide(text, value, found);
        }
    }
    dialogue(text, found);
}

/// The inside of the string that is argument `number` of the call whose arguments begin at `at`.
fn argument(text: &str, at: usize, number: usize) -> Option<Range<usize>> {
    let near = &text[at..text.floor_char_boundary(at + FURTHEST)];
    let bytes = near.as_bytes();
    let (mut index, mut commas) = (0, 0);
    while let Some(&byte) = bytes.get(index) {
        match byte {
            b',' => commas += 1,
            b')' | b'(' | b'\n' => return None,
            b'"' | b'\'' => {
                let inner = index + 1..string_end(near, index)?;
                if commas == number {
                    return (!inner.is_empty()).then_some(at + inner.start..at + inner.end);
                }
                // Behind the quote, which in a string within a string has a backslash before it.
                index = inner.end + usize::from(bytes[inner.end] == b'\\');
            }
            _ => {}
        }
        index += 1;
    }
    None
}

/// Where the string ends whose quote opens at `open`: at the same quote, written as that one is,
/// with a backslash before it (`"auth(\"u\", \"hunter2\")"`) or without.
fn string_end(text: &str, open: usize) -> Option<usize> {
    let quote = text.as_bytes()[open];
    if text[..open].ends_with('\\') {
        let rest = &text[open + 1..];
        let ends = rest.match_indices('\\').map(|(at, _)| at);
        let end = ends.into_iter().find(|at| rest.as_bytes().get(at + 1) == Some(&quote));
        return end.map(|end| open + 1 + end);
    }
    let (close, is_closed) = closing_quote(text.as_bytes(), open + 1, quote);
    is_closed.then_some(close)
}

/// `expect "assword:"; send "hunter2\r"`.
fn dialogue(text: &str, found: &mut Vec<Span>) {
    for (asked, word) in text.match_indices("assword") {
        let from = asked + word.len();
        let to = text.floor_char_boundary(from + FURTHEST);
        let near = &text[from..to];
        let Some(send) = ["send ", "send -- "].iter().find_map(|send| {
            let at = near.find(send)?;
            // Another question is another answer.
            (!near[..at].contains("expect ")).then_some(from + at + send.len())
        }) else {
            continue;
        };
        let rest = text[send..to].trim_start_matches(['-', ' ', '\\']);
        let at = to - rest.len();
        let Some(quote) = rest.chars().next().filter(|one| matches!(one, '"' | '\'' | '{')) else {
            continue;
        };
        let closing = if quote == '{' { '}' } else { quote };
        let Some(length) = rest[1..].find([closing, '\n']) else { continue };
        let value = rest[1..=length].trim_end_matches('\\');
        let value = value.strip_suffix("\\r").or(value.strip_suffix("\\n")).unwrap_or(value);
        let value = value.strip_suffix('\\').unwrap_or(value);
        hide(text, at + 1..at + 1 + value.len(), found);
    }
}
