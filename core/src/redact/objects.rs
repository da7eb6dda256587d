//! Secrets of Kubernetes in a text that no parser can read: all that stands below `data` and
//! `stringData`.

use super::hide;
use super::word::{closing_quote, unquoted};
use crate::text::Span;

/// Adds the data of every document in `text` that is of the kind Secret.
pub(super) fn read(text: &str, found: &mut Vec<Span>) {
    if !text.contains("Secret") {
        return;
    }
    let mut at = 0;
    for document in text.split_inclusive("\n---") {
        if document.lines().any(is_kind) {
            data(text, at, at + document.len(), found);
        }
        at += document.len();
    }
}

/// `kind: Secret`, `"kind":"Secret"`, in a line of its own or among other members.
fn is_kind(line: &str) -> bool {
    line.match_indices("kind").any(|(at, word)| {
        let rest = line[at + word.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value =
            rest.strip_prefix(':').map(|rest| rest.trim_start().trim_start_matches(['"', '\'']));
        value.and_then(|value| value.strip_prefix("Secret")).is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
        })
    })
}

fn data(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let mut at = start;
    // The indentation of the key whose members are being read.
    let mut owner = None;
    // Up to here members in braces have been read.
    let mut read = start;
    for line in text[start..end].split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '-']);
        let indent = line.len() - body.len();
        let from = at + indent;
        if owner.is_some_and(|owner| indent <= owner && !body.trim().is_empty()) {
            owner = None;
        }
        if owner.is_some() {
            // `? key` and `: value` are a key and a value, too.
            let value = body.find(": ").map_or(0, |colon| colon + 2);
            let is_key = body.trim_end().ends_with(':') || body.starts_with('?');
            let length = body.trim_end().len();
            if !is_key && value < length && !body[value..].starts_with(['|', '>', '#']) {
                hide(text, unquoted(text, from + value..from + length), found);
            }
        } else if ["data:", "stringData:"].contains(&body.trim_end()) {
            owner = Some(indent);
        }
        for key in ["data", "stringData"] {
            for (place, _) in line.match_indices(key) {
                // `metadata` is another key.
                let is_part = line[..place].ends_with(char::is_alphanumeric);
                if !is_part && at + place >= read {
                    read = members(text, at + place + key.len(), found);
                }
            }
        }
        at += line.len();
    }
}

/// Hides the values of the object that opens behind the key's end at `at`: `"data": {"a": "b"}`.
/// Where the reading ended.
fn members(text: &str, at: usize, found: &mut Vec<Span>) -> usize {
    const FURTHEST: usize = 64 * 1024;
    let bytes = text.as_bytes();
    let rest = text[at..].trim_start_matches(['"', '\'']).trim_start();
    let Some(inner) = rest.strip_prefix(':').and_then(|rest| rest.trim_start().strip_prefix('{'))
    else {
        return at;
    };
    let mut at = text.len() - inner.len();
    let last = at + FURTHEST;
    let mut is_value = false;
    while let Some(&byte) = bytes.get(at).filter(|_| at < last) {
        match byte {
            b'}' => return at,
            b':' => is_value = true,
            b',' => is_value = false,
            quote @ (b'"' | b'\'') => {
                let (close, _) = closing_quote(bytes, at + 1, quote);
                if is_value {
                    hide(text, at + 1..close.min(bytes.len()), found);
                }
                at = close;
            }
            byte if is_value && !byte.is_ascii_whitespace() => {
                let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b'\n');
                let length = bytes[at..].iter().position(is_end).unwrap_or(bytes.len() - at);
                hide(text, at..at + text[at..at + length].trim_end().len(), found);
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    at
}
