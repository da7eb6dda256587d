//! What is offered at the caret: shown while the caret stands there, taken by Tab, by the mouse, or
//! by Enter where the user has asked for the list or gone through it. An Enter that is meant for the
//! text never takes anything.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::offers::{self, List};
use super::window::View;
use super::{Assist, Latest, Props};
use crate::messages::Offer;
use crate::state::Action;
use crate::state::document::Document;
use crate::state::history::Caret;
use crate::units::{byte_of, lines};

/// Offers, and the place for which they hold.
#[derive(Clone, PartialEq)]
struct Offered {
    /// UTF-16 units before the caret.
    at: u32,
    offers: Rc<[Offer]>,
}

/// What is offered, and how far the user has gone into it.
#[derive(Clone)]
pub(super) struct Offering {
    offered: UseStateHandle<Option<Offered>>,
    /// The one that is chosen; none as long as the user only types.
    chosen: UseStateHandle<Option<usize>>,
    /// Whether the user has asked for the list.
    is_asked: Rc<Cell<bool>>,
}

/// Takes up what the worker offers.
#[hook]
pub(super) fn use_offering(props: &Props) -> Offering {
    let offering = Offering {
        offered: use_state_eq(|| None),
        chosen: use_state_eq(|| None),
        is_asked: use_memo((), |()| Cell::new(false)),
    };
    {
        let assist = props.assist.clone();
        let key = assist.as_ref().map(|assist| Rc::as_ptr(assist) as usize);
        let offering = offering.clone();
        use_effect_with(key, move |_| {
            let Some(Assist::Offers { at, offers }) = assist.as_deref() else { return };
            let at = u32::try_from(*at).unwrap_or(u32::MAX);
            offering.chosen.set(offering.is_asked.take().then_some(0));
            let offers = || Offered { at, offers: offers.clone().into() };
            offering.offered.set((!offers().offers.is_empty()).then(offers));
        });
    }
    offering
}

impl Offering {
    /// The user asks for the list.
    pub(super) fn ask(&self) {
        self.is_asked.set(true);
    }

    /// Nothing is offered any more.
    pub(super) fn close(&self) {
        self.is_asked.set(false);
        self.offered.set(None);
        self.chosen.set(None);
    }

    /// What is offered, if the caret still stands there.
    fn shown(&self, document: &Document) -> Option<&Rc<[Offer]>> {
        let offered = self.offered.as_ref()?;
        (document.caret == Caret::at(offered.at)).then_some(&offered.offers)
    }

    /// Goes through what is offered, or takes one. False where the key is for the text.
    pub(super) fn press(&self, event: &KeyboardEvent, props: &Props) -> bool {
        let Some(shown) = self.shown(&props.document) else { return false };
        let key = event.key();
        let is_plain = !event.shift_key() && !event.alt_key() && !event.ctrl_key();
        match next(&key, is_plain, *self.chosen, shown.len()) {
            Next::Choose(index) => self.chosen.set(Some(index)),
            Next::Take(index) => {
                self.close();
                if let Some(one) = shown.get(index) {
                    take(props, one);
                }
            }
            Next::Close => self.close(),
            Next::Text => return false,
        }
        true
    }

    /// The list at the caret.
    pub(super) fn list(&self, props: &Props, latest: &Latest, view: View) -> Html {
        let Some(shown) = self.shown(&props.document) else { return Html::default() };
        let (offering, latest) = (self.clone(), latest.clone());
        let on_choose = Callback::from(move |one: Offer| {
            offering.close();
            take(&latest.borrow(), &one);
        });
        let caret = caret_cells(&props.document);
        html! { <List offers={shown.clone()} chosen={*self.chosen} {caret} {view} {on_choose} /> }
    }
}

/// What a key does to a list.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Choose(usize),
    Take(usize),
    Close,
    /// Nothing: it is for the text.
    Text,
}

fn next(key: &str, is_plain: bool, chosen: Option<usize>, count: usize) -> Next {
    let last = count.saturating_sub(1);
    match (key, chosen) {
        ("ArrowDown", None) => Next::Choose(0),
        ("ArrowUp", None | Some(0)) => Next::Choose(last),
        ("ArrowDown", Some(index)) => Next::Choose(if index >= last { 0 } else { index + 1 }),
        ("ArrowUp", Some(index)) => Next::Choose(index - 1),
        ("Tab", _) if is_plain => Next::Take(chosen.unwrap_or(0)),
        ("Enter", Some(index)) if is_plain => Next::Take(index),
        ("Escape", _) => Next::Close,
        _ => Next::Text,
    }
}

/// The caret's line, from 0, and the cells before it.
fn caret_cells(document: &Document) -> (usize, usize) {
    let text = document.area();
    let before = &text[..byte_of(text, document.caret.end)];
    let line = before.rsplit('\n').next().unwrap_or_default();
    (lines(before), offers::cells(line))
}

/// Writes what was offered.
fn take(props: &Props, offer: &Offer) {
    let text = props.document.area();
    let (start, end) = (byte_of(text, offer.start), byte_of(text, offer.end));
    if start > end {
        return;
    }
    let new = [&text[..start], &offer.insert, &text[end..]].concat();
    props.dispatch.dispatch(Action::Written(props.document.id, new));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_is_the_texts_own_until_the_user_goes_into_the_list() {
        assert_eq!(next("Enter", true, None, 3), Next::Text);
        assert_eq!(next("ArrowDown", true, None, 3), Next::Choose(0));
        assert_eq!(next("Enter", true, Some(0), 3), Next::Take(0));
        assert_eq!(next("Tab", true, None, 3), Next::Take(0));
        assert_eq!(next("Tab", false, None, 3), Next::Text);
        assert_eq!(next("Enter", false, Some(0), 3), Next::Text);
    }

    #[test]
    fn a_list_is_a_circle() {
        assert_eq!(next("ArrowUp", true, None, 3), Next::Choose(2));
        assert_eq!(next("ArrowUp", true, Some(0), 3), Next::Choose(2));
        assert_eq!(next("ArrowDown", true, Some(2), 3), Next::Choose(0));
        assert_eq!(next("Escape", true, Some(2), 3), Next::Close);
    }
}
