//! Files that hold secrets, by their names.

/// How sure it is that a file holds a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecretFile {
    /// Files of this name hold nothing else.
    Surely,
    /// Files of this name often do.
    Often,
}

/// What the path of a file says.
pub(crate) fn secret_file(path: &str) -> Option<SecretFile> {
    let path = path.trim_end_matches('/');
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let folder = parts.next().unwrap_or_default();
    const SURELY: &[&str] = &[
        ".env",
        "id_rsa",
        "id_dsa",
        "id_ecdsa",
        "id_ed25519",
        ".netrc",
        "_netrc",
        ".git-credentials",
        ".pgpass",
        ".dockercfg",
        ".ssh",
        ".aws",
        ".kube",
        ".gnupg",
        "kubeconfig",
        ".htpasswd",
    ];
    const OFTEN: &[&str] = &[".npmrc", ".pypirc", ".yarnrc.yml", ".s3cfg", ".boto"];
    let in_folder = matches!(
        (folder, name.as_str()),
        (".aws", "credentials") | (".kube", "config") | (".docker", "config.json")
    );
    if SURELY.contains(&name.as_str()) || in_folder {
        return Some(SecretFile::Surely);
    }
    if let Some(stage) = name.strip_prefix(".env.") {
        const SAMPLES: &[&str] = &["example", "sample", "template", "dist", "defaults", "test"];
        let is_sample = stage.split('.').any(|part| SAMPLES.contains(&part));
        return (!is_sample).then_some(SecretFile::Often);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    match ending {
        Some("p12" | "pfx" | "ppk" | "kdbx") => Some(SecretFile::Surely),
        Some("key" | "pem") if !is_public(&name) => {
            let is_private =
                ["private", "privkey", "-key", "_key"].iter().any(|s| name.contains(s));
            Some(if is_private || ending == Some("key") && name != "gpg.key" {
                SecretFile::Often
            } else {
                return None;
            })
        }
        _ => OFTEN.contains(&name.as_str()).then_some(SecretFile::Often),
    }
}

/// Names of certificates and public keys, which everybody may see.
fn is_public(name: &str) -> bool {
    ["pub", "cert", "ca.", "ca-", "chain", "bundle", "gpg", "archive", "apt", "release", "repo"]
        .iter()
        .any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_tell_secrets() {
        for path in [".env", "conf/id_rsa", "home/.aws/credentials", ".ssh/", "a.pfx"] {
            assert_eq!(secret_file(path), Some(SecretFile::Surely), "{path}");
        }
        for path in [".npmrc", ".env.production", "tls/server.key", "private.pem"] {
            assert_eq!(secret_file(path), Some(SecretFile::Often), "{path}");
        }
        for path in [".env.example", "id_rsa.pub", "ca.pem", "cert.pem", "env", "apt-key.gpg.key"] {
            assert_eq!(secret_file(path), None, "{path}");
        }
    }
}
