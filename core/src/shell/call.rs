//! A command as it runs in the end: taken out of `sudo`, `env`, `xargs` and `sh -c '…'`, its flags
//! easy to ask for.
//!
//! What a word holds of variables is unknown and never part of a match.

use super::{Part, SimpleCommand, Word, parse};
use crate::text::{MappedText, Span, file_name};

/// Stands for what only the build knows; no flag and no name holds it.
const UNKNOWN: &str = "\u{0}";

/// No command is wrapped deeper.
const MOST_WRAPPERS: usize = 8;

/// A word of a command, variables left out.
pub(crate) struct Argument {
    letters: MappedText,
    /// Where it stands, quotes included.
    pub(crate) span: Span,
    /// Whether all of it is written out.
    pub(crate) is_known: bool,
}

impl Argument {
    pub(crate) fn of(word: &Word) -> Argument {
        let mut letters = MappedText::new();
        let mut is_known = true;
        for part in &word.parts {
            match part {
                Part::Literal { text, .. } => letters.append(text),
                Part::Variable { span, .. } | Part::Substitution { span, .. } => {
                    is_known = false;
                    letters.push_decoded(UNKNOWN, *span);
                }
            }
        }
        Argument { letters, span: word.span, is_known }
    }

    /// The letters; a zero character where only the build knows.
    pub(crate) fn text(&self) -> &str {
        self.letters.text()
    }

    /// Where the first `length` bytes of the letters stand.
    pub(crate) fn start(&self, length: usize) -> Span {
        self.part(0, length)
    }

    /// Where the bytes `start..end` of the letters stand.
    pub(crate) fn part(&self, start: usize, end: usize) -> Span {
        let end = end.min(self.letters.text().len());
        if start < end { self.letters.span(start, end) } else { self.span }
    }

    /// Where the letters from `from` on stand, the quotes around the word's end included.
    pub(crate) fn tail(&self, from: usize, end: usize) -> Span {
        let part = self.part(from, end);
        Span { start: part.start, end: self.span.end }
    }

    fn rest(&self, from: usize) -> MappedText {
        self.letters.slice(from, self.letters.text().len())
    }
}

/// `NAME=value` before a command, in `export`, or in `env`.
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) value: Argument,
}

/// A command with its wrappers taken off.
pub(crate) struct Call {
    /// The program without its path, and its arguments.
    pub(crate) program: String,
    pub(crate) program_span: Span,
    pub(crate) arguments: Vec<Argument>,
}

/// A flag that was given: where its name stands, and its value if it has one.
pub(crate) struct Given<'a> {
    pub(crate) span: Span,
    pub(crate) value: Option<(&'a Argument, usize)>,
}

impl Given<'_> {
    /// The value's letters.
    pub(crate) fn text(&self) -> &str {
        self.value.map_or("", |(argument, from)| argument.text().get(from..).unwrap_or_default())
    }
}

impl Call {
    /// Every long flag `--name` or `--name=value`; a value in the next word is found too.
    pub(crate) fn long<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Given<'a>> {
        self.arguments.iter().enumerate().filter_map(move |(index, argument)| {
            let rest = argument.text().strip_prefix(name)?;
            let value = match rest.bytes().next() {
                None => self.arguments.get(index + 1).map(|next| (next, 0)),
                Some(b'=') => Some((argument, name.len() + 1)),
                Some(_) => return None,
            };
            Some(Given { span: argument.start(name.len()), value })
        })
    }

    /// The short flag `letter`, also among others (`-ksSL`); `valued` are the letters behind which
    /// a value stands.
    pub(crate) fn short(&self, letter: char, valued: &str) -> Option<Given<'_>> {
        let mut is_value = false;
        for (index, argument) in self.arguments.iter().enumerate() {
            if std::mem::take(&mut is_value) {
                continue;
            }
            let text = argument.text();
            if text == "--" {
                return None;
            }
            let Some(letters) = text.strip_prefix('-').filter(|rest| !rest.starts_with('-')) else {
                continue;
            };
            for (at, one) in letters.char_indices() {
                let end = at + 1 + one.len_utf8();
                if one == letter {
                    let whole = text.len() == 1 + letter.len_utf8();
                    let span = if whole { argument.span } else { argument.part(at + 1, end) };
                    let value = if end < text.len() {
                        Some((argument, end))
                    } else {
                        self.arguments.get(index + 1).map(|next| (next, 0))
                    };
                    return Some(Given { span, value });
                }
                if valued.contains(one) {
                    is_value = end >= text.len();
                    break;
                }
            }
        }
        None
    }

    /// The words that are no flags.
    pub(crate) fn operands(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|one| !one.text().starts_with('-'))
    }

    /// Whether the first words that are no flags are `words`.
    pub(crate) fn begins(&self, words: &[&str]) -> bool {
        let mut operands = self.operands();
        words.iter().all(|word| operands.next().is_some_and(|one| one.text() == *word))
    }
}

