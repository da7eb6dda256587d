//! Fixing harms nothing: what one document is like is no other's trouble, and a second run is idle.

use plimsoll::fact::Target;
use plimsoll::rule::Safety;
use plimsoll::{Project, Settings, fix};

fn project(files: &[(&str, &str)]) -> Project {
    let (project, errors) = Project::from_files(files.iter().map(|(path, text)| (*path, *text)));
    assert!(errors.is_empty(), "{errors:?}");
    project
}

fn settings(platform: &str) -> Settings {
    let targets = (!platform.is_empty()).then(|| Target::parse(platform).expect("a platform"));
    Settings { targets: targets.into_iter().collect(), strict: true, ..Settings::default() }
}

#[test]
fn a_document_that_no_fix_can_mend_holds_up_no_other() {
    let good = "FROM alpine:3.20\nMAINTAINER x\nENV A b\n";
    let bad = "FROM alpine:3.20\nENV H\u{2028} s\nENV A b\n";
    let paths: Vec<String> = (0..40).map(|index| format!("p/{index}/Dockerfile")).collect();
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), good)).collect();
    files.insert(20, ("p/bad/Dockerfile", bad));
    let fixed = fix(&project(&files), &Settings::default(), Safety::Safe);
    for path in &paths {
        let text = fixed.project.at_path(path).expect("a document").source.text();
        assert!(text.contains("ENV A=b") && !text.contains("MAINTAINER"), "{path}: {text}");
    }
    let text = fixed.project.at_path("p/bad/Dockerfile").expect("a document").source.text();
    assert!(text.ends_with("ENV A=b\n"), "{text}");
    assert_eq!(fixed.dropped, []);
    assert_eq!(fixed.applied.len(), 81);
}

#[test]
fn names_and_words_that_are_none_are_never_written() {
    for (platform, text) in [
        ("", "FROM alpine:3.20\nENV H\u{2028} s\n"),
        ("", "FROM alpine:3.20\nENV H\u{85}I s\nENV A\u{a0} \"b c\"\nENV B\u{3000} c d\n"),
        ("", "FROM alpine:3.20\nENV \"A B\" c\nENV 'A b\nENV A\\ b c\nLABEL \"a b\n"),
        ("", "FROM alpine:3.20\nLABEL a\u{2029}b c\nLABEL \u{2028} c\n"),
        ("modelarts", "FROM e\nCMD"),
        ("modelarts", "FROM e\nCMD   \\\n\n"),
        ("modelarts", "FROM e\nCMD \\\n# nothing\n"),
        ("", "ARG END_DEV(\nFROM ${END_DE}b"),
        ("", "ARG END.DEV=1\nFROM a:${END_DEV}b\n"),
        ("", "ARG ER_FI@\nFROM scratch\nCOPY ${R_FI} /\n"),
        ("", "FROM scratch\nARG ER-FI=1\nCOPY ${ER_FI} /\nCOPY $ER_FI /\n"),
        ("", "ARG r \""),
        ("", "FROM a\nARG r 'b\nARG s b'c\n"),
        ("", "FROM a\nRUN <<EOF\nM ${B\nEOF"),
        ("", "FROM scratch\nENV 1ABC=1\nCOPY ${ABC} /\nENV X}Y=1\nCOPY $XY /\n"),
    ] {
        let project = project(&[("Dockerfile", text)]);
        let settings = settings(platform);
        let fixed = fix(&project, &settings, Safety::Unsafe);
        assert_eq!(fixed.dropped, [], "{text:?}");
        let again = fix(&fixed.project, &settings, Safety::Unsafe);
        assert_eq!(again.applied, [], "{text:?}");
    }
}

#[test]
fn a_name_that_is_used_often_is_mended_in_one_run() {
    let uses: String = (0..30).map(|index| format!(" V{index}=$VERSOIN_OF_IT")).collect();
    let text = format!("FROM scratch\nARG VERSION_OF_IT=1\nENV{uses}\nCOPY $VERSOIN_OF_IT /\n");
    let project = project(&[("Dockerfile", &text)]);
    let fixed = fix(&project, &Settings::default(), Safety::Unsafe);
    let new = fixed.project.documents()[0].source.text();
    assert_eq!(new, text.replace("VERSOIN", "VERSION"));
    assert_eq!(fixed.applied.len(), 2);
}

#[test]
fn what_is_put_into_a_document_ends_lines_as_its_neighbours_do() {
    let settings = settings("modelarts");
    for end in ["\n", "\r\n"] {
        let text = format!("FROM alpine:3.20{end}RUN a | b{end}CMD [\"a\"]");
        let project = project(&[("Dockerfile", &text)]);
        let fixed = fix(&project, &settings, Safety::Unsafe);
        let new = fixed.project.documents()[0].source.text();
        assert!(new.contains("EXPOSE") && new.contains("SHELL"), "{new:?}");
        let others = new.replace(end, "");
        assert!(!others.contains(['\r', '\n']), "{new:?}");
    }
    // Of mixed ones the nearest line decides.
    let project =
        project(&[("Dockerfile", "FROM debian:12\r\nUSER 1\nRUN a | b\nCMD [\"a\"]\r\n")]);
    let fixed = fix(&project, &settings, Safety::Unsafe);
    let new = fixed.project.documents()[0].source.text();
    let line = |word: &str| new.split_inclusive('\n').find(|line| line.starts_with(word));
    assert!(line("SHELL").is_some_and(|line| !line.ends_with("\r\n")), "{new:?}");
    assert!(line("EXPOSE").is_some_and(|line| line.ends_with("\r\n")), "{new:?}");
}

#[test]
fn services_are_fixed_as_if_they_were_alone() {
    let text = "FROM alpine:3.20\nENV A b\nMAINTAINER x\n";
    let service = r#"{"metadata": {"name": "a"}, "containers": [{"image": "a:1", "port": 8080}]}"#;
    let files = [
        ("a/Dockerfile", text),
        ("a/service.json", service),
        ("b/Dockerfile", text),
        ("b/service.json", service),
    ];
    let both = fix(&project(&files), &Settings::default(), Safety::Unsafe);
    let one = fix(&project(&files[..2]), &Settings::default(), Safety::Unsafe);
    for (index, document) in both.project.documents().iter().enumerate() {
        let alone = &one.project.documents()[index % 2];
        assert_eq!(document.source.text(), alone.source.text());
    }
    assert_eq!(both.applied.len(), 2 * one.applied.len());
}
