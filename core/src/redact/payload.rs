//! Secrets in Base64, wherever it stands: anyone reads them back. docker's config.json, a login
//! `user:password`, and any text in which the net finds a secret.

use super::net_of_plain;
use crate::credential::docker_auth::decode_base64;
use crate::secret::hides_value;
use crate::text::Span;

/// Fewer letters hold no login.
const LEAST: usize = 16;

/// Adds the runs of Base64 in `text` that hold a secret.
pub(super) fn read(text: &str, found: &mut Vec<Span>) {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|&&byte| is_letter(byte)).count();
        let end = at + length;
        let length = length + bytes[end..].iter().take_while(|&&byte| byte == b'=').count();
        let is_hidden = |run: &str| may_be_text(run) && (is_config(run) || holds_secret(run));
        if length >= LEAST && is_hidden(&text[at..at + length]) {
            found.push(Span::new(at, at + length));
        }
        at += length + 1;
    }
}

/// Whether the first letters decode to signs of a text, which those of other words hardly ever do.
fn may_be_text(letters: &str) -> bool {
    let is_sign = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    decode_base64(&letters[..12]).is_ok_and(|text| text.reveal().chars().all(is_sign))
        // A letter of more than one byte may be cut there.
        || letters.len() >= 2 * LEAST && decode(letters).is_some()
}

fn decode(letters: &str) -> Option<crate::credential::Secret> {
    // What is cut off is read as far as it goes.
    let whole = letters.trim_end_matches('=');
    decode_base64(letters).or_else(|_| decode_base64(&whole[..whole.len() / 4 * 4])).ok()
}

/// Whether `letters` begin as the Base64 of a JSON text does that speaks of logins.
fn is_config(letters: &str) -> bool {
    const LOOKED_AT: usize = 96;
    let is_json = ["ey", "ew"].iter().any(|start| letters.starts_with(start));
    let head = &letters[..letters.len().min(LOOKED_AT)];
    let head = head.trim_end_matches('=');
    let head = &head[..head.len() / 4 * 4];
    is_json
        && decode_base64(head).ok().is_some_and(|json| {
            let names = json.reveal().split('"').skip(1).step_by(2);
            names.into_iter().any(|name| name.starts_with("auth") || hides_value(name))
        })
}

/// Whether `letters` are the Base64 of a login, or of a text that holds a secret.
fn holds_secret(letters: &str) -> bool {
    decode(letters)
        .is_some_and(|text| is_login(text.reveal()) || !net_of_plain(text.reveal()).is_empty())
}

/// `user:password`, and nothing else.
fn is_login(text: &str) -> bool {
    let Some((user, password)) = text.trim_end_matches(['\n', '\r']).split_once(':') else {
        return false;
    };
    let is_user = !user.is_empty()
        && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-@+".contains(&byte));
    let is_password = password.len() >= 4
        && !password.starts_with("//")
        && !password.contains(char::is_whitespace)
        && password.chars().any(char::is_alphabetic)
        && !password.chars().any(char::is_control);
    is_user && is_password
}
