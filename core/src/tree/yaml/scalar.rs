//! The decoded text of a YAML scalar with the way back to its bytes.

use saphyr_parser::ScalarStyle;

use crate::text::{MappedText, Span};

/// The text `value` of a scalar that is written as `written` from byte `offset` on, quotes
/// included. What cannot be followed byte by byte maps as a whole.
pub(super) fn read(written: &str, offset: usize, value: &str, style: ScalarStyle) -> MappedText {
    let (inner, base) = match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
            let end = written.len().saturating_sub(1).max(1);
            (written.get(1..end).unwrap_or_default(), offset + 1)
        }
        _ => (written, offset),
    };
    if inner == value {
        return MappedText::verbatim(value, base);
    }
    let literal = (style == ScalarStyle::Literal).then(|| lines(inner, base, value)).flatten();
    literal
        .or_else(|| Follower { inner, base, style, out: MappedText::new() }.follow(value))
        .unwrap_or_else(|| MappedText::decoded(value, Span::new(offset, offset + written.len())))
}

/// A literal block, given in whole lines: every line without its indentation.
fn lines(inner: &str, base: usize, value: &str) -> Option<MappedText> {
    let indents = inner
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len());
    let first = indents.clone().next()?;
    let least = indents.min()?;
    // The first line tells, unless the header does.
    without_indent(inner, base, value, first).or_else(|| without_indent(inner, base, value, least))
}

fn without_indent(inner: &str, base: usize, value: &str, indent: usize) -> Option<MappedText> {
    let mut out = MappedText::new();
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let stripped = &line[spaces.min(indent)..];
        let start = base + at + line.len() - stripped.len();
        match stripped.strip_suffix("\r\n") {
            Some(text) => {
                out.push_verbatim(text, start);
                let end = start + text.len();
                out.push_decoded("\n", Span::new(end, end + 2));
            }
            None => out.push_verbatim(stripped, start),
        }
        at += line.len();
    }
    // The header says what becomes of the line ends at the end.
    let rest = out.text().strip_prefix(value)?;
    rest.trim().is_empty().then(|| out.slice(0, value.len()))
}

/// Walks through what is written and what it means side by side.
struct Follower<'a> {
    inner: &'a str,
    base: usize,
    style: ScalarStyle,
    out: MappedText,
}

impl Follower<'_> {
    fn follow(mut self, value: &str) -> Option<MappedText> {
        let (mut at, mut read) = (0, 0);
        // Indentation before the first line of a block.
        if !matches!(value.chars().next(), Some(' ' | '\n' | '\t')) {
            at = self.inner.len() - self.inner.trim_start().len();
        }
        while read < value.len() {
            let rest = &value[read..];
            let written = self.inner.get(at..)?;
            let blank = written.len() - written.trim_start_matches(is_blank).len();
            if blank > 0 {
                let meant = rest.len() - rest.trim_start_matches(is_blank).len();
                if written[..blank] == rest[..meant] {
                    self.out.push_verbatim(&rest[..meant], self.base + at);
                } else {
                    self.push(&rest[..meant], at, at + blank);
                }
                at += blank;
                read += meant;
                continue;
            }
            let (meant, length) = self.letter(written)?;
            if meant.is_empty() {
                at += length;
                continue;
            }
            if !rest.starts_with(meant.as_str()) {
                return None;
            }
            if written.starts_with(meant.as_str()) && length == meant.len() {
                self.out.push_verbatim(&meant, self.base + at);
            } else {
                self.push(&meant, at, at + length);
            }
            at += length;
            read += meant.len();
        }
        Some(self.out)
    }

    fn push(&mut self, text: &str, start: usize, end: usize) {
        self.out.push_decoded(text, Span::new(self.base + start, self.base + end));
    }

    /// What the first letter or escape of `written` means, and its length.
    fn letter(&self, written: &str) -> Option<(String, usize)> {
        let first = written.chars().next()?;
        match (self.style, first) {
            (ScalarStyle::SingleQuoted, '\'') => Some(("'".to_owned(), 2)),
            (ScalarStyle::DoubleQuoted, '\\') => escape(written),
            _ => Some((first.to_string(), first.len_utf8())),
        }
    }
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\n' | '\r' | '\t')
}

/// The escape at the start of `written`: what it means and its length.
fn escape(written: &str) -> Option<(String, usize)> {
    let kind = written[1..].chars().next()?;
    let code = |digits: usize| {
        let hex = written.get(2..2 + digits)?;
        let letter = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
        Some((letter.to_string(), 2 + digits))
    };
    let simple = match kind {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' => ' ',
        '"' => '"',
        '/' => '/',
        '\\' => '\\',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return code(2),
        'u' => return code(4),
        'U' => return code(8),
        // A line end that is escaped is not there.
        '\n' | '\r' => {
            let blank = written[1..].len() - written[1..].trim_start_matches(is_blank).len();
            return Some((String::new(), 1 + blank));
        }
        _ => return None,
    };
    Some((simple.to_string(), 1 + kind.len_utf8()))
}
