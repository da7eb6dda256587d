//! The choice of fixes: one row a rule, the difference that follows the choice, and the verdict
//! after it.

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::report::{Fit, Verdict};
use plimsoll::text::{Lang, Text};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::diff::{Row, rows};
use crate::components::counts::number;
use crate::components::icon;
use crate::components::legible;
use crate::components::rich::rich;
use crate::platforms::CHIPS;
use crate::words;

/// What fixes would change, as the worker told it.
#[derive(Clone)]
pub struct Preview {
    /// The revision that it belongs to.
    pub revision: u64,
    /// The documents that would change: path, text before, text after.
    pub texts: Vec<(String, String, String)>,
    /// The verdicts after it.
    pub fits: Vec<Fit>,
}

/// Fixes of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The rule.
    pub rule: String,
    /// What the first of them does.
    pub title: String,
    /// How many findings they mend.
    pub findings: usize,
    /// Whether they need no human eye.
    pub is_safe: bool,
}

/// The causes of what was found that have fixes, safe ones first.
pub fn causes(report: &Report) -> Vec<Cause> {
    let mut all: Vec<Cause> = Vec::new();
    for finding in &report.findings {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.safe).or(finding.fixes.first()) else {
            continue;
        };
        match all.iter_mut().find(|one| one.rule == finding.rule && one.is_safe == fix.safe) {
            Some(cause) => cause.findings += 1,
            None => all.push(Cause {
                rule: finding.rule.to_string(),
                title: fix.title.clone(),
                findings: 1,
                is_safe: fix.safe,
            }),
        }
    }
    all.sort_by_key(|cause| !cause.is_safe);
    all
}

/// What the choice is given.
#[derive(Clone, Properties)]
pub struct Props {
    /// What was found.
    pub report: Rc<Report>,
    /// What the choice would change, once that is known.
    pub preview: Option<Rc<Preview>>,
    /// The language.
    pub lang: Lang,
    /// Asks for what a choice would change: rules without, rules with.
    pub on_choice: Callback<(Vec<String>, Vec<String>)>,
    /// Makes the changes.
    pub on_apply: Callback<()>,
    /// Closes the choice.
    pub on_close: Callback<()>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        let preview = |props: &Props| props.preview.as_ref().map(Rc::as_ptr);
        Rc::ptr_eq(&self.report, &other.report)
            && preview(self) == preview(other)
            && self.lang == other.lang
    }
}

/// The choice.
#[component]
pub fn Fixes(props: &Props) -> Html {
    let lang = props.lang;
    let say = |text: Text| text.get(lang);
    let causes = use_memo(props.clone(), |props| causes(&props.report));
    let without = use_state(Vec::<String>::new);
    let with = use_state(Vec::<String>::new);
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlElement>() {
                // Fails only where there is no window.
                let _ = dialog.focus();
            }
        });
    }
    {
        let on_choice = props.on_choice.clone();
        use_effect_with(((*without).clone(), (*with).clone()), move |choice| {
            on_choice.emit(choice.clone());
        });
    }
    let toggle = |cause: &Cause| {
        let (list, rule) =
            (if cause.is_safe { without.clone() } else { with.clone() }, cause.rule.clone());
        Callback::from(move |_: Event| {
            let mut next = (*list).clone();
            match next.iter().position(|one| *one == rule) {
                Some(index) => {
                    next.remove(index);
                }
                None => next.push(rule.clone()),
            }
            list.set(next);
        })
    };
    let row = |cause: &Cause| {
        let is_on =
            if cause.is_safe { !without.contains(&cause.rule) } else { with.contains(&cause.rule) };
        html! {
            <li key={format!("{}{}", cause.rule, cause.is_safe)}><label class="tick"><input type="checkbox" checked={is_on} data-cause={cause.rule.clone()} onchange={toggle(cause)} /><span>{ rich(&cause.title) }<small>{ say(words::FIXES_SO_MANY).replace("{count}", &number(cause.findings)) }{ " · " }{ cause.rule.clone() }</small></span></label></li>
        }
    };
    let close = props.on_close.reform(|_: MouseEvent| ());
    let on_key = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                on_close.emit(());
            }
        })
    };
    let count = props.preview.as_ref().map_or(0, |one| one.texts.len());
    html! {
        <div class="veil"><section class="dialog" role="dialog" aria-modal="true" aria-labelledby="fix-title" tabindex="-1" ref={dialog} onkeydown={on_key}>
            <div class="dh">
                <div class="grow"><h2 id="fix-title">{ say(words::FIX_TITLE) }</h2><p>{ say(words::FIX_PROMISE) }</p></div>
                <button type="button" class="btn bare ic" aria-label={say(words::CLOSE)} onclick={close.clone()}>{ icon::icon("close") }</button>
            </div>
            <div class="in fixing">
                <ul>
                    if causes.iter().any(|one| one.is_safe) { <li class="h">{ say(words::SAFE) }</li> }
                    { for causes.iter().filter(|one| one.is_safe).map(row) }
                    if causes.iter().any(|one| !one.is_safe) { <li class="h">{ say(words::NEEDS_YOUR_EYE) }</li> }
                    { for causes.iter().filter(|one| !one.is_safe).map(row) }
                </ul>
                <div class="diff" tabindex="0" role="region" aria-label={say(words::CHANGES)}>
                    if let Some(preview) = &props.preview {
                        { for preview.texts.iter().map(|(path, old, new)| difference(path, old, new)) }
                    }
                </div>
            </div>
            <div class="df">
                <span class="quiet" id="after">{ props.preview.as_ref().map(|one| after(&one.fits, lang)).unwrap_or_default() }</span>
                <button type="button" class="btn end" onclick={close}>{ say(words::CANCEL) }</button>
                <button type="button" class="btn go" id="apply" aria-disabled={(count == 0).then_some("true")} onclick={props.on_apply.reform(|_: MouseEvent| ())}>{ say(words::APPLY) }</button>
            </div>
        </section></div>
    }
}

