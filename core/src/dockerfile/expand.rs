//! Quotes, escapes and variables, as BuildKit's own small shell reads them.

use super::words::Word;
use crate::text::{MappedText, Span};

/// What is known of a word after expansion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// The letters; what comes from a variable maps to where the variable is used. Where something
    /// is not known, it is left out.
    pub text: MappedText,
    /// Whether the whole value is known: not where a build argument without default is in it.
    pub is_known: bool,
    /// Whether a build argument with a default is in it, which the builder may override.
    pub is_overridable: bool,
}

impl Expansion {
    /// The value, if it is known.
    pub fn value(&self) -> Option<&str> {
        self.is_known.then(|| self.text.text())
    }
}

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Nothing is set under the name.
    Unset,
    /// Something is set, but only the build will tell what.
    Unknown,
    /// A value; a build argument's default may be overridden.
    Value {
        /// The value.
        value: String,
        /// Whether the builder may give another.
        is_overridable: bool,
    },
}

/// Expands `word` with the variables that `lookup` knows.
pub fn expand(word: &Word, escape: char, lookup: &dyn Fn(&str) -> Lookup) -> Expansion {
    let mut expander = Expander {
        text: &word.text,
        escape,
        lookup,
        at: 0,
        out: Expansion { text: MappedText::new(), is_known: true, is_overridable: false },
    };
    expander.run();
    expander.out
}

struct Expander<'a> {
    text: &'a MappedText,
    escape: char,
    lookup: &'a dyn Fn(&str) -> Lookup,
    at: usize,
    out: Expansion,
}

impl Expander<'_> {
    fn rest(&self) -> &str {
        &self.text.text()[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn keep(&mut self, character: char) {
        let end = self.at + character.len_utf8();
        self.out.text.append(&self.text.slice(self.at, end));
        self.at = end;
    }

    fn run(&mut self) {
        while let Some(character) = self.peek() {
            match character {
                '\'' => self.single_quoted(),
                '"' => self.double_quoted(),
                '$' => self.dollar(),
                _ if character == self.escape => {
                    self.at += character.len_utf8();
                    if let Some(next) = self.peek() {
                        self.keep(next);
                    }
                }
                _ => self.keep(character),
            }
        }
    }

    fn single_quoted(&mut self) {
        self.at += 1;
        while let Some(character) = self.peek() {
            if character == '\'' {
                self.at += 1;
                return;
            }
            self.keep(character);
        }
    }

    fn double_quoted(&mut self) {
        self.at += 1;
        while let Some(character) = self.peek() {
            match character {
                '"' => {
                    self.at += 1;
                    return;
                }
                '$' => self.dollar(),
                _ if character == self.escape => {
                    let next = self.rest().chars().nth(1);
                    if next.is_some_and(|next| next == '"' || next == '$' || next == self.escape) {
                        self.at += character.len_utf8();
                        let next = self.peek().unwrap_or_default();
                        self.keep(next);
                    } else {
                        self.keep(character);
                    }
                }
                _ => self.keep(character),
            }
        }
    }

    fn dollar(&mut self) {
        let start = self.at;
        let rest = &self.rest()[1..];
        if let Some(inner) = rest.strip_prefix('{') {
            let Some(length) = closing_brace(inner) else {
                // Never closed: as it stands.
                self.keep('$');
                return;
            };
            let inner = inner[..length].to_owned();
            self.at = start + 2 + length + 1;
            let outer = self.text.span(start, self.at);
            self.substitute(&inner, outer);
            return;
        }
        let name = name_at(rest);
        if name.is_empty() {
            self.keep('$');
            return;
        }
        let name = name.to_owned();
        self.at = start + 1 + name.len();
        let outer = self.text.span(start, self.at);
        if let Some(value) = self.look_up(&name) {
            self.out.text.push_decoded(&value, outer);
        }
    }

    /// The value under `name`; `None` and marked unknown where only the build knows.
    fn look_up(&mut self, name: &str) -> Option<String> {
        match (self.lookup)(name) {
            Lookup::Unset => Some(String::new()),
            Lookup::Unknown => {
                self.out.is_known = false;
                None
            }
            Lookup::Value { value, is_overridable } => {
                self.out.is_overridable |= is_overridable;
                Some(value)
            }
        }
    }

    /// `${inner}`.
    fn substitute(&mut self, inner: &str, outer: Span) {
        let name = name_at(inner);
        let rest = &inner[name.len()..];
        if name.is_empty() {
            return;
        }
        if rest.is_empty() {
            if let Some(value) = self.look_up(name) {
                self.out.text.push_decoded(&value, outer);
            }
            return;
        }
        let found = (self.lookup)(name);
        let value = match &found {
            Lookup::Value { value, .. } => value.as_str(),
            _ => "",
        };
        let is_unknown = found == Lookup::Unknown;
        let (operator, word) = split_operator(rest);
        let is_set = match operator {
            Operator::Default { colon }
            | Operator::Alternative { colon }
            | Operator::Must { colon } => found != Lookup::Unset && !(colon && value.is_empty()),
            _ => true,
        };
        let result = match operator {
            // Whether the argument is given, only the build knows; its default is the best guess
            // that there is, but a guess.
            Operator::Default { .. } if is_unknown => {
                let default = self.nested(word);
                self.out.is_overridable = true;
                default
            }
            _ if is_unknown => {
                self.out.is_known = false;
                String::new()
            }
            Operator::Default { .. } if is_set => self.look_up(name).unwrap_or_default(),
            Operator::Default { .. } => self.nested(word),
            Operator::Alternative { .. } if is_set => self.nested(word),
            Operator::Alternative { .. } => String::new(),
            Operator::Must { .. } => self.look_up(name).unwrap_or_default(),
            Operator::Prefix { longest } => {
                let pattern = self.nested(word);
                let value = self.look_up(name).unwrap_or_default();
                strip_prefix(&value, &pattern, longest)
            }
            Operator::Suffix { longest } => {
                let pattern = self.nested(word);
                let value = self.look_up(name).unwrap_or_default();
                strip_suffix(&value, &pattern, longest)
            }
            Operator::Replace { all } => {
                let (pattern, with) = split_replacement(word);
                let (pattern, with) = (self.nested(pattern), self.nested(with));
                let value = self.look_up(name).unwrap_or_default();
                replace(&value, &pattern, &with, all)
            }
            Operator::Unknown => {
                self.out.is_known = false;
                String::new()
            }
        };
        self.out.text.push_decoded(&result, outer);
    }

    /// The word inside a modifier, expanded itself.
    fn nested(&mut self, word: &str) -> String {
        // Each level consumes a brace, but text may hold thousands of them.
        const MOST: usize = 16;
        if word.matches("${").count() > MOST {
            self.out.is_known = false;
            return String::new();
        }
        let word = Word { text: MappedText::verbatim(word, 0), span: Span::default() };
        let inner = expand(&word, self.escape, self.lookup);
        self.out.is_known &= inner.is_known;
        self.out.is_overridable |= inner.is_overridable;
        inner.text.text().to_owned()
    }
}

#[derive(Clone, Copy)]
enum Operator {
    Default { colon: bool },
    Alternative { colon: bool },
    Must { colon: bool },
    Prefix { longest: bool },
    Suffix { longest: bool },
    Replace { all: bool },
    Unknown,
}

fn split_operator(rest: &str) -> (Operator, &str) {
    const SIGNS: [(&str, Operator); 12] = [
        (":-", Operator::Default { colon: true }),
        (":+", Operator::Alternative { colon: true }),
        (":?", Operator::Must { colon: true }),
        ("-", Operator::Default { colon: false }),
        ("+", Operator::Alternative { colon: false }),
        ("?", Operator::Must { colon: false }),
        ("##", Operator::Prefix { longest: true }),
        ("#", Operator::Prefix { longest: false }),
        ("%%", Operator::Suffix { longest: true }),
        ("%", Operator::Suffix { longest: false }),
        ("//", Operator::Replace { all: true }),
        ("/", Operator::Replace { all: false }),
    ];
    for (sign, operator) in SIGNS {
        if let Some(word) = rest.strip_prefix(sign) {
            return (operator, word);
        }
    }
    (Operator::Unknown, "")
}

/// The length of what stands before the brace that closes `text`.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The variable's name at the start of `text`.
fn name_at(text: &str) -> &str {
    let mut characters = text.char_indices();
    let Some((_, first)) = characters.next() else { return "" };
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    if first.is_ascii_alphabetic() || first == '_' {
        &text[..characters.find(|(_, c)| !is_word(*c)).map_or(text.len(), |(at, _)| at)]
    } else if first.is_ascii_digit() {
        &text[..characters.find(|(_, c)| !c.is_ascii_digit()).map_or(text.len(), |(at, _)| at)]
    } else if matches!(first, '@' | '*' | '#' | '?' | '-' | '$' | '!') {
        &text[..1]
    } else {
        ""
    }
}

fn split_replacement(word: &str) -> (&str, &str) {
    let mut is_escaped = false;
    for (at, character) in word.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '/' => return (&word[..at], &word[at + 1..]),
            _ => {}
        }
    }
    (word, "")
}

