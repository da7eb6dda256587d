//! What was found: counted, filtered, and listed in the order of place, only so many at a time.

use std::cell::Cell;
use std::rc::Rc;

use plimsoll::report::{Omitted, Summary};
use plimsoll::text::{Lang, Text};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::finding::FindingItem;
use crate::components::counts::{number, of_rank};
use crate::components::icon;
use crate::components::legible;
use crate::components::rich::rich;
use crate::messages::RuleCard;
use crate::platforms::CHIPS;
use crate::state::filter::Filter;
use crate::state::finding::Key;
use crate::state::painting::Rank;
use crate::state::paths;
use crate::state::{Action, Checked, State};
use crate::words;

/// More findings than this are not in the list at one time.
const MOST: usize = 200;

/// What the column is given.
#[derive(Clone, Properties)]
pub struct Props {
    /// The project.
    pub state: UseReducerHandle<State>,
    /// What of it is shown.
    pub seen: Seen,
    /// Every rule, once the worker has told them.
    pub rules: Rc<[RuleCard]>,
    /// The language.
    pub lang: Lang,
    /// Whether the checker is there.
    pub is_ready: bool,
    /// Applies a fix: index of the finding, of the fix.
    pub on_fix: Callback<(usize, usize)>,
    /// Writes the comment that silences a finding.
    pub on_silence: Callback<usize>,
    /// Opens the choice of all safe fixes.
    pub on_fix_all: Callback<()>,
    /// Shows a rule on its page.
    pub on_rule: Callback<String>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.seen == other.seen
            && Rc::ptr_eq(&self.rules, &other.rules)
            && (self.lang, self.is_ready) == (other.lang, other.is_ready)
    }
}

/// What of the project the column shows. A handle of the state always tells the newest; this is what
/// it was at a drawing.
#[derive(Clone, PartialEq)]
pub struct Seen {
    /// Which report.
    report: Option<usize>,
    filter: Filter,
    chosen: Option<Key>,
    unreadable: usize,
    is_empty: bool,
    is_current: bool,
}

impl Seen {
    /// What is to be shown of `state`.
    pub fn of(state: &State) -> Seen {
        Seen {
            report: state.checked.as_ref().map(|one| Rc::as_ptr(&one.report) as usize),
            filter: state.filter.clone(),
            chosen: state.chosen.clone(),
            unreadable: state.unreadable.len(),
            is_empty: state.documents.is_empty() && state.image.is_none(),
            is_current: state.current().is_some(),
        }
    }
}

