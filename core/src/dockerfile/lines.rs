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

    /// The next logical line that is not empty; comments on the way are added to `comments`.
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
            let (kept, mut goes_on) = self.split_continuation(body);
            text.push_verbatim(kept, start);
            let mut end = start + body.trim_end().len();
            while goes_on {
                let Some((offset, line)) = self.next_physical() else { break };
                if let Some(comment) = comment(line, offset) {
                    comments.push(comment);
                    continue;
                }
                let line = trim_end(line);
                if line.trim().is_empty() {
                    continue;
                }
                let kept;
                (kept, goes_on) = self.split_continuation(line);
                text.push_verbatim(kept, offset);
                end = offset + line.trim_end().len();
            }
            if text.text().trim().is_empty() {
                continue;
            }
            return Some(LogicalLine { text, span: Span::new(start, end) });
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
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

fn comment(line: &str, offset: usize) -> Option<Comment> {
    let line = trim_end(line);
    let body = line.trim_start();
    body.starts_with('#').then(|| {
        let start = offset + (line.len() - body.len());
        Comment { span: Span::new(start, offset + line.len()) }
    })
}
