//! A document's text, places in it, and how a byte offset becomes line and column.

use std::fmt;

/// A half-open range of bytes in one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end` (bytes). `end` is raised to `start` if it lies before it.
    pub fn new(start: usize, end: usize) -> Span {
        // Documents are at most 16 MiB (`Source::MAX_BYTES`), so the conversion never saturates.
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Span { start, end: end.max(start) }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Span {
        Span::new(offset, offset)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range, to slice the document with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Which document of a project: its index in the order of opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// A span and the document that it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document.
    pub source: SourceId,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// The place `span` in `source`.
    pub fn new(source: SourceId, span: Span) -> Place {
        Place { source, span }
    }
}

/// A value and where it was said: what claims are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was said.
    pub at: Place,
}

impl<T> Located<T> {
    /// `value`, said at `at`.
    pub fn new(value: T, at: Place) -> Located<T> {
        Located { value, at }
    }
}

/// Line and column, both from 1; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// One document's path and text, with an index of its lines.
#[derive(Clone)]
pub struct Source {
    path: String,
    text: String,
    /// Offset of the first byte of each line.
    lines: Vec<u32>,
    /// Characters before every `STEP`th byte, so that a column on a long line costs little.
    characters: Vec<u32>,
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

impl Source {
    /// The most bytes that a text document may have (16 MiB).
    pub const MAX_BYTES: usize = 16 * 1024 * 1024;

    /// A document at `path` (relative, with `/`) that holds `text`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Source {
        let text = text.into();
        let mut lines = vec![0];
        for (offset, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                lines.push(Span::at(offset + 1).start);
            }
        }
        let mut characters = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            count += starts(chunk);
            characters.push(Span::at(count).start);
        }
        Source { path: path.into(), text, lines, characters }
    }

    /// The path, relative to where the project was opened.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text, byte for byte (a byte order mark included).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of `span`; empty where the span does not lie on character boundaries inside it.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of the byte at `offset`; an offset past the end counts as the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let offset = (offset as usize).min(self.text.len());
        let line = self.lines.partition_point(|&start| start as usize <= offset).max(1);
        let start = self.lines[line - 1] as usize;
        // Few lines are longer than what is counted anyway.
        let column = if offset - start < STEP {
            starts(&self.text.as_bytes()[start..offset])
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        LineColumn { line: Span::at(line).start, column: Span::at(column + 1).start }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let counted = self.characters.get(step).copied().unwrap_or_default() as usize;
        counted + starts(&self.text.as_bytes()[step * STEP..offset])
    }

    /// The span of the line (from 1) without its line end; `None` past the last.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.lines.get(index)? as usize;
        let end = self.lines.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        let text = &self.text[start..end];
        let kept = text.strip_suffix('\n').unwrap_or(text);
        let kept = kept.strip_suffix('\r').unwrap_or(kept);
        Some(Span::new(start, start + kept.len()))
    }

    /// How the line at `offset` ends, or the one before it where it is the last: what a new line
    /// there has to end in.
    pub fn line_end(&self, offset: u32) -> &'static str {
        let next = self.lines.partition_point(|&start| start <= offset);
        // The last line has no end of its own; the first line begins behind none.
        let behind = self.lines.get(next).or_else(|| self.lines.get(next.checked_sub(1)?));
        let before = behind.and_then(|&start| self.text.as_bytes().get(..start as usize));
        if before.is_some_and(|before| before.ends_with(b"\r\n")) { "\r\n" } else { "\n" }
    }

    /// How many lines the text has (a text that ends in a newline has an empty last one).
    pub fn line_count(&self) -> u32 {
        Span::at(self.lines.len()).start
    }
}

/// How many characters begin in `bytes`.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count()
}

/// Only the path and the size: a document may hold a password.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.path, self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let source = Source::new("x", "端口 80\r\nb\n");
        assert_eq!(source.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(source.line_column(7), LineColumn { line: 1, column: 4 });
        assert_eq!(source.line_column(11), LineColumn { line: 2, column: 1 });
        assert_eq!(source.line_column(99), LineColumn { line: 3, column: 1 });
        assert_eq!(source.slice(source.line_span(1).unwrap()), "端口 80");
        assert_eq!(source.line_span(4), None);
        assert_eq!(source.line_count(), 3);
    }

    #[test]
    fn columns_on_a_long_line_count_characters_too() {
        let source = Source::new("x", "端".repeat(5000));
        assert_eq!(source.line_column(3 * 4321).column, 4322);
        assert_eq!(source.line_column(15_000).column, 5001);
    }

    #[test]
    fn a_line_ends_as_its_neighbour_does() {
        let source = Source::new("x", "a\r\nb\nc\r\nd");
        let ends: Vec<&str> = [0, 3, 5, 8, 9].map(|at| source.line_end(at)).into();
        assert_eq!(ends, ["\r\n", "\n", "\r\n", "\r\n", "\r\n"]);
        assert_eq!(Source::new("x", "").line_end(0), "\n");
        assert_eq!(Source::new("x", "a").line_end(1), "\n");
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let source = Source::new("x", "");
        assert_eq!(source.line_column(5), LineColumn { line: 1, column: 1 });
        assert_eq!(source.line_count(), 1);
    }
}
