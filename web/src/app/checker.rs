//! The line to the worker that checks, and what becomes of what it tells.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use plimsoll::report::Fit;
use plimsoll::text::{Lang, Message, Text};
use yew::prelude::*;

use crate::boot::{self, Loading, Offline};
use crate::check::fixes::Preview;
use crate::check::job;
use crate::connection::Connection;
use crate::downloads::download_bytes;
use crate::editor::Assist;
use crate::messages::{Ask, File, RuleCard, Tell};
use crate::pages::credentials::Answer;
use crate::pages::image::Folder;
use crate::reading::{Hear, Line};
use crate::state::painting::Token;
use crate::state::{Action, Checked, State};
use crate::words;

/// How the checker is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Checker {
    /// It is being started.
    Starting,
    /// It answers.
    Ready,
    /// There is none.
    Missing,
    /// It has broken down.
    Stopped,
}

impl Checker {
    /// What is said of it while it does not check.
    pub fn note(self) -> Option<Text> {
        match self {
            Checker::Starting => Some(words::STARTING),
            Checker::Ready => None,
            Checker::Missing => Some(words::NO_WORKER),
            Checker::Stopped => Some(words::WORKER_STOPPED),
        }
    }
}

/// Milliseconds of quiet before what is typed is checked.
const PAUSE: u32 = 120;

/// What the worker tells besides of findings and images.
#[derive(Clone)]
pub struct Told {
    /// How it is.
    pub checker: UseStateHandle<Checker>,
    /// Every rule.
    pub rules: UseStateHandle<Rc<[RuleCard]>>,
    /// A login as a platform wants it.
    pub encoded: UseStateHandle<Option<Answer>>,
    /// What an encoded login holds.
    pub decoded: UseStateHandle<Option<Answer>>,
    /// A folder of the image.
    pub folder: UseStateHandle<Folder>,
    /// The verdict of a platform that nobody asked about, and of which revision it is.
    pub fit: UseStateHandle<Option<(u64, Fit)>>,
    /// What is told of a place in a text.
    pub assist: UseStateHandle<Option<Rc<Assist>>>,
    /// What fixes would change.
    pub preview: UseStateHandle<Option<Rc<Preview>>>,
}

/// What the page and the worker share beside messages.
#[derive(Clone, Default)]
pub struct Shared {
    /// The line.
    pub line: Line,
    /// Who hears what a worker tells.
    pub hear: Hear,
    /// Whether logins are read; an answer about one that comes after its reader has left is dropped.
    pub reads_credentials: Rc<Cell<bool>>,
    /// Texts that wait for a name.
    pub unnamed: Rc<RefCell<VecDeque<String>>>,
    /// When the last check was asked for, in milliseconds.
    asked: Rc<Cell<f64>>,
}

impl Shared {
    /// Asks the worker, if it is there.
    pub fn ask(&self, ask: &Ask) {
        if let Some(line) = &*self.line.borrow() {
            line.ask(ask);
        }
    }
}

/// How far the checker is, and whether the page opens without a network; drawn anew when either
/// changes.
#[hook]
pub fn use_loading() -> (Loading, Offline) {
    let now = use_state_eq(|| (boot::loading(), boot::offline()));
    let setter = now.setter();
    use_effect_with((), move |()| {
        let look = move || setter.set((boot::loading(), boot::offline()));
        // What has changed since the first drawing.
        look();
        boot::on_loading(look);
    });
    (*now).clone()
}

/// Opens the line to the worker at each start of it that is due.
#[hook]
pub fn use_checker(state: &UseReducerHandle<State>, loading: &Loading) -> (Told, Shared) {
    let attempt = match loading {
        Loading::Ready { attempt } => Some(*attempt),
        Loading::Underway { .. } | Loading::Failed(_) => None,
    };
    let told = Told {
        checker: use_state_eq(|| Checker::Starting),
        rules: use_state(|| Rc::<[RuleCard]>::from([])),
        encoded: use_state(|| None),
        decoded: use_state(|| None),
        folder: use_state(Folder::default),
        fit: use_state(|| None),
        assist: use_state(|| None),
        preview: use_state(|| None),
    };
    let shared = (*use_memo((), |()| Shared::default())).clone();
    {
        let (told, shared, state) = (told.clone(), shared.clone(), state.dispatcher());
        use_effect_with(attempt, move |attempt| {
            if attempt.is_none() {
                return;
            }
            told.checker.set(Checker::Starting);
            let hear = hearing(&told, &shared, state);
            *shared.hear.borrow_mut() = Some(hear.clone());
            let ended = told.checker.setter();
            let opened =
                Connection::open(move |tell| hear(tell), move || ended.set(Checker::Stopped));
            match &opened {
                Some(line) => line.ask(&Ask::Hello),
                None => told.checker.set(Checker::Missing),
            }
            *shared.line.borrow_mut() = opened;
        });
    }
    (told, shared)
}

