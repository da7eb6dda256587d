//! The shell of the page: its parts and their addresses, and what happens to the window. Must not
//! know how anything is checked.

pub mod checker;
pub mod events;
pub mod footer;
pub mod header;
pub mod memory;
pub mod route;
pub mod save;

use std::cell::RefCell;
use std::rc::Rc;

use plimsoll::text::Lang;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use self::checker::{Checker, Shared, Told, use_check, use_checker, use_loading};
use self::events::{Hearers, Shortcut, fragment, go, listen};
use self::footer::{Footer, footer};
use self::header::{Header, header, links, title};
use self::route::Route;
use crate::archive::Image;
use crate::boot::{Loading, Offline};
use crate::check::fixes::Fixes;
use crate::check::{CheckPage, item, neighbour, show};
use crate::components::shore::shore;
use crate::components::toast::ToastBar;
use crate::downloads::download;
use crate::editor::EditorAsk;
use crate::examples::first;
use crate::files::Parcel;
use crate::messages::{Ask, File, Spot};
use crate::pages::credentials::{CredentialsPage, Question};
use crate::pages::image::{Folder, ImagePage};
use crate::pages::package::PackagePage;
use crate::pages::rules::RulesPage;
use crate::reading::{Desk, Reading};
use crate::state::finding::Key;
use crate::state::{Action, State, paths};
use crate::words;

/// Draws the page into `#app`.
pub fn start() {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(root) = document.and_then(|document| document.get_element_by_id("app")) else {
        return;
    };
    root.set_text_content(None);
    yew::Renderer::<App>::with_root(root).render();
}

/// The newest state, for what listens.
type Latest = Rc<RefCell<UseReducerHandle<State>>>;

