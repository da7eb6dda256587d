//! The report as Markdown, for an issue, a review or the summary of a job.

use super::quotes::{Quote, Quotes};
use super::{Finding, Report, words};
use crate::project::Project;
use crate::text::{Lang, code_parts, visible};

/// The report as Markdown (CommonMark with tables), with the lines that it speaks of from `project`.
///
/// Whatever stands in a document stays text: no markup, no link, no mention of anybody.
pub fn write(report: &Report, project: &Project, lang: Lang) -> String {
    let mut out = format!("# Plimsoll: {}\n", words::TITLE.get(lang));
    verdicts(report, lang, &mut out);
    let mut quotes = Quotes::of(project);
    let mut path = None;
    for finding in &report.findings {
        if path != Some(&finding.path) {
            out.push_str(&format!("\n## {}\n", code(&finding.path)));
            path = Some(&finding.path);
        }
        one(finding, quotes.quote(&finding.path, &finding.span), lang, &mut out);
    }
    if report.findings.is_empty() {
        out.push_str(&format!("\n{}\n", words::NOTHING.get(lang)));
    }
    for one in &report.omitted {
        let more = sentence(&words::omitted(&one.rule, one.count, lang));
        out.push_str(&format!("\n{}: … {more}\n", code(&one.path)));
    }
    out.push_str(&format!("\n{}\n", words::counted(report, lang)));
    out
}

fn verdicts(report: &Report, lang: Lang, out: &mut String) {
    if report.fit.is_empty() {
        return;
    }
    let heads = [words::PLATFORM, words::VERDICT, words::ERRORS, words::WARNINGS];
    let heads: Vec<&str> = heads.iter().map(|head| head.get(lang)).collect();
    out.push_str(&format!("\n| {} |\n| --- | --- | ---: | ---: |\n", heads.join(" | ")));
    for fit in &report.fit {
        let verdict = words::verdict(fit.verdict).get(lang);
        let (name, errors, warnings) = (fit.name(), fit.errors, fit.warnings);
        out.push_str(&format!("| {name} | **{verdict}** | {errors} | {warnings} |\n"));
    }
}

fn one(finding: &Finding, quote: Option<Quote>, lang: Lang, out: &mut String) {
    let severity = words::severity(&finding.severity).get(lang);
    let line = words::line(finding.span.start.line, lang);
    let message = sentence(&finding.message);
    out.push_str(&format!("\n- **{severity}** `{}`, {line}: {message}\n", finding.rule));
    if let Some(quote) = quote {
        block(&quote, out);
    }
    let mut detail = |text: String| out.push_str(&format!("  - {text}\n"));
    if let Some(help) = &finding.help {
        detail(sentence(help));
    }
    for related in &finding.related {
        let line = words::line(related.span.start.line, lang);
        detail(format!("{}, {line}: {}", code(&related.path), sentence(&related.message)));
    }
    for fix in &finding.fixes {
        let kind = if fix.safe { words::SAFE } else { words::UNSAFE };
        detail(format!("{}: {}", kind.get(lang), sentence(&fix.title)));
    }
    if let Some(source) = &finding.source {
        let title = plain(&source.title);
        let title =
            if source.url.is_empty() { title } else { format!("[{title}](<{}>)", source.url) };
        detail(format!("{}: {title}", words::SOURCE.get(lang)));
    }
}

/// The line with its number, and a row of `^` below the place.
fn block(quote: &Quote, out: &mut String) {
    let Quote { line, before, place, behind } = quote;
    let written = format!("{before}{place}{behind}");
    let fence = "`".repeat(longest_run(&written).max(2) + 1);
    let head = format!("{line} | ");
    let blanks = " ".repeat(head.chars().count() + before.chars().count());
    let marks = "^".repeat(place.chars().count().max(1));
    out.push_str(&format!("  {fence}text\n  {head}{written}\n  {blanks}{marks}\n  {fence}\n"));
}

/// A sentence whose code stands between backticks.
fn sentence(text: &str) -> String {
    let text = visible(text);
    let parts = code_parts(&text);
    parts
        .into_iter()
        .map(|(part, is_code)| if is_code { code(part) } else { plain(part) })
        .collect()
}

/// `text` as code, whatever it holds.
fn code(text: &str) -> String {
    let text = visible(text);
    if text.is_empty() {
        return String::new();
    }
    let ticks = "`".repeat(longest_run(&text) + 1);
    // Blanks around are taken off again, and keep a backtick at an end apart.
    if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        format!("{ticks} {text} {ticks}")
    } else {
        format!("{ticks}{text}{ticks}")
    }
}

/// How many backticks follow one another at most.
fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// `text` without any sign of Markdown, of HTML, and of those who read Markdown (`@`, `$`).
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            // Nobody is mentioned: a mention goes by the text, however its signs are written.
            '@' => out.push_str("@\u{2060}"),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' | '>' | '{' | '}' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    // An address would become a link by itself.
    out.replace("://", ":\\//").replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_document_says_stays_text() {
        assert_eq!(sentence("use `a|b` or *c*"), "use `a|b` or \\*c\\*");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(plain("<img src=x> @ann [a](b)"), "&lt;img src=x\\> @\u{2060}ann \\[a\\](b)");
        assert_eq!(plain("https://www.example.com"), "https:\\//www\\.example.com");
        assert_eq!(longest_run("a``b`"), 2);
    }
}
