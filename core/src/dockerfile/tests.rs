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

/// A file with everything in it that is hard to read.
const NASTY: &str = "\u{feff}# escape=`\nARG A=${B:-${C}} A='x y'\nFROM --platform=$X a:${A} AS b\nRUN --mount=type=secret,id=\"a,b\",required <<E 3<<-'F G' `\n# 中\n\n && x\n端口\nE\n\ty\n\tF G\nCOPY --from=b [\"x\", \"\\u00e9\"] /\nCOPY <<\"É\" --x é /\n${x\nÉ\nENV A='\"$' B=${A#*${x} c d=\"`\"\"\nENV é 1 2`\nLABEL a.b=${x/`//\\*} ${\nHEALTHCHECK --interval=1.5é CMD [\"a\"\nEXPOSE 80-90/tcp [::1]:é:8 \u{a0}$P\nSTOPSIGNAL `é\nADD \"--link\"=é git@h:é?ref=%c3%a9#é /é\nONBUILD HEALTHCHECK NONE é\n{{ é }}\nONBUILD RUN x `\n `\n";

/// Reads `source` in all ways that there are, and looks at every place that comes out.
fn holds_the_laws(source: &str) {
    let (tree, errors) = parse(source);
    let check = |span: Span| {
        assert!(source.get(span.range()).is_some(), "{source:?}: {span:?}");
    };
    errors.iter().for_each(|error| check(error.span));
    tree.comments.iter().for_each(|comment| check(comment.span));
    for instruction in &tree.instructions {
        let all = [instruction.span, instruction.keyword_span, instruction.arguments_span()];
        all.into_iter().for_each(check);
        instruction.blank_lines.iter().copied().for_each(check);
        for heredoc in &instruction.heredocs {
            check(heredoc.marker);
            check(heredoc.span);
        }
        for flag in &instruction.flags {
            check(flag.name_span);
            check(flag.span);
            if let Some(value) = &flag.value {
                check(value.span);
                for field in fields(value) {
                    check(field.key_span);
                    check(field.value.span);
                }
            }
        }
        for used in variables_used(instruction, tree.escape) {
            check(used.name_span);
            check(used.span);
        }
        for word in expanded_words(instruction) {
            check(word.span);
            let _ = GitRef::parse(word.raw());
            let _ = PortSpec::read(word.raw());
        }
    }
    for (index, _) in tree.instructions.iter().enumerate() {
        tree.comments_before(index).iter().for_each(|comment| check(comment.span));
    }
    tree.walk_environment(&mut |_, _, environment| {
        environment.names().for_each(|name| {
            let _ = environment.lookup(name);
        });
    });
    predict(&tree);
}

#[test]
fn no_prefix_and_no_suffix_of_a_dockerfile_makes_the_parser_panic() {
    for (at, _) in NASTY.char_indices() {
        holds_the_laws(&NASTY[..at]);
        holds_the_laws(&NASTY[at..]);
    }
}

