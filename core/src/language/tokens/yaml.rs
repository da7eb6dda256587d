//! YAML by a lexical look, line by line, which goes on behind what cannot be read.

use super::Class;
use super::canvas::Canvas;
use super::scalar::{class_of, variables};

/// Paints a text as YAML.
pub(super) fn paint(canvas: &mut Canvas<'_>) {
    let text = canvas.text();
    let mut lexer = Lexer { canvas, text, state: State::Block, depth: 0 };
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length + 1);
        let content = at + text[at..end].trim_end_matches(['\n', '\r']).len();
        lexer.line(at, content);
        at = end;
    }
}

/// What the line before left open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing.
    Block,
    /// `|` or `>` of a node that stands at this column.
    Literal { column: Option<usize> },
    /// A quoted scalar.
    Quoted { quote: char },
}

struct Lexer<'c, 'a> {
    canvas: &'c mut Canvas<'a>,
    text: &'a str,
    state: State,
    /// Open brackets.
    depth: usize,
}

impl Lexer<'_, '_> {
    fn line(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        let indent = line.len() - line.trim_start_matches(' ').len();
        match self.state {
            State::Literal { column } => {
                if line.trim().is_empty() || column.is_none_or(|column| indent > column) {
                    self.string(start + indent, end);
                    return;
                }
                self.state = State::Block;
            }
            State::Quoted { quote } => {
                let from = start + indent;
                let (to, is_closed) = self.quoted_end(from, end, quote);
                self.string(from, to);
                if is_closed {
                    self.state = State::Block;
                    self.nodes(to, end, start);
                }
                return;
            }
            State::Block => {}
        }
        if line.starts_with("---") || line.starts_with("...") {
            let is_mark = line[3..].chars().next().is_none_or(char::is_whitespace);
            if is_mark {
                self.depth = 0;
                self.canvas.paint_bytes(start, start + 3, Class::Punctuation);
                self.nodes(start + 3, end, start);
                return;
            }
        }
        if line.starts_with('%') && self.depth == 0 {
            self.canvas.paint_bytes(start, end, Class::Keyword);
            return;
        }
        self.nodes(start, end, start);
    }

    fn string(&mut self, start: usize, end: usize) {
        self.canvas.paint_bytes(start, end, Class::String);
        variables(self.canvas, start, end);
    }

