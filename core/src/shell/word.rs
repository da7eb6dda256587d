//! A word of a command line: literal letters, variables and substitutions.

use std::ops::Range;

use crate::text::{Budget, MappedText, Span, ValueBudget};

/// A word as the shell splits it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it is made of, in order.
    pub parts: Vec<Part>,
    /// Where it stands.
    pub span: Span,
}

/// A piece of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Letters, quotes and escapes removed.
    Literal {
        /// The letters with the way back.
        text: MappedText,
        /// Whether they stood in quotes.
        is_quoted: bool,
    },
    /// `$NAME`, `${NAME}`, `${NAME:-default}`.
    Variable {
        /// The name.
        name: String,
        /// The literal default behind `:-` or `-`.
        default: Option<String>,
        /// Whether another modifier makes the value something else.
        is_modified: bool,
        /// Whether it stands in double quotes.
        is_quoted: bool,
        /// Where it stands.
        span: Span,
    },
    /// `$(…)`, backticks, `$((…))`, `<(…)`.
    Substitution {
        /// How it is written.
        kind: SubstitutionKind,
        /// Its simple commands in `Script::commands`.
        commands: Range<usize>,
        /// Whether it stands in double quotes.
        is_quoted: bool,
        /// Where it stands.
        span: Span,
    },
}

/// How a substitution is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubstitutionKind {
    /// `$(…)`
    Command,
    /// Backticks.
    Backticks,
    /// `$((…))`
    Arithmetic,
    /// `<(…)` and `>(…)`
    Process,
}

impl Word {
    /// The letters, if the word is nothing but letters of one piece.
    pub fn literal(&self) -> Option<&str> {
        match &self.parts[..] {
            [Part::Literal { text, .. }] => Some(text.text()),
            [] => Some(""),
            _ => None,
        }
    }

    /// The value with the way back, where `lookup` knows every variable in it and `budget` allows
    /// for them; what comes from a variable maps to where the variable is used. A value that the
    /// shell would split into several words is not known.
    pub fn value<'v>(
        &self,
        lookup: &dyn Fn(&str) -> Option<&'v str>,
        budget: &Budget,
    ) -> Option<MappedText> {
        self.expanded(lookup, true, &mut budget.value())
    }

    /// The value behind `=`, where the shell splits nothing.
    pub fn assigned_value<'v>(
        &self,
        lookup: &dyn Fn(&str) -> Option<&'v str>,
        budget: &Budget,
    ) -> Option<MappedText> {
        self.expanded(lookup, false, &mut budget.value())
    }

    /// The value where nothing is known of any variable.
    pub fn written_value(&self) -> Option<MappedText> {
        self.value(&|_| None, &Budget::default())
    }

    fn expanded<'v>(
        &self,
        lookup: &dyn Fn(&str) -> Option<&'v str>,
        is_split: bool,
        budget: &mut ValueBudget<'_>,
    ) -> Option<MappedText> {
        let mut out = MappedText::new();
        for part in &self.parts {
            match part {
                Part::Literal { text, .. } => out.append(text),
                Part::Variable { is_modified: true, .. } | Part::Substitution { .. } => {
                    return None;
                }
                Part::Variable { name, default, span, is_quoted, .. } => {
                    let value: &str = match lookup(name) {
                        Some(value) => value,
                        None => default.as_deref()?,
                    };
                    if !budget.take(value.len())
                        || is_split && !is_quoted && value.contains(char::is_whitespace)
                    {
                        return None;
                    }
                    out.push_decoded(value, *span);
                }
            }
        }
        Some(out)
    }

    /// The name of the variable, if the word is nothing but one.
    pub fn only_variable(&self) -> Option<&str> {
        match &self.parts[..] {
            [Part::Variable { name, .. }] => Some(name),
            _ => None,
        }
    }

    /// Whether a variable or substitution stands in it without quotes, so that an empty value
    /// makes the word vanish.
    pub fn has_unquoted_expansion(&self) -> bool {
        self.parts.iter().any(|part| {
            matches!(
                part,
                Part::Variable { is_quoted: false, .. }
                    | Part::Substitution { is_quoted: false, .. }
            )
        })
    }
}
