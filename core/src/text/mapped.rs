//! Text that stands in a document in another spelling (a JSON string with escapes, an instruction
//! joined from continued lines), with the way back to the document's bytes.

use super::Span;

/// Decoded text and, for each of its bytes, where it came from in the document.
///
/// Built left to right from runs. A *verbatim* run stands byte for byte in the document; a
/// *decoded* run (an escape such as `\n` or `\u4e2d`, a value put in) maps as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    runs: Runs,
}

/// Runs in their order. Nearly every text is one, which then needs no room of its own: a document
/// is made of very many of these texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Runs {
    #[default]
    None,
    One(Run),
    /// Two or more.
    Many(Vec<Run>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// First byte in the decoded text.
    at: u32,
    /// Where the run stands in the document.
    outer: Span,
    verbatim: bool,
}

impl Runs {
    fn push(&mut self, run: Run) {
        match self {
            Runs::None => *self = Runs::One(run),
            Runs::One(first) => *self = Runs::Many(vec![*first, run]),
            Runs::Many(all) => all.push(run),
        }
    }

    fn as_slice(&self) -> &[Run] {
        match self {
            Runs::None => &[],
            Runs::One(run) => std::slice::from_ref(run),
            Runs::Many(all) => all,
        }
    }

    fn last_mut(&mut self) -> Option<&mut Run> {
        match self {
            Runs::None => None,
            Runs::One(run) => Some(run),
            Runs::Many(all) => all.last_mut(),
        }
    }
}

impl MappedText {
    /// Text without a byte so far.
    pub fn new() -> MappedText {
        MappedText::default()
    }

    /// `text` that stands in the document as it is, from byte `offset` on.
    pub fn verbatim(text: &str, offset: usize) -> MappedText {
        let mut mapped = MappedText::new();
        mapped.push_verbatim(text, offset);
        mapped
    }

    /// `text` that stands in the document as something else at `outer`.
    pub fn decoded(text: &str, outer: Span) -> MappedText {
        let mut mapped = MappedText::new();
        mapped.push_decoded(text, outer);
        mapped
    }

