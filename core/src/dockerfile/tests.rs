//! The language by example. Every test says what the text means, and where.

use super::*;
use crate::text::Lang;

/// Message and marked text of each error.
fn errors(source: &str) -> Vec<(String, String)> {
    let (_, errors) = parse(source);
    errors
        .iter()
        .map(|one| (source[one.span.range()].to_owned(), one.message.render(Lang::En)))
        .collect()
}

fn tree(source: &str) -> Dockerfile {
    let (tree, errors) = parse(source);
    assert!(errors.is_empty(), "{errors:?}");
    tree
}

#[test]
fn continuations_join_and_keep_their_bytes() {
    let source =
        "FROM a\nRUN one \\\n  # a comment inside\n\n  two \\\r\n three\n# after\nUSER x\n";
    let tree = tree(source);
    let run = &tree.instructions[1];
    assert_eq!(run.arguments.text(), "one   two  three");
    let at = run.arguments.text().find("three").unwrap();
    assert_eq!(&source[run.arguments.span(at, at + 5).range()], "three");
    assert_eq!(tree.instructions.len(), 3);
    assert_eq!(tree.comments.len(), 2);
    assert_eq!(&source[tree.comments[0].span.range()], "# a comment inside");
}

#[test]
fn an_escaped_escape_character_continues_nothing() {
    assert_eq!(tree("FROM a\nRUN echo \\\\\nUSER b\n").instructions.len(), 3);
    assert_eq!(tree("# escape=`\nFROM a\nRUN dir C:\\\nUSER b\n").instructions.len(), 3);
    assert_eq!(tree("# escape=`\nFROM a\nRUN dir `\n C:\\\nUSER b\n").instructions.len(), 3);
}

#[test]
fn directives_stand_only_at_the_top() {
    let source = "# syntax = docker/dockerfile:1\n#escape=`\n# other\n# check=skip=all\nFROM a\n";
    let tree = tree(source);
    let names: Vec<&str> = tree.directives.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["syntax", "escape"]);
    assert_eq!(tree.directives[0].value, "docker/dockerfile:1");
    assert_eq!(tree.comments.len(), 2);
}

#[test]
fn exec_form_words_are_decoded_and_keep_their_place() {
    let source = "FROM a\nCMD [\"gunicorn\", \\\n \"-b\", \"0.0.0.0:\\u0038000\"]\n";
    let tree = tree(source);
    let words = tree.instructions[1].command().unwrap().exec().unwrap();
    assert_eq!(words[2].value.text(), "0.0.0.0:8000");
    assert_eq!(&source[words[1].span.range()], "\"-b\"");
    assert_eq!(&source[words[2].value.span(9, 12).range()], "000");
}

#[test]
fn what_only_looks_like_json_goes_to_the_shell() {
    let tree = tree("FROM a\nCMD ['echo', 'x']\n");
    let form = tree.instructions[1].command().unwrap();
    assert!(matches!(form, CommandForm::Shell { looks_like_json: true, .. }));
}

#[test]
fn heredocs_take_the_lines_up_to_their_name() {
    let source = "FROM a\nRUN <<EOF cat && <<-'B' cat\none $x\nEOF\n\ttwo\n\tB\nUSER u\n";
    let tree = tree(source);
    let heredocs = &tree.instructions[1].heredocs;
    assert_eq!(heredocs[0].body.text(), "one $x\n");
    assert!(heredocs[0].expands && !heredocs[1].expands && heredocs[1].chomps);
    assert_eq!(heredocs[1].body.text(), "\ttwo\n");
    assert_eq!(tree.instructions.len(), 3);
    assert_eq!(&source[tree.instructions[1].span.range()][..4], "RUN ");
    assert!(source[tree.instructions[1].span.range()].ends_with("\tB"));
}

#[test]
fn errors_name_their_place_and_reading_goes_on() {
    let source = "FROM a AS 1x\nRNU x\nCOPY a\nENV\nEXPOSE 80\nRUN <<E\nx\n";
    assert_eq!(
        errors(source),
        [
            (
                "1x".into(),
                "`1x` cannot name a stage: a letter, then letters, digits, `-`, `_` or `.`".into()
            ),
            ("RNU".into(), "there is no instruction `RNU`; did you mean `RUN`?".into()),
            ("COPY".into(), "COPY needs at least a source and a destination".into()),
            ("ENV".into(), "ENV needs an argument".into()),
            ("<<E".into(), "this heredoc never ends: no line is just `E`".into()),
        ]
    );
    assert_eq!(parse(source).0.instructions.len(), 6);
}

