//! A layer as bytes, on its way from the memory in which it was read to that of whoever puts the
//! layers together: workers of a browser share no memory. Only a layer that is whole is packed.
//!
//! All numbers are little-endian. Both sides are one build: nothing here is stored or versioned.

use super::compression::Compression;
use super::digest::Digest;
use super::layer::{File, Kept, Layer, MOST_KEPT, Removal, Store};
use super::paths::{PathId, Paths, ROOT};
use super::program::ProgramKind;
use super::tar::{EntryKind, Oddity};

const COMPRESSIONS: [Compression; 5] =
    [Compression::None, Compression::Gzip, Compression::Zstd, Compression::Xz, Compression::Bzip2];

const KINDS: [EntryKind; 5] = [
    EntryKind::File,
    EntryKind::HardLink,
    EntryKind::SymbolicLink,
    EntryKind::Special,
    EntryKind::Directory,
];

const ODDITIES: [Oddity; 3] = [Oddity::NoEndBlocks, Oddity::NoPadding, Oddity::DataBehindEnd];

/// The layer as bytes; `None` where it is not whole.
pub(super) fn pack(layer: &Layer, paths: &Paths) -> Option<Vec<u8>> {
    let mut out = Writer::default();
    let Layer { files, removals, kept, .. } = layer;
    if !layer.is_whole() {
        return None;
    }
    let mut nodes = Nodes::new(paths);
    for file in files {
        nodes.add(file.path);
    }
    for removal in removals {
        nodes.add(folder_of(*removal).0);
    }
    for one in kept {
        nodes.add(one.path);
    }
    out.number(nodes.list.len() as u64);
    for &id in &nodes.list {
        out.bytes(&nodes.local[paths.parent(id) as usize].to_le_bytes());
        out.text(paths.name(id));
    }

    let compression = layer.compression.and_then(|one| index_of(&COMPRESSIONS, one));
    out.byte(compression.unwrap_or(u8::MAX));
    for digest in [layer.blob_digest, layer.diff_id] {
        out.byte(u8::from(digest.is_some()));
        out.bytes(&digest.map_or([0; 32], Digest::to_bytes));
    }
    for number in [
        layer.blob_bytes,
        layer.tar_bytes,
        layer.entries,
        layer.whiteouts,
        layer.opaque,
        layer.file_bytes,
        layer.escapes,
    ] {
        out.number(number);
    }
    out.byte(u8::from(layer.has_trailing_bytes));
    out.number(layer.oddities.len() as u64);
    for oddity in &layer.oddities {
        out.byte(index_of(&ODDITIES, *oddity)?);
    }

    out.number(files.len() as u64);
    for file in files {
        out.bytes(&nodes.local[file.path as usize].to_le_bytes());
        out.byte(index_of(&KINDS, file.kind)?);
        out.bytes(&file.mode.to_le_bytes());
        out.bytes(&file.uid.to_le_bytes());
        out.bytes(&file.gid.to_le_bytes());
        out.number(file.size);
        out.bytes(&file.text.0.to_le_bytes());
        out.bytes(&file.text.1.to_le_bytes());
        out.byte(u8::from(file.has_capability));
        let (program, machine) = match file.program {
            None => (0, 0),
            Some(ProgramKind::Elf(machine)) => (1, machine),
            Some(ProgramKind::Script) => (2, 0),
            Some(ProgramKind::ScriptWithMark) => (3, 0),
        };
        out.byte(program);
        out.bytes(&machine.to_le_bytes());
    }
    out.number(removals.len() as u64);
    for removal in removals {
        let (path, is_contents) = folder_of(*removal);
        out.bytes(&nodes.local[path as usize].to_le_bytes());
        out.byte(u8::from(is_contents));
    }
    out.number(kept.len() as u64);
    for one in kept {
        out.bytes(&nodes.local[one.path as usize].to_le_bytes());
        out.text(&one.bytes);
    }
    out.text(&layer.texts);
    Some(out.0)
}

