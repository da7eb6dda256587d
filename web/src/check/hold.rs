//! The project: its documents with their kinds and what was found in each, and the ways to get more.

use std::collections::HashMap;
use std::rc::Rc;

use plimsoll::text::{Lang, Text};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::tree::{Row, rows};
use crate::bundle::zip;
use crate::components::counts::{number, of_rank};
use crate::components::icon;
use crate::components::legible;
use crate::downloads::download_bytes;
use crate::examples::{EXAMPLES, files};
use crate::files::Parcel;
use crate::messages::{File, ReportForm};
use crate::size::size;
use crate::state::document::Document;
use crate::state::painting::Rank;
use crate::state::{Action, Shown, State, paths};
use crate::words;

/// What the column is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The project.
    pub state: UseReducerHandle<State>,
    /// The language.
    pub lang: Lang,
    /// Takes files that were chosen.
    pub on_parcel: Callback<Parcel>,
    /// Has the whole report downloaded.
    pub on_report: Callback<ReportForm>,
    /// Takes the image out of the project.
    pub on_remove_image: Callback<()>,
}

/// How many findings of each severity: errors, warnings, infos.
type Counts = [usize; 3];

/// The column.
#[component]
pub fn Hold(props: &Props) -> Html {
    let Props { state, lang, on_parcel, .. } = props;
    let lang = *lang;
    let say = |text: Text| text.get(lang);
    let closed = use_state(Vec::<String>::new);
    let has_menu = use_state_eq(|| false);
    let menu = use_node_ref();
    crate::components::outside::use_outside(&menu, *has_menu, {
        let has_menu = has_menu.setter();
        Callback::from(move |()| has_menu.set(false))
    });
    let on_files = {
        let on_parcel = on_parcel.clone();
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(list) = field.files() {
                on_parcel.emit(Parcel::of_list(&list));
            }
            // The same file may be chosen again.
            field.set_value("");
        })
    };
    let on_new = {
        let state = state.dispatcher();
        Callback::from(move |_: MouseEvent| {
            let (path, text) = ("Dockerfile".to_owned(), String::new());
            state.dispatch(Action::Added(vec![File { path, text, kind: None }]));
        })
    };
    let toggle_menu = {
        let has_menu = has_menu.clone();
        Callback::from(move |_: MouseEvent| has_menu.set(!*has_menu))
    };
    let on_empty = {
        let (state, has_menu) = (state.dispatcher(), has_menu.setter());
        Callback::from(move |_: MouseEvent| {
            has_menu.set(false);
            state.dispatch(Action::Emptied);
        })
    };
    let on_download = {
        let (state, has_menu) = (state.clone(), has_menu.setter());
        Callback::from(move |_: MouseEvent| {
            has_menu.set(false);
            let files = state.documents.iter().map(|one| (&*one.path, &**one.text()));
            if let Some(bytes) = zip(files) {
                download_bytes("plimsoll.zip", &bytes, "application/zip");
            }
        })
    };
    let counts = counts(state);
    let kinds = kinds(state);
    let paths: Vec<&str> = state.documents.iter().map(|document| &*document.path).collect();
    html! {
        <aside class="hold" aria-label={say(words::PROJECT)}>
            <header>
                <h2>{ say(words::PROJECT) }</h2>
                <button type="button" class="btn sm bare ic" id="new" aria-label={say(words::NEW_DOCUMENT)} title={say(words::NEW_DOCUMENT)} onclick={on_new}>{ icon::icon("plus") }</button>
                <label class="btn sm bare ic" title={say(words::OPEN_FILES)}><span class="vh">{ say(words::OPEN_FILES) }</span>{ icon::icon("doc") }<input type="file" id="files" class="vh" multiple=true onchange={on_files.clone()} /></label>
                <label class="btn sm bare ic" title={say(words::OPEN_FOLDER)}><span class="vh">{ say(words::OPEN_FOLDER) }</span>{ icon::icon("folder") }<input type="file" id="folder" class="vh" webkitdirectory=true onchange={on_files} /></label>
                <span class="holds-menu" ref={menu}>
                    <button type="button" class="btn sm bare ic" id="more" aria-haspopup="true" aria-expanded={if *has_menu { "true" } else { "false" }} aria-label={say(words::MORE)} title={say(words::MORE)} onclick={toggle_menu}>{ icon::icon("more") }</button>
                    if *has_menu {
                        <div class="menu">
                            { examples(props, &has_menu.setter()) }
                            if state.documents.len() > 1 {
                                <button type="button" id="download-all" onclick={on_download}>{ say(words::DOWNLOAD_ALL) }</button>
                            }
                            if state.current().is_some() {
                                { for ReportForm::ALL.into_iter().map(|form| report(props, &has_menu, form)) }
                            }
                            <button type="button" id="empty" onclick={on_empty}>{ say(words::REMOVE_ALL) }</button>
                        </div>
                    }
                </span>
            </header>
            <div class="tree">
                <ul>
                    { for rows(paths, &closed).into_iter().map(|row| match row {
                        Row::Folder { path, depth, is_open, inside } => folder(props, &closed, (path, depth, is_open), &sum(&counts, &inside)),
                        Row::File { index, depth } => html! {
                            { for state.documents.get(index).map(|document| file(props, document, depth, &counts[index], kinds.get(&*document.path).map(|kind| &**kind))) }
                        },
                    }) }
                    { for state.image.iter().map(|image| {
                        let open = { let state = state.dispatcher(); Callback::from(move |_: MouseEvent| state.dispatch(Action::ImageOpened)) };
                        let current = (state.shown == Shown::Image).then_some("true");
                        html! {
                            <li>
                                <button type="button" class="file of-image" aria-current={current} onclick={open}>
                                    { icon::icon("layers") }<span class="name">{ legible(&image.name) }</span><span class="kind">{ size(image.bytes) }</span>
                                </button>
                                <button type="button" class="btn sm bare ic remove" aria-label={format!("{} {}", say(words::REMOVE), legible(&image.name))} onclick={props.on_remove_image.reform(|_: MouseEvent| ())}>{ icon::icon("close") }</button>
                            </li>
                        }
                    }) }
                </ul>
            </div>
            <p class="drop">{ say(words::PASTE_OR_DROP) }</p>
            if state.is_example {
                <nav class="more" aria-label={say(words::EXAMPLES)}><h3 class="h">{ say(words::EXAMPLES) }</h3>{ examples(props, &has_menu.setter()) }</nav>
            }
        </aside>
    }
}

