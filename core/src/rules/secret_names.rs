//! What names say: whether a variable holds a secret, and which files do.

/// What a variable's name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Meaning {
    /// The value is a secret: `DB_PASSWORD`, `GITHUB_TOKEN`.
    Secret,
    /// A word for secrets is in it, but most such values are none: `GPG_KEY`, `AUTH_URL`.
    Maybe,
    /// Nothing.
    Plain,
}

/// Words that only secrets have in their names.
const STRONG: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pword",
    "secret",
    "secrets",
    "token",
    "credential",
    "credentials",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
];

/// Words that turn `key` into a secret.
const KEYS: &[&str] = &["api", "access", "secret", "private", "client", "application", "signing"];

/// Words that secrets share with what is none.
const WEAK: &[&str] = &["key", "auth"];

/// Words that say of a name that its value may be seen, wherever they stand.
const PUBLIC: &[&str] = &["public", "file", "version"];

/// Last words that say of a name that its value tells of a secret without being one.
const ABOUT: &[&str] = &[
    "path",
    "dir",
    "url",
    "uri",
    "endpoint",
    "host",
    "port",
    "name",
    "type",
    "length",
    "size",
    "ttl",
    "expiry",
    "expires",
    "enabled",
    "disabled",
    "required",
    "method",
    "algorithm",
    "header",
    "count",
    "limit",
    "limits",
    "dummy",
    "fingerprint",
    "id",
    "ids",
    "parallelism",
    "mode",
];

/// What the name of a variable says.
pub(in crate::rules) fn meaning(name: &str) -> Meaning {
    let lower = name.to_ascii_lowercase();
    let words: Vec<&str> = lower.split('_').filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| PUBLIC.contains(word)) {
        return Meaning::Plain;
    }
    let is_strong = |word: &&str| {
        STRONG.contains(word)
            || ["password", "passwd", "apikey", "secret", "token", "passphrase"]
                .iter()
                .any(|end| word.ends_with(end))
    };
    let is_key = words.windows(2).any(|pair| pair[1] == "key" && KEYS.contains(&pair[0]));
    // The id of an access key is of no use alone, but goes with the key.
    let is_key_id = lower.ends_with("access_key_id");
    let is_about = words.last().is_some_and(|last| ABOUT.contains(last)) && !is_key_id;
    if words.iter().any(is_strong) || is_key {
        return if is_about { Meaning::Maybe } else { Meaning::Secret };
    }
    if words.iter().any(|word| WEAK.contains(word)) { Meaning::Maybe } else { Meaning::Plain }
}

/// Whether a value under a secret's name is written out, and no stand-in.
pub(in crate::rules) fn is_written_secret(value: &str) -> bool {
    const STAND_INS: &[&str] = &[
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "null",
        "dummy",
        "placeholder",
        "example",
        "test",
        "unset",
        "undefined",
        "redacted",
    ];
    let lower = value.to_ascii_lowercase();
    let is_path = value.starts_with('/') || value.starts_with("./") || value.starts_with("file:");
    let is_link = lower.starts_with("http://") || lower.starts_with("https://");
    value.len() > 1
        && !is_path
        && !is_link
        && !STAND_INS.contains(&lower.as_str())
        && !crate::tree::is_placeholder(value)
}

/// How sure it is that a file holds a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum SecretFile {
    /// Files of this name hold nothing else.
    Surely,
    /// Files of this name often do.
    Often,
}

/// What the path of a file says.
pub(in crate::rules) fn secret_file(path: &str) -> Option<SecretFile> {
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
    fn names_of_variables_tell_secrets_from_what_is_about_them() {
        for name in
            ["DB_PASSWORD", "GITHUB_TOKEN", "openai_api_key", "AWS_ACCESS_KEY_ID", "PGPASSWORD"]
        {
            assert_eq!(meaning(name), Meaning::Secret, "{name}");
        }
        for name in ["GPG_KEY", "AUTH_MODE", "TOKEN_URL", "SECRET_NAME", "ENCRYPTION_KEY"] {
            assert_eq!(meaning(name), Meaning::Maybe, "{name}");
        }
        for name in [
            "PUBLIC_KEY",
            "SECRET_FILE",
            "AUTH_MODULE_VERSION",
            "KEYBOARD",
            "TOKENIZERS_PARALLELISM",
            "GOPRIVATE",
        ] {
            assert_eq!(meaning(name), Meaning::Plain, "{name}");
        }
    }

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
