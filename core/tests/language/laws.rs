//! Laws that hold for every text, tried on the rules' examples, on what is cut and changed in them,
//! and on the real files in the folder that `PLIMSOLL_CASES` names.

use std::collections::HashSet;
use std::path::Path;

use plimsoll::language::{Class, Token, completion, hover, to_byte, to_utf16, tokens};
use plimsoll::text::Lang;
use plimsoll::tree::{Node, json, yaml};
use plimsoll::{Kind, detect, register};
use plimsoll_test_support::{cases, workspace};

/// The tokens of `text`, which keep the laws: in order, none over another, none empty, each within
/// one line and on the boundaries of characters; and a window shows what the whole shows.
fn lawful(kind: Kind, text: &str) -> Vec<Token> {
    let all = tokens(kind, text, 0..usize::MAX);
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut end = 0;
    for token in &all {
        assert!(token.start >= end && token.end > token.start, "{kind:?} {token:?} in {text:?}");
        end = token.end;
        let letters = units.get(token.start..token.end).expect("within the text");
        let letters = String::from_utf16(letters).expect("on the boundaries of characters");
        assert!(!letters.contains(['\n', '\r']), "{kind:?} {letters:?}");
    }
    let count = text.split_inclusive('\n').count();
    let (first, last) = (count / 3, count / 3 + 4);
    let start = text.split_inclusive('\n').take(first).map(str::len).sum();
    let stop = text.split_inclusive('\n').take(last).map(str::len).sum();
    let (start, stop) = (to_utf16(text, start), to_utf16(text, stop));
    let within = all.iter().filter(|token| token.start >= start && token.start < stop);
    let window = tokens(kind, text, first..last);
    assert_eq!(window, within.copied().collect::<Vec<_>>(), "{kind:?} {first}..{last} of {text}");
    all
}

/// What is offered and told at `offset` lies on `text`, at the offset.
fn lawful_at(kind: Kind, text: &str, offset: usize) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let lies_at = |range: std::ops::Range<usize>| {
        assert!(range.start <= offset && offset <= range.end, "{range:?} {offset} of {text:?}");
        let letters = units.get(range).expect("within the text");
        String::from_utf16(letters).expect("on the boundaries of characters");
    };
    for one in completion(kind, text, offset, Lang::Zh) {
        assert!(!one.label.is_empty() && !one.insert.is_empty());
        lies_at(one.replace);
    }
    if let Some(one) = hover(kind, text, offset, Lang::En) {
        assert!(!one.range.is_empty() && !one.text.is_empty());
        lies_at(one.range);
    }
}

/// The files of all examples, with their names.
fn examples() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for rule in register() {
        for example in rule.examples {
            found.extend(example.files(rule.platform).files);
        }
    }
    found.extend(files_below(&workspace().join("examples")));
    found
}