#[test]
fn no_deletion_of_a_byte_makes_the_parser_panic() {
    for at in 0..NASTY.len() {
        let mut bytes = NASTY.as_bytes().to_vec();
        bytes.remove(at);
        holds_the_laws(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn large_files_are_read_in_one_pass() {
    let sources = [
        format!("FROM a\nENV A={}\n", "x y=".repeat(50_000)),
        format!("FROM a\nRUN a{}\n", " \\\n b".repeat(100_000)),
        format!("FROM a\nRUN a \\\n{}b\n", "\n# c\n".repeat(100_000)),
        format!("FROM a\nENV A={}\n", "${x:-".repeat(10_000)),
        format!("FROM a\nENV A={}{}\n", "${x:-".repeat(10_000), "}".repeat(10_000)),
        format!("FROM a\nENV A=x\n{}", "ENV A=$A$A\n".repeat(1_000)),
        format!("FROM a AS s0\n{}", "FROM s0 AS s0\nARG B=1\n".repeat(5_000)),
        format!("FROM a\nRUN {}\n", "--mount=a ".repeat(20_000)),
        format!("FROM a\nRUN cat {}\n{}", "<<E ".repeat(5_000), "E\n".repeat(5_000)),
        format!("FROM a\nCOPY {} /\n", "\"$a\" ".repeat(100_000)),
        format!("FROM a\n{}", "{{ x }}\n".repeat(5_000)),
    ];
    for source in sources {
        // Anything quadratic would take minutes.
        holds_the_laws_of_large(&source);
    }
}

fn holds_the_laws_of_large(source: &str) {
    let (tree, errors) = parse(source);
    assert!(errors.iter().all(|error| source.get(error.span.range()).is_some()));
    tree.walk_environment(&mut |_, _, _| {});
    predict(&tree);
}

#[test]
fn blank_lines_inside_an_instruction_are_kept() {
    let source = "FROM a\nRUN a \\\n\n # c\n \t\n b\n\nUSER x\n";
    let tree = tree(source);
    let blank = &tree.instructions[1].blank_lines;
    let lines: Vec<&str> = blank.iter().map(|span| &source[span.range()]).collect();
    assert_eq!(lines, ["\n", " \t\n"]);
    assert!(tree.instructions[2].blank_lines.is_empty());
}

#[test]
fn a_template_gives_one_error() {
    let source = "FROM {{ base }}\n{% if x %}\nRUN x\n{{ y }}\nCOPY a\n";
    let expected = "this is a template, not a Dockerfile: render it first";
    assert_eq!(errors(source), [("{{ base }}".to_owned(), expected.to_owned())]);
    assert_eq!(errors("FROM a\n{extra}\nCOPY x\n"), [("{extra}".to_owned(), expected.to_owned())]);
    // What the builder reads is no template.
    assert_eq!(errors("FROM a\nRUN docker ps --format '{{ .Names }}'\n"), []);
}

#[test]
fn flags_and_words_are_checked_where_they_stand() {
    let cases = [
        ("COPY --link=no a b", "no", "`--link` takes true or false, not `no`"),
        ("COPY --chown a b", "--chown", "`--chown` needs a value: `--chown=…`"),
        ("COPY --from=a --from=b a b", "--from", "`--from` is given twice"),
        (
            "COPY --from=a$B a b",
            "$B",
            "COPY --from takes no variables: name a stage with FROM … AS instead",
        ),
        ("RUN --network=hots a", "hots", "there is no network `hots`: default, none or host"),
        (
            "RUN --mount=type=cach,target=/a b",
            "cach",
            "there is no mount of type `cach`; did you mean `cache`?",
        ),
        (
            "RUN --mount=type=cache,targt=/a b",
            "targt",
            "a mount has no `targt`; did you mean `target`?",
        ),
        ("RUN --mount=type=bind,uid=1 b", "uid", "a mount of type `bind` takes no `uid`"),
        ("HEALTHCHECK --interval=30 CMD a", "30", "`30` is no duration such as `30s` or `1m30s`"),
        ("HEALTHCHECK --retries=x CMD a", "x", "`--retries` takes a whole number, not `x`"),
        ("STOPSIGNAL SIGFOO", "SIGFOO", "there is no signal `SIGFOO`"),
        ("EXPOSE 80/http", "http", "there is no protocol `http`: tcp, udp or sctp"),
        ("EXPOSE web", "web", "`web` is no port number"),
        ("WORKDIR \"/a", "\"/a", "this quote is never closed"),
        ("ENV A=${B", "${B", "this `${` is never closed"),
        ("SHELL []", "[]", "SHELL takes a JSON array such as [\"/bin/bash\", \"-c\"]"),
        ("COPY a <<E\nE", "<<E", "the destination of COPY cannot be a heredoc"),
    ];
    for (line, at, message) in cases {
        let source = format!("FROM a\n{line}\n");
        assert_eq!(errors(&source), [(at.to_owned(), message.to_owned())], "{source}");
    }
}

#[test]
fn what_the_builder_reads_is_no_error() {
    for line in [
        "CMD",
        "ENTRYPOINT []",
        "HEALTHCHECK --interval=1m30s --timeout=500ms --retries=3 CMD [\"a\"]",
        "RUN --mount=type=secret,id=a,env=B,required --mount=type=ssh --network=none --security=insecure --device=gpu,required a",
        "RUN --mount=type=tmpfs,target=/t,size=64m --mount=type=bind,from=x,rw --mount=type=cache,sharing=locked,target=/c,mode=0700,uid=$U a",
        "RUN a ${b,,} ${c:0:3} it's",
        "COPY --link --parents --exclude=a --exclude=b --chmod=u=rwX --chown=$U:$G a b",
        "ADD --checksum=sha256:$S --keep-git-dir=false --unpack=TRUE https://example.com/a.git /a",
        "EXPOSE 80 $P/udp \"90\" 1-3/TCP 127.0.0.1:80:80 70000",
        "STOPSIGNAL sigrtmin+3",
        "STOPSIGNAL $S",
        "ONBUILD ENV A=\"b",
        "HEALTHCHECK NONE",
        "CMD echo 'open",
        "ARG --odd A",
    ] {
        assert_eq!(errors(&format!("FROM a\n{line}\n")), [], "{line}");
    }
}

#[test]
fn a_heredoc_is_seen_where_the_builder_sees_it() {
    let names = |line: &str| -> Vec<String> {
        let (tree, _) = parse(&format!("FROM a\n{line}\n"));
        tree.instructions[1].heredocs.iter().map(|one| one.name.clone()).collect()
    };
    assert_eq!(names("RUN cat << 'a b' <<-\\C"), ["a b", "C"]);
    assert!(names("RUN echo $((1<<2)) '<<E' <<<x").is_empty());
    // An open quote hides them all.
    assert!(names("RUN it's <<E").is_empty());
    assert!(names("RUN [\"<<E\"]").is_empty());
}

#[test]
fn another_front_end_reads_its_own_language() {
    for source in ["// syntax=a/b\nlet x = 1\n", "{\"syntax\": \"a/b\", \"x\": []}\n"] {
        let tree = tree(source);
        assert_eq!(tree.directives[0].value, "a/b");
        assert!(tree.instructions.is_empty());
    }
}

#[test]
fn an_environment_tells_what_is_known_where() {
    let source = "ARG TAG=1\nFROM a:$TAG AS one\nARG TAG\nARG TARGETARCH\nARG BARE\nENV A=$TAG\nFROM one\nENV B=$A$C D=${A:-x}\nRUN $B\n";
    let (tree, _) = parse(source);
    let mut seen = Vec::new();
    tree.walk_environment(&mut |index, instruction, environment| {
        for used in variables_used(instruction, tree.escape) {
            let value = environment.get(&used.name).map(|one| one.value.clone());
            seen.push((index, used.name, value));
        }
    });
    let known = |value: &str| Some(Some(value.into()));
    assert_eq!(
        seen,
        [
            (1, "TAG".to_owned(), known("1")),
            (5, "TAG".to_owned(), known("1")),
            (7, "A".to_owned(), known("1")),
            (7, "C".to_owned(), None),
            (7, "A".to_owned(), known("1")),
        ]
    );
    let last = tree.environment_at(8);
    assert!(last.has_unknown_base || last.get("TARGETARCH").is_some());
    assert!(last.get("BARE").unwrap().is_bare);
    assert_eq!(last.get("B").unwrap().value.as_deref(), Some("1"));
}

#[test]
fn git_sources_are_told_from_files() {
    let found = GitRef::parse("git@example.org:a/b.git?tag=v1#:c").unwrap().unwrap();
    assert_eq!((found.reference.as_str(), found.folder.as_str()), ("refs/tags/v1", "c"));
    assert_eq!(found.short_name, "b");
    assert_eq!(GitRef::parse("https://example.org/a.tar.gz"), Ok(None));
    assert!(GitRef::parse("https://example.org/a.git?x=1").is_err());
}
