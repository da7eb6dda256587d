//! Quotes, escapes and variables, as BuildKit's own small shell reads them.
//!
//! One pass from left to right. It gives the expanded text with its way back, the words that the
//! text falls into, which variables were used, and why the builder would refuse it.

use std::sync::Arc;

use super::pattern;
use super::words::Word;
use crate::text::{Budget, MOST_BROUGHT, MappedText, Span};

/// What is known of a word after expansion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// The letters; what comes from a variable maps to where the variable is used. Where something
    /// is not known, it is left out.
    pub text: MappedText,
    /// Whether the whole value is known: not where a build argument without default is in it, nor
    /// where the builder refuses it.
    pub is_known: bool,
    /// Whether a build argument with a default is in it, which the builder may override.
    pub is_overridable: bool,
    /// The variables used, in their order.
    pub uses: Vec<VariableUse>,
    /// Why the builder refuses it, and where.
    pub error: Option<ExpandError>,
}

impl Expansion {
    /// The value, if it is known.
    pub fn value(&self) -> Option<&str> {
        self.is_known.then(|| self.text.text())
    }

    /// The names that were looked up and are set.
    pub fn matched(&self) -> impl Iterator<Item = &str> {
        self.uses.iter().filter(|one| one.is_set).map(|one| one.name.as_str())
    }

    /// The names that were looked up and are not set.
    pub fn unmatched(&self) -> impl Iterator<Item = &str> {
        self.uses.iter().filter(|one| !one.is_set).map(|one| one.name.as_str())
    }
}

/// One `$name` or `${name…}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableUse {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// From the `$` to the end of the use.
    pub span: Span,
    /// Whether the use says what holds when nothing is set: `${name:-x}`, `${name-x}`.
    pub has_default: bool,
    /// Whether the use asks only if something is set: `${name:+x}`, `${name+x}`.
    pub is_alternative: bool,
    /// Whether the build stops when nothing is set: `${name:?x}`, `${name?x}`.
    pub is_required: bool,
    /// Whether something was set under the name.
    pub is_set: bool,
}

/// Why the builder refuses a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpandError {
    /// What is wrong.
    pub kind: ExpandErrorKind,
    /// Where.
    pub span: Span,
}

/// What is wrong with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpandErrorKind {
    /// A quote is never closed.
    Quote,
    /// `${` is never closed.
    Brace,
    /// `${}`, `${:…}` and the like: no name.
    NoName,
    /// A modifier that the builder does not know.
    Modifier,
    /// The second `/` of `${name/a/b}` is missing.
    Slash,
    /// A pattern with an escape that means nothing.
    Pattern,
    /// `${name:?}` of a variable that is not set.
    Required,
    /// More levels of `${…${…}}` than we read.
    TooDeep,
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
        value: Arc<str>,
        /// Whether the builder may give another.
        is_overridable: bool,
    },
}

impl Lookup {
    /// `value`, where `budget` allows for it.
    pub(crate) fn of(value: &Arc<str>, is_overridable: bool, budget: &Budget) -> Lookup {
        match budget.take(value.len()) {
            true => Lookup::Value { value: value.clone(), is_overridable },
            false => Lookup::Unknown,
        }
    }
}

/// Whether a word has nothing in it that could mean something else.
pub(super) fn is_plain(word: &Word, escape: char) -> bool {
    !word.raw().contains(['$', '\'', '"', escape])
}

/// Expands `word` with the variables that `lookup` knows.
pub fn expand(word: &Word, escape: char, lookup: &dyn Fn(&str) -> Lookup) -> Expansion {
    if is_plain(word, escape) {
        return Expansion {
            text: word.text.clone(),
            is_known: true,
            is_overridable: false,
            uses: Vec::new(),
            error: None,
        };
    }
    Lexer::new(&word.text, escape, lookup).finish().0
}

/// Expands `word` and splits it at the white space outside of quotes, that of variables' values
/// included.
pub fn expand_words(
    word: &Word,
    escape: char,
    lookup: &dyn Fn(&str) -> Lookup,
) -> (Expansion, Vec<MappedText>) {
    let (expansion, words) = Lexer::new(&word.text, escape, lookup).finish();
    (expansion, words.into_iter().map(|word| word.text).collect())
}

/// The variables that a heredoc's body uses: quotes mean nothing there.
pub(super) fn expand_body(text: &MappedText, lookup: &dyn Fn(&str) -> Lookup) -> Expansion {
    let mut lexer = Lexer::new(text, '\\', lookup);
    lexer.skips_quotes = true;
    lexer.finish().0
}