/// The whole page.
#[component]
pub fn App() -> Html {
    let lang = use_state_eq(memory::language);
    let theme = use_state_eq(memory::theme);
    let route = use_state_eq(|| Route::of(&fragment()));
    let state = use_reducer(|| {
        let example = Action::Example(first());
        (*Rc::new(State::default()).reduce(example)).clone()
    });
    let latest: Latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();
    let drag = use_state_eq(|| None::<u32>);
    let is_fixing = use_state_eq(|| false);
    let reading = use_state(Reading::default);
    let (loading, offline) = use_loading();
    let (told, shared) = use_checker(&state, &loading);
    use_check(&state, *lang, *told.checker, &shared);
    use_rules(*lang, &told, &shared);
    use_look(*lang, *theme);
    let desk = use_desk(&state, &told, &shared, &reading);
    let on_fix = use_fix(&state, &shared, &latest);

    let on_image = {
        let (desk, folder) = (desk.clone(), told.folder.setter());
        Callback::from(move |image: Image| {
            folder.set(Folder::default());
            desk.open(image);
        })
    };
    let on_ask = {
        let shared = shared.clone();
        Callback::from(move |ask: Ask| shared.ask(&ask))
    };
    let on_parcel = {
        let (on_image, on_ask, state) = (on_image.clone(), on_ask.clone(), state.dispatcher());
        Callback::from(move |mut parcel: Parcel| {
            let image = parcel.take_image();
            // Documents are shown with their findings, an image alone with its layers.
            go(if image.is_some() && parcel.is_empty() { &Route::Image } else { &Route::Check });
            if let Some(image) = image {
                on_image.emit(image);
            }
            parcel.read(&state, &on_ask);
        })
    };
    let leave = {
        let (encoded, decoded) = (told.encoded.setter(), told.decoded.setter());
        let reads = shared.reads_credentials.clone();
        move |next: &Route| {
            // Whoever leaves takes the credentials along.
            encoded.set(None);
            decoded.set(None);
            reads.set(*next == Route::Credentials);
        }
    };
    use_first(&route, leave.clone());
    let hearers = Hearers {
        on_shortcut: on_shortcut(&latest, &route),
        on_text: on_text(&state, &route, &told, &shared),
        on_parcel: on_parcel.clone(),
        on_drag: Callback::from({
            let drag = drag.setter();
            move |count| drag.set(count)
        }),
        on_route: Callback::from({
            let (route, leave) = (route.setter(), leave.clone());
            move |next: Route| {
                leave(&next);
                route.set(next);
            }
        }),
        on_leave: Callback::from({
            let route = route.clone();
            move |()| {
                // Browsers keep pages that one may go back to: no credentials shall be on it then.
                leave(&Route::Check);
                if *route == Route::Credentials {
                    go(&Route::Check);
                    route.set(Route::Check);
                }
            }
        }),
        takes_paste: Rc::new({
            let (latest, is_check) = (latest.clone(), *route == Route::Check);
            move |field: &Element| {
                let is_editor = field.closest(".editor").ok().flatten().is_some();
                is_check && is_editor && latest.borrow().is_example
            }
        }),
        has_work: Rc::new({
            let latest = latest.clone();
            move || latest.borrow().has_work()
        }),
    };
    use_window(hearers);

    let on_language = {
        let lang = lang.clone();
        Callback::from(move |()| {
            let other = if *lang == Lang::En { Lang::Zh } else { Lang::En };
            memory::keep_language(other);
            lang.set(other);
        })
    };
    let on_theme = {
        let theme = theme.clone();
        Callback::from(move |()| {
            memory::keep_theme(theme.other());
            theme.set(theme.other());
        })
    };
    let on_change = {
        let (encoded, decoded) = (told.encoded.setter(), told.decoded.setter());
        Callback::from(move |question| match question {
            Question::Encode => encoded.set(None),
            Question::Decode => decoded.set(None),
        })
    };
    let on_rule = Callback::from(|rule: String| go(&Route::Rules(rule)));
    let on_silence = {
        let (shared, state, lang) = (shared.clone(), state.clone(), *lang);
        Callback::from(move |finding: usize| {
            if let Some(rule) = state.current().and_then(|one| one.report.findings.get(finding)) {
                let title = words::SILENCED.get(lang).replace("{rule}", &rule.rule);
                shared.ask(&Ask::Silence { revision: state.revision, finding, title });
            }
        })
    };
    let on_fix_all = {
        let (is_fixing, preview, state) =
            (is_fixing.setter(), told.preview.setter(), state.clone());
        Callback::from(move |()| {
            preview.set(None);
            is_fixing.set(state.current().is_some());
        })
    };
    let on_step = {
        let latest = latest.clone();
        Callback::from(move |back| step(&latest, back))
    };
    let can_save = matches!(loading, Loading::Ready { .. }) && offline != Offline::File;
    let main = match &*route {
        Route::Check => html! {
            <CheckPage state={state.clone()} rules={(*told.rules).clone()} lang={*lang} is_ready={*told.checker == Checker::Ready} reading={(*reading).clone()}
                other_fit={(*told.fit).clone()} on_fit={ let (shared, latest) = (shared.clone(), latest.clone()); Callback::from(move |platform| { let revision = latest.borrow().revision; shared.ask(&Ask::Fit { revision, platform }); }) }
                on_report={ let (shared, latest) = (shared.clone(), latest.clone()); Callback::from(move |()| { let revision = latest.borrow().revision; shared.ask(&Ask::Json { revision }); }) }
                on_ask={on_editor_ask(&latest, *lang, &shared)} assist={(*told.assist).clone()} on_fix={on_fix.clone()} {on_silence} {on_fix_all} {on_step} on_rule={on_rule.clone()} on_parcel={on_parcel.clone()}
                on_remove_image={ let desk = desk.clone(); Callback::from(move |()| desk.remove()) } on_show_image={Callback::from(|()| go(&Route::Image))} />
        },
        other => html! {
            <main class="page old" id="main" tabindex="-1">
                <h1 class="vh">{ title(other).get(*lang) }</h1>
                { page(other, &state, *lang, &told, &reading, Doing { desk: desk.clone(), on_image, on_ask: on_ask.clone(), on_change, on_fix, on_rule }) }
            </main>
        },
    };
    html! {
        <div class="app">
            { header(&Header { route: (*route).clone(), lang: *lang, can_save, on_language, on_theme }) }
            { main }
            { footer(&Footer { state: state.clone(), loading, offline, note: told.checker.note(), has_ended: matches!(*told.checker, Checker::Missing | Checker::Stopped), lang: *lang }) }
            { links(&route, *lang, "below", words::PAGES_BELOW) }
            if let Some(count) = *drag { { shore(count, state.is_example, *lang) } }
            if let (true, Some(report)) = (*is_fixing, state.current().map(|one| one.report.clone())) {
                { fixes(&state, report, *lang, &told, &shared, is_fixing.setter()) }
            }
            <ToastBar toast={state.toast.clone()} lang={*lang} dispatch={state.dispatcher()} />
        </div>
    }
}

