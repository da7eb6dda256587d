//! The values of secrets, looked for in sentences that are made of a document.

use std::borrow::Cow;

use crate::credential::REDACTED;
use crate::text::Span;

/// Values that no sentence may repeat.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    /// In order, so that of those that begin alike the longest comes last.
    values: Vec<String>,
    /// For each value the longest other that it begins with.
    shorter: Vec<Option<usize>>,
    /// Bits of the first two bytes of every value: most places of a sentence end here.
    starts: Vec<u64>,
}

/// A shorter value is likely to be a word of the sentence itself.
const LEAST_BYTES: usize = 4;

/// Fewer bytes of a value that is cut off may be any word.
const LEAST_OF_CUT: usize = 12;

impl Shown {
    /// Of `values`, those that are too short left out.
    pub(crate) fn new(mut values: Vec<String>) -> Shown {
        values.retain(|value| value.len() >= LEAST_BYTES);
        values.sort_unstable();
        values.dedup();
        let mut starts = vec![0; 65_536 / 64];
        let mut shorter = Vec::with_capacity(values.len());
        for index in 0..values.len() {
            let value: &str = &values[index];
            let mut before = index.checked_sub(1);
            while let Some(at) = before
                && !value.starts_with(values[at].as_str())
            {
                before = shorter[at];
            }
            shorter.push(before);
            let (word, bit) = start(value.as_bytes());
            starts[word] |= bit;
        }
        if values.is_empty() {
            starts.clear();
        }
        Shown { values, shorter, starts }
    }

    /// The same, and of those that no sentence holds as words what another case makes of them: a fix
    /// may write them so.
    pub(crate) fn in_any_case(mut values: Vec<String>) -> Shown {
        let distinct = values.iter().filter(|value| is_distinct(value));
        let others: Vec<String> = distinct
            .flat_map(|value| [value.to_ascii_lowercase(), value.to_ascii_uppercase()])
            .collect();
        values.extend(others);
        Shown::new(values)
    }

    /// `text` with a mask for each value in it.
    pub(crate) fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut out = String::new();
        let mut kept = 0;
        let mut at = 0;
        while at < text.len() {
            match self.at(text, at) {
                Some(length) => {
                    out.push_str(&text[kept..at]);
                    out.push_str(REDACTED);
                    at += length;
                    kept = at;
                }
                None => at += 1,
            }
        }
        if kept == 0 && out.is_empty() {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[kept..]);
        Cow::Owned(out)
    }

    /// Where values stand in `text`.
    pub(crate) fn places(&self, text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() && !self.values.is_empty() {
            match self.at(text, at) {
                Some(length) => {
                    found.push(Span::new(at, at + length));
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The values, in order.
    pub(crate) fn values(&self) -> &[String] {
        &self.values
    }

    /// The values, in order.
    pub(crate) fn into_values(self) -> Vec<String> {
        self.values
    }

    /// Whether a value is in `text`.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        (0..text.len()).any(|at| self.at(text, at).is_some())
    }

    /// How long the longest value at `at` is.
    fn at(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.as_bytes().get(at..at + LEAST_BYTES)?;
        let (word, bit) = start(rest);
        if self.starts.get(word)? & bit == 0 || !text.is_char_boundary(at) {
            return None;
        }
        let rest = &text[at..];
        let mut index = self.values.partition_point(|value| value.as_str() <= rest).checked_sub(1);
        while let Some(found) = index {
            let value = &self.values[found];
            if rest.starts_with(value.as_str()) {
                // A word of letters alone may be part of another word.
                return (!is_part(text, at, value)).then_some(value.len());
            }
            index = self.shorter[found];
        }
        self.cut_at(rest)
    }

    /// How long the beginning of a value is that a sentence which shows no more of it ends in.
    fn cut_at(&self, rest: &str) -> Option<usize> {
        let cut = rest.trim_end_matches(['`', '\u{2026}', '"', '\'']);
        let index = self.values.partition_point(|value| value.as_str() < cut);
        let is_cut = cut.len() >= LEAST_OF_CUT
            && self.values.get(index).is_some_and(|value| value.starts_with(cut));
        is_cut.then_some(cut.len())
    }
}

/// Whether `value` is no word that a sentence may hold in another case.
fn is_distinct(value: &str) -> bool {
    const LONG: usize = 8;
    value.len() >= LONG && value.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a short word of letters at `at` is only a part of a longer one.
fn is_part(text: &str, at: usize, value: &str) -> bool {
    const LONG: usize = 8;
    let is_word = value.len() < LONG && value.bytes().all(|byte| byte.is_ascii_lowercase());
    let joins = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_lowercase());
    is_word
        && (joins(text[..at].chars().next_back()) && joins(text[at + value.len()..].chars().next()))
}

fn start(bytes: &[u8]) -> (usize, u64) {
    let pair = usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
    (pair / 64, 1 << (pair % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_masked_wherever_it_stands() {
        let values =
            ["hunter2", "hunter", "hunter22x", "端口端口", "abc"].map(str::to_owned).to_vec();
        let shown = Shown::new(values);
        for (text, masked) in [
            ("", ""),
            ("the image `hunter2`", "the image `••••`"),
            ("xhunter22xx", "x••••x"),
            ("hunter hunter22", "•••• ••••2"),
            ("在端口端口端", "在••••端"),
            ("abc", "abc"),
            ("hunte", "hunte"),
        ] {
            assert_eq!(shown.mask(text), masked);
            assert_eq!(shown.is_in(text), text != masked);
        }
        let long = Shown::new(vec!["hunter2-hunter2-hunter2".to_owned()]);
        assert_eq!(long.mask("`\"hunter2-hunter2-…` is odd"), "`\"hunter2-hunter2-…` is odd");
        assert_eq!(long.mask("`\"hunter2-hunter2-`"), "`\"••••`");
        assert_eq!(long.mask("hunter2-hunter2…"), "••••…");
        assert_eq!(Shown::new(Vec::new()).mask("hunter2"), "hunter2");
    }

    #[test]
    fn a_word_of_letters_is_no_part_of_another() {
        let shown = Shown::new(vec!["test".to_owned()]);
        assert_eq!(shown.mask("latests test contest"), "latests •••• con••••");
    }
}
