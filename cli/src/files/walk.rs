//! Which files of a folder are looked at.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::name::display;
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
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
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

pub(super) fn walk(folder: &Path, paths: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::io(&display(folder), &error));
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // `file_type` does not follow links: a link to a folder above would never end.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            // Compute Nest's command line keeps its files in a hidden folder.
            if (!name.starts_with('.') || name == ".computenest") && !PASSED_OVER.contains(&&*name)
            {
                walk(&path, paths, problems);
            }
        } else if may_be_ours(&path) && (kind.is_file() || path.is_file()) {
            paths.push(path);
        }
    }
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
