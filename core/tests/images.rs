//! Image archives, read and compared with what is recorded of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Cursor;
use std::path::Path;

use plimsoll::image::facts::{Facts, Unwatched};
use plimsoll::image::layer::Layer;
use plimsoll::image::listing::{Image, ImageKind};
use plimsoll::image::resolve::Unresolved;
use plimsoll::image::source::{TarArchive, TroubleKind};
use plimsoll::image::tar::EntryKind;
use plimsoll::image::tree::Tree;
use plimsoll::report::{InspectedWaste, Inspection};
use plimsoll_test_support::archive::{self, Tar};
use plimsoll_test_support::cases;
use serde_json::{Value, json};

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
#[ignore = "needs PLIMSOLL_CASES"]
fn every_image_gives_the_facts_that_are_recorded_of_it() {
    let corpus = cases::path("corpus/images");
    let text = std::fs::read_to_string(corpus.join("expected.json")).expect("facts");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let mut differ = Vec::new();
    for (file, expected) in expected.as_object().expect("an object") {
        differ.extend(compare(&corpus.join(file), expected));
    }
    assert!(differ.is_empty(), "{} differences:\n{}", differ.len(), differ.join("\n"));
}

/// What each hostile archive must end in: a part of what is said of it.
const HOSTILE: &[(&str, &str)] = &[
    ("bad-checksum", "NotAHeader { offset: 1536 }"),
    ("blob-missing", "Missing"),
    ("docker-manifest-twice", "Twice"),
    ("docker-no-manifest", "LegacyDocker"),
    ("gzip-bad-crc", "Broken(Gzip)"),
    ("gzip-truncated", "Truncated"),
    ("html", "NotATar(\"HTML\")"),
    ("index-cycle", "TooDeep"),
    ("index-wrong-size", "Size"),
    ("json-deep", "Json"),
    ("longlink-64m", "Metadata"),
    ("not-a-tar", "NotATar(\"zip\")"),
    ("pax-64m", "Metadata"),
    ("pax-broken-length", "Pax"),
    ("size-base256-12g", "missing: 12884901376"),
    ("size-negative", "Number"),
    ("unknown-compression", "Unsupported(Xz)"),
    ("zstd-window-2g", "Window { bytes: 2147483648 }"),
];

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn hostile_archives_end_in_a_fault_or_an_error() {
    let corpus = cases::path("corpus/images");
    for entry in std::fs::read_dir(corpus.join("hostile")).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "tar") {
            continue;
        }
        let facts = facts(&path);
        let errors: Vec<_> = facts.layers.values().filter_map(|one| one.error.as_ref()).collect();
        let listing = &facts.listing;
        let said =
            format!("{:?} {:?} {:?} {errors:?}", listing.container, listing.faults, facts.trouble);
        let name = path.file_stem().expect("a name").to_string_lossy();
        if let Some((_, expected)) = HOSTILE.iter().find(|(known, _)| *known == name) {
            assert!(said.contains(expected), "{name}: {said}");
        }
    }
}

/// The facts of an archive in memory.
fn facts_of(bytes: Vec<u8>) -> Facts {
    let mut archive = TarArchive::open(Cursor::new(bytes)).expect("memory is readable");
    Facts::deep(&mut archive, &mut Unwatched).expect("nobody ends the reading")
}

/// The paths that the first image's container sees, and how `path` is resolved.
fn seen(layers: &[Vec<u8>], path: &str) -> (Vec<String>, Result<String, Unresolved>) {
    let facts = facts_of(archive::docker_save("{}", layers));
    let layers = facts.whole_layers_of(0).expect("all layers are read");
    let files = facts.files(0, &layers).expect("a tree");
    let mut paths: Vec<String> =
        files.tree.all(&layers).map(|one| facts.paths.shown(one.file.path)).collect();
    paths.sort();
    let resolved = files.resolve(path.as_bytes());
    (paths, resolved.map(|(path, _)| facts.paths.shown(path)))
}

fn tar(entries: &[(&str, u8, &str)]) -> Vec<u8> {
    let add = |tar: Tar, (name, kind, body): &(&str, u8, &str)| match kind {
        b'0' => tar.file(name, 0o755, body.as_bytes()),
        kind => tar.entry(name, 0o755, *kind, body),
    };
    entries.iter().fold(Tar::default(), add).finish()
}

