//! Command lines of RUN, CMD and scripts: words, simple commands and where they stand, with spans.
//!
//! Knows no server and no document. The text may come from anywhere (a Dockerfile, a JSON string):
//! every span is one of the outer document.

mod parser;
mod word;

pub use parser::parse;
pub use word::{Part, Word};

use crate::text::{MappedText, Span};

/// A script, or one command line.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// All simple commands in the order of the text, those inside of compound commands, functions
    /// and `$(…)` included.
    pub commands: Vec<SimpleCommand>,
    /// The functions that are defined.
    pub functions: Vec<Function>,
    /// The comments.
    pub comments: Vec<Span>,
    /// The first line, if it begins with `#!`.
    pub shebang: Option<Span>,
}

/// A function's definition.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// Whether it is written with the word `function`, which `sh` does not know.
    pub has_keyword: bool,
}

/// A command with its words: `A=b gunicorn -b :8000 > log`.
#[derive(Clone, Debug)]
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
}

/// `NAME=value` before a command or alone.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The variable's name.
    pub name: String,
    /// The value.
    pub value: Word,
    /// The whole.
    pub span: Span,
}

/// `> file`, `2>&1`, `<< EOF`.
#[derive(Clone, Debug)]
pub struct Redirection {
    /// The operator: `>`, `>>`, `<`, `>&`, `<<` …
    pub operator: String,
    /// The file descriptor before the operator, if one is given.
    pub descriptor: Option<u32>,
    /// The file, descriptor or delimiter.
    pub target: Word,
    /// The whole.
    pub span: Span,
}

/// Where a command stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The function whose body it stands in.
    pub function: Option<String>,
    /// Whether it, or a compound command around it, is started with `&`.
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
}

impl Script {
    /// The commands that the script itself runs: neither in a function's body nor in `$(…)`.
    pub fn main_commands(&self) -> impl Iterator<Item = &SimpleCommand> {
        self.commands
            .iter()
            .filter(|one| one.position.function.is_none() && !one.position.in_substitution)
    }

    /// The commands in the body of the function `name`.
    pub fn body_of(&self, name: &str) -> impl Iterator<Item = &SimpleCommand> {
        self.commands.iter().filter(move |one| one.position.function.as_deref() == Some(name))
    }
}

/// A command line that stands in the document as it is.
pub fn parse_verbatim(text: &str) -> Script {
    parse(&MappedText::verbatim(text, 0)).0
}
