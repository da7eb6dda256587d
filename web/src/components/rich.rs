//! Sentences with code in them.

use plimsoll::text::code_parts;
use yew::prelude::*;

use super::legible;

/// `text` for one line of the page: what stands between backticks is code, and letters that would
/// hide or turn the order of others are shown as escapes.
pub fn rich(text: &str) -> Html {
    let text = legible(text);
    html! {
        { for code_parts(&text).into_iter().map(|(part, is_code)| {
            if is_code { html! { <code>{ shown(part) }</code> } } else { html! { { part.to_owned() } } }
        }) }
    }
}

/// Blanks alone would not be seen.
fn shown(code: &str) -> String {
    if code.trim().is_empty() { code.replace(' ', "␣") } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn blanks_alone_are_seen() {
        assert_eq!((shown(" "), shown("a b")), ("␣".to_owned(), "a b".to_owned()));
    }
}
