//! What happens to the project as a whole (documents come, go and are renamed), and how that and the
//! steps of documents are taken back in one order. Pure.

use std::rc::Rc;

use super::document::{Document, DocumentId};
use super::paths::{clean, free};
use super::{Done, ImageCard, Outcome, Shown, State, Toast};
use crate::messages::File;

/// More of them are not kept.
const MOST: usize = 100;

/// The project's steps.
#[derive(Clone, Default)]
pub(super) struct Moments {
    done: Vec<Rc<Moment>>,
    undone: Vec<Rc<Moment>>,
}

impl Moments {
    pub(super) fn forget_undone(&mut self) {
        self.undone.clear();
    }
}

/// A step of the project.
struct Moment {
    turn: u64,
    before: Set,
    after: Set,
}

/// The documents of a project at some time. Their texts have histories of their own.
#[derive(Clone)]
pub(super) struct Set {
    documents: Vec<Rc<Document>>,
    shown: Shown,
    is_example: bool,
    platforms: Vec<String>,
    image: Option<ImageCard>,
}

impl State {
    pub(super) fn set(&self) -> Set {
        Set {
            documents: self.documents.clone(),
            shown: self.shown,
            is_example: self.is_example,
            platforms: self.platforms.clone(),
            image: self.image.clone(),
        }
    }

    /// Keeps a step that has just led from `before` to what is there now; its turn.
    pub(super) fn keep(&mut self, before: Set) -> u64 {
        let turn = self.next_turn();
        let after = self.set();
        self.moments.undone.clear();
        self.moments.done.push(Rc::new(Moment { turn, before, after }));
        let most = self.moments.done.len().saturating_sub(MOST);
        self.moments.done.drain(..most);
        turn
    }

    fn tell(&mut self, done: Done, turn: u64) {
        self.toast = Some(Toast { done, turn });
    }

    /// Brings the documents of `set` back, those that are still there as they are by now.
    fn restore(&mut self, set: &Set) {
        let now = std::mem::take(&mut self.documents);
        let documents =
            set.documents.iter().map(|old| match now.iter().find(|one| one.id == old.id) {
                Some(now) if now.path == old.path && now.kind == old.kind => Rc::clone(now),
                Some(now) => {
                    let mut now = (**now).clone();
                    (now.path, now.kind) = (Rc::clone(&old.path), old.kind.clone());
                    Rc::new(now)
                }
                None => Rc::clone(old),
            });
        self.documents = documents.collect();
        self.shown = set.shown;
        self.is_example = set.is_example && self.documents.iter().all(|one| !one.is_touched);
        self.platforms.clone_from(&set.platforms);
        self.image.clone_from(&set.image);
        self.unreadable.clear();
    }

    pub(super) fn undo(&mut self) -> Outcome {
        let of_project = self.moments.done.last().map(|moment| moment.turn);
        let of_text = self.open_document().and_then(|document| document.history.last_turn());
        match of_project.max(of_text) {
            Some(turn) => self.take_back(turn),
            None => Outcome::Nothing,
        }
    }

    /// Takes the step of this turn back, if it is the last one of what it changed.
    pub(super) fn take_back(&mut self, turn: u64) -> Outcome {
        self.toast = self.toast.take().filter(|toast| toast.turn != turn);
        if let Some(moment) = self.moments.done.pop_if(|moment| moment.turn == turn) {
            self.restore(&moment.before);
            self.moments.undone.push(moment);
            return Outcome::Changed;
        }
        let mut outcome = Outcome::Nothing;
        for document in &mut self.documents {
            if document.history.last_turn() == Some(turn) && Rc::make_mut(document).undo() {
                outcome = Outcome::Changed;
            }
        }
        outcome
    }

    pub(super) fn redo(&mut self) -> Outcome {
        let of_project = self.moments.undone.last().map(|moment| moment.turn);
        let of_text = self.open_document().and_then(|document| document.history.next_turn());
        let turn = match (of_project, of_text) {
            (Some(one), Some(other)) => one.min(other),
            (one, other) => match one.or(other) {
                Some(turn) => turn,
                None => return Outcome::Nothing,
            },
        };
        if let Some(moment) = self.moments.undone.pop_if(|moment| moment.turn == turn) {
            self.restore(&moment.after);
            self.moments.done.push(moment);
            return Outcome::Changed;
        }
        let mut outcome = Outcome::Nothing;
        for document in &mut self.documents {
            if document.history.next_turn() == Some(turn) && Rc::make_mut(document).redo() {
                outcome = Outcome::Changed;
            }
        }
        outcome
    }

