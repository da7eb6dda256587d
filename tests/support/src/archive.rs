//! Image archives made on the spot.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

/// Bytes of a tar header, and what bodies are padded to.
const BLOCK: usize = 512;

/// The header of an entry, as ustar has it.
pub fn header(name: &str, size: u64, mode: u32, kind: u8, link: &str) -> Vec<u8> {
    let mut block = vec![0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name.as_bytes());
    put(100, format!("{mode:07o}\0").as_bytes());
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    // Beyond eight gibibytes octal digits do not reach.
    put(124, format!("{size:011o}\0").as_bytes());
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, &[kind]);
    put(157, link.as_bytes());
    put(257, b"ustar\x0000");
    let sum: u64 = block.iter().map(|&byte| u64::from(byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

/// A tar archive, entry by entry.
#[derive(Debug, Default)]
pub struct Tar(Vec<u8>);

impl Tar {
    /// With a file more.
    #[must_use]
    pub fn file(self, name: &str, mode: u32, body: &[u8]) -> Tar {
        let Tar(mut bytes) = self;
        bytes.extend(header(name, body.len() as u64, mode, b'0', ""));
        bytes.extend(body);
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        Tar(bytes)
    }

    /// With a folder, link or device more.
    #[must_use]
    pub fn entry(self, name: &str, mode: u32, kind: u8, link: &str) -> Tar {
        let Tar(mut bytes) = self;
        bytes.extend(header(name, 0, mode, kind, link));
        Tar(bytes)
    }

    /// The whole, with the blocks that end it.
    pub fn finish(self) -> Vec<u8> {
        let Tar(mut bytes) = self;
        bytes.resize(bytes.len() + 2 * BLOCK, 0);
        bytes
    }
}

/// gzip of `bytes`.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory takes bytes");
    encoder.finish().expect("memory takes bytes")
}

/// `docker save` output of an image with `config` (what is inside `config` of the configuration)
/// and these layers, each a tar archive, compressed or not.
pub fn docker_save(config: &str, layers: &[Vec<u8>]) -> Vec<u8> {
    let ids: Vec<String> = layers.iter().map(|layer| format!("\"{}\"", diff_id(layer))).collect();
    let config = format!(
        r#"{{"architecture":"amd64","os":"linux","config":{config},"rootfs":{{"type":"layers","diff_ids":[{}]}}}}"#,
        ids.join(",")
    );
    let name = format!("{}.json", sha256(config.as_bytes()));
    let mut tar = Tar::default();
    let mut names = Vec::new();
    for (index, layer) in layers.iter().enumerate() {
        let name = format!("{index}/layer.tar");
        tar = tar.file(&name, 0o644, layer);
        names.push(format!("\"{name}\""));
    }
    let manifest =
        format!(r#"[{{"Config":"{name}","RepoTags":["app:1.0"],"Layers":[{}]}}]"#, names.join(","));
    tar.file(&name, 0o644, config.as_bytes())
        .file("manifest.json", 0o644, manifest.as_bytes())
        .finish()
}

/// The digest in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn diff_id(layer: &[u8]) -> String {
    use std::io::Read;
    let mut bytes = Vec::new();
    if layer.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(layer).read_to_end(&mut bytes).expect("our own gzip");
    } else {
        bytes.extend(layer);
    }
    format!("sha256:{}", sha256(&bytes))
}

/// A small image that serves on 8080 and starts `/home/run.sh`.
pub fn example() -> Vec<u8> {
    let layer = Tar::default()
        .entry("home/", 0o755, b'5', "")
        .file("home/run.sh", 0o755, b"#!/bin/sh\nexec gunicorn -b 0.0.0.0:8080 app:app\n")
        .finish();
    let config = r#"{"Cmd":["/home/run.sh"],"ExposedPorts":{"8080/tcp":{}},"Env":["A=b"]}"#;
    docker_save(config, &[gzip(&layer)])
}

