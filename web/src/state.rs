//! What the Check page holds, and what happens to it. Pure: no DOM, no worker.

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::report::{Fit, Inspection};
use plimsoll::text::Message;
use yew::{AttrValue, Reducible};

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
    /// The image archive that belongs to the project.
    pub image: Option<ImageCard>,
    /// Whether the image is shown in the place of a document.
    pub is_image_open: bool,
    /// A place that is to be shown once its document is: first byte, one past the last.
    pub target: Option<(usize, usize)>,
    /// Counts what changes nothing in the documents.
    answers: u64,
}

/// Two states are the same where nothing was changed, opened or answered in between.
impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        let of = |one: &State| (one.revision, one.open, one.is_image_open, one.answers);
        of(self) == of(other)
    }
}

/// An image as a document of the project.
#[derive(Clone)]
pub struct ImageCard {
    /// What it is called.
    pub name: String,
    /// Bytes of the archive.
    pub bytes: u64,
    /// What is known of it.
    pub inspection: Rc<Inspection>,
    /// The text that findings have their places in.
    pub description: AttrValue,
    /// Whether its layers were read.
    pub is_deep: bool,
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
    Image(Option<ImageCard>),
    /// The image is shown.
    ImageOpened,
    /// A place is to be shown: the document or image, first byte, one past the last.
    Jumped(String, usize, usize),
    /// The place is shown.
    Landed,
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
                // An older one is only early, unless a worker gives it that was replaced.
                if next.checked.as_ref().is_some_and(|known| known.revision > checked.revision) {
                    return self;
                }
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
                next.is_image_open = false;
                return Rc::new(next);
            }
            Action::Jumped(path, start, end) => {
                if let Some(index) = next.files.iter().position(|file| file.path == path) {
                    next.open = index;
                    next.is_image_open = false;
                } else if next.image_at(&path).is_some() {
                    next.is_image_open = true;
                } else {
                    return self;
                }
                next.target = Some((start, end));
                next.answers += 1;
                return Rc::new(next);
            }
            Action::Landed => {
                next.target = None;
                next.answers += 1;
                return Rc::new(next);
            }
            Action::ImageOpened => {
                next.is_image_open = next.image.is_some();
                return Rc::new(next);
            }
            Action::Image(image) => {
                next.is_image_open = match &image {
                    // With nothing else to show it is shown.
                    Some(_) => next.is_image_open || next.files.is_empty(),
                    None => false,
                };
                next.image = image;
            }
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
                next.is_image_open = false;
            }
            Action::Replaced(files) => {
                next.files = files;
                next.open = 0;
                next.image = None;
                next.is_image_open = false;
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
                next.is_image_open &= next.image.is_some();
                next.is_image_open |= next.files.is_empty() && next.image.is_some();
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
        if next.files.is_empty() && next.image.is_none() {
            next.checked = None;
        }
        next.revision += 1;
        Rc::new(next)
    }
}

impl State {
    /// The image, if it goes by this name.
    pub fn image_at(&self, path: &str) -> Option<&ImageCard> {
        self.image.as_ref().filter(|image| image.name == path)
    }

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
    fn an_image_is_shown_where_nothing_else_is_and_goes_with_an_example() {
        let image = ImageCard {
            name: "app.tar".into(),
            bytes: 3,
            inspection: Rc::new(Inspection::of("app.tar", &Default::default())),
            description: "{}".into(),
            is_deep: false,
        };
        let state = Rc::new(State::default()).reduce(Action::Image(Some(image.clone())));
        assert!(state.is_image_open && state.revision == 1);
        let state = state.reduce(Action::Added(file("Dockerfile", "FROM a")));
        assert!(!state.is_image_open && state.image_at("app.tar").is_some());
        let state = state.reduce(Action::ImageOpened).reduce(Action::Image(None));
        assert!(!state.is_image_open && state.files.len() == 1);
        let state = state.reduce(Action::Image(Some(image))).reduce(Action::Replaced(vec![]));
        assert!(state.image.is_none() && state.checked.is_none());
    }

    #[test]
    fn a_jump_opens_what_it_leads_to_and_ends_there() {
        let state =
            Rc::new(State { files: vec![file("a", "x"), file("b", "y")], ..Default::default() });
        let jumped = state.clone().reduce(Action::Jumped("b".into(), 0, 1));
        assert_eq!((jumped.open, jumped.target, jumped.revision), (1, Some((0, 1)), 0));
        assert!(*jumped != *state, "it is drawn anew");
        assert_eq!(jumped.reduce(Action::Landed).target, None);
        assert_eq!(state.reduce(Action::Jumped("c".into(), 0, 1)).target, None);
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
