//! Bodies of private keys.

use super::word::unquoted;
use crate::text::Span;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// Adds what stands between `-----BEGIN … PRIVATE KEY-----` and its end.
pub(super) fn read(text: &str, found: &mut Vec<Span>) {
    let mut at = 0;
    let mut has_end = true;
    while let Some(begin) = text[at..].find(BEGIN) {
        let label = at + begin + BEGIN.len();
        let line = &text[label..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        let Some(dashes) = line.find("-----") else {
            at = label;
            continue;
        };
        let body = label + dashes + "-----".len();
        at = body;
        if !line[..dashes].trim_end().ends_with("PRIVATE KEY")
            && !line[..dashes].trim_end().ends_with("PRIVATE KEY BLOCK")
        {
            continue;
        }
        let end = if has_end { text[body..].find(END) } else { None };
        has_end = end.is_some();
        let end = body + end.unwrap_or_else(|| letters(&text[body..]));
        add(text, body, end, found);
        at = end;
    }
}

/// How far the lines of Base64 go on, where a key is never ended.
fn letters(text: &str) -> usize {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "+/=\\\"' ,:-\t\r".contains(c);
    let mut end = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index > 0 && (line.trim().len() < 16 || !line.trim_end().chars().all(is_letter)) {
            break;
        }
        end += line.len();
    }
    end
}

/// Adds the lines of a body, without what is no letter of it: `\n` in a string, quotes, signs.
fn add(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r', ' ', '\\', '"', '\'', ',', ';']);
        let lead = body.len() - body.trim_start_matches([' ', '\t', '"', '\'', '#']).len();
        let lead = lead + if body[lead..].starts_with("\\n") { 2 } else { 0 };
        let mut stop = body.len();
        while body[lead.min(stop)..stop].ends_with("\\n") {
            stop -= 2;
        }
        let range = unquoted(text, at + lead.min(stop)..at + stop);
        if text[range.clone()].chars().any(char::is_alphanumeric) {
            found.push(Span::new(range.start, range.end));
        }
        at += line.len();
    }
}
