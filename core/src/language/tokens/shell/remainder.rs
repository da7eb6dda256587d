//! What no command of a script holds: reserved words, operators, tests, and all that the parser
//! could not or would not read.

use super::super::Class;
use super::super::canvas::Canvas;
use super::variable_length;
use crate::text::Span;

const RESERVED: &[&str] = &[
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac",
    "in", "select", "function", "time", "coproc", "{", "}", "!", "[[", "]]",
];

/// Paints what of `whole` nobody has looked at.
pub(in super::super) fn paint(canvas: &mut Canvas<'_>, whole: Span) {
    for piece in canvas.bare_pieces(whole) {
        let text = canvas.text();
        let mut at = piece.start;
        while at < piece.end {
            let rest = &text[at..piece.end];
            let (length, class) = next(rest);
            if let Some(class) = class {
                canvas.paint_bytes(at, at + length, class);
            }
            at += length.max(1);
        }
    }
}

/// The length and class of what `rest` begins with.
fn next(rest: &str) -> (usize, Option<Class>) {
    let Some(first) = rest.chars().next() else { return (1, None) };
    match first {
        '\'' | '"' => (quoted(rest, first), Some(Class::String)),
        '$' => match variable_length(rest) {
            1 => (1, Some(Class::Operator)),
            length => (length, Some(Class::Variable)),
        },
        '#' => (rest.find('\n').unwrap_or(rest.len()), Some(Class::Comment)),
        '\\' if rest[1..].starts_with(['\n', '\r']) => (1, Some(Class::Punctuation)),
        '\\' => (1 + rest[1..].chars().next().map_or(0, char::len_utf8), None),
        ';' | '&' | '|' | '(' | ')' | '<' | '>' | '=' | '`' => (1, Some(Class::Operator)),
        _ if first.is_whitespace() => (first.len_utf8(), None),
        _ => {
            let is_end = |c: char| {
                c.is_whitespace()
                    || matches!(c, ';' | '&' | '|' | '(' | ')' | '<' | '>' | '$' | '"' | '\'' | '`')
                    || matches!(c, '\\' | '=')
            };
            let length = rest.find(is_end).unwrap_or(rest.len()).max(first.len_utf8());
            let word = &rest[..length];
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            let class = match word {
                _ if RESERVED.contains(&word) => Some(Class::Keyword),
                _ if is_number => Some(Class::Number),
                _ => None,
            };
            (length, class)
        }
    }
}

/// How long the quoted letters are that `rest` begins with.
fn quoted(rest: &str, quote: char) -> usize {
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote {
            return at + 1;
        }
    }
    rest.len()
}
