//! Identifiers in text: `{{ computenest::KIND::NAME }}`, and what was meant as one.

use crate::text::{MappedText, Span};

/// An identifier, or what was meant as one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identifier<'a> {
    /// The text that it stands in.
    pub(super) text: &'a MappedText,
    /// Its bytes in that text, braces included.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// Kind and name, if it is well-formed.
    pub(super) parts: Option<(&'a str, &'a str)>,
}

impl<'a> Identifier<'a> {
    /// Where it stands in the document.
    pub(super) fn span(&self) -> Span {
        self.text.span(self.start, self.end)
    }

    /// As it is written.
    pub(super) fn written(&self) -> &'a str {
        &self.text.text()[self.start..self.end]
    }

    /// Whether it is of `kind`.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.parts.is_some_and(|(own, _)| own == kind)
    }

    /// Whether it is the key that images (`acr`) or charts (`helm`) are pulled with.
    pub(super) fn is_key(&self, kind: &str) -> bool {
        self.parts == Some((kind, "dockerconfigjson"))
    }

    /// What stands before it in the text.
    pub(super) fn before(&self) -> &'a str {
        &self.text.text()[..self.start]
    }

    /// What stands behind it in the text.
    pub(super) fn after(&self) -> &'a str {
        &self.text.text()[self.end..]
    }
}

/// The kind and the name of what stands between the braces.
pub(super) fn parts(inner: &str) -> Option<(&str, &str)> {
    let (kind, name) = inner.trim_matches(' ').strip_prefix("computenest::")?.split_once("::")?;
    let is_word = |text: &str| !text.is_empty() && !text.contains([':', ' ', '{', '}', '\n']);
    (is_word(kind) && is_word(name)).then_some((kind, name))
}

/// The identifiers in `text`, in their order.
pub(super) fn identifiers(text: &MappedText) -> Vec<Identifier<'_>> {
    let source = text.text();
    let mut found = Vec::new();
    let mut at = 0;
    // Misspelt as one document has it, too.
    while let Some(word) = source[at..].find("computenes").map(|word| at + word) {
        at = word + "computenes".len();
        let Some((start, end)) = around(source, word) else { continue };
        let whole = &source[start..end];
        let inner = whole.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let parts = inner.and_then(parts);
        found.push(Identifier { text, start, end, parts });
        at = end.max(at);
    }
    found
}

/// The bytes of what was meant as an identifier around the word at `word`; `None` where the word is
/// only part of an address or a sentence.
fn around(source: &str, word: usize) -> Option<(usize, usize)> {
    let before = &source[..word];
    let opened = before.trim_end_matches(' ');
    let braces = opened.len() - opened.trim_end_matches(['{', ' ']).len();
    let start = if opened.ends_with('{') {
        word - (before.len() - opened.len()) - braces
    } else if opened.ends_with('$') && opened.len() == before.len() {
        word - 1
    } else {
        word
    };
    // Blanks before the first brace are none of it.
    let start = start + source[start..].len() - source[start..].trim_start_matches(' ').len();
    let rest = &source[word..];
    let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let colons = rest[letters..].trim_start_matches(' ').starts_with(':');
    if !colons || !matches!(&rest[..letters], "computenest" | "computeneset" | "computenests") {
        return None;
    }
    // A lone word with one colon is a key of YAML.
    if start == word && !rest[letters..].starts_with("::") {
        return None;
    }
    let line = rest.find('\n').unwrap_or(rest.len());
    let line = &rest[..line];
    let body = line
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')))
        .unwrap_or(line.len());
    let tail = &line[body..];
    let spaces = tail.len() - tail.trim_start_matches(' ').len();
    let closing = tail[spaces..].len() - tail[spaces..].trim_start_matches('}').len();
    let end = match closing {
        0 => body,
        _ => body + spaces + closing.min(2),
    };
    // A name with other letters in it still ends at its braces.
    let end = match (closing, line.find("}}")) {
        (0, Some(found)) if start < word && !line[..found].contains('{') => found + 2,
        _ => end,
    };
    Some((start, word + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<(&str, Option<(&str, &str)>)> {
        let text = MappedText::verbatim(source, 0);
        identifiers(&text)
            .iter()
            .map(|one| {
                let parts = one.parts.map(|(kind, name)| {
                    let find =
                        |part: &str| source.find(part).map(|at| &source[at..at + part.len()]);
                    (find(kind).unwrap(), find(name).unwrap())
                });
                (&source[one.start..one.end], parts)
            })
            .collect()
    }

    #[test]
    fn identifiers_are_found_in_text() {
        let source =
            "image: {{ computenest::acrimage::web }}\nkey: {{computenest::acr::dockerconfigjson}}";
        assert_eq!(
            read(source),
            [
                ("{{ computenest::acrimage::web }}", Some(("acrimage", "web"))),
                ("{{computenest::acr::dockerconfigjson}}", Some(("acr", "dockerconfigjson"))),
            ]
        );
    }

    #[test]
    fn what_was_meant_as_one_is_found_too() {
        for (source, found) in [
            ("{{ computenest:acrimage:web }}", "{{ computenest:acrimage:web }}"),
            ("a {{ computeneset::file::x }} b", "{{ computeneset::file::x }}"),
            ("{ { computenest::file::x } }", "{ { computenest::file::x }"),
            ("{{ computenest::acrimage::web", "{{ computenest::acrimage::web"),
            ("{{ computenest::acrimage:: }}", "{{ computenest::acrimage:: }}"),
            ("$computenest::acrimage::web", "$computenest::acrimage::web"),
        ] {
            assert_eq!(read(source), [(found, None)], "{source}");
        }
    }

    #[test]
    fn addresses_and_sentences_are_none() {
        for source in [
            "https://computenest-artifacts.oss-cn-hangzhou.aliyuncs.com/a",
            "acs:computenest:quickstart",
            "see computenest for more",
            "computenest: true",
            "{computenest}",
        ] {
            assert_eq!(read(source), [], "{source}");
        }
    }
}
