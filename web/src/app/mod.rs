//! The shell of the page: its parts and their addresses, and what happens to the window. Must not
//! know how anything is checked.

pub mod checker;
mod desk;
pub mod events;
mod fixing;
pub mod footer;
pub mod header;
mod inside;
mod look;
pub mod memory;
mod part;
pub mod route;
pub mod save;
mod window;

use yew::prelude::*;

use self::checker::{Checker, use_loading, use_rules};
use self::fixing::{fixes, use_fix};
use self::footer::{Footer, footer};
use self::header::{Header, header, links};
use self::inside::use_inside;
use self::look::{Look, use_look};
use self::window::use_window;
use crate::boot::{Loading, Offline};
use crate::components::shore::shore;
use crate::components::toast::ToastBar;
use crate::words;

/// Draws the page into `#app`.
pub fn start() {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(root) = document.and_then(|document| document.get_element_by_id("app")) else {
        return;
    };
    root.set_text_content(None);
    yew::Renderer::<App>::with_root(root).render();
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let Look { lang, on_language, on_theme } = use_look();
    let (loading, offline) = use_loading();
    let inside = use_inside(lang, &loading);
    let (state, told) = (&inside.state, &inside.told);
    use_rules(lang, told, &inside.shared);
    let on_fix = use_fix(&inside);
    let drag = use_window(&inside);

    let route = (*inside.route).clone();
    let can_save = matches!(loading, Loading::Ready { .. }) && offline != Offline::File;
    let has_ended = matches!(*told.checker, Checker::Missing | Checker::Stopped);
    let note = told.checker.note();
    html! {
        <div class="app">
            { header(&Header { route, lang, can_save, on_language, on_theme }) }
            { part::part(&inside, &on_fix) }
            { footer(&Footer { state: state.clone(), loading, offline, note, has_ended, lang }) }
            { links(&inside.route, lang, "below", words::PAGES_BELOW) }
            if let Some(count) = drag { { shore(count, state.is_example, lang) } }
            { fixes(&inside) }
            <ToastBar toast={state.toast.clone()} {lang} dispatch={state.dispatcher()} />
        </div>
    }
}
