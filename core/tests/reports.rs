//! Reports for people, as HTML and as Markdown: whole, without secrets, and nothing of a document
//! becomes markup.

use plimsoll::fact::Platform;
use plimsoll::report::{html, markdown};
use plimsoll::text::Lang;
use plimsoll::{Project, Report, Settings, check};

const DOCKERFILE: &str = "FROM python:3.12\nENV DB_PASSWORD=hunter2x9\nEXPOSE 8080\n\
    CMD [\"uvicorn\", \"a:b\", \"--host\", \"0.0.0.0\", \"--port\", \"8080\"]\n";

fn checked(files: &[(&str, &str)], lang: Lang) -> (Project, Report) {
    let (project, _) = Project::from_files(files.iter().copied());
    let settings = Settings { lang, strict: true, ..Settings::for_platform(Platform::Eas) };
    let report = check(&project, &settings);
    (project, report)
}

/// Both forms of a report.
fn written(files: &[(&str, &str)], lang: Lang) -> [String; 2] {
    let (project, report) = checked(files, lang);
    [html::write(&report, &project, lang), markdown::write(&report, &project, lang)]
}

#[test]
fn a_report_tells_verdicts_findings_places_and_what_to_do() {
    for lang in [Lang::En, Lang::Zh] {
        let (_, report) = checked(&[("Dockerfile", DOCKERFILE)], lang);
        let fails = if lang == Lang::En { "fails" } else { "不符合" };
        for text in written(&[("Dockerfile", DOCKERFILE)], lang) {
            for finding in &report.findings {
                assert!(text.contains(&*finding.rule), "{} is not in {text}", finding.rule);
                if let Some(source) = &finding.source {
                    let url = source.url.replace('&', "&amp;");
                    assert!(text.contains(&url) || text.contains(&*source.url), "{url}");
                }
            }
            assert!(text.contains(fails) && text.contains("eas"), "{text}");
            assert!(text.contains("3 | "), "the line is shown: {text}");
            assert!(text.contains("8080"), "{text}");
            // Words of ours have no slots left.
            assert!(!text.contains("{rule}") && !text.contains("{errors}"), "{text}");
        }
    }
}

#[test]
fn no_secret_is_in_a_report() {
    for text in written(&[("Dockerfile", DOCKERFILE)], Lang::En) {
        assert!(text.contains("••••"), "the line with the secret is shown: {text}");
        assert!(!text.contains("hunter2x9"), "{text}");
    }
}

#[test]
fn what_means_harm_is_text() {
    let hostile = "FROM debian:12\nMAINTAINER <script>alert(1)</script> ]( javascript:x ``` @ann\n\
        WORKDIR rel/<img/src=x>|\u{202e}x`y\n";
    let name = "<b>|`x/Dockerfile";
    let [html, markdown] = written(&[(name, hostile)], Lang::En);
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains("<b>|"),
        "{html}"
    );
    assert!(!html.contains('\u{202e}') && !markdown.contains('\u{202e}'));
    // In Markdown it stands in code only: in fences that it can't end, or in spans.
    let mut fence = None;
    for line in markdown.lines() {
        let bare = line.trim_start();
        let ticks = bare.len() - bare.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            Some(open) if ticks >= open && bare.len() == ticks => fence = None,
            Some(_) => {}
            None => {
                let outside: String =
                    line.split('`').step_by(2).collect::<Vec<_>>().concat().replace("\\<", "");
                assert!(!outside.contains("<script") && !outside.contains("<img"), "{line}");
                assert!(!outside.contains("@ann"), "nobody is mentioned: {line}");
            }
        }
    }
    assert_eq!(fence, None, "every fence is closed: {markdown}");
}

#[test]
fn a_page_loads_and_runs_nothing() {
    let [html, _] = written(&[("Dockerfile", DOCKERFILE)], Lang::En);
    assert!(html.contains("default-src 'none'"), "{html}");
    for sign in ["<script", "<link", "<img", "<iframe", " onload", "@import", "url("] {
        assert!(!html.contains(sign), "{sign}");
    }
    // Every element that is opened is closed.
    for tag in ["main", "section", "article", "ul", "li", "p", "pre", "table", "tr", "td", "mark"] {
        let count = |sign: String| html.matches(&sign).count();
        let opened = count(format!("<{tag}>")) + count(format!("<{tag} "));
        assert_eq!(opened, count(format!("</{tag}>")), "{tag}");
    }
}

#[test]
fn a_project_without_findings_says_so() {
    let script = [("a.sh", "#!/bin/sh\nset -e\necho done\n")];
    assert!(checked(&script, Lang::En).1.findings.is_empty());
    for text in written(&script, Lang::En) {
        assert!(text.contains("Nothing was found."), "{text}");
        assert!(text.contains("0 errors, 0 warnings, 0 infos in 1 document"), "{text}");
    }
}

#[test]
fn findings_beyond_the_most_are_counted() {
    let text = format!("FROM debian:12\n{}", "MAINTAINER a\n".repeat(1_500));
    for text in written(&[("Dockerfile", &text)], Lang::En) {
        assert!(text.contains("more findings of"), "…{}", &text[text.len() - 600..]);
    }
}

#[test]
fn each_document_has_one_part_and_lines_of_its_own() {
    let files = [
        ("a/Dockerfile", "FROM debian:12\nMAINTAINER a\n"),
        ("b/Dockerfile", "FROM debian:12\n\tMAINTAINER b\n"),
    ];
    let [html, markdown] = written(&files, Lang::En);
    for (path, _) in files {
        assert_eq!(html.matches(&format!("<h2>{path} ")).count(), 1, "{html}");
        assert_eq!(markdown.matches(&format!("## `{path}`")).count(), 1, "{markdown}");
    }
    for line in ["2 | MAINTAINER a", "2 |     MAINTAINER b"] {
        assert!(markdown.contains(line), "{line}: {markdown}");
    }
}
