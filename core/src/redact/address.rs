//! Passwords in addresses: `scheme://user:password@host`, `https://token@host`, and the logins of
//! drivers, `user:password@tcp(host)`.

use std::ops::Range;

use super::hide;
use crate::text::Span;

/// Adds the passwords of addresses in `text`.
pub(super) fn read(text: &str, found: &mut Vec<Span>) {
    for (sign, _) in text.match_indices("://") {
        url(text, sign, found);
    }
    oracle(text, found);
    keys(text, found);
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>');
    let mut at = 0;
    for word in text.split_inclusive(is_end) {
        let bare = word.trim_end_matches(is_end);
        if let Some(password) = login(bare) {
            hide(text, at + password.start..at + password.end, found);
        }
        hook(text, at..at + bare.len(), found);
        at += word.len();
    }
}

/// `https://host/path?key=AIza…`: a key by its name alone is often that of a map, so that its value
/// must look like one, too.
fn keys(text: &str, found: &mut Vec<Span>) {
    const SHORTEST: usize = 12;
    for (at, sign) in text.match_indices("key=") {
        if !text[..at].ends_with(['?', '&']) {
            continue;
        }
        let from = at + sign.len();
        let length = text[from..].bytes().take_while(|&byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'%')
        });
        let value = &text[from..from + length.count()];
        let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
        let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
        if value.len() >= SHORTEST && is_mixed {
            hide(text, from..from + value.len(), found);
        }
    }
}

/// `jdbc:oracle:thin:user/password@//host`.
fn oracle(text: &str, found: &mut Vec<Span>) {
    const FURTHEST: usize = 256;
    for (start, scheme) in text.match_indices("jdbc:oracle:") {
        let from = start + scheme.len();
        let is_end = |c: char| c.is_whitespace() || matches!(c, '@' | '"' | '\'');
        let near = text[from..].char_indices().take(FURTHEST);
        let Some((at, _)) = near.clone().find(|&(_, c)| is_end(c)) else { continue };
        if let Some(slash) = text[from..from + at].find('/')
            && text[from + at..].starts_with('@')
        {
            hide(text, from + slash + 1..from + at, found);
        }
    }
}

/// What stands before `://` at `sign`, and the login behind it.
fn url(text: &str, sign: usize, found: &mut Vec<Span>) {
    let from = sign + "://".len();
    let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>');
    let length = authority(&text[from..], is_end);
    let authority = &text[from..from + length];
    let Some(at) = authority.rfind('@') else {
        odd_password(text, from..from + length, found);
        return;
    };
    let information = &authority[..at];
    // GitHub and others take a token for the user.
    let (user, password) = information.split_once(':').unwrap_or_default();
    let is_user_secret = matches!(password, "x-oauth-basic" | "x" | "" | "X");
    if is_user_secret && is_web(&text[..sign]) && !USERS.contains(&user) {
        hide(text, from..from + user.len(), found);
    }
    match information.find(':').filter(|_| !information.starts_with("${")) {
        Some(_) if is_user_secret => {}
        Some(colon) => hide(text, from + colon + 1..from + at, found),
        None => match information.rfind("}:") {
            Some(close) => hide(text, from + close + 2..from + at, found),
            None if is_web(&text[..sign])
                && !USERS.contains(&information)
                && is_host(&authority[at + 1..]) =>
            {
                hide(text, from..from + at, found);
            }
            None => {}
        },
    }
}

/// Whether the scheme that `text` ends with takes no user without a password.
fn is_web(text: &str) -> bool {
    text.ends_with("http") || text.ends_with("https")
}

/// Whether what stands behind the sign is a host of the web, rather than the end of a pattern.
fn is_host(text: &str) -> bool {
    text.contains(['.', '$', '{'])
        || text.starts_with("localhost")
        || text.contains(':') && !text.ends_with(':')
}

