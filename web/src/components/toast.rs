//! What was just done, and the way back.

use gloo_timers::callback::Timeout;
use plimsoll::text::Lang;
use yew::prelude::*;

use super::icon;
use super::legible;
use super::rich::rich;
use crate::state::{Action, Done, State, Toast};
use crate::words;

/// Milliseconds that it is shown.
const SHOWN: u32 = 10_000;

/// What the toast is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What was done.
    pub toast: Option<Toast>,
    /// The language.
    pub lang: Lang,
    /// Changes the state.
    pub dispatch: UseReducerDispatcher<State>,
}

/// The toast. It stays while it is hovered or has the focus.
#[component]
pub fn ToastBar(props: &Props) -> Html {
    let is_held = use_state_eq(|| false);
    {
        let dispatch = props.dispatch.clone();
        use_effect_with((props.toast.clone(), *is_held), move |(toast, is_held)| {
            let timer = (toast.is_some() && !is_held)
                .then(|| Timeout::new(SHOWN, move || dispatch.dispatch(Action::Seen)));
            move || drop(timer)
        });
    }
    let act = |action: fn() -> Action| {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action()))
    };
    let hold = |held: bool| {
        let is_held = is_held.setter();
        move || is_held.set(held)
    };
    let (enter, leave, focus, blur) = (hold(true), hold(false), hold(true), hold(false));
    html! {
        <div class="toasts" role="status">
            if let Some(toast) = &props.toast {
                <div class="toast" onmouseenter={Callback::from(move |_: MouseEvent| enter())} onmouseleave={Callback::from(move |_: MouseEvent| leave())}
                    onfocusin={Callback::from(move |_: FocusEvent| focus())} onfocusout={Callback::from(move |_: FocusEvent| blur())}>
                    <span>{ sentence(&toast.done, props.lang) }</span>
                    <button type="button" class="btn sm" id="take-back" onclick={act(|| Action::TakenBack)}>{ words::UNDO.get(props.lang) }</button>
                    <kbd>{ "Ctrl Z" }</kbd>
                    <button type="button" class="btn sm bare ic" aria-label={words::CLOSE.get(props.lang)} onclick={act(|| Action::Seen)}>{ icon::icon("close") }</button>
                </div>
            }
        </div>
    }
}

fn sentence(done: &Done, lang: Lang) -> Html {
    match done {
        Done::Removed(path) => {
            html! { <>{ words::REMOVED.get(lang) }{ " " }<b>{ legible(path) }</b></> }
        }
        Done::Emptied(count) => {
            html! { { words::EMPTIED.get(lang).replace("{count}", &count.to_string()) } }
        }
        Done::Replaced => html! { { words::REPLACED.get(lang) } },
        Done::Fixed(title) => html! { <>{ words::DONE.get(lang) }{ " " }{ rich(title) }</> },
        Done::FixedAll(count) => {
            html! { { words::FIXED_IN.get(lang).replace("{count}", &count.to_string()) } }
        }
    }
}
