//! Simple commands: assignments, words and redirections; `[[ … ]]`.

use super::{Parser, is_name_byte, options};
use crate::shell::{Assignment, ExtensionKind, SimpleCommand, Word};
use crate::text::text;

/// Builtins whose arguments are assignments, arrays included.
const DECLARATIONS: &[&str] = &["declare", "typeset", "local", "export", "readonly"];

impl Parser<'_> {
    /// Adds a command that begins here, so that it comes before those of its substitutions.
    fn begin_command(&mut self) -> usize {
        let command = SimpleCommand {
            position: self.place.clone(),
            before: self.before.take(),
            ..SimpleCommand::default()
        };
        self.script.commands.push(command);
        self.script.commands.len() - 1
    }

    pub(super) fn simple(&mut self) -> bool {
        let start = self.at;
        if self.script.commands.len() >= self.most_commands {
            self.too_much(start);
            return true;
        }
        let index = self.begin_command();
        let mut words: Vec<Word> = Vec::new();
        let mut assignments = Vec::new();
        let mut has_redirection = false;
        let mut end = start;
        loop {
            self.skip_blanks();
            let Some(character) = self.peek() else { break };
            let before = self.at;
            if self.redirection_ahead() {
                self.redirection(Some(index));
                has_redirection = true;
            } else {
                match character {
                    '\n' | ';' | '&' | '|' | ')' => break,
                    '(' => {
                        // A call in no shell's manner, `f(x)`: what stands between may be anything.
                        self.unexpected();
                        if let Some(close) = self.near_parenthesis() {
                            self.at += close + 1;
                        }
                        continue;
                    }
                    _ => {}
                }
                let is_declaration = words
                    .first()
                    .and_then(Word::literal)
                    .is_some_and(|name| DECLARATIONS.contains(&name));
                if (words.is_empty() || is_declaration && self.is_array_ahead())
                    && let Some(assignment) = self.assignment()
                {
                    if is_declaration {
                        words.push(Word { span: assignment.span, ..assignment.value });
                    } else {
                        assignments.push(assignment);
                    }
                    end = self.at;
                    continue;
                }
                words.push(self.word());
            }
            self.at = self.at.max(before + 1);
            end = self.at;
        }
        if words.is_empty() && assignments.is_empty() && !has_redirection {
            // Nothing but a stray sign, which was reported.
            self.script.commands.truncate(index);
            return self.at > start;
        }
        self.options(&words);
        let span = self.span(start, end);
        words.shrink_to_fit();
        assignments.shrink_to_fit();
        if let Some(command) = self.script.commands.get_mut(index) {
            command.words = words;
            command.assignments = assignments;
            command.span = span;
        }
        self.before = None;
        self.last_simple = Some(index);
        true
    }

    /// How far the `)` is that closes what was opened just before, if it stands near in the line.
    fn near_parenthesis(&self) -> Option<usize> {
        // No call is longer; looking on to the end each time would take too long.
        const NEAR: usize = 256;
        let rest = self.rest();
        let line = rest.char_indices().take_while(|(_, one)| *one != '\n').take(NEAR);
        let end = line.last().map_or(0, |(at, one)| at + one.len_utf8());
        super::expansion::closing(&rest[..end])
    }

    /// `set -e`, `set -o pipefail`.
    fn options(&mut self, words: &[Word]) {
        let [name, arguments @ ..] = words else { return };
        if name.literal() == Some("set") && !self.place.after_or {
            let arguments: Vec<&str> = arguments.iter().map_while(Word::literal).collect();
            options::apply(&arguments, &mut self.place);
        }
    }

    /// The end of `NAME`, `NAME[…]` with `=` or `+=` behind it: where the sign begins, and whether
    /// there is a subscript.
    fn assignment_head(&self) -> Option<(usize, usize, bool)> {
        let rest = self.rest();
        let name = rest.bytes().take_while(|byte| is_name_byte(*byte)).count();
        if name == 0 || rest.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let mut sign = name;
        if rest[name..].starts_with('[') {
            let line = rest[name..].split(['\n', ' ', '\t', ';', '&', '|']).next()?;
            sign = name + line.find(']')? + 1;
        }
        let is_assignment = rest[sign..].starts_with('=') || rest[sign..].starts_with("+=");
        is_assignment.then_some((name, sign, sign > name))
    }

    fn is_array_ahead(&self) -> bool {
        let Some((_, sign, _)) = self.assignment_head() else { return false };
        let rest = self.rest()[sign..].trim_start_matches('+');
        rest.strip_prefix('=').is_some_and(|rest| rest.starts_with('('))
    }

    fn assignment(&mut self) -> Option<Assignment> {
        let (name_length, sign, has_subscript) = self.assignment_head()?;
        let start = self.at;
        let name = self.rest()[..name_length].to_owned();
        if self.rest()[sign..].starts_with('+') {
            self.extension(ExtensionKind::AppendAssignment, start + sign, start + sign + 2);
            self.at += 1;
        }
        self.at += sign + 1;
        if has_subscript {
            self.extension(ExtensionKind::Array, start, start + sign);
        }
        if self.starts_with("(") {
            let open = self.at;
            self.extension(ExtensionKind::Array, open, open + 1);
            let elements = self.array();
            let span = self.span(open, self.at);
            let value = Word { parts: Vec::new(), span };
            let span = self.span(start, self.at);
            return Some(Assignment { name, value, elements: Some(elements), span });
        }
        let value = self.word();
        let span = self.span(start, self.at);
        Some(Assignment { name, value, elements: None, span })
    }

    /// `(…)` of an array.
    fn array(&mut self) -> Vec<Word> {
        let open = self.at;
        let known = self.errors.len();
        self.at += 1;
        let mut elements = Vec::new();
        loop {
            self.skip_lines();
            match self.peek() {
                Some(')') => {
                    self.at += 1;
                    return elements;
                }
                Some('(' | ';' | '&' | '|' | '<' | '>') if !self.is_process_substitution() => {
                    self.unexpected();
                }
                Some(_) => {
                    let before = self.at;
                    elements.push(self.word());
                    self.at = self.at.max(before + 1);
                }
                None => {
                    self.unclosed(open, open + 1, known);
                    return elements;
                }
            }
        }
    }

    /// `[[ … ]]`, kept as a simple command; its operators are no words of it.
    pub(super) fn test_command(&mut self) -> bool {
        let start = self.at;
        let known = self.errors.len();
        self.extension(ExtensionKind::DoubleBracket, start, start + 2);
        let index = self.begin_command();
        let mut words = vec![self.word()];
        let mut is_pattern = false;
        loop {
            self.skip_lines();
            let Some(character) = self.peek() else {
                self.unclosed(start, start + 2, known);
                break;
            };
            if is_pattern {
                words.push(self.pattern_word());
                is_pattern = false;
                continue;
            }
            match character {
                '&' | '|' | '(' | ')' | '<' | '>' if !self.is_process_substitution() => {
                    self.at += 1;
                }
                ';' => {
                    self.unclosed(start, start + 2, known);
                    break;
                }
                _ => {
                    let before = self.at;
                    let word = self.word();
                    self.at = self.at.max(before + 1);
                    let is_end = word.literal() == Some("]]");
                    is_pattern = matches!(word.literal(), Some("=~" | "==" | "=" | "!="));
                    words.push(word);
                    if is_end {
                        break;
                    }
                }
            }
        }
        let span = self.span(start, self.at);
        if let Some(command) = self.script.commands.get_mut(index) {
            command.words = words;
            command.span = span;
        }
        loop {
            self.skip_blanks();
            if !self.redirection_ahead() {
                break;
            }
            self.redirection(Some(index));
        }
        if self.errors.len() == known && !self.at_separator() {
            self.error(
                self.at,
                self.at + self.bare_word().len().max(1),
                text("`{word}` has no place here", "此处不应有 `{word}`"),
            );
        }
        self.before = None;
        self.last_simple = Some(index);
        true
    }

    /// Whether a command may end here.
    fn at_separator(&self) -> bool {
        self.peek().is_none_or(|character| matches!(character, '\n' | ';' | '&' | '|' | ')'))
    }
}
