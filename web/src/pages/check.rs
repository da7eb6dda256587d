//! Check: documents on the left, findings on the right, platforms above.

use std::rc::Rc;

use plimsoll::text::{Lang, Text};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::editor::{Editor, marks, select};
use crate::components::findings::{Findings, items};
use crate::components::platforms::Platforms;
use crate::examples::{EXAMPLES, files};
use crate::files::read;
use crate::messages::{Ask, File, Job, RuleCard};
use crate::state::{Action, State};
use crate::words;

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The documents and the answer.
    pub state: UseReducerHandle<State>,
    /// Every rule, once the worker has told them.
    pub rules: Rc<[RuleCard]>,
    /// The language.
    pub lang: Lang,
    /// Asks the worker.
    pub on_ask: Callback<Ask>,
}

/// The state as the worker is asked about it.
pub fn job(state: &State, lang: Lang) -> Job {
    Job {
        revision: state.revision,
        files: state.files.clone(),
        platforms: state.platforms.clone(),
        lang: lang.tag().to_owned(),
    }
}

/// The page.
#[component]
pub fn CheckPage(props: &Props) -> Html {
    let Props { state, lang, on_ask, .. } = props;
    let lang = *lang;
    let say = |text: Text| text.get(lang);
    let area = use_node_ref();
    // A place in another document is shown once that document is.
    let pending = use_mut_ref(|| None::<(String, usize, usize)>);
    {
        let (area, pending, state) = (area.clone(), pending.clone(), state.clone());
        use_effect_with(state.open, move |_| {
            if let Some((path, start, end)) = pending.borrow_mut().take()
                && let Some(file) = state.files.get(state.open).filter(|file| file.path == path)
            {
                select(&area, &file.text, start, end);
            }
        });
    }
    let on_jump = {
        let (state, area) = (state.clone(), area.clone());
        Callback::from(move |(path, start, end): (String, usize, usize)| {
            let Some(index) = state.files.iter().position(|file| file.path == path) else { return };
            if index == state.open {
                select(&area, &state.files[index].text, start, end);
            } else {
                *pending.borrow_mut() = Some((path, start, end));
                state.dispatch(Action::Opened(index));
            }
        })
    };
    let on_fix = {
        let (state, on_ask) = (state.clone(), on_ask.clone());
        Callback::from(move |(finding, fix)| {
            // What is shown speaks of an older text: its numbers name other findings by now.
            if state.current().is_none() {
                return;
            }
            on_ask.emit(Ask::Fix { job: job(&state, lang), finding, fix });
        })
    };
    let checked = state.checked.as_ref();
    let is_current = state.current().is_some();
    let findings = checked.map(|checked| items(&checked.report)).unwrap_or_default();
    let checked_platforms = checked
        .map(|one| one.report.fit.iter().map(|fit| fit.platform.clone()).collect::<Vec<_>>())
        .unwrap_or_default();
    let open = state.files.get(state.open);
    let on_toggle = {
        let state = state.clone();
        Callback::from(move |platform| state.dispatch(Action::Toggled(platform)))
    };
    html! {
        <div class="check">
            <Platforms fits={checked.map(|one| one.fits.clone()).unwrap_or_default()}
                chosen={state.platforms.clone()} checked={checked_platforms} {lang} {on_toggle} />
            <div class="columns">
                <div class="left">
                    { documents(state, lang) }
                    if let Some(file) = open {
                        <Editor
                            label={format!("{} {}", say(words::TEXT_OF), file.path)}
                            text={file.text.clone()}
                            marks={state.current().map(|one| marks(&one.report.findings, &file.path)).unwrap_or_default()}
                            area={area.clone()}
                            on_input={ let state = state.clone(); Callback::from(move |text| state.dispatch(Action::Typed(text))) }
                        />
                    }
                </div>
                <div class="right" aria-busy={if is_current { "false" } else { "true" }}>
                    <h3>{ say(words::FINDINGS) }</h3>
                    { for state.unreadable.iter().map(|(name, reason)| html! {
                        <p class="refused" role="alert"><strong>{ name.clone() }</strong>{ ": " }{ reason.render(lang) }</p>
                    }) }
                    if state.files.is_empty() {
                        <p class="quiet">{ say(words::NO_DOCUMENT) }</p>
                    } else if let Some(checked) = checked {
                        { for checked.refused.iter().map(|(path, reason)| html! {
                            <p class="refused"><strong>{ path.clone() }</strong>{ ": " }{ reason.clone() }</p>
                        }) }
                        if checked.report.fit.is_empty() {
                            <p class="quiet">{ say(words::NO_PLATFORM) }</p>
                        }
                        // Screen readers are told the sum, not every finding at every key.
                        <div role="status">
                            if findings.is_empty() {
                                <p class="good">{ say(words::NOTHING_FOUND) }</p>
                            } else {
                                <p class="sum">{ sum(&checked.report, lang) }</p>
                            }
                        </div>
                        <Findings {findings} rules={props.rules.clone()} {lang} {on_jump} {on_fix} />
                    } else {
                        <p class="quiet">{ say(words::CHECKING) }</p>
                    }
                </div>
            </div>
        </div>
    }
}

