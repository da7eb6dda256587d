//! Words: letters, quotes and escapes.

use super::{Parser, is_carriage_return};
use crate::shell::{ExtensionKind, Part, Word};
use crate::text::{MappedText, text};

/// Joins neighbouring letters into one literal.
#[derive(Default)]
pub(super) struct WordBuilder {
    pub(super) parts: Vec<Part>,
}

impl WordBuilder {
    pub(super) fn literal(&mut self, piece: &MappedText, quoted: bool) {
        if let Some(Part::Literal { text, is_quoted }) = self.parts.last_mut() {
            text.append(piece);
            *is_quoted |= quoted;
            return;
        }
        if self.parts.is_empty() {
            // Most words are one piece.
            self.parts.reserve_exact(1);
        }
        self.parts.push(Part::Literal { text: piece.clone(), is_quoted: quoted });
    }
}

impl Parser<'_> {
    /// One word from here on; empty where an operator stands.
    pub(super) fn word(&mut self) -> Word {
        self.word_with(false)
    }

    /// A word behind `=~` or `==` in `[[ ]]`, where parentheses and `|` are letters.
    pub(super) fn pattern_word(&mut self) -> Word {
        self.word_with(true)
    }

    fn word_with(&mut self, is_pattern: bool) -> Word {
        let start = self.at;
        match self.words_left.checked_sub(1) {
            Some(left) => self.words_left = left,
            None => self.too_much(start),
        }
        let mut builder = WordBuilder::default();
        // Open parentheses of an extended pattern such as `@(a|b)`.
        let mut open = 0_usize;
        while let Some(character) = self.peek() {
            match character {
                ' ' | '\t' | '\n' if open == 0 => break,
                '\r' if open == 0 && is_carriage_return(self.rest()) => break,
                '(' if open > 0 || is_pattern || self.is_extended_pattern(start) => {
                    open += 1;
                    self.keep_byte(&mut builder);
                }
                ')' if open > 0 => {
                    open -= 1;
                    self.keep_byte(&mut builder);
                }
                '<' | '>' if open == 0 && self.is_process_substitution() => {
                    self.process_substitution(&mut builder);
                }
                ';' | '&' | '|' | '<' | '>' | '(' | ')' | ' ' | '\t' | '\n' | '\r' => {
                    let is_letter = character == '\r' || open > 0;
                    let is_choice = is_pattern && character == '|' && !self.starts_with("||");
                    if !is_letter && !is_choice {
                        break;
                    }
                    self.keep_byte(&mut builder);
                }
                '\'' => self.single_quoted(&mut builder),
                '"' => self.double_quoted(&mut builder),
                '\\' => self.escape(&mut builder),
                '$' => self.dollar(&mut builder, false),
                '`' => self.backticks(&mut builder, false),
                _ => self.plain(&mut builder),
            }
        }
        if open > 0 {
            let says = text("this `{word}` is never closed", "该 `{word}` 没有结束");
            let at = self.letters[start..self.at].find('(').map_or(start, |at| start + at);
            self.error(at, at + 1, says);
        }
        builder.parts.shrink_to_fit();
        Word { parts: builder.parts, span: self.span(start, self.at) }
    }

    fn keep_byte(&mut self, builder: &mut WordBuilder) {
        builder.literal(&self.source.slice(self.at, self.at + 1), false);
        self.at += 1;
    }

    /// Whether the `(` here makes `@(`, `+(`, `?(`, `*(` or `!(` with the letter before it.
    fn is_extended_pattern(&self, start: usize) -> bool {
        self.letters[start..self.at].ends_with(['@', '+', '?', '*', '!'])
    }

    /// Letters without any meaning to the shell.
    fn plain(&mut self, builder: &mut WordBuilder) {
        let rest = self.rest();
        let is_end = |character: char| {
            matches!(
                character,
                ' ' | '\t'
                    | '\n'
                    | '\r'
                    | ';'
                    | '&'
                    | '|'
                    | '<'
                    | '>'
                    | '('
                    | ')'
                    | '\''
                    | '"'
                    | '\\'
                    | '$'
                    | '`'
            )
        };
        let length = rest.find(is_end).unwrap_or(rest.len()).max(1);
        if let Some((from, to)) = brace_expansion(&rest[..length]) {
            self.extension(ExtensionKind::BraceExpansion, self.at + from, self.at + to);
        }
        builder.literal(&self.source.slice(self.at, self.at + length), false);
        self.at += length;
    }

    fn single_quoted(&mut self, builder: &mut WordBuilder) {
        let inner = self.at + 1;
        let length = self.letters[inner..self.end].find('\'');
        let close = inner + length.unwrap_or(self.end - inner);
        if length.is_none() {
            self.unclosed_quote(self.at);
        }
        builder.literal(&self.source.slice(inner, close), true);
        self.at = (close + 1).min(self.end);
    }

    /// `\x` outside of quotes.
    fn escape(&mut self, builder: &mut WordBuilder) {
        let rest = &self.rest()[1..];
        if rest.starts_with('\n') {
            self.at += 2;
        } else if rest.starts_with("\r\n") {
            self.at += 3;
        } else if let Some(next) = rest.chars().next() {
            let from = self.at + 1;
            let to = from + next.len_utf8();
            builder.literal(&self.source.slice(from, to), true);
            self.at = to;
        } else {
            self.at += 1;
        }
    }

    fn unclosed_quote(&mut self, at: usize) {
        self.error(at, at + 1, text("this quote is never closed", "该引号没有结束"));
    }

    pub(super) fn double_quoted(&mut self, builder: &mut WordBuilder) {
        let open = self.at;
        let known = self.errors.len();
        self.at += 1;
        builder.literal(&self.source.slice(self.at, self.at), true);
        while let Some(character) = self.peek() {
            match character {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\\' => {
                    let rest = &self.rest()[1..];
                    if rest.starts_with('\n') {
                        self.at += 2;
                    } else if rest.starts_with("\r\n") {
                        self.at += 3;
                    } else if rest.starts_with(['"', '\\', '$', '`']) {
                        builder.literal(&self.source.slice(self.at + 1, self.at + 2), true);
                        self.at += 2;
                    } else {
                        builder.literal(&self.source.slice(self.at, self.at + 1), true);
                        self.at += 1;
                    }
                }
                '$' => self.dollar(builder, true),
                '`' => self.backticks(builder, true),
                _ => {
                    let rest = self.rest();
                    let length = rest.find(['"', '\\', '$', '`']).unwrap_or(rest.len());
                    builder.literal(&self.source.slice(self.at, self.at + length), true);
                    self.at += length;
                }
            }
        }
        if self.errors.len() == known {
            self.unclosed_quote(open);
        }
    }

    /// `$'…'`, whose escapes are those of C.
    pub(super) fn ansi_quoted(&mut self, builder: &mut WordBuilder) {
        let start = self.at;
        self.extension(ExtensionKind::AnsiQuote, start, start + 2);
        self.at += 2;
        builder.literal(&self.source.slice(self.at, self.at), true);
        while let Some(character) = self.peek() {
            let from = self.at;
            match character {
                '\'' => {
                    self.at += 1;
                    return;
                }
                '\\' => {
                    let next = self.rest().chars().nth(1);
                    let letter = match next {
                        Some('n') => '\n',
                        Some('t') => '\t',
                        Some('r') => '\r',
                        Some(other @ ('\\' | '\'' | '"' | '?')) => other,
                        _ => '\\',
                    };
                    let is_known = letter != '\\' || next == Some('\\');
                    let length = if is_known { 2 } else { 1 };
                    let outer = self.span(from, from + length);
                    let mut buffer = [0; 4];
                    let letter = letter.encode_utf8(&mut buffer);
                    builder.literal(&MappedText::decoded(letter, outer), true);
                    self.at += length;
                }
                _ => {
                    let rest = self.rest();
                    let length = rest.find(['\'', '\\']).unwrap_or(rest.len());
                    builder.literal(&self.source.slice(from, from + length), true);
                    self.at += length;
                }
            }
        }
        self.unclosed_quote(start + 1);
    }
}

/// The first `{a,b}` or `{1..9}` in letters without quotes.
fn brace_expansion(letters: &str) -> Option<(usize, usize)> {
    let mut open = None;
    let mut has_choice = false;
    let bytes = letters.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => (open, has_choice) = (Some(at), false),
            b',' => has_choice = true,
            b'.' if bytes.get(at + 1) == Some(&b'.') => has_choice = true,
            b'}' => {
                if let Some(from) = open.filter(|_| has_choice) {
                    return Some((from, at + 1));
                }
                open = None;
            }
            _ => {}
        }
    }
    None
}
