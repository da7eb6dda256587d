//! Of one rule in one document a report keeps 1,000 findings and counts the others; verdicts are as
//! if all were kept.

use plimsoll::fact::Platform;
use plimsoll::report::{Report, Verdict, json};
use plimsoll::rule::{Safety, Severity};
use plimsoll::{Project, Selector, Settings, check, fix};

/// What is found in a Dockerfile, with `settings`.
fn report(text: &str, settings: &Settings) -> Report {
    let (project, errors) = Project::from_files([("Dockerfile", text)]);
    assert!(errors.is_empty(), "{errors:?}");
    check(&project, settings)
}

/// The lines at which `rule` fired.
fn lines(report: &Report, rule: &str) -> Vec<u32> {
    let found = report.findings.iter().filter(|finding| finding.rule == rule);
    found.map(|finding| finding.span.start.line).collect()
}

/// How many findings of `rule` are counted only.
fn omitted(report: &Report, rule: &str) -> usize {
    report.omitted.iter().filter(|one| one.rule == rule).map(|one| one.count).sum()
}

#[test]
fn the_first_thousand_are_kept_and_the_rest_counted() {
    let text = format!("FROM alpine:3.20\n{}", "RUNN x\n".repeat(2500));
    let report = report(&text, &Settings::default());
    assert_eq!(lines(&report, "dockerfile/syntax"), (2..1002).collect::<Vec<u32>>());
    assert_eq!(omitted(&report, "dockerfile/syntax"), 1500);
    let total: usize = report.omitted.iter().map(|one| one.count).sum();
    assert_eq!(report.summary.omitted, total);
    let summary = report.summary;
    assert_eq!(summary.errors + summary.warnings + summary.infos, report.findings.len());
    let value: serde_json::Value = serde_json::from_str(&json::write(&report)).unwrap();
    assert_eq!(value["summary"]["omitted"], total);
}

#[test]
fn without_too_many_nothing_is_omitted() {
    let report = report("FROM alpine:3.20\nRUN apt install x\n", &Settings::default());
    assert_eq!((report.summary.omitted, report.omitted.len()), (0, 0));
    assert!(json::write(&report).contains(r#""omitted": 0"#));
}

#[test]
fn what_a_comment_silences_takes_no_place() {
    let silent = "# plimsoll ignore=dockerfile/syntax\nRUNN x\n".repeat(1200);
    let text = format!("FROM alpine:3.20\n{silent}{}", "RUNN x\n".repeat(1500));
    let report = report(&text, &Settings::default());
    assert_eq!(lines(&report, "dockerfile/syntax"), (2402..3402).collect::<Vec<u32>>());
    assert_eq!(omitted(&report, "dockerfile/syntax"), 500);
    assert_eq!(lines(&report, "project/unused-suppression"), [0; 0]);
}

#[test]
fn a_comment_is_of_use_where_it_silences_what_would_not_be_kept() {
    let last = "# plimsoll ignore=dockerfile/syntax\nRUNN x\n";
    let text = format!("FROM alpine:3.20\n{}{last}", "RUNN x\n".repeat(1500));
    let report = report(&text, &Settings::default());
    assert_eq!(omitted(&report, "dockerfile/syntax"), 500);
    assert_eq!(lines(&report, "project/unused-suppression"), [0; 0]);
}

#[test]
fn comments_without_use_are_counted_too() {
    let unused = "# plimsoll ignore=dockerfile/syntax\nRUN true\n".repeat(1200);
    let report = report(&format!("FROM alpine:3.20\n{unused}"), &Settings::default());
    assert_eq!(lines(&report, "project/unused-suppression").len(), 1000);
    assert_eq!(omitted(&report, "project/unused-suppression"), 200);
}

#[test]
fn what_the_configuration_ignores_takes_no_place() {
    let text = format!("FROM alpine:3.20\n{}", "RUNN x\n".repeat(1500));
    let selector = Selector::parse("dockerfile/syntax").unwrap();
    let file_ignores = [("Dockerfile".to_owned(), vec![selector])].into();
    let report = report(&text, &Settings { file_ignores, ..Settings::default() });
    assert_eq!(report.summary.omitted, 0);
    assert_eq!(report.worst(), None);
}

#[test]
fn verdicts_count_what_is_not_kept() {
    let text = format!("FROM alpine:3.20\n{}", "RUNN x\n".repeat(2500));
    let settings = Settings::for_platform(Platform::Eas);
    let fit = &report(&text, &settings).fit[0];
    assert_eq!((fit.verdict, fit.errors, fit.deciding.len()), (Verdict::Fails, 2500, 1000));
}

#[test]
fn the_worst_severity_is_that_of_what_is_not_kept_too() {
    let mut report = report(&"RUNN x\n".repeat(1500), &Settings::default());
    report.summary.errors = 0;
    assert_eq!(report.worst(), Some(Severity::Error));
}

#[test]
fn a_fix_is_not_limited() {
    let text = format!("FROM alpine:3.20\n{}", "ENV A b\n".repeat(1500));
    let (project, _) = Project::from_files([("Dockerfile", text)]);
    let fixed = fix(&project, &Settings::default(), Safety::Safe);
    assert!(!fixed.project.documents()[0].source.text().contains("ENV A b"));
}

#[test]
fn reports_are_merged_with_what_they_omit() {
    let text = format!("FROM alpine:3.20\n{}", "RUNN x\n".repeat(1500));
    let (one, _) = Project::from_files([("a/Dockerfile", text.clone())]);
    let (other, _) = Project::from_files([("b/Dockerfile", text)]);
    let settings = Settings::default();
    let merged = Report::merge(vec![check(&other, &settings), check(&one, &settings)]);
    let paths: Vec<&str> = merged.omitted.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["a/Dockerfile", "b/Dockerfile"]);
    assert_eq!(merged.summary.omitted, 1000);
}
