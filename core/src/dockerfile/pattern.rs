//! The patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`.

/// One sign of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `*`
    Any,
    /// `?`
    One,
    /// The character itself.
    Letter(char),
}

/// A pattern; `None` where an escape in it means nothing.
pub(super) fn read(pattern: &str) -> Option<Vec<Sign>> {
    let mut signs = Vec::new();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        signs.push(match character {
            '*' => Sign::Any,
            '?' => Sign::One,
            '\\' => match characters.peek() {
                // These need the escape inside of `${}`; it is no part of the pattern.
                Some('}' | '/') => continue,
                Some(&escaped @ ('*' | '?' | '\\')) => {
                    characters.next();
                    Sign::Letter(escaped)
                }
                _ => return None,
            },
            _ => Sign::Letter(character),
        });
    }
    Some(signs)
}

/// The most steps that a match may take; values and patterns are short, and where they are not,
/// nothing is told.
const MOST_STEPS: usize = 1 << 20;

/// How many characters at the start of `text` the pattern matches: as few or as many as may be.
fn prefix(text: &[char], pattern: &[Sign], longest: bool) -> Option<usize> {
    // The signs that may come next, all at once.
    let mut next = vec![false; pattern.len() + 1];
    next[0] = true;
    let mut best = None;
    for taken in 0..=text.len() {
        for at in 0..pattern.len() {
            if next[at] && pattern[at] == Sign::Any {
                next[at + 1] = true;
            }
        }
        if next[pattern.len()] {
            best = Some(taken);
            if !longest {
                return best;
            }
        }
        let Some(&character) = text.get(taken) else { break };
        let mut after = vec![false; pattern.len() + 1];
        let mut goes_on = false;
        for at in (0..pattern.len()).filter(|&at| next[at]) {
            let to = match pattern[at] {
                // A line end is matched only by itself.
                Sign::Any if character != '\n' => at,
                Sign::One if character != '\n' => at + 1,
                Sign::Letter(letter) if letter == character => at + 1,
                _ => continue,
            };
            after[to] = true;
            goes_on = true;
        }
        if !goes_on {
            break;
        }
        next = after;
    }
    best
}

fn is_short(text: &[char], pattern: &[Sign]) -> bool {
    text.len().saturating_mul(pattern.len() + 1) <= MOST_STEPS
}

/// `value` without the start that the pattern matches; `None` where that would take too long.
pub(super) fn without_prefix(value: &str, pattern: &[Sign], longest: bool) -> Option<String> {
    let text: Vec<char> = value.chars().collect();
    if !is_short(&text, pattern) {
        return None;
    }
    let taken = prefix(&text, pattern, longest).unwrap_or(0);
    Some(text[taken..].iter().collect())
}

/// `value` without the end that the pattern matches; `None` where that would take too long.
pub(super) fn without_suffix(value: &str, pattern: &[Sign], longest: bool) -> Option<String> {
    let text: Vec<char> = value.chars().rev().collect();
    if !is_short(&text, pattern) {
        return None;
    }
    let pattern: Vec<Sign> = pattern.iter().rev().copied().collect();
    let taken = prefix(&text, &pattern, longest).unwrap_or(0);
    Some(text[taken..].iter().rev().collect())
}

/// `value` with what the pattern matches replaced, once or everywhere; `None` where that would
/// take too long.
pub(super) fn replace(value: &str, pattern: &[Sign], with: &str, all: bool) -> Option<String> {
    let text: Vec<char> = value.chars().collect();
    // Each character may be where a match begins.
    let is_short =
        text.len().saturating_mul(text.len()).saturating_mul(pattern.len() + 1) <= MOST_STEPS * 8;
    // The builder reads `$1` and the like in the new text in a way of its own.
    if !is_short || (all && with.contains('$')) {
        return None;
    }
    let mut out = String::new();
    let mut at = 0;
    let mut last_end = 0;
    while at <= text.len() {
        let Some(taken) = prefix(&text[at..], pattern, true) else {
            out.extend(text.get(at));
            at += 1;
            continue;
        };
        // Nothing, right behind a match, is no match.
        if taken > 0 || at == 0 || at > last_end {
            out.push_str(with);
        }
        last_end = at + taken;
        if taken == 0 {
            out.extend(text.get(at));
            at += 1;
        } else {
            at = last_end;
        }
        if !all {
            break;
        }
    }
    out.extend(text.get(at..).unwrap_or_default());
    Some(out)
}
