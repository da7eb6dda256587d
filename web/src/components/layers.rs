//! The layers as a picture: how large each is, and how much of it the container never sees.
//!
//! Drawn with the attributes of SVG: the page's policy allows no styles in the text of the page.

use plimsoll::report::{InspectedImage, InspectedLayer};
use plimsoll::text::Lang;
use yew::prelude::*;

use super::legible;
use crate::size::size;
use crate::words;

/// Units of the picture from its left to its right.
const WIDTH: u64 = 1000;

/// Bytes of a layer as they are unpacked, else as they are stored.
fn bytes(layer: &InspectedLayer) -> u64 {
    layer.tar_bytes.or(layer.blob_bytes).unwrap_or_default()
}

/// The units that `part` of `whole` takes of `width`.
fn share(part: u64, whole: u64, width: u64) -> u64 {
    // A share of a thousand fits.
    (u128::from(part.min(whole)) * u128::from(width) / u128::from(whole.max(1))) as u64
}

/// All layers in one bar, and each in its own row.
pub fn layers(image: &InspectedImage, lang: Lang) -> Html {
    let most = image.layers.iter().map(bytes).max().unwrap_or_default().max(1);
    html! {
        <section aria-label={words::LAYERS.get(lang)}>
            <h3>{ words::LAYERS.get(lang) }</h3>
            { whole(&image.layers, lang) }
            <ol class="layers">
                { for image.layers.iter().map(|layer| row(layer, most, lang)) }
            </ol>
        </section>
    }
}

/// One bar for the image, each layer as wide as its share.
fn whole(layers: &[InspectedLayer], lang: Lang) -> Html {
    let all: u64 = layers.iter().map(bytes).fold(0, u64::saturating_add);
    let mut at = 0_u64;
    html! {
        <svg class="stack" viewBox="0 0 1000 32" preserveAspectRatio="none" role="img" aria-label={words::LAYERS.get(lang)}>
            { for layers.iter().enumerate().map(|(index, layer)| {
                let start = share(at, all, WIDTH);
                at = at.saturating_add(bytes(layer));
                let end = share(at, all, WIDTH);
                let hidden = share(layer.hidden_bytes.unwrap_or_default(), bytes(layer), end - start);
                let title = format!("{} · {} · {}", index + 1, size(bytes(layer)), legible(layer.history.as_deref().unwrap_or_default()));
                html! {
                    <g>
                        <title>{ title }</title>
                        <rect class={if index % 2 == 0 { "seen" } else { "seen odd" }} x={start.to_string()} y="0" width={(end - start).to_string()} height="32" />
                        <rect class="unseen" x={(end - hidden).to_string()} y="0" width={hidden.to_string()} height="32" />
                    </g>
                }
            }) }
        </svg>
    }
}

/// One layer: its bar in proportion to the largest, its size, and the step that made it.
fn row(layer: &InspectedLayer, most: u64, lang: Lang) -> Html {
    let width = share(bytes(layer), most, WIDTH).max(4);
    let hidden_bytes = layer.hidden_bytes.unwrap_or_default();
    let hidden = share(hidden_bytes, bytes(layer), width);
    let digest = legible(layer.blob_digest.as_deref().unwrap_or_default());
    html! {
        <li title={digest}>
            <svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
                <rect class="seen" x="0" y="0" width={width.to_string()} height="12" />
                <rect class="unseen" x={(width - hidden).to_string()} y="0" width={hidden.to_string()} height="12" />
            </svg>
            <span class="bytes">{ size(bytes(layer)) }</span>
            if hidden_bytes > 0 {
                <span class="hidden-bytes">{ size(hidden_bytes) }{ " " }{ words::HIDDEN_BYTES.get(lang) }</span>
            }
            if layer.is_present {
                <code>{ legible(layer.history.as_deref().unwrap_or_default()) }</code>
            } else {
                <span class="refused">{ words::NOT_HERE.get(lang) }</span>
            }
            if let Some(error) = &layer.error { <span class="refused">{ legible(error) }</span> }
        </li>
    }
}

/// The most files that are listed.
const MOST_FILES: usize = 20;

/// The largest files that later layers hide.
pub fn waste(image: &InspectedImage, lang: Lang) -> Html {
    let files = image.waste.as_deref().unwrap_or_default();
    if files.is_empty() {
        return Html::default();
    }
    html! {
        <section class="waste" aria-label={words::WASTE.get(lang)}>
            <h3>{ words::WASTE.get(lang) }{ " " }<span class="quiet">{ image.hidden_bytes.map(size).unwrap_or_default() }</span></h3>
            <ul>
                { for files.iter().take(MOST_FILES).map(|file| {
                    let by = if file.is_removed { words::REMOVED_BY } else { words::REPLACED_BY };
                    html! {
                        <li>
                            <span class="bytes">{ size(file.bytes) }</span>
                            <span class="name">{ legible(&file.path) }</span>
                            <span class="quiet">{ format!("{} {} · {} {}", words::LAYER.get(lang), file.layer + 1, by.get(lang), file.hidden_by + 1) }</span>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_never_overflow() {
        assert_eq!(share(1, 2, WIDTH), 500);
        assert_eq!(share(9, 3, WIDTH), 1000);
        assert_eq!(share(0, 0, WIDTH), 0);
        assert_eq!(share(u64::MAX, u64::MAX, WIDTH), 1000);
    }
}
