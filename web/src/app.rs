//! The shell of the page: header, navigation, language, and the line to the worker. Must not know
//! how anything is checked.

use std::rc::Rc;

use plimsoll::text::{Lang, Message, Text};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use yew::prelude::*;

use crate::archive::Image;
use crate::boot::Loading;
use crate::components::foot::{Foot, use_loading};
use crate::connection::Connection;
use crate::files::{DropZone, Parcel};
use crate::messages::{Ask, RuleCard, Tell};
use crate::pages::check::{CheckPage, job};
use crate::pages::credentials::{Answer, CredentialsPage, Question};
use crate::pages::image::{Folder, ImagePage};
use crate::pages::package::PackagePage;
use crate::pages::rules::RulesPage;
use crate::reading::{Chosen, Desk, Hear, Line, Reading};
use crate::state::{Action, Checked, State};
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
    Image,
    Package,
    Rules,
}

impl Page {
    const ALL: [Page; 5] =
        [Page::Check, Page::Credentials, Page::Image, Page::Package, Page::Rules];

    fn title(self) -> Text {
        match self {
            Page::Check => words::CHECK,
            Page::Image => words::IMAGE,
            Page::Credentials => words::CREDENTIALS,
            Page::Package => words::PACKAGE,
            Page::Rules => words::RULES,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Checker {
    Starting,
    Ready,
    Missing,
    Stopped,
}

/// Milliseconds of quiet before what is typed is checked.
const PAUSE: i32 = 120;

/// The whole page.
#[component]
pub fn App() -> Html {
    let lang = use_state(preferred_language);
    let page = use_state(|| Page::Check);
    let checker = use_state(|| Checker::Starting);
    let (loading, offline) = use_loading();
    // Which start of the checker is due.
    let attempt = match loading {
        Loading::Ready { attempt } => Some(attempt),
        Loading::Underway { .. } | Loading::Failed(_) => None,
    };
    let state = use_reducer(State::default);
    let encoded = use_state(|| None::<Answer>);
    let decoded = use_state(|| None::<Answer>);
    let rules = use_state(|| Rc::<[RuleCard]>::from([]));
    let reading = use_state(Reading::default);
    let folder = use_state(Folder::default);
    let line: Line = use_mut_ref(|| None::<Connection>);
    // A second worker, while it reads an image; then it takes the first one's place.
    let reader: Line = use_mut_ref(|| None::<Connection>);
    let retired: Line = use_mut_ref(|| None::<Connection>);
    let hear: Hear = use_mut_ref(|| None::<Rc<dyn Fn(Tell)>>);
    let helpers = use_mut_ref(Vec::<Connection>::new);
    let chosen = use_mut_ref(|| None::<Chosen>);
    // An answer about a login that comes after its reader has left is dropped.
    let reads_credentials = use_mut_ref(|| false);

    {
        let (checker, line, state) = (checker.clone(), line.clone(), state.dispatcher());
        let (encoded, decoded, rules) = (encoded.setter(), decoded.setter(), rules.setter());
        let is_wanted = reads_credentials.clone();
        let (folder, hearing) = (folder.setter(), hear.clone());
        use_effect_with(attempt, move |attempt| {
            if attempt.is_none() {
                return;
            }
            checker.set(Checker::Starting);
            let (told, ended) = (checker.setter(), checker.setter());
            let on_tell: Rc<dyn Fn(Tell)> = Rc::new(move |tell| match tell {
                Tell::Ready { .. } => {
                    announce_ready();
                    told.set(Checker::Ready);
                }
                Tell::Checked { revision, report, fits, refused } => {
                    state.dispatch(Action::Answered(Checked {
                        revision,
                        report: *report,
                        fits,
                        refused,
                    }));
                }
                Tell::Edits { revision, edits } => {
                    state.dispatch(Action::Fixed { revision, edits })
                }
                Tell::Encoded { .. } | Tell::Decoded { .. } if !*is_wanted.borrow() => {}
                Tell::Encoded { result, notes } => {
                    encoded.set(Some(Answer::Encoded(result, notes)))
                }
                Tell::Decoded { result } => decoded.set(Some(Answer::Decoded(result))),
                Tell::Rules { rules: all } => rules.set(all.into()),
                Tell::Folder { path, entries } => folder.set(Folder { path, entries }),
                Tell::Sifted { files } => {
                    if files.is_empty() {
                        let nothing = Message::new(words::NOTHING_IN_FOLDER);
                        state.dispatch(Action::Unreadable("…".to_owned(), nothing));
                    }
                    files.into_iter().for_each(|file| state.dispatch(Action::Added(file)));
                }
                // Only a worker of its own reads images.
                Tell::Reading(_) | Tell::Looked { .. } | Tell::Inspected { .. } => {}
                Tell::Misunderstood { .. } => told.set(Checker::Stopped),
            });
            *hearing.borrow_mut() = Some(on_tell.clone());
            let opened =
                Connection::open(move |tell| on_tell(tell), move || ended.set(Checker::Stopped));
            match &opened {
                Some(line) => line.ask(&Ask::Hello),
                None => checker.set(Checker::Missing),
            }
            *line.borrow_mut() = opened;
        });
    }
    {
        let line = line.clone();
        use_effect_with((*lang, attempt), move |(lang, _)| {
            declare_language(*lang);
            if let Some(line) = &*line.borrow() {
                line.ask(&Ask::Rules { lang: lang.tag().to_owned() });
            }
        });
    }
    let on_ask = {
        let line = line.clone();
        Callback::from(move |ask: Ask| {
            if let Some(line) = &*line.borrow() {
                line.ask(&ask);
            }
        })
    };
    use_check(&state, *lang, attempt, &line);

    let say = |text: Text| text.get(*lang);
    let switch_language = {
        let lang = lang.clone();
        Callback::from(move |_: MouseEvent| {
            lang.set(match *lang {
                Lang::En => Lang::Zh,
                Lang::Zh => Lang::En,
            });
        })
    };
    let note = match *checker {
        Checker::Starting => words::STARTING,
        Checker::Ready => words::READY,
        Checker::Missing => words::NO_WORKER,
        Checker::Stopped => words::WORKER_STOPPED,
    };
    let open = {
        let (page, encoded, decoded) = (page.clone(), encoded.clone(), decoded.clone());
        Callback::from(move |next| {
            // Whoever leaves takes the credentials along.
            encoded.set(None);
            decoded.set(None);
            *reads_credentials.borrow_mut() = next == Page::Credentials;
            page.set(next);
        })
    };
    let on_change = {
        let (encoded, decoded) = (encoded.setter(), decoded.setter());
        Callback::from(move |question| match question {
            Question::Encode => encoded.set(None),
            Question::Decode => decoded.set(None),
        })
    };
    let desk = {
        let ended = checker.setter();
        Desk {
            line: line.clone(),
            reader,
            helpers: helpers.clone(),
            retired,
            hear,
            state: state.dispatcher(),
            reading: reading.setter(),
            on_end: Rc::new(move || ended.set(Checker::Stopped)),
            chosen,
        }
    };
    let on_image = {
        let (desk, folder) = (desk.clone(), folder.setter());
        Callback::from(move |image: Image| {
            folder.set(Folder::default());
            desk.open(image);
        })
    };
    let at_desk = |act: fn(&Desk)| {
        let desk = desk.clone();
        Callback::from(move |()| act(&desk))
    };
    let on_parcel = {
        let (on_image, on_ask, open) = (on_image.clone(), on_ask.clone(), open.clone());
        let state = state.dispatcher();
        Callback::from(move |mut parcel: Parcel| {
            let image = parcel.take_image();
            // Documents are shown with their findings, an image alone with its layers.
            open.emit(if image.is_some() && parcel.is_empty() { Page::Image } else { Page::Check });
            if let Some(image) = image {
                on_image.emit(image);
            }
            parcel.read(&state, &on_ask);
        })
    };
    use_window(&open, &on_parcel);
    let on_jump = {
        let (open, state) = (open.clone(), state.dispatcher());
        Callback::from(move |(path, start, end)| {
            state.dispatch(Action::Jumped(path, start, end));
            open.emit(Page::Check);
        })
    };
    let on_fix = {
        let (state, on_ask, lang) = (state.clone(), on_ask.clone(), *lang);
        Callback::from(move |(finding, fix)| {
            // What is shown speaks of an older text: its numbers name other findings by now.
            if state.current().is_some() {
                on_ask.emit(Ask::Fix { job: job(&state, lang), finding, fix });
            }
        })
    };

    html! {
        <>
            <header class="masthead">
                <svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="10" /><path d="M1 16h30" /></svg>
                <h1>{ "Plimsoll" }</h1>
                <nav aria-label={say(words::PAGES)}>
                    { for Page::ALL.map(|each| {
                        let current = (each == *page).then_some("page");
                        html! { <button type="button" aria-current={current} onclick={open.reform(move |_: MouseEvent| each)}>{ say(each.title()) }</button> }
                    }) }
                </nav>
                <p class="tagline">{ say(words::TAGLINE) }</p>
                <button type="button" id="theme" aria-label={say(words::THEME)} onclick={Callback::from(|_: MouseEvent| switch_theme())}>{ "◐" }</button>
                <button type="button" id="language" onclick={switch_language}>{ say(words::OTHER_LANGUAGE) }</button>
            </header>
            <main>
                <h2 class="hidden">{ say(page.title()) }</h2>
                { match *page {
                    Page::Check => html! {
                        <CheckPage state={state.clone()} rules={(*rules).clone()} lang={*lang} reading={(*reading).clone()} {on_fix} {on_parcel}
                            on_remove_image={at_desk(Desk::remove)} on_show_image={ let open = open.clone(); Callback::from(move |()| open.emit(Page::Image)) } />
                     },
                    Page::Image => html! {
                        <ImagePage lang={*lang} state={state.clone()} rules={(*rules).clone()} reading={(*reading).clone()} folder={(*folder).clone()}
                            on_open={on_image} on_stop={at_desk(Desk::stop)} on_read_layers={at_desk(Desk::read_layers)} on_remove={at_desk(Desk::remove)}
                            {on_ask} {on_jump} {on_fix} />
                     },
                    Page::Credentials => html! { <CredentialsPage lang={*lang} encoded={(*encoded).clone()} decoded={(*decoded).clone()} {on_ask} {on_change} /> },
                    Page::Package => html! { <PackagePage lang={*lang} /> },
                    Page::Rules => html! { <RulesPage rules={(*rules).clone()} lang={*lang} /> },
                } }
            </main>
            <Foot lang={*lang} {loading} {offline} {note} has_ended={matches!(*checker, Checker::Missing | Checker::Stopped)} />
        </>
    }
}

/// What happens to the window: files are dropped on it, and its reader leaves.
#[hook]
fn use_window(open: &Callback<Page>, on_parcel: &Callback<Parcel>) {
    let (open, on_parcel) = (open.clone(), on_parcel.clone());
    use_effect_with((), move |()| {
        let zone = DropZone::open(move |parcel| on_parcel.emit(parcel));
        // Browsers keep pages that one may go back to: the credentials shall not be on it then.
        let on_leave = Closure::<dyn Fn()>::new(move || open.emit(Page::Check));
        if let Some(window) = web_sys::window() {
            // Fails only for a handler that is none.
            let _ = window
                .add_event_listener_with_callback("pagehide", on_leave.as_ref().unchecked_ref());
        }
        move || drop((zone, on_leave))
    });
}

/// Asks the worker for a check once nothing has changed for a moment.
#[hook]
fn use_check(state: &UseReducerHandle<State>, lang: Lang, attempt: Option<u32>, line: &Line) {
    let (state, line) = (state.clone(), line.clone());
    use_effect_with((state.revision, lang, attempt), move |_| {
        let ask = Closure::once(move || {
            if let Some(line) = &*line.borrow()
                && (!state.files.is_empty() || state.image.is_some())
            {
                line.ask(&Ask::Check(job(&state, lang)));
            }
        });
        let window = web_sys::window();
        let timer = window.as_ref().and_then(|window| {
            let callback = ask.as_ref().unchecked_ref();
            window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, PAUSE).ok()
        });
        // The next change comes before the pause is over: this check is not made.
        move || {
            if let (Some(window), Some(timer)) = (window, timer) {
                window.clear_timeout_with_handle(timer);
            }
            drop(ask);
        }
    });
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

/// From what the reader's system prefers to the other, and back.
fn switch_theme() {
    let Some(window) = web_sys::window() else { return };
    let prefers_dark = window
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    let root = window.document().and_then(|document| document.document_element());
    let is_dark = match root.and_then(|root| root.get_attribute("data-theme")) {
        Some(theme) => theme == "dark",
        None => prefers_dark,
    };
    set_on_root("data-theme", if is_dark { "light" } else { "dark" });
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
