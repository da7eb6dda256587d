//! What was changed in one document, so that it can be taken back. Pure; the browser's own undo
//! knows one order for the whole page and loses it when a program writes, so it is never used.

use std::rc::Rc;

/// A selection in a text area: UTF-16 code units of its text from the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caret {
    /// First unit selected.
    pub start: u32,
    /// One past the last; equal to `start` where nothing is selected.
    pub end: u32,
}

impl Caret {
    /// A caret between two letters.
    pub fn at(unit: u32) -> Caret {
        Caret { start: unit, end: unit }
    }
}

/// One replacement in a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// First byte that is replaced.
    pub at: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

impl Change {
    /// The one replacement that makes `new` of `old`; nothing where they are the same.
    pub fn between(old: &str, new: &str) -> Option<Change> {
        if old == new {
            return None;
        }
        let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        let start = floor(old, new, same);
        let (rest, other) = (&old.as_bytes()[start..], &new.as_bytes()[start..]);
        let same = rest.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
        let mut end = same;
        while !old.is_char_boundary(old.len() - end) || !new.is_char_boundary(new.len() - end) {
            end -= 1;
        }
        Some(Change {
            at: start,
            removed: old[start..old.len() - end].to_owned(),
            inserted: new[start..new.len() - end].to_owned(),
        })
    }

    fn inverse(&self) -> Change {
        Change { at: self.at, removed: self.inserted.clone(), inserted: self.removed.clone() }
    }

    /// The text after the change; `None` where it does not hold what is removed.
    pub fn apply(&self, text: &str) -> Option<String> {
        let end = self.at + self.removed.len();
        if text.get(self.at..end) != Some(self.removed.as_str()) {
            return None;
        }
        Some([&text[..self.at], &self.inserted, &text[end..]].concat())
    }
}

/// The last place up to `at` at which both texts may be cut.
fn floor(old: &str, new: &str, at: usize) -> usize {
    let mut at = at;
    while !old.is_char_boundary(at) || !new.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How a change came about. What is typed in one go is taken back in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Letters, one after the other.
    Typing,
    /// Letters taken away, one after the other.
    Deleting,
    /// An input method composes; all of one composition, by its number, is one step.
    Composing(u32),
    /// A step of its own: a paste, a fix, an indentation.
    Whole,
}

/// What is taken back in one go.
#[derive(Clone, Debug)]
pub struct Step {
    /// The replacements, each in the text that the one before it left.
    changes: Vec<Change>,
    /// The selection before.
    before: Caret,
    /// The selection after.
    after: Caret,
    act: Act,
    /// When it last grew, in milliseconds of some clock.
    time: f64,
    /// Its place among all steps of the project; steps of one turn belong together.
    turn: u64,
}

impl Step {
    /// A step of one change.
    pub fn new(change: Change, carets: (Caret, Caret), act: Act, time: f64, turn: u64) -> Step {
        let (before, after) = carets;
        Step { changes: vec![change], before, after, act, time, turn }
    }

    fn bytes(&self) -> usize {
        self.changes.iter().map(|change| change.removed.len() + change.inserted.len()).sum()
    }
}

/// Milliseconds of rest after which typing begins a new step.
const REST: f64 = 1000.0;

/// More steps than this are not kept.
const MOST_STEPS: usize = 2000;

/// More bytes of texts than this are not kept, but for the last step.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The steps of one document.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Rc<Step>>,
    undone: Vec<Rc<Step>>,
}

impl History {
    /// Takes up a change that was just made. What had been taken back is forgotten.
    pub fn record(&mut self, step: Step) {
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if continues(last, &step) => {
                let last = Rc::make_mut(last);
                last.after = step.after;
                last.time = step.time;
                for change in step.changes {
                    join(&mut last.changes, change);
                }
            }
            _ => self.done.push(Rc::new(step)),
        }
        self.forget();
    }

    fn forget(&mut self) {
        let mut bytes = 0;
        let kept = self.done.iter().rev().take(MOST_STEPS).take_while(|step| {
            bytes += step.bytes();
            bytes <= MOST_BYTES
        });
        let kept = kept.count().max(1);
        let forgotten = self.done.len().saturating_sub(kept);
        self.done.drain(..forgotten);
    }

    /// The turn of the step that would be taken back next.
    pub fn last_turn(&self) -> Option<u64> {
        self.done.last().map(|step| step.turn)
    }

    /// The turn of the step that would be made again next.
    pub fn next_turn(&self) -> Option<u64> {
        self.undone.last().map(|step| step.turn)
    }

    /// Takes the last step back: the text before it, and the selection.
    pub fn undo(&mut self, text: &str) -> Option<(String, Caret)> {
        let step = self.done.pop()?;
        let mut old = text.to_owned();
        for change in step.changes.iter().rev() {
            old = change.inverse().apply(&old)?;
        }
        let caret = step.before;
        self.undone.push(step);
        Some((old, caret))
    }

    /// Makes the step again that was taken back last: the text after it, and the selection.
    pub fn redo(&mut self, text: &str) -> Option<(String, Caret)> {
        let step = self.undone.pop()?;
        let mut new = text.to_owned();
        for change in &step.changes {
            new = change.apply(&new)?;
        }
        let caret = step.after;
        self.done.push(step);
        Some((new, caret))
    }
}

