//! An image that is described as text: what `image inspect` prints, with the files of each layer
//! beside it. Rules' examples are written so; the facts are those that an archive would give.
//!
//! A file is `{"path": "/home/run.sh", "mode": "0755", "owner": "0:0", "text": "…"}`, a link
//! `{"path": "/bin", "link": "usr/bin"}`, a folder `{"path": "/home/"}`, a program `{"path":
//! "/app", "elf": "arm64", "loader": "/lib/ld.so"}`, a whiteout `{"removed": "/root/.netrc"}`.
//! `"bytes"` gives a size; `"digest"` tells files of one content. A layer without `"files"` was not
//! read.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::image::compression::{Compression, CompressionError};
use crate::image::config;
use crate::image::digest::Digest;
use crate::image::facts::Facts;
use crate::image::layer::{Layer, LayerError};
use crate::image::listing::{
    Container, Fault, FaultKind, Image, ImageKind, LayerRef, Listing, Platform, list,
};
use crate::image::paths::Paths;
use crate::image::program::{self, ProgramKind};
use crate::image::source::{Trouble, TroubleKind};
use crate::image::tar::{Entry, EntryKind, Oddity, TarError};
use crate::image::tree::Tree;

/// The facts of the archive that `text` describes; those of an empty one where it is no JSON.
pub(super) fn facts(text: &str) -> Facts {
    let Ok(root) = serde_json::from_str::<Value>(text) else { return Facts::default() };
    let mut listing = Listing { container: container(&root), ..list(&[]) };
    listing.faults = items(&root, "faults").filter_map(fault).collect();
    let mut paths = Paths::default();
    let mut layers = BTreeMap::new();
    for image in items(&root, "images") {
        let first = layers.len();
        let mut refs = Vec::new();
        for (index, layer) in items(image, "layers").enumerate() {
            let member = (layer.get("is_present") != Some(&json!(false))).then_some(first + index);
            refs.push(layer_ref(layer, member));
            if let (Some(member), Some(_)) = (member, layer.get("files").or(layer.get("error"))) {
                layers.insert(member, read(layer, &mut paths));
            }
        }
        listing.images.push(listed(image, listing.images.len(), refs));
    }
    for blob in items(&root, "unused") {
        listing.unused.push(listing.unused.len());
        listing.unused_bytes += number(blob, "bytes").unwrap_or_default();
    }
    let trouble = root.get("trouble").map(trouble);
    let mut facts = Facts { paths, layers, trouble, is_deep: true, ..Facts::of(listing) };
    for index in 0..facts.listing.images.len() {
        let tree = facts.whole_layers_of(index).map(|layers| Tree::of(&layers, &facts.paths));
        facts.trees[index] = tree;
    }
    facts
}

fn container(root: &Value) -> Container {
    match text(root, "container") {
        Some("docker-archive") | None => Container::DockerArchive,
        Some("docker-directory") => Container::SkopeoDir,
        _ => Container::OciLayout,
    }
}

fn trouble(value: &Value) -> Trouble {
    let kind = match text(value, "kind") {
        Some("truncated") => TroubleKind::Truncated,
        _ => TroubleKind::Malformed,
    };
    let offset = number(value, "offset").unwrap_or_default();
    Trouble { offset, kind, reason: format!("byte {offset}") }
}

fn fault(fault: &Value) -> Option<Fault> {
    let kind = FaultKind::from_id(text(fault, "kind")?)?;
    Some(Fault { kind, subject: text(fault, "subject").unwrap_or_default().to_owned() })
}

fn listed(image: &Value, index: usize, layers: Vec<LayerRef>) -> Image {
    let kind = match text(image, "kind") {
        Some("attestation") => ImageKind::Attestation,
        Some("artifact") => ImageKind::Artifact(text(image, "type").unwrap_or("").to_owned()),
        _ => ImageKind::Image,
    };
    let json = configuration(image).to_string().into_bytes();
    let config = config::parse(&json).ok();
    let names = texts(image, "references");
    Image {
        listed_at: format!("manifest.json#{index}"),
        names: if names.is_empty() {
            text(image, "reference").map(str::to_owned).into_iter().collect()
        } else {
            names
        },
        kind,
        manifest_digest: text(image, "manifest_digest").map(str::to_owned),
        platform: text(image, "listed_platform").map(platform),
        config_digest: text(image, "config_digest").map(str::to_owned),
        metadata_bytes: json.len() as u64,
        config,
        config_json: Some(json),
        layers,
    }
}

/// `linux/arm64/v8`.
fn platform(text: &str) -> Platform {
    let mut parts = text.split('/').map(str::to_owned);
    Platform {
        os: parts.next().unwrap_or_default(),
        architecture: parts.next().unwrap_or_default(),
        variant: parts.next(),
    }
}

/// The names in a configuration and in a description.
const FIELDS: &[(&str, &str)] = &[
    ("Entrypoint", "entrypoint"),
    ("Cmd", "cmd"),
    ("Env", "env"),
    ("User", "user"),
    ("WorkingDir", "working_dir"),
    ("Labels", "labels"),
    ("StopSignal", "stop_signal"),
    ("OnBuild", "on_build"),
    ("Shell", "shell"),
];

