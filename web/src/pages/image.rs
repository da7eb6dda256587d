//! Image: an archive of any size, its layers, sizes, configuration and files.

use std::rc::Rc;

use plimsoll::report::{InspectedImage, Inspection};
use plimsoll::text::{Lang, Text, visible_lines};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::archive::Image;
use crate::check::finding::FindingItem;
use crate::components::layers::{layers, waste};
use crate::components::legible;
use crate::components::reading::reading;
use crate::files::Parcel;
use crate::messages::{Ask, RuleCard, TreeEntry};
use crate::reading::Reading;
use crate::size::size;
use crate::state::{ImageCard, State};
use crate::words;

/// What lies in a folder of the image.
#[derive(Clone, Default, PartialEq)]
pub struct Folder {
    /// The folder.
    pub path: String,
    /// What lies in it.
    pub entries: Vec<TreeEntry>,
}

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The language.
    pub lang: Lang,
    /// The project.
    pub state: UseReducerHandle<State>,
    /// Every rule, once the worker has told them.
    pub rules: Rc<[RuleCard]>,
    /// What becomes of an image.
    pub reading: Reading,
    /// The folder that is open.
    pub folder: Folder,
    /// Reads an image.
    pub on_open: Callback<Image>,
    /// Stops the reading.
    pub on_stop: Callback<()>,
    /// Reads the layers.
    pub on_read_layers: Callback<()>,
    /// Takes the image out of the project.
    pub on_remove: Callback<()>,
    /// Asks the worker.
    pub on_ask: Callback<Ask>,
    /// Shows a place on the page Check.
    pub on_jump: Callback<(String, usize, usize)>,
    /// Applies a fix.
    pub on_fix: Callback<(usize, usize)>,
    /// Opens a finding, or none.
    pub on_open_finding: Callback<Option<usize>>,
    /// Shows a rule on its page.
    pub on_rule: Callback<String>,
}

/// The page.
#[component]
pub fn ImagePage(props: &Props) -> Html {
    let lang = props.lang;
    let say = |text: Text| text.get(lang);
    // Which of the archive's images is shown.
    let shown = use_state(|| 0_usize);
    let on_file = {
        let (on_open, shown) = (props.on_open.clone(), shown.clone());
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            let image = field.files().and_then(|list| Parcel::of_list(&list).into_archive());
            if let Some(image) = image {
                shown.set(0);
                on_open.emit(image);
            }
            field.set_value("");
        })
    };
    let looked = match &props.reading {
        Reading::Underway { looked: Some(looked), .. } => Some(looked.clone()),
        _ => None,
    };
    html! {
        <div class="image">
            <p class="promise">{ say(words::IMAGE_PROMISE) }</p>
            <p class="actions">
                <label class="button">{ say(words::OPEN_ARCHIVE) }<input type="file" id="archive" onchange={on_file.clone()} /></label>
                <label class="button">{ say(words::OPEN_FOLDER) }<input type="file" id="layout" webkitdirectory=true onchange={on_file} /></label>
                <span class="quiet">{ say(words::DROP) }</span>
            </p>
            { underway(props) }
            if let Some(image) = &props.state.image {
                { joined(image, props) }
                { choice(&image.inspection, &shown) }
                { pictured(&image.inspection, *shown, lang) }
                if image.is_deep {
                    <Tree {lang} image={*shown} folder={props.folder.clone()} on_ask={props.on_ask.clone()} />
                }
            } else if let Some(inspection) = looked {
                { choice(&inspection, &shown) }
                { pictured(&inspection, *shown, lang) }
            }
        </div>
    }
}

/// How far the reading is, with a way to stop it.
fn underway(props: &Props) -> Html {
    match &props.reading {
        Reading::Underway { name, .. } => html! {
            <section class="card" id="reading">
                <strong class="name">{ legible(name) }</strong>
                { reading(&props.reading, props.lang) }
                <p class="actions"><button type="button" id="cancel" onclick={props.on_stop.reform(|_: MouseEvent| ())}>{ words::CANCEL.get(props.lang) }</button></p>
            </section>
        },
        other => reading(other, props.lang),
    }
}

/// What is known of the image as a part of the project.
fn joined(image: &ImageCard, props: &Props) -> Html {
    let lang = props.lang;
    let checked = props.state.current();
    let all = checked.map_or(&[][..], |one| &one.report.findings);
    let own = all.iter().enumerate().filter(|(_, finding)| finding.path == image.name);
    let own: Vec<usize> = own.map(|(index, _)| index).collect();
    let is_unread = !image.is_deep && props.reading == Reading::None;
    html! {
        <>
            <p class="actions"><strong class="name">{ legible(&image.name) }</strong><span class="quiet">{ size(image.bytes) }</span>
                <button type="button" id="drop-image" onclick={props.on_remove.reform(|_: MouseEvent| ())}>{ words::REMOVE.get(lang) }</button></p>
            if is_unread {
                <p class="note" id="unread">{ words::LAYERS_UNREAD.get(lang) }{ " " }
                    <button type="button" id="read-layers" onclick={props.on_read_layers.reform(|_: MouseEvent| ())}>{ words::READ_LAYERS.get(lang) }</button></p>
            }
            <p class="quiet">{ words::JOINED.get(lang) }</p>
            <details class="of-image" open=true>
                <summary>{ words::FINDINGS.get(lang) }{ format!(" ({})", own.len()) }</summary>
                if checked.is_none() {
                    <p class="quiet">{ words::CHECKING.get(lang) }</p>
                } else if own.is_empty() {
                    <p class="good">{ words::NOTHING_FOUND.get(lang) }</p>
                }
                <ol>
                    { for checked.iter().flat_map(|one| own.iter().map(|&index| html! {
                        <FindingItem key={index} report={one.report.clone()} {index} is_open={is_open(props, index)} rules={props.rules.clone()} {lang} on_open={props.on_open_finding.clone()}
                            on_jump={props.on_jump.clone()} on_fix={props.on_fix.clone()} on_rule={props.on_rule.clone()} on_silence={Callback::noop()} />
                    })) }
                </ol>
            </details>
        </>
    }
}

