//! One document of the project as the page holds it.

use std::rc::Rc;

use super::history::{Act, Caret, Change, History, Step};
use super::painting::Painting;
use crate::line_ends::{normalized, retyped};
use crate::units::{unit_of, units};

/// Which document: a number that no other document of this visit ever had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub u32);

/// A document. Its text changes only together with its history.
#[derive(Clone)]
pub struct Document {
    /// Which it is.
    pub id: DocumentId,
    /// Its path, unlike that of every other document.
    pub path: Rc<str>,
    /// The kind that its reader chose; else its name and content tell.
    pub kind: Option<Rc<str>>,
    /// Its text with its own line ends.
    text: Rc<str>,
    /// The text as a text area holds it.
    area: Rc<str>,
    /// What can be taken back.
    pub history: History,
    /// The selection.
    pub caret: Caret,
    /// Counts the selections that were not made in the text area itself: they are to be shown.
    pub moved: u64,
    /// Its colours and marks.
    pub painting: Rc<Painting>,
    /// Whether its reader has changed it since it came.
    pub is_touched: bool,
}

/// When something happens: a clock's milliseconds, and its place among all steps.
#[derive(Clone, Copy)]
pub struct When {
    /// Milliseconds of some clock.
    pub time: f64,
    /// Greater than that of every step before.
    pub turn: u64,
}

impl Document {
    /// A document that nobody has changed yet.
    pub fn new(id: DocumentId, path: &str, text: &str) -> Document {
        let area: Rc<str> = normalized(text).into();
        Document {
            id,
            path: path.into(),
            kind: None,
            text: text.into(),
            painting: Rc::new(Painting::plain(&area)),
            area,
            history: History::default(),
            caret: Caret::default(),
            moved: 0,
            is_touched: false,
        }
    }

    /// Its text.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Its text as a text area holds it: every line ends with `\n`.
    pub fn area(&self) -> &Rc<str> {
        &self.area
    }

    /// The reader has made `area` of it in its text area.
    pub fn type_area(&mut self, area: &str, caret: Caret, act: Act, when: When) {
        let text = retyped(&self.text, area);
        let before = self.caret;
        self.caret = caret;
        self.change(&text, (before, caret), act, when);
    }

    /// The program has made `area` of it for its reader; the caret stands behind what is new. False
    /// where nothing is.
    pub fn write_area(&mut self, area: &str, when: When) -> bool {
        let Some(change) = Change::between(&self.area, area) else { return false };
        let end = change.at + change.inserted.len();
        let caret = Caret::at(unit_of(area, end));
        self.moved += 1;
        self.type_area(area, caret, Act::Whole, when);
        true
    }

    /// Something else has made `text` of it; the selection stays by the letters that it is at.
    pub fn put(&mut self, text: &str, when: When) {
        let Some(change) = Change::between(&self.area, &normalized(text)) else {
            return self.change(text, (self.caret, self.caret), Act::Whole, when);
        };
        let start = units(&self.area[..change.at]);
        let end = start + units(&change.removed);
        let new_end = start + units(&change.inserted);
        let follow = |unit: u32| match unit {
            unit if unit >= end => unit - end + new_end,
            unit => unit.min(new_end),
        };
        let before = self.caret;
        self.caret = Caret { start: follow(before.start), end: follow(before.end) };
        self.moved += 1;
        self.change(text, (before, self.caret), Act::Whole, when);
    }

    fn change(&mut self, text: &str, carets: (Caret, Caret), act: Act, when: When) {
        let Some(change) = Change::between(&self.text, text) else { return };
        self.history.record(Step::new(change, carets, act, when.time, when.turn));
        self.is_touched = true;
        self.set(text);
    }

    fn set(&mut self, text: &str) {
        let area = normalized(text);
        if let Some(change) = Change::between(&self.area, &area) {
            let painting = Rc::make_mut(&mut self.painting);
            painting.shift(&self.area, change.at, &change.removed, &change.inserted);
        }
        self.text = text.into();
        self.area = area.into();
    }

    /// Takes the last step back. False where there is none.
    pub fn undo(&mut self) -> bool {
        let old = self.history.undo(&self.text);
        self.restore(old)
    }

    /// Makes the step again that was taken back last. False where there is none.
    pub fn redo(&mut self) -> bool {
        let new = self.history.redo(&self.text);
        self.restore(new)
    }

    fn restore(&mut self, state: Option<(String, Caret)>) -> bool {
        let Some((text, caret)) = state else { return false };
        self.set(&text);
        self.caret = caret;
        self.moved += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(turn: u64) -> When {
        When { time: 0.0, turn }
    }

    #[test]
    fn a_fix_is_taken_back_and_the_caret_with_it() {
        let mut document = Document::new(DocumentId(1), "Dockerfile", "FROM a\r\nEXPOSE 1\r\n");
        document.type_area("FROM ab\nEXPOSE 1\n", Caret::at(7), Act::Typing, when(1));
        document.put("FROM ab\r\nEXPOSE 8000\r\n", when(2));
        assert_eq!(document.caret, Caret::at(7));
        assert!(document.undo());
        assert_eq!(&**document.text(), "FROM ab\r\nEXPOSE 1\r\n");
        assert_eq!((&**document.area(), document.caret), ("FROM ab\nEXPOSE 1\n", Caret::at(7)));
        assert!(document.undo() && !document.undo());
        assert_eq!(&**document.text(), "FROM a\r\nEXPOSE 1\r\n");
        assert!(document.redo() && document.redo() && !document.redo());
        assert_eq!(&**document.text(), "FROM ab\r\nEXPOSE 8000\r\n");
    }

    #[test]
    fn the_selection_stays_by_its_letters() {
        let mut document = Document::new(DocumentId(1), "a", "one two three");
        document.caret = Caret { start: 8, end: 13 };
        document.put("1 two three", when(1));
        assert_eq!(document.caret, Caret { start: 6, end: 11 });
        document.put("", when(2));
        assert_eq!(document.caret, Caret::at(0));
    }
}
