//! Compressed streams: which compression it is, told by the bytes, and reading through it.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How a stream is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, one member or several.
    Gzip,
    /// Zstandard, one frame or several.
    Zstd,
    /// xz, which is not read.
    Xz,
    /// bzip2, which is not read.
    Bzip2,
}

impl Compression {
    /// Told from the first bytes of a stream (six are enough).
    pub fn of(start: &[u8]) -> Compression {
        let skippable =
            |bytes: &[u8]| matches!(bytes, [low, 0x2a, 0x4d, 0x18, ..] if low & 0xf0 == 0x50);
        match start {
            [0x1f, 0x8b, ..] => Compression::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression::Zstd,
            _ if skippable(start) => Compression::Zstd,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Compression::Xz,
            [b'B', b'Z', b'h', ..] => Compression::Bzip2,
            _ => Compression::None,
        }
    }

    /// The name in reports: `none`, `gzip`, `zstd`, `xz`, `bzip2`.
    pub const fn id(self) -> &'static str {
        match self {
            Compression::None => "none",
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Xz => "xz",
            Compression::Bzip2 => "bzip2",
        }
    }
}

/// The largest window of a Zstandard frame that is read (32 MiB): it is held in memory.
pub const MOST_WINDOW: u64 = 32 * 1024 * 1024;

/// Why a compressed stream cannot be read further. Inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
pub enum CompressionError {
    /// A frame needs a larger window than [`MOST_WINDOW`], or than the files leave room for.
    #[error("a zstd frame needs a window of {bytes} bytes, which is more than is kept of it")]
    Window {
        /// What it needs.
        bytes: u64,
    },
    /// The data is broken.
    #[error("the {} data is broken", .0.id())]
    Broken(Compression),
    /// A compression that is not read.
    #[error("{} is not read", .0.id())]
    Unsupported(Compression),
    /// Another form of a layer that is not read.
    #[error("{0} is not read")]
    Form(&'static str),
}

impl From<CompressionError> for io::Error {
    fn from(error: CompressionError) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, error)
    }
}

/// Reads what a compressed stream stands for.
pub struct Inflate<R: BufRead> {
    state: State<R>,
    compression: Compression,
    has_trailing_bytes: bool,
}

enum State<R: BufRead> {
    Plain(R),
    Gzip(Box<GzDecoder<R>>),
    Zstd(Box<FrameDecoder>, R),
    /// All is read; what follows belongs to nothing.
    Done(R),
    /// For a moment.
    Taken,
}

impl<R: BufRead> Inflate<R> {
    /// Looks at the first bytes of `input` and reads through what they tell.
    pub fn new(input: R) -> io::Result<Inflate<R>> {
        Inflate::within(input, MOST_WINDOW)
    }

    /// The same with windows of at most `window` bytes.
    pub fn within(mut input: R, window: u64) -> io::Result<Inflate<R>> {
        let compression = Compression::of(input.fill_buf()?);
        let state = match compression {
            Compression::None => State::Plain(input),
            Compression::Gzip => State::Gzip(Box::new(GzDecoder::new(input))),
            Compression::Zstd => {
                let mut decoder = FrameDecoder::new();
                decoder.set_max_window_size(window.min(MOST_WINDOW));
                next_frame(Box::new(decoder), input)?
            }
            other => return Err(CompressionError::Unsupported(other).into()),
        };
        Ok(Inflate { state, compression, has_trailing_bytes: false })
    }

    /// How the stream is compressed.
    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// Whether bytes that belong to nothing follow the compressed data; known at its end.
    pub fn has_trailing_bytes(&self) -> bool {
        self.has_trailing_bytes
    }

    /// The compressed stream, for what is left of it.
    pub fn into_inner(self) -> Option<R> {
        match self.state {
            State::Plain(input) | State::Zstd(_, input) | State::Done(input) => Some(input),
            State::Gzip(decoder) => Some(decoder.into_inner()),
            State::Taken => None,
        }
    }
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match &mut self.state {
                State::Plain(input) => return input.read(buffer),
                State::Done(_) | State::Taken => return Ok(0),
                State::Gzip(decoder) => match decoder.read(buffer)? {
                    0 => self.end_of_member()?,
                    read => return Ok(read),
                },
                State::Zstd(decoder, input) => {
                    if decoder.can_collect() == 0 && !decoder.is_finished() {
                        decoder
                            .decode_blocks(&mut *input, BlockDecodingStrategy::UptoBlocks(1))
                            .map_err(of_zstd)?;
                    }
                    match decoder.read(buffer)? {
                        0 if decoder.is_finished() => self.end_of_frame()?,
                        0 => {}
                        read => return Ok(read),
                    }
                }
            }
        }
    }
}

impl<R: BufRead> Inflate<R> {
    /// Another member may follow (pigz, eStargz); anything else is no part of the data.
    fn end_of_member(&mut self) -> io::Result<()> {
        let State::Gzip(decoder) = std::mem::replace(&mut self.state, State::Taken) else {
            return Ok(());
        };
        let mut input = decoder.into_inner();
        let rest = input.fill_buf()?;
        self.has_trailing_bytes = !rest.is_empty() && Compression::of(rest) != Compression::Gzip;
        self.state = if rest.is_empty() || self.has_trailing_bytes {
            State::Done(input)
        } else {
            State::Gzip(Box::new(GzDecoder::new(input)))
        };
        Ok(())
    }

