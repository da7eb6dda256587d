//! What stands at `/bin/sh` of an image, for many more images than the table has.

use super::ShellFamily;
use crate::reference;
use crate::text::file_name;

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

/// What stands at `/bin/sh` of the image, as its name and tag tell it, where that is dash or ash.
pub(in super::super) fn sh_of(name: &str) -> Option<ShellFamily> {
    let reference = reference::parse(name).ok()?;
    let tag = reference.tag().unwrap_or_default().to_ascii_lowercase();
    let path = reference.path();
    let last = file_name(path);
    let is_official = reference.host().is_none_or(|host| host.ends_with("docker.io"))
        && (path == last || path.strip_suffix(last) == Some("library/"));
    if tag.contains("alpine") || (is_official && matches!(last, "alpine" | "busybox")) {
        return Some(ShellFamily::Ash);
    }
    if OTHER_TAGS.iter().any(|other| tag.contains(other)) {
        return None;
    }
    let is_debian = DEBIAN_TAGS.iter().any(|sign| tag.contains(sign))
        || is_official && DEBIAN_IMAGES.contains(&last);
    is_debian.then_some(ShellFamily::Dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_tell_their_shell_or_nothing() {
        let cases = [
            ("ubuntu:24.04", Some(ShellFamily::Dash)),
            ("debian", Some(ShellFamily::Dash)),
            ("python:3.12-slim", Some(ShellFamily::Dash)),
            ("docker.io/library/node:22", Some(ShellFamily::Dash)),
            ("nvidia/cuda:12.4.1-devel-ubuntu22.04", Some(ShellFamily::Dash)),
            ("python:3.12-alpine", Some(ShellFamily::Ash)),
            ("alpine:3.20", Some(ShellFamily::Ash)),
            ("acme/python:3.12", None),
            ("nvidia/cuda:12.4.1-devel-ubi9", None),
            ("rockylinux:9", None),
            ("registry.acme.cn/base/ubuntu", None),
        ];
        for (name, expected) in cases {
            assert_eq!(sh_of(name), expected, "{name}");
        }
    }
}
