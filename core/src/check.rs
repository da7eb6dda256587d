//! The pipeline: from a project and settings to a report.

use crate::fact::{Platform, Target};
use crate::project::{Project, Service};
use crate::register::register;
use crate::report::Report;
use crate::rule::{Context, Finding, Findings, Rule};
use crate::settings::Settings;
use crate::suppress::Suppressions;

/// Checks `project` for the platforms of `settings` and says what is wrong, where and why.
///
/// Never fails and reads nothing but the project. The same input gives the same report.
pub fn check(project: &Project, settings: &Settings) -> Report {
    let (targets, findings) = find(project, settings);
    Report::new(project, settings, &targets, &findings)
}

/// The targets that were checked for and the findings, in the order of the report.
pub(crate) fn find(project: &Project, settings: &Settings) -> (Vec<Target>, Vec<Finding>) {
    let targets = targets(project, settings);
    let suppressions = Suppressions::read(project, settings);
    let wanted = register().filter(|rule| settings.wants(rule));
    let rules: Vec<&'static Rule> = wanted.chain(suppressions.asked_for.iter().copied()).collect();
    let mut found = Findings::new();
    for service in project.services() {
        run(project, service, &targets, settings, &rules, &mut found);
    }
    let mut findings = suppressions.apply(project, settings, &targets, found.into_vec());
    for finding in &mut findings {
        if let Some(severity) = settings.severity(finding.rule) {
            finding.severity = severity;
        }
    }
    sort(project, &mut findings);
    (targets, findings)
}

fn run(
    project: &Project,
    service: &Service,
    targets: &[Target],
    settings: &Settings,
    rules: &[&'static Rule],
    found: &mut Findings,
) {
    let cx = Context::new(project, service, targets, &settings.options);
    for rule in rules {
        if holds(rule, &cx) {
            (rule.check)(&cx, found);
        }
    }
}

/// Whether the project is checked for the rule's platform, in a profile that it holds under.
fn holds(rule: &Rule, cx: &Context<'_>) -> bool {
    let Some(platform) = rule.platform else { return true };
    cx.is_target(platform)
        && (rule.profiles.is_empty()
            || cx.profile(platform).is_some_and(|profile| rule.profiles.contains(&profile)))
}

/// The platforms that were asked for; else those that the documents name.
fn targets(project: &Project, settings: &Settings) -> Vec<Target> {
    let mut targets = settings.targets.clone();
    if targets.is_empty() {
        let named = |platform: &Platform| {
            project.documents().iter().any(|document| document.platforms().contains(platform))
        };
        targets = Platform::ALL.into_iter().filter(named).map(Target::of).collect();
    }
    targets.sort();
    targets.dedup();
    targets
}

/// By path, then offset, then rule: the same on every run.
fn sort(project: &Project, findings: &mut Vec<Finding>) {
    findings.sort_by_cached_key(|finding| {
        let path = project.source(finding.at.source).path();
        (path.to_owned(), finding.at.span.start, finding.rule.id, finding.at.span.end)
    });
    findings.dedup_by(|a, b| a.rule.id == b.rule.id && a.at == b.at && a.message == b.message);
}
