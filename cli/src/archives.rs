//! Image archives on disk: which paths are one, and reading them with progress.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use plimsoll::image::compression::Compression;
use plimsoll::image::facts::Facts;
use plimsoll::image::source::{MOST_JSON, Member, Source, TarArchive, looks_like_json};
use plimsoll::image::tar::is_header;

use crate::progress::Progress;

/// Whether the file at `path` begins as an archive does.
pub(crate) fn is_archive(path: &Path) -> bool {
    let mut start = [0; 512];
    let Ok(read) = File::open(path).and_then(|mut file| file.read(&mut start)) else {
        return false;
    };
    begins_archive(&start[..read])
}

/// Whether what begins with `start` is an archive.
pub(crate) fn begins_archive(start: &[u8]) -> bool {
    let header = start.get(..512).unwrap_or(start);
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
    let mut source: Box<dyn Source> = if path.is_dir() {
        Box::new(Folder::open(path)?)
    } else {
        Box::new(TarArchive::open(File::open(path)?)?)
    };
    match depth {
        Depth::Quick => Ok(Facts::quick(&*source)),
        Depth::Deep => Facts::deep(&mut *source, progress),
    }
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
