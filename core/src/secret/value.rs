//! What of a value is a secret: references and templates may be seen, what stands between them
//! not.

use std::ops::Range;

use super::{Meaning, hides_value, meaning, tokens};

/// How `$` is read where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dollar {
    /// `$name` is what a variable holds: ENV, a shell's words.
    Expands,
    /// `$` is a letter: single quotes, strings of JSON. Only `$NAME` in capitals is meant as a
    /// reference, for whatever fills it in.
    Letter,
    /// Nobody knows: `$name` is a reference only as the whole value.
    Unknown,
}

/// Whether a variable of this name and value holds a secret, beyond doubt.
pub(crate) fn is_secret(name: &str, value: &str) -> bool {
    !tokens(value).is_empty() || meaning(name) == Meaning::Secret && is_written_secret(value)
}

/// Values that say what is to be, and hide nothing.
const STAND_INS: &[&str] = &[
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "none",
    "null",
    "nil",
    "undefined",
    "enabled",
    "disabled",
    "required",
    "optional",
];

/// Words in the place of a secret that a rule does not judge.
const FILLERS: &[&str] = &["dummy", "placeholder", "example", "test", "unset", "redacted"];

/// Whether a value under a secret's name is written out, and no stand-in.
pub(crate) fn is_written_secret(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_path = value.starts_with('/') || value.starts_with("./") || value.starts_with("file:");
    let is_link = lower.starts_with("http://") || lower.starts_with("https://");
    value.len() > 1
        && !is_path
        && !is_link
        && !STAND_INS.contains(&lower.as_str())
        && !FILLERS.contains(&lower.as_str())
        && !crate::tree::is_placeholder(value)
}

