//! Which rules are shown, and in which order. Pure.

use std::collections::BTreeMap;

use crate::messages::RuleCard;

/// What is wanted of the catalogue; it stays when one leaves the page and comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words, an id or an alias.
    pub text: String,
    /// Groups (`eas`, `dockerfile`); all where none is chosen.
    pub groups: Vec<String>,
    /// Severities; all where none is chosen.
    pub severities: Vec<String>,
    /// Only rules that have a safe fix.
    pub has_safe_fix: bool,
    /// Only rules that only `--strict` asks.
    pub is_strict: bool,
}

/// A facet of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facet {
    /// A group.
    Group(String),
    /// A severity.
    Severity(String),
    /// Has a safe fix.
    Fix,
    /// Only with `--strict`.
    Strict,
}

/// How well a rule fits; the less, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Id,
    Alias,
    IdBegins,
    AliasBegins,
    IdHolds,
    AliasHolds,
    Summary,
    Words,
}

impl Search {
    /// Whether a press on the facet would take it back.
    pub fn has(&self, facet: &Facet) -> bool {
        match facet {
            Facet::Group(group) => self.groups.contains(group),
            Facet::Severity(severity) => self.severities.contains(severity),
            Facet::Fix => self.has_safe_fix,
            Facet::Strict => self.is_strict,
        }
    }

    /// The search with the facet chosen, or taken back.
    #[must_use]
    pub fn toggled(mut self, facet: &Facet) -> Search {
        let toggle =
            |all: &mut Vec<String>, one: &String| match all.iter().position(|known| known == one) {
                Some(at) => drop(all.remove(at)),
                None => all.push(one.clone()),
            };
        match facet {
            Facet::Group(group) => toggle(&mut self.groups, group),
            Facet::Severity(severity) => toggle(&mut self.severities, severity),
            Facet::Fix => self.has_safe_fix = !self.has_safe_fix,
            Facet::Strict => self.is_strict = !self.is_strict,
        }
        self
    }

    /// The rules that fit the words, whatever is narrowed: the best first, in the order of the
    /// register where all fit alike.
    pub fn ranked<'a>(&self, rules: &'a [RuleCard]) -> Vec<&'a RuleCard> {
        let wanted = self.text.trim().to_lowercase();
        let ranked = rules.iter().filter_map(|rule| Some((rank(rule, &wanted)?, rule)));
        let mut ranked: Vec<(Rank, &RuleCard)> = ranked.collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, rule)| rule).collect()
    }

    /// Those of the `ranked` that the chosen facets leave.
    pub fn found<'a>(&self, ranked: &[&'a RuleCard]) -> Vec<&'a RuleCard> {
        ranked.iter().copied().filter(|rule| self.admits(rule, None)).collect()
    }

    /// How many of the `ranked` a facet would leave, besides what else is chosen.
    pub fn count(&self, ranked: &[&RuleCard], facet: &Facet) -> usize {
        let fits = |rule: &&&RuleCard| self.admits(rule, Some(facet)) && facet.holds(rule);
        ranked.iter().filter(fits).count()
    }

    /// Whether the chosen facets let the rule through, those of the kind of `but` left out.
    fn admits(&self, rule: &RuleCard, but: Option<&Facet>) -> bool {
        let is_group = matches!(but, Some(Facet::Group(_)));
        let is_severity = matches!(but, Some(Facet::Severity(_)));
        let is_in = |all: &[String], one: &str| all.is_empty() || all.iter().any(|it| it == one);
        (is_group || is_in(&self.groups, group(&rule.id)))
            && (is_severity || is_in(&self.severities, &rule.severity))
            && (!self.has_safe_fix || rule.has_safe_fix)
            && (!self.is_strict || rule.is_strict)
    }
}

impl Facet {
    fn holds(&self, rule: &RuleCard) -> bool {
        match self {
            Facet::Group(one) => group(&rule.id) == one,
            Facet::Severity(severity) => rule.severity == *severity,
            Facet::Fix => rule.has_safe_fix,
            Facet::Strict => rule.is_strict,
        }
    }
}

/// The group of a rule: what stands before the slash of its id.
pub fn group(id: &str) -> &str {
    id.split_once('/').map_or(id, |(group, _)| group)
}

