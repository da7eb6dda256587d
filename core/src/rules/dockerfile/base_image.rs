//! The image of a registry that a stage stands on in the end.
//!
//! What is known of it stands in `known_images`; of every other image nothing is known, and rules
//! stay silent or offer no safe fix.

use super::file::File;
use super::known_images::{self, System};
use crate::dockerfile::{BaseName, Body, Instruction, Keyword, Stage};
use crate::reference::{self, ImageReference};

/// The image at the root of a stage.
pub(super) struct BaseImage<'a> {
    pub(super) reference: ImageReference,
    /// The stage whose FROM names it.
    pub(super) stage: &'a Stage,
    /// Whether `--build-arg` may put another image in its place.
    pub(super) is_overridable: bool,
}

/// The image that `stage` stands on, through the stages between.
pub(super) fn base_image<'a>(file: File<'a>, stage: &'a Stage) -> Option<BaseImage<'a>> {
    let root = root(file, stage)?;
    let reference = reference::parse(root.name).ok()?;
    Some(BaseImage { reference, stage: root.stage, is_overridable: root.is_overridable })
}

/// The FROM that a stage goes back to.
pub(super) struct Root<'a> {
    /// The image's name as it stands after expansion; it need not be a valid one.
    pub(super) name: &'a str,
    stage: &'a Stage,
    is_overridable: bool,
}

/// The FROM of an image that `stage` goes back to, through the stages between.
pub(super) fn root<'a>(file: File<'a>, stage: &Stage) -> Option<Root<'a>> {
    let root = file.content.flow.root(stage.index)?;
    let stage = file.stages().get(root.stage)?;
    match &stage.base {
        BaseName::Image(name) => Some(Root { name, stage, is_overridable: root.is_overridable }),
        _ => None,
    }
}

impl BaseImage<'_> {
    /// The system, where the image is a known one.
    pub(super) fn system(&self) -> Option<System> {
        known_images::system(&self.reference)
    }
}

/// The stage that the instruction at `index` belongs to.
pub(super) fn stage_of(file: File<'_>, index: usize) -> Option<&Stage> {
    let after = file.stages().partition_point(|stage| stage.range.start <= index);
    let stage = file.stages().get(after.checked_sub(1)?)?;
    stage.range.contains(&index).then_some(stage)
}

/// The system at the instruction at `index`, if no `--build-arg` can change it.
pub(super) fn sure_system(file: File<'_>, index: usize) -> Option<System> {
    let image = base_image(file, stage_of(file, index)?)?;
    image.system().filter(|_| !image.is_overridable)
}

/// Whether the instruction at `index` runs as root; `None` where only the base image tells.
pub(super) fn is_root(file: File<'_>, index: usize) -> Option<bool> {
    let stage = stage_of(file, index)?;
    let user = file.content.flow.before(index).user;
    match user.and_then(|user| file.content.tree.instructions.get(user)).and_then(user_of) {
        Some(user) if user.contains('$') => None,
        Some(user) => {
            let name = user.split(':').next().unwrap_or_default();
            Some(matches!(name, "root" | "0"))
        }
        // Every image of the table starts as root.
        None => {
            let root = file.content.flow.root(stage.index)?.stage;
            sure_system(file, file.stages().get(root)?.range.start).map(|_| true)
        }
    }
}

fn user_of(instruction: &Instruction) -> Option<&str> {
    match &instruction.body {
        Body::Text(word) if instruction.keyword == Keyword::User => Some(word.raw()),
        _ => None,
    }
}
