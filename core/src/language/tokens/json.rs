//! JSON by a lexical look, which goes on behind what cannot be read.

use super::Class;
use super::canvas::Canvas;
use super::scalar::{class_of, variables};

/// Paints a text as JSON; comments are taken, as the parser takes them.
pub(super) fn paint(canvas: &mut Canvas<'_>) {
    let text = canvas.text();
    let bytes = text.as_bytes();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b'"' => string(canvas, text, at),
            b'{' | b'}' | b'[' | b']' | b',' | b':' => {
                canvas.paint_bytes(at, at + 1, Class::Punctuation);
                at + 1
            }
            b'/' if matches!(bytes.get(at + 1), Some(b'/' | b'*')) => comment(canvas, text, at),
            _ if byte.is_ascii_whitespace() => at + 1,
            _ => word(canvas, text, at),
        };
        at = end.max(at + 1);
    }
}

fn comment(canvas: &mut Canvas<'_>, text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let length = if rest.starts_with("//") {
        rest.find(['\n', '\r']).unwrap_or(rest.len())
    } else {
        rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |found| found + 4)
    };
    canvas.paint_bytes(start, start + length, Class::Comment);
    start + length
}

/// A string from its quote at `start` on; where it ends. One that is not closed ends with its line.
fn string(canvas: &mut Canvas<'_>, text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    let mut is_closed = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += 1;
                is_closed = true;
                break;
            }
            b'\n' | b'\r' => break,
            b'\\' if matches!(bytes.get(at + 1), Some(next) if !matches!(next, b'\n' | b'\r')) => {
                at += 2;
            }
            _ => at += 1,
        }
    }
    let at = at.min(bytes.len());
    if !is_closed {
        canvas.paint_bytes(start, at, Class::Error);
        return at;
    }
    let next = bytes[at..].iter().find(|byte| !byte.is_ascii_whitespace());
    if next == Some(&b':') {
        canvas.paint_bytes(start, at, Class::Key);
    } else {
        canvas.paint_bytes(start, at, Class::String);
        variables(canvas, start + 1, at - 1);
    }
    at
}

/// A number, a name, or letters that have no place in JSON.
fn word(canvas: &mut Canvas<'_>, text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | '"');
    let length = rest.find(is_end).unwrap_or(rest.len());
    let length = length.max(rest.chars().next().map_or(1, char::len_utf8));
    let letters = &rest[..length];
    let class = match class_of(letters) {
        Class::Constant if matches!(letters, "true" | "false" | "null") => Class::Constant,
        Class::Number if !letters.starts_with('+') => Class::Number,
        _ => Class::Error,
    };
    canvas.paint_bytes(start, start + length, class);
    start + length
}
