//! Laws that hold for every document, tried on the examples, on planted nonsense, and on the real
//! files in the folder that `PLIMSOLL_CASES` names.

use std::path::{Path, PathBuf};

use plimsoll::dockerfile::{self, Instruction};
use plimsoll::fact::{Platform, Profile, Target};
use plimsoll::rule::Safety;
use plimsoll::text::{Edit, Span, apply};
use plimsoll::{Kind, Project, Settings, check, detect, fix, redact, register};
use plimsoll_test_support::{cases, workspace};

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

type Documents = Vec<(PathBuf, String)>;

fn examples() -> Documents {
    texts(&workspace().join("examples"))
}

fn real_files() -> Documents {
    let folders = ["aliyun", "eas", "modelarts", "dockerfile/files"];
    folders.iter().flat_map(|name| texts(&cases::path("corpus").join(name))).collect()
}

fn settings() -> Settings {
    let batch = Target { platform: Platform::ModelArts, profile: Some(Profile::Batch) };
    Settings {
        targets: vec![
            Target::of(Platform::Eas),
            batch,
            Target::of(Platform::Eci),
            Target::of(Platform::ComputeNest),
        ],
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

fn every_place_of_a_report_lies_on_the_text(documents: Documents) {
    let mut checked = 0;
    for (path, text) in documents {
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
        assert_eq!(redact(&text).lines().count(), text.lines().count(), "{path:?}");
    }
    assert!(checked >= 8, "only {checked} documents were found");
}

fn fixing_twice_is_fixing_once_and_breaks_nothing(documents: Documents) {
    for (path, text) in documents {
        let Some(project) = project(&path, &text, None) else { continue };
        for upto in [Safety::Safe, Safety::Unsafe] {
            let fixed = fix(&project, &settings(), upto);
            assert!(
                fixed.dropped.is_empty(),
                "{path:?}: a fix broke the document: {:?}",
                fixed.dropped
            );
            let before = project.documents()[0].error_count();
            let now = &fixed.project.documents()[0];
            assert!(now.error_count() <= before, "{path:?}");
            let again = fix(&fixed.project, &settings(), upto);
            assert_eq!(again.applied, [], "{path:?}: fixing again changes more");
        }
    }
}

/// The Dockerfiles among the documents.
fn dockerfiles(mut documents: Documents) -> Documents {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    documents.retain(|(path, text)| detect(&name(path), text) == Some(Kind::Dockerfile));
    documents
}

/// The documents of the rules' own examples.
fn documents_of_rules() -> Documents {
    let mut all = Vec::new();
    for rule in register() {
        for (index, example) in rule.examples.iter().enumerate() {
            for (path, text) in example.files(rule.platform).files {
                all.push((Path::new(rule.id).join(index.to_string()).join(path), text));
            }
        }
    }
    all
}

/// Each fix that is offered for a Dockerfile: whether it is safe, and its edits.
fn fixes(text: &str) -> Vec<(String, bool, Vec<Edit>)> {
    let project = project(Path::new("Dockerfile"), text, None).expect("text opens");
    let settings = Settings { strict: true, ..Settings::default() };
    let findings = check(&project, &settings).findings;
    let fixes = findings.iter().flat_map(|one| one.fixes.iter().map(move |fix| (&one.rule, fix)));
    fixes
        .map(|(rule, fix)| {
            let edits = fix.edits.iter().map(|edit| {
                let span = Span { start: edit.start, end: edit.end };
                Edit::replace(span, edit.text.as_str())
            });
            (rule.to_string(), fix.safe, edits.collect())
        })
        .collect()
}

/// Where the byte at `offset`, which no edit touches, stands after the edits.
fn moved(offset: u32, edits: &[Edit]) -> usize {
    let before = edits.iter().filter(|edit| edit.span.end <= offset);
    let change: i64 = before.map(|edit| edit.text.len() as i64 - edit.span.len() as i64).sum();
    usize::try_from(i64::from(offset) + change).expect("a place in the text")
}

/// A tree in words, its places counted from `base`.
fn tree(instruction: &Instruction, base: usize) -> String {
    let words = format!("{instruction:?}");
    let mut parts = words.split("start: ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let relative = |digits: &str| {
        let place: usize = digits.parse().unwrap_or(base);
        // An empty text without a place says 0.
        place.checked_sub(base).map_or_else(|| "-".to_owned(), |place| place.to_string())
    };
    for part in parts {
        let (start, rest) = part.split_once(", end: ").unwrap_or((part, " }"));
        let (end, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        out.push_str(&format!("start: {}, end: {} {rest}", relative(start), relative(end)));
    }
    out
}

fn a_fix_leaves_what_it_does_not_touch_as_it_was(documents: Documents) {
    let mut tried = 0;
    for (path, text) in dockerfiles(documents) {
        let (before, _) = dockerfile::parse(&text);
        for (rule, is_safe, edits) in fixes(&text) {
            tried += 1;
            let Ok(new) = apply(&text, &edits) else { panic!("{path:?}: {rule}: edits overlap") };
            let (after, _) = dockerfile::parse(&new);
            let is_touched = |span: Span| {
                edits.iter().any(|edit| edit.span.start <= span.end && span.start <= edit.span.end)
            };
            for old in before.instructions.iter().filter(|one| !is_touched(one.span)) {
                let start = moved(old.span.start, &edits);
                let now = after.instructions.iter().find(|one| one.span.start as usize == start);
                let now = now.map(|now| tree(now, start));
                let was = tree(old, old.span.start as usize);
                assert_eq!(
                    now.as_ref(),
                    Some(&was),
                    "{path:?}: {rule} changes another instruction"
                );
            }
            for comment in &before.comments {
                let at = comment.span;
                let is_kept = || {
                    let start = moved(at.start, &edits);
                    let stays = new.get(start..start + at.len()) == text.get(at.range());
                    stays && after.comments.iter().any(|one| one.span.start as usize == start)
                };
                let is_edited =
                    edits.iter().any(|one| one.span.start < at.end && at.start < one.span.end);
                assert!(!(is_safe && is_edited), "{path:?}: {rule} changes a comment");
                assert!(is_edited || is_kept(), "{path:?}: {rule} changes a comment: {new}");
            }
        }
    }
    assert!(tried > 0, "no fix was offered");
}

/// The comments of a Dockerfile, in their order.
fn comments(text: &str) -> Vec<String> {
    let (tree, _) = dockerfile::parse(text);
    tree.comments.iter().filter_map(|one| text.get(one.span.range()).map(str::to_owned)).collect()
}

fn all_safe_fixes_together_leave_every_comment(documents: Documents) {
    for (path, text) in dockerfiles(documents) {
        let project = project(Path::new("Dockerfile"), &text, None).expect("text opens");
        let settings = Settings { strict: true, ..Settings::default() };
        let fixed = fix(&project, &settings, Safety::Safe);
        let new = fixed.project.documents()[0].source.text();
        assert_eq!(comments(new), comments(&text), "{path:?}");
    }
}

/// Numbers that look as if they were drawn, the same on every run.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }
}

/// Beginnings, ends, and texts that lack a byte: `count` of each.
fn cuts(text: &str, count: usize, drawn: &mut Drawn) -> Vec<Vec<u8>> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    for _ in 0..count {
        all.push(bytes[..drawn.below(bytes.len())].to_vec());
        all.push(bytes[drawn.below(bytes.len())..].to_vec());
        let at = drawn.below(bytes.len());
        let mut without = bytes.to_vec();
        without.drain(at..bytes.len().min(at + 1));
        all.push(without);
    }
    all
}

fn no_cut_of_a_document_makes_it_panic(documents: Documents) {
    let mut drawn = Drawn(7);
    for (path, text) in documents {
        let name = path.file_name().expect("a file").to_string_lossy();
        let own = detect(&name, &text);
        // Long ones take long.
        let is_long = text.len() > 16_000;
        let most = if is_long { 2 } else { usize::MAX };
        for (index, cut) in cuts(&text, 4, &mut drawn).into_iter().enumerate().take(most) {
            // The kind that it is more often than those that it is not.
            let all = index < 3 && !is_long;
            let kinds = Kind::ALL.into_iter().filter(|&kind| Some(kind) == own || all);
            for kind in kinds {
                let mut project = Project::new();
                // A cut may have left half a character: that is refused.
                if project.open(&name, cut.clone(), Some(kind)).is_ok() {
                    check(&project, &settings());
                    if index % 4 == 3 {
                        fix(&project, &settings(), Safety::Unsafe);
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

mod of_the_examples {
    use super::{documents_of_rules, examples};

    #[test]
    fn every_place_of_a_report_lies_on_the_text() {
        super::every_place_of_a_report_lies_on_the_text(examples());
    }

    #[test]
    fn fixing_twice_is_fixing_once_and_breaks_nothing() {
        super::fixing_twice_is_fixing_once_and_breaks_nothing(examples());
    }

    #[test]
    fn a_fix_leaves_what_it_does_not_touch_as_it_was() {
        super::a_fix_leaves_what_it_does_not_touch_as_it_was(
            [examples(), documents_of_rules()].concat(),
        );
    }

    #[test]
    fn all_safe_fixes_together_leave_every_comment() {
        super::all_safe_fixes_together_leave_every_comment(
            [examples(), documents_of_rules()].concat(),
        );
    }

    #[test]
    fn no_cut_of_a_document_makes_it_panic() {
        super::no_cut_of_a_document_makes_it_panic(examples());
    }
}

mod of_real_files {
    use super::real_files;

    #[test]
    #[ignore = "needs PLIMSOLL_CASES"]
    fn every_place_of_a_report_lies_on_the_text() {
        super::every_place_of_a_report_lies_on_the_text(real_files());
    }

    #[test]
    #[ignore = "needs PLIMSOLL_CASES"]
    fn fixing_twice_is_fixing_once_and_breaks_nothing() {
        super::fixing_twice_is_fixing_once_and_breaks_nothing(real_files());
    }

    #[test]
    #[ignore = "needs PLIMSOLL_CASES"]
    fn a_fix_leaves_what_it_does_not_touch_as_it_was() {
        super::a_fix_leaves_what_it_does_not_touch_as_it_was(real_files());
    }

    #[test]
    #[ignore = "needs PLIMSOLL_CASES"]
    fn all_safe_fixes_together_leave_every_comment() {
        super::all_safe_fixes_together_leave_every_comment(real_files());
    }

    #[test]
    #[ignore = "needs PLIMSOLL_CASES"]
    fn no_cut_of_a_document_makes_it_panic() {
        super::no_cut_of_a_document_makes_it_panic(real_files());
    }
}
