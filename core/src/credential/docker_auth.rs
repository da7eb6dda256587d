//! `dockerAuth`: the Base64 of `username:password`, as PAI-EAS takes it and docker's config.json
//! keeps it under `auth`.
//!
//! Encodes strictly, decodes whatever people really paste and names what is odd about it.

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};

use crate::reference::is_placeholder;

use super::{
    DecodeError, EncodeError, Entry, Oddity, Problem, ProblemKind, Secret, docker_config, recognise,
};

/// Reads standard Base64 with its padding taken away. Left-over bits are let pass, as Go's and
/// Python's decoders do.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// The same with its padding, which Go's decoder wants.
const PADDED: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical)
        .with_decode_allow_trailing_bits(true),
);

/// A username and a password that were read, with what is odd about the text that held them.
#[derive(Debug)]
pub struct Decoded {
    /// What stands before the first colon.
    pub username: String,
    /// What stands after it, to the byte: a line break at its end is still there.
    pub password: Secret,
    /// What is odd, each once, in the order of [`Oddity`].
    pub oddities: Vec<Oddity>,
}

/// The Base64 of `username:password`: standard alphabet, padded.
pub fn encode(username: &str, password: &Secret) -> Result<Secret, EncodeError> {
    check_username(username)?;
    if password.is_empty() {
        return Err(EncodeError::EmptyPassword);
    }
    let pair = Secret::join(&[username, ":", password.reveal()]);
    let encoded = encode_text(&pair);
    // What has lines is told by a note.
    if !password.reveal().contains('\n') && decode(encoded.reveal()).is_err() {
        return Err(EncodeError::ReadOtherwise);
    }
    Ok(encoded)
}

/// Whether `username` can stand before the colon.
pub fn check_username(username: &str) -> Result<(), EncodeError> {
    if username.is_empty() {
        Err(EncodeError::EmptyUsername)
    } else if username.contains(':') {
        Err(EncodeError::ColonInUsername)
    } else if username.chars().any(char::is_control) {
        Err(EncodeError::ControlInUsername)
    } else {
        Ok(())
    }
}

/// A pair that was never encoded, looked at as a decoded one is.
pub(super) fn inspect_pair(username: &str, password: &str) -> Decoded {
    let mut oddities = Vec::new();
    inspect_username(username, &mut oddities);
    inspect_password(password, &mut oddities);
    oddities.sort_unstable();
    oddities.dedup();
    Decoded { username: username.to_owned(), password: Secret::new(password), oddities }
}

/// What is odd about a password that somebody is about to encode: a line break at its end, spaces
/// around it, a control character inside, a placeholder.
pub fn password_oddities(password: &Secret) -> Vec<Oddity> {
    let mut oddities = Vec::new();
    inspect_password(password.reveal(), &mut oddities);
    oddities.sort_unstable();
    oddities
}

/// Reads a `dockerAuth`, however it is misspelled, as long as one username and password stand in it.
pub fn decode(value: &str) -> Result<Decoded, DecodeError> {
    decode_value(value, true)
}

/// Like [`decode`], but does not look into JSON: for a value that stands in JSON itself.
pub(super) fn decode_inside_json(value: &str) -> Result<Decoded, DecodeError> {
    decode_value(value, false)
}

fn decode_value(value: &str, reads_json: bool) -> Result<Decoded, DecodeError> {
    let mut oddities = Vec::new();
    let pair = find_pair(value, reads_json, &mut oddities)?;
    let text = pair.reveal();
    let (username, password) = text.split_once(':').ok_or(DecodeError::NoColon)?;
    inspect_username(username, &mut oddities);
    inspect_password(password, &mut oddities);
    if let Some(quote) = text.chars().next().filter(|first| matches!(first, '"' | '\''))
        && text.len() > 1
        && text.trim_end().ends_with(quote)
    {
        oddities.push(Oddity::Quoted);
    }
    oddities.sort_unstable();
    oddities.dedup();
    Ok(Decoded { username: username.to_owned(), password: Secret::new(password), oddities })
}

/// Everything that is wrong with a `dockerAuth`, and the value that it should be where no other can
/// have been meant.
pub fn classify(value: &str) -> Vec<Problem> {
    let decoded = match decode(value) {
        Ok(decoded) => decoded,
        Err(error) => {
            return vec![Problem { kind: ProblemKind::Unreadable(error), corrected: None }];
        }
    };
    let corrected = |oddity: &Oddity| {
        let password = decoded.password.reveal().trim_end_matches(['\n', '\r']);
        let certain = oddity.is_mended_by_encoding()
            && !decoded.oddities.contains(&Oddity::Quoted)
            && !decoded.oddities.contains(&Oddity::PlaceholderInside);
        certain.then(|| encode(&decoded.username, &Secret::new(password)).ok()).flatten()
    };
    let problem =
        |oddity: &Oddity| Problem { kind: ProblemKind::Odd(*oddity), corrected: corrected(oddity) };
    decoded.oddities.iter().map(problem).collect()
}

