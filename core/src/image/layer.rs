//! One layer, read in one pass: inflated, hashed and walked, with fixed buffers.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::budget::Budget;
use super::compression::{self, Compression, CompressionError, Inflate};
use super::digest::{Digest, Hashing};
use super::media_type::LayerForm;
use super::paths::{PathId, Paths, ROOT};
use super::program::{self, ProgramKind};
use super::tar::{Entry, EntryKind, Input, Oddity, Reading, TarError, Walker};

/// A file, folder or link of a layer.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Where it is.
    pub path: PathId,
    /// What it is.
    pub kind: EntryKind,
    /// Permission bits, with setuid, setgid and sticky.
    pub mode: u16,
    /// The owner's number.
    pub uid: u32,
    /// The group's number.
    pub gid: u32,
    /// Bytes that it has when it is unpacked.
    pub size: u64,
    /// Of a link its target, of a program what loads it: where it stands in the layer's texts.
    pub(super) text: (u32, u16),
    /// Whether it carries a capability.
    pub has_capability: bool,
    /// What kind of program it is, if it may be executed.
    pub program: Option<ProgramKind>,
}

/// What a layer takes away from those below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// A file or folder.
    Path(PathId),
    /// All that lay in a folder.
    Contents(PathId),
}

/// The beginning of a file that was kept for its text.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The file.
    pub path: PathId,
    /// Its first bytes, at most [`MOST_KEPT`].
    pub bytes: Vec<u8>,
}

/// What a layer holds.
#[derive(Debug, Default)]
pub struct Layer {
    /// How its bytes are compressed.
    pub compression: Option<Compression>,
    /// The digest of the bytes as they are stored.
    pub blob_digest: Option<Digest>,
    /// How many those are.
    pub blob_bytes: u64,
    /// The digest of the tar archive inside.
    pub diff_id: Option<Digest>,
    /// How many bytes that has.
    pub tar_bytes: u64,
    /// All entries of the archive, whiteouts included.
    pub entries: u64,
    /// Whiteouts of single files and folders.
    pub whiteouts: u64,
    /// Whiteouts of all that lies in a folder.
    pub opaque: u64,
    /// Bytes of all regular files, as they are unpacked.
    pub file_bytes: u64,
    /// Files, folders and links in their order; of several at one path the last counts.
    pub files: Vec<File>,
    /// What is taken away from the layers below.
    pub removals: Vec<Removal>,
    /// Files whose text is wanted.
    pub kept: Vec<Kept>,
    /// Entries whose path or target leads above the root.
    pub escapes: u64,
    /// What is odd about the archive.
    pub oddities: Vec<Oddity>,
    /// Whether bytes follow the compressed data.
    pub has_trailing_bytes: bool,
    /// Why it could not be read to its end.
    pub error: Option<LayerError>,
    /// Whether entries were left out since there are too many.
    pub is_partial: bool,
    pub(super) texts: Vec<u8>,
}

/// Why a layer could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    /// Its archive.
    #[error(transparent)]
    Tar(TarError),
    /// Its compression.
    #[error(transparent)]
    Compression(CompressionError),
    /// It ends too early.
    #[error("the layer ends at byte {bytes} of its archive")]
    Truncated {
        /// Bytes of the archive that there are.
        bytes: u64,
    },
    /// More than is read of one layer.
    #[error("the layer is larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// Reading itself failed.
    #[error(transparent)]
    Read(io::Error),
}

/// The most bytes that one layer may have when it is inflated (1 TiB): a bomb ends here.
pub const MOST_BYTES: u64 = 1 << 40;

/// The most bytes that are kept of one file.
pub const MOST_KEPT: usize = 64 * 1024;

/// The most bytes of files that are kept of one layer.
const MOST_KEPT_IN_LAYER: usize = 4 * 1024 * 1024;

/// The most folders that a path goes through.
const MOST_PARTS: usize = 512;

/// The smallest window that a zstd stream is read with, whatever its first frame tells.
const LEAST_WINDOW: u64 = 8 * 1024 * 1024;

/// What all layers of an archive fill together, one entry at a time.
#[derive(Debug, Default)]
pub struct Store {
    /// Their paths.
    pub paths: Paths,
    /// What memory there is.
    pub budget: Budget,
}

