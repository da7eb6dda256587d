//! What may be written at the caret, as a list, and what a word means, as a card.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::card::{Spot, place};
use super::window::View;
use crate::components::rich::rich;
use crate::messages::Offer;
use crate::size::pixels;

/// More offers than this are not drawn.
const MOST: usize = 50;

/// Whether what was just typed begins something that may be offered.
pub fn wants(kind: &str, typed: Option<&str>) -> bool {
    let typed = typed.and_then(|typed| typed.chars().next());
    kind == "insertText"
        && typed
            .is_some_and(|one| one.is_alphabetic() || matches!(one, '-' | '$' | '"' | '=' | '{'))
}

/// How many cells of a fixed-width font a text takes.
pub fn cells(text: &str) -> usize {
    let wide = |letter: char| matches!(u32::from(letter), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff);
    text.chars().map(|letter| if letter == '\t' { 4 } else { 1 + usize::from(wide(letter)) }).sum()
}

/// What the list is given.
#[derive(Clone, PartialEq, Properties)]
pub struct ListProps {
    /// What may be written.
    pub offers: Rc<[Offer]>,
    /// The one that Enter takes; where there is none, Tab takes the first.
    pub chosen: Option<usize>,
    /// The caret's line, from 0, and the cells before it.
    pub caret: (usize, usize),
    /// What can be seen of the text.
    pub view: View,
    /// Takes one.
    pub on_choose: Callback<Offer>,
}

/// The list, below the caret or above it.
#[component]
pub fn List(props: &ListProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(
            (props.caret, props.view, props.chosen),
            move |((line, cells), view, _)| {
                let Some(list) = node.cast::<HtmlElement>() else { return };
                let top = *line as f64 * view.row - view.top + 8.0;
                let height = f64::from(list.offset_height());
                let is_room = top + view.row + height < view.height || top < height;
                let top = if is_room { top + view.row } else { top - height };
                // Fails only for names that are no properties.
                let _ =
                    list.style().set_property("left", &format!("calc(var(--gutter) + {cells}ch)"));
                let _ = list.style().set_property("top", &pixels(top));
                let chosen = list.query_selector("[aria-selected=true]").ok().flatten();
                if let Some(chosen) = chosen {
                    keep_in_view(&list, &chosen);
                }
            },
        );
    }
    html! {
        <ul class="offers" role="listbox" ref={node}>
            { for props.offers.iter().take(MOST).enumerate().map(|(index, offer)| {
                let one = offer.clone();
                let choose = props.on_choose.reform(move |event: MouseEvent| {
                    // The text area keeps the focus.
                    event.prevent_default();
                    one.clone()
                });
                html! {
                    <li role="option" aria-selected={if Some(index) == props.chosen { "true" } else { "false" }} onmousedown={choose}>
                        <b>{ offer.label.clone() }</b><span class="quiet">{ rich(&offer.detail) }</span>
                        if index == 0 && props.chosen.is_none() { <kbd>{ "Tab" }</kbd> }
                    </li>
                }
            }) }
        </ul>
    }
}

fn keep_in_view(list: &HtmlElement, chosen: &Element) {
    let chosen: &HtmlElement = chosen.unchecked_ref();
    let (top, height) = (chosen.offset_top(), chosen.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if top + height > list.scroll_top() + list.client_height() {
        list.set_scroll_top(top + height - list.client_height());
    }
}

/// What the card of a word is given.
#[derive(Clone, PartialEq, Properties)]
pub struct MeaningProps {
    /// What it means.
    pub text: String,
    /// Where the card belongs.
    pub spot: Spot,
}

/// The card that says what a word means.
#[component]
pub fn Meaning(props: &MeaningProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.clone(), move |props| place(&node, props.spot));
    }
    html! {
        <div class="hover meaning" role="tooltip" ref={node}>
            { for props.text.lines().map(|line| html! { <p>{ rich(line) }</p> }) }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_begun_ask_for_offers() {
        assert!(wants("insertText", Some("E")) && wants("insertText", Some("$")));
        assert!(!wants("insertText", Some(" ")) && !wants("insertFromPaste", Some("E")));
        assert!(!wants("insertText", None));
        assert_eq!((cells("a端\t"), cells("")), (7, 0));
    }
}