/// The layer that `bytes` stand for, its paths in `store`. `None` where there is no room for it, or
/// the bytes are no layer's.
pub(super) fn unpack(bytes: &[u8], store: &mut Store) -> Option<Layer> {
    let mut input = Reader(bytes);
    let Store { paths, budget } = store;
    let mut ids: Vec<PathId> = vec![ROOT];
    for _ in 0..input.number()? {
        let parent = *ids.get(input.u32()? as usize)?;
        let name = input.text()?;
        if !budget.has_room(paths.bytes() + name.len() + size_of::<File>()) {
            return None;
        }
        ids.push(paths.child(parent, name)?);
    }
    let path = |input: &mut Reader<'_>| ids.get(input.u32()? as usize).copied();

    let mut layer = Layer::default();
    let compression = input.byte()?;
    layer.compression = COMPRESSIONS.get(usize::from(compression)).copied();
    let mut digest = || {
        let is_known = input.byte()? != 0;
        let bytes: [u8; 32] = input.take(32)?.try_into().ok()?;
        Some(is_known.then(|| Digest::from_bytes(bytes)))
    };
    layer.blob_digest = digest()?;
    layer.diff_id = digest()?;
    for number in [
        &mut layer.blob_bytes,
        &mut layer.tar_bytes,
        &mut layer.entries,
        &mut layer.whiteouts,
        &mut layer.opaque,
        &mut layer.file_bytes,
        &mut layer.escapes,
    ] {
        *number = input.number()?;
    }
    layer.has_trailing_bytes = input.byte()? != 0;
    for _ in 0..input.number()? {
        layer.oddities.push(*ODDITIES.get(usize::from(input.byte()?))?);
    }

    for _ in 0..input.number()? {
        if !budget.has_room(paths.bytes() + size_of::<File>()) {
            return None;
        }
        budget.take(size_of::<File>());
        layer.files.push(File {
            path: path(&mut input)?,
            kind: *KINDS.get(usize::from(input.byte()?))?,
            mode: input.u16()?,
            uid: input.u32()?,
            gid: input.u32()?,
            size: input.number()?,
            text: (input.u32()?, input.u16()?),
            has_capability: input.byte()? != 0,
            program: match (input.byte()?, input.u16()?) {
                (1, machine) => Some(ProgramKind::Elf(machine)),
                (2, _) => Some(ProgramKind::Script),
                (3, _) => Some(ProgramKind::ScriptWithMark),
                _ => None,
            },
        });
    }
    for _ in 0..input.number()? {
        let path = path(&mut input)?;
        let is_contents = input.byte()? != 0;
        budget.take(size_of::<Removal>());
        layer.removals.push(if is_contents {
            Removal::Contents(path)
        } else {
            Removal::Path(path)
        });
    }
    for _ in 0..input.number()? {
        let path = path(&mut input)?;
        let bytes = input.text()?;
        if bytes.len() > MOST_KEPT {
            return None;
        }
        budget.take(bytes.len());
        layer.kept.push(Kept { path, bytes: bytes.to_vec() });
    }
    let texts = input.text()?;
    budget.take(texts.len());
    layer.texts = texts.to_vec();
    input.0.is_empty().then_some(layer)
}

fn folder_of(removal: Removal) -> (PathId, bool) {
    match removal {
        Removal::Path(path) => (path, false),
        Removal::Contents(path) => (path, true),
    }
}

fn index_of<T: PartialEq>(all: &[T], one: T) -> Option<u8> {
    u8::try_from(all.iter().position(|known| *known == one)?).ok()
}

/// The paths of one layer, each behind its folder.
struct Nodes<'a> {
    paths: &'a Paths,
    list: Vec<PathId>,
    /// Of every path its number in the list, from 1; 0 where it is not there, and of the root.
    local: Vec<u32>,
}

impl Nodes<'_> {
    fn new(paths: &Paths) -> Nodes<'_> {
        Nodes { paths, list: Vec::new(), local: vec![0; paths.len()] }
    }

    fn add(&mut self, path: PathId) {
        let first = self.list.len();
        let mut at = path;
        while at != ROOT && self.local[at as usize] == 0 {
            // Until its number is known, this marks it.
            self.local[at as usize] = u32::MAX;
            self.list.push(at);
            at = self.paths.parent(at);
        }
        self.list[first..].reverse();
        for (index, &id) in self.list.iter().enumerate().skip(first) {
            self.local[id as usize] = index as u32 + 1;
        }
    }
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    fn text(&mut self, text: &[u8]) {
        self.bytes(&(text.len() as u32).to_le_bytes());
        self.bytes(text);
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn number(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let count = self.u32()?;
        self.take(count as usize)
    }
}
