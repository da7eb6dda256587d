//! Regular expressions of `AllowedPattern`, as far as they are a line of letters and classes: most
//! are. No more than can be judged without doubt.

/// One piece of a pattern and how often it stands.
struct Piece {
    kind: Kind,
    least: usize,
    most: usize,
}

enum Kind {
    /// Any character but a line end.
    Any,
    /// One of these, or none of these.
    Class { ranges: Vec<(char, char)>, is_negated: bool },
}

/// A longer text or pattern is not judged.
const LONGEST: usize = 256;

/// Whether the whole of `text` matches `pattern`; `None` where the pattern does not say it of the
/// whole (`^…$`), or is of a kind that is not read: groups, alternatives, look-around.
pub fn matches(pattern: &str, text: &str) -> Option<bool> {
    if pattern.len() > LONGEST || text.len() > LONGEST {
        return None;
    }
    let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let pieces = read(inner)?;
    let letters: Vec<char> = text.chars().collect();
    Some(run(&pieces, &letters))
}

fn read(pattern: &str) -> Option<Vec<Piece>> {
    let mut letters = pattern.chars().peekable();
    let mut pieces = Vec::new();
    while let Some(letter) = letters.next() {
        let kind = match letter {
            '(' | ')' | '|' | '^' | '$' | '*' | '+' | '?' | '{' => return None,
            '.' => Kind::Any,
            '[' => class(&mut letters)?,
            '\\' => {
                let mut ranges = Vec::new();
                escape(letters.next()?, &mut ranges)?;
                Kind::Class { ranges, is_negated: false }
            }
            letter => Kind::Class { ranges: vec![(letter, letter)], is_negated: false },
        };
        let (least, most) = match letters.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => {
                let text: String = letters.by_ref().skip(1).take_while(|one| *one != '}').collect();
                pieces.push(Piece { kind, ..bounds(&text)? });
                if letters.peek().is_some_and(|one| matches!(one, '?' | '+' | '*')) {
                    return None;
                }
                continue;
            }
            _ => (1, 1),
        };
        if (least, most) != (1, 1) {
            letters.next();
            // `a*?` asks for as few as may be; the whole matches just as well, but rarely is meant.
            if letters.peek().is_some_and(|one| matches!(one, '?' | '+' | '*')) {
                return None;
            }
        }
        pieces.push(Piece { kind, least, most });
    }
    Some(pieces)
}

/// `3`, `3,`, `3,5`.
fn bounds(text: &str) -> Option<Piece> {
    let number = |text: &str| text.parse::<usize>().ok();
    let (least, most) = match text.split_once(',') {
        None => (number(text)?, number(text)?),
        Some((least, "")) => (number(least)?, usize::MAX),
        Some((least, most)) => (number(least)?, number(most)?),
    };
    Some(Piece { kind: Kind::Any, least, most })
}

/// What stands behind `[`.
fn class(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Kind> {
    let is_negated = letters.next_if_eq(&'^').is_some();
    let mut ranges: Vec<(char, char)> = Vec::new();
    let mut is_first = true;
    loop {
        let letter = letters.next()?;
        match letter {
            ']' if !is_first => return Some(Kind::Class { ranges, is_negated }),
            '[' if letters.peek() == Some(&':') => return None,
            '\\' => escape(letters.next()?, &mut ranges)?,
            '-' if !is_first && letters.peek().is_some_and(|next| *next != ']') => {
                let (start, end) = ranges.pop()?;
                let last = match letters.next()? {
                    '\\' => letters.next().filter(|one| !one.is_alphanumeric())?,
                    last => last,
                };
                // Behind a range or a class, a dash is a dash.
                if start != end {
                    ranges.extend([(start, end), ('-', '-'), (last, last)]);
                } else {
                    ranges.push((start, last));
                }
            }
            letter => ranges.push((letter, letter)),
        }
        is_first = false;
    }
}

/// What `\` and `letter` stand for.
fn escape(letter: char, ranges: &mut Vec<(char, char)>) -> Option<()> {
    match letter {
        'd' => ranges.push(('0', '9')),
        'w' => ranges.extend([('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]),
        's' => ranges.extend([(' ', ' '), ('\t', '\r')]),
        'n' => ranges.push(('\n', '\n')),
        't' => ranges.push(('\t', '\t')),
        letter if letter.is_alphanumeric() => return None,
        letter => ranges.push((letter, letter)),
    }
    Some(())
}

/// Follows every way through the pieces at once, so that no text takes long.
fn run(pieces: &[Piece], letters: &[char]) -> bool {
    let mut reached = vec![false; letters.len() + 1];
    reached[0] = true;
    for piece in pieces {
        let mut next = vec![false; letters.len() + 1];
        for start in (0..reached.len()).filter(|&at| reached[at]) {
            let fitting = letters[start..].iter().take_while(|one| piece.kind.takes(**one)).count();
            let most = fitting.min(piece.most);
            for length in piece.least..=most {
                next[start + length] = true;
            }
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

impl Kind {
    fn takes(&self, letter: char) -> bool {
        match self {
            Kind::Any => letter != '\n',
            Kind::Class { ranges, is_negated } => {
                ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)) != *is_negated
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_patterns_are_judged_and_others_are_not() {
        let cases = [
            ("^[a-z][a-z0-9-]{1,5}$", "ab-1", Some(true)),
            ("^[a-z][a-z0-9-]{1,5}$", "1b", Some(false)),
            ("^[a-z][a-z0-9-]{1,5}$", "abcdefg", Some(false)),
            (r"^\d+\.\d*$", "12.", Some(true)),
            (r"^[^\s/]+$", "a b", Some(false)),
            (r"^[a-zA-Z0-9-\(\)\[\]\/]*$", "a-(]/", Some(true)),
            ("^.{2}$", "端口", Some(true)),
            ("^a?b$", "b", Some(true)),
            ("^(a|b)$", "a", None),
            ("^(?=a).*$", "a", None),
            ("[a-z]+", "1", None),
            ("^a*?$", "", None),
            ("^[a", "", None),
            ("^$", "", Some(true)),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
