//! Comments that silence a rule: `# plimsoll ignore=RULE[,RULE] -- reason` for the next
//! instruction, `# plimsoll file-ignore=…` for the whole document, hadolint's
//! `# hadolint [global|stage] ignore=…`, and BuildKit's `# check=skip=…` as a directive for the whole
//! file or as a comment for the next instruction.

mod buildkit;

use std::ops::Range;

use crate::document::{Check, Content, Document, Pragma, Scope, Tool};
use crate::fact::Target;
use crate::project::Project;
use crate::register::register;
use crate::rule::{Finding, Findings, Rule};
use crate::rules::{no_inline_ignore, unused_suppression};
use crate::settings::{Selector, Settings};
use crate::text::{Place, Span};
use crate::tree::Node;

/// What the user's comments say of a project.
pub(crate) struct Suppressions {
    /// By document.
    of_documents: Vec<OfDocument>,
    /// Rules that run only for the documents that ask for them.
    pub(crate) asked_for: Vec<&'static Rule>,
    /// What is wrong with the comments themselves.
    oddities: Vec<(Place, Oddity)>,
}

/// What the comments of one document say.
#[derive(Default)]
struct OfDocument {
    list: Vec<Suppression>,
    /// The `check` directive.
    directive: Option<Check>,
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
    is_used: bool,
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
        let mut all = Suppressions {
            of_documents: Vec::with_capacity(project.documents().len()),
            asked_for: buildkit::asked_for(project.documents(), settings),
            oddities: Vec::new(),
        };
        for document in project.documents() {
            all.of_documents.push(OfDocument::default());
            let whole = Span::new(0, document.source.text().len());
            if let Some(check) = buildkit::directive(document) {
                all.check(document, 0, &check, whole, true);
                if let Some(last) = all.of_documents.last_mut() {
                    last.directive = Some(check);
                }
            }
            for comment in document.content.comments() {
                let Some(pragma) = Pragma::read(document.source.slice(comment)) else { continue };
                all.pragma(document, comment, whole, &pragma);
            }
        }
        all
    }

    fn pragma(&mut self, document: &Document, comment: Span, whole: Span, pragma: &Pragma) {
        let offset = comment.start as usize;
        let place =
            |at: &Range<usize>| document.place(Span::new(offset + at.start, offset + at.end));
        match pragma {
            Pragma::Ignore { tool, scope, names } => {
                let is_foreign = *tool == Tool::Hadolint;
                let scope = match scope {
                    Scope::File => whole,
                    Scope::Stage => stage(document, comment),
                    Scope::Next => next_instruction(document, comment),
                };
                for at in names {
                    let name = place(at);
                    let text = document.source.slice(name.span);
                    let names = match Selector::known(text) {
                        Some(selector) => Named::Rules(selector),
                        None if is_foreign => Named::Foreign,
                        None => Named::Nothing,
                    };
                    self.push(Suppression { name, names, scope, is_foreign, is_used: false });
                }
            }
            Pragma::Check(check) => {
                let scope = next_instruction(document, comment);
                self.check(document, offset, check, scope, false);
            }
            Pragma::Unreadable(at) => self.oddities.push((place(at), Oddity::Unreadable)),
            Pragma::Shell(_) => {}
        }
    }

    /// Adds a suppression of the document that is being read.
    fn push(&mut self, suppression: Suppression) {
        if let Some(last) = self.of_documents.last_mut() {
            last.list.push(suppression);
        }
    }

    fn check(
        &mut self,
        document: &Document,
        offset: usize,
        check: &Check,
        scope: Span,
        is_directive: bool,
    ) {
        let place =
            |at: &Range<usize>| document.place(Span::new(offset + at.start, offset + at.end));
        // What is asked for by name runs whatever is skipped.
        let asked_for = || {
            let rules = register().filter(|rule| buildkit::asks_for(check, document, rule));
            rules.collect::<Vec<_>>()
        };
        let mut silence = |name, names| {
            self.push(Suppression { name, names, scope, is_foreign: true, is_used: false });
        };
        if let Some(at) = &check.skip_all {
            let but = if is_directive { asked_for() } else { Vec::new() };
            silence(place(at), Named::AllChecks { but });
        }
        for at in &check.skip {
            let name = place(at);
            let text = document.source.slice(name.span);
            // BuildKit minds the case of a name.
            if !buildkit::CHECKS.contains(&text) {
                self.oddities.push((name, Oddity::NoCheck));
                continue;
            }
            let names = Selector::known(text).map_or(Named::Foreign, Named::Rules);
            self.push(Suppression { name, names, scope, is_foreign: true, is_used: false });
        }
        for at in &check.experimental {
            let name = place(at);
            let text = document.source.slice(name.span);
            if text != "all" && !buildkit::CHECKS.contains(&text) {
                self.oddities.push((name, Oddity::NoCheck));
            }
        }
        for at in &check.invalid {
            let oddity = if is_directive { Oddity::Refused } else { Oddity::NoOption };
            self.oddities.push((place(at), oddity));
        }
    }

    /// `findings` without the silenced ones, and with one for each comment that silences nothing.
    pub(crate) fn apply(
        mut self,
        project: &Project,
        settings: &Settings,
        targets: &[Target],
        findings: Vec<Finding>,
    ) -> Vec<Finding> {
        let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
        for mut finding in findings {
            let document = project.document(finding.at.source);
            let Some(own) = self.of_documents.get_mut(usize::from(finding.at.source.0)) else {
                continue;
            };
            let is_extra = self.asked_for.iter().any(|rule| rule.id == finding.rule.id);
            let is_asked_for = || {
                let check = own.directive.as_ref();
                check.is_some_and(|check| buildkit::asks_for(check, document, finding.rule))
            };
            if (is_extra && !is_asked_for())
                || settings.ignores_in(document.source.path(), finding.rule)
            {
                continue;
            }
            let mut is_silenced = false;
            for suppression in &mut own.list {
                if suppression.silences(&finding) {
                    suppression.is_used = true;
                    is_silenced = true;
                }
            }
            if !is_silenced {
                if let Some(check) = &own.directive {
                    buildkit::raise(check, &mut finding);
                }
                kept.push(finding);
            }
        }
        if settings.wants(&unused_suppression::RULE) {
            let mut odd = Findings::new();
            self.report(settings, targets, &mut odd);
            let is_wanted = |one: &Finding| {
                !settings.ignores_in(project.source(one.at.source).path(), one.rule)
            };
            kept.extend(odd.into_vec().into_iter().filter(is_wanted));
        }
        kept
    }

    fn report(&self, settings: &Settings, targets: &[Target], found: &mut Findings) {
        let has_run = |rule: &Rule| {
            settings.wants(rule)
                && (rule.platform.is_none()
                    || targets.iter().any(|target| Some(target.platform) == rule.platform))
        };
        let all = self.of_documents.iter().flat_map(|own| &own.list);
        for suppression in all.filter(|one| !one.is_used) {
            match &suppression.names {
                Named::Nothing => unused_suppression::unknown(found, suppression.name),
                // What we did not look for could not be silenced: that says nothing of the comment.
                Named::Foreign | Named::AllChecks { .. } => {}
                Named::Rules(Selector::Group(_)) => {
                    unused_suppression::unused(found, suppression.name);
                }
                Named::Rules(selector) => {
                    let mut rules = register().filter(|rule| selector.covers(rule));
                    let is_told = match suppression.is_foreign {
                        true => rules.all(has_run),
                        false => rules.any(has_run),
                    };
                    if is_told {
                        unused_suppression::unused(found, suppression.name);
                    }
                }
            }
        }
        for (at, oddity) in &self.oddities {
            match oddity {
                Oddity::Unreadable => unused_suppression::unreadable(found, *at),
                Oddity::Refused => unused_suppression::refused(found, *at),
                Oddity::NoOption => unused_suppression::no_option(found, *at),
                Oddity::NoCheck => unused_suppression::no_check(found, *at),
            }
        }
    }
}