/// A [`Store`] for layers that may be read at the same time.
pub type SharedStore = Mutex<Store>;

/// The store, whatever became of others who had it.
pub(super) fn open(store: &SharedStore) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How far a layer is read, and who is told of it.
pub struct Pass<'a> {
    /// What it is; what is no tar archive is only hashed.
    pub form: LayerForm,
    /// How many bytes of it there are to be.
    pub bytes: u64,
    /// Whether a file's text is wanted, by its path.
    pub wants: &'a dyn Fn(&[u8]) -> bool,
    /// Told how many stored bytes were read since; an error ends the reading.
    pub progress: &'a mut dyn FnMut(u64) -> io::Result<()>,
}

impl Layer {
    /// Where a link leads, as it is written; of a program the path of what loads it (`#!` line,
    /// dynamic loader), empty where nothing does.
    pub fn text(&self, file: &File) -> &[u8] {
        let start = file.text.0 as usize;
        self.texts.get(start..start + usize::from(file.text.1)).unwrap_or_default()
    }

    /// Whether all of it was read and kept.
    pub fn is_whole(&self) -> bool {
        self.error.is_none() && !self.is_partial
    }

    /// The text that was kept of the file at `path`.
    pub fn kept(&self, path: PathId) -> Option<&[u8]> {
        self.kept.iter().find(|one| one.path == path).map(|one| one.bytes.as_slice())
    }

    /// Adds an entry that was not read from an archive.
    pub(crate) fn put(
        &mut self,
        entry: &Entry,
        program: Option<(ProgramKind, &[u8])>,
        kept: Option<Vec<u8>>,
        paths: &mut Paths,
    ) {
        self.entries += 1;
        let Some(path) = self.enter(entry, paths) else { return };
        if let Some((kind, loader)) = program {
            let text = self.keep_text(loader);
            if let Some(file) = self.files.last_mut() {
                (file.program, file.text) = (Some(kind), text);
            }
        }
        self.kept.extend(kept.map(|bytes| Kept { path, bytes }));
    }

    /// Reads a layer from its first stored byte to its last. Whatever is wrong with it is noted in
    /// it; only what `pass` answers ends the reading with an error.
    pub fn read(
        input: &mut dyn Read,
        store: &SharedStore,
        pass: &mut Pass<'_>,
    ) -> io::Result<Layer> {
        let mut layer = Layer::default();
        let mut interrupted = None;
        let counted = Counted { inner: input, progress: pass.progress, failed: &mut interrupted };
        let mut stored = BufReader::with_capacity(BUFFER, Hashing::new(counted));
        let window = match stored.fill_buf().map(compression::window) {
            Ok(0) | Err(_) => 0,
            Ok(window) => window.max(LEAST_WINDOW),
        };
        let window = {
            let mut store = open(store);
            let room = store.budget.left(store.paths.bytes());
            let window = usize::try_from(window).map_or(room, |window| window.min(room));
            store.budget.take(window);
            window
        };
        let outcome = match Inflate::within(&mut stored, window as u64) {
            _ if pass.form == LayerForm::Other => Ok(()),
            _ if let LayerForm::Unread(form) = pass.form => {
                Err(LayerError::Compression(CompressionError::Form(form)))
            }
            Err(error) => Err(of_io(error, 0)),
            Ok(inflate) => {
                let compression = inflate.compression();
                layer.compression = Some(compression);
                if compression == Compression::None {
                    // What is stored is the archive: one digest is enough.
                    layer.walk(Reading(inflate), store, pass.wants).map(|_| ())
                } else {
                    let hashing = Hashing::new(inflate);
                    match layer.walk(Reading(hashing), store, pass.wants) {
                        Ok(Reading(mut hashing)) => {
                            let rest = drain(&mut hashing);
                            let bytes = hashing.count();
                            let outcome = rest.map_err(|error| of_io(error, bytes));
                            let (inflate, digest, bytes) = hashing.into_parts();
                            layer.has_trailing_bytes = inflate.has_trailing_bytes();
                            layer.diff_id = outcome.is_ok().then_some(digest);
                            layer.tar_bytes = bytes;
                            outcome
                        }
                        Err(error) => Err(error),
                    }
                }
            }
        };
        open(store).budget.give_back(window);
        // The digest is of all bytes, whatever became of the archive.
        let drained = drain(&mut stored);
        let (_, digest, bytes) = stored.into_inner().into_parts();
        if let Some(error) = interrupted {
            return Err(error);
        }
        layer.blob_bytes = bytes;
        layer.blob_digest = drained.is_ok().then_some(digest);
        if pass.form == LayerForm::Other || layer.compression == Some(Compression::None) {
            layer.tar_bytes = bytes;
            layer.diff_id = layer.blob_digest;
        }
        layer.error = outcome.and(drained.map_err(LayerError::Read)).err();
        if bytes < pass.bytes {
            // The archive that it lies in breaks off: nothing can be said of the whole.
            (layer.blob_digest, layer.diff_id) = (None, None);
            layer.oddities.clear();
            layer.error.get_or_insert(LayerError::Truncated { bytes: layer.tar_bytes });
        }
        Ok(layer)
    }

