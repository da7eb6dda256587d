//! The foot of the page: how far the checker is, what to do where it is not, and the page's own copy
//! for times without a network.

use plimsoll::text::{Lang, Message, Text, text};
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlElement, Url};
use yew::prelude::*;

use crate::boot::{self, Loading, Offline};

const LOADING: Text = text(
    "Loading the checker: {bytes} of {whole} KB. You can start typing.",
    "正在加载检查器：{bytes} / {whole} KB。现在即可输入。",
);
const WITHOUT: Text = text(
    "You can go on typing: your text is safe. Findings will not appear.",
    "可以继续输入，文本不会丢失，但不会显示检查结果。",
);
const RETRY: Text = text("Try again", "重试");
const SAVE: Text = text("Save offline copy", "保存离线副本");
const NOT_SAVED: Text = text("The copy could not be made: {reason}", "无法生成副本：{reason}");

/// What the copy is called.
const FILE: &str = "plimsoll.html";

/// How far the checker is, and whether the page opens without a network; drawn anew when either
/// changes.
#[hook]
pub fn use_loading() -> (Loading, Offline) {
    let now = use_state(|| (boot::loading(), boot::offline()));
    let setter = now.setter();
    use_effect_with((), move |()| {
        let look = move || setter.set((boot::loading(), boot::offline()));
        // What has changed since the first drawing.
        look();
        boot::on_loading(look);
    });
    (*now).clone()
}

/// What the foot shows.
#[derive(PartialEq, Properties)]
pub struct FootProps {
    /// The language.
    pub lang: Lang,
    /// How far the checker is.
    pub loading: Loading,
    /// Whether the page opens without a network.
    pub offline: Offline,
    /// What there is to say of a checker that has come.
    pub note: Text,
    /// Whether it has ended and may be started again.
    pub has_ended: bool,
}

/// The foot of the page.
#[component]
pub fn Foot(props: &FootProps) -> Html {
    let lang = props.lang;
    let trouble = use_state(|| None::<String>);
    let words = match &props.loading {
        Loading::Underway { bytes, whole } => {
            Message::new(LOADING).arg("bytes", bytes / 1000).arg("whole", whole / 1000).render(lang)
        }
        Loading::Ready { .. } => props.note.get(lang).to_owned(),
        Loading::Failed(failure) => {
            format!("{} {}", failure.explain(lang), WITHOUT.get(lang))
        }
    };
    let can_retry = props.has_ended || matches!(props.loading, Loading::Failed(_));
    let kept = props.offline.explain().filter(|_| !can_retry);
    let can_save = matches!(props.loading, Loading::Ready { .. }) && props.offline != Offline::File;
    let on_save = {
        let trouble = trouble.setter();
        Callback::from(move |_: MouseEvent| {
            let trouble = trouble.clone();
            wasm_bindgen_futures::spawn_local(async move {
                trouble.set(boot::save_offline_copy().await.map(|copy| hand_over(&copy)).err());
            });
        })
    };
    html! {
        <footer>
            <span role="status" id="checker">{ words }{ kept.map(|kept| format!(" {}", kept.get(lang))) }</span>
            if let Loading::Underway { bytes, whole } = &props.loading {
                <progress value={bytes.to_string()} max={whole.to_string()} />
            }
            if can_retry {
                <button type="button" id="retry" onclick={|_: MouseEvent| boot::retry()}>{ RETRY.get(lang) }</button>
            }
            if can_save {
                <button type="button" id="save-offline" onclick={on_save}>{ SAVE.get(lang) }</button>
            }
            if let Some(reason) = &*trouble {
                <span role="alert">{ Message::new(NOT_SAVED).arg("reason", reason).render(lang) }</span>
            }
        </footer>
    }
}

/// Offers a file for saving, as a link to it would.
fn hand_over(file: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(file) else { return };
    let link = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        // Fails only for names that are no attribute names.
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", FILE);
        link.click();
    }
    // The browser holds what it is saving.
    let _ = Url::revoke_object_url(&address);
}
