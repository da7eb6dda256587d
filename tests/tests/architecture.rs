//! What must not creep into the layout of the workspace.

use std::process::Command;

use plimsoll_tests::browser::workspace;

/// All that core may stand on where it becomes WebAssembly. None of it opens a socket, asks the
/// time or draws random numbers; whoever adds a line has looked.
const CORE_STANDS_ON: &[&str] = &[
    "aho-corasick",
    "base64",
    "const_format",
    "derive_builder",
    "equivalent",
    "foldhash",
    "hashbrown",
    "indexmap",
    "itoa",
    "jsonc-parser",
    "konst",
    "konst_macro_rules",
    "memchr",
    "oci-spec",
    "plimsoll",
    "regex",
    "regex-automata",
    "regex-syntax",
    "serde",
    "serde_core",
    "serde_json",
    "strum",
    "thiserror",
    "zeroize",
    "zmij",
];

#[test]
fn core_has_no_network_clock_or_other_unlisted_dependency() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package=plimsoll", "--target=wasm32-unknown-unknown"])
        .args(["--edges=normal,no-proc-macro", "--prefix=none", "--format={p}"])
        .current_dir(workspace())
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.starts_with("plimsoll "), "{}", String::from_utf8_lossy(&output.stderr));

    let mut names: Vec<&str> =
        tree.lines().filter_map(|line| line.split(' ').next()).filter(|n| !n.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let unlisted: Vec<&str> =
        names.iter().copied().filter(|name| !CORE_STANDS_ON.contains(name)).collect();
    assert!(unlisted.is_empty(), "core depends on what is not listed here: {unlisted:?}");
    let gone: Vec<&&str> = CORE_STANDS_ON.iter().filter(|name| !names.contains(name)).collect();
    assert!(gone.is_empty(), "core no longer depends on {gone:?}: take it from the list");
}