/// The column.
#[component]
pub fn Log(props: &Props) -> Html {
    let Props { state, lang, .. } = props;
    let lang = *lang;
    let say = |text: Text| text.get(lang);
    let start = use_state_eq(|| 0_usize);
    let list = use_node_ref();
    // The place in the list of the finding whose fix was asked for: its successor gets the focus.
    let fixed = use_mut_ref(|| None::<usize>);
    let checked = state.checked.as_ref();
    let report = checked.map(|one| one.report.clone());
    let keys = use_memo(Memo(report.clone()), |Memo(report)| {
        report.as_ref().map(|report| Key::all(report)).unwrap_or_default()
    });
    let shown = use_memo((Memo(report.clone()), state.filter.clone()), |(Memo(report), filter)| {
        report.as_ref().map(|report| filter.shown(report)).unwrap_or_default()
    });
    let chosen = state.chosen.as_ref().and_then(|key| keys.iter().position(|one| one == key));
    let at = chosen.and_then(|index| shown.iter().position(|&one| one == index));
    let first = window(*start, at, shown.len());
    use_focus(&list, &fixed, checked, shown.len(), chosen, first);

    let on_fix = {
        let (on_fix, fixed, shown) = (props.on_fix.clone(), fixed.clone(), shown.clone());
        Callback::from(move |which: (usize, usize)| {
            *fixed.borrow_mut() = shown.iter().position(|&one| one == which.0);
            on_fix.emit(which);
        })
    };
    let on_open = {
        let (dispatch, keys) = (state.dispatcher(), keys.clone());
        Callback::from(move |index: Option<usize>| {
            dispatch.dispatch(Action::Chosen(index.and_then(|index| keys.get(index)).cloned()));
        })
    };
    let on_jump = {
        let dispatch = state.dispatcher();
        Callback::from(move |(path, start, end)| {
            dispatch.dispatch(Action::Jumped(path, start, end))
        })
    };
    let is_busy = checked.is_some() && state.current().is_none();
    let last = (first + MOST).min(shown.len());
    let step = |to: usize| {
        let (start, dispatch) = (start.setter(), state.dispatcher());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Chosen(None));
            start.set(to);
        })
    };
    html! {
        <aside class="log" aria-label={say(words::FINDINGS)}>
            <Sum filter={state.filter.clone()} summary={checked.map(|one| one.report.summary)} {lang} dispatch={state.dispatcher()} shown={shown.len()} />
            <div class="list" ref={list} aria-busy={if is_busy { "true" } else { "false" }}>
                { for state.unreadable.iter().map(|(name, reason)| html! {
                    <p class="remark bad refused" role="alert">{ icon::small("error", "") }<span><b>{ legible(name) }</b>{ ": " }{ rich(&reason.render(lang)) }</span></p>
                }) }
                { for checked.iter().flat_map(|one| &one.refused).map(|(path, reason)| html! {
                    <p class="remark refused">{ icon::small("warn", "") }<span><b>{ legible(path) }</b>{ ": " }{ rich(reason) }</span></p>
                }) }
                if first > 0 {
                    <p class="step"><button type="button" class="btn sm" onclick={step(first.saturating_sub(MOST))}>{ say(words::EARLIER) }</button></p>
                }
                if let Some(report) = &report {
                    { for shown[first..last].chunk_by(|&a, &b| report.findings[a].path == report.findings[b].path).map(|group| {
                        let path = &report.findings[group[0]].path;
                        let only = (report.documents.len() > 1 && state.filter.path.is_none()).then(|| only(state, path, lang));
                        html! {
                            <section key={path.clone()}>
                                <h2 class="group"><span class="nm">{ legible(path) }</span>{ for only }
                                    if shown.len() > MOST && group[0] == shown[first] { <span class="end">{ of(first + 1, last, shown.len(), lang) }</span> }
                                </h2>
                                <ol>
                                    { for group.iter().map(|&index| html! {
                                        <FindingItem key={keys[index].id()} report={report.clone()} {index} is_open={chosen == Some(index)} rules={props.rules.clone()} {lang}
                                            on_open={on_open.clone()} on_jump={on_jump.clone()} on_fix={on_fix.clone()} on_rule={props.on_rule.clone()} on_silence={props.on_silence.clone()} />
                                    }) }
                                </ol>
                            </section>
                        }
                    }) }
                }
                if last < shown.len() {
                    <p class="step"><button type="button" class="btn sm" onclick={step(last)}>{ say(words::LATER) }</button></p>
                }
                { for checked.iter().flat_map(|one| &one.report.omitted).map(|one| html! { <p class="quiet omitted">{ omitted(one, lang) }</p> }) }
                { rest(props, shown.len()) }
            </div>
            if let Some(fixable) = checked.map(|one| one.report.summary.fixable).filter(|&count| count > 0) {
                <div class="act">
                    <button type="button" class="btn go" id="fix-all" onclick={props.on_fix_all.reform(|_: MouseEvent| ())}>{ say(words::FIX_SAFE).replace("{count}", &number(fixable)) }</button>
                </div>
            }
        </aside>
    }
}

/// Shows the findings of one document.
fn only(state: &UseReducerHandle<State>, path: &str, lang: Lang) -> Html {
    let filter = Filter { path: Some(path.into()), ..state.filter.clone() };
    let dispatch = state.dispatcher();
    let on_click =
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Filtered(filter.clone())));
    let word = words::ONLY_THIS.get(lang);
    html! { <button type="button" class="btn sm bare ic only" data-path={path.to_owned()} aria-label={format!("{word}: {}", legible(path))} title={word} onclick={on_click}>{ icon::icon("filter") }</button> }
}

/// The first finding of the list, so that the open one is in it.
fn window(start: usize, open: Option<usize>, count: usize) -> usize {
    let start = start.min(count.saturating_sub(1)) / MOST * MOST;
    match open {
        Some(open) if open < start || open >= start + MOST => open / MOST * MOST,
        _ => start,
    }
}

