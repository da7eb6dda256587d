//! What several rules see in the documents of a service, read once for a check and only if asked.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::dockerfile::Keyword;
use crate::document::{DockerfileContent, Document};
use crate::packages::{self, Run};
use crate::shell::{self, Call};
use crate::text::SourceId;

/// The views of a service's documents.
#[derive(Default)]
pub(crate) struct Views<'a> {
    dockerfiles: HashMap<SourceId, DockerfileViews<'a>>,
}

/// The views of a Dockerfile.
struct DockerfileViews<'a> {
    document: &'a Document,
    content: &'a DockerfileContent,
    runs: OnceCell<Vec<Run<'a>>>,
    calls: OnceCell<Vec<Call>>,
}

impl<'a> Views<'a> {
    /// Of `documents`; nothing is read yet.
    pub(crate) fn of(documents: impl Iterator<Item = &'a Document>) -> Views<'a> {
        let views = documents.filter_map(|document| {
            let content = document.dockerfile()?;
            let (runs, calls) = (OnceCell::new(), OnceCell::new());
            Some((document.id, DockerfileViews { document, content, runs, calls }))
        });
        Views { dockerfiles: views.collect() }
    }

    /// Every RUN of `document` that starts a package manager.
    pub(crate) fn runs(&self, document: &Document) -> &[Run<'a>] {
        let Some(views) = self.dockerfiles.get(&document.id) else { return &[] };
        views.runs.get_or_init(|| packages::runs(views.document, views.content))
    }

    /// Every call in what RUN runs in `document`.
    pub(crate) fn calls(&self, document: &Document) -> &[Call] {
        let Some(views) = self.dockerfiles.get(&document.id) else { return &[] };
        views.calls.get_or_init(|| {
            let lines = views.content.command_lines.iter();
            let runs = lines.filter(|line| line.keyword == Keyword::Run);
            shell::calls(runs.flat_map(|line| &line.script.commands))
        })
    }
}
