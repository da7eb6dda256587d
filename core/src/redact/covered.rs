//! A text with its secrets covered, and the way from places in the document to places in it.

use std::ops::Range;

use crate::credential::REDACTED;
use crate::text::Span;

/// A document as it may be shown: one mask in the place of every secret, whatever its length, and
/// one on each line of a secret that goes over several, so that lines stay what they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    text: String,
    masks: Vec<Mask>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mask {
    /// What it covers in the document.
    outer: Span,
    /// Where it begins in the covered text.
    at: usize,
}

impl Covered {
    /// `text` with what stands at `spans` covered.
    pub(crate) fn new(text: &str, spans: Vec<Span>) -> Covered {
        let spans = lines(text, spans);
        let mut out = String::with_capacity(text.len());
        let mut masks = Vec::with_capacity(spans.len());
        let mut at = 0;
        for outer in spans {
            out.push_str(&text[at..outer.start as usize]);
            masks.push(Mask { outer, at: out.len() });
            out.push_str(REDACTED);
            at = outer.end as usize;
        }
        out.push_str(&text[at..]);
        Covered { text: out, masks }
    }

    /// The text that may be shown.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether anything is covered.
    pub fn has_masks(&self) -> bool {
        !self.masks.is_empty()
    }

    /// What is covered, in bytes of the document: in order, apart, each within a line.
    pub fn masks(&self) -> impl Iterator<Item = Span> {
        self.masks.iter().map(|mask| mask.outer)
    }

    /// Where the bytes `span` of the document are in the covered text. What points into a secret
    /// points at its mask.
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start, false);
        let end = if span.is_empty() { start } else { self.offset(span.end, true) };
        start..end.max(start)
    }

    /// Where the byte `offset` is; within a secret the mask's beginning or end.
    fn offset(&self, offset: u32, is_end: bool) -> usize {
        let before = self.masks.partition_point(|mask| mask.outer.start < offset);
        let Some(mask) = before.checked_sub(1).and_then(|index| self.masks.get(index)) else {
            return (offset as usize).min(self.text.len());
        };
        if offset >= mask.outer.end {
            let behind = (offset - mask.outer.end) as usize;
            (mask.at + REDACTED.len() + behind).min(self.text.len())
        } else if is_end {
            mask.at + REDACTED.len()
        } else {
            mask.at
        }
    }
}

/// `spans` in order, those that touch joined, none over the end of a line.
fn lines(text: &str, mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        let start = boundary(text, span.start as usize, false);
        let end = boundary(text, span.end as usize, true);
        match joined.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ if start < end => joined.push(start..end),
            _ => {}
        }
    }
    let mut found = Vec::with_capacity(joined.len());
    for range in joined {
        let mut at = range.start;
        for line in text[range].split_inclusive('\n') {
            let mut body = line.trim_end();
            if line.ends_with('\n') {
                // The sign that the line goes on.
                body = body.trim_end_matches('\\').trim_end();
            }
            let start = at + (body.len() - body.trim_start().len());
            let end = at + body.len();
            if start < end {
                found.push(Span::new(start, end));
            }
            at += line.len();
        }
    }
    found
}

/// The nearest boundary of a character at or before `at`, or behind it.
fn boundary(text: &str, at: usize, is_end: bool) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        if is_end {
            at += 1;
        } else {
            at -= 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str, spans: &[(usize, usize)]) -> Covered {
        Covered::new(text, spans.iter().map(|&(start, end)| Span::new(start, end)).collect())
    }

    #[test]
    fn a_mask_has_one_length_and_stays_on_its_line() {
        assert_eq!(covered("a=b\n", &[(2, 3)]).text(), "a=••••\n");
        assert_eq!(covered("a=bbbbbbbbbbbb\n", &[(2, 14)]).text(), "a=••••\n");
        assert_eq!(covered("a=bc", &[(2, 3), (3, 4), (2, 4)]).text(), "a=••••");
        let text = "A=ab\\\nCD\r\n  EF\n\nRUN";
        assert_eq!(covered(text, &[(2, 16)]).text(), "A=••••\\\n••••\r\n  ••••\n\nRUN");
        assert_eq!(covered("端口", &[(1, 2)]).text(), "••••口");
    }

    #[test]
    fn places_lead_to_the_covered_text() {
        let one = covered("a=hunter2;b=x", &[(2, 9)]);
        assert_eq!(one.text(), "a=••••;b=x");
        let at = |start, end| &one.text()[one.range(Span::new(start, end))];
        assert_eq!(at(2, 9), "••••");
        assert_eq!(at(4, 6), "••••");
        assert_eq!(at(0, 4), "a=••••");
        assert_eq!(at(5, 11), "••••;b");
        assert_eq!(at(10, 13), "b=x");
        assert_eq!(one.range(Span::at(4)), 2..2);
        assert_eq!(at(10, 99), "b=x");
    }
}
