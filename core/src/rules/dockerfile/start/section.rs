//! The parts of a Dockerfile that have a configuration of their own: its stages, and what stands
//! before the first FROM (an error, but rules may still look at it).

use super::super::file::File;
use crate::dockerfile::{BaseName, Body, CommandForm, Instruction, Keyword, Stage};

/// A stage with what it and the stages that it is built from set.
pub(super) struct Section<'a> {
    /// The stage; `None` for what stands before the first FROM.
    pub(super) stage: Option<&'a Stage>,
    /// Index of the first instruction in the tree.
    pub(super) first: usize,
    /// The instructions, FROM first.
    pub(super) instructions: &'a [Instruction],
    /// What is set at its end.
    pub(super) end: Configuration<'a>,
}

/// What instructions have set so far, those of the stages below included.
#[derive(Clone, Copy)]
pub(super) struct Configuration<'a> {
    pub(super) root: Root<'a>,
    pub(super) entrypoint: Option<&'a CommandForm>,
    /// The keyword of that ENTRYPOINT.
    pub(super) entrypoint_instruction: Option<&'a Instruction>,
    /// The CMD that is left: an ENTRYPOINT takes away one that was inherited.
    pub(super) cmd: Option<&'a Instruction>,
    /// The stage that gave it.
    cmd_stage: Option<usize>,
    pub(super) user: Option<&'a Instruction>,
    pub(super) has_healthcheck: bool,
    /// Whether WORKDIR was used at all.
    pub(super) has_workdir: bool,
}

/// The image that everything starts from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Root<'a> {
    Scratch,
    Image(&'a str),
    Unknown,
}

impl Configuration<'_> {
    fn empty() -> Self {
        Configuration {
            root: Root::Unknown,
            entrypoint: None,
            entrypoint_instruction: None,
            cmd: None,
            cmd_stage: None,
            user: None,
            has_healthcheck: false,
            has_workdir: false,
        }
    }
}

/// All sections in their order.
pub(super) fn sections<'a>(file: File<'a>) -> Vec<Section<'a>> {
    let tree = &file.content.tree;
    let mut sections = Vec::with_capacity(tree.stages.len() + 1);
    let early = tree.stages.first().map_or(tree.instructions.len(), |stage| stage.range.start);
    if let Some(instructions) = tree.instructions.get(..early).filter(|one| !one.is_empty()) {
        let end = run(Configuration::empty(), instructions, None);
        sections.push(Section { stage: None, first: 0, instructions, end });
    }
    let begin = |stage: &'a Stage| match &stage.base {
        BaseName::Scratch => Configuration { root: Root::Scratch, ..Configuration::empty() },
        BaseName::Image(name) => {
            Configuration { root: Root::Image(name), ..Configuration::empty() }
        }
        BaseName::Stage(_) | BaseName::Unknown => Configuration::empty(),
    };
    tree.flow(begin, |stage, start| {
        let instructions = tree.stage_instructions(stage);
        let end = run(start, instructions, Some(stage.index));
        sections.push(Section { stage: Some(stage), first: stage.range.start, instructions, end });
        end
    });
    sections
}

fn run<'a>(
    mut now: Configuration<'a>,
    instructions: &'a [Instruction],
    stage: Option<usize>,
) -> Configuration<'a> {
    for instruction in instructions {
        match (instruction.keyword, &instruction.body) {
            (Keyword::Entrypoint, Body::Command(form)) => {
                now.entrypoint = Some(form).filter(|form| !is_empty(form));
                now.entrypoint_instruction = now.entrypoint.map(|_| instruction);
                if now.cmd_stage != stage {
                    now.cmd = None;
                }
            }
            (Keyword::Cmd, Body::Command(form)) => {
                now.cmd = Some(instruction).filter(|_| !is_empty(form));
                now.cmd_stage = stage;
            }
            (Keyword::User, _) => now.user = Some(instruction),
            (Keyword::Healthcheck, _) => now.has_healthcheck = true,
            (Keyword::Workdir, _) => now.has_workdir = true,
            _ => {}
        }
    }
    now
}

/// `CMD []` takes away what is set.
fn is_empty(form: &CommandForm) -> bool {
    form.exec().is_some_and(|words| words.is_empty())
}

impl<'a> Section<'a> {
    /// The instructions with their index in the tree.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &'a Instruction)> + use<'a> {
        let first = self.first;
        self.instructions.iter().enumerate().map(move |(at, one)| (first + at, one))
    }
}

/// The part that gives the image: the last stage, or all there is.
pub(super) fn last(file: File<'_>) -> Option<Section<'_>> {
    sections(file).pop()
}

/// Images without an ENTRYPOINT, or with one that runs the words of CMD as they are.
const RUNS_CMD: &[&str] = &[
    "almalinux",
    "alpine",
    "amazonlinux",
    "busybox",
    "centos",
    "continuumio/miniconda3",
    "debian",
    "eclipse-temurin",
    "fedora",
    "gcc",
    "golang",
    "node",
    "nvidia/cuda",
    "oraclelinux",
    "perl",
    "pypy",
    "python",
    "pytorch/pytorch",
    "rockylinux",
    "ruby",
    "rust",
    "ubuntu",
];

impl Root<'_> {
    /// Whether the image is known to start what CMD says, whatever that is.
    pub(super) fn runs_cmd(self) -> bool {
        match self {
            Root::Scratch => true,
            Root::Image(name) => {
                let name = name.split('@').next().unwrap_or(name);
                let folder = name.rfind('/').map_or(0, |at| at + 1);
                let tag = name.get(folder..).and_then(|last| last.find(':'));
                let name = tag.and_then(|at| name.get(..folder + at)).unwrap_or(name);
                let name = name.strip_prefix("docker.io/").unwrap_or(name);
                let name = name.strip_prefix("library/").unwrap_or(name);
                RUNS_CMD.contains(&name)
            }
            Root::Unknown => false,
        }
    }
}
