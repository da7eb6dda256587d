//! Whether a project fits a platform, as far as its documents tell.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Found;
use crate::claims::Claims;
use crate::document::Kind;
use crate::fact::{Platform, Profile, Target};
use crate::project::Project;
use crate::rule::{self, Rule, Severity};
use crate::rules::undetermined;
use crate::settings::Settings;
use crate::targets::{by_document, targets_of_services};
use crate::text::SourceId;

/// The answer for one platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// The platform as it was asked for: `eas`, `modelarts:batch`.
    pub platform: String,
    /// The answer.
    pub verdict: Verdict,
    /// Errors that decide it.
    pub errors: usize,
    /// Warnings that a careful person would look at first.
    pub warnings: usize,
    /// The profile that it was judged under, if the platform has profiles and the documents agree
    /// on one: `batch`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Cow<'static, str>>,
    /// The errors, where they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deciding: Vec<Deciding>,
    /// Rules that could have decided it and could not be judged: what they ask about was not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undetermined: Vec<Cow<'static, str>>,
}

/// The answer itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing that was found stands against it.
    Fits,
    /// At least one error stands against it.
    Fails,
    /// Nothing in the project tells.
    Unknown,
}

/// A finding that decides the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deciding {
    /// The rule's id.
    pub rule: Cow<'static, str>,
    /// The document.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
}

impl Fit {
    /// The platform with its profile, as one asks for it: `modelarts:batch`.
    pub fn name(&self) -> Cow<'_, str> {
        match &self.profile {
            Some(profile) if !self.platform.contains(':') => {
                Cow::Owned(format!("{}:{profile}", self.platform))
            }
            _ => Cow::Borrowed(&self.platform),
        }
    }

    /// Adds what other documents say of the same platform.
    pub(crate) fn add(&mut self, other: Fit) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.verdict = match (self.verdict, other.verdict) {
            (Verdict::Fails, _) | (_, Verdict::Fails) => Verdict::Fails,
            (Verdict::Fits, _) | (_, Verdict::Fits) => Verdict::Fits,
            _ => Verdict::Unknown,
        };
        if self.profile != other.profile {
            self.profile = None;
        }
        self.deciding.extend(other.deciding);
        self.undetermined.extend(other.undetermined);
        self.undetermined.sort();
        self.undetermined.dedup();
        self.deciding.sort_by(|a, b| (&a.path, a.line, &a.rule).cmp(&(&b.path, b.line, &b.rule)));
    }
}

