//! Plimsoll agrees with the peers at least as far as these figures say. Runs on the folder of cases
//! that `PLIMSOLL_CASES` names.

use plimsoll_test_support::cases;
use plimsoll_tests::conformance::{self, Suite, parser};

/// The least share of each suite, in tenths of a percent. The parser's are whole but for what
/// [`parser::EXPLAINED`] lists.
const FLOORS: &[(&str, usize)] = &[
    ("buildkit_lint", 980),
    ("corpus_buildkit_lint", 900),
    ("hadolint", 970),
    ("trivy", 950),
    ("checkov", 950),
    ("testfiles", WHOLE),
    ("probes", WHOLE),
    ("shell_words", WHOLE),
    ("instructions", WHOLE),
    ("heredoc_extract", WHOLE),
    ("git_refs", WHOLE),
    ("expose_ports", WHOLE),
    ("corpus_buildkit_ast", WHOLE),
];

const WHOLE: usize = 1000;

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn plimsoll_agrees_with_the_peers() {
    let folder = cases::folder();
    let mut reasons = Vec::new();
    let mut explain = |suite: &str, id: &str, why: &str| {
        reasons.push((suite.to_owned(), format!("{suite} {id}: {why}")));
    };
    let mut suites = Vec::new();
    for (name, _) in FLOORS {
        let found = conformance::run(&folder, Some(name), &mut explain);
        suites.extend(found.expect("the cases can be read"));
    }
    assert!(!suites.is_empty(), "{} holds no cases", folder.display());
    let low: Vec<&Suite> = suites.iter().filter(|suite| is_low(suite)).collect();
    for (suite, reason) in &reasons {
        if low.iter().any(|one| one.name == *suite) {
            eprintln!("{reason}");
        }
    }
    let names: Vec<&str> = low.iter().map(|suite| suite.name.as_str()).collect();
    assert!(names.is_empty(), "below their floors: {names:?}");
}

/// Whether a suite agrees on less than its floor.
fn is_low(suite: &Suite) -> bool {
    let floor = FLOORS.iter().find(|(name, _)| *name == suite.name).map_or(0, |(_, floor)| *floor);
    let is_explained = |id: &&String| parser::EXPLAINED.iter().any(|(known, _)| known == id);
    let explained = suite.disagree.iter().filter(is_explained).count();
    (suite.agreed() + explained) * WHOLE < suite.cases * floor
}
