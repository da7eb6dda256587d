//! The pipeline: from a project and settings to a report.

use crate::fact::{Platform, Profile, Target};
use crate::project::{Project, Service};
use crate::register::register;
use crate::report::Report;
use crate::rule::{Context, Finding, Findings, Rule};
use crate::rules::undetermined;
use crate::settings::Settings;
use crate::suppress::Suppressions;

/// Checks `project` for the platforms of `settings` and says what is wrong, where and why.
///
/// Never fails and reads nothing but the project. The same input gives the same report.
pub fn check(project: &Project, settings: &Settings) -> Report {
    let Found { targets, findings, unknown } = find(project, settings);
    Report::new(project, settings, &targets, &findings, &unknown)
}

/// What a check gives.
pub(crate) struct Found {
    /// The targets that were checked for.
    pub(crate) targets: Vec<Target>,
    /// The findings, in the order of the report.
    pub(crate) findings: Vec<Finding>,
    /// Rules that could not be judged, with the places that were not read.
    pub(crate) unknown: Vec<Finding>,
}

/// What a check is made for, whichever of the documents it looks at.
pub(crate) struct Plan<'a> {
    settings: &'a Settings,
    /// The targets that are checked for.
    pub(crate) targets: Vec<Target>,
    /// The rules that run whatever the documents ask for.
    rules: Vec<&'static Rule>,
}

impl<'a> Plan<'a> {
    /// What `settings` ask for in `project`.
    pub(crate) fn of(project: &Project, settings: &'a Settings) -> Plan<'a> {
        let rules = register().filter(|rule| settings.wants(rule)).collect();
        Plan { settings, targets: targets(project, settings), rules }
    }

    /// Runs all wanted rules over all services of `project`: the one that the plan was made for, or
    /// a service of it.
    pub(crate) fn find(&self, project: &Project) -> Found {
        let Plan { settings, targets, rules } = self;
        let suppressions = Suppressions::read(project, settings);
        let rules: Vec<&'static Rule> =
            rules.iter().chain(&suppressions.asked_for).copied().collect();
        let mut found = Findings::new();
        for service in project.services() {
            run(project, service, targets, settings, &rules, &mut found);
        }
        let mut findings = suppressions.apply(project, settings, targets, found.into_vec());
        for finding in &mut findings {
            if let Some(severity) = settings.severity(finding.rule) {
                finding.severity = severity;
            }
            keep_line_ends(project, finding);
        }
        sort(project, &mut findings);
        let (unknown, mut findings): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|finding| finding.is_unknown);
        let is_told = settings.ignore.iter().all(|one| !one.covers(&undetermined::RULE));
        if is_told && !unknown.is_empty() {
            let mut told = Findings::new();
            undetermined::tell(&unknown, settings.strict, &mut told);
            findings.extend(told.into_vec());
            sort(project, &mut findings);
        }
        Found { targets: targets.clone(), findings, unknown }
    }
}

/// Runs all wanted rules over all services.
pub(crate) fn find(project: &Project, settings: &Settings) -> Found {
    Plan::of(project, settings).find(project)
}

/// Gives the fixes the line ends of the documents that they change: rules write `\n`.
fn keep_line_ends(project: &Project, finding: &mut Finding) {
    for (source, edit) in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        *edit = std::mem::take(edit).with_line_ends_of(project.source(*source));
    }
}

/// Runs `rules` over one service: those that hold everywhere once, those of a platform once for
/// each target of it.
fn run(
    project: &Project,
    service: &Service,
    targets: &[Target],
    settings: &Settings,
    rules: &[&'static Rule],
    found: &mut Findings,
) {
    let cx = Context::new(project, service, targets, &settings.options);
    for rule in rules.iter().filter(|rule| rule.platform.is_none()) {
        (rule.check)(&cx, found);
    }
    for platform in Platform::ALL {
        let own: Vec<&Target> = targets.iter().filter(|one| one.platform == platform).collect();
        let rules = rules.iter().filter(|rule| rule.platform == Some(platform));
        if let [_] = own[..] {
            rules.filter(|rule| holds(rule, &cx)).for_each(|rule| (rule.check)(&cx, found));
            continue;
        }
        // Profiles of one platform may be told different things of one place.
        let mut of_platform = Vec::new();
        for target in own {
            let cx = cx.under(target);
            let mut under = Findings::new();
            let holding = rules.clone().filter(|rule| holds(rule, &cx));
            holding.for_each(|rule| (rule.check)(&cx, &mut under));
            merge(&mut of_platform, under.into_vec(), cx.profile(platform));
        }
        found.extend(of_platform);
    }
}

/// Adds what was found under `profile`: what others found too holds under every profile, as the
/// worst of them says.
fn merge(known: &mut Vec<Finding>, under: Vec<Finding>, profile: Option<Profile>) {
    for mut finding in under {
        finding.profile = profile;
        let same = |one: &&mut Finding| {
            one.rule.id == finding.rule.id && one.at == finding.at && one.message == finding.message
        };
        match known.iter_mut().find(same) {
            Some(twin) if twin.severity == finding.severity => twin.profile = None,
            Some(twin) if twin.severity < finding.severity => *twin = finding,
            Some(_) => {}
            None => known.push(finding),
        }
    }
}

/// Whether the rule holds in the profile that the service is checked under.
fn holds(rule: &Rule, cx: &Context<'_>) -> bool {
    let profile = rule.platform.and_then(|platform| cx.profile(platform));
    rule.profiles.is_empty() || profile.is_some_and(|profile| rule.profiles.contains(&profile))
}

/// The platforms that were asked for; else those that the documents name.
pub(crate) fn targets(project: &Project, settings: &Settings) -> Vec<Target> {
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
