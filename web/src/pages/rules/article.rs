//! The page of one rule.

use plimsoll::text::{Lang, Text};
use yew::prelude::*;

use super::search::group;
use super::{group_name, rank};
use crate::app::route::Route;
use crate::components::icon;
use crate::components::rich::rich;
use crate::downloads::copy;
use crate::messages::RuleCard;
use crate::words;

/// Reason, what is wrong and right, options, sources, aliases.
pub(super) fn article(rule: &RuleCard, lang: Lang) -> Html {
    let say = |word: Text| word.get(lang);
    let all = Route::Rules(String::new()).fragment();
    let on_copy = {
        let id = rule.id.clone();
        Callback::from(move |_: MouseEvent| copy(&id))
    };
    html! {
        <article class="art" tabindex="0" aria-label={rule.id.clone()}>
            <nav aria-label={say(words::PLACE)}><a href={all}>{ say(words::RULES) }</a>{ icon::small("right", "") }<span>{ group_name(group(&rule.id)).get(lang) }</span></nav>
            <h2 class="title">{ rich(&rule.summary) }</h2>
            <div class="meta">
                <span class="tag">{ icon::of_rank(rank(rule)) }{ words::severity(&rule.severity).get(lang) }</span>
                if rule.has_safe_fix { <span class="tag ok">{ say(words::SAFE_FIX) }</span> }
                if rule.is_strict { <span class="tag">{ say(words::STRICT) }</span> }
                <code>{ rule.id.clone() }</code>
                <button type="button" class="btn sm bare" id="copy-id" onclick={on_copy}>{ icon::small("copy", "") }{ say(words::COPY_ID) }</button>
                <span class="quiet">{ say(words::SINCE).replace("{version}", &rule.since) }</span>
            </div>
            <h3>{ say(words::REASON) }</h3>
            <p>{ rich(&rule.why) }</p>
            if !rule.help.is_empty() {
                <h3>{ say(words::WHAT_TO_DO) }</h3>
                <p>{ rich(&rule.help) }</p>
            }
            <h3>{ say(words::WRONG_AND_RIGHT) }</h3>
            { for rule.wrong.iter().map(|file| example(file, "bad", words::WRONG, lang)) }
            { for rule.right.iter().map(|file| example(file, "good", words::RIGHT, lang)) }
            if !rule.options.is_empty() {
                <h3>{ say(words::OPTIONS) }</h3>
                <ul>{ for rule.options.iter().map(|(name, about)| html! { <li><code>{ name.clone() }</code>{ " " }{ rich(about) }</li> }) }</ul>
            }
            if !rule.sources.is_empty() { <h3>{ say(words::SOURCES) }</h3> }
            { for rule.sources.iter().map(|source| html! {
                <div class="source">
                    <p>{ source.says.clone() }</p>
                    if source.url.is_empty() {
                        <span class="quiet">{ source.title.clone() }</span>
                    } else {
                        <a href={source.url.clone()} target="_blank" rel="noopener noreferrer">{ source.title.clone() }</a>
                    }
                </div>
            }) }
            if !rule.aliases.is_empty() {
                <h3>{ say(words::ALIASES) }</h3>
                <p>{ for rule.aliases.iter().map(|alias| html! { <><code>{ alias.clone() }</code>{ " " }</> }) }</p>
            }
        </article>
    }
}

fn example((path, text): &(String, String), class: &'static str, title: Text, lang: Lang) -> Html {
    let (sign, colour) = if class == "bad" { ("no", "sev-e") } else { ("ok", "sev-o") };
    html! {
        <div class={classes!("ex", class)}>
            <header>{ icon::small(sign, colour) }{ title.get(lang) }<span class="quiet mono">{ path.clone() }</span></header>
            <pre tabindex="0" role="region" aria-label={format!("{} {path}", title.get(lang))}>{ text.clone() }</pre>
        </div>
    }
}
