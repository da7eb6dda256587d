//! Who may write to a folder: a configuration that a stranger can put there is not the user's.

use std::path::Path;

/// Who owns a folder, and whether anyone may write to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Access {
    owner: Option<u32>,
    is_open: bool,
}

impl Access {
    /// That of the file or folder at `path`; a link counts as itself.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Access {
        use std::os::unix::fs::MetadataExt;
        const OTHERS_MAY_WRITE: u32 = 0o002;
        std::fs::symlink_metadata(path).map_or_else(
            |_| Access::default(),
            |found| {
                let is_open = found.mode() & OTHERS_MAY_WRITE != 0 && !found.is_symlink();
                Access { owner: Some(found.uid()), is_open }
            },
        )
    }

    /// Elsewhere than on Unix nothing is known of it.
    #[cfg(not(unix))]
    pub(super) fn of(_: &Path) -> Access {
        Access::default()
    }

    /// Whether it belongs to the owner of one of `ours`, or to the system's administrator.
    pub(super) fn is_owned_by(self, ours: &[Access]) -> bool {
        const ADMINISTRATOR: Option<u32> = Some(0);
        self.owner == ADMINISTRATOR || ours.iter().any(|one| one.owner == self.owner)
    }

    /// Whether somebody else than the owners of `ours` may put a file there.
    pub(super) fn is_strangers(self, ours: &[Access]) -> bool {
        self.is_open || (self.owner.is_some() && !self.is_owned_by(ours))
    }
}
