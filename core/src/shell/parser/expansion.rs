//! What the shell expands: `$NAME`, `${NAME…}`, `$(…)`, `$((…))`, backticks and `<(…)`.

use super::words::WordBuilder;
use super::{Ends, MOST_NESTING, Parser, is_name_byte};
use crate::shell::{ExtensionKind, Part, SubstitutionKind};
use crate::text::{MappedText, text};

impl Parser<'_> {
    pub(super) fn dollar(&mut self, builder: &mut WordBuilder, is_quoted: bool) {
        let start = self.at;
        let rest = &self.rest()[1..];
        match rest.bytes().next() {
            Some(b'(') => {
                self.at += 1;
                if rest.starts_with("((")
                    && let Some(close) = self.arithmetic_end()
                {
                    let first = self.script.commands.len();
                    self.arithmetic(self.at + 2, close);
                    self.at = close + 2;
                    let kind = SubstitutionKind::Arithmetic;
                    self.add_substitution(builder, kind, first, start, is_quoted);
                    return;
                }
                self.substitution(builder, SubstitutionKind::Command, start, is_quoted);
            }
            Some(b'{') => self.braced(builder, is_quoted),
            Some(b'\'') if !is_quoted => self.ansi_quoted(builder),
            Some(b'"') if !is_quoted => {
                self.extension(ExtensionKind::LocaleQuote, start, start + 2);
                self.at += 1;
                self.double_quoted(builder);
            }
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => {
                let length = rest.bytes().take_while(|byte| is_name_byte(*byte)).count();
                self.variable(builder, length, is_quoted);
            }
            Some(b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!') => {
                self.variable(builder, 1, is_quoted);
            }
            _ => {
                builder.literal(&self.source.slice(start, start + 1), is_quoted);
                self.at += 1;
            }
        }
    }

    fn variable(&mut self, builder: &mut WordBuilder, length: usize, is_quoted: bool) {
        let start = self.at;
        let name = self.rest()[1..=length].to_owned();
        self.at += 1 + length;
        builder.parts.push(Part::Variable {
            name,
            default: None,
            is_modified: false,
            is_quoted,
            span: self.span(start, self.at),
        });
    }

    /// `${…}`
    fn braced(&mut self, builder: &mut WordBuilder, is_quoted: bool) {
        let start = self.at;
        let known = self.errors.len();
        self.at += 2;
        let inner = self.at;
        let rest = self.rest();
        let mut name_length = rest.bytes().take_while(|byte| is_name_byte(*byte)).count();
        if name_length == 0 && rest.starts_with(['@', '*', '#', '?', '-', '$', '!']) {
            // `${#}` is a name, `${#a}` and `${!a}` ask something of one.
            name_length = usize::from(rest[1..].starts_with(['}', ':']));
        }
        let name = &rest[..name_length];
        let modifier = &rest[name_length..];
        self.at += name_length;
        self.note_modifier(name, modifier, inner);
        let is_closed = self.depth < MOST_NESTING && {
            self.depth += 1;
            let is_closed = self.braced_rest(is_quoted, modifier);
            self.depth -= 1;
            is_closed
        };
        if !is_closed {
            self.at = self.end;
            self.unclosed(start, start + 2, known);
        }
        let close = if is_closed { self.at - 1 } else { self.at };
        let modifier = self.letters.get(inner + name_length..close).unwrap_or_default();
        let default = modifier.strip_prefix(":-").or_else(|| modifier.strip_prefix('-'));
        let is_plain = default.is_some_and(|text| !text.contains(['$', '`', '"', '\'']));
        builder.parts.push(Part::Variable {
            name: name.to_owned(),
            default: default.filter(|_| is_plain).map(str::to_owned),
            is_modified: name.is_empty() || !(modifier.is_empty() || is_plain),
            is_quoted,
            span: self.span(start, self.at),
        });
    }

    fn note_modifier(&mut self, name: &str, modifier: &str, inner: usize) {
        let at = inner + name.len();
        let kind = match modifier.as_bytes() {
            [b'!', next, ..] if name.is_empty() && is_name_byte(*next) => {
                ExtensionKind::Indirection
            }
            [b'[', ..] => ExtensionKind::ArrayElement,
            [b'/', ..] => ExtensionKind::Replacement,
            [b'^' | b',', ..] => ExtensionKind::CaseModification,
            [b':', next, ..] if !matches!(next, b'-' | b'=' | b'?' | b'+') => {
                ExtensionKind::Substring
            }
            _ => return,
        };
        self.extension(kind, at, at + 1);
    }

    /// Up to and over the `}`; `false` if none comes.
    fn braced_rest(&mut self, is_quoted: bool, modifier: &str) -> bool {
        // In double quotes, a `'` in a default is a letter; in a pattern it quotes.
        let modifier = modifier.strip_prefix(':').unwrap_or(modifier);
        let quotes = !(is_quoted && modifier.starts_with(['-', '+', '=', '?']));
        let mut nowhere = WordBuilder::default();
        while let Some(character) = self.peek() {
            match character {
                '}' => {
                    self.at += 1;
                    return true;
                }
                '\\' => {
                    let next = self.rest().chars().nth(1).map_or(0, char::len_utf8);
                    self.at += 1 + next;
                }
                '\'' if quotes => {
                    let inner = self.at + 1;
                    let Some(length) = self.letters[inner..self.end].find('\'') else {
                        return false;
                    };
                    self.at = inner + length + 1;
                }
                '"' => self.double_quoted(&mut nowhere),
                '$' => self.dollar(&mut nowhere, is_quoted),
                '`' => self.backticks(&mut nowhere, is_quoted),
                _ => {
                    let rest = self.rest();
                    let is_end = |one: char| matches!(one, '}' | '\\' | '\'' | '"' | '$' | '`');
                    let length = rest.find(is_end).unwrap_or(rest.len());
                    self.at += length.max(character.len_utf8());
                }
            }
        }
        false
    }

    fn add_substitution(
        &mut self,
        builder: &mut WordBuilder,
        kind: SubstitutionKind,
        first: usize,
        start: usize,
        is_quoted: bool,
    ) {
        let commands = first..self.script.commands.len();
        let span = self.span(start, self.at);
        builder.parts.push(Part::Substitution { kind, commands, is_quoted, span });
    }

    pub(super) fn process_substitution(&mut self, builder: &mut WordBuilder) {
        let start = self.at;
        self.extension(ExtensionKind::ProcessSubstitution, start, start + 2);
        self.at += 1;
        self.substitution(builder, SubstitutionKind::Process, start, false);
    }

    /// `(…)` of a substitution that begins at `start`.
    fn substitution(
        &mut self,
        builder: &mut WordBuilder,
        kind: SubstitutionKind,
        start: usize,
        is_quoted: bool,
    ) {
        let known = self.errors.len();
        let first = self.script.commands.len();
        self.at += 1;
        if self.depth < MOST_NESTING {
            let (before, last_simple) = (self.before.take(), self.last_simple.take());
            let place = self.place.clone();
            self.place.in_substitution = true;
            self.place.level += 1;
            self.depth += 1;
            self.list(Ends::Parenthesis);
            self.depth -= 1;
            self.place = place;
            (self.before, self.last_simple) = (before, last_simple);
            if self.starts_with(")") {
                self.at += 1;
            } else {
                self.unclosed(start, start + 2, known);
            }
        } else {
            // Deeper than anybody writes: read no further.
            self.at = self.end;
        }
        self.add_substitution(builder, kind, first, start, is_quoted);
    }

    /// Where the `))` of the `((` here stands; `None` if it is no arithmetic.
    pub(super) fn arithmetic_end(&self) -> Option<usize> {
        let inner = self.at + 2;
        let close = inner + closing(self.letters.get(inner..self.end)?)?;
        self.letters[close..self.end].starts_with("))").then_some(close)
    }

    /// The substitutions in the arithmetic expression `start..end`.
    pub(super) fn arithmetic(&mut self, start: usize, end: usize) {
        let outer_end = std::mem::replace(&mut self.end, end);
        self.at = start;
        let mut nowhere = WordBuilder::default();
        while self.depth < MOST_NESTING
            && let Some(character) = self.peek()
        {
            self.depth += 1;
            match character {
                '$' => self.dollar(&mut nowhere, true),
                '`' => self.backticks(&mut nowhere, true),
                _ => {
                    let rest = self.rest();
                    self.at += rest.find(['$', '`']).unwrap_or(rest.len());
                }
            }
            self.depth -= 1;
        }
        self.end = outer_end;
        self.at = end;
    }

    pub(super) fn backticks(&mut self, builder: &mut WordBuilder, is_quoted: bool) {
        let start = self.at;
        let inner = start + 1;
        let first = self.script.commands.len();
        let mut is_escaped = false;
        let length = self.letters[inner..self.end].find(|character| {
            let is_end = character == '`' && !is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            is_end
        });
        let close = length.map_or(self.end, |length| inner + length);
        if length.is_none() {
            self.error(start, inner, text("this backtick is never closed", "该反引号没有结束"));
        } else if self.depth < MOST_NESTING {
            self.backtick_script(inner, close, is_quoted);
        }
        self.at = (close + 1).min(self.end);
        self.add_substitution(builder, SubstitutionKind::Backticks, first, start, is_quoted);
    }

    /// Reads `start..end` between backticks as the shell does: once more, without its escapes.
    fn backtick_script(&mut self, start: usize, end: usize, is_quoted: bool) {
        let letters = &self.letters[start..end];
        let mut inner = MappedText::new();
        let mut from = 0;
        while let Some(found) = letters[from..].find('\\') {
            let at = from + found;
            let next = letters[at + 1..].chars().next();
            let is_removed =
                matches!(next, Some('\\' | '`' | '$')) || is_quoted && next == Some('"');
            let keep = if is_removed { at } else { at + 1 };
            inner.append(&self.source.slice(start + from, start + keep));
            let next_length = next.map_or(0, char::len_utf8);
            inner.append(&self.source.slice(start + at + 1, start + at + 1 + next_length));
            from = at + 1 + next_length;
        }
        inner.append(&self.source.slice(start + from, end));
        let mut place = self.place.clone();
        place.in_substitution = true;
        place.level += 1;
        let mut parser = Parser {
            source: &inner,
            letters: inner.text(),
            at: 0,
            end: inner.text().len(),
            script: std::mem::take(&mut self.script),
            errors: std::mem::take(&mut self.errors),
            place,
            before: None,
            last_simple: None,
            awaited: Vec::new(),
            pending: Vec::new(),
            depth: self.depth + 1,
            most_commands: self.most_commands,
            words_left: self.words_left,
        };
        parser.list(Ends::Nothing);
        let Parser { script, errors, words_left, .. } = parser;
        (self.script, self.errors, self.words_left) = (script, errors, words_left);
    }
}

/// The length of what stands before the parenthesis that closes `text`.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some('\''), _) => {}
            (_, '\\') => {
                characters.next();
            }
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') if depth == 0 => return Some(at),
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    None
}
