//! The headers of tar archives, read one after another with fixed memory: ustar, GNU, pax and v7.
//!
//! Forgives what real writers leave out (padding, end blocks) and says so; never believes a size
//! before the bytes are there. Format: POSIX.1-2017 `pax`, GNU tar's manual, and what docker, BuildKit,
//! umoci and buildah write.

use std::io::{self, Read};

use super::pax::{self, Records};

/// Bytes of a header, and what bodies are padded to.
const BLOCK: usize = 512;

/// The most bytes that a long name or a pax record list may have (1 MiB).
pub const MOST_METADATA: u64 = 1024 * 1024;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file, or a type that nobody knows.
    File,
    /// Another name of a file.
    HardLink,
    /// A symbolic link.
    SymbolicLink,
    /// A character device, a block device or a FIFO.
    Special,
    /// A folder.
    Directory,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The path as it is written.
    pub path: Vec<u8>,
    /// Where a link leads.
    pub link: Vec<u8>,
    /// What it is.
    pub kind: EntryKind,
    /// Permission bits, with setuid, setgid and sticky.
    pub mode: u32,
    /// The owner's number.
    pub uid: u64,
    /// The group's number.
    pub gid: u64,
    /// Bytes of the body in the archive.
    pub stored: u64,
    /// Bytes of the file: more than `stored` where it is sparse.
    pub size: u64,
    /// Where its first header begins in the archive.
    pub offset: u64,
    /// Where its body begins in the archive.
    pub data_offset: u64,
    /// Whether it carries a capability (`security.capability`).
    pub has_capability: bool,
}

/// What is odd about an archive without hindering its reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// It ends without the two empty blocks.
    NoEndBlocks,
    /// The last body is not padded to a whole block.
    NoPadding,
    /// Bytes other than zero follow the end.
    DataBehindEnd,
}

/// Why an archive cannot be read further.
#[derive(Debug, thiserror::Error)]
pub enum TarError {
    /// Reading itself failed.
    #[error("at byte {offset}: {source}")]
    Read {
        /// How far was read.
        offset: u64,
        /// The reader's own error.
        source: io::Error,
    },
    /// It ends inside of something.
    #[error("the archive ends at byte {offset}, where {missing} more were to come")]
    Truncated {
        /// Its length.
        offset: u64,
        /// Bytes that were announced and are not there.
        missing: u64,
    },
    /// A header whose sum is wrong.
    #[error("no tar header at byte {offset}")]
    NotAHeader {
        /// Where it would begin.
        offset: u64,
    },
    /// A number that is none, negative or larger than a file can be.
    #[error("the header at byte {offset} has no valid {field}")]
    Number {
        /// Of the header.
        offset: u64,
        /// The field.
        field: &'static str,
    },
    /// A name or list of attributes longer than [`MOST_METADATA`].
    #[error("the header at byte {offset} announces {bytes} bytes of names or attributes")]
    Metadata {
        /// Of the header.
        offset: u64,
        /// What it announces.
        bytes: u64,
    },
    /// A pax record that does not follow its grammar.
    #[error("a pax record of the header at byte {offset} is malformed")]
    Pax {
        /// Of the header.
        offset: u64,
    },
}

impl TarError {
    /// The byte of the archive that it is about.
    pub fn offset(&self) -> u64 {
        match self {
            TarError::Read { offset, .. }
            | TarError::Truncated { offset, .. }
            | TarError::NotAHeader { offset }
            | TarError::Number { offset, .. }
            | TarError::Metadata { offset, .. }
            | TarError::Pax { offset } => *offset,
        }
    }
}

/// Bytes that can be passed over.
pub trait Input: Read {
    /// Passes over `count` bytes; answers how many there were.
    fn pass(&mut self, count: u64) -> io::Result<u64>;
}

/// Passes over by reading: for bytes that are hashed or inflated on the way.
pub struct Reading<R>(pub R);

