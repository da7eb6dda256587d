//! Versions of CUDA as images, wheels and packages name them.

use std::fmt;

use super::ImageReference;

/// A version of CUDA; the minor part where it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cuda {
    /// `12` of `12.4`.
    pub major: u32,
    /// `4` of `12.4`.
    pub minor: Option<u32>,
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
    pub fn dotted(text: &str) -> Option<Cuda> {
        let end = text
            .find(|character: char| !(character.is_ascii_digit() || character == '.'))
            .unwrap_or(text.len());
        let mut parts = text.get(..end)?.split('.');
        let major = parts.next()?.parse().ok().filter(|&major| is_release(major))?;
        let minor = parts.next().and_then(|minor| minor.parse().ok());
        Some(Cuda { major, minor })
    }

    /// The digits of `cu118`, `cu121`, `cu12`: two of them are a major version alone.
    pub fn packed(digits: &str) -> Option<Cuda> {
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

impl ImageReference {
    /// The CUDA that the image holds by its name: `nvidia/cuda:12.4.1-…`, `…:2.4.0-cuda12.1-…`,
    /// `…:1.0-cu118`.
    pub fn cuda(&self) -> Option<Cuda> {
        let tag = self.tag()?;
        if self.path() == "nvidia/cuda" {
            return Cuda::dotted(tag);
        }
        tag.split(['-', '_']).find_map(|word| {
            let rest = word.strip_prefix("cuda").or_else(|| word.strip_prefix("cu"))?;
            if rest.contains('.') { Cuda::dotted(rest) } else { Cuda::packed(rest) }
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::reference::parse;

    #[test]
    fn images_name_their_cuda_in_the_tag() {
        let cases = [
            ("nvidia/cuda:12.4.1-runtime-ubuntu22.04", Some("12.4")),
            ("nvcr.io/nvidia/cuda:11.8.0-base-ubuntu22.04", Some("11.8")),
            ("pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime", Some("12.1")),
            ("a.example.com/b/c:1.0-py38-cu113", Some("11.3")),
            ("python:3.12", None),
            ("a/customs:cuba-1", None),
        ];
        for (name, version) in cases {
            let found = parse(name).unwrap().cuda().map(|cuda| cuda.to_string());
            assert_eq!(found.as_deref(), version, "{name}");
        }
    }
}
