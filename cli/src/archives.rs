//! Image archives on disk: which paths are one, and reading them with progress.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use plimsoll::image::compression::Compression;
use plimsoll::image::facts::{DeepReading, Facts, Watch};
use plimsoll::image::layer::Layer;
use plimsoll::image::source::{MOST_JSON, Member, Source, TarArchive, looks_like_json};
use plimsoll::image::tar::is_header;

use crate::progress::Progress;

/// As many bytes tell whether something is an archive.
pub(crate) const BEGINNING: usize = 512;

/// Whether the file at `path` begins as an archive does.
pub(crate) fn is_archive(path: &Path) -> bool {
    let mut start = [0; BEGINNING];
    let Ok(read) = File::open(path).and_then(|mut file| file.read(&mut start)) else {
        return false;
    };
    begins_archive(&start[..read])
}

/// Whether what begins with `start` is an archive.
pub(crate) fn begins_archive(start: &[u8]) -> bool {
    let header = start.get(..BEGINNING).unwrap_or(start);
    Compression::of(start) != Compression::None || is_header(header)
}

/// Whether a file's name is that of an archive.
pub(crate) fn is_archive_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    [".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.zstd"].iter().any(|end| name.ends_with(end))
}

/// Whether the archive at `path` lists an image.
pub(crate) fn holds_images(path: &Path) -> bool {
    let archive = File::open(path).and_then(TarArchive::open);
    archive.is_ok_and(|archive| !Facts::quick(&archive).listing.images.is_empty())
}

/// Whether the folder is an OCI image layout.
pub(crate) fn is_layout(folder: &Path) -> bool {
    folder.join("oci-layout").is_file() && folder.join("index.json").is_file()
}

/// How far an archive is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Manifests, configurations and headers.
    Quick,
    /// All layers.
    Deep,
}

/// What is known of the archive or layout at `path`.
pub(crate) fn read(path: &Path, depth: Depth, progress: &mut Progress) -> io::Result<Facts> {
    if path.is_dir() {
        let mut folder = Folder::open(path)?;
        let paths: Vec<PathBuf> =
            folder.members.iter().map(|member| path.join(&member.name)).collect();
        let opener = |member: usize| File::open(paths.get(member).map_or(path, PathBuf::as_path));
        return read_source(&mut folder, &opener, true, depth, progress);
    }
    let mut archive = TarArchive::open(File::open(path)?)?;
    let is_plain = archive.compression() == Compression::None;
    let places: Vec<(u64, u64)> =
        archive.members().iter().map(|member| (member.offset, member.bytes)).collect();
    let opener = |member: usize| {
        let (offset, bytes) = places.get(member).copied().unwrap_or_default();
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        Ok(file.take(bytes))
    };
    read_source(&mut archive, &opener, is_plain, depth, progress)
}

/// The most threads that read layers: more would wait for the disk.
const MOST_THREADS: usize = 4;

fn read_source<R: Read>(
    source: &mut dyn Source,
    open: &(dyn Fn(usize) -> io::Result<R> + Sync),
    may_divide: bool,
    depth: Depth,
    progress: &mut Progress,
) -> io::Result<Facts> {
    if depth == Depth::Quick {
        return Ok(Facts::quick(source));
    }
    let reading = DeepReading::new(source);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(MOST_THREADS).min(reading.members().len());
    if may_divide && threads > 1 {
        let layers = divided(&reading, source.members(), open, threads, progress)?;
        // What is left out must not depend on which thread was first.
        if !DeepReading::ran_short(&layers) {
            return Ok(reading.finish(layers));
        }
    }
    Facts::deep(source, progress)
}

/// Reads the layers in `threads` threads, the largest first.
fn divided<R: Read>(
    reading: &DeepReading,
    members: &[Member],
    open: &(dyn Fn(usize) -> io::Result<R> + Sync),
    threads: usize,
    progress: &mut Progress,
) -> io::Result<BTreeMap<usize, Layer>> {
    progress.begin(reading.bytes(), reading.members().len());
    let mut order = reading.members().to_vec();
    order.sort_by_key(|&member| std::cmp::Reverse(members.get(member).map_or(0, |one| one.bytes)));
    let next = AtomicUsize::new(0);
    let progress = Mutex::new(progress);
    let tell = |tell: &mut dyn FnMut(&mut Progress) -> io::Result<()>| {
        tell(&mut progress.lock().unwrap_or_else(PoisonError::into_inner))
    };
    let work = || -> io::Result<Vec<(usize, Layer)>> {
        let mut read = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(&member) = order.get(index) else { return Ok(read) };
            tell(&mut |progress| {
                progress.layer(index);
                Ok(())
            })?;
            let mut input = open(member)?;
            let told = &mut |bytes| tell(&mut |progress| progress.progress(bytes));
            read.push((member, reading.layer(member, &mut input, told)?));
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut layers = BTreeMap::new();
        for worker in workers {
            match worker.join() {
                Ok(read) => layers.extend(read?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(layers)
    })
}

/// A folder as a source of members.
struct Folder {
    root: PathBuf,
    members: Vec<Member>,
}

/// Layouts are three folders deep.
const MOST_DEEP: usize = 8;

impl Folder {
    fn open(root: &Path) -> io::Result<Folder> {
        let mut folder = Folder { root: root.to_path_buf(), members: Vec::new() };
        folder.list(root, "", 0)?;
        Ok(folder)
    }

    fn list(&mut self, folder: &Path, prefix: &str, depth: usize) -> io::Result<()> {
        let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            // A link may lead out of the layout: it is not followed.
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < MOST_DEEP {
                self.list(&entry.path(), &format!("{name}/"), depth + 1)?;
            } else if kind.is_file() {
                let bytes = entry.metadata()?.len();
                let json = if bytes <= MOST_JSON { json(&entry.path())? } else { None };
                let (offset, link, is_folder) = (0, None, false);
                self.members.push(Member { name, bytes, offset, link, is_folder, json });
            }
        }
        Ok(())
    }
}

fn json(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    let mut start = [0; 64];
    let read = file.read(&mut start)?;
    if !looks_like_json(&start[..read]) {
        return Ok(None);
    }
    let mut bytes = start[..read].to_vec();
    file.take(MOST_JSON).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

impl Source for Folder {
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
            if let Some(member) = self.members.get(index) {
                each(index, &mut File::open(self.root.join(&member.name))?)?;
            }
        }
        Ok(())
    }
}
