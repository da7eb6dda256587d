//! Which shell reads an instruction: what its base image has as `/bin/sh`.

use super::super::file::File;
use crate::dockerfile::{BaseName, Stage};
use crate::document::{CommandLine, Interpreter};
use crate::reference;

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
        "sh" if !is_relinked => of_image(&base_image(file, line)?),
        _ => None,
    }
}

/// Whether Windows runs `line`, where no word of a shell is what it seems.
pub(super) fn is_windows(file: File<'_>, line: &CommandLine) -> bool {
    const SIGNS: &[&str] = &["windows", "nanoserver", "servercore"];
    let is_windows = |image: String| {
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
fn base_image(file: File<'_>, line: &CommandLine) -> Option<String> {
    let stages = file.stages();
    let mut stage: &Stage = stages.iter().find(|one| one.range.contains(&line.instruction))?;
    loop {
        match &stage.base {
            BaseName::Image(name) => return Some(name.clone()),
            // A base stage stands before its user, so this ends.
            BaseName::Stage(index) if *index < stage.index => stage = stages.get(*index)?,
            _ => return None,
        }
    }
}

/// Names of releases in tags: these images are Debian or Ubuntu.
const DEBIAN_TAGS: &[&str] = &[
    "debian", "ubuntu", "slim", "stretch", "buster", "bullseye", "bookworm", "trixie", "xenial",
    "bionic", "focal", "jammy", "noble",
];

/// Parts of tags of images that are neither Debian nor Alpine.
const OTHER_TAGS: &[&str] = &[
    "ubi",
    "rocky",
    "centos",
    "fedora",
    "rhel",
    "oracle",
    "amazon",
    "al2",
    "windows",
    "nanoserver",
    "servercore",
    "bci",
    "suse",
    "mariner",
    "azurelinux",
    "wolfi",
    "chiseled",
    "distroless",
    "ol7",
    "ol8",
    "ol9",
    "anolis",
    "alinux",
    "euler",
    "busybox",
    "scratch",
];

/// Official images that are Debian or Ubuntu where the tag says nothing else.
const DEBIAN_IMAGES: &[&str] = &[
    "debian",
    "ubuntu",
    "buildpack-deps",
    "python",
    "node",
    "golang",
    "ruby",
    "php",
    "perl",
    "rust",
    "gcc",
    "httpd",
    "nginx",
    "postgres",
    "redis",
    "memcached",
    "haproxy",
    "mariadb",
    "mongo",
    "tomcat",
    "eclipse-temurin",
    "maven",
    "gradle",
    "julia",
    "r-base",
];

fn of_image(name: &str) -> Option<Sh> {
    let reference = reference::parse(name).ok()?;
    let tag = reference.tag().unwrap_or_default().to_ascii_lowercase();
    let path = reference.path();
    let last = path.rsplit('/').next().unwrap_or(path);
    let is_official = reference.host().is_none_or(|host| host.ends_with("docker.io"))
        && (path == last || path.strip_suffix(last) == Some("library/"));
    if tag.contains("alpine") || (is_official && matches!(last, "alpine" | "busybox")) {
        return Some(Sh::Ash);
    }
    if OTHER_TAGS.iter().any(|other| tag.contains(other)) {
        return None;
    }
    let is_debian = DEBIAN_TAGS.iter().any(|sign| tag.contains(sign))
        || is_official && DEBIAN_IMAGES.contains(&last);
    is_debian.then_some(Sh::Dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_tell_their_shell_or_nothing() {
        let cases = [
            ("ubuntu:24.04", Some(Sh::Dash)),
            ("debian", Some(Sh::Dash)),
            ("python:3.12-slim", Some(Sh::Dash)),
            ("docker.io/library/node:22", Some(Sh::Dash)),
            ("nvidia/cuda:12.4.1-devel-ubuntu22.04", Some(Sh::Dash)),
            ("python:3.12-alpine", Some(Sh::Ash)),
            ("alpine:3.20", Some(Sh::Ash)),
            ("acme/python:3.12", None),
            ("nvidia/cuda:12.4.1-devel-ubi9", None),
            ("rockylinux:9", None),
            ("registry.acme.cn/base/ubuntu", None),
        ];
        for (name, expected) in cases {
            assert_eq!(of_image(name), expected, "{name}");
        }
    }
}
