//! No secret that stands in a document leaves by any door of the library.

mod archive;
mod image_rows;
mod images;
mod rows;

use plimsoll::credential::Form;
use plimsoll::fact::{Platform, Profile, Target};
use plimsoll::rule::Safety;
use plimsoll::text::Lang;
use plimsoll::{Project, Settings, check, fix, init};
use rows::{MASK, Row, leak};

/// The document as it is shown.
fn shown(row: &Row) -> String {
    project(row).documents()[0].covered().text().to_owned()
}

fn project(row: &Row) -> Project {
    let (project, errors) = Project::from_files([(row.path.as_str(), row.text.as_str())]);
    assert!(errors.is_empty(), "{}: {errors:?}", row.title);
    project
}

fn targets() -> Vec<Target> {
    vec![
        Target::of(Platform::Eas),
        Target::of(Platform::ModelArts),
        Target { platform: Platform::ModelArts, profile: Some(Profile::Batch) },
        Target { platform: Platform::ModelArts, profile: Some(Profile::Training) },
        Target { platform: Platform::ModelArts, profile: Some(Profile::Notebook) },
        Target::of(Platform::Eci),
        Target::of(Platform::ComputeNest),
    ]
}

fn strict(lang: Lang) -> Settings {
    Settings { targets: targets(), strict: true, lang, ..Settings::default() }
}

/// Of all rows those whose `output` holds a secret.
fn leaks(output: impl Fn(&Row) -> Vec<String>) -> Vec<String> {
    let all = rows::all();
    let leaks = all.iter().flat_map(|row| {
        let output = output(row).join("\n");
        let found = output.lines().filter_map(leak);
        found.map(|leak| format!("{}\n    {leak}", row.title)).collect::<Vec<_>>()
    });
    leaks.collect()
}

fn assert_none(leaks: &[String]) {
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn a_text_that_is_shown_covers_every_secret() {
    assert_none(&leaks(|row| vec![shown(row)]));
}

#[test]
fn lines_without_a_secret_stay_as_they_are() {
    let mut changed = Vec::new();
    for row in rows::all() {
        let shown = shown(&row);
        assert_eq!(shown.lines().count(), row.text.lines().count(), "{}", row.title);
        for (shown, expected) in shown.split('\n').zip(row.covered.split('\n')) {
            if !expected.contains(MASK) && shown != expected {
                changed.push(format!("{}\n    {expected}\n    {shown}", row.title));
            }
        }
    }
    assert!(changed.is_empty(), "{} lines:\n{}", changed.len(), changed.join("\n"));
}

#[test]
fn what_stands_before_a_secret_stays_readable() {
    // A quote or a bracket at the beginning of a value may go with it.
    let bare = |line: &str| line.replace(['"', '\'', '\\', '(', '$'], "");
    let mut changed = Vec::new();
    for row in rows::all() {
        let shown = shown(&row);
        for (shown, expected) in shown.split('\n').zip(row.covered.split('\n')) {
            let (before, _) = expected.split_once(MASK).unwrap_or((expected, ""));
            if !bare(shown).starts_with(&bare(before)) {
                changed.push(format!("{}\n    {expected}\n    {shown}", row.title));
            }
        }
    }
    assert!(changed.is_empty(), "{} lines:\n{}", changed.len(), changed.join("\n"));
}

#[test]
fn a_report_holds_no_secret() {
    for lang in [Lang::En, Lang::Zh] {
        let settings = strict(lang);
        assert_none(&leaks(|row| {
            vec![serde_json::to_string(&check(&project(row), &settings)).expect("JSON")]
        }));
    }
}

#[test]
fn what_a_fix_shows_holds_no_secret() {
    let settings = strict(Lang::En);
    assert_none(&leaks(|row| {
        let project = project(row);
        let mut fixed = fix(&project, &settings, Safety::Unsafe);
        let mut covered =
            |old: &plimsoll::document::Document| fixed.covered(old.id, old.source.text());
        let documents = project.documents().iter();
        documents.flat_map(|old| covered(old).map(|one| one.text().to_owned())).collect()
    }));
}

#[test]
fn first_files_hold_no_secret() {
    assert_none(&leaks(|row| {
        let project = project(row);
        let files = targets().into_iter().flat_map(|target| init(&project, target, "stays"));
        files.map(|file| file.text).collect()
    }));
}

#[test]
fn a_login_is_told_without_its_password() {
    assert_none(&leaks(|row| match Form::of(&row.text).decode(&row.text) {
        Err(error) => vec![error.message().render(Lang::En), error.message().render(Lang::Zh)],
        Ok(entries) => entries
            .iter()
            .flat_map(|entry| {
                let lines = entry.lines(false, Lang::En).into_iter().map(|line| line.value);
                lines
                    .chain(entry.trouble().map(|message| message.render(Lang::En)))
                    .collect::<Vec<_>>()
            })
            .collect(),
    }));
}
