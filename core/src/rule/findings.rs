//! What rules found so far. Of one rule in one document only so many findings are kept: of the
//! others remains what a verdict asks of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Finding, Offer, Rule, Safety, Severity};
use crate::fact::Profile;
use crate::text::{Message, Place, SourceId};

/// Whether findings of a rule at a place are silenced.
pub(crate) type Silencer = Box<dyn Fn(&'static Rule, Place) -> bool>;

/// What was found so far.
pub struct Findings {
    list: Vec<Finding>,
    /// The last one: who added it may still say more of it.
    open: Option<(Finding, Fate)>,
    /// How many of a rule are kept in one document.
    most: usize,
    /// Where only fixes are asked for: how far they may be trusted at least.
    fixing: Option<Safety>,
    offers: Vec<Offer>,
    is_silenced: Silencer,
    /// How many are kept of each rule in each document.
    kept: HashMap<(&'static str, SourceId), usize>,
    /// The places and words of what is kept.
    known: HashSet<u64>,
    beyond: Vec<Beyond>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Counted,
    Silenced,
}

/// A finding that is not kept.
struct Beyond {
    rule: &'static Rule,
    place: Place,
    words: u64,
    severity: Severity,
    profile: Option<Profile>,
}

/// Findings of one rule in one document that are not kept.
#[derive(Clone, Debug)]
pub(crate) struct Omitted {
    /// The rule.
    pub(crate) rule: &'static Rule,
    /// The document.
    pub(crate) source: SourceId,
    /// How bad they are.
    pub(crate) severity: Severity,
    /// The profile under which they were found; `None` where they hold under all.
    pub(crate) profile: Option<Profile>,
    /// How many they are.
    pub(crate) count: usize,
}

impl Findings {
    /// Nothing so far; everything is kept.
    pub fn new() -> Findings {
        Findings::keeping(usize::MAX, |_, _| false)
    }

    /// Nothing so far. At most `most` findings of one rule in one document are kept, and none that
    /// is silenced: it does not count, either.
    pub(crate) fn keeping(
        most: usize,
        is_silenced: impl Fn(&'static Rule, Place) -> bool + 'static,
    ) -> Findings {
        Findings {
            list: Vec::new(),
            open: None,
            most,
            fixing: None,
            offers: Vec::new(),
            is_silenced: Box::new(is_silenced),
            kept: HashMap::new(),
            known: HashSet::new(),
            beyond: Vec::new(),
        }
    }

    /// Nothing so far. Only the fixes are kept that are at most as daring as `safety`, the first of
    /// each finding.
    pub(crate) fn for_fixing(
        safety: Safety,
        is_silenced: impl Fn(&'static Rule, Place) -> bool + 'static,
    ) -> Findings {
        Findings { fixing: Some(safety), ..Findings::keeping(usize::MAX, is_silenced) }
    }

    /// What is silenced from now on.
    pub(crate) fn silence(&mut self, is_silenced: impl Fn(&'static Rule, Place) -> bool + 'static) {
        self.settle();
        self.is_silenced = Box::new(is_silenced);
    }

    /// `rule` fired at `at`. The answer takes arguments, related places and fixes.
    pub fn add(&mut self, rule: &'static Rule, at: Place) -> &mut Finding {
        self.settle();
        let fate = self.fate(rule, at);
        let finding = Finding {
            is_wanted: fate == Fate::Kept,
            is_mute: self.fixing.is_some(),
            ..Finding::new(rule, at)
        };
        &mut self.open.insert((finding, fate)).0
    }

    /// `rule` cannot be judged, since what stands at `at` was not read. It counts neither as found
    /// nor as passed.
    pub fn unknown(&mut self, rule: &'static Rule, at: Place) {
        self.add(rule, at).is_unknown = true;
    }

    /// Adds what was found elsewhere.
    pub(crate) fn extend(&mut self, findings: Vec<Finding>) {
        self.settle();
        for finding in findings {
            let fate = self.fate(finding.rule, finding.at);
            self.put(finding, fate);
        }
    }

    /// The findings themselves.
    pub fn into_vec(mut self) -> Vec<Finding> {
        self.settle();
        self.list
    }

    /// The fixes that are kept where only fixes are asked for.
    pub(crate) fn into_offers(mut self) -> Vec<Offer> {
        self.settle();
        self.offers
    }

    /// The findings that are kept, and how many are not.
    pub(crate) fn into_parts(mut self) -> (Vec<Finding>, Vec<Omitted>) {
        self.settle();
        (self.list, counted(self.beyond))
    }

    fn fate(&self, rule: &'static Rule, at: Place) -> Fate {
        if (self.is_silenced)(rule, at) {
            return Fate::Silenced;
        }
        let kept = self.kept.get(&(rule.id, at.source)).copied().unwrap_or_default();
        if kept < self.most { Fate::Kept } else { Fate::Counted }
    }

    /// Nothing more is said of the last finding.
    fn settle(&mut self) {
        if let Some((finding, fate)) = self.open.take() {
            self.put(finding, fate);
        }
    }

    fn put(&mut self, finding: Finding, fate: Fate) {
        if fate == Fate::Silenced {
            return;
        }
        if let Some(safety) = self.fixing {
            self.offers.extend(finding.into_offer(safety));
            return;
        }
        if finding.is_unknown || self.most == usize::MAX {
            self.list.push(finding);
            return;
        }
        let words = words(finding.rule, finding.at, &finding.message);
        match fate {
            Fate::Kept if self.known.insert(words) => {
                *self.kept.entry((finding.rule.id, finding.at.source)).or_default() += 1;
                self.list.push(finding);
            }
            Fate::Counted if !self.known.contains(&words) => self.beyond.push(Beyond {
                rule: finding.rule,
                place: finding.at,
                words,
                severity: finding.severity,
                profile: finding.profile,
            }),
            // It was said before.
            _ => {}
        }
    }
}

impl Default for Findings {
    fn default() -> Findings {
        Findings::new()
    }
}

impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Findings").field("list", &self.list).finish_non_exhaustive()
    }
}

/// What tells a finding from another: the rule, the place and the sentence. The same on every run.
pub(crate) fn words(rule: &Rule, at: Place, message: &Message) -> u64 {
    let mut hasher = DefaultHasher::new();
    (rule.id, at, message.text.en).hash(&mut hasher);
    for (name, value) in &message.args {
        if message.text.has_slot(name) {
            (name, value).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// How many they are of each kind, each counted once.
fn counted(mut beyond: Vec<Beyond>) -> Vec<Omitted> {
    beyond.sort_unstable_by_key(|one| {
        (one.rule.id, one.place, one.words, std::cmp::Reverse(one.severity))
    });
    beyond.dedup_by_key(|one| (one.rule.id, one.place, one.words));
    let mut omitted: BTreeMap<_, Omitted> = BTreeMap::new();
    for Beyond { rule, place, severity, profile, .. } in beyond {
        let one = omitted.entry((place.source, rule.id, severity, profile)).or_insert(Omitted {
            rule,
            source: place.source,
            severity,
            profile,
            count: 0,
        });
        one.count += 1;
    }
    omitted.into_values().collect()
}
