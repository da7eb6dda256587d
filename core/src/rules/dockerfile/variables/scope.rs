//! Which variables are set at an instruction: by the base image, by ENV, by ARG.

use std::collections::HashSet;

use super::super::file::File;
use super::super::known_images::{self, KnownImage};
use crate::dockerfile::{BaseName, Body, Instruction, Keyword, SharedMap, Stage};

/// What is set at a place in a stage.
#[derive(Clone, Default)]
pub(super) struct Scope {
    /// Names that the stages so far declared.
    pub(super) declared: SharedMap<()>,
    /// What the stages are built on.
    pub(super) base: Base,
}

/// The image that a stage begins with.
#[derive(Clone, Copy, Default)]
pub(super) enum Base {
    /// One that sets what nobody knows.
    #[default]
    Unknown,
    /// Nothing but PATH.
    Scratch,
    /// One whose variables are known.
    Known(&'static KnownImage),
}

impl Scope {
    /// Before anything: the first stage may yet come.
    pub(super) fn new() -> Scope {
        Scope::default()
    }

    /// At the beginning of a stage that is built from no other.
    fn of_stage(stage: &Stage) -> Scope {
        let base = match &stage.base {
            BaseName::Scratch => Base::Scratch,
            BaseName::Image(name) => known_images::lookup(name).map_or(Base::Unknown, Base::Known),
            BaseName::Stage(_) | BaseName::Unknown => Base::Unknown,
        };
        Scope { declared: SharedMap::default(), base }
    }

    /// Whether something is known to be set under `name`.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.declared.contains(name)
            || match self.base {
                Base::Known(image) => image.sets(name),
                Base::Scratch | Base::Unknown => name == "PATH",
            }
    }

    /// How many names one may have meant.
    pub(super) fn count(&self) -> usize {
        self.declared.len() + 1
    }

    /// The names that one may have meant.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.declared.names();
        names.retain(|name| is_name(name));
        names.sort_unstable();
        match self.base {
            Base::Known(image) => image.names().for_each(|name| names.push(name)),
            Base::Scratch | Base::Unknown => names.push("PATH"),
        }
        names
    }

    /// Takes up what `instruction` declares.
    pub(super) fn pass(&mut self, instruction: &Instruction) {
        match (&instruction.body, instruction.keyword) {
            (Body::Args(pairs), _) | (Body::Pairs { pairs, .. }, Keyword::Env) => {
                pairs.iter().for_each(|pair| self.declared.insert(pair.name.raw(), ()));
            }
            _ => {}
        }
    }
}

/// Whether `$name` can stand for the variable: the builder lets any word be declared.
pub(super) fn is_name(name: &str) -> bool {
    let mut letters = name.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == b'_')
}

/// Calls `visit` for every instruction of the file with what is set before it, and with its stage
/// if it has one.
pub(super) fn walk<'a>(
    file: File<'a>,
    mut visit: impl FnMut(&Scope, &'a Instruction, Option<&'a Stage>),
) {
    walk_indexed(file, |scope, _, instruction, stage| visit(scope, instruction, stage));
}

/// The same, with the index of each instruction.
pub(super) fn walk_indexed<'a>(
    file: File<'a>,
    mut visit: impl FnMut(&Scope, usize, &'a Instruction, Option<&'a Stage>),
) {
    let stages = file.stages();
    let first = stages.first().map_or(usize::MAX, |stage| stage.range.start);
    let mut scope = Scope::new();
    for (index, instruction) in file.instructions().take_while(|(index, _)| *index < first) {
        visit(&scope, index, instruction, None);
        scope.pass(instruction);
    }
    // A stage hands on what it declared, arguments included.
    file.content.tree.flow(Scope::of_stage, |stage, mut scope| {
        for (index, instruction) in stage.range.clone().zip(file.of_stage(stage)) {
            visit(&scope, index, instruction, Some(stage));
            scope.pass(instruction);
        }
        scope
    });
}

/// The names of the ARGs before the first FROM.
pub(super) struct GlobalArgs<'a> {
    /// In their order.
    pub(super) names: Vec<&'a str>,
    known: HashSet<&'a str>,
}

impl GlobalArgs<'_> {
    /// Whether `name` is among them.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.known.contains(name)
    }
}

/// The ARGs before the first FROM.
pub(super) fn global_args(file: File<'_>) -> GlobalArgs<'_> {
    let all = file.instructions().map(|(_, instruction)| instruction);
    let names: Vec<&str> = all
        .take_while(|instruction| instruction.keyword != Keyword::From)
        .filter_map(|instruction| match &instruction.body {
            Body::Args(pairs) => Some(pairs),
            _ => None,
        })
        .flatten()
        .map(|pair| pair.name.raw())
        .collect();
    GlobalArgs { known: names.iter().copied().collect(), names }
}
