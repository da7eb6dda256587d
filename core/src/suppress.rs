//! Comments that silence a rule: `# plimsoll ignore=RULE[,RULE] -- reason` for the next
//! instruction, `# plimsoll file-ignore=…` for the whole document, and hadolint's
//! `# hadolint ignore=…` likewise.

use crate::document::{Content, Document};
use crate::fact::Target;
use crate::project::Project;
use crate::register::register;
use crate::rule::{Finding, Findings};
use crate::rules::unused_suppression;
use crate::settings::{Selector, Settings};
use crate::text::{Place, Span};

/// One rule or group that a comment silences.
struct Suppression {
    /// Where the name stands.
    name: Place,
    /// What it names; `None` if nothing is called so.
    selector: Option<Selector>,
    /// Where it holds.
    scope: Span,
    /// A comment for another tool, of whose rules we do not know all.
    foreign: bool,
    used: bool,
}

/// `findings` without the silenced ones, and with one for each comment that silences nothing.
pub(crate) fn apply(
    project: &Project,
    settings: &Settings,
    targets: &[Target],
    findings: Vec<Finding>,
) -> Vec<Finding> {
    let mut suppressions: Vec<Suppression> = project.documents().iter().flat_map(read).collect();
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let mut silenced = false;
        for suppression in &mut suppressions {
            if suppression.silences(&finding) {
                suppression.used = true;
                silenced = true;
            }
        }
        if !silenced {
            kept.push(finding);
        }
    }
    if settings.wants(&unused_suppression::RULE) {
        let mut unused = Findings::new();
        report_unused(&suppressions, settings, targets, &mut unused);
        kept.extend(unused.into_vec());
    }
    kept
}

impl Suppression {
    fn silences(&self, finding: &Finding) -> bool {
        self.name.source == finding.at.source
            && self.scope.start <= finding.at.span.start
            && finding.at.span.start <= self.scope.end
            && self.selector.is_some_and(|selector| selector.covers(finding.rule))
    }
}

fn report_unused(
    suppressions: &[Suppression],
    settings: &Settings,
    targets: &[Target],
    found: &mut Findings,
) {
    let ran = |platform| targets.iter().any(|target| Some(target.platform) == platform);
    for suppression in suppressions.iter().filter(|one| !one.used && !one.foreign) {
        match suppression.selector {
            None => unused_suppression::unknown(found, suppression.name),
            // A rule that did not run could not be silenced: that says nothing of the comment.
            Some(selector @ (Selector::Rule(_) | Selector::Alias(_)))
                if !register().any(|rule| {
                    selector.covers(rule)
                        && settings.wants(rule)
                        && (rule.platform.is_none() || ran(rule.platform))
                }) => {}
            Some(_) => unused_suppression::unused(found, suppression.name),
        }
    }
}

/// The suppressions of a document.
fn read(document: &Document) -> Vec<Suppression> {
    let whole = Span::new(0, document.source.text().len());
    let mut all = Vec::new();
    for comment in document.content.comments() {
        let text = document.source.slice(comment);
        let Some((names, kind)) = parse(text) else { continue };
        let scope = match kind {
            Kind::File => whole,
            Kind::Next | Kind::Hadolint => match next_instruction(document, comment.end) {
                Some(span) => span,
                None => Span::at(comment.end as usize),
            },
        };
        for (start, end) in names {
            let offset = comment.start as usize;
            let span = Span::new(offset + start, offset + end);
            all.push(Suppression {
                name: Place::new(document.id, span),
                selector: Selector::parse(&text[start..end]).ok(),
                scope,
                foreign: matches!(kind, Kind::Hadolint),
                used: false,
            });
        }
    }
    all
}

fn next_instruction(document: &Document, offset: u32) -> Option<Span> {
    match &*document.content {
        Content::Dockerfile(dockerfile) => {
            let mut spans = dockerfile.tree.instructions.iter().map(|one| one.span);
            spans.find(|span| span.end > offset)
        }
        Content::Shell(shell) => {
            let mut spans = shell.script.commands.iter().map(|one| one.span);
            spans.find(|span| span.end > offset)
        }
        Content::DockerIgnore(ignore) => {
            let patterns = ignore.file.patterns.iter().map(|pattern| pattern.span);
            let errors = ignore.errors.iter().map(|error| error.span);
            let spans = patterns.chain(errors).filter(|span| span.start >= offset);
            spans.min_by_key(|span| span.start)
        }
        Content::Json(_) => None,
    }
}

enum Kind {
    Next,
    File,
    Hadolint,
}

/// The names in a comment that silences rules (as ranges of it), and what kind it is.
fn parse(comment: &str) -> Option<(Vec<(usize, usize)>, Kind)> {
    let body = comment.trim_start_matches('#').trim_start();
    let (rest, kind) = if let Some(rest) = body.strip_prefix("plimsoll") {
        let rest = rest.trim_start();
        if let Some(rest) = rest.strip_prefix("file-ignore") {
            (rest, Kind::File)
        } else {
            (rest.strip_prefix("ignore")?, Kind::Next)
        }
    } else {
        let rest = body.strip_prefix("hadolint")?.trim_start();
        (rest.strip_prefix("ignore")?, Kind::Hadolint)
    };
    let list = rest.trim_start().strip_prefix('=')?;
    let list = list.split(" -- ").next().unwrap_or(list);
    let base = list.as_ptr() as usize - comment.as_ptr() as usize;
    let mut names = Vec::new();
    let mut start = 0;
    for part in list.split(',') {
        let word = part.split_whitespace().next().unwrap_or_default();
        if !word.is_empty() {
            let at = base + start + (word.as_ptr() as usize - part.as_ptr() as usize);
            names.push((at, at + word.len()));
        }
        start += part.len() + 1;
    }
    Some((names, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(comment: &str) -> Vec<&str> {
        let (names, _) = parse(comment).unwrap();
        names.into_iter().map(|(start, end)| &comment[start..end]).collect()
    }

    #[test]
    fn comments_name_rules_until_the_reason() {
        assert_eq!(names("# plimsoll ignore=a/b, c -- since, well"), ["a/b", "c"]);
        assert_eq!(names("#plimsoll file-ignore = x/y"), ["x/y"]);
        assert_eq!(names("# hadolint ignore=DL3006,DL3008"), ["DL3006", "DL3008"]);
        assert!(parse("# plimsoll is a line on a hull").is_none());
    }
}