/// The words of a line as the builder looks for heredocs in it: quotes and escapes stay, variables
/// too. `None` where it gives up, so that it sees no heredoc.
pub(super) fn raw_words(text: &MappedText) -> Option<Vec<LexWord>> {
    let mut lexer = Lexer::new(text, '\\', &|_| Lookup::Unset);
    (lexer.keeps_quotes, lexer.keeps_escapes, lexer.keeps_unset) = (true, true, true);
    let (expansion, words) = lexer.finish();
    expansion.error.is_none().then_some(words)
}

/// The words of a heredoc's delimiter, with or without its quotes.
pub(super) fn delimiter_words(text: &MappedText, keeps_quotes: bool) -> Option<Vec<LexWord>> {
    let mut lexer = Lexer::new(text, '\\', &|_| Lookup::Unset);
    (lexer.keeps_quotes, lexer.keeps_unset) = (keeps_quotes, true);
    let (expansion, words) = lexer.finish();
    expansion.error.is_none().then_some(words)
}

/// A word, and which bytes of the text it was made from.
#[derive(Clone, Debug, Default)]
pub(super) struct LexWord {
    pub(super) text: MappedText,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Nesting of `${…}` that we follow; nobody writes more, and each level is a call.
const MOST_NESTING: usize = 32;

struct Lexer<'a> {
    text: &'a MappedText,
    escape: char,
    lookup: &'a dyn Fn(&str) -> Lookup,
    at: usize,
    depth: usize,
    keeps_quotes: bool,
    keeps_escapes: bool,
    keeps_unset: bool,
    skips_quotes: bool,
    is_known: bool,
    is_overridable: bool,
    uses: Vec<VariableUse>,
    /// Bytes that came from variables so far.
    brought: usize,
}

/// A piece of text, or why there is none.
type Piece = Result<MappedText, ExpandError>;

/// What the scan of one level gives.
struct Level {
    text: MappedText,
    words: Words,
}

