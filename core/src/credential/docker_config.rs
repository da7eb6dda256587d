//! docker's config.json, `{"auths": {"HOST": {"username", "password", "auth"}}}`, and its elder
//! form without `auths` (`.dockercfg`).
//!
//! An error never carries the JSON reader's own words: they may quote the value that was read.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer};

use crate::reference::{ImageReference, RegistryKind, classify_host, parse};

use super::docker_auth::{self, Decoded};
use super::{DecodeError, EncodeError, Oddity, ReadError, Secret};

/// The key under which docker keeps the credential for Docker Hub.
const DOCKER_HUB: &str = "https://index.docker.io/v1/";

/// One registry and the login for it.
#[derive(Debug)]
pub struct Entry {
    /// The registry as it is written.
    pub registry: String,
    /// The username and password, or why there are none.
    pub login: Result<Decoded, DecodeError>,
}

/// A config.json for one registry, over several lines for people to read.
pub fn encode(registry: &str, username: &str, password: &Secret) -> Result<Secret, EncodeError> {
    write(registry, username, password, &["\n  ", "\n    ", "\n      ", "\n", " "])
}

/// The same on one line.
pub(super) fn encode_compact(
    registry: &str,
    username: &str,
    password: &Secret,
) -> Result<Secret, EncodeError> {
    write(registry, username, password, &["", "", "", "", ""])
}

fn write(
    registry: &str,
    username: &str,
    password: &Secret,
    [one, two, three, none, space]: &[&str; 5],
) -> Result<Secret, EncodeError> {
    check_registry(registry)?;
    let auth = docker_auth::encode(username, password)?;
    let key = match classify_host(registry).kind {
        RegistryKind::DockerHub => DOCKER_HUB,
        _ => registry,
    };
    let (key, username) = (json_string(key), json_string(username));
    let (password, auth) = (json_string(password.reveal()), json_string(auth.reveal()));
    Ok(Secret::join(&[
        "{",
        one,
        "\"auths\":",
        space,
        "{",
        two,
        key.reveal(),
        ":",
        space,
        "{",
        three,
        "\"username\":",
        space,
        username.reveal(),
        ",",
        three,
        "\"password\":",
        space,
        password.reveal(),
        ",",
        three,
        "\"auth\":",
        space,
        auth.reveal(),
        two,
        "}",
        one,
        "}",
        none,
        "}",
        none,
    ]))
}

/// Whether `registry` is a host, with or without a port.
pub fn check_registry(registry: &str) -> Result<(), EncodeError> {
    if registry.is_empty() {
        Err(EncodeError::EmptyRegistry)
    } else if registry.contains("://") {
        Err(EncodeError::SchemeInRegistry)
    } else if registry.contains('/') {
        Err(EncodeError::PathInRegistry)
    } else {
        // A host is what may stand as one before a repository.
        let image = parse(&format!("{registry}/a"));
        let host = image.as_ref().ok().and_then(ImageReference::host);
        if host == Some(registry) { Ok(()) } else { Err(EncodeError::Registry) }
    }
}

/// Reads a config.json, or its elder form without `auths`, in the order of the registries' names.
pub fn decode(json: &str) -> Result<Vec<Entry>, ReadError> {
    let json = json.trim_start_matches('\u{feff}');
    let config: Config = serde_json::from_str(json).map_err(read_error)?;
    let has_store = config.store.is_some() || config.helpers.is_some();
    let auths = match config.auths {
        Some(auths) => auths,
        None if has_store => return Err(ReadError::CredentialStore),
        None => serde_json::from_str(json).map_err(read_error)?,
    };
    if auths.is_empty() {
        return Err(if has_store { ReadError::CredentialStore } else { ReadError::NoRegistry });
    }
    let entries = auths.into_iter();
    Ok(entries.map(|(registry, fields)| Entry { registry, login: fields.login() }).collect())
}

/// Only the place: the words of the error may quote a password.
pub(super) fn read_error(error: serde_json::Error) -> ReadError {
    ReadError::Json { line: error.line(), column: error.column() }
}

#[derive(serde::Deserialize)]
struct Config {
    auths: Option<BTreeMap<String, Fields>>,
    #[serde(rename = "credsStore")]
    store: Option<serde::de::IgnoredAny>,
    #[serde(rename = "credHelpers")]
    helpers: Option<serde::de::IgnoredAny>,
}

#[derive(serde::Deserialize)]
struct Fields {
    username: Option<Hidden>,
    password: Option<Hidden>,
    auth: Option<Hidden>,
}

/// A string that becomes a secret as soon as it is read.
pub(super) struct Hidden(pub(super) Secret);

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hidden, D::Error> {
        String::deserialize(deserializer).map(|text| Hidden(Secret::new(text)))
    }
}

