//! Changes to a text, as replacements of spans.

use std::borrow::Borrow;

use super::{Source, Span};

/// Replaces the bytes of `span` by `text`. An empty span inserts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, in bytes of the document.
    pub span: Span,
    /// What comes instead.
    pub text: String,
}

impl Edit {
    /// Replaces `span` by `text`.
    pub fn replace(span: Span, text: impl Into<String>) -> Edit {
        Edit { span, text: text.into() }
    }

    /// Removes `span`.
    pub fn delete(span: Span) -> Edit {
        Edit::replace(span, "")
    }

    /// Puts `text` before the byte at `offset`.
    pub fn insert(offset: u32, text: impl Into<String>) -> Edit {
        Edit::replace(Span { start: offset, end: offset }, text)
    }

    /// The same change with line ends as `source` has them where it stands. Whoever makes an edit
    /// writes `\n`.
    #[must_use]
    pub(crate) fn with_line_ends_of(mut self, source: &Source) -> Edit {
        if self.text.contains('\n') && source.line_end(self.span.start) == "\r\n" {
            self.text = self.text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        self
    }
}

/// Why edits could not be applied. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Two edits touch the same bytes, or insert at the same place.
    #[error("two edits overlap at byte {0}")]
    Overlap(u32),
    /// An edit lies outside the text or splits a character.
    #[error("an edit at byte {0} does not lie on the text")]
    OutOfText(u32),
}

/// `text` with all `edits` applied; their spans are those of `text`, in any order.
pub fn apply(text: &str, edits: &[impl Borrow<Edit>]) -> Result<String, EditError> {
    let mut sorted: Vec<&Edit> = edits.iter().map(Borrow::borrow).collect();
    sorted.sort_by_key(|edit| edit.span);
    for pair in sorted.windows(2) {
        let (first, second) = (pair[0].span, pair[1].span);
        if second.start < first.end || first == second {
            return Err(EditError::Overlap(second.start));
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let range = edit.span.range();
        let kept = text.get(done..range.start).ok_or(EditError::OutOfText(edit.span.start))?;
        if text.get(range.clone()).is_none() {
            return Err(EditError::OutOfText(edit.span.start));
        }
        out.push_str(kept);
        out.push_str(&edit.text);
        done = range.end;
    }
    out.push_str(&text[done..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_any_order() {
        let edits = [
            Edit::delete(Span::new(4, 6)),
            Edit::insert(0, ">"),
            Edit::replace(Span::new(1, 2), "XY"),
        ];
        assert_eq!(apply("abcdef", &edits).unwrap(), ">aXYcd");
    }

    #[test]
    fn overlapping_edits_change_nothing() {
        let edits = [Edit::delete(Span::new(0, 3)), Edit::delete(Span::new(2, 4))];
        assert_eq!(apply("abcdef", &edits), Err(EditError::Overlap(2)));
    }

    #[test]
    fn new_lines_end_as_those_around_them() {
        let source = Source::new("x", "a\r\nb\n");
        let at = |offset| Edit::insert(offset, "x\r\ny\n").with_line_ends_of(&source).text;
        assert_eq!((at(0), at(3)), ("x\r\ny\r\n".to_owned(), "x\r\ny\n".to_owned()));
    }

    #[test]
    fn an_edit_must_not_split_a_character() {
        assert_eq!(apply("端", &[Edit::insert(1, "x")]), Err(EditError::OutOfText(1)));
    }
}
