//! What is shown of documents with very long lines and of places that lie far apart.

use std::io::Write;
use std::process::{Command, Stdio};

/// What `plimsoll check` prints about `text`.
fn check(kind: &str, text: &str, options: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plimsoll"));
    command.args(["check", "-", "--no-config", "--color=never", "--kind", kind]);
    command.env("LC_ALL", "C").args(options).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(text.as_bytes()).expect("the program reads");
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The longest line of an output, in characters.
fn width(output: &str) -> usize {
    output.lines().map(|line| line.chars().count()).max().unwrap_or_default()
}

#[test]
fn a_long_line_is_cut_around_the_span_and_keeps_its_column() {
    let service = format!(
        r#"{{"metadata": {{"name": "a", "instance": 1}}, "containers": [{}]}}"#,
        vec![r#"{"image": "a:1", "prot": 80}"#; 500].join(", ")
    );
    let output = check("eas-service", &service, &[]);
    assert!(width(&output) < 200, "a line of {} characters", width(&output));
    assert!(output.contains("\n1 | …") && output.contains("…\n"), "{output}");
    let column = service.find(r#""prot""#).unwrap() + 1;
    assert!(output.contains(&format!("--> -:1:{column}\n")), "{output}");
}

#[test]
fn places_that_lie_far_apart_are_shown_apart() {
    let text = format!("FROM alpine:3.20\nCMD [\"a\"]\n{}CMD [\"b\"]\n", "# x\n".repeat(2000));
    let output = check("dockerfile", &text, &["--select=dockerfile/multi-cmd"]);
    assert!(output.contains("--> -:2:1\n") && output.contains("::: -:2003:1\n"), "{output}");
    assert!(output.lines().count() < 20, "{output}");
}

#[test]
fn a_place_of_very_many_lines_shows_its_first_and_last() {
    let text = format!("FROM alpine:3.20\nRUN <<E\n{}", "true\n".repeat(2000));
    let output = check("dockerfile", &text, &[]);
    assert!(output.contains("--> -:2:"), "{output}");
    assert!(output.lines().count() < 60, "{output}");
}

#[test]
fn of_very_many_findings_the_rest_are_counted() {
    // More than are read as instructions.
    let output = check("dockerfile", &"A\n".repeat(80_000), &[]);
    assert!(output.contains("\n… and 79,000 more of dockerfile/syntax in -\n"));
    assert_eq!(output.matches("error[dockerfile/syntax]").count(), 1000);
    let text = format!("FROM alpine:3.20\n{}", "A\n".repeat(2500));
    let output = check("dockerfile", &text, &["--lang=zh"]);
    assert!(output.contains("……- 中另有 1,500 条 dockerfile/syntax"), "{output}");
}
