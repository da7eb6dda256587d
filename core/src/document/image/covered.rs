//! What an image says of itself without its secrets: everything that is printed of an archive goes
//! through here.
//!
//! A command line is looked at as a whole, not word by word: `--password` says what the next word
//! is. A value that one field tells to be a secret is covered in the others, too.

use std::ops::Range;

use super::looked_at;
use crate::credential::{REDACTED, Secret};
use crate::image::config::ImageConfig;
use crate::image::facts::Facts;

/// The secrets of an image, to be covered wherever else they stand.
#[derive(Debug, Default)]
pub(crate) struct Hidden(Vec<Secret>);

/// Shorter values, and plain words such as `postgres`, are too likely to mean something else in
/// another field.
const LEAST_BYTES: usize = 6;

/// More are not looked for elsewhere; where they stand they are covered all the same.
const MOST: usize = 100;

impl Hidden {
    fn add(&mut self, value: &str) {
        let is_known = || self.0.iter().any(|known| known.reveal() == value);
        if self.0.len() < MOST && is_distinct(value) && !is_known() {
            self.0.push(Secret::new(value));
        }
    }

    /// The values.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Secret::reveal)
    }

    /// `text` with every one of them covered.
    pub(super) fn cover(&self, text: &str) -> String {
        self.values().fold(text.to_owned(), |text, value| {
            if text.contains(value) { text.replace(value, REDACTED) } else { text }
        })
    }
}

fn is_distinct(value: &str) -> bool {
    let is_word = value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    value.len() >= LEAST_BYTES && !is_word && !value.contains(REDACTED)
}

/// Covers the texts of one image.
#[derive(Default)]
pub(super) struct Cover {
    pub(super) hidden: Hidden,
}

impl Cover {
    /// Knows the secrets of all images in an archive.
    pub(super) fn of(facts: &Facts) -> Cover {
        let mut cover = Cover::default();
        for config in facts.listing.images.iter().filter_map(|image| image.config.as_ref()) {
            cover.config(config);
        }
        cover
    }

    /// What `config` says, covered.
    pub(super) fn config(&mut self, config: &ImageConfig) -> ImageConfig {
        let mut shown = config.clone();
        for entry in shown.env.iter_mut().flatten() {
            *entry = self.entry(entry);
        }
        for (name, value) in shown.labels.iter_mut().flatten() {
            *value = self.value(name, value);
            *name = self.text(name);
        }
        self.start(&mut shown);
        if let Some(test) = &mut shown.healthcheck {
            *test = self.health(test);
        }
        if let Some(words) = &mut shown.shell {
            *words = self.words(words);
        }
        for instruction in shown.on_build.iter_mut().flatten() {
            *instruction = self.ranges(instruction, &looked_at::instruction(instruction));
        }
        let shell = config.shell.as_deref().unwrap_or_default().join(" ");
        for step in &mut shown.history {
            step.created_by = super::steps::covered(self, &step.created_by, &shell);
        }
        self.everywhere(&mut shown);
        shown
    }

    /// `Entrypoint` and `Cmd` are one line.
    fn start(&mut self, shown: &mut ImageConfig) {
        let (entrypoint, cmd) = (shown.entrypoint.take(), shown.cmd.take());
        let all: Vec<String> =
            [&entrypoint, &cmd].into_iter().flatten().flatten().cloned().collect();
        let mut words = self.words(&all).into_iter();
        let first = entrypoint.as_ref().map_or(0, Vec::len);
        shown.entrypoint = entrypoint.map(|_| words.by_ref().take(first).collect());
        shown.cmd = cmd.map(|_| words.collect());
    }

    /// What is known by now, in the fields that were looked at before.
    fn everywhere(&self, shown: &mut ImageConfig) {
        let lists = [
            &mut shown.env,
            &mut shown.entrypoint,
            &mut shown.cmd,
            &mut shown.healthcheck,
            &mut shown.on_build,
            &mut shown.shell,
        ];
        let steps = shown.history.iter_mut().map(|step| &mut step.created_by);
        let labels = shown.labels.iter_mut().flatten().map(|(_, value)| value);
        let alone = [
            &mut shown.user,
            &mut shown.working_dir,
            &mut shown.stop_signal,
            &mut shown.architecture,
            &mut shown.os,
            &mut shown.variant,
            &mut shown.created,
        ];
        let listed = lists.into_iter().flatten().flatten();
        let others = shown.volumes.iter_mut().chain(&mut shown.exposed_ports);
        let all =
            listed.chain(steps).chain(labels).chain(alone.into_iter().flatten()).chain(others);
        for text in all {
            *text = self.shown(text);
        }
    }

    /// `NAME=value`.
    pub(super) fn entry(&mut self, entry: &str) -> String {
        match entry.split_once('=') {
            Some((name, value)) => format!("{name}={}", self.value(name, value)),
            None => self.text(entry),
        }
    }

    /// What stands under `name`.
    pub(super) fn value(&mut self, name: &str, value: &str) -> String {
        let ranges = match looked_at::value(name, value) {
            Some(ranges) => ranges,
            None => looked_at::text(value),
        };
        self.ranges(value, &ranges)
    }

    /// The test of a health check: `["CMD-SHELL", text]` or `["CMD", word, …]`.
    pub(super) fn health(&mut self, test: &[String]) -> Vec<String> {
        let Some((first, rest)) = test.split_first() else { return Vec::new() };
        if first == "CMD-SHELL" {
            let rest = rest.iter().map(|text| self.script(text));
            return [first.clone()].into_iter().chain(rest).collect();
        }
        let is_named = matches!(first.as_str(), "CMD" | "NONE");
        let head = is_named.then(|| first.clone());
        let words = if is_named { self.words(rest) } else { self.words(test) };
        head.into_iter().chain(words).collect()
    }

    /// The words of one command line.
    pub(super) fn words(&mut self, words: &[String]) -> Vec<String> {
        let ranges = looked_at::words(words);
        words.iter().zip(&ranges).map(|(word, ranges)| self.ranges(word, ranges)).collect()
    }

    /// Whether what stands under `name` is a secret.
    pub(super) fn is_secret(name: &str) -> bool {
        looked_at::value(name, "").is_some()
    }

    /// A text of a shell.
    pub(super) fn script(&mut self, text: &str) -> String {
        self.ranges(text, &looked_at::script(text))
    }

    /// A text of no language.
    pub(super) fn text(&mut self, text: &str) -> String {
        self.ranges(text, &looked_at::text(text))
    }

    /// A text of no language, of which nothing new is learnt.
    pub(super) fn shown(&self, text: &str) -> String {
        self.hidden.cover(&covered(text, &looked_at::text(text)))
    }

    fn ranges(&mut self, text: &str, ranges: &[Range<usize>]) -> String {
        for range in ranges {
            self.hidden.add(text.get(range.clone()).unwrap_or_default());
        }
        covered(text, ranges)
    }
}

/// `text` with the mask in place of each of `ranges`, which ascend.
fn covered(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        let Some(before) = text.get(at..range.start) else { continue };
        out.push_str(before);
        out.push_str(REDACTED);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
