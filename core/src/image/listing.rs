//! Which images an archive holds: what its manifests and indexes say, joined with its members.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::config::{self, ImageConfig};
use super::digest::{Digest, is_digest};
use super::media_type::LayerForm;
use super::source::{Member, by_name, follow};
use crate::text::file_name;

/// What an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Container {
    /// `docker save`, or another's of its form: `manifest.json`.
    DockerArchive,
    /// An OCI image layout: `index.json`. With a `manifest.json` beside it, it is both.
    OciLayout,
    /// `skopeo copy … dir:`.
    SkopeoDir,
    /// `docker save` before 1.10: layers without a manifest.
    LegacyDocker,
    /// A root file system: `docker export`.
    RootFileSystem,
    /// Nothing of these.
    Unknown,
}

/// An image, an attestation or another thing that is kept like one.
#[derive(Clone, Debug)]
pub struct Image {
    /// Where it is listed: `manifest.json#0`, `index.json/0/1`.
    pub listed_at: String,
    /// Its names: tags of `docker save`, annotations of an index.
    pub names: Vec<String>,
    /// What it is.
    pub kind: ImageKind,
    /// The digest of its manifest, if it has one.
    pub manifest_digest: Option<String>,
    /// The platform that the index tells.
    pub platform: Option<Platform>,
    /// The digest of its configuration as it is told; of `docker save` that of its bytes.
    pub config_digest: Option<String>,
    /// The bytes of its configuration.
    pub config_json: Option<Vec<u8>>,
    /// What its configuration says.
    pub config: Option<ImageConfig>,
    /// Its layers, the lowest first.
    pub layers: Vec<LayerRef>,
    /// Bytes of manifest and configuration.
    pub metadata_bytes: u64,
}

/// What is kept like an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageKind {
    /// Something that runs.
    Image,
    /// Statements about an image: provenance, contents.
    Attestation,
    /// Anything else: a chart, a signature. With its type.
    Artifact(String),
}

/// A platform, as an index has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Platform {
    /// `amd64`, `arm64` …
    pub architecture: String,
    /// `linux`, `windows`.
    pub os: String,
    /// `v8` …
    pub variant: Option<String>,
}

/// A layer of an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerRef {
    /// The member that holds it; `None` where it is not in the archive.
    pub member: Option<usize>,
    /// How it is named: a digest, or the path of a member.
    pub name: String,
    /// The digest that is told.
    pub digest: Option<Digest>,
    /// The size that is told.
    pub bytes: Option<u64>,
    /// The size of the member that holds it.
    pub stored: Option<u64>,
    /// The media type that is told.
    pub media_type: Option<String>,
    /// Whether it lies elsewhere by intention.
    pub is_foreign: bool,
}

impl LayerRef {
    /// What its media type says of its bytes.
    pub fn form(&self) -> LayerForm {
        LayerForm::of(self.media_type.as_deref())
    }
}

/// What is wrong with the archive's own account of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// What it is about: a member's name or a digest, as it is written.
    pub subject: String,
}

/// A kind of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// JSON that cannot be read.
    Json,
    /// Two members of one name.
    Twice,
    /// A blob that is not there.
    Missing,
    /// A digest that is none.
    Digest,
    /// A blob that has another size than is told.
    Size,
    /// A manifest or configuration whose bytes have another digest.
    DigestMismatch,
    /// Indexes nested too deep, in a circle, or too many.
    TooDeep,
    /// `manifest.json` and `index.json` tell of different images.
    ViewsDisagree,
    /// A manifest that is an index as well.
    Ambiguous,
    /// Docker's manifests of the first schema.
    Schema1,
}

