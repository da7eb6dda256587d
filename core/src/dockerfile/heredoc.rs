//! Heredocs: `RUN <<EOF`, `COPY <<"EOF" /file`.

use super::lines::Lines;
use super::words::split_quoted;
use crate::text::{MappedText, Span, SyntaxError, text};

/// A heredoc of an instruction.
#[derive(Clone, Debug)]
pub struct Heredoc {
    /// The delimiter, without quotes.
    pub name: String,
    /// Where `<<NAME` stands.
    pub marker: Span,
    /// The file descriptor before `<<`; 0 if none is given.
    pub descriptor: u32,
    /// Whether variables in the body are expanded: not where the delimiter is quoted.
    pub expands: bool,
    /// Whether leading tabs go (`<<-`).
    pub chomps: bool,
    /// The lines between, tabs included.
    pub body: MappedText,
    /// From the first byte of the body to the end of the delimiter's line.
    pub span: Span,
}

/// The heredocs that `line` opens, without their bodies.
pub(super) fn markers(line: &MappedText, escape: char) -> Vec<Heredoc> {
    let letters = line.text();
    if !letters.contains("<<") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (start, end) in split_quoted(letters, escape) {
        let word = &letters[start..end];
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let Some(rest) = word[digits..].strip_prefix("<<") else { continue };
        let (rest, chomps) = match rest.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        if rest.is_empty() || rest.contains('<') {
            continue;
        }
        let name: String =
            rest.chars().filter(|&character| !matches!(character, '"' | '\'')).collect();
        let is_escaped = name.contains(escape);
        let name: String = name.chars().filter(|&character| character != escape).collect();
        if name.is_empty() {
            continue;
        }
        found.push(Heredoc {
            expands: name.len() == rest.len() && !is_escaped,
            name,
            marker: line.span(start, end),
            descriptor: word[..digits].parse().unwrap_or(0),
            chomps,
            body: MappedText::new(),
            span: Span::default(),
        });
    }
    found
}

/// Reads the bodies of `heredocs` from the lines that follow. The end of the last one, in bytes.
pub(super) fn read_bodies(
    heredocs: &mut [Heredoc],
    lines: &mut Lines<'_>,
    errors: &mut Vec<SyntaxError>,
) -> Option<usize> {
    let mut last = None;
    for heredoc in heredocs {
        let mut start = None;
        let mut end = heredoc.marker.end as usize;
        let mut is_closed = false;
        while let Some((offset, line)) = lines.next_physical() {
            start = start.or(Some(offset));
            let bare = line.trim_end_matches(['\n', '\r']);
            let candidate = if heredoc.chomps { bare.trim_start_matches('\t') } else { bare };
            end = offset + bare.len();
            if candidate == heredoc.name {
                is_closed = true;
                break;
            }
            heredoc.body.push_verbatim(line, offset);
        }
        heredoc.span = Span::new(start.unwrap_or(end), end);
        last = Some(end);
        if !is_closed {
            errors.push(
                SyntaxError::new(
                    heredoc.marker,
                    text(
                        "this heredoc never ends: no line is just `{name}`",
                        "该 heredoc 没有结束：没有只含 `{name}` 的行",
                    ),
                )
                .arg("name", &heredoc.name),
            );
        }
    }
    last
}
