//! Patterns of paths in `[per-file-ignores]`.
//!
//! `*` stands for any characters but `/`, `**` for any at all, `?` for one that is no `/`, `[a-z]`
//! for one of a set (`[!a]` for one that is not in it), `{a,b}` for one of several texts; `\` takes
//! these letters as they are. A pattern without `/` is looked for in every folder; one that ends in
//! `/` means all that lies below.

use plimsoll::text::{Text, text};

/// A pattern, ready to be compared.
#[derive(Debug)]
pub(super) struct Glob {
    /// What each choice of the texts in braces gives.
    alternatives: Vec<Vec<Token>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Letter(char),
    /// `?`
    One,
    /// `[…]`
    Set {
        ranges: Vec<(char, char)>,
        is_negated: bool,
    },
    /// `*`
    Some,
    /// `**`
    All,
    /// `**/`: any folders, or none.
    Folders,
}

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GlobError {
    Empty,
    Negated,
    OpenSet,
    Range,
    OpenBrace,
    CloseBrace,
    Backslash,
    TooMany,
}

impl GlobError {
    pub(super) fn text(self) -> Text {
        match self {
            GlobError::Empty => text(
                "the pattern `{pattern}` is empty and matches no file",
                "模式 `{pattern}` 为空，不匹配任何文件",
            ),
            GlobError::Negated => text(
                "`!` before a pattern is not supported (`{pattern}`); for a file of that name write `\\!`",
                "不支持在模式前写 `!`（`{pattern}`）；若文件名以 `!` 开头，请写 `\\!`",
            ),
            GlobError::OpenSet => {
                text("`[` is never closed in `{pattern}`", "`{pattern}` 中的 `[` 没有闭合")
            }
            GlobError::Range => text(
                "a range in `[…]` of `{pattern}` ends before it begins",
                "`{pattern}` 的 `[…]` 中有起点大于终点的范围",
            ),
            GlobError::OpenBrace => {
                text("`{` is never closed in `{pattern}`", "`{pattern}` 中的 `{` 没有闭合")
            }
            GlobError::CloseBrace => {
                text("`}` closes no brace in `{pattern}`", "`{pattern}` 中的 `}` 没有对应的 `{`")
            }
            GlobError::Backslash => text(
                "nothing stands behind the last `\\` of `{pattern}`; folders are separated by `/`",
                "`{pattern}` 末尾的 `\\` 后面没有内容；文件夹之间请用 `/` 分隔",
            ),
            GlobError::TooMany => text(
                "the braces of `{pattern}` give more than {most} patterns",
                "`{pattern}` 的花括号展开后超过 {most} 个模式",
            ),
        }
    }
}

/// More patterns than this are not made of one with braces.
pub(super) const MOST_ALTERNATIVES: usize = 256;

impl Glob {
    pub(super) fn new(pattern: &str) -> Result<Glob, GlobError> {
        if pattern.starts_with('!') {
            return Err(GlobError::Negated);
        }
        let plain = choices(pattern)?;
        let alternatives = plain.iter().map(|pattern| tokens(pattern));
        Ok(Glob { alternatives: alternatives.collect::<Result<_, _>>()? })
    }

    /// Whether the whole of `path` (with `/`) is meant.
    pub(super) fn matches(&self, path: &str) -> bool {
        let letters: Vec<char> = path.chars().collect();
        self.alternatives.iter().any(|tokens| fits(tokens, &letters))
    }
}

