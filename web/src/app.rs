//! The shell of the page: header, navigation, language. Must not know how anything is checked.

use plimsoll::text::{Lang, Text};
use yew::prelude::*;

use crate::connection::Connection;
use crate::messages::{Ask, Tell};
use crate::words;

/// Draws the page into `#app`.
pub fn start() {
    let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
    else {
        return;
    };
    root.set_inner_html("");
    yew::Renderer::<App>::with_root(root).render();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Check,
    Credentials,
}

impl Page {
    const ALL: [Page; 2] = [Page::Check, Page::Credentials];

    fn title(self) -> Text {
        match self {
            Page::Check => words::CHECK,
            Page::Credentials => words::CREDENTIALS,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Checker {
    Starting,
    Ready,
    Missing,
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let lang = use_state(preferred_language);
    let page = use_state(|| Page::Check);
    let checker = use_state(|| Checker::Starting);
    let connection = use_mut_ref(|| None::<Connection>);

    {
        let checker = checker.clone();
        use_effect_with((), move |()| {
            let told = checker.clone();
            let opened = Connection::open(move |tell| match tell {
                Tell::Ready { .. } => {
                    announce_ready();
                    told.set(Checker::Ready);
                }
                Tell::Misunderstood { .. } => {}
            });
            match &opened {
                Some(line) => line.ask(&Ask::Hello),
                None => checker.set(Checker::Missing),
            }
            *connection.borrow_mut() = opened;
        });
    }
    use_effect_with(*lang, |lang| declare_language(*lang));

    let say = |text: Text| text.get(*lang);
    let switch_language = {
        let lang = lang.clone();
        Callback::from(move |_| {
            lang.set(match *lang {
                Lang::En => Lang::Zh,
                Lang::Zh => Lang::En,
            });
        })
    };
    let state = match *checker {
        Checker::Starting => words::STARTING,
        Checker::Ready => words::READY,
        Checker::Missing => words::NO_WORKER,
    };

    html! {
        <>
            <header class="masthead">
                <h1>{ "Plimsoll" }</h1>
                <p class="tagline">{ say(words::TAGLINE) }</p>
                <nav aria-label={say(words::PAGES)}>
                    { for Page::ALL.map(|each| {
                        let open = { let page = page.clone(); Callback::from(move |_| page.set(each)) };
                        let current = (each == *page).then_some("page");
                        html! { <button type="button" aria-current={current} onclick={open}>{ say(each.title()) }</button> }
                    }) }
                </nav>
                <button type="button" id="language" onclick={switch_language}>{ say(words::OTHER_LANGUAGE) }</button>
            </header>
            <main>
                <h2>{ say(page.title()) }</h2>
                <p>{ say(words::NOTHING_YET) }</p>
            </main>
            <footer role="status" id="checker">{ say(state) }</footer>
        </>
    }
}

/// The first language that the browser names and we have.
fn preferred_language() -> Lang {
    web_sys::window()
        .and_then(|window| window.navigator().language())
        .and_then(|tag| Lang::from_tag(&tag))
        .unwrap_or_default()
}

/// Tells screen readers and fonts which language the page is in.
fn declare_language(lang: Lang) {
    set_on_root("lang", if lang == Lang::Zh { "zh-CN" } else { "en" });
}

/// Marks the page as loaded, worker included. Nothing is requested from here on; the browser
/// tests wait for this mark.
fn announce_ready() {
    set_on_root("data-ready", "true");
}

fn set_on_root(name: &str, value: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // Fails only for names that are no attribute names.
        let _ = root.set_attribute(name, value);
    }
}
