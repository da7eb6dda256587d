//! The defaults of a template's parameters: `Default: …` below, or in braces behind, a name that
//! tells of a secret.

use super::{closing_quote, cover, is_end_of_word, is_name_byte, is_secret_name, skip_space};

/// A parameter's name stands no further away from its default.
const FURTHEST: usize = 4096;

/// Covers the values of `Default` that belong to secrets.
pub(super) fn cover_defaults(bytes: &mut [u8], text: &str) {
    for (at, key) in text.match_indices("Default") {
        let end = at + key.len();
        let quote = usize::from(matches!(text.as_bytes().get(end), Some(b'"' | b'\'')));
        let is_key = text[end + quote..].trim_start_matches([' ', '\t']).starts_with(':');
        let start = at - usize::from(quote == 1 && text[..at].ends_with(['"', '\'']));
        let is_whole = !text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if !is_key || !is_whole || !owner(text, start).is_some_and(is_secret_name) {
            continue;
        }
        let colon = end + text[end..].find(':').unwrap_or_default();
        let from = skip_space(text.as_bytes(), colon + 1);
        // An empty default, and the next key.
        if text[colon..from].contains('\n') {
            continue;
        }
        let is_block = text[line_start(text, start)..start].trim().is_empty();
        let (from, to) = match text.as_bytes().get(from) {
            Some(quote @ (b'"' | b'\'')) => {
                (from + 1, closing_quote(text.as_bytes(), from + 1, *quote))
            }
            _ if is_block => {
                (from, from + text[from..].find(['\n', '\r']).unwrap_or(text.len() - from))
            }
            _ => (from, from + text[from..].find(is_end_of_word).unwrap_or(text.len() - from)),
        };
        let value = text[from..to].trim_end_matches([',', ' ']);
        let is_empty = ["", "null", "Null", "NULL", "~"].contains(&value);
        if !is_empty && !value.starts_with(['$', '{']) {
            cover(bytes, text, from, from + value.len());
        }
    }
}

/// The name of the mapping that the key at `at` stands in.
fn owner(text: &str, at: usize) -> Option<&str> {
    let least = furthest(text, at);
    let line = line_start(text, at);
    let before = if text[line..at].trim().is_empty() {
        // The nearest line above that is indented less.
        let indent = at - line;
        let above = text.get(least..line)?.lines().rev();
        above.map(str::trim_end).find(|above| {
            let body = above.trim_start();
            !body.is_empty() && !body.starts_with('#') && above.len() - body.len() < indent
        })?
    } else {
        let mut open = 0;
        let brace = text.get(least..at)?.char_indices().rev().find(|(_, letter)| {
            open += match letter {
                '}' => 1,
                '{' => -1,
                _ => 0,
            };
            open < 0
        });
        &text[least..least + brace?.0]
    };
    let name = before.trim_end().trim_end_matches('{').trim_end().strip_suffix(':')?;
    let name = name.trim_end().trim_end_matches(['"', '\'']);
    let start = name.bytes().rposition(|byte| !is_name_byte(byte)).map_or(0, |found| found + 1);
    name.get(start..)
}

/// Where the line of `at` starts; no further back than a name would be.
fn line_start(text: &str, at: usize) -> usize {
    let least = furthest(text, at);
    text[least..at].rfind('\n').map_or(least, |found| least + found + 1)
}

fn furthest(text: &str, at: usize) -> usize {
    let mut least = at.saturating_sub(FURTHEST);
    while !text.is_char_boundary(least) {
        least += 1;
    }
    least
}

#[cfg(test)]
mod tests {
    use super::super::redact;

    #[test]
    fn the_default_of_a_secret_is_covered() {
        let cases = [
            (
                "  AdminPassword:\n    Type: String\n    Default: hunter 2\n    NoEcho: true\n",
                "  AdminPassword:\n    Type: String\n    Default: ********\n    NoEcho: true\n",
            ),
            (
                "  ApiKey:\n    Label:\n      en: Key\n    # why\n    Default: 'hunter2'\n",
                "  ApiKey:\n    Label:\n      en: Key\n    # why\n    Default: '*******'\n",
            ),
            (
                "{\"Password\": {\"Type\": \"String\", \"Default\": \"hunter2\"}}",
                "{\"Password\": {\"Type\": \"String\", \"Default\": \"*******\"}}",
            ),
            (
                "{\n  \"Token\": {\n    \"Default\": \"hunter2\",\n    \"Type\": \"String\"\n  }\n}",
                "{\n  \"Token\": {\n    \"Default\": \"*******\",\n    \"Type\": \"String\"\n  }\n}",
            ),
            (
                "Secret: {Label: {en: a}, Default: hunter2}",
                "Secret: {Label: {en: a}, Default: *******}",
            ),
        ];
        for (text, covered) in cases {
            assert_eq!(redact(text), covered);
        }
    }

    #[test]
    fn other_defaults_are_shown() {
        for text in [
            "  Zone:\n    Default: a\n",
            "  Password:\n    Default: null\n",
            "  Password:\n    Default:\n    NoEcho: true\n",
            "  Password:\n    NoEcho: true\n  Zone:\n    Default: a\n",
            "{\"Password\": {}, \"Zone\": {\"Default\": \"a\"}}",
            "Default: a\n",
            "Default",
            "端Default:",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
