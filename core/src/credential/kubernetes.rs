//! The image pull secret of Kubernetes: a Secret of type `kubernetes.io/dockerconfigjson`, or of
//! the elder type `kubernetes.io/dockercfg`, in YAML or JSON.
//!
//! Reads the payload of every such Secret of a text, and nothing else of the objects.

use crate::reference::is_placeholder;
use crate::tree::Node;

use super::document::{Documents, filled, scalar};
use super::write::Value;
use super::{EncodeError, Entry, Format, Note, ReadError, Secret, docker_auth, docker_config};

/// The keys under which a Secret keeps its payload, each with the type that belongs to it.
const KEYS: [(&str, &str); 2] = [
    (".dockerconfigjson", "kubernetes.io/dockerconfigjson"),
    (".dockercfg", "kubernetes.io/dockercfg"),
];

/// The manifest of a Secret for one registry, as YAML or JSON.
pub fn encode(
    registry: &str,
    username: &str,
    password: &Secret,
    (name, namespace): (&str, Option<&str>),
    format: Format,
) -> Result<Secret, EncodeError> {
    check_names(name, namespace)?;
    let config = docker_config::encode_compact(registry, username, password)?;
    let payload = docker_auth::encode_text(&config);
    let [(key, kind), _] = KEYS;
    let mut metadata = vec![("name", Value::Text(name))];
    metadata.extend(namespace.map(|namespace| ("namespace", Value::Text(namespace))));
    let secret = Value::Object(vec![
        ("apiVersion", Value::Text("v1")),
        ("kind", Value::Text("Secret")),
        ("metadata", Value::Object(metadata)),
        ("type", Value::Text(kind)),
        ("data", Value::Object(vec![(key, Value::Text(payload.reveal()))])),
    ]);
    Ok(match format {
        Format::Text => secret.yaml(),
        Format::Json => secret.pretty(),
    })
}

fn check_names(name: &str, namespace: Option<&str>) -> Result<(), EncodeError> {
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err(EncodeError::SecretName);
    }
    if namespace.is_some_and(|namespace| namespace.len() > 63 || !is_label(namespace)) {
        return Err(EncodeError::Namespace);
    }
    Ok(())
}

/// Whether a Secret stands in `text`, of whatever type.
pub(super) fn is_secret(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim().trim_start_matches(['-', '{', ' ']);
        let key = line.strip_prefix("kind").or_else(|| line.strip_prefix("\"kind\""));
        let value = key.and_then(|rest| rest.trim_start().strip_prefix(':'));
        value.is_some_and(|value| {
            value.trim_start().trim_start_matches(['"', '\'']).starts_with("Secret")
        })
    }) || text.contains("\"kind\":\"Secret\"")
        || text.contains("\"kind\": \"Secret\"")
}

/// Reads the logins out of all Secrets of a text: of several documents, and of a List.
pub fn decode(manifest: &str) -> Result<Vec<Entry>, ReadError> {
    let documents = Documents::read(manifest)?;
    let mut entries = Vec::new();
    let mut others = Vec::new();
    for root in documents.roots() {
        read(root, &mut entries, &mut others);
    }
    // Other Secrets beside those that are for pulling are nobody's mistake.
    if entries.is_empty() {
        entries = others;
    }
    match &documents.broken {
        None if entries.is_empty() => Err(ReadError::NoPayload),
        Some(error) if entries.is_empty() => Err(error.clone()),
        Some(error) => {
            entries.push(Entry::broken("", error.clone()));
            Ok(entries)
        }
        None => Ok(entries),
    }
}

/// The Secrets that `object` is or lists: those that are for pulling, and the others.
fn read(object: &Node, entries: &mut Vec<Entry>, others: &mut Vec<Entry>) {
    let kind = filled(object, "kind");
    if let Some(items) = object.get("items").and_then(Node::items) {
        items.iter().for_each(|item| read(item, entries, others));
    } else if kind.is_none_or(|kind| kind == "Secret") {
        let holder = kind.map(|_| title(object)).unwrap_or_default();
        // What stands in `stringData` wins.
        let found = KEYS.iter().find_map(|(key, kind)| {
            let (payload, is_encoded) = value(object, key)?;
            Some((*key, *kind, payload, is_encoded))
        });
        let Some((key, wanted, payload, is_encoded)) = found else {
            if kind.is_some() {
                others.extend(without_key(object, &holder));
            }
            return;
        };
        let is_typed = kind.is_none() || filled(object, "type") == Some(wanted);
        match logins(key, payload, is_encoded) {
            Ok(mut found) => {
                for entry in &mut found {
                    entry.holder.clone_from(&holder);
                    if !is_typed {
                        entry.note(Note::SecretType);
                    }
                }
                entries.append(&mut found);
            }
            Err(error) => entries.push(Entry::broken(&holder, error)),
        }
    }
}