    /// Walks through the archive; answers the reader where the archive is whole.
    fn walk<R: Read>(
        &mut self,
        input: Reading<R>,
        store: &SharedStore,
        wants: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Reading<R>, LayerError> {
        let mut walker = Walker::new(input);
        let outcome = self.entries(&mut walker, store, wants);
        self.oddities = walker.oddities().to_vec();
        outcome.map(|()| walker.into_inner())
    }

    fn entries<R: Input>(
        &mut self,
        walker: &mut Walker<R>,
        store: &SharedStore,
        wants: &dyn Fn(&[u8]) -> bool,
    ) -> Result<(), LayerError> {
        let mut kept = 0;
        loop {
            let at = walker.offset();
            let entry = match walker.advance() {
                Ok(Some(entry)) => entry,
                Ok(None) => return Ok(()),
                Err(TarError::Read { source, .. }) => return Err(of_io(source, at)),
                Err(error) => return Err(LayerError::Tar(error)),
            };
            if walker.offset().saturating_add(entry.stored) > MOST_BYTES {
                return Err(LayerError::TooLarge);
            }
            self.entries += 1;
            let Some((path, is_wanted)) = self.note(&entry, store, wants, kept) else { continue };
            if entry.kind != EntryKind::File || entry.stored == 0 {
                continue;
            }
            let may_run = entry.mode & 0o111 != 0;
            if !is_wanted && !may_run {
                continue;
            }
            let most = if is_wanted { MOST_KEPT } else { program::ENOUGH };
            let bytes = match begin(walker, most) {
                Ok(bytes) => bytes,
                Err(TarError::Read { source, .. }) => return Err(of_io(source, walker.offset())),
                Err(error) => return Err(LayerError::Tar(error)),
            };
            if may_run && let Some(program) = program::read(&bytes) {
                open(store).budget.take(program.loader.len());
                let text = self.keep_text(program.loader);
                if let Some(file) = self.files.last_mut() {
                    file.program = Some(program.kind);
                    file.text = text;
                }
            }
            if is_wanted {
                open(store).budget.take(bytes.len());
                kept += bytes.len();
                self.kept.retain(|one| one.path != path);
                self.kept.push(Kept { path, bytes });
            }
        }
    }

    /// Notes an entry where there is room; answers its path and whether its text is wanted, if it is
    /// a file, folder or link.
    fn note(
        &mut self,
        entry: &Entry,
        store: &SharedStore,
        wants: &dyn Fn(&[u8]) -> bool,
        kept: usize,
    ) -> Option<(PathId, bool)> {
        let mut store = open(store);
        let Store { paths, budget } = &mut *store;
        let texts = entry.path.len() * 2 + entry.link.len();
        if !budget.has_room(paths.bytes() + texts + size_of::<File>()) {
            self.is_partial = true;
            return None;
        }
        let (files, removals, texts) = (self.files.len(), self.removals.len(), self.texts.len());
        let path = self.enter(entry, paths);
        budget.take(
            (self.files.len() - files) * size_of::<File>()
                + (self.removals.len() - removals) * size_of::<Removal>()
                + (self.texts.len() - texts),
        );
        let path = path?;
        let is_file = entry.kind == EntryKind::File && entry.stored > 0;
        Some((path, is_file && kept < MOST_KEPT_IN_LAYER && wants(&paths.full(path))))
    }

    /// Notes an entry; answers its path if it is a file, folder or link.
    fn enter(&mut self, entry: &Entry, paths: &mut Paths) -> Option<PathId> {
        let (parts, escapes) = parts(&entry.path);
        self.escapes += u64::from(escapes);
        let (name, folders) = parts.split_last()?;
        let mut folder = Some(ROOT).filter(|_| folders.len() < MOST_PARTS);
        for part in folders {
            folder = folder.and_then(|folder| paths.child(folder, part));
        }
        let Some(folder) = folder else {
            self.is_partial = true;
            return None;
        };
        if let Some(removed) = name.strip_prefix(b".wh.") {
            match removed {
                b".wh..opq" => {
                    self.opaque += 1;
                    self.removals.push(Removal::Contents(folder));
                }
                // Notes of aufs to itself, and names that nothing can have.
                b"" | b"." | b".." => {}
                _ if removed.starts_with(b".wh.") => {}
                _ => {
                    self.whiteouts += 1;
                    self.removals.push(Removal::Path(paths.child(folder, removed)?));
                }
            }
            return None;
        }
        let path = paths.child(folder, name)?;
        let is_link = matches!(entry.kind, EntryKind::SymbolicLink | EntryKind::HardLink);
        let text = if is_link { self.keep_text(&entry.link) } else { (0, 0) };
        if entry.kind == EntryKind::File {
            self.file_bytes = self.file_bytes.saturating_add(entry.size);
        }
        self.files.push(File {
            path,
            kind: entry.kind,
            mode: (entry.mode & 0o7777) as u16,
            uid: u32::try_from(entry.uid).unwrap_or(u32::MAX),
            gid: u32::try_from(entry.gid).unwrap_or(u32::MAX),
            size: if entry.kind == EntryKind::File { entry.size } else { 0 },
            text,
            has_capability: entry.has_capability,
            program: None,
        });
        Some(path)
    }

    fn keep_text(&mut self, text: &[u8]) -> (u32, u16) {
        let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
        let Ok(start) = u32::try_from(self.texts.len()) else { return (0, 0) };
        self.texts.extend_from_slice(&text[..usize::from(length)]);
        (start, length)
    }
}

const BUFFER: usize = 64 * 1024;

/// The parts of a path, and whether it leads above the root on its way.
fn parts(path: &[u8]) -> (Vec<&[u8]>, bool) {
    let mut parts = Vec::new();
    let mut escapes = false;
    for part in path.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => escapes |= parts.pop().is_none(),
            part => parts.push(part),
        }
    }
    (parts, escapes)
}

