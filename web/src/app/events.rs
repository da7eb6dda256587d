//! What happens to the whole window: keys, pastes, drops, addresses, and that its reader leaves.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, DragEvent, Element, KeyboardEvent};
use yew::Callback;

use super::route::Route;
use crate::files::Parcel;

/// Keys that work wherever one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Take the last step back.
    Undo,
    /// Make it again.
    Redo,
    /// Choose files.
    Open,
    /// Download the open document.
    Download,
    /// The next finding.
    Next,
    /// The finding before.
    Previous,
}

/// Who hears of it.
#[derive(Clone)]
pub struct Hearers {
    /// A shortcut was pressed.
    pub on_shortcut: Callback<Shortcut>,
    /// Text was pasted or dropped where no field takes it.
    pub on_text: Callback<String>,
    /// Files were dropped or pasted.
    pub on_parcel: Callback<Parcel>,
    /// So many things are dragged over the page; none any longer.
    pub on_drag: Callback<Option<u32>>,
    /// Another part of the page was asked for.
    pub on_route: Callback<Route>,
    /// The reader leaves.
    pub on_leave: Callback<()>,
    /// Whether a paste into this element belongs to the page and not to the element.
    pub takes_paste: Rc<dyn Fn(&Element) -> bool>,
    /// Whether something would be lost.
    pub has_work: Rc<dyn Fn() -> bool>,
}

/// The hearers of the moment: they change with every drawing, what listens does not.
pub type Latest = Rc<RefCell<Option<Hearers>>>;

/// Listens until it is dropped.
pub fn listen(latest: &Latest) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let mut listeners = Vec::new();
    let mut on = |name: &'static str, act: fn(&Hearers, &web_sys::Event)| {
        let latest = latest.clone();
        let options = EventListenerOptions::enable_prevent_default();
        listeners.push(EventListener::new_with_options(&window, name, options, move |event| {
            // What is called may draw the page anew, and then the hearers are others.
            let hearers = latest.borrow().clone();
            if let Some(hearers) = hearers {
                act(&hearers, event);
            }
        }));
    };
    on("keydown", pressed);
    on("paste", pasted);
    on("dragenter", dragged);
    on("dragover", dragged);
    on("dragleave", left);
    on("drop", dropped);
    on("hashchange", |hearers, _| hearers.on_route.emit(Route::of(&fragment())));
    on("pagehide", |hearers, _| hearers.on_leave.emit(()));
    on("beforeunload", |hearers, event| {
        if (hearers.has_work)() {
            event.prevent_default();
        }
    });
    listeners
}

/// The fragment of the page's address.
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Gives the page another fragment, and the browser's history an entry.
pub fn go(route: &Route) {
    if let Some(window) = web_sys::window() {
        // Fails only for addresses of other pages.
        let _ = window.location().set_hash(&route.fragment());
    }
}

fn pressed(hearers: &Hearers, event: &web_sys::Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.default_prevented() || event.is_composing() {
        return;
    }
    let control = event.ctrl_key() || event.meta_key();
    let is_field = focused_field();
    let key = event.key().to_lowercase();
    let shortcut = match (key.as_str(), control, event.shift_key()) {
        // Fields of their own keep their own undo.
        ("z", true, false) if !is_field => Shortcut::Undo,
        ("z", true, true) | ("y", true, false) if !is_field => Shortcut::Redo,
        ("o", true, false) => Shortcut::Open,
        ("s", true, false) => Shortcut::Download,
        ("f8", false, false) => Shortcut::Next,
        ("f8", false, true) => Shortcut::Previous,
        _ => return,
    };
    event.prevent_default();
    hearers.on_shortcut.emit(shortcut);
}

/// Whether what has the focus is a field.
fn focused_field() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.active_element()).is_some_and(|one| is_field(&one))
}

fn is_field(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

fn pasted(hearers: &Hearers, event: &web_sys::Event) {
    let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|one| is_field(&one) && !(hearers.takes_paste)(&one)) {
        return;
    }
    let Some(data) = event.clipboard_data() else { return };
    if data.files().is_some_and(|files| files.length() > 0) {
        event.prevent_default();
        if let Some(list) = data.files() {
            hearers.on_parcel.emit(Parcel::of_list(&list));
        }
        return;
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    if !text.trim().is_empty() {
        event.prevent_default();
        hearers.on_text.emit(text);
    }
}

fn has(event: &DragEvent, kind: &str) -> bool {
    let kinds = event.data_transfer().map(|transfer| transfer.types());
    kinds.is_some_and(|kinds| kinds.iter().any(|one| one == kind))
}

fn dragged(hearers: &Hearers, event: &web_sys::Event) {
    let Some(event) = event.dyn_ref::<DragEvent>() else { return };
    let over_field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let over_field = over_field.is_some_and(|one| is_field(&one));
    if has(event, "Files") || (has(event, "text/plain") && !over_field) {
        // Without this the browser would open what is dropped in the page's place.
        event.prevent_default();
        let items = event.data_transfer().map_or(1, |transfer| transfer.items().length());
        hearers.on_drag.emit(Some(if has(event, "Files") { items } else { 1 }));
    }
}

fn left(hearers: &Hearers, event: &web_sys::Event) {
    // Only who leaves the window goes to nothing.
    let to = js_sys::Reflect::get(event, &JsValue::from_str("relatedTarget"));
    if to.is_ok_and(|to| to.is_null()) {
        hearers.on_drag.emit(None);
    }
}

fn dropped(hearers: &Hearers, event: &web_sys::Event) {
    let Some(event) = event.dyn_ref::<DragEvent>() else { return };
    hearers.on_drag.emit(None);
    let Some(transfer) = event.data_transfer() else { return };
    if has(event, "Files") {
        event.prevent_default();
        let (parcel, on_parcel) = (Parcel::of_drop(&transfer), hearers.on_parcel.clone());
        wasm_bindgen_futures::spawn_local(async move { on_parcel.emit(parcel.await) });
        return;
    }
    let over_field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let text = transfer.get_data("text/plain").unwrap_or_default();
    if !over_field.is_some_and(|one| is_field(&one)) && !text.trim().is_empty() {
        event.prevent_default();
        hearers.on_text.emit(text);
    }
}