/// What the pages beside Check can do.
struct Doing {
    desk: Desk,
    on_image: Callback<Image>,
    on_ask: Callback<Ask>,
    on_change: Callback<Question>,
    on_fix: Callback<(usize, usize)>,
    on_rule: Callback<String>,
}

fn page(
    route: &Route,
    state: &UseReducerHandle<State>,
    lang: Lang,
    told: &Told,
    reading: &Reading,
    doing: Doing,
) -> Html {
    let Doing { desk, on_image, on_ask, on_change, on_fix, on_rule } = doing;
    let rules = (*told.rules).clone();
    let at_desk = |act: fn(&Desk)| {
        let desk = desk.clone();
        Callback::from(move |()| act(&desk))
    };
    match route {
        Route::Image => {
            let on_jump = {
                let state = state.dispatcher();
                Callback::from(move |(path, start, end)| {
                    state.dispatch(Action::Jumped(path, start, end));
                    go(&Route::Check);
                })
            };
            let on_open_finding = {
                let state = state.clone();
                Callback::from(move |index: Option<usize>| {
                    let keys = state.checked.as_ref().map(|one| Key::all(&one.report));
                    let key = index.zip(keys).and_then(|(index, keys)| keys.into_iter().nth(index));
                    state.dispatch(Action::Chosen(key));
                })
            };
            html! {
                <ImagePage {lang} state={state.clone()} {rules} reading={reading.clone()} folder={(*told.folder).clone()} on_open={on_image}
                    on_stop={at_desk(Desk::stop)} on_read_layers={at_desk(Desk::read_layers)} on_remove={at_desk(Desk::remove)}
                    {on_ask} {on_jump} {on_fix} {on_open_finding} {on_rule} />
            }
        }
        Route::Credentials => html! {
            <>
                <CredentialsPage {lang} encoded={(*told.encoded).clone()} decoded={(*told.decoded).clone()} {on_ask} {on_change} />
                <PackagePage {lang} />
            </>
        },
        Route::Rules(named) => html! { <RulesPage {rules} {lang} named={named.clone()} /> },
        Route::Check => Html::default(),
    }
}

/// The choice of all safe fixes.
fn fixes(
    state: &UseReducerHandle<State>,
    report: Rc<plimsoll::Report>,
    lang: Lang,
    told: &Told,
    shared: &Shared,
    is_fixing: UseStateSetter<bool>,
) -> Html {
    let preview = told.preview.as_ref().filter(|one| one.revision == state.revision).cloned();
    let on_choice = {
        let (shared, state) = (shared.clone(), state.clone());
        Callback::from(move |(without, with)| {
            shared.ask(&Ask::Preview { revision: state.revision, without, with });
        })
    };
    let on_close = {
        let is_fixing = is_fixing.clone();
        Callback::from(move |()| is_fixing.set(false))
    };
    let on_apply = {
        let (state, preview) = (state.dispatcher(), preview.clone());
        Callback::from(move |()| {
            let Some(preview) = &preview else { return };
            let new = preview.texts.iter().map(|(path, _, new)| (path.clone(), new.clone()));
            let texts = new.collect();
            state.dispatch(Action::FixedAll { revision: preview.revision, texts });
            is_fixing.set(false);
        })
    };
    html! { <Fixes {report} {preview} {lang} {on_choice} {on_apply} {on_close} /> }
}