/// The patterns that `pattern` stands for once a text of each brace is chosen.
fn choices(pattern: &str) -> Result<Vec<String>, GlobError> {
    // For each open brace what stands before it, and the texts in it that are finished.
    let mut open: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let mut texts = vec![String::new()];
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\\' => 1 + rest.chars().nth(1).ok_or(GlobError::Backslash)?.len_utf8(),
            '[' => set(rest)?.1,
            letter => letter.len_utf8(),
        };
        let (part, behind) = rest.split_at(length);
        rest = behind;
        match (part, open.last_mut()) {
            ("{", _) => open.push((std::mem::replace(&mut texts, vec![String::new()]), Vec::new())),
            (",", Some((_, done))) => {
                done.append(&mut texts);
                texts.push(String::new());
            }
            ("}", None) => return Err(GlobError::CloseBrace),
            ("}", Some((before, done))) => {
                done.append(&mut texts);
                let joined =
                    before.iter().flat_map(|a| done.iter().map(move |b| format!("{a}{b}")));
                texts = joined.take(MOST_ALTERNATIVES + 1).collect();
                open.pop();
            }
            (part, _) => texts.iter_mut().for_each(|text| text.push_str(part)),
        }
        let finished = open.last().map_or(0, |(_, done)| done.len());
        if texts.len() + finished > MOST_ALTERNATIVES {
            return Err(GlobError::TooMany);
        }
    }
    if open.is_empty() { Ok(texts) } else { Err(GlobError::OpenBrace) }
}

/// Reads a pattern without braces.
fn tokens(pattern: &str) -> Result<Vec<Token>, GlobError> {
    let mut tokens = Vec::new();
    let body = pattern.strip_prefix("./").or(pattern.strip_prefix('/')).unwrap_or(pattern);
    if body.trim_end_matches('/').is_empty() {
        return Err(GlobError::Empty);
    }
    if !pattern.trim_end_matches('/').contains('/') {
        tokens.push(Token::Folders);
    }
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '*' if rest.starts_with("**/") => (Token::Folders, 3),
            '*' if rest.starts_with("**") => (Token::All, 2),
            '*' => (Token::Some, 1),
            '?' => (Token::One, 1),
            '[' => set(rest)?,
            '\\' => {
                let letter = rest.chars().nth(1).ok_or(GlobError::Backslash)?;
                (Token::Letter(letter), 1 + letter.len_utf8())
            }
            letter => (Token::Letter(letter), letter.len_utf8()),
        };
        tokens.push(token);
        rest = &rest[length..];
    }
    if body.ends_with('/') {
        tokens.push(Token::All);
    }
    Ok(tokens)
}

/// The set that `text` begins with, and its length.
fn set(text: &str) -> Result<(Token, usize), GlobError> {
    let mut letters = text.char_indices().skip(1).peekable();
    let is_negated = letters.next_if(|(_, letter)| matches!(letter, '!' | '^')).is_some();
    let mut ranges: Vec<(char, char)> = Vec::new();
    while let Some((at, letter)) = letters.next() {
        let first = match letter {
            ']' if !ranges.is_empty() => {
                return Ok((Token::Set { ranges, is_negated }, at + 1));
            }
            '\\' => letters.next().ok_or(GlobError::OpenSet)?.1,
            letter => letter,
        };
        // `-` before the closing bracket is a letter.
        let mut ahead = letters.clone();
        let is_range = ahead.next().is_some_and(|(_, letter)| letter == '-')
            && ahead.next().is_some_and(|(_, letter)| letter != ']');
        let mut last = first;
        if is_range {
            letters.next();
            last = match letters.next() {
                Some((_, '\\')) => letters.next().ok_or(GlobError::OpenSet)?.1,
                Some((_, letter)) => letter,
                None => return Err(GlobError::OpenSet),
            };
        }
        if last < first {
            return Err(GlobError::Range);
        }
        ranges.push((first, last));
    }
    Err(GlobError::OpenSet)
}

