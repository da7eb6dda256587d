//! Covers what may be a credential in text that is shown to people: a safety net under every
//! excerpt, whatever the document is and however broken.
//!
//! Works on the letters, not on a tree: it must hold for text that no parser can read.

mod defaults;
mod payload;

use std::ops::Range;

/// `text` with every value that may be a credential covered by `*`, byte for byte, so that offsets
/// and columns of ASCII text stay what they were.
///
/// Covered are values behind a name such as `dockerAuth`, `password`, `token`, `AWS_SECRET_KEY`
/// (in JSON, `ENV`, assignments and options), the password in `scheme://user:password@host`, in
/// `curl -u user:password` and in `docker login -p password`, what is piped into `chpasswd` or into
/// a `--password-stdin`, and tokens that their form tells; of pairs such as `Key` and `Value` the
/// value where the key names a credential.
/// References to variables stay.
pub fn redact(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        if !is_name_byte(bytes[at]) {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|&&byte| is_name_byte(byte)).count();
        let name = &text[at..end];
        let found = if is_secret_name(name) {
            value_after(text, at, end)
                .filter(|&(start, _)| names_value(name) || is_plain(text, end, start))
                .or_else(|| paired_value(text, end))
        } else {
            None
        };
        if let Some((start, stop)) = found {
            cover(&mut bytes, text, start, stop);
            at = stop.max(end);
        } else {
            at = end;
        }
    }
    cover_user_information(&mut bytes, text);
    cover_flags(&mut bytes, text);
    cover_piped(&mut bytes, text);
    defaults::cover_defaults(&mut bytes, text);
    payload::cover_payloads(&mut bytes, text);
    for token in crate::credential::tokens(text) {
        cover(&mut bytes, text, token.start, token.end);
    }
    // Only ASCII was written, over whole characters.
    String::from_utf8(bytes).unwrap_or_default()
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte == b'.'
}

/// Parts of names under which values are credentials.
const PARTS: &[&str] = &[
    "dockerauth",
    "dockerconfigjson",
    "dockercfg",
    "password",
    "passwd",
    "pword",
    "passphrase",
    "secret",
    "token",
    "accesskey",
    "apikey",
    "privatekey",
];

/// The name of a Secret of Kubernetes, and what refers to it.
const NAMES: &[&str] = &[
    "imagepullsecrets",
    "imagepullsecret",
    "secretname",
    "secretref",
    "secretkeyref",
    "secretstoreref",
];

/// Whether values under `name` are credentials.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let folded = folded(name);
    // `ImageRegistryCredential.1.Server` is the address, not the login.
    let is_open = || ["server", "username"].iter().any(|part| folded.ends_with(part));
    names_value(name) || (folded.contains("credential") && !is_open())
}

/// Whether the name says that its value itself is one, and not a list of parts.
fn names_value(name: &str) -> bool {
    let folded = folded(name);
    if NAMES.contains(&folded.as_str()) {
        return false;
    }
    folded == "auth" || folded == "pwd" || PARTS.iter().any(|part| folded.contains(part))
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|character| character.to_ascii_lowercase()).collect()
}

/// Whether a value at `start` stands on the line of its name and is no list or object, whose parts
/// have names of their own.
fn is_plain(text: &str, name_end: usize, start: usize) -> bool {
    !text[name_end..start].contains('\n') && !text[start..].starts_with(['[', '{', '-'])
}

/// The value of `Key: DB_PASSWORD, Value: …`, where the name is what ends at `end`: the next name
/// is `Value`, in any spelling.
fn paired_value(text: &str, end: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_between = |byte: &&u8| byte.is_ascii_whitespace() || b"\"',\\&".contains(byte);
    let at = end + bytes[end..].iter().take_while(is_between).count();
    let name_end = at + bytes[at..].iter().take_while(|&&byte| is_name_byte(byte)).count();
    let name = text[at..name_end].rsplit('.').next()?;
    if at == end || !name.eq_ignore_ascii_case("value") {
        return None;
    }
    let is_option = text[at..].starts_with("--");
    let quote = usize::from(matches!(bytes.get(name_end), Some(b'"' | b'\'')));
    let mut from = skip_space(bytes, name_end + quote);
    match bytes.get(from) {
        Some(b':' | b'=') => from = skip_space(bytes, from + 1),
        Some(_) if is_option && from > name_end => {}
        _ => return None,
    }
    value_at(text, from, at..name_end)
}

