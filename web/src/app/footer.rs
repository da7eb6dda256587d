//! The foot of the page: what the checker does, where the caret is, and the keys that help.

use std::rc::Rc;

use plimsoll::text::{Lang, Message, Text, text};
use yew::prelude::*;

use crate::boot::{self, Loading, Offline};
use crate::components::counts::{number, plural};
use crate::state::State;
use crate::state::document::Document;
use crate::units::{byte_of, lines, unit_of};
use crate::words;

const LOADING: Text = text(
    "Loading the checker: {bytes} of {whole} KB. You can start typing.",
    "正在加载检查器：{bytes} / {whole} KB。现在即可输入。",
);
const WITHOUT: Text = text(
    "You can go on typing: your text is safe. Findings will not appear.",
    "可以继续输入，文本不会丢失，但不会显示检查结果。",
);
const RETRY: Text = text("Try again", "重试");

/// The foot.
pub struct Footer {
    /// The project.
    pub state: UseReducerHandle<State>,
    /// How far the checker is.
    pub loading: Loading,
    /// Whether the page opens without a network.
    pub offline: Offline,
    /// What is said of a checker that has come and does not check.
    pub note: Option<Text>,
    /// Whether it has ended and may be started again.
    pub has_ended: bool,
    /// The language.
    pub lang: Lang,
}

/// Draws the foot.
pub fn footer(props: &Footer) -> Html {
    let Footer { state, lang, .. } = props;
    let say = |text: Text| text.get(*lang);
    let keys = [("F8", words::NEXT_FINDING), ("Alt Enter", words::FIX), ("Ctrl Z", words::UNDO)];
    let words = match &props.loading {
        Loading::Underway { bytes, whole } => Message::new(LOADING)
            .arg("bytes", bytes / 1000)
            .arg("whole", whole / 1000)
            .render(*lang),
        Loading::Failed(failure) => format!("{} {}", failure.explain(*lang), say(WITHOUT)),
        Loading::Ready { .. } => {
            props.note.map_or_else(|| told(state, *lang), |note| say(note).to_owned())
        }
    };
    let can_retry = props.has_ended || matches!(props.loading, Loading::Failed(_));
    let kept = props.offline.explain().filter(|_| !can_retry);
    html! {
        <footer class={classes!("foot", can_retry.then_some("trouble"))}>
            <span id="checker" role="status">{ words }</span>
            if let Loading::Underway { bytes, whole } = &props.loading {
                <progress value={bytes.to_string()} max={whole.to_string()} aria-label={say(words::STARTING)} />
            }
            if can_retry {
                <button type="button" class="btn sm" id="retry" onclick={|_: MouseEvent| boot::retry()}>{ say(RETRY) }</button>
            }
            if let Some(kept) = kept { <span id="kept">{ say(kept) }</span> }
            <span class="end">
                if let Some(document) = state.open_document() {
                    <span class="num" id="caret">{ caret(document, *lang) }</span>
                    <span>{ format!("UTF-8 · {}", ends(document.text())) }</span>
                }
                { for keys.into_iter().map(|(key, word)| html! { <span class="keys"><kbd>{ key }</kbd>{ " " }{ say(word) }</span> }) }
            </span>
        </footer>
    }
}

/// What was checked last, and how long that took.
fn told(state: &State, lang: Lang) -> String {
    let Some(checked) = &state.checked else { return words::READY.get(lang).to_owned() };
    let count = checked.report.documents.len();
    let took = checked.took.round().max(1.0) as usize;
    match lang {
        Lang::En => {
            format!("{} document{} checked in {} ms", number(count), plural(count), number(took))
        }
        Lang::Zh => format!("{} 个文档，检查用时 {} 毫秒", number(count), number(took)),
    }
}

fn caret(document: &Rc<Document>, lang: Lang) -> String {
    let text = document.area();
    let at = byte_of(text, document.caret.end);
    let line = lines(&text[..at]) + 1;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let column = unit_of(&text[start..], at - start) + 1;
    match lang {
        Lang::En => format!("Ln {line}, Col {column}"),
        Lang::Zh => format!("第 {line} 行，第 {column} 列"),
    }
}

/// The line ends of a text by their name.
fn ends(text: &str) -> &'static str {
    if !text.contains('\r') {
        return "LF";
    }
    let windows = text.matches("\r\n").count();
    let others = text.matches(['\r', '\n']).count() - 2 * windows;
    match (windows, others) {
        (0, _) => "LF",
        (_, 0) => "CRLF",
        _ => "CRLF + LF",
    }
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn line_ends_have_names() {
        assert_eq!(
            [ends(""), ends("a\n"), ends("a\r\nb\r\n"), ends("a\r\nb\nc")],
            ["LF", "LF", "CRLF", "CRLF + LF"]
        );
    }
}
