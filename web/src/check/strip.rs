//! The strip of platforms: the verdict of each, and what stands behind it.

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::report::{Fit, Verdict};
use plimsoll::text::Lang;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::checklist::{Checklist, checklist};
use crate::components::icon;
use crate::messages::RuleCard;
use crate::platforms::{CHIPS, Chip};
use crate::state::{Action, Checked, State};
use crate::words;

/// What the strip is given.
#[derive(Clone, Properties)]
pub struct Props {
    /// The newest answer.
    pub checked: Option<Checked>,
    /// The platforms that are chosen.
    pub chosen: Vec<String>,
    /// The one platform whose findings are shown.
    pub filtered: Option<String>,
    /// Every rule, once the worker has told them.
    pub rules: Rc<[RuleCard]>,
    /// The language.
    pub lang: Lang,
    /// Changes the state.
    pub dispatch: UseReducerDispatcher<State>,
    /// Asks for the verdict of a platform that nobody asked about.
    pub on_fit: Callback<String>,
    /// The verdict that was asked for so.
    pub other_fit: Option<Fit>,
    /// Shows only the findings of a platform, or all.
    pub on_filter: Callback<Option<String>>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        let report = |props: &Props| props.checked.as_ref().map(|one| Rc::as_ptr(&one.report));
        report(self) == report(other)
            && Rc::ptr_eq(&self.rules, &other.rules)
            && self.other_fit == other.other_fit
            && (&self.chosen, &self.filtered, self.lang)
                == (&other.chosen, &other.filtered, other.lang)
    }
}

/// The strip.
#[component]
pub fn Strip(props: &Props) -> Html {
    let open = use_state_eq(|| None::<&'static str>);
    let node = use_node_ref();
    crate::components::outside::use_outside(&node, open.is_some(), {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    });
    let on_key = {
        let open = open.setter();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                open.set(None);
            }
        })
    };
    {
        // What nobody asked about is judged once somebody looks.
        let unasked = open.and_then(|id| CHIPS.iter().find(|chip| chip.id == id));
        let unasked = unasked.filter(|chip| asked_fit(props, chip).is_none());
        let name = unasked.map(|chip| chip.under(profile(props, chip)));
        let report = props.checked.as_ref().map(|one| Rc::as_ptr(&one.report) as usize);
        let on_fit = props.on_fit.clone();
        use_effect_with((name, report), move |(name, report)| {
            if let (Some(name), Some(_)) = (name, report) {
                on_fit.emit(name.clone());
            }
        });
    }
    let asked = props.checked.as_ref().is_some_and(|one| !one.report.fit.is_empty());
    let list = open.and_then(|id| CHIPS.iter().find(|chip| chip.id == id)).map(|chip| {
        let is_filtered = props.filtered.as_deref() == Some(chip.id);
        checklist(&Checklist {
            chip,
            report: props.checked.as_ref().map(|one| one.report.clone()),
            fit: shown_fit(props, chip),
            is_asked: asked_fit(props, chip).is_some(),
            is_chosen: props.chosen.iter().any(|one| chip.is(one)),
            is_filtered,
            rules: props.rules.clone(),
            lang: props.lang,
            on_jump: {
                let dispatch = props.dispatch.clone();
                Callback::from(move |(path, start, end)| {
                    dispatch.dispatch(Action::Jumped(path, start, end))
                })
            },
            on_choose: choose(props, chip),
            on_filter: {
                let (filter, id) = (props.on_filter.clone(), chip.id);
                Callback::from(move |()| filter.emit((!is_filtered).then(|| id.to_owned())))
            },
            on_close: {
                let open = open.setter();
                Callback::from(move |()| open.set(None))
            },
        })
    });
    html! {
        <section class="strip" aria-label={words::PLATFORMS.get(props.lang)} ref={node} onkeydown={on_key}>
            <span class="ask">{ words::SAFE_TO_SHIP.get(props.lang) }</span>
            { for CHIPS.iter().map(|chip| port(props, chip, &open)) }
            if asked && props.chosen.is_empty() {
                <span class="told grow cut">{ words::FROM_YOUR_FILES.get(props.lang) }</span>
            }
            { for list }
        </section>
    }
}

/// The verdict of a platform that was asked about, by the reader or by the documents.
fn asked_fit<'a>(props: &'a Props, chip: &Chip) -> Option<&'a Fit> {
    let report: &Report = &props.checked.as_ref()?.report;
    report.fit.iter().find(|fit| chip.is(&fit.platform))
}

