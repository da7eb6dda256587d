//! Sentences with code in them.

use yew::prelude::*;

use super::legible;

/// `text` for one line of the page: what stands between backticks is code, and letters that would
/// hide or turn the order of others are shown as escapes.
pub fn rich(text: &str) -> Html {
    let text = legible(text);
    html! {
        { for parts(&text).into_iter().map(|(part, is_code)| {
            if is_code { html! { <code>{ shown(part) }</code> } } else { html! { { part.to_owned() } } }
        }) }
    }
}

/// Blanks alone would not be seen.
fn shown(code: &str) -> String {
    if code.trim().is_empty() { code.replace(' ', "␣") } else { code.to_owned() }
}

/// The parts of a text, and which are code. A backtick without its fellow is a backtick.
fn parts(text: &str) -> Vec<(&str, bool)> {
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
    use super::{parts, shown};

    #[test]
    fn what_stands_between_backticks_is_code() {
        assert_eq!(
            parts("use `a` or `b c`"),
            [("use ", false), ("a", true), (" or ", false), ("b c", true)]
        );
        assert_eq!(parts("a ` b"), [("a ` b", false)]);
        assert_eq!(parts("``"), [("``", false)]);
        assert_eq!(parts("`<b>`"), [("<b>", true)]);
        assert!(parts("").is_empty());
        assert_eq!((shown(" "), shown("a b")), ("␣".to_owned(), "a b".to_owned()));
    }
}
