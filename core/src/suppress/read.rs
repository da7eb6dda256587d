//! Reads what the comments of documents say.

use std::cell::OnceCell;
use std::ops::Range;

use super::scope::Scopes;
use super::{Named, Oddity, OfDocument, Suppression, buildkit};
use crate::document::{Check, Document, Pragma, Scope, Tool};
use crate::project::Project;
use crate::register::register;
use crate::rule::Rule;
use crate::settings::{Names, Settings};
use crate::text::{Place, Span};

/// Those of all documents; of the rules `asked_for` each document asks for some.
pub(super) fn documents(
    project: &Project,
    settings: &Settings,
    asked_for: &[&'static Rule],
) -> Vec<OfDocument> {
    let names = OnceCell::new();
    let of_document = |document| {
        let scopes = Scopes::of(document);
        let mut reader = Reader { document, scopes, names: &names, own: OfDocument::default() };
        reader.read(asked_for);
        let ignored = settings.file_ignores.get(document.source.path());
        OfDocument { ignored: ignored.cloned().unwrap_or_default(), ..reader.own }
    };
    project.documents().iter().map(of_document).collect()
}

/// Reads the comments of one document.
struct Reader<'a> {
    document: &'a Document,
    scopes: Scopes<'a>,
    /// Made when a comment first names a rule.
    names: &'a OnceCell<Names>,
    own: OfDocument,
}

impl Reader<'_> {
    fn read(&mut self, asked_for: &[&'static Rule]) {
        let directive = buildkit::directive(self.document);
        let is_asked_for = |rule: &Rule| {
            directive.as_ref().is_some_and(|check| buildkit::asks_for(check, self.document, rule))
        };
        let not_asked_for = asked_for.iter().filter(|rule| !is_asked_for(rule));
        self.own.not_asked_for = not_asked_for.map(|rule| rule.id).collect();
        if let Some(check) = directive {
            self.check(0, &check, self.whole(), true);
            self.own.directive = Some(check);
        }
        for comment in self.document.content.comments() {
            if let Some(pragma) = Pragma::read(self.document.source.slice(comment)) {
                self.pragma(comment, &pragma);
            }
        }
    }

    fn whole(&self) -> Span {
        Span::new(0, self.document.source.text().len())
    }

    /// The place of the bytes `at` behind `offset`.
    fn place(&self, offset: usize, at: &Range<usize>) -> Place {
        self.document.place(Span::new(offset + at.start, offset + at.end))
    }

    fn pragma(&mut self, comment: Span, pragma: &Pragma) {
        let offset = comment.start as usize;
        match pragma {
            Pragma::Ignore { tool, scope, names } => {
                let is_foreign = *tool == Tool::Hadolint;
                let scope = match scope {
                    Scope::File => self.whole(),
                    Scope::Stage => self.scopes.stage(comment),
                    Scope::Next => self.scopes.next_instruction(comment),
                };
                for at in names {
                    let name = self.place(offset, at);
                    let unknown = if is_foreign { Named::Foreign } else { Named::Nothing };
                    let names = self.named(name).unwrap_or(unknown);
                    self.own.list.push(Suppression { name, names, scope, is_foreign });
                }
            }
            Pragma::Check(check) => {
                let scope = self.scopes.next_instruction(comment);
                self.check(offset, check, scope, false);
            }
            Pragma::Unreadable(at) => {
                self.own.oddities.push((self.place(offset, at), Oddity::Unreadable));
            }
            Pragma::Shell(_) => {}
        }
    }

    /// The rules that are called what stands at `name`.
    fn named(&self, name: Place) -> Option<Named> {
        let names = self.names.get_or_init(Names::of_register);
        names.selector(self.document.source.slice(name.span)).map(Named::Rules)
    }

    fn check(&mut self, offset: usize, check: &Check, scope: Span, is_directive: bool) {
        let silencing = |name, names| Suppression { name, names, scope, is_foreign: true };
        if let Some(at) = &check.skip_all {
            // What is asked for by name runs whatever is skipped.
            let is_asked_for =
                |rule: &&'static Rule| buildkit::asks_for(check, self.document, rule);
            let but = match is_directive {
                true => register().filter(is_asked_for).collect(),
                false => Vec::new(),
            };
            self.own.list.push(silencing(self.place(offset, at), Named::AllChecks { but }));
        }
        for at in &check.skip {
            let name = self.place(offset, at);
            // BuildKit minds the case of a name.
            if !buildkit::CHECKS.contains(&self.document.source.slice(name.span)) {
                self.own.oddities.push((name, Oddity::NoCheck));
                continue;
            }
            let names = self.named(name).unwrap_or(Named::Foreign);
            self.own.list.push(silencing(name, names));
        }
        for at in &check.experimental {
            let name = self.place(offset, at);
            let text = self.document.source.slice(name.span);
            if text != "all" && !buildkit::CHECKS.contains(&text) {
                self.own.oddities.push((name, Oddity::NoCheck));
            }
        }
        for at in &check.invalid {
            let oddity = if is_directive { Oddity::Refused } else { Oddity::NoOption };
            self.own.oddities.push((self.place(offset, at), oddity));
        }
    }
}