/// What is said where the list is at its end.
fn rest(props: &Props, shown: usize) -> Html {
    let Props { state, lang, is_ready, .. } = props;
    let say = |text: Text| text.get(*lang);
    if state.documents.is_empty() && state.image.is_none() {
        return Html::default();
    }
    let Some(checked) = &state.checked else {
        let word = if *is_ready { words::CHECKING } else { words::STARTING };
        return html! { <p class="wait" id="waiting">{ say(word) }</p> };
    };
    if shown > 0 {
        return Html::default();
    }
    if state.filter.hides() && !checked.report.findings.is_empty() {
        let clear = {
            let (dispatch, strict) = (state.dispatcher(), state.filter.strict);
            let none = Filter { strict, ..Filter::default() };
            Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Filtered(none.clone())))
        };
        return html! {
            <div class="fine"><h2 tabindex="-1">{ say(words::NOTHING_SHOWN) }</h2><div class="row"><button type="button" class="btn" onclick={clear}>{ say(words::SHOW_ALL) }</button></div></div>
        };
    }
    let names: Vec<&str> = checked
        .report
        .fit
        .iter()
        .filter_map(|fit| {
            let chip = CHIPS.iter().find(|chip| chip.is(&fit.platform))?;
            (fit.verdict == plimsoll::report::Verdict::Fits).then(|| chip.name.get(*lang))
        })
        .collect();
    html! {
        <div class="fine good">
            { icon::icon("logo") }
            <h2 tabindex="-1">
                if names.is_empty() { { say(words::NOTHING_FOUND) } } else { { say(words::READY_FOR).replace("{names}", &names.join(match lang { Lang::En => ", ", Lang::Zh => "、" })) } }
            </h2>
            if checked.report.fit.is_empty() { <p>{ say(words::NO_PLATFORM) }</p> }
        </div>
    }
}

fn of(first: usize, last: usize, count: usize, lang: Lang) -> String {
    words::FROM_TO_OF
        .get(lang)
        .replace("{first}", &number(first))
        .replace("{last}", &number(last))
        .replace("{count}", &number(count))
}

/// How many findings of a rule in a document are not kept.
fn omitted(one: &Omitted, lang: Lang) -> String {
    let (count, rule, path) = (number(one.count), &one.rule, legible(&one.path));
    match lang {
        Lang::En => format!("… and {count} more of {rule} in {path}"),
        Lang::Zh => format!("……{path} 中另有 {count} 条 {rule}"),
    }
}

