//! The place of a caret in JSON.

use super::{Form, Place, Step};
use crate::tree::json;

/// An open bracket.
struct Open {
    is_object: bool,
    /// The key whose value is due, or that was last.
    key: String,
    /// Whether a key is due.
    awaits_key: bool,
    keys: Vec<String>,
}

impl Open {
    fn step(&self) -> Step {
        if self.is_object { Step::Key(self.key.clone()) } else { Step::Item }
    }
}

pub(super) fn find(text: &str, caret: usize) -> Option<Place> {
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    let mut place: Option<Place> = None;
    // How many brackets are open around the caret.
    let mut level = 0;
    let mut at = 0;
    while at < bytes.len() {
        let end = piece_end(text, at);
        let is_comment = matches!(bytes.get(at..at + 2), Some(b"//" | b"/*"));
        let is_blank = bytes[at].is_ascii_whitespace();
        let is_sign = matches!(bytes[at], b'{' | b'}' | b'[' | b']' | b',' | b':');
        let is_word = !is_comment && !is_blank && !is_sign;
        if place.is_none() && is_comment && caret > at && caret <= end {
            return None;
        }
        let is_here = if is_word { caret >= at && caret <= end } else { caret <= at };
        if place.is_none() && is_here {
            let word = if is_word { at..end } else { caret..caret };
            let behind = if is_word { &text[end..] } else { &text[caret..] };
            let has_sign = behind.trim_start().starts_with(':');
            place = Some(snapshot(&open, word, has_sign)?);
            level = open.len();
        }
        match bytes[at] {
            _ if is_comment || is_blank => {}
            sign @ (b'{' | b'[') => {
                let is_object = sign == b'{';
                let keys = Vec::new();
                open.push(Open { is_object, key: String::new(), awaits_key: is_object, keys });
            }
            b'}' | b']' => {
                let closed = open.pop();
                if let (Some(place), Some(closed)) = (&mut place, closed)
                    && open.len() + 1 == level
                {
                    place.known.extend(closed.keys);
                    return Some(place.clone());
                }
            }
            b':' => set_awaits(&mut open, false),
            b',' => set_awaits(&mut open, true),
            _ => {
                let is_key = text[end..].trim_start().starts_with(':');
                if let Some(last) = open.last_mut().filter(|last| last.is_object && is_key) {
                    last.key = content(text, at, end);
                    let is_own = place.as_ref().is_some_and(|place| place.word == (at..end));
                    if !is_own {
                        last.keys.push(last.key.clone());
                    }
                }
            }
        }
        at = end;
    }
    let mut place = match place {
        Some(place) => place,
        None => snapshot(&open, caret..caret, false)?,
    };
    if let Some(around) = open.get(level.wrapping_sub(1)).or(open.last()) {
        place.known.extend(around.keys.iter().cloned());
    }
    Some(place)
}

fn set_awaits(open: &mut [Open], awaits: bool) {
    if let Some(last) = open.last_mut() {
        last.awaits_key = awaits && last.is_object;
    }
}

fn snapshot(open: &[Open], word: std::ops::Range<usize>, has_sign: bool) -> Option<Place> {
    let last = open.last()?;
    let is_key = last.is_object && (last.awaits_key || has_sign);
    let around = if is_key { open.len() - 1 } else { open.len() };
    let path = open.iter().take(around).map(Open::step).collect();
    Some(Place { form: Form::Json, path, is_key, known: Vec::new(), word, has_sign })
}

/// The decoded content of the string or word `start..end`.
fn content(text: &str, start: usize, end: usize) -> String {
    let written = text[start..end].trim_matches('"');
    json::decode(written, start).into_text()
}

/// Where the string, word, comment or sign ends that begins at `at`.
fn piece_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let length = match rest.as_bytes() {
        [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => rest.find("*/").map_or(rest.len(), |found| found + 2),
        [b'"', ..] => {
            let mut letters = rest.char_indices().skip(1);
            let mut length = rest.len();
            while let Some((index, letter)) = letters.next() {
                match letter {
                    '"' => length = index + 1,
                    '\n' | '\r' => length = index,
                    '\\' => {
                        letters.next();
                        continue;
                    }
                    _ => continue,
                }
                break;
            }
            length
        }
        [b'{' | b'}' | b'[' | b']' | b',' | b':', ..] => 1,
        [first, ..] if first.is_ascii_whitespace() => 1,
        _ => {
            let is_end = |c: char| {
                c.is_ascii_whitespace() || matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | '"')
            };
            rest.find(is_end).unwrap_or(rest.len())
        }
    };
    at + length.max(1)
}
