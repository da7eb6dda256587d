//! The documents that are checked together.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::claims::Claims;
use crate::document::{Document, Kind};
use crate::image::facts::Facts;
use crate::text::{Message, Source, SourceId, text};

/// Why a text could not be opened. The others of the project are not touched by it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Larger than a text document may be.
    #[error("{bytes} bytes are more than the {} that a text document may have", Source::MAX_BYTES)]
    TooLarge {
        /// How large it is.
        bytes: usize,
    },
    /// Holds zero bytes: no text.
    #[error("this is a binary file (a zero byte at offset {offset})")]
    Binary {
        /// Of the first zero byte.
        offset: usize,
    },
    /// Not UTF-8.
    #[error("this is not UTF-8 (at line {line}, byte {offset} of the file)")]
    NotUtf8 {
        /// Of the first byte that is no UTF-8.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// No kind of document that we know.
    #[error("neither its name nor its content tells what kind of document this is")]
    UnknownKind,
    /// More documents than a project can hold.
    #[error("a project can hold {} documents", u16::MAX)]
    TooMany,
}

impl OpenError {
    /// What is wrong, for people.
    pub fn message(&self) -> Message {
        const MIB: usize = 1024 * 1024;
        match self {
            OpenError::TooLarge { bytes } => Message::new(text(
                "{size} MiB are more than the {most} MiB that a text document may have",
                "{size} MiB 超过了文本文档允许的 {most} MiB",
            ))
            .arg("size", bytes.div_ceil(MIB))
            .arg("most", Source::MAX_BYTES / MIB),
            OpenError::Binary { offset } => Message::new(text(
                "this is a binary file (a zero byte at offset {offset})",
                "这是二进制文件（偏移 {offset} 处有零字节）",
            ))
            .arg("offset", offset),
            OpenError::NotUtf8 { offset, line } => Message::new(text(
                "this is not UTF-8 (line {line}, byte {offset} of the file)",
                "这不是 UTF-8 文本（第 {line} 行，文件第 {offset} 字节）",
            ))
            .arg("line", line)
            .arg("offset", offset),
            OpenError::UnknownKind => Message::new(text(
                "neither its name nor its content tells what kind of document this is",
                "无法从名称或内容判断文档类型",
            )),
            OpenError::TooMany => {
                Message::new(text("a project can hold no more documents", "项目的文档数已达上限"))
            }
        }
    }
}

/// Documents by path, in the order in which they were opened.
#[derive(Clone, Debug, Default)]
pub struct Project {
    documents: Vec<Document>,
    by_path: HashMap<String, usize>,
    /// What lies in build contexts, by folder.
    contexts: Arc<HashMap<String, BTreeSet<String>>>,
    /// Found when first asked for.
    services: OnceLock<Vec<Service>>,
}

/// The documents of one service: what one folder says of one container.
#[derive(Clone, Debug)]
pub struct Service {
    /// The documents, in the order in which they were opened.
    pub documents: Vec<SourceId>,
}

impl Project {
    /// A project without documents.
    pub fn new() -> Project {
        Project::default()
    }

    /// A project of `files` (path and bytes), and what could not be opened.
    pub fn from_files<P, B>(
        files: impl IntoIterator<Item = (P, B)>,
    ) -> (Project, Vec<(String, OpenError)>)
    where
        P: Into<String>,
        B: Into<Vec<u8>>,
    {
        let mut project = Project::new();
        let mut errors = Vec::new();
        for (path, bytes) in files {
            let path = path.into();
            if let Err(error) = project.open(&path, bytes, None) {
                errors.push((path, error));
            }
        }
        (project, errors)
    }

    /// Adds the document at `path` (relative, with `/`); `kind` wins over what name and content
    /// tell. A document of the same path is replaced.
    pub fn open(
        &mut self,
        path: &str,
        bytes: impl Into<Vec<u8>>,
        kind: Option<Kind>,
    ) -> Result<SourceId, OpenError> {
        let source = Source::new(path, decode(bytes.into())?);
        self.put(path, |id| Document::open(id, kind, source))?.ok_or(OpenError::UnknownKind)
    }

    /// Adds a document that another project has read, as it was read there. A document of the same
    /// path is replaced.
    pub fn adopt(&mut self, document: &Document) -> Result<SourceId, OpenError> {
        let make = |id| Some(Document { id, ..document.clone() });
        self.put(document.source.path(), make)?.ok_or(OpenError::UnknownKind)
    }

