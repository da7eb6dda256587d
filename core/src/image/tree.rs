//! What the container sees: the layers laid over one another.

use super::layer::{File, Layer, Removal};
use super::paths::{PathId, Paths, ROOT};
use super::tar::EntryKind;

/// The files of all layers and which of them are seen.
#[derive(Debug)]
pub struct Tree {
    /// Of each path: the layer and the file in it that is seen, if one is.
    seen: Vec<Option<(u16, u32)>>,
    /// Bytes of regular files that are seen.
    pub visible_bytes: u64,
    /// Bytes of regular files that are stored but not seen.
    pub hidden_bytes: u64,
    /// Files, folders and links that are seen.
    pub visible_entries: u64,
    /// Files that are stored in vain, the largest first.
    pub waste: Vec<Waste>,
}

/// A file that a later layer hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waste {
    /// Where it lies.
    pub path: PathId,
    /// Its bytes.
    pub bytes: u64,
    /// The layer that stores it.
    pub layer: usize,
    /// The layer that hides it.
    pub hidden_by: usize,
    /// Whether it was removed rather than replaced.
    pub is_removed: bool,
}

/// The most hidden files that are told of.
const MOST_WASTE: usize = 200;

/// A file that is seen, and its layer.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The file.
    pub file: &'a File,
    /// The layer that holds it.
    pub layer: usize,
}

impl Tree {
    /// Lays `layers` over one another, the lowest first.
    pub fn of(layers: &[&Layer], paths: &Paths) -> Tree {
        let mut tree = Tree {
            seen: vec![None; paths.len()],
            visible_bytes: 0,
            hidden_bytes: 0,
            visible_entries: 0,
            waste: Vec::new(),
        };
        for (index, layer) in layers.iter().enumerate() {
            // What a layer removes lies below it, wherever the whiteout stands in the layer.
            for removal in &layer.removals {
                match *removal {
                    Removal::Path(path) => tree.remove(path, true, index, layers, paths),
                    Removal::Contents(path) => tree.remove(path, false, index, layers, paths),
                }
            }
            for (at, file) in layer.files.iter().enumerate() {
                let Ok(at) = u32::try_from(at) else { break };
                tree.add(file, (index as u16, at), layers, paths);
            }
        }
        for seen in tree.seen.iter().flatten() {
            let file = file(layers, *seen);
            tree.visible_entries += 1;
            tree.visible_bytes = tree.visible_bytes.saturating_add(file.map_or(0, |one| one.size));
        }
        tree.waste.sort_by(|a, b| b.bytes.cmp(&a.bytes).then(a.path.cmp(&b.path)));
        tree.waste.truncate(MOST_WASTE);
        tree
    }

    fn add(&mut self, file: &File, at: (u16, u32), layers: &[&Layer], paths: &Paths) {
        let path = file.path;
        if let Some(old) = self.seen.get(path as usize).copied().flatten() {
            let was_folder =
                self::file(layers, old).is_some_and(|old| old.kind == EntryKind::Directory);
            if was_folder && file.kind != EntryKind::Directory {
                self.remove(path, false, usize::from(at.0), layers, paths);
            }
            if !(was_folder && file.kind == EntryKind::Directory) {
                self.hide(old, usize::from(at.0), false, layers);
            }
        } else if file.kind != EntryKind::Directory {
            // Folders that no entry tells of are hidden, too.
            self.remove(path, false, usize::from(at.0), layers, paths);
        }
        if let Some(slot) = self.seen.get_mut(path as usize) {
            *slot = Some(at);
        }
    }

    /// Takes away what lies in `path` in lower layers, and itself where `whole`.
    fn remove(
        &mut self,
        path: PathId,
        whole: bool,
        layer: usize,
        layers: &[&Layer],
        paths: &Paths,
    ) {
        let mut todo: Vec<PathId> = paths.children(path).collect();
        todo.extend(whole.then_some(path).filter(|&path| path != ROOT));
        while let Some(path) = todo.pop() {
            if let Some(old) = self.seen.get_mut(path as usize).and_then(Option::take) {
                self.hide(old, layer, true, layers);
            }
            todo.extend(paths.children(path));
        }
    }

    fn hide(&mut self, old: (u16, u32), by: usize, is_removed: bool, layers: &[&Layer]) {
        let Some(file) = file(layers, old).filter(|file| file.size > 0) else { return };
        self.hidden_bytes = self.hidden_bytes.saturating_add(file.size);
        self.waste.push(Waste {
            path: file.path,
            bytes: file.size,
            layer: usize::from(old.0),
            hidden_by: by,
            is_removed,
        });
        if self.waste.len() > MOST_WASTE * 8 {
            self.waste.sort_by_key(|one| std::cmp::Reverse(one.bytes));
            self.waste.truncate(MOST_WASTE);
        }
    }

    /// What is seen at `path`.
    pub fn at<'a>(&self, path: PathId, layers: &[&'a Layer]) -> Option<Seen<'a>> {
        let at = self.seen.get(path as usize).copied().flatten()?;
        Some(Seen { file: file(layers, at)?, layer: usize::from(at.0) })
    }

    /// Everything that is seen.
    pub fn all<'a>(&'a self, layers: &'a [&'a Layer]) -> impl Iterator<Item = Seen<'a>> + 'a {
        self.seen
            .iter()
            .flatten()
            .filter_map(move |&at| Some(Seen { file: file(layers, at)?, layer: usize::from(at.0) }))
    }
}

fn file<'a>(layers: &[&'a Layer], at: (u16, u32)) -> Option<&'a File> {
    layers.get(usize::from(at.0))?.files.get(at.1 as usize)
}