/// The configuration that the image would have.
fn configuration(image: &Value) -> Value {
    let mut inner = serde_json::Map::new();
    for (name, key) in FIELDS {
        if let Some(value) = image.get(key) {
            inner.insert((*name).to_owned(), value.clone());
        }
    }
    let set = |key: &str| match image.get(key) {
        Some(Value::Array(list)) => {
            let names = list.iter().filter_map(Value::as_str);
            Value::Object(names.map(|name| (name.to_owned(), json!({}))).collect())
        }
        other => other.cloned().unwrap_or_default(),
    };
    inner.insert("ExposedPorts".to_owned(), set("exposed_ports"));
    inner.insert("Volumes".to_owned(), set("volumes"));
    if let Some(test) = image.get("healthcheck") {
        inner.insert("Healthcheck".to_owned(), json!({ "Test": test }));
    }
    let layers: Vec<&Value> = items(image, "layers").collect();
    let ids: Vec<&str> = layers.iter().map(|layer| text(layer, "diff_id").unwrap_or("")).collect();
    let mut history: Vec<Value> = layers
        .iter()
        .map(|layer| json!({ "created_by": text(layer, "history").unwrap_or("") }))
        .collect();
    let empty = texts(image, "steps").into_iter();
    history.extend(empty.map(|step| json!({ "created_by": step, "empty_layer": true })));
    json!({
        "architecture": image.get("architecture").cloned().unwrap_or_else(|| json!("amd64")),
        "os": image.get("os").cloned().unwrap_or_else(|| json!("linux")),
        "variant": image.get("variant"),
        "created": image.get("created"),
        "config": inner,
        "rootfs": { "type": "layers", "diff_ids": image.get("diff_ids").cloned().unwrap_or_else(|| json!(ids)) },
        "history": history,
    })
}

fn layer_ref(layer: &Value, member: Option<usize>) -> LayerRef {
    let name = text(layer, "blob_digest").unwrap_or("layer.tar").to_owned();
    LayerRef {
        member,
        digest: Digest::parse(&name),
        name,
        bytes: number(layer, "blob_bytes"),
        stored: number(layer, "blob_bytes").filter(|_| member.is_some()),
        media_type: text(layer, "media_type").map(str::to_owned),
        is_foreign: false,
    }
}

fn read(value: &Value, paths: &mut Paths) -> Layer {
    let computed = |key: &str| text(value, key).and_then(Digest::parse);
    let compression = match text(value, "compression") {
        Some("gzip") => Compression::Gzip,
        Some("zstd") => Compression::Zstd,
        Some("xz") => Compression::Xz,
        _ => Compression::None,
    };
    let mut layer = Layer::default();
    layer.compression = Some(compression);
    layer.blob_digest = computed("computed_digest").or_else(|| computed("blob_digest"));
    layer.blob_bytes = number(value, "blob_bytes").unwrap_or_default();
    layer.diff_id = computed("computed_diff_id").or_else(|| computed("diff_id"));
    layer.tar_bytes = number(value, "tar_bytes").unwrap_or_default();
    layer.error = text(value, "error").map(error);
    for note in texts(value, "notes") {
        match note.as_str() {
            "no-end" => layer.oddities.push(Oddity::NoEndBlocks),
            "no-padding" => layer.oddities.push(Oddity::NoPadding),
            "data-behind-end" => layer.oddities.push(Oddity::DataBehindEnd),
            "trailing-bytes" => layer.has_trailing_bytes = true,
            "partial" => layer.is_partial = true,
            _ => {}
        }
    }
    for file in items(value, "files") {
        add(&mut layer, file, paths);
    }
    layer
}

/// An error of the words that [`LayerError`] has for it.
fn error(words: &str) -> LayerError {
    if words.contains("ends at") {
        LayerError::Truncated { bytes: 0 }
    } else if words.contains("window") {
        LayerError::Compression(CompressionError::Window { bytes: 1 << 31 })
    } else if words.contains("is not read") {
        LayerError::Compression(CompressionError::Unsupported(Compression::Xz))
    } else if words.contains("broken") {
        LayerError::Compression(CompressionError::Broken(Compression::Gzip))
    } else {
        LayerError::Tar(TarError::NotAHeader { offset: 0 })
    }
}

fn add(layer: &mut Layer, file: &Value, paths: &mut Paths) {
    let removed = text(file, "removed").map(|path| match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/.wh.{name}"),
        None => format!(".wh.{path}"),
    });
    let Some(path) = removed.or_else(|| text(file, "path").map(str::to_owned)) else { return };
    let body = text(file, "text").unwrap_or_default();
    let bytes = number(file, "bytes").unwrap_or(body.len() as u64);
    let owner = text(file, "owner").unwrap_or("0:0");
    let (uid, gid) = owner.split_once(':').unwrap_or((owner, "0"));
    let link = text(file, "link").or(text(file, "hard_link")).unwrap_or_default();
    let kind = match path.as_str() {
        _ if file.get("link").is_some() => EntryKind::SymbolicLink,
        _ if file.get("hard_link").is_some() => EntryKind::HardLink,
        path if path.ends_with('/') => EntryKind::Directory,
        _ => EntryKind::File,
    };
    let mode = text(file, "mode").unwrap_or(if kind == EntryKind::File { "0644" } else { "0755" });
    let entry = Entry {
        path: path.into_bytes(),
        link: link.as_bytes().to_vec(),
        kind,
        mode: u32::from_str_radix(mode, 8).unwrap_or_default(),
        uid: uid.parse().unwrap_or_default(),
        gid: gid.parse().unwrap_or_default(),
        stored: bytes,
        size: bytes,
        offset: 0,
        data_offset: 0,
        has_capability: file.get("capability").is_some(),
    };
    let program = match text(file, "elf") {
        Some(name) => {
            let loader = text(file, "loader").unwrap_or_default();
            program::machine(name).map(|machine| (ProgramKind::Elf(machine), loader.as_bytes()))
        }
        None => program::of(body.as_bytes()),
    };
    let program = program.filter(|_| entry.mode & 0o111 != 0);
    let kept = file.get("text").map(|_| body.as_bytes().to_vec());
    layer.put(&entry, program, kept, paths);
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    items(value, key).filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

fn number(value: &Value, key: &str) -> Option<u64> {
    value.get(key)?.as_u64()
}
