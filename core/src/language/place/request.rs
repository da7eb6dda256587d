//! The place of a caret in a flat request.

use super::{Form, Place, Step};
use crate::flattened;

pub(super) fn find(text: &str, caret: usize) -> Option<Place> {
    let start = text[..caret].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..];
    let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
    let before = &text[start..caret];
    if before.trim_start().starts_with(['#', '-']) || before.contains(['?', '&']) {
        return None;
    }
    let sign = line.find(['=', ':']);
    let indent = line.len() - line.trim_start().len();
    if let Some(sign) = sign.filter(|sign| start + sign < caret) {
        let key = line[..sign].trim();
        let value = &line[sign + 1..];
        let from = start + sign + 1 + (value.len() - value.trim_start().len());
        let word = from.min(caret)..(start + line.trim_end().len()).max(caret);
        let path = steps(key);
        return Some(Place {
            form: Form::Flat,
            path,
            is_key: false,
            known: Vec::new(),
            word,
            has_sign: false,
        });
    }
    let key = &line[..sign.unwrap_or(line.len())];
    let from = (start + indent).min(caret);
    let to = (start + key.trim_end().len()).max(caret);
    // The parts before the one that is being written.
    let segment = text[from..caret].rfind('.').map_or(from, |dot| from + dot + 1);
    let segment_end = text[segment..to].find('.').map_or(to, |dot| segment + dot);
    let path = steps(text[from..segment].trim_end_matches('.'));
    let prefix = &text[from..segment];
    let known = flattened::parse(text)
        .parameters
        .iter()
        .filter(|one| one.key_span.start as usize != from)
        .filter_map(|one| one.key.strip_prefix(prefix))
        .map(|rest| rest.split('.').next().unwrap_or(rest).to_owned())
        .collect();
    let has_sign = sign.is_some() || segment_end < to;
    let word = segment..segment_end;
    Some(Place { form: Form::Flat, path, is_key: true, known, word, has_sign })
}

/// `Container.1.Image` as a way; a number is an element of a list.
fn steps(key: &str) -> Vec<Step> {
    let parts = key.split('.').filter(|part| !part.is_empty());
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts
        .map(|part| if is_number(part) { Step::Item } else { Step::Key(part.to_owned()) })
        .collect()
}
