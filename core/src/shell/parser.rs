//! The reading of a command line. Compound commands are not kept as a tree: each simple command
//! says where it stands.

use super::{Assignment, Function, Part, Position, Redirection, Script, SimpleCommand, Word};
use crate::text::{MappedText, Span, SyntaxError, text};

/// The deepest nesting that is read.
const MOST_NESTING: usize = 64;

/// Reads `source` as a shell script. Never fails; what cannot be read is passed over and noted.
pub fn parse(source: &MappedText) -> (Script, Vec<SyntaxError>) {
    let mut parser = Parser {
        source,
        letters: source.text(),
        at: 0,
        end: source.text().len(),
        script: Script::default(),
        errors: Vec::new(),
        blocks: Vec::new(),
        base: Position::default(),
        pending: Vec::new(),
        depth: 0,
    };
    if parser.letters.starts_with("#!") {
        let end = parser.letters.find('\n').unwrap_or(parser.letters.len());
        parser.script.shebang = Some(source.span(0, end));
    }
    parser.run();
    for block in std::mem::take(&mut parser.blocks) {
        parser.errors.push(
            SyntaxError::new(
                source.span(block.at.0, block.at.1),
                text("this `{word}` is never closed", "该 `{word}` 没有结束"),
            )
            .arg("word", &parser.letters[block.at.0..block.at.1]),
        );
    }
    (parser.script, parser.errors)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    If,
    Loop,
    Case,
    Brace,
    Subshell,
}

/// A compound command that is open.
struct Block {
    kind: BlockKind,
    /// Where its opening word stands, in `letters`.
    at: (usize, usize),
    /// Index of the first command inside.
    first: usize,
    /// The position outside, to go back to.
    outside: Position,
}

