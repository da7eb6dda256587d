//! Templates: text that becomes a Dockerfile once something renders it.

use super::instruction::{Instruction, Keyword};
use crate::text::{MappedText, Span, SyntaxError, text};

/// What opens a placeholder, and what closes it.
const PLACEHOLDERS: &[(&str, &str)] =
    &[("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>"), ("%%", "%%"), ("@@", "@@")];

/// The first placeholder of a line that cannot be read as it is.
pub(super) fn find(line: &MappedText, instruction: &Instruction) -> Option<Span> {
    let letters = line.text();
    let whole = |start: usize, open: &str, close: &str| {
        let from = start + open.len();
        // To the end of the placeholder where it closes on the line.
        let end = letters.get(from..)?.find(close).map(|at| from + at + close.len());
        end.map(|end| line.span(start, end))
    };
    let mut found: Option<(usize, Span)> = None;
    for (open, close) in PLACEHOLDERS {
        let Some(start) = letters.find(open) else { continue };
        if let Some(span) = whole(start, open, close)
            && found.is_none_or(|(first, _)| start < first)
        {
            found = Some((start, span));
        }
    }
    if let Some((_, span)) = found {
        return Some(span);
    }
    if instruction.keyword != Keyword::Unknown {
        return None;
    }
    // Where the keyword should be: `{extra}`, `{{ if x`, `{% for`.
    if letters.starts_with('{') {
        return Some(whole(0, "{", "}").unwrap_or(instruction.keyword_span));
    }
    let is_open = PLACEHOLDERS.iter().any(|(open, _)| letters.starts_with(open));
    is_open.then_some(instruction.keyword_span)
}

/// What is said of the file.
pub(super) fn error(span: Span) -> SyntaxError {
    SyntaxError::new(
        span,
        text(
            "this is a template, not a Dockerfile: render it first",
            "这是模板而不是 Dockerfile：请先渲染",
        ),
    )
}
