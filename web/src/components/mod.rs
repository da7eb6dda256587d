//! Parts of pages. Each draws what it is given and calls back; none knows the worker.

pub mod counts;
pub mod icon;
pub mod layers;
pub mod outside;
pub mod reading;
pub mod rich;
pub mod shore;
pub mod toast;

/// A name, a path or a sentence for one line of the page: what would hide or turn the order of the
/// letters is shown as an escape, as in the terminal.
pub fn legible(text: &str) -> String {
    plimsoll::text::visible(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::legible;

    #[test]
    fn a_name_cannot_turn_the_order_of_the_letters() {
        assert_eq!(legible("a\u{202e}gnp.tar\n\u{9b}"), "a\\u{202e}gnp.tar\\n\\u{9b}");
    }
}
