//! `.dockerignore`: text in, patterns with their places out, and which paths they take out of the
//! build context.
//!
//! Agrees with the builder: patterns in order, the last that matches decides, `!` takes back.
//! Knows no rule and no file system.

mod pattern;

pub use pattern::{Pattern, clean};

use crate::text::{Span, SyntaxError, text};

/// A file of patterns.
#[derive(Clone, Debug, Default)]
pub struct DockerIgnore {
    /// The patterns in their order, without those that cannot be read.
    pub patterns: Vec<Pattern>,
    /// The comments.
    pub comments: Vec<Span>,
}

/// Reads the text of a `.dockerignore`. Never fails; what cannot be read is in the errors.
pub fn parse(source: &str) -> (DockerIgnore, Vec<SyntaxError>) {
    let mut file = DockerIgnore::default();
    let mut errors = Vec::new();
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let bare = line.trim_end_matches(['\n', '\r']);
        let (bare, start) = match bare.strip_prefix('\u{feff}') {
            Some(rest) if start == 0 => (rest, '\u{feff}'.len_utf8()),
            _ => (bare, start),
        };
        // Only in the first column: the builder takes away blanks later.
        if bare.starts_with('#') {
            file.comments.push(Span::new(start, start + bare.len()));
            continue;
        }
        let written = bare.trim();
        if written.is_empty() {
            continue;
        }
        let from = start + (bare.len() - bare.trim_start().len());
        let span = Span::new(from, from + written.len());
        match Pattern::read(written, span) {
            Ok(pattern) => file.patterns.push(pattern),
            Err(words) => errors.push(SyntaxError::new(span, words).arg("pattern", written)),
        }
    }
    (file, errors)
}

impl DockerIgnore {
    /// Whether the file or folder at `path` (relative to the context, with `/`) is left out.
    pub fn excludes(&self, path: &str) -> bool {
        self.decides(path).is_some_and(|pattern| !pattern.is_negated)
    }

    /// The pattern that decides on `path`; `None` where none speaks of it.
    pub fn decides(&self, path: &str) -> Option<&Pattern> {
        let mut last: Option<&Pattern> = None;
        for pattern in &self.patterns {
            let is_excluded = last.is_some_and(|pattern| !pattern.is_negated);
            if pattern.is_negated == is_excluded && pattern.matches_or_parent(path) {
                last = Some(pattern);
            }
        }
        last
    }

    /// The pattern that leaves out `path` and all that lies below it; silent where a later pattern
    /// may take something below it back.
    pub fn excludes_wholly(&self, path: &str) -> Option<&Pattern> {
        let may_take_back =
            self.patterns.iter().any(|pattern| pattern.is_negated && pattern.may_lie_below(path));
        if may_take_back {
            return None;
        }
        if path == "." {
            return self.patterns.iter().find(|pattern| pattern.is_everything());
        }
        self.decides(path).filter(|pattern| !pattern.is_negated)
    }
}

/// What is wrong with a pattern.
pub(crate) const ALONE: crate::text::Text =
    text("`!` takes nothing back: a pattern is missing behind it", "`!` 之后缺少模式");

#[cfg(test)]
mod tests {
    use super::*;

    fn excluded<'a>(source: &str, paths: &[&'a str]) -> Vec<&'a str> {
        let (file, errors) = parse(source);
        assert_eq!(errors, []);
        paths.iter().copied().filter(|path| file.excludes(path)).collect()
    }

    #[test]
    fn patterns_match_as_the_builder_matches_them() {
        let paths = ["a", "a.txt", "d/a.txt", "d/e/a.txt", "d/b", ".env", "x/.env"];
        assert_eq!(excluded("*.txt\n", &paths), ["a.txt"]);
        assert_eq!(excluded("**/*.txt\n", &paths), ["a.txt", "d/a.txt", "d/e/a.txt"]);
        assert_eq!(excluded("*/*.txt\n", &paths), ["d/a.txt"]);
        assert_eq!(excluded("/d/\n", &paths), ["d/a.txt", "d/e/a.txt", "d/b"]);
        assert_eq!(excluded("d/**\n!d/b\n", &paths), ["d/a.txt", "d/e/a.txt"]);
        assert_eq!(excluded("*\n!a*\n!d\nd/e\n", &paths), ["d/e/a.txt", ".env", "x/.env"]);
        assert_eq!(excluded("?.txt\n[a-c]\n", &paths), ["a", "a.txt"]);
        assert_eq!(excluded("[^b].txt\n", &paths), ["a.txt"]);
        assert_eq!(excluded(".env\n", &paths), [".env"]);
        assert_eq!(excluded("**/.env\n", &paths), [".env", "x/.env"]);
        assert_eq!(excluded("\u{feff}# c\n\n  ./a  \r\n", &paths), ["a"]);
    }

    #[test]
    fn what_is_left_out_wholly_is_told_from_what_may_come_back() {
        let wholly = |source: &str, path: &str| parse(source).0.excludes_wholly(path).is_some();
        assert!(wholly("*\n", "."));
        assert!(!wholly(".*\n", "."));
        assert!(!wholly("**\n!Dockerfile\n", "."));
        assert!(wholly("*\n!src\n", "package.json"));
        assert!(!wholly("*\n!src/main\n", "src"));
        assert!(!wholly("*\n!*.json\n", "src"));
        assert!(wholly("dist\n", "dist/app.js"));
    }

    #[test]
    fn bad_patterns_keep_their_place() {
        let (file, errors) = parse("a\n!\n[a\n b\\\n");
        assert_eq!(file.patterns.len(), 1);
        let places: Vec<Span> = errors.iter().map(|error| error.span).collect();
        assert_eq!(places, [Span::new(2, 3), Span::new(4, 6), Span::new(8, 10)]);
    }

    #[test]
    fn many_stars_end_soon() {
        let pattern = format!("{}b\n", "**/*a".repeat(60));
        assert!(!parse(&pattern).0.excludes(&"a/".repeat(500)));
    }
}
