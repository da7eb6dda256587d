//! Compound commands and functions.

use std::sync::Arc;

use super::{Ends, MOST_NESTING, Parser, is_name};
use crate::shell::{ExtensionKind, Function, Loop, Position};
use crate::text::text;

/// A longer name is not kept with each command of the function's body.
const LONGEST_NAME: usize = 255;

impl Parser<'_> {
    /// A compound command, a function's definition or a simple command; `false` where none begins.
    pub(super) fn command(&mut self) -> bool {
        self.skip_blanks();
        let Some(character) = self.peek() else { return false };
        match character {
            ')' | ';' | '|' | '\n' => return false,
            '&' if !self.starts_with("&>") => return false,
            _ => {}
        }
        if self.depth >= MOST_NESTING && character == '(' {
            // Deeper than anybody writes: read no further.
            self.at = self.end;
            return true;
        }
        let start = self.at;
        let word = self.bare_word();
        let end = start + word.len();
        match (character, word) {
            ('(', _) => self.parenthesis_command(start),
            (_, "if") => self.nested(start, end, Self::if_command),
            (_, "while" | "until") => self.nested(start, end, Self::while_command),
            (_, "for" | "select") => self.nested(start, end, Self::for_command),
            (_, "case") => self.nested(start, end, Self::case_command),
            (_, "{") => self.nested(start, end, Self::group),
            (_, "[[") => return self.test_command(),
            (_, "function") => self.function_with_keyword(start, end),
            (_, "then" | "else" | "elif" | "fi" | "do" | "done" | "esac" | "}") => return false,
            (_, "time") if self.is_compound_behind(end) => {
                self.at = end;
                return self.command();
            }
            _ if self.is_function_head(end) => {
                self.at = end;
                self.step_over_parentheses();
                self.function(start, end, false);
            }
            _ => return self.simple(),
        }
        true
    }

    /// A compound command whose first word is `start..end`.
    fn nested(&mut self, start: usize, end: usize, read: fn(&mut Self, usize, usize)) {
        self.at = end;
        let before = self.enter();
        self.depth += 1;
        if self.depth <= MOST_NESTING {
            read(self, start, end);
        } else {
            self.at = self.end;
        }
        self.depth -= 1;
        let (errexit, pipefail) = (self.place.has_errexit, self.place.has_pipefail);
        self.leave(before);
        if self.letters.get(start..end) == Some("{") {
            // What is set in a group holds behind it.
            (self.place.has_errexit, self.place.has_pipefail) = (errexit, pipefail);
        }
        self.redirections_behind();
    }

    fn enter(&mut self) -> Position {
        let before = self.place.clone();
        self.place.level += 1;
        self.place.is_negated = false;
        before
    }

    fn leave(&mut self, before: Position) {
        self.place = before;
        self.before = None;
        self.last_simple = None;
    }

    /// `> file` behind a compound command.
    fn redirections_behind(&mut self) {
        loop {
            self.skip_blanks();
            if !self.redirection_ahead() {
                return;
            }
            self.redirection(None);
        }
    }

    /// Reads a list that ends with one of `words`, and the word. One of `family` where another is
    /// due is read as well, with an error; `None` if none of them comes.
    fn list_up_to(
        &mut self,
        opening: (usize, usize),
        words: &'static [&'static str],
        family: &'static [&'static str],
    ) -> Option<&'static str> {
        let known = self.errors.len();
        self.awaited.push(Ends::Words(family));
        let has_any = self.list(Ends::Words(words));
        self.awaited.pop();
        let word = self.bare_word();
        let Some(found) = family.iter().find(|one| **one == word).copied() else {
            self.unclosed(opening.0, opening.1, known);
            return None;
        };
        let end = self.at + word.len();
        if self.errors.len() > known {
            // Enough is said.
        } else if !words.contains(&word) {
            let due = words.last().copied().unwrap_or_default();
            let says = text("`{due}` is due before this `{word}`", "此 `{word}` 之前缺少 `{due}`");
            self.error_with(self.at, end, says, "due", due);
        } else if !has_any {
            let says = text("no command stands before this `{word}`", "此 `{word}` 之前没有命令");
            self.error(self.at, end, says);
        }
        self.at = end;
        Some(found)
    }

    fn if_command(&mut self, start: usize, end: usize) {
        const FAMILY: &[&str] = &["then", "elif", "else", "fi"];
        let opening = (start, end);
        let mut word = Some("if");
        loop {
            match word {
                Some("if" | "elif") => {
                    self.place.in_condition = true;
                    word = self.list_up_to(opening, &["then"], FAMILY);
                }
                Some("then") => {
                    self.place.in_condition = false;
                    self.place.in_branch = true;
                    word = self.list_up_to(opening, &["elif", "else", "fi"], FAMILY);
                }
                Some("else") => {
                    self.place.in_condition = false;
                    self.place.in_branch = true;
                    word = self.list_up_to(opening, &["fi"], FAMILY);
                }
                _ => return,
            }
        }
    }

    fn while_command(&mut self, start: usize, end: usize) {
        self.place.in_condition = true;
        let word = self.list_up_to((start, end), &["do"], &["do", "done"]);
        self.place.in_condition = false;
        if word == Some("do") {
            self.loop_body((start, end));
        }
    }

    /// Behind `do`.
    fn loop_body(&mut self, opening: (usize, usize)) {
        self.place.in_branch = true;
        self.list_up_to(opening, &["done"], &["do", "done"]);
    }

    fn for_command(&mut self, start: usize, end: usize) {
        self.skip_blanks();
        let is_select = &self.letters[start..end] == "select";
        if is_select {
            self.extension(ExtensionKind::Select, start, end);
        }
        if !is_select && self.starts_with("((") {
            if let Some(close) = self.arithmetic_end() {
                self.extension(ExtensionKind::ArithmeticFor, self.at, self.at + 2);
                self.arithmetic(self.at + 2, close);
                self.at = close + 2;
            }
        } else if !self.loop_head() {
            return;
        }
        self.skip_blanks();
        if self.starts_with(";") && !self.starts_with(";;") {
            self.at += 1;
        }
        self.skip_lines();
        match self.bare_word() {
            "do" => {
                self.at += 2;
                self.loop_body((start, end));
            }
            // bash reads a group here too.
            "{" => {
                let open = self.at;
                self.at += 1;
                self.place.in_branch = true;
                self.list_up_to((open, open + 1), &["}"], &["}"]);
            }
            _ if self.at < self.end => {
                let length = self.bare_word().len().max(1);
                let says = text("`do` is due before this `{word}`", "此 `{word}` 之前缺少 `do`");
                self.error(self.at, self.at + length, says);
                self.loop_body((start, end));
            }
            _ => self.unclosed(start, end, self.errors.len()),
        }
    }

    /// `NAME`, `NAME in WORDS`; `false` if it can't be read.
    fn loop_head(&mut self) -> bool {
        let name = self.bare_word();
        let start = self.at;
        if !is_name(name) {
            if self.at < self.end {
                let says = text("`{word}` is no name of a variable", "`{word}` 不是变量名");
                let length = name.len().max(self.peek().map_or(0, char::len_utf8));
                self.error(start, start + length, says);
                self.at += name.len();
            }
        } else {
            self.at += name.len();
        }
        let name_span = self.span(start, self.at);
        self.skip_lines();
        let mut words = None;
        if self.bare_word() == "in" {
            self.at += 2;
            let mut list = Vec::new();
            loop {
                self.skip_blanks();
                match self.peek() {
                    None | Some('\n' | ';' | '&' | '|' | ')' | '<' | '>') => break,
                    Some('(') => {
                        self.unexpected();
                        break;
                    }
                    Some(_) => list.push(self.word()),
                }
            }
            words = Some(list);
        }
        self.script.loops.push(Loop { name: name.to_owned(), name_span, words });
        true
    }

    fn case_command(&mut self, start: usize, end: usize) {
        let known = self.errors.len();
        self.skip_blanks();
        let _ = self.word();
        self.skip_lines();
        if self.bare_word() != "in" {
            if self.at >= self.end {
                self.unclosed(start, end, known);
                return;
            }
            // Most likely it was meant to be `in`: go on as if it were.
            let length = self.bare_word().len().max(self.peek().map_or(0, char::len_utf8));
            let says = text("`in` is due before this `{word}`", "此 `{word}` 之前缺少 `in`");
            self.error(self.at, self.at + length, says);
            self.at += length;
        } else {
            self.at += "in".len();
        }
        self.place.in_branch = true;
        loop {
            self.skip_lines();
            if self.bare_word() == "esac" {
                self.at += "esac".len();
                return;
            }
            if self.at >= self.end {
                self.unclosed(start, end, known);
                return;
            }
            if !self.case_pattern() {
                return;
            }
            self.list(Ends::CaseItem);
            let is_case_end = self.starts_with(";;") || self.starts_with(";&");
            if !is_case_end && self.bare_word() != "esac" {
                self.unclosed(start, end, known);
                return;
            }
            for (sign, is_extension) in [(";;&", true), (";;", false), (";&", true)] {
                if self.starts_with(sign) {
                    if is_extension {
                        let at = self.at;
                        self.extension(ExtensionKind::CaseFallThrough, at, at + sign.len());
                    }
                    self.at += sign.len();
                    break;
                }
            }
        }
    }

    /// `(a | b)`; `false` if no `)` ends it.
    fn case_pattern(&mut self) -> bool {
        let start = self.at;
        if self.starts_with("(") {
            self.at += 1;
        }
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(')') => {
                    self.at += 1;
                    return true;
                }
                Some('|') => self.at += 1,
                None | Some('\n' | ';' | '&' | '(' | '<' | '>') => {
                    let end = start + self.letters[start..self.at].trim_end().len();
                    let says = text("no `)` ends this pattern", "该模式缺少 `)`");
                    self.error(start, end.max(start + 1), says);
                    return false;
                }
                Some(_) => {
                    let _ = self.word();
                }
            }
        }
    }

    fn group(&mut self, start: usize, end: usize) {
        self.list_up_to((start, end), &["}"], &["}"]);
    }

    /// `( … )` or `(( … ))`.
    fn parenthesis_command(&mut self, start: usize) {
        if self.starts_with("((")
            && let Some(close) = self.arithmetic_end()
        {
            self.extension(ExtensionKind::ArithmeticCommand, start, start + 2);
            let before = self.enter();
            self.arithmetic(start + 2, close);
            self.leave(before);
            self.at = close + 2;
            self.redirections_behind();
            return;
        }
        self.nested(start, start + 1, |parser, start, end| {
            parser.place.in_subshell = true;
            let known = parser.errors.len();
            let has_any = parser.list(Ends::Parenthesis);
            if !parser.starts_with(")") {
                parser.unclosed(start, end, known);
                return;
            }
            if !has_any && parser.errors.len() == known {
                let says =
                    text("no command stands before this `{word}`", "此 `{word}` 之前没有命令");
                parser.error(parser.at, parser.at + 1, says);
            }
            parser.at += 1;
        });
    }

    /// Whether a compound command stands behind the word `time` that ends at `end`.
    fn is_compound_behind(&self, end: usize) -> bool {
        const BEGINNINGS: &[&str] = &["(", "{ ", "{\n", "if ", "for ", "while ", "until ", "case "];
        let rest = self.letters[end..self.end].trim_start_matches([' ', '\t']);
        BEGINNINGS.iter().any(|beginning| rest.starts_with(beginning))
    }

    /// Whether the word that ends at `end` is a function's name: `NAME ()`.
    fn is_function_head(&self, end: usize) -> bool {
        let name = &self.letters[self.at..end];
        let after = self.letters[end..self.end].trim_start_matches([' ', '\t']);
        let Some(after) = after.strip_prefix('(') else { return false };
        after.trim_start_matches([' ', '\t']).starts_with(')')
            && !name.is_empty()
            && !name.contains(['$', '"', '\'', '`', '\\', '='])
    }

    /// `()`, with blanks.
    fn step_over_parentheses(&mut self) {
        self.skip_blanks();
        self.at += 1;
        self.skip_blanks();
        self.at += 1;
    }

    fn function_with_keyword(&mut self, start: usize, end: usize) {
        self.extension(ExtensionKind::FunctionKeyword, start, end);
        self.at = end;
        self.skip_blanks();
        let start = self.at;
        self.at += self.bare_word().len();
        let end = self.at;
        if self.is_function_head_empty() {
            self.step_over_parentheses();
        }
        self.function(start, end, true);
    }

    /// Whether `()` stands here.
    fn is_function_head_empty(&self) -> bool {
        let rest = self.rest().trim_start_matches([' ', '\t']);
        rest.strip_prefix('(')
            .is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(')'))
    }

    /// The body of the function `start..end`, whose head was read.
    fn function(&mut self, start: usize, end: usize, has_keyword: bool) {
        let name = self.letters.get(start..end).unwrap_or_default().to_owned();
        let name_span = self.span(start, end);
        let before = self.enter();
        self.place.level -= 1;
        if name.len() <= LONGEST_NAME {
            self.place.function = Some(Arc::from(name.as_str()));
        }
        // The body is a compound command, which counts the level.
        self.script.functions.push(Function { name, name_span, has_keyword });
        self.skip_lines();
        self.depth += 1;
        let known = self.errors.len();
        if self.depth > MOST_NESTING {
            self.at = self.end;
        } else if !self.command() {
            self.unclosed_head(start, end, known);
        }
        self.depth -= 1;
        self.leave(before);
    }

    fn unclosed_head(&mut self, start: usize, end: usize, known: usize) {
        if self.errors.len() == known {
            let says = text("the function `{word}` has no body", "函数 `{word}` 没有函数体");
            self.error(start, end, says);
        }
    }
}
