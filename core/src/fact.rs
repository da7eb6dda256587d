//! Platforms, and what is known of them: a fact is one cited value.
//!
//! Only the types; the facts themselves stand in `platforms/*/spec.rs`, each once.

use crate::text::Text;

/// A cloud platform that images are shipped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    /// Alibaba Cloud PAI Elastic Algorithm Service.
    Eas,
    /// Huawei Cloud and Open Telekom Cloud ModelArts.
    ModelArts,
    /// Alibaba Cloud Elastic Container Instance.
    Eci,
    /// Alibaba Cloud Compute Nest.
    ComputeNest,
}

impl Platform {
    /// All platforms, in the order in which they are listed to users.
    pub const ALL: [Platform; 4] =
        [Platform::Eas, Platform::ModelArts, Platform::Eci, Platform::ComputeNest];

    /// The name in rule ids, options and reports: `eas`, `modelarts`, `eci`, `compute-nest`.
    pub const fn id(self) -> &'static str {
        match self {
            Platform::Eas => "eas",
            Platform::ModelArts => "modelarts",
            Platform::Eci => "eci",
            Platform::ComputeNest => "compute-nest",
        }
    }

    /// The name that people know it by.
    pub const fn title(self) -> &'static str {
        match self {
            Platform::Eas => "PAI-EAS",
            Platform::ModelArts => "ModelArts",
            Platform::Eci => "ECI",
            Platform::ComputeNest => "Compute Nest",
        }
    }
}

/// A use of a platform under which its rules differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// ModelArts: an online service that answers requests.
    RealTime,
    /// ModelArts: a job that reads files and writes results.
    Batch,
    /// ModelArts: a job that trains a model.
    Training,
    /// ModelArts: a notebook that a person works in.
    Notebook,
}

impl Profile {
    /// The profiles of ModelArts, the default first.
    pub const MODELARTS: [Profile; 4] =
        [Profile::RealTime, Profile::Batch, Profile::Training, Profile::Notebook];

    /// The name after the colon in `modelarts:batch`.
    pub const fn id(self) -> &'static str {
        match self {
            Profile::RealTime => "real-time",
            Profile::Batch => "batch",
            Profile::Training => "training",
            Profile::Notebook => "notebook",
        }
    }
}

/// A platform that a project is checked for, and the profile if one was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The platform.
    pub platform: Platform,
    /// The profile that was asked for; `None` lets the documents tell.
    pub profile: Option<Profile>,
}

/// Why a text names no [`Target`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// No platform of that name.
    #[error("unknown platform `{name}`")]
    Platform {
        /// What was asked for.
        name: String,
        /// The nearest known names.
        nearest: Option<String>,
    },
    /// The platform has no such profile.
    #[error("`{platform}` has no profile `{name}`")]
    Profile {
        /// The platform that was named.
        platform: &'static str,
        /// What was asked for.
        name: String,
        /// The profiles that it has.
        known: Vec<&'static str>,
    },
}

impl Target {
    /// Every name that [`Target::parse`] takes.
    pub const NAMES: [&'static str; 8] = [
        "eas",
        "modelarts",
        "modelarts:real-time",
        "modelarts:batch",
        "modelarts:training",
        "modelarts:notebook",
        "eci",
        "compute-nest",
    ];

    /// The platform in its default profile.
    pub const fn of(platform: Platform) -> Target {
        Target { platform, profile: None }
    }

    /// Reads `eas`, `modelarts`, `modelarts:batch` …
    pub fn parse(name: &str) -> Result<Target, TargetError> {
        let (platform, profile) = match name.split_once(':') {
            Some((platform, profile)) => (platform, Some(profile)),
            None => (name, None),
        };
        let Some(platform) = Platform::ALL.into_iter().find(|known| known.id() == platform) else {
            let nearest = crate::text::nearest(platform, Platform::ALL.map(Platform::id));
            return Err(TargetError::Platform {
                name: name.to_owned(),
                nearest: nearest.map(str::to_owned),
            });
        };
        let Some(profile) = profile else { return Ok(Target::of(platform)) };
        let known = match platform {
            Platform::Eas | Platform::Eci | Platform::ComputeNest => &[][..],
            Platform::ModelArts => &Profile::MODELARTS[..],
        };
        match known.iter().find(|known| known.id() == profile) {
            Some(&profile) => Ok(Target { platform, profile: Some(profile) }),
            None => Err(TargetError::Profile {
                platform: platform.id(),
                name: profile.to_owned(),
                known: known.iter().map(|known| known.id()).collect(),
            }),
        }
    }

    /// The name as users write it: `eas`, `modelarts:batch`.
    pub fn name(self) -> String {
        match self.profile {
            Some(profile) => format!("{}:{}", self.platform.id(), profile.id()),
            None => self.platform.id().to_owned(),
        }
    }
}

/// A page that a platform publishes.
#[derive(Debug, PartialEq, Eq)]
pub struct Publication {
    /// Its title, with the section where that matters.
    pub title: &'static str,
    /// Its address; empty where the text has none of its own.
    pub url: &'static str,
    /// The day of the edition that was read, `2026-01-16`, or as much of it as is known.
    pub date: &'static str,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The publication says so.
    Documented,
    /// Seen in the platform's own files or answers.
    Observed,
    /// Concluded from what is documented; a rule that rests on it is a warning at most.
    Inferred,
    /// Follows whatever the platform does: no other outcome is possible.
    Necessary,
}

/// What a publication says, in our words.
#[derive(Debug, PartialEq, Eq)]
pub struct Citation {
    /// Where it is said.
    pub publication: &'static Publication,
    /// What is said there.
    pub says: Text,
    /// How sure that is.
    pub certainty: Certainty,
}

/// A value of a platform with its source.
#[derive(Debug)]
pub struct Fact<T: 'static> {
    /// The value.
    pub value: T,
    /// Who says so.
    pub source: Citation,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_as_users_write_them() {
        for name in Target::NAMES {
            assert_eq!(Target::parse(name).unwrap().name(), name);
        }
        assert!(matches!(
            Target::parse("esa"),
            Err(TargetError::Platform { nearest: Some(near), .. }) if near == "eas"
        ));
        assert!(matches!(Target::parse("eas:batch"), Err(TargetError::Profile { .. })));
    }
}
