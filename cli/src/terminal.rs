//! Findings as people read them: source excerpt, caret under the exact span, related places, help.

use std::collections::HashMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use plimsoll::report::{Finding, Fit, Report, Verdict};
use plimsoll::text::Lang;
use plimsoll::{Project, redact};

/// The renderer of everything that looks like a diagnostic.
pub(crate) fn renderer() -> Renderer {
    Renderer::styled().decor_style(DecorStyle::Ascii)
}

/// The findings, each with its excerpt.
pub(crate) fn findings(report: &Report, project: &Project, lang: Lang) -> String {
    // Only what an excerpt is taken from: in a large project most files have no finding.
    let mut covered: HashMap<&str, String> = HashMap::new();
    for finding in &report.findings {
        let related = finding.related.iter().map(|related| related.path.as_str());
        for path in related.chain([finding.path.as_str()]) {
            if let Some(document) = project.at_path(path) {
                covered.entry(path).or_insert_with(|| redact(document.source.text()));
            }
        }
    }
    let text_of = |path: &str| covered.get(path).map_or("", String::as_str);
    let renderer = renderer();
    let mut out = String::new();
    for finding in &report.findings {
        out.push_str(&renderer.render(&groups(finding, &text_of, lang)).to_string());
        out.push_str("\n\n");
    }
    out
}

fn groups<'a>(
    finding: &'a Finding,
    text_of: &dyn Fn(&str) -> &'a str,
    lang: Lang,
) -> Vec<Group<'a>> {
    let level = match &*finding.severity {
        "error" => named(Level::ERROR, lang, "错误"),
        "warning" => named(Level::WARNING, lang, "警告"),
        _ => named(Level::INFO, lang, "提示"),
    };
    let title = level.primary_title(visible(&finding.message)).id(&*finding.rule);
    // Places of one document share an excerpt; those of others follow in their own.
    let mut paths = vec![finding.path.as_str()];
    for related in &finding.related {
        if !paths.contains(&related.path.as_str()) {
            paths.push(&related.path);
        }
    }
    let mut group = Group::with_title(title);
    for path in paths {
        let related = finding.related.iter().filter(|related| related.path == path);
        let own = (path == finding.path).then_some(&finding.span);
        let spans: Vec<_> = own.into_iter().chain(related.clone().map(|one| &one.span)).collect();
        let window = Window::around(text_of(path), &spans);
        let mut annotations: Vec<Annotation<'a>> = Vec::new();
        if let Some(span) = own {
            annotations.push(AnnotationKind::Primary.span(window.range(span)));
        }
        for related in related {
            annotations.push(
                AnnotationKind::Context
                    .span(window.range(&related.span))
                    .label(visible(&related.message)),
            );
        }
        let snippet = Snippet::source(window.text).line_start(window.line).path(path);
        group = group.element(snippet.annotations(annotations));
    }
    if let Some(help) = &finding.help {
        group = group.element(named(Level::HELP, lang, "建议").message(visible(help)));
    }
    if let Some(fix) = finding.fixes.first().filter(|fix| fix.safe) {
        let title = visible(&fix.title);
        group = group
            .element(named(Level::NOTE, lang, "修复").message(format!("`plimsoll fix`: {title}")));
    }
    vec![group]
}

/// A level under its name in the reader's language.
pub(crate) fn named(level: Level<'static>, lang: Lang, chinese: &'static str) -> Level<'static> {
    match lang {
        Lang::En => level,
        Lang::Zh => level.with_name(chinese),
    }
}

/// The lines of a text that an excerpt shows: the rest of a long document is not looked at.
struct Window<'a> {
    text: &'a str,
    /// Where it begins in the document.
    offset: usize,
    /// Its first line, from 1.
    line: usize,
}

impl<'a> Window<'a> {
    fn around(source: &'a str, spans: &[&plimsoll::report::Span]) -> Window<'a> {
        let first = spans.iter().map(|span| span.start.offset).min().unwrap_or_default();
        let last = spans.iter().map(|span| span.end.offset).max().unwrap_or_default();
        let line = spans.iter().map(|span| span.start.line).min().unwrap_or(1);
        let (first, last) = (floor(source, first as usize), floor(source, last as usize));
        let offset = source[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = source[last..].find('\n').map_or(source.len(), |at| last + at);
        Window { text: &source[offset..end], offset, line: line as usize }
    }

    /// The bytes of a span in the window.
    fn range(&self, span: &plimsoll::report::Span) -> std::ops::Range<usize> {
        let within = |offset: u32| floor(self.text, (offset as usize).saturating_sub(self.offset));
        let (start, end) = (within(span.start.offset), within(span.end.offset));
        start..end.max(start)
    }
}

/// The last character boundary of `text` at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// `text` without control characters: no document may move the cursor of a terminal.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' => ' ',
            other if other.is_control() => '\u{fffd}',
            other => other,
        })
        .collect()
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
