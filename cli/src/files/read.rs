//! Reading of files, within the limits of a document.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use plimsoll::OpenError;
use plimsoll::text::{Source, text};

use super::refused;
use crate::output::Problem;

/// More bytes than this are no configuration and no credential.
const MOST_TEXT: u64 = 1024 * 1024;

/// Why a file's bytes could not be had.
pub(crate) enum ReadError {
    Io(io::Error),
    Refused(OpenError),
    /// Larger than [`MOST_TEXT`].
    TooLong,
}

impl ReadError {
    /// As an error about the file called `name`.
    pub(crate) fn problem(&self, name: &str) -> Problem {
        match self {
            ReadError::Io(error) => Problem::io(name, error),
            ReadError::Refused(error) => refused(name, error),
            ReadError::TooLong => {
                let message = text(
                    "this is larger than the {most} MiB that are read here",
                    "内容超过了此处允许的 {most} MiB",
                );
                Problem::new(name, message, text("", "")).arg("most", MOST_TEXT / (1024 * 1024))
            }
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

/// All of a file or of standard input as text, for what is never large: a configuration, a
/// credential.
pub(crate) fn read_text(path: Option<&Path>) -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    let most = MOST_TEXT + 1;
    match path.filter(|path| path.as_os_str() != "-") {
        Some(path) => fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
        None => io::stdin().lock().take(most).read_to_end(&mut bytes),
    }
    .map_err(ReadError::Io)?;
    if bytes.len() as u64 > MOST_TEXT {
        return Err(ReadError::TooLong);
    }
    plimsoll::decode(bytes).map_err(ReadError::Refused)
}
