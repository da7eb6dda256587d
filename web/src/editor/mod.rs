//! The editor: a text area of the browser's own, so that input methods, phones and screen readers
//! stay what they are, over a painted layer. Its texts and their history belong to the state.

pub mod area;
pub mod brackets;
pub mod card;
mod hooks;
pub mod keys;
pub mod lines;
pub mod odd;
mod offering;
pub mod offers;
pub mod ruler;
pub mod typing;
pub mod viewer;
pub mod window;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use plimsoll::Report;
use plimsoll::text::Lang;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use self::card::{Card, Spot};
use self::hooks::{use_listeners, use_measures, use_target, use_text};
use self::keys::{Chord, Command};
use self::lines::{Letters, Numbers};
use self::offering::{Offering, use_offering};
use self::ruler::Ruler;
use self::typing::Manner;
use self::window::View;
use crate::components::legible;
use crate::messages::Offer;
use crate::size::pixels;
use crate::state::document::Document;
use crate::state::history::{Act, Caret};
use crate::state::{Action, State};
use crate::units::{byte_of, lines, unit_of};
use crate::words;

/// Milliseconds that the mouse rests on a mark before its card is shown.
const REST: u32 = 300;

/// What the editor is given.
#[derive(Clone, Properties)]
pub struct Props {
    /// The document.
    pub document: Rc<Document>,
    /// Its kind, as the report has it.
    pub kind: Option<AttrValue>,
    /// The language.
    pub lang: Lang,
    /// What was found, if it speaks of the text as it is.
    pub report: Option<Rc<Report>>,
    /// A place that is to be shown: first byte, one past the last.
    pub target: Option<(usize, usize)>,
    /// Changes the state.
    pub dispatch: UseReducerDispatcher<State>,
    /// Applies a fix: index of the finding, of the fix.
    pub on_fix: Callback<(usize, usize)>,
    /// Opens a finding in the list.
    pub on_open: Callback<usize>,
    /// Goes to the next finding, or to the one before.
    pub on_step: Callback<bool>,
    /// What the editor asks of the worker.
    pub on_ask: Callback<EditorAsk>,
    /// What the worker has told of a place in the text.
    pub assist: Option<Rc<Assist>>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        let same_report = match (&self.report, &other.report) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        same_report
            && Rc::ptr_eq(&self.document, &other.document)
            && self.assist.as_ref().map(Rc::as_ptr) == other.assist.as_ref().map(Rc::as_ptr)
            && (&self.kind, self.lang, self.target) == (&other.kind, other.lang, other.target)
    }
}

/// What the editor asks of the worker, of the document that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditorAsk {
    /// How these lines are painted.
    Paint(std::ops::Range<usize>),
    /// What may be written here, in UTF-16 code units of the text area.
    Complete(usize),
    /// What the word here means.
    Explain(usize),
}

/// What the worker has told of a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assist {
    /// What may be written there.
    Offers {
        /// UTF-16 code units before the place.
        at: usize,
        /// What may be.
        offers: Vec<Offer>,
    },
    /// What the word there means.
    Meaning {
        /// UTF-16 code units before the place.
        at: usize,
        /// What it means.
        text: String,
    },
}

/// What happens in the text area between two drawings.
#[derive(Default)]
struct Pen {
    /// An input method composes; nothing is written by the program meanwhile.
    is_composing: Cell<bool>,
    /// Counts compositions.
    compositions: Cell<u32>,
    /// Tab leaves the editor, since Escape was pressed.
    tab_leaves: Cell<bool>,
    /// Shows a card in a moment.
    timer: RefCell<Option<Timeout>>,
    /// The mouse is over the card.
    holds_card: Cell<bool>,
    /// The first line that is drawn.
    first: Cell<usize>,
    /// The place whose word is being asked about, and where its card belongs.
    asked: Cell<Option<(usize, Spot)>>,
}

/// What the editor was last given, for what listens.
type Latest = Rc<RefCell<Props>>;

/// The card that is shown: a finding's index, and where.
type Shown = UseStateHandle<Option<(usize, Spot)>>;

