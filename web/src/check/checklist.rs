//! What stands behind a platform's verdict: what decides it, and what was not looked at.

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::report::{Deciding, Finding, Fit, Verdict};
use plimsoll::text::{Lang, Text};
use yew::prelude::*;

use crate::components::icon;
use crate::components::legible;
use crate::components::rich::rich;
use crate::messages::RuleCard;
use crate::platforms::Chip;
use crate::words;

/// What stands behind a verdict.
pub struct Checklist {
    /// The platform.
    pub chip: &'static Chip,
    /// The newest report.
    pub report: Option<Rc<Report>>,
    /// The platform's verdict, asked for or not.
    pub fit: Option<Fit>,
    /// Whether the project is checked for it.
    pub is_asked: bool,
    /// Whether its reader chose it.
    pub is_chosen: bool,
    /// Whether only its findings are shown.
    pub is_filtered: bool,
    /// Every rule, once the worker has told them.
    pub rules: Rc<[RuleCard]>,
    /// The language.
    pub lang: Lang,
    /// Shows a place: path, first byte, one past the last.
    pub on_jump: Callback<(String, usize, usize)>,
    /// Chooses the platform, or no longer.
    pub on_choose: Callback<()>,
    /// Shows only its findings, or all.
    pub on_filter: Callback<()>,
    /// Closes the list.
    pub on_close: Callback<()>,
}

/// Places of one rule.
struct Broken<'a> {
    rule: &'a str,
    places: Vec<&'a Deciding>,
}

/// Draws the list.
pub fn checklist(props: &Checklist) -> Html {
    let lang = props.lang;
    let say = |text: Text| text.get(lang);
    let name = props.chip.name.get(lang);
    let fit = props.fit.as_ref();
    let verdict = fit.map(|fit| fit.verdict);
    let (sign, colour, title) = match (verdict, props.is_asked) {
        (Some(Verdict::Fails), true) => ("no", "sev-e", say(words::WOULD_REFUSE)),
        (Some(Verdict::Fits), true) => ("ok", "sev-o", say(words::NOTHING_AGAINST)),
        (Some(_), true) => ("open", "sev-w", say(words::NOT_SETTLED)),
        _ => ("unseen", "sev-n", say(words::NOBODY_ASKED)),
    };
    let broken = by_rule(fit.map_or(&[], |fit| &fit.deciding));
    let unseen = fit.map_or(&[][..], |fit| &fit.undetermined);
    let close = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <section class="demands" role="dialog" aria-label={title.replace("{name}", name)}>
            <div class="dh">
                <h2>{ icon::small(sign, colour) }{ title.replace("{name}", name) }</h2>
                <button type="button" class="btn sm bare ic" aria-label={say(words::CLOSE)} onclick={close}>{ icon::icon("close") }</button>
                <p>{ if props.is_asked { String::new() } else { format!("{}: {}", name, props.chip.missing.get(lang)) } }</p>
            </div>
            if !broken.is_empty() {
                <h3 class="h sev-e">{ format!("{} · {}", say(words::BROKEN), broken.len()) }</h3>
                <ul>{ for broken.iter().map(|one| row(props, one)) }</ul>
            }
            if !unseen.is_empty() {
                <h3 class="h">{ format!("{} · {}", say(words::NOT_LOOKED_AT), unseen.len()) }</h3>
                <ul>
                    { for unseen.iter().map(|rule| html! {
                        <li class="demand unseen">
                            { icon::icon("unseen") }<span class="t">{ rich(&summary(props, rule)) }</span>
                        </li>
                    }) }
                </ul>
            }
            if broken.is_empty() && unseen.is_empty() && props.is_asked {
                <p class="pad">{ say(words::NOTHING_DECIDES) }</p>
            }
            <div class="df">
                <button type="button" class="btn sm choose" aria-pressed={if props.is_chosen { "true" } else { "false" }}
                    onclick={props.on_choose.reform(|_: MouseEvent| ())}>
                    { say(words::CHECK_FOR).replace("{name}", name) }
                </button>
                if props.is_asked {
                    <button type="button" class="btn sm" aria-pressed={if props.is_filtered { "true" } else { "false" }}
                        onclick={props.on_filter.reform(|_: MouseEvent| ())}>
                        { icon::small("filter", "") }{ say(words::ONLY_FINDINGS_OF).replace("{name}", name) }
                    </button>
                }
            </div>
        </section>
    }
}

/// The places by rule, in the order of the first of each.
fn by_rule(deciding: &[Deciding]) -> Vec<Broken<'_>> {
    let mut all: Vec<Broken<'_>> = Vec::new();
    for one in deciding {
        match all.iter_mut().find(|broken| broken.rule == one.rule) {
            Some(broken) => broken.places.push(one),
            None => all.push(Broken { rule: &one.rule, places: vec![one] }),
        }
    }
    all
}

/// Places of a rule beyond these are counted.
const MOST_PLACES: usize = 5;

fn row(props: &Checklist, broken: &Broken<'_>) -> Html {
    let found = broken.places.first().and_then(|place| finding(props, broken.rule, place));
    let title = found.map_or_else(|| summary(props, broken.rule), |one| one.message.clone());
    let source = found.and_then(|one| one.source.as_ref()).filter(|one| !one.url.is_empty());
    html! {
        <li class="demand broken">
            { icon::small("error", "sev-e") }
            <span class="t">{ rich(&title) }</span>
            <span class="w">
                { for broken.places.iter().take(MOST_PLACES).map(|place| link(props, broken.rule, place)) }
                if broken.places.len() > MOST_PLACES { { format!(" … {}", broken.places.len() - MOST_PLACES) } }
            </span>
            if let Some(source) = source {
                <a class="src" href={source.url.to_string()} target="_blank" rel="noopener noreferrer">
                    { words::SOURCE.get(props.lang) }{ icon::small("out", "") }
                </a>
            }
        </li>
    }
}

fn finding<'a>(props: &'a Checklist, rule: &str, place: &Deciding) -> Option<&'a Finding> {
    props
        .report
        .as_ref()?
        .findings
        .iter()
        .find(|one| one.rule == rule && one.path == place.path && one.span.start.line == place.line)
}

fn link(props: &Checklist, rule: &str, place: &Deciding) -> Html {
    let text = format!("{}:{}", legible(&place.path), place.line);
    let Some(found) = finding(props, rule, place) else {
        return html! { <span class="at">{ text }{ " " }</span> };
    };
    let (start, end) = (found.span.start.offset as usize, found.span.end.offset as usize);
    let target = (place.path.clone(), start, end);
    let jump = props.on_jump.reform(move |_: MouseEvent| target.clone());
    html! { <><button type="button" class="at link" onclick={jump}>{ text }</button>{ " " }</> }
}

fn summary(props: &Checklist, rule: &str) -> String {
    let card = props.rules.iter().find(|one| one.id == rule);
    card.map_or_else(|| rule.to_owned(), |one| one.summary.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_one_rule_stand_together() {
        let place =
            |rule: &'static str, line| Deciding { rule: rule.into(), path: "a".into(), line };
        let all = [place("x", 1), place("y", 2), place("x", 3)];
        let broken = by_rule(&all);
        let counts: Vec<_> = broken.iter().map(|one| (one.rule, one.places.len())).collect();
        assert_eq!(counts, [("x", 2), ("y", 1)]);
    }
}