/// Standard Base64 of any secret text.
pub(super) fn encode_text(text: &Secret) -> Secret {
    // Room for the whole, so that no half-written copy is left behind by growing.
    let mut encoded = String::with_capacity(text.reveal().len().div_ceil(3) * 4);
    STANDARD.encode_string(text.reveal(), &mut encoded);
    Secret::new(encoded)
}

/// The text that should be `username:password`.
fn find_pair(
    value: &str,
    reads_json: bool,
    oddities: &mut Vec<Oddity>,
) -> Result<Secret, DecodeError> {
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return Err(DecodeError::Empty);
    }
    if is_placeholder(trimmed) {
        return Err(DecodeError::Placeholder);
    }
    if is_json(trimmed) {
        return pair_in_json(trimmed, reads_json, oddities);
    }
    if is_masked(trimmed) {
        return Err(DecodeError::Masked);
    }
    let encoded = match strip_basic(trimmed) {
        Some(rest) => {
            oddities.push(Oddity::HeaderPrefix);
            rest
        }
        None => trimmed,
    };
    let as_known = |error| recognise::whole(encoded).map_or(error, DecodeError::Other);
    if encoded.contains(':') {
        // A colon is in no alphabet of Base64.
        if let Some(other) = recognise::whole(encoded) {
            return Err(DecodeError::Other(other));
        }
        if !can_be_pair(encoded) {
            return Err(DecodeError::NoPair);
        }
        oddities.push(Oddity::RawPair);
        return Ok(Secret::new(value));
    }
    if value.len() != trimmed.len() {
        oddities.push(Oddity::Whitespace);
    }
    let decoded = read_base64(encoded, oddities).map_err(as_known)?;
    unwrapped(decoded, reads_json, oddities).map_err(|error| match error {
        DecodeError::NoColon => as_known(error),
        other => other,
    })
}

/// More layers of Base64 than this are nobody's mistake.
const MOST_LAYERS: usize = 16;

/// The pair in a text that was decoded once, and may have been encoded more often.
fn unwrapped(
    decoded: Secret,
    reads_json: bool,
    oddities: &mut Vec<Oddity>,
) -> Result<Secret, DecodeError> {
    let mut layer = decoded;
    for layers in 1..=MOST_LAYERS {
        match layers {
            1 => {}
            2 => oddities.push(Oddity::DoubleEncoded),
            _ => {
                oddities.retain(|oddity| *oddity != Oddity::DoubleEncoded);
                oddities.push(Oddity::ManyTimesEncoded);
            }
        }
        let text = layer.reveal();
        if is_json(text) {
            return pair_in_json(text, reads_json, oddities);
        }
        if is_masked(text.trim()) {
            return Err(DecodeError::Masked);
        }
        if let Some(other) = recognise::document(text) {
            return Err(DecodeError::EncodedOther(other));
        }
        if let Some((username, _)) = text.split_once(':') {
            let is_name = !username.chars().any(char::is_control);
            return if is_name { Ok(layer) } else { Err(DecodeError::NoPair) };
        }
        let inner = read_base64(text.trim(), &mut Vec::new()).map_err(|_| DecodeError::NoColon)?;
        layer = inner;
    }
    Err(DecodeError::NoColon)
}

/// Whether a text that was never encoded can be a username and a password: on one line, with a
/// username of one word.
fn can_be_pair(text: &str) -> bool {
    let Some((username, password)) = text.split_once(':') else { return false };
    let is_of_name = |letter: char| {
        !letter.is_whitespace() && !letter.is_control() && !r#"/\"'`(){}[]<>=;,"#.contains(letter)
    };
    let is_name = !username.is_empty() && username.chars().all(is_of_name);
    (is_name || is_placeholder(username)) && !password.chars().any(char::is_control)
}

/// The one pair of a docker config.json that stands where its `auth` alone should.
fn pair_in_json(
    json: &str,
    reads_json: bool,
    oddities: &mut Vec<Oddity>,
) -> Result<Secret, DecodeError> {
    let refused = || recognise::document(json).map_or(DecodeError::Json, DecodeError::Other);
    let entries = match docker_config::decode(json) {
        Ok(entries) if reads_json => entries,
        _ => return Err(refused()),
    };
    let [Entry { login: Ok(login), .. }] = entries.as_slice() else {
        return Err(refused());
    };
    oddities.push(Oddity::Json);
    Ok(Secret::join(&[&login.username, ":", login.password.reveal()]))
}

/// Decodes Base64 in whichever spelling.
pub(super) fn read_base64(
    encoded: &str,
    oddities: &mut Vec<Oddity>,
) -> Result<Secret, DecodeError> {
    let mut letters = String::with_capacity(encoded.len());
    let (mut url_safe, mut whitespace) = (false, false);
    for letter in encoded.chars() {
        match letter {
            '-' | '_' => {
                url_safe = true;
                letters.push(if letter == '-' { '+' } else { '/' });
            }
            _ if letter.is_whitespace() => whitespace = true,
            _ => letters.push(letter),
        }
    }
    let standard = Secret::new(letters);
    let letters = standard.reveal().trim_end_matches('=');
    let padding = standard.reveal().len() - letters.len();
    let bytes = LENIENT.decode(letters).map_err(|_| DecodeError::NotBase64)?;
    if url_safe {
        oddities.push(Oddity::UrlSafe);
    }
    if whitespace {
        oddities.push(Oddity::Whitespace);
    }
    if padding != (4 - letters.len() % 4) % 4 {
        oddities.push(Oddity::Padding);
    }
    read_text(bytes, oddities)
}

