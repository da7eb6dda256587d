//! Check: the platforms above; below them the project, the open document and what was found.

pub mod checklist;
pub mod diff;
pub mod finding;
pub mod fixes;
pub mod hold;
pub mod log;
pub mod sheet;
pub mod strip;
pub mod tree;

use std::rc::Rc;

use plimsoll::report::Fit;
use plimsoll::text::{Lang, Text};
use yew::prelude::*;

use self::hold::Hold;
use self::log::{Log, Seen};
use self::sheet::Sheet;
use self::strip::Strip;
use crate::components::counts::number;
use crate::components::reading::reading;
use crate::connection::Connection;
use crate::editor::{Assist, EditorAsk};
use crate::files::Parcel;
use crate::messages::{Item, Job, ReportForm, RuleCard};
use crate::reading::Reading;
use crate::state::document::Document;
use crate::state::filter::Filter;
use crate::state::finding::{Key, next};
use crate::state::{Action, State};
use crate::words;

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The documents and the answer.
    pub state: UseReducerHandle<State>,
    /// Every rule, once the worker has told them.
    pub rules: Rc<[RuleCard]>,
    /// The language.
    pub lang: Lang,
    /// Whether the checker is there.
    pub is_ready: bool,
    /// What becomes of an image.
    pub reading: Reading,
    /// Applies a fix: index of the finding, index of the fix.
    pub on_fix: Callback<(usize, usize)>,
    /// Writes the comment that silences a finding.
    pub on_silence: Callback<usize>,
    /// Opens the choice of all safe fixes.
    pub on_fix_all: Callback<()>,
    /// Goes to the next finding, or to the one before.
    pub on_step: Callback<bool>,
    /// What the editor asks of the worker.
    pub on_ask: Callback<EditorAsk>,
    /// What the worker has told of a place in the open text.
    pub assist: Option<Rc<Assist>>,
    /// Asks for the verdict of a platform that nobody asked about.
    pub on_fit: Callback<String>,
    /// Has the whole report downloaded.
    pub on_report: Callback<ReportForm>,
    /// The verdict that was asked for so, and of which revision it is.
    pub other_fit: Option<(u64, Fit)>,
    /// Shows a rule on its page.
    pub on_rule: Callback<String>,
    /// Takes files that were chosen.
    pub on_parcel: Callback<Parcel>,
    /// Takes the image out of the project.
    pub on_remove_image: Callback<()>,
    /// Shows the page of the image.
    pub on_show_image: Callback<()>,
}

/// A document as the worker is asked about it.
pub fn item(document: &Document, line: &Connection) -> Item {
    let bare = Item {
        id: document.id.0,
        path: document.path.to_string(),
        kind: document.kind.as_ref().map(|kind| kind.to_string()),
        text: None,
    };
    line.item(bare, document.text())
}

/// The state as the worker is asked about it.
pub fn job(state: &State, lang: Lang, line: &Connection) -> Job {
    let files = state.documents.iter().map(|document| item(document, line));
    Job {
        revision: state.revision,
        files: files.collect(),
        platforms: state.platforms.clone(),
        image: state.image.as_ref().map(|image| image.name.clone()),
        strict: state.filter.strict,
        lang: lang.tag().to_owned(),
    }
}

/// The finding that comes after the caret, or before it if one goes `back`.
pub fn neighbour(state: &State, back: bool) -> Option<usize> {
    let report = &state.current()?.report;
    let shown = state.filter.shown(report);
    let chosen = state.chosen.as_ref().and_then(|key| key.index_in(report));
    let place = chosen.and_then(|index| report.findings.get(index));
    let place = place.map(|finding| (finding.path.clone(), finding.span.start.offset));
    // Without an open finding one begins where one is.
    let place = place.or_else(|| {
        let document = state.open_document()?;
        let at = crate::units::byte_of(document.area(), document.caret.start);
        Some((document.path.to_string(), u32::try_from(at).unwrap_or(u32::MAX)))
    });
    let (path, at) = place.unwrap_or_default();
    next(report, &shown, &path, at, back)
}