impl FaultKind {
    const ALL: [(FaultKind, &'static str); 10] = [
        (FaultKind::Json, "json"),
        (FaultKind::Twice, "twice"),
        (FaultKind::Missing, "missing"),
        (FaultKind::Digest, "digest"),
        (FaultKind::Size, "size"),
        (FaultKind::DigestMismatch, "digest-mismatch"),
        (FaultKind::TooDeep, "too-deep"),
        (FaultKind::ViewsDisagree, "views-disagree"),
        (FaultKind::Ambiguous, "ambiguous"),
        (FaultKind::Schema1, "schema1"),
    ];

    /// The name in reports.
    pub fn id(self) -> &'static str {
        FaultKind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, id)| id)
    }

    /// The kind of this name.
    pub fn from_id(id: &str) -> Option<FaultKind> {
        FaultKind::ALL.iter().find(|(_, known)| *known == id).map(|(kind, _)| *kind)
    }
}

/// The images of an archive.
#[derive(Clone, Debug)]
pub struct Listing {
    /// What the archive is.
    pub container: Container,
    /// The folder that everything lies in, with a slash behind it; empty for the top.
    pub prefix: String,
    /// The images, in the order in which they are listed.
    pub images: Vec<Image>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// Members that hold blobs which no image names.
    pub unused: Vec<usize>,
    /// Bytes of those.
    pub unused_bytes: u64,
}

/// The deepest nesting of indexes, and the most manifests.
const DEEPEST: usize = 8;
const MOST_MANIFESTS: usize = 1000;

/// Reads what the JSON members of an archive list.
pub fn list(members: &[Member]) -> Listing {
    let mut names = by_name(members);
    let prefix = prefix(&names);
    if !prefix.is_empty() {
        names = names
            .into_iter()
            .filter_map(|(name, index)| Some((name.strip_prefix(prefix.as_str())?, index)))
            .collect();
    }
    let mut reader =
        Reader { members, names, listing: empty(prefix), seen: HashSet::new(), inside: Vec::new() };
    reader.read();
    reader.listing
}

fn empty(prefix: String) -> Listing {
    Listing {
        container: Container::Unknown,
        prefix,
        images: Vec::new(),
        faults: Vec::new(),
        unused: Vec::new(),
        unused_bytes: 0,
    }
}

/// The one folder that holds the manifests, where the top does not.
fn prefix(names: &HashMap<&str, usize>) -> String {
    let marks = ["manifest.json", "index.json"];
    if marks.iter().any(|mark| names.contains_key(mark)) {
        return String::new();
    }
    let mut folders: Vec<&str> = names
        .keys()
        .filter_map(|name| name.rsplit_once('/'))
        .filter(|(folder, name)| marks.contains(name) && !folder.contains('/'))
        .map(|(folder, _)| folder)
        .collect();
    folders.sort_unstable();
    folders.dedup();
    match folders[..] {
        [only] => format!("{only}/"),
        _ => String::new(),
    }
}

