//! A secret in any place of any example of any rule leaves by no door of the library.

mod plants;

use plants::Planted;
use plimsoll::fact::{Platform, Profile, Target};
use plimsoll::report::{html, markdown};
use plimsoll::rule::{Example, Rule, Safety};
use plimsoll::text::Lang;
use plimsoll::{Project, Settings, check, fix, init, register};

/// Of all texts with something planted every so many-th is looked at; which ones differs from
/// example to example.
const EVERY: usize = 4;

fn targets() -> Vec<Target> {
    vec![
        Target::of(Platform::Eas),
        Target::of(Platform::ModelArts),
        Target { platform: Platform::ModelArts, profile: Some(Profile::Batch) },
        Target::of(Platform::Eci),
        Target::of(Platform::ComputeNest),
    ]
}

/// Everything that the library shows of a project.
fn outputs(project: &Project, lang: Lang, is_whole: bool) -> Vec<(&'static str, String)> {
    let settings = Settings { targets: targets(), strict: true, lang, ..Settings::default() };
    let report = check(project, &settings);
    let has_fix = report.findings.iter().any(|finding| !finding.fixes.is_empty());
    let mut all = vec![("report", serde_json::to_string(&report).expect("JSON"))];
    let texts = project.documents().iter().map(|one| one.covered().text().to_owned());
    all.extend(texts.map(|text| ("text", text)));
    all.push(("html", html::write(&report, project, lang)));
    all.push(("markdown", markdown::write(&report, project, lang)));
    if has_fix {
        let mut fixed = fix(project, &settings, Safety::Unsafe);
        for old in project.documents() {
            let before = old.source.text();
            if fixed.project.source(old.id).text() != before {
                let covered = fixed.covered(old.id, before);
                all.extend(covered.map(|one| ("fixed", one.text().to_owned())));
            }
        }
    }
    if is_whole {
        let files = targets().into_iter().flat_map(|target| init(project, target, "x"));
        all.extend(files.map(|file| ("init", file.text)));
    }
    all
}

fn leaks(plant: impl Fn(&str) -> Vec<Planted>, every: usize) -> Vec<String> {
    let mut leaks = Vec::new();
    let (mut number, mut looked) = (0_usize, 0);
    for rule in register() {
        for example in rule.examples {
            number += 1;
            let files = example.files(rule.platform).files;
            for (index, (path, text)) in files.iter().enumerate() {
                let chosen = plant(text).into_iter().enumerate();
                for (_, planted) in chosen.filter(|(at, _)| (at + number) % every == 0) {
                    looked += 1;
                    let mut files = files.clone();
                    files[index].1.clone_from(&planted.text);
                    let (project, _) = Project::from_files(files);
                    let lang = if looked % 4 == 0 { Lang::Zh } else { Lang::En };
                    for (door, output) in outputs(&project, lang, looked % 8 == 0) {
                        if let Some(at) = output.to_lowercase().find(planted.core) {
                            leaks.push(told(rule, example, path, door, &planted, &output, at));
                            break;
                        }
                    }
                }
            }
        }
    }
    assert!(looked > 200, "{looked} texts were looked at");
    leaks
}

fn told(
    rule: &Rule,
    _: &Example,
    path: &str,
    door: &str,
    planted: &Planted,
    output: &str,
    at: usize,
) -> String {
    let around = |text: &str, at: usize| -> String {
        let from = text.char_indices().map(|(i, _)| i).rfind(|i| i + 70 < at.max(70)).unwrap_or(0);
        text[from..].chars().take(150).collect()
    };
    let place = planted.text.to_lowercase().find(planted.core).unwrap_or_default();
    format!(
        "{} {path} {door}\n    {:?}\n    {:?}",
        rule.id,
        around(&planted.text, place),
        around(output, at)
    )
}

#[test]
fn a_token_in_any_place_of_any_example_is_covered() {
    let leaks = leaks(|text| plants::tokens(text).collect(), EVERY);
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn a_value_under_a_secrets_name_in_any_example_is_covered() {
    let leaks = leaks(plants::named, 1);
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}
