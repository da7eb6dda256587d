//! The worker's side: answers each question with one message. Must not know the document.

use js_sys::global;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::messages::{Ask, Tell};

/// Answers messages from now on.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = global().unchecked_into();
    let answering = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let question = event.data().as_string().unwrap_or_default();
        // Fails only for values that cannot be cloned; a string always can.
        let _ = answering.post_message(&JsValue::from_str(&reply(&question)));
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

/// The JSON that answers the JSON `question`.
fn reply(question: &str) -> String {
    let tell = match serde_json::from_str(question) {
        Ok(ask) => answer(&ask),
        Err(error) => Tell::Misunderstood { reason: error.to_string() },
    };
    serde_json::to_string(&tell).unwrap_or_default()
}

fn answer(ask: &Ask) -> Tell {
    match ask {
        Ask::Hello => Tell::Ready { version: env!("CARGO_PKG_VERSION").to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_is_answered_with_the_version() {
        assert_eq!(
            reply(r#"{"ask":"hello"}"#),
            format!(r#"{{"tell":"ready","version":"{}"}}"#, env!("CARGO_PKG_VERSION"))
        );
    }

    #[test]
    fn what_is_not_a_question_is_misunderstood() {
        assert!(reply("").starts_with(r#"{"tell":"misunderstood""#));
    }
}
