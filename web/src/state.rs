//! What the Check page holds, and what happens to it. Pure: no DOM, no worker.

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::report::Fit;
use plimsoll::text::Message;
use yew::Reducible;

use crate::line_ends::retyped;
use crate::messages::{Edit, File};

/// The documents, which of them is open, and what was found in them.
#[derive(Clone, Default)]
pub struct State {
    /// The documents.
    pub files: Vec<File>,
    /// The one that is shown.
    pub open: usize,
    /// The platforms that were chosen; empty for those that the documents name.
    pub platforms: Vec<String>,
    /// Counts changes: an answer to an older state is of no use.
    pub revision: u64,
    /// The newest report, and the revision that it speaks of.
    pub checked: Option<Checked>,
    /// Files that could not be read since the last change: name and reason.
    pub unreadable: Vec<(String, Message)>,
    /// The name of the image archive that belongs to the project.
    pub image: Option<String>,
    /// Counts what changes nothing in the documents.
    answers: u64,
}

/// Two states are the same where nothing was changed, opened or answered in between.
impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        (self.revision, self.open, self.answers) == (other.revision, other.open, other.answers)
    }
}

/// The answer to a check.
#[derive(Clone)]
pub struct Checked {
    /// The revision that was checked.
    pub revision: u64,
    /// The report.
    pub report: Report,
    /// The fit of every platform.
    pub fits: Vec<Fit>,
    /// Documents that could not be opened.
    pub refused: Vec<(String, String)>,
}

/// What can happen.
pub enum Action {
    /// The open document has a new text, as a text area tells it.
    Typed(String),
    /// A document is shown.
    Opened(usize),
    /// A document comes; one of the same name is replaced.
    Added(File),
    /// An image archive belongs to the project, or no longer.
    Image(Option<String>),
    /// A file is no document: its name, and why not.
    Unreadable(String, Message),
    /// All documents are replaced.
    Replaced(Vec<File>),
    /// A document goes.
    Removed(usize),
    /// A platform is chosen, or no longer.
    Toggled(String),
    /// The worker answered.
    Answered(Checked),
    /// A fix is applied.
    Fixed {
        /// The revision that its edits belong to.
        revision: u64,
        /// The edits.
        edits: Vec<Edit>,
    },
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Answered(checked) => {
                // Answers come in order, so an older one is only early.
                next.checked = Some(checked);
                next.answers += 1;
                return Rc::new(next);
            }
            Action::Unreadable(name, reason) => {
                next.unreadable.retain(|(one, _)| *one != name);
                next.unreadable.push((name, reason));
                next.answers += 1;
                return Rc::new(next);
            }
            Action::Opened(index) => {
                next.open = index.min(next.files.len().saturating_sub(1));
                return Rc::new(next);
            }
            Action::Image(name) => next.image = name,
            Action::Typed(text) => {
                if let Some(file) = next.files.get_mut(next.open) {
                    file.text = retyped(&file.text, &text);
                }
                next.unreadable.clear();
            }
            Action::Added(file) => {
                next.unreadable.retain(|(name, _)| *name != file.path);
                let known = next.files.iter().position(|one| one.path == file.path);
                let index = known.unwrap_or(next.files.len());
                match known {
                    Some(index) => next.files[index] = file,
                    None => next.files.push(file),
                }
                next.open = index;
            }
            Action::Replaced(files) => {
                next.files = files;
                next.open = 0;
                next.platforms.clear();
                next.unreadable.clear();
            }
            Action::Removed(index) => {
                if index < next.files.len() {
                    next.files.remove(index);
                }
                // Who is reading a later document stays with it.
                if index < next.open {
                    next.open -= 1;
                }
                if next.files.is_empty() {
                    next.checked = None;
                }
                next.open = next.open.min(next.files.len().saturating_sub(1));
            }
            Action::Toggled(platform) => {
                match next.platforms.iter().position(|one| *one == platform) {
                    Some(index) => {
                        next.platforms.remove(index);
                    }
                    None => next.platforms.push(platform),
                }
            }
            Action::Fixed { revision, edits } => {
                // Edits of an older text would land elsewhere.
                if revision != next.revision {
                    return self;
                }
                for file in &mut next.files {
                    let own: Vec<plimsoll::text::Edit> = edits
                        .iter()
                        .filter(|edit| edit.path == file.path)
                        .map(|edit| {
                            let (start, end) = (edit.start as usize, edit.end as usize);
                            plimsoll::text::Edit::replace(
                                plimsoll::text::Span::new(start, end),
                                edit.text.clone(),
                            )
                        })
                        .collect();
                    if let Ok(text) = plimsoll::text::apply(&file.text, &own) {
                        file.text = text;
                    }
                }
            }
        }
        next.revision += 1;
        Rc::new(next)
    }
}

impl State {
    /// The answer, if it speaks of the documents as they are.
    pub fn current(&self) -> Option<&Checked> {
        self.checked.as_ref().filter(|checked| checked.revision == self.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), text: text.into() }
    }

    #[test]
    fn edits_of_an_older_text_are_dropped() {
        let state = Rc::new(State::default());
        let state = state.reduce(Action::Added(file("Dockerfile", "FROM a")));
        let edit = Edit { path: "Dockerfile".into(), start: 5, end: 6, text: "b".into() };
        let revision = state.revision;
        let old = state.clone().reduce(Action::Fixed { revision: 0, edits: vec![edit.clone()] });
        assert_eq!(old.files[0].text, "FROM a");
        let new = state.reduce(Action::Fixed { revision, edits: vec![edit] });
        assert_eq!(new.files[0].text, "FROM b");
        assert!(new.revision > revision);
    }

    #[test]
    fn a_document_of_the_same_name_is_replaced() {
        let state = Rc::new(State::default());
        let state =
            state.reduce(Action::Added(file("a", "1"))).reduce(Action::Added(file("b", "2")));
        let state = state.reduce(Action::Added(file("a", "3")));
        assert_eq!((state.files.len(), state.open), (2, 0));
        let state = state.reduce(Action::Added(file("c", "4"))).reduce(Action::Opened(1));
        let state = state.reduce(Action::Removed(0));
        assert_eq!(state.files[state.open].path, "b");
        let state = state.reduce(Action::Removed(1)).reduce(Action::Removed(0));
        assert_eq!((state.files.len(), state.open), (0, 0));
    }
}
