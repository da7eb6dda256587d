//! Laws that hold for every document, tried on the examples, on planted nonsense, and on the real
//! files in the folder that `PLIMSOLL_CASES` names, if it names one.

use std::path::{Path, PathBuf};

use plimsoll::fact::{Platform, Profile, Target};
use plimsoll::rule::Safety;
use plimsoll::{Kind, Project, Settings, check, fix, redact};
use plimsoll_tests::browser::workspace;

/// Every file below `folder` that is text and not large.
fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).expect("a folder");
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path)
                && text.len() < 200_000
            {
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The examples, and the corpora if they are there.
fn documents() -> Vec<(PathBuf, String)> {
    let mut all = texts(&workspace().join("examples"));
    if let Some(cases) = std::env::var_os("PLIMSOLL_CASES") {
        let corpus = Path::new(&cases).join("corpus");
        assert!(corpus.is_dir(), "PLIMSOLL_CASES names no folder with a corpus: {corpus:?}");
        for name in ["eas", "modelarts", "dockerfile/files"] {
            all.extend(texts(&corpus.join(name)));
        }
    }
    all
}

fn settings() -> Settings {
    let batch = Target { platform: Platform::ModelArts, profile: Some(Profile::Batch) };
    Settings {
        targets: vec![Target::of(Platform::Eas), batch],
        strict: true,
        ..Settings::default()
    }
}

fn project(path: &Path, text: &str, kind: Option<Kind>) -> Option<Project> {
    let mut project = Project::new();
    let name = path.file_name().expect("a file").to_string_lossy();
    project.open(&name, text.as_bytes(), kind).ok()?;
    Some(project)
}

#[test]
fn every_place_of_a_report_lies_on_the_text() {
    let mut checked = 0;
    for (path, text) in documents() {
        let Some(project) = project(&path, &text, None) else { continue };
        checked += 1;
        let report = check(&project, &settings());
        for finding in &report.findings {
            let places = finding.related.iter().map(|one| one.span).chain([finding.span]);
            for span in places {
                let range = span.start.offset as usize..span.end.offset as usize;
                assert!(text.get(range).is_some(), "{path:?}: {finding:?}");
            }
        }
        assert_eq!(redact(&text).len(), text.len(), "{path:?}");
    }
    assert!(checked >= 8, "only {checked} documents were found");
}

#[test]
fn fixing_twice_is_fixing_once_and_breaks_nothing() {
    for (path, text) in documents() {
        let Some(project) = project(&path, &text, None) else { continue };
        for upto in [Safety::Safe, Safety::Unsafe] {
            let fixed = fix(&project, &settings(), upto);
            assert_eq!(fixed.dropped, [""; 0], "{path:?}: a fix broke the document");
            let before = project.documents()[0].error_count();
            let now = &fixed.project.documents()[0];
            assert!(now.error_count() <= before, "{path:?}");
            let again = fix(&fixed.project, &settings(), upto);
            assert_eq!(again.applied, 0, "{path:?}: fixing again changes more");
        }
    }
}

#[test]
fn no_cut_of_a_document_makes_it_panic() {
    for (path, text) in documents() {
        let step = (text.len() / 4).max(1);
        for at in (0..text.len()).step_by(step).filter(|at| text.is_char_boundary(*at)) {
            let without = format!("{}{}", &text[..at], text.get(at + 1..).unwrap_or_default());
            for cut in [&text[..at], &text[at..], without.as_str()] {
                for kind in Kind::ALL {
                    if let Some(project) = project(&path, cut, Some(kind)) {
                        check(&project, &settings());
                    }
                }
            }
        }
    }
}

#[test]
fn nonsense_of_any_kind_is_checked_without_a_panic() {
    let nonsense = [
        "",
        "\u{feff}",
        "\r\n\r",
        "{",
        "}",
        "[[[[",
        "{\"a\":",
        "\"",
        "FROM",
        "FROM $",
        "RUN <<",
        "# escape=",
        "$($($(",
        "((((((",
        "{\"containers\":[1,null,\"x\",{\"port\":-1,\"env\":[[]]}]}",
        "{\"metadata\":null,\"containers\":{\"a\":[]},\"dockerAuth\":{}}",
        "端口\u{0301}\u{200f}",
        "{\"apis\":[[],{\"request\":7}],\"health\":[],\"dependencies\":{\"packages\":0}}",
    ];
    for text in nonsense {
        for kind in Kind::ALL {
            let project = project(Path::new("x"), text, Some(kind)).expect("text opens");
            check(&project, &settings());
            fix(&project, &settings(), Safety::Unsafe);
        }
    }
}