struct Reader<'a> {
    members: &'a [Member],
    names: HashMap<&'a str, usize>,
    listing: Listing,
    /// Digests of the manifests and indexes that were read.
    seen: HashSet<String>,
    /// Digests of the indexes that we are in.
    inside: Vec<String>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for member in self.members {
            *counts.entry(member.name.as_str()).or_default() += 1;
        }
        for name in ["manifest.json", "index.json", "oci-layout"] {
            let whole = format!("{}{name}", self.listing.prefix);
            if counts.get(whole.as_str()).is_some_and(|count| *count > 1) {
                self.fault(FaultKind::Twice, &whole);
            }
        }
        let has = |name: &str| self.names.contains_key(name);
        let (has_manifest, has_index) = (has("manifest.json"), has("index.json"));
        if has_index {
            self.listing.container = Container::OciLayout;
            self.index_json();
        }
        if has_manifest {
            if !has_index {
                self.listing.container = Container::DockerArchive;
            }
            self.manifest_json();
        }
        if !has_manifest && !has_index {
            self.listing.container = self.other();
        }
        self.unused();
    }

    /// What an archive without manifests is.
    fn other(&self) -> Container {
        let has = |name: &str| self.names.contains_key(name);
        let has_legacy = self.names.keys().any(|name| name.ends_with("/layer.tar"));
        if has("repositories") || has_legacy {
            return Container::LegacyDocker;
        }
        let top = |name: &str| self.names.keys().any(|one| one.split('/').next() == Some(name));
        match top("etc") && (top("bin") || top("usr")) {
            true => Container::RootFileSystem,
            false => Container::Unknown,
        }
    }

    fn fault(&mut self, kind: FaultKind, subject: &str) {
        let fault = Fault { kind, subject: subject.to_owned() };
        if !self.listing.faults.contains(&fault) {
            self.listing.faults.push(fault);
        }
    }

    /// The JSON of the member `name`.
    fn json(&mut self, name: &str) -> Option<(&'a [u8], Value)> {
        let index = follow(self.members, &self.names, name)?;
        let Some(bytes) = self.members.get(index)?.json.as_deref() else {
            self.fault(FaultKind::Json, name);
            return None;
        };
        match serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
            Ok(value) => Some((bytes, value)),
            Err(_) => {
                self.fault(FaultKind::Json, name);
                None
            }
        }
    }

    fn manifest_json(&mut self) {
        let Some((bytes, value)) = self.json("manifest.json") else { return };
        // One object is what `skopeo copy … dir:` writes.
        if value.is_object() && value.get("schemaVersion").is_some() {
            self.listing.container = Container::SkopeoDir;
            self.manifest(&value, bytes, "manifest.json".to_owned(), None, Vec::new());
            return;
        }
        let from_index = self.listing.images.len();
        for (index, entry) in value.as_array().into_iter().flatten().enumerate() {
            let config_name = entry.get("Config").and_then(Value::as_str).unwrap_or_default();
            let config = self.json(config_name);
            if config.is_none() {
                self.fault(FaultKind::Missing, config_name);
            }
            let config_json = config.map(|(bytes, _)| bytes.to_vec());
            let config_digest = config_json.as_deref().map(|bytes| Digest::of(bytes).to_string());
            self.check_name(config_name, config_digest.as_deref());
            let tags = texts(entry.get("RepoTags"));
            // The index tells more of the same image.
            let known = self.listing.images[..from_index]
                .iter_mut()
                .find(|image| config_digest.is_some() && image.config_digest == config_digest);
            if let Some(known) = known {
                for tag in tags {
                    if !known.names.contains(&tag) {
                        known.names.push(tag);
                    }
                }
                continue;
            }
            if from_index > 0 && config_digest.is_some() {
                self.fault(FaultKind::ViewsDisagree, config_name);
            }
            let layers = texts(entry.get("Layers")).iter().map(|name| self.layer(name)).collect();
            let parsed = config_json.as_deref().map(config::parse);
            if matches!(parsed, Some(Err(_))) {
                self.fault(FaultKind::Json, config_name);
            }
            self.listing.images.push(Image {
                listed_at: format!("manifest.json#{index}"),
                names: tags,
                kind: ImageKind::Image,
                manifest_digest: None,
                platform: None,
                config_digest,
                metadata_bytes: config_json.as_ref().map_or(0, Vec::len) as u64,
                config: parsed.and_then(Result::ok),
                config_json,
                layers,
            });
        }
    }

    /// A configuration that is named by its digest must have it.
    fn check_name(&mut self, name: &str, computed: Option<&str>) {
        let stem = file_name(name);
        let stem = stem.strip_prefix("sha256:").unwrap_or(stem);
        let stem = stem.strip_suffix(".json").unwrap_or(stem);
        if let (Some(told), Some(computed)) = (Digest::from_hex(stem), computed)
            && told.to_string() != computed
        {
            self.fault(FaultKind::DigestMismatch, name);
        }
    }

    fn layer(&mut self, name: &str) -> LayerRef {
        let member = follow(self.members, &self.names, name);
        if member.is_none() {
            self.fault(FaultKind::Missing, name);
        }
        // `blobs/sha256/<hex>` and `<hex>.tar.gz` are digests of what is stored.
        let digest = name.strip_prefix("blobs/sha256/").and_then(Digest::from_hex);
        let stored = self.stored(member);
        LayerRef { member, name: name.to_owned(), digest, stored, ..LayerRef::default() }
    }

    fn stored(&self, member: Option<usize>) -> Option<u64> {
        Some(self.members.get(member?)?.bytes)
    }

    fn index_json(&mut self) {
        let Some((_, value)) = self.json("index.json") else { return };
        self.index(&value, "index.json".to_owned(), 1);
    }

    fn index(&mut self, index: &Value, listed_at: String, depth: usize) {
        if depth > DEEPEST {
            self.fault(FaultKind::TooDeep, &listed_at);
            return;
        }
        let entries = index.get("manifests").and_then(Value::as_array);
        for (position, entry) in entries.into_iter().flatten().enumerate() {
            let listed_at = format!("{listed_at}/{position}");
            self.descriptor(entry, listed_at, depth);
        }
    }

    fn descriptor(&mut self, entry: &Value, listed_at: String, depth: usize) {
        let digest = entry.get("digest").and_then(Value::as_str).unwrap_or_default();
        if self.seen.len() >= MOST_MANIFESTS {
            self.fault(FaultKind::TooDeep, &listed_at);
            return;
        }
        let is_new = self.seen.insert(digest.to_owned());
        let Some((bytes, value)) = self.blob(digest, entry) else { return };
        let has = |key: &str| value.get(key).is_some();
        let media_type = [entry.get("mediaType"), value.get("mediaType")]
            .into_iter()
            .flatten()
            .find_map(Value::as_str)
            .unwrap_or_default();
        if has("manifests") && has("layers") {
            self.fault(FaultKind::Ambiguous, digest);
            return;
        }
        let is_index = media_type.contains("index") || media_type.contains("manifest.list");
        if has("manifests") || (is_index && !has("config")) {
            if self.inside.iter().any(|outer| outer == digest) {
                self.fault(FaultKind::TooDeep, digest);
            } else if is_new {
                self.inside.push(digest.to_owned());
                self.index(&value, listed_at, depth + 1);
                self.inside.pop();
            }
        } else if has("fsLayers") {
            self.fault(FaultKind::Schema1, digest);
        } else if is_new {
            let names = ["io.containerd.image.name", "org.opencontainers.image.ref.name"];
            let annotation = |name: &&str| entry.get("annotations")?.get(name)?.as_str();
            let names = names.iter().find_map(annotation).map(str::to_owned);
            let names = names.into_iter().collect();
            self.manifest(&value, bytes, listed_at, Some(entry), names);
        }
    }

    /// The blob that `descriptor` names, checked against what it tells.
    fn blob(&mut self, digest: &str, descriptor: &Value) -> Option<(&'a [u8], Value)> {
        if !is_digest(digest) {
            self.fault(FaultKind::Digest, digest);
            return None;
        }
        let name = blob_name(digest);
        if follow(self.members, &self.names, &name).is_none() {
            self.fault(FaultKind::Missing, digest);
            return None;
        }
        let (bytes, value) = self.json(&name)?;
        let told = descriptor.get("size").and_then(Value::as_u64);
        if told.is_some_and(|told| told != bytes.len() as u64) {
            self.fault(FaultKind::Size, digest);
        }
        if Digest::parse(digest).is_some_and(|told| told != Digest::of(bytes)) {
            self.fault(FaultKind::DigestMismatch, digest);
        }
        Some((bytes, value))
    }

    fn manifest(
        &mut self,
        manifest: &Value,
        bytes: &[u8],
        listed_at: String,
        entry: Option<&Value>,
        names: Vec<String>,
    ) {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let descriptor = manifest.get("config").cloned().unwrap_or_default();
        let config_type = text(descriptor.get("mediaType")).unwrap_or_default();
        let config_digest = text(descriptor.get("digest"));
        let platform = entry.and_then(|entry| platform(entry.get("platform")?));
        let annotation = |key: &str| entry?.get("annotations")?.get(key)?.as_str();
        let is_attestation =
            annotation("vnd.docker.reference.type") == Some("attestation-manifest");
        let artifact = text(manifest.get("artifactType"));
        let is_image_config = config_type.is_empty()
            || config_type.contains("image.config")
            || config_type.contains("container.image");
        let kind = if is_attestation {
            ImageKind::Attestation
        } else if let Some(kind) = artifact {
            ImageKind::Artifact(kind)
        } else if !is_image_config {
            ImageKind::Artifact(config_type)
        } else {
            ImageKind::Image
        };
        let config = config_digest.as_deref().and_then(|digest| self.blob(digest, &descriptor));
        let config_json = config.map(|(bytes, _)| bytes.to_vec());
        let parsed = config_json.as_deref().map(config::parse);
        if matches!(parsed, Some(Err(_))) {
            self.fault(FaultKind::Json, config_digest.as_deref().unwrap_or_default());
        }
        let layers = manifest
            .get("layers")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|layer| self.described_layer(layer))
            .collect();
        let metadata_bytes = bytes.len() + config_json.as_ref().map_or(0, Vec::len);
        self.listing.images.push(Image {
            listed_at,
            names,
            kind,
            manifest_digest: Some(Digest::of(bytes).to_string()),
            platform,
            config_digest,
            config: parsed.and_then(Result::ok),
            config_json,
            layers,
            metadata_bytes: metadata_bytes as u64,
        });
    }

    fn described_layer(&mut self, layer: &Value) -> LayerRef {
        let text = |key: &str| layer.get(key).and_then(Value::as_str).map(str::to_owned);
        let name = text("digest").unwrap_or_default();
        let media_type = text("mediaType");
        let is_foreign = layer.get("urls").is_some()
            || media_type
                .as_deref()
                .is_some_and(|kind| kind.contains("foreign") || kind.contains("nondistributable"));
        let bytes = layer.get("size").and_then(Value::as_u64);
        let mut member = None;
        if is_digest(&name) {
            // `skopeo copy … dir:` names files by the digits alone.
            let hex = name.split_once(':').map_or("", |(_, hex)| hex);
            member = follow(self.members, &self.names, &blob_name(&name))
                .or_else(|| follow(self.members, &self.names, hex));
            let found = member.and_then(|index| self.members.get(index));
            match (found, bytes) {
                (None, _) if !is_foreign => self.fault(FaultKind::Missing, &name),
                (Some(found), Some(told)) if found.bytes != told => {
                    self.fault(FaultKind::Size, &name);
                }
                _ => {}
            }
        } else {
            self.fault(FaultKind::Digest, &name);
        }
        let digest = Digest::parse(&name);
        LayerRef {
            member,
            name,
            digest,
            bytes,
            stored: self.stored(member),
            media_type,
            is_foreign,
        }
    }

    /// Blobs that nothing names.
    fn unused(&mut self) {
        let mut used: HashSet<usize> = HashSet::new();
        for image in &self.listing.images {
            used.extend(image.layers.iter().filter_map(|layer| layer.member));
            let digests = [&image.config_digest, &image.manifest_digest];
            for digest in digests.into_iter().flatten() {
                used.extend(follow(self.members, &self.names, &blob_name(digest)));
            }
        }
        for digest in &self.seen {
            used.extend(follow(self.members, &self.names, &blob_name(digest)));
        }
        let start = format!("{}blobs/", self.listing.prefix);
        let is_blob = |member: &Member| member.name.starts_with(&start) && !member.is_folder;
        self.listing.unused = self
            .members
            .iter()
            .enumerate()
            .filter(|(index, member)| is_blob(member) && !used.contains(index))
            .map(|(index, _)| index)
            .collect();
        let bytes = self.listing.unused.iter().filter_map(|&index| self.stored(Some(index)));
        self.listing.unused_bytes = bytes.fold(0, u64::saturating_add);
    }
}

fn blob_name(digest: &str) -> String {
    format!("blobs/{}", digest.replacen(':', "/", 1))
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

fn platform(value: &Value) -> Option<Platform> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(Platform {
        architecture: text("architecture")?,
        os: text("os").unwrap_or_default(),
        variant: text("variant"),
    })
}
