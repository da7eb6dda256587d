//! A document as every front sees it: checked for every platform, in both languages.

use plimsoll::fact::{Platform, Target};
use plimsoll::text::Lang;
use plimsoll::{Kind, Project, Settings, init, redact, report};

use crate::lie_on;

/// The kind that the first byte chooses, and the text behind it.
pub fn kind_and_text(bytes: &[u8]) -> Option<(Kind, &str)> {
    let (first, rest) = bytes.split_first()?;
    let kind = Kind::ALL[usize::from(*first) % Kind::ALL.len()];
    Some((kind, std::str::from_utf8(rest).ok()?))
}

/// All that can be asked of a document.
pub fn settings(lang: Lang) -> Settings {
    let targets = Platform::ALL.map(Target::of).to_vec();
    Settings { targets, strict: true, lang, ..Settings::default() }
}

/// A project of one document.
pub fn project(kind: Kind, text: &str) -> Option<Project> {
    let mut project = Project::new();
    project.open("document", text, Some(kind)).ok()?;
    Some(project)
}

/// Checks `text` as a document of `kind` and writes what every front shows of it.
pub fn check(kind: Kind, text: &str) {
    let Some(project) = project(kind, text) else { return };
    let document = &project.documents()[0];
    let text = document.source.text();
    lie_on(text, &document.content);
    lie_on(text, &document.embedded);
    let report = plimsoll::check(&project, &settings(Lang::En));
    for finding in &report.findings {
        for span in finding.related.iter().map(|one| one.span).chain([finding.span]) {
            let range = span.start.offset as usize..span.end.offset as usize;
            assert!(text.get(range).is_some(), "{finding:?}");
        }
    }
    let json = report::json::write(&report);
    serde_json::from_str::<serde_json::Value>(&json).expect("a report is JSON");
    plimsoll::check(&project, &settings(Lang::Zh));
    assert_eq!(redact(text).lines().count(), text.lines().count(), "a mask ends with its line");
    for platform in Platform::ALL {
        init(&project, Target::of(platform), "service");
    }
}
