//! Whether a project fits a platform, as far as its documents tell.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::document::Kind;
use crate::fact::{Platform, Profile, Target};
use crate::project::Project;
use crate::rule::{self, Severity};
use crate::rules::undetermined;
use crate::settings::Settings;

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
    /// Judges by the findings of the platform and of the rules that hold everywhere.
    pub(crate) fn of(
        target: Target,
        project: &Project,
        settings: &Settings,
        findings: &[rule::Finding],
        unknown: &[rule::Finding],
    ) -> Fit {
        let of_severity = |severity: Severity| {
            let own = findings.iter().filter(|finding| decides(finding, target, project, settings));
            own.filter(move |finding| finding.severity == severity)
        };
        let deciding: Vec<Deciding> = of_severity(Severity::Error)
            .map(|finding| {
                let source = project.source(finding.at.source);
                Deciding {
                    rule: finding.rule.id.into(),
                    path: source.path().to_owned(),
                    line: source.line_column(finding.at.span.start).line,
                }
            })
            .collect();
        let undetermined = undetermined_rules(target, project, settings, unknown);
        let verdict = match deciding[..] {
            [_, ..] => Verdict::Fails,
            [] if !undetermined.is_empty() => Verdict::Unknown,
            [] if tells(project, target) => Verdict::Fits,
            [] => Verdict::Unknown,
        };
        Fit {
            platform: target.name(),
            profile: profile(target, project).map(|profile| profile.id().into()),
            verdict,
            errors: deciding.len(),
            warnings: of_severity(Severity::Warning).count(),
            deciding,
            undetermined,
        }
    }

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

/// The rules that would decide if they could be judged.
fn undetermined_rules(
    target: Target,
    project: &Project,
    settings: &Settings,
    unknown: &[rule::Finding],
) -> Vec<Cow<'static, str>> {
    let decides = |one: &&rule::Finding| {
        one.severity == Severity::Error && decides(one, target, project, settings)
    };
    let mut rules: Vec<_> = unknown.iter().filter(decides).map(|one| one.rule.id.into()).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// Whether a finding speaks of the target. One that holds everywhere does, since an image that
/// does not build or start fits nowhere; but not where only the user's own configuration demands
/// it, nor in a document of another platform.
fn decides(
    finding: &rule::Finding,
    target: Target,
    project: &Project,
    settings: &Settings,
) -> bool {
    match finding.rule.platform {
        Some(platform) => {
            let is_other = |own: Profile| finding.profile.is_some_and(|profile| profile != own);
            platform == target.platform && !target.profile.is_some_and(is_other)
        }
        // What is not known is told of by the rules that do not know it.
        None if finding.rule.id == undetermined::RULE.id => false,
        None => {
            let document = project.document(finding.at.source);
            let mut spoken_to = document.platforms();
            // The languages that Compute Nest's templates are made of.
            if matches!(document.kind, Kind::RosTemplate | Kind::Kubernetes | Kind::Compose) {
                spoken_to.push(Platform::ComputeNest);
            }
            let is_policy = !finding.rule.options.is_empty();
            let is_chosen = settings.severity(finding.rule).is_some();
            !is_policy
                && !is_chosen
                && (spoken_to.is_empty() || spoken_to.contains(&target.platform))
        }
    }
}

/// The profile of the target; else the one that all services of the project are of.
fn profile(target: Target, project: &Project) -> Option<Profile> {
    match target.platform {
        Platform::Eas | Platform::Eci | Platform::ComputeNest => None,
        Platform::ModelArts => target.profile.or_else(|| {
            let services = project.services().iter();
            let mut profiles = services
                .map(|service| project.claims(service).profile().unwrap_or(Profile::RealTime));
            let first = profiles.next()?;
            profiles.all(|profile| profile == first).then_some(first)
        }),
    }
}

/// Whether a document speaks of what is asked: of an image that is worked in, its Dockerfile; else
/// a document of the platform, or of the container's port where that matters. Without any there is
/// nothing to judge by.
fn tells(project: &Project, target: Target) -> bool {
    let platform = target.platform;
    let mut claims = project.services().iter().map(|service| project.claims(service));
    if matches!(target.profile, Some(Profile::Training | Profile::Notebook)) {
        return claims.any(|claims| claims.has_image);
    }
    let minds_the_port = matches!(platform, Platform::Eas | Platform::ModelArts);
    project.documents().iter().any(|document| document.platforms().contains(&platform))
        || minds_the_port && claims.any(|claims| claims.tells_a_port())
}
