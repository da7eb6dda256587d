//! An image archive that the reader chose, read in the worker slice by slice: no more of it is in
//! memory than one slice.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};

use js_sys::{Array, Uint8Array};
use plimsoll::image::compression::Compression;
use plimsoll::image::facts::{Facts, Watch};
use plimsoll::image::paths::{PathId, ROOT};
use plimsoll::image::resolve::Files;
use plimsoll::image::source::{MOST_JSON, Member, Source, TarArchive, looks_like_json};
use plimsoll::image::tar::EntryKind;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::FileReaderSync;

use crate::messages::{Progress, TreeEntry};

/// What the reader chose: handles, not bytes.
#[derive(Clone, PartialEq)]
pub enum Image {
    /// An archive, and what it is called.
    Archive(String, web_sys::File),
    /// An OCI layout: what its folder is called, and the files with their paths in it.
    Layout(String, Vec<(String, web_sys::File)>),
}

impl Image {
    /// What it is called in the project.
    pub fn name(&self) -> String {
        match self {
            Image::Archive(name, _) | Image::Layout(name, _) => name.clone(),
        }
    }

    /// How large it is.
    pub fn bytes(&self) -> u64 {
        // Sizes are whole numbers of bytes, far below 2^53.
        match self {
            Image::Archive(_, file) => file.size() as u64,
            Image::Layout(_, files) => files.iter().map(|(_, file)| file.size() as u64).sum(),
        }
    }
}

/// How far an archive is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Manifests, configurations and headers; all of it only where these cannot be had otherwise.
    Quick,
    /// All layers.
    Deep,
}

/// The part of an image's layers that one of several workers reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which worker it is, from 0: the first puts all layers together.
    pub which: usize,
    /// How many there are.
    pub workers: usize,
}

impl Share {
    /// One worker reads it all.
    pub const WHOLE: Share = Share { which: 0, workers: 1 };
}

/// What the page asks of a worker with an image.
#[derive(Clone)]
pub struct Request {
    /// The image.
    pub image: Image,
    /// How far it is to be read.
    pub depth: Depth,
    /// Which of its layers are read by whoever is asked.
    pub share: Share,
}

impl Request {
    /// As a message: whether deeply, the name, the file or a list of paths and files, which worker
    /// of how many.
    pub fn to_js(&self) -> JsValue {
        let (name, handle): (&String, JsValue) = match &self.image {
            Image::Archive(name, file) => (name, file.into()),
            Image::Layout(name, files) => {
                let pair = |(path, file): &(String, web_sys::File)| Array::of2(&path.into(), file);
                (name, files.iter().map(pair).collect::<Array>().into())
            }
        };
        // Few workers: exact as numbers of JavaScript.
        let (which, workers) = (self.share.which as f64, self.share.workers as f64);
        let is_deep = self.depth == Depth::Deep;
        Array::of5(&is_deep.into(), &name.into(), &handle, &which.into(), &workers.into()).into()
    }

    /// The request in a message, if one is.
    pub fn from_js(message: &JsValue) -> Option<Request> {
        let [is_deep, name, handle, which, workers] =
            <[JsValue; 5]>::try_from(message.dyn_ref::<Array>()?.iter().collect::<Vec<JsValue>>())
                .ok()?;
        let share = Share { which: which.as_f64()? as usize, workers: workers.as_f64()? as usize };
        let name = name.as_string()?;
        let image = match handle.dyn_into::<web_sys::File>() {
            Ok(file) => Image::Archive(name, file),
            Err(list) => {
                let files = list.dyn_ref::<Array>()?.iter().filter_map(|pair| {
                    let pair = pair.dyn_into::<Array>().ok()?;
                    Some((pair.get(0).as_string()?, pair.get(1).dyn_into().ok()?))
                });
                Image::Layout(name, files.collect())
            }
        };
        let depth = if is_deep == JsValue::TRUE { Depth::Deep } else { Depth::Quick };
        Some(Request { image, depth, share })
    }
}

/// Reads the image; `tell` is told how far it is, `looked` what the manifests tell before layers
/// are read.
pub fn read(
    request: &Request,
    tell: &dyn Fn(Progress),
    looked: &dyn Fn(&Facts),
) -> io::Result<Facts> {
    let is_listed = Cell::new(false);
    let (mut source, is_quick) = open(&request.image, Some((tell, &is_listed)))?;
    is_listed.set(true);
    if request.depth == Depth::Quick {
        let facts = Facts::quick(&*source);
        // To list a compressed archive all of it was inflated: it is as well read at once.
        if is_quick || facts.listing.images.is_empty() {
            return Ok(facts);
        }
        looked(&facts);
    }
    Facts::deep(&mut *source, &mut Pace::new(tell))
}