fn fits(tokens: &[Token], letters: &[char]) -> bool {
    // reached[n]: the tokens so far can stand for the first n letters.
    let mut reached = vec![false; letters.len() + 1];
    reached[0] = true;
    for token in tokens {
        let mut next = vec![false; letters.len() + 1];
        // Whether a token of any length began at or before this place.
        let mut is_open = false;
        for at in 0..=letters.len() {
            let letter = at.checked_sub(1).map(|before| letters[before]);
            let from_before = at > 0 && reached[at - 1];
            match token {
                Token::Letter(wanted) => next[at] = from_before && letter == Some(*wanted),
                Token::One => next[at] = from_before && letter != Some('/'),
                Token::Set { ranges, is_negated } => {
                    let is_in = letter.is_some_and(|letter| {
                        ranges.iter().any(|&(first, last)| (first..=last).contains(&letter))
                    });
                    next[at] = from_before && letter != Some('/') && is_in != *is_negated;
                }
                Token::All | Token::Some => {
                    is_open &= *token == Token::All || letter != Some('/');
                    is_open |= reached[at];
                    next[at] = is_open;
                }
                Token::Folders => {
                    next[at] = reached[at] || (is_open && letter == Some('/'));
                    is_open |= reached[at];
                }
            }
        }
        reached = next;
    }
    reached.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_the_paths_that_its_notes_say() {
        let cases = [
            ("Dockerfile", "Dockerfile", true),
            ("Dockerfile", "a/b/Dockerfile", true),
            ("Dockerfile", "a/Dockerfile.dev", false),
            ("Dockerfile", "aDockerfile", false),
            ("*.dockerfile", "a/b/x.dockerfile", true),
            ("a/*.dockerfile", "a/x.dockerfile", true),
            ("a/*.dockerfile", "a/b/x.dockerfile", false),
            ("a/**/x", "a/x", true),
            ("a/**/x", "a/b/c/x", true),
            ("a/**", "a/b/c", true),
            ("**/a/x", "b/a/x", true),
            ("/a", "a", true),
            ("./a/x", "a/x", true),
            ("docs/", "docs/a/x", true),
            ("docs/", "b/docs/x", true),
            ("docs/", "docs", false),
            ("a?c/x", "abc/x", true),
            ("a?c", "a/c", false),
            ("端*", "端口", true),
            ("[ab].json", "x/b.json", true),
            ("[ab].json", "c.json", false),
            ("[!ab].json", "c.json", true),
            ("[^ab].json", "a.json", false),
            ("[a-cx-]", "b", true),
            ("[a-cx-]", "-", true),
            ("[a-cx-]", "d", false),
            ("[]a]", "]", true),
            ("[!]]x", "ax", true),
            ("[!!]x", "!x", false),
            ("a/[!b]c", "a//c", false),
            ("a/[{,}]", "a/{", true),
            ("{a,b}/*.json", "b/x.json", true),
            ("{a,b}/*.json", "c/x.json", false),
            ("{a,b/c,}x", "x", true),
            ("{a,b{1,2}}.c", "b2.c", true),
            ("{a,b{1,2}}.c", "b.c", false),
            ("a,b", "a,b", true),
            (r"\*", "*", true),
            (r"\*", "a", false),
            (r"\{a,b\}", "{a,b}", true),
            (r"\!a", "!a", true),
            (r"[\]\\]", "]", true),
        ];
        for (pattern, path, is_meant) in cases {
            assert_eq!(Glob::new(pattern).unwrap().matches(path), is_meant, "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for (pattern, error) in [
            ("", GlobError::Empty),
            ("/", GlobError::Empty),
            ("./", GlobError::Empty),
            ("{,a}", GlobError::Empty),
            ("!a", GlobError::Negated),
            ("[", GlobError::OpenSet),
            ("a[b", GlobError::OpenSet),
            ("[]", GlobError::OpenSet),
            ("[!", GlobError::OpenSet),
            ("[a-", GlobError::OpenSet),
            ("[z-a]", GlobError::Range),
            ("**{", GlobError::OpenBrace),
            ("{a,b", GlobError::OpenBrace),
            ("a}", GlobError::CloseBrace),
            ("a\\", GlobError::Backslash),
            (&"{a,b}".repeat(40), GlobError::TooMany),
        ] {
            assert_eq!(Glob::new(pattern).unwrap_err(), error, "{pattern}");
        }
    }

    #[test]
    fn a_hostile_pattern_costs_little() {
        let glob = Glob::new(&"*a".repeat(200)).unwrap();
        assert!(!glob.matches(&"b".repeat(5000)));
        let wide = format!("{{{}}}", ",".repeat(100_000));
        assert_eq!(Glob::new(&wide).unwrap_err(), GlobError::TooMany);
        assert_eq!(Glob::new(&"{".repeat(100_000)).unwrap_err(), GlobError::OpenBrace);
        let nested = format!("{}a{}", "{".repeat(50_000), "}".repeat(50_000));
        assert!(Glob::new(&nested).unwrap().matches("a"));
    }
}
