//! A Dockerfile as its rules look at it.
#![allow(dead_code, reason = "the view is whole before every part has its rule")]

use crate::dockerfile::{Instruction, Stage};
use crate::document::{CommandLine, DockerfileContent, Document, Kind};
use crate::rule::Context;
use crate::shell::SimpleCommand;
use crate::text::{Place, Span};

/// One Dockerfile of the service.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) document: &'a Document,
    pub(super) content: &'a DockerfileContent,
}

/// The Dockerfiles of the service.
pub(super) fn files<'a>(cx: &Context<'a>) -> impl Iterator<Item = File<'a>> + use<'a> {
    cx.of_kind(Kind::Dockerfile)
        .filter_map(|document| Some(File { document, content: document.dockerfile()? }))
}

impl<'a> File<'a> {
    /// The place of a span.
    pub(super) fn at(self, span: Span) -> Place {
        self.document.place(span)
    }

    /// The text as it is written.
    pub(super) fn raw(self, span: Span) -> &'a str {
        self.document.source.slice(span)
    }

    /// The stages in their order.
    pub(super) fn stages(self) -> &'a [Stage] {
        &self.content.tree.stages
    }

    /// All instructions with their index, those before the first FROM included.
    pub(super) fn instructions(self) -> impl Iterator<Item = (usize, &'a Instruction)> {
        self.content.tree.instructions.iter().enumerate()
    }

    /// The instructions of a stage, its FROM first.
    pub(super) fn of_stage(self, stage: &Stage) -> &'a [Instruction] {
        self.content.tree.stage_instructions(stage)
    }

    /// What the instructions run.
    pub(super) fn command_lines(self) -> &'a [CommandLine] {
        &self.content.command_lines
    }

    /// What RUN runs.
    pub(super) fn runs(self) -> impl Iterator<Item = &'a CommandLine> {
        let is_run = |line: &&CommandLine| line.keyword == crate::dockerfile::Keyword::Run;
        self.command_lines().iter().filter(is_run)
    }

    /// Every simple command that a RUN runs.
    pub(super) fn run_commands(self) -> impl Iterator<Item = &'a SimpleCommand> {
        self.runs().flat_map(|line| &line.script.commands)
    }
}