/// The editor of one document.
#[component]
pub fn Editor(props: &Props) -> Html {
    let area = use_node_ref();
    let frame = use_node_ref();
    let pen = use_memo((), |()| Pen::default());
    let view = use_state_eq(View::default);
    let card = use_state_eq(|| None::<(usize, Spot)>);
    let latest = use_mut_ref(|| props.clone());
    *latest.borrow_mut() = props.clone();
    let Props { document, lang, .. } = props;

    use_listeners(&area, &pen, &latest, &card);
    use_text(&area, &pen, props);
    use_target(&area, props);
    let offering = use_offering(props);
    let lines = view.lines(document.painting.len());
    {
        let (on_ask, lines, report) = (props.on_ask.clone(), lines.clone(), props.report.clone());
        let report = report.as_ref().map(|report| Rc::as_ptr(report) as usize);
        use_effect_with((lines, report, document.id), move |(lines, report, _)| {
            if report.is_some() {
                on_ask.emit(EditorAsk::Paint(lines.clone()));
            }
        });
    }
    use_measures((&area, &frame), &view, document, lines.start, &pen);

    let on_input = {
        let (latest, pen, card) = (latest.clone(), pen.clone(), card.setter());
        let offering = offering.clone();
        Callback::from(move |event: InputEvent| {
            card.set(None);
            pen.timer.take();
            offering.close();
            typed(&event, &pen, &latest.borrow());
            if offers::wants(&event.input_type(), event.data().as_deref())
                && !pen.is_composing.get()
            {
                let area = event.target_unchecked_into::<HtmlTextAreaElement>();
                let at = area::caret(&area).start as usize;
                latest.borrow().on_ask.emit(EditorAsk::Complete(at));
            }
        })
    };
    let on_key = {
        let (latest, pen, card) = (latest.clone(), pen.clone(), card.clone());
        let offering = offering.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            if offering.press(&event, &latest.borrow()) {
                event.prevent_default();
                event.stop_propagation();
                return;
            }
            pressed(&event, &pen, &latest.borrow(), (&card, &offering));
        })
    };
    let on_scroll = {
        let (frame, view, card, pen) = (frame.clone(), view.setter(), card.setter(), pen.clone());
        Callback::from(move |event: Event| {
            let area = event.target_unchecked_into::<Element>();
            card.set(None);
            follow(&frame, &area, pen.first.get());
            view.set(area::view(&area));
        })
    };
    let on_mouse = {
        let (latest, pen, card, frame, area) =
            (latest.clone(), pen.clone(), card.clone(), frame.clone(), area.clone());
        Callback::from(move |event: MouseEvent| {
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            let (card, frame, area) = (card.clone(), frame.clone(), area.clone());
            let (latest, held) = (latest.clone(), pen.clone());
            let timer = Timeout::new(REST, move || {
                if !held.holds_card.get() {
                    let found = at_point(&latest.borrow(), &frame, &area, x, y);
                    held.asked.set(None);
                    if found.is_none()
                        && let Some(place) = word_at(&latest.borrow(), &frame, &area, x, y)
                    {
                        held.asked.set(Some(place));
                        latest.borrow().on_ask.emit(EditorAsk::Explain(place.0));
                    }
                    card.set(found);
                }
            });
            *pen.timer.borrow_mut() = Some(timer);
        })
    };
    let on_leave = {
        let pen = pen.clone();
        Callback::from(move |_: MouseEvent| {
            pen.timer.take();
            pen.asked.set(None);
        })
    };
    let on_blur = {
        let (pen, offering) = (pen.clone(), offering.clone());
        Callback::from(move |_: FocusEvent| {
            pen.tab_leaves.set(false);
            offering.close();
        })
    };
    let on_line = {
        let area = area.clone();
        Callback::from(move |line| {
            if let Some(area) = area.cast::<Element>() {
                area::show_line(&area, line);
            }
        })
    };
    let on_hold = {
        let (pen, card) = (pen.clone(), card.setter());
        Callback::from(move |is_held| {
            pen.holds_card.set(is_held);
            if !is_held {
                card.set(None);
            }
        })
    };
    let on_card_fix = {
        let (card, pen, on_fix, area) =
            (card.setter(), pen.clone(), props.on_fix.clone(), area.clone());
        Callback::from(move |which| {
            card.set(None);
            pen.holds_card.set(false);
            on_fix.emit(which);
            if let Some(area) = area.cast::<HtmlElement>() {
                // Fails only where there is no window.
                let _ = area.focus();
            }
        })
    };
    let current = caret_line(document);
    let pair = current
        .and_then(|_| brackets::pair(document.area(), &document.painting, document.caret.start));
    let turns = odd::turns(document.area());
    html! {
        <div class={classes!("editor", turns.then_some("turns"))} ref={frame}>
            <div class="layer" aria-hidden="true">
                <div class="letters"><div class="moves">
                    <Letters document={document.clone()} lines={lines.clone()} {current} {pair} />
                </div></div>
                <div class="numbers"><div class="moves">
                    <Numbers document={document.clone()} {lines} {current} />
                </div></div>
            </div>
            <textarea
                ref={area} wrap="off" spellcheck="false" autocomplete="off" autocapitalize="off"
                aria-label={format!("{} {}", words::TEXT_OF.get(*lang), legible(&document.path))}
                oninput={on_input} onkeydown={on_key} onscroll={on_scroll} onblur={on_blur}
                onmousemove={on_mouse} onmouseleave={on_leave}
            />
            { offering.list(props, &latest, *view) }
            if let (Some(Assist::Meaning { at, text }), Some((asked, spot)), None) = (props.assist.as_deref(), pen.asked.get(), *card) && *at == asked {
                <offers::Meaning text={text.clone()} {spot} />
            }
            <Ruler painting={document.painting.clone()} {on_line} />
            if let (Some((finding, spot)), Some(report)) = (*card, &props.report) {
                <Card report={report.clone()} {finding} {spot} lang={*lang} on_fix={on_card_fix} on_open={props.on_open.clone()} {on_hold} />
            }
        </div>
    }
}

