//! How large a server sends a file that it has compressed once, as well as brotli can.
//!
//! A package of its own, since it is generic code: compiled into a caller that is not optimised it
//! takes a minute instead of seconds.
#![forbid(unsafe_code)]

use std::io::{self, Write};

const BUFFER: usize = 1 << 16;
const QUALITY: u32 = 11;
const WINDOW: u32 = 22;

/// The number of bytes that `bytes` are compressed to.
pub fn brotli_size(bytes: &[u8]) -> io::Result<usize> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    writer.write_all(bytes)?;
    Ok(writer.into_inner().len())
}

#[cfg(test)]
mod tests {
    use super::brotli_size;

    #[test]
    fn what_repeats_itself_is_sent_shorter() {
        assert!(brotli_size(&[b'a'; 10_000]).unwrap() < 100);
        assert!(brotli_size(b"").unwrap() < 10);
    }
}
