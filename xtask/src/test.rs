//! Everything that must hold, cheapest first. Each step is a command that one can type.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::arguments::Profile;
use crate::command::{cargo, line, on_path, root, run};
use crate::page::{self, TARGET};
use crate::programs::{self, Need, Program};
use crate::tally::Tally;
use crate::{Failure, browser, dependencies};

/// How long rustdoc may build and run the examples in documentation.
const DOCUMENTATION: Duration = Duration::from_mins(10);

/// All packages but our own: beside them, with what they ask of its dependencies, those would be
/// built a second time.
const OURS: [&str; 2] = ["--workspace", "--exclude=xtask"];

/// What the folder of cases must hold, or it is another folder.
const IN_CASES: [&str; 3] = ["corpus", "cases", "seeds"];

/// A step: its name, and what it does to the count.
type Step = (&'static str, fn(&mut Run) -> Result<(), Failure>);

/// The steps in their order.
const STEPS: &[Step] = &[
    ("format", |_| run(&mut cargo(&["fmt", "--all", "--check"]))),
    ("lints", |_| lints(&["--workspace", "--all-targets"])),
    ("dependencies", |_| dependencies::check()),
    ("native", native),
    ("documentation", documentation),
    ("wasm", |_| {
        page::install_target()?;
        // Core by itself first: beside the page it is built with what the page's crates ask of its.
        ["plimsoll", "plimsoll-web"].iter().try_for_each(|package| {
            lints(&[&format!("--package={package}"), &format!("--target={TARGET}")])
        })
    }),
    ("page", |_| page::build(Profile::Page)),
    ("browser", in_browser),
];

/// What the steps share.
struct Run {
    /// Whether there are real files.
    has_cases: bool,
    /// The test programs, once they are built.
    programs: Option<Vec<Program>>,
    tally: Tally,
}

/// Runs every step, or those of these names. Stops at a step that fails, but runs all test programs
/// of one, and names those that failed.
pub(crate) fn test(chosen: &[String]) -> Result<(), Failure> {
    let started = Instant::now();
    if let Some(name) = chosen.iter().find(|name| STEPS.iter().all(|(known, _)| known != name)) {
        let known: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no step `{name}`; there are {}", known.join(", ")).into());
    }
    let mut run = Run { has_cases: has_cases()?, programs: None, tally: Tally::default() };
    for (name, step) in STEPS {
        if !chosen.is_empty() && !chosen.iter().any(|one| one == name) {
            continue;
        }
        println!("\n── {name}");
        let started = Instant::now();
        step(&mut run).map_err(|failure| format!("{name}: {failure}"))?;
        println!("── {name}: done in {}", seconds(started.elapsed()));
    }
    println!("\nall that must hold, holds ({})\n{}", seconds(started.elapsed()), run.tally);
    Ok(())
}

fn lints(arguments: &[&str]) -> Result<(), Failure> {
    let mut clippy = cargo(&["clippy", "--locked"]);
    announced(clippy.args(arguments).args(["--", "--deny=warnings"]))
}

fn native(run: &mut Run) -> Result<(), Failure> {
    if !run.has_cases {
        println!("PLIMSOLL_CASES names no folder: the tests of real files are ignored");
    }
    let has_cases = run.has_cases;
    let lacks_nothing = |program: &Program| match program.need() {
        Need::Cases => has_cases,
        Need::Commands(names) => names.iter().all(|name| on_path(name).is_some()),
        Need::Superuser => is_superuser(),
        Need::Page | Need::Browser | Need::Firefox | Need::Eyes => false,
    };
    let abreast = std::thread::available_parallelism().map_or(1, NonZero::get);
    run.tests(|program| !needs_page(program), lacks_nothing, &[], abreast)
}

fn documentation(run: &mut Run) -> Result<(), Failure> {
    let mut command = cargo(&["test", "--locked", "--doc"]);
    command.args(OURS);
    println!("{}", line(&command));
    let name = "the examples in documentation";
    run.tally.add(programs::run(&command, DOCUMENTATION, name, &mut std::io::stdout())?);
    run.verdict()
}

fn in_browser(run: &mut Run) -> Result<(), Failure> {
    let browser = browser_if_any()?;
    let environment = browser.as_ref().map_or(Vec::new(), |browser| {
        vec![("CHROMIUM", &browser.chromium), ("CHROMEDRIVER", &browser.chromedriver)]
    });
    let has_firefox =
        ["firefox-esr", "geckodriver"].into_iter().all(|name| on_path(name).is_some());
    let lacks_nothing = |program: &Program| match program.need() {
        Need::Page => true,
        Need::Firefox => has_firefox,
        _ => browser.is_some(),
    };
    // One at a time: a browser has use for every processor.
    run.tests(needs_page, lacks_nothing, &environment, 1)
}

/// Whether a program looks at the page that is built.
fn needs_page(program: &Program) -> bool {
    matches!(program.need(), Need::Page | Need::Browser | Need::Firefox)
}

impl Run {
    /// Runs the test programs that are `wanted`, `abreast` of them at a time, the ignored tests of
    /// those that lack nothing too.
    fn tests(
        &mut self,
        wanted: impl Fn(&Program) -> bool,
        lacks_nothing: impl Fn(&Program) -> bool + Sync,
        environment: &[(&str, &PathBuf)],
        abreast: usize,
    ) -> Result<(), Failure> {
        if self.programs.is_none() {
            let mut all = programs::build(&OURS)?;
            all.extend(programs::build(&["--package=xtask"])?);
            all.sort();
            self.programs = Some(all);
        }
        let all = self.programs.iter().flatten();
        let wanted: Vec<&Program> = all.filter(|program| wanted(program)).collect();
        self.tally.add(programs::run_all(&wanted, abreast, lacks_nothing, environment)?);
        self.verdict()
    }

    fn verdict(&self) -> Result<(), Failure> {
        match self.tally.failures() {
            [] => Ok(()),
            failures => Err(format!("{}\nfailed: {}", self.tally, failures.join(", ")).into()),
        }
    }
}

/// Builds the page and draws it for people to look at.
pub(crate) fn screenshot() -> Result<(), Failure> {
    page::build(Profile::Page)?;
    let browser = browser::ensure()?;
    let mut draw = cargo(&["test", "--locked", "--package=plimsoll-tests", "--test=screenshots"]);
    draw.args(["--", "--ignored", "--nocapture"]);
    draw.env("PLIMSOLL_SCREENSHOTS", root().join("target/screenshots"));
    announced(draw.env("CHROMIUM", browser.chromium).env("CHROMEDRIVER", browser.chromedriver))
}

/// Builds the page as it ships and measures how it keeps up with its reader.
pub(crate) fn bench_page(lines: &[String]) -> Result<(), Failure> {
    page::build(Profile::Page)?;
    let browser = browser::ensure()?;
    let mut bench = cargo(&["run", "--locked", "--package=plimsoll-tests", "--bin=bench_page"]);
    bench.arg("--").args(lines);
    announced(bench.env("CHROMIUM", browser.chromium).env("CHROMEDRIVER", browser.chromedriver))
}

/// Whether `PLIMSOLL_CASES` names the folder of real files.
fn has_cases() -> Result<bool, Failure> {
    let Some(folder) = std::env::var_os("PLIMSOLL_CASES").filter(|name| !name.is_empty()) else {
        return Ok(false);
    };
    let folder = PathBuf::from(folder);
    // Test programs run in the folders of their packages.
    if !folder.is_absolute() {
        return Err("PLIMSOLL_CASES must name the folder by its whole path".into());
    }
    match lacking(&folder) {
        Some(name) => {
            Err(format!("PLIMSOLL_CASES names {}, which has no {name}", folder.display()).into())
        }
        None => Ok(true),
    }
}

fn lacking(folder: &Path) -> Option<&'static str> {
    IN_CASES.into_iter().find(|name| !folder.join(name).is_dir())
}

/// Whether there is a browser, which the tests are told. Continuous integration must have one.
fn browser_if_any() -> Result<Option<browser::Browser>, Failure> {
    match browser::ensure() {
        Ok(browser) => Ok(Some(browser)),
        Err(failure) if std::env::var("CI").is_ok_and(|value| value == "true") => Err(failure),
        Err(failure) => {
            println!("the tests of the page are ignored: {failure}");
            Ok(None)
        }
    }
}

fn announced(command: &mut Command) -> Result<(), Failure> {
    println!("{}", line(command));
    run(command)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f32())
}

/// Whether the user is the superuser, where there is one.
fn is_superuser() -> bool {
    let user = Command::new("id").arg("-u").output();
    user.is_ok_and(|user| user.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_holds_no_cases_is_refused() {
        assert_eq!(lacking(root()), Some("corpus"));
    }

    #[test]
    fn a_step_that_is_not_there_is_named() {
        let wrong = test(&["nativ".to_owned()]).unwrap_err().to_string();
        assert!(wrong.contains("no step `nativ`") && wrong.contains("native"), "{wrong}");
    }
}
