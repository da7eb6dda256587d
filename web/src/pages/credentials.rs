//! Credentials: a login into the forms that platforms want, and back. Everything is gone as soon
//! as the reader leaves the page.

use plimsoll::credential::Form;
use plimsoll::text::{Lang, Text};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::legible;
use crate::messages::{Ask, Entry};
use crate::words;

/// An answer of the worker about a login.
#[derive(Clone, PartialEq)]
pub enum Answer {
    /// An encoded login.
    Encoded(Result<String, String>, Vec<String>),
    /// Decoded logins.
    Decoded(Result<Vec<Entry>, String>),
}

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The language.
    pub lang: Lang,
    /// The last answers: encoded, decoded.
    pub encoded: Option<Answer>,
    /// The last decoded login.
    pub decoded: Option<Answer>,
    /// Asks the worker.
    pub on_ask: Callback<Ask>,
    /// Drops the answer to a form whose fields have changed.
    pub on_change: Callback<Question>,
}

/// The forms of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Encode.
    Encode,
    /// Decode.
    Decode,
}

/// The page.
#[component]
pub fn CredentialsPage(props: &Props) -> Html {
    let lang = props.lang;
    let say = |text: Text| text.get(lang);
    let username = use_node_ref();
    let password = use_node_ref();
    let registry = use_node_ref();
    let (name, namespace) = (use_node_ref(), use_node_ref());
    let form = use_state(|| Form::Eas);
    let as_json = use_node_ref();
    let (text, form_of_text, reveal) = (use_node_ref(), use_node_ref(), use_node_ref());
    let copied = use_state(|| false);
    let value = |node: &NodeRef| {
        node.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
    };
    let is_checked =
        |node: &NodeRef| node.cast::<HtmlInputElement>().is_some_and(|field| field.checked());
    let on_encode = {
        let (username, password, registry) = (username.clone(), password.clone(), registry.clone());
        let (name, namespace, as_json) = (name.clone(), namespace.clone(), as_json.clone());
        let (on_ask, form, copied) = (props.on_ask.clone(), form.clone(), copied.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            copied.set(false);
            on_ask.emit(Ask::Encode {
                form: form.id().to_owned(),
                as_json: is_checked(&as_json),
                registry: value(&registry).trim().to_owned(),
                username: value(&username),
                password: value(&password),
                name: value(&name).trim().to_owned(),
                namespace: value(&namespace).trim().to_owned(),
                lang: lang.tag().to_owned(),
            });
        })
    };
    let on_decode = {
        let (text, chosen) = (text.clone(), form_of_text.clone());
        let (reveal, on_ask) = (reveal.clone(), props.on_ask.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let field = text.cast::<HtmlTextAreaElement>();
            let chosen = chosen.cast::<HtmlSelectElement>();
            on_ask.emit(Ask::Decode {
                text: field.map(|one| one.value().trim_end().to_owned()).unwrap_or_default(),
                form: chosen.map(|one| one.value()).unwrap_or_default(),
                reveal: is_checked(&reveal),
                lang: lang.tag().to_owned(),
            });
        })
    };
    let on_form = {
        let form = form.clone();
        Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
            form.set(Form::from_id(&chosen).unwrap_or(Form::Eas));
        })
    };
    let changed = |question: Question| props.on_change.reform(move |_: InputEvent| question);
    html! {
        <div class="credentials">
            <p class="promise">{ say(words::PROMISE) }</p>
            <form class="card" id="encode" onsubmit={on_encode} oninput={changed(Question::Encode)} autocomplete="off">
                <h3>{ say(words::ENCODE) }</h3>
                <label>{ say(words::FORM) }
                    <select id="form" onchange={on_form}>
                        { for Form::ALL.map(|one| html! { <option value={one.id()} selected={one == *form}>{ one.title() }</option> }) }
                    </select>
                </label>
                if form.takes_registry() {
                    <label>{ say(words::REGISTRY) }<input type="text" id="registry" ref={registry} autocomplete="off" spellcheck="false" placeholder="registry-vpc.cn-hangzhou.aliyuncs.com" /></label>
                }
                if *form == Form::Kubernetes {
                    <label>{ say(words::SECRET_NAME) }<input type="text" id="secret-name" ref={name} autocomplete="off" spellcheck="false" autocapitalize="off" placeholder="registry-credential" /></label>
                    <label>{ say(words::NAMESPACE) }<input type="text" id="namespace" ref={namespace} autocomplete="off" spellcheck="false" autocapitalize="off" placeholder="default" /></label>
                }
                <label>{ say(words::USERNAME) }<input type="text" id="username" ref={username} autocomplete="off" spellcheck="false" autocapitalize="off" /></label>
                if form.holds_password() {
                    <label>{ say(words::PASSWORD) }<input type="password" id="password" ref={password} autocomplete="off" /></label>
                }
                if form.has_json() {
                    <label class="inline"><input type="checkbox" id="as-json" ref={as_json} />{ say(words::AS_JSON) }</label>
                }
                <button type="submit" class="primary">{ say(words::ENCODE) }</button>
                <div aria-live="polite">{ encoded(&props.encoded, lang, &copied) }</div>
            </form>
            <form class="card" id="decode" onsubmit={on_decode} oninput={changed(Question::Decode)} autocomplete="off">
                <h3>{ say(words::DECODE) }</h3>
                <label>{ say(words::ENCODED) }<textarea ref={text} rows="4" autocomplete="off" spellcheck="false" /></label>
                <label>{ say(words::FORM_OF_TEXT) }
                    <select id="form-of-text" ref={form_of_text}>
                        <option value="" selected=true>{ say(words::DETECT) }</option>
                        { for Form::ALL.map(|one| html! { <option value={one.id()}>{ one.title() }</option> }) }
                    </select>
                </label>
                <label class="inline"><input type="checkbox" id="reveal" ref={reveal} />{ say(words::REVEAL) }</label>
                <button type="submit" class="primary">{ say(words::DECODE) }</button>
                <div aria-live="polite">{ decoded(&props.decoded) }</div>
            </form>
        </div>
    }
}

