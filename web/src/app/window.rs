//! What happens to the window, and what the page makes of it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::checker::Checker;
use super::desk::on_image;
use super::events::{Hearers, Shortcut, go, listen};
use super::inside::{Inside, Latest};
use super::route::Route;
use crate::check::{neighbour, show};
use crate::downloads::download;
use crate::files::Parcel;
use crate::messages::{Ask, File};
use crate::state::{Action, paths};

/// Listens to the window; how many things are dragged over it, if any are.
#[hook]
pub fn use_window(inside: &Inside) -> Option<u32> {
    let drag = use_state_eq(|| None::<u32>);
    let on_drag = {
        let drag = drag.setter();
        Callback::from(move |count| drag.set(count))
    };
    // Who hears changes with every drawing.
    let latest = use_mut_ref(|| None);
    *latest.borrow_mut() = Some(hearers(inside, on_drag));
    use_effect_with((), move |()| {
        let listeners = listen(&latest);
        move || drop(listeners)
    });
    use_first(&inside.route, inside.leave());
    *drag
}

/// A page that is opened at an address begins there.
#[hook]
fn use_first(route: &UseStateHandle<Route>, leave: impl Fn(&Route) + 'static) {
    let route = (**route).clone();
    use_effect_with((), move |()| leave(&route));
}

fn hearers(inside: &Inside, on_drag: Callback<Option<u32>>) -> Hearers {
    let on_route = {
        let (route, leave) = (inside.route.setter(), inside.leave());
        Callback::from(move |next: Route| {
            leave(&next);
            route.set(next);
        })
    };
    let on_leave = {
        let (route, leave) = (inside.route.clone(), inside.leave());
        Callback::from(move |()| {
            // Browsers keep pages that one may go back to: no credentials shall be on it then.
            leave(&Route::Check);
            if *route == Route::Credentials {
                go(&Route::Check);
                route.set(Route::Check);
            }
        })
    };
    let takes_paste = {
        let (latest, is_check) = (inside.latest.clone(), *inside.route == Route::Check);
        move |field: &Element| {
            let is_editor = field.closest(".editor").ok().flatten().is_some();
            is_check && is_editor && latest.borrow().is_example
        }
    };
    let latest = inside.latest.clone();
    Hearers {
        on_shortcut: on_shortcut(inside),
        on_text: on_text(inside),
        on_parcel: on_parcel(inside),
        on_drag,
        on_route,
        on_leave,
        takes_paste: Rc::new(takes_paste),
        has_work: Rc::new(move || latest.borrow().has_work()),
    }
}

/// Takes up files: documents become the project's, an image is read.
pub(super) fn on_parcel(inside: &Inside) -> Callback<Parcel> {
    let (on_image, state, shared) =
        (on_image(inside), inside.state.dispatcher(), inside.shared.clone());
    let on_ask = Callback::from(move |ask: Ask| shared.ask(&ask));
    Callback::from(move |mut parcel: Parcel| {
        let image = parcel.take_image();
        // Documents are shown with their findings, an image alone with its layers.
        go(if image.is_some() && parcel.is_empty() { &Route::Image } else { &Route::Check });
        if let Some(image) = image {
            on_image.emit(image);
        }
        parcel.read(&state, &on_ask);
    })
}

/// Goes to the next finding, or to the one before.
pub(super) fn step(latest: &Latest, back: bool) {
    let state = latest.borrow().clone();
    if let Some(index) = neighbour(&state, back) {
        show(&state, index);
    }
}

fn on_shortcut(inside: &Inside) -> Callback<Shortcut> {
    let (latest, is_check) = (inside.latest.clone(), *inside.route == Route::Check);
    Callback::from(move |shortcut| {
        let state = latest.borrow().clone();
        match shortcut {
            Shortcut::Undo => state.dispatch(Action::Undone),
            Shortcut::Redo => state.dispatch(Action::Redone),
            Shortcut::Next if is_check => step(&latest, false),
            Shortcut::Previous if is_check => step(&latest, true),
            Shortcut::Open if is_check => {
                if let Some(field) = element::<HtmlInputElement>("#files") {
                    field.click();
                }
            }
            Shortcut::Download => {
                if let Some(document) = state.open_document() {
                    download(paths::name(&document.path), document.text());
                }
            }
            Shortcut::Next | Shortcut::Previous | Shortcut::Open => {}
        }
    })
}

/// What becomes of text that is pasted or dropped where no field takes it.
fn on_text(inside: &Inside) -> Callback<String> {
    let (state, route) = (inside.state.dispatcher(), (*inside.route).clone());
    let (shared, is_ready) = (inside.shared.clone(), *inside.told.checker == Checker::Ready);
    Callback::from(move |text: String| {
        // A login never becomes a document.
        if route == Route::Credentials {
            if let Some(field) = element::<HtmlTextAreaElement>("#decode textarea") {
                field.set_value(&text);
                // Fails only where there is no window.
                let _ = field.focus();
            }
            return;
        }
        go(&Route::Check);
        if is_ready {
            shared.unnamed.borrow_mut().push_back(text.clone());
            shared.ask(&Ask::Name { text });
        } else {
            let path = "Dockerfile".to_owned();
            state.dispatch(Action::Added(vec![File { path, text, kind: None }]));
        }
    })
}

/// The first element that `selector` names.
fn element<T: JsCast>(selector: &str) -> Option<T> {
    let document = web_sys::window()?.document()?;
    document.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
