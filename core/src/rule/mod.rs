//! What the author of a rule sees: the rule, its examples, what it is given and what it finds.
//!
//! Knows no single rule; the list of them is `register.rs`.

mod context;
mod example;
mod finding;
mod findings;
mod option;
mod pattern;
mod views;

pub use context::{Context, Part};
pub use example::{Example, ExampleFiles, bad, good};
pub(crate) use finding::Offer;
pub use finding::{Finding, Fix, Label, Safety};
pub use findings::Findings;
pub(crate) use findings::{Omitted, Silencer, words};
pub use option::{OptionKind, OptionSpec, OptionValue, RuleOption};
pub use pattern::HostPattern;

use crate::fact::{Citation, Platform, Profile};
use crate::text::{Text, text};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice.
    Info,
    /// Probably wrong.
    Warning,
    /// Refused, or the service will fail.
    Error,
}

impl Severity {
    /// The name in options and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing that is checked: its words, its sources, its examples and the check itself.
pub struct Rule {
    /// `GROUP/NAME` in kebab-case; reads after "allow". Never renamed, only aliased.
    pub id: &'static str,
    /// The platform that demands it; `None` where it holds everywhere.
    pub platform: Option<Platform>,
    /// The profiles under which it holds; empty where it holds under all.
    pub profiles: &'static [Profile],
    /// How bad a finding is, unless the check says otherwise.
    pub severity: Severity,
    /// Whether it speaks only under `--strict`.
    pub strict: bool,
    /// The version that brought it.
    pub since: &'static str,
    /// A headline for lists.
    pub summary: Text,
    /// One sentence with `{slots}`: what is wrong here.
    pub message: Text,
    /// What happens if one leaves it so.
    pub why: Text,
    /// What to do; may use the slots of `message`.
    pub help: Text,
    /// What it rests on.
    pub rests_on: &'static [&'static Citation],
    /// Other ids that it is known by (earlier names, peers' names). A peer's id may be that of
    /// several rules: then it names them all.
    pub aliases: &'static [&'static str],
    /// What the user may set for it.
    pub options: &'static [OptionSpec],
    /// Its tests and its documentation.
    pub examples: &'static [Example],
    /// Looks at the project and reports.
    pub check: fn(&Context<'_>, &mut Findings),
}

impl Rule {
    /// What most rules have in common, for `..Rule::DEFAULT`.
    pub const DEFAULT: Rule = Rule {
        id: "",
        platform: None,
        profiles: &[],
        severity: Severity::Warning,
        strict: false,
        since: "0.1.0",
        summary: text("", ""),
        message: text("", ""),
        why: text("", ""),
        help: text("", ""),
        rests_on: &[],
        aliases: &[],
        options: &[],
        examples: &[],
        check: |_, _| {},
    };

    /// The part of the id before the slash.
    pub fn group(&self) -> &'static str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// Whether `name` is the id or an alias; aliases are compared without regard to case.
    pub fn is_named(&self, name: &str) -> bool {
        self.id == name || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rule({})", self.id)
    }
}
