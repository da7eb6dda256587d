//! Characters that steer a terminal or hide from the eye, shown as escapes.

use std::borrow::Cow;

/// Whether `character` moves the cursor, is not seen, or turns the order of what is.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

/// The escape of a character, as Rust and most languages write it.
fn escape(character: char, out: &mut String) {
    match character {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        other if other.is_ascii() => out.push_str(&format!("\\x{:02x}", u32::from(other))),
        other => out.push_str(&format!("\\u{{{:x}}}", u32::from(other))),
    }
}

/// `text` for one line of a terminal or a page: a path, a name, a message.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, is_hidden)
}

/// `text` of several lines: as [`visible`], but line feeds and tabs stay.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |character| is_hidden(character) && !matches!(character, '\n' | '\t'))
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_escaped(character) { escape(character, &mut out) } else { out.push(character) }
    }
    Cow::Owned(out)
}

/// The characters of `text` that are shown as escapes, each with its offset and its escape: for an
/// excerpt, in which what points into the document points at the escape. Tabs stay.
pub fn hidden_characters(text: &str) -> impl Iterator<Item = (usize, char, String)> {
    let hidden = text.char_indices().filter(|(_, character)| is_hidden(*character));
    hidden.filter(|(_, character)| !matches!(character, '\n' | '\t')).map(|(at, character)| {
        let mut out = String::new();
        escape(character, &mut out);
        (at, character, out)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_as_an_escape() {
        assert_eq!(visible("a\u{1b}]0;x\u{7}\u{9b}31m\u{7f}"), "a\\x1b]0;x\\x07\\u{9b}31m\\x7f");
        assert_eq!(visible("a\nb\tc\r"), "a\\nb\\tc\\r");
        assert_eq!(visible("\u{202e}gnp\u{2066}\u{200f}"), "\\u{202e}gnp\\u{2066}\\u{200f}");
        assert_eq!(visible("\u{2028}\u{2029}\u{61c}"), "\\u{2028}\\u{2029}\\u{61c}");
        assert_eq!(visible_lines("a\nb\tc\r\u{85}"), "a\nb\tc\\r\\u{85}");
        assert!(matches!(visible("端口 é 👩‍💻"), Cow::Borrowed("端口 é 👩‍💻")));
    }

    #[test]
    fn an_excerpt_is_told_where_its_escapes_are() {
        let found: Vec<_> = hidden_characters("端\u{9b}\ta\u{1b}\n").collect();
        let expected = [(3, '\u{9b}', "\\u{9b}".to_owned()), (7, '\u{1b}', "\\x1b".to_owned())];
        assert_eq!(found, expected);
    }
}