/// Decodes `value` as Kubernetes does: standard Base64 with its padding, over lines or not.
pub(crate) fn decode_base64(value: &str) -> Result<Secret, DecodeError> {
    let lines: String = value.chars().filter(|letter| !matches!(letter, '\n' | '\r')).collect();
    let lines = Secret::new(lines);
    let bytes = PADDED.decode(lines.reveal()).map_err(|_| DecodeError::NotBase64)?;
    Secret::from_utf8(bytes).ok_or(DecodeError::NotText)
}

/// The decoded bytes as text: UTF-8, or UTF-16 where that is what was encoded.
fn read_text(bytes: Vec<u8>, oddities: &mut Vec<Oddity>) -> Result<Secret, DecodeError> {
    if let Some(text) = read_utf16(&bytes) {
        drop(zeroize::Zeroizing::new(bytes));
        oddities.push(Oddity::Utf16);
        return Ok(text);
    }
    let text = Secret::from_utf8(bytes).ok_or(DecodeError::NotText)?;
    match text.reveal().strip_prefix('\u{feff}') {
        Some(rest) => {
            oddities.push(Oddity::ByteOrderMark);
            Ok(Secret::new(rest))
        }
        None => Ok(text),
    }
}

/// UTF-16 (little-endian, as Windows writes it) when a byte order mark says so or when every other
/// byte is zero: no username or password in UTF-8 looks like that.
fn read_utf16(bytes: &[u8]) -> Option<Secret> {
    let (marked, units) = match bytes.strip_prefix(&[0xFF, 0xFE]) {
        Some(rest) => (true, rest),
        None => (false, bytes),
    };
    let (pairs, rest) = units.as_chunks::<2>();
    let is_wide = marked || pairs.iter().all(|pair| pair[1] == 0 && pair[0] != 0);
    if pairs.is_empty() || !rest.is_empty() || !is_wide {
        return None;
    }
    let mut text = String::with_capacity(units.len() * 2);
    for unit in char::decode_utf16(pairs.iter().map(|pair| u16::from_le_bytes(*pair))) {
        text.push(unit.ok()?);
    }
    Some(Secret::new(text))
}

fn inspect_username(username: &str, oddities: &mut Vec<Oddity>) {
    if username.is_empty() {
        oddities.push(Oddity::EmptyUsername);
    }
    if username.trim() != username {
        oddities.push(Oddity::SurroundingSpace);
    }
    if username.chars().any(char::is_control) {
        oddities.push(Oddity::ControlCharacter);
    }
    if is_placeholder(username.trim()) {
        oddities.push(Oddity::PlaceholderInside);
    }
}

fn inspect_password(password: &str, oddities: &mut Vec<Oddity>) {
    let line = password.trim_end_matches(['\n', '\r']);
    if line.len() != password.len() {
        oddities.push(Oddity::TrailingNewline);
    }
    if line.is_empty() {
        oddities.push(Oddity::EmptyPassword);
    }
    if line.trim() != line {
        oddities.push(Oddity::SurroundingSpace);
    }
    if line.chars().any(char::is_control) {
        oddities.push(Oddity::ControlCharacter);
    }
    if is_placeholder(line.trim()) {
        oddities.push(Oddity::PlaceholderInside);
    }
}

/// `{…`, `[…`: the beginning of a JSON document, which no Base64 and no pair begins with.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let mut letters = text.chars().filter(|letter| !letter.is_whitespace());
    match letters.next() {
        Some('{') => matches!(letters.next(), Some('"' | '}') | None),
        Some('[') => matches!(letters.next(), Some('"' | '{' | ']')),
        _ => false,
    }
}

/// `YWJjZDphYmNkZTEy****`, `YWJjZDph…`, `user:****`: a value whose rest was not to be shown.
fn is_masked(text: &str) -> bool {
    let is_mask = |letter: char| matches!(letter, '*' | '•' | '●' | '…');
    match text.split_once(':') {
        Some((_, password)) => !password.is_empty() && password.chars().all(is_mask),
        None => text.contains("**") || text.contains("...") || text.contains(['•', '●', '…']),
    }
}

/// What follows `Basic ` in an HTTP header, whose name may stand before it.
fn strip_basic(text: &str) -> Option<&str> {
    let value = match text.split_once(':') {
        Some((name, value)) if name.to_ascii_lowercase().ends_with("authorization") => value,
        _ => text,
    };
    let (scheme, rest) = value.trim_start().split_once(char::is_whitespace)?;
    scheme.eq_ignore_ascii_case("basic").then(|| rest.trim_start())
}

#[cfg(test)]
mod tests;
