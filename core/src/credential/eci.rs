//! `ImageRegistryCredential` of ECI: `ImageRegistryCredential.1.Server=…` as lines, as a query or
//! as options of the command line, or the list of that name in JSON.

use super::command_line::{self, letters};
use super::container_group::{self, Flattened, NAMES};
use super::docker_config::check_registry;
use super::write::Value;
use super::{EncodeError, Entry, Format, ReadError, Secret, docker_auth};

/// The three lines for one registry, or JSON.
pub fn encode(
    registry: &str,
    username: &str,
    password: &Secret,
    format: Format,
) -> Result<Secret, EncodeError> {
    check_registry(registry)?;
    docker_auth::check_username(username)?;
    if password.is_empty() {
        return Err(EncodeError::EmptyPassword);
    }
    let fields = [("Server", registry), ("UserName", username), ("Password", password.reveal())];
    if format == Format::Json {
        let fields = fields.map(|(field, value)| (field, Value::Text(value)));
        let list = Value::List(vec![Value::Object(fields.into())]);
        return Ok(Value::Object(vec![(NAMES[0], list)]).pretty());
    }
    if password.reveal().chars().any(char::is_control) {
        return Err(EncodeError::ControlInPassword);
    }
    let parts = fields.map(|(field, value)| [NAMES[0], ".1.", field, "=", value, "\n"]);
    Ok(Secret::join(parts.as_flattened()))
}

/// Reads all credentials, in the order of their numbers.
pub fn decode(text: &str) -> Result<Vec<Entry>, ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let is_json = text.trim_start().starts_with(['{', '[']);
    let has = |mark: &str| text.contains(&format!("{mark}{}.", NAMES[0]));
    if is_json || !has("") {
        return container_group::decode(text);
    }
    let mut found = Flattened::default();
    if has("--") {
        in_options(text, &mut found)?;
    } else if has("&") {
        in_query(text, &mut found);
    } else {
        for line in text.lines() {
            if let Some((key, value)) = line.split_once('=') {
                found.take(key.trim(), value);
            }
        }
    }
    let entries = found.entries();
    if entries.is_empty() { Err(ReadError::NoCredential) } else { Ok(entries) }
}

/// `aliyun eci CreateContainerGroup --ImageRegistryCredential.1.Server a.b`
fn in_options(text: &str, found: &mut Flattened) -> Result<(), ReadError> {
    for command in &command_line::read(text)?.commands {
        let mut words = command.words.iter().map(|word| letters(word, text));
        while let Some(word) = words.next() {
            let Some(option) = word.strip_prefix("--") else { continue };
            match option.split_once('=') {
                Some((key, value)) => {
                    found.take(key, value);
                }
                None if option.starts_with(NAMES[0]) => {
                    found.take(option, &words.next().unwrap_or_default());
                }
                None => {}
            }
        }
    }
    Ok(())
}

/// `?Action=CreateContainerGroup&ImageRegistryCredential.1.Server=a.b`
fn in_query(text: &str, found: &mut Flattened) {
    let query = text.split_once('?').map_or(text, |(_, query)| query);
    for pair in query.split(['&', '\n', '\r']) {
        if let Some((key, value)) = pair.split_once('=')
            && let Some(value) = percent_decoded(value.trim())
        {
            found.take(key.trim(), value.reveal());
        }
    }
}

fn percent_decoded(value: &str) -> Option<Secret> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            b'+' => b' ',
            other => other,
        });
    }
    Secret::from_utf8(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::{DecodeError, NoLogin};

    type Pair = (String, String);

    fn logins(text: &str) -> Vec<(String, Result<Pair, NoLogin>)> {
        let entries = decode(text).unwrap().into_iter();
        let read =
            |login: docker_auth::Decoded| (login.username, login.password.reveal().to_owned());
        entries.map(|entry| (entry.registry, entry.login.map(read))).collect()
    }

    fn pair(username: &str, password: &str) -> Result<Pair, NoLogin> {
        Ok((username.to_owned(), password.to_owned()))
    }

    #[test]
    fn three_lines_are_written_and_read_back() {
        let secret = Secret::new("a=b c");
        let lines = encode("ghcr.io", "abcd", &secret, Format::Text).unwrap();
        assert_eq!(
            lines.reveal(),
            "ImageRegistryCredential.1.Server=ghcr.io\n\
             ImageRegistryCredential.1.UserName=abcd\n\
             ImageRegistryCredential.1.Password=a=b c\n"
        );
        assert_eq!(logins(lines.reveal()), [("ghcr.io".to_owned(), pair("abcd", "a=b c"))]);
        let json = encode("ghcr.io", "abcd", &secret, Format::Json).unwrap();
        assert_eq!(logins(json.reveal()), [("ghcr.io".to_owned(), pair("abcd", "a=b c"))]);
        let broken = encode("ghcr.io", "abcd", &Secret::new("a\nb"), Format::Text).unwrap_err();
        assert_eq!(broken, EncodeError::ControlInPassword);
    }

    #[test]
    fn options_queries_and_json_are_read_like_lines() {
        let expected = [
            ("a.b".to_owned(), pair("ab", "c d")),
            ("c.d".to_owned(), Err(NoLogin::Unreadable(DecodeError::Incomplete))),
        ];
        let options = "aliyun eci CreateContainerGroup \\\n  --ImageRegistryCredential.1.Server a.b \\\n\
             --ImageRegistryCredential.1.UserName=ab \\\n--ImageRegistryCredential.1.Password 'c d' \\\n\
             --ImageRegistryCredential.2.Server c.d";
        assert_eq!(logins(options), expected);
        assert_eq!(logins(&options.replace("\\\n", "")), expected);
        let query = "https://x.y/?Action=CreateContainerGroup&ImageRegistryCredential.1.Server=a.b\
            &ImageRegistryCredential.1.UserName=%61b&ImageRegistryCredential.1.Password=c+d\
            &ImageRegistryCredential.2.Server=c.d";
        assert_eq!(logins(query), expected);
        let json = r#"{"Container":[],"ImageRegistryCredential":[
            {"Server":"a.b","UserName":"ab","Password":"c d"},{"Server":"c.d"}]}"#;
        assert_eq!(logins(json), expected);
        for text in ["", "ImageRegistryCredential", "ImageRegistryCredential.1=x", "{}"] {
            assert_eq!(decode(text).unwrap_err(), ReadError::NoCredential, "{text}");
        }
        let open = decode("x \\\n--ImageRegistryCredential.1.Password 'hunter2").unwrap_err();
        assert!(matches!(open, ReadError::Command { line: 2, .. }), "{open:?}");
    }
}