/// Whether the finding is the open one.
fn is_open(props: &Props, index: usize) -> bool {
    let chosen = props.state.chosen.as_ref().zip(props.state.current());
    chosen.is_some_and(|(key, checked)| key.index_in(&checked.report) == Some(index))
}

/// Configuration, layers and waste of the image at `index`.
fn pictured(inspection: &Inspection, index: usize, lang: Lang) -> Html {
    inspection.images.get(index).or(inspection.images.first()).map_or_else(Html::default, |image| {
        html! {
            <>
                { described(image, lang) }
                { layers(image, lang) }
                { waste(image, lang) }
            </>
        }
    })
}

/// The images of the archive, if there are several.
fn choice(inspection: &Inspection, shown: &UseStateHandle<usize>) -> Html {
    if inspection.images.len() < 2 {
        return Html::default();
    }
    html! {
        <ul class="tabs">
            { for inspection.images.iter().enumerate().map(|(index, image)| {
                let shown = shown.clone();
                let current = (index == *shown).then_some("true");
                let open = Callback::from(move |_: MouseEvent| shown.set(index));
                html! { <li><button type="button" class="tab" aria-current={current} onclick={open}>{ title(image) }</button></li> }
            }) }
        </ul>
    }
}

fn title(image: &InspectedImage) -> String {
    let platform = [&image.os, &image.architecture, &image.variant];
    let platform: Vec<&str> = platform.into_iter().flatten().map(String::as_str).collect();
    let name = image.reference.as_deref().unwrap_or_default();
    let kind = if image.kind == "image" { "" } else { image.kind.as_str() };
    let parts = [name, &platform.join("/"), kind];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    legible(&parts.join(" · "))
}

fn described(image: &InspectedImage, lang: Lang) -> Html {
    let sizes = [
        (words::STORED, image.compressed_bytes),
        (words::UNPACKED, image.unpacked_bytes),
        (words::VISIBLE, image.visible_bytes),
        (words::HIDDEN_BYTES, image.hidden_bytes),
    ];
    let list =
        |words: &[String]| if words.is_empty() { String::new() } else { format!("{words:?}") };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let rows = [
        ("Entrypoint", list(&image.entrypoint)),
        ("Cmd", list(&image.cmd)),
        ("ExposedPorts", image.exposed_ports.join(", ")),
        ("User", image.user.clone()),
        ("WorkingDir", image.working_dir.clone()),
        ("Env", image.env.join("\n")),
        ("StopSignal", text(&image.stop_signal)),
        ("Volumes", image.volumes.join(", ")),
        ("Created", text(&image.created)),
        ("Config", text(&image.config_digest)),
    ];
    html! {
        <section aria-label={words::CONFIGURATION.get(lang)}>
            <h3>{ title(image) }</h3>
            <ul class="sizes">
                { for sizes.into_iter().map(|(name, bytes)| html! {
                    <li><b>{ bytes.map_or_else(|| "?".to_owned(), size) }</b>{ " " }<span class="quiet">{ name.get(lang) }</span></li>
                }) }
            </ul>
            <dl class="login config">
                { for rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| html! {
                    <><dt>{ name }</dt><dd>{ visible_lines(&value).into_owned() }</dd></>
                }) }
            </dl>
        </section>
    }
}

/// What the tree of files is given.
#[derive(Clone, PartialEq, Properties)]
struct TreeProps {
    lang: Lang,
    image: usize,
    folder: Folder,
    on_ask: Callback<Ask>,
}

/// The files that the container sees, one folder at a time.
#[component]
fn Tree(props: &TreeProps) -> Html {
    let TreeProps { lang, image, folder, on_ask } = props;
    let image = *image;
    {
        let on_ask = on_ask.clone();
        use_effect_with(image, move |_| {
            on_ask.emit(Ask::Folder { image, path: String::new() });
        });
    }
    let open = |path: String| {
        on_ask.reform(move |_: MouseEvent| Ask::Folder { image, path: path.clone() })
    };
    let above = folder.path.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
    html! {
        <section class="tree" aria-label={words::FILES.get(*lang)}>
            <h3>{ words::FILES.get(*lang) }</h3>
            <p class="name">{ format!("/{}", legible(folder.path.trim_start_matches('/'))) }
                if !folder.path.is_empty() {
                    { " " }<button type="button" class="link" id="up" onclick={open(above)}>{ words::UP.get(*lang) }</button>
                }
            </p>
            <ul>
                { for folder.entries.iter().map(|entry| {
                    let path = format!("{}/{}", folder.path, entry.name);
                    html! {
                        <li>
                            <span class="bytes">{ size(entry.bytes) }</span>
                            <code class="quiet">{ entry.mode.clone() }{ " " }{ legible(&entry.owner) }</code>
                            if entry.kind == "folder" {
                                <button type="button" class="link name" onclick={open(path)}>{ legible(&entry.name) }{ "/" }</button>
                            } else {
                                <span class="name">{ legible(&entry.name) }</span>
                            }
                            if !entry.target.is_empty() { <span class="quiet name">{ "→ " }{ legible(&entry.target) }</span> }
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
