//! What a user may set for a rule: `[rules."GROUP/NAME"]` of the configuration.

use super::{HostPattern, Rule};
use crate::text::{Message, Text, nearest, text};

/// An option that a rule knows.
#[derive(Debug)]
pub struct OptionSpec {
    /// The key in kebab-case.
    pub name: &'static str,
    /// What it is, for people.
    pub description: Text,
    /// What its value must be.
    pub kind: OptionKind,
}

/// What an option's value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// A list of [`HostPattern`]s.
    Hosts,
    /// Names, each with one of these words.
    Words(&'static [&'static str]),
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(u64),
    /// A list of texts.
    List(Vec<String>),
    /// Names with a text each, in the order of the configuration.
    Map(Vec<(String, String)>),
}

/// A rule's option as the user set it.
#[derive(Clone, Debug)]
pub struct RuleOption {
    /// Whose option.
    pub rule: &'static Rule,
    /// Its key.
    pub name: String,
    /// Its value.
    pub value: OptionValue,
}

impl OptionKind {
    /// Why `value`, one of the option's texts, would have no effect.
    pub fn refuse(self, value: &str) -> Option<Message> {
        match self {
            OptionKind::Flag | OptionKind::Number => None,
            OptionKind::Hosts => HostPattern::parse(value).err(),
            OptionKind::Words(known) if known.contains(&value) => None,
            OptionKind::Words(known) => {
                let near = nearest(value, known.iter().copied());
                let message = match near {
                    Some(_) => text(
                        "unknown word `{word}`; did you mean `{near}`?",
                        "未知的取值 `{word}`；是否想写 `{near}`？",
                    ),
                    None => text(
                        "unknown word `{word}`; use one of: {known}",
                        "未知的取值 `{word}`；可选值：{known}",
                    ),
                };
                let message = Message::new(message).arg("word", value);
                Some(message.arg("near", near.unwrap_or("")).arg("known", known.join(", ")))
            }
        }
    }

    /// Reads a value as text: `true`; `30`; `a, b`; `a=b, c=d`.
    pub fn parse(self, text: &str) -> OptionValue {
        let parts = || text.split(',').map(str::trim).filter(|part| !part.is_empty());
        match self {
            OptionKind::Flag => OptionValue::Flag(text.trim() == "true"),
            OptionKind::Number => OptionValue::Number(text.trim().parse().unwrap_or_default()),
            OptionKind::Hosts => OptionValue::List(parts().map(str::to_owned).collect()),
            OptionKind::Words(_) => OptionValue::Map(
                parts()
                    .map(|part| {
                        let (name, value) = part.split_once('=').unwrap_or((part, ""));
                        (name.trim().to_owned(), value.trim().to_owned())
                    })
                    .collect(),
            ),
        }
    }
}

impl OptionValue {
    /// Whether it is `true`.
    pub fn is_on(&self) -> bool {
        *self == OptionValue::Flag(true)
    }

    /// The number.
    pub fn number(&self) -> Option<u64> {
        match self {
            OptionValue::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The texts of a list.
    pub fn list(&self) -> &[String] {
        match self {
            OptionValue::List(list) => list,
            _ => &[],
        }
    }

    /// The entries of a map.
    pub fn map(&self) -> &[(String, String)] {
        match self {
            OptionValue::Map(map) => map,
            _ => &[],
        }
    }
}
