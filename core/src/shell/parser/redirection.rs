//! Redirections and the bodies of heredocs.

use super::{Parser, Pending, is_name_byte};
use crate::shell::{ExtensionKind, Heredoc, Redirection};
use crate::text::text;

const OPERATORS: &[&str] =
    &["<<<", "<<-", "&>>", "<<", "<&", "<>", ">>", ">&", ">|", "&>", "<", ">"];

impl Parser<'_> {
    /// The length of `2` or `{name}` before a redirection's operator.
    fn descriptor_length(&self) -> usize {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 || !rest.starts_with('{') {
            return digits;
        }
        let name = rest[1..].bytes().take_while(|byte| is_name_byte(*byte)).count();
        let is_descriptor = name > 0 && rest[1 + name..].starts_with('}');
        if is_descriptor { name + 2 } else { 0 }
    }

    pub(super) fn is_process_substitution(&self) -> bool {
        self.starts_with("<(") || self.starts_with(">(")
    }

    pub(super) fn redirection_ahead(&self) -> bool {
        let length = self.descriptor_length();
        let after = &self.rest()[length..];
        (after.starts_with(['<', '>']) || (length == 0 && after.starts_with("&>")))
            && !(length == 0 && self.is_process_substitution())
    }

    /// Reads a redirection of the command `owner`, or of a compound command.
    pub(super) fn redirection(&mut self, owner: Option<usize>) {
        let start = self.at;
        let length = self.descriptor_length();
        let descriptor = self.rest()[..length].parse().ok();
        self.at += length;
        let Some(operator) = OPERATORS.iter().find(|operator| self.starts_with(operator)) else {
            self.unexpected();
            return;
        };
        let sign = self.at;
        self.at += operator.len();
        match *operator {
            "<<<" => self.extension(ExtensionKind::HereString, sign, sign + 3),
            "&>" | "&>>" => self.extension(ExtensionKind::RedirectBoth, sign, self.at),
            _ => {}
        }
        self.skip_blanks();
        let word_start = self.at;
        let target = self.word();
        if self.at == word_start {
            let says = text("`{word}` has no target", "`{word}` 缺少目标");
            self.error(sign, sign + operator.len(), says);
        }
        let raw = &self.letters[word_start..self.at];
        let span = self.span(start, self.at);
        let redirection = Redirection {
            operator: (*operator).to_owned(),
            descriptor,
            target,
            span,
            heredoc: None,
        };
        let list = match owner.and_then(|owner| self.script.commands.get_mut(owner)) {
            Some(command) => &mut command.redirections,
            None => &mut self.script.redirections,
        };
        list.push(redirection);
        let index = list.len() - 1;
        if matches!(*operator, "<<" | "<<-") {
            let is_sign = |one: char| matches!(one, '"' | '\'' | '\\');
            self.pending.push(Pending {
                owner,
                index,
                delimiter: raw.chars().filter(|one| !is_sign(*one)).collect(),
                is_quoted: raw.contains(is_sign),
                strips_tabs: *operator == "<<-",
            });
        }
    }

    /// Behind a newline: the bodies of the heredocs that the line opened.
    pub(super) fn heredoc_bodies(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            let start = self.at;
            let mut body_end = self.end;
            let mut end = self.end;
            while self.at < self.end {
                let line_start = self.at;
                let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
                self.at += line.len();
                let letters = line.trim_end_matches(['\n', '\r']);
                let line =
                    if pending.strips_tabs { letters.trim_start_matches('\t') } else { letters };
                if line == pending.delimiter {
                    body_end = line_start;
                    end = line_start + letters.len();
                    break;
                }
            }
            let heredoc = Heredoc {
                body: self.source.slice(start, body_end),
                span: self.span(start, end),
                delimiter: pending.delimiter,
                is_quoted: pending.is_quoted,
                strips_tabs: pending.strips_tabs,
            };
            let list = match pending.owner.and_then(|owner| self.script.commands.get_mut(owner)) {
                Some(command) => &mut command.redirections,
                None => &mut self.script.redirections,
            };
            if let Some(redirection) = list.get_mut(pending.index) {
                redirection.heredoc = Some(heredoc);
            }
        }
    }
}
