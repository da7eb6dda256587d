//! The platforms as the page names them.

use plimsoll::text::{Text, text};

/// Every platform and profile as users write it, with its verdict of its own.
pub const PLATFORMS: [&str; 7] = [
    "eas",
    "eci",
    "compute-nest",
    "modelarts:real-time",
    "modelarts:batch",
    "modelarts:training",
    "modelarts:notebook",
];

/// A platform with one place in the strip.
#[derive(PartialEq, Eq)]
pub struct Chip {
    /// As users write it, without a profile.
    pub id: &'static str,
    /// As people know it.
    pub name: Text,
    /// What is missing where no document speaks of it.
    pub missing: Text,
    /// Its profiles, if it has some: as users write them, and their names.
    pub profiles: &'static [(&'static str, Text)],
}

/// The platforms in the order of the strip.
pub const CHIPS: [Chip; 4] = [
    Chip {
        id: "eas",
        name: text("PAI-EAS", "PAI-EAS"),
        missing: text("no service yet", "还没有服务"),
        profiles: &[],
    },
    Chip {
        id: "eci",
        name: text("ECI", "ECI"),
        missing: text("no request yet", "还没有请求"),
        profiles: &[],
    },
    Chip {
        id: "compute-nest",
        name: text("Compute Nest", "计算巢"),
        missing: text("no template yet", "还没有模板"),
        profiles: &[],
    },
    Chip {
        id: "modelarts",
        name: text("ModelArts", "ModelArts"),
        missing: text("no config.json yet", "还没有 config.json"),
        profiles: &[
            ("real-time", text("real-time", "在线服务")),
            ("batch", text("batch", "批量服务")),
            ("training", text("training", "训练作业")),
            ("notebook", text("notebook", "Notebook")),
        ],
    },
];

impl Chip {
    /// Whether `name`, with or without a profile, is this platform.
    pub fn is(&self, name: &str) -> bool {
        name.split(':').next() == Some(self.id)
    }

    /// How the platform is written under `profile`.
    pub fn under(&self, profile: &str) -> String {
        if self.profiles.is_empty() { self.id.to_owned() } else { format!("{}:{profile}", self.id) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_and_profile_has_its_chip() {
        for name in PLATFORMS {
            let chips: Vec<&Chip> = CHIPS.iter().filter(|chip| chip.is(name)).collect();
            assert_eq!(chips.len(), 1, "{name}");
            let profile = name.split(':').nth(1).unwrap_or_default();
            assert_eq!(chips[0].under(profile), name);
            assert!(plimsoll::fact::Target::parse(name).is_ok(), "{name}");
        }
        let profiles: usize = CHIPS.iter().map(|chip| chip.profiles.len().max(1)).sum();
        assert_eq!(profiles, PLATFORMS.len());
    }
}