    pub(super) fn add(&mut self, files: Vec<File>) -> Outcome {
        if files.is_empty() {
            return Outcome::Nothing;
        }
        let before = self.set();
        let replaces = self.is_example;
        if replaces {
            self.documents.clear();
            self.is_example = false;
        }
        let mut first = None;
        for file in files {
            self.unreadable.retain(|(name, _)| *name != file.path);
            let path = free(clean(&file.path), |path| self.is_taken(path));
            let document = self.new_document(&path, &file.text);
            first.get_or_insert(document.id);
            self.documents.push(document);
        }
        self.shown = first.map_or(self.shown, Shown::Document);
        let turn = self.keep(before);
        if replaces {
            self.tell(Done::Replaced, turn);
        }
        Outcome::Changed
    }

    fn is_taken(&self, path: &str) -> bool {
        self.at_path(path).is_some() || self.image_at(path).is_some()
    }

    pub(super) fn open_example(&mut self, files: Vec<File>) -> Outcome {
        let before = self.set();
        // An example that nobody has touched is no loss, and nothing to tell of.
        let had = !self.is_example && !self.documents.is_empty() || self.image.is_some();
        self.documents.clear();
        for file in files {
            let document = self.new_document(&file.path, &file.text);
            self.documents.push(document);
        }
        self.shown = self.documents.first().map_or(Shown::Nothing, |one| Shown::Document(one.id));
        (self.image, self.is_example) = (None, true);
        self.platforms.clear();
        self.unreadable.clear();
        if had {
            let turn = self.keep(before);
            self.tell(Done::Replaced, turn);
        }
        Outcome::Changed
    }

    pub(super) fn empty(&mut self) -> Outcome {
        if self.documents.is_empty() && self.image.is_none() {
            return Outcome::Nothing;
        }
        let before = self.set();
        let count = self.documents.len() + usize::from(self.image.is_some());
        self.documents.clear();
        self.platforms.clear();
        self.unreadable.clear();
        (self.image, self.shown) = (None, Shown::Nothing);
        let was_example = std::mem::take(&mut self.is_example);
        let turn = self.keep(before);
        if !was_example {
            self.tell(Done::Emptied(count), turn);
        }
        Outcome::Changed
    }

    pub(super) fn remove(&mut self, id: DocumentId) -> Outcome {
        let Some(index) = self.documents.iter().position(|document| document.id == id) else {
            return Outcome::Nothing;
        };
        let before = self.set();
        let removed = self.documents.remove(index);
        self.is_example = false;
        if self.shown == Shown::Document(id) {
            // The next one takes its place, or the last one.
            let next = self.documents.get(index).or_else(|| self.documents.last());
            self.shown = match next {
                Some(document) => Shown::Document(document.id),
                None if self.image.is_some() => Shown::Image,
                None => Shown::Nothing,
            };
        }
        let turn = self.keep(before);
        self.tell(Done::Removed(Rc::clone(&removed.path)), turn);
        Outcome::Changed
    }

    pub(super) fn put_image(&mut self, image: Option<ImageCard>) -> Outcome {
        let before = self.set();
        let known = self.image.as_ref().map(|card| card.name.clone());
        match &image {
            // With nothing else to show it is shown, and an untouched example makes room.
            Some(card) => {
                if self.is_example {
                    self.documents.clear();
                    self.is_example = false;
                    self.shown = Shown::Image;
                }
                if self.documents.is_empty() {
                    self.shown = Shown::Image;
                }
                let is_known = known.as_ref() == Some(&card.name);
                self.image = image;
                if !is_known {
                    let turn = self.keep(before);
                    if known.is_some() {
                        self.tell(Done::Replaced, turn);
                    }
                }
            }
            None => {
                let Some(name) = known else { return Outcome::Nothing };
                self.image = None;
                if self.shown == Shown::Image {
                    let first = self.documents.first();
                    self.shown = first.map_or(Shown::Nothing, |one| Shown::Document(one.id));
                }
                let turn = self.keep(before);
                self.tell(Done::Removed(name.into()), turn);
            }
        }
        Outcome::Changed
    }

    pub(super) fn rename(&mut self, id: DocumentId, path: &str) -> Outcome {
        let path = clean(path);
        let is_own = |state: &State| state.document(id).is_some_and(|one| &*one.path == path);
        if path.is_empty() || is_own(self) {
            return Outcome::Nothing;
        }
        let before = self.set();
        let path = free(path, |path| self.is_taken(path));
        let Some(document) = self.document_mut(id) else { return Outcome::Nothing };
        document.path = path.as_str().into();
        self.keep(before);
        Outcome::Changed
    }
}
