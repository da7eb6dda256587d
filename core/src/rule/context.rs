//! What a rule is given: one service's documents and claims, and what is asked about it.
//!
//! It never gets a field for one rule.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::views::Views;
use crate::claims::Claims;
use crate::document::{Content, Document, Embedded, ImageView, Kind};
use crate::fact::{Platform, Profile, Target};
use crate::packages::Run;
use crate::project::{Project, Service};
use crate::rule::{OptionValue, Rule, RuleOption};
use crate::shell::Call;
use crate::text::{Place, Span};
use crate::tree::Node;

/// A document of some kind, whole or inside another.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// The document whose bytes the spans are of.
    pub document: &'a Document,
    /// What was read.
    pub content: &'a Content,
    /// Where it stands, if it stands inside another.
    pub inside: Option<&'a Embedded>,
}

impl<'a> Part<'a> {
    /// The parts of `document` that are of `kind`.
    pub(crate) fn of(
        document: &'a Document,
        kind: Kind,
    ) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let whole = (document.kind == kind).then(|| Part {
            document,
            content: &document.content,
            inside: None,
        });
        let inner = document.embedded.iter().filter(move |one| one.kind == kind);
        whole.into_iter().chain(inner.map(move |inner| Part {
            document,
            content: &inner.content,
            inside: Some(inner),
        }))
    }

    /// The values of a JSON or YAML text.
    pub fn roots(self) -> &'a [Node] {
        self.content.roots()
    }

    /// The place of a span.
    pub fn place(self, span: Span) -> Place {
        self.document.place(span)
    }
}

/// One service of the project, as a rule sees it.
pub struct Context<'a> {
    project: &'a Project,
    service: &'a Service,
    /// What is asked about.
    targets: &'a [Target],
    /// All that the service is checked for.
    checked: &'a [Target],
    options: &'a [RuleOption],
    claims: Claims,
    views: Rc<Views<'a>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        project: &'a Project,
        service: &'a Service,
        targets: &'a [Target],
        options: &'a [RuleOption],
    ) -> Context<'a> {
        let claims = project.claims(service);
        let documents = service.documents.iter().map(|&id| project.document(id));
        let views = Rc::new(Views::of(documents));
        Context { project, service, targets, checked: targets, options, claims, views }
    }

    /// The same service as it is checked for `target` alone.
    pub(crate) fn under(&self, target: &'a Target) -> Context<'a> {
        Context {
            project: self.project,
            service: self.service,
            targets: std::slice::from_ref(target),
            checked: self.checked,
            options: self.options,
            claims: self.claims.clone(),
            views: Rc::clone(&self.views),
        }
    }

    /// The documents of the service.
    pub fn documents(&self) -> impl Iterator<Item = &'a Document> + use<'a> {
        let project = self.project;
        self.service.documents.iter().map(|&id| project.document(id))
    }

    /// The documents of one kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &'a Document> + use<'a> {
        self.documents().filter(move |document| document.kind == kind)
    }

    /// The documents of one kind, those inside others included.
    pub fn parts(&self, kind: Kind) -> impl Iterator<Item = Part<'a>> + use<'a> {
        self.documents().flat_map(move |document| Part::of(document, kind))
    }

    /// The one document of the kind; `None` if there are several: then nothing tells which counts.
    pub fn only(&self, kind: Kind) -> Option<&'a Document> {
        let mut all = self.of_kind(kind);
        all.next().filter(|_| all.next().is_none())
    }

    /// The files of the build context `folder`, relative to it; `None` where nobody told them.
    pub fn build_context(&self, folder: &str) -> Option<&'a BTreeSet<String>> {
        self.project.context(folder)
    }

    /// The images of all archives that run.
    pub fn images(&self) -> impl Iterator<Item = ImageView<'a>> + use<'a> {
        self.documents().flat_map(Document::images)
    }

    /// Every RUN of the Dockerfile `document` that starts a package manager.
    pub(crate) fn runs(&self, document: &Document) -> &[Run<'a>] {
        self.views.runs(document)
    }

    /// Every call in what RUN runs in the Dockerfile `document`: commands without their wrappers.
    pub(crate) fn calls(&self, document: &Document) -> &[Call] {
        self.views.calls(document)
    }

    /// The calls of one of `programs`.
    pub(crate) fn calls_of(
        &self,
        document: &Document,
        programs: &[&str],
    ) -> impl Iterator<Item = &Call> {
        self.calls(document).iter().filter(|call| programs.contains(&call.program.as_str()))
    }

    /// What the documents say of the running container.
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// What the user set for the option `name` of `rule`.
    pub fn option(&self, rule: &Rule, name: &str) -> Option<&'a OptionValue> {
        let is_it = |one: &&RuleOption| one.rule.id == rule.id && one.name == name;
        self.options.iter().find(is_it).map(|one| &one.value)
    }

    /// Whether the service is checked for `platform`.
    pub fn is_target(&self, platform: Platform) -> bool {
        self.targets.iter().any(|target| target.platform == platform)
    }

    /// Whether the service is checked for `platform` and no other.
    pub fn is_only_target(&self, platform: Platform) -> bool {
        self.checked.iter().all(|target| target.platform == platform)
    }

    /// The profile that the service is checked under: the one asked for, else the one that the
    /// documents name, else the platform's default. `None` where the platform has none.
    pub fn profile(&self, platform: Platform) -> Option<Profile> {
        let asked = self.targets.iter().find(|target| target.platform == platform);
        match platform {
            Platform::Eas | Platform::Eci | Platform::ComputeNest => None,
            Platform::ModelArts => asked
                .and_then(|target| target.profile)
                .or_else(|| self.claims.profile())
                .or(Some(Profile::RealTime)),
        }
    }
}
