//! A text area with the findings' places marked behind its letters.

use plimsoll::report::Finding;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

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
                    None => html! { <>{ text.to_owned() }</> },
                    Some(class) => html! { <mark class={class.to_owned()}>{ text.to_owned() }</mark> },
                }) }
                // A last empty line is only as high as the text area's if something stands on it.
                { "\n" }
            </pre>
            <textarea
                ref={props.area.clone()} aria-label={props.label.clone()} value={props.text.clone()}
                oninput={on_input} onscroll={on_scroll} wrap="off" spellcheck="false"
                autocomplete="off" autocapitalize="off"
            />
        </div>
    }
}

/// The text cut at the marks; where marks overlap the worst wins.
fn segments<'a>(
    text: &'a str,
    marks: &'a [(usize, usize, String)],
) -> Vec<(&'a str, Option<&'a str>)> {
    let mut cuts = vec![0, text.len()];
    for (start, end, _) in marks {
        cuts.extend([*start, (*end).max(start + 1)]);
    }
    cuts.retain(|&at| text.is_char_boundary(at));
    cuts.sort_unstable();
    cuts.dedup();
    let rank =
        |severity: &str| ["info", "warning", "error"].iter().position(|one| *one == severity);
    cuts.windows(2)
        .map(|pair| {
            let covering = marks
                .iter()
                .filter(|(start, end, _)| *start <= pair[0] && pair[1] <= (*end).max(start + 1));
            let worst = covering.max_by_key(|mark| rank(&mark.2));
            (&text[pair[0]..pair[1]], worst.map(|mark| mark.2.as_str()))
        })
        .collect()
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
        segments("端", &[(1, 99, "error".to_owned())]);
    }
}
