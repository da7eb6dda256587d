//! Whether a project fits a platform, as far as its documents tell.

use serde::{Deserialize, Serialize};

use crate::fact::{Profile, Target};
use crate::project::Project;
use crate::rule::{self, Severity};

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

impl Fit {
    /// Judges by the findings of the platform and of the rules that hold everywhere.
    pub(crate) fn of(target: Target, project: &Project, findings: &[rule::Finding]) -> Fit {
        let platform = target.platform;
        let count = |severity| {
            let decides = |finding: &&rule::Finding| {
                finding.severity == severity
                    && finding.rule.platform.is_none_or(|demands| demands == platform)
            };
            findings.iter().filter(decides).count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let verdict = match errors {
            1.. => Verdict::Fails,
            0 if tells(project, target) => Verdict::Fits,
            0 => Verdict::Unknown,
        };
        Fit { platform: target.name(), verdict, errors, warnings }
    }

    /// Adds what other documents say of the same platform.
    pub(crate) fn add(&mut self, other: &Fit) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.verdict = match (self.verdict, other.verdict) {
            (Verdict::Fails, _) | (_, Verdict::Fails) => Verdict::Fails,
            (Verdict::Fits, _) | (_, Verdict::Fits) => Verdict::Fits,
            _ => Verdict::Unknown,
        };
    }
}

/// Whether a document speaks of what is asked: of an image that is worked in, its Dockerfile; of
/// one that serves, a document of the platform or of the container's port. Without any there is
/// nothing to judge by.
fn tells(project: &Project, target: Target) -> bool {
    let mut claims = project.services().iter().map(|service| project.claims(service));
    if matches!(target.profile, Some(Profile::Training | Profile::Notebook)) {
        return claims.any(|claims| claims.has_image);
    }
    let is_named = |platform| platform == Some(target.platform);
    project.documents().iter().any(|document| is_named(document.kind.platform()))
        || claims.any(|claims| claims.tells_a_port())
}