/// Whether `text` as a whole matches a pattern with `*` and `?`.
fn matches(pattern: &[char], text: &[char]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&c) if c == '?' || c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

/// Values are short; a longer one is left as it is rather than searched at length.
const MOST_MATCHED: usize = 1024;

fn strip_prefix(value: &str, pattern: &str, longest: bool) -> String {
    let text: Vec<char> = value.chars().take(MOST_MATCHED).collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let lengths = 0..=text.len();
    let is_match = |length: &usize| matches(&pattern, &text[..*length]);
    let length =
        if longest { lengths.rev().find(is_match) } else { lengths.into_iter().find(is_match) };
    value.chars().skip(length.unwrap_or(0)).collect()
}

fn strip_suffix(value: &str, pattern: &str, longest: bool) -> String {
    let text: Vec<char> = value.chars().take(MOST_MATCHED).collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let starts = 0..=text.len();
    let is_match = |start: &usize| matches(&pattern, &text[*start..]);
    let start =
        if longest { starts.into_iter().find(is_match) } else { starts.rev().find(is_match) };
    text[..start.unwrap_or(text.len())].iter().collect()
}

fn replace(value: &str, pattern: &str, with: &str, all: bool) -> String {
    let text: Vec<char> = value.chars().take(MOST_MATCHED).collect();
    let pattern: Vec<char> = pattern.chars().collect();
    if pattern.is_empty() {
        return value.to_owned();
    }
    let mut out = String::new();
    let mut at = 0;
    while at < text.len() {
        let found = (at + 1..=text.len()).rev().find(|&end| matches(&pattern, &text[at..end]));
        match found {
            Some(end) => {
                out.push_str(with);
                at = end;
                if !all {
                    break;
                }
            }
            None => {
                out.push(text[at]);
                at += 1;
            }
        }
    }
    out.extend(&text[at..]);
    out
}
