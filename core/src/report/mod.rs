//! The report: the wire type of every front. Serialisable, self-contained, without a reference
//! into core and without a secret.

mod cover;
mod fit;
pub mod html;
pub mod json;
pub mod markdown;
mod quotes;
mod words;

pub use crate::document::{
    InspectedFault, InspectedImage, InspectedLayer, InspectedScript, InspectedWaste, Inspection,
};
pub use fit::{Deciding, Fit, Verdict};

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::cover::Cover;
use self::fit::Judge;
use crate::fact::Target;
use crate::project::Project;
use crate::rule::{self, Safety, Severity};
use crate::settings::Settings;
use crate::text::{self, Lang, Message};

/// What a check found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The version of this form: 1.
    pub version: u32,
    /// What was checked, in order of path.
    pub documents: Vec<Document>,
    /// What was found, in order of path, offset and rule.
    pub findings: Vec<Finding>,
    /// Whether the project fits each platform that was checked for.
    pub fit: Vec<Fit>,
    /// How much was found.
    pub summary: Summary,
    /// Findings that are only counted: at most 1,000 of one rule in one document are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub omitted: Vec<Omitted>,
}

/// Findings of one rule in one document beyond the most that are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Omitted {
    /// The rule's id.
    pub rule: Cow<'static, str>,
    /// The document.
    pub path: String,
    /// How many they are.
    pub count: usize,
}

/// One document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Its path.
    pub path: String,
    /// Its kind, as in the contract: `dockerfile`, `eas-service` …
    pub kind: Cow<'static, str>,
}

/// One finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: Cow<'static, str>,
    /// `error`, `warning` or `info`.
    pub severity: Cow<'static, str>,
    /// The platform that demands it.
    pub platform: Option<Cow<'static, str>>,
    /// The document.
    pub path: String,
    /// Where in it.
    pub span: Span,
    /// What is wrong, in the report's language.
    pub message: String,
    /// The values in the message.
    pub args: BTreeMap<Cow<'static, str>, String>,
    /// Other places.
    pub related: Vec<Related>,
    /// What to do.
    pub help: Option<String>,
    /// Who says so.
    pub source: Option<Source>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
}

/// Another place that a finding speaks of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Related {
    /// The document.
    pub path: String,
    /// Where in it.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A range of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: Position,
    /// One past the last byte.
    pub end: Position,
}

/// A place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Bytes from the start of the document.
    pub offset: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// A publication.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Its title.
    pub title: Cow<'static, str>,
    /// Its address.
    pub url: Cow<'static, str>,
}

/// A way to mend a finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// Whether it needs no human eye.
    pub safe: bool,
    /// The edits; none are shown where the new text holds a credential.
    pub edits: Vec<Edit>,
}

/// One edit of a fix, in bytes of the document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Edit {
    /// The document.
    pub path: String,
    /// First byte replaced.
    pub start: u32,
    /// One past the last byte replaced.
    pub end: u32,
    /// What comes instead.
    pub text: String,
}

/// How much was found: of the findings that are kept, but for `omitted`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Infos.
    pub infos: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings that are not kept.
    #[serde(default)]
    pub omitted: usize,
    /// The worst of those.
    #[serde(skip)]
    worst_omitted: Option<Severity>,
}

/// What a check gives.
pub(crate) struct Found {
    /// The targets that were checked for.
    pub(crate) targets: Vec<Target>,
    /// The findings, in the order of the report.
    pub(crate) findings: Vec<rule::Finding>,
    /// Those beyond the most that are kept.
    pub(crate) omitted: Vec<rule::Omitted>,
    /// Rules that could not be judged, with the places that were not read.
    pub(crate) unknown: Vec<rule::Finding>,
}