/// Takes the report along in one form.
fn report(props: &Props, has_menu: &UseStateHandle<bool>, form: ReportForm) -> Html {
    let word = match form {
        ReportForm::Html => words::REPORT_HTML,
        ReportForm::Markdown => words::REPORT_MARKDOWN,
        ReportForm::Json => words::REPORT_JSON,
    };
    let onclick = {
        let (on_report, has_menu) = (props.on_report.clone(), has_menu.setter());
        Callback::from(move |_: MouseEvent| {
            has_menu.set(false);
            on_report.emit(form);
        })
    };
    let id = format!("report-{}", form.extension());
    html! { <button type="button" {id} {onclick}>{ word.get(props.lang) }</button> }
}

fn examples(props: &Props, has_menu: &UseStateSetter<bool>) -> Html {
    html! {
        <ul>
            { for EXAMPLES.iter().map(|example| {
                let (state, has_menu) = (props.state.dispatcher(), has_menu.clone());
                let open = Callback::from(move |_: MouseEvent| {
                    has_menu.set(false);
                    state.dispatch(Action::Example(files(example)));
                });
                html! { <li><button type="button" class="link" data-example={example.id} onclick={open}>{ example.title.get(props.lang) }</button></li> }
            }) }
        </ul>
    }
}

fn counts(state: &State) -> Vec<Counts> {
    let Some(checked) = &state.checked else {
        return vec![Counts::default(); state.documents.len()];
    };
    let mut by_path: HashMap<&str, Counts> = HashMap::new();
    for finding in &checked.report.findings {
        by_path.entry(&finding.path).or_default()[slot(Rank::of(&finding.severity))] += 1;
    }
    let of = |document: &Rc<Document>| by_path.get(&*document.path).copied().unwrap_or_default();
    state.documents.iter().map(of).collect()
}

