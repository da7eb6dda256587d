//! Writing of files: wholly or not at all, and never over what somebody else wrote meanwhile.
//!
//! A new file beside the old one takes its place. Where it could not be the same file (another
//! owner, several names) the old one is written in place, with a copy beside it until that is done.

mod error;
mod in_place;
mod temporary;

use std::collections::HashSet;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

pub(crate) use self::error::WriteError;
use self::temporary::{Ending, Temporary};
use crate::signals::Deferred;

/// Writes files in the place of those that were read.
#[derive(Default)]
pub(crate) struct Writer {
    /// The folders in which nothing is left of runs that were killed.
    swept: HashSet<PathBuf>,
    /// The files of several names that were written.
    written: HashSet<Identity>,
    /// Copies of files that runs left which were killed while they wrote in place.
    pub(crate) left: Vec<PathBuf>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// It holds the new text.
    New,
    /// It held the new text already: it was written under another of its names.
    Already,
}

impl Writer {
    /// Gives the file at `path`, which held `old`, the text `new`. Only a path that is named may be
    /// a link: what it leads to is written then, and the link stays.
    pub(crate) fn replace(
        &mut self,
        path: &Path,
        is_named: bool,
        old: &str,
        new: &str,
    ) -> Result<Written, WriteError> {
        let mut target = Target::open(path, is_named)?;
        if target.text()? != old.as_bytes() {
            let is_twin = target.identity.is_some_and(|one| self.written.contains(&one));
            let is_written = is_twin && target.text()? == new.as_bytes();
            return if is_written { Ok(Written::Already) } else { Err(WriteError::Changed) };
        }
        self.sweep(target.folder(), old);
        target.write(old.as_bytes(), new.as_bytes())?;
        if has_several_names(&target.metadata) {
            self.written.extend(target.identity);
        }
        Ok(Written::New)
    }

    /// Removes what runs that were killed left beside a file that holds `text`.
    fn sweep(&mut self, folder: &Path, text: &str) {
        if !self.swept.contains(folder) {
            self.swept.insert(folder.to_path_buf());
            self.left.extend(temporary::sweep(folder, text.as_bytes()));
        }
    }
}

/// Writes a report or a first file: in the place of the file that stands there, else as a new one.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), WriteError> {
    let _deferred = Deferred::begin();
    if path.is_file() {
        let mut target = Target::open(path, true)?;
        let old = target.text()?;
        return target.write(&old, text.as_bytes());
    }
    // What is no file (a pipe, a device) takes the text as it comes.
    if path.exists() {
        return Ok(fs::write(path, text)?);
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(text.as_bytes());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    Ok(written?)
}

/// A file that is there and may be written.
struct Target {
    path: PathBuf,
    file: File,
    metadata: Metadata,
    /// Which file it is, as far as the system tells.
    identity: Option<Identity>,
}

impl Target {
    fn open(path: &Path, is_named: bool) -> Result<Target, WriteError> {
        let path = if is_named { fs::canonicalize(path)? } else { path.to_path_buf() };
        let metadata = fs::symlink_metadata(&path)?;
        if metadata.is_symlink() {
            return Err(WriteError::Link);
        }
        if !metadata.is_file() {
            return Err(WriteError::NotAFile);
        }
        // The superuser may write to any file; the mode says what is meant.
        if metadata.permissions().readonly() {
            return Err(WriteError::ReadOnly);
        }
        let file = OpenOptions::new().read(true).write(true).open(&path);
        let file = file.map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => WriteError::ReadOnly,
            _ => WriteError::Io(error),
        })?;
        let metadata = file.metadata()?;
        let identity = identity(&metadata);
        Ok(Target { path, file, metadata, identity })
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// What the file holds now.
    fn text(&mut self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        self.file.rewind()?;
        self.file.read_to_end(&mut text)?;
        Ok(text)
    }

    /// Writes `new` over `old`, which the file has to hold still.
    fn write(&mut self, old: &[u8], new: &[u8]) -> Result<(), WriteError> {
        if has_several_names(&self.metadata) {
            return self.write_in_place(old, new);
        }
        let mut temporary = Temporary::beside(self.folder(), Ending::New)?;
        if !temporary.be_as(&self.metadata)? {
            drop(temporary);
            return self.write_in_place(old, new);
        }
        temporary.file.write_all(new)?;
        temporary.file.sync_all()?;
        if !self.is_still(old)? {
            return Err(WriteError::Changed);
        }
        Ok(temporary.take_the_place_of(&self.path)?)
    }

    /// Whether the path still leads to this file, and the file still holds `old`.
    fn is_still(&mut self, old: &[u8]) -> io::Result<bool> {
        let now = fs::symlink_metadata(&self.path)?;
        Ok(now.is_file() && identity(&now) == self.identity && self.text()? == old)
    }
}

