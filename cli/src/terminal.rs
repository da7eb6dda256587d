//! Findings as people read them: source excerpt, caret under the exact span, related places, help.

use std::collections::HashMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use plimsoll::Project;
use plimsoll::report::{Finding, Fit, Omitted, Related, Report, Span, Verdict};
use plimsoll::text::{Lang, visible};

use crate::excerpt::Sheet;

/// The renderer of everything that looks like a diagnostic.
pub(crate) fn renderer() -> Renderer {
    // Long lines were cut before, see `excerpt`: the renderer is left nothing to cut.
    const MOST_COLUMNS: usize = 100_000;
    Renderer::styled().decor_style(DecorStyle::Ascii).term_width(MOST_COLUMNS)
}

/// Other places of a finding that are shown; the rest are counted.
const MOST_RELATED: usize = 8;

/// Stands for a path, a line and a column in what the renderer gives: its columns are those of the
/// excerpt, not of the document. No text that it is given holds control characters.
const ORIGIN: char = '\u{1}';

/// The findings, each with its excerpt.
pub(crate) fn findings(report: &Report, project: &Project, lang: Lang) -> String {
    // Only what an excerpt is taken from: in a large project most files have no finding.
    let mut sheets: HashMap<&str, Sheet<'_>> = HashMap::new();
    for finding in &report.findings {
        let related = finding.related.iter().map(|related| related.path.as_str());
        for path in related.chain([finding.path.as_str()]) {
            if let Some(document) = project.at_path(path) {
                sheets.entry(path).or_insert_with(|| Sheet::of(document));
            }
        }
    }
    let renderer = renderer();
    let mut out = String::new();
    for finding in &report.findings {
        let mut origins = Vec::new();
        let group = group(finding, &sheets, lang, &mut origins);
        let rendered = renderer.render(&[group]).to_string();
        push_with_origins(&rendered, &origins, &mut out);
        out.push_str("\n\n");
    }
    for one in &report.omitted {
        out.push_str(&omitted(one, lang));
        out.push_str("\n\n");
    }
    out
}

/// How many findings of a rule in a document are not shown.
fn omitted(one: &Omitted, lang: Lang) -> String {
    let (count, rule, path) = (grouped(one.count), &one.rule, visible(&one.path));
    match lang {
        Lang::En => format!("… and {count} more of {rule} in {path}"),
        Lang::Zh => format!("……{path} 中另有 {count} 条 {rule}"),
    }
}

fn group<'a>(
    finding: &'a Finding,
    sheets: &HashMap<&str, Sheet<'_>>,
    lang: Lang,
    origins: &mut Vec<String>,
) -> Group<'a> {
    let level = match &*finding.severity {
        "error" => named(Level::ERROR, lang, "错误"),
        "warning" => named(Level::WARNING, lang, "警告"),
        _ => named(Level::INFO, lang, "提示"),
    };
    let title = level.primary_title(visible(&finding.message)).id(&*finding.rule);
    let shown = &finding.related[..finding.related.len().min(MOST_RELATED)];
    // Places of one document share an excerpt; those of others follow in their own.
    let mut paths = vec![finding.path.as_str()];
    for related in shown {
        if !paths.contains(&related.path.as_str()) {
            paths.push(&related.path);
        }
    }
    let mut group = Group::with_title(title);
    for path in paths {
        let Some(sheet) = sheets.get(path) else { continue };
        let own = (path == finding.path).then_some(&finding.span);
        let related: Vec<&Related> = shown.iter().filter(|one| one.path == path).collect();
        let spans: Vec<&Span> = related.iter().map(|one| &one.span).collect();
        for excerpt in sheet.excerpts(own, &spans) {
            let annotations = excerpt.marks.iter().map(|mark| {
                match mark.place.checked_sub(usize::from(own.is_some())) {
                    None => AnnotationKind::Primary.span(mark.bytes.clone()),
                    Some(index) => {
                        let label = mark.is_last.then(|| visible(&related[index].message));
                        AnnotationKind::Context.span(mark.bytes.clone()).label(label)
                    }
                }
            });
            let annotations: Vec<Annotation<'a>> = annotations.collect();
            let (line, column) = excerpt.at;
            origins.push(format!("{}:{line}:{column}", visible(path)));
            let snippet = Snippet::source(excerpt.text).line_start(excerpt.line as usize);
            group = group.element(snippet.path(ORIGIN.to_string()).annotations(annotations));
        }
    }
    let more = finding.related.len() - shown.len();
    if more > 0 {
        let more = match lang {
            Lang::En => format!("… and {} more", grouped(more)),
            Lang::Zh => format!("……另有 {} 处", grouped(more)),
        };
        group = group.element(named(Level::NOTE, lang, "说明").message(more));
    }
    if let Some(help) = &finding.help {
        group = group.element(named(Level::HELP, lang, "建议").message(visible(help)));
    }
    if let Some(fix) = finding.fixes.first().filter(|fix| fix.safe) {
        let title = visible(&fix.title);
        group = group
            .element(named(Level::NOTE, lang, "修复").message(format!("`plimsoll fix`: {title}")));
    }
    group
}

