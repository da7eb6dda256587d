//! The lists. Whoever adds a line has looked, and says why.

/// Licences under which the project may use a package. `MIT` and `Apache-2.0` are its own.
pub(super) const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    // brotli, with which xtask measures the page.
    "BSD-3-Clause",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

const NETWORK: &str = "it speaks to the network";
const UNSAFE_C: &str = "it builds code in C";

/// Packages that are not let in, and why: by what they do, or since nobody keeps them any more.
pub(super) const BANNED: &[(&str, &str)] = &[
    ("async-std", NETWORK),
    ("curl", NETWORK),
    ("gloo-net", NETWORK),
    ("h2", NETWORK),
    ("hyper", NETWORK),
    ("isahc", NETWORK),
    ("mio", NETWORK),
    ("quinn", NETWORK),
    ("reqwest", NETWORK),
    ("smol", NETWORK),
    ("socket2", NETWORK),
    ("surf", NETWORK),
    ("tokio", NETWORK),
    ("tungstenite", NETWORK),
    ("ureq", NETWORK),
    ("native-tls", NETWORK),
    ("rustls", NETWORK),
    ("openssl-sys", UNSAFE_C),
    ("libz-sys", UNSAFE_C),
    ("zstd-sys", UNSAFE_C),
    ("adler", "RUSTSEC-2025-0056: unmaintained"),
    ("ansi_term", "RUSTSEC-2021-0139: unmaintained"),
    ("atty", "RUSTSEC-2024-0375: unmaintained"),
    ("bincode", "RUSTSEC-2025-0141: unmaintained"),
    ("derivative", "RUSTSEC-2024-0388: unmaintained"),
    ("fxhash", "RUSTSEC-2025-0057: unmaintained"),
    ("instant", "RUSTSEC-2024-0384: unmaintained"),
    ("number_prefix", "RUSTSEC-2025-0119: unmaintained"),
    ("paste", "RUSTSEC-2024-0436: unmaintained"),
    ("proc-macro-error", "RUSTSEC-2024-0370: unmaintained"),
    ("serde_cbor", "RUSTSEC-2021-0127: unmaintained"),
    ("wee_alloc", "RUSTSEC-2022-0054: unmaintained"),
    ("yaml-rust", "RUSTSEC-2024-0320: unmaintained"),
];

const OF_YEW: &str = "yew 0.23, the newest, takes all of gloo 0.11 and no feature turns that off; \
    nothing of the page calls it, its policy forbids every request, and a test in a real browser \
    holds it to that";
const NATIVE: &str = "only where the page is not WebAssembly: its unit tests; yew and tokise ask \
    for the runtime and its timers, not for the network";

/// Packages that are let in all the same: the package, who uses it, and why that may be.
pub(super) const TOLERATED: &[(&str, &str, &str)] = &[
    ("bincode", "gloo-worker", OF_YEW),
    ("gloo-net", "gloo", OF_YEW),
    ("proc-macro-error", "yew-macro", "runs in the compiler alone, on our own source"),
    ("tokio", "tokio-stream", NATIVE),
    ("tokio", "tokise", NATIVE),
    ("tokio", "wasm-bindgen-futures", NATIVE),
    ("tokio", "yew", NATIVE),
];

const MACROS: &str = "of macros, which run in the compiler alone";
const OF_TESTS: &str = "of what tests compare with, beside what the product uses";
const OF_GLOO: &str = "gloo 0.11, which yew takes, has not moved on";

/// Packages in several versions: which, and why.
pub(super) const DUPLICATES: &[(&str, &[&str], &str)] = &[
    ("base64", &["0.22", "0.23"], "wasm-bindgen-cli-support, a tool, has not moved on"),
    ("darling", &["0.20", "0.24"], MACROS),
    ("darling_core", &["0.20", "0.24"], MACROS),
    ("darling_macro", &["0.20", "0.24"], MACROS),
    ("embedded-io", &["0.4", "0.6"], "postcard's, each behind a feature that is off: never built"),
    ("getrandom", &["0.2", "0.3", "0.4"], "gloo-history, jsonschema and tempfile; none in core"),
    (
        "hashbrown",
        &["0.16", "0.17"],
        "cached (a test's) and wasmparser (a tool's) are behind indexmap",
    ),
    ("prettyplease", &["0.2", "0.3"], MACROS),
    ("r-efi", &["5", "6"], "of getrandom, on UEFI alone"),
    ("similar", &["2", "3"], OF_TESTS),
    ("strum", &["0.27", "0.28"], OF_TESTS),
    ("strum_macros", &["0.27", "0.28"], MACROS),
    ("syn", &["1", "2", "3"], MACROS),
    ("thiserror", &["1", "2"], OF_GLOO),
    ("thiserror-impl", &["1", "2"], OF_GLOO),
    ("toml_datetime", &["0.6", "1"], MACROS),
    ("winnow", &["0.5", "1"], MACROS),
];

/// All that core may stand on where it becomes WebAssembly. None of it opens a socket, asks the
/// time or draws random numbers; whoever adds a line has looked.
pub(super) const CORE_STANDS_ON: &[&str] = &[
    "aho-corasick",
    "arraydeque",
    "base64",
    "block-buffer",
    "cfg-if",
    "const_format",
    "crypto-common",
    "derive_builder",
    "digest",
    "equivalent",
    "flate2",
    "foldhash",
    "hashbrown",
    "hybrid-array",
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
    "ruzstd",
    "saphyr-parser",
    "serde",
    "serde_core",
    "serde_json",
    "sha2",
    "strum",
    "thiserror",
    "typenum",
    "zeroize",
    "zlib-rs",
    "zmij",
];
