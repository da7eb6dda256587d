//! Versions of CUDA as images, wheels and packages name them.

use super::super::base_image::BaseImage;
use std::fmt;

/// A version of CUDA; the minor part where it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cuda {
    pub(super) major: u32,
    pub(super) minor: Option<u32>,
}

impl fmt::Display for Cuda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minor {
            Some(minor) => write!(f, "{}.{minor}", self.major),
            None => write!(f, "{}", self.major),
        }
    }
}

impl Cuda {
    /// `12.1.0`, `12.1`, `12`, whatever follows.
    pub(super) fn dotted(text: &str) -> Option<Cuda> {
        let end = text
            .find(|character: char| !(character.is_ascii_digit() || character == '.'))
            .unwrap_or(text.len());
        let mut parts = text.get(..end)?.split('.');
        let major = parts.next()?.parse().ok().filter(|&major| is_release(major))?;
        let minor = parts.next().and_then(|minor| minor.parse().ok());
        Some(Cuda { major, minor })
    }

    /// The digits of `cu118`, `cu121`, `cu12`: two of them are a major version alone.
    pub(super) fn packed(digits: &str) -> Option<Cuda> {
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (major, minor) = match digits.len() {
            2 => (digits, None),
            3 => (digits.get(..2)?, digits.get(2..)),
            _ => return None,
        };
        let major = major.parse().ok().filter(|&major| is_release(major))?;
        Some(Cuda { major, minor: minor.and_then(|minor| minor.parse().ok()) })
    }
}

/// Numbers that CUDA's major versions have: others are no version of it.
fn is_release(major: u32) -> bool {
    (8..30).contains(&major)
}

/// The CUDA that an image holds by its name.
pub(super) fn of_image(image: &BaseImage<'_>) -> Option<Cuda> {
    let tag = image.reference.tag()?;
    if image.reference.path() == "nvidia/cuda" {
        return Cuda::dotted(tag);
    }
    tag.split(['-', '_']).find_map(|word| {
        let rest = word.strip_prefix("cuda").or_else(|| word.strip_prefix("cu"))?;
        if rest.contains('.') { Cuda::dotted(rest) } else { Cuda::packed(rest) }
    })
}

/// Whether the image holds the compiler.
pub(super) fn is_devel(image: &BaseImage<'_>) -> bool {
    image.reference.tag().is_some_and(|tag| tag.split(['-', '_']).any(|word| word == "devel"))
}