/// Adds what the renderer gave, with the places of the documents where it put its own.
fn push_with_origins(rendered: &str, origins: &[String], out: &mut String) {
    let mut pieces = rendered.split(ORIGIN);
    out.push_str(pieces.next().unwrap_or_default());
    for (piece, origin) in pieces.zip(origins) {
        out.push_str(origin);
        out.push_str(piece.trim_start_matches(|one: char| one == ':' || one.is_ascii_digit()));
    }
}

/// A number with its digits in groups of three.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A level under its name in the reader's language.
pub(crate) fn named(level: Level<'static>, lang: Lang, chinese: &'static str) -> Level<'static> {
    match lang {
        Lang::En => level,
        Lang::Zh => level.with_name(chinese),
    }
}

/// The platforms' verdicts and the count of findings.
pub(crate) fn summary(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    let width = report.fit.iter().map(|fit| fit.name().len()).max().unwrap_or_default();
    for fit in &report.fit {
        out.push_str(&verdict(fit, width, lang));
        out.push('\n');
    }
    let sum = report.summary;
    let documents = report.documents.len();
    let line = match lang {
        Lang::En => {
            let found = match (sum.errors, sum.warnings, sum.infos) {
                (0, 0, 0) => "nothing found".to_owned(),
                (errors, warnings, infos) => {
                    let parts = [
                        plural(errors, "error"),
                        plural(warnings, "warning"),
                        plural(infos, "info"),
                    ];
                    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
                }
            };
            let fixable = match sum.fixable {
                0 => String::new(),
                count => format!("; {count} can be fixed with `plimsoll fix`"),
            };
            let documents = plural(documents, "document").unwrap_or_default();
            format!("{found} in {documents}{fixable}")
        }
        Lang::Zh => {
            let found = match (sum.errors, sum.warnings, sum.infos) {
                (0, 0, 0) => "未发现问题".to_owned(),
                (errors, warnings, infos) => {
                    format!("{errors} 个错误，{warnings} 个警告，{infos} 条提示")
                }
            };
            let fixable = match sum.fixable {
                0 => String::new(),
                count => format!("；其中 {count} 个可用 `plimsoll fix` 修复"),
            };
            format!("已检查 {documents} 个文档：{found}{fixable}")
        }
    };
    out.push_str(&line);
    out.push('\n');
    out
}

fn plural(count: usize, noun: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    }
}

fn verdict(fit: &Fit, width: usize, lang: Lang) -> String {
    use annotate_snippets::renderer::{AnsiColor, Style};
    let (word, colour) = match (fit.verdict, lang) {
        (Verdict::Fits, Lang::En) => ("fits", AnsiColor::Green),
        (Verdict::Fails, Lang::En) => ("fails", AnsiColor::Red),
        (Verdict::Unknown, Lang::En) => {
            ("unknown: nothing in the project tells", AnsiColor::Yellow)
        }
        (Verdict::Fits, Lang::Zh) => ("符合", AnsiColor::Green),
        (Verdict::Fails, Lang::Zh) => ("不符合", AnsiColor::Red),
        (Verdict::Unknown, Lang::Zh) => ("未知：项目中没有可供判断的内容", AnsiColor::Yellow),
    };
    let style = Style::new().fg_color(Some(colour.into())).bold();
    let mut line = format!("{:<width$}  {style}{word}{style:#}", fit.name());
    let rules = deciding(fit);
    if !rules.is_empty() {
        line.push_str(if lang == Lang::Zh { "：" } else { ": " });
        line.push_str(&rules);
    }
    line
}

/// The rules that decide a verdict, each once, as many as a line takes.
fn deciding(fit: &Fit) -> String {
    const MOST: usize = 4;
    let mut rules: Vec<&str> = Vec::new();
    for one in &fit.deciding {
        if !rules.contains(&&*one.rule) {
            rules.push(&one.rule);
        }
    }
    let more = rules.len().saturating_sub(MOST);
    rules.truncate(MOST);
    let mut line = rules.join(", ");
    if more > 0 {
        line.push_str(&format!(", +{more}"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::{Settings, check};

    #[test]
    fn of_very_many_related_places_the_rest_are_counted() {
        let (project, _) = Project::from_files([("Dockerfile", "FROM alpine\nCMD a\nCMD b\n")]);
        let mut report = check(&project, &Settings::default());
        report.findings.retain(|finding| !finding.related.is_empty());
        let related = report.findings[0].related[0].clone();
        report.findings[0].related = vec![related; 2000];
        let text = findings(&report, &project, Lang::En);
        assert!(text.contains("… and 1,992 more"), "{text}");
        assert!(text.lines().count() < 30, "{text}");
    }

    #[test]
    fn digits_stand_in_groups_of_three() {
        assert_eq!([7, 523_288, 1_000].map(grouped), ["7", "523,288", "1,000"]);
    }
}
