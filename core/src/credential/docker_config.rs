//! docker's config.json, `{"auths": {"HOST": {"username", "password", "auth"}}}`, and its elder
//! form without `auths` (`.dockercfg`).
//!
//! An error never carries the JSON reader's own words: they may quote the value that was read.

use crate::reference::{ImageReference, RegistryKind, classify_host, parse};
use crate::tree::Node;

use super::docker_auth::{self, Decoded};
use super::document::{Documents, filled};
use super::registry::{DOCKER_HUB, host};
use super::write::Value;
use super::{DecodeError, EncodeError, Entry, NoLogin, Note, Oddity, ReadError, Secret};

/// A config.json for one registry, over several lines for people to read.
pub fn encode(registry: &str, username: &str, password: &Secret) -> Result<Secret, EncodeError> {
    write(registry, username, password, |json| json.pretty())
}

/// The same on one line.
pub(super) fn encode_compact(
    registry: &str,
    username: &str,
    password: &Secret,
) -> Result<Secret, EncodeError> {
    write(registry, username, password, |json| json.compact())
}

fn write(
    registry: &str,
    username: &str,
    password: &Secret,
    print: fn(&Value<'_>) -> Secret,
) -> Result<Secret, EncodeError> {
    check_registry(registry)?;
    let auth = docker_auth::encode(username, password)?;
    let key = if is_docker_hub(registry) { DOCKER_HUB } else { registry };
    let login = Value::Object(vec![
        ("username", Value::Text(username)),
        ("password", Value::Text(password.reveal())),
        ("auth", Value::Text(auth.reveal())),
    ]);
    let auths = Value::Object(vec![(key, login)]);
    Ok(print(&Value::Object(vec![("auths", auths)])))
}

pub(super) fn is_docker_hub(registry: &str) -> bool {
    classify_host(host(registry)).kind == RegistryKind::DockerHub
}

/// Whether `registry` is a host, with or without a port, or docker's own name for Docker Hub.
pub fn check_registry(registry: &str) -> Result<(), EncodeError> {
    if registry == DOCKER_HUB {
        Ok(())
    } else if registry.is_empty() {
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

/// Reads a config.json, or its elder form without `auths`.
pub fn decode(json: &str) -> Result<Vec<Entry>, ReadError> {
    read(json).map(|(entries, _)| entries)
}

/// The entries, and whether they stand under `auths`.
pub(super) fn read(json: &str) -> Result<(Vec<Entry>, bool), ReadError> {
    let documents = Documents::read(json)?;
    let [config] = documents.roots() else { return Err(ReadError::NoRegistry) };
    if !config.is_object() {
        return Err(documents.unexpected(config));
    }
    let helpers = Helpers::of(config);
    let auths = config.get("auths");
    if let Some(auths) = auths.filter(|auths| !auths.is_object()) {
        return Err(documents.unexpected(auths));
    }
    let mut entries = Vec::new();
    for member in auths.unwrap_or(config).members() {
        if member.node.is_object() && (auths.is_some() || is_registry(&member.key)) {
            entries.push(entry(&member.key, &member.node, &helpers));
        } else if auths.is_some() {
            return Err(documents.unexpected(&member.node));
        }
    }
    // Hosts that only their helper knows.
    for member in config.get("credHelpers").map(Node::members).unwrap_or_default() {
        if entries.iter().all(|entry| entry.registry != member.key)
            && let Some(helper) = member.node.as_str()
        {
            entries.push(Entry::new(&member.key, Err(NoLogin::Helper(helper.to_owned()))));
        }
    }
    match helpers.store {
        Some(store) if entries.is_empty() => Err(ReadError::CredentialStore(store.to_owned())),
        None if entries.is_empty() => Err(ReadError::NoRegistry),
        _ => Ok((entries, auths.is_some())),
    }
}

/// Whether `key` can be a registry in the elder form, which has other keys beside them.
fn is_registry(key: &str) -> bool {
    key.contains(['.', ':']) || host(key) == "localhost"
}

/// Who else has passwords.
struct Helpers<'a> {
    config: &'a Node,
    store: Option<&'a str>,
}

impl<'a> Helpers<'a> {
    fn of(config: &'a Node) -> Helpers<'a> {
        Helpers { config, store: filled(config, "credsStore") }
    }

    fn of_registry(&self, registry: &str) -> Option<&'a str> {
        let own = self.config.get("credHelpers").and_then(|helpers| filled(helpers, registry));
        own.or(self.store)
    }
}

fn entry(registry: &str, fields: &Node, helpers: &Helpers<'_>) -> Entry {
    let (username, password) = (filled(fields, "username"), filled(fields, "password"));
    let token =
        ["identitytoken", "registrytoken"].into_iter().find(|key| filled(fields, key).is_some());
    let auth = filled(fields, "auth").map(docker_auth::decode_inside_json);
    let has_nothing = username.is_none() && password.is_none() && auth.is_none();
    let login = match (token, helpers.of_registry(registry)) {
        (None, Some(helper)) if has_nothing => Err(NoLogin::Helper(helper.to_owned())),
        _ => login(username, password, auth).map_err(NoLogin::from),
    };
    let has_password = login.as_ref().is_ok_and(|login| !login.password.is_empty());
    match token {
        Some(_) if has_password => {
            let mut entry = Entry::new(registry, login);
            entry.note(Note::TokenBeside);
            entry
        }
        Some(token) => Entry::new(registry, Err(NoLogin::Token(token))),
        None => Entry::new(registry, login),
    }
}

fn login(
    username: Option<&str>,
    password: Option<&str>,
    auth: Option<Result<Decoded, DecodeError>>,
) -> Result<Decoded, DecodeError> {
    match (username, password, auth) {
        (None, None, None) => Err(DecodeError::Elsewhere),
        (Some(username), Some(password), None) => Ok(docker_auth::inspect_pair(username, password)),
        (_, _, None) => Err(DecodeError::Incomplete),
        (username, password, Some(decoded)) => {
            let mut decoded = decoded?;
            if username.is_some_and(|it| it != decoded.username)
                || password.is_some_and(|it| it != decoded.password.reveal())
            {
                decoded.oddities.push(Oddity::AuthDisagrees);
            }
            Ok(decoded)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Other;

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
        let unreadable = |error| Err(NoLogin::Unreadable(error));
        assert_eq!(login("{}"), unreadable(DecodeError::Elsewhere));
        assert_eq!(login(r#"{"username":"ab"}"#), unreadable(DecodeError::Incomplete));
        assert_eq!(
            login(r#"{"auth":"{\"auths\":{}}"}"#),
            unreadable(DecodeError::Other(Other::DockerConfig))
        );
        let legacy = decode(r#"{"a.b":{"auth":"YWI6Y2Q=","email":"x@y.z"}}"#).unwrap();
        assert_eq!(legacy[0].login.as_ref().unwrap().username, "ab");
    }

    #[test]
    fn the_elder_form_is_told_from_the_settings_beside_it() {
        let text =
            r#"{"HttpHeaders":{"a":"b"},"https://a.b/v1/":{"auth":"YWI6Y2Q="},"psFormat":"x"}"#;
        let (entries, is_wrapped) = read(text).unwrap();
        assert_eq!((entries.len(), is_wrapped), (1, false));
        assert_eq!(entries[0].registry, "https://a.b/v1/");
        assert_eq!(read(r#"{"HttpHeaders":{"a":"b"}}"#).unwrap_err(), ReadError::NoRegistry);
    }

    #[test]
    fn a_helper_that_has_the_password_is_named() {
        let text = r#"{"auths":{"a.b":{},"c.d":{"auth":""},"e.f":{"auth":"YWI6Y2Q="}},
            "credsStore":"desktop","credHelpers":{"c.d":"ecr-login","g.h":"gcloud"}}"#;
        let entries = decode(text).unwrap();
        let helper = |name: &str| Some(NoLogin::Helper(name.to_owned()));
        let found: Vec<_> =
            entries.into_iter().map(|entry| (entry.registry, entry.login.err())).collect();
        assert_eq!(
            found,
            [
                ("a.b".to_owned(), helper("desktop")),
                ("c.d".to_owned(), helper("ecr-login")),
                ("e.f".to_owned(), None),
                ("g.h".to_owned(), helper("gcloud")),
            ]
        );
        for text in [r#"{"credsStore":"desktop"}"#, r#"{"auths":{},"credsStore":"desktop"}"#] {
            let error = decode(text).unwrap_err();
            assert_eq!(error, ReadError::CredentialStore("desktop".to_owned()), "{text}");
            assert!(error.to_string().contains("docker-credential-desktop"), "{error}");
        }
    }

    #[test]
    fn a_token_is_no_password() {
        let entry =
            |fields: &str| decode(&format!(r#"{{"auths":{{"a.b":{fields}}}}}"#)).unwrap().remove(0);
        for fields in [
            r#"{"identitytoken":"hunter2"}"#,
            r#"{"auth":"YWI6","identitytoken":"hunter2"}"#,
            r#"{"auth":"%%","identitytoken":"hunter2"}"#,
        ] {
            assert_eq!(entry(fields).login.unwrap_err(), NoLogin::Token("identitytoken"));
        }
        let bearer = entry(r#"{"registrytoken":"hunter2"}"#).login.unwrap_err();
        assert_eq!(bearer, NoLogin::Token("registrytoken"));
        let both = entry(r#"{"auth":"YWI6Y2Q=","identitytoken":"hunter2"}"#);
        assert_eq!((both.login.is_ok(), both.notes), (true, vec![Note::TokenBeside]));
    }

    #[test]
    fn what_cannot_be_read_is_said_without_quoting_it() {
        assert_eq!(decode(r#"{"auths":{}}"#).unwrap_err(), ReadError::NoRegistry);
        let cases = [
            (r#"{"auths":"hunter2"}"#, ReadError::Unexpected { line: 1, column: 10 }),
            (r#"{"auths":{"a":"hunter2"}}"#, ReadError::Unexpected { line: 1, column: 15 }),
            ("{\"auths\":\n{\"a\":hunter2}", ReadError::Json { line: 2, column: 6 }),
            (r#""hunter2""#, ReadError::Unexpected { line: 1, column: 1 }),
        ];
        for (json, expected) in cases {
            let error = decode(json).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
            assert_eq!(error, expected, "{json}");
        }
        let list = decode(r#"{"auths":{"a":{"auth":["hunter2"]}}}"#).unwrap().remove(0).login;
        assert_eq!(list.unwrap_err(), NoLogin::Unreadable(DecodeError::Elsewhere));
        let deep = "{\"a\":".repeat(100_000);
        assert!(matches!(decode(&deep), Err(ReadError::Json { .. })));
    }
}
