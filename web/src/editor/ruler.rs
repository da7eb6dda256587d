//! The narrow column that shows where in the whole text findings are. A press leads there.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::state::painting::Painting;

/// Strokes are drawn at so many different heights.
const HEIGHTS: usize = 400;

/// What the column is given.
#[derive(Clone, Properties)]
pub struct Props {
    /// The text's marks.
    pub painting: Rc<Painting>,
    /// Takes the line, from 0, that was pressed.
    pub on_line: Callback<usize>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.painting, &other.painting) && self.on_line == other.on_line
    }
}

/// The column.
#[component]
pub fn Ruler(props: &Props) -> Html {
    let count = props.painting.len().max(1);
    let mut strokes = Vec::new();
    let mut last = None;
    for (line, rank) in props.painting.worst() {
        // A short text's strokes stand beside their lines.
        let height = line * HEIGHTS / count.max(40);
        match last {
            Some((at, worst)) if at == height && worst >= rank => {}
            _ => strokes.push((height, rank)),
        }
        last = Some((height, rank));
    }
    let on_click = {
        let on_line = props.on_line.clone();
        Callback::from(move |event: MouseEvent| {
            let Some(column) = event
                .current_target()
                .and_then(|one| wasm_bindgen::JsCast::dyn_into::<Element>(one).ok())
            else {
                return;
            };
            let height = column.get_bounding_client_rect().height().max(1.0);
            let share = f64::from(event.offset_y()) / height;
            on_line.emit((share.clamp(0.0, 1.0) * count.max(40) as f64) as usize);
        })
    };
    html! {
        <svg class="ruler" aria-hidden="true" viewBox="0 0 12 400" preserveAspectRatio="none" onclick={on_click}>
            { for strokes.into_iter().map(|(height, rank)| html! {
                <rect class={rank.id()} x="2" width="8" height="2" y={height.to_string()} />
            }) }
        </svg>
    }
}
