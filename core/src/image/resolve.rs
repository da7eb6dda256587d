//! Paths inside the container, followed through symbolic links as the kernel follows them.

use super::layer::Layer;
use super::paths::{PathId, Paths, ROOT};
use super::tar::EntryKind;
use super::tree::{Seen, Tree};

/// How many links the kernel follows (Linux, MAXSYMLINKS).
const MOST_LINKS: usize = 40;

/// An image's files, to look up paths in.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    /// The paths of all layers.
    pub paths: &'a Paths,
    /// The layers, the lowest first.
    pub layers: &'a [&'a Layer],
    /// What is seen of them.
    pub tree: &'a Tree,
}

/// Why a path leads to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Nothing is there; the path that is missing.
    Missing(Vec<u8>),
    /// Links lead in a circle, or there are too many.
    Loop,
    /// A part of the way is no folder.
    NotAFolder(Vec<u8>),
}

impl<'a> Files<'a> {
    /// What `path` leads to, links followed; a relative one from the root.
    pub fn resolve(self, path: &[u8]) -> Result<(PathId, Seen<'a>), Unresolved> {
        let mut links = 0;
        // Parts still to go, the next one last.
        let mut todo: Vec<Vec<u8>> = split(path);
        let mut here = ROOT;
        let mut last = None;
        while let Some(part) = todo.pop() {
            if part == b".." {
                here = self.paths.parent(here);
                last = None;
                continue;
            }
            let missing = || {
                let mut full = self.paths.full(here);
                if full != b"/" {
                    full.push(b'/');
                }
                full.extend_from_slice(&part);
                full
            };
            let child = self.paths.find(here, &part);
            let seen = child.and_then(|child| self.tree.at(child, self.layers));
            // A folder that no entry tells of is there if something is in it.
            let Some(child) = child.filter(|&child| seen.is_some() || self.has_content(child))
            else {
                return Err(Unresolved::Missing(missing()));
            };
            match seen {
                Some(seen) if seen.file.kind == EntryKind::SymbolicLink => {
                    links += 1;
                    let layer = self.layers.get(seen.layer).copied();
                    let target = layer.map_or(&[][..], |layer| layer.text(seen.file));
                    if links > MOST_LINKS || target.is_empty() {
                        return Err(Unresolved::Loop);
                    }
                    if target.starts_with(b"/") {
                        here = ROOT;
                    }
                    todo.extend(split(target));
                    last = None;
                }
                Some(seen) if seen.file.kind != EntryKind::Directory && !todo.is_empty() => {
                    return Err(Unresolved::NotAFolder(missing()));
                }
                _ => {
                    here = child;
                    last = seen;
                }
            }
        }
        match last.or_else(|| self.tree.at(here, self.layers)) {
            Some(seen) => Ok((here, seen)),
            None => Err(Unresolved::Missing(self.paths.full(here))),
        }
    }

    fn has_content(self, path: PathId) -> bool {
        let mut todo: Vec<PathId> = self.paths.children(path).collect();
        while let Some(path) = todo.pop() {
            if self.tree.at(path, self.layers).is_some() {
                return true;
            }
            todo.extend(self.paths.children(path));
        }
        false
    }
}

/// The parts of a path, the first one last; `..` is kept.
fn split(path: &[u8]) -> Vec<Vec<u8>> {
    let is_part = |part: &&[u8]| !part.is_empty() && *part != b".";
    let mut parts: Vec<Vec<u8>> =
        path.split(|&byte| byte == b'/').filter(is_part).map(<[u8]>::to_vec).collect();
    parts.reverse();
    parts
}