/// The value that belongs to the name at `start..end`, without its quotes.
fn value_after(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = end;
    let mut quoted = matches!(bytes.get(at), Some(b'"' | b'\''));
    if quoted {
        at += 1;
    } else if is_escaped_quote(bytes, at) {
        // JSON in a string of JSON.
        quoted = true;
        at += 2;
    }
    at = skip_space(bytes, at);
    match bytes.get(at) {
        Some(b':' | b'=') => at = skip_space(bytes, at + 1),
        // ["--password", "…"]
        Some(b',') if quoted && text[start..end].starts_with("--") => {
            at = skip_space(bytes, at + 1);
            if !matches!(bytes.get(at), Some(b'"' | b'\'')) {
                return None;
            }
        }
        // {"name": "DB_PASSWORD", "value": "…"}
        Some(b',') if quoted => {
            let rest = &text[at..];
            let key =
                rest.find("\"value\"").filter(|&found| !rest[..found].contains(['}', '{']))?;
            at = skip_space(bytes, at + key + "\"value\"".len());
            if bytes.get(at) != Some(&b':') {
                return None;
            }
            at = skip_space(bytes, at + 1);
        }
        // `--password value`, `ENV TOKEN value`
        Some(_) if at > end && takes_a_word(text, start) => {}
        _ => return None,
    }
    if let Some(body) = payload::block(text, start, at) {
        return body;
    }
    value_at(text, at, start..end)
}

/// The value that begins at `at`, without its quotes, of the name that stands at `name`.
fn value_at(text: &str, at: usize, name: Range<usize>) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_flat_line = is_flat_line(text, name.start);
    let (from, to) = match bytes.get(at)? {
        b'\\' if is_escaped_quote(bytes, at) => {
            let rest = &text[at + 2..];
            (at + 2, at + 2 + rest.find("\\\"").or_else(|| rest.find('"')).unwrap_or(rest.len()))
        }
        quote @ (b'"' | b'\'') => (at + 1, closing_quote(bytes, at + 1, *quote)),
        _ if is_flat_line => {
            let rest = &text[at..];
            (at, at + rest.find(['\n', '\r']).unwrap_or(rest.len()))
        }
        _ => (at, at + text[at..].find(is_end_of_word).unwrap_or(text.len() - at)),
    };
    let value = &text[from..to];
    // `password:` and, on the next line, another key of YAML; or a mapping in braces.
    let between = &text[name.end..from];
    if (is_flat_line && between.contains('\n'))
        || (value.ends_with(':') && between.contains('\n'))
        || (value.starts_with('{') && between.trim_start_matches(['"', '\'']).trim() == ":")
    {
        return None;
    }
    let is_reference = value.starts_with('$') && !value[1..].contains(['$', ':', '/']);
    // `- name: a` on the next line.
    if value == "-" {
        return None;
    }
    (!value.is_empty() && !is_reference && !matches!(value, "true" | "false" | "null" | "{" | "["))
        .then_some((from, to))
}

/// Whether the name at `start` begins a line of a flat request, `Container.1.Image=…`, whose value
/// goes on to the end of the line whatever is in it.
fn is_flat_line(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '\t']);
    let name = &text[start..];
    let name =
        &name[..name.find(|c: char| !c.is_ascii() || !is_name_byte(c as u8)).unwrap_or(name.len())];
    let has_index = name.split('.').skip(1).any(|part| {
        part == "N" || !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let sign = text[start + name.len()..].trim_start().chars().next();
    has_index
        && (before.is_empty() || before.ends_with(['\n', '\u{feff}']))
        && !name.starts_with('-')
        && matches!(sign, Some('=' | ':'))
}

fn is_escaped_quote(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'\\') && bytes.get(at + 1) == Some(&b'"')
}

