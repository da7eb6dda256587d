//! `ImageRegistryCredential` of ECI: `ImageRegistryCredential.1.Server=…` as lines or options of
//! the command line, or the list of that name in JSON.

use std::collections::BTreeMap;

use super::docker_config::{self, Entry, Hidden, check_registry};
use super::{DecodeError, EncodeError, ReadError, Secret, docker_auth};

/// What every key begins with.
const ROOT: &str = "ImageRegistryCredential";

/// The three lines for one registry.
pub fn encode(registry: &str, username: &str, password: &Secret) -> Result<Secret, EncodeError> {
    check_registry(registry)?;
    docker_auth::check_username(username)?;
    if password.is_empty() {
        return Err(EncodeError::EmptyPassword);
    }
    if password.reveal().chars().any(char::is_control) {
        return Err(EncodeError::ControlInPassword);
    }
    let lines = [("Server", registry), ("UserName", username), ("Password", password.reveal())];
    let parts = lines.map(|(field, value)| [ROOT, ".1.", field, "=", value, "\n"]);
    Ok(Secret::join(parts.as_flattened()))
}

/// Reads all credentials, in the order of their numbers.
pub fn decode(text: &str) -> Result<Vec<Entry>, ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let found = if text.trim_start().starts_with('{') {
        let request: Request = serde_json::from_str(text).map_err(docker_config::read_error)?;
        request.credentials.unwrap_or_default()
    } else {
        in_lines(text)
    };
    if found.is_empty() {
        return Err(ReadError::NoCredential);
    }
    Ok(found.into_iter().map(Triple::entry).collect())
}

#[derive(serde::Deserialize)]
struct Request {
    #[serde(rename = "ImageRegistryCredential")]
    credentials: Option<Vec<Triple>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Triple {
    server: Option<String>,
    user_name: Option<Hidden>,
    password: Option<Hidden>,
}

impl Triple {
    fn entry(self) -> Entry {
        let login = match (self.user_name, self.password) {
            (Some(username), Some(password)) => {
                Ok(docker_auth::inspect_pair(username.0.reveal(), password.0.reveal()))
            }
            _ => Err(DecodeError::Incomplete),
        };
        Entry { registry: self.server.unwrap_or_default(), login }
    }
}

fn in_lines(text: &str) -> Vec<Triple> {
    // `N` stands for a number in the documentation, and so in texts that were copied from it.
    let mut found: BTreeMap<Option<u32>, Triple> = BTreeMap::new();
    for line in text.lines() {
        let line = line.trim_start();
        let (key, value) = match line.strip_prefix("--") {
            // An option of the command line: a shell's quotes and its line continuation.
            Some(option) => {
                let Some((key, value)) = option.split_once(['=', ' ', '\t']) else { continue };
                let value = value.trim();
                (key, unquoted(value.strip_suffix('\\').unwrap_or(value).trim()))
            }
            None => match line.split_once('=') {
                Some(pair) => pair,
                None => continue,
            },
        };
        let Some(rest) = key.trim().strip_prefix(ROOT).and_then(|it| it.strip_prefix('.')) else {
            continue;
        };
        let Some((number, field)) = rest.split_once('.') else { continue };
        let number = number.parse::<u32>().ok();
        let triple = found.entry(number).or_default();
        match field {
            "Server" => triple.server = Some(value.trim().to_owned()),
            "UserName" => triple.user_name = Some(Hidden(Secret::new(value))),
            "Password" => triple.password = Some(Hidden(Secret::new(value))),
            _ => {}
        }
    }
    found.into_values().collect()
}

fn unquoted(value: &str) -> &str {
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('\'').or_else(|| inner('"')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pair = (String, String);

    fn logins(text: &str) -> Vec<(String, Result<Pair, DecodeError>)> {
        let entries = decode(text).unwrap().into_iter();
        let read =
            |login: docker_auth::Decoded| (login.username, login.password.reveal().to_owned());
        entries.map(|entry| (entry.registry, entry.login.map(read))).collect()
    }

    #[test]
    fn three_lines_are_written_and_read_back() {
        let lines = encode("ghcr.io", "abcd", &Secret::new("a=b c")).unwrap();
        assert_eq!(
            lines.reveal(),
            "ImageRegistryCredential.1.Server=ghcr.io\n\
             ImageRegistryCredential.1.UserName=abcd\n\
             ImageRegistryCredential.1.Password=a=b c\n"
        );
        let login = ("abcd".to_owned(), "a=b c".to_owned());
        assert_eq!(logins(lines.reveal()), [("ghcr.io".to_owned(), Ok(login))]);
        let broken = encode("ghcr.io", "abcd", &Secret::new("a\nb")).unwrap_err();
        assert_eq!(broken, EncodeError::ControlInPassword);
    }

    #[test]
    fn options_and_json_are_read_like_lines() {
        let expected = [
            ("a.b".to_owned(), Ok(("ab".to_owned(), "c d".to_owned()))),
            ("c.d".to_owned(), Err(DecodeError::Incomplete)),
        ];
        let options = "aliyun eci CreateContainerGroup \\\n  --ImageRegistryCredential.1.Server a.b \\\n\
             --ImageRegistryCredential.1.UserName=ab \\\n--ImageRegistryCredential.1.Password 'c d' \\\n\
             --ImageRegistryCredential.2.Server c.d";
        assert_eq!(logins(options), expected);
        let json = r#"{"Container":[],"ImageRegistryCredential":[
            {"Server":"a.b","UserName":"ab","Password":"c d"},{"Server":"c.d"}]}"#;
        assert_eq!(logins(json), expected);
        for text in ["", "ImageRegistryCredential", "ImageRegistryCredential.1=x", "{}"] {
            assert_eq!(decode(text).unwrap_err(), ReadError::NoCredential, "{text}");
        }
    }
}
