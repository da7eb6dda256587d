//! Whether a text is a URL, a time, a commit, a version, an e-mail address. Each as its standard
//! has it, without what nobody writes in a label.

/// An absolute URI: scheme, colon, and only what may stand in one.
pub(super) fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let marks = "-._~:/?#[]@!$&'()*+,;=%";
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || marks.contains(letter);
    let has_host = rest.strip_prefix("//").is_none_or(|host| {
        !host.is_empty() && (!host.starts_with('/') || scheme.eq_ignore_ascii_case("file"))
    });
    is_scheme && has_host && !rest.is_empty() && rest.chars().all(is_allowed)
}

/// `2026-01-31T08:30:00Z`, with fractions and an offset.
pub(super) fn is_time(text: &str) -> bool {
    read_time(text.as_bytes()).is_some()
}

fn read_time(text: &[u8]) -> Option<()> {
    let year = digits(text.get(0..4)?)?;
    let month = digits(text.get(5..7)?)?;
    let day = digits(text.get(8..10)?)?;
    let hour = digits(text.get(11..13)?)?;
    let minute = digits(text.get(14..16)?)?;
    let second = digits(text.get(17..19)?)?;
    let has_marks = text[4] == b'-'
        && text[7] == b'-'
        && matches!(text[10], b'T' | b't' | b' ')
        && text[13] == b':'
        && text[16] == b':';
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    // Second 60 is a leap second.
    if !has_marks || !(1..=days).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = text.get(19..)?;
    if let [b'.', fraction @ ..] = rest {
        let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = fraction.get(length..).filter(|_| length > 0)?;
    }
    match rest {
        [b'Z' | b'z'] => Some(()),
        [b'+' | b'-', offset @ ..] if offset.len() == 5 && offset[2] == b':' => {
            let (hours, minutes) = (digits(&offset[..2])?, digits(&offset[3..])?);
            (hours <= 23 && minutes <= 59).then_some(())
        }
        _ => None,
    }
}

fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

/// A full hash, or at least its first seven digits.
pub(super) fn is_commit(text: &str) -> bool {
    let is_length = (7..=40).contains(&text.len()) || text.len() == 64;
    is_length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Semantic Versioning 2.0.0.
pub(super) fn is_version(text: &str) -> bool {
    let (text, build) = match text.split_once('+') {
        Some((text, build)) => (text, Some(build)),
        None => (text, None),
    };
    let (numbers, pre_release) = match text.split_once('-') {
        Some((numbers, pre_release)) => (numbers, Some(pre_release)),
        None => (text, None),
    };
    let is_number = |part: &str| is_digits(part) && (part == "0" || !part.starts_with('0'));
    let is_word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && pre_release.is_none_or(|words| {
            words.split('.').all(|word| is_word(word) && (!is_digits(word) || is_number(word)))
        })
        && build.is_none_or(|words| words.split('.').all(is_word))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `name@example.com`, without comments, quotes and display names.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let signs = "!#$%&'*+-/=?^_`{|}~";
    let is_atom = |atom: &str| {
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || signs.contains(letter);
        !atom.is_empty() && atom.chars().all(|letter| is_allowed(letter) || !letter.is_ascii())
    };
    let is_host = |part: &str| {
        let is_allowed = |letter: char| letter.is_alphanumeric() || letter == '-';
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(is_allowed)
    };
    local.split('.').all(is_atom) && domain.split('.').all(is_host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_begins_with_a_scheme() {
        for yes in ["http://example.com", "https://a.b/c?d=e#f", "git+ssh://a/b", "mailto:a@b.c"] {
            assert!(is_url(yes), "{yes}");
        }
        for no in ["example.com", "http://", "http:", "http://a b", "1a://b", "://a", ""] {
            assert!(!is_url(no), "{no}");
        }
    }

    #[test]
    fn a_time_has_a_date_that_exists_and_an_offset() {
        for yes in ["2024-02-29T00:00:00Z", "2026-12-31t23:59:60z", "2026-01-01T00:00:00.1-23:59"] {
            assert!(is_time(yes), "{yes}");
        }
        for no in [
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01",
            "2026-01-01T00:00:00+0100",
            "2026-01-01T00:00:00+01:00端",
        ] {
            assert!(!is_time(no), "{no}");
        }
    }

    #[test]
    fn a_version_has_three_numbers() {
        for yes in ["0.0.0", "1.20.3", "1.0.0-alpha.1", "1.0.0-0a.--+001", "1.0.0+20130313144700"] {
            assert!(is_version(yes), "{yes}");
        }
        for no in ["1", "1.2", "v1.2.3", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", ""] {
            assert!(!is_version(no), "{no}");
        }
    }

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for yes in ["a@b", "first.last+tag@example.co.uk", "o'neill@example.com"] {
            assert!(is_email(yes), "{yes}");
        }
        for no in ["a", "@b", "a@", "a b@c", "a..b@c", "a@-b", "A <a@b.c>"] {
            assert!(!is_email(no), "{no}");
        }
    }
}
