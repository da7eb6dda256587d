//! Reading of files, within the limits of a document.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use plimsoll::OpenError;
use plimsoll::text::{Source, text};

use super::refused;
use crate::output::Problem;

/// More bytes than this are no configuration and no credential.
const MOST_TEXT: usize = 1024 * 1024;

/// Why a file's bytes could not be had.
pub(crate) enum ReadError {
    Io(io::Error),
    Refused(OpenError),
    /// Something that only programs talk through.
    Socket,
    /// Longer than what is read.
    TooLong {
        /// The most bytes that are.
        most: usize,
    },
}

impl ReadError {
    /// As an error about the file called `name`.
    pub(crate) fn problem(&self, name: &str) -> Problem {
        match self {
            ReadError::Io(error) => Problem::io(name, error),
            ReadError::Refused(error) => refused(name, error),
            ReadError::Socket => Problem::new(
                name,
                text("this is a socket, which holds no document", "这是套接字，其中没有文档"),
                text("", ""),
            ),
            ReadError::TooLong { most } => {
                let message = text(
                    "this is larger than the {most} MiB that are read here",
                    "内容超过了此处允许的 {most} MiB",
                );
                Problem::new(name, message, text("", "")).arg("most", most / (1024 * 1024))
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
    read_limited(file, bytes)
}

/// Reads all of a document, which is `expected` bytes or so: one read instead of many small ones.
pub(super) fn read_limited(reader: impl Read, expected: usize) -> Result<Vec<u8>, ReadError> {
    read_at_most(reader, expected, Source::MAX_BYTES)
}

/// All of a file or of standard input as text, for what is never large: a configuration, a
/// credential.
pub(crate) fn read_text(path: Option<&Path>) -> Result<String, ReadError> {
    let bytes = match path.filter(|path| path.as_os_str() != "-") {
        Some(path) => read_at_most(fs::File::open(path).map_err(ReadError::Io)?, 0, MOST_TEXT)?,
        None => read_at_most(io::stdin().lock(), 0, MOST_TEXT)?,
    };
    plimsoll::decode(bytes).map_err(ReadError::Refused)
}

/// Reads all, or says that there are more than `most` bytes: nothing is ever cut.
fn read_at_most(reader: impl Read, expected: usize, most: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::with_capacity(expected + 1);
    let read = reader.take(most as u64 + 1).read_to_end(&mut bytes);
    read.map_err(ReadError::Io)?;
    if bytes.len() > most { Err(ReadError::TooLong { most }) } else { Ok(bytes) }
}
