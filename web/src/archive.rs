//! An image archive that the reader chose, read in the worker slice by slice: no more of it is in
//! memory than one slice.

use std::io::{self, Read, Seek, SeekFrom};

use js_sys::Uint8Array;
use plimsoll::image::facts::{Facts, Watch};
use plimsoll::image::paths::{PathId, ROOT};
use plimsoll::image::resolve::Files;
use plimsoll::image::source::TarArchive;
use plimsoll::image::tar::EntryKind;
use web_sys::FileReaderSync;

use crate::messages::{Progress, TreeEntry};

/// Reads all of the archive; `tell` is told how far it is.
pub fn read(file: &web_sys::File, tell: &dyn Fn(Progress)) -> io::Result<Facts> {
    let mut archive = TarArchive::open(Slices::new(file)?)?;
    Facts::deep(&mut archive, &mut Pace { tell, progress: Progress::default(), untold: 0 })
}

/// The bytes of a file through a window that is moved over it.
struct Slices<'a> {
    file: &'a web_sys::File,
    reader: FileReaderSync,
    length: u64,
    at: u64,
    window: Vec<u8>,
    window_at: u64,
    /// Bytes of the next window: small after a jump, larger as reading goes on.
    size: u64,
}

const LEAST: u64 = 64 * 1024;
const MOST: u64 = 4 * 1024 * 1024;

impl Slices<'_> {
    fn new(file: &web_sys::File) -> io::Result<Slices<'_>> {
        Ok(Slices {
            file,
            reader: FileReaderSync::new().map_err(|_| failed())?,
            // A size is a whole number of bytes, far below 2^53.
            length: file.size() as u64,
            at: 0,
            window: Vec::new(),
            window_at: 0,
            size: LEAST,
        })
    }

    fn fill(&mut self) -> io::Result<()> {
        let is_next = self.at == self.window_at + self.window.len() as u64;
        self.size = if is_next { (self.size * 2).min(MOST) } else { LEAST };
        let end = (self.at + self.size).min(self.length);
        let slice = self.file.slice_with_f64_and_f64(self.at as f64, end as f64);
        let slice = slice.map_err(|_| failed())?;
        let buffer = self.reader.read_as_array_buffer(&slice).map_err(|_| failed())?;
        let bytes = Uint8Array::new(&buffer);
        self.window.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut self.window);
        self.window_at = self.at;
        if self.window.is_empty() && self.at < self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}

/// The browser says no more than that it could not.
fn failed() -> io::Error {
    io::Error::other("the browser could not read the file (was it changed or moved?)")
}

impl Read for Slices<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || self.at >= self.length {
            return Ok(0);
        }
        let is_inside =
            (self.window_at..self.window_at + self.window.len() as u64).contains(&self.at);
        if !is_inside {
            self.fill()?;
        }
        // Smaller than the window, which fits in memory.
        let start = (self.at - self.window_at) as usize;
        let rest = self.window.get(start..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Slices<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Tells of every few megabytes.
struct Pace<'a> {
    tell: &'a dyn Fn(Progress),
    progress: Progress,
    untold: u64,
}

const STEP: u64 = 4 * 1024 * 1024;

impl Watch for Pace<'_> {
    fn begin(&mut self, bytes: u64, layers: usize) {
        self.progress = Progress { whole: bytes, layers, ..Progress::default() };
        (self.tell)(self.progress);
    }

    fn layer(&mut self, index: usize) {
        self.progress.layer = index + 1;
    }

    fn progress(&mut self, bytes: u64) -> io::Result<()> {
        self.progress.read += bytes;
        self.untold += bytes;
        if self.untold >= STEP {
            self.untold = 0;
            (self.tell)(self.progress);
        }
        Ok(())
    }
}

/// What lies in the folder `path` of the image at `image`, by name.
pub fn folder(facts: &Facts, image: usize, path: &str) -> Vec<TreeEntry> {
    let Some(layers) = facts.whole_layers_of(image) else { return Vec::new() };
    let Some(files) = facts.files(image, &layers) else { return Vec::new() };
    let mut here = ROOT;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let named = |id: &PathId| files.paths.shown_name(*id) == part;
        match files.paths.children(here).find(named) {
            Some(child) => here = child,
            None => return Vec::new(),
        }
    }
    let mut entries: Vec<TreeEntry> =
        files.paths.children(here).filter_map(|child| entry(files, child)).collect();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries
}

fn entry(files: Files<'_>, path: PathId) -> Option<TreeEntry> {
    let seen = files.tree.at(path, files.layers);
    let is_folder = seen.is_none_or(|seen| seen.file.kind == EntryKind::Directory);
    let bytes = match (&seen, is_folder) {
        (Some(seen), false) => seen.file.size,
        // A folder that no entry tells of is there if something is in it.
        _ => match below(files, path) {
            (0, 0) if seen.is_none() => return None,
            (_, bytes) => bytes,
        },
    };
    let kind = match seen.map(|seen| seen.file.kind) {
        None | Some(EntryKind::Directory) => "folder",
        Some(EntryKind::SymbolicLink | EntryKind::HardLink) => "link",
        Some(EntryKind::Special) => "device",
        Some(EntryKind::File) => "file",
    };
    let link = seen.filter(|_| kind == "link").and_then(|seen| {
        let layer = files.layers.get(seen.layer)?;
        Some(plimsoll::image::paths::shown(layer.text(seen.file)))
    });
    Some(TreeEntry {
        name: files.paths.shown_name(path),
        kind: kind.to_owned(),
        bytes,
        mode: seen.map(|seen| format!("{:04o}", seen.file.mode)).unwrap_or_default(),
        owner: seen.map(|seen| format!("{}:{}", seen.file.uid, seen.file.gid)).unwrap_or_default(),
        layer: seen.map(|seen| seen.layer).unwrap_or_default(),
        target: link.unwrap_or_default(),
    })
}

/// How many files lie below `path`, and their bytes.
fn below(files: Files<'_>, path: PathId) -> (u64, u64) {
    let mut todo: Vec<PathId> = files.paths.children(path).collect();
    let (mut count, mut bytes) = (0, 0);
    while let Some(path) = todo.pop() {
        if let Some(seen) = files.tree.at(path, files.layers) {
            count += 1;
            bytes += seen.file.size;
        }
        todo.extend(files.paths.children(path));
    }
    (count, bytes)
}
