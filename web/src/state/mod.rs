//! What the page holds of a project, and what happens to it. Pure: no DOM, no worker.

pub mod document;
pub mod filter;
pub mod finding;
pub mod history;
mod moments;
pub mod painting;
pub mod paths;
pub mod places;

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::report::Inspection;
use plimsoll::text::Message;
use yew::{AttrValue, Reducible};

use self::document::{Document, DocumentId, When};
use self::filter::Filter;
use self::finding::Key;
use self::history::{Act, Caret};
use self::moments::Moments;
use self::painting::{Rank, Token};
use crate::messages::{Edit, File};

/// What stands in the editor's place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// There is nothing.
    #[default]
    Nothing,
    /// A document.
    Document(DocumentId),
    /// The description of the image.
    Image,
}

/// The documents, which of them is open, and what was found in them.
#[derive(Clone, Default)]
pub struct State {
    /// The documents.
    pub documents: Vec<Rc<Document>>,
    /// What is shown.
    pub shown: Shown,
    /// Whether the documents are an example that nobody has changed.
    pub is_example: bool,
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
    /// A place that is to be shown once its document is: first byte, one past the last.
    pub target: Option<(usize, usize)>,
    /// Which findings are shown.
    pub filter: Filter,
    /// The finding that is open in the list.
    pub chosen: Option<Key>,
    /// What was just done and can be undone.
    pub toast: Option<Toast>,
    moments: Moments,
    /// The last step of all documents and of the project.
    turn: u64,
    /// The number of the last document.
    last_id: u32,
    /// Counts what changes nothing in the documents.
    answers: u64,
}

/// Two states are the same where nothing was changed, opened or answered in between.
impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        let of = |one: &State| (one.revision, one.shown, one.answers);
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
    pub report: Rc<Report>,
    /// Documents that could not be opened.
    pub refused: Vec<(String, String)>,
    /// How long the check took, in milliseconds.
    pub took: f64,
}

/// Something that was done, for the reader to see and to take back.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// What was done.
    pub done: Done,
    /// The step that takes it back.
    pub turn: u64,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// A document or the image went.
    Removed(Rc<str>),
    /// All documents went, so many.
    Emptied(usize),
    /// Other documents came in the place of those that were there.
    Replaced,
    /// A fix was applied: its title.
    Fixed(String),
    /// Several fixes were: how many documents changed.
    FixedAll(usize),
}

/// What can happen.
pub enum Action {
    /// A document has a new text, as its text area tells it.
    Typed {
        /// Which.
        id: DocumentId,
        /// Its text, every line ending with `\n`.
        area: String,
        /// The selection after it.
        caret: Caret,
        /// How it came about.
        act: Act,
        /// Milliseconds of a clock.
        time: f64,
    },
    /// The editor has written this text in a document, the caret behind what is new.
    Written(DocumentId, String),
    /// The selection of a document is another one.
    Selected(DocumentId, Caret),
    /// The last step is taken back: the project's or the open document's, whichever was later.
    Undone,
    /// The step is made again that was taken back last.
    Redone,
    /// What the toast tells is taken back.
    TakenBack,
    /// The toast has been seen.
    Seen,
    /// A document is shown.
    Opened(DocumentId),
    /// Documents come, each under a name of its own; an untouched example goes.
    Added(Vec<File>),
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
    /// An example comes in the place of all documents.
    Example(Vec<File>),
    /// All documents and the image go.
    Emptied,
    /// A document goes.
    Removed(DocumentId),
    /// A document gets another path.
    Renamed(DocumentId, String),
    /// A document is of this kind, or of the one that it tells itself.
    KindChosen(DocumentId, Option<String>),
    /// These platforms are chosen; none where the documents tell.
    Chose(Vec<String>),
    /// Findings are chosen otherwise.
    Filtered(Filter),
    /// A finding is opened in the list, or none.
    Chosen(Option<Key>),
    /// The worker answered.
    Answered(Checked),
    /// The worker has painted lines of a document.
    Painted {
        /// The revision that was painted.
        revision: u64,
        /// The document.
        path: String,
        /// The lines, from 0.
        lines: std::ops::Range<usize>,
        /// Their tokens: line and token.
        tokens: Vec<(usize, Token)>,
    },
    /// A fix is applied.
    Fixed {
        /// The revision that its edits belong to.
        revision: u64,
        /// What it does.
        title: String,
        /// The edits.
        edits: Vec<Edit>,
    },
    /// Several fixes are applied.
    FixedAll {
        /// The revision that they belong to.
        revision: u64,
        /// Path and new text of each document that they change.
        texts: Vec<(String, String)>,
    },
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match next.apply(action) {
            Outcome::Nothing => return self,
            Outcome::Shown => next.answers += 1,
            Outcome::Changed => {
                if next.documents.is_empty() && next.image.is_none() {
                    next.checked = None;
                }
                next.revision += 1;
            }
        }
        Rc::new(next)
    }
}

