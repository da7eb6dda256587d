//! Rules: the catalogue, searchable, each with its reason, examples and sources.

use plimsoll::redact;
use plimsoll::register;
use plimsoll::rule::Rule;
use plimsoll::text::Lang;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::components::findings::severity_word;
use crate::words;

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The language.
    pub lang: Lang,
}

/// The page.
#[component]
pub fn RulesPage(props: &Props) -> Html {
    let lang = props.lang;
    let wanted = use_state(String::new);
    let on_input = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| {
            wanted.set(event.target_unchecked_into::<HtmlInputElement>().value().to_lowercase());
        })
    };
    let count = register().filter(|rule| matches(rule, &wanted, lang)).count();
    html! {
        <div class="catalogue">
            <label class="search">{ words::SEARCH.get(lang) }
                <input type="search" oninput={on_input} autocomplete="off" spellcheck="false" />
            </label>
            <p class="quiet" aria-live="polite">{ count }</p>
            // Those that do not match stay where they are, hidden, so that an open one stays open.
            { for register().map(|rule| html! {
                <Entry id={rule.id} {lang} is_shown={matches(rule, &wanted, lang)} />
            }) }
        </div>
    }
}

fn matches(rule: &Rule, wanted: &str, lang: Lang) -> bool {
    let texts = [rule.id, rule.summary.get(lang), rule.why.get(lang)];
    wanted.split_whitespace().all(|word| {
        texts.iter().any(|text| text.to_lowercase().contains(word))
            || rule.aliases.iter().any(|alias| alias.to_lowercase().contains(word))
    })
}

/// What an entry is given.
#[derive(Clone, PartialEq, Properties)]
struct EntryProps {
    id: &'static str,
    lang: Lang,
    is_shown: bool,
}

/// One rule: a headline, and the rest once it is opened.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let is_open = use_state(|| false);
    let Some(rule) = register().find(|rule| rule.id == props.id) else { return Html::default() };
    let lang = props.lang;
    let severity = rule.severity.id();
    let on_toggle = {
        let is_open = is_open.clone();
        Callback::from(move |event: Event| {
            is_open.set(event.target_unchecked_into::<Element>().has_attribute("open"));
        })
    };
    html! {
        <details class="rule" hidden={!props.is_shown} ontoggle={on_toggle}>
            <summary>
                <code>{ rule.id }</code>
                <span class={classes!("severity", severity)}>{ severity_word(severity).get(lang) }</span>
                <span>{ rule.summary.get(lang) }</span>
            </summary>
            if *is_open {
                { body(rule, lang) }
            }
        </details>
    }
}

fn body(rule: &'static Rule, lang: Lang) -> Html {
    let examples = rule.examples.iter().filter(|example| example.bad).take(2);
    html! {
        <>
            <p>{ rule.why.get(lang) }</p>
            { for examples.flat_map(|example| example.files(rule.platform).files).map(|(path, text)| html! {
                <figure><figcaption>{ path }</figcaption><pre>{ redact(&text) }</pre></figure>
            }) }
            <ul class="sources">
                { for rule.rests_on.iter().map(|citation| html! {
                    <li>
                        { citation.says.get(lang) }{ " — " }
                        if citation.publication.url.is_empty() {
                            { citation.publication.title }
                        } else {
                            <a href={citation.publication.url} target="_blank" rel="noopener noreferrer">{ citation.publication.title }</a>
                        }
                    </li>
                }) }
            </ul>
        </>
    }
}
