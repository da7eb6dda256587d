//! The words of one command: a shell's, an exec form's, or a list of arguments in JSON or YAML.

use std::ops::Range;

use super::Found;
use crate::redact::{CommandWord, judge};
use crate::secret::{Dollar, hides_value};
use crate::text::{MappedText, Span};

/// A word and how `$` is read in it.
pub(super) struct Word {
    pub(super) text: MappedText,
    pub(super) dollar: Dollar,
}

impl Word {
    fn letters(&self) -> &str {
        self.text.text()
    }
}

impl CommandWord for Word {
    fn text(&self) -> &str {
        self.text.text()
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.text.span(range.start, range.end)
    }

    fn dollar(&self) -> Dollar {
        self.dollar
    }
}

/// Adds the secrets among `words`; `piped` is what is written into the command. Whether the command
/// reads a password from its input: `Some`, and whether one behind a user's name.
pub(super) fn read(words: &[Word], piped: &[Word], found: &mut Found<'_>) -> Option<bool> {
    let reads = judge(words, piped, &mut found.spans);
    for (at, word) in words.iter().enumerate() {
        match value_in(word.text()) {
            Some(from) => found.hide_from(&word.text, from, word.dollar),
            None => {
                let next = words.get(at + 1).filter(|_| is_option(word.text()));
                if let Some(next) = next.filter(|next| !next.text().starts_with('-')) {
                    found.hide(&next.text, next.dollar);
                }
            }
        }
        let before = at.checked_sub(1).and_then(|before| words.get(before)).map(Word::letters);
        if matches!(before, Some("-H" | "--header"))
            && let Some(from) = header_in(word.letters())
        {
            found.hide_from(&word.text, from, word.dollar);
        }
        if word.text().len() > 5 {
            found.net(&word.text);
        }
    }
    reads
}

/// Where the value begins in `--password=value`, `DB_PASSWORD=value`, `X-Api-Key: value`.
pub(super) fn value_in(word: &str) -> Option<usize> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./".contains(byte);
    let length = word.bytes().take_while(|byte| is_name(byte)).count();
    let sign = word.as_bytes().get(length)?;
    (*sign == b'=' && hides_value(&word[..length])).then_some(length + 1)
}

/// `--password`, `-storepass`: the next word is the value.
fn is_option(word: &str) -> bool {
    let is_long = word.starts_with("--") || word.starts_with('-') && word.len() > 4;
    is_long && !word.contains([':', ' ', '=']) && hides_value(word)
}

/// Where the value begins in a header, behind the scheme of a login.
fn header_in(header: &str) -> Option<usize> {
    const SCHEMES: &[&str] = &["bearer", "basic", "token", "digest", "apikey"];
    let (name, value) = header.split_once(':')?;
    let value = value.trim_start();
    let scheme = value.split(' ').next().unwrap_or_default();
    let has_scheme = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let value = if has_scheme { &value[scheme.len()..] } else { value };
    hides_value(name.trim()).then(|| header.len() - value.trim_start().len())
}
