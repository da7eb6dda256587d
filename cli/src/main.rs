//! Plimsoll in the terminal: reads files, asks core, shows the answer. Thinks nothing itself.
#![forbid(unsafe_code)]

mod archives;
mod args;
mod commands;
mod config;
mod diff;
mod excerpt;
mod files;
mod output;
mod progress;
mod signals;
mod terminal;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match args::parse() {
        Ok(args) => args,
        Err(said) => return said.say().into(),
    };
    commands::run(args).into()
}
