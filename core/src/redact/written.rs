//! Secrets that commands write into files: what is printed into one whose name tells of a secret,
//! and what `sed` puts in the place of a name.

use std::ops::Range;

use super::commands::{CommandWord, whole};
use super::programs::WRITERS;
use crate::secret::{Dollar, SecretFile, hidden_parts, hides_value, holds_parts, secret_file};
use crate::text::{Span, file_name};

/// Adds what the command of `words` writes of a secret.
pub(super) fn read<W: CommandWord>(words: &[W], found: &mut Vec<Span>) {
    let Some(at) = words.iter().take(MOST_BEFORE).position(|word| is_writer(word.text())) else {
        return;
    };
    match file_name(words[at].text()) {
        "sed" => words[at + 1..].iter().for_each(|word| replacement(word, found)),
        "read" => {
            let is_name = |word: &W| hides_value(word.text());
            if words[at + 1..].iter().any(is_name)
                && let Some(sign) = words.iter().position(|word| word.text() == "<<<")
                && let Some(value) = words.get(sign + 1)
            {
                whole(value, found);
            }
        }
        "printf" if words.get(at + 1).is_some_and(|word| word.text() == "-v") => {
            if let [name, values @ ..] = &words[at + 2..]
                && hides_value(name.text())
            {
                values
                    .iter()
                    .filter(|word| !word.text().contains('%'))
                    .for_each(|word| whole(word, found));
            }
        }
        _ => printed(&words[at + 1..], found),
    }
}

/// A program stands behind no more words.
const MOST_BEFORE: usize = 4;

fn is_writer(name: &str) -> bool {
    let name = file_name(name);
    WRITERS.contains(&name) || matches!(name, "sed" | "read")
}

/// `echo hunter2 > /run/secrets/token`, `echo host:5432:db:user:hunter2 > ~/.pgpass`.
fn printed<W: CommandWord>(words: &[W], found: &mut Vec<Span>) {
    let Some(at) = words.iter().position(|word| word.text().starts_with('>')) else { return };
    let target = match words[at].text().trim_start_matches(['>', '|']) {
        "" => words.get(at + 1).map_or("", CommandWord::text),
        path => path,
    };
    let Some(holds) = Holds::of(target) else { return };
    for word in words[..at].iter().filter(|word| !word.text().starts_with('-')) {
        match holds {
            Holds::Secret if word.text().contains('%') => {}
            Holds::Secret => whole(word, found),
            Holds::Fields => {
                if let Some(range) = last_field(word.text()) {
                    hide(word, range, found);
                }
            }
        }
    }
}

/// What a file holds, as its name tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A secret, and nothing else.
    Secret,
    /// Lines whose last field, behind a colon, is one.
    Fields,
}

impl Holds {
    /// What the file at `path` holds.
    pub(crate) fn of(path: &str) -> Option<Holds> {
        let name = file_name(path);
        if ["pgpass", ".pgpass", ".htpasswd", "htpasswd", "passwd-s3fs", ".passwd-s3fs"]
            .contains(&name)
        {
            return Some(Holds::Fields);
        }
        let bare = name.trim_start_matches('.');
        let (stem, ending) = bare.split_once('.').unwrap_or((bare, ""));
        let is_secret = path.starts_with("/run/secrets/") || hides_value(stem);
        // `credentials.toml` has names of its own.
        let has_parts = holds_parts(stem) || !["", "txt", "key", "pw"].contains(&ending);
        let is_file_of_its_own = secret_file(path) == Some(SecretFile::Surely);
        let is_known = has_parts || is_file_of_its_own || name.contains('$');
        (is_secret && !is_known).then_some(Holds::Secret)
    }
}

/// Where the last field of `host:5432:db:user:hunter2` stands.
pub(crate) fn last_field(line: &str) -> Option<Range<usize>> {
    let line = line.trim_end();
    let colon = line.rfind(':')?;
    (colon > 0 && !line.contains("://")).then(|| colon + 1..line.len())
}

/// `s/@@PASSWORD@@/hunter2/`: what comes in the place of a secret's name.
fn replacement<W: CommandWord>(word: &W, found: &mut Vec<Span>) {
    let text = word.text();
    let Some(sign) = text.strip_prefix('s').and_then(|rest| rest.chars().next()) else { return };
    if sign.is_alphanumeric() || sign.is_whitespace() || sign == '-' {
        return;
    }
    let mut parts = text[1 + sign.len_utf8()..].split(sign);
    let (Some(pattern), Some(new)) = (parts.next(), parts.next()) else { return };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_about_secret = pattern
        .split(|c| !is_name(c))
        .any(|name| hides_value(name.trim_matches(|c: char| !c.is_alphanumeric())));
    if is_about_secret && new.len() < MOST_NEW {
        let start = 1 + 2 * sign.len_utf8() + pattern.len();
        // `PASSWORD=hunter2`, `requirepass hunter2`
        let from = match new.rfind(['=', ':']).or_else(|| new.find(' ')) {
            Some(at) => at + 1,
            None => 0,
        };
        if new[from..].trim().contains(' ') {
            return;
        }
        let bare = new[from..].trim_matches(['"', '\'', '\\']);
        let lead = new[from..].find(bare).unwrap_or(0);
        let from = start + from + lead;
        hide(word, from..from + bare.len(), found);
    }
}

/// No password is longer.
const MOST_NEW: usize = 256;

fn hide<W: CommandWord>(word: &W, range: Range<usize>, found: &mut Vec<Span>) {
    let Some(value) = word.text().get(range.clone()) else { return };
    for part in hidden_parts(value, Dollar::Unknown) {
        found.push(word.span(range.start + part.start..range.start + part.end));
    }
}
