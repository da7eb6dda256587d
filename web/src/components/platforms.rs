//! The strip of platforms: whether the project fits each, and which it is checked for.

use plimsoll::report::{Fit, Verdict};
use plimsoll::text::{Lang, Text};
use yew::prelude::*;

use crate::words;

/// The platforms as users write them, and the names that people know them by.
pub const PLATFORMS: [(&str, Text); 7] = [
    ("eas", plimsoll::text::text("PAI-EAS", "PAI-EAS")),
    ("eci", plimsoll::text::text("ECI", "ECI")),
    ("compute-nest", plimsoll::text::text("Compute Nest", "计算巢")),
    ("modelarts:real-time", plimsoll::text::text("ModelArts real-time", "ModelArts 在线服务")),
    ("modelarts:batch", plimsoll::text::text("ModelArts batch", "ModelArts 批量服务")),
    ("modelarts:training", plimsoll::text::text("ModelArts training", "ModelArts 训练作业")),
    ("modelarts:notebook", plimsoll::text::text("ModelArts notebook", "ModelArts Notebook")),
];

/// What the strip is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The fit of each platform.
    pub fits: Vec<Fit>,
    /// The platforms that are chosen.
    pub chosen: Vec<String>,
    /// The platforms that are checked for; without a choice those that the documents name.
    pub checked: Vec<String>,
    /// The language.
    pub lang: Lang,
    /// Chooses a platform, or no longer.
    pub on_toggle: Callback<String>,
}

/// The strip.
#[component]
pub fn Platforms(props: &Props) -> Html {
    html! {
        <section class="platforms" aria-label={words::PLATFORMS.get(props.lang)}>
            { for PLATFORMS.map(|(name, title)| {
                let fit = props.fits.iter().find(|fit| fit.platform == name);
                let (class, word) = match fit.map(|fit| fit.verdict) {
                    Some(Verdict::Fits) => ("fits", words::FITS),
                    Some(Verdict::Fails) => ("fails", words::FAILS),
                    Some(Verdict::Unknown) | None => ("unknown", words::UNKNOWN),
                };
                let is_chosen = props.chosen.iter().any(|one| one == name);
                let is_named = !is_chosen && props.checked.iter().any(|one| one == name);
                let title_text = is_named.then(|| words::NAMED_BY_DOCUMENTS.get(props.lang));
                let toggle = props.on_toggle.reform(move |_: MouseEvent| name.to_owned());
                html! {
                    <button type="button" class={classes!("platform", class, is_named.then_some("named"))} data-platform={name} title={title_text}
                        aria-pressed={if is_chosen { "true" } else { "false" }} onclick={toggle}>
                        <span class="name">{ title.get(props.lang) }</span>
                        <span class="verdict">{ word.get(props.lang) }</span>
                    </button>
                }
            }) }
            <p class="hint">{ words::PLATFORMS_HINT.get(props.lang) }</p>
        </section>
    }
}
