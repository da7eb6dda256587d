//! What a caller may choose about a check.

use std::collections::{HashMap, HashSet};

use crate::fact::{Platform, Target};
use crate::register::register;
use crate::rule::{Rule, RuleOption, Severity};
use crate::text::{Lang, nearest};

/// What to check for, which rules run, and in which language the report speaks.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The platforms to check for; empty means those that the documents name.
    pub targets: Vec<Target>,
    /// If not empty, only these rules run (a strict rule that is named runs too).
    pub select: Vec<Selector>,
    /// These rules do not run.
    pub ignore: Vec<Selector>,
    /// Whether the strict rules run as well.
    pub strict: bool,
    /// Other severities than the rules' own.
    pub severities: Vec<(&'static Rule, Severity)>,
    /// What the user set for rules that have options.
    pub options: Vec<RuleOption>,
    /// What is ignored in single documents, by their paths.
    pub file_ignores: HashMap<String, Vec<Selector>>,
    /// The language of messages.
    pub lang: Lang,
}

/// One rule, the rules of a peer's id, or all rules of a group.
#[derive(Clone, Copy, Debug)]
pub enum Selector {
    /// All rules of the group, such as `eas`.
    Group(&'static str),
    /// One rule.
    Rule(&'static Rule),
    /// All rules with this alias, such as `MultipleInstructionsDisallowed`.
    Alias(&'static str),
}

/// No rule or group of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown rule `{name}`")]
pub struct UnknownRule {
    /// What was asked for.
    pub name: String,
}

impl UnknownRule {
    /// The nearest known id, if one is near. Found when asked for: comments name many rules that
    /// are another tool's.
    pub fn nearest(&self) -> Option<&'static str> {
        let by_name = || {
            let tail = self.name.rsplit('/').next().unwrap_or(&self.name);
            let tails = register().filter_map(|rule| rule.id.split('/').nth(1));
            let tail = nearest(tail, tails)?;
            register().map(|rule| rule.id).find(|id| id.split('/').nth(1) == Some(tail))
        };
        nearest(&self.name, register().map(|rule| rule.id)).or_else(by_name)
    }
}

/// All rules with this id or alias, in the order of the register.
pub fn find_rules(name: &str) -> Result<Vec<&'static Rule>, UnknownRule> {
    let first = find_rule(name)?;
    let others = register().filter(|rule| rule.id != first.id && rule.is_named(name));
    Ok([first].into_iter().chain(others).collect())
}

/// The first rule with this id or alias.
pub fn find_rule(name: &str) -> Result<&'static Rule, UnknownRule> {
    if let Some(rule) = known_rule(name) {
        return Ok(rule);
    }
    Err(UnknownRule { name: name.to_owned() })
}

fn known_rule(name: &str) -> Option<&'static Rule> {
    let named = register().find(|rule| rule.is_named(name));
    // Forgive the dash for the slash: `eas-port-reserved`.
    named.or_else(|| register().find(|rule| rule.id.replacen('/', "-", 1) == name))
}

/// What a name selects, for those who ask for many names.
pub(crate) struct Names {
    groups: HashSet<&'static str>,
    by_id: HashMap<&'static str, &'static Rule>,
    /// By alias, in lower case: the first rule that has it.
    by_alias: HashMap<String, (&'static Rule, &'static str)>,
    /// By id with a dash for the slash.
    by_dash: HashMap<String, &'static Rule>,
}

impl Names {
    /// Those of the register.
    pub(crate) fn of_register() -> Names {
        let mut names = Names {
            groups: HashSet::new(),
            by_id: HashMap::new(),
            by_alias: HashMap::new(),
            by_dash: HashMap::new(),
        };
        for rule in register() {
            names.groups.insert(rule.group());
            names.by_id.entry(rule.id).or_insert(rule);
            names.by_dash.entry(rule.id.replacen('/', "-", 1)).or_insert(rule);
            for alias in rule.aliases {
                names.by_alias.entry(alias.to_ascii_lowercase()).or_insert((rule, alias));
            }
        }
        names
    }

    /// The group, the rule or the rules of an alias that `name` is.
    pub(crate) fn selector(&self, name: &str) -> Option<Selector> {
        if let Some(group) = self.groups.get(name) {
            return Some(Selector::Group(group));
        }
        if let Some(rule) = self.by_id.get(name) {
            return Some(Selector::Rule(rule));
        }
        if let Some((_, alias)) = self.by_alias.get(&name.to_ascii_lowercase()) {
            return Some(Selector::Alias(alias));
        }
        self.by_dash.get(name).map(|rule| Selector::Rule(rule))
    }
}

impl Selector {
    /// Reads a rule's id, an alias, or a group.
    pub fn parse(name: &str) -> Result<Selector, UnknownRule> {
        match Names::of_register().selector(name) {
            Some(selector) => Ok(selector),
            None => find_rule(name).map(Selector::Rule),
        }
    }

    /// Whether it names `rule`.
    pub fn covers(self, rule: &Rule) -> bool {
        match self {
            Selector::Group(group) => rule.group() == group,
            Selector::Rule(named) => named.id == rule.id,
            Selector::Alias(alias) => rule.is_named(alias),
        }
    }
}

impl Settings {
    /// Settings that check for `platform` in its default profile.
    pub fn for_platform(platform: Platform) -> Settings {
        Settings { targets: vec![Target::of(platform)], ..Settings::default() }
    }

    /// Whether the user's choice lets `rule` run, platforms aside.
    pub(crate) fn wants(&self, rule: &Rule) -> bool {
        if self.ignore.iter().any(|selector| selector.covers(rule)) {
            return false;
        }
        if self.select.is_empty() {
            return self.strict || !rule.strict;
        }
        self.select.iter().any(|selector| match selector {
            Selector::Group(_) => selector.covers(rule) && (self.strict || !rule.strict),
            Selector::Rule(_) | Selector::Alias(_) => selector.covers(rule),
        })
    }

    /// Whether `rule` may run where a document asks for it: nothing that the user chose is against it.
    pub(crate) fn permits(&self, rule: &Rule) -> bool {
        !self.ignore.iter().any(|selector| selector.covers(rule))
            && (self.select.is_empty() || self.select.iter().any(|one| one.covers(rule)))
    }

    /// The severity that the user chose for `rule`.
    pub(crate) fn severity(&self, rule: &Rule) -> Option<Severity> {
        let chosen = self.severities.iter().find(|(named, _)| named.id == rule.id);
        chosen.map(|&(_, severity)| severity)
    }
}
