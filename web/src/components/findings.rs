//! What was found, document by document.

use std::rc::Rc;

use plimsoll::report::{Finding, Report};
use plimsoll::text::{Lang, Text};
use yew::prelude::*;

use super::legible;
use crate::messages::RuleCard;
use crate::words;

/// What the list is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The findings, in the order of the report.
    pub findings: Vec<FindingItem>,
    /// Why each rule is there.
    pub rules: Rc<[RuleCard]>,
    /// The language.
    pub lang: Lang,
    /// Shows a place: path, first byte, one past the last.
    pub on_jump: Callback<(String, usize, usize)>,
    /// Applies a fix: index of the finding, index of the fix.
    pub on_fix: Callback<(usize, usize)>,
}

/// A finding with its index in the report.
#[derive(Clone)]
pub struct FindingItem {
    /// Its index.
    pub index: usize,
    /// The finding.
    pub finding: Finding,
}

impl PartialEq for FindingItem {
    fn eq(&self, other: &FindingItem) -> bool {
        let (a, b) = (&self.finding, &other.finding);
        self.index == other.index
            && a.rule == b.rule
            && a.path == b.path
            && a.span == b.span
            && a.message == b.message
    }
}

/// The findings of a report, with their indices.
pub fn items(report: &Report) -> Vec<FindingItem> {
    let numbered = report.findings.iter().cloned().enumerate();
    numbered.map(|(index, finding)| FindingItem { index, finding }).collect()
}

/// The word for a severity.
pub fn severity_word(severity: &str) -> Text {
    match severity {
        "error" => words::ERROR,
        "warning" => words::WARNING,
        _ => words::INFO,
    }
}

/// The list.
#[component]
pub fn Findings(props: &Props) -> Html {
    // They are in order of path.
    let groups = props.findings.chunk_by(|a, b| a.finding.path == b.finding.path);
    html! {
        <>
            { for groups.filter_map(|group| Some((&group.first()?.finding.path, group))).map(|(path, group)| html! {
                <section class="group" key={path.clone()}>
                    <h4>{ legible(path) }</h4>
                    <ol class="findings">
                        { for group.iter().map(|item| finding(props, item)) }
                    </ol>
                </section>
            }) }
        </>
    }
}

fn finding(props: &Props, item: &FindingItem) -> Html {
    let FindingItem { index, finding } = item;
    let say = |text: Text| text.get(props.lang);
    let jump = |path: &str, span: plimsoll::report::Span| {
        let (start, end) = (span.start.offset as usize, span.end.offset as usize);
        let place = (path.to_owned(), start, end);
        props.on_jump.reform(move |_: MouseEvent| place.clone())
    };
    let rule = props.rules.iter().find(|rule| rule.id == finding.rule);
    let start = finding.span.start;
    html! {
        <li class={classes!("finding", finding.severity.to_string())} data-rule={finding.rule.to_string()}>
            <p class="headline">
                <span class="severity">{ say(severity_word(&finding.severity)) }</span>
                <button type="button" class="place" onclick={jump(&finding.path, finding.span)}>
                    { format!("{}:{}", start.line, start.column) }
                </button>
                <span class="message">{ legible(&finding.message) }</span>
            </p>
            { for finding.related.iter().map(|related| html! {
                <p class="related">
                    <button type="button" class="place" onclick={jump(&related.path, related.span)}>
                        { format!("{} {}:{}", legible(&related.path), related.span.start.line, related.span.start.column) }
                    </button>
                    { legible(&related.message) }
                </p>
            }) }
            if let Some(help) = &finding.help {
                <p class="help">{ legible(help) }</p>
            }
            <p class="actions">
                { for finding.fixes.iter().enumerate().map(|(number, fix)| {
                    let which = (*index, number);
                    html! {
                        <button type="button" class={classes!("fix", (!fix.safe).then_some("risky"))} onclick={props.on_fix.reform(move |_: MouseEvent| which)}>
                            { legible(&fix.title) }
                        </button>
                    }
                }) }
            </p>
            <details>
                <summary>{ say(words::WHY) }{ " " }<code>{ finding.rule.to_string() }</code></summary>
                if let Some(rule) = rule {
                    <p>{ rule.why.clone() }</p>
                }
                if let Some(source) = &finding.source {
                    <p class="source">
                        { say(words::SOURCE) }{ ": " }
                        if source.url.is_empty() {
                            { source.title.to_string() }
                        } else {
                            <a href={source.url.to_string()} target="_blank" rel="noopener noreferrer">{ source.title.to_string() }</a>
                        }
                    </p>
                }
            </details>
        </li>
    }
}
