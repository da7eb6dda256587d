//! The signs of the page. Their shapes stand once in `index.html`.

use yew::prelude::*;

use crate::state::painting::Rank;

/// The sign `name`, as large as a line.
pub fn icon(name: &'static str) -> Html {
    html! { <svg class="i" aria-hidden="true"><use href={format!("#i-{name}")} /></svg> }
}

/// The sign `name`, small and in the colours of `class`.
pub fn small(name: &'static str, class: &'static str) -> Html {
    html! {
        <svg class={classes!("i", "xs", class)} aria-hidden="true"><use href={format!("#i-{name}")} /></svg>
    }
}

/// The sign of a severity; its shape tells as much as its colour.
pub fn of_rank(rank: Rank) -> Html {
    let (name, class) = match rank {
        Rank::Error => ("error", "sev-e"),
        Rank::Warning => ("warn", "sev-w"),
        Rank::Info => ("info", "sev-i"),
    };
    html! {
        <svg class={classes!("i", class)} aria-hidden="true"><use href={format!("#i-{name}")} /></svg>
    }
}
