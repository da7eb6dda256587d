//! Secrets among the words of commands: what programs take as a password, what is piped into those
//! that read one, and the lines of a `.netrc`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::programs::{
    FTP, PROGRAMS, Program, READERS, SAID, SWITCHED, Takes, WRITERS, is_program,
};
use super::word::closing_quote;
use super::written;
use crate::secret::{Dollar, hidden_parts, hides_value};
use crate::text::{Span, file_name};

/// A word of a command: its letters, and where they stand in the document.
pub(crate) trait CommandWord {
    /// The letters, without quotes; what only the shell knows as `${name}`.
    fn text(&self) -> &str;
    /// Where the bytes `range` of the letters stand.
    fn span(&self, range: Range<usize>) -> Span;
    /// How `$` is read in it.
    fn dollar(&self) -> Dollar;
}

/// Adds the secrets among the words of a command, and among those of the command that is piped
/// into it. Whether what the command is given to read, as a here-document, is a password: `Some`,
/// and whether it is one behind a user's name.
pub(crate) fn judge<W: CommandWord>(
    words: &[W],
    piped: &[W],
    found: &mut Vec<Span>,
) -> Option<bool> {
    for (at, program) in programs(words).take(MOST_PROGRAMS) {
        for takes in program.takes {
            take(takes, &words[at + 1..], found);
        }
    }
    netrc(words, found);
    compared(words, found);
    written::read(words, found);
    let reads = reads(words);
    if let Some(is_pair) = reads {
        printed(piped, is_pair, found);
        here_string(words, is_pair, found);
    }
    reads
}

/// A command that names more is no command.
const MOST_PROGRAMS: usize = 4;

/// The programs that `words` name, each with the place of its name.
fn programs<W: CommandWord>(words: &[W]) -> impl Iterator<Item = (usize, &'static Program)> {
    let mut switches: Option<Vec<&str>> = None;
    let names = words.iter().enumerate().filter_map(|(at, word)| {
        let name = file_name(word.text());
        is_program(name).then_some((at, name))
    });
    let mut found = Vec::new();
    for (at, name) in names.take(MOST_PROGRAMS) {
        for program in PROGRAMS.iter().filter(|program| program.names.contains(&name)) {
            let switches = switches.get_or_insert_with(|| words.iter().map(W::text).collect());
            if program.with.is_empty() || has(&switches[at + 1..], program.with) {
                found.push((at, program));
            }
        }
    }
    found.into_iter()
}

/// Whether one of `wanted` is among the words; a single letter among the short switches.
fn has(words: &[&str], wanted: &[&str]) -> bool {
    wanted.iter().any(|one| {
        words.iter().any(|word| {
            let switches = word.strip_prefix('-').filter(|rest| !rest.starts_with('-'));
            word == one || one.len() == 1 && switches.is_some_and(|rest| rest.contains(one))
        })
    })
}

/// Adds `range` of the letters of `word`, references left out.
fn hide<W: CommandWord>(word: &W, range: Range<usize>, found: &mut Vec<Span>) {
    let Some(value) = word.text().get(range.clone()) else { return };
    for part in hidden_parts(value, word.dollar()) {
        found.push(word.span(range.start + part.start..range.start + part.end));
    }
}

pub(super) fn whole<W: CommandWord>(word: &W, found: &mut Vec<Span>) {
    hide(word, 0..word.text().len(), found);
}