    /// Appends `text`, which stands byte for byte in the document from `offset` on.
    pub fn push_verbatim(&mut self, text: &str, offset: usize) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        self.text.push_str(text);
        if let Some(last) = self.runs.last_mut()
            && last.verbatim
            && last.outer.end as usize == offset
        {
            last.outer = Span::new(last.outer.start as usize, offset + text.len());
            return;
        }
        let outer = Span::new(offset, offset + text.len());
        self.runs.push(Run { at, outer, verbatim: true });
    }

    /// Appends `text`, which stands in the document as something else at `outer`.
    pub fn push_decoded(&mut self, text: &str, outer: Span) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        self.text.push_str(text);
        self.runs.push(Run { at, outer, verbatim: false });
    }

    /// Overwrites the text, which may be a secret, before it is let go.
    pub fn wipe(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.text);
        self.runs = Runs::None;
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The decoded text without its way back.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Where the bytes `start..end` of the decoded text stand in the document. An empty range maps
    /// to an empty span.
    pub fn span(&self, start: usize, end: usize) -> Span {
        if start >= end {
            return Span::at(self.offset(start));
        }
        let first = self.run(start).map_or(0, |run| run.outer_of(start).0);
        let last = self.run(end - 1).map_or(first, |run| run.outer_of(end - 1).1);
        Span::new(first, last)
    }

    /// The bytes `start..end` of the decoded text, with their way back. The whole where the range
    /// does not lie on character boundaries.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> MappedText {
        let mut out = MappedText::new();
        let runs = self.runs.as_slice();
        let first = runs.partition_point(|run| run.start() <= start).saturating_sub(1);
        for (index, run) in runs.iter().enumerate().skip(first) {
            if run.start() >= end {
                break;
            }
            let run_end = runs.get(index + 1).map_or(self.text.len(), |next| next.start());
            let (from, to) = (run.start().max(start), run_end.min(end));
            let Some(piece) = self.text.get(from..to).filter(|piece| !piece.is_empty()) else {
                continue;
            };
            if run.verbatim {
                out.push_verbatim(piece, run.outer_of(from).0);
            } else {
                out.push_decoded(piece, run.outer);
            }
        }
        if out.text.is_empty() {
            // Nothing, but at a place.
            out.runs.push(Run { at: 0, outer: Span::at(self.offset(start)), verbatim: false });
        }
        out
    }

    /// Appends another text with its way back.
    pub fn append(&mut self, other: &MappedText) {
        let runs = other.runs.as_slice();
        for (index, run) in runs.iter().enumerate() {
            let end = runs.get(index + 1).map_or(other.text.len(), |next| next.start());
            let piece = &other.text[run.start()..end];
            if run.verbatim {
                self.push_verbatim(piece, run.outer.start as usize);
            } else {
                self.push_decoded(piece, run.outer);
            }
        }
    }

    /// The same text, where its bytes were found in `outer`'s text rather than in a document.
    #[must_use]
    pub fn through(&self, outer: &MappedText) -> MappedText {
        let mut out = MappedText::new();
        let runs = self.runs.as_slice();
        for (index, run) in runs.iter().enumerate() {
            let end = runs.get(index + 1).map_or(self.text.len(), |next| next.start());
            let (start, stop) = (run.outer.start as usize, run.outer.end as usize);
            if run.verbatim {
                out.append(&outer.slice(start, stop));
            } else {
                out.push_decoded(&self.text[run.start()..end], outer.span(start, stop));
            }
        }
        if out.text.is_empty() {
            let at = runs.last().map_or(0, |run| run.outer.start as usize);
            out.runs.push(Run { at: 0, outer: Span::at(outer.offset(at)), verbatim: false });
        }
        out
    }

    /// The span of the whole.
    pub fn whole(&self) -> Span {
        self.span(0, self.text.len())
    }

    /// Whether `start..end` stands byte for byte in the document, so that an edit may replace it.
    pub fn is_verbatim(&self, start: usize, end: usize) -> bool {
        start < end
            && self
                .run(start)
                .is_some_and(|run| run.verbatim && end - run.start() <= run.outer.len())
    }

    fn offset(&self, at: usize) -> usize {
        match self.run(at) {
            Some(run) if at < self.text.len() => run.outer_of(at).0,
            _ => self.runs.as_slice().last().map_or(0, |run| run.outer.end as usize),
        }
    }

    fn run(&self, at: usize) -> Option<Run> {
        let runs = self.runs.as_slice();
        let index = runs.partition_point(|run| run.start() <= at);
        runs.get(index.checked_sub(1)?).copied()
    }
}

impl Run {
    fn start(self) -> usize {
        self.at as usize
    }

    /// The document's bytes that the decoded byte `at` came from.
    fn outer_of(self, at: usize) -> (usize, usize) {
        if self.verbatim {
            let start = self.outer.start as usize + (at - self.start());
            (start, start + 1)
        } else {
            (self.outer.start as usize, self.outer.end as usize)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_maps_back_through_escapes() {
        // The document says `ab\ncd` with an escape at 12..14.
        let mut mapped = MappedText::new();
        mapped.push_verbatim("ab", 10);
        mapped.push_decoded("\n", Span::new(12, 14));
        mapped.push_verbatim("cd", 14);
        assert_eq!(mapped.text(), "ab\ncd");
        assert_eq!(mapped.span(3, 5), Span::new(14, 16));
        assert_eq!(mapped.span(1, 4), Span::new(11, 15));
        assert_eq!(mapped.span(2, 3), Span::new(12, 14));
        assert_eq!(mapped.span(5, 5), Span::at(16));
        assert!(mapped.is_verbatim(3, 5));
        assert!(!mapped.is_verbatim(1, 4));
    }

    #[test]
    fn adjacent_verbatim_runs_are_one() {
        let mut mapped = MappedText::verbatim("ab", 3);
        mapped.push_verbatim("cd", 5);
        assert!(mapped.is_verbatim(0, 4));
        assert_eq!(mapped.whole(), Span::new(3, 7));
    }

    #[test]
    fn nothing_maps_to_nothing() {
        assert_eq!(MappedText::new().whole(), Span::at(0));
    }
}
