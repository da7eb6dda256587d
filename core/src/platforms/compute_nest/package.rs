//! The fields of a deployment package, as the console asks for them.

use super::spec::{DESCRIPTION_LENGTH, Length, MOST_TAGS, NAME_LENGTH, VERSION_LENGTH};
use crate::text::{Message, text};

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The package's name.
    Name,
    /// The version's name.
    Version,
    /// The description.
    Description,
    /// The tags.
    Tags,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// A kind of [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Too short or too long.
    Length {
        /// Characters that it has.
        actual: usize,
        /// What it may have.
        allowed: Length,
    },
    /// Letters that are not allowed, each once.
    Letters(String),
    /// Too many tags.
    Count(usize),
}

/// What is wrong with the text of `field`; of tags see [`tags`].
pub fn check(field: Field, value: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let allowed = match field {
        Field::Name => NAME_LENGTH.value,
        Field::Version => VERSION_LENGTH.value,
        Field::Description => DESCRIPTION_LENGTH.value,
        Field::Tags => return found,
    };
    let actual = value.chars().count();
    if actual < allowed.least || actual > allowed.most {
        found.push(Problem { field, kind: ProblemKind::Length { actual, allowed } });
    }
    if field != Field::Description {
        let mut letters = String::new();
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        for letter in value.chars().filter(|letter| !is_allowed(*letter)) {
            if !letters.contains(letter) {
                letters.push(letter);
            }
        }
        if !letters.is_empty() {
            found.push(Problem { field, kind: ProblemKind::Letters(letters) });
        }
    }
    found
}

/// What is wrong with `count` tags.
pub fn tags(count: usize) -> Option<Problem> {
    (count > MOST_TAGS.value)
        .then_some(Problem { field: Field::Tags, kind: ProblemKind::Count(count) })
}

impl Problem {
    /// The sentence about it.
    pub fn message(&self) -> Message {
        match &self.kind {
            ProblemKind::Length { actual, allowed } => Message::new(text(
                "{actual} characters; it must have {least} to {most}",
                "{actual} 个字符；应为 {least} 到 {most} 个",
            ))
            .arg("actual", actual)
            .arg("least", allowed.least)
            .arg("most", allowed.most),
            ProblemKind::Letters(letters) => {
                let shown: Vec<String> =
                    letters.chars().map(|letter| format!("`{letter}`")).collect();
                Message::new(text(
                    "it may hold letters, digits and `_` only, not {letters}",
                    "只能包含字母、数字和 `_`，不能包含 {letters}",
                ))
                .arg("letters", shown.join(" "))
            }
            ProblemKind::Count(count) => Message::new(text(
                "{count} tags; there may be {most}",
                "{count} 个标签；最多 {most} 个",
            ))
            .arg("count", count)
            .arg("most", MOST_TAGS.value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn fields_are_judged_by_length_and_letters() {
        let said = |field, value: &str| -> Vec<String> {
            check(field, value).iter().map(|one| one.message().render(Lang::En)).collect()
        };
        assert_eq!(said(Field::Name, "web_app1"), [""; 0]);
        assert_eq!(said(Field::Name, "ab"), ["2 characters; it must have 3 to 128"]);
        assert_eq!(
            said(Field::Version, "v1-beta.2"),
            ["it may hold letters, digits and `_` only, not `-` `.`"]
        );
        assert_eq!(said(Field::Description, "短"), ["1 characters; it must have 10 to 500"]);
        assert!(tags(20).is_none() && tags(21).is_some());
    }
}
