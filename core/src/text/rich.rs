//! Sentences with code in them: what stands between backticks.

/// The parts of a sentence, and which are code. A backtick without its fellow is a backtick.
pub fn code_parts(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('`') {
        let Some((code, after)) = behind.split_once('`').filter(|(code, _)| !code.is_empty())
        else {
            break;
        };
        if !before.is_empty() {
            parts.push((before, false));
        }
        parts.push((code, true));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push((rest, false));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::code_parts;

    #[test]
    fn what_stands_between_backticks_is_code() {
        assert_eq!(
            code_parts("use `a` or `b c`"),
            [("use ", false), ("a", true), (" or ", false), ("b c", true)]
        );
        assert_eq!(code_parts("a ` b"), [("a ` b", false)]);
        assert_eq!(code_parts("``"), [("``", false)]);
        assert_eq!(code_parts("`<b>`"), [("<b>", true)]);
        assert!(code_parts("").is_empty());
    }
}