fn slot(rank: Rank) -> usize {
    match rank {
        Rank::Error => 0,
        Rank::Warning => 1,
        Rank::Info => 2,
    }
}

fn sum(counts: &[Counts], indices: &[usize]) -> Counts {
    let mut sum = Counts::default();
    for one in indices.iter().filter_map(|&index| counts.get(index)) {
        for (sum, count) in sum.iter_mut().zip(one) {
            *sum += count;
        }
    }
    sum
}

fn kinds(state: &State) -> HashMap<&str, String> {
    let documents = state.checked.iter().flat_map(|checked| &checked.report.documents);
    documents.map(|document| (document.path.as_str(), document.kind.to_string())).collect()
}

fn marks(counts: &Counts, lang: Lang) -> Html {
    let shown = [(Rank::Error, "sev-e"), (Rank::Warning, "sev-w"), (Rank::Info, "sev-i")];
    // Of three kinds the two worst are told; the third would crowd out the name.
    let shown = shown.into_iter().zip(counts).filter(|(_, count)| **count > 0).take(2);
    html! {
        { for shown.map(|((rank, class), &count)| html! {
            <span class={classes!("count", class)}>
                { icon::of_rank(rank) }<span aria-hidden="true">{ number(count) }</span><span class="vh">{ format!(" {}", of_rank(count, rank, lang)) }</span>
            </span>
        }) }
    }
}

fn folder(
    props: &Props,
    closed: &UseStateHandle<Vec<String>>,
    (path, depth, is_open): (String, usize, bool),
    counts: &Counts,
) -> Html {
    let name = legible(paths::name(&path));
    let toggle = {
        let (closed, path) = (closed.clone(), path.clone());
        Callback::from(move |_: MouseEvent| {
            let mut next = (*closed).clone();
            match next.iter().position(|one| *one == path) {
                Some(index) => {
                    next.remove(index);
                }
                None => next.push(path.clone()),
            }
            closed.set(next);
        })
    };
    html! {
        <li key={format!("{path}/")}>
            <button type="button" class={classes!("file", depth_class(depth))} aria-expanded={if is_open { "true" } else { "false" }} onclick={toggle}>
                { icon::small(if is_open { "down" } else { "right" }, "") }{ icon::icon("folder") }
                <span class="name">{ name }</span>{ marks(counts, props.lang) }
            </button>
        </li>
    }
}

fn depth_class(depth: usize) -> String {
    format!("d{}", depth.min(6))
}

fn file(
    props: &Props,
    document: &Rc<Document>,
    depth: usize,
    counts: &Counts,
    kind: Option<&str>,
) -> Html {
    let id = document.id;
    let is_open = props.state.shown == Shown::Document(id);
    let open = {
        let state = props.state.dispatcher();
        Callback::from(move |_: MouseEvent| state.dispatch(Action::Opened(id)))
    };
    let remove = {
        let state = props.state.dispatcher();
        Callback::from(move |_: MouseEvent| state.dispatch(Action::Removed(id)))
    };
    let name = legible(paths::name(&document.path));
    let is_known = kind.is_some();
    let is_checked = props.state.current().is_some();
    let word = match kind.and_then(words::kind_short) {
        Some(word) => word.get(props.lang),
        None if !is_known && is_checked && !document.text().is_empty() => {
            words::NOT_CHECKED.get(props.lang)
        }
        None => "",
    };
    html! {
        <li key={id.0}>
            <button type="button" class={classes!("file", depth_class(depth), (!is_known && is_checked).then_some("off"))} aria-current={is_open.then_some("true")} data-path={document.path.to_string()} title={legible(&document.path)} onclick={open}>
                { icon::icon("doc") }<span class="name">{ name.clone() }</span><span class="kind">{ word }</span>{ marks(counts, props.lang) }
            </button>
            <button type="button" class="btn sm bare ic remove" aria-label={format!("{} {name}", words::REMOVE.get(props.lang))} title={words::REMOVE.get(props.lang)} onclick={remove}>{ icon::icon("close") }</button>
        </li>
    }
}
