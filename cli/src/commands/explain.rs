//! `plimsoll explain`.

use annotate_snippets::renderer::Style;
use plimsoll::rule::{Example, Rule};
use plimsoll::text::Lang;
use plimsoll::{find_rules, redact};

use crate::args::{Explain, unknown_rule};
use crate::output::{Outcome, Output, Problem};
use crate::terminal;

pub(super) fn run(options: &Explain, output: &Output) -> Outcome {
    match find_rules(&options.rule) {
        Ok(rules) => {
            // A peer's id may be that of several.
            let pages: Vec<String> =
                rules.into_iter().map(|rule| page(rule, output.lang)).collect();
            output.print(&pages.join("\n"));
            Outcome::Good
        }
        Err(error) => {
            use plimsoll::text::text;
            let said = unknown_rule(&error);
            output.problem(
                &Problem::new("explain", text("{said}", "{said}"), text("", "")).arg("said", said),
            );
            Outcome::Trouble
        }
    }
}

/// The rule's page.
fn page(rule: &'static Rule, lang: Lang) -> String {
    let bold = Style::new().bold();
    let say = |en: &'static str, zh: &'static str| if lang == Lang::En { en } else { zh };
    let mut out = format!("{bold}{}{bold:#}  {}", rule.id, rule.severity.id());
    if let Some(platform) = rule.platform {
        out.push_str(&format!("  {}", platform.title()));
    }
    for profile in rule.profiles {
        out.push_str(&format!(" ({})", profile.id()));
    }
    if rule.strict {
        out.push_str("  --strict");
    }
    out.push_str(&format!("\n\n{}\n\n", rule.summary.get(lang)));
    out.push_str(&format!("{}\n", rule.why.get(lang)));
    if !rule.help.is_empty() {
        let help = rule.help.without_slots(lang);
        out.push_str(&format!("\n{bold}{}{bold:#}\n{help}\n", say("What to do", "解决方法")));
    }
    for (is_bad, title) in [(true, say("Found", "会报告")), (false, say("Not found", "不会报告"))]
    {
        let examples: Vec<_> = rule.examples.iter().filter(|one| one.bad == is_bad).collect();
        if examples.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{bold}{title}{bold:#}\n"));
        for example in examples {
            let shown = if is_bad {
                let (project, report) = plimsoll::run_example(rule, example, lang);
                terminal::findings(&report, &project, lang)
            } else {
                plain(rule, example)
            };
            for line in shown.trim_end().lines() {
                out.push_str(&format!("    {line}\n"));
            }
            out.push('\n');
        }
    }
    out.push_str(&format!("{bold}{}{bold:#}\n", say("Sources", "来源")));
    for citation in rule.rests_on {
        let publication = citation.publication;
        out.push_str(&format!("- {}\n  {}", citation.says.get(lang), publication.title));
        if !publication.date.is_empty() {
            out.push_str(&format!(" ({})", publication.date));
        }
        if !publication.url.is_empty() {
            out.push_str(&format!("\n  {}", publication.url));
        }
        out.push('\n');
    }
    if !rule.options.is_empty() {
        out.push_str(&format!("\n{bold}{}{bold:#}\n", say("Options", "选项")));
        for option in rule.options {
            out.push_str(&format!("- {}: {}\n", option.name, option.description.get(lang)));
        }
    }
    if !rule.aliases.is_empty() {
        out.push_str(&format!("\n{}: {}\n", say("Also known as", "别名"), rule.aliases.join(", ")));
    }
    out
}

/// The example's files, one after the other.
fn plain(rule: &Rule, example: &Example) -> String {
    let files = example.files(rule.platform).files;
    let mut out = String::new();
    for (path, text) in &files {
        // A path that the example names matters.
        if files.len() > 1 || example.text.starts_with("-- ") {
            out.push_str(&format!("-- {path} --\n"));
        }
        out.push_str(redact(text).trim_end());
        out.push('\n');
    }
    out
}