impl<'a> Lexer<'a> {
    fn new(text: &'a MappedText, escape: char, lookup: &'a dyn Fn(&str) -> Lookup) -> Lexer<'a> {
        Lexer {
            text,
            escape,
            lookup,
            at: 0,
            depth: 0,
            keeps_quotes: false,
            keeps_escapes: false,
            keeps_unset: false,
            skips_quotes: false,
            is_known: true,
            is_overridable: false,
            uses: Vec::new(),
            brought: 0,
        }
    }

    fn finish(mut self) -> (Expansion, Vec<LexWord>) {
        let mut level = Level { text: MappedText::new(), words: Words::default() };
        let outcome = self.level(&mut level, None);
        let words = level.words.finish();
        let error = outcome.err();
        let expansion = Expansion {
            text: level.text,
            is_known: self.is_known && error.is_none(),
            is_overridable: self.is_overridable,
            uses: self.uses,
            error,
        };
        (expansion, words)
    }

    fn rest(&self) -> &'a str {
        self.text.text().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn slice(&self, start: usize) -> MappedText {
        if start >= self.at { MappedText::new() } else { self.text.slice(start, self.at) }
    }

    fn error<T>(&self, kind: ExpandErrorKind, start: usize) -> Result<T, ExpandError> {
        Err(ExpandError { kind, span: self.text.span(start, self.at.max(start)) })
    }

    /// Reads on until `stop` or the end, into `level`.
    fn level(&mut self, level: &mut Level, stop: Option<char>) -> Result<(), ExpandError> {
        let begin = self.at;
        while let Some(character) = self.peek() {
            let start = self.at;
            match character {
                _ if Some(character) == stop => {
                    self.next();
                    return Ok(());
                }
                '$' => {
                    let piece = self.dollar()?;
                    level.words.add(&piece, start, self.at, false);
                    level.text.append(&piece);
                }
                '<' => {
                    self.next();
                    if self.peek() == Some('<') {
                        self.next();
                        while matches!(self.peek(), Some('\t' | '\r' | ' ')) {
                            self.next();
                        }
                    }
                    let piece = self.slice(start);
                    level.words.add(&piece, start, self.at, true);
                    level.text.append(&piece);
                }
                '\'' | '"' if !self.skips_quotes => {
                    let piece =
                        if character == '"' { self.double_quoted() } else { self.single_quoted() };
                    let piece = piece?;
                    level.words.add(&piece, start, self.at, true);
                    level.text.append(&piece);
                }
                _ if character == self.escape => {
                    self.next();
                    if self.keeps_escapes {
                        let piece = self.slice(start);
                        level.words.add(&piece, start, self.at, true);
                        level.text.append(&piece);
                    }
                    let escaped = self.at;
                    if self.next().is_some() {
                        let piece = self.slice(escaped);
                        level.words.add(&piece, start, self.at, true);
                        level.text.append(&piece);
                    }
                }
                _ => {
                    self.plain(stop);
                    let piece = self.slice(start);
                    level.words.add(&piece, start, self.at, false);
                    level.text.append(&piece);
                }
            }
        }
        match stop {
            Some('/') => self.error(ExpandErrorKind::Slash, begin),
            Some(_) => self.error(ExpandErrorKind::Brace, begin),
            None => Ok(()),
        }
    }

    /// Goes over what means only itself.
    fn plain(&mut self, stop: Option<char>) {
        let is_plain = |character: char| {
            !matches!(character, '$' | '<' | '\'' | '"')
                && character != self.escape
                && Some(character) != stop
        };
        let rest = self.rest();
        // At least one, so that a quote that means nothing is passed.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(|character| !is_plain(character));
        self.at += first + end.unwrap_or(rest.len() - first);
    }

    fn single_quoted(&mut self) -> Piece {
        let start = self.at;
        self.next();
        match self.rest().find('\'') {
            Some(end) => {
                let from = if self.keeps_quotes { start } else { self.at };
                self.at += end;
                let inner = self.at;
                self.next();
                let to = if self.keeps_quotes { self.at } else { inner };
                Ok(if from < to { self.text.slice(from, to) } else { MappedText::new() })
            }
            None => {
                self.at = self.text.text().len();
                self.error(ExpandErrorKind::Quote, start)
            }
        }
    }

    fn double_quoted(&mut self) -> Piece {
        let begin = self.at;
        let mut out = MappedText::new();
        self.next();
        if self.keeps_quotes {
            out.append(&self.slice(begin));
        }
        loop {
            let start = self.at;
            match self.peek() {
                None => return self.error(ExpandErrorKind::Quote, begin),
                Some('"') => {
                    self.next();
                    if self.keeps_quotes {
                        out.append(&self.slice(start));
                    }
                    return Ok(out);
                }
                Some('$') => {
                    let piece = self.dollar()?;
                    out.append(&piece);
                }
                Some(character) if character == self.escape => {
                    self.next();
                    if self.keeps_escapes {
                        out.append(&self.slice(start));
                    }
                    let mut from = start;
                    match self.peek() {
                        None => continue,
                        Some(next) if next == '"' || next == '$' || next == self.escape => {
                            from = self.at;
                            self.next();
                        }
                        // All other escapes stay as they are.
                        Some(_) => {}
                    }
                    out.append(&self.slice(from));
                }
                Some(_) => {
                    let is_end = |character: char| {
                        matches!(character, '"' | '$') || character == self.escape
                    };
                    let rest = self.rest();
                    self.at += rest.find(is_end).unwrap_or(rest.len());
                    out.append(&self.slice(start));
                }
            }
        }
    }

    fn dollar(&mut self) -> Piece {
        let start = self.at;
        self.next();
        if self.peek() != Some('{') {
            let from = self.at;
            let name = self.name();
            if name.is_empty() {
                return Ok(self.slice(start));
            }
            let found = self.look_up(name, from, start, Modifier::NONE);
            return Ok(self.value_or_itself(found, start));
        }
        self.next();
        match self.peek() {
            None => return self.error(ExpandErrorKind::Brace, start),
            Some('{' | '}' | ':') => {
                self.next();
                return self.error(ExpandErrorKind::NoName, start);
            }
            _ => {}
        }
        if self.depth >= MOST_NESTING {
            return self.error(ExpandErrorKind::TooDeep, start);
        }
        self.depth += 1;
        let piece = self.braced(start);
        self.depth -= 1;
        piece
    }

    /// `${` was read.
    fn braced(&mut self, start: usize) -> Piece {
        let from = self.at;
        let name = self.name();
        let sign = self.next();
        match sign {
            Some('}') => {
                let found = self.look_up(name, from, start, Modifier::NONE);
                Ok(self.value_or_itself(found, start))
            }
            Some('/') => self.replacement(name, from, start),
            Some(':') => {
                let operator = self.next();
                if matches!(operator, Some('#' | '%')) {
                    return self.error(ExpandErrorKind::Modifier, start);
                }
                self.modified(name, from, start, operator, true)
            }
            Some('+' | '-' | '?' | '#' | '%') => self.modified(name, from, start, sign, false),
            None => self.error(ExpandErrorKind::Brace, start),
            Some(_) => self.error(ExpandErrorKind::Modifier, start),
        }
    }

    /// The word behind a modifier, up to `stop`.
    fn word(&mut self, start: usize, stop: char, keeps_escapes: bool) -> Piece {
        let before = std::mem::replace(&mut self.keeps_escapes, keeps_escapes);
        let mut level = Level { text: MappedText::new(), words: Words::default() };
        let outcome = self.level(&mut level, Some(stop));
        self.keeps_escapes = before;
        match outcome {
            Ok(()) => Ok(level.text),
            // What is open here is why what is open inside has no end.
            Err(error) if error.kind == ExpandErrorKind::Brace => {
                self.error(ExpandErrorKind::Brace, start)
            }
            Err(error) if error.kind == ExpandErrorKind::Slash => {
                self.error(ExpandErrorKind::Slash, start)
            }
            Err(error) => Err(error),
        }
    }

    fn modified(
        &mut self,
        name: &str,
        from: usize,
        start: usize,
        operator: Option<char>,
        colon: bool,
    ) -> Piece {
        let is_pattern = matches!(operator, Some('#' | '%'));
        let (known, overridable) = (self.is_known, self.is_overridable);
        let word = self.word(start, '}', is_pattern)?;
        // Whether the word counts is not told yet.
        let is_word_known = std::mem::replace(&mut self.is_known, known);
        let is_word_overridable = std::mem::replace(&mut self.is_overridable, overridable);
        let modifier = Modifier {
            has_default: operator == Some('-'),
            is_alternative: operator == Some('+'),
            is_required: operator == Some('?'),
        };
        let found = self.look_up(name, from, start, modifier);
        if found == Lookup::Unset && self.keeps_unset {
            return Ok(self.slice(start));
        }
        let outer = self.text.span(start, self.at);
        let is_set = match &found {
            Lookup::Unset => false,
            Lookup::Unknown => true,
            Lookup::Value { value, .. } => !(colon && value.is_empty()),
        };
        let take_word = |lexer: &mut Lexer<'_>| {
            lexer.is_known &= is_word_known;
            lexer.is_overridable |= is_word_overridable;
            word.clone()
        };
        match operator {
            // Whether the argument is given, only the build knows; its default is the best guess
            // that there is, but a guess.
            Some('-') if found == Lookup::Unknown => {
                self.is_overridable = true;
                Ok(take_word(self))
            }
            Some('-') if is_set => Ok(self.value(found, outer)),
            Some('-') => Ok(take_word(self)),
            Some('+') if found == Lookup::Unknown => {
                self.is_known = false;
                Ok(MappedText::new())
            }
            Some('+') if is_set => {
                if let Lookup::Value { is_overridable, .. } = found {
                    self.is_overridable |= is_overridable;
                }
                Ok(take_word(self))
            }
            Some('+') => Ok(MappedText::new()),
            Some('?') if is_set => Ok(self.value(found, outer)),
            Some('?') => self.error(ExpandErrorKind::Required, start),
            Some('#' | '%') => {
                let pattern = take_word(self);
                let is_suffix = operator == Some('%');
                let letters = pattern.text();
                let (letters, longest) = match letters.strip_prefix(['#', '%']) {
                    Some(rest) if letters.starts_with(operator.unwrap_or_default()) => (rest, true),
                    _ => (letters, false),
                };
                let Some(pattern) = pattern::read(letters) else {
                    return self.error(ExpandErrorKind::Pattern, start);
                };
                let Some(value) = self.known_value(found) else { return Ok(MappedText::new()) };
                let cut = if is_suffix {
                    pattern::without_suffix(&value, &pattern, longest)
                } else {
                    pattern::without_prefix(&value, &pattern, longest)
                };
                Ok(self.decoded(cut, outer))
            }
            _ => self.error(ExpandErrorKind::Modifier, start),
        }
    }

    fn replacement(&mut self, name: &str, from: usize, start: usize) -> Piece {
        let replaces_all = self.peek() == Some('/');
        if replaces_all {
            self.next();
        }
        let letters = self.word(start, '/', true)?;
        let with = self.word(start, '}', true)?;
        let found = self.look_up(name, from, start, Modifier::NONE);
        if found == Lookup::Unset && self.keeps_unset {
            return Ok(self.slice(start));
        }
        let outer = self.text.span(start, self.at);
        let Some(pattern) = pattern::read(letters.text()) else {
            return self.error(ExpandErrorKind::Pattern, start);
        };
        let Some(value) = self.known_value(found) else { return Ok(MappedText::new()) };
        let replaced = pattern::replace(&value, &pattern, with.text(), replaces_all);
        Ok(self.decoded(replaced, outer))
    }

    fn decoded(&mut self, value: Option<String>, outer: Span) -> MappedText {
        match value {
            Some(value) => MappedText::decoded(&value, outer),
            None => {
                self.is_known = false;
                MappedText::new()
            }
        }
    }

    /// The text of what was found; marked unknown where only the build knows.
    fn known_value(&mut self, found: Lookup) -> Option<Arc<str>> {
        match found {
            Lookup::Unset => Some(Arc::from("")),
            Lookup::Unknown => {
                self.is_known = false;
                None
            }
            Lookup::Value { value, is_overridable } => {
                self.is_overridable |= is_overridable;
                self.brought = self.brought.saturating_add(value.len());
                if self.brought > MOST_BROUGHT {
                    self.is_known = false;
                    return None;
                }
                Some(value)
            }
        }
    }

    fn value(&mut self, found: Lookup, outer: Span) -> MappedText {
        self.known_value(found).map_or_else(MappedText::new, |value| {
            let mut text = MappedText::new();
            text.push_decoded(&value, outer);
            text
        })
    }

    fn value_or_itself(&mut self, found: Lookup, start: usize) -> MappedText {
        if found == Lookup::Unset && self.keeps_unset {
            return self.slice(start);
        }
        let outer = self.text.span(start, self.at);
        self.value(found, outer)
    }

    fn look_up(&mut self, name: &str, from: usize, start: usize, modifier: Modifier) -> Lookup {
        let found = (self.lookup)(name);
        self.uses.push(VariableUse {
            name: name.to_owned(),
            name_span: self.text.span(from, from + name.len()),
            span: self.text.span(start, self.at),
            has_default: modifier.has_default,
            is_alternative: modifier.is_alternative,
            is_required: modifier.is_required,
            is_set: found != Lookup::Unset,
        });
        found
    }

    /// A variable's name: a word, digits, or one of the shell's special ones.
    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let is_digit = |character: char| character.is_numeric();
        let is_word =
            |character: char| character.is_alphabetic() || is_digit(character) || character == '_';
        let end = match rest.chars().next() {
            Some(first) if is_digit(first) => rest.find(|character| !is_digit(character)),
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => Some(1),
            _ => rest.find(|character| !is_word(character)),
        };
        let name = &rest[..end.unwrap_or(rest.len())];
        self.at += name.len();
        name
    }
}