/// The parts of `value`, which stands under a secret's name, that nobody may see.
pub(crate) fn hidden_parts(value: &str, dollar: Dollar) -> Vec<Range<usize>> {
    let start = value.len() - value.trim_start().len();
    let end = start + value.trim().len();
    if is_open(&value[start..end], dollar) {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let start = start + scheme_length(&value[start..end]);
    if is_open(&value[start..end], dollar) {
        return parts;
    }
    let (mut from, mut at) = (start, start);
    while at < end {
        let Some(open) = open_at(&value[..end], at, dollar) else {
            at += value[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        parts.push(from..at);
        let written = &value[open.clone()];
        if let Some(default) = default_in(written).or_else(|| printed_in(written)) {
            let default = open.start + default.start..open.start + default.end;
            let inner = hidden_parts(&value[default.clone()], dollar);
            parts.extend(inner.iter().map(|r| default.start + r.start..default.start + r.end));
        }
        at = open.end;
        from = at;
    }
    let is_whole = parts.is_empty() && end - from > 1;
    parts.push(from..end);
    parts.retain(|part| !part.is_empty() && (is_whole || says_something(&value[part.clone()])));
    parts
}

/// How many bytes of the scheme of an `Authorization` a value begins with: that may be seen.
pub(crate) fn scheme_length(value: &str) -> usize {
    const SCHEMES: &[&str] = &["bearer ", "basic ", "token ", "digest ", "apikey ", "negotiate "];
    let has = |scheme: &&&str| {
        value.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    };
    SCHEMES.iter().find(has).map_or(0, |scheme| scheme.len())
}

/// Whether there is nothing to hide in the whole of `value`.
fn is_open(value: &str, dollar: Dollar) -> bool {
    let is_code = || {
        ["os.environ", "os.getenv", "process.env", "getenv(", "System.getenv", "ENV["]
            .iter()
            .any(|start| value.starts_with(start))
    };
    let is_masked = || value.chars().all(|c| matches!(c, '*' | '•' | 'x' | 'X' | '.' | '…' | '-'));
    let is_variable = || match value.strip_prefix('$') {
        Some(name) => {
            !name.is_empty() && dollar != Dollar::Letter && name_length(name) == name.len()
        }
        None => false,
    };
    STAND_INS.iter().any(|word| value.eq_ignore_ascii_case(word))
        // A template that goes on behind a blank.
        || value == "{{"
        || is_masked()
        // Quotes with nothing in them.
        || matches!(value, "''" | "\"\"" | "\\\"\\\"")
        || is_stencil(value)
        || is_variable()
        || is_code()
        || is_path(value)
        || matches!(value.as_bytes(), [byte] if byte.is_ascii_digit())
        // An option of a build's secret, a pattern, the key of a Secret.
        || ["id=", "type=", "[^", ".docker"].iter().any(|option| value.starts_with(option))
}

/// `__DB_PASSWORD__`, `@DB_PASSWORD@`, `#{key}`: what another program will fill in.
fn is_stencil(value: &str) -> bool {
    let inside = [("__", "__"), ("@@", "@@"), ("@", "@"), ("#{", "}"), ("<%=", "%>")]
        .iter()
        .find_map(|(open, close)| value.strip_prefix(open)?.strip_suffix(close));
    inside.is_some_and(|name| {
        name.len() > 2
            && !name.bytes().any(|byte| byte.is_ascii_digit())
            && name.bytes().all(|byte| byte.is_ascii_alphabetic() || b"_. -@".contains(&byte))
            && (value.starts_with(['#', '<']) || !name.bytes().any(|b| b.is_ascii_lowercase()))
    })
}

/// A path below a folder that everybody knows: what holds the secret, not the secret.
fn is_path(value: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "app",
        "bin",
        "certs",
        "conf",
        "config",
        "data",
        "dev",
        "etc",
        "home",
        "mnt",
        "opt",
        "private",
        "proc",
        "root",
        "run",
        "secrets",
        "srv",
        "sys",
        "tmp",
        "usr",
        "var",
        "vault",
        "workspace",
    ];
    let Some(rest) = value.strip_prefix("file://").unwrap_or(value).strip_prefix('/') else {
        return false;
    };
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    rest.split_once('/').is_some_and(|(first, _)| FOLDERS.contains(&first))
        && rest.chars().all(is_plain)
}

/// The template or reference that begins at `at`.
fn open_at(value: &str, at: usize, dollar: Dollar) -> Option<Range<usize>> {
    let rest = near(&value[at..]);
    let until = |end: &str| rest.find(end).map(|found| at..at + found + end.len());
    match rest.as_bytes().first()? {
        b'{' if rest.starts_with("{{") => until("}}"),
        b'$' if rest.starts_with("${{") => until("}}"),
        b'$' if rest.starts_with("${") => closing(rest, b'{', b'}').map(|length| at..at + length),
        // One that goes on over the end of the line is one, too.
        b'$' if rest.starts_with("$(") => {
            Some(at..closing(rest, b'(', b')').map_or(value.len(), |length| at + length))
        }
        b'$' => {
            let length = name_length(&rest[1..]);
            let name = &rest[1..=length];
            let is_reference = match dollar {
                Dollar::Expands => length > 0,
                Dollar::Letter | Dollar::Unknown => {
                    length > 1 && !name.bytes().any(|byte| byte.is_ascii_lowercase())
                }
            };
            is_reference.then(|| at..at + 1 + length)
        }
        b'`' if dollar == Dollar::Expands => rest[1..].find('`').map(|found| at..at + found + 2),
        b'<' => {
            let inner = &rest[1..=rest.find('>')?];
            let inner = inner.strip_suffix('>')?;
            let is_name = inner.starts_with(char::is_alphabetic)
                && inner.chars().all(|c| c.is_alphanumeric() || " _-.:".contains(c));
            is_name.then(|| at..at + inner.len() + 2)
        }
        b'%' if rest.starts_with("%(") => until(")s"),
        b'%' => {
            let length = name_length(&rest[1..]);
            (length > 1 && rest[1 + length..].starts_with('%')).then(|| at..at + length + 2)
        }
        _ => None,
    }
}

/// The first bytes of `text`: no template is longer.
fn near(text: &str) -> &str {
    const MOST: usize = 1024;
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// How many bytes lie between the brackets that open `text` and their end, both included.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at + 1);
            }
        } else if byte == b'\n' {
            return None;
        }
    }
    None
}

/// Where the default of `${NAME:-default}` stands, or what comes instead: `${NAME:+instead}`.
pub(crate) fn default_in(reference: &str) -> Option<Range<usize>> {
    let inner = reference.strip_prefix("${")?.strip_suffix('}')?;
    let length = name_length(inner);
    let rest = inner.get(length..)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let word = rest.strip_prefix(['-', '=', '+'])?;
    Some(reference.len() - 1 - word.len()..reference.len() - 1)
}

