//! Physical lines into logical ones: continuations joined, comments and empty lines inside them
//! left out, each byte with its way back.

use super::Comment;
use crate::text::{MappedText, Span};

/// One instruction's line, joined.
pub(super) struct LogicalLine {
    /// The text without continuation characters and line ends.
    pub(super) text: MappedText,
    /// From its first byte to the end of its last physical line.
    pub(super) span: Span,
    /// Blank lines between its physical lines, line ends included.
    pub(super) blanks: Vec<Span>,
}

/// The physical lines of a file, read one logical line at a time.
pub(super) struct Lines<'a> {
    source: &'a str,
    at: usize,
    escape: char,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a str, at: usize, escape: char) -> Lines<'a> {
        Lines { source, at, escape }
    }

    /// The next physical line with its offset, line end included.
    pub(super) fn next_physical(&mut self) -> Option<(usize, &'a str)> {
        let rest = self.source.get(self.at..).filter(|rest| !rest.is_empty())?;
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let offset = self.at;
        self.at += line.len();
        Some((offset, line))
    }

    /// The next logical line that is not empty; comments on the way are added to `comments`. A
    /// line of nothing but continuations is one, since the builder takes it for an instruction.
    pub(super) fn next_logical(&mut self, comments: &mut Vec<Comment>) -> Option<LogicalLine> {
        loop {
            let (offset, line) = self.next_physical()?;
            if let Some(comment) = comment(line, offset) {
                comments.push(comment);
                continue;
            }
            let line = trim_end(line);
            let body = line.trim_start();
            if body.is_empty() {
                continue;
            }
            let start = offset + (line.len() - body.len());
            let mut text = MappedText::new();
            let mut blanks = Vec::new();
            let (kept, mut goes_on) = self.split_continuation(body);
            text.push_verbatim(kept, start);
            let mut end = start + body.trim_end().len();
            while goes_on {
                let Some((offset, whole)) = self.next_physical() else { break };
                let line = trim_end(whole);
                end = offset + line.trim_end().len();
                if let Some(comment) = comment(line, offset) {
                    comments.push(comment);
                    continue;
                }
                if line.trim().is_empty() {
                    blanks.push(Span::new(offset, offset + whole.len()));
                    continue;
                }
                let kept;
                (kept, goes_on) = self.split_continuation(line);
                text.push_verbatim(kept, offset);
            }
            return Some(LogicalLine { text, span: Span::new(start, end), blanks });
        }
    }

    /// The line without its continuation character, and whether it has one. An escaped escape
    /// character continues nothing.
    fn split_continuation<'b>(&self, line: &'b str) -> (&'b str, bool) {
        let body = line.trim_end_matches([' ', '\t']);
        match body.strip_suffix(self.escape) {
            Some(kept) if !kept.ends_with(self.escape) => (kept, true),
            _ => (line, false),
        }
    }
}

fn trim_end(line: &str) -> &str {
    line.trim_end_matches(['\r', '\n'])
}

fn comment(line: &str, offset: usize) -> Option<Comment> {
    let line = trim_end(line);
    let body = line.trim_start();
    body.starts_with('#').then(|| {
        let start = offset + (line.len() - body.len());
        Comment { span: Span::new(start, offset + line.len()) }
    })
}
