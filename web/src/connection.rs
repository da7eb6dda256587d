//! The page's side of the worker that `boot.js` has started. Knows messages, not what they mean.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use crate::archive::Request;
use crate::divided::buffers;
use crate::messages::{Ask, Tell};

/// The line to the worker; it is silent once dropped.
pub struct Connection {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn()>,
}

impl Connection {
    /// Calls `on_tell` with each message of the worker, and `on_end` if it breaks down. `None` when
    /// `boot.js` left no worker.
    pub fn open(
        on_tell: impl Fn(Tell) + 'static,
        on_end: impl Fn() + 'static,
    ) -> Option<Connection> {
        let window = web_sys::window()?;
        let worker = Reflect::get(&window, &JsValue::from_str("plimsollWorker")).ok()?;
        Some(Connection::with(worker.dyn_into().ok()?, on_tell, |_| (), on_end))
    }

    /// As [`Connection::open`], to a worker that is started for it, and that may give layers, too:
    /// messages of which `on_layer` hears.
    pub fn start(
        on_tell: impl Fn(Tell) + 'static,
        on_layer: impl Fn(Array) + 'static,
        on_end: impl Fn() + 'static,
    ) -> Option<Connection> {
        let window = web_sys::window()?;
        let start = Reflect::get(&window, &JsValue::from_str("plimsollStartWorker")).ok()?;
        let worker = start.dyn_into::<Function>().ok()?.call0(&window).ok()?;
        Some(Connection::with(worker.dyn_into().ok()?, on_tell, on_layer, on_end))
    }

    fn with(
        worker: Worker,
        on_tell: impl Fn(Tell) + 'static,
        on_layer: impl Fn(Array) + 'static,
        on_end: impl Fn() + 'static,
    ) -> Connection {
        let on_message =
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                match event.data().dyn_into::<Array>() {
                    Ok(layer) => on_layer(layer),
                    Err(other) => {
                        let text = other.as_string().unwrap_or_default();
                        if let Ok(tell) = serde_json::from_str(&text) {
                            on_tell(tell);
                        }
                    }
                }
            });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::<dyn Fn()>::new(on_end);
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Connection { worker, _on_message: on_message, _on_error: on_error }
    }

    /// Gives the worker an image archive to read. Handles are sent, not the files' bytes.
    pub fn read(&self, request: &Request) {
        // Fails only for values that cannot be cloned; a file always can.
        let _ = self.worker.post_message(&request.to_js());
    }

    /// Gives the worker what another has found of its image, without a copy.
    pub fn give(&self, layer: &Array) {
        // Fails only for values that cannot be cloned; bytes always can.
        let _ = self.worker.post_message_with_transfer(layer, &buffers(layer));
    }

    /// Sends a question; the answer comes to `on_tell`.
    pub fn ask(&self, ask: &Ask) {
        if let Ok(text) = serde_json::to_string(ask) {
            // Fails only for values that cannot be cloned; a string always can.
            let _ = self.worker.post_message(&JsValue::from_str(&text));
        }
    }
}

/// Whatever the worker is at ends with the line to it.
impl Drop for Connection {
    fn drop(&mut self) {
        // What it has said already may still be on its way.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