/// The example as an OCI layout: path in its folder, and bytes.
pub fn layout() -> Vec<(String, Vec<u8>)> {
    let layer = Tar::default()
        .entry("home/", 0o755, b'5', "")
        .file("home/run.sh", 0o755, b"#!/bin/sh\nexec gunicorn -b 0.0.0.0:8080 app:app\n")
        .finish();
    let id = format!("sha256:{}", sha256(&layer));
    let layer = gzip(&layer);
    let config = format!(
        r#"{{"architecture":"amd64","os":"linux","config":{{"Cmd":["/home/run.sh"],"ExposedPorts":{{"8080/tcp":{{}}}}}},"rootfs":{{"type":"layers","diff_ids":["{id}"]}}}}"#
    );
    let descriptor = |kind: &str, bytes: &[u8]| {
        let (digest, size) = (sha256(bytes), bytes.len());
        format!(
            r#"{{"mediaType":"application/vnd.oci.image.{kind}","digest":"sha256:{digest}","size":{size}}}"#
        )
    };
    let manifest = format!(
        r#"{{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{},"layers":[{}]}}"#,
        descriptor("config.v1+json", config.as_bytes()),
        descriptor("layer.v1.tar+gzip", &layer),
    );
    let index = format!(
        r#"{{"schemaVersion":2,"manifests":[{}]}}"#,
        descriptor("manifest.v1+json", manifest.as_bytes())
    );
    let mut files = vec![
        ("oci-layout".to_owned(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec()),
        ("index.json".to_owned(), index.into_bytes()),
    ];
    for blob in [layer, config.into_bytes(), manifest.into_bytes()] {
        files.push((format!("blobs/sha256/{}", sha256(&blob)), blob));
    }
    files
}

/// An image with files that later layers replace and remove.
pub fn wasteful() -> Vec<u8> {
    let noise = |bytes: usize| (0..bytes).map(|at| (at * 31 % 251) as u8).collect::<Vec<u8>>();
    let base = Tar::default()
        .entry("etc/", 0o755, b'5', "")
        .file("etc/passwd", 0o644, b"root:x:0:0:root:/root:/bin/sh\n")
        .entry("bin/", 0o755, b'5', "")
        .file("bin/sh", 0o755, b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0")
        .finish();
    let model = Tar::default()
        .entry("models/", 0o755, b'5', "")
        .file("models/model.tar", 0o644, &noise(3_000_000))
        .file("models/vocabulary.txt", 0o644, &noise(400_000))
        .finish();
    let code = Tar::default()
        .entry("home/", 0o755, b'5', "")
        .file("home/run.sh", 0o755, b"#!/bin/sh\nexec gunicorn -b 0.0.0.0:8080 app:app\n")
        .file("models/model.bin", 0o644, &noise(3_100_000))
        .file("models/vocabulary.txt", 0o600, &noise(400_000))
        .file("models/.wh.model.tar", 0o644, b"")
        .finish();
    let config = r#"{"Cmd":["/bin/sh","/home/run.sh"],"Env":["PATH=/bin","PORT=8080"],"ExposedPorts":{"8080/tcp":{}},"WorkingDir":"/home"}"#;
    docker_save(config, &[base, model, code])
}

/// Three gibibytes: more than the memory of WebAssembly can hold beside anything else.
pub const LARGE: u64 = 3 << 30;

/// Writes `docker save` output of an image whose one layer holds one file of [`LARGE`] zero bytes.
/// The disk keeps none of them.
pub fn write_large(path: &Path) -> io::Result<()> {
    let (head, tail) = around_a_file_of(LARGE);
    let mut file = File::create(path)?;
    file.write_all(&head)?;
    file.seek(SeekFrom::Current(LARGE as i64))?;
    file.write_all(&tail)
}

/// What stands before the bytes of the file, of a size that is a multiple of 512, and behind them.
fn around_a_file_of(size: u64) -> (Vec<u8>, Vec<u8>) {
    // The layer's digest is not known, and none is told.
    let config = r#"{"architecture":"amd64","os":"linux","config":{"Cmd":["/model"]}}"#;
    let manifest = r#"[{"Config":"config.json","RepoTags":["large:1"],"Layers":["layer.tar"]}]"#;
    let inner = header("model", size, 0o644, b'0', "");
    let end = vec![0; 2 * BLOCK];
    let layer = inner.len() as u64 + size + end.len() as u64;
    let head = [
        Tar::default()
            .file("config.json", 0o644, config.as_bytes())
            .file("manifest.json", 0o644, manifest.as_bytes())
            .0,
        header("layer.tar", layer, 0o644, b'0', ""),
        inner,
    ]
    .concat();
    (head, [end.clone(), end].concat())
}
