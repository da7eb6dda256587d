//! Which shell reads an instruction: what its base image has as `/bin/sh`.

use super::super::base_image::{root, stage_of};
use super::super::file::File;
use super::super::known_images::{ShellFamily, sh_of};
use crate::document::{CommandLine, Interpreter};

/// A shell whose limits are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sh {
    /// Debian's and Ubuntu's.
    Dash,
    /// BusyBox's, on Alpine.
    Ash,
}

impl Sh {
    pub(super) fn name(self) -> &'static str {
        match self {
            Sh::Dash => "dash",
            Sh::Ash => "BusyBox ash",
        }
    }
}

/// The shells that read the lines of a file.
pub(super) struct Shells<'a> {
    file: File<'a>,
    /// Whether a command makes `/bin/sh` another shell.
    is_relinked: bool,
    /// The image that was asked about last: lines of one stage follow one another.
    last: Option<(&'a str, Option<Sh>)>,
}

impl<'a> Shells<'a> {
    pub(super) fn of(file: File<'a>) -> Shells<'a> {
        Shells { file, is_relinked: relinks_sh(file), last: None }
    }

    /// The shell that reads `line`, where it is one whose limits are known.
    pub(super) fn read(&mut self, line: &CommandLine) -> Option<Sh> {
        let Interpreter::Posix { name, .. } = &line.interpreter else { return None };
        match name.as_str() {
            "dash" => Some(Sh::Dash),
            "ash" | "busybox" => Some(Sh::Ash),
            "sh" if !self.is_relinked => self.of_image(base_image(self.file, line)?),
            _ => None,
        }
    }

    fn of_image(&mut self, name: &'a str) -> Option<Sh> {
        if let Some((_, shell)) = self.last.filter(|(last, _)| *last == name) {
            return shell;
        }
        let shell = match sh_of(name) {
            Some(ShellFamily::Dash) => Some(Sh::Dash),
            Some(ShellFamily::Ash) => Some(Sh::Ash),
            _ => None,
        };
        self.last = Some((name, shell));
        shell
    }
}

/// Whether Windows runs `line`, where no word of a shell is what it seems.
pub(super) fn is_windows(file: File<'_>, line: &CommandLine) -> bool {
    const SIGNS: &[&str] = &["windows", "nanoserver", "servercore"];
    let is_windows = |image: &str| {
        let image = image.to_ascii_lowercase();
        SIGNS.iter().any(|sign| image.contains(sign))
    };
    file.content.tree.escape == '`' || base_image(file, line).is_some_and(is_windows)
}

/// Whether a command makes `/bin/sh` another shell.
fn relinks_sh(file: File<'_>) -> bool {
    let mut commands = file.command_lines().iter().flat_map(|line| &line.script.commands);
    commands.any(|command| match command.name() {
        Some("ln" | "cp" | "mv" | "update-alternatives") => command
            .words
            .iter()
            .any(|word| word.literal().is_some_and(|word| word.ends_with("/bin/sh"))),
        Some("dpkg-reconfigure" | "debconf-set-selections") => true,
        _ => false,
    })
}

/// The image that the stage of `line` is built from in the end.
fn base_image<'a>(file: File<'a>, line: &CommandLine) -> Option<&'a str> {
    Some(root(file, stage_of(file, line.instruction)?)?.name)
}