/// Judges whether a project fits, by the findings of a platform and of the rules that hold
/// everywhere.
pub(super) struct Judge<'a> {
    project: &'a Project,
    settings: &'a Settings,
    found: &'a Found,
    /// The platforms that each document speaks to, by its id: those that it names, else those that
    /// its service is checked for.
    spoken_to: Vec<Vec<Platform>>,
    /// What the documents of each service say, and what it is checked for.
    claims: Vec<(Claims, Vec<Target>)>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(project: &'a Project, settings: &'a Settings, found: &'a Found) -> Judge<'a> {
        if found.targets.is_empty() {
            return Judge { project, settings, found, spoken_to: Vec::new(), claims: Vec::new() };
        }
        let of_services = targets_of_services(project, &found.targets, settings);
        let by_document = by_document(project, &of_services);
        let spoken_to = project.documents().iter().zip(by_document).map(|(document, targets)| {
            let mut spoken_to = document.platforms();
            // The languages that Compute Nest's templates are made of.
            if matches!(document.kind, Kind::RosTemplate | Kind::Kubernetes | Kind::Compose) {
                spoken_to.push(Platform::ComputeNest);
            }
            if spoken_to.is_empty() {
                spoken_to = targets.iter().map(|target| target.platform).collect();
            }
            spoken_to
        });
        let spoken_to = spoken_to.collect();
        let claims = project.services().iter().map(|service| project.claims(service));
        let claims = claims.zip(of_services).collect();
        Judge { project, settings, found, spoken_to, claims }
    }

    /// The answer for each target.
    pub(super) fn fit(&self) -> Vec<Fit> {
        self.found.targets.iter().map(|&target| self.judge(target)).collect()
    }

    fn judge(&self, target: Target) -> Fit {
        let deciding = self.of_severity(Severity::Error, target).map(|finding| {
            let source = self.project.source(finding.at.source);
            Deciding {
                rule: finding.rule.id.into(),
                path: source.path().to_owned(),
                line: source.line_column(finding.at.span.start).line,
            }
        });
        let deciding: Vec<Deciding> = deciding.collect();
        let errors = deciding.len() + self.omitted_of(Severity::Error, target);
        let undetermined = self.undetermined(target);
        let verdict = match errors {
            1.. => Verdict::Fails,
            0 if !undetermined.is_empty() => Verdict::Unknown,
            0 if self.tells(target) => Verdict::Fits,
            0 => Verdict::Unknown,
        };
        let warnings = self.of_severity(Severity::Warning, target).count();
        Fit {
            platform: target.name(),
            profile: self.profile(target).map(|profile| profile.id().into()),
            verdict,
            errors,
            warnings: warnings + self.omitted_of(Severity::Warning, target),
            deciding,
            undetermined,
        }
    }

    /// The findings of a severity that speak of the target.
    fn of_severity(
        &self,
        severity: Severity,
        target: Target,
    ) -> impl Iterator<Item = &rule::Finding> {
        let all = self.found.findings.iter().filter(move |one| one.severity == severity);
        all.filter(move |one| self.decides(one.rule, one.at.source, one.profile, target))
    }

    /// How many of those are not kept.
    fn omitted_of(&self, severity: Severity, target: Target) -> usize {
        let all = self.found.omitted.iter().filter(|one| one.severity == severity);
        let own = all.filter(|one| self.decides(one.rule, one.source, one.profile, target));
        own.map(|one| one.count).sum()
    }

    /// The rules that would decide if they could be judged.
    fn undetermined(&self, target: Target) -> Vec<Cow<'static, str>> {
        let all = self.found.unknown.iter().filter(|one| one.severity == Severity::Error);
        let own = all.filter(|one| self.decides(one.rule, one.at.source, one.profile, target));
        let mut rules: Vec<_> = own.map(|one| one.rule.id.into()).collect();
        rules.sort();
        rules.dedup();
        rules
    }

    /// Whether a finding speaks of the target. One that holds everywhere does, since an image that
    /// does not build or start fits nowhere; but not where only the user's own configuration
    /// demands it, nor in a document of another platform.
    fn decides(
        &self,
        rule: &Rule,
        source: SourceId,
        under: Option<Profile>,
        target: Target,
    ) -> bool {
        match rule.platform {
            Some(platform) => {
                let is_other = |own: Profile| under.is_some_and(|profile| profile != own);
                platform == target.platform && !target.profile.is_some_and(is_other)
            }
            // What is not known is told of by the rules that do not know it.
            None if rule.id == undetermined::RULE.id => false,
            None => {
                let spoken_to = self.spoken_to.get(usize::from(source.0));
                let is_spoken_to =
                    spoken_to.is_some_and(|platforms| platforms.contains(&target.platform));
                let is_policy = !rule.options.is_empty();
                let is_chosen = self.settings.severity(rule).is_some();
                !is_policy && !is_chosen && is_spoken_to
            }
        }
    }

    /// What the services say that are checked for the target.
    fn claims_of(&self, target: Target) -> impl Iterator<Item = &Claims> {
        let own = self.claims.iter().filter(move |(_, targets)| targets.contains(&target));
        own.map(|(claims, _)| claims)
    }

    /// The profile of the target; else the one that all services of the project are of.
    fn profile(&self, target: Target) -> Option<Profile> {
        match target.platform {
            Platform::Eas | Platform::Eci | Platform::ComputeNest => None,
            Platform::ModelArts => target.profile.or_else(|| {
                let profiles = self.claims_of(target).map(Claims::profile);
                let mut profiles = profiles.map(|profile| profile.unwrap_or(Profile::RealTime));
                let first = profiles.next()?;
                profiles.all(|profile| profile == first).then_some(first)
            }),
        }
    }

    /// Whether a document speaks of what is asked: of an image that is worked in, its Dockerfile;
    /// else a document of the platform, or of the container's port where that matters. Without any
    /// there is nothing to judge by.
    fn tells(&self, target: Target) -> bool {
        let platform = target.platform;
        if matches!(target.profile, Some(Profile::Training | Profile::Notebook)) {
            return self.claims_of(target).any(|claims| claims.has_image);
        }
        let minds_the_port = matches!(platform, Platform::Eas | Platform::ModelArts);
        self.project.documents().iter().any(|document| document.platforms().contains(&platform))
            || minds_the_port && self.claims_of(target).any(Claims::tells_a_port)
    }
}
