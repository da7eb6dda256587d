//! A text that must not be seen: it is zeroed when dropped and prints as `••••`.
//!
//! Knows nothing of what the secret is for. [`Secret::reveal`] is the only way out.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// What stands in the place of a secret wherever one is printed.
pub const REDACTED: &str = "••••";

/// A password, or a text that holds one.
///
/// Neither `Clone` nor `==`: each copy and each comparison has to be asked for by name.
#[derive(Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes `text` over. A `&str` is copied; what it was copied from stays the caller's to clear.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(text.into()))
    }

    /// The secret itself. Every place that can show a secret is found by this name.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to hide.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both hold the same text; takes the same time wherever they differ.
    pub fn matches(&self, other: &Secret) -> bool {
        let (one, two) = (self.reveal().as_bytes(), other.reveal().as_bytes());
        let differing = one.iter().zip(two).fold(0, |all, (a, b)| all | (a ^ b));
        one.len() == two.len() && differing == 0
    }

    /// The secret without the line end that a pipe or a text editor adds: at most one `\n`, then
    /// at most one `\r`, which is what `docker login --password-stdin` takes away.
    #[must_use]
    pub fn without_line_end(mut self) -> Secret {
        for end in ['\n', '\r'] {
            if self.0.ends_with(end) {
                self.0.pop();
            }
        }
        self
    }

    /// Joins `parts` without leaving copies behind: the room is taken once.
    pub(crate) fn join(parts: &[&str]) -> Secret {
        let mut joined = String::with_capacity(parts.iter().map(|part| part.len()).sum());
        for part in parts {
            joined.push_str(part);
        }
        Secret::new(joined)
    }

    /// The bytes as text, or `None` where they are not UTF-8; zeroed either way.
    pub(crate) fn from_utf8(bytes: Vec<u8>) -> Option<Secret> {
        match String::from_utf8(bytes) {
            Ok(text) => Some(Secret::new(text)),
            Err(error) => {
                error.into_bytes().zeroize();
                None
            }
        }
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        Secret::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Login {
        #[expect(dead_code, reason = "read by Debug")]
        username: &'static str,
        #[expect(dead_code, reason = "read by Debug")]
        password: Secret,
    }

    #[test]
    fn a_secret_prints_as_dots_in_every_format() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?} {secret:#?} {secret:>9}"), "•••• •••• •••• ••••");
        let login = Login { username: "abcd", password: secret };
        assert_eq!(format!("{login:?}"), r#"Login { username: "abcd", password: •••• }"#);
        assert_eq!(format!("{:?}", Some(Secret::new("hunter2"))), "Some(••••)");
    }

    #[test]
    fn a_panic_about_a_secret_does_not_show_it() {
        let panic = std::panic::catch_unwind(|| {
            let secret = Secret::new("hunter2");
            let failed = if secret.is_empty() { Ok(()) } else { Err(secret) };
            failed.unwrap();
        })
        .unwrap_err();
        let message = panic.downcast_ref::<String>().unwrap();
        assert!(message.contains(REDACTED) && !message.contains("hunter2"), "{message}");
    }

    #[test]
    fn a_secret_serializes_as_dots() {
        // A `Formatter` is a `Serializer`, too: what it gets is what any format would get.
        struct Serialized(Secret);
        impl fmt::Display for Serialized {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                serde::Serialize::serialize(&self.0, f)
            }
        }
        assert_eq!(Serialized(Secret::new("hunter2")).to_string(), REDACTED);
    }

    #[test]
    fn one_line_end_is_taken_away_as_docker_does() {
        let cases = [
            ("abc", "abc"),
            ("abc\n", "abc"),
            ("abc\r\n", "abc"),
            ("abc\n\n", "abc\n"),
            (" abc ", " abc "),
            ("", ""),
        ];
        for (before, after) in cases {
            assert_eq!(Secret::new(before).without_line_end().reveal(), after, "{before:?}");
        }
    }

    #[test]
    fn secrets_match_when_they_hold_the_same_text() {
        let same = |one: &str, two: &str| Secret::new(one).matches(&Secret::new(two));
        assert!(same("abc", "abc") && same("", ""));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }
}
