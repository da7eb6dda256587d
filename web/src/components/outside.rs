//! A press outside of what is open closes it.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::Node;
use yew::prelude::*;

/// Calls `on_outside` when something outside of `node` is pressed while `is_open`.
#[hook]
pub fn use_outside(node: &NodeRef, is_open: bool, on_outside: Callback<()>) {
    let node = node.clone();
    use_effect_with(is_open, move |is_open| {
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.filter(|_| *is_open).map(|document| {
            EventListener::new(&document, "pointerdown", move |event| {
                let pressed = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                let own = node.cast::<Node>();
                if !own.is_some_and(|own| own.contains(pressed.as_ref())) {
                    on_outside.emit(());
                }
            })
        });
        move || drop(listener)
    });
}