#[test]
fn more_errors_by_example() {
    let cases = [
        ("", "", "the file holds no instruction"),
        ("RUN x\nFROM a\n", "RUN", "RUN stands before the first FROM: only ARG may"),
        ("ARG A\n", "ARG", "there is no FROM: nothing is built"),
        ("FROM a b\n", "b", "FROM takes an image, and `AS` with a name"),
        ("FROM a\nCMD [\"a\", 1]\n", "1", "the words of a command in JSON form are strings"),
        ("FROM a\nENV A=b c\n", "c", "`c` has no `=`: quote a value that holds blanks"),
        (
            "FROM a\nCOPY --form=x a b\n",
            "--form",
            "COPY has no flag `--form`; did you mean `--from`?",
        ),
        ("FROM a\nONBUILD ONBUILD RUN x\n", "ONBUILD", "ONBUILD cannot stand behind ONBUILD"),
        ("FROM a\nHEALTHCHECK TCP x\n", "TCP", "HEALTHCHECK takes CMD or NONE"),
        (
            "FROM a\n{{ if x }}\n",
            "{{ if x }}",
            "this is a template, not a Dockerfile: render it first",
        ),
        ("# escape=x\nFROM a\n", "x", "the escape character may be a backslash or a backtick"),
        (
            "FROM $X\n",
            "$X",
            "the base image's name is empty: its variables have no value before FROM",
        ),
    ];
    for (source, at, message) in cases {
        assert_eq!(errors(source), [(at.to_owned(), message.to_owned())], "{source}");
    }
}

#[test]
fn variables_expand_as_the_builder_expands_them() {
    let source = "ARG TAG=3.12\nFROM python:${TAG}-slim\nARG P=8000\nARG Q\nENV A=\"x y\" B=$P C='$P' D=${Q:-9} E=${NONE:-${P}} F=\\$P\nEXPOSE $B ${Q} 90/udp 7000-7002\nUSER ${A}\n";
    let prediction = predict(&tree(source));
    assert_eq!(prediction.base.as_ref().unwrap().name.as_deref(), Some("python:3.12-slim"));
    let value = |name: &str| prediction.env_value(name).unwrap().value.clone();
    assert_eq!(value("A").as_deref(), Some("x y"));
    assert_eq!(value("B").as_deref(), Some("8000"));
    assert_eq!(value("C").as_deref(), Some("$P"));
    assert_eq!(value("D").as_deref(), Some("9"));
    assert_eq!(value("E").as_deref(), Some("8000"));
    assert_eq!(value("F").as_deref(), Some("$P"));
    let ports: Vec<(u16, u16, &str, &str)> = prediction
        .exposed
        .iter()
        .map(|one| (one.first, one.last, one.protocol.as_str(), &source[one.span.range()]))
        .collect();
    assert_eq!(
        ports,
        [(8000, 8000, "tcp", "$B"), (90, 90, "udp", "90"), (7000, 7002, "tcp", "7000-7002")]
    );
    assert_eq!(prediction.user.unwrap().value.as_deref(), Some("x y"));
}

#[test]
fn pattern_modifiers_cut_and_replace() {
    let source = "FROM a\nENV V=a.b.c W0=$V\nENV A=${V#*.} B=${V##*.} C=${V%.*} D=${V%%.*} E=${V/./-} F=${V//./-} G=${V:+set} H=${W:+set}\n";
    let prediction = predict(&tree(source));
    // All values of one ENV see the environment before it.
    assert_eq!(prediction.env[1].value.as_deref(), Some(""));
    let values: Vec<Option<String>> =
        prediction.env[2..].iter().map(|one| one.value.clone()).collect();
    let expected = ["b.c", "c", "a.b", "a", "a-b.c", "a-b-c", "set", ""];
    assert_eq!(values, expected.map(|value| Some(value.to_owned())));
}

#[test]
fn the_last_stage_with_its_parents_makes_the_image() {
    let source = "FROM a AS one\nEXPOSE 1\nCMD one\nFROM b AS two\nEXPOSE 2\nFROM one\nENTRYPOINT [\"x\"]\nEXPOSE 3\n";
    let prediction = predict(&tree(source));
    let ports: Vec<u16> = prediction.exposed.iter().map(|one| one.first).collect();
    assert_eq!(ports, [1, 3]);
    assert!(prediction.cmd.is_none(), "an ENTRYPOINT takes an inherited CMD away");
    let config = prediction.image_configuration().unwrap();
    let config = config.config().clone().unwrap();
    assert_eq!(config.entrypoint().as_deref(), Some(&["x".to_owned()][..]));
    assert_eq!(
        config.exposed_ports().as_deref(),
        Some(&["1/tcp".to_owned(), "3/tcp".to_owned()][..])
    );
}

#[test]
fn a_shell_form_command_stands_behind_its_shell() {
    let prediction = predict(&tree("FROM a\nSHELL [\"/bin/bash\", \"-ec\"]\nCMD run it\n"));
    assert_eq!(prediction.cmd.unwrap().arguments(), ["/bin/bash", "-ec", "run it"]);
    let prediction = predict(&tree("FROM a\nCMD run it\n"));
    assert_eq!(prediction.cmd.unwrap().arguments(), ["/bin/sh", "-c", "run it"]);
}

#[test]
fn no_prefix_of_a_dockerfile_makes_the_parser_panic() {
    let source = "\u{feff}# escape=`\nARG A=${B:-${C}}\nFROM --platform=$X a:${A} AS b\nRUN <<E `\n端口\nE\nCOPY --from=b [\"x\", \"y\"] /\nENV A='\"$' B=${A#*${x\nHEALTHCHECK --interval=1s CMD [\"a\"\nONBUILD RUN x \\\n";
    for (at, _) in source.char_indices() {
        for text in [&source[..at], &source[at..]] {
            let (tree, errors) = parse(text);
            predict(&tree);
            for error in errors {
                assert!(text.get(error.span.range()).is_some(), "{text:?}: {error:?}");
            }
        }
    }
}
