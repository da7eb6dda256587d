//! Where a value ends that no parser has read.

use std::ops::Range;

/// The byte that closes a quote opened before `from`, or the end of the line. A line that goes on
/// behind `\` is the same line.
pub(super) fn closing_quote(bytes: &[u8], from: usize, quote: u8) -> (usize, bool) {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\n' => return (at, false),
            _ if byte == quote => return (at, true),
            _ => at += 1,
        }
    }
    (bytes.len(), false)
}

/// The word of a shell, a setting or a query that begins at `at`: quotes belong to it, blanks in
/// them, too. `around` is the quote in which the whole stands.
pub(super) fn word(text: &str, at: usize, around: Option<u8>) -> Range<usize> {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if bytes.get(end + 1) == Some(&b'\n') => {
                // Only what begins the next line goes on with the word.
                if bytes.get(end + 2).is_none_or(u8::is_ascii_whitespace) {
                    break;
                }
                end += 2;
            }
            b'\\' if around.is_some() && bytes.get(end + 1) == around.as_ref() => break,
            b'\\' => end += 2,
            _ if byte.is_ascii_whitespace() => break,
            b'"' | b'\'' | b'`' if around == Some(byte) => break,
            b'"' | b'\'' | b'`' => match closing_quote(bytes, end + 1, byte) {
                (close, true) => end = close + 1,
                (_, false) => end += 1,
            },
            b'$' if bytes.get(end + 1) == Some(&b'(') => end = bracket(bytes, end + 1),
            _ => end += 1,
        }
    }
    trimmed(text, at..end.min(bytes.len()))
}

/// Where `$(…)` that opens at `open` ends, on its line.
fn bracket(bytes: &[u8], open: usize) -> usize {
    const FURTHEST: usize = 256;
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate().skip(open).take(FURTHEST) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return at + 1,
            b')' => depth = depth.saturating_sub(1),
            b'\n' => return at,
            _ => {}
        }
    }
    open + 1
}

/// A word without the quotes around all of it, and without the signs of the sentence or list that
/// it ends.
pub(super) fn trimmed(text: &str, word: Range<usize>) -> Range<usize> {
    let Range { start, mut end } = word;
    let whole = text.get(start..end).unwrap_or_default();
    let opens = |open: char| whole.contains(open);
    let (is_round, is_square, is_curly) = (opens('('), opens('['), opens('{'));
    let is_odd = |quote: char| whole.matches(quote).count() == 1 && whole.len() > 1;
    let (is_double, is_single) = (is_odd('"'), is_odd('\''));
    let is_sign = |letter: char| match letter {
        ';' | ',' | '&' | '|' => true,
        ')' => !is_round,
        ']' => !is_square,
        '}' => !is_curly,
        '"' => is_double,
        '\'' => is_single,
        _ => false,
    };
    end -= whole.len() - whole.trim_end_matches(is_sign).len();
    unquoted(text, start..end)
}

/// The inside of one pair of quotes.
pub(super) fn unquoted(text: &str, word: Range<usize>) -> Range<usize> {
    let inner = text.get(word.clone()).unwrap_or_default();
    for quote in ['"', '\''] {
        let bare = inner.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if bare.is_some_and(|bare| !bare.contains(quote)) {
            return word.start + 1..word.end - 1;
        }
    }
    word
}