fn sum(report: &plimsoll::Report, lang: Lang) -> String {
    let counts = report.summary;
    let parts = [
        (counts.errors, words::ERROR),
        (counts.warnings, words::WARNING),
        (counts.infos, words::INFO),
    ];
    let shown = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| match lang {
        Lang::En if *count > 1 => format!("{count} {}s", word.en),
        _ => format!("{count} {}", word.get(lang)),
    });
    shown.collect::<Vec<_>>().join(" · ")
}

/// The list of documents, and the ways to get more.
fn documents(state: &UseReducerHandle<State>, lang: Lang) -> Html {
    let say = |text: Text| text.get(lang);
    let on_add = {
        let state = state.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(form) = event.target_dyn_into::<web_sys::HtmlFormElement>() else { return };
            let field = form.query_selector("input[type=text]").ok().flatten();
            let Some(field) = field.and_then(|one| one.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            let path = field.value().trim().to_owned();
            let path = if path.is_empty() { "Dockerfile".to_owned() } else { path };
            state.dispatch(match state.files.iter().position(|file| file.path == path) {
                Some(index) => Action::Opened(index),
                None => Action::Added(File { path, text: String::new() }),
            });
            field.set_value("");
        })
    };
    let on_files = {
        let state = state.clone();
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(list) = field.files() {
                read(&list, &state.dispatcher());
            }
            field.set_value("");
        })
    };
    html! {
        <section class="documents" aria-label={say(words::DOCUMENTS)}>
            <ul class="tabs">
                { for state.files.iter().enumerate().map(|(index, file)| {
                    let open = { let state = state.clone(); Callback::from(move |_: MouseEvent| state.dispatch(Action::Opened(index))) };
                    let remove = { let state = state.clone(); Callback::from(move |_: MouseEvent| state.dispatch(Action::Removed(index))) };
                    let current = (index == state.open).then_some("true");
                    html! {
                        <li key={file.path.clone()}>
                            <button type="button" class="tab" aria-current={current} onclick={open}>{ file.path.clone() }</button>
                            <button type="button" class="remove" aria-label={format!("{} {}", say(words::REMOVE), file.path)} onclick={remove}>{ "×" }</button>
                        </li>
                    }
                }) }
            </ul>
            <form class="add" onsubmit={on_add}>
                <input type="text" id="new-name" aria-label={say(words::NEW_NAME)} placeholder="Dockerfile" autocomplete="off" spellcheck="false" />
                <button type="submit" id="add">{ say(words::ADD) }</button>
                <label class="button">{ say(words::OPEN_FILES) }<input type="file" multiple=true onchange={on_files} /></label>
                <span class="quiet">{ say(words::DROP) }</span>
            </form>
            <p class="examples">
                <span>{ say(words::EXAMPLES) }{ ": " }</span>
                { for EXAMPLES.iter().map(|(name, example)| {
                    let state = state.clone();
                    let open = Callback::from(move |_: MouseEvent| state.dispatch(Action::Replaced(files(example))));
                    html! { <button type="button" class="link" data-example={*name} onclick={open}>{ *name }</button> }
                }) }
            </p>
        </section>
    }
}
