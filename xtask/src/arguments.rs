//! What the chores are called. Does none of them.

use crate::Failure;

pub(crate) const HELP: &str = "\
The project's own chores

Usage: cargo xtask CHORE

  serve [--port N] [--dev]  build the page, serve it on this machine and print its address
  build [--dev]             build the page into dist/
  test                      everything that must hold: format, lints, native, wasm, browser
  screenshot                pictures of the page into target/screenshots/

--dev builds faster and bigger. What is missing is installed where that is possible: the
wasm target by rustup, Chromium and ChromeDriver (test, screenshot) by the system's packages.
";

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
    Serve { profile: Profile, port: Option<u16> },
    Test,
    Screenshot,
}

/// The chore that the command line asks for.
pub(crate) fn parse(words: &[String]) -> Result<Chore, Failure> {
    let Some((chore, options)) = words.split_first() else {
        return Ok(Chore::Help);
    };
    let mut profile = Profile::Page;
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
            _ => return Err(format!("`{chore}` has no option `{option}`\n\n{HELP}").into()),
        }
    }
    match chore.as_str() {
        "help" | "-h" | "--help" => Ok(Chore::Help),
        "build" => Ok(Chore::Build(profile)),
        "serve" => Ok(Chore::Serve { profile, port }),
        "test" => Ok(Chore::Test),
        "screenshot" => Ok(Chore::Screenshot),
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
    fn what_is_unknown_is_named() {
        assert!(parsed("serve --prot 1").unwrap_err().contains("no option `--prot`"));
        assert!(parsed("serve --port x").unwrap_err().contains("`--port x`"));
        assert!(parsed("tset").unwrap_err().contains("no chore `tset`"));
    }
}
