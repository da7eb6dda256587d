//! Applies fixes in rounds until nothing more can be fixed.
//!
//! A service is fixed by itself: what its documents say bears on no other.

mod round;
mod silence;

use std::sync::Arc;

use crate::check::{self, Plan};
use crate::document::Document;
use crate::project::Project;
use crate::redact::Covered;
use crate::rule::Safety;
use crate::settings::Settings;
use crate::targets::targets;
use crate::text::{Edit, SourceId};

pub use silence::silence;

use round::Mender;

/// How often fixing begins anew since other platforms are named.
const MOST_PLANS: usize = 4;

/// A project after its fixes.
pub struct Fixed {
    /// The project with the new texts.
    pub project: Project,
    /// The fixes that were applied.
    pub applied: Vec<Applied>,
    /// The fixes that were not, since they would have made their document unreadable: bugs of ours.
    pub dropped: Vec<Dropped>,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The rule that offered it.
    pub rule: &'static str,
    /// The documents that it changed.
    pub documents: Vec<SourceId>,
}

/// A rule's fixes of one document that would have broken it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    /// The document.
    pub document: SourceId,
    /// The rule that offered them.
    pub rule: &'static str,
}

/// Applies all fixes of `project` that are at most as daring as `safety`.
///
/// Overlapping fixes wait for the next round. A fix after which a document has more syntax errors
/// than before is left out, and no other for its sake. Fixing the result again changes nothing.
pub fn fix(project: &Project, settings: &Settings, safety: Safety) -> Fixed {
    fix_owned(project.clone(), settings, safety)
}

/// The same as [`fix`] for a project that nobody needs as it was: what was read of a document is
/// freed as soon as a new text is there, which for large documents is half of the memory.
pub fn fix_owned(project: Project, settings: &Settings, safety: Safety) -> Fixed {
    let mut fixed = Fixed { project, applied: Vec::new(), dropped: Vec::new() };
    for _ in 0..MOST_PLANS {
        let plan = Plan::of(&fixed.project, settings);
        let before = fixed.applied.len();
        fixed.fix_services(&plan, safety);
        // Documents that are other than before may name other platforms.
        let is_done = targets(&fixed.project, settings) == plan.targets;
        if is_done || fixed.applied.len() == before {
            break;
        }
    }
    fixed
}

impl Fixed {
    /// The document `id`, whose text was `before`, as it may be shown before and after: what was a
    /// secret before is one after.
    pub fn covered(&mut self, id: SourceId, before: &str) -> [Covered; 2] {
        let after = Arc::clone(&self.project.document(id).source);
        // One tree of a large document at a time.
        self.project.replace(self.project.reread(id, String::new()));
        let (old, secrets) = {
            let old = self.project.reread(id, before.to_owned());
            (old.covered(), old.secret_values().to_vec())
        };
        self.project.replace(self.project.reread(id, after.text().to_owned()));
        [old, self.project.document(id).covered_with(secrets)]
    }

    fn fix_services(&mut self, plan: &Plan<'_>, safety: Safety) {
        for service in self.project.services().to_vec() {
            let mut mender = Mender::new(self.project.alone(&service));
            for &id in &service.documents {
                self.project.replace(self.project.reread(id, String::new()));
            }
            mender.run(|project, asked| {
                plan.find_fixes(project, safety, |rule| asked.includes(rule))
            });
            self.take(&service.documents, mender);
        }
        self.dropped.sort_unstable();
        self.dropped.dedup();
    }

    /// Takes up what became of a service whose documents are `ids`, in that order.
    fn take(&mut self, ids: &[SourceId], mender: Mender) {
        let outer = |inner: SourceId| ids[usize::from(inner.0)];
        for applied in mender.applied {
            let documents = applied.documents.into_iter().map(outer).collect();
            self.applied.push(Applied { documents, ..applied });
        }
        let dropped = mender.dropped.iter();
        self.dropped
            .extend(dropped.map(|one| Dropped { rule: one.rule, document: outer(one.at.source) }));
        for document in mender.project.documents() {
            self.project.replace(Document { id: outer(document.id), ..document.clone() });
        }
    }
}

/// The edits of one fix of one finding of the report that [`crate::check()`] gives for the same
/// project and settings, for a caller that owns the text (an editor). `None` if there is none.
pub fn edits_of(
    project: &Project,
    settings: &Settings,
    finding: usize,
    fix: usize,
) -> Option<Vec<(SourceId, Edit)>> {
    let findings = check::find_most(project, settings).findings;
    findings.get(finding)?.fixes.get(fix).map(|fix| fix.edits.clone())
}
