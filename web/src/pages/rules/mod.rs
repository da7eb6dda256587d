//! Rules: the catalogue, searched and narrowed, and a page for each rule.

mod article;
pub mod search;

use std::rc::Rc;

use plimsoll::text::{Lang, Text};
use web_sys::{Element, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use self::search::{Facet, Search, group, groups};
use crate::app::route::Route;
use crate::components::icon;
use crate::components::rich::rich;
use crate::messages::RuleCard;
use crate::state::painting::Rank;
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
    /// What is looked for; it outlives the page.
    pub search: UseStateHandle<Search>,
}

/// The page.
#[component]
pub fn RulesPage(props: &Props) -> Html {
    let (lang, search) = (props.lang, &*props.search);
    let ranked = search.ranked(&props.rules);
    let found = search.found(&ranked);
    let one = props.rules.iter().find(|rule| rule.id == *props.named);
    let on_input = {
        let search = props.search.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            search.set(Search { text, ..(*search).clone() });
        })
    };
    let list = use_node_ref();
    {
        // The rule of an address is seen in the list, too.
        let list = list.clone();
        use_effect_with((props.named.clone(), props.rules.len()), move |_| {
            let list = list.cast::<Element>();
            let current = list.and_then(|list| list.query_selector("[aria-current]").ok()?);
            if let Some(current) = current {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                current.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let count = if props.rules.is_empty() {
        words::LOADING.get(lang).to_owned()
    } else {
        let of = words::OF.get(lang);
        of.replace("{count}", &found.len().to_string())
            .replace("{all}", &props.rules.len().to_string())
    };
    // By group, where nothing is searched for that ranks them.
    let is_grouped = search.text.trim().is_empty();
    let mut last = "";
    html! {
        <div class={classes!("rules", one.map(|_| "one"))}>
            if one.is_none() { { facets(props, &ranked) } }
            <section class="cat" aria-label={words::CATALOGUE.get(lang)}>
                <header>
                    <label class="find-in">{ icon::icon("search") }<span class="vh">{ words::SEARCH.get(lang) }</span>
                        <input class="field" type="search" id="search-rules" value={search.text.clone()} oninput={on_input} placeholder={words::SEARCH_HINT.get(lang)} autocomplete="off" spellcheck="false" />
                    </label>
                    <span class="quiet num nowrap" role="status">{ count }</span>
                </header>
                <div class="in" ref={list} tabindex="0" role="region" aria-label={words::RULES.get(lang)}>
                    { for found.into_iter().map(|rule| {
                        let own = group(&rule.id);
                        let is_new = is_grouped && own != last;
                        last = own;
                        html! {
                            <>
                                if is_new { <div class="rgroup">{ group_name(own).get(lang) }</div> }
                                { row(rule, lang, rule.id == *props.named) }
                            </>
                        }
                    }) }
                </div>
            </section>
            if let Some(rule) = one { { article::article(rule, lang) } }
        </div>
    }
}

/// What narrows the catalogue, and how much it would leave.
fn facets(props: &Props, ranked: &[&RuleCard]) -> Html {
    let lang = props.lang;
    let facet = |facet: Facet, name: Text| {
        let (count, is_chosen) = (props.search.count(ranked, &facet), props.search.has(&facet));
        let search = props.search.clone();
        let onchange = Callback::from(move |_: Event| {
            search.set((*search).clone().toggled(&facet));
        });
        html! {
            <label class="facet"><input type="checkbox" checked={is_chosen} {onchange} />{ name.get(lang) }<span class="end">{ count }</span></label>
        }
    };
    let part = |title: Text, all: Vec<Html>| {
        html! {
            <fieldset><legend class="h">{ title.get(lang) }</legend>{ for all }</fieldset>
        }
    };
    let of_group = |id: &&str| facet(Facet::Group((*id).to_owned()), group_name(id));
    let of_severity = |id: &&str| facet(Facet::Severity((*id).to_owned()), words::severity(id));
    html! {
        <aside class="facets" aria-label={words::FILTERS.get(lang)}>
            { part(words::GROUP, groups(&props.rules).iter().map(of_group).collect()) }
            { part(words::SEVERITY, ["error", "warning", "info"].iter().map(of_severity).collect()) }
            { part(words::FURTHER, vec![facet(Facet::Fix, words::HAS_SAFE_FIX), facet(Facet::Strict, words::ONLY_STRICT)]) }
        </aside>
    }
}

fn row(rule: &RuleCard, lang: Lang, is_current: bool) -> Html {
    html! {
        <a key={rule.id.clone()} class="rule" href={Route::Rules(rule.id.clone()).fragment()} aria-current={is_current.then_some("true")}>
            { icon::of_rank(rank(rule)) }
            <span>{ rich(&rule.summary) }<span class="vh">{ format!(" ({})", words::severity(&rule.severity).get(lang)) }</span></span>
            <span class="id">{ rule.id.clone() }</span>
            <span class="tags">
                if rule.has_safe_fix { <span class="tag ok">{ words::SAFE_FIX.get(lang) }</span> }
                if rule.is_strict { <span class="tag">{ words::STRICT.get(lang) }</span> }
            </span>
            <span class="al">{ rule.aliases.join(", ") }</span>
        </a>
    }
}

/// The rank of a rule's findings.
fn rank(rule: &RuleCard) -> Rank {
    match &*rule.severity {
        "error" => Rank::Error,
        "warning" => Rank::Warning,
        _ => Rank::Info,
    }
}

/// What a group of rules is called.
fn group_name(id: &str) -> Text {
    use plimsoll::text::text;
    match id {
        "eas" => text("PAI-EAS", "PAI-EAS"),
        "modelarts" => text("ModelArts", "ModelArts"),
        "eci" => text("ECI", "ECI"),
        "compute-nest" => text("Compute Nest", "计算巢"),
        "ros" => text("ROS templates", "ROS 模板"),
        "kubernetes" => text("Kubernetes", "Kubernetes"),
        "dockerfile" => text("Dockerfile", "Dockerfile"),
        "image" => text("Image", "镜像"),
        "credential" => text("Credentials", "凭证"),
        _ => text("Across documents", "跨文档"),
    }
}
