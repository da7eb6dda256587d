//! What the worker keeps between questions.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use plimsoll::document::Document;
use plimsoll::fact::Target;
use plimsoll::image::facts::Facts;
use plimsoll::{Kind, OpenError, Project, Settings};

use super::language;
use crate::messages::{Item, Job};

/// An image that belongs to the project.
pub(super) struct Image {
    pub(super) name: String,
    pub(super) facts: Arc<Facts>,
}

/// What was checked last.
pub(super) struct Checked {
    /// The page's number of it.
    pub(super) revision: u64,
    pub(super) project: Project,
    pub(super) settings: Settings,
}

/// A document whose text the page has sent.
struct Kept {
    text: String,
    /// As it was read last, if it was since the text came.
    read: Option<Read>,
}

/// A text, read.
struct Read {
    path: String,
    kind: Option<String>,
    document: Document,
}

/// What the worker keeps.
#[derive(Default)]
pub(super) struct Shelf {
    /// The image that was read last.
    pub(super) image: RefCell<Option<Image>>,
    /// What was checked last.
    pub(super) checked: RefCell<Option<Checked>>,
    /// Texts, by the page's numbers of their documents.
    kept: RefCell<HashMap<u32, Kept>>,
}

impl Shelf {
    /// Takes the text of a document, if it comes with one.
    fn take(&self, item: &Item) {
        let mut kept = self.kept.borrow_mut();
        let one = kept.entry(item.id).or_insert_with(|| Kept { text: String::new(), read: None });
        if let Some(text) = &item.text
            && *text != one.text
        {
            *one = Kept { text: text.clone(), read: None };
        }
    }

    /// The text of a document.
    pub(super) fn text(&self, item: &Item) -> String {
        self.take(item);
        self.kept.borrow().get(&item.id).map(|kept| kept.text.clone()).unwrap_or_default()
    }

    /// The project of a job, and what could not be opened. Only what has changed is read.
    pub(super) fn open(&self, job: &Job) -> (Project, Vec<(String, String)>) {
        let (mut project, mut errors) = (Project::new(), Vec::new());
        for item in &job.files {
            self.take(item);
            if let Some(kept) = self.kept.borrow_mut().get_mut(&item.id)
                && let Err(error) = kept.put_into(&mut project, item)
            {
                errors.push((item.path.clone(), error));
            }
        }
        self.kept.borrow_mut().retain(|id, _| job.files.iter().any(|item| item.id == *id));
        if let Some(image) = &*self.image.borrow()
            && job.image.as_ref() == Some(&image.name)
            && let Err(error) = project.add_image(&image.name, image.facts.clone())
        {
            errors.push((image.name.clone(), error));
        }
        let lang = language(&job.lang);
        let refused = errors.into_iter().map(|(path, error)| (path, error.message().render(lang)));
        (project, refused.collect())
    }

    /// What was checked as `revision`, if that was the last.
    pub(super) fn as_checked<T>(
        &self,
        revision: u64,
        ask: impl FnOnce(&Checked) -> T,
    ) -> Option<T> {
        let checked = self.checked.borrow();
        checked.as_ref().filter(|checked| checked.revision == revision).map(ask)
    }
}

impl Kept {
    /// Puts the document into `project`, as it was read before if nothing of it is new.
    fn put_into(&mut self, project: &mut Project, item: &Item) -> Result<(), OpenError> {
        let is_same = |read: &Read| (&read.path, &read.kind) == (&item.path, &item.kind);
        if let Some(read) = self.read.as_ref().filter(|read| is_same(read)) {
            return project.adopt(&read.document).map(drop);
        }
        self.read = None;
        let kind = item.kind.as_deref().and_then(Kind::from_id);
        let id = project.open(&item.path, self.text.as_bytes(), kind)?;
        let (path, kind) = (item.path.clone(), item.kind.clone());
        self.read = Some(Read { path, kind, document: project.document(id).clone() });
        Ok(())
    }
}

/// What a job asks for.
pub(super) fn settings(job: &Job) -> Settings {
    let targets = job.platforms.iter().filter_map(|name| Target::parse(name).ok()).collect();
    Settings { targets, lang: language(&job.lang), strict: job.strict, ..Settings::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(files: &[(u32, &str, Option<&str>)]) -> Job {
        let item = |&(id, path, text): &(u32, &str, Option<&str>)| Item {
            id,
            path: path.to_owned(),
            kind: None,
            text: text.map(str::to_owned),
        };
        Job {
            revision: 1,
            files: files.iter().map(item).collect(),
            platforms: vec![],
            image: None,
            strict: false,
            lang: "en".to_owned(),
        }
    }

    fn texts(project: &Project) -> Vec<(&str, &str)> {
        let documents = project.documents().iter();
        documents.map(|one| (one.source.path(), one.source.text())).collect()
    }

    #[test]
    fn what_has_not_changed_is_neither_sent_nor_read_again() {
        let shelf = Shelf::default();
        let (first, _) =
            shelf.open(&job(&[(1, "Dockerfile", Some("FROM a")), (2, "x", Some("?"))]));
        assert_eq!(texts(&first), [("Dockerfile", "FROM a")]);
        let (second, refused) =
            shelf.open(&job(&[(2, "b/Dockerfile", None), (1, "Dockerfile", None)]));
        assert!(refused.is_empty(), "the new name tells what it is");
        assert_eq!(texts(&second), [("b/Dockerfile", "?"), ("Dockerfile", "FROM a")]);
        let content = |project: &Project| {
            let document = project.at_path("Dockerfile").expect("it is there");
            Arc::as_ptr(&document.content) as usize
        };
        assert_eq!(content(&first), content(&second), "it is the very one");
        let (third, _) = shelf.open(&job(&[(1, "Dockerfile", Some("FROM b"))]));
        assert_eq!(texts(&third), [("Dockerfile", "FROM b")]);
        // What went is forgotten.
        let (fourth, _) = shelf.open(&job(&[(1, "Dockerfile", None), (2, "c/Dockerfile", None)]));
        assert_eq!(texts(&fourth), [("Dockerfile", "FROM b"), ("c/Dockerfile", "")]);
    }
}