/// Every call in `commands`, those in the scripts of `sh -c` included.
pub(crate) fn calls<'a>(commands: impl Iterator<Item = &'a SimpleCommand>) -> Vec<Call> {
    let mut found = Vec::new();
    for command in commands {
        each_call(command, 0, &mut |call| found.push(call));
    }
    found
}

fn each_call(command: &SimpleCommand, depth: usize, found: &mut dyn FnMut(Call)) {
    let words: Vec<Argument> = command.words.iter().map(Argument::of).collect();
    call(words, depth, found);
}

/// Takes the wrappers off and hands on what is left.
fn call(mut words: Vec<Argument>, depth: usize, found: &mut dyn FnMut(Call)) {
    for _ in 0..MOST_WRAPPERS {
        let Some(first) = words.first() else { return };
        let program = file_name(first.text()).to_owned();
        if program.contains(UNKNOWN) {
            return;
        }
        if matches!(program.as_str(), "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh")
            && let Some(script) = script_of(&words)
        {
            if depth < MOST_WRAPPERS {
                for command in &parse(&script).0.commands {
                    each_call(command, depth + 1, found);
                }
            }
            return;
        }
        let Some(skipped) = wrapped(&program, &words) else {
            let program_span = first.span;
            words.remove(0);
            found(Call { program, program_span, arguments: words });
            return;
        };
        words.drain(..skipped.min(words.len()));
    }
}

/// How many words stand before the program that `program` starts; `None` if it starts none.
fn wrapped(program: &str, words: &[Argument]) -> Option<usize> {
    let valued: &[&str] = match program {
        "sudo" => &["-u", "-g", "--user", "--group"],
        "env" => &["-u", "--unset", "-C", "--chdir"],
        "xargs" => &["-n", "-I", "-P", "-L", "-d", "-a", "-s", "-E"],
        "exec" | "command" | "nohup" | "time" | "eatmydata" => &[],
        "nice" => &["-n"],
        "timeout" => &["-s", "-k", "--signal", "--kill-after"],
        "gosu" | "su-exec" => &[],
        _ => return None,
    };
    let mut at = 1;
    while let Some(word) = words.get(at) {
        let text = word.text();
        if valued.contains(&text) {
            at += 2;
        } else if text.starts_with('-') || (matches!(program, "env" | "sudo") && text.contains('='))
        {
            at += 1;
        } else {
            break;
        }
    }
    at += usize::from(matches!(program, "timeout" | "gosu" | "su-exec"));
    Some(at)
}

/// The script of `sh -c '…'`, also in `-lc` and `-exc`.
fn script_of(words: &[Argument]) -> Option<MappedText> {
    let at = words.iter().position(|word| {
        let text = word.text();
        text.starts_with('-') && !text.starts_with("--") && text.ends_with('c')
    })?;
    words.get(at + 1).map(|script| script.rest(0))
}

/// What is set for commands: before one, by `export`, or by `env`.
pub(crate) fn variables<'a>(commands: impl Iterator<Item = &'a SimpleCommand>) -> Vec<Variable> {
    let mut found = Vec::new();
    for command in commands {
        found.extend(command.assignments.iter().map(|assignment| Variable {
            name: assignment.name.clone(),
            name_span: name_span(assignment.span, &assignment.name),
            value: Argument::of(&assignment.value),
        }));
        let name = command.name().map(file_name);
        let sets = matches!(name, Some("export" | "declare" | "readonly" | "env" | "sudo"));
        for word in command.words.iter().skip(1).filter(|_| sets) {
            let word = Argument::of(word);
            let Some((name, _)) = word.text().split_once('=') else { continue };
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                continue;
            }
            let letters = word.rest(name.len() + 1);
            let span = letters.whole();
            found.push(Variable {
                name: name.to_owned(),
                name_span: word.start(name.len()),
                value: Argument { letters, span, is_known: word.is_known },
            });
        }
    }
    found
}

fn name_span(assignment: Span, name: &str) -> Span {
    let start = assignment.start as usize;
    Span::new(start, (start + name.len()).min(assignment.end as usize))
}
