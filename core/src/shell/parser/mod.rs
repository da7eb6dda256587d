//! The reading of a command line. Compound commands are not kept as a tree: each simple command
//! says where it stands.
//!
//! Reads bash's grammar, which contains that of POSIX. An error is only what every shell refuses;
//! reading goes on behind it.

mod compound;
mod expansion;
mod list;
mod options;
mod redirection;
mod simple;
mod words;

#[cfg(test)]
mod tests;

use super::{Extension, ExtensionKind, Operator, Position, Script};
use crate::text::{MappedText, Span, SyntaxError, Text, text};

/// The deepest nesting that is read.
const MOST_NESTING: usize = 64;

/// No more commands of one script are read: one who has written these has not done so by hand.
pub const MOST_COMMANDS: usize = 1 << 15;

/// No more words of one script are read.
const MOST_WORDS: usize = 1 << 18;

/// No more errors are kept: one who has these has enough to do.
const MOST_ERRORS: usize = 32;

/// Reads `source` as a shell script. Never fails; what cannot be read is passed over and noted.
pub fn parse(source: &MappedText) -> (Script, Vec<SyntaxError>) {
    parse_at_most(source, MOST_COMMANDS)
}

/// The same, but no more than `most` commands; what follows them is one error.
pub fn parse_at_most(source: &MappedText, most: usize) -> (Script, Vec<SyntaxError>) {
    let mut parser = Parser {
        source,
        letters: source.text(),
        at: 0,
        end: source.text().len(),
        script: Script::default(),
        errors: Vec::new(),
        place: Position::default(),
        before: None,
        last_simple: None,
        awaited: Vec::new(),
        pending: Vec::new(),
        depth: 0,
        most_commands: most,
        words_left: MOST_WORDS,
    };
    parser.shebang();
    parser.list(Ends::Nothing);
    let Parser { mut script, mut errors, .. } = parser;
    script.pipelines.sort_by_key(|pipeline| pipeline.span);
    script.extensions.sort_by_key(|extension| extension.span);
    script.comments.sort();
    errors.sort_by_key(|error| error.span);
    (script, errors)
}

/// What ends a list of commands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// Only the end of the text.
    Nothing,
    /// `)`
    Parenthesis,
    /// One of these reserved words.
    Words(&'static [&'static str]),
    /// `;;`, `;&`, `;;&` or `esac`.
    CaseItem,
}

/// A heredoc whose body comes after the next newline.
struct Pending {
    /// The command whose redirection it is; `None` for one of a compound command.
    owner: Option<usize>,
    /// Index among the redirections.
    index: usize,
    delimiter: String,
    is_quoted: bool,
    strips_tabs: bool,
}

struct Parser<'a> {
    source: &'a MappedText,
    letters: &'a str,
    at: usize,
    end: usize,
    script: Script,
    errors: Vec<SyntaxError>,
    /// The position of the next command.
    place: Position,
    /// The operator just read, until a command takes it.
    before: Option<Operator>,
    /// The simple command just read, until an operator takes it.
    last_simple: Option<usize>,
    /// What the open lists end with, the outermost first.
    awaited: Vec<Ends>,
    pending: Vec<Pending>,
    depth: usize,
    most_commands: usize,
    words_left: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.letters.get(self.at..self.end).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn starts_with(&self, prefix: &str) -> bool {
        self.rest().starts_with(prefix)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.source.span(start, end)
    }

    /// Over white space, joined lines and a comment; not over a newline.
    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let rest = self.rest();
            if rest.starts_with("\\\n") || is_carriage_return(rest) && rest.len() > 1 {
                // The `\r` of a line's end; the newline itself stays.
                self.at += if rest.starts_with('\r') { 1 } else { 2 };
            } else if rest == "\r" {
                self.at += 1;
            } else if rest.starts_with("\\\r\n") {
                self.at += 3;
            } else if rest.starts_with('#') {
                self.comment();
            } else {
                return;
            }
        }
    }

    /// Over white space, comments and newlines.
    fn skip_lines(&mut self) {
        loop {
            self.skip_blanks();
            if self.peek() != Some('\n') {
                return;
            }
            self.at += 1;
            self.heredoc_bodies();
        }
    }

    fn comment(&mut self) {
        let end = self.at + self.rest().find('\n').unwrap_or(self.rest().len());
        let text_end = self.at + self.letters[self.at..end].trim_end().len();
        self.script.comments.push(self.span(self.at, text_end));
        self.at = end;
    }

    fn shebang(&mut self) {
        if self.letters.starts_with("#!") {
            let end = self.letters.find('\n').unwrap_or(self.letters.len());
            self.script.shebang = Some(self.span(0, end));
            let words: Vec<&str> = self.letters[2..end].split_whitespace().skip(1).collect();
            options::apply(&words, &mut self.place);
        }
    }

    /// The letters up to the next white space or operator, without reading quotes.
    fn bare_word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|character: char| {
            character.is_ascii_whitespace()
                || matches!(character, ';' | '&' | '|' | '(' | ')' | '<' | '>')
        });
        &rest[..end.unwrap_or(rest.len())]
    }

    fn extension(&mut self, kind: ExtensionKind, start: usize, end: usize) {
        let span = self.span(start, end);
        self.script.extensions.push(Extension { kind, span });
    }

    fn error(&mut self, start: usize, end: usize, words: Text) {
        self.error_with(start, end, words, "", "");
    }

    /// An error about `start..end`, whose letters are the slot `{word}`, with another slot.
    fn error_with(
        &mut self,
        start: usize,
        end: usize,
        words: Text,
        slot: &'static str,
        value: &str,
    ) {
        if self.errors.len() < MOST_ERRORS {
            let end = end.min(self.letters.len());
            let word = self.letters.get(start..end).unwrap_or_default();
            let mut error = SyntaxError::new(self.span(start, end), words).arg("word", word);
            if !slot.is_empty() {
                error = error.arg(slot, value);
            }
            self.errors.push(error);
        }
    }

    /// Gives up at `start`: there is more than is read.
    fn too_much(&mut self, start: usize) {
        if self.at < self.end {
            let words =
                text("the script is too long: it is read up to here", "脚本过长：只读取到此处");
            self.errors.push(SyntaxError::new(self.span(start, start), words));
            self.at = self.end;
        }
    }

    /// `start..end` opens something that is never closed. Says nothing where an error inside of
    /// it, of which there were `known` before, is the likely cause.
    fn unclosed(&mut self, start: usize, end: usize, known: usize) {
        if self.errors.len() == known {
            let words = text("this `{word}` is never closed", "该 `{word}` 没有结束");
            self.error(start, end, words);
        }
    }

    /// What stands here has no place here: says so, and steps over it.
    fn unexpected(&mut self) {
        const OPERATORS: &[&str] =
            &[";;&", ";;", ";&", "&&", "||", "|&", "<<", ">>", ";", "&", "|", "(", ")", "<", ">"];
        let operator = OPERATORS.iter().find(|operator| self.starts_with(operator));
        let length = match operator {
            Some(operator) => operator.len(),
            None => self.bare_word().len().max(self.peek().map_or(0, char::len_utf8)),
        };
        let start = self.at;
        self.at += length;
        let words = text("`{word}` has no place here", "此处不应有 `{word}`");
        self.error(start, start + length, words);
    }
}

/// Whether `rest` begins with the `\r` of a line's end.
fn is_carriage_return(rest: &str) -> bool {
    rest.starts_with("\r\n") || rest == "\r"
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_name(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && text.bytes().all(is_name_byte)
}
