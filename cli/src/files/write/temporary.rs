//! Files that stand beside another while it is written, and what is left of those.
//!
//! They are locked as long as the program lives that made them: one that is not is left over.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// What a temporary file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// A text that is to take another's place.
    New,
    /// A copy of what is being overwritten.
    Old,
}

const PREFIX: &str = ".plimsoll-";
const ENDINGS: [(Ending, &str); 2] = [(Ending::New, ".new"), (Ending::Old, ".old")];

/// A file that is gone when this is.
pub(super) struct Temporary {
    pub(super) file: File,
    path: PathBuf,
    is_ours: bool,
}

impl Temporary {
    /// A new file in `folder` that nobody else may read or write.
    pub(super) fn beside(folder: &Path, ending: Ending) -> io::Result<Temporary> {
        /// Names that were taken before one gives up.
        const MOST_TRIES: u32 = 1000;
        static COUNT: AtomicU32 = AtomicU32::new(0);
        for _ in 0..MOST_TRIES {
            // Short, whatever the name of the other is: names have a limit.
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let ending = ENDINGS.iter().find(|(one, _)| *one == ending).map_or("", |(_, end)| end);
            let path = folder.join(format!("{PREFIX}{}-{count}{ending}", process::id()));
            let file = match create(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                created => created?,
            };
            // A file system without locks only has leftovers that stay.
            let _ = file.lock();
            if is_gone(&file)? {
                // Another run took it for a leftover before the lock.
                continue;
            }
            return Ok(Temporary { file, path, is_ours: true });
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Gives the file the owner and the mode of another; whether it can have them.
    pub(super) fn be_as(&self, other: &Metadata) -> io::Result<bool> {
        if !has_owner_of(&self.file, other)? {
            return Ok(false);
        }
        // After the owner: a change of owner takes the set-user-id bit away.
        may(self.file.set_permissions(other.permissions()))
    }

    /// Renames the file to `path`.
    pub(super) fn take_the_place_of(mut self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        self.is_ours = false;
        Ok(())
    }

    /// Lets the file stay; where it is.
    pub(super) fn keep(mut self) -> PathBuf {
        self.is_ours = false;
        self.path.clone()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.is_ours {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

#[cfg(unix)]
fn is_gone(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(file.metadata()?.nlink() == 0)
}

#[cfg(not(unix))]
fn is_gone(_: &File) -> io::Result<bool> {
    Ok(false)
}

/// Whether `file` has the owner of `other`, or could be given to it.
#[cfg(unix)]
fn has_owner_of(file: &File, other: &Metadata) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (other.uid(), other.gid()) {
        return Ok(true);
    }
    may(fchown(file, Some(other.uid()), Some(other.gid())))
}

/// Whether a change was allowed: not to everybody, and not on a file system that knows no owners.
fn may(changed: io::Result<()>) -> io::Result<bool> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match changed {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.kind(), PermissionDenied | Unsupported | InvalidInput) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn has_owner_of(_: &File, _: &Metadata) -> io::Result<bool> {
    Ok(true)
}

/// Removes what runs that were killed left in `folder`: unfinished texts, and copies of `text`,
/// which is there whole. Other copies stay; their paths are the answer.
pub(super) fn sweep(folder: &Path, text: &[u8]) -> Vec<PathBuf> {
    let mut left = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Some(ending) = ending_of(&entry.file_name().to_string_lossy()) else { continue };
        let path = entry.path();
        // `file_type` does not follow links. What is locked belongs to a run that lives.
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let Some(file) = is_file.then(|| File::open(&path).ok()).flatten() else { continue };
        if file.try_lock().is_err() {
            continue;
        }
        if ending == Ending::New || fs::read(&path).is_ok_and(|copy| copy == text) {
            let _ = fs::remove_file(&path);
        } else {
            left.push(path);
        }
    }
    left
}

/// What a file of this name is, if it is one of ours.
fn ending_of(name: &str) -> Option<Ending> {
    let numbers = name.strip_prefix(PREFIX)?;
    ENDINGS.iter().find_map(|(ending, end)| {
        let (process, count) = numbers.strip_suffix(end)?.split_once('-')?;
        let is_number =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (is_number(process) && is_number(count)).then_some(*ending)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_we_give_are_ours() {
        assert_eq!(ending_of(".plimsoll-12-0.new"), Some(Ending::New));
        assert_eq!(ending_of(".plimsoll-12-34.old"), Some(Ending::Old));
        for name in [".plimsoll-12.new", ".plimsoll-a-0.new", "plimsoll-1-0.new", ".plimsoll-1-0"] {
            assert_eq!(ending_of(name), None, "{name}");
        }
    }
}