/// The line of the caret, from 0; none while something is selected.
fn caret_line(document: &Document) -> Option<usize> {
    let Caret { start, end } = document.caret;
    if start != end {
        return None;
    }
    let at = byte_of(document.area(), start);
    Some(lines(&document.area()[..at]))
}

/// Tells the state what has become of the text.
fn typed(event: &InputEvent, pen: &Pen, props: &Props) {
    let area = event.target_unchecked_into::<HtmlTextAreaElement>();
    let act = if pen.is_composing.get() {
        Act::Composing(pen.compositions.get())
    } else {
        match event.input_type().as_str() {
            "insertText" => Act::Typing,
            "deleteContentBackward" | "deleteContentForward" => Act::Deleting,
            _ => Act::Whole,
        }
    };
    props.dispatch.dispatch(Action::Typed {
        id: props.document.id,
        area: area.value(),
        caret: area::caret(&area),
        act,
        time: event.time_stamp(),
    });
}

/// Does what a key asks for, if it is not for the text area alone.
fn pressed(event: &KeyboardEvent, pen: &Pen, props: &Props, (card, offering): (&Shown, &Offering)) {
    let area = event.target_unchecked_into::<HtmlTextAreaElement>();
    let key = event.key();
    let chord = Chord {
        key: &key,
        has_control: event.ctrl_key() || event.meta_key(),
        has_shift: event.shift_key(),
        has_alt: event.alt_key(),
    };
    let leaves = pen.tab_leaves.replace(false);
    let dispatch = &props.dispatch;
    if let Some(command) = chord.command() {
        event.prevent_default();
        match command {
            Command::Undo => dispatch.dispatch(Action::Undone),
            Command::Redo => dispatch.dispatch(Action::Redone),
            Command::Fix => {
                if let Some(which) = fix_at(props, area::caret(&area).start) {
                    card.set(None);
                    props.on_fix.emit(which);
                }
            }
            Command::Offer => {
                offering.ask();
                let at = area::caret(&area).start as usize;
                props.on_ask.emit(EditorAsk::Complete(at));
            }
            Command::Show => {
                if let Some(finding) = finding_at(props, area::caret(&area).start) {
                    props.on_open.emit(finding);
                }
            }
            Command::Next => props.on_step.emit(false),
            Command::Previous => props.on_step.emit(true),
            Command::Escape if card.is_some() => card.set(None),
            Command::Escape => pen.tab_leaves.set(true),
        }
        // What the editor has done the page need not do again.
        if command != Command::Escape {
            event.stop_propagation();
        }
        return;
    }
    if chord.has_control || chord.has_alt || (leaves && key == "Tab") || !typing::minds(&key) {
        return;
    }
    let manner = Manner::of(props.kind.as_deref(), &props.document.path);
    let caret = area::caret(&area);
    // What is in the area: of keys that follow one another fast, the state may not know the last yet.
    let text = area.value();
    if let Some((text, caret)) = typing::press(&text, caret, &key, chord.has_shift, manner) {
        event.prevent_default();
        card.set(None);
        area::write(&area, &text, caret);
        area::show_line(area.unchecked_ref(), lines(&text[..byte_of(&text, caret.end)]));
        let (id, time) = (props.document.id, event.time_stamp());
        dispatch.dispatch(Action::Typed { id, area: text, caret, act: Act::Whole, time });
    }
}

