//! Image archives, read and compared with what is recorded of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use plimsoll::image::facts::{Facts, Unwatched};
use plimsoll::image::layer::Layer;
use plimsoll::image::listing::{Image, ImageKind};
use plimsoll::image::source::TarArchive;
use plimsoll::image::tar::EntryKind;
use plimsoll::image::tree::Tree;
use serde_json::{Value, json};

fn corpus() -> Option<PathBuf> {
    let cases = std::env::var_os("PLIMSOLL_CASES")?;
    Some(Path::new(&cases).join("corpus/images"))
}

fn facts(path: &Path) -> Facts {
    let mut archive = TarArchive::open(File::open(path).expect("the archive")).expect("readable");
    Facts::deep(&mut archive, &mut Unwatched).expect("nobody ends the reading")
}

/// What is recorded of one layer, from what we found.
fn layer(layer: &Layer) -> BTreeMap<&'static str, Value> {
    let count = |kind: EntryKind| layer.files.iter().filter(|one| one.kind == kind).count();
    BTreeMap::from([
        ("blob_bytes", json!(layer.blob_bytes)),
        ("blob_digest", json!(layer.blob_digest.map(|digest| digest.to_string()))),
        ("compression", json!(layer.compression.map(|one| one.id()))),
        ("diff_id", json!(layer.diff_id.map(|digest| digest.to_string()))),
        ("tar_bytes", json!(layer.tar_bytes)),
        ("entries", json!(layer.entries)),
        ("hardlinks", json!(count(EntryKind::HardLink))),
        ("symlinks", json!(count(EntryKind::SymbolicLink))),
        ("whiteouts", json!(layer.whiteouts)),
        ("opaque", json!(layer.opaque)),
        ("regular_bytes", json!(layer.file_bytes)),
    ])
}

fn config(image: &Image) -> BTreeMap<&'static str, Value> {
    let Some(config) = &image.config else { return BTreeMap::new() };
    let sorted = |mut list: Vec<String>| {
        list.sort();
        json!(list)
    };
    let empty = config.history.iter().filter(|step| !step.is_empty).count();
    BTreeMap::from([
        ("architecture", json!(config.architecture)),
        ("os", json!(config.os)),
        ("variant", json!(config.variant)),
        ("created", json!(config.created)),
        ("entrypoint", json!(config.entrypoint)),
        ("cmd", json!(config.cmd)),
        ("env", json!(config.env)),
        ("exposed_ports", sorted(config.exposed_ports.clone())),
        ("user", json!(config.user)),
        ("workdir", json!(config.working_dir)),
        ("stop_signal", json!(config.stop_signal)),
        ("onbuild", json!(config.on_build)),
        ("shell", json!(config.shell)),
        ("volumes", sorted(config.volumes.clone())),
        ("diff_ids", json!(config.diff_ids)),
        ("history", json!(config.history.len())),
        ("history_nonempty", json!(empty)),
        ("config_bytes", json!(image.config_json.as_ref().map_or(0, Vec::len))),
    ])
}

fn differences(found: &BTreeMap<&'static str, Value>, expected: &Value, at: &str) -> Vec<String> {
    let is_same = |found: &Value, expected: &Value| {
        // Nothing and empty are one.
        let is_empty = |value: &Value| value.is_null() || value == &json!([]) || value == "";
        found == expected || (is_empty(found) && is_empty(expected))
    };
    let mut differ = Vec::new();
    for (key, value) in found {
        match expected.get(key) {
            Some(expected) if !is_same(value, expected) => {
                differ.push(format!("{at} {key}: {value} is recorded as {expected}"));
            }
            _ => {}
        }
    }
    differ
}

fn compare(path: &Path, expected: &Value) -> Vec<String> {
    let facts = facts(path);
    let mut differ = Vec::new();
    let mut used = std::collections::BTreeSet::new();
    for recorded in expected["images"].as_array().expect("images") {
        let digest = recorded["config_digest"].as_str();
        let found = facts.listing.images.iter().enumerate().find(|(index, image)| {
            image.config_digest.as_deref() == digest
                && (image.manifest_digest.as_deref() == recorded["manifest_digest"].as_str()
                    || recorded["manifest_digest"].is_null())
                || (digest.is_none() && !used.contains(index))
        });
        let at = format!("{} {}", path.display(), recorded["path"]);
        let Some((index, image)) = found else {
            differ.push(format!("{at}: not found"));
            continue;
        };
        used.insert(index);
        let is_attestation = recorded["attestation"] == true;
        if is_attestation != (image.kind == ImageKind::Attestation) {
            differ.push(format!("{at}: {:?}", image.kind));
        }
        differ.extend(differences(&config(image), recorded, &at));
        let layers = facts.layers_of(index);
        let recorded_layers = recorded["layers"].as_array().expect("layers");
        if layers.len() != recorded_layers.len() {
            differ.push(format!("{at}: {} layers", layers.len()));
            continue;
        }
        for (number, (found, expected)) in layers.iter().zip(recorded_layers).enumerate() {
            let at = format!("{at} layer {number}");
            match found {
                Some(found) if expected.get("tar_error").is_none() => {
                    differ.extend(differences(&layer(found), expected, &at));
                }
                None if expected.get("missing").is_none() => differ.push(format!("{at}: missing")),
                _ => {}
            }
        }
        if let Some(tree) = recorded.get("tree").filter(|_| image.kind == ImageKind::Image) {
            let present: Vec<&Layer> = layers.iter().copied().flatten().collect();
            let merged = Tree::of(&present, &facts.paths);
            let mut paths: Vec<String> =
                merged.all(&present).map(|seen| facts.paths.shown(seen.file.path)).collect();
            paths.sort();
            // Of large trees only the counts are recorded.
            let paths = if tree["visible_paths"].is_null() { Value::Null } else { json!(paths) };
            let found = BTreeMap::from([
                ("visible_file_bytes", json!(merged.visible_bytes)),
                ("hidden_file_bytes", json!(merged.hidden_bytes)),
                ("visible_entries", json!(merged.visible_entries)),
                ("visible_paths", paths),
            ]);
            differ.extend(differences(&found, tree, &at));
        }
    }
    differ
}

#[test]
fn every_image_gives_the_facts_that_are_recorded_of_it() {
    let Some(corpus) = corpus() else { return };
    let text = std::fs::read_to_string(corpus.join("expected.json")).expect("facts");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let mut differ = Vec::new();
    for (file, expected) in expected.as_object().expect("an object") {
        differ.extend(compare(&corpus.join(file), expected));
    }
    assert!(differ.is_empty(), "{} differences:\n{}", differ.len(), differ.join("\n"));
}

#[test]
fn hostile_archives_end_in_a_fault_or_an_error() {
    let Some(corpus) = corpus() else { return };
    for entry in std::fs::read_dir(corpus.join("hostile")).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "tar") {
            let facts = facts(&path);
            for (index, image) in facts.listing.images.iter().enumerate() {
                let layers: Vec<&Layer> = facts.layers_of(index).into_iter().flatten().collect();
                let tree = Tree::of(&layers, &facts.paths);
                let errors: Vec<_> = layers.iter().filter_map(|one| one.error.as_ref()).collect();
                eprintln!(
                    "{} {:?} {:?} {} {errors:?}",
                    path.file_name().unwrap().to_string_lossy(),
                    image.kind,
                    facts.listing.faults,
                    tree.visible_entries
                );
            }
            if facts.listing.images.is_empty() {
                eprintln!(
                    "{} {:?} {:?}",
                    path.file_name().unwrap().to_string_lossy(),
                    facts.listing.container,
                    facts.listing.faults
                );
            }
        }
    }
}