/// After a fix the next finding gets the focus, after the last one what is said then. An opened
/// finding is brought into view.
#[hook]
fn use_focus(
    list: &NodeRef,
    fixed: &Rc<std::cell::RefCell<Option<usize>>>,
    checked: Option<&Checked>,
    shown: usize,
    chosen: Option<usize>,
    first: usize,
) {
    let (list, fixed) = (list.clone(), fixed.clone());
    let last = use_mut_ref(|| Cell::new(None::<usize>));
    let report = checked.map(|one| Rc::as_ptr(&one.report) as usize);
    use_effect_with((report, chosen), move |(report, chosen)| {
        let Some(list) = list.cast::<HtmlElement>() else { return };
        let find = |selector: &str| {
            let found = list.query_selector(selector).ok().flatten();
            found.and_then(|one| one.dyn_into::<HtmlElement>().ok())
        };
        let is_new = last.borrow().replace(*report) != *report;
        let was_fixed = if is_new { fixed.borrow_mut().take() } else { None };
        if let Some(at) = was_fixed {
            let at = at.min(shown.saturating_sub(1)).saturating_sub(first);
            let next = list.query_selector_all(".find > h3 > button").ok();
            let next = next.and_then(|all| all.get(u32::try_from(at).unwrap_or_default()));
            let next = next.and_then(|one| one.dyn_into::<HtmlElement>().ok());
            if let Some(next) = next.or_else(|| find(".fine h2")) {
                // Fails only where there is no window.
                let _ = next.focus();
            }
        } else if chosen.is_some()
            && !is_new
            && let Some(open) = find(".find.open")
        {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            open.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// A report that is the same only if it is the very one.
#[derive(Clone)]
struct Memo(Option<Rc<plimsoll::Report>>);

impl PartialEq for Memo {
    fn eq(&self, other: &Memo) -> bool {
        self.0.as_ref().map(Rc::as_ptr) == other.0.as_ref().map(Rc::as_ptr)
    }
}

/// What the bar above the list is given.
#[derive(Clone, PartialEq, Properties)]
struct SumProps {
    filter: Filter,
    summary: Option<Summary>,
    lang: Lang,
    dispatch: UseReducerDispatcher<State>,
    shown: usize,
}

/// How much was found; each severity can be hidden.
#[component]
fn Sum(props: &SumProps) -> Html {
    let SumProps { filter, lang, dispatch, .. } = props;
    let say = |text: Text| text.get(*lang);
    let searches = use_state_eq(|| false);
    let set = |filter: Filter| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Filtered(filter.clone())))
    };
    let counts = props.summary.map_or([0; 3], |sum| [sum.errors, sum.warnings, sum.infos]);
    let ranks = [(Rank::Error, "sev-e"), (Rank::Warning, "sev-w"), (Rank::Info, "sev-i")];
    let is_many = counts.iter().any(|&count| count >= 1000);
    let toggle_search = {
        let (searches, dispatch, filter) = (searches.clone(), dispatch.clone(), filter.clone());
        Callback::from(move |_: MouseEvent| {
            if *searches && !filter.words.is_empty() {
                let none = Filter { words: String::new(), ..filter.clone() };
                dispatch.dispatch(Action::Filtered(none));
            }
            searches.set(!*searches);
        })
    };
    let on_search = {
        let (dispatch, filter) = (dispatch.clone(), filter.clone());
        Callback::from(move |event: InputEvent| {
            let words = event.target_unchecked_into::<HtmlInputElement>().value();
            dispatch.dispatch(Action::Filtered(Filter { words, ..filter.clone() }));
        })
    };
    let strict = set(Filter { strict: !filter.strict, ..filter.clone() });
    let platform =
        filter.platform.as_deref().and_then(|id| CHIPS.iter().find(|chip| chip.id == id));
    html! {
        <header class="summing">
            <div class="sum">
                if let Some(chip) = platform {
                    <button type="button" class="chip" id="only-platform" title={say(words::SHOW_ALL)} onclick={set(Filter { platform: None, ..filter.clone() })}>{ chip.name.get(*lang) }{ icon::small("close", "") }</button>
                }
                if let Some(path) = &filter.path {
                    <button type="button" class="chip" id="only-path" title={say(words::SHOW_ALL)} onclick={set(Filter { path: None, ..filter.clone() })}>{ legible(paths::name(path)) }{ icon::small("close", "") }</button>
                }
                { for ranks.into_iter().zip(counts).filter(|((rank, _), count)| *count > 0 || filter.hidden.contains(rank)).map(|((rank, class), count)| {
                    let mut next = filter.clone();
                    next.toggle(rank);
                    let is_shown = !filter.hidden.contains(&rank);
                    let text = of_rank(count, rank, *lang);
                    html! {
                        <button type="button" class={classes!("chip", class)} data-rank={rank.id()} aria-pressed={if is_shown { "true" } else { "false" }} onclick={set(next)}>
                            { icon::of_rank(rank) }
                            if is_many { <span aria-hidden="true">{ number(count) }</span><span class="vh">{ text }</span> } else { { text } }
                        </button>
                    }
                }) }
                <span class="grow"></span>
                <button type="button" class="btn sm bare ic" id="search-findings" aria-label={say(words::SEARCH_FINDINGS)} title={say(words::SEARCH_FINDINGS)} aria-expanded={if *searches { "true" } else { "false" }} onclick={toggle_search}>{ icon::icon("search") }</button>
                <button type="button" class="btn sm bare" id="strict" aria-pressed={if filter.strict { "true" } else { "false" }} title={say(words::STRICT_HINT)} onclick={strict}>{ say(if filter.strict { words::STRICT } else { words::DEFAULT }) }</button>
            </div>
            if *searches {
                <label class="find-in">{ icon::icon("search") }<span class="vh">{ say(words::SEARCH_FINDINGS) }</span>
                    <input class="field" id="find" type="search" value={filter.words.clone()} placeholder={say(words::SEARCH_FINDINGS)} oninput={on_search} autocomplete="off" spellcheck="false" />
                </label>
            }
            <p class="vh" role="status">{ announced(counts, *lang) }</p>
        </header>
    }
}

/// What a screen reader is told once.
fn announced(counts: [usize; 3], lang: Lang) -> String {
    let ranks = [Rank::Error, Rank::Warning, Rank::Info].into_iter().zip(counts);
    let parts: Vec<String> = ranks
        .filter(|(_, count)| *count > 0)
        .map(|(rank, count)| of_rank(count, rank, lang))
        .collect();
    parts.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "，",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_finding_is_always_in_the_list() {
        assert_eq!(window(0, None, 20_001), 0);
        assert_eq!(window(400, None, 20_001), 400);
        assert_eq!(window(0, Some(4_989), 20_001), 4_800);
        assert_eq!(window(4_800, Some(4_989), 20_001), 4_800);
        assert_eq!(window(4_800, None, 3), 0);
        assert_eq!(window(0, None, 0), 0);
    }

    #[test]
    fn numbers_are_told_in_words() {
        assert_eq!(announced([2, 1, 0], Lang::En), "2 errors, 1 warning");
        assert_eq!(announced([0, 0, 0], Lang::En), "");
        assert_eq!(of(201, 400, 20_001, Lang::En), "201–400 of 20,001");
    }
}
