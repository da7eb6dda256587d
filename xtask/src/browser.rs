//! Finds Chromium and ChromeDriver for the browser tests, and has the system's package manager
//! install them where they are missing. Never downloads anything itself.

use std::path::PathBuf;
use std::process::Command;

use crate::Failure;
use crate::command::{line, on_path, output, run};

const CHROMIUM: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHROMEDRIVER: [&str; 1] = ["chromedriver"];

/// Ways to install, tried in this order: the manager's program, the command that refreshes its
/// lists, and sets of package names of which the first that it knows is taken.
const MANAGERS: [Manager; 6] = [
    Manager {
        refresh: &["apt-get", "update"],
        install: &[
            &["apt-get", "install", "--yes", "chromium", "chromium-driver"],
            &["apt-get", "install", "--yes", "chromium-browser", "chromium-chromedriver"],
        ],
        as_root: true,
    },
    Manager {
        refresh: &["dnf", "makecache"],
        install: &[&["dnf", "install", "--assumeyes", "chromium", "chromedriver"]],
        as_root: true,
    },
    Manager {
        refresh: &["apk", "update"],
        install: &[&["apk", "add", "chromium", "chromium-chromedriver"]],
        as_root: true,
    },
    Manager {
        refresh: &["pacman", "--sync", "--refresh"],
        install: &[&["pacman", "--sync", "--noconfirm", "chromium"]],
        as_root: true,
    },
    Manager {
        refresh: &["zypper", "--non-interactive", "refresh"],
        install: &[&["zypper", "--non-interactive", "install", "chromium", "chromedriver"]],
        as_root: true,
    },
    Manager {
        refresh: &["brew", "--version"],
        install: &[&["brew", "install", "--cask", "chromium", "chromedriver"]],
        as_root: false,
    },
];

struct Manager {
    refresh: &'static [&'static str],
    install: &'static [&'static [&'static str]],
    as_root: bool,
}

/// What the browser tests drive.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

/// The browser and its driver, installed first if need be.
pub(crate) fn ensure() -> Result<Browser, Failure> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    let reason = install().err().map(|failure| format!(" ({failure})")).unwrap_or_default();
    find().ok_or_else(|| {
        format!(
            "the browser tests need Chromium and ChromeDriver, and they could not be \
             installed{reason}; install them (Debian: apt-get install chromium chromium-driver; \
             Fedora: dnf install chromium chromedriver; Alpine: apk add chromium \
             chromium-chromedriver; macOS: brew install --cask chromium chromedriver), or name \
             their programs in the environment variables CHROMIUM and CHROMEDRIVER"
        )
        .into()
    })
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: program("CHROMIUM", &CHROMIUM)?,
        chromedriver: program("CHROMEDRIVER", &CHROMEDRIVER)?,
    })
}

/// The program that `variable` names, or else the first of `names` on the PATH.
fn program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(variable) {
        return Some(PathBuf::from(named)).filter(|file| file.is_file());
    }
    names.iter().find_map(|name| on_path(name))
}

fn install() -> Result<(), Failure> {
    let manager = MANAGERS
        .iter()
        .find(|manager| manager.refresh.first().is_some_and(|program| on_path(program).is_some()))
        .ok_or("no package manager that we know")?;
    // Stale lists make the install fail with a clearer message than a failed refresh has.
    let _ = run_as_needed(manager, manager.refresh);
    let mut result = Err("nothing to install".into());
    for packages in manager.install {
        result = run_as_needed(manager, packages);
        if result.is_ok() {
            break;
        }
    }
    result
}

/// Runs a package manager as root when that needs no password, and else not at all.
fn run_as_needed(manager: &Manager, words: &[&str]) -> Result<(), Failure> {
    let is_root = output(Command::new("id").arg("-u")).is_some_and(|user| user.trim() == "0");
    let mut command = if !manager.as_root || is_root {
        let (program, arguments) = words.split_first().ok_or("an empty command")?;
        let mut command = Command::new(program);
        command.args(arguments);
        command
    } else if output(Command::new("sudo").args(["--non-interactive", "true"])).is_some() {
        let mut command = Command::new("sudo");
        command.arg("--non-interactive").args(words);
        command
    } else {
        return Err(format!("`{}` needs root", words.join(" ")).into());
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    println!("{}", line(&command));
    run(&mut command)
}
