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

/// A document of the last job.
struct Kept {
    path: String,
    kind: Option<String>,
    text: String,
    /// As it was read; nothing where it could not be.
    document: Option<Document>,
}

/// What the worker keeps.
#[derive(Default)]
pub(super) struct Shelf {
    /// The image that was read last.
    pub(super) image: RefCell<Option<Image>>,
    /// What was checked last.
    pub(super) checked: RefCell<Option<Checked>>,
    /// The documents of the last job, by the page's numbers.
    kept: RefCell<HashMap<u32, Kept>>,
}

impl Shelf {
    /// The project of a job, and what could not be opened. Only what has changed is read.
    pub(super) fn open(&self, job: &Job) -> (Project, Vec<(String, String)>) {
        let (mut project, mut errors) = (Project::new(), Vec::new());
        let mut before = self.kept.take();
        let mut kept = HashMap::new();
        for item in &job.files {
            let old = before.remove(&item.id);
            let (one, error) = opened(&mut project, item, old);
            kept.insert(item.id, one);
            errors.extend(error.map(|error| (item.path.clone(), error)));
        }
        *self.kept.borrow_mut() = kept;
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

/// Puts a document of a job into `project`, as it was read before if nothing of it is new.
fn opened(project: &mut Project, item: &Item, old: Option<Kept>) -> (Kept, Option<OpenError>) {
    let (path, kind) = (item.path.clone(), item.kind.clone());
    let is_same = |old: &Kept| {
        (&old.path, &old.kind) == (&path, &kind)
            && item.text.as_ref().is_none_or(|text| *text == old.text)
    };
    let known = old.as_ref().filter(|old| is_same(old)).and_then(|old| old.document.clone());
    let text = item.text.clone().or(old.map(|old| old.text)).unwrap_or_default();
    let opened = match known {
        Some(document) => project.adopt(&document),
        None => project.open(&path, text.as_bytes(), kind.as_deref().and_then(Kind::from_id)),
    };
    match opened {
        Ok(id) => (Kept { path, kind, text, document: Some(project.document(id).clone()) }, None),
        Err(error) => (Kept { path, kind, text, document: None }, Some(error)),
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