/// A password with `/` in it, which no browser would take: `user:a/b@host`.
fn odd_password(text: &str, authority: Range<usize>, found: &mut Vec<Span>) {
    const FURTHEST: usize = 256;
    let Some(colon) = text[authority.clone()].find(':').map(|colon| authority.start + colon + 1)
    else {
        return;
    };
    // `host:8080/@scope` is no login.
    let is_port = text[colon..authority.end].bytes().all(|byte| byte.is_ascii_digit());
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>');
    let rest = text[colon..].char_indices().take(FURTHEST).take_while(|(_, c)| !is_end(*c));
    if let Some((at, _)) = rest.filter(|(_, c)| *c == '@').last().filter(|_| !is_port) {
        hide(text, colon..colon + at, found);
    }
}

/// How long the authority is; `/` and quotes within `${…}` and `{{ … }}` do not end it.
fn authority(text: &str, is_end: impl Fn(char) -> bool) -> usize {
    const FURTHEST: usize = 1024;
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices().take(FURTHEST) {
        match letter {
            '\n' => return at,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_end(letter) => return at,
            _ => {}
        }
    }
    text.char_indices().nth(FURTHEST).map_or(text.len(), |(at, _)| at)
}

/// Names of users that are no tokens.
const USERS: &[&str] =
    &["git", "user", "username", "anonymous", "root", "admin", "oauth2", "x-access-token", "hg"];

/// The password in a word `user:password@host`.
fn login(word: &str) -> Option<Range<usize>> {
    // Few words have both signs.
    let at = word.rfind('@')?;
    let head = &word[..at];
    if head.contains("://") {
        return None;
    }
    let start = head.find(':')?;
    let name_start = head[..start].rfind(['=', '(', ',', '[', '{']).map_or(0, |sign| sign + 1);
    let user = &head[name_start..start];
    let is_user = !user.is_empty()
        && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte))
        && !SCHEMES.iter().any(|scheme| user.eq_ignore_ascii_case(scheme));
    let password = &head[start + 1..];
    let is_path = password.starts_with(['/', '@']) || password.is_empty();
    let host = &word[at + 1..];
    let name = host.split(['/', ':', '(', ')', ',', '?', ';']).next().unwrap_or_default();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    let is_address = name.starts_with(|c: char| c.is_ascii_digit())
        && name.split('.').count() == 4
        && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_digest = ["sha256", "sha512"].contains(&name);
    (is_user && !is_path && (is_name || is_address) && !is_digest).then(|| start + 1..at)
}

/// What stands before a colon and is no user.
const SCHEMES: &[&str] = &[
    "npm",
    "workspace",
    "file",
    "git",
    "github",
    "gitlab",
    "patch",
    "jsr",
    "mailto",
    "link",
    "pkg",
    "portal",
    "email",
    "mail",
    "e-mail",
    "author",
    "maintainer",
    "contact",
    "https",
    "http",
    "ssh",
    "oci",
    "docker",
    "from",
    "to",
    "cc",
    "node",
    "image",
    "uses",
];

/// Hosts whose addresses are secrets: who knows one may post.
const HOOKS: &[&str] = &[
    "api.telegram.org/bot",
    "conda.anaconda.org/t/",
    "hooks.slack.com/services/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "/open-apis/bot/v2/hook/",
    "/cgi-bin/webhook/send?key=",
];

fn hook(text: &str, word: Range<usize>, found: &mut Vec<Span>) {
    /// No address with its host and a secret is shorter.
    const SHORTEST: usize = 20;
    let is_long = |one: &&str| one.len() > SHORTEST && one.contains('/');
    let Some(written) = text.get(word.clone()).filter(is_long) else { return };
    for host in HOOKS {
        if let Some(at) = written.find(host) {
            let from = word.start + at + host.len();
            // What follows the token of a bot or a channel is no part of it.
            let end = if host.ends_with(['t', '/']) && host.contains(".org") {
                from + text[from..word.end].find('/').unwrap_or(word.end - from)
            } else {
                word.end
            };
            hide(text, from..end, found);
        }
    }
}
