//! Every rule's examples, run: they are its tests and its documentation at once.

use std::collections::BTreeSet;

use plimsoll::fact::Certainty;
use plimsoll::rule::{Example, ExampleFiles, Rule, Safety, Severity};
use plimsoll::text::Lang;
use plimsoll::{Project, check, example_settings, fix, register};

fn project(files: &ExampleFiles) -> Project {
    let (project, errors) = files.project();
    assert!(errors.is_empty(), "an example's files must be of known kinds: {errors:?}");
    project
}

/// What is wrong with one example of a rule, in words.
fn judge(rule: &'static Rule, example: &Example) -> Result<(), String> {
    let parts = example.files(rule.platform);
    if example.bad == parts.marks.is_empty() {
        return Err("a bad example has marks, a good one has none".into());
    }
    let before = project(&parts);
    let settings = example_settings(rule, example, Lang::En);
    let report = check(&before, &settings);
    let mut expected: Vec<(String, u32, u32)> = parts
        .marks
        .iter()
        .map(|&(file, span)| (parts.files[file].0.clone(), span.start, span.end))
        .collect();
    expected.sort();
    let mut found: Vec<(String, u32, u32)> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == rule.id)
        .map(|one| (one.path.clone(), one.span.start.offset, one.span.end.offset))
        .collect();
    found.sort();
    if found != expected {
        return Err(format!("marked {expected:?}, found {found:?}"));
    }
    for finding in &report.findings {
        let texts = [Some(&finding.message), finding.help.as_ref()];
        if let Some(text) = texts.into_iter().flatten().find(|text| has_open_slot(text)) {
            return Err(format!("a slot was not filled: {text}"));
        }
    }
    if let Some(wanted) = example.fixed_files(rule.platform) {
        let fixed = fix(&before, &settings, Safety::Safe);
        if !fixed.dropped.is_empty() {
            return Err("its fix breaks the document".into());
        }
        for (path, text) in &wanted.files {
            let now = fixed.project.at_path(path).map(|document| document.source.text());
            if now != Some(text) {
                return Err(format!("fixed to\n{}\ninstead of\n{text}", now.unwrap_or_default()));
            }
        }
        if !fix(&fixed.project, &settings, Safety::Safe).applied.is_empty() {
            return Err("fixing twice changes more than fixing once".into());
        }
    } else if report
        .findings
        .iter()
        .any(|one| one.rule == rule.id && one.fixes.iter().any(|fix| fix.safe))
    {
        return Err("offers a safe fix, so the example must say `.fixed(…)`".into());
    }
    Ok(())
}

/// Whether a `{slot}` of a rule's own making is left in a rendered text.
fn has_open_slot(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| {
        let rest = &text[at + 1..];
        let name = rest.split('}').next().unwrap_or_default();
        rest.contains('}')
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            && text[..at].bytes().last() != Some(b'$')
    })
}

#[test]
fn every_example_of_every_rule_finds_what_it_marks_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for rule in register() {
        for example in rule.examples {
            count += 1;
            if let Err(why) = judge(rule, example) {
                wrong.push(format!("{}: {why}\n--- in ---\n{}\n", rule.id, example.text));
            }
        }
    }
    assert!(count > 0);
    assert!(wrong.is_empty(), "{} of {count} examples:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_shows_where_it_speaks_and_where_it_is_silent() {
    for rule in register() {
        assert!(rule.examples.iter().any(|example| example.bad), "{}: no bad example", rule.id);
        assert!(rule.examples.iter().any(|example| !example.bad), "{}: no good example", rule.id);
    }
}

#[test]
fn every_rule_speaks_both_languages_with_the_same_slots() {
    for rule in register() {
        let texts = [("summary", rule.summary), ("message", rule.message), ("why", rule.why)];
        for (name, text) in texts {
            assert!(!text.en.is_empty() && !text.zh.is_empty(), "{}: {name} is missing", rule.id);
            assert!(has_chinese(text.zh), "{}: the Chinese {name} is not Chinese", rule.id);
        }
        assert_eq!(rule.help.en.is_empty(), rule.help.zh.is_empty(), "{}: help", rule.id);
        for text in [rule.message, rule.help] {
            assert_eq!(slots(text.en), slots(text.zh), "{}: slots differ", rule.id);
        }
        assert!(!rule.message.en.ends_with('.'), "{}: the message ends with a stop", rule.id);
    }
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
}

fn slots(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_rule_has_one_id_in_kebab_case_and_a_source() {
    let mut names = BTreeSet::new();
    for rule in register() {
        assert!(names.insert(rule.id), "{} names two rules", rule.id);
        for alias in rule.aliases {
            assert!(register().all(|other| other.id != *alias), "{alias} is a rule's own id");
        }
        let (group, name) = rule.id.split_once('/').expect("an id is GROUP/NAME");
        let is_kebab = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        assert!(is_kebab(group) && is_kebab(name), "{} is not kebab-case", rule.id);
        if let Some(platform) = rule.platform {
            assert_eq!(group, platform.id(), "{} stands in another group", rule.id);
        }
        assert!(!rule.rests_on.is_empty(), "{} rests on nothing", rule.id);
    }
}

#[test]
fn what_is_only_inferred_is_a_warning_at_most() {
    for rule in register().filter(|rule| rule.severity == Severity::Error) {
        let is_sure = rule.rests_on.iter().any(|one| one.certainty != Certainty::Inferred);
        assert!(is_sure, "{} is an error and rests on inference alone", rule.id);
    }
}

#[test]
fn a_mark_that_nothing_finds_fails_an_example() {
    let rule = register().find(|rule| rule.id == "dockerfile/syntax").expect("the rule");
    assert!(judge(rule, &plimsoll::rule::bad("«FROM» alpine:3.20\n")).is_err());
    assert!(judge(rule, &plimsoll::rule::good("FRMO alpine:3.20\n")).is_err());
}
