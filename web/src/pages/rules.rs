//! Rules: the catalogue, searchable, each with its reason, examples and sources.

use plimsoll::redact;
use plimsoll::register;
use plimsoll::rule::Rule;
use plimsoll::text::{Lang, Text};
use web_sys::HtmlInputElement;
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
    let found: Vec<&'static Rule> =
        register().filter(|rule| matches(rule, &wanted, lang)).collect();
    html! {
        <div class="catalogue">
            <label class="search">{ words::SEARCH.get(lang) }
                <input type="search" oninput={on_input} autocomplete="off" spellcheck="false" />
            </label>
            <p class="quiet" aria-live="polite">{ found.len() }</p>
            { for found.into_iter().map(|rule| page(rule, lang)) }
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

fn page(rule: &'static Rule, lang: Lang) -> Html {
    let say = |text: Text| text.get(lang);
    html! {
        <details class="rule" key={rule.id}>
            <summary>
                <code>{ rule.id }</code>
                <span class={classes!("severity", rule.severity.id())}>{ say(severity_word(rule.severity.id())) }</span>
                <span>{ say(rule.summary) }</span>
            </summary>
            <p>{ say(rule.why) }</p>
            { for rule.examples.iter().filter(|example| example.bad).take(2).flat_map(|example| example.files(rule.platform).files).map(|(path, text)| html! {
                <figure><figcaption>{ path }</figcaption><pre>{ redact(&text) }</pre></figure>
            }) }
            <ul class="sources">
                { for rule.rests_on.iter().map(|citation| html! {
                    <li>
                        { say(citation.says) }{ " — " }
                        if citation.publication.url.is_empty() {
                            { citation.publication.title }
                        } else {
                            <a href={citation.publication.url} target="_blank" rel="noopener noreferrer">{ citation.publication.title }</a>
                        }
                    </li>
                }) }
            </ul>
        </details>
    }
}
