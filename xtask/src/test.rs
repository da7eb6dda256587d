//! Everything that must hold, cheapest first. Each step is a command that one can type.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::arguments::Profile;
use crate::command::{cargo, line, root, run};
use crate::page::{self, TARGET};
use crate::{Failure, browser};

/// Runs every step; stops at the first that fails and names it.
pub(crate) fn test() -> Result<(), Failure> {
    let started = Instant::now();
    let wasm = format!("--target={TARGET}");

    step("format", || run(&mut cargo(&["fmt", "--all", "--check"])))?;
    step("lints", || {
        announced(&mut cargo(&[
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "--deny=warnings",
        ]))
    })?;
    step("native tests", || {
        // The browser's turn comes when there is a page.
        announced(&mut cargo(&["test", "--locked", "--workspace"]))
    })?;
    if std::env::var_os("PLIMSOLL_CASES").is_some() {
        step("real files", || {
            let packages = ["test", "--locked", "--package=plimsoll", "--package=plimsoll-tests"];
            let programs = [
                "corpora",
                "image_rules",
                "images",
                "laws",
                "noise",
                "ros",
                "seeds",
                "schema",
                "shell_oracle",
                "conformance",
            ];
            let programs = programs.map(|name| format!("--test={name}"));
            announced(cargo(&packages).args(programs).args(["--", "--ignored"]))
        })?;
    }
    let is_here = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if is_here("patch") && is_here("script") {
        step("patch and a terminal", || {
            let program = ["test", "--locked", "--package=plimsoll-cli", "--test=raw_output"];
            announced(cargo(&program).args(["--", "--ignored"]))
        })?;
    }
    step("wasm target", page::install_target)?;
    step("lints on wasm", || {
        announced(&mut cargo(&[
            "clippy",
            "--locked",
            "--package=plimsoll",
            "--package=plimsoll-web",
            &wasm,
            "--",
            "--deny=warnings",
        ]))
    })?;
    step("core on wasm", || {
        announced(&mut cargo(&["build", "--locked", "--package=plimsoll", &wasm, "--profile=page"]))
    })?;
    step("page", || page::build(Profile::Page))?;
    let browser = step("browser", browser::ensure)?;
    step("browser tests", || {
        announced(in_browser(
            &browser,
            cargo(&["test", "--locked", "--workspace"]).args([
                "--test=browser",
                "--test=page",
                "--test=image_page",
                "--test=large_image_page",
                "--",
                "--include-ignored",
            ]),
        ))
    })?;

    println!("\nall that must hold, holds ({})", seconds(started.elapsed()));
    Ok(())
}

/// Builds the page and draws it for people to look at.
pub(crate) fn screenshot() -> Result<(), Failure> {
    page::build(Profile::Page)?;
    let browser = browser::ensure()?;
    let mut draw = cargo(&["test", "--locked", "--workspace", "--test=screenshots"]);
    draw.args(["--", "--ignored", "--nocapture"]);
    draw.env("PLIMSOLL_SCREENSHOTS", root().join("target/screenshots"));
    announced(in_browser(&browser, &mut draw))
}

fn in_browser<'a>(browser: &browser::Browser, command: &'a mut Command) -> &'a mut Command {
    command.env("CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.chromedriver)
}

fn step<T>(name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    println!("\n── {name}");
    let started = Instant::now();
    let result = work().map_err(|failure| format!("{name}: {failure}"))?;
    println!("── {name}: done in {}", seconds(started.elapsed()));
    Ok(result)
}

fn announced(command: &mut Command) -> Result<(), Failure> {
    println!("{}", line(command));
    run(command)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f32())
}