    /// Puts the document that `make` gives at `path`; nothing where it gives none.
    fn put(
        &mut self,
        path: &str,
        make: impl FnOnce(SourceId) -> Option<Document>,
    ) -> Result<Option<SourceId>, OpenError> {
        let known = self.by_path.get(path).copied();
        let index = known.unwrap_or(self.documents.len());
        let id = SourceId(u16::try_from(index).map_err(|_| OpenError::TooMany)?);
        let Some(document) = make(id) else { return Ok(None) };
        match known {
            Some(index) => self.documents[index] = document,
            None => {
                self.by_path.insert(path.to_owned(), index);
                self.documents.push(document);
            }
        }
        self.services = OnceLock::new();
        Ok(Some(id))
    }

    /// Adds the image archive at `path`, of which `facts` are known. A document of the same path is
    /// replaced.
    pub fn add_image(&mut self, path: &str, facts: Arc<Facts>) -> Result<SourceId, OpenError> {
        let put = self.put(path, |id| Some(Document::image(id, path, facts)))?;
        put.ok_or(OpenError::UnknownKind)
    }

    /// Says which files lie in `folder` (empty for the top) if it is a build context: their paths,
    /// relative to it, with `/`. Nothing is known of a context that was not told.
    pub fn set_context(&mut self, folder: &str, files: Vec<String>) {
        let contexts = Arc::make_mut(&mut self.contexts);
        contexts.insert(folder.to_owned(), files.into_iter().collect());
    }

    /// The files of the build context `folder`, if they were told.
    pub fn context(&self, folder: &str) -> Option<&BTreeSet<String>> {
        self.contexts.get(folder)
    }

    /// The document `id` as it would be with another text; path and kind stay.
    pub(crate) fn reread(&self, id: SourceId, text: String) -> Document {
        let old = self.document(id);
        Document::read(id, old.kind, Source::new(old.source.path(), text))
    }

    /// Puts `document` in the place of the one of the same id, which has its path and kind.
    pub(crate) fn replace(&mut self, document: Document) {
        let index = usize::from(document.id.0);
        self.documents[index] = document;
    }

    /// A project of the documents `ids`, in that order. They have other ids in it.
    #[must_use]
    pub fn part(&self, ids: &[SourceId]) -> Project {
        let documents: Vec<Document> = ids
            .iter()
            .zip(0..)
            .map(|(&id, index)| Document { id: SourceId(index), ..self.document(id).clone() })
            .collect();
        let paths = documents.iter().map(|document| document.source.path().to_owned());
        let by_path = paths.zip(0..).collect();
        let contexts = Arc::clone(&self.contexts);
        Project { documents, by_path, contexts, services: OnceLock::new() }
    }

    /// `service` as a project of its own: what holds of its documents here holds of them there.
    pub(crate) fn alone(&self, service: &Service) -> Project {
        let alone = self.part(&service.documents);
        let documents = alone.documents.iter().map(|document| document.id).collect();
        let services = OnceLock::from(vec![Service { documents }]);
        Project { services, ..alone }
    }

    /// All documents, in the order of their ids.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The document `id`, which must be of this project.
    pub fn document(&self, id: SourceId) -> &Document {
        &self.documents[usize::from(id.0)]
    }

    /// The document at `path`.
    pub fn at_path(&self, path: &str) -> Option<&Document> {
        self.by_path.get(path).and_then(|&index| self.documents.get(index))
    }

    /// Path and text of the document `id`, which must be of this project.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.document(id).source
    }

    /// The position of each document, by its id, in the order of paths.
    pub(crate) fn ranks(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.documents.len()).collect();
        order.sort_by_key(|&index| self.documents[index].source.path());
        let mut ranks = vec![0; order.len()];
        for (rank, index) in order.into_iter().enumerate() {
            ranks[index] = rank;
        }
        ranks
    }

    /// The services that the documents belong to.
    pub fn services(&self) -> &[Service] {
        self.services.get_or_init(|| group(&self.documents))
    }

    /// What the documents of `service` say of the running container.
    pub fn claims(&self, service: &Service) -> Claims {
        Claims::read(service.documents.iter().map(|&id| self.document(id)))
    }
}

/// The text that `bytes` are, if they are one and not too long.
pub fn decode(bytes: Vec<u8>) -> Result<String, OpenError> {
    if bytes.len() > Source::MAX_BYTES {
        return Err(OpenError::TooLarge { bytes: bytes.len() });
    }
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Err(OpenError::Binary { offset });
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..offset];
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        OpenError::NotUtf8 { offset, line }
    })
}