/// The place in the text at a point of the window, and where a card about it belongs.
fn word_at(
    props: &Props,
    frame: &NodeRef,
    area: &NodeRef,
    x: f64,
    y: f64,
) -> Option<(usize, Spot)> {
    let document = web_sys::window()?.document()?;
    let position = document.caret_position_from_point(x as f32, y as f32)?;
    let node = position.offset_node()?;
    let is_own =
        area.cast::<Element>().is_some_and(|area| *area.unchecked_ref::<web_sys::Node>() == node);
    let unit = position.offset();
    let text = props.document.area();
    let at = byte_of(text, unit);
    let is_word = text[at..].chars().next().is_some_and(|one| !one.is_whitespace());
    (is_own && is_word).then(|| Some((unit as usize, spot(frame, area, x, y)?)))?
}

/// The finding at the caret: the worst of those that touch it, else of its line.
fn finding_at(props: &Props, unit: u32) -> Option<usize> {
    let text = props.document.area();
    let at = byte_of(text, unit);
    let line = lines(&text[..at]);
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let column = unit_of(&text[start..], at - start);
    let marks = &props.document.painting.line(line)?.marks;
    let touching = marks.iter().filter(|mark| mark.start <= column && column <= mark.end);
    let worst = touching.max_by_key(|mark| mark.rank).or(marks.iter().max_by_key(|mark| mark.rank));
    worst.map(|mark| mark.finding as usize)
}

/// The first fix of the finding at the caret, or of another one of its line.
fn fix_at(props: &Props, unit: u32) -> Option<(usize, usize)> {
    let report = props.report.as_ref()?;
    let has_fix = |&index: &usize| {
        report.findings.get(index).is_some_and(|finding| !finding.fixes.is_empty())
    };
    let text = props.document.area();
    let line = lines(&text[..byte_of(text, unit)]);
    let of_line = props.document.painting.line(line)?.marks.iter();
    let mut all =
        finding_at(props, unit).into_iter().chain(of_line.map(|mark| mark.finding as usize));
    all.find(has_fix).map(|index| (index, 0))
}

/// The finding whose mark lies at a point of the window, and where its card belongs.
fn at_point(
    props: &Props,
    frame: &NodeRef,
    area: &NodeRef,
    x: f64,
    y: f64,
) -> Option<(usize, Spot)> {
    let document = web_sys::window()?.document()?;
    let elements = document.elements_from_point(x as f32, y as f32);
    let marked = elements.iter().find_map(|element| {
        let element: Element = element.dyn_into().ok()?;
        element.get_attribute("data-finding")?.parse::<usize>().ok()
    })?;
    props.report.as_ref()?.findings.get(marked)?;
    let spot = spot(frame, area, x, y)?;
    Some((marked, spot))
}

fn spot(frame: &NodeRef, area: &NodeRef, x: f64, y: f64) -> Option<Spot> {
    let rect = frame.cast::<Element>()?.get_bounding_client_rect();
    let area = area.cast::<Element>()?;
    let view = area::view(&area);
    let line = view.line_at(y - rect.top() - PADDING);
    let top = line as f64 * view.row - view.top + PADDING;
    Some(Spot {
        left: x - rect.left(),
        top,
        bottom: top + view.row,
        height: rect.height(),
        width: rect.width(),
    })
}

/// Pixels above the first line.
const PADDING: f64 = 8.0;

/// Moves the painted lines along with the text area.
fn follow(frame: &NodeRef, area: &Element, first: usize) {
    let Some(frame) = frame.cast::<Element>() else { return };
    let view = area::view(area);
    let top = first as f64 * view.row - view.top;
    let moves = |selector: &str, left: i32| {
        let layer = frame.query_selector(selector).ok().flatten();
        if let Some(layer) = layer.and_then(|layer| layer.dyn_into::<HtmlElement>().ok()) {
            // Fails only for names that are no properties.
            let _ = layer
                .style()
                .set_property("transform", &format!("translate({left}px, {})", pixels(top)));
        }
    };
    moves(".letters > .moves", -area.scroll_left());
    moves(".numbers > .moves", 0);
}