    /// Where a quoted scalar whose content goes on at `from` ends, and whether it does so before
    /// `end`.
    fn quoted_end(&self, from: usize, end: usize, quote: char) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < end {
            match (bytes[at], quote) {
                (b'\\', '"') => at += 2,
                (b'\'', '\'') if at + 1 < end && bytes[at + 1] == b'\'' => at += 2,
                (byte, _) if char::from(byte) == quote => return (at + 1, true),
                _ => at += 1,
            }
        }
        (end, false)
    }

    /// What stands in `from..end`, a line or its rest; the line begins at `line`.
    fn nodes(&mut self, from: usize, end: usize, line: usize) {
        let text = self.text;
        let mut at = from;
        // The column of the node that a block scalar would be the value of.
        let mut column = None;
        while at < end {
            let rest = &text[at..end];
            let first = rest.chars().next().unwrap_or(' ');
            let follows_blank = at == line || text[..at].ends_with([' ', '\t']);
            let is_alone = rest[first.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
            match first {
                ' ' | '\t' => at += 1,
                '#' if follows_blank => {
                    self.canvas.paint_bytes(at, end, Class::Comment);
                    return;
                }
                '-' | '?' if is_alone && self.depth == 0 => {
                    self.canvas.paint_bytes(at, at + 1, Class::Punctuation);
                    column = Some(at - line);
                    at += 1;
                }
                ':' if is_alone || self.depth > 0 => {
                    self.canvas.paint_bytes(at, at + 1, Class::Punctuation);
                    at += 1;
                }
                '{' | '[' if !rest.starts_with("{{") => {
                    self.depth += 1;
                    self.canvas.paint_bytes(at, at + 1, Class::Punctuation);
                    at += 1;
                }
                '}' | ']' | ',' if self.depth > 0 => {
                    self.depth -= usize::from(first != ',');
                    self.canvas.paint_bytes(at, at + 1, Class::Punctuation);
                    at += 1;
                }
                '&' | '*' if !is_alone => at = self.property(at, end, Class::Variable),
                '!' => at = self.property(at, end, Class::Keyword),
                '|' | '>' if self.depth == 0 && is_block_header(rest) => {
                    let header = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    self.canvas.paint_bytes(at, at + header, Class::Operator);
                    self.state = State::Literal { column };
                    at += header;
                }
                '"' | '\'' => {
                    let (to, is_closed) = self.quoted_end(at + 1, end, first);
                    let to = to.min(end);
                    if is_closed && self.is_key_end(to, end, true) {
                        self.canvas.paint_bytes(at, to, Class::Key);
                        column = column.or(Some(at - line));
                    } else {
                        self.string(at, to);
                        if !is_closed {
                            self.state = State::Quoted { quote: first };
                        }
                    }
                    at = to;
                }
                _ => {
                    let to = self.plain_end(at, end);
                    if self.is_key_end(to, end, false) {
                        self.canvas.paint_bytes(at, to, Class::Key);
                        // Behind a dash the value belongs to the key, which stands deeper.
                        column = Some(at - line);
                    } else {
                        self.plain(at, to);
                    }
                    at = to.max(at + first.len_utf8());
                }
            }
        }
    }

    fn property(&mut self, at: usize, end: usize, class: Class) -> usize {
        let rest = &self.text[at..end];
        let is_end = |c: char| {
            c.is_whitespace() || self.depth > 0 && matches!(c, ',' | '[' | ']' | '{' | '}')
        };
        let length = rest.find(is_end).unwrap_or(rest.len()).max(1);
        self.canvas.paint_bytes(at, at + length, class);
        at + length
    }

    /// Whether at `at`, behind a scalar, a `:` makes it a key.
    fn is_key_end(&self, at: usize, end: usize, is_quoted: bool) -> bool {
        let rest = self.text[at..end].trim_start_matches([' ', '\t']);
        let Some(behind) = rest.strip_prefix(':') else { return false };
        let is_flow_end = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}');
        behind.chars().next().is_none_or(|next| {
            next.is_whitespace() || self.depth > 0 && (is_quoted || is_flow_end(next))
        })
    }

    /// Where a plain scalar ends that begins at `at`.
    fn plain_end(&self, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let bytes = rest.as_bytes();
        let mut to = 0;
        while to < bytes.len() {
            let next_is_blank = bytes.get(to + 1).is_none_or(u8::is_ascii_whitespace);
            let is_end = match bytes[to] {
                b':' => {
                    next_is_blank
                        || self.depth > 0
                            && matches!(bytes[to + 1], b',' | b'[' | b']' | b'{' | b'}')
                }
                b'#' => to > 0 && bytes[to - 1].is_ascii_whitespace(),
                b'{' if rest[to..].starts_with("{{") => {
                    // A template is text.
                    to += rest[to..].find("}}").map_or(rest.len() - to, |length| length + 2);
                    continue;
                }
                b',' | b'[' | b']' | b'{' | b'}' => self.depth > 0,
                _ => false,
            };
            if is_end {
                break;
            }
            to += 1;
        }
        at + rest[..to.min(rest.len())].trim_end().len()
    }

    fn plain(&mut self, start: usize, end: usize) {
        let class = class_of(&self.text[start..end]);
        self.canvas.paint_bytes(start, end, class);
        if class == Class::String {
            variables(self.canvas, start, end);
        }
    }
}

/// `|`, `>-`, `|2+`, and nothing but a comment behind.
fn is_block_header(rest: &str) -> bool {
    let mut words = rest[1..].split_whitespace();
    let marks =
        if rest[1..].starts_with(char::is_whitespace) { "" } else { words.next().unwrap_or("") };
    let is_marks = marks.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9'));
    is_marks && words.next().is_none_or(|word| word.starts_with('#'))
}
