//! What the chores are called. Does none of them.

use std::path::PathBuf;

use crate::Failure;

pub(crate) const HELP: &str = "\
The project's own chores

Usage: cargo xtask CHORE

  serve [--port N] [--dev]  build the page, serve it on this machine and print its address
  build [--dev]             build the page into dist/
  finish [FOLDER]           the last step of that alone, for a page that trunk has built: digests,
                            service worker and single file
  test [STEP …]             everything that must hold, or some of it: format, lints,
                            dependencies, native, documentation, wasm, page, browser
  dependencies              licences, bans and versions of what the workspace stands on
  fuzz [--minutes N] [TARGET …]
                            gives each target (or these) any bytes for N minutes (1), 1 at least
  screenshot                pictures of the page into target/screenshots/
  bench-page [LINES …]      how long the page takes from a key to paint and to findings, for texts
                            of so many lines (200, 2000 and 20000)

--dev builds faster and bigger. What is missing is installed where that is possible: the
wasm target by rustup, Chromium and ChromeDriver (test, screenshot, bench-page) by the
system's packages.
fuzz needs the nightly compiler: rustup toolchain install nightly.
";

/// A week: more is no number of minutes that anybody means.
const MOST_MINUTES: u64 = 7 * 24 * 60;

/// How the page is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As it ships: `[profile.page]`.
    Page,
    /// Quickly.
    Dev,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Chore {
    Help,
    Build(Profile),
    /// Without a folder it is the usual one.
    Finish {
        dist: Option<PathBuf>,
    },
    Serve {
        profile: Profile,
        port: Option<u16>,
    },
    Test(Vec<String>),
    Screenshot,
    /// How long the texts are; nothing for the usual lengths.
    BenchPage(Vec<String>),
    Dependencies,
    Fuzz {
        minutes: u64,
        targets: Vec<String>,
    },
    /// A program under a limit, for `test` itself: see `limit.rs`.
    Limited(Vec<String>),
}

/// The chore that the command line asks for.
pub(crate) fn parse(words: &[String]) -> Result<Chore, Failure> {
    let Some((chore, options)) = words.split_first() else {
        return Ok(Chore::Help);
    };
    // What follows is another program's.
    if chore == "limited" {
        return Ok(Chore::Limited(options.to_vec()));
    }
    let mut profile = Profile::Page;
    let (mut minutes, mut names) = (1, Vec::new());
    let mut port = None;
    let mut options = options.iter().map(String::as_str);
    while let Some(option) = options.next() {
        match (chore.as_str(), option) {
            (_, "-h" | "--help") => return Ok(Chore::Help),
            ("serve" | "build", "--dev") => profile = Profile::Dev,
            ("serve" | "build", "--release") => profile = Profile::Page,
            ("serve", "--port") => {
                let value = options.next().ok_or("`--port` needs a number")?;
                let number =
                    value.parse().map_err(|_| format!("`--port {value}` is not a port number"))?;
                port = Some(number);
            }
            ("fuzz", "--minutes") => {
                let value = options.next().ok_or("`--minutes` needs a number")?;
                minutes = value.parse().map_err(|_| format!("`--minutes {value}` is no number"))?;
                // libFuzzer takes 0 as no limit at all, and a number of 31 bits.
                if !(1..=MOST_MINUTES).contains(&minutes) {
                    return Err(format!("`--minutes` takes 1 to {MOST_MINUTES}").into());
                }
            }
            ("bench-page", lines) if lines.parse::<usize>().is_err() => {
                return Err(format!("`{lines}` is no number of lines").into());
            }
            ("fuzz" | "test" | "finish" | "bench-page", name) if !name.starts_with('-') => {
                names.push(name.to_owned())
            }
            _ => return Err(format!("`{chore}` has no option `{option}`\n\n{HELP}").into()),
        }
    }
    match chore.as_str() {
        "help" | "-h" | "--help" => Ok(Chore::Help),
        "build" => Ok(Chore::Build(profile)),
        // Trunk tells where the page lies before it is moved to its place.
        "finish" => Ok(Chore::Finish {
            dist: names
                .first()
                .map(PathBuf::from)
                .or_else(|| std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from)),
        }),
        "serve" => Ok(Chore::Serve { profile, port }),
        "test" => Ok(Chore::Test(names)),
        "screenshot" => Ok(Chore::Screenshot),
        "bench-page" => Ok(Chore::BenchPage(names)),
        "dependencies" => Ok(Chore::Dependencies),
        "fuzz" => Ok(Chore::Fuzz { minutes, targets: names }),
        _ => Err(format!("there is no chore `{chore}`\n\n{HELP}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Chore, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words).map_err(|failure| failure.to_string())
    }

    #[test]
    fn the_page_is_built_as_it_ships_unless_asked_otherwise() {
        assert_eq!(parsed("serve"), Ok(Chore::Serve { profile: Profile::Page, port: None }));
        assert_eq!(
            parsed("serve --dev --port 8123"),
            Ok(Chore::Serve { profile: Profile::Dev, port: Some(8123) })
        );
    }

    #[test]
    fn all_targets_are_fuzzed_unless_some_are_named() {
        assert_eq!(parsed("fuzz"), Ok(Chore::Fuzz { minutes: 1, targets: Vec::new() }));
        let some = Chore::Fuzz { minutes: 20, targets: vec!["fix".to_owned(), "ros".to_owned()] };
        assert_eq!(parsed("fuzz fix --minutes 20 ros"), Ok(some));
    }

    #[test]
    fn a_time_that_would_never_end_is_refused() {
        for minutes in ["0", "99999999"] {
            let refused = parsed(&format!("fuzz --minutes {minutes}")).unwrap_err();
            assert!(refused.contains("1 to 10080"), "{refused}");
        }
        assert!(parsed("fuzz --minutes -1").unwrap_err().contains("no number"));
    }

    #[test]
    fn texts_of_some_length_alone_can_be_measured() {
        assert_eq!(parsed("bench-page 200"), Ok(Chore::BenchPage(vec!["200".to_owned()])));
        assert!(parsed("bench-page some").unwrap_err().contains("no number of lines"));
    }

    #[test]
    fn what_is_unknown_is_named() {
        assert!(parsed("serve --prot 1").unwrap_err().contains("no option `--prot`"));
        assert!(parsed("serve --port x").unwrap_err().contains("`--port x`"));
        assert!(parsed("tset").unwrap_err().contains("no chore `tset`"));
    }
}
