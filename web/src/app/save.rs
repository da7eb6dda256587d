//! The button that saves the page as one file.

use plimsoll::text::{Lang, Message, Text, text};
use yew::prelude::*;

use crate::boot;
use crate::components::icon;
use crate::downloads::give;

const SAVE: Text = text("Save offline copy", "保存离线副本");
const NOT_SAVED: Text = text("The copy could not be made: {reason}", "无法生成副本：{reason}");

/// What the copy is called.
const FILE: &str = "plimsoll.html";

/// What the button is given.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The language.
    pub lang: Lang,
}

/// The button, and why there is no copy.
#[component]
pub fn Save(props: &Props) -> Html {
    let trouble = use_state(|| None::<String>);
    let on_save = {
        let trouble = trouble.setter();
        Callback::from(move |_: MouseEvent| {
            let trouble = trouble.clone();
            wasm_bindgen_futures::spawn_local(async move {
                let copy = boot::save_offline_copy().await;
                trouble.set(copy.map(|copy| give(FILE, &copy)).err());
            });
        })
    };
    html! {
        <>
            <button type="button" class="btn bare wide" id="save-offline" onclick={on_save}>{ icon::icon("save") }{ SAVE.get(props.lang) }</button>
            if let Some(reason) = &*trouble {
                <span role="alert" class="refused">{ Message::new(NOT_SAVED).arg("reason", reason).render(props.lang) }</span>
            }
        </>
    }
}
