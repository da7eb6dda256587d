//! Rules on image archives, on archives of real bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Cursor, Read};
use std::sync::Arc;

use plimsoll::fact::{Platform, Target};
use plimsoll::image::facts::{DeepReading, Facts, Unwatched};
use plimsoll::image::source::{Source, TarArchive};
use plimsoll::report::Inspection;
use plimsoll::{Project, Report, Settings, check};
use plimsoll_test_support::archive::{self, Tar, gzip};
use plimsoll_test_support::cases;

const PLATFORMS: [Platform; 4] =
    [Platform::Eas, Platform::Eci, Platform::ComputeNest, Platform::ModelArts];

fn judged(facts: Facts, settings: &Settings) -> Report {
    let mut project = Project::new();
    project.add_image("image.tar", Arc::new(facts)).expect("an archive is taken as it is");
    check(&project, settings)
}

fn deep(bytes: Vec<u8>) -> Facts {
    let mut archive = TarArchive::open(Cursor::new(bytes)).expect("memory can be read");
    Facts::deep(&mut archive, &mut Unwatched).expect("nobody ends the reading")
}

/// The rules that speak, `!` behind errors.
fn rules(report: &Report) -> BTreeSet<String> {
    let name = |severity: &str, rule: &str| {
        let rule = rule.strip_prefix("image/").unwrap_or(rule);
        if severity == "error" { format!("{rule}!") } else { rule.to_owned() }
    };
    report.findings.iter().map(|one| name(&one.severity, &one.rule)).collect()
}

fn found(config: &str, layers: &[Vec<u8>]) -> Vec<String> {
    let facts = deep(archive::docker_save(config, layers));
    rules(&judged(facts, &Settings::default())).into_iter().collect()
}

/// The first bytes of a program for the machine of this number.
fn elf(machine: u16) -> Vec<u8> {
    let mut bytes = vec![0; 64];
    bytes[..7].copy_from_slice(b"\x7fELF\x02\x01\x01");
    bytes[16..18].copy_from_slice(&2u16.to_le_bytes());
    bytes[18..20].copy_from_slice(&machine.to_le_bytes());
    bytes
}

const AMD64: u16 = 62;
const ARM64: u16 = 183;

fn base() -> Vec<u8> {
    Tar::default()
        .entry("bin", 0o777, b'2', "usr/bin")
        .file("usr/bin/dash", 0o755, &elf(AMD64))
        .entry("usr/bin/sh", 0o777, b'2', "dash")
        .file("etc/passwd", 0o644, b"root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home:/bin/sh\n")
        .entry("root/", 0o700, b'5', "")
        .entry("home/", 0o755, b'5', "")
        .finish()
}

#[test]
fn a_good_image_is_left_alone() {
    let app =
        Tar::default().file("home/run.sh", 0o755, b"#!/bin/sh\nexec /usr/bin/dash\n").finish();
    let config =
        r#"{"User":"app","Cmd":["/bin/sh","/home/run.sh"],"ExposedPorts":{"8080/tcp":{}}}"#;
    assert_eq!(found(config, &[base(), gzip(&app)]), [""; 0]);
}