fn step(latest: &Latest, back: bool) {
    let state = latest.borrow().clone();
    if let Some(index) = neighbour(&state, back) {
        show(&state, index);
    }
}

fn on_shortcut(latest: &Latest, route: &Route) -> Callback<Shortcut> {
    let (latest, is_check) = (latest.clone(), *route == Route::Check);
    Callback::from(move |shortcut| {
        let state = latest.borrow().clone();
        match shortcut {
            Shortcut::Undo => state.dispatch(Action::Undone),
            Shortcut::Redo => state.dispatch(Action::Redone),
            Shortcut::Next if is_check => step(&latest, false),
            Shortcut::Previous if is_check => step(&latest, true),
            Shortcut::Open if is_check => {
                if let Some(field) = element::<HtmlInputElement>("#files") {
                    field.click();
                }
            }
            Shortcut::Download => {
                if let Some(document) = state.open_document() {
                    download(paths::name(&document.path), document.text());
                }
            }
            Shortcut::Next | Shortcut::Previous | Shortcut::Open => {}
        }
    })
}

/// What becomes of text that is pasted or dropped where no field takes it.
fn on_text(
    state: &UseReducerHandle<State>,
    route: &Route,
    told: &Told,
    shared: &Shared,
) -> Callback<String> {
    let (state, route, shared) = (state.dispatcher(), route.clone(), shared.clone());
    let is_ready = *told.checker == Checker::Ready;
    Callback::from(move |text: String| {
        // A login never becomes a document.
        if route == Route::Credentials {
            if let Some(field) = element::<HtmlTextAreaElement>("#decode textarea") {
                field.set_value(&text);
                // Fails only where there is no window.
                let _ = field.focus();
            }
            return;
        }
        go(&Route::Check);
        if is_ready {
            shared.unnamed.borrow_mut().push_back(text.clone());
            shared.ask(&Ask::Name { text });
        } else {
            let path = "Dockerfile".to_owned();
            state.dispatch(Action::Added(vec![File { path, text, kind: None }]));
        }
    })
}

/// Asks the worker what the editor wants to know of the open document.
fn on_editor_ask(latest: &Latest, lang: Lang, shared: &Shared) -> Callback<EditorAsk> {
    let (latest, shared) = (latest.clone(), shared.clone());
    Callback::from(move |ask| {
        let state = latest.borrow().clone();
        let line = shared.line.borrow();
        let (Some(document), Some(line)) = (state.open_document(), &*line) else { return };
        let spot = |at| Spot { item: item(document, line), at, lang: lang.tag().to_owned() };
        line.ask(&match ask {
            EditorAsk::Paint(lines) => {
                let (path, lines) = (document.path.to_string(), (lines.start, lines.end));
                Ask::Paint { revision: state.revision, path, lines }
            }
            EditorAsk::Complete(at) => Ask::Complete(spot(at)),
            EditorAsk::Explain(at) => Ask::Explain(spot(at)),
        });
    })
}

