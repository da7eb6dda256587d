//! A report as the worker sends it: what the page shows of it and nothing else, names once, and rows
//! without the names of their columns. Both ends are here.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use plimsoll::Report;
use plimsoll::report::{
    Deciding, Document, Finding, Fit, Fix, Omitted, Position, Related, Source, Span, Summary,
    Verdict,
};
use serde::{Deserialize, Serialize};

/// A range: offset, line and column of its beginning and of its end.
type Place = (u32, u32, u32, u32, u32, u32);

/// A row: rule, severity, platform, path, place, message, help, source, related places, fixes. Names
/// stand for their places among `names`, sources among `sources`.
type Row = (
    u32,
    u32,
    Option<u32>,
    u32,
    Place,
    String,
    Option<String>,
    Option<u32>,
    Vec<(u32, Place, String)>,
    Vec<(String, bool)>,
);

/// A report on its way.
#[derive(Clone, Serialize, Deserialize)]
pub struct Wire {
    /// Rules, severities, platforms and paths.
    names: Vec<String>,
    /// Titles and addresses.
    sources: Vec<(String, String)>,
    /// Paths and kinds.
    documents: Vec<(String, String)>,
    rows: Vec<Row>,
    fit: Vec<SentFit>,
    summary: Summary,
    omitted: Vec<Omitted>,
}

/// A verdict on its way, with what a report leaves out where it is empty.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "FitRow", into = "FitRow")]
pub struct SentFit(pub Fit);

/// Platform, verdict, errors, warnings, profile, what decides, what could not be judged.
type FitRow = (String, Verdict, usize, usize, Option<String>, Vec<Deciding>, Vec<String>);

impl From<SentFit> for FitRow {
    fn from(SentFit(fit): SentFit) -> FitRow {
        let Fit { platform, verdict, errors, warnings, profile, deciding, undetermined } = fit;
        let undetermined = undetermined.into_iter().map(Cow::into_owned).collect();
        let profile = profile.map(Cow::into_owned);
        (platform, verdict, errors, warnings, profile, deciding, undetermined)
    }
}

impl From<FitRow> for SentFit {
    fn from(row: FitRow) -> SentFit {
        let (platform, verdict, errors, warnings, profile, deciding, undetermined) = row;
        let undetermined = undetermined.into_iter().map(Cow::Owned).collect();
        let profile = profile.map(Cow::Owned);
        SentFit(Fit { platform, verdict, errors, warnings, profile, deciding, undetermined })
    }
}

/// Each value once, known by its place.
#[derive(Default)]
struct Once<T> {
    all: Vec<T>,
    places: HashMap<T, u32>,
}

impl<T: Clone + Eq + std::hash::Hash> Once<T> {
    fn place(&mut self, value: T) -> u32 {
        if let Some(&place) = self.places.get(&value) {
            return place;
        }
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(value.clone());
        self.places.insert(value, place);
        place
    }
}

fn place(span: Span) -> Place {
    let Span { start, end } = span;
    (start.offset, start.line, start.column, end.offset, end.line, end.column)
}

fn span((offset, line, column, end, end_line, end_column): Place) -> Span {
    Span {
        start: Position { offset, line, column },
        end: Position { offset: end, line: end_line, column: end_column },
    }
}

impl From<Report> for Wire {
    fn from(report: Report) -> Wire {
        let mut names = Once::<String>::default();
        let mut sources = Once::<(String, String)>::default();
        let rows = report.findings.into_iter().map(|finding| {
            let related = finding
                .related
                .into_iter()
                .map(|one| (names.place(one.path), place(one.span), one.message));
            let related: Vec<_> = related.collect();
            let source = finding
                .source
                .map(|source| sources.place((source.title.into_owned(), source.url.into_owned())));
            (
                names.place(finding.rule.into_owned()),
                names.place(finding.severity.into_owned()),
                finding.platform.map(|platform| names.place(platform.into_owned())),
                names.place(finding.path),
                place(finding.span),
                finding.message,
                finding.help,
                source,
                related,
                finding.fixes.into_iter().map(|fix| (fix.title, fix.safe)).collect(),
            )
        });
        let rows = rows.collect();
        let documents = report.documents.into_iter().map(|one| (one.path, one.kind.into_owned()));
        Wire {
            names: names.all,
            sources: sources.all,
            documents: documents.collect(),
            rows,
            fit: report.fit.into_iter().map(SentFit).collect(),
            summary: report.summary,
            omitted: report.omitted,
        }
    }
}

impl Wire {
    /// The report, without the values of its messages and the edits of its fixes. Rows that name
    /// what is not there are left out.
    pub fn into_report(self) -> Report {
        let Wire { names, sources, documents, rows, fit, summary, omitted } = self;
        let name = |place: u32| names.get(place as usize).cloned();
        let findings = rows.into_iter().filter_map(|row| {
            let (rule, severity, platform, path, at, message, help, source, related, fixes) = row;
            let related = related.into_iter().filter_map(|(path, at, message)| {
                Some(Related { path: name(path)?, span: span(at), message })
            });
            let source =
                source.and_then(|place| sources.get(place as usize)).map(|(title, url)| Source {
                    title: Cow::Owned(title.clone()),
                    url: Cow::Owned(url.clone()),
                });
            let fixes = fixes.into_iter().map(|(title, safe)| Fix { title, safe, edits: vec![] });
            Some(Finding {
                rule: name(rule)?.into(),
                severity: name(severity)?.into(),
                platform: platform.and_then(name).map(Cow::Owned),
                path: name(path)?,
                span: span(at),
                message,
                args: BTreeMap::new(),
                related: related.collect(),
                help,
                source,
                fixes: fixes.collect(),
            })
        });
        Report {
            version: 1,
            findings: findings.collect(),
            documents: documents
                .into_iter()
                .map(|(path, kind)| Document { path, kind: kind.into() })
                .collect(),
            fit: fit.into_iter().map(|SentFit(fit)| fit).collect(),
            summary,
            omitted,
        }
    }
}

#[cfg(test)]
mod tests {
    use plimsoll::fact::Platform;
    use plimsoll::{Project, Settings, check};

    use super::*;

    #[test]
    fn a_report_arrives_as_it_was_sent_but_for_what_is_not_shown() {
        let service = r#"{"name": "A", "containers": [{"image": "a:1", "port": 9090}]}"#;
        let text = "FROM a\nEXPOSE 8080\nMAINTAINER b\nCMD python a\n";
        let (project, _) = Project::from_files([("Dockerfile", text), ("service.json", service)]);
        let report = check(&project, &Settings::for_platform(Platform::Eas));
        let whole = serde_json::to_string(&report).expect("JSON");
        let sent = serde_json::to_string(&Wire::from(report.clone())).expect("JSON");
        assert!(sent.len() * 3 < whole.len() * 2, "{} of {}", sent.len(), whole.len());
        let wire: Wire = serde_json::from_str(&sent).expect("a wire");
        let arrived = wire.into_report();
        let mut expected = report;
        for finding in &mut expected.findings {
            finding.args.clear();
            finding.fixes.iter_mut().for_each(|fix| fix.edits.clear());
        }
        assert_eq!(
            serde_json::to_string(&arrived).expect("JSON"),
            serde_json::to_string(&expected).expect("JSON")
        );
    }
}
