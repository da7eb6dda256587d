//! Keeps the paths of the machine that builds out of what it builds. rustc writes the path of a
//! source into whatever may panic there.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{output, root};
use crate::page::TARGET;

/// The arguments that have cargo replace them. They come on top of what `.cargo/config.toml` says.
pub(super) fn cargo_arguments() -> Vec<String> {
    let flags: Vec<String> = replacements()
        .into_iter()
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect();
    // JSON's arrays of strings are TOML's.
    let flags = serde_json::Value::from(flags);
    vec!["--config".to_owned(), format!("target.{TARGET}.rustflags={flags}")]
}

/// Folders with what stands for each of them. rustc takes the last that fits.
fn replacements() -> Vec<(PathBuf, &'static str)> {
    let home = std::env::home_dir();
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| home.as_ref().map(|home| home.join(".cargo")));
    let rustc = output(Command::new("rustc").arg("--print=sysroot"))
        .map(|folder| PathBuf::from(folder.trim()).join("lib/rustlib/src/rust"));
    let mut all = Vec::new();
    all.extend(home.map(|folder| (folder, "home")));
    all.extend(rustc.map(|folder| (folder, "rust")));
    all.extend(cargo.map(|folder| (folder.join("registry/src"), "crates")));
    all.push((root().to_owned(), "plimsoll"));
    all
}