/// The first element that `selector` names.
fn element<T: JsCast>(selector: &str) -> Option<T> {
    let document = web_sys::window()?.document()?;
    document.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Asks for a fix; if its finding speaks of an older text, as soon as it is known again.
#[hook]
fn use_fix(
    state: &UseReducerHandle<State>,
    shared: &Shared,
    latest: &Latest,
) -> Callback<(usize, usize)> {
    let waiting = use_mut_ref(|| None::<(Key, usize)>);
    let ask = {
        let (shared, latest) = (shared.clone(), latest.clone());
        Rc::new(move |finding: usize, fix: usize| {
            let state = latest.borrow().clone();
            let found = state.current().and_then(|one| one.report.findings.get(finding));
            if let Some(one) = found.and_then(|finding| finding.fixes.get(fix)) {
                let title = one.title.clone();
                shared.ask(&Ask::Fix { revision: state.revision, finding, fix, title });
            }
        })
    };
    {
        let (waiting, ask, state) = (waiting.clone(), ask.clone(), state.clone());
        let report = state.current().map(|one| Rc::as_ptr(&one.report) as usize);
        use_effect_with(report, move |_| {
            let Some(checked) = state.current() else { return };
            if let Some((key, fix)) = waiting.borrow_mut().take()
                && let Some(finding) = key.index_in(&checked.report)
            {
                ask(finding, fix);
            }
        });
    }
    let latest = latest.clone();
    Callback::from(move |(finding, fix)| {
        let state = latest.borrow().clone();
        if state.current().is_some() {
            ask(finding, fix);
        } else if let Some(checked) = &state.checked {
            let key = Key::all(&checked.report).into_iter().nth(finding);
            *waiting.borrow_mut() = key.map(|key| (key, fix));
        }
    })
}

/// Where images are read.
#[hook]
fn use_desk(
    state: &UseReducerHandle<State>,
    told: &Told,
    shared: &Shared,
    reading: &UseStateHandle<Reading>,
) -> Desk {
    let (reader, retired) = (use_mut_ref(|| None), use_mut_ref(Vec::new));
    let (helpers, chosen, earlier) =
        (use_mut_ref(Vec::new), use_mut_ref(|| None), use_mut_ref(Vec::new));
    let ended = told.checker.setter();
    let desk = Desk {
        line: shared.line.clone(),
        reader,
        helpers,
        retired,
        hear: shared.hear.clone(),
        state: state.dispatcher(),
        reading: reading.setter(),
        on_end: Rc::new(move || ended.set(Checker::Stopped)),
        chosen,
        earlier,
    };
    {
        let desk = desk.clone();
        use_effect_with(state.image.as_ref().map(|image| image.name.clone()), move |name| {
            if let Some(name) = name {
                desk.recall(name);
            }
        });
    }
    desk
}

/// Asks for the rules in the language of the page.
#[hook]
fn use_rules(lang: Lang, told: &Told, shared: &Shared) {
    let shared = shared.clone();
    use_effect_with((lang, *told.checker == Checker::Ready), move |(lang, is_ready)| {
        if *is_ready {
            shared.ask(&Ask::Rules { lang: lang.tag().to_owned() });
        }
    });
}

/// Tells screen readers, fonts and the style sheet how the page is to look.
#[hook]
fn use_look(lang: Lang, theme: memory::Theme) {
    use_effect_with((lang, theme), |(lang, theme)| {
        set_on_root("lang", if *lang == Lang::Zh { "zh-CN" } else { "en" });
        set_on_root("data-theme", theme.id());
    });
}

/// A page that is opened at an address begins there.
#[hook]
fn use_first(route: &UseStateHandle<Route>, leave: impl Fn(&Route) + 'static) {
    let route = (**route).clone();
    use_effect_with((), move |()| leave(&route));
}

/// Listens to the window; who hears changes with every drawing.
#[hook]
fn use_window(hearers: Hearers) {
    let latest = use_mut_ref(|| None);
    *latest.borrow_mut() = Some(hearers);
    use_effect_with((), move |()| {
        let listeners = listen(&latest);
        move || drop(listeners)
    });
}

/// Marks the page as loaded, worker included. Nothing is requested from here on; the browser
/// tests wait for this mark.
fn announce_ready() {
    set_on_root("data-ready", "true");
}

fn set_on_root(name: &str, value: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        // Fails only for names that are no attribute names.
        let _ = root.set_attribute(name, value);
    }
}
