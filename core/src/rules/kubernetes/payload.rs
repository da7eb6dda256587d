//! The Secrets of docker's types, and the config.json that each holds.

use super::super::credential::Config;
use super::stream::{Entry, entries};
use crate::credential::docker_auth::decode_base64;
use crate::rule::Context;
use crate::text::Place;
use crate::tree::{Member, Node};

/// The types of Secrets that images are pulled with, each with the key of its payload.
pub(super) const TYPES: [(&str, &str); 2] = [
    ("kubernetes.io/dockerconfigjson", ".dockerconfigjson"),
    ("kubernetes.io/dockercfg", ".dockercfg"),
];

/// A Secret of one of the types.
#[derive(Clone, Copy)]
pub(super) struct PullSecret<'a> {
    pub(super) entry: Entry<'a>,
    /// Whether it is of the newer type, whose payload has `auths`.
    pub(super) is_wrapped: bool,
    /// The key that its type demands.
    pub(super) key: &'static str,
    /// The mapping that holds the payload, and the payload under its key.
    pub(super) held: Option<(&'a Member, &'a Member)>,
}

/// What a Secret holds.
pub(super) enum Payload<'a> {
    /// A template, or nothing.
    Unknown,
    /// `<your-base64>`
    Blank,
    /// Under `data`, what cannot be decoded.
    NotBase64,
    /// Base64 or a text of something else than a JSON object.
    NotJson,
    /// JSON in the clear under `data`.
    PlainInData,
    /// Base64 under `stringData`.
    EncodedInText,
    /// A config.json, right or wrong.
    Config(Box<Config<'a>>),
}

/// The Secrets of docker's types.
pub(super) fn pull_secrets<'a>(cx: &Context<'a>) -> Vec<PullSecret<'a>> {
    entries(cx).into_iter().filter_map(PullSecret::of).collect()
}

impl<'a> PullSecret<'a> {
    pub(super) fn of(entry: Entry<'a>) -> Option<PullSecret<'a>> {
        if !entry.object.is("Secret") {
            return None;
        }
        let root = entry.object.root;
        let kind = root.get("type")?.as_str()?;
        let (_, key) = TYPES.into_iter().find(|(known, _)| *known == kind)?;
        // What stands in `stringData` wins.
        let held = ["stringData", "data"].into_iter().find_map(|map| {
            let holder = root.member(map)?;
            let payload = holder.node.member(key).filter(|one| !one.node.is_null())?;
            Some((holder, payload))
        });
        Some(PullSecret { entry, is_wrapped: key == TYPES[0].1, key, held })
    }

    /// The payload's value.
    pub(super) fn value(&self) -> Option<&'a Node> {
        self.held.map(|(_, payload)| &payload.node)
    }

    /// Where the payload's value stands.
    pub(super) fn at(&self) -> Place {
        match self.value() {
            Some(value) => self.entry.at(value.inner_span()),
            None => self.entry.head(),
        }
    }

    /// Whether the payload stands under `data`.
    pub(super) fn is_data(&self) -> bool {
        self.held.is_some_and(|(holder, _)| holder.key == "data")
    }

    /// What the payload is.
    pub(super) fn payload(&self) -> Payload<'a> {
        let Some(value) = self.value() else { return Payload::Unknown };
        let part = self.entry.part;
        let Some(text_of) = value.as_text() else {
            return match value.is_object() && !value.is_unknown() {
                true if self.is_data() => Payload::PlainInData,
                true => Payload::NotJson,
                false => Payload::Unknown,
            };
        };
        let text = text_of.text().trim();
        if text.is_empty() {
            return Payload::Unknown;
        }
        if text.starts_with('<') && text.ends_with('>') {
            return Payload::Blank;
        }
        // JSON in the clear may hold templates in its values.
        let is_json = text.starts_with('{') && !text.starts_with("{{");
        if !is_json && value.is_unknown() {
            return Payload::Unknown;
        }
        if !self.is_data() {
            let is_base64 = !is_json
                && decode_base64(text)
                    .is_ok_and(|json| json.reveal().trim_start().starts_with('{'));
            return match Config::of_text(part, text_of) {
                _ if is_base64 => Payload::EncodedInText,
                Some(config) => Payload::Config(Box::new(config)),
                // A template may stand outside of quotes.
                None if value.is_unknown() => Payload::Unknown,
                None => Payload::NotJson,
            };
        }
        if is_json {
            return Payload::PlainInData;
        }
        match decode_base64(text) {
            Err(crate::credential::DecodeError::NotText) => Payload::NotJson,
            Err(_) => Payload::NotBase64,
            Ok(json) => match Config::of_decoded(part, json.reveal(), value.inner_span()) {
                Some(config) => Payload::Config(Box::new(config)),
                None if crate::reference::is_placeholder(json.reveal()) => Payload::Unknown,
                None => Payload::NotJson,
            },
        }
    }

    /// The config.json, if it can be read.
    pub(super) fn config(&self) -> Option<Box<Config<'a>>> {
        match self.payload() {
            Payload::Config(config) => Some(config),
            _ => None,
        }
    }

    /// The place of the key of the payload's mapping, if renaming it moves nothing else.
    pub(super) fn renamed_holder(&self) -> Option<Place> {
        let (holder, _) = self.held?;
        let other = if self.is_data() { "stringData" } else { "data" };
        let is_alone = holder.node.members().len() == 1
            && self.entry.object.root.member(other).is_none()
            && !holder.is_alias();
        let written = self.entry.source().get(holder.key_span.range())?;
        (is_alone && written == holder.key).then(|| self.entry.at(holder.key_span))
    }
}