/// Device and number of a file: the same under each of its names.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<Identity> {
    None
}

#[cfg(unix)]
fn has_several_names(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_several_names(_: &Metadata) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A file of its own for one test, in a folder of its own.
    fn file(name: &str, text: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("plimsoll-write-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the folder can be made");
        let path = folder.join("file");
        fs::write(&path, text).expect("the file can be written");
        path
    }

    fn names_beside(path: &Path) -> Vec<String> {
        let folder = path.parent().expect("a folder");
        let entries = fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<String> =
            entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_not_overwritten() {
        for is_linked in [false, true] {
            let path = file("changed", "newer");
            if is_linked {
                fs::hard_link(&path, path.with_extension("twin")).expect("a link");
            }
            let mut writer = Writer::default();
            let refused = writer.replace(&path, true, "older", "fixed");
            assert!(matches!(refused, Err(WriteError::Changed)), "{refused:?}");
            let mut target = Target::open(&path, true).expect("a file");
            fs::write(&path, "newest").expect("the file can be written");
            let refused = target.write(b"newer", b"fixed");
            assert!(matches!(refused, Err(WriteError::Changed)), "{refused:?}");
            assert_eq!(fs::read_to_string(&path).expect("a text"), "newest");
            assert_eq!(names_beside(&path).len(), 1 + usize::from(is_linked));
        }
    }

    #[test]
    fn a_file_that_another_took_the_place_of_is_not_overwritten() {
        let path = file("replaced", "same");
        let mut target = Target::open(&path, true).expect("a file");
        fs::write(path.with_extension("new"), "same").expect("the file can be written");
        fs::rename(path.with_extension("new"), &path).expect("renamed");
        assert!(matches!(target.write(b"same", b"fixed"), Err(WriteError::Changed)));
    }

    #[test]
    fn a_temporary_file_is_read_by_its_owner_only_and_gets_the_mode_of_the_other() {
        let path = file("mode", "text");
        let temporary = Temporary::beside(path.parent().expect("a folder"), Ending::New)
            .expect("the file can be made");
        let mode = |file: &File| file.metadata().expect("a file").permissions().mode() & 0o7777;
        assert_eq!(mode(&temporary.file), 0o600);
        for wanted in [0o640, 0o4755, 0o600] {
            fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).expect("a mode");
            let other = fs::metadata(&path).expect("a file");
            assert!(temporary.be_as(&other).expect("a mode"));
            assert_eq!(mode(&temporary.file), wanted);
        }
        drop(temporary);
        assert_eq!(names_beside(&path), ["file"]);
    }

    #[test]
    fn what_cannot_be_written_in_place_is_written_back() {
        let path = file("torn", "older text");
        // A file that was opened for reading takes no text.
        let mut target = Target::open(&path, true).expect("a file");
        target.file = File::open(&path).expect("a file");
        let refused = target.write_in_place(b"older text", b"fixed");
        let Err(WriteError::Torn { copy, .. }) = refused else { panic!("{refused:?}") };
        assert_eq!(fs::read_to_string(copy).expect("a copy"), "older text");
        assert_eq!(fs::read_to_string(&path).expect("a text"), "older text");
    }
}
