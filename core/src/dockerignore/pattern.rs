//! One pattern, and what it matches.

use crate::text::{Span, Text, text};

/// A line of a `.dockerignore`.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Where it stands, `!` included.
    pub span: Span,
    /// The pattern as the builder takes it: without `!`, blanks, `./` and slashes at its ends.
    pub text: String,
    /// Whether it takes back what was left out (`!`).
    pub is_negated: bool,
    tokens: Vec<Token>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Itself.
    Letter(char),
    /// `?`: any but a slash.
    One,
    /// `*`: any number of any but a slash.
    Star,
    /// `**` at the end: anything.
    Rest,
    /// `**` elsewhere: any number of folders.
    Folders,
    /// `[a-z]`, `[^a-z]`.
    Class { is_negated: bool, ranges: Vec<(char, char)> },
}

const BROKEN_CLASS: Text = text(
    "`{pattern}` is no pattern: its `[` is never closed, or holds nothing",
    "`{pattern}` 不是有效模式：`[` 没有闭合或内容为空",
);

const BROKEN_ESCAPE: Text = text(
    "`{pattern}` is no pattern: nothing stands behind its last `\\`",
    "`{pattern}` 不是有效模式：最后的 `\\` 后面没有字符",
);

impl Pattern {
    /// Reads a line without the blanks around it; the error is a sentence with `{pattern}`.
    pub(super) fn read(written: &str, span: Span) -> Result<Pattern, Text> {
        let (body, is_negated) = match written.strip_prefix('!') {
            Some(rest) => (rest.trim(), true),
            None => (written, false),
        };
        if body.is_empty() {
            return Err(super::ALONE);
        }
        let cleaned = clean(body);
        let text = match cleaned.strip_prefix('/') {
            Some(rest) if !rest.is_empty() => rest.to_owned(),
            _ => cleaned,
        };
        let tokens = tokens(&text)?;
        Ok(Pattern { span, text, is_negated, tokens })
    }

    /// Whether it matches `path`, or a folder that `path` lies in.
    pub fn matches_or_parent(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.matches(path)
            || path
                .match_indices('/')
                .any(|(at, _)| path.get(..at).is_some_and(|p| self.matches(p)))
    }

    /// Whether it matches all that lies at the top of the context.
    pub(super) fn is_everything(&self) -> bool {
        !self.is_negated && matches!(self.text.as_str(), "." | "*" | "**" | "**/*")
    }

    /// Whether it may match something at or below `path`.
    pub(super) fn may_lie_below(&self, path: &str) -> bool {
        let has_wildcard = self.tokens.iter().any(|token| !matches!(token, Token::Letter(_)));
        let is_below = self.text.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        path == "." || has_wildcard || is_below
    }

    /// Whether it leads out of the context, where nothing is.
    pub fn leads_out(&self) -> bool {
        self.text == ".." || self.text.starts_with("../")
    }

    /// Follows all ways to match at once, so that no pattern takes long.
    fn matches(&self, path: &str) -> bool {
        let count = self.tokens.len();
        // At each token: whether it may come next, and whether a `**` has taken a letter already.
        let mut next = vec![false; count + 1];
        let mut inside = vec![false; count + 1];
        next[0] = true;
        self.skip_empty(&mut next);
        for character in path.chars() {
            let mut after = vec![false; count + 1];
            let mut after_inside = vec![false; count + 1];
            for (at, token) in self.tokens.iter().enumerate() {
                if next[at] {
                    match token {
                        Token::Letter(letter) if *letter == character => after[at + 1] = true,
                        Token::One if character != '/' => after[at + 1] = true,
                        Token::Star if character != '/' => after[at] = true,
                        Token::Rest => after[at] = true,
                        Token::Class { is_negated, ranges } => {
                            let holds =
                                |&(low, high): &(char, char)| low <= character && character <= high;
                            after[at + 1] |= ranges.iter().any(holds) != *is_negated;
                        }
                        _ => {}
                    }
                }
                if *token == Token::Folders && (next[at] || inside[at]) {
                    after_inside[at] = true;
                    after[at + 1] |= character == '/';
                }
            }
            self.skip_empty(&mut after);
            next = after;
            inside = after_inside;
        }
        next[count]
    }

    /// Tokens that may match nothing.
    fn skip_empty(&self, next: &mut [bool]) {
        for (at, token) in self.tokens.iter().enumerate() {
            if next[at] && matches!(token, Token::Star | Token::Rest | Token::Folders) {
                next[at + 1] = true;
            }
        }
    }
}

fn tokens(pattern: &str) -> Result<Vec<Token>, Text> {
    let mut found = Vec::new();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        found.push(match character {
            '*' if characters.peek() == Some(&'*') => {
                characters.next();
                if characters.peek() == Some(&'/') {
                    characters.next();
                }
                if characters.peek().is_none() { Token::Rest } else { Token::Folders }
            }
            '*' => Token::Star,
            '?' => Token::One,
            '\\' => Token::Letter(characters.next().ok_or(BROKEN_ESCAPE)?),
            '[' => class(&mut characters).ok_or(BROKEN_CLASS)?,
            other => Token::Letter(other),
        });
    }
    Ok(found)
}

fn class(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Token> {
    let is_negated = characters.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let low = match characters.next()? {
            ']' if !ranges.is_empty() => return Some(Token::Class { is_negated, ranges }),
            ']' | '-' => return None,
            '\\' => characters.next()?,
            other => other,
        };
        let mut high = low;
        if characters.next_if_eq(&'-').is_some() {
            high = match characters.next()? {
                ']' | '-' => return None,
                '\\' => characters.next()?,
                other => other,
            };
        }
        ranges.push((low, high));
    }
}

/// The shortest path that means the same: without `.`, double slashes, and `..` where it can go.
pub fn clean(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if is_rooted => {}
            other => parts.push(other),
        }
    }
    let joined = parts.join("/");
    match (is_rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}