impl<R: Read> Read for Reading<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read> Input for Reading<R> {
    fn pass(&mut self, count: u64) -> io::Result<u64> {
        let mut buffer = [0; 16 * 1024];
        let mut left = count;
        while left > 0 {
            let most = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
            match self.0.read(&mut buffer[..most]) {
                Ok(0) => break,
                Ok(read) => left -= read as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(count - left)
    }
}

/// Walks through an archive.
pub struct Walker<R> {
    input: R,
    /// Bytes behind us.
    offset: u64,
    /// Of the current body: what is not read yet.
    left: u64,
    /// Behind the current body.
    padding: u64,
    /// Attributes that hold for all that follows.
    global: Records,
    oddities: Vec<Oddity>,
    is_done: bool,
}

impl<R: Input> Walker<R> {
    /// From the first byte of an archive on.
    pub fn new(input: R) -> Walker<R> {
        Walker {
            input,
            offset: 0,
            left: 0,
            padding: 0,
            global: Records::default(),
            oddities: Vec::new(),
            is_done: false,
        }
    }

    /// Bytes read or passed over so far.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What was odd so far.
    pub fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }

    /// The reader, for what follows the end.
    pub fn into_inner(self) -> R {
        self.input
    }

    /// The next entry; what is left of the last one's body is passed over. `None` at the end.
    pub fn advance(&mut self) -> Result<Option<Entry>, TarError> {
        let mut long_path: Option<Vec<u8>> = None;
        let mut long_link: Option<Vec<u8>> = None;
        let mut records = Records::default();
        let mut first = None;
        loop {
            self.finish_body()?;
            if self.is_done {
                return Ok(None);
            }
            let offset = self.offset;
            let Some(block) = self.header()? else { return Ok(None) };
            let header = Header { block: &block, offset };
            let first = *first.get_or_insert(offset);
            let kind = header.block[156];
            match kind {
                b'L' | b'K' | b'x' | b'g' => {
                    let size = header.size()?;
                    if size > MOST_METADATA {
                        return Err(TarError::Metadata { offset, bytes: size });
                    }
                    self.enter(size);
                    let body = self.body()?;
                    let name = || body.split(|&byte| byte == 0).next().unwrap_or_default().to_vec();
                    match kind {
                        b'L' => long_path = Some(name()),
                        b'K' => long_link = Some(name()),
                        _ => {
                            let read = pax::parse(&body).ok_or(TarError::Pax { offset })?;
                            if kind == b'x' { records = read } else { self.global.update(read) }
                        }
                    }
                }
                _ => {
                    let mut merged = self.global.clone();
                    merged.update(records);
                    return self.entry(&header, first, &merged, long_path, long_link).map(Some);
                }
            }
        }
    }

    fn entry(
        &mut self,
        header: &Header<'_>,
        first: u64,
        records: &Records,
        long_path: Option<Vec<u8>>,
        long_link: Option<Vec<u8>>,
    ) -> Result<Entry, TarError> {
        let offset = header.offset;
        let stored = match &records.size {
            Some(size) => number(size).ok_or(TarError::Number { offset, field: "size" })?,
            None => header.size()?,
        };
        let path = records.path.clone().or(long_path).unwrap_or_else(|| header.path());
        let link = records.link.clone().or(long_link).unwrap_or_else(|| header.field(157, 100));
        let kind = match header.block[156] {
            b'1' => EntryKind::HardLink,
            b'2' => EntryKind::SymbolicLink,
            b'3' | b'4' | b'6' => EntryKind::Special,
            b'5' => EntryKind::Directory,
            // Before there were types, a slash at the end told a folder.
            b'0' | 0 if path.ends_with(b"/") => EntryKind::Directory,
            _ => EntryKind::File,
        };
        // Links and folders have no body, whatever their header says; some old writers give a hard
        // link its file's size.
        let stored = if kind == EntryKind::File { stored } else { 0 };
        let mut size = stored;
        if header.block[156] == b'S' {
            size = header.sparse_size()?;
            self.pass_sparse_extensions(header.block[482] == 1)?;
        } else if let Some(real) = &records.sparse_size {
            size = number(real).ok_or(TarError::Number { offset, field: "real size" })?;
        }
        let own_or = |own: &Option<Vec<u8>>, at: usize, field: &'static str| match own {
            Some(own) => number(own).ok_or(TarError::Number { offset, field }),
            None => header.number(at, 8, field),
        };
        let uid = own_or(&records.uid, 108, "owner")?;
        let gid = own_or(&records.gid, 116, "group")?;
        let mode = u32::try_from(header.number(100, 8, "mode")? & 0o7777).unwrap_or_default();
        let data_offset = self.offset;
        self.enter(stored);
        Ok(Entry {
            path,
            link,
            kind,
            mode,
            uid,
            gid,
            stored,
            size,
            offset: first,
            data_offset,
            has_capability: records.has_capability,
        })
    }

