//! Fixes: one, all safe ones after a look at what they change, and comments that silence.

use std::rc::Rc;

use yew::prelude::*;

use super::inside::Inside;
use crate::check::fixes::Fixes;
use crate::messages::Ask;
use crate::state::Action;
use crate::state::finding::Key;
use crate::words;

/// Asks for a fix; if its finding speaks of an older text, as soon as it is known again.
#[hook]
pub fn use_fix(inside: &Inside) -> Callback<(usize, usize)> {
    let Inside { state, shared, latest, .. } = inside;
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

/// Asks for the comment that silences a finding.
pub(super) fn on_silence(inside: &Inside) -> Callback<usize> {
    let Inside { state, shared, lang, .. } = inside.clone();
    Callback::from(move |finding: usize| {
        if let Some(rule) = state.current().and_then(|one| one.report.findings.get(finding)) {
            let title = words::SILENCED.get(lang).replace("{rule}", &rule.rule);
            shared.ask(&Ask::Silence { revision: state.revision, finding, title });
        }
    })
}

/// Opens the choice of all safe fixes.
pub(super) fn on_fix_all(inside: &Inside) -> Callback<()> {
    let (is_fixing, preview) = (inside.is_fixing.setter(), inside.told.preview.setter());
    let state = inside.state.clone();
    Callback::from(move |()| {
        preview.set(None);
        is_fixing.set(state.current().is_some());
    })
}

/// The choice of all safe fixes, while it is open.
pub(super) fn fixes(inside: &Inside) -> Html {
    let Inside { state, told, shared, lang, .. } = inside;
    let report = state.current().map(|one| one.report.clone());
    let Some(report) = report.filter(|_| *inside.is_fixing) else { return Html::default() };
    let preview = told.preview.as_ref().filter(|one| one.revision == state.revision).cloned();
    let on_choice = {
        let (shared, state) = (shared.clone(), state.clone());
        Callback::from(move |(without, with)| {
            shared.ask(&Ask::Preview { revision: state.revision, without, with });
        })
    };
    let on_close = {
        let is_fixing = inside.is_fixing.setter();
        Callback::from(move |()| is_fixing.set(false))
    };
    let on_apply = {
        let (state, preview) = (state.dispatcher(), preview.clone());
        let is_fixing = inside.is_fixing.setter();
        Callback::from(move |()| {
            let Some(preview) = &preview else { return };
            let new = preview.texts.iter().map(|(path, _, new)| (path.clone(), new.clone()));
            let texts = new.collect();
            state.dispatch(Action::FixedAll { revision: preview.revision, texts });
            is_fixing.set(false);
        })
    };
    html! { <Fixes {report} {preview} lang={*lang} {on_choice} {on_apply} {on_close} /> }
}
