//! What can be read only once: standard input, pipes and devices.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::read::{ReadError, read_limited};
use crate::archives;

/// Whether something lies at `path` that is neither a file nor a folder: it is opened once.
pub(crate) fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Names of standard input. Where it is a socket, no other way leads to it.
const STDIN: [&str; 4] = ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// The bytes of the stream at `path`; `None` where an archive comes: an archive is read in several
/// places, so it has to be a file.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, ReadError> {
    if STDIN.iter().any(|name| path.as_os_str() == *name) {
        return of_document(io::stdin().lock());
    }
    if is_socket(path) {
        return Err(ReadError::Socket);
    }
    of_document(fs::File::open(path).map_err(ReadError::Io)?)
}

#[cfg(unix)]
fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    fs::metadata(path).is_ok_and(|found| found.file_type().is_socket())
}

#[cfg(not(unix))]
fn is_socket(_: &Path) -> bool {
    false
}

fn of_document(mut reader: impl Read) -> Result<Option<Vec<u8>>, ReadError> {
    // A pipe gives what it has, however little.
    let mut start = Vec::new();
    let beginning = archives::BEGINNING as u64;
    reader.by_ref().take(beginning).read_to_end(&mut start).map_err(ReadError::Io)?;
    if archives::begins_archive(&start) {
        return Ok(None);
    }
    read_limited(start.chain(reader), 0).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes one by one, as a slow pipe does.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(buffer.len()).min(1);
            let (first, rest) = self.0.split_at(length);
            buffer[..length].copy_from_slice(first);
            self.0 = rest;
            Ok(length)
        }
    }

    #[test]
    fn an_archive_is_told_however_slowly_it_comes() {
        let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
        assert!(matches!(of_document(Slow(&gzip)), Ok(None)));
        let text = b"FROM alpine:3.20\n".repeat(100);
        assert!(matches!(of_document(Slow(&text)), Ok(Some(read)) if read == text));
    }

    #[test]
    fn what_never_ends_is_refused() {
        assert!(matches!(of_document(io::repeat(b'x')), Err(ReadError::TooLong { .. })));
    }
}
