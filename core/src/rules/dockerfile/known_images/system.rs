//! The system that a known image is made of, as its name and tag tell it.

use crate::reference::ImageReference;

/// The system that an image is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum System {
    /// Debian or Ubuntu: `bash`, GNU tools, apt.
    Debian,
    /// Fedora and its relatives: `bash`, GNU tools, dnf.
    RedHat,
    /// Alpine: `ash` and the tools of BusyBox, apk.
    Alpine,
}

/// Images whose default variant is of a known system, and whose user is root.
const KNOWN: &[(&str, System)] = &[
    ("library/debian", System::Debian),
    ("library/ubuntu", System::Debian),
    ("library/buildpack-deps", System::Debian),
    ("library/python", System::Debian),
    ("library/node", System::Debian),
    ("library/ruby", System::Debian),
    ("library/golang", System::Debian),
    ("library/rust", System::Debian),
    ("library/gcc", System::Debian),
    ("library/perl", System::Debian),
    ("library/php", System::Debian),
    ("nvidia/cuda", System::Debian),
    ("pytorch/pytorch", System::Debian),
    ("tensorflow/tensorflow", System::Debian),
    ("library/centos", System::RedHat),
    ("library/fedora", System::RedHat),
    ("library/almalinux", System::RedHat),
    ("library/rockylinux", System::RedHat),
    ("library/oraclelinux", System::RedHat),
    ("library/amazonlinux", System::RedHat),
    ("library/alpine", System::Alpine),
];

/// What a tag says of the system, stronger than the image's default.
const TAG_WORDS: &[(&str, Option<System>)] = &[
    ("alpine", Some(System::Alpine)),
    ("ubi", Some(System::RedHat)),
    ("rocky", Some(System::RedHat)),
    ("centos", Some(System::RedHat)),
    ("windows", None),
    ("nanoserver", None),
    ("opensuse", None),
    ("cbl-mariner", None),
];

/// The system of the image, where it is a known one.
pub(in super::super) fn system(image: &ImageReference) -> Option<System> {
    if !matches!(image.registry_host(), "docker.io" | "nvcr.io") {
        return None;
    }
    let repository = image.repository();
    let (_, system) = KNOWN.iter().find(|(known, _)| *known == repository)?;
    let tag = image.tag().unwrap_or_default();
    match TAG_WORDS.iter().find(|(word, _)| tag.contains(word)) {
        Some((_, system)) => *system,
        None => Some(*system),
    }
}
