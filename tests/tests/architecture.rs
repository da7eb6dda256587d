//! What must not creep into the layout of the workspace.

use plimsoll_test_support::workspace;

/// Every Rust file below `folder`, with its path from there and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = workspace().join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).expect("below the root");
                let text = std::fs::read_to_string(&path).expect("a text");
                found.push((name.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    found.sort();
    found
}

/// All of `std` that core may name: nothing there reads or writes the world.
const CORE_NAMES_OF_STD: &[&str] = &[
    "array",
    "borrow",
    "cell",
    "char",
    "cmp",
    "collections",
    "error",
    "fmt",
    "hash",
    "iter",
    "mem",
    "num",
    "ops",
    "ptr",
    "rc",
    "slice",
    "str",
    "string",
    "sync",
];

/// What is wrong with one file of core: parts of `std` that it may not name.
fn forbidden_std(text: &str) -> Vec<&str> {
    let is_own = |at: &usize| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let names = text.match_indices("std::").filter(|(at, _)| is_own(at)).map(|(at, _)| {
        let rest = &text[at + "std::".len()..];
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())]
    });
    names.filter(|name| !CORE_NAMES_OF_STD.contains(name)).collect()
}

#[test]
fn core_names_nothing_of_std_that_reaches_the_world() {
    for (path, text) in sources("core/src") {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let mut forbidden = forbidden_std(code);
        // Archives are read through traits: whoever calls brings the file.
        if path.starts_with("image/") {
            forbidden.retain(|name| *name != "io");
        }
        assert_eq!(forbidden, [""; 0], "core/src/{path}");
    }
    assert_eq!(forbidden_std("use std::fs; std::mem::take(x); std::time::Instant"), ["fs", "time"]);
}

/// Core's modules from the ground up: each may name only those before it, and itself.
const LAYERS: &[&str] = &[
    "text",
    "fact",
    "tree",
    "secret",
    "ros",
    "kubernetes",
    "flattened",
    "shell",
    "dockerfile",
    "dockerignore",
    "reference",
    "image",
    "credential",
    "redact",
    "command",
    "document",
    "packages",
    "claims",
    "project",
    "rule",
    "rules",
    "platforms",
    "register",
    "settings",
    "targets",
    "suppress",
    "language",
    "report",
    "check",
    "fix",
    "init",
    "explain",
];

/// Modules that know of one another: a project is read for its claims, a rule is given a project.
const TOGETHER: &[(&str, &str)] = &[("suppress", "rules")];

#[test]
fn a_module_of_core_names_only_those_below_it() {
    for (path, text) in sources("core/src") {
        let layer = path.split(['/', '.']).next().expect("a name");
        let Some(own) = LAYERS.iter().position(|known| *known == layer) else {
            assert_eq!(layer, "lib", "core/src/{path} stands in no layer: add it to LAYERS");
            continue;
        };
        // Tests may look up.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let name = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0)];
            let Some(named) = LAYERS.iter().position(|known| *known == name) else { continue };
            let is_known = TOGETHER.contains(&(layer, name));
            assert!(
                named <= own || is_known,
                "core/src/{path} names {name}, which stands above it"
            );
        }
    }
}

/// The folders of `core/src/platforms`.
const PLATFORMS: &[&str] = &["compute_nest", "eas", "eci", "modelarts"];

#[test]
fn every_fact_of_a_platform_is_used() {
    for platform in PLATFORMS {
        let all = sources(&format!("core/src/platforms/{platform}"));
        let is_spec = |path: &str| path.starts_with("spec");
        let facts: Vec<&str> = all
            .iter()
            .filter(|(path, _)| is_spec(path))
            .flat_map(|(_, text)| text.split("pub static ").skip(1))
            .map(|rest| rest.split(':').next().unwrap_or_default())
            // A macro's own slot.
            .filter(|name| !name.starts_with('$'))
            .collect();
        assert!(facts.len() > 5, "{platform} has facts");
        for fact in facts {
            let is_used = all.iter().filter(|(path, _)| !is_spec(path)).any(|(_, text)| {
                text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == fact)
            });
            assert!(is_used, "no rule of {platform} rests on {fact}");
        }
    }
}

#[test]
fn no_platform_names_another() {
    for (path, text) in sources("core/src/platforms") {
        let own = path.split('/').next().expect("a name");
        for other in PLATFORMS.iter().filter(|other| **other != own && own != "mod.rs") {
            assert!(!text.contains(&format!("platforms::{other}")), "{path} names {other}");
        }
    }
}

#[test]
fn every_file_is_a_module_of_its_folder() {
    for folder in ["core/src", "cli/src"] {
        let all = sources(folder);
        for (path, _) in &all {
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            let stem = name.trim_end_matches(".rs");
            let (owner_folder, module) = match stem {
                "lib" | "main" => continue,
                "mod" => parent.rsplit_once('/').unwrap_or(("", parent)),
                _ => (parent, stem),
            };
            let candidates = [
                format!("{owner_folder}/mod.rs"),
                format!("{owner_folder}.rs"),
                "lib.rs".to_owned(),
                "main.rs".to_owned(),
            ];
            let is_listed = all.iter().any(|(owner, text)| {
                candidates.iter().any(|known| known.trim_start_matches('/') == owner)
                    && text.lines().any(|line| line.trim_end().ends_with(&format!("mod {module};")))
            });
            assert!(is_listed, "{folder}/{path} is no module of anything");
        }
    }
}

#[test]
fn every_path_that_the_documents_name_exists() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(workspace().join(document)).expect("the document");
        for word in text.split('`').skip(1).step_by(2) {
            let roots = ["core/", "cli/", "web/", "tests/", "xtask/", "examples/"];
            let is_path = roots.iter().any(|root| word.starts_with(root))
                && !word.contains(['*', ' ', '{', '…']);
            if is_path {
                assert!(workspace().join(word).exists(), "{document} names {word}, which is gone");
            }
        }
    }
}

/// Where the folder of cases may be asked for: anywhere else a test would pass without it.
const ASK_FOR_CASES: &[&str] = &["support/src/cases.rs", "src/bin/fuzz_seeds.rs"];

#[test]
fn no_test_calls_cargo_or_passes_without_its_files() {
    let own = file!().rsplit('/').next().expect("a name");
    for folder in ["core", "cli", "tests"] {
        for (path, text) in sources(folder) {
            if path.ends_with(own) {
                continue;
            }
            let calls = ["env!(\"CARGO\")", "Command::new(\"cargo\")", "var_os(\"CARGO\")"];
            let calls_cargo = calls.iter().any(|call| text.contains(call));
            assert!(!calls_cargo, "{folder}/{path} calls cargo");
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let asks = code.filter(|line| !line.contains("#[ignore"));
            let asks = asks.into_iter().any(|line| line.contains("\"PLIMSOLL_CASES\""));
            let may = folder == "tests" && ASK_FOR_CASES.contains(&path.as_str());
            assert!(may || !asks, "{folder}/{path}: plimsoll_test_support::cases knows the folder");
        }
    }
}
