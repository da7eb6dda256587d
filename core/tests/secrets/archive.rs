//! Tar archives made on the spot.

/// Bytes of a header, and what bodies are padded to.
const BLOCK: usize = 512;

/// A tar archive, file by file.
#[derive(Debug, Default)]
pub(crate) struct Tar(Vec<u8>);

impl Tar {
    /// With a file more.
    #[must_use]
    pub(crate) fn file(self, name: &str, mode: u32, body: &[u8]) -> Tar {
        let Tar(mut bytes) = self;
        bytes.extend(header(name, body.len(), mode));
        bytes.extend(body);
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        Tar(bytes)
    }

    /// The whole, with the blocks that end it.
    pub(crate) fn finish(self) -> Vec<u8> {
        let Tar(mut bytes) = self;
        bytes.resize(bytes.len() + 2 * BLOCK, 0);
        bytes
    }
}

/// The header of a file, as ustar has it.
fn header(name: &str, size: usize, mode: u32) -> Vec<u8> {
    let mut block = vec![0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name.as_bytes());
    put(100, format!("{mode:07o}\0").as_bytes());
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    put(124, format!("{size:011o}\0").as_bytes());
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, b"0");
    put(257, b"ustar\x0000");
    let sum: u64 = block.iter().map(|&byte| u64::from(byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}