fn encoded(answer: &Option<Answer>, lang: Lang, copied: &UseStateHandle<bool>) -> Html {
    let Some(Answer::Encoded(result, notes)) = answer else { return Html::default() };
    match result {
        Err(error) => html! { <p class="refused">{ legible(error) }</p> },
        Ok(text) => {
            let copy = {
                let (text, copied) = (text.clone(), copied.clone());
                Callback::from(move |_: MouseEvent| {
                    let Some(window) = web_sys::window() else { return };
                    let promise = window.navigator().clipboard().write_text(&text);
                    let copied = copied.clone();
                    spawn_local(async move { copied.set(JsFuture::from(promise).await.is_ok()) });
                })
            };
            let label = if **copied { words::COPIED } else { words::COPY };
            html! {
                <>
                    <output class="result">{ text.clone() }</output>
                    <button type="button" onclick={copy}>{ label.get(lang) }</button>
                    { for notes.iter().map(|note| html! { <p class="note">{ note.clone() }</p> }) }
                </>
            }
        }
    }
}

fn decoded(answer: &Option<Answer>) -> Html {
    let Some(Answer::Decoded(result)) = answer else { return Html::default() };
    match result {
        Err(error) => html! { <p class="refused">{ legible(error) }</p> },
        Ok(entries) => html! {
            <>
                { for entries.iter().map(|entry| html! {
                    <dl class="login">
                        { for entry.lines.iter().map(|(name, value)| html! { <><dt>{ name.clone() }</dt><dd>{ value.clone() }</dd></> }) }
                        if let Some(trouble) = &entry.trouble {
                            <dd class="refused">{ legible(trouble) }</dd>
                        }
                    </dl>
                }) }
            </>
        },
    }
}
