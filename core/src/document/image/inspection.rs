//! What `image inspect` tells of an archive, with what may be a credential covered: the wire type
//! of every front.

use serde::{Deserialize, Serialize};

use super::covered::Cover;
use crate::image::config::ImageConfig;
use crate::image::facts::Facts;
use crate::image::layer::Layer;
use crate::image::listing::{Container, Image, ImageKind, LayerRef};
use crate::image::paths::shown;
use crate::image::tree::Tree;
use crate::text::file_name;

/// An archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// The version of this form: 1.
    pub version: u32,
    /// The archive's path.
    pub path: String,
    /// `docker-archive`, `oci-archive`, `oci-directory`, `docker-directory`, `none`.
    pub container: String,
    /// What it holds, in the order in which it is listed.
    pub images: Vec<InspectedImage>,
    /// What is wrong with its own account of itself.
    #[serde(default)]
    pub faults: Vec<InspectedFault>,
    /// Why it could not be read to its end.
    #[serde(default)]
    pub error: Option<String>,
}

/// Something that is wrong with an archive's manifests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedFault {
    /// `json`, `twice`, `missing`, `digest`, `size`, `digest-mismatch`, `too-deep`,
    /// `views-disagree`, `ambiguous`, `schema1`.
    pub kind: String,
    /// The member or digest that it is about.
    pub subject: String,
}

/// An image; what needs its layers is `None` after a quick look or where they cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedImage {
    /// `image`, `attestation` or `artifact`.
    pub kind: String,
    /// Its first name.
    pub reference: Option<String>,
    /// All its names.
    pub references: Vec<String>,
    /// The digest of its manifest.
    pub manifest_digest: Option<String>,
    /// The digest of its configuration: the image's id.
    pub config_digest: Option<String>,
    /// `amd64`, `arm64` …
    pub architecture: Option<String>,
    /// `linux`, `windows`.
    pub os: Option<String>,
    /// `v8` …
    pub variant: Option<String>,
    /// When it was made.
    pub created: Option<String>,
    /// `Entrypoint`.
    pub entrypoint: Vec<String>,
    /// `Cmd`.
    pub cmd: Vec<String>,
    /// `Env`.
    pub env: Vec<String>,
    /// `ExposedPorts`.
    pub exposed_ports: Vec<String>,
    /// `User`.
    pub user: String,
    /// `WorkingDir`.
    pub working_dir: String,
    /// `Labels`.
    pub labels: std::collections::BTreeMap<String, String>,
    /// `StopSignal`.
    pub stop_signal: Option<String>,
    /// `Healthcheck.Test`.
    pub healthcheck: Option<Vec<String>>,
    /// `OnBuild`.
    pub on_build: Option<Vec<String>>,
    /// `Shell`.
    pub shell: Option<Vec<String>>,
    /// `Volumes`.
    pub volumes: Vec<String>,
    /// The steps that made no layer.
    #[serde(default)]
    pub steps: Vec<String>,
    /// The layers, the lowest first.
    pub layers: Vec<InspectedLayer>,
    /// Bytes that a registry stores: layers as they are here, manifest and configuration.
    pub compressed_bytes: Option<u64>,
    /// Bytes of all layers' archives, inflated.
    pub unpacked_bytes: Option<u64>,
    /// Bytes of the files that the container sees.
    pub visible_bytes: Option<u64>,
    /// Bytes of files that are stored but hidden by later layers.
    pub hidden_bytes: Option<u64>,
    /// The largest files that are stored in vain, at most 20, the largest first.
    #[serde(default)]
    pub waste: Option<Vec<InspectedWaste>>,
    /// Whether every layer is the one that the configuration names.
    pub diff_ids_match: Option<bool>,
    /// The shell scripts that it starts; `None` where its files are not known.
    #[serde(default)]
    pub scripts: Option<Vec<InspectedScript>>,
}

/// A file that is stored but hidden by a later entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedWaste {
    /// Where it lies.
    pub path: String,
    /// Its bytes.
    pub bytes: u64,
    /// The layer that stores it, from 0.
    pub layer: usize,
    /// The layer that hides it; the same one where it holds the file twice.
    pub hidden_by: usize,
    /// Whether it was removed rather than replaced.
    pub is_removed: bool,
}

/// The most hidden files that an inspection tells of.
const MOST_WASTE: usize = 20;

/// A shell script that an image starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedScript {
    /// Where it lies.
    pub path: String,
    /// The beginning of its text.
    pub text: String,
}

