//! The decoded text of a YAML scalar with the way back to its bytes.

use saphyr_parser::ScalarStyle;

use crate::text::{MappedText, Span};

/// The text `value` of a scalar without quotes that is written as `written` from byte `offset` on.
/// What cannot be followed byte by byte maps as a whole.
pub(super) fn read(written: &str, offset: usize, value: &str, style: ScalarStyle) -> MappedText {
    if written == value {
        return MappedText::verbatim(value, offset);
    }
    let literal = (style == ScalarStyle::Literal).then(|| lines(written, offset, value)).flatten();
    literal
        .or_else(|| follow(written, offset, value))
        .unwrap_or_else(|| MappedText::decoded(value, Span::new(offset, offset + written.len())))
}

/// The text of a quoted scalar, from the byte behind its first quote on.
pub(super) fn quoted(inner: &str, offset: usize, style: ScalarStyle) -> MappedText {
    let is_double = style == ScalarStyle::DoubleQuoted;
    let mut out = MappedText::new();
    let mut at = 0;
    while let Some(letter) = inner[at..].chars().next() {
        let rest = &inner[at..];
        let span = |length: usize| Span::new(offset + at, offset + at + length);
        let blank = rest.len() - rest.trim_start_matches(is_blank).len();
        let length = if rest[..blank].contains('\n') {
            // Lines are folded: one end becomes a space, more become one less.
            let ends = rest[..blank].matches('\n').count();
            let folded = if ends == 1 { " ".to_owned() } else { "\n".repeat(ends - 1) };
            out.push_decoded(&folded, span(blank));
            blank
        } else if is_double
            && letter == '\\'
            && let Some((meant, length)) = escape(rest)
        {
            out.push_decoded(&meant, span(length));
            length
        } else if !is_double && rest.starts_with("\'\'") {
            out.push_decoded("'", span(2));
            2
        } else {
            let length = blank.max(letter.len_utf8());
            out.push_verbatim(&rest[..length], offset + at);
            length
        };
        at += length;
    }
    out
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

/// Walks through what is written and what it means side by side: they differ in white space only.
fn follow(written: &str, base: usize, value: &str) -> Option<MappedText> {
    let mut out = MappedText::new();
    let mut read = 0;
    // Indentation before the first line of a block.
    let mut at = match value.chars().next() {
        Some(first) if is_blank(first) => 0,
        _ => written.len() - written.trim_start().len(),
    };
    while read < value.len() {
        let (meant, rest) = (&value[read..], written.get(at..)?);
        let blank = rest.len() - rest.trim_start_matches(is_blank).len();
        let blank_meant = meant.len() - meant.trim_start_matches(is_blank).len();
        if blank > 0 {
            if rest[..blank] == meant[..blank_meant] {
                out.push_verbatim(&meant[..blank_meant], base + at);
            } else {
                out.push_decoded(&meant[..blank_meant], Span::new(base + at, base + at + blank));
            }
            at += blank;
            read += blank_meant;
        } else {
            let letter = meant.chars().next().filter(|letter| rest.starts_with(*letter))?;
            let length = letter.len_utf8();
            out.push_verbatim(&rest[..length], base + at);
            at += length;
            read += length;
        }
    }
    Some(out)
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
