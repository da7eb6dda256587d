//! Checks, and what is asked about them: fixes, comments that silence, other platforms.

use plimsoll::fact::Target;
use plimsoll::report::{html, json, markdown};
use plimsoll::rule::Safety;
use plimsoll::text::SourceId;
use plimsoll::{Project, Selector, Settings, check, edits_of, fix, register, silence};

use super::shelf::{Checked, Shelf, settings};
use crate::messages::{Edit, Job, ReportForm, Tell};
use crate::wire::SentFit;

/// Checks a job, and keeps what was checked.
pub(super) fn checked(job: &Job, shelf: &Shelf) -> Tell {
    let (project, refused) = shelf.open(job);
    let settings = settings(job);
    let report = Box::new(check(&project, &settings).into());
    let revision = job.revision;
    *shelf.checked.borrow_mut() = Some(Checked { revision, project, settings });
    Tell::Checked { revision, report, refused }
}

/// Whether a platform would take what was checked.
pub(super) fn fit(revision: u64, platform: &str, shelf: &Shelf) -> Tell {
    let fit = shelf.as_checked(revision, |checked| {
        let targets = Target::parse(platform).ok().into_iter().collect();
        let settings = Settings { targets, ..checked.settings.clone() };
        check(&checked.project, &settings).fit.into_iter().next()
    });
    Tell::Fit { revision, fit: fit.flatten().map(SentFit) }
}

/// The whole report of what was checked.
pub(super) fn whole(revision: u64, form: ReportForm, shelf: &Shelf) -> Tell {
    let text = shelf.as_checked(revision, |Checked { project, settings, .. }| {
        let report = check(project, settings);
        match form {
            ReportForm::Html => html::write(&report, project, settings.lang),
            ReportForm::Markdown => markdown::write(&report, project, settings.lang),
            ReportForm::Json => json::write(&report),
        }
    });
    Tell::Report { form, text }
}

/// What a fix changes.
pub(super) fn edits(
    revision: u64,
    finding: usize,
    fix: usize,
    title: String,
    shelf: &Shelf,
) -> Tell {
    let edits = shelf.as_checked(revision, |Checked { project, settings, .. }| {
        told(project, edits_of(project, settings, finding, fix).unwrap_or_default())
    });
    Tell::Edits { revision, title, edits: edits.unwrap_or_default() }
}

/// What the comment that silences a finding changes.
pub(super) fn silenced(revision: u64, finding: usize, title: String, shelf: &Shelf) -> Tell {
    let edits = shelf.as_checked(revision, |Checked { project, settings, .. }| {
        told(project, silence(project, settings, finding).into_iter().collect())
    });
    Tell::Edits { revision, title, edits: edits.unwrap_or_default() }
}

/// Edits as the page takes them.
fn told(project: &Project, edits: Vec<(SourceId, plimsoll::text::Edit)>) -> Vec<Edit> {
    let edit = |(source, edit): (SourceId, plimsoll::text::Edit)| Edit {
        path: project.source(source).path().to_owned(),
        start: edit.span.start,
        end: edit.span.end,
        text: edit.text,
    };
    edits.into_iter().map(edit).collect()
}

/// What all safe fixes change but for those of the rules `without`, and the other fixes of the rules
/// `with`.
pub(super) fn preview(revision: u64, without: &[String], with: &[String], shelf: &Shelf) -> Tell {
    let changes = shelf.as_checked(revision, |Checked { project, settings, .. }| {
        let mut safe = settings.clone();
        safe.ignore.extend(without.iter().filter_map(|rule| Selector::parse(rule).ok()));
        let mut fixed = fix(project, &safe, Safety::Safe).project;
        if !with.is_empty() {
            let mut daring = settings.clone();
            let others = register().filter(|rule| !with.iter().any(|one| one == rule.id));
            daring.ignore.extend(others.filter_map(|rule| Selector::parse(rule.id).ok()));
            fixed = fix(&fixed, &daring, Safety::Unsafe).project;
        }
        let texts = project.documents().iter().filter_map(|document| {
            let path = document.source.path();
            let (old, new) = (document.source.text(), fixed.at_path(path)?.source.text());
            (old != new).then(|| (path.to_owned(), old.to_owned(), new.to_owned()))
        });
        (texts.collect(), check(&fixed, settings).fit)
    });
    let (texts, fits) = changes.unwrap_or_default();
    Tell::Preview { revision, texts, fits: fits.into_iter().map(SentFit).collect() }
}
