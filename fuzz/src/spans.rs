//! Every span that was read lies on the text.

use std::fmt::{Debug, Write};

/// How a span begins where a tree is printed for debugging: the one thing that all trees have in
/// common, so that none is forgotten.
const BEGIN: &str = "Span { start: ";

/// Looks for spans in what is written to it, and keeps none of it.
struct Spans<'a> {
    text: &'a str,
    line: String,
}

/// Asserts that each span in `tree` lies inside `text` and begins and ends between characters.
pub fn lie_on(text: &str, tree: &impl Debug) {
    let mut spans = Spans { text, line: String::new() };
    write!(spans, "{tree:?}").expect("nothing refuses");
    spans.look();
}

impl Write for Spans<'_> {
    fn write_str(&mut self, part: &str) -> std::fmt::Result {
        self.line.push_str(part);
        if part.ends_with('}') {
            self.look();
        }
        Ok(())
    }
}

impl Spans<'_> {
    fn look(&mut self) {
        let Spans { text, line } = self;
        for (at, _) in line.match_indices(BEGIN) {
            let rest = &line[at + BEGIN.len()..];
            let Some((start, rest)) = rest.split_once(", end: ") else { continue };
            let Some((end, _)) = rest.split_once(" }") else { continue };
            let (Ok(start), Ok(end)) = (start.parse::<usize>(), end.parse::<usize>()) else {
                continue;
            };
            assert!(text.get(start..end).is_some(), "{start}..{end} does not lie on the text");
        }
        line.clear();
    }
}
