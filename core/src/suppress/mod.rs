//! Comments that silence a rule: `# plimsoll ignore=RULE[,RULE] -- reason` for the next
//! instruction, `# plimsoll file-ignore=…` for the whole document, hadolint's
//! `# hadolint [global|stage] ignore=…`, and BuildKit's `# check=skip=…` as a directive for the whole
//! file or as a comment for the next instruction.

mod buildkit;
mod read;
mod scope;

use std::cell::RefCell;
use std::collections::HashMap;

use crate::document::Check;
use crate::fact::Target;
use crate::project::Project;
use crate::register::register;
use crate::rule::{Findings, Rule, Severity};
use crate::rules::{no_inline_ignore, unused_suppression};
use crate::settings::{Selector, Settings};
use crate::text::{Place, SourceId, Span};

/// What the user's comments say of a project.
pub(crate) struct Suppressions {
    /// By document.
    of_documents: Vec<OfDocument>,
    /// Rules that run only for the documents that ask for them.
    pub(crate) asked_for: Vec<&'static Rule>,
}

/// What the comments of one document say.
#[derive(Default)]
struct OfDocument {
    list: Vec<Suppression>,
    /// The `check` directive.
    directive: Option<Check>,
    /// What is wrong with the comments themselves.
    oddities: Vec<(Place, Oddity)>,
    /// Of the rules that run only where they are asked for, those that are not asked for here.
    not_asked_for: Vec<&'static str>,
    /// What the configuration ignores here.
    ignored: Vec<Selector>,
    /// What was asked of each rule so far.
    rules: RefCell<HashMap<&'static str, OfRule>>,
}

/// What the comments of one document say of one rule.
struct OfRule {
    rule: &'static Rule,
    /// Where it is silenced: the beginnings, in order, each with the furthest end up to there.
    reach: Vec<(u32, u32)>,
    /// Where something was silenced.
    silenced: Vec<u32>,
}

/// One rule or group that a comment silences.
struct Suppression {
    /// Where the name stands.
    name: Place,
    /// What it names.
    names: Named,
    /// Where it holds.
    scope: Span,
    /// A comment for another tool, of whose rules we do not know all.
    is_foreign: bool,
}

enum Named {
    Rules(Selector),
    /// Every check of BuildKit but these, which the file asks for by name.
    AllChecks {
        but: Vec<&'static Rule>,
    },
    /// A rule of another tool that we have none for.
    Foreign,
    /// Nothing is called so.
    Nothing,
}

enum Oddity {
    /// hadolint passes over the comment because of this part.
    Unreadable,
    /// No option of `check`, in the directive.
    Refused,
    /// No option of `check`, in a comment.
    NoOption,
    /// No check of BuildKit.
    NoCheck,
}

impl Suppressions {
    /// Reads the comments of all documents.
    pub(crate) fn read(project: &Project, settings: &Settings) -> Suppressions {
        let asked_for = buildkit::asked_for(project.documents(), settings);
        let of_documents = read::documents(project, settings, &asked_for);
        Suppressions { of_documents, asked_for }
    }

    /// Whether no one wants to hear of `rule` at `at`. What a comment silences is noted: it is of
    /// use.
    pub(crate) fn silences(&self, rule: &'static Rule, at: Place) -> bool {
        let Some(own) = self.of(at.source) else { return true };
        own.drops(rule) || own.silences(rule, at.span.start)
    }

    /// Whether the configuration ignores `rule` at `at`.
    pub(crate) fn ignores(&self, rule: &Rule, at: Place) -> bool {
        self.of(at.source).is_some_and(|own| own.ignores(rule))
    }

    /// How bad it is that `rule` fired in `source`, if the document says so.
    pub(crate) fn severity(&self, rule: &Rule, source: SourceId) -> Option<Severity> {
        let check = self.of(source)?.directive.as_ref()?;
        buildkit::is_raised(check, rule).then_some(Severity::Error)
    }

    fn of(&self, source: SourceId) -> Option<&OfDocument> {
        self.of_documents.get(usize::from(source.0))
    }

