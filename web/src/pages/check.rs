//! Check: documents on the left, findings on the right, platforms above.

use std::rc::Rc;

use plimsoll::text::{Lang, Text};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::editor::{Editor, marks, select};
use crate::components::findings::{Findings, items};
use crate::components::legible;
use crate::components::platforms::Platforms;
use crate::components::reading::reading;
use crate::examples::{EXAMPLES, files};
use crate::files::Parcel;
use crate::messages::{File, Job, RuleCard};
use crate::reading::Reading;
use crate::size::size;
use crate::state::{Action, ImageCard, State};
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
    /// What becomes of an image.
    pub reading: Reading,
    /// Applies a fix: index of the finding, index of the fix.
    pub on_fix: Callback<(usize, usize)>,
    /// Takes files that were chosen.
    pub on_parcel: Callback<Parcel>,
    /// Takes the image out of the project.
    pub on_remove_image: Callback<()>,
    /// Shows the page of the image.
    pub on_show_image: Callback<()>,
}

/// The state as the worker is asked about it.
pub fn job(state: &State, lang: Lang) -> Job {
    Job {
        revision: state.revision,
        files: state.files.clone(),
        platforms: state.platforms.clone(),
        image: state.image.as_ref().map(|image| image.name.clone()),
        lang: lang.tag().to_owned(),
    }
}

/// The page.
#[component]
pub fn CheckPage(props: &Props) -> Html {
    let Props { state, lang, .. } = props;
    let lang = *lang;
    let say = |text: Text| text.get(lang);
    let area = use_node_ref();
    {
        // A place is shown once its document is.
        let (area, state) = (area.clone(), state.clone());
        use_effect_with((state.target, state.open, state.is_image_open), move |_| {
            if let Some((start, end)) = state.target {
                if let Some(text) = shown_text(&state) {
                    select(&area, &text, start, end);
                }
                state.dispatch(Action::Landed);
            }
        });
    }
    let on_jump = {
        let state = state.clone();
        Callback::from(move |(path, start, end)| state.dispatch(Action::Jumped(path, start, end)))
    };
    let checked = state.checked.as_ref();
    let is_current = state.current().is_some();
    let findings = checked.map(|checked| items(&checked.report)).unwrap_or_default();
    let checked_platforms = checked
        .map(|one| one.report.fit.iter().map(|fit| fit.platform.clone()).collect::<Vec<_>>())
        .unwrap_or_default();
    let image = state.image.as_ref().filter(|_| state.is_image_open);
    let open = state.files.get(state.open).filter(|_| image.is_none());
    let marked = |path: &str| {
        state.current().map(|one| marks(&one.report.findings, path)).unwrap_or_default()
    };
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
                    { documents(props) }
                    { reading(&props.reading, lang) }
                    if let Some(image) = image {
                        { card(image, props) }
                        <Editor
                            label={format!("{} {}", say(words::TEXT_OF), legible(&image.name))}
                            text={image.description.clone()}
                            marks={marked(&image.name)}
                            area={area.clone()}
                            on_input={Callback::noop()}
                            is_fixed=true
                        />
                    }
                    if let Some(file) = open {
                        <Editor
                            label={format!("{} {}", say(words::TEXT_OF), legible(&file.path))}
                            text={file.text.clone()}
                            marks={marked(&file.path)}
                            area={area.clone()}
                            on_input={ let state = state.clone(); Callback::from(move |text| state.dispatch(Action::Typed(text))) }
                        />
                    }
                </div>
                <div class="right" aria-busy={if is_current { "false" } else { "true" }}>
                    <h3>{ say(words::FINDINGS) }</h3>
                    { for state.unreadable.iter().map(|(name, reason)| html! {
                        <p class="refused" role="alert"><strong>{ legible(name) }</strong>{ ": " }{ legible(&reason.render(lang)) }</p>
                    }) }
                    if state.files.is_empty() && state.image.is_none() {
                        <p class="quiet">{ say(words::NO_DOCUMENT) }</p>
                    } else if let Some(checked) = checked {
                        { for checked.refused.iter().map(|(path, reason)| html! {
                            <p class="refused"><strong>{ legible(path) }</strong>{ ": " }{ legible(reason) }</p>
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
                        <Findings {findings} rules={props.rules.clone()} {lang} {on_jump} on_fix={props.on_fix.clone()} />
                        { for checked.report.omitted.iter().map(|one| html! {
                            <p class="quiet omitted">{ omitted(one, lang) }</p>
                        }) }
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

/// How many findings of a rule in a document are not shown.
fn omitted(one: &plimsoll::report::Omitted, lang: Lang) -> String {
    let (count, rule, path) = (one.count, &one.rule, &one.path);
    match lang {
        Lang::En => format!("… and {count} more of {rule} in {path}"),
        Lang::Zh => format!("……{path} 中另有 {count} 条 {rule}"),
    }
}

/// The text in the editor.
fn shown_text(state: &State) -> Option<AttrValue> {
    if let Some(image) = state.image.as_ref().filter(|_| state.is_image_open) {
        return Some(image.description.clone());
    }
    state.files.get(state.open).map(|file| AttrValue::from(file.text.clone()))
}

/// What stands above the description of the image.
fn card(image: &ImageCard, props: &Props) -> Html {
    let show = props.on_show_image.reform(|_: MouseEvent| ());
    html! {
        <p class="quiet described">
            { size(image.bytes) }{ " · " }{ words::DESCRIPTION.get(props.lang) }{ " " }
            <button type="button" class="link" id="show-image" onclick={show}>{ words::SHOW_IMAGE.get(props.lang) }</button>
        </p>
    }
}

/// The list of documents, and the ways to get more.
fn documents(props: &Props) -> Html {
    let Props { state, lang, on_parcel, .. } = props;
    let say = |text: Text| text.get(*lang);
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
        let on_parcel = on_parcel.clone();
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(list) = field.files() {
                on_parcel.emit(Parcel::of_list(&list));
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
                    let current = (index == state.open && !state.is_image_open).then_some("true");
                    html! {
                        <li key={file.path.clone()}>
                            <button type="button" class="tab" aria-current={current} onclick={open}>{ legible(&file.path) }</button>
                            <button type="button" class="remove" aria-label={format!("{} {}", say(words::REMOVE), legible(&file.path))} onclick={remove}>{ "×" }</button>
                        </li>
                    }
                }) }
                if let Some(image) = &state.image {
                    <li key={image.name.clone()} class="of-image">
                        <button type="button" class="tab" aria-current={state.is_image_open.then_some("true")}
                            onclick={ let state = state.clone(); Callback::from(move |_: MouseEvent| state.dispatch(Action::ImageOpened)) }>{ legible(&image.name) }</button>
                        <button type="button" class="remove" aria-label={format!("{} {}", say(words::REMOVE), legible(&image.name))}
                            onclick={props.on_remove_image.reform(|_: MouseEvent| ())}>{ "×" }</button>
                    </li>
                }
            </ul>
            <form class="add" onsubmit={on_add}>
                <input type="text" id="new-name" aria-label={say(words::NEW_NAME)} placeholder="Dockerfile" autocomplete="off" spellcheck="false" />
                <button type="submit" id="add">{ say(words::ADD) }</button>
                <label class="button">{ say(words::OPEN_FILES) }<input type="file" multiple=true onchange={on_files.clone()} /></label>
                <label class="button">{ say(words::OPEN_FOLDER) }<input type="file" id="folder" webkitdirectory=true onchange={on_files} /></label>
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
