//! The card at a marked place: what is wrong there, and what mends it.

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::text::Lang;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::icon;
use crate::components::rich::rich;
use crate::size::pixels;
use crate::state::painting::Rank;
use crate::words;

/// Where a card stands: pixels in the editor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// From the left.
    pub left: f64,
    /// The top of the line that it must not cover.
    pub top: f64,
    /// The bottom of that line.
    pub bottom: f64,
    /// Height of the editor.
    pub height: f64,
    /// Width of the editor.
    pub width: f64,
}

/// What the card is given.
#[derive(Clone, Properties)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The finding's index.
    pub finding: usize,
    /// Where.
    pub spot: Spot,
    /// The language.
    pub lang: Lang,
    /// Applies a fix: index of the finding, of the fix.
    pub on_fix: Callback<(usize, usize)>,
    /// Opens the finding in the list.
    pub on_open: Callback<usize>,
    /// The mouse is over the card, or no longer.
    pub on_hold: Callback<bool>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.report, &other.report)
            && (self.finding, self.spot, self.lang) == (other.finding, other.spot, other.lang)
    }
}

/// The card.
#[component]
pub fn Card(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.spot, props.finding), move |(spot, _)| place(&node, *spot));
    }
    let Some(finding) = props.report.findings.get(props.finding) else { return Html::default() };
    let index = props.finding;
    let held = |is_held| props.on_hold.reform(move |_: MouseEvent| is_held);
    html! {
        <div class="hover" role="group" aria-label={words::FINDING.get(props.lang)} ref={node}
            onmouseenter={held(true)} onmouseleave={held(false)}>
            <div class="in">
                { icon::of_rank(Rank::of(&finding.severity)) }
                <h2>{ rich(&finding.message) }</h2>
                if let Some(help) = &finding.help { <p>{ rich(help) }</p> }
            </div>
            <div class="df">
                { for finding.fixes.iter().enumerate().take(2).map(|(fix, one)| html! {
                    <button type="button" class={classes!("btn", "sm", (fix == 0 && one.safe).then_some("go"))}
                        onclick={props.on_fix.reform(move |_: MouseEvent| (index, fix))}>{ rich(&one.title) }</button>
                }) }
                if !finding.fixes.is_empty() { <kbd>{ "Alt Enter" }</kbd> }
                <button type="button" class="btn sm bare end" onclick={props.on_open.reform(move |_: MouseEvent| index)}>
                    { words::WHY.get(props.lang) }
                </button>
            </div>
        </div>
    }
}

/// Below the line, above it where there is no room; never over it.
pub fn place(node: &NodeRef, spot: Spot) {
    let Some(element) = node.cast::<HtmlElement>() else { return };
    let (width, height) = (f64::from(element.offset_width()), f64::from(element.offset_height()));
    let left = spot.left.min(spot.width - width - 16.0).max(8.0);
    let is_room = spot.bottom + height + 4.0 <= spot.height || spot.top < height;
    let top = if is_room { spot.bottom + 4.0 } else { spot.top - height - 4.0 };
    let style = element.unchecked_ref::<HtmlElement>().style();
    // Fails only for names that are no properties.
    let _ = style.set_property("left", &pixels(left));
    let _ = style.set_property("top", &pixels(top));
}
