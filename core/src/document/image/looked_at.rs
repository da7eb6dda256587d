//! Where in a text of an image secrets stand: it is looked at as a document of its language is.

use std::ops::Range;

use crate::document::{Document, Kind};
use crate::redact::net;
use crate::secret::{Dollar, hidden_parts, hides_value};
use crate::text::{Source, SourceId, Span};
use crate::tree::json;

/// In a text of no language.
pub(super) fn text(text: &str) -> Vec<Range<usize>> {
    ranges(net(text))
}

/// In what a shell reads.
pub(super) fn script(script: &str) -> Vec<Range<usize>> {
    document(Kind::Shell, script)
}

/// In an instruction of a Dockerfile.
pub(super) fn instruction(instruction: &str) -> Vec<Range<usize>> {
    document(Kind::Dockerfile, instruction)
}

/// Of the value under `name`; `None` where the name tells of no secret.
pub(super) fn value(name: &str, value: &str) -> Option<Vec<Range<usize>>> {
    hides_value(name).then(|| hidden_parts(value, Dollar::Letter))
}

/// In each word of a command line.
pub(crate) fn words(words: &[String]) -> Vec<Vec<Range<usize>>> {
    const CMD: &str = "CMD ";
    let line = format!("{CMD}{}", serde_json::Value::from(words.to_vec()));
    let hidden = instruction(&line);
    if hidden.is_empty() {
        return vec![Vec::new(); words.len()];
    }
    let list = json::parse(&line[CMD.len()..]);
    let items = list.root.as_ref().and_then(|root| root.items()).unwrap_or_default();
    let mut all: Vec<Vec<Range<usize>>> = items
        .iter()
        .filter_map(|item| item.as_text())
        .map(|text| {
            let is_hidden = |at: usize, end: usize| {
                let span = text.span(at, end);
                let (start, end) = (span.start as usize, span.end as usize);
                let (start, end) = (start + CMD.len(), end + CMD.len());
                let before = hidden.partition_point(|one| one.end <= start);
                hidden.get(before).is_some_and(|one| one.start < end)
            };
            runs(text.text(), is_hidden)
        })
        .collect();
    all.resize(words.len(), Vec::new());
    all
}

fn document(kind: Kind, text: &str) -> Vec<Range<usize>> {
    let document = Document::read(SourceId(0), kind, Source::new("", text));
    ranges(document.secrets().to_vec())
}

/// `spans` in order, those that touch joined.
fn ranges(mut spans: Vec<Span>) -> Vec<Range<usize>> {
    spans.sort_unstable();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for range in spans.into_iter().filter(|span| !span.is_empty()).map(Span::range) {
        match ranges.last_mut().filter(|last| last.end >= range.start) {
            Some(last) => last.end = last.end.max(range.end),
            None => ranges.push(range),
        }
    }
    ranges
}

/// The runs of characters of `text` of which `is_hidden` says so.
fn runs(text: &str, is_hidden: impl Fn(usize, usize) -> bool) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        if is_hidden(at, end) {
            match ranges.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = end,
                None => ranges.push(at..end),
            }
        }
    }
    ranges
}
