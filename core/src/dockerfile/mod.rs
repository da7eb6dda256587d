//! The Dockerfile language: text in, a tree out in which every word keeps its bytes.
//!
//! Agrees with BuildKit's parser and, unlike it, goes on after an error and reports them all.
//! Knows no rule and no platform.

mod command;
mod configuration;
mod directive;
mod expand;
mod heredoc;
mod instruction;
mod lines;
mod stages;
mod words;

pub use command::{CommandForm, ExecWord};
pub use configuration::{
    Base, Command, EnvVar, Exposed, Healthcheck, Prediction, Setting, predict,
};
pub use directive::Directive;
pub use expand::{Expansion, Lookup, expand};
pub use heredoc::Heredoc;
pub use instruction::{Body, Flag, Instruction, Keyword, Pair};
pub use stages::{BaseName, Stage};
pub use words::Word;

use crate::text::{Span, SyntaxError, text};

/// A Dockerfile's tree.
#[derive(Clone, Debug)]
pub struct Dockerfile {
    /// `# syntax=…`, `# escape=…` and `# check=…` at the top.
    pub directives: Vec<Directive>,
    /// The character that continues lines and escapes others.
    pub escape: char,
    /// Comments outside of heredocs, directives excluded, in their order.
    pub comments: Vec<Comment>,
    /// Instructions in their order, those that could not be read included.
    pub instructions: Vec<Instruction>,
    /// Stages in their order.
    pub stages: Vec<Stage>,
}

/// A comment line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the `#` to the end of the line.
    pub span: Span,
}

impl Dockerfile {
    /// The stage that is built when no target is named.
    pub fn last_stage(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// The instructions of a stage, its FROM first.
    pub fn stage_instructions(&self, stage: &Stage) -> &[Instruction] {
        self.instructions.get(stage.range.clone()).unwrap_or_default()
    }

    /// The stages that the last one is made of, from its outermost base to itself: those that
    /// give the image its configuration.
    pub fn chain(&self) -> Vec<&Stage> {
        let mut chain = Vec::new();
        let mut next = self.stages.len().checked_sub(1);
        while let Some(stage) = next.and_then(|index| self.stages.get(index)) {
            chain.push(stage);
            // A base stage always stands before its user, so this ends.
            next = match stage.base {
                BaseName::Stage(index) if Some(index) < next => Some(index),
                _ => None,
            };
        }
        chain.reverse();
        chain
    }
}

/// Reads a Dockerfile. Never fails: what cannot be read is in the errors, with its place, and
/// reading goes on behind it.
pub fn parse(source: &str) -> (Dockerfile, Vec<SyntaxError>) {
    let mut errors = Vec::new();
    let header = directive::read(source, &mut errors);
    let mut comments = Vec::new();
    let mut instructions = Vec::new();
    let mut lines = lines::Lines::new(source, header.end, header.escape);
    while let Some(line) = lines.next_logical(&mut comments) {
        instructions.push(instruction::read(&line, header.escape, &mut lines, &mut errors));
    }
    let stages = stages::link(&instructions, header.escape, &mut errors);
    if instructions.is_empty() {
        errors.push(SyntaxError::new(
            Span::at(source.len()),
            text("the file holds no instruction", "文件中没有任何指令"),
        ));
    }
    errors.sort_by_key(|error| error.span);
    let dockerfile = Dockerfile {
        directives: header.directives,
        escape: header.escape,
        comments,
        instructions,
        stages,
    };
    (dockerfile, errors)
}

#[cfg(test)]
mod tests;