/// The first bytes of the current body, at most `most`.
fn begin<R: Input>(walker: &mut Walker<R>, most: usize) -> Result<Vec<u8>, TarError> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8 * 1024];
    while bytes.len() < most {
        let wanted = buffer.len().min(most - bytes.len());
        match walker.read_body(&mut buffer[..wanted])? {
            0 => break,
            read => bytes.extend_from_slice(&buffer[..read]),
        }
    }
    Ok(bytes)
}

/// Reads to the end; at most [`MOST_BYTES`].
fn drain(input: &mut impl Read) -> io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    let mut left = MOST_BYTES;
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => left = left.saturating_sub(read as u64),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
    }
}

/// What an error of reading says of the layer, of whose archive `bytes` were read.
fn of_io(error: io::Error, bytes: u64) -> LayerError {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return LayerError::Truncated { bytes };
    }
    match error.downcast::<CompressionError>() {
        Ok(compression) => LayerError::Compression(compression),
        // flate2's own, for data that is no deflate stream or has another checksum.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) =>
        {
            LayerError::Compression(CompressionError::Broken(Compression::Gzip))
        }
        Err(error) => LayerError::Read(error),
    }
}

/// Tells of the bytes that are read, and notes when it is told to end.
struct Counted<'a, 'b> {
    inner: &'a mut dyn Read,
    progress: &'a mut dyn FnMut(u64) -> io::Result<()>,
    failed: &'b mut Option<io::Error>,
}

impl Read for Counted<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed.is_some() {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        if let Err(error) = (self.progress)(read as u64) {
            *self.failed = Some(error);
            return Ok(0);
        }
        Ok(read)
    }
}
