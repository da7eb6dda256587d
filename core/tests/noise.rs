//! What users complain of most in linters: the default set must leave most real files in peace,
//! and still find every file that the builder refuses.

use std::path::Path;

use plimsoll::{Kind, Project, Report, Settings, check};
use plimsoll_test_support::cases;

/// The least share of files without a warning or an error, in percent.
const LEAST_QUIET: usize = 60;

fn report(path: &Path) -> Report {
    let bytes = std::fs::read(path).expect("a file of the corpus");
    let mut project = Project::new();
    project.open("Dockerfile", bytes, Some(Kind::Dockerfile)).expect("text");
    check(&project, &Settings::default())
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn most_real_dockerfiles_get_neither_warning_nor_error() {
    let corpus = cases::path("corpus/dockerfile");
    let mut files = 0;
    let mut quiet = 0;
    for entry in std::fs::read_dir(corpus.join("files")).expect("the corpus") {
        let summary = report(&entry.expect("an entry").path()).summary;
        files += 1;
        quiet += usize::from(summary.errors + summary.warnings == 0);
    }
    assert!(files > 0);
    assert!(quiet * 100 >= files * LEAST_QUIET, "only {quiet} of {files} files are left in peace");
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn what_the_builder_refuses_is_an_error() {
    let corpus = cases::path("corpus/dockerfile");
    let trees = std::fs::read_to_string(corpus.join("oracle/buildkit_ast.jsonl")).expect("trees");
    for line in trees.lines() {
        let tree: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let id = tree["id"].as_str().expect("an id");
        let path = corpus.join("files").join(id);
        let errors = report(&path).summary.errors;
        // The builder's parser takes the name of a template for one of an image; the build fails.
        let is_template = std::fs::read_to_string(&path).is_ok_and(|text| text.contains("FROM {"));
        if tree["ok"] == false || is_template {
            assert!(errors > 0, "{id} is refused by the builder");
        } else {
            assert_eq!(errors, 0, "{id} is built");
        }
    }
}
