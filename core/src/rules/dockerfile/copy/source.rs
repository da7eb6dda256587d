//! COPY and ADD as the rules of this folder look at them.

use super::super::file::File;
use crate::dockerfile::{Body, Instruction, Keyword, Stage, Word};

/// One COPY or ADD.
#[derive(Clone, Copy)]
pub(super) struct Transfer<'a> {
    /// COPY or ADD itself, also behind ONBUILD.
    pub(super) instruction: &'a Instruction,
    pub(super) sources: &'a [Word],
    pub(super) destination: &'a Word,
    /// The stage that it stands in; none before the first FROM.
    pub(super) stage: Option<&'a Stage>,
    /// Its index among the instructions.
    pub(super) index: usize,
}

impl<'a> Transfer<'a> {
    /// The value of `--from`, without quotes.
    pub(super) fn from(self) -> Option<&'a Word> {
        self.instruction.flag("from").and_then(|flag| flag.value.as_ref())
    }

    /// Whether it happens in the builds of those who use the image, with their context.
    pub(super) fn is_onbuild(self, file: File<'_>) -> bool {
        let outer = file.content.tree.instructions.get(self.index);
        outer.is_some_and(|outer| outer.keyword == Keyword::Onbuild)
    }

    pub(super) fn is_add(self) -> bool {
        self.instruction.keyword == Keyword::Add
    }
}

/// Every COPY and ADD of the file, in their order.
pub(super) fn transfers(file: File<'_>) -> impl Iterator<Item = Transfer<'_>> {
    let mut stages = file.stages().iter().peekable();
    let mut stage = None;
    file.instructions().filter_map(move |(index, outer)| {
        while let Some(next) = stages.next_if(|next| next.range.start <= index) {
            stage = Some(next);
        }
        let instruction = outer.inner();
        let Body::Copy { sources, destination } = &instruction.body else { return None };
        Some(Transfer { instruction, sources, destination, stage, index })
    })
}

/// The letters of a path without the quotes around them.
pub(super) fn plain(word: &Word) -> &str {
    word.raw().trim_matches(['"', '\''])
}

/// Whether only the build knows what the word says.
pub(super) fn has_variable(word: &Word) -> bool {
    word.raw().contains('$')
}

/// Whether ADD fetches the source: a URL or a git repository.
pub(super) fn is_remote(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    ["http://", "https://", "ftp://", "git://", "ssh://", "git@"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
        || lower.split('#').next().is_some_and(|before| before.ends_with(".git"))
        || lower.starts_with("github.com/")
}

/// Whether the name is that of an archive that ADD unpacks.
pub(super) fn is_archive(path: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tb2", ".tar.xz", ".txz",
        ".tar.zst", ".tzst", ".gz", ".bz2", ".xz", ".zst", ".lzma", ".tlz", ".z", ".tz",
    ];
    let lower = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// The last part of a path, whichever slash it is written with.
pub(super) fn file_name(path: &str) -> &str {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path)
}
