//! The pipeline: from a project and settings to a report.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use crate::fact::{Platform, Profile, Target};
use crate::project::{Project, Service};
use crate::register::register;
use crate::report::{Found, Report};
use crate::rule::{Context, Finding, Findings, Rule, Silencer, words};
use crate::rules::{undetermined, unused_suppression};
use crate::settings::Settings;
use crate::suppress::Suppressions;
use crate::targets::{by_document, targets, targets_of_services};
use crate::text::Place;

/// The most findings of one rule in one document that a report keeps; the others are counted.
const MOST_OF_A_RULE: usize = 1000;

/// Checks `project` for the platforms of `settings` and says what is wrong, where and why.
///
/// Never fails and reads nothing but the project. The same input gives the same report.
pub fn check(project: &Project, settings: &Settings) -> Report {
    Report::new(project, settings, &find_most(project, settings))
}

/// Runs all wanted rules over all services, and keeps as many findings as a report shows.
pub(crate) fn find_most(project: &Project, settings: &Settings) -> Found {
    let keep = |silencer: Silencer| Findings::keeping(MOST_OF_A_RULE, silencer);
    Plan::of(project, settings).find_into(keep, project)
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

    /// Runs all wanted rules over all services of `project`, the one that the plan was made for or
    /// a service of it, and keeps all that has a fix.
    pub(crate) fn find_fixable(&self, project: &Project) -> Found {
        self.find_into(Findings::for_fixing, project)
    }

    /// `keep` tells from what is silenced which findings are kept.
    fn find_into(&self, keep: impl FnOnce(Silencer) -> Findings, project: &Project) -> Found {
        let Plan { settings, targets, rules } = self;
        let suppressions = Rc::new(Suppressions::read(project, settings));
        let rules: Vec<&'static Rule> =
            rules.iter().chain(&suppressions.asked_for).copied().collect();
        let silencing = Rc::clone(&suppressions);
        let mut found = keep(Box::new(move |rule, at| silencing.silences(rule, at)));
        let of_services = targets_of_services(project, targets, settings);
        for (service, targets) in project.services().iter().zip(&of_services) {
            run(project, service, targets, settings, &rules, &mut found);
        }
        if settings.wants(&unused_suppression::RULE) {
            let ignoring = Rc::clone(&suppressions);
            found.silence(move |rule, at| ignoring.ignores(rule, at));
            suppressions.tell(settings, &by_document(project, &of_services), &mut found);
        }
        let (mut findings, mut omitted) = found.into_parts();
        let severity = |rule: &Rule, source, own| {
            let chosen = settings.severity(rule).or_else(|| suppressions.severity(rule, source));
            chosen.unwrap_or(own)
        };
        for finding in &mut findings {
            finding.severity = severity(finding.rule, finding.at.source, finding.severity);
            keep_line_ends(project, finding);
        }
        for one in &mut omitted {
            one.severity = severity(one.rule, one.source, one.severity);
        }
        let (unknown, mut findings): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|finding| finding.is_unknown);
        let is_told = settings.ignore.iter().all(|one| !one.covers(&undetermined::RULE));
        if is_told && !unknown.is_empty() {
            let mut told = Findings::new();
            undetermined::tell(&unknown, settings.strict, &mut told);
            findings.extend(told.into_vec());
        }
        sort(project, &mut findings);
        Found { targets: targets.clone(), findings, omitted, unknown }
    }
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
        let contexts: Vec<Context<'_>> = own.into_iter().map(|target| cx.under(target)).collect();
        for rule in rules {
            let mut merged = Merged::default();
            for cx in contexts.iter().filter(|cx| holds(rule, cx)) {
                let mut under = Findings::new();
                (rule.check)(cx, &mut under);
                merged.add(under.into_vec(), cx.profile(platform));
            }
            found.extend(merged.findings);
        }
    }
}

/// What one rule found under several profiles.
#[derive(Default)]
struct Merged {
    findings: Vec<Finding>,
    /// Where they are, by place and words.
    known: HashMap<(Place, u64), usize>,
}

impl Merged {
    /// Adds what was found under `profile`: what others found too holds under every profile, as the
    /// worst of them says.
    fn add(&mut self, under: Vec<Finding>, profile: Option<Profile>) {
        for mut finding in under {
            finding.profile = profile;
            let words = words(finding.rule, finding.at, &finding.message);
            match self.known.entry((finding.at, words)) {
                Entry::Vacant(free) => {
                    free.insert(self.findings.len());
                    self.findings.push(finding);
                }
                Entry::Occupied(known) => match &mut self.findings[*known.get()] {
                    twin if twin.severity == finding.severity => twin.profile = None,
                    twin if twin.severity < finding.severity => *twin = finding,
                    _ => {}
                },
            }
        }
    }
}

/// Whether the rule holds in the profile that the service is checked under.
fn holds(rule: &Rule, cx: &Context<'_>) -> bool {
    let profile = rule.platform.and_then(|platform| cx.profile(platform));
    rule.profiles.is_empty() || profile.is_some_and(|profile| rule.profiles.contains(&profile))
}

/// By path, then offset, then rule: the same on every run.
fn sort(project: &Project, findings: &mut Vec<Finding>) {
    let rank = project.ranks();
    findings.sort_by_key(|finding| {
        let source = rank.get(usize::from(finding.at.source.0)).copied().unwrap_or_default();
        (source, finding.at.span.start, finding.rule.id, finding.at.span.end)
    });
    findings.dedup_by(|a, b| a.rule.id == b.rule.id && a.at == b.at && a.message == b.message);
}
