//! Words in the two languages that the platforms' users read.

use std::borrow::Cow;

/// A language of the user interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// The language for a tag or POSIX locale such as `zh`, `zh-CN`, `zh_CN.UTF-8`, `en_US`.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let language = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "zh" => Some(Lang::Zh),
            "en" | "c" | "posix" => Some(Lang::En),
            _ => None,
        }
    }

    /// The tag of the language: `en` or `zh`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }
}

/// One text in both languages. May hold `{slots}` that a [`Message`] fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

/// A text in both languages.
pub const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

impl Text {
    /// Whether it has the slot `{name}`.
    pub(crate) fn has_slot(self, name: &str) -> bool {
        let bytes = self.en.as_bytes();
        self.en.match_indices(name).any(|(at, _)| {
            at > 0 && bytes[at - 1] == b'{' && bytes.get(at + name.len()) == Some(&b'}')
        })
    }

    /// The text in `lang`, slots unfilled.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }

    /// A template read without a finding: `{port}` becomes `PORT`.
    pub fn without_slots(self, lang: Lang) -> String {
        let mut out = String::new();
        let mut rest = self.get(lang);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            match after.split_once('}') {
                Some((name, tail)) => {
                    out.push_str(&name.to_uppercase());
                    rest = tail;
                }
                None => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// Whether there is nothing to say.
    pub const fn is_empty(self) -> bool {
        self.en.is_empty()
    }
}

/// The named arguments of a message, in the order in which they were given.
pub type Args = Vec<(&'static str, Cow<'static, str>)>;

/// A [`Text`] and the values of its `{slots}`: words are made when it is shown, so that the same
/// message renders in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The sentence with its slots.
    pub text: Text,
    /// The values of the slots.
    pub args: Args,
}

impl Message {
    /// A message without arguments so far.
    pub fn new(text: Text) -> Message {
        Message { text, args: Args::new() }
    }

    /// Fills the slot `{name}`.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Message {
        self.args.push((name, Cow::Owned(value.to_string())));
        self
    }

    /// The sentence in `lang` with its slots filled.
    pub fn render(&self, lang: Lang) -> String {
        fill(self.text.get(lang), &self.args)
    }
}

/// `template` with each `{name}` replaced by the argument of that name; an unknown slot stays.
pub(crate) fn fill(template: &str, args: &Args) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let filled = after.find('}').and_then(|close| {
            let name = &after[..close];
            let value = args.iter().find(|(key, _)| *key == name)?;
            Some((close, &value.1))
        });
        match filled {
            Some((close, value)) => {
                out.push_str(value);
                rest = &after[close + 1..];
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_by_name_and_unknown_ones_stay() {
        let message = Message::new(text("port {port} of {x} {", "端口 {port}")).arg("port", 8080);
        assert_eq!(message.render(Lang::En), "port 8080 of {x} {");
        assert_eq!(message.render(Lang::Zh), "端口 8080");
    }

    #[test]
    fn an_argument_is_never_read_as_a_template() {
        let message = Message::new(text("{a}{b}", "{a}{b}")).arg("a", "{b}").arg("b", "2");
        assert_eq!(message.render(Lang::En), "{b}2");
    }

    #[test]
    fn locales_name_their_language() {
        assert_eq!(Lang::from_tag("zh_CN.UTF-8"), Some(Lang::Zh));
        assert_eq!(Lang::from_tag("C"), Some(Lang::En));
        assert_eq!(Lang::from_tag("fr_FR"), None);
    }
}