/// The members of `image`, and whether nothing of its layers had to be read for them. `told` is told
/// how far that is.
pub fn open<'a>(
    image: &'a Image,
    told: Option<Told<'a>>,
) -> io::Result<(Box<dyn Source + 'a>, bool)> {
    Ok(match image {
        Image::Archive(_, file) => {
            let slices = Slices { tell: told, ..Slices::new(file)? };
            let archive = TarArchive::open(slices)?;
            let is_plain = archive.compression() == Compression::None;
            (Box::new(archive), is_plain)
        }
        Image::Layout(_, files) => (Box::new(Layout::open(files)?), true),
    })
}

/// A layout in a folder, as a source of members.
struct Layout<'a> {
    files: Vec<&'a web_sys::File>,
    members: Vec<Member>,
}

impl Layout<'_> {
    fn open(files: &[(String, web_sys::File)]) -> io::Result<Layout<'_>> {
        let mut sorted: Vec<_> = files.iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut layout = Layout { files: Vec::new(), members: Vec::new() };
        for (name, file) in sorted {
            let bytes = file.size() as u64;
            let json = if bytes <= MOST_JSON { json(file)? } else { None };
            let (name, offset, link, is_folder) = (name.clone(), 0, None, false);
            layout.files.push(file);
            layout.members.push(Member { name, bytes, offset, link, is_folder, json });
        }
        Ok(layout)
    }
}

fn json(file: &web_sys::File) -> io::Result<Option<Vec<u8>>> {
    let mut slices = Slices::new(file)?;
    let mut start = [0; 64];
    let read = slices.read(&mut start)?;
    if !looks_like_json(&start[..read]) {
        return Ok(None);
    }
    let mut bytes = start[..read].to_vec();
    slices.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

impl Source for Layout<'_> {
    fn is_directory(&self) -> bool {
        true
    }

    fn members(&self) -> &[Member] {
        &self.members
    }

    fn read(
        &mut self,
        wanted: &[usize],
        each: &mut dyn FnMut(usize, &mut dyn Read) -> io::Result<()>,
    ) -> io::Result<()> {
        for &index in wanted {
            if let Some(file) = self.files.get(index) {
                each(index, &mut Slices::new(file)?)?;
            }
        }
        Ok(())
    }
}

/// Who is told how far it is, and whether they know enough.
pub type Told<'a> = (&'a dyn Fn(Progress), &'a Cell<bool>);

/// The bytes of a file through a window that is moved over it.
struct Slices<'a> {
    file: &'a web_sys::File,
    reader: FileReaderSync,
    length: u64,
    at: u64,
    window: Uint8Array,
    window_at: u64,
    /// Bytes of the next window: small after a jump, larger as reading goes on.
    size: u64,
    /// Who is told how far it is, until they no longer want to know.
    tell: Option<Told<'a>>,
    told_at: u64,
}

const LEAST: u64 = 64 * 1024;
const MOST: u64 = 16 * 1024 * 1024;

impl Slices<'_> {
    fn new(file: &web_sys::File) -> io::Result<Slices<'_>> {
        Ok(Slices {
            file,
            reader: FileReaderSync::new().map_err(|_| failed())?,
            // A size is a whole number of bytes, far below 2^53.
            length: file.size() as u64,
            at: 0,
            window: Uint8Array::new_with_length(0),
            window_at: 0,
            size: LEAST,
            tell: None,
            told_at: 0,
        })
    }

    fn fill(&mut self) -> io::Result<()> {
        let is_next = self.at == self.window_at + u64::from(self.window.length());
        self.size = if is_next { (self.size * 2).min(MOST) } else { LEAST };
        let end = (self.at + self.size).min(self.length);
        let slice = self.file.slice_with_f64_and_f64(self.at as f64, end as f64);
        let slice = slice.map_err(|_| failed())?;
        let buffer = self.reader.read_as_array_buffer(&slice).map_err(|_| failed())?;
        self.window = Uint8Array::new(&buffer);
        self.window_at = self.at;
        if let Some((tell, is_enough)) = self.tell
            && !is_enough.get()
            && self.at >= self.told_at + STEP
        {
            self.told_at = self.at;
            tell(Progress { read: self.at, whole: self.length, ..Progress::default() });
        }
        if self.window.length() == 0 && self.at < self.length {
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
            (self.window_at..self.window_at + u64::from(self.window.length())).contains(&self.at);
        if !is_inside {
            self.fill()?;
        }
        // Smaller than the window, which fits in memory.
        let start = (self.at - self.window_at) as u32;
        let rest = self.window.length() - start;
        let count = u32::try_from(buffer.len()).map_or(rest, |most| most.min(rest));
        self.window.subarray(start, start + count).copy_to(&mut buffer[..count as usize]);
        let count = count as usize;
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
pub struct Pace<'a> {
    tell: &'a dyn Fn(Progress),
    progress: Progress,
    untold: u64,
}

const STEP: u64 = 4 * 1024 * 1024;

impl<'a> Pace<'a> {
    /// Nothing told so far.
    pub fn new(tell: &'a dyn Fn(Progress)) -> Pace<'a> {
        Pace { tell, progress: Progress::default(), untold: 0 }
    }
}

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