    /// Tells of each comment that silenced nothing, and of what is wrong with comments. `targets` are
    /// those that each document is checked for, by its id.
    pub(crate) fn tell(&self, settings: &Settings, targets: &[&[Target]], found: &mut Findings) {
        let has_run = |rule: &Rule, targets: &[Target]| {
            settings.wants(rule)
                && (rule.platform.is_none()
                    || targets.iter().any(|target| Some(target.platform) == rule.platform))
        };
        let mut could_have = HashMap::new();
        let mut could_have_silenced =
            |name: &'static str, selector: Selector, is_foreign, targets| {
                *could_have.entry((name, is_foreign, targets)).or_insert_with(|| {
                    let mut rules = register().filter(|rule| selector.covers(rule));
                    let has_run = |rule: &Rule| has_run(rule, targets);
                    if is_foreign { rules.all(has_run) } else { rules.any(has_run) }
                })
            };
        for (own, &targets) in self.of_documents.iter().zip(targets) {
            for suppression in own.unused() {
                let name = suppression.name;
                match suppression.names {
                    Named::Nothing => unused_suppression::unknown(found, name),
                    // What we did not look for could not be silenced: that says nothing of the
                    // comment.
                    Named::Foreign | Named::AllChecks { .. } => {}
                    Named::Rules(Selector::Group(_)) => unused_suppression::unused(found, name),
                    Named::Rules(selector) => {
                        let id = match selector {
                            Selector::Rule(rule) => rule.id,
                            Selector::Alias(id) | Selector::Group(id) => id,
                        };
                        if could_have_silenced(id, selector, suppression.is_foreign, targets) {
                            unused_suppression::unused(found, name);
                        }
                    }
                }
            }
        }
        for (at, oddity) in self.of_documents.iter().flat_map(|own| &own.oddities) {
            match oddity {
                Oddity::Unreadable => unused_suppression::unreadable(found, *at),
                Oddity::Refused => unused_suppression::refused(found, *at),
                Oddity::NoOption => unused_suppression::no_option(found, *at),
                Oddity::NoCheck => unused_suppression::no_check(found, *at),
            }
        }
    }
}

impl OfDocument {
    fn ignores(&self, rule: &Rule) -> bool {
        self.ignored.iter().any(|selector| selector.covers(rule))
    }

    /// Whether `rule` does not run here at all.
    fn drops(&self, rule: &Rule) -> bool {
        self.not_asked_for.contains(&rule.id) || self.ignores(rule)
    }

    /// Whether a comment silences `rule` at the byte `at`.
    fn silences(&self, rule: &'static Rule, at: u32) -> bool {
        // A ban on such comments that a comment could lift would be none.
        if self.list.is_empty() || rule.id == no_inline_ignore::RULE.id {
            return false;
        }
        let mut rules = self.rules.borrow_mut();
        let of_rule = rules.entry(rule.id).or_insert_with(|| self.of_rule(rule));
        let before = of_rule.reach.partition_point(|(start, _)| *start <= at);
        let nearest = before.checked_sub(1).and_then(|index| of_rule.reach.get(index));
        let is_silenced = nearest.is_some_and(|(_, end)| at <= *end);
        if is_silenced {
            of_rule.silenced.push(at);
        }
        is_silenced
    }

    fn of_rule(&self, rule: &'static Rule) -> OfRule {
        let covering = self.list.iter().filter(|one| one.covers(rule));
        let mut reach: Vec<(u32, u32)> =
            covering.map(|one| (one.scope.start, one.scope.end)).collect();
        reach.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut reach {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        OfRule { rule, reach, silenced: Vec::new() }
    }

    /// The comments that silenced nothing.
    fn unused(&self) -> impl Iterator<Item = &Suppression> {
        let mut rules = self.rules.borrow_mut();
        let mut is_used = vec![false; self.list.len()];
        for of_rule in rules.values_mut().filter(|one| !one.silenced.is_empty()) {
            of_rule.silenced.sort_unstable();
            for (suppression, is_used) in self.list.iter().zip(&mut is_used) {
                if !*is_used && suppression.covers(of_rule.rule) {
                    let scope = suppression.scope;
                    let first = of_rule.silenced.partition_point(|at| *at < scope.start);
                    *is_used = of_rule.silenced.get(first).is_some_and(|at| *at <= scope.end);
                }
            }
        }
        self.list.iter().zip(is_used).filter(|(_, is_used)| !is_used).map(|(one, _)| one)
    }
}

impl Suppression {
    fn covers(&self, rule: &Rule) -> bool {
        match &self.names {
            Named::Rules(selector) => selector.covers(rule),
            Named::AllChecks { but } => {
                buildkit::is_check(rule) && but.iter().all(|other| other.id != rule.id)
            }
            Named::Foreign | Named::Nothing => false,
        }
    }
}