#[test]
fn layers_hide_what_lies_below_them() {
    let below = tar(&[("home/", b'5', ""), ("home/run.sh", b'0', "one"), ("opt/a", b'0', "a")]);
    type Entries = [(&'static str, u8, &'static str)];
    let cases: &[(&Entries, &[&str])] = &[
        (&[("home/.wh.run.sh", b'0', "")], &["/home", "/opt/a"]),
        (&[(".wh.home", b'0', "")], &["/opt/a"]),
        // Whiteouts are of lower layers, wherever they stand.
        (&[("home/run.sh", b'0', "two"), (".wh.home", b'0', "")], &["/home/run.sh", "/opt/a"]),
        (&[("home/.wh..wh..opq", b'0', ""), ("home/x", b'0', "")], &["/home", "/home/x", "/opt/a"]),
        (&[("home", b'0', "a file now")], &["/home", "/opt/a"]),
        (&[("./opt//a", b'0', "again")], &["/home", "/home/run.sh", "/opt/a"]),
    ];
    for (above, expected) in cases {
        let (paths, _) = seen(&[below.clone(), tar(above)], "/");
        assert_eq!(paths, *expected, "{above:?}");
    }
}

#[test]
fn what_is_stored_in_vain_is_told_by_layer_and_file() {
    let below = tar(&[("a", b'0', "0123456789"), ("b", b'0', "01234"), ("c", b'0', "012")]);
    let above = tar(&[(".wh.b", b'0', ""), ("a", b'0', "x")]);
    let facts = facts_of(archive::docker_save("{}", &[below, above]));
    let image = Inspection::of("app.tar", &facts).images.remove(0);
    let bytes: Vec<_> =
        image.layers.iter().map(|layer| (layer.file_bytes, layer.hidden_bytes)).collect();
    assert_eq!(bytes, [(Some(18), Some(15)), (Some(1), Some(0))]);
    assert_eq!(image.hidden_bytes, Some(15));
    let waste: Vec<_> = image.waste.iter().flatten().collect();
    let told = |path: &str, bytes, is_removed| InspectedWaste {
        path: path.to_owned(),
        bytes,
        layer: 0,
        hidden_by: 1,
        is_removed,
    };
    assert_eq!(waste, [&told("/a", 10, false), &told("/b", 5, true)]);
}

#[test]
fn links_are_followed_as_the_kernel_follows_them() {
    let layer = tar(&[
        ("usr/bin/sh", b'0', "#!"),
        ("bin", b'2', "usr/bin"),
        ("srv/app/run.sh", b'0', "x"),
        ("home", b'2', "/srv/app"),
        ("up", b'2', "../../srv"),
        ("a", b'2', "b"),
        ("b", b'2', "a"),
        ("self", b'2', "self"),
    ]);
    let found = |path: &str| seen(std::slice::from_ref(&layer), path).1;
    assert_eq!(found("/bin/sh"), Ok("/usr/bin/sh".to_owned()));
    assert_eq!(found("/home/run.sh"), Ok("/srv/app/run.sh".to_owned()));
    assert_eq!(found("/up/app/../app/run.sh"), Ok("/srv/app/run.sh".to_owned()));
    assert_eq!(found("/a"), Err(Unresolved::Loop));
    assert_eq!(found("/self/x"), Err(Unresolved::Loop));
    assert_eq!(found("/usr/bin/sh/x"), Err(Unresolved::NotAFolder(b"/usr/bin/sh".to_vec())));
    assert_eq!(found("/nowhere/x"), Err(Unresolved::Missing(b"/nowhere".to_vec())));
}

#[test]
fn what_is_compressed_outside_is_read_all_the_same() {
    let plain = archive::example();
    let compressed = archive::gzip(&plain);
    for bytes in [plain.clone(), compressed] {
        let facts = facts_of(bytes);
        let inspection = Inspection::of("app.tar", &facts);
        assert_eq!(inspection.container, "docker-archive");
        let image = &inspection.images[0];
        assert_eq!(image.cmd, ["/home/run.sh"]);
        assert_eq!(image.layers[0].compression.as_deref(), Some("gzip"));
        assert_eq!(image.diff_ids_match, Some(true));
        assert_eq!(image.reference.as_deref(), Some("app:1.0"));
    }
}

#[test]
fn what_no_compression_hides_is_named() {
    let twice = archive::gzip(&archive::gzip(&archive::example()));
    for (bytes, kind) in [(twice, "gzip"), (archive::gzip(b"<!doctype html>"), "HTML")] {
        let trouble = facts_of(bytes).trouble.expect("this is no archive");
        assert_eq!(trouble.kind, TroubleKind::NotATar(kind));
    }
}

#[test]
fn no_cut_or_flip_of_an_archive_makes_it_panic() {
    let whole = archive::example();
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x55;
        for bytes in [flipped, whole[..at].to_vec()] {
            let _ = Inspection::of("app.tar", &facts_of(bytes));
        }
    }
    // Several places at once.
    let mut state = 9_u32;
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..3 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (state >> 8) as usize % bytes.len();
            bytes[at] = (state >> 24) as u8;
        }
        bytes.truncate((state >> 4) as usize % (bytes.len() + 1));
        let facts = facts_of(bytes);
        let _ = Inspection::of("app.tar", &facts);
    }
}
