//! The open document: its name and kind, what can be done with it, and its text.

use std::rc::Rc;

use plimsoll::Kind;
use plimsoll::text::{Lang, Text};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::components::icon;
use crate::components::legible;
use crate::components::rich::rich;
use crate::downloads::{copy, download};
use crate::editor::viewer::{Viewer, is_too_large};
use crate::editor::{Assist, Editor, EditorAsk};
use crate::size::size;
use crate::state::document::{Document, DocumentId};
use crate::state::{Action, ImageCard, State, paths};
use crate::words;

/// What the sheet is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The project.
    pub state: UseReducerHandle<State>,
    /// The language.
    pub lang: Lang,
    /// Applies a fix: index of the finding, of the fix.
    pub on_fix: Callback<(usize, usize)>,
    /// Opens a finding in the list.
    pub on_open: Callback<usize>,
    /// Goes to the next finding, or to the one before.
    pub on_step: Callback<bool>,
    /// What the editor asks of the worker.
    pub on_ask: Callback<EditorAsk>,
    /// What the worker has told of a place in the open text.
    pub assist: Option<Rc<Assist>>,
    /// Shows the page of the image.
    pub on_show_image: Callback<()>,
    /// Shows the project's documents, where they have no column of their own.
    pub on_files: Callback<()>,
}

/// The sheet.
#[component]
pub fn Sheet(props: &Props) -> Html {
    let Props { state, lang, .. } = props;
    let say = |text: Text| text.get(*lang);
    // Of the text as it is when it is taken: what was typed last may not be drawn yet.
    let on_take = use_callback(state.clone(), |way: Taking, state| {
        let Some(document) = state.open_document() else { return };
        match way {
            Taking::Copy => copy(document.text()),
            Taking::Download => download(paths::name(&document.path), document.text()),
        }
    });
    html! {
        <section class="sheet" aria-label={say(words::EDITOR)}>
            if state.is_example { { hint(props) } }
            if let Some(document) = state.open_document() {
                <Bar key={format!("bar-{}", document.id.0)} document={Of(document.clone())} kind={kind_of(state, &document.path)} lang={*lang} dispatch={state.dispatcher()} {on_take} on_files={props.on_files.clone()} count={state.documents.len()} />
                <Text_ key={format!("text-{}", document.id.0)} document={Of(document.clone())} props={props.clone()} />
            } else if let Some(image) = state.open_image() {
                { card(image, props) }
                <Viewer text={image.description.clone()} label={format!("{} {}", say(words::TEXT_OF), legible(&image.name))} places={places_of(state, &image.name)} target={state.target} dispatch={state.dispatcher()} />
            } else {
                <div class="fine">
                    { icon::icon("logo") }
                    <h2>{ say(words::EMPTY_TITLE) }</h2>
                    <p>{ say(words::NO_DOCUMENT) }</p>
                </div>
            }
        </section>
    }
}

/// How a text is taken out of the page.
#[derive(Clone, Copy)]
enum Taking {
    Copy,
    Download,
}

/// A document that is the same only if nothing of it has changed.
#[derive(Clone)]
struct Of(Rc<Document>);