fn take<W: CommandWord>(takes: &Takes, words: &[W], found: &mut Vec<Span>) {
    match takes {
        Takes::Option(names) => options(words, names, &mut |word, from| {
            hide(word, from..word.text().len(), found);
        }),
        Takes::Login(names, sign) => options(words, names, &mut |word, from| {
            let text = word.text();
            let behind = text[from..].find(*sign).map(|at| from + at + sign.len_utf8());
            // `-u 1000:1000` are numbers of a user and a group.
            let is_number = |at: usize| text[at..].bytes().all(|byte| byte.is_ascii_digit());
            if let Some(at) = behind.filter(|&at| !text[from..].contains("://") && !is_number(at)) {
                hide(word, at..text.len(), found);
                // `-u token:`, without a password: the token is the user.
                if at == text.len() && *sign == ':' && at > from + 8 {
                    hide(word, from..at - 1, found);
                }
            }
        }),
        Takes::Behind(starts) => {
            for word in words {
                for start in *starts {
                    if word.text().starts_with(start) {
                        hide(word, start.len()..word.text().len(), found);
                    }
                }
            }
        }
        Takes::Operand(name, number) => {
            let Some(at) = words.iter().position(|word| word.text() == *name) else { return };
            for word in operands(&words[at + 1..]).skip(*number).take(2) {
                whole(word, found);
            }
        }
        Takes::After(starts, skipped) => {
            let is_name = |word: &W| starts.iter().any(|start| word.text().starts_with(start));
            let Some(at) = words.iter().position(is_name) else { return };
            if let Some(word) = operands(&words[at + 1..]).nth(*skipped) {
                whole(word, found);
            }
        }
        Takes::Pair(sign) => {
            for word in operands(words).filter(|word| !word.text().contains("://")) {
                if let Some(at) = word.text().find(*sign) {
                    hide(word, at + sign.len_utf8()..word.text().len(), found);
                }
            }
        }
        Takes::Slashed => {
            for word in operands(words) {
                let text = word.text();
                let end = text.rfind('@').unwrap_or(text.len());
                if let Some(slash) = text[..end].find('/').filter(|&slash| slash > 0) {
                    hide(word, slash + 1..end, found);
                }
            }
        }
        Takes::Last => {
            if let Some(last) = operands(words).last() {
                whole(last, found);
            }
        }
        Takes::Named => {
            for pair in words.windows(2) {
                let name = pair[0].text();
                let last = name.rsplit([':', '/']).next().unwrap_or(name);
                let is_kind = name.ends_with("secret") || name.ends_with("secrets");
                let is_name = !is_kind && !name.starts_with('-') && !name.contains([' ', '=']);
                if is_name && hides_value(last) && !pair[1].text().starts_with('-') {
                    whole(&pair[1], found);
                }
            }
        }
    }
}

/// Calls `found` for the value of each option of `names`: the word, and where in it the value
/// begins.
fn options<W: CommandWord>(words: &[W], names: &[&str], found: &mut dyn FnMut(&W, usize)) {
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let text = word.text();
        if !text.starts_with('-') {
            continue;
        }
        let Some(name) = names.iter().find(|name| is_option(text, name)) else { continue };
        if text.len() == name.len()
            || text.ends_with(name.trim_start_matches('-')) && is_bundle(text)
        {
            // `-p` alone asks for the password: what follows may be an option.
            if let Some(value) = words.next_if(|next| !next.text().starts_with('-')) {
                found(value, 0);
            }
        } else {
            let joined = &text[name.len()..];
            found(word, name.len() + usize::from(joined.starts_with('=')));
        }
    }
}

/// Whether `text` is the option `name`, perhaps with its value, or among other switches (`-sSu`).
fn is_option(text: &str, name: &str) -> bool {
    match text.strip_prefix(name) {
        Some("") => true,
        Some(rest) => !name.starts_with("--") || rest.starts_with('='),
        None => name.len() == 2 && is_bundle(text) && text.ends_with(name.trim_start_matches('-')),
    }
}

