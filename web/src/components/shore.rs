//! What will happen to what is being dragged over the page.

use plimsoll::text::Lang;
use yew::prelude::*;

use super::icon;
use crate::words;

/// The overlay while `count` things are dragged.
pub fn shore(count: u32, is_example: bool, lang: Lang) -> Html {
    let (title, what) = match is_example {
        true => (words::DROP_TITLE, words::DROP_REPLACES),
        false => (words::DROP_TITLE, words::DROP_ADDS),
    };
    html! {
        <div class="shore" role="status"><div class="in">
            { icon::icon("logo") }
            <h2>{ title.get(lang).replace("{count}", &count.max(1).to_string()) }</h2>
            <p>{ what.get(lang) }</p>
        </div></div>
    }
}
