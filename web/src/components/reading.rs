//! How far the reading of an image is, and why there is nothing to read.

use plimsoll::text::Lang;
use yew::prelude::*;

use super::legible;
use crate::messages::{Progress, Refusal};
use crate::reading::Reading;
use crate::size::size;
use crate::words;

/// A line that tells what becomes of an image.
pub fn reading(reading: &Reading, lang: Lang) -> Html {
    match reading {
        Reading::None => Html::default(),
        Reading::Underway { name, progress, .. } => html! {
            <div class="underway">
                <progress max="100" value={percent(*progress).to_string()} aria-label={name.clone()}></progress>
                <span class="quiet">{ line(*progress, lang) }</span>
            </div>
        },
        Reading::Refused { name, why } => html! {
            <p class="refused" role="alert"><strong>{ legible(name) }</strong>{ ": " }{ refusal(why, lang) }</p>
        },
    }
}

fn percent(progress: Progress) -> u64 {
    let percent = u128::from(progress.read) * 100 / u128::from(progress.whole.max(1));
    percent.min(100) as u64
}

fn line(progress: Progress, lang: Lang) -> String {
    let of =
        format!("{} % · {} / {}", percent(progress), size(progress.read), size(progress.whole));
    if progress.layers == 0 {
        return format!("{} · {of}", words::LOOKING.get(lang));
    }
    let layers = format!("{}/{}", progress.layer, progress.layers);
    format!("{} {layers} · {of}", words::READING_LAYER.get(lang))
}

fn refusal(why: &Refusal, lang: Lang) -> String {
    match why {
        Refusal::Empty => words::EMPTY_FILE.get(lang).to_owned(),
        Refusal::NotAnArchive(kind) => format!("{} {kind}", words::NOT_AN_ARCHIVE.get(lang))
            .trim_end_matches([':', ' ', '：'])
            .to_owned(),
        Refusal::NoImage => words::NO_IMAGE.get(lang).to_owned(),
        Refusal::Unreadable(reason) => reason.clone(),
        Refusal::Broken => words::READER_BROKE.get(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_percent_and_bytes() {
        let progress = Progress { read: 3 << 20, whole: 12 << 20, layer: 1, layers: 4 };
        assert_eq!(line(progress, Lang::En), "reading layer 1/4 · 25 % · 3.0 MiB / 12.0 MiB");
        assert_eq!(percent(Progress { read: 5, whole: 0, ..Progress::default() }), 100);
        assert_eq!(percent(Progress::default()), 0);
    }
}
