//! Where each document came from: the path to write to stands beside the name that is shown.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::name;

/// Where a document was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Standard input, a pipe or a device: there is nothing to write to.
    Stream,
    /// A file, by the path that it was opened with.
    File {
        /// That path.
        path: PathBuf,
        /// Whether the command line names it. What a walk met is never written through a link.
        is_named: bool,
    },
}

/// The origins of all documents, by the name that each is shown by.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    by_name: HashMap<String, Origin>,
    /// The files that were opened, each by its path without links.
    files: HashMap<PathBuf, String>,
}

impl Origins {
    /// Where the document that is shown as `name` came from.
    pub(crate) fn of(&self, name: &str) -> Option<&Origin> {
        self.by_name.get(name)
    }

    /// Whether a document came from standard input, a pipe or a device.
    pub(crate) fn has_stream(&self) -> bool {
        self.by_name.values().any(|origin| *origin == Origin::Stream)
    }

    /// Whether a document was read from the file at `path`, whatever links lead there.
    pub(crate) fn is_read(&self, path: &Path) -> bool {
        self.files.contains_key(&real(path))
    }

    /// The path that the document `name` lies at, as far as a configuration is looked for.
    pub(crate) fn path<'a>(&'a self, name: &'a str) -> &'a Path {
        match self.of(name) {
            Some(Origin::File { path, .. }) => path,
            // The system's own folders are nobody's project: as if it came from standard input.
            Some(Origin::Stream) if name.starts_with("/dev/") || name.starts_with("/proc/") => {
                Path::new("-")
            }
            // What comes from standard input is taken to lie where its name says.
            Some(Origin::Stream) | None => Path::new(name),
        }
    }

    /// Remembers that `name` was read from standard input, a pipe or a device.
    pub(super) fn add_stream(&mut self, name: &str) {
        self.by_name.insert(name.to_owned(), Origin::Stream);
    }

    /// Remembers that the file at `path`, which is `real` without links, is shown as `name`.
    pub(super) fn add(&mut self, name: &str, path: &Path, real: PathBuf, is_named: bool) {
        self.files.insert(real, name.to_owned());
        let origin = Origin::File { path: path.to_path_buf(), is_named };
        self.by_name.insert(name.to_owned(), origin);
    }

    /// The name for the file at `path`, which is `real` without links; `None` where it was opened
    /// already, or standard input stands for it.
    pub(super) fn name_for(&self, path: &Path, real: &Path) -> Option<String> {
        let natural = name::display(path);
        if self.files.contains_key(real) || self.of(&natural) == Some(&Origin::Stream) {
            return None;
        }
        Some(name::unused(path, |name| self.by_name.contains_key(name)))
    }
}

/// `path` without links, if it is there: one path for each file.
pub(super) fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}