/// The profile that is spoken of.
fn profile<'a>(props: &'a Props, chip: &'a Chip) -> &'a str {
    let chosen = props.chosen.iter().find(|one| chip.is(one)).and_then(|one| one.split(':').nth(1));
    let told = asked_fit(props, chip).and_then(|fit| fit.profile.as_deref());
    let first = chip.profiles.first().map_or("", |(id, _)| id);
    chosen.or(told).unwrap_or(first)
}

/// The verdict that the checklist shows, of a platform that nobody asked about, too.
fn shown_fit(props: &Props, chip: &Chip) -> Option<Fit> {
    let name = chip.under(profile(props, chip));
    let other = props.other_fit.as_ref().filter(|fit| fit.platform == name);
    asked_fit(props, chip).or(other).cloned()
}

/// Chooses the platform, or no longer.
fn choose(props: &Props, chip: &'static Chip) -> Callback<()> {
    let (dispatch, chosen) = (props.dispatch.clone(), props.chosen.clone());
    let name = chip.under(profile(props, chip));
    Callback::from(move |()| {
        let mut next = chosen.clone();
        let count = next.len();
        next.retain(|one| !chip.is(one));
        if next.len() == count {
            next.push(name.clone());
        }
        dispatch.dispatch(Action::Chose(next));
    })
}

fn port(props: &Props, chip: &'static Chip, open: &UseStateHandle<Option<&'static str>>) -> Html {
    let lang = props.lang;
    let fit = asked_fit(props, chip);
    let is_open = **open == Some(chip.id);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set((*open != Some(chip.id)).then_some(chip.id)))
    };
    let (class, sign, colour) = match fit.map(|fit| fit.verdict) {
        Some(Verdict::Fails) => ("fails", "no", "sev-e"),
        Some(Verdict::Fits) => ("fits", "ok", "sev-o"),
        Some(Verdict::Unknown) => ("open", "open", "sev-w"),
        None => ("none", "unseen", ""),
    };
    let word = match fit {
        Some(fit) => html! { <b class="verdict">{ verdict(fit, lang) }</b> },
        None if props.checked.is_none() => {
            html! { <small class="verdict">{ words::NOT_CHECKED_YET.get(lang) }</small> }
        }
        None => html! { <small class="verdict">{ chip.missing.get(lang) }</small> },
    };
    let expanded = if is_open { "true" } else { "false" };
    let down = fit.is_some().then(|| icon::small("down", ""));
    html! {
        <div class={classes!("port", class, is_open.then_some("on"))} data-platform={chip.id}>
            if chip.profiles.is_empty() {
                <button type="button" aria-expanded={expanded} onclick={toggle}>
                    { icon::small(sign, colour) }{ chip.name.get(lang) }{ " " }{ word }{ down }
                </button>
            } else {
                <button type="button" aria-expanded={expanded} onclick={toggle.clone()}>
                    { icon::small(sign, colour) }{ chip.name.get(lang) }
                </button>
                { profiles(props, chip) }
                <button type="button" aria-expanded={expanded} onclick={toggle}>
                    <span class="vh">{ format!("{}: ", chip.name.get(lang)) }</span>{ word }{ down }
                </button>
            }
        </div>
    }
}

/// The choice of the profile. To choose one is to ask about the platform.
fn profiles(props: &Props, chip: &'static Chip) -> Html {
    let current = profile(props, chip).to_owned();
    let on_change = {
        let (dispatch, chosen) = (props.dispatch.clone(), props.chosen.clone());
        Callback::from(move |event: Event| {
            let profile = event.target_unchecked_into::<HtmlSelectElement>().value();
            let mut next = chosen.clone();
            next.retain(|one| !chip.is(one));
            next.push(chip.under(&profile));
            dispatch.dispatch(Action::Chose(next));
        })
    };
    html! {
        <select aria-label={format!("{} {}", chip.name.get(props.lang), words::PROFILE.get(props.lang))} onchange={on_change}>
            { for chip.profiles.iter().map(|(id, name)| html! {
                <option value={*id} selected={*id == current}>{ name.get(props.lang) }</option>
            }) }
        </select>
    }
}

/// The verdict in words: `fails · 2`.
pub fn verdict(fit: &Fit, lang: Lang) -> String {
    match fit.verdict {
        Verdict::Fails => format!("{} · {}", words::FAILS.get(lang), fit.errors),
        Verdict::Fits => words::FITS.get(lang).to_owned(),
        Verdict::Unknown => words::OPEN.get(lang).to_owned(),
    }
}
