//! Which files of a folder are looked at.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::name::display;
use super::origin::real;
use crate::archives;
use crate::output::Problem;

/// More files than this are no longer worth the time to list.
const MOST_LISTED: usize = 50_000;

/// The deepest folder that is looked into.
const MOST_DEEP: usize = 64;

/// The files below `folder`, each with `prefix` before its name; `None` where they are too many or
/// cannot all be listed. Links are files: they are not followed. Of `.git` only the name is told.
pub(super) fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Option<()> {
    if prefix.matches('/').count() > MOST_DEEP {
        return None;
    }
    for entry in fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let name = format!("{prefix}{}", display(Path::new(&entry.file_name())));
        let is_folder = entry.file_type().ok()?.is_dir();
        if is_folder && entry.file_name() != ".git" {
            list(&entry.path(), &format!("{name}/"), files)?;
            // An empty folder is there too.
            files.push(format!("{name}/"));
        } else {
            files.push(name);
        }
        if files.len() > MOST_LISTED {
            return None;
        }
    }
    Some(())
}

/// Folders that never hold a user's own documents.
const PASSED_OVER: &[&str] = &["node_modules", "target", "dist", "venv", "__pycache__", "vendor"];

/// A file that a walk met.
pub(super) struct Met {
    /// Where the walk met it.
    pub(super) path: PathBuf,
    /// The same without links.
    pub(super) real: PathBuf,
    is_link: bool,
}

/// The files below `folder` that may be documents, by path. A link is followed to a file of the
/// same tree only, and where the walk meets that file too, the link is passed over.
pub(super) fn walk(folder: &Path, problems: &mut Vec<Problem>) -> Vec<Met> {
    let mut walk = Walk { root: real(folder), met: Vec::new(), problems };
    let root = walk.root.clone();
    walk.folder(folder, &root);
    let mut met = walk.met;
    // Files before the links to them, and of several links the first by path.
    met.sort_by(|a, b| (a.is_link, &a.path).cmp(&(b.is_link, &b.path)));
    let mut known = HashSet::new();
    met.retain(|one| known.insert(one.real.clone()));
    met.sort_by(|a, b| a.path.cmp(&b.path));
    met
}

struct Walk<'a> {
    /// The whole tree, without links.
    root: PathBuf,
    met: Vec<Met>,
    problems: &'a mut Vec<Problem>,
}

impl Walk<'_> {
    /// Looks into `folder`, which is `real_folder` without links.
    fn folder(&mut self, folder: &Path, real_folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.problems.push(Problem::io(&display(folder), &error));
                return;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let real_path = real_folder.join(&name);
            // `file_type` does not follow links: a link to a folder above would never end.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                if is_looked_into(&name.to_string_lossy()) {
                    self.folder(&path, &real_path);
                }
            } else if may_be_ours(&path) {
                if kind.is_file() {
                    self.met.push(Met { path, real: real_path, is_link: false });
                } else if kind.is_symlink() {
                    self.link(path);
                }
            }
        }
    }

    /// A link: what it leads to counts only where it lies in the tree.
    fn link(&mut self, path: PathBuf) {
        if let Ok(real) = fs::canonicalize(&path)
            && real.starts_with(&self.root)
            && real.is_file()
        {
            self.met.push(Met { path, real, is_link: true });
        }
    }
}

/// Whether a walk goes into the folder of this name.
fn is_looked_into(name: &str) -> bool {
    // Compute Nest's command line keeps its files in a hidden folder.
    (!name.starts_with('.') || name == ".computenest") && !PASSED_OVER.contains(&name)
}

/// Whether a walk looks into the file at all.
fn may_be_ours(path: &Path) -> bool {
    let is_tree = |ending: &OsStr| ending == "json" || ending == "yaml" || ending == "yml";
    is_surely_ours(path) || path.extension().is_some_and(is_tree) || archives::is_archive_name(path)
}

/// Whether the name alone makes it a document.
pub(super) fn is_surely_ours(path: &Path) -> bool {
    plimsoll::detect(&display(path), "").is_some()
}