/// Several switches in one word.
fn is_bundle(text: &str) -> bool {
    let letters = text.strip_prefix('-').unwrap_or_default();
    (2..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The words that are no options and no redirections.
fn operands<W: CommandWord>(words: &[W]) -> impl Iterator<Item = &W> {
    let mut is_target = false;
    words.iter().filter(move |word| {
        let text = word.text();
        let is_redirection = text.starts_with(['>', '<']) || text.starts_with("2>");
        let is_operand =
            !std::mem::take(&mut is_target) && !is_redirection && !text.starts_with('-');
        is_target = is_redirection && text.ends_with(['>', '<']);
        is_operand && !text.is_empty()
    })
}

/// `machine x login y password hunter2`, on one line or many.
fn netrc<W: CommandWord>(words: &[W], found: &mut Vec<Span>) {
    let mut has_login = false;
    let is_line = words.len() == 2;
    for pair in words.windows(2) {
        let word = pair[0].text();
        has_login |= matches!(word, "machine" | "login" | "default");
        if has_login && matches!(word, "password" | "passwd") || is_line && word == "password" {
            whole(&pair[1], found);
        }
    }
    // `package package/root_password password hunter2`, for debconf.
    for three in words.windows(3) {
        let question = three[0].text().rsplit_once('/').map(|(_, last)| last);
        if three[1].text() == "password" && question.is_some_and(hides_question) {
            whole(&three[2], found);
        }
    }
}

/// Whether a question of debconf asks for a password.
fn hides_question(name: &str) -> bool {
    hides_value(name.trim_end_matches("_again").trim_end_matches("-confirm"))
}

/// `[ "$TOKEN" = hunter2 ]`: what a variable with the name of a secret is compared with.
fn compared<W: CommandWord>(words: &[W], found: &mut Vec<Span>) {
    for three in words.windows(3) {
        if !matches!(three[1].text(), "=" | "==" | "!=") {
            continue;
        }
        let name = three[0].text().trim_start_matches(['$', '{']).trim_end_matches('}');
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if three[0].text().starts_with('$') && is_name && hides_value(name) {
            whole(&three[2], found);
        }
    }
}

/// Whether the command reads a password from its input, and whether it stands behind a user's
/// name.
fn reads<W: CommandWord>(words: &[W]) -> Option<bool> {
    let mut has_login = false;
    for (at, word) in words.iter().enumerate() {
        let text = word.text();
        let name = file_name(text);
        if name == "chpasswd" {
            return Some(true);
        }
        has_login |= SAID.contains(&text) || at < 8 && READERS.contains(&name);
        let switched = SWITCHED.iter().filter(|(program, _)| at < 8 && *program == name);
        for (_, switches) in switched {
            let rest: Vec<&str> = words[at + 1..].iter().map(W::text).collect();
            has_login |= has(&rest, switches);
        }
    }
    has_login.then_some(false)
}

/// What `echo` and `printf` write into a reader of passwords.
fn printed<W: CommandWord>(words: &[W], is_pair: bool, found: &mut Vec<Span>) {
    let Some(at) = words.iter().position(|word| WRITERS.contains(&file_name(word.text()))) else {
        return;
    };
    let mut words = words[at + 1..].iter().filter(|word| {
        !matches!(word.text(), "-n" | "-e" | "-E" | "-ne" | "-en" | "--") && !word.text().is_empty()
    });
    let mut is_format = words.clone().next().is_some_and(|word| word.text().contains('%'));
    for word in &mut words {
        let text = word.text();
        if std::mem::take(&mut is_format) && !text.contains(':') {
            continue;
        }
        secret_words(word, 0..text.len(), is_pair, found);
    }
}

/// Of `user:password` what stands behind the colon; else all.
fn secret_words<W: CommandWord>(
    word: &W,
    range: Range<usize>,
    is_pair: bool,
    found: &mut Vec<Span>,
) {
    let text = &word.text()[range.clone()];
    if !is_pair {
        hide(word, range, found);
        return;
    }
    // Several lines in one word: `root:a\nann:b`.
    let mut at = range.start;
    for line in text.split_inclusive(['\n', ' ']) {
        let bare = line.trim_end();
        match bare.find(':') {
            Some(colon) if !bare[colon + 1..].starts_with('%') => {
                hide(word, at + colon + 1..at + bare.len(), found);
            }
            Some(_) => {}
            None if text.len() == bare.len() => hide(word, at..at + bare.len(), found),
            None => {}
        }
        at += line.len();
    }
}

/// `passwd <<< hunter2`.
fn here_string<W: CommandWord>(words: &[W], is_pair: bool, found: &mut Vec<Span>) {
    for (at, word) in words.iter().enumerate() {
        let text = word.text();
        let Some(rest) = text.strip_prefix("<<<") else { continue };
        match (rest, words.get(at + 1)) {
            ("", Some(next)) => secret_words(next, 0..next.text().len(), is_pair, found),
            ("", None) => {}
            _ => secret_words(word, "<<<".len()..text.len(), is_pair, found),
        }
    }
}

/// Adds the secrets among the words of the lines of `text`, as a shell would part them.
pub(super) fn read(text: &str, found: &mut Vec<Span>) {
    let mut lines = Lines { text, found, pending: None, files: files_of_logins(text) };
    lines.read(0, text.len(), 0);
}

/// Strings in strings in strings hold no more commands.
const MOST_NESTING: usize = 3;

struct Lines<'a, 'f> {
    text: &'a str,
    found: &'f mut Vec<Span>,
    /// A here-document that a reader of passwords is given: how it ends, and what it holds.
    pending: Option<(&'a str, Input)>,
    /// Words beside `chpasswd`, the files among them that it reads logins from.
    files: HashSet<&'a str>,
}

/// The words on the lines of `text` that name `chpasswd`.
fn files_of_logins(text: &str) -> HashSet<&str> {
    if !text.contains("chpasswd") {
        return HashSet::new();
    }
    let lines = text.lines().filter(|line| line.contains("chpasswd"));
    lines
        .flat_map(|line| line.split(|c: char| c.is_whitespace() || "<>|;&\"'".contains(c)))
        .collect()
}

/// The file that a command writes into: `> f`, `>>f`.
fn target<'a>(words: &[Written<'a>]) -> Option<&'a str> {
    let at = words.iter().position(|word| word.raw.starts_with('>'))?;
    let name = words[at].raw.trim_start_matches('>');
    let name = if name.is_empty() { words.get(at + 1)?.raw } else { name };
    Some(name.trim_matches(['"', '\'']))
}

