//! The last step of every build of the page, trunk's too: each part's digest is written where the
//! browser compares it, the service worker learns its version, and all is put into one file as well.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::digest;
use super::html::{self, Region};
use super::one_file::{self, OneFile};
use crate::Failure;

const INDEX: &str = "index.html";
const SERVICE_WORKER: &str = "sw.js";
const ONE_FILE: &str = "plimsoll.html";

/// Finishes the page in `dist`. Done twice it does nothing more.
pub(crate) fn finish(dist: &Path) -> Result<(), Failure> {
    let parts = parts(dist)?;
    let index = text(&dist.join(INDEX))?;
    let region = Region::of(&index)?;
    let list: BTreeMap<&str, Value> = parts
        .iter()
        .map(|(name, bytes)| {
            let part = json!({"bytes": bytes.len(), "integrity": digest::integrity(bytes)});
            (name.as_str(), part)
        })
        .collect();
    let references = html::with_integrity(region.inside, |name| {
        parts.get(name).map(|bytes| digest::integrity(bytes))
    })?;
    let one = OneFile::of(&region, &references.names, &parts)?;
    let unversioned = format!("{}{}{}", region.before, references.html, region.after);
    let version = digest::name(format!("{unversioned}{}", json!(list)).as_bytes());
    let description = json!({"version": version, "parts": list, "file": one.description()});
    let block = html::data_block("parts", &description.to_string())?;
    let page = region.with(&format!("\n    {block}{}", references.html));
    write(&dist.join(INDEX), page.as_bytes())?;

    let mut of_service_worker = list;
    let own = json!({"bytes": page.len(), "integrity": digest::integrity(page.as_bytes())});
    of_service_worker.insert(INDEX, own);
    let script = text(&dist.join(SERVICE_WORKER))?;
    let script = with_constant(&script, "VERSION", &json!(version))?;
    let script = with_constant(&script, "PARTS", &json!(of_service_worker))?;
    write(&dist.join(SERVICE_WORKER), script.as_bytes())?;

    let file = one.assemble(&region, &description)?;
    write(&dist.join(ONE_FILE), file.as_bytes())
}

/// Name and bytes of everything that the page loads, but for what names the others.
fn parts(dist: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut parts = BTreeMap::new();
    let entries = fs::read_dir(dist).map_err(|error| format!("{}: {error}", dist.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if ![INDEX, SERVICE_WORKER, ONE_FILE].contains(&&*name) && entry.file_type()?.is_file() {
            parts.insert(name, fs::read(entry.path())?);
        }
    }
    match one_file::PACKED.iter().find(|name| !parts.contains_key(**name)) {
        Some(missing) => {
            Err(format!("{} holds no {missing}: build the page first", dist.display()).into())
        }
        None => Ok(parts),
    }
}

/// `script` with another value of a constant that stands on a line of its own.
fn with_constant(script: &str, name: &str, value: &Value) -> Result<String, Failure> {
    let start = format!("const {name} = ");
    let mut found = false;
    let lines = script.lines().map(|line| {
        if line.starts_with(&start) {
            found = true;
            format!("{start}{value};\n")
        } else {
            format!("{line}\n")
        }
    });
    let script: String = lines.collect();
    if found { Ok(script) } else { Err(format!("{SERVICE_WORKER}: no line `{start}…`").into()) }
}

fn text(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()).into())
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\n\
        <!-- parts -->\n<link rel=\"stylesheet\" href=\"style.css\">\n\
        <script defer src=\"boot.js\"></script>\n<!-- /parts -->\n<body><p>shell</p>\n</body>\n";

    #[test]
    fn a_page_is_finished_once_for_all() {
        let dist = std::env::temp_dir().join(format!("plimsoll-finish-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let files = [
            (INDEX, PAGE),
            ("style.css", "p {}"),
            ("boot.js", "1;"),
            ("page_bg.wasm", "page"),
            ("worker.js", "2;"),
            ("worker_bg.wasm", "worker"),
            (SERVICE_WORKER, "const VERSION = \"\";\nconst PARTS = {};\nrest();\n"),
        ];
        for (name, text) in files {
            fs::write(dist.join(name), text).unwrap();
        }
        finish(&dist).unwrap();
        let read = |name: &str| fs::read_to_string(dist.join(name)).unwrap();
        let (index, worker, one) = (read(INDEX), read(SERVICE_WORKER), read(ONE_FILE));
        finish(&dist).unwrap();
        let again = (read(INDEX), read(SERVICE_WORKER), read(ONE_FILE));
        fs::remove_dir_all(&dist).unwrap();

        let digest = digest::integrity(b"1;");
        let tag = format!("<script defer src=\"boot.js\" integrity=\"{digest}\"></script>");
        assert!(index.contains(&tag), "{index}");
        assert!(worker.contains(&digest::integrity(index.as_bytes())), "{worker}");
        assert!(worker.ends_with("rest();\n"));
        assert!(
            one.contains("<style>p {}\n</style>") && one.contains("<script>1;\n</script>"),
            "{one}"
        );
        assert!(one.contains(&format!("script-src '{}'", digest::integrity(b"1;\n"))), "{one}");
        assert!(!one.contains(" src=") && !one.contains(" href="), "{one}");
        assert_eq!(again, (index, worker, one));
    }

    #[test]
    fn a_service_worker_without_its_constants_is_refused() {
        assert!(with_constant("let VERSION = 1;", "VERSION", &json!("a")).is_err());
    }
}
