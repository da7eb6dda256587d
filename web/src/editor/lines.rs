//! The painted lines that stand below a text area's own letters.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::brackets::Spot;
use super::odd;
use crate::components::icon;
use crate::state::document::Document;
use crate::state::painting::{Line, Rank, pieces};

/// A longer line is painted only so far, in bytes.
const LONGEST: usize = 20_000;

/// The class of each kind of token in the style sheet, in the order of `plimsoll::language::Class`.
pub const CLASSES: [&str; 15] =
    ["k", "f", "v", "s", "c", "n", "n", "key", "pun", "s", "op", "word", "ref", "stage", "bad"];

/// What the lines are given.
#[derive(Clone, Properties)]
pub struct Props {
    /// The document.
    pub document: Rc<Document>,
    /// The lines to draw, from 0.
    pub lines: Range<usize>,
    /// The line of the caret, from 0, if it shall be seen.
    pub current: Option<usize>,
    /// The bracket at the caret and the one that belongs to it.
    #[prop_or_default]
    pub pair: Option<[Spot; 2]>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.document.painting, &other.document.painting)
            && Rc::ptr_eq(self.document.area(), other.document.area())
            && (&self.lines, self.current, self.pair) == (&other.lines, other.current, other.pair)
    }
}

/// The numbers of the lines, with the worst finding of each.
#[component]
pub fn Numbers(props: &Props) -> Html {
    html! {
        { for props.lines.clone().map(|index| {
            let line = props.document.painting.line(index);
            let worst = line.and_then(|line| line.marks.iter().map(|mark| mark.rank).max());
            let class = classes!("no", (props.current == Some(index)).then_some("here"));
            html! {
                <div key={index} {class}>
                    if let Some(rank) = worst { { icon::of_rank(rank) } }
                    { index + 1 }
                </div>
            }
        }) }
    }
}

/// The letters, in colours and with marks.
#[component]
pub fn Letters(props: &Props) -> Html {
    let area = props.document.area();
    let blank = Rc::<Line>::default();
    html! {
        { for rows(area, props.lines.clone()).map(|(index, text)| {
            let line = props.document.painting.line(index).unwrap_or(&blank);
            let class = classes!("ln", (props.current == Some(index)).then_some("here"));
            let spots = props.pair.into_iter().flatten().filter(|(line, _)| *line == index);
            let brackets: Vec<u32> = spots.map(|(_, unit)| unit).collect();
            html! { <div key={index} {class}>{ letters(text, line, &brackets) }</div> }
        }) }
    }
}

/// The lines of a text with their indices.
fn rows(text: &str, lines: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let (start, count) = (lines.start, lines.len());
    text.split('\n').enumerate().skip(start).take(count)
}

fn letters(text: &str, line: &Line, brackets: &[u32]) -> Html {
    let end = text.floor_char_boundary(LONGEST);
    let (text, is_cut) = (&text[..end], end < text.len());
    html! {
        <>
            { for pieces(text, line, brackets).into_iter().map(|piece| {
                let class = piece.class.and_then(|class| CLASSES.get(usize::from(class)).copied());
                let marked = piece.mark.map(|mark| match mark.rank {
                    Rank::Error => "sq",
                    Rank::Warning => "sq w",
                    Rank::Info => "sq tip",
                });
                let paired = piece.is_bracket.then_some("pair");
                if class.is_none() && marked.is_none() && paired.is_none() {
                    return html! { { plain(piece.text) } };
                }
                let finding = piece.mark.map(|mark| mark.finding.to_string());
                html! { <span class={classes!(class, marked, paired)} data-finding={finding}>{ plain(piece.text) }</span> }
            }) }
            if is_cut { <span class="c">{ "…" }</span> }
        </>
    }
}

/// Letters that look alike; odd ones carry their names.
fn plain(text: &str) -> Html {
    html! {
        { for odd::parts(text).into_iter().map(|(part, code)| match code {
            None => html! { { part.to_owned() } },
            Some(code) => html! { <span class="odd" data-code={code}>{ part.to_owned() }</span> },
        }) }
    }
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, rows};

    #[test]
    fn every_kind_of_token_has_a_look() {
        assert_eq!(CLASSES.len(), plimsoll::language::Class::ALL.len());
    }

    #[test]
    fn rows_are_those_that_were_asked_for() {
        assert_eq!(rows("a\nb\nc", 1..3).collect::<Vec<_>>(), [(1, "b"), (2, "c")]);
        assert_eq!(rows("", 0..40).collect::<Vec<_>>(), [(0, "")]);
        assert_eq!(rows("a", 5..5).count(), 0);
    }
}