/// What a here-document holds that a reader of passwords is given.
#[derive(Clone, Copy)]
enum Input {
    /// A password on each line.
    Password,
    /// A user and a password on each line.
    Pairs,
    /// Commands of ftp: `user name password`.
    Ftp,
}

/// A word as it is written.
struct Written<'a> {
    text: Cow<'a, str>,
    raw: &'a str,
    start: usize,
}

impl CommandWord for Written<'_> {
    fn text(&self) -> &str {
        &self.text
    }

    fn span(&self, range: Range<usize>) -> Span {
        if matches!(self.text, Cow::Borrowed(_)) {
            return Span::new(self.start + range.start, self.start + range.end);
        }
        let (mut from, mut to, mut length) = (None, 0, 0);
        for (at, letter) in letters(self.raw) {
            if length >= range.end {
                break;
            }
            if length >= range.start {
                from = from.or(Some(at));
                to = at + letter.len_utf8();
            }
            length += letter.len_utf8();
        }
        Span::new(self.start + from.unwrap_or(to), self.start + to)
    }

    fn dollar(&self) -> Dollar {
        if self.raw.starts_with('\'') { Dollar::Letter } else { Dollar::Unknown }
    }
}

/// The letters of a word without its quotes and escapes, each with its place.
fn letters(raw: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut letters = raw.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, letter) = letters.next()?;
            match (quote, letter) {
                (None, '"' | '\'') => quote = Some(letter),
                (Some(open), _) if open == letter => quote = None,
                (None, '\\') => match letters.next() {
                    Some((_, '\n')) => {}
                    Some(escaped) => return Some(escaped),
                    None => return Some((at, letter)),
                },
                (Some('"'), '\\') => {
                    let is_escape =
                        |next: &(usize, char)| matches!(next.1, '"' | '\\' | '$' | '`' | '\n');
                    match letters.next_if(is_escape) {
                        Some((_, '\n')) => {}
                        Some(escaped) => return Some(escaped),
                        None => return Some((at, letter)),
                    }
                }
                _ => return Some((at, letter)),
            }
        }
    })
}

