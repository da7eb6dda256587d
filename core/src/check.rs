//! The pipeline: from a project and settings to a report.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use crate::fact::{Platform, Profile, Target};
use crate::project::{Project, Service};
use crate::register::register;
use crate::report::{Found, Report};
use crate::rule::{Context, Finding, Findings, Offer, Rule, Safety, Silencer, words};
use crate::rules::{undetermined, unused_suppression};
use crate::settings::Settings;
use crate::suppress::Suppressions;
use crate::targets::{by_document, targets, targets_of_services};
use crate::text::{Edit, Place, SourceId};

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

    /// The fixes of those of the wanted rules that are `asked`, as daring as `safety` at most, in the
    /// services of `project`: the one that the plan was made for, or a service of it.
    pub(crate) fn find_fixes(
        &self,
        project: &Project,
        safety: Safety,
        asked: impl Fn(&Rule) -> bool,
    ) -> Vec<Offer> {
        let suppressions = Rc::new(Suppressions::read(project, self.settings));
        let (found, _) = self.find(
            project,
            &suppressions,
            |silencer| Findings::for_fixing(safety, silencer),
            asked,
        );
        let mut offers = found.into_offers();
        for (source, edit) in offers.iter_mut().flat_map(|offer| &mut offer.edits) {
            keep_line_ends(project, *source, edit);
        }
        let rank = project.ranks();
        offers.sort_by_key(|offer| order(&rank, offer.rule, offer.at));
        offers.dedup_by(|a, b| a.rule.id == b.rule.id && a.at == b.at && a.edits == b.edits);
        offers
    }

    /// Runs those of the wanted rules that are `asked` over all services of `project`; the targets
    /// of each service, too. `keep` tells from what is silenced what is kept.
    fn find(
        &self,
        project: &Project,
        suppressions: &Rc<Suppressions>,
        keep: impl FnOnce(Silencer) -> Findings,
        asked: impl Fn(&Rule) -> bool,
    ) -> (Findings, Vec<Vec<Target>>) {
        let Plan { settings, targets, rules } = self;
        let rules = rules.iter().chain(&suppressions.asked_for).copied();
        let rules: Vec<&'static Rule> = rules.filter(|rule| asked(rule)).collect();
        let silencing = Rc::clone(suppressions);
        let mut found = keep(Box::new(move |rule, at| silencing.silences(rule, at)));
        let of_services = targets_of_services(project, targets, settings);
        for (service, targets) in project.services().iter().zip(&of_services) {
            run(project, service, targets, settings, &rules, &mut found);
        }
        (found, of_services)
    }

    /// Runs all wanted rules over all services of `project`. `keep` tells from what is silenced
    /// which findings are kept.
    fn find_into(&self, keep: impl FnOnce(Silencer) -> Findings, project: &Project) -> Found {
        let Plan { settings, targets, .. } = self;
        let suppressions = Rc::new(Suppressions::read(project, settings));
        let (mut found, of_services) = self.find(project, &suppressions, keep, |_| true);
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
            for (source, edit) in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
                keep_line_ends(project, *source, edit);
            }
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

/// Gives a fix's edit the line ends of the document that it changes: rules write `\n`.
fn keep_line_ends(project: &Project, source: SourceId, edit: &mut Edit) {
    *edit = std::mem::take(edit).with_line_ends_of(project.source(source));
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
    findings.sort_by_key(|finding| order(&rank, finding.rule, finding.at));
    findings.dedup_by(|a, b| a.rule.id == b.rule.id && a.at == b.at && a.message == b.message);
}

fn order(rank: &[usize], rule: &Rule, at: Place) -> (usize, u32, &'static str, u32) {
    let source = rank.get(usize::from(at.source.0)).copied().unwrap_or_default();
    (source, at.span.start, rule.id, at.span.end)
}
