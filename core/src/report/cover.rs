//! What of a document no report may repeat: values that may be credentials.

use std::collections::HashMap;

use crate::project::Project;
use crate::redact::redact;
use crate::text::{Edit, SourceId, Span};

/// The covered places of the documents that a report speaks of.
pub(super) struct Cover<'a> {
    project: &'a Project,
    places: HashMap<SourceId, Vec<Span>>,
}

/// A shorter value is likely to be a word of the message itself.
const LEAST_BYTES: usize = 4;

/// What stands in a message for a value that is covered.
const MASK: &str = "••••";

impl<'a> Cover<'a> {
    /// Of the documents `sources`, each looked at once.
    pub(super) fn of(project: &'a Project, sources: impl Iterator<Item = SourceId>) -> Cover<'a> {
        let mut places = HashMap::new();
        for id in sources {
            places.entry(id).or_insert_with(|| covered(project.source(id).text()));
        }
        Cover { project, places }
    }

    /// Whether the edit takes the place of a covered value, so that its text may repeat it.
    pub(super) fn touches(&self, source: SourceId, edit: &Edit) -> bool {
        let places = self.places.get(&source).map_or(&[][..], Vec::as_slice);
        places.iter().any(|one| one.start < edit.span.end && edit.span.start < one.end)
    }

    /// `message` about the document `source`, without its covered values.
    pub(super) fn mask(&self, source: SourceId, message: String) -> String {
        let places = self.places.get(&source).map_or(&[][..], Vec::as_slice);
        let text = self.project.source(source);
        let values = places.iter().map(|place| text.slice(*place));
        values.filter(|value| value.len() >= LEAST_BYTES).fold(message, |message, value| {
            if message.contains(value) { message.replace(value, MASK) } else { message }
        })
    }
}

/// The places of `text` that are covered where it is shown.
fn covered(text: &str) -> Vec<Span> {
    let shown = redact(text);
    if shown == text {
        return Vec::new();
    }
    let mut places: Vec<Span> = Vec::new();
    for (at, (plain, shown)) in text.bytes().zip(shown.bytes()).enumerate() {
        // A star in the value itself looks like one that covers it.
        let is_inside = plain == b'*' && places.last().is_some_and(|one| one.end as usize == at);
        if plain == shown && !is_inside {
            continue;
        }
        match places.last_mut() {
            Some(last) if last.end as usize == at => *last = last.to(Span::new(at, at + 1)),
            _ => places.push(Span::new(at, at + 1)),
        }
    }
    places
}
