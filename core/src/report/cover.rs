//! What of a document no report may repeat: the secrets that stand in it.

use std::collections::HashSet;

use crate::project::Project;
use crate::redact::{Shown, net};
use crate::text::{Args, Edit, Message, SourceId};

/// The secrets of the documents that a report speaks of.
pub(super) struct Cover<'a> {
    project: &'a Project,
    values: Shown,
}

impl<'a> Cover<'a> {
    /// Of the documents `sources`, each looked at once.
    pub(super) fn of(project: &'a Project, sources: impl Iterator<Item = SourceId>) -> Cover<'a> {
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        for id in sources {
            if seen.insert(id) {
                values.extend_from_slice(project.document(id).secret_values());
            }
        }
        Cover { project, values: Shown::in_any_case(values) }
    }

    /// Whether the edit takes the place of a secret, or writes one: then its text is not shown.
    pub(super) fn touches(&self, source: SourceId, edit: &Edit) -> bool {
        let secrets = self.project.document(source).secrets();
        let before = secrets.partition_point(|one| one.start < edit.span.end);
        let last = before.checked_sub(1).and_then(|index| secrets.get(index));
        let is_over = last.is_some_and(|one| edit.span.start < one.end);
        let bare = || edit.text.replace(['"', '\'', '\\'], "");
        is_over
            || self.values.is_in(&edit.text)
            || !net(&edit.text).is_empty()
            || self.values.is_in(&bare())
    }

    /// The values of a message, without secrets. Its words are ours.
    pub(super) fn args(&self, message: &Message) -> Args {
        let mask = |value: &str| self.values.mask(value).into_owned().into();
        message.args.iter().map(|(name, value)| (*name, mask(value))).collect()
    }

    /// `message` without secrets.
    pub(super) fn message(&self, message: &Message) -> Message {
        Message { text: message.text, args: self.args(message) }
    }
}
