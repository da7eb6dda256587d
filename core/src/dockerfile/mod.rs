//! The Dockerfile language: text in, a tree out in which every word keeps its bytes.
//!
//! Agrees with BuildKit's parser and, unlike it, goes on after an error and reports them all.
//! Knows no rule and no platform.

mod check;
mod command;
mod configuration;
mod directive;
mod duration;
mod environment;
mod expand;
mod flow;
mod git_ref;
mod heredoc;
mod instruction;
mod lines;
mod mount;
mod pattern;
mod placement;
mod port;
mod shared_map;
mod stages;
mod template;
mod words;

pub use command::{CommandForm, ExecWord};
pub use configuration::{
    Base, Command, EnvVar, Exposed, Healthcheck, Prediction, Setting, predict,
};
pub use directive::Directive;
pub use environment::{Environment, Origin, Variable, expanded_words, variables_used};
pub use expand::{
    ExpandError, ExpandErrorKind, Expansion, Lookup, VariableUse, expand, expand_words,
};
pub use flow::{Before, Flow, Root};
pub use git_ref::{GitRef, GitRefError};
pub use heredoc::{BadMarker, Heredoc, Marker, read_marker};
pub use instruction::{Body, Flag, Instruction, Keyword, Pair};
pub use mount::{Field, fields};
pub use placement::Placement;
pub use port::{PortError, PortErrorKind, PortSpec};
pub use shared_map::SharedMap;
pub use stages::{BaseName, PLATFORM_ARGS, Stage, StageNames};
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
    /// The stages by their names.
    pub stage_names: StageNames,
}

/// A comment line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the `#` to the end of the line.
    pub span: Span,
}

impl Dockerfile {
    /// A file that another front end reads: only its directives are known.
    fn foreign(directives: Vec<Directive>) -> Dockerfile {
        Dockerfile {
            directives,
            escape: '\\',
            comments: Vec::new(),
            instructions: Vec::new(),
            stages: Vec::new(),
            stage_names: StageNames::default(),
        }
    }

    /// The comments between the instruction before `index` and itself, in their order.
    pub fn comments_before(&self, index: usize) -> &[Comment] {
        let Some(instruction) = self.instructions.get(index) else { return &[] };
        let before = index.checked_sub(1).and_then(|before| self.instructions.get(before));
        let from = before.map_or(0, |before| before.span.end);
        let place = |offset: u32| self.comments.partition_point(|one| one.span.start < offset);
        self.comments.get(place(from)..place(instruction.span.start)).unwrap_or_default()
    }

    /// The stage that is built when no target is named.
    pub fn last_stage(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// The instructions of a stage, its FROM first.
    pub fn stage_instructions(&self, stage: &Stage) -> &[Instruction] {
        self.instructions.get(stage.range.clone()).unwrap_or_default()
    }

    /// What the stages take over from one another.
    pub fn taken_over(&self) -> Flow {
        Flow::of(self)
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

/// No more errors of one instruction are kept: one who has these has enough to do.
const MOST_ERRORS_OF_ONE: usize = 256;

/// No more errors of a file are kept: more than a megabyte of lines can have.
const MOST_ERRORS: usize = 1 << 20;

/// Of more instructions only the errors are told: no file that is meant to be built has these.
const MOST_INSTRUCTIONS: usize = 1 << 16;

/// Reads a Dockerfile. Never fails: what cannot be read is in the errors, with its place, and
/// reading goes on behind it.
pub fn parse(source: &str) -> (Dockerfile, Vec<SyntaxError>) {
    let mut errors = Vec::new();
    let header = directive::read(source, &mut errors);
    if header.is_foreign {
        return (Dockerfile::foreign(header.directives), errors);
    }
    let mut comments = Vec::new();
    let mut instructions = Vec::new();
    let mut template = None;
    let mut passed_over = None;
    let mut lines = lines::Lines::new(source, header.end, header.escape);
    while let Some(line) = lines.next_logical(&mut comments) {
        let before = errors.len();
        let instruction = instruction::read(&line, header.escape, &mut lines, &mut errors);
        errors.truncate((before + MOST_ERRORS_OF_ONE).min(MOST_ERRORS));
        if errors.len() > before && template.is_none() {
            template = template::find(&line.text, &instruction);
        }
        if instructions.len() < MOST_INSTRUCTIONS {
            instructions.push(instruction);
        } else if errors.len() == before {
            passed_over.get_or_insert(instruction.span.start);
        }
    }
    if let Some(from) = passed_over {
        let words = text(
            "the file has more than {most} instructions: what they do is read up to here",
            "文件中的指令超过 {most} 条：其作用只读取到此处",
        );
        errors
            .push(SyntaxError::new(Span::at(from as usize), words).arg("most", MOST_INSTRUCTIONS));
    }
    let (stages, stage_names) = stages::link(&instructions, header.escape, &mut errors);
    if instructions.is_empty() {
        errors.push(SyntaxError::new(
            Span::at(source.len()),
            text("the file holds no instruction", "文件中没有任何指令"),
        ));
    }
    errors.extend(too_long(source));
    errors.sort_by_key(|error| error.span);
    if let Some(span) = template {
        // What else is wrong, only the rendered file tells.
        errors = vec![template::error(span)];
    }
    let dockerfile = Dockerfile {
        directives: header.directives,
        escape: header.escape,
        comments,
        instructions,
        stages,
        stage_names,
    };
    (dockerfile, errors)
}

/// The first line that is longer than the builder reads.
fn too_long(source: &str) -> Option<SyntaxError> {
    const MOST_BYTES: usize = 64 * 1024;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.len() > MOST_BYTES {
            let word = line.split(char::is_whitespace).next().unwrap_or_default();
            let shown = word.char_indices().nth(40).map_or(word.len(), |(end, _)| end);
            let words = text(
                "this line is longer than 65,535 bytes, which the builder refuses",
                "该行超过 65,535 字节，构建器会拒绝",
            );
            return Some(SyntaxError::new(Span::new(at, at + shown), words));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests;
