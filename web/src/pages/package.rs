//! Package: the fields of a Compute Nest deployment package, judged as the console judges them.

use plimsoll::platforms::compute_nest::package::{Field, Problem, check, tags};
use plimsoll::text::{Lang, Text};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::words;

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The language.
    pub lang: Lang,
}

/// The page.
#[component]
pub fn PackagePage(props: &Props) -> Html {
    let lang = props.lang;
    let (name, version) = (use_state(String::new), use_state(String::new));
    let (description, count) = (use_state(String::new), use_state(String::new));
    let of = |field: Field, value: &str| {
        let problems = if value.is_empty() { Vec::new() } else { check(field, value) };
        (!value.is_empty(), problems)
    };
    let tag_problem = count.parse().ok().and_then(tags);
    let tag_state = (!count.is_empty(), tag_problem.into_iter().collect());
    html! {
        <form class="credentials" onsubmit={Callback::from(|event: SubmitEvent| event.prevent_default())}>
            <p class="promise">{ words::PACKAGE_PROMISE.get(lang) }</p>
            <section class="card">
                { row("package-name", words::PACKAGE_NAME, &name, "text", of(Field::Name, &name), lang) }
                { row("package-version", words::PACKAGE_VERSION, &version, "text", of(Field::Version, &version), lang) }
                { row("package-description", words::PACKAGE_DESCRIPTION, &description, "text", of(Field::Description, &description), lang) }
                { row("package-tags", words::PACKAGE_TAGS, &count, "number", tag_state, lang) }
            </section>
        </form>
    }
}

/// A field with what is said of it: nothing while it is empty.
fn row(
    id: &'static str,
    label: Text,
    value: &UseStateHandle<String>,
    kind: &'static str,
    (is_filled, problems): (bool, Vec<Problem>),
    lang: Lang,
) -> Html {
    let on_input = {
        let value = value.clone();
        Callback::from(move |event: InputEvent| {
            value.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let is_wrong = (!problems.is_empty()).then_some("true");
    html! {
        <label>{ label.get(lang) }
            <input {id} type={kind} value={(**value).clone()} aria-invalid={is_wrong} oninput={on_input} autocomplete="off" />
            <span aria-live="polite">
                { for problems.iter().map(|problem| html! { <span class="refused">{ problem.message().render(lang) }</span> }) }
                if is_filled && problems.is_empty() { <span class="good">{ words::PACKAGE_FITS.get(lang) }</span> }
            </span>
        </label>
    }
}
