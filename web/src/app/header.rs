//! The top of the page: its parts, language and theme.

use plimsoll::text::{Lang, Text};
use yew::prelude::*;

use super::route::Route;
use super::save::Save;
use crate::components::icon;
use crate::words;

/// The parts of the page, with their signs.
fn parts() -> [(Route, Text, &'static str); 4] {
    [
        (Route::Check, words::CHECK, "ok"),
        (Route::Image, words::IMAGE, "layers"),
        (Route::Credentials, words::CREDENTIALS, "key"),
        (Route::Rules(String::new()), words::RULES, "book"),
    ]
}

/// The title of a part.
pub fn title(route: &Route) -> Text {
    match route {
        Route::Check => words::CHECK,
        Route::Image => words::IMAGE,
        Route::Credentials => words::CREDENTIALS,
        Route::Rules(_) => words::RULES,
    }
}

/// Links to the parts: above on wide screens, below on narrow ones.
pub fn links(current: &Route, lang: Lang, class: &'static str, label: Text) -> Html {
    html! {
        <nav {class} aria-label={label.get(lang)}>
            { for parts().into_iter().map(|(route, title, sign)| {
                let is_current = std::mem::discriminant(&route) == std::mem::discriminant(current);
                html! { <a href={route.fragment()} aria-current={is_current.then_some("page")}>{ icon::icon(sign) }{ title.get(lang) }</a> }
            }) }
        </nav>
    }
}

/// The header.
pub struct Header {
    /// The part that is shown.
    pub route: Route,
    /// The language.
    pub lang: Lang,
    /// Whether the page can be saved as one file.
    pub can_save: bool,
    /// Switches the language.
    pub on_language: Callback<()>,
    /// Switches the theme.
    pub on_theme: Callback<()>,
}

/// Draws the header.
pub fn header(props: &Header) -> Html {
    let say = |text: Text| text.get(props.lang);
    let other = if props.lang == Lang::En { "zh-CN" } else { "en" };
    let to_content = Callback::from(|event: MouseEvent| {
        // The fragment names a part of the page, not a place in it.
        event.prevent_default();
        let main = web_sys::window().and_then(|window| window.document());
        let main = main.and_then(|document| document.get_element_by_id("main"));
        if let Some(main) =
            main.and_then(|main| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(main).ok())
        {
            // Fails only where there is no window.
            let _ = main.focus();
        }
    });
    html! {
        <>
            <a class="skip" href="#main" onclick={to_content}>{ say(words::SKIP) }</a>
            <header class="top">
                <a class="brand" href="#check">{ icon::icon("logo") }{ "Plimsoll" }</a>
                { links(&props.route, props.lang, "pages", words::PAGES) }
                <div class="end">
                    <span class="promise">{ icon::small("lock", "") }<span>{ say(words::NOTHING_LEAVES) }</span></span>
                    if props.can_save { <Save lang={props.lang} /> }
                    <button type="button" class="btn bare ic" id="theme" aria-label={say(words::THEME)} title={say(words::THEME)} onclick={props.on_theme.reform(|_: MouseEvent| ())}>{ icon::icon("theme") }</button>
                    <button type="button" class="btn bare" id="language" lang={other} onclick={props.on_language.reform(|_: MouseEvent| ())}>{ say(words::OTHER_LANGUAGE) }</button>
                </div>
            </header>
        </>
    }
}
