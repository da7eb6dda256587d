//! An image's files as a rule asks for them.

use crate::document::ImageView;
use crate::image::paths::{PathId, shown};
use crate::image::resolve::Files;
use crate::image::tar::EntryKind;
use crate::image::tree::Seen;
use crate::rule::{Context, Findings, Rule};

/// Lets `judge` look at the files of every image that runs on Linux. Where not all layers were
/// read, `rule` is unknown.
pub(crate) fn each<'a>(
    cx: &Context<'a>,
    found: &mut Findings,
    rule: &'static Rule,
    mut judge: impl FnMut(&ImageView<'a>, Files<'_>, &mut Findings),
) {
    for view in cx.images().filter(|view| view.config.os.as_deref() != Some("windows")) {
        let layers = view.whole_layers();
        match layers.as_ref().and_then(|layers| view.files(layers)) {
            Some(files) => judge(&view, files, found),
            None => found.unknown(rule, view.unread_at()),
        }
    }
}

/// A file that a path leads to.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) path: PathId,
    pub(crate) seen: Seen<'a>,
}

/// What is to be found of a program.
pub(crate) enum Program<'a> {
    /// A file that may be executed.
    Found(Found<'a>),
    /// A file that may not.
    NotExecutable(Found<'a>),
    /// Nothing; the paths that were looked for.
    Missing(Vec<String>),
}

/// Where a runtime looks for programs when the image says nothing.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The program that `word` names, as the runtime looks for it: by its path, relative to the working
/// folder, or in the folders of PATH.
pub(crate) fn program<'a>(view: &ImageView<'_>, files: Files<'a>, word: &str) -> Program<'a> {
    let mut tried = Vec::new();
    let mut not_executable = None;
    for path in candidates(view, word) {
        match file(files, &path) {
            Some(found) if found.seen.file.mode & 0o111 != 0 => return Program::Found(found),
            Some(found) => not_executable = not_executable.or(Some(found)),
            None => tried.push(shown(path.as_bytes())),
        }
    }
    not_executable.map_or(Program::Missing(tried), Program::NotExecutable)
}

fn candidates(view: &ImageView<'_>, word: &str) -> Vec<String> {
    if word.contains('/') {
        return vec![absolute(view, word)];
    }
    let path = view.config.variable("PATH").unwrap_or(PATH);
    let folders = path.split(':').filter(|folder| !folder.is_empty());
    folders.map(|folder| format!("{}/{word}", folder.trim_end_matches('/'))).collect()
}

/// `path` as the container sees it from its working folder.
pub(crate) fn absolute(view: &ImageView<'_>, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let folder = view.config.working_dir.as_deref().unwrap_or("/").trim_end_matches('/');
    format!("{folder}/{}", path.trim_start_matches("./"))
}

/// The regular file that `path` leads to, through symbolic and hard links.
pub(crate) fn file<'a>(files: Files<'a>, path: &str) -> Option<Found<'a>> {
    let (id, seen) = files.resolve(path.as_bytes()).ok()?;
    match seen.file.kind {
        EntryKind::File => Some(Found { path: id, seen }),
        EntryKind::HardLink => {
            let target = files.layers.get(seen.layer)?.text(seen.file);
            match files.resolve(target) {
                // The other name may be gone by now, or be another file: the link has the mode.
                Ok((path, other)) if other.file.kind == EntryKind::File => {
                    Some(Found { path, seen: other })
                }
                _ => Some(Found { path: id, seen }),
            }
        }
        _ => None,
    }
}

/// Whether `path` leads to a folder.
pub(crate) fn has_folder(files: Files<'_>, path: &str) -> bool {
    if path.trim_matches('/').is_empty() {
        return true;
    }
    match files.resolve(path.as_bytes()) {
        Ok((_, seen)) => seen.file.kind == EntryKind::Directory,
        // A folder that no entry tells of, but with something inside.
        Err(crate::image::resolve::Unresolved::Missing(missing)) => {
            let parts = missing.split(|byte| *byte == b'/').filter(|part| !part.is_empty());
            let mut here = crate::image::paths::ROOT;
            for part in parts {
                match files.paths.find(here, part) {
                    Some(child) => here = child,
                    None => return false,
                }
            }
            holds_anything(files, here)
        }
        Err(_) => false,
    }
}

fn holds_anything(files: Files<'_>, folder: PathId) -> bool {
    let mut todo: Vec<PathId> = files.paths.children(folder).collect();
    while let Some(path) = todo.pop() {
        if files.tree.at(path, files.layers).is_some() {
            return true;
        }
        todo.extend(files.paths.children(path));
    }
    false
}

/// The text that was kept of the file at `path`, if it is UTF-8 (what was cut off may be inside of
/// a letter).
pub(crate) fn text<'a>(files: Files<'a>, path: &str) -> Option<&'a str> {
    let found = file(files, path)?;
    text_of(files, found)
}

/// The text that was kept of `found`.
pub(crate) fn text_of<'a>(files: Files<'a>, found: Found<'_>) -> Option<&'a str> {
    let bytes = files.layers.get(found.seen.layer)?.kept(found.path)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}
