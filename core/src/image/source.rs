//! Where an image's bytes come from: named members of a tar archive, or of whatever the caller has.

use std::collections::HashMap;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::compression::{self, Compression, Inflate};
use super::tar::{EntryKind, Input, Oddity, Reading, TarError, Walker, is_header};

/// The most bytes of a member that is kept as JSON (4 MiB, as containers/image has it).
pub const MOST_JSON: u64 = 4 * 1024 * 1024;

/// The most bytes of JSON that are kept in all.
const MOST_JSON_IN_ALL: u64 = 8 * 1024 * 1024;

/// The most members of an archive (each layer and each manifest is one).
const MOST_MEMBERS: usize = 100_000;

/// A file of the archive.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its path with `/`, without `./` before it.
    pub name: String,
    /// Bytes that it has.
    pub bytes: u64,
    /// Where its bytes begin, in the archive as it is read (inflated, where it is compressed).
    pub offset: u64,
    /// Where it leads, if it is a link.
    pub link: Option<String>,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its text, if it looks like JSON and is small.
    pub json: Option<Vec<u8>>,
}

impl Member {
    fn held_bytes(&self) -> usize {
        let texts = self.name.len() + self.link.as_ref().map_or(0, String::len);
        size_of::<Member>() + texts + self.json.as_ref().map_or(0, Vec::len)
    }
}

/// What gives an image's members.
pub trait Source {
    /// The members in the order in which they lie.
    fn members(&self) -> &[Member];

    /// Why the members could not be read to the last.
    fn trouble(&self) -> Option<&Trouble> {
        None
    }

    /// What is odd about the archive's end.
    fn oddities(&self) -> &[Oddity] {
        &[]
    }

    /// Bytes of memory that it takes while members are read.
    fn held_bytes(&self) -> usize {
        self.members().iter().map(Member::held_bytes).sum()
    }

    /// Whether the members are files in a folder.
    fn is_directory(&self) -> bool {
        false
    }

    /// Reads the members whose indices are `wanted` (ascending), one after another. What `each`
    /// leaves unread is passed over.
    fn read(
        &mut self,
        wanted: &[usize],
        each: &mut dyn FnMut(usize, &mut dyn Read) -> io::Result<()>,
    ) -> io::Result<()>;
}

/// What keeps an archive from being read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The byte of the archive (inflated, where it is compressed).
    pub offset: u64,
    /// What it is.
    pub kind: TroubleKind,
    /// The reader's own words.
    pub reason: String,
}

/// What is wrong with an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// It ends too early.
    Truncated,
    /// A header that cannot be.
    Malformed,
    /// Reading or inflating failed.
    Unreadable,
    /// Nothing in it.
    Empty,
    /// No tar archive, but what its first bytes tell (nothing where they don't).
    NotATar(&'static str),
    /// More members than are looked at.
    TooManyMembers,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind {
            TroubleKind::Empty => write!(f, "the file is empty"),
            TroubleKind::NotATar("") => write!(f, "this is no tar archive"),
            TroubleKind::NotATar(kind) => write!(f, "this is no tar archive but {kind}"),
            TroubleKind::TooManyMembers => write!(f, "the archive has too many members"),
            _ => write!(f, "{}", self.reason),
        }
    }
}

impl Trouble {
    fn new(offset: u64, kind: TroubleKind) -> Trouble {
        Trouble { offset, kind, reason: String::new() }
    }

    fn of(error: &TarError) -> Trouble {
        let kind = match error {
            TarError::Truncated { .. } => TroubleKind::Truncated,
            TarError::Read { source, .. } if source.kind() == io::ErrorKind::UnexpectedEof => {
                TroubleKind::Truncated
            }
            TarError::Read { .. } => TroubleKind::Unreadable,
            _ => TroubleKind::Malformed,
        };
        Trouble { offset: error.offset(), kind, reason: error.to_string() }
    }
}

/// A tar archive, plain or compressed, in something that can be read from any place.
pub struct TarArchive<R> {
    input: R,
    compression: Compression,
    members: Vec<Member>,
    trouble: Option<Trouble>,
    oddities: Vec<Oddity>,
    /// Of what the archive as a whole is compressed with.
    window: usize,
}