struct Parser<'a> {
    source: &'a MappedText,
    letters: &'a str,
    at: usize,
    end: usize,
    script: Script,
    errors: Vec<SyntaxError>,
    blocks: Vec<Block>,
    /// The position of the next command.
    base: Position,
    /// Heredocs whose bodies come after the next newline: delimiter, and whether tabs go.
    pending: Vec<(String, bool)>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.letters[self.at..self.end]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let skipped = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
            self.at += skipped;
            if self.rest().starts_with("\\\n") {
                self.at += 2;
            } else if self.rest().starts_with("\\\r\n") {
                self.at += 3;
            } else {
                return;
            }
        }
    }

    fn run(&mut self) {
        // Index of the first command of the pipeline or compound command just read.
        let mut last: usize = self.script.commands.len();
        // Up to where commands are known to be in a pipeline.
        let mut marked = 0;
        loop {
            self.skip_blanks();
            let Some(character) = self.peek() else { return };
            let before = self.at;
            match character {
                '\n' => {
                    self.at += 1;
                    self.skip_heredocs();
                    last = self.script.commands.len();
                    self.base.after_or = false;
                }
                '#' => self.comment(),
                ';' => {
                    let is_case_end =
                        self.rest().starts_with(";;") || self.rest().starts_with(";&");
                    self.at += if is_case_end { 2 } else { 1 };
                    last = self.script.commands.len();
                    self.base.after_or = false;
                    if is_case_end {
                        self.case_pattern();
                    }
                }
                '&' if self.rest().starts_with("&&") => {
                    self.at += 2;
                    last = self.script.commands.len();
                    self.base.after_or = false;
                }
                '&' if !self.rest().starts_with("&>") => {
                    self.at += 1;
                    for command in &mut self.script.commands[last..] {
                        command.position.is_background = true;
                    }
                    last = self.script.commands.len();
                }
                '|' if self.rest().starts_with("||") => {
                    self.at += 2;
                    last = self.script.commands.len();
                    self.base.after_or = true;
                }
                '|' => {
                    self.at += if self.rest().starts_with("|&") { 2 } else { 1 };
                    // Those before an earlier `|` are marked already.
                    let unmarked = last.max(marked);
                    for command in &mut self.script.commands[unmarked..] {
                        command.position.in_pipeline = true;
                    }
                    // The commands behind belong to the same pipeline.
                    let from = last;
                    self.skip_blanks();
                    while self.peek() == Some('\n') {
                        self.at += 1;
                        self.skip_blanks();
                    }
                    let count = self.script.commands.len();
                    self.command(&mut last);
                    for command in &mut self.script.commands[count..] {
                        command.position.in_pipeline = true;
                    }
                    marked = self.script.commands.len();
                    last = from;
                }
                '(' => {
                    let first = self.script.commands.len();
                    self.open(BlockKind::Subshell, self.at, self.at + 1);
                    self.base.in_subshell = true;
                    self.at += 1;
                    last = first;
                }
                ')' => {
                    self.at += 1;
                    last = self.close(&[BlockKind::Subshell]).unwrap_or(last);
                }
                _ => self.command(&mut last),
            }
            if self.at <= before {
                // Whatever it is, it must not hold us up.
                self.at = before + character.len_utf8();
            }
        }
    }

    fn comment(&mut self) {
        let end = self.at + self.rest().find('\n').unwrap_or(self.rest().len());
        let text_end = self.at + self.letters[self.at..end].trim_end().len();
        self.script.comments.push(self.source.span(self.at, text_end));
        self.at = end;
    }

    fn open(&mut self, kind: BlockKind, start: usize, end: usize) {
        self.blocks.push(Block {
            kind,
            at: (start, end),
            first: self.script.commands.len(),
            outside: self.base.clone(),
        });
    }

    /// Closes the innermost block if it is of one of `kinds`; the index of its first command.
    fn close(&mut self, kinds: &[BlockKind]) -> Option<usize> {
        let is_ours = self.blocks.last().is_some_and(|block| kinds.contains(&block.kind));
        let block = self.blocks.pop_if(|_| is_ours)?;
        self.base = block.outside;
        Some(block.first)
    }

    /// A reserved word, a function's definition or a simple command.
    fn command(&mut self, last: &mut usize) {
        let start = self.at;
        let word = self.bare_word();
        let end = start + word.len();
        match word {
            "if" | "while" | "until" => {
                *last = self.script.commands.len();
                let kind = if word == "if" { BlockKind::If } else { BlockKind::Loop };
                self.open(kind, start, end);
                self.base.in_condition = true;
                self.at = end;
            }
            "elif" => {
                self.base.in_condition = true;
                self.at = end;
            }
            "then" | "else" | "do" => {
                self.base.in_condition = false;
                self.base.in_branch = true;
                self.at = end;
            }
            "for" | "select" => {
                *last = self.script.commands.len();
                self.open(BlockKind::Loop, start, end);
                self.at = end;
                // `NAME in words`: up to the end of the line or `;`.
                let rest = self.rest();
                self.at += rest.find([';', '\n']).unwrap_or(rest.len());
            }
            "case" => {
                *last = self.script.commands.len();
                self.open(BlockKind::Case, start, end);
                self.at = end;
                self.skip_blanks();
                self.word();
                self.skip_blanks();
                if self.bare_word() == "in" {
                    self.at += 2;
                }
                self.base.in_branch = true;
                self.case_pattern();
            }
            "fi" => {
                self.at = end;
                *last = self.close(&[BlockKind::If]).unwrap_or(*last);
            }
            "done" => {
                self.at = end;
                *last = self.close(&[BlockKind::Loop]).unwrap_or(*last);
            }
            "esac" => {
                self.at = end;
                *last = self.close(&[BlockKind::Case]).unwrap_or(*last);
            }
            "{" => {
                *last = self.script.commands.len();
                self.open(BlockKind::Brace, start, end);
                self.at = end;
            }
            "}" => {
                self.at = end;
                *last = self.close(&[BlockKind::Brace]).unwrap_or(*last);
            }
            "!" => self.at = end,
            "function" => {
                self.at = end;
                self.skip_blanks();
                let start = self.at;
                let name = self.bare_word().to_owned();
                self.at += name.len();
                self.skip_blanks();
                if self.rest().starts_with("()") {
                    self.at += 2;
                }
                self.function(name, start, true);
            }
            _ if is_name(word)
                && self.letters[end..self.end].trim_start_matches(' ').starts_with("()") =>
            {
                let name = word.to_owned();
                self.at = end;
                self.skip_blanks();
                self.at += 2;
                self.function(name, start, false);
            }
            _ => {
                *last = self.script.commands.len();
                self.simple();
            }
        }
    }

    /// The letters up to the next white space or operator, without reading quotes.
    fn bare_word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|character: char| {
            character.is_whitespace()
                || matches!(character, ';' | '&' | '|' | '(' | ')' | '<' | '>')
        });
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The body of a function whose head was read.
    fn function(&mut self, name: String, start: usize, has_keyword: bool) {
        let name_span = self.source.span(start, start + name.len());
        let outside = self.base.clone();
        loop {
            self.skip_blanks();
            if self.peek() != Some('\n') {
                break;
            }
            self.at += 1;
        }
        let (kind, length) = match self.peek() {
            Some('{') => (BlockKind::Brace, 1),
            Some('(') => (BlockKind::Subshell, 1),
            _ => return,
        };
        self.open(kind, self.at, self.at + length);
        if let Some(block) = self.blocks.last_mut() {
            block.outside = outside;
        }
        self.base.function = Some(name.clone());
        self.at += length;
        self.script.functions.push(Function { name, name_span, has_keyword });
    }

    /// In a `case`: over white space and a pattern with its `)`, unless `esac` comes.
    fn case_pattern(&mut self) {
        if self.blocks.last().is_none_or(|block| block.kind != BlockKind::Case) {
            return;
        }
        loop {
            self.skip_blanks();
            match self.peek() {
                Some('\n') => self.at += 1,
                Some('#') => self.comment(),
                _ => break,
            }
        }
        if self.bare_word() == "esac" {
            return;
        }
        while let Some(character) = self.peek() {
            match character {
                ')' => {
                    self.at += 1;
                    return;
                }
                '\n' => return,
                '"' | '\'' | '\\' | '$' => {
                    let before = self.at;
                    self.word();
                    self.at = self.at.max(before + 1);
                }
                _ => self.at += character.len_utf8(),
            }
        }
    }

    fn simple(&mut self) {
        let start = self.at;
        let mut command = SimpleCommand {
            assignments: Vec::new(),
            words: Vec::new(),
            redirections: Vec::new(),
            span: Span::default(),
            position: self.base.clone(),
        };
        let index = self.script.commands.len();
        let mut end = start;
        let mut is_test = false;
        loop {
            self.skip_blanks();
            let Some(character) = self.peek() else { break };
            let is_redirection = self.redirection_ahead();
            match character {
                _ if is_redirection => {
                    let before = self.at;
                    if let Some(redirection) = self.redirection() {
                        command.redirections.push(redirection);
                    }
                    self.at = self.at.max(before + 1);
                }
                // Inside [[ ]] these are no operators.
                '&' | '|' | '(' | ')' | '<' | '>' if is_test => self.at += 1,
                '\n' | ';' | '&' | '|' | ')' => break,
                '(' if command.words.is_empty() && command.assignments.is_empty() => break,
                // An array: `a=(…)`.
                '(' => self.skip_array(),
                '#' => break,
                _ => {
                    let before = self.at;
                    let word = self.word();
                    self.at = self.at.max(before + 1);
                    if command.words.is_empty()
                        && let Some(assignment) = self.assignment(before, &word)
                    {
                        command.assignments.push(assignment);
                    } else {
                        is_test |= command.words.is_empty() && word.literal() == Some("[[");
                        is_test &= word.literal() != Some("]]");
                        command.words.push(word);
                    }
                }
            }
            end = self.at;
        }
        if command.words.is_empty()
            && command.assignments.is_empty()
            && command.redirections.is_empty()
        {
            return;
        }
        command.span = self.source.span(start, end);
        // Commands of substitutions inside were added while its words were read: it comes first.
        self.script.commands.insert(index, command);
    }

    fn skip_array(&mut self) {
        let mut depth = 0;
        while let Some(character) = self.peek() {
            self.at += character.len_utf8();
            match character {
                '(' => depth += 1,
                ')' => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    fn redirection_ahead(&self) -> bool {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = &rest[digits..];
        (after.starts_with(['<', '>']) || (digits == 0 && after.starts_with("&>")))
            && !after.starts_with("<(")
            && !after.starts_with(">(")
    }

    fn redirection(&mut self) -> Option<Redirection> {
        let start = self.at;
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let descriptor = self.rest()[..digits].parse().ok();
        self.at += digits;
        const OPERATORS: &[&str] =
            &["<<<", "<<-", "&>>", "<<", "<&", "<>", ">>", ">&", ">|", "&>", "<", ">"];
        let operator = *OPERATORS.iter().find(|operator| self.rest().starts_with(**operator))?;
        self.at += operator.len();
        self.skip_blanks();
        let word_start = self.at;
        let target = self.word();
        if matches!(operator, "<<" | "<<-") {
            let raw = &self.letters[word_start..self.at];
            let delimiter: String =
                raw.chars().filter(|one| !matches!(one, '"' | '\'' | '\\')).collect();
            if !delimiter.is_empty() {
                self.pending.push((delimiter, operator == "<<-"));
            }
        }
        let span = self.source.span(start, self.at);
        Some(Redirection { operator: operator.to_owned(), descriptor, target, span })
    }

    /// Behind a newline: over the bodies of the heredocs that the line opened.
    fn skip_heredocs(&mut self) {
        for (delimiter, chomps) in std::mem::take(&mut self.pending) {
            while self.at < self.end {
                let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
                self.at += line.len();
                let line = line.trim_end_matches(['\n', '\r']);
                let line = if chomps { line.trim_start_matches('\t') } else { line };
                if line == delimiter {
                    break;
                }
            }
        }
    }

    fn assignment(&self, start: usize, word: &Word) -> Option<Assignment> {
        let raw = &self.letters[start..self.at];
        let equals = raw.find('=')?;
        let name = raw[..equals].strip_suffix('+').unwrap_or(&raw[..equals]);
        if !is_name(name) {
            return None;
        }
        // The value is the word without its name and sign.
        let mut parts = word.parts.clone();
        if let Some(Part::Literal { text, .. }) = parts.first_mut() {
            *text = text.slice(equals + 1, text.text().len());
        }
        parts.retain(|part| !matches!(part, Part::Literal { text, .. } if text.text().is_empty()));
        let value = Word { parts, span: self.source.span(start + equals + 1, self.at) };
        Some(Assignment { name: name.to_owned(), value, span: word.span })
    }

    /// One word from here on; empty where an operator stands.
    fn word(&mut self) -> Word {
        let start = self.at;
        let mut builder = WordBuilder { parts: Vec::new() };
        while let Some(character) = self.peek() {
            match character {
                _ if character.is_whitespace() => break,
                ';' | '&' | '|' | '<' | '>' | '(' | ')' => {
                    // Process substitution.
                    if matches!(character, '<' | '>')
                        && self.rest()[1..].starts_with('(')
                        && self.at == start
                    {
                        self.at += 1;
                        self.parenthesis(&mut builder, start, false);
                        continue;
                    }
                    break;
                }
                '\'' => {
                    let inner = self.at + 1;
                    let length = self.letters[inner..self.end].find('\'');
                    let close = inner + length.unwrap_or(self.end - inner);
                    if length.is_none() {
                        self.unclosed(self.at);
                    }
                    builder.literal(&self.source.slice(inner, close), true);
                    self.at = (close + 1).min(self.end);
                }
                '"' => self.double_quoted(&mut builder),
                '\\' => {
                    let next = self.rest().chars().nth(1);
                    match next {
                        Some('\n') => self.at += 2,
                        Some(next) => {
                            let from = self.at + 1;
                            let to = from + next.len_utf8();
                            builder.literal(&self.source.slice(from, to), true);
                            self.at = to;
                        }
                        None => self.at += 1,
                    }
                }
                '$' => self.dollar(&mut builder, false),
                '`' => self.backticks(&mut builder, false),
                _ => {
                    let end = self.at + character.len_utf8();
                    builder.literal(&self.source.slice(self.at, end), false);
                    self.at = end;
                }
            }
        }
        Word { parts: builder.parts, span: self.source.span(start, self.at) }
    }

    fn unclosed(&mut self, at: usize) {
        self.errors.push(SyntaxError::new(
            self.source.span(at, at + 1),
            text("this quote is never closed", "该引号没有结束"),
        ));
    }

    fn double_quoted(&mut self, builder: &mut WordBuilder) {
        let open = self.at;
        self.at += 1;
        builder.literal(&self.source.slice(self.at, self.at), true);
        while let Some(character) = self.peek() {
            match character {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\\' => {
                    let next = self.rest().chars().nth(1);
                    match next {
                        Some('\n') => self.at += 2,
                        Some(next @ ('"' | '\\' | '$' | '`')) => {
                            let from = self.at + 1;
                            let to = from + next.len_utf8();
                            builder.literal(&self.source.slice(from, to), true);
                            self.at = to;
                        }
                        _ => {
                            builder.literal(&self.source.slice(self.at, self.at + 1), true);
                            self.at += 1;
                        }
                    }
                }
                '$' => self.dollar(builder, true),
                '`' => self.backticks(builder, true),
                _ => {
                    let end = self.at + character.len_utf8();
                    builder.literal(&self.source.slice(self.at, end), true);
                    self.at = end;
                }
            }
        }
        self.unclosed(open);
    }

    fn dollar(&mut self, builder: &mut WordBuilder, is_quoted: bool) {
        let start = self.at;
        let rest = &self.rest()[1..];
        if rest.starts_with('(') {
            self.at += 1;
            self.parenthesis(builder, start, is_quoted);
            return;
        }
        if let Some(inner) = rest.strip_prefix('{') {
            let length = inner.find('}').unwrap_or(inner.len());
            let inner = inner[..length].to_owned();
            self.at = (start + 2 + length + 1).min(self.end);
            let name_length = inner.bytes().take_while(|b| is_name_byte(*b)).count();
            let (name, modifier) = inner.split_at(name_length);
            let default = modifier.strip_prefix(":-").or_else(|| modifier.strip_prefix('-'));
            let is_plain = default.is_some_and(|text| !text.contains(['$', '`', '"', '\'']));
            builder.parts.push(Part::Variable {
                name: name.to_owned(),
                default: default.filter(|_| is_plain).map(str::to_owned),
                is_modified: name.is_empty() || !(modifier.is_empty() || is_plain),
                is_quoted,
                span: self.source.span(start, self.at),
            });
            return;
        }
        let length = match rest.bytes().next() {
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => {
                rest.bytes().take_while(|byte| is_name_byte(*byte)).count()
            }
            Some(b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!') => 1,
            _ => 0,
        };
        if length == 0 {
            builder.literal(&self.source.slice(start, start + 1), is_quoted);
            self.at += 1;
            return;
        }
        let name = rest[..length].to_owned();
        self.at = start + 1 + length;
        let span = self.source.span(start, self.at);
        builder.parts.push(Part::Variable {
            name,
            default: None,
            is_modified: false,
            is_quoted,
            span,
        });
    }

    /// `(…)` of a substitution: its commands are read too.
    fn parenthesis(&mut self, builder: &mut WordBuilder, start: usize, is_quoted: bool) {
        let inner = self.at + 1;
        let close = inner + closing(&self.letters[inner..self.end]);
        let is_arithmetic = self.letters[inner..close].starts_with('(');
        if !is_arithmetic && self.depth < MOST_NESTING {
            let (at, end) = (inner, close);
            let outer_end = std::mem::replace(&mut self.end, end);
            let blocks = std::mem::take(&mut self.blocks);
            let pending = std::mem::take(&mut self.pending);
            let base = self.base.clone();
            self.base.in_substitution = true;
            self.at = at;
            self.depth += 1;
            self.run();
            self.depth -= 1;
            self.base = base;
            self.pending = pending;
            self.blocks = blocks;
            self.end = outer_end;
        }
        self.at = (close + 1).min(self.end);
        builder
            .parts
            .push(Part::Substitution { is_quoted, span: self.source.span(start, self.at) });
    }

    fn backticks(&mut self, builder: &mut WordBuilder, is_quoted: bool) {
        let start = self.at;
        let inner = start + 1;
        let mut is_escaped = false;
        let length = self.letters[inner..self.end].find(|character| {
            let is_end = character == '`' && !is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            is_end
        });
        self.at = length.map_or(self.end, |length| inner + length + 1);
        builder
            .parts
            .push(Part::Substitution { is_quoted, span: self.source.span(start, self.at) });
    }
}

/// Joins neighbouring letters into one literal.
struct WordBuilder {
    parts: Vec<Part>,
}

impl WordBuilder {
    fn literal(&mut self, piece: &MappedText, quoted: bool) {
        if let Some(Part::Literal { text, is_quoted }) = self.parts.last_mut() {
            text.append(piece);
            *is_quoted |= quoted;
            return;
        }
        self.parts.push(Part::Literal { text: piece.clone(), is_quoted: quoted });
    }
}

/// The length of what stands before the parenthesis that closes `text`.
fn closing(text: &str) -> usize {
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
            (None, ')') if depth == 0 => return at,
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_name(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && text.bytes().all(is_name_byte)
}

#[cfg(test)]
mod tests {
    use super::super::parse_verbatim;
    use super::*;

    /// Name of each command, with letters for where it stands.
    fn outline(source: &str) -> Vec<String> {
        let show = |command: &SimpleCommand| {
            let position = &command.position;
            let flags = [
                (position.is_background, '&'),
                (position.in_pipeline, '|'),
                (position.in_condition, '?'),
                (position.in_branch, 'b'),
                (position.in_substitution, '$'),
                (position.in_subshell, '('),
                (position.after_or, 'o'),
            ];
            let mut text = command.name().unwrap_or("=").to_owned();
            text.extend(flags.iter().filter(|(is_set, _)| *is_set).map(|(_, letter)| letter));
            if let Some(function) = &position.function {
                text.push('@');
                text.push_str(function);
            }
            text
        };
        parse_verbatim(source).commands.iter().map(show).collect()
    }

    #[test]
    fn commands_know_where_they_stand() {
        let cases: &[(&str, &[&str])] = &[
            ("a && b || c; d", &["a", "b", "co", "d"]),
            ("a | b | c", &["a|", "b|", "c|"]),
            ("a & b", &["a&", "b"]),
            ("a | b &", &["a&|", "b&|"]),
            ("if a; then b; elif c; then d; else e; fi; f", &["a?", "bb", "c?b", "db", "eb", "f"]),
            ("while true; do a; done & b", &["true&?", "a&b", "b"]),
            ("for x in 1 2; do a $x; done", &["ab"]),
            ("case $x in a|b) one ;; *) two;; esac; three", &["oneb", "twob", "three"]),
            ("f() { a; b & }\nc", &["a@f", "b&@f", "c"]),
            ("function g { a; }\nc", &["a@g", "c"]),
            ("( a; b ) && c", &["a(", "b(", "c"]),
            ("x=$(a | b) c", &["c", "a|$", "b|$"]),
            ("echo \"$(a)\"", &["echo", "a$"]),
            ("cat <<EOF | b\nnot a command\nEOF\nc", &["cat|", "b|", "c"]),
            ("[[ a && b ]] && c", &["[[", "c"]),
            ("a # b ; c\nd", &["a", "d"]),
            ("a \\\n b", &["a"]),
            ("! a", &["a"]),
        ];
        for (source, expected) in cases {
            assert_eq!(outline(source), *expected, "{source}");
        }
    }

    #[test]
    fn words_lose_their_quotes_and_keep_their_place() {
        let source = "PORT=8000 run --bind \"0.0.0.0:$PORT\" 'a b' x\\ y ${Z:-9}1 >> /log 2>&1";
        let script = parse_verbatim(source);
        let command = &script.commands[0];
        assert_eq!(command.assignments[0].name, "PORT");
        let lookup = |name: &str| (name == "PORT").then(|| "8000".to_owned());
        let values: Vec<String> = command
            .words
            .iter()
            .map(|word| word.value(&lookup).unwrap().text().to_owned())
            .collect();
        assert_eq!(values, ["run", "--bind", "0.0.0.0:8000", "a b", "x y", "91"]);
        let bind = command.words[2].value(&lookup).unwrap();
        assert_eq!(&source[bind.span(8, 12).range()], "$PORT");
        assert_eq!(&source[bind.span(0, 7).range()], "0.0.0.0");
        assert_eq!(command.redirections[0].operator, ">>");
        assert_eq!(command.redirections[1].descriptor, Some(2));
        assert!(!command.words[2].has_unquoted_expansion());
        assert!(command.words[5].has_unquoted_expansion());
    }

    #[test]
    fn what_is_never_closed_is_an_error() {
        for source in ["if a; then b", "echo 'x", "echo \"x", "f() { a", "(a"] {
            let (_, errors) = parse(&MappedText::verbatim(source, 0));
            assert_eq!(errors.len(), 1, "{source}");
        }
    }

    #[test]
    fn no_prefix_of_a_script_makes_the_parser_panic() {
        let source = "#!/bin/sh\nf() { case \"$1\" in a) b;; esac; }\nx=$(a `b` \"${c:-$(d)}\") && 端 <<-'E' >口\n\tz\n\tE\n[[ a =~ (b|c) ]] & for((i=0;i<3;i++)); do $((1+2)); done\n";
        for (at, _) in source.char_indices() {
            parse_verbatim(&source[..at]);
            parse_verbatim(&source[at..]);
        }
        parse_verbatim(&"$(".repeat(10_000));
        parse_verbatim(&"(".repeat(10_000));
        parse_verbatim(&"a|".repeat(50_000));
    }
}
