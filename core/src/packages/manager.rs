//! A command line as a package manager reads it: which manager, what it is to do, its options and
//! the packages that are named.
//!
//! Knows no rule.

use std::borrow::Cow;

use super::grammar::{GRAMMARS, Grammar, NAMES, WRAPPERS};
use crate::shell::{Part, SimpleCommand, Word};
use crate::text::file_name;

/// A package manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manager {
    AptGet,
    Apt,
    Aptitude,
    Apk,
    Yum,
    Dnf,
    Microdnf,
    Zypper,
    Pip,
    UvPip,
    Pipx,
    Npm,
    Gem,
    Go,
    Yarn,
}

/// Debian's three front ends of one archive.
pub(crate) const APT: &[Manager] = &[Manager::AptGet, Manager::Apt, Manager::Aptitude];

/// A package manager that is started.
#[derive(Debug)]
pub(crate) struct Invocation<'a> {
    /// Which one.
    pub(crate) manager: Manager,
    /// The command that starts it, wrappers included.
    pub(crate) command: &'a SimpleCommand,
    /// The position of the command in its script.
    pub(crate) at: usize,
    /// The manager's own name.
    pub(crate) program: &'a Word,
    /// What it is to do: `install`, `module install`; empty where nothing is said.
    pub(crate) action: Cow<'a, str>,
    /// The word that says it, the last if there are two.
    pub(crate) action_word: Option<&'a Word>,
    /// The options, those of a cluster (`-yq`) one by one.
    pub(crate) flags: Vec<Flag<'a>>,
    /// The words behind the action that are no options: packages, mostly.
    pub(crate) operands: Vec<&'a Word>,
    /// Whether a variable stands where an option may come out of it.
    pub(crate) has_unknown_words: bool,
    /// Whether `sudo` starts it.
    pub(crate) is_sudo: bool,
    /// `NAME=value` for this command alone; `None` where the value is not known.
    pub(crate) variables: Vec<(&'a str, Option<&'a str>)>,
}

/// An option with its value.
#[derive(Debug)]
pub(crate) struct Flag<'a> {
    /// The name with its dashes.
    pub(crate) name: Cow<'a, str>,
    /// The value, if one is given and known.
    pub(crate) value: Option<&'a str>,
}

/// No command line is wrapped deeper.
const MOST_WRAPPERS: usize = 8;

/// What dnf and yum do to groups and modules is said in two words.
const TWO_WORDS: &[&str] = &["module", "group", "groups"];

/// The letters of a word without variables.
pub(crate) fn letters(word: &Word) -> Option<&str> {
    word.literal()
}

/// The letters of a word before its first variable.
pub(crate) fn lead(word: &Word) -> &str {
    match word.parts.first() {
        Some(Part::Literal { text, .. }) => text.text(),
        _ => "",
    }
}

/// Whether the word stands in the document as it is: no quotes, escapes, variables.
pub(crate) fn is_plain(word: &Word) -> bool {
    let [Part::Literal { text, is_quoted: false }] = &word.parts[..] else { return false };
    let length = text.text().len();
    text.is_verbatim(0, length) && word.span.len() == length
}

/// The package manager that `command` starts, the command being number `at` of its script.
pub(crate) fn read(command: &SimpleCommand, at: usize) -> Option<Invocation<'_>> {
    let mut words = &command.words[..];
    let mut is_sudo = false;
    let assignments = command.assignments.iter();
    let mut variables: Vec<(&str, Option<&str>)> =
        assignments.map(|one| (one.name.as_str(), letters(&one.value))).collect();
    for _ in 0..MOST_WRAPPERS {
        let (program, rest) = words.split_first()?;
        let path = program.literal()?;
        let name = file_name(path);
        if let Some((manager, program, rest)) = manager(name, program, rest) {
            let mut read = Invocation {
                manager,
                command,
                at,
                program,
                action: Cow::Borrowed(""),
                action_word: None,
                flags: Vec::new(),
                operands: Vec::new(),
                has_unknown_words: false,
                is_sudo,
                variables,
            };
            read.arguments(rest);
            return Some(read);
        }
        let (_, valued, operands) = WRAPPERS.iter().find(|(known, ..)| *known == name)?;
        is_sudo |= name == "sudo";
        words = behind(rest, valued, &mut variables);
        words = words.get(*operands..)?;
    }
    None
}