#[test]
fn what_is_started_must_be_there_and_run() {
    let app = |mode: u32, body: &[u8]| {
        vec![base(), Tar::default().file("home/run.sh", mode, body).finish()]
    };
    let config = r#"{"User":"1000","Cmd":["/home/run.sh"]}"#;
    let good = b"#!/bin/sh\nexec /usr/bin/dash\n";
    assert_eq!(found(config, &app(0o755, good)), [""; 0]);
    assert_eq!(found(config, &app(0o644, good)), ["boot-file-not-executable!"]);
    assert_eq!(found(config, &app(0o700, good)), ["boot-file-not-executable"]);
    let windows = b"#!/bin/sh\r\nexec /usr/bin/dash\r\n";
    assert_eq!(found(config, &app(0o755, windows)), ["boot-file-crlf!"]);
    let marked = "\u{feff}#!/bin/sh\nexec /usr/bin/dash\n".as_bytes();
    assert_eq!(found(config, &app(0o755, marked)), ["boot-file-bom!"]);
    let bash = b"#!/bin/bash\nexec /usr/bin/dash\n";
    assert_eq!(found(config, &app(0o755, bash)), ["boot-file-shebang-missing-interpreter!"]);
    assert_eq!(found(config, &app(0o755, &elf(ARM64))), ["entrypoint-wrong-arch!"]);
    assert_eq!(found(config, &[base()]), ["entrypoint-not-found!"]);
    assert_eq!(found(r#"{"User":"1000"}"#, &[base()]), ["entrypoint-and-cmd-empty!"]);
    assert_eq!(found(r#"{"User":"nobody","Cmd":["sh"]}"#, &[base()]), ["user-unknown!"]);
    // The kernel does not care who may read a file that is only read.
    let config = r#"{"User":"1000","Cmd":["sh","/home/run.sh"]}"#;
    assert_eq!(found(config, &app(0o644, good)), [""; 0]);
}

#[test]
fn a_secret_that_a_later_layer_removes_is_still_there() {
    let config = r#"{"User":"1000","Cmd":["sh"]}"#;
    let key = b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n";
    let with = Tar::default().file("root/.ssh/id_ed25519", 0o600, key).finish();
    let without = Tar::default().entry("root/.ssh/.wh.id_ed25519", 0o600, b'0', "").finish();
    let folder = Tar::default().entry("root/.wh..wh..opq", 0o600, b'0', "").finish();
    assert_eq!(found(config, &[base(), with.clone()]), ["secret-file!"]);
    assert_eq!(found(config, &[base(), with.clone(), without]), ["secret-file-deleted!"]);
    assert_eq!(found(config, &[base(), gzip(&with), gzip(&folder)]), ["secret-file-deleted!"]);
}

#[test]
fn no_report_shows_a_secret() {
    let config = r#"{"User":"1000","Cmd":["sh","-c","serve --token=Tr0ub4dor-3"],
        "Env":["DB_PASSWORD=Tr0ub4dor-3","NPM_TOKEN=Tr0ub4dor-3"],
        "Healthcheck":{"Test":["CMD-SHELL","curl -u admin:Tr0ub4dor-3 localhost"]}}"#;
    let file = Tar::default()
        .file("app/.env", 0o644, b"DB_PASSWORD=Tr0ub4dor-3\n")
        .file("home/run.sh", 0o644, b"export DB_PASSWORD=Tr0ub4dor-3\n")
        .finish();
    let bytes = archive::docker_save(config, &[base(), file]);
    let strict = Settings { strict: true, ..Settings::default() };
    let report = judged(deep(bytes), &strict);
    assert!(rules(&report).contains("env-secret!"), "{:?}", rules(&report));
    assert!(rules(&report).contains("secret-file!"), "{:?}", rules(&report));
    let shown = serde_json::to_string(&report).expect("a report is JSON");
    assert!(!shown.contains("Tr0ub4dor"), "{shown}");
}

#[test]
fn what_was_not_read_is_unknown_and_never_passes() {
    let bytes = archive::docker_save(r#"{"User":"1000","Cmd":["/nothing"]}"#, &[base()]);
    let quick = Facts::quick(&TarArchive::open(Cursor::new(bytes)).expect("memory can be read"));
    let targets = vec![Target::of(Platform::Eas)];
    let report = judged(quick, &Settings { targets, ..Settings::default() });
    assert!(rules(&report).contains("undetermined"), "{:?}", rules(&report));
    assert!(!rules(&report).contains("entrypoint-not-found!"));
    let fit = &report.fit[0];
    assert!(fit.undetermined.iter().any(|rule| rule == "image/entrypoint-not-found"), "{fit:?}");
    assert_eq!(fit.verdict, plimsoll::report::Verdict::Unknown);
}

#[test]
fn a_layer_in_a_form_that_is_not_read_is_unknown() {
    let mut tar = Tar::default();
    for (path, bytes) in archive::layout() {
        let text = String::from_utf8_lossy(&bytes);
        // Digests of what names the manifest no longer fit, which is told besides.
        let bytes = match text.contains("layer.v1.tar+gzip") {
            true => text.replace("+gzip", "+gzip+encrypted").into_bytes(),
            false => bytes,
        };
        tar = tar.file(&path, 0o644, &bytes);
    }
    let report = judged(deep(tar.finish()), &Settings::default());
    let rules = rules(&report);
    assert!(rules.contains("layer-compression-unsupported"), "{rules:?}");
    assert!(rules.contains("undetermined"), "{rules:?}");
    let errors = ["layer-diff-id-mismatch!", "layer-tar-malformed!", "entrypoint-not-found!"];
    assert!(!errors.iter().any(|error| rules.contains(*error)), "{rules:?}");
}

#[test]
fn of_an_archive_that_breaks_off_only_that_is_told() {
    let whole = archive::docker_save(r#"{"Cmd":["sh"]}"#, &[base(), base()]);
    let archive = TarArchive::open(Cursor::new(whole.as_slice())).expect("memory can be read");
    let named = |end: &str| {
        let found = archive.members().iter().find(|one| one.name.ends_with(end));
        found.expect("it is there")
    };
    let end = named("1/layer.tar").offset as usize + 512;
    let member = |end: &str| {
        let found = named(end);
        let bytes = found.offset as usize..(found.offset + found.bytes) as usize;
        (found.name.clone(), whole[bytes].to_vec())
    };
    // They lie behind the layers: a copy before them is not lost.
    let (manifest, config) = (member("manifest.json"), member(".json"));
    let mut cut = Tar::default()
        .file(&manifest.0, 0o644, &manifest.1)
        .file(&config.0, 0o644, &config.1)
        .finish();
    cut.truncate(cut.len() - 1024);
    cut.extend_from_slice(&whole[..end]);
    let found = rules(&judged(deep(cut), &Settings::default()));
    let told: Vec<&str> =
        found.iter().map(String::as_str).filter(|one| one.ends_with('!')).collect();
    assert_eq!(told, ["archive-truncated!", "layer-truncated!"]);
}

/// What is known of `bytes` when its layers are read from the last to the first.
fn deep_backwards(bytes: &[u8]) -> Facts {
    let archive = TarArchive::open(Cursor::new(bytes)).expect("memory can be read");
    let reading = DeepReading::new(&archive);
    let mut layers = BTreeMap::new();
    for &member in reading.members().iter().rev() {
        let one = &archive.members()[member];
        let mut input = &bytes[one.offset as usize..][..one.bytes as usize];
        let layer = reading.layer(member, &mut input, &mut |_| Ok(()));
        layers.insert(member, layer.expect("nobody ends the reading"));
    }
    reading.finish(layers)
}

/// Reads the layers as three workers without common memory do.
fn deep_divided(bytes: &[u8]) -> Facts {
    const WORKERS: usize = 3;
    let mut archive = TarArchive::open(Cursor::new(bytes)).expect("memory can be read");
    let chief = DeepReading::new(&archive);
    let mut layers = BTreeMap::new();
    for which in 0..WORKERS {
        let helper = DeepReading::new(&archive);
        let share = helper.share(which, WORKERS);
        let each = &mut |member, input: &mut dyn Read| {
            let layer = helper.layer(member, input, &mut |_| Ok(()))?;
            let known = helper.pack(&layer).map(|bytes| chief.unpack(&bytes).expect("our own"));
            layers.insert(member, known.unwrap_or(layer));
            Ok(())
        };
        archive.read(&share, each).expect("nobody ends the reading");
    }
    assert_eq!(layers.keys().copied().collect::<Vec<_>>(), chief.members());
    chief.finish(layers)
}

#[test]
fn a_packed_layer_is_taken_whole_or_not_at_all() {
    let bytes = archive::wasteful();
    let mut archive = TarArchive::open(Cursor::new(bytes)).expect("memory can be read");
    let reading = DeepReading::new(&archive);
    let mut packed = Vec::new();
    let members = reading.members().to_vec();
    let each = &mut |member, input: &mut dyn Read| {
        let layer = reading.layer(member, input, &mut |_| Ok(()))?;
        packed.push(reading.pack(&layer).expect("it is whole"));
        Ok(())
    };
    archive.read(&members, each).expect("nobody ends the reading");
    for whole in packed {
        for end in 0..whole.len() {
            assert!(reading.unpack(&whole[..end]).is_none(), "cut at {end}");
            let mut changed = whole.clone();
            changed[end] ^= 0x55;
            // Whatever comes of it.
            let _ = reading.unpack(&changed);
        }
    }
}

#[test]
fn the_order_in_which_layers_are_read_changes_nothing() {
    let file = |name: &str, mode: u32| Tar::default().file(name, mode, &[7; 4096]).finish();
    let more = |names: &[&str]| {
        let add = |tar: Tar, name: &&str| tar.file(name, 0o4755, &[7; 4096]);
        names.iter().fold(Tar::default(), add).finish()
    };
    let layers = [
        base(),
        more(&["z/b", "z/a", "a/README", "a/Readme", "a/\u{1b}x"]),
        file("z/a", 0o4755),
        more(&["a/.wh.Readme", "a/\u{1b}w", "b/A", "b/a", "z/b"]),
        Tar::default().entry("z/.wh..wh..opq", 0o644, b'0', "").finish(),
    ];
    let bytes = archive::docker_save(r#"{"Cmd":["sh"]}"#, &layers);
    let strict = Settings { strict: true, ..Settings::default() };
    let told = |facts: Facts| {
        let inspection = Inspection::of("image.tar", &facts).to_json();
        (inspection, serde_json::to_string(&judged(facts, &strict)).expect("a report is JSON"))
    };
    let told_at_once = told(deep(bytes.clone()));
    assert_eq!(told_at_once, told(deep_backwards(&bytes)));
    assert_eq!(told_at_once, told(deep_divided(&bytes)));
    let bytes = archive::wasteful();
    assert_eq!(told(deep(bytes.clone())), told(deep_divided(&bytes)));
}

/// What the hostile archives are made to show.
const HOSTILE: &[(&str, &str)] = &[
    ("bad-checksum", "layer-tar-malformed!"),
    ("blob-missing", "blob-missing!"),
    ("config-odd", "config-not-strict"),
    ("diffid-count", "diff-id-count!"),
    ("diffid-mismatch", "layer-diff-id-mismatch!"),
    ("docker-manifest-twice", "archive-two-manifests"),
    ("file-over-dir", "entrypoint-not-found!"),
    ("gzip-bad-crc", "layer-tar-malformed!"),
    ("gzip-truncated", "layer-truncated!"),
    ("index-cycle", "index-too-deep!"),
    ("index-wrong-size", "blob-size-mismatch!"),
    ("json-deep", "manifest-json!"),
    ("longlink-64m", "layer-tar-malformed!"),
    ("names-odd", "names-not-utf8"),
    ("no-eot", "layer-tar-malformed"),
    ("pax-64m", "layer-tar-malformed!"),
    ("pax-broken-length", "layer-tar-malformed!"),
    ("plain-claims-zstd", "media-type-wrong"),
    ("size-base256-12g", "layer-truncated!"),
    ("size-negative", "layer-tar-malformed!"),
    ("unknown-compression", "layer-compression-unsupported"),
    ("whiteout-dir", "entrypoint-not-found!"),
    ("zero-length-layer", "layer-tar-malformed"),
    ("zstd-window-2g", "layer-compression-unsupported"),
];

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn every_archive_of_the_corpus_is_judged_for_every_platform() {
    let corpus = cases::path("corpus/images");
    let mut judged_archives = 0;
    for folder in ["found", "made", "hostile"] {
        for entry in std::fs::read_dir(corpus.join(folder)).expect("the corpus") {
            let path = entry.expect("the corpus").path();
            if path.extension().is_some_and(|end| end == "tsv") {
                continue;
            }
            let file = File::open(&path).expect("the archive");
            let Ok(mut archive) = TarArchive::open(file) else { continue };
            let facts = Facts::deep(&mut archive, &mut Unwatched).expect("nobody ends the reading");
            let targets = PLATFORMS.map(Target::of).to_vec();
            let settings = Settings { targets, strict: true, ..Settings::default() };
            let report = judged(facts, &settings);
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let rules = rules(&report);
            for (_, rule) in HOSTILE.iter().filter(|(hostile, _)| *hostile == name) {
                assert!(rules.contains(*rule), "{name}: no {rule} in {rules:?}");
            }
            judged_archives += 1;
        }
    }
    assert!(judged_archives > 0);
}
