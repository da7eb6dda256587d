//! The page's side of a worker. Knows messages, not what they mean.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use crate::archive::Request;
use crate::boot;
use crate::divided::buffers;
use crate::messages::{Ask, Item, Job, Tell};
use crate::packing::{to_js, unpack};

/// The line to the worker; it is silent once dropped.
pub struct Connection {
    worker: Worker,
    /// Questions that it has not answered yet; each has one answer.
    owed: Rc<Cell<usize>>,
    /// The texts that it has, by the numbers of their documents.
    sent: RefCell<HashMap<u32, Rc<str>>>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn()>,
}

impl Connection {
    /// Calls `on_tell` with each message of the worker that checks, and `on_end` if it breaks down.
    /// `None` before the checker is ready, and where the browser starts no worker.
    pub fn open(
        on_tell: impl Fn(Tell) + 'static,
        on_end: impl Fn() + 'static,
    ) -> Option<Connection> {
        Some(Connection::with(boot::start_checker()?, on_tell, |_| (), on_end))
    }

    /// As [`Connection::open`], to another worker, which may give layers, too: messages of which
    /// `on_layer` hears.
    pub fn start(
        on_tell: impl Fn(Tell) + 'static,
        on_layer: impl Fn(Array) + 'static,
        on_end: impl Fn() + 'static,
    ) -> Option<Connection> {
        Some(Connection::with(boot::start_worker()?, on_tell, on_layer, on_end))
    }

    fn with(
        worker: Worker,
        on_tell: impl Fn(Tell) + 'static,
        on_layer: impl Fn(Array) + 'static,
        on_end: impl Fn() + 'static,
    ) -> Connection {
        let owed = Rc::new(Cell::new(0_usize));
        let answered = Rc::clone(&owed);
        let on_message =
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                match event.data().dyn_into::<Array>() {
                    Ok(layer) => on_layer(layer),
                    Err(other) => {
                        let bytes = other.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
                        if let Some(tell) = bytes.ok().and_then(|bytes| unpack(&bytes)) {
                            if !matches!(tell, Tell::Reading(_) | Tell::Looked { .. }) {
                                answered.set(answered.get().saturating_sub(1));
                            }
                            on_tell(tell);
                        }
                    }
                }
            });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::<dyn Fn()>::new(on_end);
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Connection {
            worker,
            owed,
            sent: RefCell::default(),
            _on_message: on_message,
            _on_error: on_error,
        }
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
        self.owed.set(self.owed.get() + 1);
        // Fails only for values that cannot be cloned; bytes always can.
        let _ = self.worker.post_message(&to_js(ask));
    }

    /// A document for the very next question: with its text, unless the worker has that already.
    pub fn item(&self, mut item: Item, text: &Rc<str>) -> Item {
        let known = self.sent.borrow_mut().insert(item.id, Rc::clone(text));
        let is_known = known.is_some_and(|known| Rc::ptr_eq(&known, text));
        item.text = (!is_known).then(|| text.to_string());
        item
    }

    /// Has it check a job. It forgets documents that are not of it.
    pub fn check(&self, job: Job) {
        self.sent.borrow_mut().retain(|id, _| job.files.iter().any(|item| item.id == *id));
        self.ask(&Ask::Check(job));
    }

    /// Whether it has been asked what it has not answered yet.
    pub fn owes(&self) -> bool {
        self.owed.get() > 0
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