/// What an action brought.
enum Outcome {
    /// Nothing.
    Nothing,
    /// Something else is shown of the same documents.
    Shown,
    /// What is checked is another.
    Changed,
}

impl State {
    fn apply(&mut self, action: Action) -> Outcome {
        match action {
            Action::Typed { id, area, caret, act, time } => self.typed(id, &area, caret, act, time),
            Action::Written(id, area) => {
                let when = When { time: 0.0, turn: self.next_turn() };
                let Some(document) = self.document_mut(id) else { return Outcome::Nothing };
                if !document.write_area(&area, when) {
                    return Outcome::Nothing;
                }
                self.touched();
                Outcome::Changed
            }
            Action::Selected(id, caret) => {
                let Some(document) = self.document_mut(id) else { return Outcome::Nothing };
                if document.caret == caret {
                    return Outcome::Nothing;
                }
                document.caret = caret;
                Outcome::Shown
            }
            Action::Undone => self.undo(),
            Action::Redone => self.redo(),
            Action::TakenBack => {
                let Some(toast) = self.toast.take() else { return Outcome::Nothing };
                self.take_back(toast.turn)
            }
            Action::Seen => {
                if self.toast.take().is_none() {
                    return Outcome::Nothing;
                }
                Outcome::Shown
            }
            Action::Answered(checked) => self.answered(checked),
            Action::Unreadable(name, reason) => {
                self.unreadable.retain(|(one, _)| *one != name);
                self.unreadable.push((name, reason));
                Outcome::Shown
            }
            Action::Opened(id) => {
                if self.document(id).is_none() {
                    return Outcome::Nothing;
                }
                self.shown = Shown::Document(id);
                Outcome::Shown
            }
            Action::Jumped(path, start, end) => self.jump(&path, start, end),
            Action::Landed => {
                if self.target.take().is_none() {
                    return Outcome::Nothing;
                }
                Outcome::Shown
            }
            Action::ImageOpened => {
                if self.image.is_none() {
                    return Outcome::Nothing;
                }
                self.shown = Shown::Image;
                Outcome::Shown
            }
            Action::Image(image) => self.put_image(image),
            Action::Added(files) => self.add(files),
            Action::Example(files) => self.open_example(files),
            Action::Emptied => self.empty(),
            Action::Removed(id) => self.remove(id),
            Action::Renamed(id, path) => self.rename(id, path.trim()),
            Action::KindChosen(id, kind) => {
                let before = self.set();
                let Some(document) = self.document_mut(id) else { return Outcome::Nothing };
                document.kind = kind.map(Rc::from);
                self.keep(before);
                Outcome::Changed
            }
            Action::Chose(platforms) => {
                self.platforms = platforms;
                Outcome::Changed
            }
            Action::Filtered(filter) => {
                let is_new = filter.strict != self.filter.strict;
                self.filter = filter;
                if is_new { Outcome::Changed } else { Outcome::Shown }
            }
            Action::Painted { revision, path, lines, tokens } => {
                let is_current = revision == self.revision;
                let document = self.documents.iter_mut().find(|document| *document.path == *path);
                let Some(document) = document.filter(|_| is_current) else {
                    return Outcome::Nothing;
                };
                let painting = &mut Rc::make_mut(document).painting;
                Rc::make_mut(painting).colour(lines, tokens);
                Outcome::Shown
            }
            Action::Chosen(key) => {
                self.chosen = key;
                Outcome::Shown
            }
            Action::Fixed { revision, title, edits } => self.fix(revision, title, &edits),
            Action::FixedAll { revision, texts } => self.fix_all(revision, &texts),
        }
    }

    /// The document `id`.
    pub fn document(&self, id: DocumentId) -> Option<&Rc<Document>> {
        self.documents.iter().find(|document| document.id == id)
    }

    fn document_mut(&mut self, id: DocumentId) -> Option<&mut Document> {
        self.documents.iter_mut().find(|document| document.id == id).map(Rc::make_mut)
    }

    /// The document at `path`.
    pub fn at_path(&self, path: &str) -> Option<&Rc<Document>> {
        self.documents.iter().find(|document| &*document.path == path)
    }

    /// The document that is shown.
    pub fn open_document(&self) -> Option<&Rc<Document>> {
        match self.shown {
            Shown::Document(id) => self.document(id),
            Shown::Image | Shown::Nothing => None,
        }
    }

    /// The image, if it is shown.
    pub fn open_image(&self) -> Option<&ImageCard> {
        self.image.as_ref().filter(|_| self.shown == Shown::Image)
    }

    /// The image, if it goes by this name.
    pub fn image_at(&self, path: &str) -> Option<&ImageCard> {
        self.image.as_ref().filter(|image| image.name == path)
    }