/// The groups in the order of the register.
pub fn groups(rules: &[RuleCard]) -> Vec<&str> {
    let mut seen = BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        seen.entry(group(&rule.id)).or_insert(at);
    }
    let mut groups: Vec<(&str, usize)> = seen.into_iter().collect();
    groups.sort_by_key(|(_, at)| *at);
    groups.into_iter().map(|(group, _)| group).collect()
}

/// How well a rule fits what is wanted, in lower case; `None` where it does not.
fn rank(rule: &RuleCard, wanted: &str) -> Option<Rank> {
    if wanted.is_empty() {
        return Some(Rank::Id);
    }
    let id = rule.id.to_lowercase();
    let name = id.split_once('/').map_or(&*id, |(_, name)| name);
    let aliases = || rule.aliases.iter().map(|alias| alias.to_lowercase());
    if id == wanted || name == wanted {
        return Some(Rank::Id);
    }
    if aliases().any(|alias| alias == wanted) {
        return Some(Rank::Alias);
    }
    if id.starts_with(wanted) || name.starts_with(wanted) {
        return Some(Rank::IdBegins);
    }
    if aliases().any(|alias| alias.starts_with(wanted)) {
        return Some(Rank::AliasBegins);
    }
    if id.contains(wanted) {
        return Some(Rank::IdHolds);
    }
    if aliases().any(|alias| alias.contains(wanted)) {
        return Some(Rank::AliasHolds);
    }
    let holds_all = |text: &str| {
        let text = text.to_lowercase();
        wanted.split_whitespace().all(|word| text.contains(word))
    };
    if holds_all(&rule.summary) {
        return Some(Rank::Summary);
    }
    let all = [&*rule.id, &rule.summary, &rule.why, &rule.help].join(" ");
    holds_all(&format!("{all} {}", rule.aliases.join(" "))).then_some(Rank::Words)
}

#[cfg(test)]
mod tests {
    use plimsoll::register;
    use plimsoll::text::Lang;

    use super::*;
    use crate::worker::card;

    fn rules() -> Vec<RuleCard> {
        register().map(|rule| card(rule, Lang::En)).collect()
    }

    fn found(text: &str) -> Vec<String> {
        let search = Search { text: text.to_owned(), ..Search::default() };
        search.ranked(&rules()).into_iter().map(|rule| rule.id.clone()).collect()
    }

    #[test]
    fn an_id_comes_before_an_alias_and_both_before_words() {
        assert_eq!(found("eas/port-reserved").first().unwrap(), "eas/port-reserved");
        assert_eq!(found("port-reserved").first().unwrap(), "eas/port-reserved");
        assert_eq!(found("DL3006").first().unwrap(), "dockerfile/tag-missing");
        assert_eq!(found("dl3006").len(), 1);
        let maintainer = found("maintainer");
        assert_eq!(maintainer.first().unwrap(), "dockerfile/maintainer");
        let words = found("base image tag");
        assert!(words.iter().any(|id| id == "dockerfile/tag-missing"), "{words:?}");
        assert!(found("no such thing anywhere").is_empty());
        assert_eq!(found("").len(), rules().len());
        assert_eq!(found(" ").len(), rules().len());
    }

    #[test]
    fn facets_narrow_and_count_what_they_would_leave() {
        let all_rules = rules();
        let search = Search::default();
        let rules = search.ranked(&all_rules);
        let eas = Facet::Group("eas".to_owned());
        let all = search.count(&rules, &eas);
        let chosen = search.clone().toggled(&eas);
        assert!(chosen.has(&eas));
        assert_eq!(chosen.found(&rules).len(), all);
        assert!(chosen.found(&rules).iter().all(|rule| rule.id.starts_with("eas/")));
        // Another of its kind is added, one of another kind narrows.
        let eci = Facet::Group("eci".to_owned());
        assert_eq!(chosen.count(&rules, &eci), search.count(&rules, &eci));
        let error = Facet::Severity("error".to_owned());
        assert_eq!(
            chosen.clone().toggled(&error).found(&rules).len(),
            chosen.count(&rules, &error)
        );
        for facet in [Facet::Fix, Facet::Strict] {
            let narrowed = chosen.clone().toggled(&facet);
            assert_eq!(narrowed.found(&rules).len(), chosen.count(&rules, &facet));
            assert!(narrowed.found(&rules).len() < all);
        }
        assert_eq!(chosen.toggled(&eas), search);
        assert_eq!(groups(&all_rules).first(), Some(&group(&rules[0].id)));
    }
}