fn takes_a_word(text: &str, start: usize) -> bool {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line..start].trim_start();
    text[start..].starts_with("--")
        || before.trim_end().ends_with("configure set")
        || ["ENV", "ARG"].iter().any(|word| {
            let first = before.split_whitespace().next().unwrap_or_default();
            first.eq_ignore_ascii_case(word) && before.ends_with(char::is_whitespace)
        })
}

fn skip_space(bytes: &[u8], at: usize) -> usize {
    at + bytes[at.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

fn is_end_of_word(character: char) -> bool {
    character.is_whitespace() || matches!(character, ',' | '}' | ']' | ';' | '&' | '|' | '"' | '\'')
}

fn closing_quote(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\n' => return at,
            _ if byte == quote => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn cover_user_information(bytes: &mut [u8], text: &str) {
    for (scheme, _) in text.match_indices("://") {
        let from = scheme + 3;
        let authority = text[from..].find(['/', '"', '\'', ' ', '\n', '\t']);
        let authority = &text[from..authority.map_or(text.len(), |end| from + end)];
        let Some(sign) = authority.rfind('@') else { continue };
        let Some(colon) = authority[..sign].find(':') else { continue };
        if !authority[colon + 1..sign].starts_with('$') {
            cover(bytes, text, from + colon + 1, from + sign);
        }
    }
}

/// `-u user:password`, and `-p password` of a login.
fn cover_flags(bytes: &mut [u8], text: &str) {
    for flag in ["-u", "--user", "-p"] {
        for (at, _) in text.match_indices(flag) {
            let before = &text[..at];
            if !before.is_empty() && !before.ends_with(char::is_whitespace) {
                continue;
            }
            let rest = &text[at + flag.len()..];
            // `-uann:hunter2` is one word.
            if !rest.starts_with([' ', '\t', '=']) && flag.starts_with("--") {
                continue;
            }
            let from = at
                + flag.len()
                + (rest.len() - rest.trim_start_matches([' ', '\t', '=', '"', '\'']).len());
            let word = &text[from..];
            let end = from + word.find(is_end_of_word).unwrap_or(word.len());
            let start = if flag == "-p" {
                Some(from).filter(|_| logs_in(before))
            } else {
                text[from..end].find(':').map(|colon| from + colon + 1)
            };
            let Some(start) = start.filter(|&start| start < end) else { continue };
            let value = &text[start..end];
            // `-u 1000:1000` are numbers of a user and a group.
            if !value.starts_with(['$', '-']) && !value.bytes().all(|byte| byte.is_ascii_digit()) {
                cover(bytes, text, start, end);
            }
        }
    }
}

/// `echo "root:password" | chpasswd`, `chpasswd <<< root:password`, `echo password | docker login
/// --password-stdin`: the words of what is printed.
fn cover_piped(bytes: &mut [u8], text: &str) {
    for (reader, is_pair) in [("chpasswd", true), ("--password-stdin", false)] {
        for (at, _) in text.match_indices(reader) {
            let before = near(&text[..at]);
            let command = before.rsplit(['&', ';']).next().unwrap_or(before);
            // Up to the pipe that leads to the reader.
            let printed = command.rsplit_once('|').map_or("", |(printed, _)| printed);
            let from = at - command.len();
            // What `cat` and others hand on is a name, not the password.
            if is_pair || printed.contains("echo") || printed.contains("printf") {
                cover_words(bytes, text, from, from + printed.len(), is_pair);
            }
            let rest = &text[at + reader.len()..];
            let line = &rest[..rest.find(['\n', '&', ';', '|']).unwrap_or(rest.len())];
            if let Some(string) = line.find("<<<") {
                let from = at + reader.len();
                cover_words(bytes, text, from + string, from + line.len(), is_pair);
            }
        }
    }
}

/// Covers the words between `start` and `stop`: of `user:password` what stands behind the colon, of
/// what `echo` or `printf` print all but switches, formats and variables.
fn cover_words(bytes: &mut [u8], text: &str, start: usize, stop: usize, is_pair: bool) {
    let mut at = start;
    for word in text[start..stop].split_inclusive(is_end_of_word) {
        let from = at;
        at += word.len();
        let word = word.trim_end_matches(is_end_of_word);
        let skipped = if is_pair { word.find(':').map(|colon| colon + 1) } else { Some(0) };
        let Some(value) = skipped.and_then(|skipped| word.get(skipped..)) else { continue };
        let is_command = !is_pair && matches!(value, "echo" | "printf" | "RUN");
        if !is_command && !value.is_empty() && !value.starts_with(['$', '-', '%', '<']) {
            let value_at = from + word.len() - value.len();
            cover(bytes, text, value_at, value_at + value.len());
        }
    }
}

/// The last bytes of `text`: further back nothing belongs to one command.
fn near(text: &str) -> &str {
    const MOST: usize = 200;
    let mut start = text.len().saturating_sub(MOST);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Whether the command that `before` ends in is a login.
fn logs_in(before: &str) -> bool {
    let near = near(before);
    let command = near.rsplit(['&', ';', '|']).next().unwrap_or(near);
    command.contains("login") || command.contains("sshpass")
}

/// Covers the value at `start..stop`; line ends stay, so that line numbers do.
fn cover(bytes: &mut [u8], text: &str, start: usize, stop: usize) {
    let stop = stop.min(text.len());
    for byte in &mut bytes[start.min(stop)..stop] {
        if *byte != b'\n' && *byte != b'\r' {
            *byte = b'*';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_covered_wherever_they_stand() {
        let cases = [
            (r#"{"dockerAuth": "cm9vdDpodW50ZXIy"}"#, r#"{"dockerAuth": "****************"}"#),
            (
                r#"{"name":"DB_PASSWORD","value":"hunter2"}"#,
                r#"{"name":"DB_PASSWORD","value":"*******"}"#,
            ),
            ("ENV API_TOKEN=abc OTHER=x", "ENV API_TOKEN=*** OTHER=x"),
            ("ENV API_TOKEN abc", "ENV API_TOKEN ***"),
            ("docker login --password hunter2 host", "docker login --password ******* host"),
            ("git clone https://me:hunter2@host/x", "git clone https://me:*******@host/x"),
            ("PASSWORD=$PASSWORD", "PASSWORD=$PASSWORD"),
            ("Password:\n  Type: String\n", "Password:\n  Type: String\n"),
            ("password:\n  hunter2\n", "password:\n  *******\n"),
            ("\"password\": \"a\\\"b\"", "\"password\": \"****\""),
            ("curl -u ann:hunter2 https://h", "curl -u ann:******* https://h"),
            ("docker login -u ann -p hunter2 h", "docker login -u ann -p ******* h"),
            (
                "CMD [\"serve\", \"--password\", \"hunter2\"]",
                "CMD [\"serve\", \"--password\", \"*******\"]",
            ),
            ("ENV A=b API_TOKEN hunter2", "ENV A=b API_TOKEN *******"),
            ("RUN echo \"root:hunter2\" | chpasswd", "RUN echo \"root:*******\" | chpasswd"),
            (
                "a && echo -n 'hun ter' | docker login --password-stdin",
                "a && echo -n '*** ***' | docker login --password-stdin",
            ),
            ("cat a | docker login --password-stdin", "cat a | docker login --password-stdin"),
            ("cat /run/secrets/a | chpasswd", "cat /run/secrets/a | chpasswd"),
            ("chpasswd <<< root:hunter2", "chpasswd <<< root:*******"),
            ("mkdir -p a && install -u 10:20", "mkdir -p a && install -u 10:20"),
            (
                "aws configure set aws_secret_access_key abc",
                "aws configure set aws_secret_access_key ***",
            ),
            ("echo AKIAABCDEFGH23456789 >a", "echo ******************** >a"),
            (
                "ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.1.UserName=ann\nImageRegistryCredential.1.Password=hun&ter, 2\n",
                "ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.1.UserName=ann\nImageRegistryCredential.1.Password=**********\n",
            ),
            (
                "--ImageRegistryCredential.1.UserName ann --ImageRegistryCredential.1.Password hunter2",
                "--ImageRegistryCredential.1.UserName ann --ImageRegistryCredential.1.Password *******",
            ),
            (
                "Action=A&ImageRegistryCredential.1.Password=hunter2&RegionId=b",
                "Action=A&ImageRegistryCredential.1.Password=*******&RegionId=b",
            ),
            (
                r#""ImageRegistryCredential":[{"Server":"a.b","UserName":"ann","Password":"hunter2"}]"#,
                r#""ImageRegistryCredential":[{"Server":"a.b","UserName":"ann","Password":"*******"}]"#,
            ),
            (
                "ImageRegistryCredential:\n- Server: a.b\n  Password: hunter2\n",
                "ImageRegistryCredential:\n- Server: a.b\n  Password: *******\n",
            ),
            (
                r#""image_registry_credential": {"server": "a.b", "user_name": "ann", "password": "hunter2"}"#,
                r#""image_registry_credential": {"server": "a.b", "user_name": "ann", "password": "*******"}"#,
            ),
            (
                "C.1.EnvironmentVar.1.Key=DB_PASSWORD\nC.1.EnvironmentVar.1.Value=hunter2\n",
                "C.1.EnvironmentVar.1.Key=DB_PASSWORD\nC.1.EnvironmentVar.1.Value=*******\n",
            ),
            (
                "--E.1.Key DB_PASSWORD \\\n  --E.1.Value hunter2",
                "--E.1.Key DB_PASSWORD \\\n  --E.1.Value *******",
            ),
            (
                r#"{"Key": "DB_PASSWORD", "Value": "hunter2"}"#,
                r#"{"Key": "DB_PASSWORD", "Value": "*******"}"#,
            ),
            ("{Key: DB_PASSWORD, Value: hunter2}", "{Key: DB_PASSWORD, Value: *******}"),
            ("CREDENTIAL=hunter2", "CREDENTIAL=*******"),
            ("I.1.Password=\nContainer.1.Image=a\n", "I.1.Password=\nContainer.1.Image=a\n"),
            (
                "data:\n  .dockerconfigjson: aHVudGVyMg==\n",
                "data:\n  .dockerconfigjson: ************\n",
            ),
            (
                "  .dockerconfigjson: |-\n    aHVu\n    dGVy\nkind: a\n",
                "  .dockerconfigjson: |-\n********\n********\nkind: a\n",
            ),
            (
                "  .dockercfg:\n    aHVudGVyMmh1bnRlcjI\n    aHVudGVyMmh1bnRlcjI\ntype: kubernetes.io/dockercfg\n",
                "  .dockercfg:\n    *******************\n    *******************\ntype: kubernetes.io/dockercfg\n",
            ),
            // Under another key, and where the text breaks off.
            (
                "config.json: eyJhdXRocyI6eyJhIjp7ImF1dGgiOiJjMmh2Y0RwV2",
                "config.json: ******************************************",
            ),
            ("    auth: c2hvcDpwYXNz\n", "    auth: ************\n"),
            (
                r#"{"a": "{\"auth\": \"c2hvcDpwYXNz\"}"}"#,
                r#"{"a": "{\"auth\": \"************\"}"}"#,
            ),
            ("imagePullSecrets:\n  - name: pull\n", "imagePullSecrets:\n  - name: pull\n"),
            ("secrets:\n  - name: pull\n", "secrets:\n  - name: pull\n"),
            ("type: kubernetes.io/dockerconfigjson\n", "type: kubernetes.io/dockerconfigjson\n"),
            ("nothing: here", "nothing: here"),
            ("the password is not here", "the password is not here"),
        ];
        for (text, covered) in cases {
            assert_eq!(redact(text), covered);
        }
    }

    #[test]
    fn every_byte_keeps_its_place_in_any_text() {
        for text in [
            "token: 端口",
            "password=\"端",
            "\"secret\"",
            "://:@",
            "auth\u{feff}:",
            "token:\\",
            "端:口|chpasswd<<<端:口",
            "\"--token\",\"端",
        ] {
            assert_eq!(redact(text).len(), text.len());
        }
    }
}
