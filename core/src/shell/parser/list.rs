//! Lists, and-or lists and pipelines.

use super::{Ends, Parser};
use crate::shell::{Operator, OperatorKind, Pipeline};
use crate::text::text;

impl Parser<'_> {
    /// Reads commands up to one of `ends`, which is not read; whether there were any.
    pub(super) fn list(&mut self, ends: Ends) -> bool {
        self.before = None;
        self.last_simple = None;
        self.awaited.push(ends);
        let has_any = self.list_items();
        self.awaited.pop();
        self.before = None;
        self.last_simple = None;
        has_any
    }

    fn list_items(&mut self) -> bool {
        let mut has_any = false;
        loop {
            self.skip_lines();
            if self.at >= self.end || self.is_awaited() {
                return has_any;
            }
            let (before, known) = (self.at, self.errors.len());
            if self.and_or() {
                has_any = true;
                self.separator(known);
            } else if self.at == before {
                self.unexpected();
                has_any = true;
                self.separator(known);
            }
        }
    }

    /// Whether here stands what this list or one around it ends with.
    fn is_awaited(&self) -> bool {
        let is_case_end = self.starts_with(";;") || self.starts_with(";&");
        let is_parenthesis = self.starts_with(")");
        let word = if is_case_end || is_parenthesis { "" } else { self.bare_word() };
        self.awaited.iter().any(|ends| match ends {
            Ends::Nothing => false,
            Ends::Parenthesis => is_parenthesis,
            Ends::Words(words) => words.contains(&word),
            Ends::CaseItem => is_case_end || word == "esac",
        })
    }

    /// Behind an and-or list: `;`, a newline, or nothing where the list ends. `known` errors were
    /// there before it: behind a new one the next command may begin anywhere.
    fn separator(&mut self, known: usize) {
        self.skip_blanks();
        if self.starts_with(";") && !self.starts_with(";;") && !self.starts_with(";&") {
            self.operator(OperatorKind::Semicolon, 1);
        } else if self.starts_with("\n") {
            // Read by `skip_lines`, with the heredocs behind it.
            let at = self.at;
            self.operator(OperatorKind::Newline, 1);
            self.at = at;
        } else if self.at < self.end
            && !self.is_awaited()
            && self.errors.len() == known
            && !self.before.is_some_and(|one| one.kind == OperatorKind::Background)
        {
            self.unexpected();
        }
    }

    fn operator(&mut self, kind: OperatorKind, length: usize) -> Operator {
        let operator = Operator { kind, span: self.span(self.at, self.at + length) };
        if let Some(last) = self.last_simple.take()
            && let Some(command) = self.script.commands.get_mut(last)
        {
            command.after = Some(operator);
        }
        self.before = Some(operator);
        self.at += length;
        operator
    }

    /// Pipelines joined by `&&` and `||`, and the `&` behind them; `false` where none begins.
    fn and_or(&mut self) -> bool {
        let first = self.script.commands.len();
        let outside = self.place.after_or;
        if !self.pipeline() {
            return false;
        }
        loop {
            self.skip_blanks();
            let kind = if self.starts_with("&&") {
                OperatorKind::And
            } else if self.starts_with("||") {
                OperatorKind::Or
            } else {
                break;
            };
            let at = self.at;
            self.operator(kind, 2);
            self.place.after_or = outside || kind == OperatorKind::Or;
            self.skip_lines();
            if !self.pipeline() {
                self.nothing_follows(at, at + 2);
                break;
            }
        }
        self.place.after_or = outside;
        if self.starts_with("&") && !self.starts_with("&>") && !self.starts_with("&&") {
            for command in self.script.commands.iter_mut().skip(first) {
                command.position.is_background = true;
            }
            self.operator(OperatorKind::Background, 1);
        }
        true
    }

    /// After the operator at `start..end` no command begins.
    fn nothing_follows(&mut self, start: usize, end: usize) {
        if self.at < self.end && !self.is_awaited() {
            self.unexpected();
        } else {
            self.error(start, end, text("no command follows `{word}`", "`{word}` 之后没有命令"));
        }
    }

    /// Commands joined by `|`; `false` where none begins.
    fn pipeline(&mut self) -> bool {
        let outside = self.place.is_negated;
        let mut start = self.at;
        let mut is_negated = false;
        while self.bare_word() == "!" {
            is_negated = !is_negated;
            self.at += 1;
            self.skip_blanks();
        }
        if start != self.at {
            start = self.at;
            self.place.is_negated = is_negated || outside;
        }
        let first = self.script.commands.len();
        if !self.command() {
            self.place.is_negated = outside;
            // bash takes `!` alone for a command that fails.
            return start == self.at && is_negated;
        }
        self.place.is_negated = outside;
        let mut end = self.at;
        let mut operators = Vec::new();
        let mut elements = Vec::with_capacity(2);
        elements.push(first..self.script.commands.len());
        loop {
            self.skip_blanks();
            let (kind, length) = if self.starts_with("|&") {
                (OperatorKind::PipeBoth, 2)
            } else if self.starts_with("|") && !self.starts_with("||") {
                (OperatorKind::Pipe, 1)
            } else {
                break;
            };
            let at = self.at;
            if kind == OperatorKind::PipeBoth {
                self.extension(crate::shell::ExtensionKind::PipeBoth, at, at + 2);
            }
            operators.push(self.operator(kind, length));
            self.skip_lines();
            let from = self.script.commands.len();
            if !self.command() {
                operators.pop();
                self.nothing_follows(at, at + length);
                break;
            }
            elements.push(from..self.script.commands.len());
            end = self.at;
        }
        if !operators.is_empty() {
            for command in self.script.commands.iter_mut().skip(first) {
                command.position.in_pipeline = true;
            }
            self.script.pipelines.push(Pipeline {
                elements,
                operators,
                span: self.span(start, end),
                has_pipefail: self.place.has_pipefail,
                has_errexit: self.place.has_errexit,
                is_top_level: self.place.level == 0,
            });
        }
        true
    }
}
