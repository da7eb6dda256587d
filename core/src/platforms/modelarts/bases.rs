//! What is known of the users of images that everybody builds on.

use crate::reference::{self, ImageReference};

/// Images that start as root and have the group `users` with gid 100.
const KNOWN: &[&str] = &[
    "library/debian",
    "library/ubuntu",
    "library/python",
    "library/node",
    "library/ruby",
    "library/golang",
    "library/buildpack-deps",
    "library/alpine",
    "library/centos",
    "library/fedora",
    "library/rockylinux",
    "library/almalinux",
    "library/eclipse-temurin",
    "nvidia/cuda",
    "pytorch/pytorch",
    "tensorflow/tensorflow",
];

/// An image of the table.
pub(super) struct KnownBase {
    image: ImageReference,
}

/// What is known of the image `name`; `None` where nothing is.
pub(super) fn known(name: &str) -> Option<KnownBase> {
    let image = reference::parse(name).ok()?;
    let is_public = matches!(image.registry_host(), "docker.io" | "nvcr.io");
    let is_known = is_public && KNOWN.contains(&image.repository().as_ref());
    // A `windowsservercore` has other users.
    let is_linux = !image.tag().unwrap_or_default().contains("windows");
    (is_known && is_linux).then_some(KnownBase { image })
}

impl KnownBase {
    /// The user that has uid 1000 in the image.
    pub(super) fn owner_of_1000(&self) -> Option<&'static str> {
        let tag = self.image.tag().unwrap_or("latest");
        match self.image.repository().as_ref() {
            "library/node" => Some("node"),
            "library/ubuntu" if self.image.digest().is_none() && is_new_ubuntu(tag) => {
                Some("ubuntu")
            }
            "nvidia/cuda" if tag.contains("ubuntu24.") || tag.contains("ubuntu26.") => {
                Some("ubuntu")
            }
            _ => None,
        }
    }

    /// The group that has gid 100 in the image.
    pub(super) fn owner_of_gid_100(&self) -> &'static str {
        "users"
    }
}

/// Ubuntu's images have the user `ubuntu` since 23.04.
fn is_new_ubuntu(tag: &str) -> bool {
    let names = ["latest", "rolling", "devel", "lunar", "mantic", "noble", "oracular", "plucky"];
    let version = tag.split(['.', '-']).next().and_then(|year| year.parse::<u16>().ok());
    names.contains(&tag.split('-').next().unwrap_or_default())
        || version.is_some_and(|year| year >= 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_uid_1000_is_known_of_some_images() {
        let cases = [
            ("ubuntu:24.04", Some("ubuntu")),
            ("ubuntu", Some("ubuntu")),
            ("ubuntu:noble-20250404", Some("ubuntu")),
            ("ubuntu:22.04", None),
            ("ubuntu:jammy", None),
            ("node:22-slim", Some("node")),
            ("nvidia/cuda:12.8.1-runtime-ubuntu24.04", Some("ubuntu")),
            ("nvidia/cuda:12.8.1-runtime-ubuntu22.04", None),
            ("python:3.12", None),
        ];
        for (name, owner) in cases {
            assert_eq!(known(name).unwrap().owner_of_1000(), owner, "{name}");
        }
        assert!(known("registry.example.com/ubuntu:24.04").is_none());
    }
}
