//! A text area with the findings' places marked behind its letters.

use plimsoll::report::Finding;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

use crate::line_ends::normalized;

/// What the editor is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Label for screen readers.
    pub label: String,
    /// The text.
    pub text: AttrValue,
    /// Places to mark: first byte, one past the last, severity.
    pub marks: Vec<(usize, usize, String)>,
    /// The text area, for its selection.
    pub area: NodeRef,
    /// Takes the new text.
    pub on_input: Callback<String>,
    /// Whether the text is only shown.
    #[prop_or_default]
    pub is_fixed: bool,
}

/// The marks of the findings that lie in `path`.
pub fn marks(findings: &[Finding], path: &str) -> Vec<(usize, usize, String)> {
    let own = findings.iter().filter(|finding| finding.path == path);
    own.map(|finding| {
        let (start, end) = (finding.span.start.offset as usize, finding.span.end.offset as usize);
        (start, end, finding.severity.to_string())
    })
    .collect()
}

/// The editor.
#[component]
pub fn Editor(props: &Props) -> Html {
    let backdrop = use_node_ref();
    let on_input = {
        let on_input = props.on_input.clone();
        Callback::from(move |event: InputEvent| {
            on_input.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let on_scroll = {
        let backdrop = backdrop.clone();
        Callback::from(move |event: Event| {
            let area = event.target_unchecked_into::<Element>();
            if let Some(behind) = backdrop.cast::<Element>() {
                behind.set_scroll_top(area.scroll_top());
                behind.set_scroll_left(area.scroll_left());
            }
        })
    };
    html! {
        <div class="editor">
            <pre class="backdrop" aria-hidden="true" ref={backdrop}>
                { for segments(&props.text, &props.marks).into_iter().map(|(text, class)| match class {
                    None => html! { <>{ normalized(text) }</> },
                    Some(class) => html! { <mark {class}>{ normalized(text) }</mark> },
                }) }
                // A last empty line is only as high as the text area's if something stands on it.
                { "\n" }
            </pre>
            <textarea
                ref={props.area.clone()} aria-label={props.label.clone()} value={normalized(&props.text)}
                oninput={on_input} onscroll={on_scroll} readonly={props.is_fixed} wrap="off" spellcheck="false"
                autocomplete="off" autocapitalize="off"
            />
        </div>
    }
}

/// Severities, the least first.
const RANKS: [&str; 3] = ["info", "warning", "error"];

/// The text cut at the marks; where marks overlap the worst wins.
fn segments<'a>(
    text: &'a str,
    marks: &[(usize, usize, String)],
) -> Vec<(&'a str, Option<&'static str>)> {
    // Each mark opens at one place and closes at another; between two places the open ones count.
    let mut turns = Vec::with_capacity(marks.len() * 2);
    for (start, end, severity) in marks {
        let rank = RANKS.iter().position(|one| one == severity).unwrap_or(0);
        let end = (*end).max(start + 1).min(text.len());
        if *start < end && is_cut(text, *start) && is_cut(text, end) {
            turns.extend([(*start, rank, 1), (end, rank, -1)]);
        }
    }
    turns.sort_unstable();
    let mut open = [0_i32; RANKS.len()];
    let mut segments = Vec::new();
    let mut at = 0;
    for (place, rank, step) in turns {
        if place > at {
            let worst = open.iter().rposition(|&count| count > 0).map(|rank| RANKS[rank]);
            segments.push((&text[at..place], worst));
            at = place;
        }
        open[rank] += step;
    }
    if at < text.len() {
        segments.push((&text[at..], None));
    }
    segments
}

/// Whether the text may be cut there: not inside a letter, nor between `\r` and `\n`.
fn is_cut(text: &str, at: usize) -> bool {
    let within_line_end = at > 0 && text.as_bytes().get(at - 1..=at) == Some(b"\r\n");
    text.is_char_boundary(at) && !within_line_end
}

/// Selects the bytes `start..end` of `text` in the area and shows them.
pub fn select(area: &NodeRef, text: &str, start: usize, end: usize) {
    let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
    let units = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        // A text area counts a Windows line end as one.
        let count = before.encode_utf16().count() - before.matches("\r\n").count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let _ = area.focus();
    let _ = area.set_selection_range(units(start), units(end));
    // Browsers do not scroll to a selection by themselves.
    let before = text.get(..start).unwrap_or_default();
    let line = i32::try_from(before.matches('\n').count()).unwrap_or(i32::MAX);
    let element: &Element = area.unchecked_ref();
    let lines = i32::try_from(text.matches('\n').count() + 1).unwrap_or(1);
    let top = element.scroll_height() / lines.max(1) * line - element.client_height() / 2;
    element.set_scroll_top(top.max(0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_marks_and_the_worst_wins() {
        let marks = vec![
            (2, 4, "info".to_owned()),
            (3, 5, "error".to_owned()),
            (6, 6, "warning".to_owned()),
        ];
        assert_eq!(
            segments("abcdefgh", &marks),
            [
                ("ab", None),
                ("c", Some("info")),
                ("d", Some("error")),
                ("e", Some("error")),
                ("f", None),
                ("g", Some("warning")),
                ("h", None)
            ]
        );
    }

    #[test]
    fn a_mark_that_is_off_the_text_does_no_harm() {
        assert_eq!(segments("端", &[(1, 99, "error".to_owned())]), [("端", None)]);
        assert_eq!(segments("a", &[(1, 1, "error".to_owned())]), [("a", None)]);
        assert_eq!(segments("", &[(0, 0, "error".to_owned())]), []);
        // A mark that ends between the two letters of a line end would make two lines of one.
        assert_eq!(segments("a\r\nb", &[(0, 2, "info".to_owned())]), [("a\r\nb", None)]);
    }
}
