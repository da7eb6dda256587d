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
    let bytes = text.as_bytes();
    let end = bytes.len().min(at + FURTHEST);
    let (mut at, mut commas) = (at, 0);
    while at < end {
        match bytes[at] {
            b',' => commas += 1,
            b')' | b'\n' | b'(' => return None,
            // `\"` of a string in a string.
            b'\\' => {}
            quote @ (b'"' | b'\'') => {
                let (close, is_closed) = closing_quote(bytes, at + 1, quote);
                let inner_end = text[..close].trim_end_matches('\\').len().max(at + 1);
                let is_escaped = text[..at].ends_with('\\');
                // Within a string its own quote closes at the next one like it.
                let close_escaped = text[at + 1..end].find(['"', '\'']).map(|next| at + 1 + next);
                let (inner, next) = match close_escaped {
                    Some(next) if is_escaped => {
                        (at + 1..text[..next].trim_end_matches('\\').len(), next)
                    }
                    _ if is_closed => (at + 1..inner_end, close),
                    _ => return None,
                };
                if commas == number {
                    return (inner.start < inner.end).then_some(inner);
                }
                at = next;
            }
            _ => {}
        }
        at += 1;
    }
    None
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
