//! What one service's documents name holds for that service, not for the tree around it.

use plimsoll::fact::{Platform, Target};
use plimsoll::report::Verdict;
use plimsoll::rule::Safety;
use plimsoll::{Project, Report, Settings, check, fix};

const DOCKERFILE: &str = "FROM debian:12\nCMD [\"serve\"]\n";
const MODEL: &str = r#"{"model_algorithm":"a","model_type":"Image"}"#;
const SERVICE: &str =
    r#"{"metadata":{"name":"a_b","instance":1},"containers":[{"image":"x","port":8000}]}"#;

fn project(files: &[(&str, &str)]) -> Project {
    let (project, errors) = Project::from_files(files.iter().copied());
    assert!(errors.is_empty(), "{errors:?}");
    project
}

fn strict() -> Settings {
    Settings { strict: true, ..Settings::default() }
}

fn paths(report: &Report, rule: &str) -> Vec<String> {
    let found = report.findings.iter().filter(|one| one.rule == rule);
    found.map(|one| one.path.clone()).collect()
}

fn text(project: &Project, path: &str) -> String {
    project.at_path(path).expect("it is there").source.text().to_owned()
}

#[test]
fn a_service_is_judged_for_the_platforms_that_its_own_documents_name() {
    let files = project(&[
        ("a/Dockerfile", DOCKERFILE),
        ("b/config.json", MODEL),
        ("b/Dockerfile", DOCKERFILE),
        ("c/service.json", SERVICE),
        ("c/Dockerfile", DOCKERFILE),
    ]);
    let report = check(&files, &strict());
    assert_eq!(paths(&report, "modelarts/expose-missing"), ["b/Dockerfile"]);
    let fixed = fix(&files, &strict(), Safety::Safe).project;
    for (path, is_exposed) in
        [("a/Dockerfile", false), ("b/Dockerfile", true), ("c/Dockerfile", false)]
    {
        assert_eq!(text(&fixed, path).contains("EXPOSE 8080"), is_exposed, "{path}");
    }
    // What is asked for holds for all.
    let asked = Settings { targets: vec![Target::of(Platform::ModelArts)], ..strict() };
    assert_eq!(paths(&check(&files, &asked), "modelarts/expose-missing").len(), 3);
}

#[test]
fn the_verdict_is_that_of_the_services_that_name_the_platform() {
    let broken = "FROM debian:12\nCMD [\"serve\"]\nCOPYY a b\n";
    let good = "FROM debian:12\nEXPOSE 8080\nCMD [\"python\", \"app.py\"]\n";
    let files =
        project(&[("a/Dockerfile", broken), ("b/config.json", MODEL), ("b/Dockerfile", good)]);
    let report = check(&files, &Settings::default());
    let [fit] = &report.fit[..] else { panic!("{:?}", report.fit) };
    assert_eq!(fit.platform, "modelarts");
    assert!(fit.deciding.iter().all(|one| one.path.starts_with("b/")), "{fit:?}");
    let other =
        project(&[("a/Dockerfile", good), ("b/config.json", MODEL), ("b/Dockerfile", broken)]);
    let report = check(&other, &Settings::default());
    assert_eq!(report.fit[0].verdict, Verdict::Fails);
    assert!(report.fit[0].deciding.iter().all(|one| one.path == "b/Dockerfile"));
}

#[test]
fn a_comment_for_a_platform_that_is_not_checked_is_not_useless() {
    let silenced = "FROM debian:12\n# plimsoll ignore=modelarts/expose-not-8080\nEXPOSE 5000\n";
    let files = project(&[
        ("a/Dockerfile", silenced),
        ("b/config.json", MODEL),
        ("b/Dockerfile", DOCKERFILE),
    ]);
    let report = check(&files, &strict());
    assert!(paths(&report, "dockerfile/unused-suppression").is_empty());
    let unused = report.findings.iter().filter(|one| one.rule.contains("unused-suppression"));
    assert_eq!(unused.count(), 0);
}

#[test]
fn a_safe_fix_for_one_platform_makes_no_warning_of_another() {
    let files =
        project(&[("Dockerfile", DOCKERFILE), ("config.json", MODEL), ("service.json", SERVICE)]);
    let targets = [Platform::Eas, Platform::ModelArts].map(Target::of).to_vec();
    for settings in [strict(), Settings { targets, ..strict() }] {
        let before = check(&files, &settings);
        let fixed = fix(&files, &settings, Safety::Safe).project;
        assert!(!text(&fixed, "Dockerfile").contains("EXPOSE"), "{}", text(&fixed, "Dockerfile"));
        let after = check(&fixed, &settings);
        assert!(after.summary.warnings <= before.summary.warnings);
        assert!(after.summary.errors <= before.summary.errors);
        // It is still offered to the human eye.
        let daring = fix(&files, &settings, Safety::Unsafe).project;
        assert!(text(&daring, "Dockerfile").contains("EXPOSE 8080"));
    }
}