/// The manager called `name`, the word that names it, and the words behind it.
fn manager<'a>(
    name: &str,
    program: &'a Word,
    rest: &'a [Word],
) -> Option<(Manager, &'a Word, &'a [Word])> {
    if let Some((_, manager)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*manager, program, rest));
    }
    if is_numbered(name, "pip") {
        return Some((Manager::Pip, program, rest));
    }
    if name == "uv" {
        let (pip, rest) = rest.split_first()?;
        return (pip.literal() == Some("pip")).then_some((Manager::UvPip, pip, rest));
    }
    if is_numbered(name, "python") || is_numbered(name, "pypy") {
        // `python -I -m pip`
        let flags = rest.iter().take_while(|word| lead(word).starts_with('-'));
        let module = flags.into_iter().position(|word| word.literal() == Some("-m"))?;
        let pip = rest.get(module + 1).filter(|word| word.literal() == Some("pip"))?;
        return Some((Manager::Pip, pip, rest.get(module + 2..).unwrap_or_default()));
    }
    None
}

/// `pip`, `pip3`, `pip3.12`.
fn is_numbered(name: &str, stem: &str) -> bool {
    name.strip_prefix(stem)
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-'))
}

/// The words behind a wrapper's options and `NAME=value`.
fn behind<'a>(
    words: &'a [Word],
    valued: &[&str],
    variables: &mut Vec<(&'a str, Option<&'a str>)>,
) -> &'a [Word] {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let text = lead(word);
        if text == "--" {
            return words.get(at + 1..).unwrap_or_default();
        }
        if valued.contains(&text) {
            at += 2;
        } else if text.len() > 1 && text.starts_with('-') {
            at += 1;
        } else if let Some((name, value)) = text.split_once('=').filter(|(name, _)| is_name(name)) {
            variables.push((name, letters(word).map(|_| value)));
            at += 1;
        } else {
            break;
        }
    }
    words.get(at..).unwrap_or_default()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl<'a> Invocation<'a> {
    /// Whether it is to do one of `actions`.
    pub(crate) fn does(&self, actions: &[&str]) -> bool {
        actions.contains(&&*self.action)
    }

    /// Whether one of the options `names` is given.
    pub(crate) fn has_flag(&self, names: &[&str]) -> bool {
        self.flags.iter().any(|flag| names.contains(&&*flag.name))
    }

    /// The values of the options `names`.
    pub(crate) fn values<'b>(&'b self, names: &'b [&str]) -> impl Iterator<Item = &'b str> {
        self.flags.iter().filter(|flag| names.contains(&&*flag.name)).filter_map(|flag| flag.value)
    }

    fn arguments(&mut self, words: &'a [Word]) {
        let Some(grammar) = GRAMMARS.iter().find(|one| one.managers.contains(&self.manager)) else {
            return;
        };
        let mut words = words.iter().peekable();
        let mut are_flags_over = false;
        while let Some(word) = words.next() {
            let text = lead(word);
            let is_known = letters(word).is_some();
            if text.is_empty() && !is_known {
                self.has_unknown_words = true;
                if self.action_word.is_some() {
                    self.operands.push(word);
                }
                continue;
            }
            if text == "--" && is_known {
                if matches!(self.manager, Manager::Gem | Manager::Npm | Manager::Yarn) {
                    // What follows is for another program.
                    return;
                }
                are_flags_over = true;
                continue;
            }
            if are_flags_over || !text.starts_with('-') || text == "-" {
                self.operand(word, text);
                // What follows is for the program that is run.
                if self.manager == Manager::Go && self.action == "run" && !self.operands.is_empty()
                {
                    return;
                }
                continue;
            }
            let wants_value = self.flag(grammar, text, is_known);
            let is_switch = |word: &&Word| matches!(word.literal(), Some("true" | "false"));
            let may_be_switch = matches!(self.manager, Manager::Gem | Manager::Npm | Manager::Yarn)
                && !text.contains('=');
            if wants_value || (may_be_switch && words.peek().is_some_and(is_switch)) {
                let value = words.next().and_then(letters);
                if let Some(flag) = self.flags.last_mut() {
                    flag.value = value;
                }
            }
        }
    }

    fn operand(&mut self, word: &'a Word, text: &'a str) {
        let has_two = matches!(self.manager, Manager::Yum | Manager::Dnf | Manager::Microdnf);
        if self.action.is_empty() {
            self.action = Cow::Borrowed(text);
            self.action_word = Some(word);
        } else if has_two && TWO_WORDS.contains(&&*self.action) {
            self.action = Cow::Owned(format!("{} {text}", self.action));
            self.action_word = Some(word);
        } else {
            self.operands.push(word);
        }
    }

    /// Reads the option or cluster `text`; whether the next word is its value.
    fn flag(&mut self, grammar: &Grammar, text: &'a str, is_known: bool) -> bool {
        let is_before = self.action.is_empty();
        let is_valued = |name: &str| {
            grammar.valued.contains(&name)
                || (is_before && grammar.valued_before.contains(&name))
                || (!is_before && grammar.valued_behind.contains(&name))
        };
        let is_go = self.manager == Manager::Go;
        if text.starts_with("--") || is_go {
            // `go` reads `--tags` as `-tags`.
            let dashes = text.len() - text.trim_start_matches('-').len();
            let text =
                if is_go { text.get(dashes.saturating_sub(1)..).unwrap_or_default() } else { text };
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, Some(value).filter(|_| is_known)),
                None => (text, None),
            };
            let wants_value = !text.contains('=') && is_known && is_valued(name);
            self.flags.push(Flag { name: Cow::Borrowed(name), value });
            return wants_value;
        }
        for (at, character) in text.char_indices().skip(1) {
            let behind = text.get(at + character.len_utf8()..).unwrap_or_default();
            let name = match text.get(..at + character.len_utf8()) {
                Some(first) if at == 1 => Cow::Borrowed(first),
                _ => Cow::Owned(format!("-{character}")),
            };
            let is_valued = is_valued(&name);
            if is_valued || behind.starts_with('=') {
                let value = behind.strip_prefix('=').unwrap_or(behind);
                let is_given = !behind.is_empty() || !is_known;
                let value = (is_given && is_known).then_some(value);
                self.flags.push(Flag { name, value });
                return !is_given;
            }
            self.flags.push(Flag { name, value: None });
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::parse_verbatim;

    /// `manager action [flags] operands`
    fn shown(line: &str) -> String {
        let script = parse_verbatim(line);
        let Some(read) = script.commands.first().and_then(|command| read(command, 0)) else {
            return "nothing".to_owned();
        };
        let flags: Vec<String> = read
            .flags
            .iter()
            .map(|flag| match &flag.value {
                Some(value) => format!("{}={value}", flag.name),
                None => flag.name.to_string(),
            })
            .collect();
        let operands: Vec<&str> = read.operands.iter().map(|word| lead(word)).collect();
        let manager = read.manager;
        format!("{manager:?} {} [{}] {}", read.action, flags.join(" "), operands.join(" "))
    }

    #[test]
    fn options_and_packages_are_told_apart() {
        for (line, expected) in [
            ("apt-get -yqq install -t sid curl=1", "AptGet install [-y -q -q -t=sid] curl=1"),
            ("apt-get install -q=2 -oA::B=c x", "AptGet install [-q=2 -o=A::B=c] x"),
            ("apk add --virtual .deps -X url gcc", "Apk add [--virtual=.deps -X=url] gcc"),
            ("dnf -y module install a:1", "Dnf module install [-y] a:1"),
            ("dnf -y --setopt=a=b group install 'x y'", "Dnf group install [-y --setopt=a=b] x y"),
            ("zypper -n in -t pattern base", "Zypper in [-n -t=pattern] base"),
            ("pip3.12 install -r a.txt b", "Pip install [-r=a.txt] b"),
            ("python3 -I -m pip install b", "Pip install [] b"),
            ("/venv/bin/pip install b", "Pip install [] b"),
            ("uv pip install --system b", "UvPip install [--system] b"),
            ("npm i -g --loglevel error a b", "Npm i [-g --loglevel=error] a b"),
            ("gem install a -v '1' -- --with-x y", "Gem install [-v=1] a"),
            (
                "go install -ldflags '-s -w' -tags=a x@v1",
                "Go install [-ldflags=-s -w -tags=a] x@v1",
            ),
            ("go run x@v1 --flag y", "Go run [] x@v1"),
            ("sudo -u root env A=b apt-get update", "AptGet update [] "),
            ("timeout 60 apt-get update", "AptGet update [] "),
            ("apt-get install $OPTIONS a", "AptGet install []  a"),
            ("notdnf install a", "nothing"),
            ("python app.py -m pip", "nothing"),
        ] {
            assert_eq!(shown(line), expected, "{line}");
        }
    }
}