/// What `$(echo value)` and `$(printf %s value)` write out.
fn printed_in(substitution: &str) -> Option<Range<usize>> {
    let inner = substitution.strip_prefix("$(").or(substitution.strip_prefix('`'))?;
    let inner = inner.strip_suffix([')', '`'])?;
    let start = substitution.find(inner)?;
    let mut rest = inner.trim_start();
    rest = ["echo ", "printf "].iter().find_map(|name| rest.strip_prefix(name))?.trim_start();
    while let Some(next) = ["-n ", "-e ", "-ne ", "-- ", "%s ", "'%s' ", "\"%s\" ", "'%s\\n' "]
        .iter()
        .find_map(|option| rest.strip_prefix(option))
    {
        rest = next.trim_start();
    }
    let from = start + inner.len() - rest.len();
    let length = rest.find(['|', '>']).unwrap_or(rest.len());
    let word = rest[..length].trim_end();
    let bare = word.trim_matches(['"', '\'']);
    let lead = word.len() - word.trim_start_matches(['"', '\'']).len();
    (!bare.is_empty()).then(|| from + lead..from + lead + bare.len())
}

/// The default of `${API_TOKEN:-default}`, whose name tells of a secret.
pub(crate) fn secret_default(reference: &str) -> Option<Range<usize>> {
    let inner = reference.strip_prefix("${")?;
    let name = &inner[..name_length(inner)];
    default_in(reference).filter(|_| hides_value(name))
}

/// How many bytes of `text` are a variable's name.
fn name_length(text: &str) -> usize {
    let is_first = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    if !text.as_bytes().first().is_some_and(is_first) {
        return 0;
    }
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()
}

/// Whether more than signs stands there.
fn says_something(part: &str) -> bool {
    part.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(value: &str, dollar: Dollar) -> String {
        let mut out = String::new();
        let mut at = 0;
        for part in hidden_parts(value, dollar) {
            out.push_str(&value[at..part.start]);
            out.push('•');
            at = part.end;
        }
        out.push_str(&value[at..]);
        out
    }

    #[test]
    fn what_stands_between_templates_is_hidden() {
        for (value, shown) in [
            ("hunter2", "•"),
            (" ab CD ", " • "),
            ("a${X}b", "•${X}•"),
            ("${X}", "${X}"),
            ("${X:-hunter2}", "${X:-•}"),
            ("${X-hunter2}", "${X-•}"),
            ("${X:-$Y}", "${X:-$Y}"),
            ("${X:-${Y:-hunter2}}", "${X:-${Y:-•}}"),
            ("${X:?say it}", "${X:?say it}"),
            ("{{ .Values.a }}", "{{ .Values.a }}"),
            ("{{ a }}-{{ b }}", "{{ a }}-{{ b }}"),
            ("<your password>", "<your password>"),
            ("a<b", "•"),
            ("$(cat /run/secrets/a)", "$(cat /run/secrets/a)"),
            ("$(echo hunter2)", "$(echo •)"),
            ("$(printf '%s' 'hunter2' | base64 -d)", "$(printf '%s' '•' | base64 -d)"),
            ("$(echo $X)", "$(echo $X)"),
            ("`echo -n hunter2`", "`echo -n •`"),
            ("$X", "$X"),
            ("$USER:$PASS", "$USER:$PASS"),
            ("true", "true"),
            ("", ""),
            ("****", "****"),
            ("''", "''"),
            ("__DB_PASSWORD__", "__DB_PASSWORD__"),
            ("@DB_PASSWORD@", "@DB_PASSWORD@"),
            ("#{key}", "#{key}"),
            ("__Hunter2__", "•"),
            ("@A1B2@", "•"),
            ("!!!!", "•"),
            ("Bearer hunter2", "Bearer •"),
            ("Bearer ${X}", "Bearer ${X}"),
            ("$(cat \\", "$(cat \\"),
            ("`cat f`", "`cat f`"),
            ("0", "0"),
            ("/run/secrets/a", "/run/secrets/a"),
            ("/Ab+c/d", "•"),
            ("端口", "•"),
        ] {
            assert_eq!(covered(value, Dollar::Expands), shown, "{value}");
        }
    }

    #[test]
    fn a_dollar_is_a_letter_where_nothing_expands() {
        for (value, letter, unknown, expands) in [
            ("$ecret", "•", "$ecret", "$ecret"),
            ("$ecret-1", "•", "•", "$ecret•"),
            ("pa$word", "•", "•", "•$word"),
            ("$TOKEN", "$TOKEN", "$TOKEN", "$TOKEN"),
            ("a$TOKEN", "•$TOKEN", "•$TOKEN", "•$TOKEN"),
            ("$1", "•", "•", "•"),
        ] {
            assert_eq!(covered(value, Dollar::Letter), letter, "{value}");
            assert_eq!(covered(value, Dollar::Unknown), unknown, "{value}");
            assert_eq!(covered(value, Dollar::Expands), expands, "{value}");
        }
    }
}
