//! Comments that silence rules, in the words of each linter, and those that silence nothing.

use plimsoll::rule::Severity;
use plimsoll::{Kind, Project, Selector, Settings, check};

/// Rules that speak of `dockerfile`, each with its line.
fn found_with(dockerfile: &str, settings: &Settings) -> Vec<String> {
    let mut project = Project::new();
    project.open("Dockerfile", dockerfile.as_bytes(), Some(Kind::Dockerfile)).expect("text opens");
    let report = check(&project, settings);
    let rows = report.findings.iter().map(|one| format!("{} {}", one.rule, one.span.start.line));
    rows.collect()
}

fn found(dockerfile: &str) -> Vec<String> {
    let only = ["dockerfile/no-apt", "dockerfile/syntax", "project/unused-suppression"];
    let select = only.iter().map(|name| Selector::parse(name).expect("a rule")).collect();
    found_with(dockerfile, &Settings { select, ..Settings::default() })
}

#[test]
fn a_comment_holds_for_the_next_instruction_wherever_it_stands() {
    for comment in [
        "# plimsoll ignore=dockerfile/no-apt -- since",
        "# plimsoll ignore=DL3027,CKV_DOCKER_9",
        "# hadolint ignore=DL3027",
        "# hadolint ignore=DL3006,DL3027 # since",
        "# hadolint ignore=DL3027\n# another comment\n",
    ] {
        let file = format!("FROM a:1\n{comment}\nRUN apt update\nRUN apt-get update\n");
        assert_eq!(found(&file), [""; 0], "{comment}");
        let file = format!("FROM a:1\n{comment}\nRUN apt-get update\nRUN apt update\n");
        assert!(found(&file).iter().any(|one| one.starts_with("dockerfile/no-apt")), "{comment}");
    }
    // In a continued line.
    let file = "FROM a:1\nRUN true && \\\n  # hadolint ignore=DL3027\n  apt update\n";
    assert_eq!(found(file), [""; 0]);
}

#[test]
fn a_comment_may_hold_for_the_stage_or_the_file() {
    let stages = "FROM a:1\nRUN apt update\nFROM b:1\nRUN apt update\n";
    assert_eq!(found(stages), ["dockerfile/no-apt 2", "dockerfile/no-apt 4"]);
    for comment in ["# hadolint global ignore=DL3027", "# plimsoll file-ignore=DL3027"] {
        assert_eq!(found(&format!("{comment}\n{stages}")), [""; 0]);
        assert_eq!(found(&format!("{stages}{comment}\n")), [""; 0]);
    }
    let first = format!("# hadolint stage ignore=DL3027\n{stages}");
    assert_eq!(found(&first), ["dockerfile/no-apt 5"]);
    let second = stages.replace("FROM b", "# hadolint stage ignore=DL3027\nFROM b");
    assert_eq!(found(&second), ["dockerfile/no-apt 2"]);
}

#[test]
fn a_comment_that_silences_nothing_is_reported_where_that_is_sure() {
    let with = |comment: &str| found(&format!("FROM a:1\n{comment}\nRUN apt-get update\n"));
    let reported = ["project/unused-suppression 2"];
    assert_eq!(with("# plimsoll ignore=dockerfile/no-apt"), reported);
    assert_eq!(with("# plimsoll ignore=dockerfile/no-such-rule"), reported);
    assert_eq!(with("# hadolint ignore=DL3027"), reported);
    assert_eq!(with("# hadolint ignore=DL3027 because"), reported);
    assert_eq!(with("# check=skip=NoSuchCheck"), reported);
    assert_eq!(with("# check=skip=stagenamecasing"), reported);
    assert_eq!(with("# check=skpi=StageNameCasing"), reported);
    // ShellCheck has rules that we have not.
    assert_eq!(with("# hadolint ignore=SC9999"), [""; 0]);
    assert_eq!(with("# check=skip=InvalidBaseImagePlatform // since"), [""; 0]);
    assert_eq!(with("# check=skip=all"), [""; 0]);
    // A strict rule does not run.
    assert_eq!(with("# hadolint ignore=DL1001"), [""; 0]);
}

#[test]
fn an_option_that_check_does_not_have_fails_the_build_only_as_a_directive() {
    let severity = |dockerfile: &str| {
        let mut project = Project::new();
        project.open("Dockerfile", dockerfile.as_bytes(), None).unwrap();
        check(&project, &Settings::default()).worst()
    };
    assert_eq!(severity("# check=warn=true\nFROM a:1\n"), Some(Severity::Error));
    assert_eq!(severity("FROM a:1\n# check=warn=true\nRUN true\n"), Some(Severity::Info));
}

#[test]
fn a_ban_on_ignore_comments_cannot_be_lifted_by_one() {
    let select = vec![Selector::parse("DL1001").unwrap()];
    let settings = Settings { select, ..Settings::default() };
    let file =
        "# plimsoll file-ignore=dockerfile/no-inline-ignore,DL3027\nFROM a:1\nRUN apt update\n";
    assert_eq!(found_with(file, &settings), ["dockerfile/no-inline-ignore 1"]);
}

#[test]
fn a_rule_may_be_ignored_in_single_files() {
    let ignored = vec![Selector::parse("DL3027").unwrap()];
    let file_ignores = [("Dockerfile".to_owned(), ignored)].into();
    let settings = Settings { file_ignores, ..Settings::default() };
    let rules = found_with("FROM a:1\nRUN apt update\n", &settings);
    assert!(rules.iter().all(|rule| !rule.contains("no-apt")), "{rules:?}");
}