/// Documents belong together when they lie in one folder, or in a folder below one that has a
/// Dockerfile (the `model/` of a ModelArts package). Where there is at most one document of each
/// kind, all belong together wherever they lie.
fn group(documents: &[Document]) -> Vec<Service> {
    let is_one_of_each = Kind::ALL
        .iter()
        .filter(|&&kind| !matches!(kind, Kind::Shell | Kind::DockerIgnore))
        .all(|&kind| documents.iter().filter(|document| document.kind == kind).count() <= 1);
    if is_one_of_each {
        let documents: Vec<SourceId> = documents.iter().map(|document| document.id).collect();
        return if documents.is_empty() { Vec::new() } else { vec![Service { documents }] };
    }
    let with_dockerfile: HashSet<&str> = documents
        .iter()
        .filter(|document| document.kind == Kind::Dockerfile)
        .map(|document| home(document.source.path()))
        .collect();
    let mut services: Vec<Service> = Vec::new();
    let mut index_of: HashMap<&str, usize> = HashMap::new();
    for document in documents {
        let own = home(document.source.path());
        let root = ancestors(own).find(|folder| with_dockerfile.contains(folder)).unwrap_or(own);
        let index = *index_of.entry(root).or_insert_with(|| {
            services.push(Service { documents: Vec::new() });
            services.len() - 1
        });
        services[index].documents.push(document.id);
    }
    services
}

/// The folder that a document belongs to: its own, or the one whose service the files of Compute
/// Nest's command line describe.
fn home(path: &str) -> &str {
    const HIDDEN: &str = ".computenest/";
    match path.find(HIDDEN) {
        Some(0) => "",
        Some(at) if path[..at].ends_with('/') => &path[..at - 1],
        _ => folder(path),
    }
}

/// The part of a path before its last separator; empty for a bare name.
pub(crate) fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

/// A folder and those that it lies in, the nearest first.
fn ancestors(folder_path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder_path), |path| (!path.is_empty()).then(|| folder(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let mut project = Project::new();
        let mut open = |bytes: Vec<u8>| project.open("Dockerfile", bytes, None).unwrap_err();
        assert_eq!(open(b"FROM a\n\xff".to_vec()), OpenError::NotUtf8 { offset: 7, line: 2 });
        assert_eq!(open(b"FROM\0".to_vec()), OpenError::Binary { offset: 4 });
        assert_eq!(
            open(vec![b' '; Source::MAX_BYTES + 1]),
            OpenError::TooLarge { bytes: Source::MAX_BYTES + 1 }
        );
    }

    #[test]
    fn a_document_is_taken_over_as_it_was_read() {
        let (first, _) = Project::from_files([("service.json", "{}"), ("Dockerfile", "FROM a")]);
        let mut second = Project::new();
        let id = second.adopt(first.document(SourceId(1))).expect("there is room");
        assert_eq!((id, second.source(id).path()), (SourceId(0), "Dockerfile"));
        assert!(Arc::ptr_eq(&second.document(id).content, &first.document(SourceId(1)).content));
        assert_eq!(second.adopt(first.document(SourceId(1))), Ok(id), "it replaces itself");
    }

    #[test]
    fn folders_with_a_dockerfile_of_their_own_are_services_of_their_own() {
        let (project, errors) = Project::from_files([
            ("a/Dockerfile", "FROM x"),
            ("a/model/config.json", r#"{"model_algorithm":"a"}"#),
            ("b/Dockerfile", "FROM x"),
            ("b/service.json", r#"{"metadata":{},"containers":[]}"#),
        ]);
        assert!(errors.is_empty());
        let sizes: Vec<usize> =
            project.services().iter().map(|service| service.documents.len()).collect();
        assert_eq!(sizes, [2, 2]);
    }

    #[test]
    fn the_files_of_compute_nest_belong_to_the_folder_above() {
        let template = "ROSTemplateFormatVersion: '2015-09-01'\n";
        let (project, errors) = Project::from_files([
            ("a/Dockerfile", "FROM x"),
            ("a/.computenest/config.yaml", "Artifact: {A: {ArtifactType: File}}\n"),
            ("a/.computenest/ros_templates/one.yaml", template),
            ("a/.computenest/ros_templates/two.yaml", template),
            ("b/Dockerfile", "FROM x"),
        ]);
        assert!(errors.is_empty(), "{errors:?}");
        let sizes: Vec<usize> =
            project.services().iter().map(|service| service.documents.len()).collect();
        assert_eq!(sizes, [4, 1]);
    }

    #[test]
    fn one_of_each_belongs_together_wherever_it_lies() {
        let (project, _) = Project::from_files([
            ("docker/Dockerfile", "FROM x"),
            ("deploy/service.json", r#"{"metadata":{},"containers":[]}"#),
        ]);
        assert_eq!(project.services().len(), 1);
    }
}
