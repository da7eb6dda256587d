//! What the editor keeps in step with the browser: its text, its selection, its measures, and what
//! it is offered.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::window::View;
use super::{Latest, Pen, Props, Shown, area, follow};
use crate::state::document::Document;
use crate::state::history::Caret;
use crate::state::{Action, places};
use crate::units::{byte_of, lines, units};

/// Listens to what Yew has no name for.
#[hook]
pub(super) fn use_listeners(area: &NodeRef, pen: &Rc<Pen>, latest: &Latest, card: &Shown) {
    let (area, pen, latest, card) = (area.clone(), pen.clone(), latest.clone(), card.clone());
    use_effect_with((), move |()| {
        let mut listeners = Vec::new();
        if let Some(element) = area.cast::<HtmlTextAreaElement>() {
            let props = latest.clone();
            let options = EventListenerOptions::enable_prevent_default();
            listeners.push(EventListener::new_with_options(
                &element,
                "beforeinput",
                options,
                move |event| {
                    let kind = js_sys::Reflect::get(event, &JsValue::from_str("inputType"));
                    let action = match kind.ok().and_then(|kind| kind.as_string()).as_deref() {
                        Some("historyUndo") => Action::Undone,
                        Some("historyRedo") => Action::Redone,
                        _ => return,
                    };
                    event.prevent_default();
                    props.borrow().dispatch.dispatch(action);
                },
            ));
            let begun = pen.clone();
            listeners.push(EventListener::new(&element, "compositionstart", move |_| {
                begun.is_composing.set(true);
                begun.compositions.set(begun.compositions.get() + 1);
            }));
            let ended = pen.clone();
            listeners.push(EventListener::new(&element, "compositionend", move |_| {
                ended.is_composing.set(false);
            }));
        }
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(document) = document {
            let target = document.clone();
            listeners.push(EventListener::new(&target, "selectionchange", move |_| {
                let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
                let is_active = document
                    .active_element()
                    .is_some_and(|one| one == *area.unchecked_ref::<Element>());
                if is_active && !pen.is_composing.get() {
                    card.set(None);
                    let props = latest.borrow().clone();
                    // Before the text of another document is there, the selection is not its own.
                    if area.text_length() == units(props.document.area()) {
                        let action = Action::Selected(props.document.id, area::caret(&area));
                        props.dispatch.dispatch(action);
                    }
                }
            }));
        }
        move || drop(listeners)
    });
}

/// Brings the text and the selection into the text area when the program has changed them.
#[hook]
pub(super) fn use_text(area: &NodeRef, pen: &Rc<Pen>, props: &Props) {
    let (area, pen, document) = (area.clone(), pen.clone(), props.document.clone());
    let is_first = use_mut_ref(|| true);
    use_effect_with((document.id, document.moved), move |(_, moved)| {
        let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
        if pen.is_composing.get() {
            return;
        }
        area::write(&area, document.area(), document.caret);
        if *moved > 0 && !is_first.replace(false) {
            let at = byte_of(document.area(), document.caret.end);
            area::show_line(area.unchecked_ref(), lines(&document.area()[..at]));
        }
    });
}

/// Shows a place of the text.
#[hook]
pub(super) fn use_target(area: &NodeRef, props: &Props) {
    let (area, document) = (area.clone(), props.document.clone());
    let dispatch = props.dispatch.clone();
    use_effect_with((props.target, document.id), move |(target, _)| {
        let (Some((start, end)), Some(area)) = (*target, area.cast::<HtmlTextAreaElement>()) else {
            return;
        };
        let text = document.text();
        let caret = Caret {
            start: places::units_before(text, start),
            end: places::units_before(text, end),
        };
        // Fails only where there is no window.
        let _ = area.focus();
        area::select(&area, caret);
        area::show_line(area.unchecked_ref(), places::line_and_unit(text, start).0);
        dispatch.dispatch(Action::Selected(document.id, caret));
        dispatch.dispatch(Action::Landed);
    });
}

/// Learns what can be seen, and keeps the painted lines beside the text area's own.
#[hook]
pub(super) fn use_measures(
    nodes: (&NodeRef, &NodeRef),
    view: &UseStateHandle<View>,
    document: &Rc<Document>,
    first: usize,
    pen: &Rc<Pen>,
) {
    let (area, frame) = nodes;
    let digits = (document.painting.len().max(1).ilog10() + 1).max(2);
    {
        let (area, frame, pen) = (area.clone(), frame.clone(), pen.clone());
        use_effect_with((first, digits, document.id), move |(first, digits, _)| {
            pen.first.set(*first);
            if let Some(frame) = frame.cast::<HtmlElement>() {
                let gutter = format!("calc(2.75rem + {digits}ch)");
                // Fails only for names that are no properties.
                let _ = frame.style().set_property("--gutter", &gutter);
            }
            if let Some(area) = area.cast::<Element>() {
                follow(&frame, &area, *first);
            }
        });
    }
    let (area, frame, view, pen) = (area.clone(), frame.clone(), view.setter(), pen.clone());
    use_effect_with(document.id, move |_| {
        let measure = move || {
            if let Some(area) = area.cast::<Element>() {
                view.set(area::view(&area));
                follow(&frame, &area, pen.first.get());
            }
        };
        measure();
        let window = web_sys::window();
        let listener =
            window.map(|window| EventListener::new(&window, "resize", move |_| measure()));
        move || drop(listener)
    });
}
