//! Command lines of RUN, CMD and scripts: words, simple commands and where they stand, with spans.
//!
//! Knows no server and no document. The text may come from anywhere (a Dockerfile, a JSON string):
//! every span is one of the outer document.

mod call;
mod command;
mod extension;
mod parser;
mod quote;
mod word;

use std::ops::Range;

pub(crate) use call::{Argument, Call, Variable, calls, variables};
pub use command::{
    Assignment, Heredoc, Operator, OperatorKind, Position, Redirection, SimpleCommand,
};
pub use extension::{Extension, ExtensionKind};
pub use parser::{MOST_COMMANDS, parse, parse_at_most};
pub use quote::quote;
pub use word::{Part, SubstitutionKind, Word};

use crate::text::{MappedText, Span};

/// A script, or one command line.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// All simple commands in the order of the text, those inside of compound commands, functions
    /// and `$(…)` included.
    pub commands: Vec<SimpleCommand>,
    /// The pipelines of two or more commands, in the order of their beginnings.
    pub pipelines: Vec<Pipeline>,
    /// The functions that are defined.
    pub functions: Vec<Function>,
    /// The loops `for NAME in WORDS` and `select NAME in WORDS`.
    pub loops: Vec<Loop>,
    /// Redirections of compound commands: `done < file`.
    pub redirections: Vec<Redirection>,
    /// What POSIX doesn't describe, in the order of the text.
    pub extensions: Vec<Extension>,
    /// The comments.
    pub comments: Vec<Span>,
    /// The first line, if it begins with `#!`.
    pub shebang: Option<Span>,
}

/// `a | b | c`.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// The elements, each as the range of its simple commands in `Script::commands` (those in its
    /// substitutions included); empty for an element without any, such as `((…))`.
    pub elements: Vec<Range<usize>>,
    /// The `|` and `|&` between them.
    pub operators: Vec<Operator>,
    /// From the first element to the last.
    pub span: Span,
    /// Whether `set -o pipefail` holds here, said by the script itself.
    pub has_pipefail: bool,
    /// Whether `set -e` holds here, said by the script itself.
    pub has_errexit: bool,
    /// Whether it stands in the outermost list.
    pub is_top_level: bool,
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

/// `for NAME in WORDS` or `select NAME in WORDS`.
#[derive(Clone, Debug)]
pub struct Loop {
    /// The variable's name.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The words behind `in`; `None` without `in`.
    pub words: Option<Vec<Word>>,
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

    /// The last simple commands of each element of `pipeline` that is one simple command (with
    /// its substitutions), in order; `None` for a compound element.
    pub fn simple_elements<'a>(
        &'a self,
        pipeline: &'a Pipeline,
    ) -> impl Iterator<Item = Option<&'a SimpleCommand>> {
        pipeline.elements.iter().map(|range| {
            let first = self.commands.get(range.clone())?.first()?;
            (first.position.level == pipeline.level(self)).then_some(first)
        })
    }
}

impl Pipeline {
    fn level(&self, script: &Script) -> usize {
        let firsts = self.elements.iter().filter_map(|range| script.commands.get(range.start));
        firsts.map(|first| first.position.level).min().unwrap_or(0)
    }
}

/// A command line that stands in the document as it is.
pub fn parse_verbatim(text: &str) -> Script {
    parse(&MappedText::verbatim(text, 0)).0
}
