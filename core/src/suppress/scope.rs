//! For which bytes of a document a comment speaks.

use std::cell::OnceCell;

use crate::document::{Content, Document};
use crate::text::Span;
use crate::tree::Node;

/// How many commands before a comment may hold it: those of a substitution follow what holds it.
const NEAR: usize = 64;

/// The reach of comments in one document.
pub(super) struct Scopes<'a> {
    document: &'a Document,
    /// The entries of all mappings and lists of a YAML text, by their beginning.
    values: OnceCell<Vec<Span>>,
}

impl<'a> Scopes<'a> {
    pub(super) fn of(document: &'a Document) -> Scopes<'a> {
        Scopes { document, values: OnceCell::new() }
    }

    /// The instruction that a comment stands before or in, with the comments above it: some rules
    /// point at those.
    pub(super) fn next_instruction(&self, comment: Span) -> Span {
        let document = self.document;
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
                let commands = &shell.script.commands;
                // Commands stand in the order of their beginnings; one that began before may go on.
                let next = commands.partition_point(|one| one.span.start < comment.start);
                let mut before = commands[next.saturating_sub(NEAR)..next].iter();
                let around = before.find(|one| one.span.end > comment.end);
                around.or(commands.get(next)).map_or(nothing, |one| one.span)
            }
            Content::DockerIgnore(ignore) => {
                let patterns = &ignore.file.patterns;
                let pattern = patterns.partition_point(|one| one.span.start < comment.end);
                let pattern = patterns.get(pattern).map(|one| one.span);
                let error = ignore.errors.partition_point(|one| one.span.start < comment.end);
                let error = ignore.errors.get(error).map(|one| one.span);
                let spans = pattern.into_iter().chain(error);
                spans.min_by_key(|span| span.start).unwrap_or(nothing)
            }
            Content::Yaml(_) => {
                let text = document.source.text();
                let line = text[..comment.start as usize].rfind('\n').map_or(0, |at| at + 1);
                // Behind a value it speaks of its own line.
                if !text[line..comment.start as usize].trim().is_empty() {
                    return Span::new(line, comment.end as usize);
                }
                let values = self.values();
                let next = values.partition_point(|span| span.start < comment.end);
                values.get(next).copied().unwrap_or(nothing)
            }
            Content::Flattened(request) => {
                let parameters = &request.parameters;
                let next = parameters.partition_point(|one| one.key_span.start < comment.end);
                let next = parameters.get(next);
                next.map_or(nothing, |one| one.key_span.to(one.value_span))
            }
            Content::Json(_) | Content::Image(_) => nothing,
        }
    }

    /// The entries of mappings and lists, the outer ones first where several begin at one place.
    fn values(&self) -> &[Span] {
        self.values.get_or_init(|| {
            let mut values = Vec::new();
            for root in self.document.roots() {
                add_values(root, &mut values);
            }
            values.sort_by_key(|span| span.start);
            values
        })
    }

    /// The stage that a comment stands in, or that begins below it.
    pub(super) fn stage(&self, comment: Span) -> Span {
        let document = self.document;
        let nothing = Span::at(comment.end as usize);
        let Content::Dockerfile(dockerfile) = &*document.content else { return nothing };
        let tree = &dockerfile.tree;
        let next = tree.instructions.partition_point(|one| one.span.end <= comment.end);
        let stage = tree.stages.get(tree.stages.partition_point(|stage| stage.range.end <= next));
        let stage = stage.filter(|stage| stage.range.contains(&next));
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
}

fn add_values(node: &Node, values: &mut Vec<Span>) {
    for member in node.members() {
        values.push(member.span());
        add_values(&member.node, values);
    }
    for item in node.items().unwrap_or_default() {
        values.push(item.span);
        add_values(item, values);
    }
}
