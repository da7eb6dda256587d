//! Where the secrets of a document stand, by what was read: whole values under the names of
//! secrets, and what programs take as a password, whatever letters are in them.

mod dockerfile;
mod flattened;
mod script;
mod settings;
mod tree;
mod words;

use super::{Content, Document};
use crate::redact::{Covered, Shown, net, net_of};
use crate::secret::{Dollar, hidden_parts};
use crate::text::{MappedText, Span};

/// The secrets of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Secrets {
    /// Where they stand, in order.
    spans: Vec<Span>,
    /// What no sentence about the document may repeat.
    values: Vec<String>,
}

impl Document {
    /// Where secrets stand, in bytes of the document and in order: what its tree tells, and what
    /// letters tell where no tree does.
    pub fn secrets(&self) -> &[Span] {
        &self.all_secrets().spans
    }

    /// The document as it may be shown.
    pub fn covered(&self) -> Covered {
        Covered::new(self.source.text(), self.secrets().to_vec())
    }

    /// The same where more is secret than the document itself tells: `values` are, too.
    pub(crate) fn covered_with(&self, values: Vec<String>) -> Covered {
        let mut spans = self.secrets().to_vec();
        spans.extend(Shown::in_any_case(values).places(self.source.text()));
        Covered::new(self.source.text(), spans)
    }

    /// The values of its secrets that a sentence about it may not repeat.
    pub(crate) fn secret_values(&self) -> &[String] {
        &self.all_secrets().values
    }

    fn all_secrets(&self) -> &Secrets {
        self.secrets.get_or_init(|| Secrets::of(self))
    }
}

impl Secrets {
    fn of(document: &Document) -> Secrets {
        let text = document.source.text();
        let mut found = Found { text, spans: net(text), values: Vec::new() };
        found.content(&document.content);
        for inner in document.embedded.iter() {
            found.content(&inner.content);
        }
        found.finish()
    }
}

/// What is found while a document is looked through.
struct Found<'a> {
    text: &'a str,
    spans: Vec<Span>,
    /// Values that stand in the document in another spelling.
    values: Vec<String>,
}

impl Found<'_> {
    fn content(&mut self, content: &Content) {
        match content {
            Content::Dockerfile(file) => dockerfile::read(file, self),
            Content::Shell(shell) => script::read(&shell.script, Dollar::Expands, self),
            Content::Flattened(request) => flattened::read(request, self),
            Content::Image(archive) => {
                archive.description.root.iter().for_each(|root| tree::read(root, self));
                // What its text covers already, rules may still speak of.
                self.values.extend(archive.hidden.values().map(str::to_owned));
            }
            Content::Json(_) | Content::Yaml(_) => {
                content.roots().iter().for_each(|root| tree::read(root, self));
            }
            Content::DockerIgnore(_) => {}
        }
    }

    /// Adds what of a value under a secret's name nobody may see.
    fn hide(&mut self, value: &MappedText, dollar: Dollar) {
        self.hide_from(value, 0, dollar);
    }

    /// The same of the bytes from `from` on.
    fn hide_from(&mut self, value: &MappedText, from: usize, dollar: Dollar) {
        let Some(written) = value.text().get(from..) else { return };
        for part in hidden_parts(written, dollar) {
            self.add(value, from + part.start, from + part.end);
        }
    }

    /// Adds the bytes `start..end` of `text`.
    fn add(&mut self, text: &MappedText, start: usize, end: usize) {
        self.spans.push(text.span(start, end));
        if !text.is_verbatim(start, end) {
            self.values.extend(text.text().get(start..end).map(str::to_owned));
        }
    }

    /// Adds what letters tell in a text that stands in the document in another spelling.
    fn net(&mut self, text: &MappedText) {
        self.spans.extend(net_of(text));
    }

    /// The spans in order and the values, those of one secret that stands in several places found in
    /// all of them.
    fn finish(mut self) -> Secrets {
        self.spans.retain(|span| !span.is_empty());
        if self.spans.is_empty() && self.values.is_empty() {
            return Secrets::default();
        }
        let written = self.spans.iter().filter_map(|span| self.text.get(span.range()));
        let lines = written.flat_map(str::lines).map(|line| line.trim().trim_end_matches('\\'));
        self.values.extend(lines.map(|line| line.trim_end().to_owned()));
        self.values.sort_unstable();
        self.values.dedup();
        let (strong, weak): (Vec<String>, Vec<String>) =
            self.values.into_iter().partition(|value| is_strong(value));
        let again = Shown::new(strong.clone()).places(self.text);
        self.spans.extend(again);
        let spans = joined(self.spans);
        let mut values = strong;
        values.extend(closed(weak, self.text, &spans));
        Secrets { spans, values }
    }
}

/// `spans` in order, those that overlap or touch as one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.to(span),
            _ => out.push(span),
        }
    }
    out
}

/// Whether nothing else than the secret is written so.
fn is_strong(value: &str) -> bool {
    const LEAST: usize = 8;
    let has = |is: fn(char) -> bool| value.chars().any(is);
    let is_mixed = has(|c| c.is_ascii_digit()) && has(char::is_alphabetic);
    value.len() >= LEAST && is_mixed && !value.contains(char::is_whitespace)
}

/// Those of `values` that stand nowhere in `text` as words but in `spans`: others may be seen
/// there, and a sentence that speaks of them speaks of something else.
fn closed(values: Vec<String>, text: &str, spans: &[Span]) -> Vec<String> {
    let shown = Shown::new(values);
    let mut open: Vec<&str> = Vec::new();
    for place in shown.places(text) {
        let before = spans.partition_point(|span| span.start <= place.start);
        let nearest = before.checked_sub(1).and_then(|index| spans.get(index));
        let is_inside = nearest.is_some_and(|span| place.end <= span.end);
        let is_word =
            |letter: Option<char>| letter.is_some_and(|one| one.is_alphanumeric() || one == '_');
        let before = text[..place.start as usize].chars().next_back();
        let behind = text[place.end as usize..].chars().next();
        if !is_inside && !is_word(before) && !is_word(behind) {
            open.push(&text[place.range()]);
        }
    }
    open.sort_unstable();
    let is_open = |value: &String| open.binary_search(&value.as_str()).is_ok();
    let closed: Vec<bool> = shown.values().iter().map(|value| !is_open(value)).collect();
    let mut keep = closed.into_iter();
    shown.into_values().into_iter().filter(|_| keep.next().unwrap_or(true)).collect()
}

#[cfg(test)]
mod tests;
