//! The image of a registry that a stage stands on, and the little that is known of it for sure.
//!
//! A table of images whose system and user are public knowledge; of every other image nothing is
//! known, and rules stay silent or offer no safe fix.

use super::file::File;
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

/// The system that an image is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    /// Debian or Ubuntu: `bash`, GNU tools, apt.
    Debian,
    /// Fedora and its relatives: `bash`, GNU tools, dnf.
    RedHat,
    /// Alpine: `ash` and the tools of BusyBox, apk.
    Alpine,
}

/// Images whose default variant is of a known system, and whose user is root.
const KNOWN: &[(&str, System)] = &[
    ("library/debian", System::Debian),
    ("library/ubuntu", System::Debian),
    ("library/buildpack-deps", System::Debian),
    ("library/python", System::Debian),
    ("library/node", System::Debian),
    ("library/ruby", System::Debian),
    ("library/golang", System::Debian),
    ("library/rust", System::Debian),
    ("library/gcc", System::Debian),
    ("library/perl", System::Debian),
    ("library/php", System::Debian),
    ("nvidia/cuda", System::Debian),
    ("pytorch/pytorch", System::Debian),
    ("tensorflow/tensorflow", System::Debian),
    ("library/centos", System::RedHat),
    ("library/fedora", System::RedHat),
    ("library/almalinux", System::RedHat),
    ("library/rockylinux", System::RedHat),
    ("library/oraclelinux", System::RedHat),
    ("library/amazonlinux", System::RedHat),
    ("library/alpine", System::Alpine),
];

/// What a tag says of the system, stronger than the image's default.
const TAG_WORDS: &[(&str, Option<System>)] = &[
    ("alpine", Some(System::Alpine)),
    ("ubi", Some(System::RedHat)),
    ("rocky", Some(System::RedHat)),
    ("centos", Some(System::RedHat)),
    ("windows", None),
    ("nanoserver", None),
    ("opensuse", None),
    ("cbl-mariner", None),
];

/// The image that `stage` stands on, through the stages between.
pub(super) fn base_image<'a>(file: File<'a>, stage: &'a Stage) -> Option<BaseImage<'a>> {
    let mut stage = stage;
    let mut is_overridable = false;
    loop {
        is_overridable |= stage.expanded.is_overridable;
        match &stage.base {
            BaseName::Image(name) => {
                let reference = reference::parse(name).ok()?;
                return Some(BaseImage { reference, stage, is_overridable });
            }
            // A base stands before its user, so this ends.
            BaseName::Stage(index) if *index < stage.index => stage = file.stages().get(*index)?,
            _ => return None,
        }
    }
}

impl BaseImage<'_> {
    /// The system, where the image is a known one.
    pub(super) fn system(&self) -> Option<System> {
        if !matches!(self.reference.registry_host(), "docker.io" | "nvcr.io") {
            return None;
        }
        let repository = self.reference.repository();
        let (_, system) = KNOWN.iter().find(|(known, _)| *known == repository)?;
        let tag = self.reference.tag().unwrap_or_default();
        match TAG_WORDS.iter().find(|(word, _)| tag.contains(word)) {
            Some((_, system)) => *system,
            None => Some(*system),
        }
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
    let mut stage = stage_of(file, index)?;
    let mut end = index;
    loop {
        let instructions = file.content.tree.instructions.get(stage.range.start..end)?;
        if let Some(user) = instructions.iter().rev().find_map(user) {
            if user.contains('$') {
                return None;
            }
            let name = user.split(':').next().unwrap_or_default();
            return Some(matches!(name, "root" | "0"));
        }
        match &stage.base {
            BaseName::Stage(base) if *base < stage.index => {
                stage = file.stages().get(*base)?;
                end = stage.range.end;
            }
            // Every image of the table starts as root.
            _ => return sure_system(file, stage.range.start).map(|_| true),
        }
    }
}

fn user(instruction: &Instruction) -> Option<&str> {
    match &instruction.body {
        Body::Text(word) if instruction.keyword == Keyword::User => Some(word.raw()),
        _ => None,
    }
}
