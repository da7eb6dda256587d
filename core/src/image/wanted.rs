//! Which files' text is worth keeping: those that a rule will want to read.

use std::collections::HashSet;

use super::listing::Listing;
use crate::text::file_name;

/// What is kept of an archive's files.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Last parts of the words of start commands.
    names: HashSet<Vec<u8>>,
}

/// Files that say who may log in, and what the system is.
const PATHS: &[&[u8]] =
    &[b"/etc/passwd", b"/etc/group", b"/etc/shadow", b"/etc/os-release", b"/usr/lib/os-release"];

/// Names of files that may hold a key or a password.
const SECRET_NAMES: &[&[u8]] = &[
    b".env",
    b".netrc",
    b".pypirc",
    b".npmrc",
    b".git-credentials",
    b".pgpass",
    b"credentials",
    b"id_rsa",
    b"id_dsa",
    b"id_ecdsa",
    b"id_ed25519",
    b"kubeconfig",
    b".dockercfg",
];

const SECRET_ENDINGS: &[&[u8]] =
    &[b".pem", b".key", b".p12", b".pfx", b"/.docker/config.json", b"/.kube/config"];

impl Wanted {
    /// For the images that `listing` names.
    pub fn of(listing: &Listing) -> Wanted {
        let mut names = HashSet::new();
        for config in listing.images.iter().filter_map(|image| image.config.as_ref()) {
            for word in config.words() {
                let name = file_name(word);
                names.insert(name.as_bytes().to_vec());
            }
        }
        names.insert(b"run.sh".to_vec());
        names.remove(&b""[..]);
        Wanted { names }
    }

    /// Whether the text of the file at `path` (with a slash before it) is kept.
    pub fn wants(&self, path: &[u8]) -> bool {
        let name = path.rsplit(|&byte| byte == b'/').next().unwrap_or(path);
        self.names.contains(name)
            || PATHS.contains(&path)
            || SECRET_NAMES.contains(&name)
            || SECRET_ENDINGS.iter().any(|ending| path.ends_with(ending))
    }
}
