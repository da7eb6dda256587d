//! One finding: a line while it is closed; its reason and what can be done once it is open.

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::report::{Finding, Span};
use plimsoll::text::{Lang, Text};
use yew::prelude::*;

use crate::components::icon;
use crate::components::legible;
use crate::components::rich::rich;
use crate::messages::RuleCard;
use crate::state::painting::Rank;
use crate::words;

/// What a finding is given.
#[derive(Clone, Properties)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// Its index.
    pub index: usize,
    /// Whether it is open.
    pub is_open: bool,
    /// Every rule, once the worker has told them.
    pub rules: Rc<[RuleCard]>,
    /// The language.
    pub lang: Lang,
    /// Opens it, or closes it.
    pub on_open: Callback<Option<usize>>,
    /// Shows a place: path, first byte, one past the last.
    pub on_jump: Callback<(String, usize, usize)>,
    /// Applies a fix: index of the finding, of the fix.
    pub on_fix: Callback<(usize, usize)>,
    /// Shows a rule on its page.
    pub on_rule: Callback<String>,
    /// Writes the comment that silences it.
    pub on_silence: Callback<usize>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.report, &other.report)
            && Rc::ptr_eq(&self.rules, &other.rules)
            && (self.index, self.is_open, self.lang) == (other.index, other.is_open, other.lang)
    }
}

/// The finding.
#[component]
pub fn FindingItem(props: &Props) -> Html {
    let Some(finding) = props.report.findings.get(props.index) else { return Html::default() };
    let rank = Rank::of(&finding.severity);
    let (index, is_open) = (props.index, props.is_open);
    let start = finding.span.start;
    let open = {
        let on_open = props.on_open.clone();
        Callback::from(move |_: MouseEvent| on_open.emit((!is_open).then_some(index)))
    };
    let jump = {
        let (on_open, on_jump) = (props.on_open.clone(), props.on_jump.clone());
        let place = place(&finding.path, finding.span);
        Callback::from(move |_: MouseEvent| {
            on_open.emit(Some(index));
            on_jump.emit(place.clone());
        })
    };
    html! {
        <li class={classes!("find", rank.id(), is_open.then_some("open"))} data-rule={finding.rule.to_string()}>
            { icon::of_rank(rank) }
            <h3><button type="button" class="title" aria-expanded={if is_open { "true" } else { "false" }} onclick={open}>
                <span class="vh">{ words::severity(&finding.severity).get(props.lang) }{ ": " }</span><span class="message">{ rich(&finding.message) }</span>
            </button></h3>
            <button type="button" class="at where place link" onclick={jump}>{ format!("{}:{}", start.line, start.column) }</button>
            if is_open {
                { body(props, finding) }
            } else if let Some(fix) = finding.fixes.first() {
                <div class="body line2">{ fix_button(props, 0, &fix.title, fix.safe, false) }</div>
            }
        </li>
    }
}

fn place(path: &str, span: Span) -> (String, usize, usize) {
    (path.to_owned(), span.start.offset as usize, span.end.offset as usize)
}

fn fix_button(props: &Props, number: usize, title: &str, is_safe: bool, is_first: bool) -> Html {
    let which = (props.index, number);
    let class = classes!(
        "btn",
        "sm",
        "fix",
        (!is_safe).then_some("risky"),
        (is_first && is_safe).then_some("go")
    );
    html! {
        <button type="button" {class} onclick={props.on_fix.reform(move |_: MouseEvent| which)}>{ icon::small("wrench", "") }{ rich(title) }</button>
    }
}

fn body(props: &Props, finding: &Finding) -> Html {
    let say = |text: Text| text.get(props.lang);
    let rule = props.rules.iter().find(|rule| rule.id == finding.rule);
    let (id, index) = (finding.rule.to_string(), props.index);
    html! {
        <div class="body">
            if let Some(help) = &finding.help { <p class="help">{ rich(help) }</p> }
            { for finding.related.iter().map(|related| html! {
                <p class="also related">
                    <button type="button" class="at link" onclick={ let place = place(&related.path, related.span); props.on_jump.reform(move |_: MouseEvent| place.clone()) }>{ format!("{}:{}:{}", legible(&related.path), related.span.start.line, related.span.start.column) }</button>
                    <span>{ rich(&related.message) }</span>
                </p>
            }) }
            <div class="acts">
                { for finding.fixes.iter().enumerate().map(|(number, fix)| fix_button(props, number, &fix.title, fix.safe, number == 0)) }
                if has_comments(props, finding) {
                    <button type="button" class="btn sm bare silence" onclick={props.on_silence.reform(move |_: MouseEvent| index)}>{ say(words::SILENCE) }</button>
                }
            </div>
            <details>
                <summary>{ say(words::WHY) }</summary>
                if let Some(rule) = rule { <p>{ rich(&rule.why) }</p> }
                if let Some(source) = &finding.source {
                    <p class="source">{ say(words::SOURCE) }{ ": " }
                        if source.url.is_empty() { { source.title.to_string() } } else {
                            <a href={source.url.to_string()} target="_blank" rel="noopener noreferrer">{ source.title.to_string() }{ icon::small("out", "") }</a>
                        }
                    </p>
                }
            </details>
            <button type="button" class="id link" onclick={ let id = id.clone(); props.on_rule.reform(move |_: MouseEvent| id.clone()) }>{ id.clone() }</button>
        </div>
    }
}

/// Whether a comment in the document could silence the finding.
fn has_comments(props: &Props, finding: &Finding) -> bool {
    let document = props.report.documents.iter().find(|one| one.path == finding.path);
    let kinds = [
        "dockerfile",
        "dockerignore",
        "shell",
        "ros-template",
        "computenest-config",
        "kubernetes",
        "compose",
    ];
    document.is_some_and(|one| kinds.contains(&&*one.kind)) && !finding.path.ends_with(".json")
}