    /// Reads of the current body; 0 at its end.
    pub fn read_body(&mut self, buffer: &mut [u8]) -> Result<usize, TarError> {
        let most = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        if most == 0 {
            return Ok(0);
        }
        loop {
            match self.input.read(&mut buffer[..most]) {
                Ok(0) => {
                    self.is_done = true;
                    let missing = std::mem::take(&mut self.left);
                    return Err(TarError::Truncated { offset: self.offset, missing });
                }
                Ok(read) => {
                    self.offset += read as u64;
                    self.left -= read as u64;
                    return Ok(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(self.failed(source)),
            }
        }
    }

    fn failed(&mut self, source: io::Error) -> TarError {
        self.is_done = true;
        TarError::Read { offset: self.offset, source }
    }

    fn enter(&mut self, size: u64) {
        self.left = size;
        self.padding = size.wrapping_neg() % BLOCK as u64;
    }

    /// All of the current body, which is at most [`MOST_METADATA`].
    fn body(&mut self) -> Result<Vec<u8>, TarError> {
        let mut body = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            match self.read_body(&mut buffer)? {
                0 => return Ok(body),
                read => body.extend_from_slice(&buffer[..read]),
            }
        }
    }

    fn finish_body(&mut self) -> Result<(), TarError> {
        if self.left > 0 {
            let left = self.left;
            let passed = self.input.pass(left).map_err(|source| self.failed(source))?;
            self.offset += passed;
            self.left = 0;
            if passed < left {
                self.is_done = true;
                return Err(TarError::Truncated { offset: self.offset, missing: left - passed });
            }
        }
        if self.padding > 0 {
            let passed = self.input.pass(self.padding).map_err(|source| self.failed(source))?;
            self.offset += passed;
            if passed < self.padding {
                self.is_done = true;
                self.oddities.push(Oddity::NoPadding);
            }
            self.padding = 0;
        }
        Ok(())
    }

    /// The next block, if it is a header; `None` at the end.
    fn header(&mut self) -> Result<Option<[u8; BLOCK]>, TarError> {
        let Some(block) = self.block()? else {
            self.oddities.push(Oddity::NoEndBlocks);
            return Ok(None);
        };
        if block.iter().all(|&byte| byte == 0) {
            self.is_done = true;
            match self.block()? {
                None => self.oddities.push(Oddity::NoEndBlocks),
                Some(second) if second.iter().any(|&byte| byte != 0) => {
                    self.oddities.push(Oddity::DataBehindEnd);
                }
                Some(_) => {}
            }
            return Ok(None);
        }
        let offset = self.offset - BLOCK as u64;
        if !has_right_sum(&block) {
            self.is_done = true;
            return Err(TarError::NotAHeader { offset });
        }
        Ok(Some(block))
    }

    /// The next 512 bytes; `None` where nothing is left.
    fn block(&mut self) -> Result<Option<[u8; BLOCK]>, TarError> {
        let mut block = [0; BLOCK];
        let mut filled = 0;
        while filled < BLOCK {
            match self.input.read(&mut block[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(self.failed(source)),
            }
        }
        self.offset += filled as u64;
        match filled {
            BLOCK => Ok(Some(block)),
            0 => {
                self.is_done = true;
                Ok(None)
            }
            _ => {
                self.is_done = true;
                let missing = (BLOCK - filled) as u64;
                Err(TarError::Truncated { offset: self.offset, missing })
            }
        }
    }

    /// The blocks behind an old GNU header that hold more of a sparse file's map.
    fn pass_sparse_extensions(&mut self, mut has_more: bool) -> Result<(), TarError> {
        while has_more {
            let Some(block) = self.block()? else {
                return Err(TarError::Truncated { offset: self.offset, missing: BLOCK as u64 });
            };
            has_more = block[504] == 1;
        }
        Ok(())
    }
}

struct Header<'a> {
    block: &'a [u8; BLOCK],
    offset: u64,
}

impl Header<'_> {
    /// A text field up to its first NUL.
    fn field(&self, at: usize, length: usize) -> Vec<u8> {
        let field = &self.block[at..at + length];
        field.split(|&byte| byte == 0).next().unwrap_or_default().to_vec()
    }