/// The verdicts after the fixes.
fn after(fits: &[Fit], lang: Lang) -> String {
    let verdicts = fits.iter().filter_map(|fit| {
        let chip = CHIPS.iter().find(|chip| chip.is(&fit.platform))?;
        let word = match fit.verdict {
            Verdict::Fits => words::FITS,
            Verdict::Fails => words::FAILS,
            Verdict::Unknown => words::OPEN,
        };
        Some(format!("{} {}", chip.name.get(lang), word.get(lang)))
    });
    let verdicts: Vec<String> = verdicts.collect();
    if verdicts.is_empty() {
        return String::new();
    }
    let joined = verdicts.join(if lang == Lang::En { ", " } else { "，" });
    words::AFTER_THIS.get(lang).replace("{verdicts}", &joined)
}

fn difference(path: &str, old: &str, new: &str) -> Html {
    let number = |line: Option<usize>| html! { <i>{ line.map(|line| line.to_string()).unwrap_or_default() }</i> };
    let marked = |[before, part, after]: [&str; 3]| html! { <span>{ legible(before) }if !part.is_empty() { <mark>{ legible(part) }</mark> }{ legible(after) }</span> };
    html! {
        <>
            <h3>{ legible(path) }</h3>
            { for rows(old, new).into_iter().map(|row| match row {
                Row::Hunk(first, last) => html! { <div class="hunk">{ format!("{first}–{last}") }</div> },
                Row::Same(a, b, text) => html! { <div>{ number(Some(a)) }{ number(Some(b)) }<i></i><span>{ legible(text) }</span></div> },
                Row::Old(a, parts) => html! { <div class="d">{ number(Some(a)) }{ number(None) }<i>{ "−" }</i>{ marked(parts) }</div> },
                Row::New(b, parts) => html! { <div class="a">{ number(None) }{ number(Some(b)) }<i>{ "+" }</i>{ marked(parts) }</div> },
                Row::More(count) => html! { <div class="hunk">{ format!("… {count}") }</div> },
            }) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::{Project, Settings, check};

    #[test]
    fn fixes_are_chosen_by_their_cause() {
        let text = "FROM a:1\nMAINTAINER x\nRUN apt install -y b\nRUN apt install -y c\n";
        let (project, _) = Project::from_files([("Dockerfile", text)]);
        let report = check(&project, &Settings::default());
        let causes = causes(&report);
        let apt = causes.iter().find(|one| one.rule == "dockerfile/no-apt").expect("one of apt");
        assert_eq!(apt.findings, 2);
        let safe: Vec<bool> = causes.iter().map(|one| !one.is_safe).collect();
        assert!(safe.is_sorted());
    }
}
