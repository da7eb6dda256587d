//! The part of the page that its address names.

use std::rc::Rc;

use yew::prelude::*;

use super::checker::{Checker, Shared};
use super::desk::on_image;
use super::events::go;
use super::fixing::{on_fix_all, on_silence};
use super::header::title;
use super::inside::Inside;
use super::route::Route;
use super::window::{on_parcel, step};
use crate::check::{CheckPage, item};
use crate::editor::EditorAsk;
use crate::messages::{Ask, RuleCard, Spot};
use crate::pages::credentials::{CredentialsPage, Question};
use crate::pages::image::ImagePage;
use crate::pages::package::PackagePage;
use crate::pages::rules::RulesPage;
use crate::reading::Desk;
use crate::state::Action;
use crate::state::finding::Key;

/// A fix of a finding: which of each.
type OnFix = Callback<(usize, usize)>;

/// The part that is shown.
pub(super) fn part(inside: &Inside, on_fix: &OnFix) -> Html {
    let part = match &*inside.route {
        Route::Check => return check(inside, on_fix),
        Route::Image => image(inside, on_fix),
        Route::Credentials => credentials(inside),
        Route::Rules(named) => return catalogue(inside, named),
    };
    html! {
        <main class="page old" id="main" tabindex="-1">
            <h1 class="vh">{ title(&inside.route).get(inside.lang) }</h1>
            { part }
        </main>
    }
}

fn catalogue(inside: &Inside, named: &str) -> Html {
    html! {
        <main class="page flush" id="main" tabindex="-1">
            <h1 class="vh">{ title(&inside.route).get(inside.lang) }</h1>
            <RulesPage rules={rules(inside)} lang={inside.lang} named={named.to_owned()} search={inside.search.clone()} />
        </main>
    }
}

fn rules(inside: &Inside) -> Rc<[RuleCard]> {
    (*inside.told.rules).clone()
}

fn on_rule() -> Callback<String> {
    Callback::from(|rule: String| go(&Route::Rules(rule)))
}

fn on_ask(shared: &Shared) -> Callback<Ask> {
    let shared = shared.clone();
    Callback::from(move |ask: Ask| shared.ask(&ask))
}

fn at_desk(inside: &Inside, act: fn(&Desk)) -> Callback<()> {
    let desk = inside.desk.clone();
    Callback::from(move |()| act(&desk))
}

fn check(inside: &Inside, on_fix: &OnFix) -> Html {
    let Inside { state, told, shared, latest, .. } = inside;
    let on_fit = {
        let (shared, latest) = (shared.clone(), latest.clone());
        Callback::from(move |platform| {
            let revision = latest.borrow().revision;
            shared.ask(&Ask::Fit { revision, platform });
        })
    };
    let on_report = {
        let (shared, latest) = (shared.clone(), latest.clone());
        Callback::from(move |form| {
            let revision = latest.borrow().revision;
            shared.ask(&Ask::Report { revision, form });
        })
    };
    let on_step = {
        let latest = latest.clone();
        Callback::from(move |back| step(&latest, back))
    };
    html! {
        <CheckPage state={state.clone()} rules={rules(inside)} lang={inside.lang}
            is_ready={*told.checker == Checker::Ready} reading={(*inside.reading).clone()}
            other_fit={(*told.fit).clone()} {on_fit} {on_report}
            on_ask={on_editor_ask(inside)} assist={(*told.assist).clone()}
            on_fix={on_fix.clone()} on_silence={on_silence(inside)}
            on_fix_all={on_fix_all(inside)} {on_step} on_rule={on_rule()}
            on_parcel={on_parcel(inside)} on_remove_image={at_desk(inside, Desk::remove)}
            on_show_image={Callback::from(|()| go(&Route::Image))} />
    }
}

fn image(inside: &Inside, on_fix: &OnFix) -> Html {
    let state = &inside.state;
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
        <ImagePage lang={inside.lang} state={state.clone()} rules={rules(inside)}
            reading={(*inside.reading).clone()} folder={(*inside.told.folder).clone()}
            on_open={on_image(inside)} on_stop={at_desk(inside, Desk::stop)}
            on_read_layers={at_desk(inside, Desk::read_layers)}
            on_remove={at_desk(inside, Desk::remove)} on_ask={on_ask(&inside.shared)} {on_jump}
            on_fix={on_fix.clone()} {on_open_finding} on_rule={on_rule()} />
    }
}

fn credentials(inside: &Inside) -> Html {
    let (told, lang) = (&inside.told, inside.lang);
    let on_change = {
        let (encoded, decoded) = (told.encoded.setter(), told.decoded.setter());
        Callback::from(move |question| match question {
            Question::Encode => encoded.set(None),
            Question::Decode => decoded.set(None),
        })
    };
    let (encoded, decoded) = ((*told.encoded).clone(), (*told.decoded).clone());
    html! {
        <>
            <CredentialsPage {lang} {encoded} {decoded} on_ask={on_ask(&inside.shared)} {on_change} />
            <PackagePage {lang} />
        </>
    }
}

/// Asks the worker what the editor wants to know of the open document.
fn on_editor_ask(inside: &Inside) -> Callback<EditorAsk> {
    let (latest, shared, lang) = (inside.latest.clone(), inside.shared.clone(), inside.lang);
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
