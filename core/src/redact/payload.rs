//! The payload of a pull Secret of Kubernetes: Base64 of docker's config.json, on one line or many.

use super::{cover, is_secret_name};
use crate::credential::docker_auth::decode_base64;

/// The keys under which a Secret keeps it.
const KEYS: [&str; 2] = ["dockerconfigjson", "dockercfg"];

/// What a block of YAML (`|`, `>-`) at `at` holds for the name at `start`: its lines, if the name is
/// one of a payload or a password. The outer `None` where no block begins there.
#[expect(clippy::option_option, reason = "no block, or one that is not covered")]
pub(super) fn block(text: &str, start: usize, at: usize) -> Option<Option<(usize, usize)>> {
    let header = text.get(at..)?.lines().next()?.trim_end();
    let marks = header.strip_prefix(['|', '>'])?;
    if !marks.chars().all(|mark| matches!(mark, '-' | '+') || mark.is_ascii_digit()) {
        return None;
    }
    let name: String = text.get(start..at)?.to_ascii_lowercase();
    let is_covered = KEYS.iter().any(|key| name.contains(key)) || name.contains("password");
    let first = at + text.get(at..)?.find('\n')? + 1;
    Some(is_covered.then(|| (first, end_of_lines(text, start, first))))
}

/// Where the lines from `first` on end that are indented more than the line of `start`.
fn end_of_lines(text: &str, start: usize, first: usize) -> usize {
    let own = indent(&text[line_start(text, start)..]);
    let mut end = first;
    for line in text[first..].split_inclusive('\n') {
        if !line.trim().is_empty() && indent(line) <= own {
            break;
        }
        end += line.len();
    }
    end
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

/// Fewer letters hold no login.
const LEAST: usize = 16;

/// Covers Base64 of a config.json wherever it stands, and what goes on over several lines below the
/// key of a payload.
pub(super) fn cover_payloads(bytes: &mut [u8], text: &str) {
    for (start, stop) in runs(text, 0, text.len()) {
        if is_config(&text[start..stop]) {
            cover(bytes, text, start, stop);
        }
    }
    for key in KEYS {
        for (at, _) in text.match_indices(key) {
            let line = &text[at..];
            let end = at + line.find('\n').map_or(line.len(), |found| found + 1);
            // A type ends in the same word, and has no colon behind it.
            let is_key = text[at + key.len()..end].trim_start_matches(['"', '\'']).trim_start();
            if is_key.starts_with(':') {
                for (start, stop) in runs(text, at + key.len(), end_of_lines(text, at, end)) {
                    cover(bytes, text, start, stop);
                }
            }
        }
    }
}

/// The runs of letters of Base64 between `from` and `to` that may hold something.
fn runs(text: &str, from: usize, to: usize) -> Vec<(usize, usize)> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let mut found = Vec::new();
    let mut start = None;
    for (offset, byte) in text.bytes().enumerate().take(to).skip(from) {
        match (is_letter(byte), start) {
            (true, None) => start = Some(offset),
            (false, Some(begin)) => {
                found.push((begin, offset));
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|begin| (begin, to)));
    found.retain(|(begin, end)| end - begin >= LEAST);
    found
}

/// Whether `letters` begin as the Base64 of a JSON text does that speaks of logins.
fn is_config(letters: &str) -> bool {
    const LOOKED_AT: usize = 96;
    let is_json = ["ey", "ew"].iter().any(|start| letters.starts_with(start));
    let length = letters.trim_end_matches('=').len().min(LOOKED_AT) / 4 * 4;
    is_json
        && letters
            .get(..length)
            .and_then(|head| decode_base64(head).ok())
            .is_some_and(|json| json.reveal().contains("\"auth") || is_secret_name(json.reveal()))
}