impl Suppression {
    fn silences(&self, finding: &Finding) -> bool {
        self.name.source == finding.at.source
            && self.scope.start <= finding.at.span.start
            && finding.at.span.start <= self.scope.end
            // A ban on such comments that a comment could lift would be none.
            && finding.rule.id != no_inline_ignore::RULE.id
            && self.covers(finding.rule)
    }

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

/// The instruction that a comment stands before or in, with the comments above it: some rules
/// point at those.
fn next_instruction(document: &Document, comment: Span) -> Span {
    let nothing = Span::at(comment.end as usize);
    match &*document.content {
        Content::Dockerfile(dockerfile) => {
            let instructions = &dockerfile.tree.instructions;
            let index = instructions.partition_point(|one| one.span.end <= comment.end);
            let Some(next) = instructions.get(index) else { return nothing };
            let before = index.checked_sub(1).and_then(|index| instructions.get(index));
            let before = before.map_or(0, |one| one.span.end);
            let comments = &dockerfile.tree.comments;
            let first = comments.partition_point(|one| one.span.start < before);
            let start = comments.get(first).map_or(comment.start, |one| one.span.start);
            Span { start: start.min(next.span.start), end: next.span.end }
        }
        Content::Shell(shell) => {
            let mut spans = shell.script.commands.iter().map(|one| one.span);
            spans.find(|span| span.end > comment.end).unwrap_or(nothing)
        }
        Content::DockerIgnore(ignore) => {
            let patterns = ignore.file.patterns.iter().map(|pattern| pattern.span);
            let errors = ignore.errors.iter().map(|error| error.span);
            let spans = patterns.chain(errors).filter(|span| span.start >= comment.end);
            spans.min_by_key(|span| span.start).unwrap_or(nothing)
        }
        Content::Yaml(yaml) => {
            let text = document.source.text();
            let line = text[..comment.start as usize].rfind('\n').map_or(0, |at| at + 1);
            // Behind a value it speaks of its own line.
            if !text[line..comment.start as usize].trim().is_empty() {
                return Span::new(line, comment.end as usize);
            }
            yaml.documents.iter().find_map(|root| next_value(root, comment.end)).unwrap_or(nothing)
        }
        Content::Flattened(request) => {
            let mut spans = request.parameters.iter().map(|one| one.key_span.to(one.value_span));
            spans.find(|span| span.start >= comment.end).unwrap_or(nothing)
        }
        Content::Json(_) | Content::Image(_) => nothing,
    }
}

/// The first entry of a mapping or list in `node` that begins at `at` or behind it.
fn next_value(node: &Node, at: u32) -> Option<Span> {
    if node.span.end <= at {
        return None;
    }
    let members = node.members().iter().map(|member| (member.span(), &member.node));
    let items = node.items().unwrap_or_default().iter().map(|item| (item.span, item));
    members.chain(items).find_map(
        |(span, inner)| {
            if span.start >= at { Some(span) } else { next_value(inner, at) }
        },
    )
}

/// The stage that a comment stands in, or that begins below it.
fn stage(document: &Document, comment: Span) -> Span {
    let nothing = Span::at(comment.end as usize);
    let Content::Dockerfile(dockerfile) = &*document.content else { return nothing };
    let tree = &dockerfile.tree;
    let next = tree.instructions.partition_point(|one| one.span.end <= comment.end);
    let stage = tree.stages.iter().find(|stage| stage.range.contains(&next));
    // Below the last instruction, or above the first FROM with an ARG between.
    let stage = stage.or_else(|| match next {
        0 => tree.stages.first(),
        _ => tree.stages.last().filter(|stage| next >= stage.range.end),
    });
    let instructions = stage.map(|stage| tree.stage_instructions(stage)).unwrap_or_default();
    match (instructions.first(), instructions.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => nothing,
    }
}