impl PartialEq for Of {
    fn eq(&self, other: &Of) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

fn kind_of(state: &State, path: &str) -> Option<AttrValue> {
    let documents = &state.checked.as_ref()?.report.documents;
    documents.iter().find(|one| one.path == path).map(|one| AttrValue::from(one.kind.to_string()))
}

fn places_of(state: &State, path: &str) -> Vec<crate::state::places::Place> {
    let Some(checked) = state.current() else { return Vec::new() };
    let own = checked.report.findings.iter().zip(0..).filter(|(finding, _)| finding.path == path);
    own.map(|(finding, index)| {
        let (start, end) = (finding.span.start.offset as usize, finding.span.end.offset as usize);
        (start, end, crate::state::painting::Rank::of(&finding.severity), index)
    })
    .collect()
}

/// What stands above an example.
fn hint(props: &Props) -> Html {
    let empty = {
        let state = props.state.dispatcher();
        Callback::from(move |_: MouseEvent| state.dispatch(Action::Emptied))
    };
    html! {
        <div class="hint">
            <span><b>{ words::IS_EXAMPLE.get(props.lang) }</b>{ " " }{ rich(words::PASTE_YOUR_OWN.get(props.lang)) }</span>
            <button type="button" class="btn sm" id="start-empty" onclick={empty}>{ words::START_EMPTY.get(props.lang) }</button>
        </div>
    }
}

/// What stands above the description of the image.
fn card(image: &ImageCard, props: &Props) -> Html {
    let show = props.on_show_image.reform(|_: MouseEvent| ());
    html! {
        <div class="bar described">
            <h2>{ legible(&image.name) }</h2>
            <span class="cut" title={words::DESCRIPTION.get(props.lang)}>{ size(image.bytes) }{ " · " }{ words::DESCRIPTION.get(props.lang) }</span>
            <span class="end"><button type="button" class="btn sm" id="show-image" onclick={show}>{ words::SHOW_IMAGE.get(props.lang) }</button></span>
        </div>
    }
}

/// What the bar is given.
#[derive(Clone, PartialEq, Properties)]
struct BarProps {
    document: Of,
    kind: Option<AttrValue>,
    lang: Lang,
    dispatch: UseReducerDispatcher<State>,
    on_take: Callback<Taking>,
    on_files: Callback<()>,
    count: usize,
}

/// Name, kind and actions of a document.
#[component]
fn Bar(props: &BarProps) -> Html {
    let document = &props.document.0;
    let say = |text: Text| text.get(props.lang);
    let (id, dispatch) = (document.id, &props.dispatch);
    let is_renaming = use_state_eq(|| false);
    let act = |action: fn(DocumentId) -> Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action(id)))
    };
    let on_copy = props.on_take.reform(|_: MouseEvent| Taking::Copy);
    let on_download = props.on_take.reform(|_: MouseEvent| Taking::Download);
    let rename = {
        let is_renaming = is_renaming.setter();
        Callback::from(move |_: MouseEvent| is_renaming.set(true))
    };
    let chosen = document.kind.as_deref();
    html! {
        <div class="bar">
            <button type="button" class="btn sm bare files-btn" onclick={props.on_files.reform(|_: MouseEvent| ())}>{ icon::icon("list") }{ format!("{} {}", say(words::FILES), props.count) }</button>
            if *is_renaming {
                <Name path={AttrValue::from(document.path.to_string())} lang={props.lang} on_done={ let (dispatch, is_renaming) = (dispatch.clone(), is_renaming.setter()); Callback::from(move |path: Option<String>| { is_renaming.set(false); if let Some(path) = path { dispatch.dispatch(Action::Renamed(id, path)); } }) } />
            } else {
                <h2><button type="button" class="link" id="rename" title={say(words::RENAME)} onclick={rename}><span class="vh">{ say(words::RENAME) }{ " " }</span>{ legible(&document.path) }</button></h2>
            }
            <select class="btn sm" id="kind" aria-label={say(words::KIND)} onchange={ let dispatch = dispatch.clone(); Callback::from(move |event: Event| { let kind = event.target_unchecked_into::<HtmlSelectElement>().value(); dispatch.dispatch(Action::KindChosen(id, (!kind.is_empty()).then_some(kind))); }) }>
                <option value="" selected={chosen.is_none()}>
                    { match props.kind.as_deref().and_then(words::kind) {
                        Some(kind) if chosen.is_none() => kind.get(props.lang),
                        _ => say(words::KIND_TOLD),
                    } }
                </option>
                { for Kind::ALL.iter().filter(|kind| **kind != Kind::Image).map(|kind| html! {
                    <option value={kind.id()} selected={chosen == Some(kind.id())}>{ words::kind(kind.id()).map_or(kind.id(), |word| word.get(props.lang)) }</option>
                }) }
            </select>
            <span class="end">
                <button type="button" class="btn sm bare ic" id="undo" aria-label={say(words::UNDO)} title={format!("{}  Ctrl Z", say(words::UNDO))} onclick={act(|_| Action::Undone)}>{ icon::icon("undo") }</button>
                <button type="button" class="btn sm bare ic" id="redo" aria-label={say(words::REDO)} title={format!("{}  Ctrl Y", say(words::REDO))} onclick={act(|_| Action::Redone)}>{ icon::icon("redo") }</button>
                <button type="button" class="btn sm bare ic" id="copy" aria-label={say(words::COPY_TEXT)} title={say(words::COPY_TEXT)} onclick={on_copy}>{ icon::icon("copy") }</button>
                <button type="button" class="btn sm bare ic" id="download" aria-label={say(words::DOWNLOAD)} title={format!("{}  Ctrl S", say(words::DOWNLOAD))} onclick={on_download}>{ icon::icon("save") }</button>
            </span>
        </div>
    }
}