    fn path(&self) -> Vec<u8> {
        let name = self.field(0, 100);
        // GNU keeps other things where ustar has the prefix.
        let prefix =
            if &self.block[257..263] == b"ustar\0" { self.field(345, 155) } else { Vec::new() };
        if prefix.is_empty() { name } else { [prefix.as_slice(), b"/", &name].concat() }
    }

    fn number(&self, at: usize, length: usize, name: &'static str) -> Result<u64, TarError> {
        let field = &self.block[at..at + length];
        octal_or_binary(field).ok_or(TarError::Number { offset: self.offset, field: name })
    }

    fn size(&self) -> Result<u64, TarError> {
        self.number(124, 12, "size")
    }

    fn sparse_size(&self) -> Result<u64, TarError> {
        self.number(483, 12, "real size")
    }
}

/// Larger than any file can be (2^63-1 bytes).
const LARGEST: u64 = i64::MAX as u64;

/// A number of a header: octal digits among blanks and NULs, or base-256 with the first bit set.
fn octal_or_binary(field: &[u8]) -> Option<u64> {
    let first = *field.first()?;
    if first & 0x80 != 0 {
        // The second bit is the sign: negative sizes and owners are nonsense.
        if first & 0x40 != 0 {
            return None;
        }
        let mut value = u128::from(first & 0x3f);
        for &byte in &field[1..] {
            value = value.checked_shl(8)?.checked_add(u128::from(byte))?;
            if value > u128::from(LARGEST) {
                return None;
            }
        }
        return u64::try_from(value).ok();
    }
    let is_blank = |byte: &u8| *byte == b' ' || *byte == 0;
    let start = field.iter().position(|byte| !is_blank(byte)).unwrap_or(field.len());
    let digits = &field[start..];
    let end = digits.iter().position(is_blank).unwrap_or(digits.len());
    let mut value = 0_u64;
    for &byte in &digits[..end] {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 8)?;
        value = value.checked_mul(8)?.checked_add(u64::from(digit))?;
    }
    (value <= LARGEST).then_some(value)
}

/// A decimal number of a pax record; owners may have a fraction or a sign nowhere.
fn number(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?;
    text.parse().ok().filter(|value| *value <= LARGEST)
}

/// Whether the header's sum is right; some old writers added signed bytes.
fn has_right_sum(block: &[u8; BLOCK]) -> bool {
    let Some(told) = octal_or_binary(&block[148..156]) else { return false };
    let (mut unsigned, mut signed) = (0_u64, 0_i64);
    for (at, &byte) in block.iter().enumerate() {
        let byte = if (148..156).contains(&at) { b' ' } else { byte };
        unsigned += u64::from(byte);
        signed += i64::from(i8::from_ne_bytes([byte]));
    }
    told == unsigned || i64::try_from(told).is_ok_and(|told| told == signed)
}

/// Whether `block` (512 bytes) looks like a header.
pub fn is_header(block: &[u8]) -> bool {
    <&[u8; BLOCK]>::try_from(block)
        .is_ok_and(|block| block.iter().any(|&byte| byte != 0) && has_right_sum(block))
}

#[cfg(test)]
mod tests;
