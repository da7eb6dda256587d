//! What a script is read as.

use super::parse;
use crate::shell::{ExtensionKind, OperatorKind, Part, SimpleCommand, parse_verbatim};
use crate::text::Budget;
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
    let lookup = |name: &str| (name == "PORT").then_some("8000");
    let values: Vec<String> = command
        .words
        .iter()
        .map(|word| word.value(&lookup, &Budget::default()).unwrap().text().to_owned())
        .collect();
    assert_eq!(values, ["run", "--bind", "0.0.0.0:8000", "a b", "x y", "91"]);
    let bind = command.words[2].value(&lookup, &Budget::default()).unwrap();
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

/// Name of each command with the operators around it.
fn joints(source: &str) -> String {
    let sign = |kind: OperatorKind| match kind {
        OperatorKind::And => "&&",
        OperatorKind::Or => "||",
        OperatorKind::Semicolon => ";",
        OperatorKind::Background => "&",
        OperatorKind::Pipe => "|",
        OperatorKind::PipeBoth => "|&",
        OperatorKind::Newline => "\\n",
    };
    let show = |command: &SimpleCommand| {
        let before = command.before.map_or("", |one| sign(one.kind));
        let after = command.after.map_or("", |one| sign(one.kind));
        format!("{before}{}{after}", command.name().unwrap_or("="))
    };
    parse_verbatim(source).commands.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn commands_know_the_operators_around_them() {
    let cases = [
        ("a && b || c; d & e\nf", "a&& &&b|| ||c; ;d& &e\\n \\nf"),
        ("a | b |& c", "a| |b|& |&c"),
        ("a && { b; c; } && d", "a&& b; ;c; &&d"),
        ("a $(b; c) && d", "a&& b; ;c &&d"),
        ("if a; then b; fi; c", "a; b; ;c"),
        ("a;\n\n b", "a; ;b"),
    ];
    for (source, expected) in cases {
        assert_eq!(joints(source), expected, "{source}");
    }
    let script = parse_verbatim("a &&  b");
    let span = script.commands[0].after.unwrap().span;
    assert_eq!((span.start, span.end), (2, 4));
}

#[test]
fn pipelines_know_their_elements_and_options() {
    let source = "a | b; set -o pipefail; c $(d) | { e; f; } | g\n( set -e; h | i )\nj | k";
    let script = parse_verbatim(source);
    let show = |pipeline: &crate::shell::Pipeline| {
        let elements: Vec<String> = pipeline
            .elements
            .iter()
            .map(|range| {
                let commands = &script.commands[range.clone()];
                commands.iter().filter_map(SimpleCommand::name).collect::<Vec<_>>().join("+")
            })
            .collect();
        let flag = |is: bool, letter: &'static str| if is { letter } else { "" };
        format!(
            "{} {}{}{}",
            elements.join("|"),
            flag(pipeline.has_pipefail, "p"),
            flag(pipeline.has_errexit, "e"),
            flag(pipeline.is_top_level, "t"),
        )
    };
    let shown: Vec<String> = script.pipelines.iter().map(show).collect();
    assert_eq!(shown, ["a|b t", "c+d|e+f|g pt", "h|i pe", "j|k pt"]);
    assert_eq!(&source[script.pipelines[0].span.range()], "a | b");
    let simple: Vec<bool> =
        script.simple_elements(&script.pipelines[1]).map(|one| one.is_some()).collect();
    assert_eq!(simple, [true, false, true]);
}

#[test]
fn options_of_the_shell_are_known_at_each_command() {
    let cases = [
        ("set -euo pipefail; a", "ep"),
        ("#!/bin/bash -e\na", "e"),
        ("set -ex; set +e; a", ""),
        ("set -o errexit -o pipefail\na", "ep"),
        ("(set -e); a", ""),
        ("{ set -e; }; a", "e"),
        ("f() { set -e; }; a", ""),
        ("x || set -e; a", ""),
        ("set -- -e; a", ""),
    ];
    for (source, expected) in cases {
        let script = parse_verbatim(source);
        let last = &script.commands.last().unwrap().position;
        let mut flags = String::new();
        flags.extend(last.has_errexit.then_some('e'));
        flags.extend(last.has_pipefail.then_some('p'));
        assert_eq!(flags, expected, "{source}");
    }
}

#[test]
fn heredocs_and_here_strings_are_kept() {
    let source =
        "cat <<A <<-'B' > f\na $x\nA\n\tb\n\tB\ngrep x <<< \"$y\"\nwhile a; do b; done <<C\nc\nC\n";
    let script = parse_verbatim(source);
    let redirections = &script.commands[0].redirections;
    let first = redirections[0].heredoc.as_ref().unwrap();
    assert_eq!((first.body.text(), first.is_quoted), ("a $x\n", false));
    assert_eq!(&source[first.span.range()], "a $x\nA");
    let second = redirections[1].heredoc.as_ref().unwrap();
    assert_eq!((second.body.text(), second.is_quoted, second.strips_tabs), ("\tb\n", true, true));
    assert!(script.commands[1].redirections[0].is_here_string());
    assert_eq!(script.redirections[0].heredoc.as_ref().unwrap().body.text(), "c\n");
    assert_eq!(outline(source), ["cat", "grep", "a?", "bb"]);
}

#[test]
fn what_posix_does_not_describe_is_noted() {
    let cases: &[(&str, &[(&str, ExtensionKind)])] = &[
        ("[[ a ]]", &[("[[", ExtensionKind::DoubleBracket)]),
        ("((a++))", &[("((", ExtensionKind::ArithmeticCommand)]),
        ("echo $((a + 1)) {} a{b} \"{a,b}\" x=y", &[]),
        ("for ((;;)); do a; done", &[("((", ExtensionKind::ArithmeticFor)]),
        ("function f { a; }", &[("function", ExtensionKind::FunctionKeyword)]),
        (
            "a <(b) <<< c",
            &[("<(", ExtensionKind::ProcessSubstitution), ("<<<", ExtensionKind::HereString)],
        ),
        ("a &> b |& c", &[("&>", ExtensionKind::RedirectBoth), ("|&", ExtensionKind::PipeBoth)]),
        ("a=(b) c+=d", &[("(", ExtensionKind::Array), ("+=", ExtensionKind::AppendAssignment)]),
        (
            "echo $'a' {a,b} {1..3}",
            &[
                ("$'", ExtensionKind::AnsiQuote),
                ("{a,b}", ExtensionKind::BraceExpansion),
                ("{1..3}", ExtensionKind::BraceExpansion),
            ],
        ),
        (
            "echo ${a:-b} ${a%b} ${#a} ${a/b/c} ${a:1} ${a^^} ${!a} ${a[0]}",
            &[
                ("/", ExtensionKind::Replacement),
                (":", ExtensionKind::Substring),
                ("^", ExtensionKind::CaseModification),
                ("!", ExtensionKind::Indirection),
                ("[", ExtensionKind::ArrayElement),
            ],
        ),
    ];
    for (source, expected) in cases {
        let script = parse_verbatim(source);
        let found: Vec<(&str, ExtensionKind)> =
            script.extensions.iter().map(|one| (&source[one.span.range()], one.kind)).collect();
        assert_eq!(found, *expected, "{source}");
    }
}

#[test]
fn each_error_has_its_place() {
    // What is marked is what the error points at.
    let cases = [
        "echo «'»a",
        "echo «\"»a",
        "echo «`»a",
        "echo «$(»a",
        "echo «${»a",
        "«if» a; then b",
        "if a; «fi»",
        "if a; then «fi»",
        "«while» a; do b",
        "while a; b; «done»",
        "«case» x in a) b",
        "case x «of» a) b;; esac",
        "«{» a;",
        "«(» a",
        "a «)»",
        "a; «;» b",
        "a «&&»",
        "a |  ",
        "a && «||» b",
        "«fi»",
        "«;;»",
        "a «>»",
        "f«(»x) y",
        "for «$x» in a; do b; done",
        "for x in a; «echo» b; done",
        "«f»() ",
        "«[[» a",
        "x=«(»a",
        "( «)»",
        "{ «}»",
        "echo $(a «&&»)",
        "if a; then b; «}»; fi",
    ];
    for marked in cases {
        let source = marked.replace(['«', '»'], "");
        let (_, errors) = parse(&MappedText::verbatim(&source, 0));
        let start = marked.find('«');
        let Some(start) = start else {
            assert_eq!(errors.len(), 1, "{marked}");
            continue;
        };
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let found: Vec<_> = errors.iter().map(|one| one.span.range()).collect();
        assert!(matches!(&found[..], [only] if *only == (start..end)), "{marked}: {errors:?}");
    }
}

#[test]
fn what_some_shell_reads_is_no_error() {
    for source in [
        "a\r\nif b\r\nthen c\r\nfi\r\n",
        "case x in (a|b) ;; c) d ;& e) f; esac",
        "case $(a) in\n # comment\n *) b\nesac",
        "for x\ndo a; done; for y in; do b; done",
        "f() if a; then b; fi; g () ( c ) > d",
        "x=$(case a in b) c;; esac)",
        "echo \"${a:-'}\" \"${a:+\"b\"}\" ${a%'}'}",
        "rm !(a|b) @(c)",
        "cat <<EOF",
        "time { a; }",
        "a &\nb & c",
        "! a || ! { b; }",
        "[[ $a =~ ^[0-9]+(\\.[0-9]+)?$ ]] && b",
        "echo {a..b} } { fi done",
        "echo `echo \\`a\\``",
        "declare -A m=([a]=b [c]=d)",
        "a[1]=b; a[$i]+=c",
        "exec 3<> f {fd}> g; exec 3>&-",
        "{{ a }}",
        "",
    ] {
        let (_, errors) = parse(&MappedText::verbatim(source, 0));
        assert_eq!(errors, [], "{source}");
    }
}

#[test]
fn substitutions_know_their_commands() {
    let script = parse_verbatim("echo $(a | b) `c \\`d\\`` $((1)) <(e)");
    let names = |part: &Part| match part {
        Part::Substitution { commands, .. } => {
            let commands = &script.commands[commands.clone()];
            Some(commands.iter().filter_map(SimpleCommand::name).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    };
    let found: Vec<String> =
        script.commands[0].words.iter().flat_map(|word| &word.parts).filter_map(names).collect();
    assert_eq!(found, ["a b", "c d", "", "e"]);
}

#[test]
fn large_and_deep_scripts_are_read_in_linear_time() {
    // What is quadratic takes minutes even here.
    const SIZE: usize = 100_000;
    parse_verbatim(&"apt-get install -y curl git; ".repeat(1_000_000 / 29));
    for piece in [
        "a b c && ",
        "a|",
        "$(",
        "(",
        "((",
        "$((",
        "`",
        "\"$(",
        "${a:-",
        "if a; then ",
        "a $(b) ",
        "case x in a) ",
        "f() { ",
        "<<A ",
        "a <<A\n",
        ")",
        ";;",
        "'a' \"b\" ",
        "a\\\n",
        "x=(",
        "[[ a ",
        "{a,",
        "@(",
        "! ",
        "$'\\n' ",
        "\r",
        "#\n",
        "a=b ",
        "a[",
        "端",
        "> ",
        "& ",
        "f(a ",
        "{ ",
        "for x in a; do ",
    ] {
        let source = piece.repeat(SIZE / piece.len());
        parse_verbatim(&source);
    }
}