impl Report {
    /// Renders what was found in the language of `settings`.
    pub(crate) fn new(project: &Project, settings: &Settings, found: &Found) -> Report {
        let findings = &found.findings;
        let spoken_of = findings.iter().flat_map(|finding| {
            let related = finding.related.iter().map(|label| label.at.source);
            let edited = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.0);
            related.chain(edited).chain([finding.at.source])
        });
        let cover = Cover::of(project, spoken_of);
        let view = View { project, lang: settings.lang, cover };
        let mut documents: Vec<Document> = project
            .documents()
            .iter()
            .map(|document| Document {
                path: document.source.path().to_owned(),
                kind: document.kind.id().into(),
            })
            .collect();
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        Report {
            version: 1,
            documents,
            findings: findings.iter().map(|finding| view.finding(finding)).collect(),
            fit: Judge::new(project, settings, found).fit(),
            summary: Summary::of(found),
            omitted: omitted(project, &found.omitted),
        }
    }

    /// One report of several, of documents that were checked apart.
    pub fn merge(reports: Vec<Report>) -> Report {
        let mut reports = reports.into_iter();
        let empty = Report {
            version: 1,
            documents: Vec::new(),
            findings: Vec::new(),
            fit: Vec::new(),
            summary: Summary::default(),
            omitted: Vec::new(),
        };
        let mut merged = reports.next().unwrap_or(empty);
        let mut is_sorted = true;
        for report in reports {
            is_sorted = false;
            merged.documents.extend(report.documents);
            merged.findings.extend(report.findings);
            for fit in report.fit {
                match merged.fit.iter_mut().find(|known| known.platform == fit.platform) {
                    Some(known) => known.add(fit),
                    None => merged.fit.push(fit),
                }
            }
            merged.summary.add(report.summary);
            merged.omitted.extend(report.omitted);
        }
        if !is_sorted {
            merged.documents.sort_by(|a, b| a.path.cmp(&b.path));
            merged.findings.sort_by(|a, b| {
                let paths = a.path.cmp(&b.path);
                let starts = a.span.start.offset.cmp(&b.span.start.offset);
                let ends = a.span.end.offset.cmp(&b.span.end.offset);
                paths.then(starts).then_with(|| a.rule.cmp(&b.rule)).then(ends)
            });
            merged.omitted.sort_by(|a, b| (&a.path, &a.rule).cmp(&(&b.path, &b.rule)));
        }
        merged
    }

    /// The worst severity found, in findings that are not kept as well.
    pub fn worst(&self) -> Option<Severity> {
        let Summary { errors, warnings, infos, worst_omitted, .. } = self.summary;
        let worst = match (errors, warnings, infos) {
            (1.., _, _) => Some(Severity::Error),
            (0, 1.., _) => Some(Severity::Warning),
            (0, 0, 1..) => Some(Severity::Info),
            _ => None,
        };
        worst.max(worst_omitted)
    }
}

impl Summary {
    fn of(found: &Found) -> Summary {
        let findings = &found.findings;
        let count = |severity| findings.iter().filter(|one| one.severity == severity).count();
        let is_fixable =
            |one: &&rule::Finding| one.fixes.iter().any(|fix| fix.safety == Safety::Safe);
        Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            fixable: findings.iter().filter(is_fixable).count(),
            omitted: found.omitted.iter().map(|one| one.count).sum(),
            worst_omitted: found.omitted.iter().map(|one| one.severity).max(),
        }
    }

    fn add(&mut self, other: Summary) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.fixable += other.fixable;
        self.omitted += other.omitted;
        self.worst_omitted = self.worst_omitted.max(other.worst_omitted);
    }
}

/// How many findings are not kept of each rule in each document, in order of path and rule.
fn omitted(project: &Project, omitted: &[rule::Omitted]) -> Vec<Omitted> {
    let mut counts: BTreeMap<(&str, &'static str), usize> = BTreeMap::new();
    for one in omitted {
        *counts.entry((project.source(one.source).path(), one.rule.id)).or_default() += one.count;
    }
    counts
        .into_iter()
        .map(|((path, rule), count)| Omitted { rule: rule.into(), path: path.to_owned(), count })
        .collect()
}

struct View<'a> {
    project: &'a Project,
    lang: Lang,
    cover: Cover<'a>,
}

impl View<'_> {
    fn finding(&self, finding: &rule::Finding) -> Finding {
        let message = self.cover.message(&finding.message);
        let help = Message { text: finding.help, args: message.args.clone() };
        let publication = finding.rule.rests_on.first().map(|citation| citation.publication);
        Finding {
            rule: finding.rule.id.into(),
            severity: finding.severity.id().into(),
            platform: finding.rule.platform.map(|platform| platform.id().into()),
            path: self.path(finding.at),
            span: self.span(finding.at),
            message: message.render(self.lang),
            args: message
                .args
                .iter()
                .map(|(name, value)| ((*name).into(), value.to_string()))
                .collect(),
            related: finding.related.iter().map(|label| self.related(label)).collect(),
            help: (!finding.help.is_empty()).then(|| help.render(self.lang)),
            source: publication.map(|one| Source { title: one.title.into(), url: one.url.into() }),
            fixes: finding.fixes.iter().map(|fix| self.fix(fix)).collect(),
        }
    }

    fn related(&self, label: &rule::Label) -> Related {
        Related {
            path: self.path(label.at),
            span: self.span(label.at),
            message: self.cover.message(&label.message).render(self.lang),
        }
    }

    fn fix(&self, fix: &rule::Fix) -> Fix {
        let repeats_a_secret =
            fix.secret || fix.edits.iter().any(|(source, edit)| self.cover.touches(*source, edit));
        let edits = if repeats_a_secret { &[][..] } else { &fix.edits[..] };
        Fix {
            title: self.cover.message(&fix.title).render(self.lang),
            safe: fix.safety == Safety::Safe,
            edits: edits
                .iter()
                .map(|(source, edit)| Edit {
                    path: self.project.source(*source).path().to_owned(),
                    start: edit.span.start,
                    end: edit.span.end,
                    text: edit.text.clone(),
                })
                .collect(),
        }
    }

    fn path(&self, at: text::Place) -> String {
        self.project.source(at.source).path().to_owned()
    }

    fn span(&self, at: text::Place) -> Span {
        Span { start: self.position(at, at.span.start), end: self.position(at, at.span.end) }
    }

    fn position(&self, at: text::Place, offset: u32) -> Position {
        let text::LineColumn { line, column } = self.project.source(at.source).line_column(offset);
        Position { offset, line, column }
    }
}