fn files_below(folder: &Path) -> Vec<(String, String)> {
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
                found.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// Kinds that have a language of their own.
const LANGUAGES: [Kind; 6] = [
    Kind::Dockerfile,
    Kind::DockerIgnore,
    Kind::EasService,
    Kind::EciRequest,
    Kind::RosTemplate,
    Kind::Shell,
];

#[test]
fn every_example_is_painted_by_the_laws_in_its_language_and_in_another() {
    let examples = examples();
    assert!(examples.len() > 500, "{}", examples.len());
    for (index, (path, text)) in examples.iter().enumerate() {
        if let Some(kind) = detect(path, text) {
            lawful(kind, text);
        }
        lawful(LANGUAGES[index % LANGUAGES.len()], text);
    }
}

#[test]
fn what_is_cut_or_changed_is_painted_by_the_laws() {
    let planted = ["\"", "'", "${", "{{", "\\", "端😀", "<<E", "\r\n", "\u{feff}", "$("];
    for (index, (path, text)) in examples().iter().enumerate() {
        let Some(kind) = detect(path, text) else { continue };
        let at = to_byte(text, index * 97 % (text.len() + 1));
        let (before, behind) = text.split_at(at);
        match index % 12 {
            10 => drop(lawful(kind, before)),
            11 => drop(lawful(kind, behind)),
            which => drop(lawful(kind, &format!("{before}{}{behind}", planted[which]))),
        }
    }
}

#[test]
fn what_is_offered_and_told_lies_at_the_caret() {
    for (index, (path, text)) in examples().iter().enumerate() {
        let Some(kind) = detect(path, text) else { continue };
        for step in 0..6 {
            let offset = to_byte(text, (index * 37 + step * 101) % (text.len() + 1));
            let offset = to_utf16(text, offset);
            lawful_at(kind, text, offset);
            let cut = &text[..to_byte(text, offset)];
            lawful_at(kind, cut, offset);
        }
    }
}

/// Each key of a tree that is written where it stands.
fn keys(node: &Node, found: &mut Vec<(usize, usize)>) {
    node.walk(&mut |_, node| {
        for member in node.members() {
            let span = member.key_span;
            found.push((span.start as usize, span.end as usize));
        }
    });
}

/// The keys of the tree of `text` that are not painted as keys.
fn keys_not_painted(kind: Kind, text: &str) -> Vec<&str> {
    let mut expected = Vec::new();
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    if is_json {
        json::parse(text).root.iter().for_each(|root| keys(root, &mut expected));
    } else {
        let stream = yaml::parse(text);
        stream.documents.iter().for_each(|root| keys(root, &mut expected));
    }
    let all = lawful(kind, text);
    // The UTF-16 offset of each byte.
    let mut units = vec![0; text.len() + 1];
    let mut unit = 0;
    for (at, character) in text.char_indices() {
        units[at] = unit;
        unit += character.len_utf16();
    }
    units[text.len()] = unit;
    let keys = all.iter().filter(|token| token.class == Class::Key);
    let painted: HashSet<(usize, usize)> = keys.map(|token| (token.start, token.end)).collect();
    let is_painted = |&(start, end): &(usize, usize)| {
        // A tag of YAML is the key of an object of one.
        painted.contains(&(units[start], units[end])) || text[start..end].starts_with('!')
    };
    expected.iter().filter(|one| !is_painted(one)).map(|&(a, b)| &text[a..b]).collect()
}

fn is_a_tree(kind: Kind) -> bool {
    !matches!(kind, Kind::Dockerfile | Kind::DockerIgnore | Kind::Shell | Kind::Image)
}

#[test]
fn the_keys_of_every_tree_are_painted_as_keys() {
    for (path, text) in examples() {
        let Some(kind) = detect(&path, &text).filter(|kind| is_a_tree(*kind)) else { continue };
        let is_flat = kind == Kind::EciRequest && !text.trim_start().starts_with('{');
        if !is_flat && text.len() < 20_000 {
            assert_eq!(keys_not_painted(kind, &text), [""; 0], "{path}: {text}");
        }
    }
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn real_files_are_painted_by_the_laws_and_their_keys_as_keys() {
    let mut missed = Vec::new();
    let mut count = 0;
    for folder in ["aliyun", "eas", "modelarts", "dockerfile/files"] {
        for (path, text) in files_below(&cases::path("corpus").join(folder)) {
            let is_dockerfile = folder.starts_with("dockerfile");
            let told = is_dockerfile.then_some(Kind::Dockerfile);
            let Some(kind) = told.or_else(|| detect(&path, &text)) else { continue };
            count += 1;
            lawful(kind, &text);
            let is_flat = kind == Kind::EciRequest && !text.trim_start().starts_with('{');
            if is_a_tree(kind) && !is_flat && text.len() < 50_000 {
                let keys = keys_not_painted(kind, &text);
                if !keys.is_empty() {
                    missed.push(format!("{path}: {keys:?}"));
                }
            }
        }
    }
    assert!(count > 300, "{count}");
    assert!(missed.is_empty(), "{} of {count}\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_carriage_return_within_a_line_of_yaml_does_no_harm() {
    let text = "- &\r\0: m\r\0: MD\na: b\rc: d\r\n";
    for kind in [Kind::Kubernetes, Kind::RosTemplate, Kind::Compose, Kind::ComputeNestConfig] {
        for at in 0..=text.len() {
            for one in completion(kind, text, at, Lang::En) {
                assert!(one.replace.start <= at && at <= one.replace.end, "{one:?}");
            }
            let _ = hover(kind, text, at, Lang::En);
        }
    }
}
