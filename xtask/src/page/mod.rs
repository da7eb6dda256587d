//! Builds the page from `index.html` into `dist/`. Knows nothing of serving or testing it.

mod digest;
mod finish;
mod html;
mod one_file;
mod paths;
mod sizes;

use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::Failure;
use crate::arguments::Profile;
use crate::command::{cargo, output, root, run, target_folder};
use crate::index::{self, Part};

pub(crate) use finish::finish;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Where the finished page lies.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Compiles both halves of the page and lays them beside `index.html` in `dist/`.
pub(crate) fn build(profile: Profile) -> Result<(), Failure> {
    install_target()?;
    let html = read(&root().join("index.html"))?;
    let (parts, page) = index::read(&html)?;
    let (name, folder) = match profile {
        Profile::Page => ("page", "page"),
        Profile::Dev => ("dev", "debug"),
    };
    let mut build = cargo(&["build", "--locked", "--package=plimsoll-web", "--bins"]);
    build.arg(format!("--target={TARGET}")).arg(format!("--profile={name}"));
    // What does not ship may tell where it was built, and is built faster for that.
    if profile == Profile::Page {
        build.args(paths::cargo_arguments());
    }
    run(&mut build)?;

    let dist = dist();
    if dist.exists() {
        std::fs::remove_dir_all(&dist).map_err(|error| format!("dist: {error}"))?;
    }
    std::fs::create_dir_all(&dist).map_err(|error| format!("dist: {error}"))?;
    let compiled = target_folder().join(TARGET).join(folder);
    for part in &parts {
        match part {
            Part::Binary { name } => bind(&compiled.join(format!("{name}.wasm")), name, &dist)?,
            Part::Style { file } | Part::File { file } => {
                std::fs::copy(root().join(file), dist.join(index::name(file)))
                    .map_err(|error| format!("{file}: {error}"))?;
            }
        }
    }
    std::fs::write(dist.join("index.html"), page)
        .map_err(|error| format!("dist/index.html: {error}"))?;
    finish(&dist)?;
    sizes::report(&dist, profile)
}

/// Writes the JavaScript that goes with a compiled binary, and the binary as that wants it.
fn bind(wasm: &Path, name: &str, dist: &Path) -> Result<(), Failure> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .no_modules(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(dist)
        .map_err(|error| format!("wasm-bindgen, {name}: {error:#}"))?;
    Ok(())
}

/// Has rustup install the compiler's WebAssembly target unless it is there.
pub(crate) fn install_target() -> Result<(), Failure> {
    let library = output(Command::new("rustc").args(["--print=target-libdir", "--target", TARGET]))
        .map(|folder| PathBuf::from(folder.trim()))
        .filter(|folder| folder.is_dir());
    if library.is_some() {
        return Ok(());
    }
    if output(Command::new("rustup").arg("--version")).is_none() {
        return Err(format!(
            "the Rust target {TARGET} is missing and there is no rustup to install it; install \
             Rust from https://rustup.rs, or your system's package of that target (Debian: \
             libstd-rust-dev-wasm32, Fedora: rust-std-static-{TARGET}, Arch: rust-wasm)"
        )
        .into());
    }
    println!("installing the Rust target {TARGET}");
    run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(root()))
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()).into())
}
