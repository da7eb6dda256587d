//! Patterns of paths in `[per-file-ignores]`.
//!
//! `*` stands for any characters but `/`, `**` for any at all, `?` for one that is no `/`. A pattern
//! without `/` is looked for in every folder; one that ends in `/` means all that lies below.

/// A pattern, ready to be compared.
#[derive(Debug)]
pub(super) struct Glob {
    tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Letter(char),
    /// `?`
    One,
    /// `*`
    Some,
    /// `**`
    All,
    /// `**/`: any folders, or none.
    Folders,
}

impl Glob {
    pub(super) fn new(pattern: &str) -> Glob {
        let mut tokens = Vec::new();
        let body = pattern.strip_prefix("./").or(pattern.strip_prefix('/')).unwrap_or(pattern);
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
                letter => (Token::Letter(letter), letter.len_utf8()),
            };
            tokens.push(token);
            rest = &rest[length..];
        }
        if body.ends_with('/') {
            tokens.push(Token::All);
        }
        Glob { tokens }
    }

    /// Whether the whole of `path` (with `/`) is meant.
    pub(super) fn matches(&self, path: &str) -> bool {
        let letters: Vec<char> = path.chars().collect();
        // reached[n]: the tokens so far can stand for the first n letters.
        let mut reached = vec![false; letters.len() + 1];
        reached[0] = true;
        for &token in &self.tokens {
            let mut next = vec![false; letters.len() + 1];
            // Whether a token of any length began at or before this place.
            let mut is_open = false;
            for at in 0..=letters.len() {
                let letter = at.checked_sub(1).map(|before| letters[before]);
                let from_before = at > 0 && reached[at - 1];
                match token {
                    Token::Letter(wanted) => next[at] = from_before && letter == Some(wanted),
                    Token::One => next[at] = from_before && letter != Some('/'),
                    Token::All | Token::Some => {
                        is_open &= token == Token::All || letter != Some('/');
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
        ];
        for (pattern, path, is_meant) in cases {
            assert_eq!(Glob::new(pattern).matches(path), is_meant, "{pattern} {path}");
        }
    }

    #[test]
    fn a_hostile_pattern_costs_little() {
        assert!(!Glob::new(&"*a".repeat(200)).matches(&"b".repeat(5000)));
    }
}
