//! `dockerAuth` of PAI-EAS: the value alone, or the member of a service's JSON.

use crate::tree::Node;

use super::document::{Documents, scalar};
use super::write::Value;
use super::{EncodeError, Entry, FormError, Format, NoLogin, ReadError, Secret, docker_auth};

const KEY: &str = "dockerAuth";

/// The value, or the member of a service's JSON.
pub fn encode(username: &str, password: &Secret, format: Format) -> Result<Secret, EncodeError> {
    let auth = docker_auth::encode(username, password)?;
    Ok(match format {
        Format::Text => auth,
        Format::Json => Value::Object(vec![(KEY, Value::Text(auth.reveal()))]).pretty(),
    })
}

/// Whether `text` is a document that has the member.
pub(super) fn is_document(text: &str) -> bool {
    text.contains("dockerAuth:") || text.contains("dockerAuth\"")
}

/// Reads a value, or all of a document. No registry is named there.
pub fn decode(text: &str) -> Result<Vec<Entry>, FormError> {
    if is_document(text) {
        let documents = Documents::read(text)?;
        let mut entries = Vec::new();
        for root in documents.roots() {
            root.walk(&mut |key, node| entries.extend(entry(key, node)));
        }
        if !entries.is_empty() {
            entries.extend(documents.broken.clone().map(|error| Entry::broken("", error)));
            return Ok(entries);
        }
        if documents.roots().iter().any(Node::is_object) {
            return Err(ReadError::NoDockerAuth.into());
        }
    }
    let login = Ok(docker_auth::decode(text)?);
    Ok(vec![Entry::new("", login)])
}

fn entry(key: Option<&str>, node: &Node) -> Option<Entry> {
    let value = scalar(node).filter(|_| key == Some(KEY))?;
    Some(Entry::new("", docker_auth::decode(value).map_err(NoLogin::from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_alone_and_in_its_service() {
        let service = r#"{"metadata":{"name":"a"},"dockerAuth":"YWI6Y2Q="}"#;
        let template = "Resources:\n  A:\n    Properties:\n      ServiceConfig:\n        dockerAuth: YWI6Y2Q=\n";
        let json = encode("ab", &Secret::new("cd"), Format::Json).unwrap();
        assert_eq!(json.reveal(), "{\n  \"dockerAuth\": \"YWI6Y2Q=\"\n}\n");
        for text in ["YWI6Y2Q=", service, template, json.reveal()] {
            let entry = decode(text).unwrap().remove(0);
            let login = entry.login.unwrap();
            assert_eq!((login.username.as_str(), login.password.reveal()), ("ab", "cd"), "{text}");
            assert_eq!(login.oddities, [], "{text}");
        }
        let broken = decode("{\"dockerAuth\": hunter2}").unwrap_err();
        assert_eq!(broken, ReadError::Json { line: 1, column: 16 }.into());
        let elsewhere = decode("{\"a\": \"dockerAuth:\"}").unwrap_err();
        assert_eq!(elsewhere, ReadError::NoDockerAuth.into());
    }
}
