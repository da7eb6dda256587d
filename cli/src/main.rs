//! Plimsoll in the terminal: reads files, asks core, shows the answer. Thinks nothing itself.
#![forbid(unsafe_code)]

mod archives;
mod args;
mod commands;
mod config;
mod excerpt;
mod files;
mod output;
mod progress;
mod terminal;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match args::parse() {
        Ok(args) => args,
        Err(code) => return code,
    };
    commands::run(args).into()
}
