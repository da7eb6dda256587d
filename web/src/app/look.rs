//! How the page looks: its language and theme, kept from one visit to the next.

use plimsoll::text::Lang;
use yew::prelude::*;

use super::memory::{self, Theme};

/// Language and theme, and what changes them.
pub(super) struct Look {
    /// The language.
    pub lang: Lang,
    /// Takes the other language.
    pub on_language: Callback<()>,
    /// Takes the other theme.
    pub on_theme: Callback<()>,
}

/// The page's language and theme; screen readers, fonts and the style sheet are told.
#[hook]
pub fn use_look() -> Look {
    let lang = use_state_eq(memory::language);
    let theme = use_state_eq(memory::theme);
    use_effect_with((*lang, *theme), |(lang, theme): &(Lang, Theme)| {
        set_on_root("lang", if *lang == Lang::Zh { "zh-CN" } else { "en" });
        set_on_root("data-theme", theme.id());
    });
    let on_language = {
        let lang = lang.clone();
        Callback::from(move |()| {
            let other = if *lang == Lang::En { Lang::Zh } else { Lang::En };
            memory::keep_language(other);
            lang.set(other);
        })
    };
    let on_theme = Callback::from(move |()| {
        memory::keep_theme(theme.other());
        theme.set(theme.other());
    });
    Look { lang: *lang, on_language, on_theme }
}

/// Marks the page as loaded, worker included. Nothing is requested from here on; the browser
/// tests wait for this mark.
pub(super) fn announce_ready() {
    set_on_root("data-ready", "true");
}

fn set_on_root(name: &str, value: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        // Fails only for names that are no attribute names.
        let _ = root.set_attribute(name, value);
    }
}
