//! `plimsoll rules`.

use plimsoll::register;
use plimsoll::text::Lang;
use serde_json::json;

use crate::args::{Rules, RulesFormat};
use crate::output::{Outcome, Output};

pub(super) fn run(options: &Rules, output: &Output) -> Outcome {
    output.raw(&match options.format {
        RulesFormat::Text => text(output.lang),
        RulesFormat::Json => as_json(output.lang),
        RulesFormat::Markdown => markdown(output.lang),
    });
    Outcome::Good
}

fn text(lang: Lang) -> String {
    let width = register().map(|rule| rule.id.len()).max().unwrap_or_default();
    register()
        .map(|rule| {
            let strict = if rule.strict { " (--strict)" } else { "" };
            let severity = rule.severity.id();
            format!("{:<width$}  {severity:<7}  {}{strict}\n", rule.id, rule.summary.get(lang))
        })
        .collect()
}

fn as_json(lang: Lang) -> String {
    let rules: Vec<_> = register()
        .map(|rule| {
            json!({
                "id": rule.id,
                "platform": rule.platform.map(plimsoll::fact::Platform::id),
                "profiles": rule.profiles.iter().map(|profile| profile.id()).collect::<Vec<_>>(),
                "severity": rule.severity.id(),
                "set": if rule.strict { "strict" } else { "default" },
                "since": rule.since,
                "summary": rule.summary.get(lang),
                "why": rule.why.get(lang),
                "help": rule.help.get(lang),
                "aliases": rule.aliases,
                "sources": rule.rests_on.iter().map(|citation| json!({
                    "title": citation.publication.title,
                    "url": citation.publication.url,
                    "date": citation.publication.date,
                    "says": citation.says.get(lang),
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut text =
        serde_json::to_string_pretty(&json!({"version": 1, "rules": rules})).unwrap_or_default();
    text.push('\n');
    text
}

fn markdown(lang: Lang) -> String {
    let mut out = match lang {
        Lang::En => "| rule | severity | what it finds |\n| --- | --- | --- |\n".to_owned(),
        Lang::Zh => "| 规则 | 级别 | 检查内容 |\n| --- | --- | --- |\n".to_owned(),
    };
    for rule in register() {
        let summary = rule.summary.get(lang).replace('|', "\\|");
        out.push_str(&format!("| `{}` | {} | {summary} |\n", rule.id, rule.severity.id()));
    }
    out
}