impl<'a> Lines<'a, '_> {
    /// Reads the commands in `start..end`.
    fn read(&mut self, start: usize, end: usize, depth: usize) {
        let mut words: Vec<Written<'a>> = Vec::new();
        let mut piped: Vec<Written<'a>> = Vec::new();
        // No quote of the kind is closed on the rest of this line.
        let mut open = [false; 2];
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            match bytes[at] {
                b'\n' => {
                    self.end(&mut words, &mut piped, false);
                    open = [false; 2];
                    at = self.heredoc(at + 1, end);
                }
                b'\\' if matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => at += 2,
                byte if byte.is_ascii_whitespace()
                    || matches!(byte, b'[' | b']' | b'{' | b'}' | b',') =>
                {
                    at += 1;
                }
                b'|' => {
                    let is_pipe = bytes.get(at + 1) != Some(&b'|');
                    self.end(&mut words, &mut piped, is_pipe);
                    at += if is_pipe { 1 } else { 2 };
                }
                b';' | b'(' | b')' | b'`' => {
                    self.end(&mut words, &mut piped, false);
                    at += 1;
                }
                b'&' if at > start && bytes[at - 1] != b'>' => {
                    self.end(&mut words, &mut piped, false);
                    at += 1;
                }
                _ => {
                    let stop = self.word(at, end, &mut open);
                    let raw = self.text.get(at..stop).unwrap_or_default();
                    self.nested(at, raw, depth);
                    words.push(Written { text: plain(raw), raw, start: at });
                    at = stop.max(at + 1);
                }
            }
        }
        self.end(&mut words, &mut piped, false);
    }

    /// Where the word that begins at `at` ends.
    fn word(&self, at: usize, end: usize, open: &mut [bool; 2]) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = at;
        while at < end {
            match bytes[at] {
                b'\\' if matches!(bytes.get(at + 1), Some(b'\n')) => {
                    let next = bytes.get(at + 2);
                    if next.is_none_or(u8::is_ascii_whitespace) {
                        return at;
                    }
                    at += 2;
                }
                b'\\' => at += 2,
                quote @ (b'"' | b'\'') => {
                    let kind = usize::from(quote == b'"');
                    let closed = if open[kind] { None } else { self.close(at, end, quote) };
                    match closed {
                        Some(close) => {
                            at = close + 1;
                            // An element of a list ends here.
                            if matches!(bytes.get(at), Some(b',' | b']' | b'}' | b':')) {
                                return at;
                            }
                        }
                        None => {
                            open[kind] = true;
                            at += 1;
                        }
                    }
                }
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    let near = bytes[at..end].iter().take(256);
                    let length = near.take_while(|byte| !b"}\n\"' ".contains(byte)).count();
                    at += length.max(1);
                }
                byte if byte.is_ascii_whitespace() => return at,
                b';' | b'|' | b'(' | b')' | b'`' => return at,
                b'&' if at > 0 && bytes[at - 1] != b'>' => return at,
                _ => at += 1,
            }
        }
        at.min(end)
    }

    fn close(&self, at: usize, end: usize, quote: u8) -> Option<usize> {
        let bytes = &self.text.as_bytes()[..end];
        if quote == b'\'' {
            let line = bytes[at + 1..].iter().position(|&byte| byte == b'\'' || byte == b'\n')?;
            return (bytes[at + 1 + line] == b'\'').then_some(at + 1 + line);
        }
        let (close, is_closed) = closing_quote(bytes, at + 1, quote);
        is_closed.then_some(close)
    }

    /// Commands in a quoted word.
    fn nested(&mut self, start: usize, raw: &str, depth: usize) {
        let quote = raw.find(['"', '\'']);
        let Some(from) = quote.filter(|_| depth < MOST_NESTING && raw.contains([' ', '\t'])) else {
            return;
        };
        let to = raw.trim_end_matches(['"', '\'']).len();
        if from + 1 < to {
            self.read(start + from + 1, start + to, depth + 1);
        }
    }

    /// A command ends; what it writes may be piped into the next.
    fn end(&mut self, words: &mut Vec<Written<'a>>, piped: &mut Vec<Written<'a>>, pipes: bool) {
        let reads = judge(words, piped, self.found);
        // `echo root:hunter2 > f; chpasswd < f`
        if !self.files.is_empty() && target(words).is_some_and(|file| self.files.contains(file)) {
            printed(words, true, self.found);
        }
        let is_ftp = || words.first().is_some_and(|word| FTP.contains(&file_name(word.text())));
        let input = match reads {
            Some(true) => Some(Input::Pairs),
            Some(false) => Some(Input::Password),
            None => is_ftp().then_some(Input::Ftp),
        };
        if let Some(input) = input {
            // Its own, or that of the command which is piped into it.
            let marker = words.iter().chain(piped.iter()).find_map(|word| {
                let name = word.raw.strip_prefix("<<")?;
                (!name.starts_with('<')).then_some(name)
            });
            let name = marker.map(|name| name.trim_matches(['-', '"', '\'', '\\', ' ']));
            self.pending = name.filter(|name| !name.is_empty()).map(|name| (name, input));
        }
        piped.clear();
        if pipes {
            std::mem::swap(words, piped);
        }
        words.clear();
    }

    /// Reads the here-document that is given to a reader of passwords; where it ends.
    fn heredoc(&mut self, at: usize, end: usize) -> usize {
        let Some((name, input)) = self.pending.take() else { return at };
        let mut at = at;
        while at < end {
            let line = self.text[at..end].split('\n').next().unwrap_or_default();
            let bare = line.trim();
            if bare == name {
                break;
            }
            let start = at + (line.len() - line.trim_start().len());
            let word = Written { text: Cow::Borrowed(bare), raw: bare, start };
            match input {
                Input::Password => secret_words(&word, 0..bare.len(), false, self.found),
                Input::Pairs => secret_words(&word, 0..bare.len(), true, self.found),
                Input::Ftp => {
                    if let Some(from) = ftp_password(bare) {
                        hide(&word, from..bare.len(), self.found);
                    }
                }
            }
            at += line.len() + 1;
        }
        at.min(end)
    }
}

/// Where the password stands in a line of ftp: `user name password`, `quote PASS password`.
fn ftp_password(line: &str) -> Option<usize> {
    let mut words = line.split_ascii_whitespace();
    let last = match (words.next()?, words.next()?, words.next()) {
        ("user", _, Some(password)) => password,
        ("pass", password, None) => password,
        ("quote", pass, Some(password)) if pass.eq_ignore_ascii_case("pass") => password,
        _ => return None,
    };
    line.rfind(last)
}

/// The letters of a word as it is written.
fn plain(raw: &str) -> Cow<'_, str> {
    if raw.contains(['"', '\'', '\\']) {
        Cow::Owned(letters(raw).map(|(_, letter)| letter).collect())
    } else {
        Cow::Borrowed(raw)
    }
}