    fn end_of_frame(&mut self) -> io::Result<()> {
        let State::Zstd(decoder, mut input) = std::mem::replace(&mut self.state, State::Taken)
        else {
            return Ok(());
        };
        let rest = input.fill_buf()?;
        self.has_trailing_bytes = !rest.is_empty() && Compression::of(rest) != Compression::Zstd;
        self.state = if rest.is_empty() || self.has_trailing_bytes {
            State::Done(input)
        } else {
            next_frame(decoder, input)?
        };
        Ok(())
    }
}

/// Begins the next frame, past those that hold no data.
fn next_frame<R: BufRead>(mut decoder: Box<FrameDecoder>, mut input: R) -> io::Result<State<R>> {
    loop {
        match decoder.reset(&mut input) {
            Ok(()) => return Ok(State::Zstd(decoder, input)),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let length = u64::from(length);
                let passed = io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
                if passed < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                if input.fill_buf()?.is_empty() {
                    return Ok(State::Done(input));
                }
            }
            Err(error) => return Err(of_zstd(error)),
        }
    }
}

/// The decoder's own words may repeat the data: ours don't.
fn of_zstd(error: FrameDecoderError) -> io::Error {
    use FrameDecoderError as Error;
    let ended = |source: &io::Error| source.kind() == io::ErrorKind::UnexpectedEof;
    match &error {
        Error::WindowSizeTooBig { requested, .. } => {
            CompressionError::Window { bytes: *requested }.into()
        }
        Error::FailedToReadChecksum(source) if ended(source) => io::ErrorKind::UnexpectedEof.into(),
        _ if format!("{error:?}").contains("UnexpectedEof") => io::ErrorKind::UnexpectedEof.into(),
        _ => CompressionError::Broken(Compression::Zstd).into(),
    }
}

/// The window, in bytes, that the data which begins with `start` needs while it is read: that of
/// its first frame; 0 where nothing is kept worth telling.
pub(super) fn window(start: &[u8]) -> u64 {
    if Compression::of(start) != Compression::Zstd {
        return 0;
    }
    // RFC 8878, 3.1.1.1: the descriptor, the window, the dictionary's id, the content's size.
    let Some(&descriptor) = start.get(4) else { return 0 };
    if descriptor & 0x20 == 0 {
        let Some(&window) = start.get(5) else { return 0 };
        let base = 1_u64 << (10 + (window >> 3));
        return base + base / 8 * u64::from(window & 7);
    }
    let id = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let size = [1, 2, 4, 8][usize::from(descriptor >> 6)];
    let bytes = start.get(5 + id..5 + id + size).unwrap_or_default();
    let content = bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    if size == 2 { content + 256 } else { content }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(data: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(data, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn read(data: &[u8]) -> (io::Result<Vec<u8>>, bool) {
        let mut inflate = match Inflate::new(data) {
            Ok(inflate) => inflate,
            Err(error) => return (Err(error), false),
        };
        let mut out = Vec::new();
        let result = inflate.read_to_end(&mut out).map(|_| out);
        (result, inflate.has_trailing_bytes())
    }

    #[test]
    fn every_compression_is_read_through() {
        let data = b"layer ".repeat(50_000);
        for stored in [data.clone(), gzip(&data), zstd(&data)] {
            assert_eq!(read(&stored).0.unwrap(), data);
        }
        assert_eq!(read(b"").0.unwrap(), b"");
    }

    #[test]
    fn the_window_is_told_by_the_frame() {
        let frame = |rest: &[u8]| [&[0x28, 0xb5, 0x2f, 0xfd][..], rest].concat();
        assert_eq!(window(&frame(&[0x00, 13 << 3])), 8 << 20);
        assert_eq!(window(&frame(&[0x04, 10 << 3 | 4])), (1 << 20) + (1 << 19));
        assert_eq!(window(&frame(&[0x20, 200])), 200);
        assert_eq!(window(&frame(&[0x61, 9, 1, 1])), 257 + 256);
        assert_eq!(window(&frame(&[])), 0);
        assert_eq!(window(b"\x1f\x8b"), 0);
    }

    #[test]
    fn members_and_frames_follow_one_another() {
        let two = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(read(&two).0.unwrap(), b"one two");
        let skipped = [&[0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..], &zstd(b"two")].concat();
        let frames = [zstd(b"one "), skipped].concat();
        assert_eq!(read(&frames).0.unwrap(), b"one two");
    }

    #[test]
    fn bytes_behind_the_data_are_noted_and_cut_data_is_an_error() {
        for stored in [gzip(b"data"), zstd(b"data")] {
            let (result, trailing) = read(&[&stored[..], b"rubbish"].concat());
            assert_eq!((result.unwrap().as_slice(), trailing), (&b"data"[..], true));
            let (result, _) = read(&stored[..stored.len() - 3]);
            assert_eq!(result.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        }
        assert!(read(b"BZh9xx").0.is_err());
    }
}
