//! A stage begins where its base ended: one fold over the stages, for whatever is handed on.

use super::Dockerfile;
use super::instruction::{Body, Instruction, Keyword};
use super::stages::{BaseName, Stage};

impl Dockerfile {
    /// Hands a state on through the stages in their order: one that is built from another stage
    /// begins with what that one ended with, every other with what `begin` says. `through` is given
    /// a stage with the state at its beginning, and gives the one at its end.
    ///
    /// A state is copied only where several stages are built from one, so that its copies should
    /// share what they hold ([`super::SharedMap`]).
    pub fn flow<'a, S: Clone>(
        &'a self,
        mut begin: impl FnMut(&'a Stage) -> S,
        mut through: impl FnMut(&'a Stage, S) -> S,
    ) {
        let base_of = |stage: &Stage| match stage.base {
            // A base stands before its user.
            BaseName::Stage(base) => Some(base).filter(|base| *base < stage.index),
            _ => None,
        };
        let mut users = vec![0_usize; self.stages.len()];
        for base in self.stages.iter().filter_map(base_of) {
            users[base] += 1;
        }
        let mut ends: Vec<Option<S>> = vec![None; self.stages.len()];
        for stage in &self.stages {
            let taken_over = base_of(stage).and_then(|base| {
                users[base] -= 1;
                if users[base] == 0 { ends[base].take() } else { ends[base].clone() }
            });
            let start = taken_over.unwrap_or_else(|| begin(stage));
            let end = through(stage, start);
            if users.get(stage.index).is_some_and(|&count| count > 0) {
                ends[stage.index] = Some(end);
            }
        }
    }
}

/// What the stages take over from one another, for those who ask about one place.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    roots: Vec<Root>,
    ships: Vec<bool>,
    before: Vec<Before>,
}

/// The FROM that a stage goes back to.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// The stage whose FROM names an image, or scratch, or what only the build knows.
    pub stage: usize,
    /// Whether a `--build-arg` may change a FROM on the way there.
    pub is_overridable: bool,
}

/// What holds where an instruction stands, by its stage or by one that this is built from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// The last USER, as the index of its instruction.
    pub user: Option<usize>,
    /// Whether there is a WORKDIR, be it behind ONBUILD.
    pub has_workdir: bool,
}

impl Flow {
    /// The FROM that the stage at `index` goes back to.
    pub fn root(&self, index: usize) -> Option<Root> {
        self.roots.get(index).copied()
    }

    /// Whether the last stage is the stage at `index`, or stands on it.
    pub fn ships(&self, index: usize) -> bool {
        self.ships.get(index).copied().unwrap_or_default()
    }

    /// What holds before the instruction at `index`.
    pub fn before(&self, index: usize) -> Before {
        self.before.get(index).copied().unwrap_or_default()
    }

    pub(super) fn of(tree: &Dockerfile) -> Flow {
        let mut roots = Vec::with_capacity(tree.stages.len());
        let mut before = Vec::with_capacity(tree.instructions.len());
        let first = tree.stages.first().map_or(tree.instructions.len(), |one| one.range.start);
        let early = tree.instructions.iter().take(first).enumerate();
        pass(early, &mut Before::default(), &mut before);
        tree.flow(
            |stage| (Root { stage: stage.index, is_overridable: false }, Before::default()),
            |stage, (mut root, mut now)| {
                root.is_overridable |= stage.expanded.is_overridable;
                roots.push(root);
                let own = stage.range.clone().zip(tree.stage_instructions(stage));
                pass(own, &mut now, &mut before);
                (root, now)
            },
        );
        let mut ships = vec![false; tree.stages.len()];
        tree.chain().iter().for_each(|stage| ships[stage.index] = true);
        Flow { roots, ships, before }
    }
}

/// Notes what holds before each of `instructions`.
fn pass<'a>(
    instructions: impl Iterator<Item = (usize, &'a Instruction)>,
    now: &mut Before,
    noted: &mut Vec<Before>,
) {
    for (index, instruction) in instructions {
        noted.push(*now);
        let inner = instruction.inner();
        now.has_workdir |= inner.keyword == Keyword::Workdir;
        if instruction.keyword == Keyword::User && matches!(instruction.body, Body::Text(_)) {
            now.user = Some(index);
        }
    }
}
