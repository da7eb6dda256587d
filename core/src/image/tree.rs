//! What the container sees: the layers laid over one another.

use super::layer::{File, Layer, Removal};
use super::paths::{PathId, Paths, ROOT};
use super::tar::EntryKind;

/// The files of all layers and which of them are seen.
#[derive(Debug)]
pub struct Tree {
    /// Of each path: what is seen there.
    seen: Vec<At>,
    /// Bytes of regular files that are seen.
    pub visible_bytes: u64,
    /// Bytes of regular files that are stored but not seen.
    pub hidden_bytes: u64,
    /// Files, folders and links that are seen.
    pub visible_entries: u64,
    /// Files that are stored in vain, the largest first.
    pub waste: Vec<Waste>,
}

/// A file of a layer: which one of which layer.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    file: u32,
    layer: u16,
}

impl At {
    const NOTHING: At = At { file: u32::MAX, layer: u16::MAX };

    fn is_nothing(self) -> bool {
        self.file == u32::MAX
    }
}

/// The most layers that are laid over one another: no runtime takes as many.
pub(super) const MOST_LAYERS: usize = 1000;

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
    /// Lays `layers` over one another, the lowest first; at most [`MOST_LAYERS`].
    pub fn of(layers: &[&Layer], paths: &Paths) -> Tree {
        let mut tree = Tree {
            seen: vec![At::NOTHING; paths.len()],
            visible_bytes: 0,
            hidden_bytes: 0,
            visible_entries: 0,
            waste: Vec::new(),
        };
        for (index, layer) in layers.iter().enumerate().take(MOST_LAYERS) {
            // What a layer removes lies below it, wherever the whiteout stands in the layer.
            let mut cleared = Cleared::new(if layer.removals.is_empty() { 0 } else { paths.len() });
            for removal in &layer.removals {
                match *removal {
                    Removal::Path(path) => {
                        tree.remove(path, true, index, layers, paths, &mut cleared);
                    }
                    Removal::Contents(path) => {
                        tree.remove(path, false, index, layers, paths, &mut cleared);
                    }
                }
            }
            for (at, file) in layer.files.iter().enumerate() {
                let Ok(at) = u32::try_from(at) else { break };
                tree.add(file, At { file: at, layer: index as u16 }, layers, paths);
            }
            tree.replace_folders(index, layers, paths);
        }
        for seen in &tree.seen {
            let Some(file) = file(layers, *seen) else { continue };
            tree.visible_entries += 1;
            tree.visible_bytes = tree.visible_bytes.saturating_add(file.size);
        }
        tree.keep_largest(paths);
        tree
    }

    fn add(&mut self, file: &File, at: At, layers: &[&Layer], paths: &Paths) {
        let Some(slot) = self.seen.get_mut(file.path as usize) else { return };
        let old = std::mem::replace(slot, at);
        let was_folder =
            self::file(layers, old).is_some_and(|old| old.kind == EntryKind::Directory);
        if !(was_folder && file.kind == EntryKind::Directory) {
            self.hide(old, usize::from(at.layer), false, layers, paths);
        }
    }

    /// Takes away what lies where the layer at `index` has files instead of folders, those that no
    /// entry tells of included.
    fn replace_folders(&mut self, index: usize, layers: &[&Layer], paths: &Paths) {
        let Some(layer) = layers.get(index) else { return };
        let mut cleared: Option<Cleared> = None;
        for new in layer.files.iter().filter(|file| file.kind != EntryKind::Directory) {
            if paths.children(new.path).next().is_none() {
                continue;
            }
            let seen = self.seen.get(new.path as usize).and_then(|at| file(layers, *at));
            if seen.is_some_and(|seen| seen.kind != EntryKind::Directory) {
                let cleared = cleared.get_or_insert_with(|| Cleared::new(paths.len()));
                self.remove(new.path, false, index, layers, paths, cleared);
            }
        }
    }

    /// Takes away what lies in `path` in lower layers, and itself where `whole`. What is `cleared`
    /// already is passed over.
    fn remove(
        &mut self,
        path: PathId,
        whole: bool,
        layer: usize,
        layers: &[&Layer],
        paths: &Paths,
        cleared: &mut Cleared,
    ) {
        if whole && path != ROOT {
            self.take(path, layer, layers, paths);
        }
        let mut todo = if cleared.note(path) { vec![path] } else { Vec::new() };
        while let Some(folder) = todo.pop() {
            for child in paths.children(folder) {
                self.take(child, layer, layers, paths);
                if cleared.note(child) {
                    todo.push(child);
                }
            }
        }
    }

    fn take(&mut self, path: PathId, layer: usize, layers: &[&Layer], paths: &Paths) {
        let Some(slot) = self.seen.get_mut(path as usize) else { return };
        let old = std::mem::replace(slot, At::NOTHING);
        self.hide(old, layer, true, layers, paths);
    }

    fn hide(&mut self, old: At, by: usize, is_removed: bool, layers: &[&Layer], paths: &Paths) {
        let Some(file) = file(layers, old).filter(|file| file.size > 0) else { return };
        self.hidden_bytes = self.hidden_bytes.saturating_add(file.size);
        self.waste.push(Waste {
            path: file.path,
            bytes: file.size,
            layer: usize::from(old.layer),
            hidden_by: by,
            is_removed,
        });
        if self.waste.len() > MOST_WASTE * 8 {
            self.keep_largest(paths);
        }
    }

    /// Keeps the largest hidden files, in an order that does not depend on that of the paths.
    fn keep_largest(&mut self, paths: &Paths) {
        self.waste.sort_by(|a, b| {
            let at = |one: &Waste| (one.layer, one.hidden_by);
            b.bytes
                .cmp(&a.bytes)
                .then_with(|| at(a).cmp(&at(b)))
                .then_with(|| paths.full(a.path).cmp(&paths.full(b.path)))
        });
        self.waste.truncate(MOST_WASTE);
    }

    /// What is seen at `path`.
    pub fn at<'a>(&self, path: PathId, layers: &[&'a Layer]) -> Option<Seen<'a>> {
        seen(layers, *self.seen.get(path as usize)?)
    }

    /// Everything that is seen.
    pub fn all<'a>(&'a self, layers: &'a [&'a Layer]) -> impl Iterator<Item = Seen<'a>> + 'a {
        self.seen.iter().filter_map(move |&at| seen(layers, at))
    }
}

fn file<'a>(layers: &[&'a Layer], at: At) -> Option<&'a File> {
    if at.is_nothing() {
        return None;
    }
    layers.get(usize::from(at.layer))?.files.get(at.file as usize)
}

fn seen<'a>(layers: &[&'a Layer], at: At) -> Option<Seen<'a>> {
    Some(Seen { file: file(layers, at)?, layer: usize::from(at.layer) })
}

/// Paths whose contents are taken away already: one bit each, so that nobody can make us go
/// through a folder twice for one layer.
struct Cleared(Vec<u64>);

impl Cleared {
    fn new(paths: usize) -> Cleared {
        Cleared(vec![0; paths.div_ceil(64)])
    }

    /// Whether `path` is new.
    fn note(&mut self, path: PathId) -> bool {
        let Some(word) = self.0.get_mut(path as usize / 64) else { return false };
        let bit = 1 << (path % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}
