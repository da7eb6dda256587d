//! The project's own chores, as `cargo xtask`. Holds no product code.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a developer's terminal"
)]

mod arguments;
mod browser;
mod command;
mod dependencies;
mod fuzz;
mod index;
mod limit;
mod page;
mod programs;
mod serve;
mod tally;
mod test;

use std::process::ExitCode;

/// Why a chore could not be done, in words for whoever started it.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<ExitCode, Failure> {
    use arguments::Chore;

    match arguments::parse(words)? {
        Chore::Help => print!("{}", arguments::HELP),
        Chore::Build(profile) => page::build(profile)?,
        Chore::Finish { dist } => page::finish(&dist.unwrap_or_else(page::dist))?,
        Chore::Serve { profile, port } => serve::serve(profile, port)?,
        Chore::Test(steps) => test::test(&steps)?,
        Chore::Screenshot => test::screenshot()?,
        Chore::BenchPage(lines) => test::bench_page(&lines)?,
        Chore::Dependencies => dependencies::check()?,
        Chore::Fuzz { minutes, targets } => fuzz::fuzz(minutes, &targets)?,
        Chore::Limited(words) => return limit::run(&words),
    }
    Ok(ExitCode::SUCCESS)
}