/// Whether `next` belongs to the step `last`.
fn continues(last: &Step, next: &Step) -> bool {
    let (Some(old), Some(new)) = (last.changes.last(), next.changes.first()) else { return false };
    match (last.act, next.act) {
        (Act::Composing(one), Act::Composing(other)) => one == other,
        (Act::Typing, Act::Typing) => {
            let is_rested = next.time - last.time > REST;
            let goes_on = new.removed.is_empty() && new.at == old.at + old.inserted.len();
            let is_short = new.inserted.chars().count() == 1 && !new.inserted.contains('\n');
            // A word is taken back with the blanks before it.
            let begins_word = old.inserted.ends_with(char::is_whitespace)
                && !new.inserted.starts_with(char::is_whitespace)
                && !old.inserted.trim().is_empty();
            goes_on && is_short && !is_rested && !begins_word
        }
        (Act::Deleting, Act::Deleting) => {
            let is_rested = next.time - last.time > REST;
            let goes_on = new.at + new.removed.len() == old.at || new.at == old.at;
            goes_on && !is_rested && new.inserted.is_empty() && old.inserted.is_empty()
        }
        _ => false,
    }
}

/// Adds `change` to `changes`, of which the last one may simply grow.
fn join(changes: &mut Vec<Change>, change: Change) {
    let grows = changes
        .last_mut()
        .filter(|last| change.removed.is_empty() && change.at == last.at + last.inserted.len());
    match grows {
        Some(last) => last.inserted.push_str(&change.inserted),
        None => changes.push(change),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document that is typed in.
    #[derive(Default)]
    struct Sheet {
        text: String,
        history: History,
        turn: u64,
        time: f64,
    }

    impl Sheet {
        fn set(&mut self, new: &str, act: Act) {
            let change = Change::between(&self.text, new).expect("another text");
            self.turn += 1;
            self.time += 100.0;
            let carets = (Caret::at(0), Caret::at(1));
            self.history.record(Step::new(change, carets, act, self.time, self.turn));
            self.text = new.to_owned();
        }

        fn type_all(&mut self, letters: &str) {
            for letter in letters.chars() {
                let new = format!("{}{letter}", self.text);
                self.set(&new, Act::Typing);
            }
        }

        fn undo(&mut self) -> bool {
            let old = self.history.undo(&self.text);
            old.map(|(text, _)| self.text = text).is_some()
        }

        fn redo(&mut self) -> bool {
            let new = self.history.redo(&self.text);
            new.map(|(text, _)| self.text = text).is_some()
        }
    }

    #[test]
    fn typing_is_taken_back_by_words_and_made_again() {
        let mut sheet = Sheet::default();
        sheet.type_all("FROM alpine  x\n");
        let mut seen = Vec::new();
        while sheet.undo() {
            seen.push(sheet.text.clone());
        }
        assert_eq!(seen, ["FROM alpine  x", "FROM alpine  ", "FROM ", ""]);
        while sheet.redo() {}
        assert_eq!(sheet.text, "FROM alpine  x\n");
    }

    #[test]
    fn a_rest_and_another_place_begin_a_new_step() {
        let mut sheet = Sheet::default();
        sheet.type_all("ab");
        sheet.time += 5000.0;
        sheet.type_all("c");
        sheet.set("xabc", Act::Typing);
        let mut seen = Vec::new();
        while sheet.undo() {
            seen.push(sheet.text.clone());
        }
        assert_eq!(seen, ["abc", "ab", ""]);
    }

    #[test]
    fn what_is_deleted_in_one_go_comes_back_in_one_go() {
        let mut sheet = Sheet::default();
        sheet.set("abcd", Act::Whole);
        sheet.set("abc", Act::Deleting);
        sheet.set("ab", Act::Deleting);
        sheet.set("b", Act::Deleting);
        assert!(sheet.undo());
        assert_eq!(sheet.text, "ab");
        assert!(sheet.undo());
        assert_eq!(sheet.text, "abcd");
    }

    #[test]
    fn a_composition_is_one_step_and_a_paste_another() {
        let mut sheet = Sheet::default();
        sheet.set("n", Act::Composing(1));
        sheet.set("ni", Act::Composing(1));
        sheet.set("你", Act::Composing(1));
        sheet.set("你h", Act::Composing(2));
        sheet.set("你好", Act::Composing(2));
        sheet.set("你好 paste", Act::Whole);
        assert!(sheet.undo());
        assert_eq!(sheet.text, "你好");
        assert!(sheet.undo());
        assert_eq!(sheet.text, "你");
        assert!(sheet.undo());
        assert_eq!(sheet.text, "");
        assert!(!sheet.undo());
        assert!(sheet.redo() && sheet.redo() && sheet.redo() && !sheet.redo());
        assert_eq!(sheet.text, "你好 paste");
    }

    #[test]
    fn a_new_change_forgets_what_was_taken_back() {
        let mut sheet = Sheet::default();
        sheet.set("a", Act::Whole);
        sheet.set("ab", Act::Whole);
        assert!(sheet.undo());
        sheet.set("ac", Act::Whole);
        assert!(!sheet.redo());
        assert_eq!(sheet.text, "ac");
    }

    #[test]
    fn a_change_never_cuts_a_letter() {
        // The two letters share their first two bytes.
        let change = Change::between("a端b", "a竰b").expect("a change");
        assert_eq!((change.removed.as_str(), change.inserted.as_str()), ("端", "竰"));
        let change = Change::between("aa", "a").expect("a change");
        assert_eq!(change.apply("aa").as_deref(), Some("a"));
        assert_eq!(change.apply("ab"), None);
    }

    #[test]
    fn memory_stays_bounded_and_the_last_step_is_kept() {
        let mut sheet = Sheet::default();
        for count in 0..MOST_STEPS + 10 {
            sheet.set(&count.to_string(), Act::Whole);
        }
        assert_eq!(sheet.history.done.len(), MOST_STEPS);
        sheet.set(&"x".repeat(MOST_BYTES + 1), Act::Whole);
        assert_eq!(sheet.history.done.len(), 1);
        assert!(sheet.undo());
    }
}