/// A layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedLayer {
    /// The digest of its bytes as they are stored: computed, else as it is told.
    pub blob_digest: Option<String>,
    /// How many those are.
    pub blob_bytes: Option<u64>,
    /// `none`, `gzip`, `zstd`, `xz`, `bzip2`.
    pub compression: Option<String>,
    /// The digest of its archive: computed, else as it is told.
    pub diff_id: Option<String>,
    /// Bytes of its archive.
    pub tar_bytes: Option<u64>,
    /// Bytes of its regular files.
    #[serde(default)]
    pub file_bytes: Option<u64>,
    /// How many of those the container does not see, since a later entry hides them.
    #[serde(default)]
    pub hidden_bytes: Option<u64>,
    /// Entries of its archive.
    pub entries: Option<u64>,
    /// Files and folders that it removes.
    pub whiteouts: Option<u64>,
    /// Whether it is in the archive.
    pub is_present: bool,
    /// The step that made it.
    pub history: Option<String>,
    /// Why it could not be read to its end.
    pub error: Option<String>,
}

impl Inspection {
    /// The JSON that `image inspect` prints.
    pub fn to_json(&self) -> String {
        // Nothing in it can fail to be written.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{json}\n")
    }

    /// Of the archive at `path`, with what may be a credential covered.
    pub fn of(path: &str, facts: &Facts) -> Inspection {
        Inspection::covered(path, facts, &mut Cover::of(facts))
    }

    /// The same, by one who knows the archive's secrets.
    pub(super) fn covered(path: &str, facts: &Facts, cover: &mut Cover) -> Inspection {
        let container = match (facts.listing.container, facts.is_directory) {
            (Container::DockerArchive, _) => "docker-archive",
            (Container::OciLayout, false) => "oci-archive",
            (Container::OciLayout, true) => "oci-directory",
            (Container::SkopeoDir, _) => "docker-directory",
            _ => "none",
        };
        let images = facts.listing.images.iter().enumerate();
        Inspection {
            version: 1,
            path: path.to_owned(),
            container: container.to_owned(),
            images: images.map(|(index, one)| image(facts, index, one, cover)).collect(),
            faults: facts
                .listing
                .faults
                .iter()
                .map(|fault| InspectedFault {
                    kind: fault.kind.id().to_owned(),
                    subject: cover.shown(&shown(fault.subject.as_bytes())),
                })
                .collect(),
            error: facts.trouble.as_ref().map(ToString::to_string),
        }
    }
}

fn image(facts: &Facts, index: usize, image: &Image, cover: &mut Cover) -> InspectedImage {
    let config = image.config.as_ref().map(|config| cover.config(config)).unwrap_or_default();
    let told = config.diff_ids.as_deref().unwrap_or_default();
    // Steps are those of layers only where their numbers agree.
    let steps: Vec<&str> = config
        .history
        .iter()
        .filter(|step| !step.is_empty)
        .map(|step| step.created_by.as_str())
        .collect();
    let has_steps = steps.len() == image.layers.len();
    let tree = facts.trees.get(index).and_then(Option::as_ref);
    let whole = facts.whole_layers_of(index).filter(|_| facts.is_deep);
    let hidden = tree.zip(whole.as_ref()).map(|(tree, layers)| hidden_bytes(tree, layers));
    let layers: Vec<InspectedLayer> = image
        .layers
        .iter()
        .enumerate()
        .map(|(number, layer)| {
            let step = steps.get(number).filter(|_| has_steps);
            let hidden = hidden.as_ref().and_then(|hidden| hidden.get(number).copied());
            let layer = inspected(facts, layer, told.get(number), step.copied());
            InspectedLayer { hidden_bytes: hidden, ..layer }
        })
        .collect();
    let stored: Option<u64> = layers.iter().map(|layer| layer.blob_bytes).sum();
    let is_match = whole.as_ref().map(|layers| {
        layers.len() == told.len()
            && layers.iter().zip(told).all(|(layer, told)| {
                layer.diff_id.is_some_and(|digest| digest.to_string() == *told)
            })
    });
    InspectedImage {
        kind: match image.kind {
            ImageKind::Image => "image",
            ImageKind::Attestation => "attestation",
            ImageKind::Artifact(_) => "artifact",
        }
        .to_owned(),
        reference: image.names.first().map(|name| cover.shown(name)),
        references: image.names.iter().map(|name| cover.shown(name)).collect(),
        manifest_digest: image.manifest_digest.clone(),
        config_digest: image.config_digest.clone(),
        architecture: config.architecture,
        os: config.os,
        variant: config.variant,
        created: config.created,
        entrypoint: config.entrypoint.unwrap_or_default(),
        cmd: config.cmd.unwrap_or_default(),
        env: config.env.unwrap_or_default(),
        exposed_ports: config.exposed_ports,
        user: config.user.unwrap_or_default(),
        working_dir: config.working_dir.unwrap_or_default(),
        labels: config.labels.unwrap_or_default().into_iter().collect(),
        stop_signal: config.stop_signal,
        healthcheck: config.healthcheck,
        on_build: config.on_build,
        shell: config.shell,
        volumes: config.volumes,
        steps: config
            .history
            .iter()
            .filter(|step| step.is_empty)
            .map(|step| step.created_by.clone())
            .collect(),
        compressed_bytes: stored.map(|bytes| bytes + image.metadata_bytes),
        unpacked_bytes: whole.map(|layers| layers.iter().map(|layer| layer.tar_bytes).sum()),
        visible_bytes: tree.map(|tree| tree.visible_bytes),
        hidden_bytes: tree.map(|tree| tree.hidden_bytes),
        waste: tree.map(|tree| {
            let largest = tree.waste.iter().take(MOST_WASTE);
            largest
                .map(|file| InspectedWaste {
                    path: cover.shown(&facts.paths.shown(file.path)),
                    bytes: file.bytes,
                    layer: file.layer,
                    hidden_by: file.hidden_by,
                    is_removed: file.is_removed,
                })
                .collect()
        }),
        diff_ids_match: is_match,
        layers,
        scripts: scripts(facts, index, image, cover),
    }
}

