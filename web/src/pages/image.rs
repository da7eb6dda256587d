//! Image: an archive of any size, its layers, sizes, configuration and files.

use plimsoll::report::{InspectedImage, InspectedLayer, Inspection};
use plimsoll::text::{Lang, Text};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::files::archive;
use crate::messages::{Ask, Progress, TreeEntry};
use crate::words;

/// What becomes of an archive.
#[derive(Clone, PartialEq)]
pub enum Archive {
    /// It is being read.
    Reading(String, Progress),
    /// It was read.
    Read(Box<Inspection>, Option<String>),
}

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
    /// The archive, if one was chosen.
    pub archive: Option<Archive>,
    /// The folder that is open.
    pub folder: Folder,
    /// Reads an archive.
    pub on_open: Callback<web_sys::File>,
    /// Stops the reading, or drops what was read.
    pub on_drop: Callback<()>,
    /// Asks the worker.
    pub on_ask: Callback<Ask>,
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
            if let Some(file) = field.files().and_then(|list| archive(&list).or(list.get(0))) {
                shown.set(0);
                on_open.emit(file);
            }
            field.set_value("");
        })
    };
    let stop = props.on_drop.reform(|_: MouseEvent| ());
    html! {
        <div class="image">
            <p class="promise">{ say(words::IMAGE_PROMISE) }</p>
            <p class="actions">
                <label class="button">{ say(words::OPEN_ARCHIVE) }<input type="file" id="archive" onchange={on_file} /></label>
                <span class="quiet">{ say(words::DROP) }</span>
            </p>
            { match &props.archive {
                None => Html::default(),
                Some(Archive::Reading(name, progress)) => reading(name, *progress, &stop, lang),
                Some(Archive::Read(inspection, trouble)) => html! {
                    <>
                        <p class="actions"><strong class="name">{ inspection.path.clone() }</strong>
                            <button type="button" id="drop-image" onclick={stop.clone()}>{ say(words::REMOVE) }</button></p>
                        if let Some(trouble) = trouble { <p class="refused" role="alert">{ trouble.clone() }</p> }
                        if inspection.images.is_empty() {
                            <p class="refused">{ say(words::NO_IMAGE) }</p>
                        } else {
                            <p class="quiet">{ say(words::JOINED) }</p>
                        }
                        { choice(inspection, &shown) }
                        if let Some(image) = inspection.images.get(*shown) {
                            { described(image, lang) }
                            { layers(image, lang) }
                            <Tree lang={lang} image={*shown} folder={props.folder.clone()} on_ask={props.on_ask.clone()} />
                        }
                    </>
                },
            } }
        </div>
    }
}

fn reading(name: &str, progress: Progress, stop: &Callback<MouseEvent>, lang: Lang) -> Html {
    let percent = (progress.read * 100).checked_div(progress.whole).unwrap_or_default().min(100);
    let line = format!(
        "{} {}/{} · {percent} % · {} / {}",
        words::READING_LAYER.get(lang),
        progress.layer,
        progress.layers,
        size(progress.read),
        size(progress.whole),
    );
    html! {
        <section class="card" aria-live="polite" id="reading">
            <strong class="name">{ name.to_owned() }</strong>
            <progress max="100" value={percent.to_string()} aria-label={name.to_owned()}></progress>
            <p class="quiet">{ line }</p>
            <p class="actions"><button type="button" id="cancel" onclick={stop.clone()}>{ words::CANCEL.get(lang) }</button></p>
        </section>
    }
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
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
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
                    <><dt>{ name }</dt><dd>{ value }</dd></>
                }) }
            </dl>
        </section>
    }
}

/// The layers as bars: as long as the share that each has of the largest.
fn layers(image: &InspectedImage, lang: Lang) -> Html {
    let bytes = |layer: &InspectedLayer| layer.tar_bytes.or(layer.blob_bytes).unwrap_or_default();
    let most = image.layers.iter().map(bytes).max().unwrap_or_default().max(1);
    html! {
        <section aria-label={words::LAYERS.get(lang)}>
            <h3>{ words::LAYERS.get(lang) }</h3>
            <ol class="layers" start="0">
                { for image.layers.iter().map(|layer| {
                    let share = (bytes(layer) * 100 / most).max(1);
                    let step = layer.history.clone().unwrap_or_default();
                    let digest = layer.blob_digest.clone().unwrap_or_default();
                    html! {
                        <li title={digest}>
                            <meter min="0" max="100" value={share.to_string()}></meter>
                            <span class="bytes">{ size(bytes(layer)) }</span>
                            if layer.is_present { <code>{ step }</code> } else { <span class="refused">{ words::NOT_HERE.get(lang) }</span> }
                            if let Some(error) = &layer.error { <span class="refused">{ error.clone() }</span> }
                        </li>
                    }
                }) }
            </ol>
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
            <p class="name">{ format!("/{}", folder.path.trim_start_matches('/')) }
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
                            <code class="quiet">{ entry.mode.clone() }{ " " }{ entry.owner.clone() }</code>
                            if entry.kind == "folder" {
                                <button type="button" class="link name" onclick={open(path)}>{ entry.name.clone() }{ "/" }</button>
                            } else {
                                <span class="name">{ entry.name.clone() }</span>
                            }
                            if !entry.target.is_empty() { <span class="quiet name">{ "→ " }{ entry.target.clone() }</span> }
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

/// Bytes for people, in powers of 1024.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} B") } else { format!("{value:.1} {}", UNITS[unit]) }
}
