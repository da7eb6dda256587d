//! Patterns of host names in options: `*` at the start or end of a name stands for anything.

use crate::text::{Message, text};

/// A pattern, ready to be compared.
#[derive(Clone, Copy, Debug)]
pub struct HostPattern<'a> {
    /// The letters between the stars.
    letters: &'a str,
    is_open_before: bool,
    is_open_behind: bool,
}

impl<'a> HostPattern<'a> {
    /// Reads `pattern`, or says why no host can ever fit it.
    pub fn parse(pattern: &'a str) -> Result<HostPattern<'a>, Message> {
        let (letters, is_open_before) = without(pattern.strip_prefix('*'), pattern);
        let (letters, is_open_behind) = without(letters.strip_suffix('*'), letters);
        // A lone star is open on both sides.
        let is_open_behind = is_open_behind || pattern == "*";
        let refuse = |message| Err(Message::new(message).arg("pattern", pattern));
        if pattern.is_empty() {
            return refuse(text("this pattern is empty", "模式为空"));
        }
        if letters.contains('*') {
            return refuse(text(
                "`*` is only read at the start or end of `{pattern}`",
                "`{pattern}` 中的 `*` 只能位于开头或结尾",
            ));
        }
        if letters.contains('/') {
            return refuse(text(
                "`{pattern}` is not a host: write it without `https://` and without a path",
                "`{pattern}` 不是域名：不要写 `https://` 和路径",
            ));
        }
        match letters.chars().find(|&letter| !is_of_host(letters, letter)) {
            None => Ok(HostPattern { letters, is_open_before, is_open_behind }),
            Some(letter) => {
                let message = text(
                    "`{letter}` cannot be in a host name, so `{pattern}` fits none",
                    "域名中不会出现 `{letter}`，因此 `{pattern}` 不会匹配任何域名",
                );
                Err(Message::new(message).arg("letter", letter).arg("pattern", pattern))
            }
        }
    }

    /// Whether the host called `name` is meant.
    pub fn fits(&self, name: &str) -> bool {
        match (self.is_open_before, self.is_open_behind) {
            (true, true) => name.contains(self.letters),
            (true, false) => name.ends_with(self.letters),
            (false, true) => name.starts_with(self.letters),
            (false, false) => name == self.letters,
        }
    }
}

fn without<'a>(stripped: Option<&'a str>, whole: &'a str) -> (&'a str, bool) {
    stripped.map_or((whole, false), |rest| (rest, true))
}

/// Whether `letter` can stand in a host with its port; an address of IPv6 stands in brackets.
fn is_of_host(letters: &str, letter: char) -> bool {
    let is_address = letters.starts_with('[') && letters.contains(']');
    letter.is_ascii_alphanumeric()
        || matches!(letter, '.' | '-' | '_' | ':')
        || (matches!(letter, '[' | ']') && is_address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_star_stands_for_anything_at_either_end() {
        for (pattern, name, fits) in [
            ("a.b", "a.b", true),
            ("a.b", "x.a.b", false),
            ("*.a.b", "x.a.b", true),
            ("*.a.b", "a.b", false),
            ("a.*", "a.b.c:5000", true),
            ("*acr*", "x.acr.y", true),
            ("*", "anything", true),
            ("**", "anything", true),
            ("[::1]:5000", "[::1]:5000", true),
        ] {
            let read = HostPattern::parse(pattern).unwrap();
            assert_eq!(read.fits(name), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn a_pattern_that_fits_no_host_is_refused() {
        for (pattern, words) in [
            ("", "empty"),
            ("[", "`[` cannot be in a host name"),
            ("{a,b}.c", "`{` cannot be"),
            ("a?.b", "`?` cannot be"),
            ("a b", "` ` cannot be"),
            ("a.*.b", "only read at the start or end"),
            ("**.b", "only read at the start or end"),
            ("https://a.b", "without `https://`"),
            ("a.b/team", "without a path"),
        ] {
            let message = HostPattern::parse(pattern).unwrap_err().render(Lang::En);
            assert!(message.contains(words), "{pattern}: {message}");
        }
    }
}
