//! Reading of files, within the limits of a document.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use plimsoll::OpenError;
use plimsoll::text::Source;

use super::refused;
use crate::output::Problem;

/// Why a file's bytes could not be had.
pub(super) enum ReadError {
    Io(io::Error),
    Refused(OpenError),
}

impl ReadError {
    pub(super) fn problem(&self, name: &str) -> Problem {
        match self {
            ReadError::Io(error) => Problem::io(name, error),
            ReadError::Refused(error) => refused(name, error),
        }
    }
}

/// The bytes of a file. A file larger than a document may be is not read at all.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    let file = fs::File::open(path).map_err(ReadError::Io)?;
    let size = file.metadata().map_err(ReadError::Io)?.len();
    let bytes = usize::try_from(size).unwrap_or(usize::MAX);
    if bytes > Source::MAX_BYTES {
        return Err(ReadError::Refused(OpenError::TooLarge { bytes }));
    }
    read_limited(file, bytes).map_err(ReadError::Io)
}

/// Reads all, which is `expected` bytes or so: one read instead of many small ones.
pub(super) fn read_limited(reader: impl Read, expected: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected + 1);
    reader.take(Source::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All of a file or of standard input, for a credential: at most 1 MiB.
pub(crate) fn read_text(path: Option<&Path>) -> io::Result<String> {
    const MOST: u64 = 1024 * 1024;
    let mut bytes = Vec::new();
    match path.filter(|path| path.as_os_str() != "-") {
        Some(path) => fs::File::open(path)?.take(MOST).read_to_end(&mut bytes)?,
        None => io::stdin().lock().take(MOST).read_to_end(&mut bytes)?,
    };
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "this is not UTF-8"))
}