/// What the field of a new name is given.
#[derive(Clone, PartialEq, Properties)]
struct NameProps {
    path: AttrValue,
    lang: Lang,
    on_done: Callback<Option<String>>,
}

/// The field of a new name: Enter or leaving it renames, Escape does not.
#[component]
fn Name(props: &NameProps) -> Html {
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                // Fails only where there is no window.
                let _ = field.focus();
                field.select();
            }
        });
    }
    let on_key = {
        let on_done = props.on_done.clone();
        Callback::from(move |event: KeyboardEvent| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            match event.key().as_str() {
                "Enter" => on_done.emit(Some(field.value())),
                "Escape" => {
                    event.stop_propagation();
                    on_done.emit(None);
                }
                _ => {}
            }
        })
    };
    let on_blur = {
        let on_done = props.on_done.clone();
        Callback::from(move |event: FocusEvent| {
            on_done.emit(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    html! {
        <input class="field" id="name" ref={field} value={props.path.clone()} aria-label={words::RENAME.get(props.lang)} spellcheck="false" autocomplete="off" onkeydown={on_key} onblur={on_blur} />
    }
}

/// What the text is given.
#[derive(Clone, PartialEq, Properties)]
struct TextProps {
    document: Of,
    props: Props,
}

/// The text of a document: to be edited, or only shown where it is too large for a text area.
#[component]
fn Text_(props: &TextProps) -> Html {
    let edits_anyway = use_state_eq(|| false);
    let document = &props.document.0;
    let Props { state, lang, on_fix, on_open, on_step, .. } = &props.props;
    if is_too_large(document.area()) && !*edits_anyway {
        let edit = {
            let edits_anyway = edits_anyway.setter();
            Callback::from(move |_: MouseEvent| edits_anyway.set(true))
        };
        return html! {
            <div class="large">
                <p class="hint"><span>{ words::TOO_LARGE_TO_EDIT.get(*lang) }</span><button type="button" class="btn sm" id="edit-anyway" onclick={edit}>{ words::EDIT_ANYWAY.get(*lang) }</button></p>
                <Viewer text={AttrValue::from(document.text().to_string())} label={format!("{} {}", words::TEXT_OF.get(*lang), legible(&document.path))} places={places_of(state, &document.path)} target={state.target} dispatch={state.dispatcher()} />
            </div>
        };
    }
    html! {
        <Editor document={document.clone()} kind={kind_of(state, &document.path)} lang={*lang}
            report={state.current().map(|one| one.report.clone())} target={state.target} dispatch={state.dispatcher()}
            on_fix={on_fix.clone()} on_open={on_open.clone()} on_step={on_step.clone()} on_ask={props.props.on_ask.clone()} assist={props.props.assist.clone()} />
    }
}
