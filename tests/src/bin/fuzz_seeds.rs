//! Writes what the fuzzers begin with: the documents of the rules' examples, and the real files of
//! the folder that `PLIMSOLL_CASES` names.
//!
//! `fuzz_seeds FOLDER` makes a folder for each target. What is in one already stays.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use plimsoll::credential::{Form, Format, Login, Secret};
use plimsoll::{Kind, detect, register};
use plimsoll_test_support::archive;

/// Longer files slow a fuzzer down more than they teach it.
const LONGEST: usize = 8_000;

/// The folders of the cases that hold documents.
const CORPORA: [&str; 4] = ["aliyun", "eas", "modelarts", "dockerfile/files"];

/// Configurations that say all that one can say, and patterns of paths.
const CONFIGURATIONS: &[&str] = &[
    "platforms = [\"eas\", \"modelarts:batch\"]\nselect = [\"dockerfile\"]\nignore = [\"eas/login\"]\n\
     fail-on = \"warning\"\nstrict = true\n\n[rules]\n\"dockerfile/latest-tag\" = \"error\"\n\n\
     [per-file-ignores]\n\"tests/**/*.{a,b}\" = [\"dockerfile\"]\n\"[!a-z]?/\" = []\n",
    "[rules.\"dockerfile/untrusted-registry\"]\nregistries = [\"registry.example.com\"]\n",
    "**/[a-z]{b,c{d,e}}?\\*/\nservices/b/ab/Dockerfile",
];

/// Seeds of each target.
type Seeds = BTreeMap<&'static str, Vec<Vec<u8>>>;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    for (target, seeds) in seeds() {
        let folder = folder.join(target);
        std::fs::create_dir_all(&folder)?;
        for (index, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{index}")), seed)?;
        }
    }
    Ok(())
}

fn seeds() -> Seeds {
    let mut seeds = Seeds::new();
    for (kind, text) in documents() {
        let byte = Kind::ALL.iter().position(|one| *one == kind).unwrap_or_default();
        let with_kind = [&[byte as u8], text.as_bytes()].concat();
        let target = match kind {
            Kind::Dockerfile => "dockerfile",
            Kind::DockerIgnore => "dockerignore",
            Kind::Shell => "shell",
            Kind::EciRequest if !text.trim_start().starts_with('{') => "request",
            Kind::RosTemplate => "ros",
            _ if text.trim_start().starts_with('{') => "json",
            _ => "yaml",
        };
        let own = if matches!(target, "json" | "yaml") { &with_kind } else { text.as_bytes() };
        seeds.entry(target).or_default().push(own.to_vec());
        seeds.entry("fix").or_default().push(with_kind.clone());
        seeds.entry("language").or_default().push(with_kind.clone());
        seeds.entry("secret").or_default().push(with_kind);
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ','));
        let images = words.filter(|word| word.contains([':', '/', '@']) && word.len() < 200);
        seeds.entry("reference").or_default().extend(images.map(|word| word.as_bytes().to_vec()));
    }
    seeds.insert("credentials", credentials());
    seeds.insert("config", CONFIGURATIONS.iter().map(|text| text.as_bytes().to_vec()).collect());
    seeds.insert("archive", vec![archive::example(), archive::gzip(&archive::example())]);
    for seeds in seeds.values_mut() {
        seeds.sort();
        seeds.dedup();
    }
    seeds
}

/// The documents of the examples, and those of the cases.
fn documents() -> Vec<(Kind, String)> {
    let mut all = Vec::new();
    for rule in register() {
        for example in rule.examples {
            let (project, _) = example.files(rule.platform).project();
            let documents = project.documents().iter();
            all.extend(documents.map(|one| (one.kind, one.source.text().to_owned())));
        }
    }
    let cases = std::env::var_os("PLIMSOLL_CASES").filter(|folder| !folder.is_empty());
    let folders = cases.iter().flat_map(|cases| {
        CORPORA.iter().map(move |name| Path::new(cases).join("corpus").join(name))
    });
    for path in folders.flat_map(files) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if text.len() <= LONGEST
            && let Some(kind) = detect(&name, &text)
        {
            all.push((kind, text));
        }
    }
    all
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

/// One login in every form, and as it is given.
fn credentials() -> Vec<Vec<u8>> {
    let password = Secret::new("not-a-real-one");
    let mut all = vec![b"robot\nnot-a-real-one".to_vec()];
    for form in Form::ALL {
        let login = Login {
            registry: form.takes_registry().then_some("registry.example.com"),
            username: "robot",
            password: &password,
            name: "pull",
            namespace: None,
        };
        for format in [Format::Text, Format::Json] {
            let written = form.encode(&login, format);
            all.extend(written.ok().map(|text| text.reveal().as_bytes().to_vec()));
        }
    }
    all
}
