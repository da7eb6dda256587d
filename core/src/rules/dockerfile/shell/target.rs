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

/// The shell that reads `line`, where it is one whose limits are known; `is_relinked` tells what
/// [`relinks_sh`] says of the file.
pub(super) fn shell_of(file: File<'_>, line: &CommandLine, is_relinked: bool) -> Option<Sh> {
    let Interpreter::Posix { name, .. } = &line.interpreter else { return None };
    match name.as_str() {
        "dash" => Some(Sh::Dash),
        "ash" | "busybox" => Some(Sh::Ash),
        "sh" if !is_relinked => match sh_of(base_image(file, line)?)? {
            ShellFamily::Dash => Some(Sh::Dash),
            ShellFamily::Ash => Some(Sh::Ash),
            _ => None,
        },
        _ => None,
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
pub(super) fn relinks_sh(file: File<'_>) -> bool {
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