/// Opens a finding in the list and shows its place.
pub fn show(state: &UseReducerHandle<State>, index: usize) {
    let Some(report) = state.checked.as_ref().map(|one| one.report.clone()) else { return };
    let Some(finding) = report.findings.get(index) else { return };
    state.dispatch(Action::Chosen(Key::all(&report).into_iter().nth(index)));
    let (start, end) = (finding.span.start.offset as usize, finding.span.end.offset as usize);
    state.dispatch(Action::Jumped(finding.path.clone(), start, end));
}

/// What a narrow screen shows of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Text,
    Findings,
    Files,
}

/// The page.
#[component]
pub fn CheckPage(props: &Props) -> Html {
    let Props { state, lang, .. } = props;
    let lang = *lang;
    let tab = use_state_eq(|| Tab::Text);
    let on_filter = {
        let (dispatch, filter) = (state.dispatcher(), state.filter.clone());
        Callback::from(move |platform| {
            dispatch.dispatch(Action::Filtered(Filter { platform, ..filter.clone() }));
        })
    };
    let on_open = {
        let state = state.clone();
        Callback::from(move |index| show(&state, index))
    };
    let on_files = {
        let tab = tab.clone();
        Callback::from(move |()| tab.set(if *tab == Tab::Files { Tab::Text } else { Tab::Files }))
    };
    {
        // Who opens a document or is led to a place wants to see it.
        let tab = tab.setter();
        use_effect_with((state.shown, state.target), move |_| tab.set(Tab::Text));
    }
    let tabs = [
        (Tab::Text, "text", words::TEXT, None),
        (
            Tab::Findings,
            "findings",
            words::FINDINGS,
            state.checked.as_ref().map(|one| one.report.findings.len()),
        ),
        (Tab::Files, "files", words::FILES, Some(state.documents.len())),
    ];
    let current = tabs.iter().find(|(one, ..)| *one == *tab).map(|(_, id, ..)| *id);
    let say = |text: Text| text.get(lang);
    let revision = state.checked.as_ref().map(|one| one.revision);
    let other_fit = props.other_fit.as_ref().filter(|(of, _)| Some(*of) == revision);
    let other_fit = other_fit.map(|(_, fit)| fit.clone());
    html! {
        <>
            <Strip checked={state.checked.clone()} chosen={state.platforms.clone()} filtered={state.filter.platform.clone()} rules={props.rules.clone()} {lang} dispatch={state.dispatcher()} {on_filter} on_fit={props.on_fit.clone()} {other_fit} />
            <main class="check" id="main" tabindex="-1" data-tab={current}>
                <h1 class="vh">{ say(words::CHECK) }</h1>
                <div class="tabs seg" role="group" aria-label={say(words::PARTS)}>
                    { for tabs.into_iter().map(|(one, id, word, count)| {
                        let set = { let tab = tab.setter(); Callback::from(move |_: MouseEvent| tab.set(one)) };
                        html! { <button type="button" data-t={id} aria-current={(one == *tab).then_some("true")} onclick={set}>{ say(word) }{ for count.map(|count| html! { <>{ " " }<span class="num">{ number(count) }</span></> }) }</button> }
                    }) }
                </div>
                <Hold state={state.clone()} {lang} on_parcel={props.on_parcel.clone()} on_report={props.on_report.clone()} on_remove_image={props.on_remove_image.clone()} />
                <Sheet state={state.clone()} {lang} on_fix={props.on_fix.clone()} {on_open} on_step={props.on_step.clone()} on_ask={props.on_ask.clone()} assist={props.assist.clone()} on_show_image={props.on_show_image.clone()} {on_files} />
                <Log state={state.clone()} seen={Seen::of(state)} rules={props.rules.clone()} {lang} is_ready={props.is_ready} on_fix={props.on_fix.clone()} on_silence={props.on_silence.clone()} on_fix_all={props.on_fix_all.clone()} on_rule={props.on_rule.clone()} />
                <div class="underway-at">{ reading(&props.reading, lang) }</div>
            </main>
        </>
    }
}
