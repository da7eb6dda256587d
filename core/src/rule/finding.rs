//! A finding is data: a rule, a place, a message with its arguments; words are made when it is
//! shown.

use std::collections::BTreeSet;

use super::{Rule, Severity};
use crate::fact::Profile;
use crate::text::{Edit, Message, Place, SourceId, Text};

/// How far a fix can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// The meaning stays, or becomes what the platform demands beyond doubt.
    Safe,
    /// Needs a human eye.
    Unsafe,
}

/// Edits that mend a finding.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, as a button says it.
    pub title: Message,
    /// How far it can be trusted.
    pub safety: Safety,
    /// The edits, each with its document.
    pub edits: Vec<(SourceId, Edit)>,
    /// Whether the new text holds a credential, so that no report may show it.
    pub secret: bool,
}

impl Fix {
    /// A fix that keeps the meaning or gives what the platform demands.
    pub fn safe(title: Text) -> Fix {
        Fix { title: Message::new(title), safety: Safety::Safe, edits: Vec::new(), secret: false }
    }

    /// A fix that needs a human eye.
    pub fn risky(title: Text) -> Fix {
        Fix { safety: Safety::Unsafe, ..Fix::safe(title) }
    }

    /// Fills a slot of the title.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Fix {
        self.title = self.title.arg(name, value);
        self
    }

    /// Replaces what stands at `at`.
    #[must_use]
    pub fn replace(mut self, at: Place, new: impl Into<String>) -> Fix {
        self.edits.push((at.source, Edit::replace(at.span, new)));
        self
    }

    /// Removes what stands at `at`.
    #[must_use]
    pub fn delete(self, at: Place) -> Fix {
        self.replace(at, "")
    }

    /// Marks the new text as a credential.
    #[must_use]
    pub fn secret(mut self) -> Fix {
        self.secret = true;
        self
    }
}

/// A fix without its words: what a program needs that applies it.
#[derive(Debug)]
pub(crate) struct Offer {
    /// The rule that fired.
    pub(crate) rule: &'static Rule,
    /// Where.
    pub(crate) at: Place,
    /// The edits, each with its document.
    pub(crate) edits: Vec<(SourceId, Edit)>,
}

impl Offer {
    /// The documents that it changes.
    pub(crate) fn documents(&self) -> BTreeSet<SourceId> {
        self.edits.iter().map(|(source, _)| *source).collect()
    }

    /// Its edits of the document `id`.
    pub(crate) fn edits_of(&self, id: SourceId) -> impl Iterator<Item = &Edit> {
        self.edits.iter().filter(move |(source, _)| *source == id).map(|(_, edit)| edit)
    }
}

/// Another place that a finding speaks of, with what is to be seen there.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub at: Place,
    /// What is there.
    pub message: Message,
}

/// A rule that fired at a place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// The profile under which it was found; `None` where it holds under all that were checked.
    pub profile: Option<Profile>,
    /// Where, exactly.
    pub at: Place,
    /// What is wrong.
    pub message: Message,
    /// What to do; the rule's own help unless the check knows better.
    pub help: Text,
    /// Other places that have to do with it.
    pub related: Vec<Label>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
    /// Whether the rule could not be judged: what it asks about was not read.
    pub is_unknown: bool,
    /// Whether it is kept: of what is only counted no one will read the help.
    pub(super) is_wanted: bool,
    /// Whether it is kept without its words.
    pub(super) is_mute: bool,
}

impl Finding {
    /// `rule` fired at `at`.
    pub(super) fn new(rule: &'static Rule, at: Place) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            profile: None,
            at,
            message: Message::new(rule.message),
            help: rule.help,
            related: Vec::new(),
            fixes: Vec::new(),
            is_unknown: false,
            is_wanted: true,
            is_mute: false,
        }
    }

    /// The first fix that is at most as daring as `safety`.
    pub(super) fn into_offer(self, safety: Safety) -> Option<Offer> {
        let fix = self.fixes.into_iter().find(|fix| fix.safety <= safety)?;
        let mut edits = fix.edits;
        edits.shrink_to_fit();
        Some(Offer { rule: self.rule, at: self.at, edits })
    }

    /// Whether it will be read: else there is no use in looking for what may have been meant.
    pub fn is_wanted(&self) -> bool {
        self.is_wanted
    }

    /// Fills the slot `{name}` of the message and the help.
    pub fn arg(&mut self, name: &'static str, value: impl ToString) -> &mut Finding {
        if !self.is_mute {
            self.message.args.push((name, value.to_string().into()));
        }
        self
    }

    /// Says something else than the rule's message; arguments stay.
    pub fn says(&mut self, text: Text) -> &mut Finding {
        self.message.text = text;
        self
    }

    /// Gives other help than the rule's.
    pub fn help(&mut self, text: Text) -> &mut Finding {
        self.help = text;
        self
    }

    /// Another severity than the rule's.
    pub fn severity(&mut self, severity: Severity) -> &mut Finding {
        self.severity = severity;
        self
    }

    /// Points at another place.
    pub fn related(&mut self, at: Place, text: Text) -> &mut Finding {
        self.related_message(at, Message::new(text))
    }

    /// Points at another place, with a message that has arguments.
    pub fn related_message(&mut self, at: Place, message: Message) -> &mut Finding {
        if !self.is_mute {
            self.related.push(Label { at, message });
        }
        self
    }

    /// Offers a fix.
    pub fn fix(&mut self, fix: Fix) -> &mut Finding {
        self.fixes.push(fix);
        self
    }
}
