//! Stages: which instructions belong to one, what each is built from, and what its variables hold.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::expand::{Expansion, Lookup, expand};
use super::instruction::{Body, Instruction, Keyword};
use super::words::Word;
use crate::text::{Budget, Span, SyntaxError, text};

/// One stage: a FROM and what follows it.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its position among the stages, from 0.
    pub index: usize,
    /// The name behind AS, as it is written.
    pub name: Option<Word>,
    /// The indices of its instructions, the FROM first.
    pub range: Range<usize>,
    /// The image's name as it is written.
    pub image: Word,
    /// The image's name with its variables expanded.
    pub expanded: Expansion,
    /// What it is built from.
    pub base: BaseName,
    /// The value of `--platform`, expanded.
    pub platform: Option<(Expansion, Span)>,
}

/// What a stage is built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseName {
    /// An earlier stage.
    Stage(usize),
    /// Nothing.
    Scratch,
    /// An image of a registry.
    Image(String),
    /// Only the build will tell.
    Unknown,
}

/// Variables that BuildKit itself sets: known to exist, their values only to the build.
pub const PLATFORM_ARGS: &[&str] = &[
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDOSVERSION",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETOSVERSION",
    "TARGETARCH",
    "TARGETVARIANT",
    "TARGETSTAGE",
];

/// The build arguments that stand before the first FROM.
pub(super) struct Globals {
    args: HashMap<String, Option<Arc<str>>>,
    budget: Budget,
}

/// The stages by their names, whose case means nothing to the builder.
#[derive(Clone, Debug, Default)]
pub struct StageNames {
    /// By the name in small letters: the stages that have it, in their order.
    stages: HashMap<String, Vec<usize>>,
}

impl StageNames {
    fn add(&mut self, stage: &Stage) {
        if let Some(name) = &stage.name {
            self.stages.entry(name.raw().to_ascii_lowercase()).or_default().push(stage.index);
        }
    }

    /// The last stage before the one at `end` that is called `name`.
    pub fn last_before(&self, name: &str, end: usize) -> Option<usize> {
        let all = self.stages.get(&name.to_ascii_lowercase())?;
        all.get(..all.partition_point(|&index| index < end))?.last().copied()
    }

    /// The last stage that is called `name`.
    pub fn last(&self, name: &str) -> Option<usize> {
        self.last_before(name, usize::MAX)
    }

    /// The stage that `COPY --from=NAME` means in the stage at `index`: an earlier one, by its name
    /// or by its number.
    pub fn copy_source(&self, name: &str, index: usize) -> Option<usize> {
        let by_number = || name.parse().ok().filter(|&number: &usize| number < index);
        self.last_before(name, index).or_else(by_number)
    }
}

impl Globals {
    pub(super) fn read(instructions: &[Instruction], escape: char) -> Globals {
        let mut globals = Globals { args: HashMap::new(), budget: Budget::default() };
        for instruction in instructions {
            if instruction.keyword == Keyword::From {
                break;
            }
            if let Body::Args(pairs) = &instruction.body {
                for pair in pairs {
                    let default = pair.value.as_ref().and_then(|value| {
                        let lookup = |name: &str| globals.lookup(name);
                        expand(value, escape, &lookup).value().map(Arc::from)
                    });
                    globals.args.insert(pair.name.raw().to_owned(), default);
                }
            }
        }
        globals
    }

    /// As FROM sees it.
    pub(super) fn lookup(&self, name: &str) -> Lookup {
        match self.args.get(name) {
            Some(Some(value)) => Lookup::of(value, true, &self.budget),
            Some(None) => Lookup::Unknown,
            None if PLATFORM_ARGS.contains(&name) => Lookup::Unknown,
            None => Lookup::Unset,
        }
    }
}

/// Cuts the instructions into stages and says what each is built from.
pub(super) fn link(
    instructions: &[Instruction],
    escape: char,
    errors: &mut Vec<SyntaxError>,
) -> (Vec<Stage>, StageNames) {
    let globals = Globals::read(instructions, escape);
    let starts: Vec<usize> = instructions
        .iter()
        .enumerate()
        .filter(|(_, instruction)| instruction.keyword == Keyword::From)
        .map(|(index, _)| index)
        .collect();
    early(instructions, starts.first().copied(), errors);
    let mut stages: Vec<Stage> = Vec::with_capacity(starts.len());
    let mut names = StageNames::default();
    for (position, &start) in starts.iter().enumerate() {
        let end = starts.get(position + 1).copied().unwrap_or(instructions.len());
        let from = &instructions[start];
        let Body::From { image, name, .. } = &from.body else {
            stages.push(broken(stages.len(), start..end, from));
            continue;
        };
        let lookup = |name: &str| globals.lookup(name);
        let expanded = expand(image, escape, &lookup);
        let base = match expanded.value() {
            None => BaseName::Unknown,
            Some(value) => match names.last(value) {
                Some(index) => BaseName::Stage(index),
                None if value == "scratch" => BaseName::Scratch,
                None => BaseName::Image(value.to_owned()),
            },
        };
        if expanded.is_known && expanded.text.text().is_empty() {
            errors.push(SyntaxError::new(
                image.span,
                text(
                    "the base image's name is empty: its variables have no value before FROM",
                    "基础镜像名为空：FROM 之前没有为其变量赋值",
                ),
            ));
        }
        let platform = from.flag("platform").and_then(|flag| flag.value.as_ref());
        let stage = Stage {
            index: stages.len(),
            name: name.clone(),
            range: start..end,
            image: image.clone(),
            expanded,
            base,
            platform: platform.map(|word| (expand(word, escape, &lookup), word.span)),
        };
        names.add(&stage);
        stages.push(stage);
    }
    (stages, names)
}

/// Instructions before the first FROM.
fn early(instructions: &[Instruction], first: Option<usize>, errors: &mut Vec<SyntaxError>) {
    let end = first.unwrap_or(instructions.len());
    let is_early = |instruction: &&Instruction| {
        !matches!(instruction.keyword, Keyword::Arg | Keyword::Unknown)
    };
    // The first one tells it all.
    if let Some(instruction) = instructions[..end].iter().find(is_early) {
        errors.push(
            SyntaxError::new(
                instruction.keyword_span,
                text(
                    "{instruction} stands before the first FROM: only ARG may",
                    "{instruction} 位于第一个 FROM 之前：此处只允许 ARG",
                ),
            )
            .arg("instruction", instruction.keyword.name()),
        );
    } else if first.is_none()
        && let Some(last) = instructions.last()
        && instructions.iter().all(|instruction| instruction.keyword == Keyword::Arg)
    {
        errors.push(SyntaxError::new(
            last.keyword_span,
            text("there is no FROM: nothing is built", "没有 FROM：不会构建任何内容"),
        ));
    }
}

fn broken(index: usize, range: Range<usize>, from: &Instruction) -> Stage {
    let image = Word { text: from.arguments.clone(), span: from.arguments_span() };
    Stage {
        index,
        name: None,
        range,
        expanded: Expansion {
            text: image.text.clone(),
            is_known: false,
            is_overridable: false,
            uses: Vec::new(),
            error: None,
        },
        image,
        base: BaseName::Unknown,
        platform: None,
    }
}
