//! Where a word or a command can be put into a RUN.

use crate::dockerfile::CommandForm;
use crate::packages::{Invocation, Run, is_plain};
use crate::rule::Fix;
use crate::shell::{SimpleCommand, Word};
use crate::text::{MappedText, Place, Span, Text};

impl<'a> Run<'a> {
    /// Puts ` words` behind `word`, where it stands as it is and a shell reads it.
    pub(super) fn insert_behind(&self, word: &Word, words: &str, title: Text) -> Option<Fix> {
        let is_editable = self.line.interpreter.is_posix() && is_plain(word);
        let at = self.document.place(Span::at(word.span.end as usize));
        is_editable.then(|| Fix::safe(title).arg("words", words).replace(at, format!(" {words}")))
    }

    /// Puts ` && command` behind the last command, where that runs just as `invocation` did.
    pub(super) fn append(
        &self,
        invocation: &Invocation<'_>,
        command: &str,
        title: Text,
    ) -> Option<Fix> {
        let position = &invocation.command.position;
        let is_sure = !(position.in_branch
            || position.in_condition
            || position.after_or
            || position.is_background
            || position.in_substitution
            || position.function.is_some());
        if !is_sure || invocation.is_sudo || !self.ends_plainly() {
            return None;
        }
        let text = self.script_text()?;
        let end = text.text().trim_end().len();
        let last = text.text().get(..end)?.chars().next_back()?;
        let start = end.checked_sub(last.len_utf8())?;
        let place = text.span(start, end);
        let is_comment =
            self.line.script.comments.last().is_some_and(|comment| comment.end >= place.end);
        if is_comment || matches!(last, '&' | ';' | '|' | '\\') || !text.is_verbatim(start, end) {
            return None;
        }
        let at: Place = self.document.place(Span::at(place.end as usize));
        let lead = self.continuation(place).unwrap_or_else(|| " ".to_owned());
        Some(Fix::safe(title).arg("command", command).replace(at, format!("{lead}&& {command}")))
    }

    /// What leads to a new line like the last, whose end is `end`; `None` where the instruction is
    /// one line or a heredoc.
    fn continuation(&self, end: Span) -> Option<String> {
        if !self.instruction.heredocs.is_empty() {
            return None;
        }
        let before = Span { start: self.instruction.span.start, end: end.end };
        let (above, last) = self.document.source.slice(before).rsplit_once('\n')?;
        let indent: String = last.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
        let line_end = if above.ends_with('\r') { "\r\n" } else { "\n" };
        Some(format!(" {}{line_end}{indent}", self.content.tree.escape))
    }

    /// Whether the end of the script is reached, and every manager in it surely is there.
    fn ends_plainly(&self) -> bool {
        const PROBES: &[&str] = &["which", "command", "type", "hash", "test", "[", "[["];
        let last = self.commands().last();
        let leaves = last.is_none_or(|command| {
            matches!(command.name(), Some("exit" | "exec" | "return"))
                || command.position.is_background
        });
        let is_odd = |command: &SimpleCommand| {
            command.name().is_some_and(|name| PROBES.contains(&name))
                || command.redirections.iter().any(|one| one.operator.starts_with("<<"))
        };
        self.line.interpreter.is_posix()
            && self.line.errors.is_empty()
            && !leaves
            && !self.commands().iter().any(is_odd)
    }

    /// What the shell reads: the text of the instruction, or the heredoc that is all of it.
    fn script_text(&self) -> Option<&'a MappedText> {
        let text = self.instruction.command().and_then(CommandForm::shell)?;
        match &self.instruction.heredocs[..] {
            [] => Some(text),
            [heredoc] => {
                let marker = text.text().trim();
                let is_all = marker.starts_with("<<") && !marker.contains(char::is_whitespace);
                is_all.then_some(&heredoc.body)
            }
            _ => None,
        }
    }
}