/// The value under `key`, and whether it is to be Base64.
fn value<'a>(secret: &'a Node, key: &str) -> Option<(&'a str, bool)> {
    let payload = |map| secret.get(map)?.get(key).and_then(scalar);
    let plain = payload("stringData").map(|payload| (payload, false));
    plain.or_else(|| Some((payload("data")?, true)))
}

/// What a Secret holds that has none of the keys of a payload: a payload under another key, a
/// username and a password, or nothing that is for a registry.
fn without_key(secret: &Node, holder: &str) -> Vec<Entry> {
    let named = |mut entry: Entry, note: Note| {
        holder.clone_into(&mut entry.holder);
        entry.note(note);
        entry
    };
    let maps = ["stringData", "data"].into_iter().filter_map(|map| secret.get(map));
    for key in maps.flat_map(Node::keys) {
        let Some((payload, is_encoded)) = value(secret, key) else { continue };
        if let Ok(found) = logins(KEYS[0].0, payload, is_encoded) {
            return found.into_iter().map(|entry| named(entry, Note::PayloadKey)).collect();
        }
    }
    let plain = |key: &str| -> Option<Secret> {
        let (text, is_encoded) = value(secret, key)?;
        if is_encoded { docker_auth::decode_base64(text).ok() } else { Some(Secret::new(text)) }
    };
    match (plain("username"), plain("password")) {
        (Some(username), Some(password)) => {
            let login = docker_auth::inspect_pair(username.reveal(), password.reveal());
            vec![named(Entry::new("", Ok(login)), Note::SecretType)]
        }
        _ => vec![Entry::broken(holder, ReadError::OtherSecret)],
    }
}

/// `Secret team/pull`.
fn title(secret: &Node) -> String {
    let metadata = secret.get("metadata");
    let field = |key| metadata.and_then(|metadata| filled(metadata, key));
    let name = field("name").or_else(|| field("generateName")).unwrap_or_default();
    match field("namespace") {
        Some(namespace) => format!("Secret {namespace}/{name}"),
        None => format!("Secret {name}").trim_end().to_owned(),
    }
}

fn logins(key: &str, payload: &str, is_encoded: bool) -> Result<Vec<Entry>, ReadError> {
    let text = payload.trim();
    if is_placeholder(text) {
        return Err(ReadError::Placeholder);
    }
    let (json, layers) = payload_json(text)?;
    let (mut entries, is_wrapped) = within(docker_config::read(json.reveal()))?;
    let coding = match (is_encoded, layers) {
        (true, 0) => Some(Note::PayloadNotEncoded),
        (true, 1) | (false, 0) => None,
        (false, 1) => Some(Note::PayloadEncoded),
        _ => Some(Note::PayloadTwiceEncoded),
    };
    let wrapping = match (is_wrapped, key == KEYS[0].0) {
        (false, true) => Some(Note::WithoutAuths),
        (true, false) => Some(Note::WithAuths),
        _ => None,
    };
    for entry in &mut entries {
        entry.notes.extend(coding.into_iter().chain(wrapping));
    }
    Ok(entries)
}

/// The JSON of a payload, and how often it was encoded.
fn payload_json(payload: &str) -> Result<(Secret, usize), ReadError> {
    const MOST_LAYERS: usize = 8;
    let mut json = Secret::new(payload);
    for layers in 0..MOST_LAYERS {
        if json.reveal().trim_start_matches('\u{feff}').trim_start().starts_with('{') {
            return Ok((json, layers));
        }
        json = docker_auth::read_base64(json.reveal().trim(), &mut Vec::new())
            .map_err(|_| ReadError::Payload)?;
    }
    Err(ReadError::Payload)
}

/// A place inside of the payload is none of the text that people look at.
fn within<T>(read: Result<T, ReadError>) -> Result<T, ReadError> {
    read.map_err(|error| match error {
        ReadError::Json { .. } | ReadError::Yaml { .. } | ReadError::Unexpected { .. } => {
            ReadError::Payload
        }
        other => other,
    })
}

