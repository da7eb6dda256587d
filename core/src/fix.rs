//! Applies fixes in rounds until nothing more can be fixed.

use std::collections::HashMap;

use crate::check;
use crate::project::Project;
use crate::rule::{Finding, Fix, Safety};
use crate::settings::Settings;
use crate::text::{Edit, SourceId, Span, apply};

/// Rounds after which fixing stops, whatever is left.
const MOST_ROUNDS: usize = 10;

/// A project after its fixes.
pub struct Fixed {
    /// The project with the new texts.
    pub project: Project,
    /// How many fixes were applied.
    pub applied: usize,
    /// Rules whose fix was undone since it made the document unreadable: bugs of ours.
    pub dropped: Vec<&'static str>,
}

/// Applies all fixes of `project` that are at most as daring as `upto`.
///
/// Overlapping fixes wait for the next round. A fix after which a document has more syntax errors
/// than before is undone. Fixing the result again changes nothing, unless the rounds ran out.
pub fn fix(project: &Project, settings: &Settings, upto: Safety) -> Fixed {
    let mut fixed = Fixed { project: project.clone(), applied: 0, dropped: Vec::new() };
    for _ in 0..MOST_ROUNDS {
        let findings = check::find(&fixed.project, settings).findings;
        let chosen = choose(&findings, upto, &fixed.dropped);
        if chosen.is_empty() {
            break;
        }
        let mut changed = false;
        // All at once; if a document suffers, one by one to find the culprit.
        let all: Vec<&Fix> = chosen.iter().map(|(_, fix)| *fix).collect();
        if let Some(next) = with_edits(&fixed.project, &all) {
            fixed.applied += all.len();
            fixed.project = next;
            changed = true;
        } else {
            for (rule, one) in chosen {
                match with_edits(&fixed.project, &[one]) {
                    Some(next) if !changed => {
                        fixed.applied += 1;
                        fixed.project = next;
                        changed = true;
                    }
                    Some(_) => {}
                    None => fixed.dropped.push(rule),
                }
            }
        }
        if !changed && fixed.dropped.is_empty() {
            break;
        }
    }
    fixed
}

/// The edits of one fix of one finding of the report that [`crate::check()`] gives for the same
/// project and settings, for a caller that owns the text (an editor). `None` if there is none.
pub fn edits_of(
    project: &Project,
    settings: &Settings,
    finding: usize,
    fix: usize,
) -> Option<Vec<(SourceId, Edit)>> {
    let findings = check::find(project, settings).findings;
    findings.get(finding)?.fixes.get(fix).map(|fix| fix.edits.clone())
}

/// The first fix of each finding that may be applied now, none touching another.
fn choose<'a>(
    findings: &'a [Finding],
    upto: Safety,
    dropped: &[&'static str],
) -> Vec<(&'static str, &'a Fix)> {
    let mut chosen: Vec<(&'static str, &Fix)> = Vec::new();
    let mut taken: HashMap<SourceId, Vec<Span>> = HashMap::new();
    for finding in findings.iter().filter(|finding| !dropped.contains(&finding.rule.id)) {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.safety <= upto) else { continue };
        let is_taken = fix.edits.iter().any(|(source, edit)| {
            let a = edit.span;
            let mut others = taken.get(source).into_iter().flatten();
            others.any(|b| a.start <= b.end && b.start <= a.end)
        });
        if !fix.edits.is_empty() && !is_taken {
            chosen.push((finding.rule.id, fix));
            for (source, edit) in &fix.edits {
                taken.entry(*source).or_default().push(edit.span);
            }
        }
    }
    chosen
}

/// The project after `fixes`, unless they cannot be applied or break a document.
fn with_edits(project: &Project, fixes: &[&Fix]) -> Option<Project> {
    let mut next = project.clone();
    for document in project.documents() {
        let edits: Vec<Edit> = fixes
            .iter()
            .flat_map(|fix| &fix.edits)
            .filter(|(source, _)| *source == document.id)
            .map(|(_, edit)| edit.clone())
            .collect();
        if edits.is_empty() {
            continue;
        }
        let text = apply(document.source.text(), &edits).ok()?;
        next.replace(document.id, text);
        if next.document(document.id).error_count() > document.error_count() {
            return None;
        }
    }
    Some(next)
}