impl<R: Read + Seek> TarArchive<R> {
    /// Reads all headers; of a plain archive nothing else but small JSON.
    pub fn open(mut input: R) -> io::Result<TarArchive<R>> {
        let mut start = [0; 512];
        input.seek(SeekFrom::Start(0))?;
        let filled = read_full(&mut input, &mut start)?;
        input.seek(SeekFrom::Start(0))?;
        let compression = Compression::of(&start[..filled]);
        let mut archive = TarArchive {
            input,
            compression,
            members: Vec::new(),
            trouble: None,
            oddities: Vec::new(),
            window: usize::try_from(compression::window(&start[..filled])).unwrap_or(usize::MAX),
        };
        let outcome = match compression {
            Compression::None => {
                if let Some(kind) = other_than_tar(&start[..filled]) {
                    archive.trouble = Some(Trouble::new(0, kind));
                    return Ok(archive);
                }
                scan(Walker::new(Seeking(&mut archive.input)))
            }
            _ => {
                let inflate = Inflate::new(BufReader::with_capacity(BUFFER, &mut archive.input));
                let begun = inflate.and_then(|mut inflate| {
                    let filled = read_full(&mut inflate, &mut start)?;
                    Ok((inflate, &start[..filled]))
                });
                match begun {
                    Ok((inflate, start)) => match other_than_tar(start) {
                        Some(kind) => {
                            Scan { trouble: Some(Trouble::new(0, kind)), ..Scan::default() }
                        }
                        None => scan(Walker::new(Reading(start.chain(inflate)))),
                    },
                    Err(source) => Scan {
                        trouble: Some(Trouble::of(&TarError::Read { offset: 0, source })),
                        ..Scan::default()
                    },
                }
            }
        };
        archive.members = outcome.members;
        archive.oddities = outcome.oddities;
        archive.trouble = outcome.trouble;
        Ok(archive)
    }

    /// How the archive as a whole is compressed.
    pub fn compression(&self) -> Compression {
        self.compression
    }
}

const BUFFER: usize = 64 * 1024;

impl<R: Read + Seek> Source for TarArchive<R> {
    fn members(&self) -> &[Member] {
        &self.members
    }

    fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }

    fn held_bytes(&self) -> usize {
        self.members.iter().map(Member::held_bytes).fold(self.window, usize::saturating_add)
    }

    fn read(
        &mut self,
        wanted: &[usize],
        each: &mut dyn FnMut(usize, &mut dyn Read) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.compression == Compression::None {
            for &index in wanted {
                let Some(member) = self.members.get(index) else { continue };
                self.input.seek(SeekFrom::Start(member.offset))?;
                each(index, &mut self.input.by_ref().take(member.bytes))?;
            }
            return Ok(());
        }
        self.input.seek(SeekFrom::Start(0))?;
        let buffered = BufReader::with_capacity(BUFFER, &mut self.input);
        let mut inflated = Reading(Inflate::new(buffered)?);
        let mut at = 0;
        for &index in wanted {
            let Some(member) = self.members.get(index) else { continue };
            let gap = member.offset.saturating_sub(at);
            inflated.pass(gap)?;
            let mut body = (&mut inflated).take(member.bytes);
            each(index, &mut body)?;
            let left = body.limit();
            inflated.pass(left)?;
            at = member.offset + member.bytes;
        }
        Ok(())
    }
}

#[derive(Default)]
struct Scan {
    members: Vec<Member>,
    oddities: Vec<Oddity>,
    trouble: Option<Trouble>,
}