fn is_label(label: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| is_letter(byte) || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::NoLogin;

    fn only_login(manifest: &str) -> (String, String, String) {
        let mut entries = decode(manifest).unwrap();
        assert_eq!(entries.len(), 1, "{manifest}");
        let entry = entries.remove(0);
        let login = entry.login.unwrap();
        (entry.registry, login.username, login.password.reveal().to_owned())
    }

    #[test]
    fn a_secret_is_written_and_read_back() {
        let password = Secret::new("abcde12345");
        let secret =
            encode("ghcr.io", "abcd", &password, ("pull", Some("ml")), Format::Text).unwrap();
        let text = secret.reveal();
        assert!(text.starts_with(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: pull\n  namespace: ml\n\
             type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6"
        ));
        let expected = ("ghcr.io".to_owned(), "abcd".to_owned(), "abcde12345".to_owned());
        assert_eq!(only_login(text), expected);
        let numbered = encode("ghcr.io", "abcd", &password, ("123", None), Format::Text).unwrap();
        assert!(numbered.reveal().contains("\n  name: \"123\"\ntype:"));
    }

    #[test]
    fn names_that_kubernetes_refuses_are_refused() {
        let password = Secret::new("x");
        let refused = |name, namespace| {
            encode("a.b", "u", &password, (name, namespace), Format::Text).unwrap_err()
        };
        for name in ["", "A", "-a", "a-", "a..b", "a_b"] {
            assert_eq!(refused(name, None), EncodeError::SecretName, "{name}");
        }
        assert_eq!(refused("a", Some("a.b")), EncodeError::Namespace);
    }

    #[test]
    fn a_payload_is_found_in_every_spelling() {
        let expected = ("a.b".to_owned(), "ab".to_owned(), "cd".to_owned());
        let payload = "eyJhdXRocyI6eyJhLmIiOnsiYXV0aCI6IllXSTZZMlE9In19fQ==";
        let (front, back) = payload.split_at(20);
        let json = r#"{"auths":{"a.b":{"auth":"YWI6Y2Q="}}}"#;
        let escaped = json.replace('"', "\\\"");
        let manifests = [
            format!("kind: Secret\ndata:\n  .dockerconfigjson: {payload} # note\ntype: x\n"),
            format!("data:\n  \".dockerconfigjson\": \"{payload}\"\n"),
            format!("data:\r\n  .dockerconfigjson: >-\r\n    {front}\r\n    {back}\r\ntype: x\r\n"),
            format!("data:\n  .dockerconfigjson:\n    {payload}\n"),
            format!("stringData:\n  .dockerconfigjson: |\n    {json}\n"),
            format!("stringData:\n  .dockerconfigjson: '{json}'\n"),
            format!("stringData:\n  .dockerconfigjson: \"{escaped}\"\n"),
            format!("{{\"data\":{{\".dockerconfigjson\":\"{payload}\"}}}}"),
            "stringData:\n  .dockercfg: '{\"a.b\":{\"auth\":\"YWI6Y2Q=\"}}'\n".to_owned(),
        ];
        for manifest in manifests {
            assert_eq!(only_login(&manifest), expected, "{manifest}");
        }
    }

    #[test]
    fn a_manifest_without_a_readable_payload_says_why() {
        let cases = [
            ("kind: ConfigMap\ndata:\n  .dockerconfigjson: e30=\n", ReadError::NoPayload),
            ("data:\n  .dockerconfigjson: \"", ReadError::Yaml { line: 2, column: 22 }),
        ];
        for (manifest, error) in cases {
            assert_eq!(decode(manifest).unwrap_err(), error, "{manifest}");
        }
        for rest in ["data: {}", "data: {password: aHVudGVyMg==}", "stringData: {a: 'b:c'}"] {
            let entry = decode(&format!("kind: Secret\n{rest}\n")).unwrap().remove(0);
            assert_eq!(
                entry.login.unwrap_err(),
                NoLogin::Document(ReadError::OtherSecret),
                "{rest}"
            );
        }
        let cases = [
            ("${CONFIG}", ReadError::Placeholder),
            ("\"{{ computenest::acr::dockerconfigjson }}\"", ReadError::Placeholder),
            ("{{computenest::acr::dockerconfigjson}}", ReadError::Placeholder),
            ("hunter2!", ReadError::Payload),
            ("aHVudGVyMg==", ReadError::Payload),
            ("e30=", ReadError::NoRegistry),
            ("eyJjcmVkc1N0b3JlIjoiYSJ9", ReadError::CredentialStore("a".to_owned())),
        ];
        for (payload, error) in cases {
            let manifest = format!(
                "kind: Secret\nmetadata: {{name: b}}\ndata:\n  .dockerconfigjson: {payload}\n"
            );
            let entry = decode(&manifest).unwrap().remove(0);
            assert_eq!(entry.holder, "Secret b");
            assert_eq!(entry.login.unwrap_err(), NoLogin::Document(error), "{payload}");
        }
    }

    #[test]
    fn all_secrets_of_a_text_are_read_and_named() {
        const PAYLOAD: &str = "eyJhdXRocyI6eyJhLmIiOnsiYXV0aCI6IllXSTZZMlE9In19fQ==";
        let secret = |name: &str| {
            format!(
                r#"{{"kind":"Secret","metadata":{{"name":"{name}","namespace":"team"}},"type":"kubernetes.io/dockerconfigjson","data":{{".dockerconfigjson":"{PAYLOAD}"}}}}"#
            )
        };
        let text = format!(
            "kind: Service\nmetadata:\n  name: x\n---\n{}\n---\nkind: List\nitems:\n- {}\n- {}\n---\nbroken: [\n",
            secret("a"),
            secret("b"),
            secret("c").replace(PAYLOAD, "%%")
        );
        let entries = decode(&text).unwrap();
        let found: Vec<_> =
            entries.iter().map(|entry| (entry.holder.as_str(), entry.login.is_ok())).collect();
        assert_eq!(
            found,
            [
                ("Secret team/a", true),
                ("Secret team/b", true),
                ("Secret team/c", false),
                ("", false)
            ]
        );
        let json = format!(r#"{{"kind":"List","items":[{}, {}]}}"#, secret("a"), secret("b"));
        assert_eq!(decode(&json).unwrap().len(), 2);
    }

    #[test]
    fn a_payload_in_the_wrong_place_or_type_is_told() {
        let notes = |rest: &str| decode(&format!("kind: Secret\n{rest}")).unwrap().remove(0).notes;
        const TYPE: &str = "type: kubernetes.io/dockerconfigjson";
        let twice = |text: &str| docker_auth::encode_text(&Secret::new(text)).reveal().to_owned();
        const JSON: &str = r#"{"auths":{"a.b":{"auth":"YWI6Y2Q="}}}"#;
        const BARE: &str = r#"{"a.b":{"auth":"YWI6Y2Q="}}"#;
        const BASE64: &str = "eyJhdXRocyI6eyJhLmIiOnsiYXV0aCI6IllXSTZZMlE9In19fQ==";
        let cases = [
            (format!("{TYPE}\ndata: {{.dockerconfigjson: '{JSON}'}}\n"), Note::PayloadNotEncoded),
            (
                format!("{TYPE}\nstringData: {{.dockerconfigjson: {BASE64}}}\n"),
                Note::PayloadEncoded,
            ),
            (format!("type: Opaque\ndata: {{.dockerconfigjson: {BASE64}}}\n"), Note::SecretType),
            (format!("{TYPE}\nstringData: {{.dockerconfigjson: '{BARE}'}}\n"), Note::WithoutAuths),
            (format!("{TYPE}\nstringData: {{.dockercfg: '{BARE}'}}\n"), Note::SecretType),
            (
                format!("type: kubernetes.io/dockercfg\nstringData: {{.dockercfg: '{JSON}'}}\n"),
                Note::WithAuths,
            ),
            (
                format!("{TYPE}\ndata: {{.dockerconfigjson: {}}}\n", twice(BASE64)),
                Note::PayloadTwiceEncoded,
            ),
            (format!("{TYPE}\ndata: {{config.json: {BASE64}}}\n"), Note::PayloadKey),
            (format!("type: Opaque\nstringData: {{auth: '{JSON}'}}\n"), Note::PayloadKey),
            (
                "type: kubernetes.io/basic-auth\ndata: {username: dQ==, password: cA==}\n"
                    .to_owned(),
                Note::SecretType,
            ),
            ("stringData: {username: u, password: p}\n".to_owned(), Note::SecretType),
        ];
        for (rest, note) in cases {
            assert_eq!(notes(&rest), [note], "{rest}");
        }
        let right =
            format!("type: kubernetes.io/dockercfg\nstringData: {{.dockercfg: '{BARE}'}}\n");
        assert_eq!(notes(&right), []);
    }

    #[test]
    fn json_is_written_as_well() {
        let password = Secret::new("abcde12345");
        let json =
            encode("ghcr.io", "abcd", &password, ("pull", Some("ml")), Format::Json).unwrap();
        assert!(json.reveal().contains("\"name\": \"pull\",\n    \"namespace\": \"ml\""));
        let expected = ("ghcr.io".to_owned(), "abcd".to_owned(), "abcde12345".to_owned());
        assert_eq!(only_login(json.reveal()), expected);
    }
}
