//! Where an instruction names a stage or an image as a source: `COPY --from`, `RUN --mount`.

use super::super::file::File;
use crate::dockerfile::{BaseName, Dockerfile, Keyword, Stage, Word, fields};

/// A place where a stage or an image is named.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// The stage that the instruction belongs to; `None` before the first FROM.
    pub(super) stage: Option<usize>,
    /// The instruction.
    pub(super) instruction: usize,
    /// The name as it is written.
    pub(super) name: Word,
}

/// Every source that an instruction other than FROM names.
pub(super) fn references(file: File<'_>) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut stage = None;
    for (index, instruction) in file.instructions() {
        if instruction.keyword == Keyword::From {
            stage = Some(stage.map_or(0, |stage: usize| stage + 1));
        }
        let instruction = instruction.inner();
        let mut add = |name: Word| found.push(Reference { stage, instruction: index, name });
        for flag in &instruction.flags {
            let Some(value) = &flag.value else { continue };
            match (instruction.keyword, flag.name.as_str()) {
                (Keyword::Copy, "from") => add(value.clone()),
                (Keyword::Run, "mount") => mount_source(value).into_iter().for_each(&mut add),
                _ => {}
            }
        }
    }
    found
}

/// The `from=…` of a mount.
fn mount_source(value: &Word) -> Option<Word> {
    let from = fields(value).into_iter().find(|field| field.key == "from");
    from.filter(|field| field.has_value).map(|field| field.value)
}

impl Reference {
    /// Whether variables, quotes or escapes stand in the name.
    pub(super) fn is_plain(&self) -> bool {
        is_plain(self.name.raw())
    }

    /// The stage that is named, wherever it stands: BuildKit looks among all.
    pub(super) fn target(&self, tree: &Dockerfile) -> Option<usize> {
        let name = self.name.raw();
        let by_number = || name.parse().ok().filter(|index| *index < tree.stages.len());
        tree.stage_names.last(name).or_else(by_number)
    }
}

/// Whether `name` has neither variables nor quotes nor escapes.
pub(super) fn is_plain(name: &str) -> bool {
    !name.contains(['$', '"', '\'', '\\', '`', '{'])
}

/// The stage that `stage` is built from.
pub(super) fn base_stage(stage: &Stage) -> Option<usize> {
    match stage.base {
        BaseName::Stage(index) => Some(index),
        _ => None,
    }
}

/// How people call a stage: its name, or its position.
pub(super) fn call(stage: &Stage) -> String {
    match &stage.name {
        Some(name) => name.raw().to_owned(),
        None => stage.index.to_string(),
    }
}
