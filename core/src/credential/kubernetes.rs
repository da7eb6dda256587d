//! The image pull secret of Kubernetes: a Secret of type `kubernetes.io/dockerconfigjson`, or of
//! the elder type `kubernetes.io/dockercfg`.
//!
//! Reads the one key that holds the payload out of YAML or JSON, and nothing else of the object.

use std::collections::BTreeMap;

use crate::reference::is_placeholder;

use super::docker_config::{self, Entry, Hidden};
use super::{EncodeError, ReadError, Secret, docker_auth};

/// The keys under which a Secret keeps its payload.
const KEYS: [&str; 2] = [".dockerconfigjson", ".dockercfg"];

/// The manifest of a Secret for one registry.
pub fn encode(
    registry: &str,
    username: &str,
    password: &Secret,
    name: &str,
    namespace: Option<&str>,
) -> Result<Secret, EncodeError> {
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err(EncodeError::SecretName);
    }
    if namespace.is_some_and(|namespace| namespace.len() > 63 || !is_label(namespace)) {
        return Err(EncodeError::Namespace);
    }
    let config = docker_config::encode_compact(registry, username, password)?;
    let payload = docker_auth::encode_text(&config);
    let namespace = namespace.map(|name| format!("  namespace: {}\n", yaml_string(name)));
    Ok(Secret::join(&[
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: ",
        &yaml_string(name),
        "\n",
        namespace.as_deref().unwrap_or_default(),
        "type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ",
        payload.reveal(),
        "\n",
    ]))
}

/// Reads the logins out of a Secret's manifest, YAML or JSON; of several, the first.
pub fn decode(manifest: &str) -> Result<Vec<Entry>, ReadError> {
    let manifest = manifest.trim_start_matches('\u{feff}');
    let payload = if manifest.trim_start().starts_with('{') {
        payload_in_json(manifest)?
    } else {
        payload_in_yaml(manifest)
    };
    let payload = payload.ok_or(ReadError::NoPayload)?;
    let text = payload.reveal().trim();
    if is_placeholder(text) {
        return Err(ReadError::Placeholder);
    }
    if text.starts_with('{') {
        return docker_config::decode(text);
    }
    let json = docker_auth::read_base64(text, &mut Vec::new()).map_err(|_| ReadError::Payload)?;
    docker_config::decode(json.reveal())
}

#[derive(serde::Deserialize)]
struct Object {
    data: Option<BTreeMap<String, Hidden>>,
    #[serde(rename = "stringData")]
    string_data: Option<BTreeMap<String, Hidden>>,
}

fn payload_in_json(manifest: &str) -> Result<Option<Secret>, ReadError> {
    let object: Object = serde_json::from_str(manifest).map_err(docker_config::read_error)?;
    let mut maps = [object.string_data, object.data].into_iter().flatten();
    Ok(maps.find_map(|mut map| KEYS.iter().find_map(|key| map.remove(*key))).map(|it| it.0))
}

/// The scalar under one of [`KEYS`]: on the key's line, and on deeper lines below it.
fn payload_in_yaml(manifest: &str) -> Option<Secret> {
    let mut lines = manifest.lines();
    let (indent, first) = lines.by_ref().find_map(|line| {
        let content = line.trim_start();
        Some((line.len() - content.len(), value_of_key(content)?))
    })?;
    let is_block = first.starts_with(['|', '>']);
    let mut parts = if is_block { Vec::new() } else { vec![without_comment(first)] };
    for line in lines {
        let content = line.trim();
        let depth = line.len() - line.trim_start().len();
        if !content.is_empty() && depth <= indent {
            break;
        }
        parts.push(content);
        parts.push("\n");
    }
    let joined = Secret::join(&parts);
    let scalar = joined.reveal().trim();
    let unquoted = |quote: char| scalar.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = unquoted('\'') {
        return Some(Secret::new(inner.replace("''", "'")));
    }
    if unquoted('"').is_some() {
        // The escapes of JSON are the common ones of YAML.
        return serde_json::from_str::<Hidden>(scalar).ok().map(|hidden| hidden.0);
    }
    Some(Secret::new(scalar))
}

/// What follows the colon, if `content` begins with one of [`KEYS`], quoted or not.
fn value_of_key(content: &str) -> Option<&str> {
    KEYS.iter().find_map(|key| {
        let rest = match content.chars().next()? {
            quote @ ('"' | '\'') => content.get(1..)?.strip_prefix(key)?.strip_prefix(quote)?,
            _ => content.strip_prefix(key)?,
        };
        let value = rest.trim_start().strip_prefix(':')?;
        (value.is_empty() || value.starts_with([' ', '\t'])).then(|| value.trim())
    })
}

/// A plain scalar without the comment behind it.
fn without_comment(value: &str) -> &str {
    if value.starts_with(['"', '\'', '{']) {
        return value;
    }
    value.split(" #").next().unwrap_or(value).trim_end()
}

fn is_label(label: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| is_letter(byte) || byte == b'-')
}

/// A name as YAML, in quotes where it would be read as something other than a string.
fn yaml_string(name: &str) -> String {
    const OTHERS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_plain = name.starts_with(|first: char| first.is_ascii_lowercase());
    if is_plain && !OTHERS.contains(&name) { name.to_owned() } else { format!("\"{name}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let secret = encode("ghcr.io", "abcd", &password, "pull", Some("ml")).unwrap();
        let text = secret.reveal();
        assert!(text.starts_with(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: pull\n  namespace: ml\n\
             type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6"
        ));
        let expected = ("ghcr.io".to_owned(), "abcd".to_owned(), "abcde12345".to_owned());
        assert_eq!(only_login(text), expected);
        let numbered = encode("ghcr.io", "abcd", &password, "123", None).unwrap();
        assert!(numbered.reveal().contains("\n  name: \"123\"\ntype:"));
    }

    #[test]
    fn names_that_kubernetes_refuses_are_refused() {
        let password = Secret::new("x");
        let refused = |name, namespace| encode("a.b", "u", &password, name, namespace).unwrap_err();
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
            ("kind: Secret\ndata: {}\n", ReadError::NoPayload),
            ("data:\n  .dockerconfigjson: ${CONFIG}\n", ReadError::Placeholder),
            (
                "data:\n  .dockerconfigjson: \"{{ computenest::acr::dockerconfigjson }}\"\n",
                ReadError::Placeholder,
            ),
            ("data:\n  .dockerconfigjson: hunter2!\n", ReadError::Payload),
            ("data:\n  .dockerconfigjson: \"", ReadError::Payload),
        ];
        for (manifest, error) in cases {
            assert_eq!(decode(manifest).unwrap_err(), error, "{manifest}");
        }
    }
}
