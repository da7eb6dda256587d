//! A query string, or a whole address with one: `Action=…&Container.1.Image=a%2Fb`.

use super::{Flattened, Parameter, is_name};
use crate::text::{MappedText, Span, SyntaxError, text};

/// Reads `content`, which begins at byte `from`, if it is a query.
pub(super) fn read(content: &str, from: usize, request: &mut Flattened) -> bool {
    // Before the query there may be a method and an address.
    let start = content
        .find('?')
        .filter(|&mark| {
            content[..mark].contains("://") || content[..mark].contains('/') || mark == 0
        })
        .map_or(0, |mark| mark + 1);
    let query = &content[start..];
    // `POST /?A=b HTTP/1.1`
    let query = query.split(' ').next().unwrap_or(query);
    let is_pair = |pair: &str| pair.split_once('=').is_some_and(|(name, _)| is_name(name));
    let mut pairs = query.split('&').filter(|pair| !pair.is_empty());
    // A password in a line of its own may have a `&`, too.
    let is_named = |pair: &str| {
        pair.starts_with("Action=") || pair.starts_with(|c: char| c.is_ascii_uppercase())
    };
    let is_query = match (pairs.next(), pairs.next()) {
        (Some(first), Some(second)) => {
            is_pair(first)
                && is_pair(second)
                && (start > 0 || query.split('&').all(|pair| pair.is_empty() || is_named(pair)))
        }
        (Some(first), None) => start > 0 && is_pair(first),
        _ => false,
    };
    if !is_query {
        return false;
    }
    let mut at = from + start;
    for pair in query.split('&') {
        let pair_at = at;
        at += pair.len() + 1;
        if pair.is_empty() {
            continue;
        }
        let Some((key, value)) = pair.split_once('=').filter(|(key, _)| is_name(key)) else {
            request.errors.push(SyntaxError::new(
                Span::new(pair_at, pair_at + pair.len()),
                text("this is no `Name=Value`", "这不是 `名称=值` 的形式"),
            ));
            continue;
        };
        let value_at = pair_at + key.len() + 1;
        request.is_call |= key == "Action";
        request.parameters.push(Parameter {
            key: key.to_owned(),
            key_span: Span::new(pair_at, pair_at + key.len()),
            value: decode(value, value_at),
            value_span: Span::new(value_at, value_at + value.len()),
        });
    }
    true
}

/// `%2F` and `+`, decoded, with the way back; bytes that are no UTF-8 stay as they are written.
fn decode(value: &str, at: usize) -> MappedText {
    let mut out = MappedText::new();
    let mut rest = value;
    let mut from = at;
    while !rest.is_empty() {
        let (taken, decoded) = match rest.as_bytes() {
            [b'+', ..] => (1, Some(" ".to_owned())),
            [b'%', ..] => character(rest).map_or((1, None), |(taken, text)| (taken, Some(text))),
            _ => (rest.find(['%', '+']).unwrap_or(rest.len()), None),
        };
        let (piece, after) = rest.split_at(taken);
        match decoded {
            Some(text) => out.push_decoded(&text, Span::new(from, from + taken)),
            None => out.push_verbatim(piece, from),
        }
        rest = after;
        from += taken;
    }
    if out.text().is_empty() {
        return MappedText::decoded("", Span::at(at));
    }
    out
}

/// The character that the escapes at the beginning of `text` give, and how long they are.
fn character(text: &str) -> Option<(usize, String)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while bytes.len() < 4 {
        let digits = rest.strip_prefix('%').and_then(|rest| rest.get(..2))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = rest.get(3..)?;
        if let Ok(text) = std::str::from_utf8(&bytes) {
            return Some((bytes.len() * 3, text.to_owned()));
        }
    }
    None
}
