//! Where a word uses variables, as BuildKit's own small shell finds them.

use crate::dockerfile::{Body, Instruction, Keyword, Word};
use crate::text::{MappedText, Span};

/// A variable that a word uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// The variable's name.
    pub(super) name: String,
    /// Where the name stands, without `$` and braces.
    pub(super) span: Span,
    /// Whether `${NAME:-…}` or the like says what holds where there is no value.
    pub(super) has_fallback: bool,
}

/// The variables that `text` uses, in their order. Quotes mean nothing in a heredoc.
pub(super) fn in_text(text: &MappedText, escape: char, has_quotes: bool) -> Vec<Use> {
    let letters = text.text();
    let mut found = Vec::new();
    let mut is_single = false;
    let mut is_double = false;
    let mut at = 0;
    while let Some(letter) = letters.get(at..).and_then(|rest| rest.chars().next()) {
        at += letter.len_utf8();
        let rest = letters.get(at..).unwrap_or_default();
        match letter {
            '\'' if has_quotes && !is_double => is_single = !is_single,
            '"' if has_quotes && !is_single => is_double = !is_double,
            _ if is_single => {}
            _ if letter == escape => at += rest.chars().next().map_or(0, char::len_utf8),
            '$' => {
                let start = at + usize::from(rest.starts_with('{'));
                let behind = letters.get(start..).unwrap_or_default();
                let length = name_length(behind);
                if length > 0 {
                    let after = behind.get(length..).unwrap_or_default();
                    found.push(Use {
                        name: behind.get(..length).unwrap_or_default().to_owned(),
                        span: text.span(start, start + length),
                        has_fallback: start > at && after.starts_with([':', '-', '+', '?']),
                    });
                    at = start + length;
                }
            }
            _ => {}
        }
    }
    found
}

fn name_length(text: &str) -> usize {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return 0;
    }
    text.find(|letter: char| !is_name(letter)).unwrap_or(text.len())
}

/// The variables of a word.
pub(super) fn in_word(word: &Word, escape: char) -> Vec<Use> {
    in_text(&word.text, escape, true)
}

/// The variables that the builder itself replaces in an instruction; those of commands are the
/// shell's.
pub(super) fn in_instruction(instruction: &Instruction, escape: char) -> Vec<Use> {
    let mut found = Vec::new();
    if instruction.keyword != Keyword::From {
        for value in instruction.flags.iter().filter_map(|flag| flag.value.as_ref()) {
            found.extend(in_word(value, escape));
        }
    }
    let words: Vec<&Word> = match &instruction.body {
        Body::Copy { sources, destination } => sources.iter().chain([destination]).collect(),
        Body::Pairs { pairs, .. } | Body::Args(pairs) => pairs
            .iter()
            .flat_map(|pair| [Some(&pair.name), pair.value.as_ref()])
            .flatten()
            .collect(),
        Body::Words(words) => words.iter().collect(),
        Body::Text(word) if instruction.keyword != Keyword::Maintainer => vec![word],
        _ => Vec::new(),
    };
    for word in words {
        found.extend(in_word(word, escape));
    }
    // A file written in place: the builder replaces variables in it, too.
    if matches!(instruction.keyword, Keyword::Copy | Keyword::Add) {
        for heredoc in instruction.heredocs.iter().filter(|heredoc| heredoc.expands) {
            found.extend(in_text(&heredoc.body, escape, true));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let mapped = MappedText::verbatim(text, 0);
        in_text(&mapped, '\\', true).into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn variables_are_found_outside_of_single_quotes_and_escapes() {
        assert_eq!(names("$A-${B}\"$C\"'$D'\\$E"), ["A", "B", "C"]);
        assert_eq!(names("${A:-${B}x}${C/$D/}"), ["A", "B", "C", "D"]);
        assert!(names("$1 $ ${} $$ 'it").is_empty());
    }

    #[test]
    fn a_fallback_is_known_and_the_span_is_the_name() {
        let mapped = MappedText::verbatim("${AB:-c}$D", 0);
        let uses = in_text(&mapped, '\\', true);
        assert!(uses[0].has_fallback && !uses[1].has_fallback);
        assert_eq!((uses[0].span, uses[1].span), (Span::new(2, 4), Span::new(9, 10)));
    }
}
