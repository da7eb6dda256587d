//! The report as one HTML file that needs nothing else and prints well.

use std::collections::HashMap;

use super::quotes::{Quote, Quotes};
use super::{Finding, Report, words};
use crate::project::Project;
use crate::text::{Lang, code_parts, visible};

/// How it looks: on paper, in the light and in the dark.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#16242b;--quiet:#52646d;--line:#d5dee2;--paper:#fff;\
--code:#f1f5f7;--mark:#fde68a;--error:#b3261e;--warning:#8a5300;--info:#0b6e8a;--good:#1b6e3c}\
@media screen and (prefers-color-scheme:dark){:root{--ink:#e4ecef;--quiet:#9db0b9;--line:#33444c;\
--paper:#10191e;--code:#1b272d;--mark:#6b5200;--error:#ff8a80;--warning:#ffc06b;--info:#6cc8e2;\
--good:#7fd6a0}}\
*{box-sizing:border-box}\
body{margin:0 auto;padding:1.5rem;max-width:60rem;background:var(--paper);color:var(--ink);\
font:1rem/1.5 system-ui,sans-serif}\
h1{font-size:1.5rem;margin:0 0 1rem}\
h2{font-size:1.125rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem;\
overflow-wrap:anywhere}\
h2 small{font-weight:400;color:var(--quiet)}\
table{border-collapse:collapse}th,td{text-align:start;padding:.25rem 1rem .25rem 0}\
td.n,th.n{text-align:end}\
article{margin:1rem 0;break-inside:avoid}article>p{margin:.25rem 0}\
.s{font-weight:600}.error,.fails{color:var(--error)}.warning{color:var(--warning)}\
.info,.unknown{color:var(--info)}.fits{color:var(--good)}\
.quiet,ul{color:var(--quiet)}ul{margin:.25rem 0;padding-inline-start:1.25rem}\
code,pre{font:.875rem/1.5 ui-monospace,monospace;background:var(--code);border-radius:.25rem}\
code{padding:0 .25rem;overflow-wrap:anywhere}\
pre{margin:.25rem 0;padding:.5rem .75rem;overflow-x:auto;unicode-bidi:plaintext}\
pre b{font-weight:400;color:var(--quiet)}mark{background:var(--mark);color:inherit}\
a{color:var(--info)}\
@media print{:root{color-scheme:light}body{padding:0;max-width:none}pre{white-space:pre-wrap;\
overflow-wrap:anywhere}a{color:inherit}}";

/// The report as an HTML document, with the lines that it speaks of from `project`.
///
/// It loads nothing and runs nothing: its own policy forbids both.
pub fn write(report: &Report, project: &Project, lang: Lang) -> String {
    let tag = if lang == Lang::Zh { "zh-CN" } else { "en" };
    let title = format!("Plimsoll: {}", words::TITLE.get(lang));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    verdicts(report, lang, &mut out);
    out.push_str(&format!("<p>{}</p>\n", words::counted(report, lang)));
    let mut quotes = Quotes::of(project);
    let kinds = report.documents.iter().map(|one| (&*one.path, &*one.kind));
    let kinds: HashMap<&str, &str> = kinds.collect();
    for findings in report.findings.chunk_by(|one, next| one.path == next.path) {
        let path = &*findings[0].path;
        let kind = escaped(kinds.get(path).copied().unwrap_or_default());
        out.push_str(&format!("<section>\n<h2>{} <small>{kind}</small></h2>\n", escaped(path)));
        for finding in findings {
            one(finding, quotes.quote(path, &finding.span), lang, &mut out);
        }
        out.push_str("</section>\n");
    }
    for one in &report.omitted {
        let more = sentence(&words::omitted(&one.rule, one.count, lang));
        out.push_str(&format!("<p class=\"quiet\">{}: … {more}</p>\n", escaped(&one.path)));
    }
    if report.findings.is_empty() {
        out.push_str(&format!("<p>{}</p>\n", words::NOTHING.get(lang)));
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn verdicts(report: &Report, lang: Lang, out: &mut String) {
    if report.fit.is_empty() {
        return;
    }
    let say = |word: crate::text::Text| word.get(lang);
    out.push_str(&format!(
        "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead>\n\
         <tbody>\n",
        say(words::PLATFORM),
        say(words::VERDICT),
        say(words::ERRORS),
        say(words::WARNINGS),
    ));
    for fit in &report.fit {
        let class = match fit.verdict {
            super::Verdict::Fits => "fits",
            super::Verdict::Fails => "fails",
            super::Verdict::Unknown => "unknown",
        };
        out.push_str(&format!(
            "<tr><td>{}</td><td class=\"s {class}\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td></tr>\n",
            escaped(&fit.name()),
            say(words::verdict(fit.verdict)),
            fit.errors,
            fit.warnings,
        ));
    }
    out.push_str("</tbody>\n</table>\n");
}

fn one(finding: &Finding, quote: Option<Quote>, lang: Lang, out: &mut String) {
    let (id, rule) = (escaped(&finding.severity), escaped(&finding.rule));
    let severity = words::severity(&finding.severity).get(lang);
    let line = words::line(finding.span.start.line, lang);
    out.push_str(&format!(
        "<article>\n<p><span class=\"s {id}\">{severity}</span> {} <span class=\"quiet\">{rule}, \
         {line}</span></p>\n",
        sentence(&finding.message)
    ));
    if let Some(Quote { line, before, place, behind }) = quote {
        // A place without length is shown all the same.
        let place = if place.is_empty() { "\u{2038}" } else { &place };
        out.push_str(&format!(
            "<pre><b>{line} | </b>{}<mark>{}</mark>{}</pre>\n",
            escaped(&before),
            escaped(place),
            escaped(&behind)
        ));
    }
    if let Some(help) = &finding.help {
        out.push_str(&format!("<p>{}</p>\n", sentence(help)));
    }
    let mut details = Vec::new();
    for related in &finding.related {
        let line = words::line(related.span.start.line, lang);
        let (path, message) = (escaped(&related.path), sentence(&related.message));
        details.push(format!("{path}, {line}: {message}"));
    }
    for fix in &finding.fixes {
        let kind = if fix.safe { words::SAFE } else { words::UNSAFE };
        details.push(format!("{}: {}", kind.get(lang), sentence(&fix.title)));
    }
    if let Some(source) = &finding.source {
        let title = escaped(&source.title);
        let title = if source.url.starts_with("https://") || source.url.starts_with("http://") {
            format!("<a href=\"{}\" rel=\"noreferrer\">{title}</a>", escaped(&source.url))
        } else {
            title
        };
        details.push(format!("{}: {title}", words::SOURCE.get(lang)));
    }
    if !details.is_empty() {
        let items: String = details.iter().map(|one| format!("<li>{one}</li>\n")).collect();
        out.push_str(&format!("<ul>\n{items}</ul>\n"));
    }
    out.push_str("</article>\n");
}

/// A sentence whose code stands between backticks.
fn sentence(text: &str) -> String {
    let text = visible(text);
    let parts = code_parts(&text).into_iter().map(|(part, is_code)| {
        let part = escaped(part);
        if is_code { format!("<code>{part}</code>") } else { part }
    });
    parts.collect()
}

/// `text` as text of HTML, also in an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_document_says_stays_text() {
        assert_eq!(
            sentence("`<b>` \"a\" & 'b'"),
            "<code>&lt;b&gt;</code> &quot;a&quot; &amp; &#39;b&#39;"
        );
        assert_eq!(escaped("a\u{202e}b\u{7}"), r"a\u{202e}b\x07");
    }
}
