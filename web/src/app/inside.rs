//! What the parts of the page share: what is known, what is drawn from it, and how to ask for more.

use std::cell::RefCell;
use std::rc::Rc;

use plimsoll::text::Lang;
use yew::prelude::*;

use super::checker::{Shared, Told, use_check, use_checker};
use super::desk::use_desk;
use super::events::fragment;
use super::route::Route;
use crate::boot::Loading;
use crate::examples::first;
use crate::pages::rules::search::Search;
use crate::reading::{Desk, Reading};
use crate::state::{Action, State};

/// The newest state, for what listens.
pub(super) type Latest = Rc<RefCell<UseReducerHandle<State>>>;

/// What the parts share.
#[derive(Clone)]
pub(super) struct Inside {
    /// The documents and what is known of them, as they are drawn.
    pub state: UseReducerHandle<State>,
    /// The same, as it is when something happens.
    pub latest: Latest,
    /// What the worker has told.
    pub told: Told,
    /// The line to the worker.
    pub shared: Shared,
    /// Where images are read.
    pub desk: Desk,
    /// How far the image is read.
    pub reading: UseStateHandle<Reading>,
    /// The part that is shown.
    pub route: UseStateHandle<Route>,
    /// Whether all safe fixes are being chosen from.
    pub is_fixing: UseStateHandle<bool>,
    /// What is looked for among the rules.
    pub search: UseStateHandle<Search>,
    /// The language.
    pub lang: Lang,
}

impl Inside {
    /// What is done where a part of the page is left: whoever leaves takes the credentials along.
    pub(super) fn leave(&self) -> impl Fn(&Route) + Clone + 'static {
        let (encoded, decoded) = (self.told.encoded.setter(), self.told.decoded.setter());
        let reads = self.shared.reads_credentials.clone();
        move |next: &Route| {
            encoded.set(None);
            decoded.set(None);
            reads.set(*next == Route::Credentials);
        }
    }
}

/// Begins with an example, opens the line to the worker, and has it check what changes.
#[hook]
pub fn use_inside(lang: Lang, loading: &Loading) -> Inside {
    let route = use_state_eq(|| Route::of(&fragment()));
    let state = use_reducer(|| {
        let example = Action::Example(first());
        (*Rc::new(State::default()).reduce(example)).clone()
    });
    let latest: Latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();
    let is_fixing = use_state_eq(|| false);
    let reading = use_state(Reading::default);
    let search = use_state_eq(Search::default);
    let (told, shared) = use_checker(&state, loading);
    use_check(&state, lang, *told.checker, &shared);
    let desk = use_desk(&state, &told, &shared, &reading);
    Inside { state, latest, told, shared, desk, reading, route, is_fixing, search, lang }
}