/// Of each layer the bytes of files that are not seen.
fn hidden_bytes(tree: &Tree, layers: &[&Layer]) -> Vec<u64> {
    let mut hidden: Vec<u64> = layers.iter().map(|layer| layer.file_bytes).collect();
    for seen in tree.all(layers) {
        if let Some(bytes) = hidden.get_mut(seen.layer) {
            *bytes = bytes.saturating_sub(seen.file.size);
        }
    }
    hidden
}

/// The scripts of a shell that the words of the start command name, and `/home/run.sh`, which
/// ModelArts starts whatever the image says.
fn scripts(
    facts: &Facts,
    index: usize,
    image: &Image,
    cover: &mut Cover,
) -> Option<Vec<InspectedScript>> {
    let layers = facts.whole_layers_of(index)?;
    let files = facts.files(index, &layers)?;
    let config = image.config.as_ref();
    let folder = config.and_then(|config| config.working_dir.as_deref()).unwrap_or("/");
    let words = config.map(ImageConfig::words).unwrap_or_default();
    let mut scripts: Vec<InspectedScript> = Vec::new();
    for word in words.into_iter().chain(["/home/run.sh"]) {
        let path = if word.starts_with('/') { word.to_owned() } else { format!("{folder}/{word}") };
        let Ok((id, seen)) = files.resolve(path.as_bytes()) else { continue };
        let Some(text) = layers.get(seen.layer).and_then(|layer| layer.kept(id)) else { continue };
        let Ok(text) = std::str::from_utf8(text) else { continue };
        let shown = files.paths.shown(id);
        let is_shell = shown.ends_with(".sh") || is_shell_line(text.lines().next().unwrap_or(""));
        if is_shell && scripts.iter().all(|known| known.path != shown) {
            let text = cover.script(text);
            let text = cover.shown(&text);
            scripts.push(InspectedScript { path: shown, text });
        }
    }
    Some(scripts)
}

/// Whether a first line names a shell.
fn is_shell_line(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').strip_prefix("#!").is_some_and(|rest| {
        let names = rest.split_whitespace().map(file_name);
        names.into_iter().any(|name| matches!(name, "sh" | "bash" | "dash" | "ash" | "ksh"))
    })
}

fn inspected(
    facts: &Facts,
    layer: &LayerRef,
    told: Option<&String>,
    step: Option<&str>,
) -> InspectedLayer {
    let read = layer.member.and_then(|member| facts.layers.get(&member));
    let digest = |computed: Option<String>, told: Option<String>| computed.or(told);
    InspectedLayer {
        blob_digest: digest(
            read.and_then(|one| one.blob_digest).map(|digest| digest.to_string()),
            layer.digest.map(|digest| digest.to_string()),
        ),
        blob_bytes: read.map(|one| one.blob_bytes).or(layer.bytes).or(layer.stored),
        compression: read.and_then(|one| one.compression).map(|one| one.id().to_owned()),
        diff_id: digest(
            read.and_then(|one| one.diff_id).map(|digest| digest.to_string()),
            told.cloned(),
        ),
        tar_bytes: read.filter(|one| one.diff_id.is_some()).map(|one| one.tar_bytes),
        file_bytes: read.filter(|one| one.is_whole()).map(|one| one.file_bytes),
        hidden_bytes: None,
        entries: read.map(|one| one.entries),
        whiteouts: read.map(|one| one.whiteouts + one.opaque),
        is_present: layer.member.is_some(),
        history: step.map(str::to_owned),
        error: read.and_then(|one| one.error.as_ref()).map(ToString::to_string),
    }
}
