//! One class for each byte: who paints later paints over. So tokens never lie over one another,
//! whatever the trees say.

use std::ops::Range;

use super::{Class, Token};
use crate::language::offset::units;
use crate::text::Span;

/// Nobody has looked here yet.
const BARE: u8 = 0;
/// Looked at, and of no class.
const PLAIN: u8 = u8::MAX;

/// A text that is being painted, or a window of its lines.
pub(super) struct Canvas<'a> {
    text: &'a str,
    /// First byte of the window.
    start: usize,
    classes: Vec<u8>,
}

impl<'a> Canvas<'a> {
    /// The lines `lines` of `text`, nothing painted.
    pub(super) fn new(text: &'a str, lines: Range<usize>) -> Canvas<'a> {
        let start = line_start(text, 0, lines.start);
        let count = lines.end.saturating_sub(lines.start);
        let end = line_start(text, start, count);
        Canvas { text, start, classes: vec![BARE; end - start] }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Whether nothing of `span` is to be seen.
    pub(super) fn is_hidden(&self, span: Span) -> bool {
        self.window(span).is_empty()
    }

    pub(super) fn paint(&mut self, span: Span, class: Class) {
        self.fill(span, class as u8 + 1);
    }

    pub(super) fn paint_bytes(&mut self, start: usize, end: usize, class: Class) {
        self.paint(Span::new(start, end), class);
    }

    /// Says that `span` is known to be of no class.
    pub(super) fn plain(&mut self, span: Span) {
        self.fill(span, PLAIN);
    }

    /// Takes away what is painted.
    pub(super) fn bare(&mut self, span: Span) {
        self.fill(span, BARE);
    }

    /// The pieces of `span` that nobody has looked at.
    pub(super) fn bare_pieces(&self, span: Span) -> Vec<Range<usize>> {
        let window = self.window(span);
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in window {
            if self.classes.get(at) != Some(&BARE) {
                continue;
            }
            let place = self.start + at;
            match found.last_mut() {
                Some(last) if last.end == place => last.end += 1,
                _ => found.push(place..place + 1),
            }
        }
        found.retain(|piece| self.text.get(piece.clone()).is_some());
        found
    }

    fn fill(&mut self, span: Span, value: u8) {
        let window = self.window(span);
        if let Some(part) = self.classes.get_mut(window) {
            part.fill(value);
        }
    }

    /// What of `span` lies in the window, from its beginning.
    fn window(&self, span: Span) -> Range<usize> {
        let range = span.range();
        let start = range.start.saturating_sub(self.start).min(self.classes.len());
        let end = range.end.saturating_sub(self.start).min(self.classes.len());
        start..end.max(start)
    }

    /// The tokens: runs of one class, cut at line ends.
    pub(super) fn finish(self) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut at = units(&self.text.as_bytes()[..self.start]);
        let mut open: Option<(usize, u8)> = None;
        let window = self.text.get(self.start..self.start + self.classes.len());
        let close = |open: Option<(usize, u8)>, end: usize, tokens: &mut Vec<Token>| {
            let class = |value: u8| Class::ALL.get(usize::from(value) - 1).copied();
            if let Some((start, class)) =
                open.and_then(|(start, value)| Some((start, class(value)?)))
            {
                tokens.push(Token { start, end, class });
            }
        };
        for (byte, character) in window.unwrap_or_default().char_indices() {
            let value = match character {
                '\n' | '\r' => BARE,
                _ => self.classes.get(byte).copied().unwrap_or(BARE),
            };
            if open.is_none_or(|(_, last)| last != value) {
                close(open.take(), at, &mut tokens);
                open = (value != BARE && value != PLAIN).then_some((at, value));
            }
            at += character.len_utf16();
        }
        close(open, at, &mut tokens);
        tokens
    }
}

/// Where the line `count` lines behind `from` begins.
fn line_start(text: &str, from: usize, count: usize) -> usize {
    let Some(before) = count.checked_sub(1) else { return from };
    let ends = text.as_bytes()[from..].iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let end = ends.map(|(at, _)| at).nth(before);
    end.map_or(text.len(), |at| from + at + 1)
}
