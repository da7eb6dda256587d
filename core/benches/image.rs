//! Reading image archives, against the limit: inflating and hashing the same bytes with the same
//! crates and nothing else. Prints the ratio of both in one run.
//!
//! `PLIMSOLL_BENCH_MIB` sets the size of the archive (256).

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use divan::{Bencher, counter::BytesCount};
use flate2::write::GzEncoder;
use plimsoll::image::facts::{Facts, Unwatched};
use plimsoll::image::source::{Source, TarArchive};
use sha2::{Digest, Sha256};

fn main() {
    ratio();
    divan::main();
    let _ = fs::remove_file(&archive().path);
}

struct Archive {
    path: PathBuf,
    bytes: u64,
    /// Of each layer: where it begins, how long it is, whether it is compressed.
    layers: Vec<(u64, u64, bool)>,
}

fn archive() -> &'static Archive {
    static ARCHIVE: OnceLock<Archive> = OnceLock::new();
    ARCHIVE.get_or_init(|| make().expect("a file of the archive's size can be written"))
}

/// Layers of 1/8 each in turn: random bytes and text that compresses, plain and as gzip.
fn make() -> io::Result<Archive> {
    let size = std::env::var("PLIMSOLL_BENCH_MIB").ok().and_then(|text| text.parse().ok());
    let layer = (size.unwrap_or(256_u64) << 20) / 8;
    let path = std::env::temp_dir().join(format!("plimsoll-bench-{}.tar", std::process::id()));
    let mut file = BufWriter::new(File::create(&path)?);
    let mut names = Vec::new();
    let mut layers = Vec::new();
    for index in 0..8_u64 {
        let (is_random, is_gzip) = (index % 2 == 0, index % 4 >= 2);
        let name = format!("{index}.tar");
        let start = file.stream_position()?;
        file.write_all(&[0; 512])?;
        let body = start + 512;
        if is_gzip {
            let mut encoder = GzEncoder::new(&mut file, flate2::Compression::fast());
            write_layer(&mut encoder, index, layer, is_random)?;
            encoder.finish()?;
        } else {
            write_layer(&mut file, index, layer, is_random)?;
        }
        let bytes = file.stream_position()? - body;
        pad(&mut file, bytes)?;
        let end = file.stream_position()?;
        file.seek(SeekFrom::Start(start))?;
        file.write_all(&header(&name, bytes))?;
        file.seek(SeekFrom::Start(end))?;
        layers.push((body, bytes, is_gzip));
        names.push(format!("\"{name}\""));
    }
    let config = r#"{"architecture":"amd64","os":"linux","config":{"Cmd":["/app"]}}"#;
    let manifest = format!(r#"[{{"Config":"config.json","Layers":[{}]}}]"#, names.join(","));
    for (name, text) in [("config.json", config), ("manifest.json", &manifest)] {
        file.write_all(&header(name, text.len() as u64))?;
        file.write_all(text.as_bytes())?;
        pad(&mut file, text.len() as u64)?;
    }
    file.write_all(&[0; 1024])?;
    let bytes = file.stream_position()?;
    file.flush()?;
    Ok(Archive { path, bytes, layers })
}

/// A layer of `bytes` in files of half a mebibyte.
fn write_layer(out: &mut impl Write, seed: u64, bytes: u64, is_random: bool) -> io::Result<()> {
    const FILE: usize = 512 * 1024;
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut body = vec![0; FILE];
    for index in 0..bytes / FILE as u64 {
        for chunk in body.chunks_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let word = state.to_le_bytes();
            for (byte, random) in chunk.iter_mut().zip(word) {
                // Letters of few kinds compress to about a third.
                *byte = if is_random { random } else { b'a' + (random & 3) };
            }
        }
        out.write_all(&header(&format!("srv/{seed}/{index}"), FILE as u64))?;
        out.write_all(&body)?;
    }
    out.write_all(&[0; 1024])
}

fn pad(out: &mut impl Write, bytes: u64) -> io::Result<()> {
    out.write_all(&vec![0; (bytes.next_multiple_of(512) - bytes) as usize])
}

fn header(name: &str, size: u64) -> [u8; 512] {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    header[148..156].fill(b' ');
    header[156] = b'0';
    header[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u64 = header.iter().map(|byte| u64::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn open() -> TarArchive<File> {
    let file = File::open(&archive().path).expect("the archive is there");
    TarArchive::open(file).expect("the archive can be read")
}

fn read_deeply() -> Facts {
    Facts::deep(&mut open(), &mut Unwatched).expect("nobody ends the reading")
}

/// The limit: the digest of what is stored, and of what is inflated, of every layer.
fn inflate_and_hash() -> Vec<[u8; 32]> {
    let mut digests = Vec::new();
    let mut file = File::open(&archive().path).expect("the archive is there");
    for &(start, bytes, is_gzip) in &archive().layers {
        file.seek(SeekFrom::Start(start)).expect("a file can be sought");
        let stored = Hashed { inner: (&mut file).take(bytes), hash: Sha256::new() };
        let stored = BufReader::with_capacity(64 * 1024, stored);
        if is_gzip {
            let mut inflated =
                Hashed { inner: flate2::bufread::GzDecoder::new(stored), hash: Sha256::new() };
            drain(&mut inflated);
            digests.push(inflated.hash.finalize().into());
            let mut stored = inflated.inner.into_inner();
            drain(&mut stored);
            digests.push(stored.into_inner().hash.finalize().into());
        } else {
            let mut stored = stored;
            drain(&mut stored);
            digests.push(stored.into_inner().hash.finalize().into());
        }
    }
    digests
}

struct Hashed<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}

fn drain(input: &mut impl Read) {
    let mut buffer = vec![0; 64 * 1024];
    while input.read(&mut buffer).expect("the archive can be read") > 0 {}
}

/// The best of five of each, one after another.
fn ratio() {
    let time = |run: &dyn Fn()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    let (mut deep, mut limit) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        limit = limit.min(time(&|| drop(divan::black_box(inflate_and_hash()))));
        deep = deep.min(time(&|| drop(divan::black_box(read_deeply()))));
    }
    let quick = time(&|| drop(divan::black_box(Facts::quick(&open()))));
    let speed = archive().bytes as f64 / 1e6 / deep.as_secs_f64();
    let _ = writeln!(
        io::stdout(),
        "{} MiB: deep {deep:.2?} ({speed:.0} MB/s), inflating and hashing alone {limit:.2?}: {:.0} % of its speed; quick {quick:.2?}",
        archive().bytes >> 20,
        100.0 * limit.as_secs_f64() / deep.as_secs_f64(),
    );
}

#[divan::bench]
fn quick(bencher: Bencher<'_, '_>) {
    archive();
    bencher.bench(|| Facts::quick(&open()));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn deep(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_many::<u8>(archive().bytes as usize)).bench(read_deeply);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn inflating_and_hashing_alone(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_many::<u8>(archive().bytes as usize)).bench(inflate_and_hash);
}

#[divan::bench]
fn members(bencher: Bencher<'_, '_>) {
    archive();
    bencher.bench(|| open().members().len());
}