/// What a use of a variable says beside its name.
#[derive(Clone, Copy)]
struct Modifier {
    has_default: bool,
    is_alternative: bool,
    is_required: bool,
}

impl Modifier {
    const NONE: Modifier =
        Modifier { has_default: false, is_alternative: false, is_required: false };
}

/// Words, as they grow.
#[derive(Default)]
struct Words {
    done: Vec<LexWord>,
    now: LexWord,
    is_inside: bool,
}

impl Words {
    /// `piece`, made from the bytes `start..end`; white space splits it unless it is `raw`.
    fn add(&mut self, piece: &MappedText, start: usize, end: usize, raw: bool) {
        if raw {
            self.keep(piece, start, end);
            return;
        }
        let letters = piece.text();
        // Bytes of a value have no place of their own in the text.
        let is_itself = letters.len() == end - start;
        let place = |at: usize| if is_itself { start + at } else { start };
        let mut from = 0;
        while from < letters.len() {
            let rest = &letters[from..];
            let is_space = rest.starts_with(char::is_whitespace);
            let length = rest
                .find(|character: char| character.is_whitespace() != is_space)
                .unwrap_or(rest.len());
            let to = from + length;
            if !is_space {
                let upto = if is_itself { start + to } else { end };
                self.keep(&piece.slice(from, to), place(from), upto);
            } else if self.is_inside && !self.now.text.text().is_empty() {
                self.done.push(std::mem::take(&mut self.now));
                self.is_inside = false;
            }
            from = to;
        }
    }

    fn keep(&mut self, piece: &MappedText, start: usize, end: usize) {
        if !self.is_inside {
            self.now.start = start;
            self.is_inside = true;
        }
        self.now.text.append(piece);
        self.now.end = end;
    }

    fn finish(mut self) -> Vec<LexWord> {
        if !self.now.text.text().is_empty() {
            self.done.push(self.now);
        }
        self.done
    }
}
