//! A text that is only shown: an image's description, or one that is too large for a text area. Only
//! the lines that can be seen are drawn.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::area;
use super::lines::{Letters, Numbers};
use super::window::View;
use crate::line_ends::normalized;
use crate::size::pixels;
use crate::state::document::{Document, DocumentId};
use crate::state::places::{self, Place};
use crate::state::{Action, State};

/// More bytes than this a text area is too slow for.
const MOST_BYTES: usize = 1024 * 1024;

/// A line of more bytes than this it is, too.
const LONGEST_LINE: usize = 20_000;

/// Whether a text is only shown unless its reader insists.
pub fn is_too_large(text: &str) -> bool {
    text.len() > MOST_BYTES
        || (text.len() > LONGEST_LINE && text.split('\n').any(|line| line.len() > LONGEST_LINE))
}

/// What the view is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The text.
    pub text: AttrValue,
    /// Label for screen readers.
    pub label: String,
    /// Places to mark.
    pub places: Vec<Place>,
    /// A place that is to be shown: first byte, one past the last.
    pub target: Option<(usize, usize)>,
    /// Changes the state.
    pub dispatch: UseReducerDispatcher<State>,
}

/// The text.
#[component]
pub fn Viewer(props: &Props) -> Html {
    let frame = use_node_ref();
    let view = use_state_eq(View::default);
    let document = use_memo((props.text.clone(), props.places.clone()), |(text, places)| {
        let mut document = Document::new(DocumentId(0), "", &normalized(text));
        // Places are bytes of the text with its own line ends.
        Rc::make_mut(&mut document.painting).mark(places::marks(text, places));
        Rc::new(document)
    });
    let document = Rc::clone(&*document);
    let on_scroll = {
        let view = view.setter();
        Callback::from(move |event: Event| view.set(area::view(&event.target_unchecked_into())))
    };
    let count = document.painting.len();
    let lines = view.lines(count);
    {
        let (frame, view) = (frame.clone(), view.setter());
        use_effect_with((lines.start, count), move |(first, count)| {
            let Some(frame) = frame.cast::<HtmlElement>() else { return };
            let now = area::view(&frame);
            let digits = ((*count).max(1).ilog10() + 1).max(2);
            let set = |name: &str, value: String| {
                // Fails only for names that are no properties.
                let _ = frame.style().set_property(name, &value);
            };
            set("--gutter", format!("calc(2.75rem + {digits}ch)"));
            set("--above", pixels(*first as f64 * now.row));
            set("--all", pixels(*count as f64 * now.row));
            view.set(now);
        });
    }
    {
        let (frame, text, dispatch) = (frame.clone(), props.text.clone(), props.dispatch.clone());
        use_effect_with((props.target, props.text.clone()), move |(target, _)| {
            if let (Some((start, _)), Some(frame)) = (*target, frame.cast::<Element>()) {
                area::show_line(&frame, places::line_and_unit(&text, start).0);
                dispatch.dispatch(Action::Landed);
            }
        });
    }
    html! {
        <div class="viewer" tabindex="0" role="region" aria-label={props.label.clone()} ref={frame} onscroll={on_scroll}>
            <div class="all">
                <div class="numbers" aria-hidden="true"><Numbers document={document.clone()} lines={lines.clone()} current={None::<usize>} /></div>
                <div class="letters"><Letters {document} {lines} current={None::<usize>} /></div>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::is_too_large;

    #[test]
    fn a_text_area_takes_what_people_write() {
        assert!(!is_too_large(&"FROM a\n".repeat(100_000)));
        assert!(is_too_large(&"a\n".repeat(600_000)));
        assert!(is_too_large(&"x".repeat(20_001)) && !is_too_large(&"x".repeat(20_000)));
    }
}
