//! A simple command, what joins it to its neighbours, and where it stands.

use std::sync::Arc;

use super::Word;
use crate::text::{MappedText, Span};

/// A command with its words: `A=b gunicorn -b :8000 > log`.
#[derive(Clone, Debug, Default)]
pub struct SimpleCommand {
    /// `A=b` before the words.
    pub assignments: Vec<Assignment>,
    /// The words, the program's name first.
    pub words: Vec<Word>,
    /// Redirections, heredocs included.
    pub redirections: Vec<Redirection>,
    /// From the first to the last word.
    pub span: Span,
    /// Where the command stands in the script.
    pub position: Position,
    /// The operator that leads to it from the command or compound command before; `None` where a
    /// list begins (the script, a block, `$(…)`).
    pub before: Option<Operator>,
    /// The operator behind it; `None` where its list ends without one.
    pub after: Option<Operator>,
}

/// What joins a command to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Which one.
    pub kind: OperatorKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of operators between commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperatorKind {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `;`
    Semicolon,
    /// `&`
    Background,
    /// `|`
    Pipe,
    /// `|&`
    PipeBoth,
    /// The end of the line.
    Newline,
}

/// `NAME=value` before a command or alone.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The variable's name.
    pub name: String,
    /// The value; without letters for an array.
    pub value: Word,
    /// The words of an array: `NAME=(…)`.
    pub elements: Option<Vec<Word>>,
    /// The whole.
    pub span: Span,
}

/// `> file`, `2>&1`, `<< EOF`.
#[derive(Clone, Debug)]
pub struct Redirection {
    /// The operator: `>`, `>>`, `<`, `>&`, `<<`, `<<<` (here-string) …
    pub operator: String,
    /// The file descriptor before the operator, if one is given.
    pub descriptor: Option<u32>,
    /// The file, descriptor, delimiter, or the here-string's word.
    pub target: Word,
    /// The whole; a heredoc's body not included.
    pub span: Span,
    /// The body, if it is a heredoc whose body the text holds.
    pub heredoc: Option<Heredoc>,
}

/// The body of a heredoc.
#[derive(Clone, Debug)]
pub struct Heredoc {
    /// The delimiter without its quotes.
    pub delimiter: String,
    /// Whether the shell expands nothing in the body, as the delimiter is quoted.
    pub is_quoted: bool,
    /// Whether leading tabs go: `<<-`. They are in `body` still.
    pub strips_tabs: bool,
    /// The lines between.
    pub body: MappedText,
    /// From the body's first byte to the end of the delimiter.
    pub span: Span,
}

/// Where a command stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The function whose body it stands in.
    pub function: Option<Arc<str>>,
    /// Whether it, or a list or compound command around it, is started with `&`.
    pub is_background: bool,
    /// Whether it is part of a pipeline of several commands.
    pub in_pipeline: bool,
    /// Whether it is the condition of `if`, `while` or `until`.
    pub in_condition: bool,
    /// Whether it stands in the body of `if`, `case` or a loop.
    pub in_branch: bool,
    /// Whether it stands in `$(…)`.
    pub in_substitution: bool,
    /// Whether it stands in `(…)`.
    pub in_subshell: bool,
    /// Whether it only runs if the command before failed (`||`).
    pub after_or: bool,
    /// Whether `!` stands before it, or before the pipeline that it begins.
    pub is_negated: bool,
    /// How many compound commands, functions and substitutions stand around it.
    pub level: usize,
    /// Whether `set -e` holds here, said by the script itself.
    pub has_errexit: bool,
    /// Whether `set -o pipefail` holds here, said by the script itself.
    pub has_pipefail: bool,
}

impl Position {
    /// Whether the command stands in the script's outermost list.
    pub fn is_top_level(&self) -> bool {
        self.level == 0
    }
}

impl Redirection {
    /// Whether it is `<<` or `<<-`.
    pub fn is_heredoc(&self) -> bool {
        matches!(self.operator.as_str(), "<<" | "<<-")
    }

    /// Whether it is `<<<`.
    pub fn is_here_string(&self) -> bool {
        self.operator == "<<<"
    }
}

impl SimpleCommand {
    /// The program's name, if it is written out.
    pub fn name(&self) -> Option<&str> {
        self.words.first().and_then(Word::literal)
    }

    /// Whether `word` stands among the arguments, written out.
    pub fn has_argument(&self, word: &str) -> bool {
        self.words.iter().skip(1).any(|one| one.literal() == Some(word))
    }

    /// Whether the operator behind it is of `kind`.
    pub fn is_followed_by(&self, kind: OperatorKind) -> bool {
        self.after.is_some_and(|operator| operator.kind == kind)
    }

    /// Whether the operator before it is of `kind`.
    pub fn is_preceded_by(&self, kind: OperatorKind) -> bool {
        self.before.is_some_and(|operator| operator.kind == kind)
    }
}