    /// The answer, if it speaks of the documents as they are.
    pub fn current(&self) -> Option<&Checked> {
        self.checked.as_ref().filter(|checked| checked.revision == self.revision)
    }

    /// Whether there is a text that its reader would miss.
    pub fn has_work(&self) -> bool {
        self.documents.iter().any(|document| document.is_touched && !document.text().is_empty())
    }

    fn next_turn(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    fn new_document(&mut self, path: &str, text: &str) -> Rc<Document> {
        self.last_id += 1;
        Rc::new(Document::new(DocumentId(self.last_id), path, text))
    }

    fn typed(&mut self, id: DocumentId, area: &str, caret: Caret, act: Act, time: f64) -> Outcome {
        let when = When { time, turn: self.next_turn() };
        let Some(document) = self.document_mut(id) else { return Outcome::Nothing };
        if &**document.area() == area {
            document.caret = caret;
            return Outcome::Shown;
        }
        document.type_area(area, caret, act, when);
        self.touched();
        Outcome::Changed
    }

    /// The reader has changed a text by hand: what was told of older texts is over.
    fn touched(&mut self) {
        self.is_example = false;
        self.unreadable.clear();
        self.moments.forget_undone();
        let is_of_texts = |toast: &Toast| matches!(toast.done, Done::Fixed(_) | Done::FixedAll(_));
        self.toast = self.toast.take().filter(|toast| !is_of_texts(toast));
    }

    fn answered(&mut self, checked: Checked) -> Outcome {
        // Marks and findings belong together: an answer to an older text would part them.
        if checked.revision != self.revision {
            return Outcome::Nothing;
        }
        {
            let findings = checked.report.findings.iter().zip(0..);
            let mut places: std::collections::HashMap<&str, Vec<places::Place>> =
                std::collections::HashMap::new();
            for (finding, index) in findings {
                let (start, end) = (finding.span.start.offset, finding.span.end.offset);
                let rank = Rank::of(&finding.severity);
                let place = (start as usize, end as usize, rank, index);
                places.entry(&finding.path).or_default().push(place);
            }
            for document in &mut self.documents {
                let places = places.remove(&*document.path).unwrap_or_default();
                let marks = places::marks(document.text(), &places);
                Rc::make_mut(&mut Rc::make_mut(document).painting).mark(marks);
            }
        }
        // Whoever sees the page for the first time sees what a finding says.
        if self.is_example && self.checked.is_none() && self.chosen.is_none() {
            self.chosen = Key::all(&checked.report).into_iter().next();
        }
        self.checked = Some(checked);
        Outcome::Shown
    }

    fn jump(&mut self, path: &str, start: usize, end: usize) -> Outcome {
        if let Some(document) = self.at_path(path) {
            self.shown = Shown::Document(document.id);
        } else if self.image_at(path).is_some() {
            self.shown = Shown::Image;
        } else {
            return Outcome::Nothing;
        }
        self.target = Some((start, end));
        Outcome::Shown
    }

    fn fix(&mut self, revision: u64, title: String, edits: &[Edit]) -> Outcome {
        // Edits of an older text would land elsewhere.
        if revision != self.revision {
            return Outcome::Nothing;
        }
        let texts: Vec<(DocumentId, String)> = self
            .documents
            .iter()
            .filter_map(|document| {
                let own = edits.iter().filter(|edit| *edit.path == *document.path);
                let own: Vec<plimsoll::text::Edit> = own.map(replacement).collect();
                let text = plimsoll::text::apply(document.text(), &own).ok()?;
                Some((document.id, text))
            })
            .collect();
        self.put_texts(texts, |_| Done::Fixed(title))
    }

    fn fix_all(&mut self, revision: u64, texts: &[(String, String)]) -> Outcome {
        if revision != self.revision {
            return Outcome::Nothing;
        }
        let texts = texts.iter().filter_map(|(path, text)| {
            self.at_path(path).map(|document| (document.id, text.clone()))
        });
        let texts = texts.collect();
        self.put_texts(texts, Done::FixedAll)
    }

    /// Gives documents new texts in one step.
    fn put_texts(
        &mut self,
        texts: Vec<(DocumentId, String)>,
        done: impl FnOnce(usize) -> Done,
    ) -> Outcome {
        let turn = self.next_turn();
        let mut changed = 0;
        for (id, text) in texts {
            if let Some(document) = self.document_mut(id)
                && **document.text() != *text
            {
                document.put(&text, When { time: 0.0, turn });
                changed += 1;
            }
        }
        if changed == 0 {
            return Outcome::Nothing;
        }
        self.touched();
        self.toast = Some(Toast { done: done(changed), turn });
        Outcome::Changed
    }
}

fn replacement(edit: &Edit) -> plimsoll::text::Edit {
    let span = plimsoll::text::Span::new(edit.start as usize, edit.end as usize);
    plimsoll::text::Edit::replace(span, edit.text.clone())
}

#[cfg(test)]
mod tests;
