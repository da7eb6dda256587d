//! Logins in Base64 of docker's config.json, wherever they stand.

use crate::credential::docker_auth::decode_base64;
use crate::secret::hides_value;
use crate::text::Span;

/// Fewer letters hold no login.
const LEAST: usize = 16;

/// Adds the runs of Base64 in `text` that begin as a JSON text does that speaks of logins.
pub(super) fn read(text: &str, found: &mut Vec<Span>) {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|&&byte| is_letter(byte)).count();
        let end = at + length;
        let length = length + bytes[end..].iter().take_while(|&&byte| byte == b'=').count();
        if length >= LEAST && is_config(&text[at..at + length]) {
            found.push(Span::new(at, at + length));
        }
        at += length + 1;
    }
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