impl Fields {
    fn login(self) -> Result<Decoded, DecodeError> {
        let filled = |field: Option<Hidden>| field.map(|field| field.0).filter(|it| !it.is_empty());
        let (username, password) = (filled(self.username), filled(self.password));
        let decoded = filled(self.auth).map(|auth| docker_auth::decode_inside_json(auth.reveal()));
        match (username, password, decoded) {
            (None, None, None) => Err(DecodeError::Elsewhere),
            (Some(username), Some(password), None) => {
                Ok(docker_auth::inspect_pair(username.reveal(), password.reveal()))
            }
            (_, _, None) => Err(DecodeError::Incomplete),
            (username, password, Some(decoded)) => {
                let mut decoded = decoded?;
                let differs = |field: Option<&Secret>, other: &str| {
                    field.is_some_and(|field| field.reveal() != other)
                };
                if differs(username.as_ref(), &decoded.username)
                    || differs(password.as_ref(), decoded.password.reveal())
                {
                    decoded.oddities.push(Oddity::AuthDisagrees);
                }
                Ok(decoded)
            }
        }
    }
}

/// `text` as a JSON string, in quotes.
fn json_string(text: &str) -> Secret {
    // Room for the worst, so that no half-written copy is left behind by growing.
    let mut out = String::with_capacity(text.len() * 6 + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if u32::from(letter) < 0x20 => {
                out.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    Secret::new(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_config_is_written_as_people_read_it_and_read_back() {
        let config = encode("ghcr.io", "abcd", &Secret::new("abcde12345")).unwrap();
        let expected = r#"{
  "auths": {
    "ghcr.io": {
      "username": "abcd",
      "password": "abcde12345",
      "auth": "YWJjZDphYmNkZTEyMzQ1"
    }
  }
}
"#;
        assert_eq!(config.reveal(), expected);
        for password in ["abcde12345", "\"\\\n\t\u{1}端", " x "] {
            let secret = Secret::new(password);
            for written in
                [encode("a.b:5000", "abcd", &secret), encode_compact("a.b:5000", "abcd", &secret)]
            {
                let entries = decode(written.unwrap().reveal()).unwrap();
                assert_eq!((entries.len(), entries[0].registry.as_str()), (1, "a.b:5000"));
                let login = entries[0].login.as_ref().unwrap();
                assert_eq!((login.username.as_str(), login.password.reveal()), ("abcd", password));
            }
        }
    }

    #[test]
    fn docker_hub_has_the_key_that_docker_looks_for() {
        let config = encode_compact("docker.io", "a", &Secret::new("b")).unwrap();
        assert!(config.reveal().starts_with(r#"{"auths":{"https://index.docker.io/v1/":{"#));
    }

    #[test]
    fn a_registry_that_is_no_host_is_refused() {
        for registry in ["ghcr.io", "localhost", "localhost:5000", "10.0.0.1:5000", "a.b"] {
            assert_eq!(check_registry(registry), Ok(()), "{registry}");
        }
        let cases = [
            ("", EncodeError::EmptyRegistry),
            ("https://ghcr.io", EncodeError::SchemeInRegistry),
            ("ghcr.io/acme", EncodeError::PathInRegistry),
            ("gh cr.io", EncodeError::Registry),
            ("ghcr", EncodeError::Registry),
            ("ghcr.io:x", EncodeError::Registry),
            ("${HOST}", EncodeError::Registry),
        ];
        for (registry, error) in cases {
            assert_eq!(check_registry(registry), Err(error), "{registry}");
        }
    }

    #[test]
    fn entries_are_read_from_whichever_fields_they_have() {
        let login = |fields: &str| {
            let json = format!(r#"{{"auths":{{"a.b":{fields}}}}}"#);
            let login = decode(&json).unwrap().remove(0).login;
            login.map(|it| (it.username, it.password.reveal().to_owned(), it.oddities))
        };
        let pair = |oddities: &[Oddity]| Ok(("ab".to_owned(), "cd".to_owned(), oddities.to_vec()));
        assert_eq!(login(r#"{"auth":"YWI6Y2Q="}"#), pair(&[]));
        assert_eq!(login(r#"{"username":"ab","password":"cd"}"#), pair(&[]));
        assert_eq!(login(r#"{"username":"ab","password":"cd","auth":"YWI6Y2Q="}"#), pair(&[]));
        assert_eq!(login(r#"{"password":"xy","auth":"YWI6Y2Q="}"#), pair(&[Oddity::AuthDisagrees]));
        assert_eq!(login("{}"), Err(DecodeError::Elsewhere));
        assert_eq!(login(r#"{"username":"ab"}"#), Err(DecodeError::Incomplete));
        assert_eq!(login(r#"{"auth":"{\"auths\":{}}"}"#), Err(DecodeError::Json));
        let legacy = decode(r#"{"a.b":{"auth":"YWI6Y2Q=","email":"x@y.z"}}"#).unwrap();
        assert_eq!(legacy[0].login.as_ref().unwrap().username, "ab");
    }

    #[test]
    fn what_cannot_be_read_is_said_without_quoting_it() {
        assert_eq!(decode(r#"{"auths":{}}"#).unwrap_err(), ReadError::NoRegistry);
        assert_eq!(decode(r#"{"credsStore":"desktop"}"#).unwrap_err(), ReadError::CredentialStore);
        for json in
            [r#"{"auths":"hunter2"}"#, r#"{"auths":{"a":{"auth":["hunter2"]}}}"#, r#""hunter2""#]
        {
            let error = decode(json).unwrap_err();
            assert!(matches!(error, ReadError::Json { .. }), "{json}");
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
        let deep = "{\"a\":".repeat(100_000);
        assert!(matches!(decode(&deep), Err(ReadError::Json { .. })));
    }
}
