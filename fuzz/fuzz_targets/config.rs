//! `plimsoll.toml`, and the patterns of paths in it. The command line is a program without a
//! library: its files are taken as they are.

#![no_main]
#![allow(dead_code, unused_imports, reason = "most of the command line is not asked for here")]

#[path = "../../cli/src/args.rs"]
mod args;
#[path = "../cli/config.rs"]
mod config;
#[path = "../../cli/src/excerpt.rs"]
mod excerpt;
#[path = "../../cli/src/output.rs"]
mod output;
#[path = "../../cli/src/terminal.rs"]
mod terminal;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    config::is_read(text);
    let (pattern, path) = text.split_once('\n').unwrap_or((text, "services/a/Dockerfile"));
    config::matches(pattern, path);
});