fn hearing(told: &Told, shared: &Shared, state: UseReducerDispatcher<State>) -> Rc<dyn Fn(Tell)> {
    let checker = told.checker.setter();
    let (rules, folder) = (told.rules.setter(), told.folder.setter());
    let (encoded, decoded) = (told.encoded.setter(), told.decoded.setter());
    let (preview, shared) = (told.preview.setter(), shared.clone());
    let (assist, fit) = (told.assist.setter(), told.fit.setter());
    Rc::new(move |tell| match tell {
        Tell::Ready { .. } => {
            super::look::announce_ready();
            checker.set(Checker::Ready);
        }
        Tell::Checked { revision, report, refused } => {
            let took = js_sys::Date::now() - shared.asked.get();
            let report = Rc::new(report.into_report());
            state.dispatch(Action::Answered(Checked { revision, report, refused, took }));
        }
        Tell::Fit { revision, fit: told } => fit.set(told.map(|told| (revision, told.0))),
        Tell::Report { form, text } => {
            if let Some(text) = text {
                let name = format!("plimsoll.{}", form.extension());
                download_bytes(&name, text.as_bytes(), form.media_type());
            }
        }
        Tell::Edits { revision, title, edits } => {
            state.dispatch(Action::Fixed { revision, title, edits });
        }
        Tell::Preview { revision, texts, fits } => {
            let fits = fits.into_iter().map(|one| one.0).collect();
            preview.set(Some(Rc::new(Preview { revision, texts, fits })));
        }
        Tell::Painted { revision, path, lines, tokens } => {
            let tokens = tokens.as_chunks().0.iter().map(|&[line, start, end, class]| {
                (
                    line as usize,
                    Token { start, end, class: u8::try_from(class).unwrap_or_default() },
                )
            });
            let (lines, tokens) = (lines.0..lines.1, tokens.collect());
            state.dispatch(Action::Painted { revision, path, lines, tokens });
        }
        Tell::Offers { at, offers, .. } => assist.set(Some(Rc::new(Assist::Offers { at, offers }))),
        Tell::Explained { at, text, .. } => {
            assist.set(text.map(|text| Rc::new(Assist::Meaning { at, text })));
        }
        Tell::Named { path } => {
            if let Some(text) = shared.unnamed.borrow_mut().pop_front() {
                state.dispatch(Action::Added(vec![File { path, text, kind: None }]));
            }
        }
        Tell::Encoded { .. } | Tell::Decoded { .. } if !shared.reads_credentials.get() => {}
        Tell::Encoded { result, notes } => encoded.set(Some(Answer::Encoded(result, notes))),
        Tell::Decoded { result } => decoded.set(Some(Answer::Decoded(result))),
        Tell::Rules { rules: all } => rules.set(all.into()),
        Tell::Folder { path, entries } => folder.set(Folder { path, entries }),
        Tell::Sifted { files } => {
            if files.is_empty() {
                let nothing = Message::new(words::NOTHING_IN_FOLDER);
                state.dispatch(Action::Unreadable("…".to_owned(), nothing));
            }
            state.dispatch(Action::Added(files));
        }
        // Only a worker of its own reads images.
        Tell::Reading(_) | Tell::Looked { .. } | Tell::Inspected { .. } => {}
        Tell::Misunderstood { .. } => checker.set(Checker::Stopped),
    })
}

/// Asks the worker for a check once nothing has changed for a moment.
#[hook]
pub fn use_check(state: &UseReducerHandle<State>, lang: Lang, checker: Checker, shared: &Shared) {
    let (state, shared) = (state.clone(), shared.clone());
    use_effect_with((state.revision, lang, checker == Checker::Ready), move |&(.., is_ready)| {
        let has_any = !state.documents.is_empty() || state.image.is_some();
        // The first check need not wait for a pause in typing.
        let pause = if state.checked.is_some() { PAUSE } else { 0 };
        let timer = (is_ready && has_any).then(|| {
            gloo_timers::callback::Timeout::new(pause, move || {
                shared.asked.set(js_sys::Date::now());
                if let Some(line) = &*shared.line.borrow() {
                    line.check(job(&state, lang, line));
                }
            })
        });
        // The next change comes before the pause is over: this check is not made.
        move || drop(timer)
    });
}

/// Asks for the rules in the language of the page.
#[hook]
pub fn use_rules(lang: Lang, told: &Told, shared: &Shared) {
    let shared = shared.clone();
    use_effect_with((lang, *told.checker == Checker::Ready), move |(lang, is_ready)| {
        if *is_ready {
            shared.ask(&Ask::Rules { lang: lang.tag().to_owned() });
        }
    });
}
