//! What a script is read as.

use super::parse;
use crate::shell::{SimpleCommand, parse_verbatim};
use crate::text::MappedText;

/// Name of each command, with letters for where it stands.
fn outline(source: &str) -> Vec<String> {
    let show = |command: &SimpleCommand| {
        let position = &command.position;
        let flags = [
            (position.is_background, '&'),
            (position.in_pipeline, '|'),
            (position.in_condition, '?'),
            (position.in_branch, 'b'),
            (position.in_substitution, '$'),
            (position.in_subshell, '('),
            (position.after_or, 'o'),
        ];
        let mut text = command.name().unwrap_or("=").to_owned();
        text.extend(flags.iter().filter(|(is_set, _)| *is_set).map(|(_, letter)| letter));
        if let Some(function) = &position.function {
            text.push('@');
            text.push_str(function);
        }
        text
    };
    parse_verbatim(source).commands.iter().map(show).collect()
}

#[test]
fn commands_know_where_they_stand() {
    let cases: &[(&str, &[&str])] = &[
        ("a && b || c; d", &["a", "b", "co", "d"]),
        ("a | b | c", &["a|", "b|", "c|"]),
        ("a & b", &["a&", "b"]),
        ("a | b &", &["a&|", "b&|"]),
        ("if a; then b; elif c; then d; else e; fi; f", &["a?", "bb", "c?b", "db", "eb", "f"]),
        ("while true; do a; done & b", &["true&?", "a&b", "b"]),
        ("for x in 1 2; do a $x; done", &["ab"]),
        ("case $x in a|b) one ;; *) two;; esac; three", &["oneb", "twob", "three"]),
        ("f() { a; b & }\nc", &["a@f", "b&@f", "c"]),
        ("function g { a; }\nc", &["a@g", "c"]),
        ("( a; b ) && c", &["a(", "b(", "c"]),
        ("x=$(a | b) c", &["c", "a|$", "b|$"]),
        ("echo \"$(a)\"", &["echo", "a$"]),
        ("cat <<EOF | b\nnot a command\nEOF\nc", &["cat|", "b|", "c"]),
        ("[[ a && b ]] && c", &["[[", "c"]),
        ("a # b ; c\nd", &["a", "d"]),
        ("a \\\n b", &["a"]),
        ("! a", &["a"]),
    ];
    for (source, expected) in cases {
        assert_eq!(outline(source), *expected, "{source}");
    }
}

#[test]
fn words_lose_their_quotes_and_keep_their_place() {
    let source = "PORT=8000 run --bind \"0.0.0.0:$PORT\" 'a b' x\\ y ${Z:-9}1 >> /log 2>&1";
    let script = parse_verbatim(source);
    let command = &script.commands[0];
    assert_eq!(command.assignments[0].name, "PORT");
    let lookup = |name: &str| (name == "PORT").then(|| "8000".to_owned());
    let values: Vec<String> =
        command.words.iter().map(|word| word.value(&lookup).unwrap().text().to_owned()).collect();
    assert_eq!(values, ["run", "--bind", "0.0.0.0:8000", "a b", "x y", "91"]);
    let bind = command.words[2].value(&lookup).unwrap();
    assert_eq!(&source[bind.span(8, 12).range()], "$PORT");
    assert_eq!(&source[bind.span(0, 7).range()], "0.0.0.0");
    assert_eq!(command.redirections[0].operator, ">>");
    assert_eq!(command.redirections[1].descriptor, Some(2));
    assert!(!command.words[2].has_unquoted_expansion());
    assert!(command.words[5].has_unquoted_expansion());
}

#[test]
fn what_is_never_closed_is_an_error() {
    for source in ["if a; then b", "echo 'x", "echo \"x", "f() { a", "(a"] {
        let (_, errors) = parse(&MappedText::verbatim(source, 0));
        assert_eq!(errors.len(), 1, "{source}");
    }
}

#[test]
fn no_prefix_of_a_script_makes_the_parser_panic() {
    let source = "#!/bin/sh\nf() { case \"$1\" in a) b;; esac; }\nx=$(a `b` \"${c:-$(d)}\") && 端 <<-'E' >口\n\tz\n\tE\n[[ a =~ (b|c) ]] & for((i=0;i<3;i++)); do $((1+2)); done\n";
    for (at, _) in source.char_indices() {
        parse_verbatim(&source[..at]);
        parse_verbatim(&source[at..]);
    }
    parse_verbatim(&"$(".repeat(10_000));
    parse_verbatim(&"(".repeat(10_000));
    parse_verbatim(&"a|".repeat(50_000));
}
