//! Letters that hide or turn the order of others: shown for what they are. Pure.

/// The name of a letter that is not to be taken at its looks: `U+202E`.
pub fn code(letter: char) -> Option<String> {
    let is_odd = matches!(
        letter,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{a0}' | '\u{ad}'
        | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    is_odd.then(|| format!("U+{:04X}", u32::from(letter)))
}

/// Whether the text holds a letter that turns the order in which others are shown. Then nothing of it
/// is shown in another order than it is written in.
pub fn turns(text: &str) -> bool {
    // Most texts hold ASCII alone, and are known sooner.
    !text.is_ascii() && text.contains(|letter| {
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// `text` in parts: letters as they are, and odd ones with their names.
pub fn parts(text: &str) -> Vec<(&str, Option<String>)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        if let Some(code) = code(letter) {
            if start < at {
                parts.push((&text[start..at], None));
            }
            let end = at + letter.len_utf8();
            parts.push((&text[at..end], Some(code)));
            start = end;
        }
    }
    if start < text.len() {
        parts.push((&text[start..], None));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_named_and_letters_of_all_scripts_are_not() {
        assert_eq!(
            parts("a\u{202e}b"),
            [("a", None), ("\u{202e}", Some("U+202E".into())), ("b", None)]
        );
        assert_eq!(parts("\u{a0}"), [("\u{a0}", Some("U+00A0".into()))]);
        assert_eq!(parts("端口\té ע"), [("端口\té ע", None)]);
        assert!(turns("x\u{2066}y") && !turns("עברית") && !turns("\u{200b}"));
    }
}
