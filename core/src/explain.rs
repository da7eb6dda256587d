//! A rule's examples, run: what documentation shows is what the program says.

use crate::check::check;
use crate::fact::Target;
use crate::project::Project;
use crate::report::Report;
use crate::rule::{Example, Rule, RuleOption};
use crate::settings::{Selector, Settings};
use crate::text::Lang;

/// Settings under which `rule` alone judges `example`, for its platform and the example's profile.
pub fn example_settings(rule: &'static Rule, example: &Example, lang: Lang) -> Settings {
    let profile = example.profile.or(rule.profiles.first().copied());
    // What is said of other rules is said where they have run.
    let of_others =
        [crate::rules::unused_suppression::RULE.id, crate::rules::undetermined::RULE.id];
    let runs_alone = !of_others.contains(&rule.id);
    Settings {
        targets: rule.platform.map(|platform| Target { platform, profile }).into_iter().collect(),
        select: if runs_alone { vec![Selector::Rule(rule)] } else { Vec::new() },
        options: options(rule, example),
        lang,
        ..Settings::default()
    }
}

fn options(rule: &'static Rule, example: &Example) -> Vec<RuleOption> {
    let set = example.options.iter();
    set.filter_map(|&(name, value)| {
        let spec = rule.options.iter().find(|spec| spec.name == name)?;
        Some(RuleOption { rule, name: name.to_owned(), value: spec.kind.parse(value) })
    })
    .collect()
}

/// The example's files as a project, and what the rule says of them.
pub fn run_example(rule: &'static Rule, example: &Example, lang: Lang) -> (Project, Report) {
    let (project, _) = example.files(rule.platform).project();
    let report = check(&project, &example_settings(rule, example, lang));
    (project, report)
}
