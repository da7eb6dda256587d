//! What the scalars of JSON and YAML have in common.

use super::Class;
use super::canvas::Canvas;

/// Paints what in the letters `start..end` of the text stands for something else: `${Name}`,
/// `{{ name }}`.
pub(super) fn variables(canvas: &mut Canvas<'_>, start: usize, end: usize) {
    let Some(letters) = canvas.text().get(start..end) else { return };
    let mut at = 0;
    while let Some(found) = letters[at..].find(['$', '{']) {
        let from = at + found;
        let closing = match &letters[from..] {
            rest if rest.starts_with("${") => "}",
            rest if rest.starts_with("{{") => "}}",
            _ => {
                at = from + 1;
                continue;
            }
        };
        let Some(length) = letters[from..].find(closing) else { return };
        at = from + length + closing.len();
        canvas.paint_bytes(start + from, start + at, Class::Variable);
    }
}

/// The class of a scalar without quotes.
pub(super) fn class_of(letters: &str) -> Class {
    if matches!(
        letters,
        "true" | "false" | "null" | "~" | "True" | "False" | "TRUE" | "FALSE" | "Null"
    ) {
        return Class::Constant;
    }
    let digits = letters.strip_prefix(['-', '+']).unwrap_or(letters);
    let is_number =
        digits.starts_with(|first: char| first.is_ascii_digit()) && digits.parse::<f64>().is_ok();
    if is_number { Class::Number } else { Class::String }
}
