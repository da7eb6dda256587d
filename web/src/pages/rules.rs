//! Rules: the catalogue, searchable, each with its reason, examples and sources.

use std::rc::Rc;

use plimsoll::text::Lang;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::messages::RuleCard;
use crate::words;

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Every rule, once the worker has told them.
    pub rules: Rc<[RuleCard]>,
    /// The language.
    pub lang: Lang,
    /// The rule that the address names; empty for none.
    pub named: AttrValue,
}

/// The page.
#[component]
pub fn RulesPage(props: &Props) -> Html {
    let lang = props.lang;
    let wanted = use_state(|| props.named.to_string());
    {
        let (wanted, rules) = (wanted.setter(), props.rules.len());
        use_effect_with((props.named.clone(), rules), move |(named, _)| {
            if !named.is_empty() {
                wanted.set(named.to_string());
            }
        });
    }
    let on_input = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| {
            wanted.set(event.target_unchecked_into::<HtmlInputElement>().value().to_lowercase());
        })
    };
    let shown: Vec<bool> = props.rules.iter().map(|rule| matches(rule, &wanted)).collect();
    let count = shown.iter().filter(|&&is_shown| is_shown).count();
    html! {
        <div class="catalogue">
            <label class="search">{ words::SEARCH.get(lang) }
                <input type="search" value={(*wanted).clone()} oninput={on_input} autocomplete="off" spellcheck="false" />
            </label>
            <p class="quiet" role="status">
                if props.rules.is_empty() { { words::LOADING.get(lang) } } else { { count } }
            </p>
            // Those that do not match stay where they are, hidden, so that an open one stays open.
            { for shown.into_iter().enumerate().map(|(index, is_shown)| html! {
                <Entry rules={props.rules.clone()} {index} {lang} {is_shown} is_named={props.rules[index].id == *props.named} />
            }) }
        </div>
    }
}

fn matches(rule: &RuleCard, wanted: &str) -> bool {
    let texts = [&rule.id, &rule.summary, &rule.why];
    wanted.split_whitespace().all(|word| {
        texts.into_iter().chain(&rule.aliases).any(|text| text.to_lowercase().contains(word))
    })
}

/// What an entry is given.
#[derive(Clone, Properties)]
struct EntryProps {
    rules: Rc<[RuleCard]>,
    index: usize,
    lang: Lang,
    is_shown: bool,
    is_named: bool,
}

impl PartialEq for EntryProps {
    fn eq(&self, other: &EntryProps) -> bool {
        Rc::ptr_eq(&self.rules, &other.rules)
            && (self.index, self.lang, self.is_shown, self.is_named)
                == (other.index, other.lang, other.is_shown, other.is_named)
    }
}

/// One rule: a headline, and the rest once it is opened.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let is_open = use_state_eq(|| props.is_named);
    {
        // An address opens its rule, wherever one was before.
        let is_open = is_open.setter();
        use_effect_with(props.is_named, move |is_named| {
            if *is_named {
                is_open.set(true);
            }
        });
    }
    let Some(rule) = props.rules.get(props.index) else { return Html::default() };
    let on_toggle = {
        let is_open = is_open.clone();
        Callback::from(move |event: Event| {
            is_open.set(event.target_unchecked_into::<Element>().has_attribute("open"));
        })
    };
    html! {
        <details class="rule" hidden={!props.is_shown} open={*is_open} ontoggle={on_toggle}>
            <summary>
                <code>{ rule.id.clone() }</code>
                <span class={classes!("severity", rule.severity.clone())}>{ words::severity(&rule.severity).get(props.lang) }</span>
                <span>{ rule.summary.clone() }</span>
            </summary>
            if *is_open {
                { body(rule) }
            }
        </details>
    }
}

fn body(rule: &RuleCard) -> Html {
    html! {
        <>
            <p>{ rule.why.clone() }</p>
            { for rule.examples.iter().map(|(path, text)| html! {
                <figure><figcaption>{ path.clone() }</figcaption><pre>{ text.clone() }</pre></figure>
            }) }
            <ul class="sources">
                { for rule.sources.iter().map(|source| html! {
                    <li>
                        { source.says.clone() }{ " — " }
                        if source.url.is_empty() {
                            { source.title.clone() }
                        } else {
                            <a href={source.url.clone()} target="_blank" rel="noopener noreferrer">{ source.title.clone() }</a>
                        }
                    </li>
                }) }
            </ul>
        </>
    }
}