fn scan<R: Input>(mut walker: Walker<R>) -> Scan {
    let mut scan = Scan::default();
    let mut kept = 0;
    loop {
        let entry = match walker.advance() {
            Ok(Some(entry)) => entry,
            Ok(None) => break,
            Err(error) => {
                scan.trouble = Some(Trouble::of(&error));
                break;
            }
        };
        if scan.members.len() >= MOST_MEMBERS {
            scan.trouble = Some(Trouble::new(entry.offset, TroubleKind::TooManyMembers));
            break;
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let name = text(&entry.path);
        let mut member = Member {
            name: name.trim_start_matches("./").trim_end_matches('/').to_owned(),
            bytes: entry.stored,
            offset: entry.data_offset,
            link: matches!(entry.kind, EntryKind::SymbolicLink | EntryKind::HardLink)
                .then(|| text(&entry.link)),
            is_folder: entry.kind == EntryKind::Directory,
            json: None,
        };
        if entry.stored <= MOST_JSON && kept + entry.stored <= MOST_JSON_IN_ALL {
            match json(&mut walker) {
                Ok(json) => {
                    kept += json.as_ref().map_or(0, Vec::len) as u64;
                    member.json = json;
                }
                Err(error) => {
                    scan.members.push(member);
                    scan.trouble = Some(Trouble::of(&error));
                    break;
                }
            }
        }
        scan.members.push(member);
    }
    scan.oddities = walker.oddities().to_vec();
    scan
}

/// The current body, if it begins as JSON does.
fn json<R: Input>(walker: &mut Walker<R>) -> Result<Option<Vec<u8>>, TarError> {
    let mut buffer = [0; 4096];
    let mut body = Vec::new();
    loop {
        let read = walker.read_body(&mut buffer)?;
        if read == 0 {
            return Ok(Some(body).filter(|body| !body.is_empty()));
        }
        if body.is_empty() && !looks_like_json(&buffer[..read]) {
            return Ok(None);
        }
        body.extend_from_slice(&buffer[..read]);
    }
}

/// Whether the first bytes of a member may be JSON.
pub fn looks_like_json(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    start.starts_with(b"{") || start.starts_with(b"[") || start.starts_with(b"null")
}

/// What the first bytes tell, if they are of no tar archive.
fn other_than_tar(start: &[u8]) -> Option<TroubleKind> {
    if start.is_empty() {
        return Some(TroubleKind::Empty);
    }
    if is_header(start) || (start.len() == 512 && start.iter().all(|&byte| byte == 0)) {
        return None;
    }
    let text = start.trim_ascii_start();
    Some(TroubleKind::NotATar(match start {
        [b'P', b'K', 3, 4, ..] => "zip",
        [0x7f, b'E', b'L', b'F', ..] => "ELF",
        // Compressed twice.
        _ if Compression::of(start) != Compression::None => Compression::of(start).id(),
        _ if text.starts_with(b"<") => "HTML",
        _ if looks_like_json(start) => "JSON",
        _ => "",
    }))
}

/// Seeks over what is passed.
struct Seeking<'a, R>(&'a mut R);

impl<R: Read> Read for Seeking<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read + Seek> Input for Seeking<'_, R> {
    fn pass(&mut self, count: u64) -> io::Result<u64> {
        // Beyond the end nothing can be read, which a seek alone would not notice.
        let here = self.0.stream_position()?;
        let end = self.0.seek(SeekFrom::End(0))?;
        let passed = count.min(end.saturating_sub(here));
        self.0.seek(SeekFrom::Start(here + passed))?;
        Ok(passed)
    }
}

fn read_full(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The members by their names; of several with one name the first, as docker has it.
pub(super) fn by_name(members: &[Member]) -> HashMap<&str, usize> {
    let mut names = HashMap::new();
    for (index, member) in members.iter().enumerate() {
        names.entry(member.name.as_str()).or_insert(index);
    }
    names
}

/// The member at `name`, through links; `None` where they lead nowhere or in a circle.
pub(super) fn follow(
    members: &[Member],
    names: &HashMap<&str, usize>,
    name: &str,
) -> Option<usize> {
    let mut path = normal(name);
    for _ in 0..40 {
        let index = *names.get(path.as_str())?;
        let member = members.get(index)?;
        let Some(link) = &member.link else { return (!member.is_folder).then_some(index) };
        // A symbolic link leads from its own folder on, a hard link from the top.
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relative = normal(&format!("{folder}/{link}"));
        path = if names.contains_key(relative.as_str()) { relative } else { normal(link) };
    }
    None
}

/// `path` without `.`, `..` and empty parts; `..` at the top stays there.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
