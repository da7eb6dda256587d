//! What is looked at in every entry of a config.json, wherever that stands.

use super::config::{Config, password};
use crate::credential::{DecodeError, Oddity, ProblemKind, Secret, docker_auth};
use crate::reference::{self, DEFAULT_HOST};
use crate::rule::{Findings, Fix, Rule, Severity};
use crate::secret::tokens;
use crate::text::text;
use crate::tree::Node;

/// The key under which docker keeps the login for Docker Hub.
const DOCKER_HUB: &str = "https://index.docker.io/v1/";

/// The text of a field that is written out.
fn field<'a>(entry: &'a Node, key: &str) -> Option<&'a str> {
    entry.get(key)?.as_str().filter(|text| !text.is_empty())
}

fn has_token(entry: &Node) -> bool {
    field(entry, "identitytoken").is_some() || field(entry, "registrytoken").is_some()
}

/// `rule` fires on each `auth` that docker cannot read.
pub(in crate::rules) fn auth_invalid(
    config: &Config<'_>,
    rule: &'static Rule,
    found: &mut Findings,
) {
    for member in config.entries().filter(|member| !has_token(&member.node)) {
        let entry = &member.node;
        let Some(node) = entry.get("auth").filter(|node| !node.is_unknown()) else { continue };
        let Some(value) = node.as_str().filter(|value| !value.is_empty()) else { continue };
        let Some(problem) = docker_auth::classify(value).into_iter().find(is_wrong) else {
            continue;
        };
        let finding = found.add(rule, config.at(node.inner_span()));
        finding.message = problem.message();
        if is_doubtful(&problem.kind) {
            finding.severity(Severity::Warning);
        }
        let is_given =
            |key: &str| field(entry, key).filter(|text| !reference::is_placeholder(text));
        let pair = is_given("username").zip(is_given("password"));
        let built = pair.and_then(|(username, password)| {
            docker_auth::encode(username, &Secret::new(password)).ok()
        });
        if let Some(new) = built.or(problem.corrected)
            && let Some(at) = config.editable(node)
        {
            finding.fix(
                Fix::safe(text("encode it as it should be", "重新正确编码"))
                    .replace(at, new.reveal())
                    .secret(),
            );
        }
    }
}

/// Whether the value is meant as a login and is none.
fn is_wrong(problem: &crate::credential::Problem) -> bool {
    !matches!(
        problem.kind,
        ProblemKind::Unreadable(DecodeError::Placeholder | DecodeError::Masked)
            | ProblemKind::Odd(Oddity::PlaceholderInside)
    )
}

/// Whether such a password may be meant.
fn is_doubtful(kind: &ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::Odd(
            Oddity::TrailingNewline
                | Oddity::SurroundingSpace
                | Oddity::ControlCharacter
                | Oddity::Quoted
        )
    )
}

/// `rule` fires on each entry in which nothing logs in.
pub(in crate::rules) fn without_login(
    config: &Config<'_>,
    rule: &'static Rule,
    found: &mut Findings,
) {
    for member in config.entries() {
        let entry = &member.node;
        let is_whole = field(entry, "username").is_some() && field(entry, "password").is_some();
        let unknown = |key: &str| entry.get(key).is_some_and(Node::is_unknown);
        if is_whole
            || has_token(entry)
            || field(entry, "auth").is_some()
            || config.is_helped(&member.key)
            || ["auth", "username", "password"].into_iter().any(unknown)
        {
            continue;
        }
        found.add(rule, config.at(member.key_span)).arg("host", host(&member.key));
    }
}

/// `rule` fires on each `auth` that says something else than the fields beside it.
pub(in crate::rules) fn auth_mismatch(
    config: &Config<'_>,
    rule: &'static Rule,
    found: &mut Findings,
) {
    for member in config.entries() {
        let entry = &member.node;
        let Some(auth) = entry.get("auth") else { continue };
        let Some(login) = auth.as_str().and_then(|value| docker_auth::decode(value).ok()) else {
            continue;
        };
        let differs = |key: &str, value: &str| {
            let said = field(entry, key).filter(|text| !reference::is_placeholder(text));
            said.is_some_and(|said| said != value)
        };
        let other = [("username", login.username.as_str()), ("password", login.password.reveal())]
            .into_iter()
            .find(|(key, value)| differs(key, value));
        let Some((key, _)) = other.filter(|_| !login.oddities.contains(&Oddity::PlaceholderInside))
        else {
            continue;
        };
        let finding = found.add(rule, config.at(auth.inner_span()));
        finding.arg("field", key).arg("host", host(&member.key));
        if let Some(beside) = entry.get(key) {
            let beside = config.at(beside.inner_span());
            if beside != config.at(auth.inner_span()) {
                finding.related(beside, text("this says something else", "此处内容不同"));
            }
        }
    }
}

/// `rule` fires on each key that looks like Docker Hub's and is not.
pub(in crate::rules) fn docker_hub_key(
    config: &Config<'_>,
    rule: &'static Rule,
    found: &mut Findings,
    least: Severity,
) {
    let has_right = config.entries().any(|member| member.key == DOCKER_HUB);
    for member in config.entries() {
        let name = host(&member.key);
        let is_site = matches!(name, "hub.docker.com" | "www.docker.com");
        let is_other =
            matches!(name, DEFAULT_HOST | "registry-1.docker.io" | "registry.hub.docker.com")
                || (name == "index.docker.io" && member.key.contains("/v2"));
        if !is_site && !is_other {
            continue;
        }
        let finding = found.add(rule, config.at(member.key_span));
        finding.arg("key", &member.key);
        if !is_site {
            finding.severity(least);
        }
        if let Some(at) = config.editable_key(member).filter(|_| !has_right) {
            finding.fix(
                Fix::risky(text("write docker's own key", "改为 docker 使用的键"))
                    .replace(at, DOCKER_HUB),
            );
        }
    }
}

/// `rule` fires on each name of a helper whose machine has the passwords.
pub(in crate::rules) fn store(config: &Config<'_>, rule: &'static Rule, found: &mut Findings) {
    let is_empty = |entry: &Node| {
        !has_token(entry) && ["auth", "password"].iter().all(|key| field(entry, key).is_none())
    };
    for key in ["credsStore", "credHelpers"] {
        let Some(member) = config.member(key) else { continue };
        let helped = |name: &str| key == "credsStore" || member.node.get(name).is_some();
        let has_some = match key {
            "credHelpers" => !member.node.members().is_empty(),
            _ => field_of(&member.node),
        };
        let mut own = config.entries().filter(|entry| helped(&entry.key)).peekable();
        let has_none = own.peek().is_none();
        if has_some && (has_none || own.any(|entry| is_empty(&entry.node))) {
            found.add(rule, config.at(member.key_span)).arg("key", key);
        }
    }
}

fn field_of(node: &Node) -> bool {
    node.as_str().is_some_and(|text| !text.is_empty())
}

/// `rule` fires on each login that looks like a real one.
pub(in crate::rules) fn committed(config: &Config<'_>, rule: &'static Rule, found: &mut Findings) {
    for member in config.entries() {
        let entry = &member.node;
        if !password(entry).is_some_and(|password| looks_real(&password)) {
            continue;
        }
        let held = ["password", "auth"].into_iter().find(|key| field(entry, key).is_some());
        let Some(node) = held.and_then(|key| entry.get(key)) else { continue };
        found.add(rule, config.at(node.inner_span())).arg("host", host(&member.key));
    }
}

/// Words of examples.
const EXAMPLES: &[&str] = &[
    "example",
    "password",
    "passwd",
    "changeme",
    "change-me",
    "secret",
    "fake",
    "dummy",
    "sample",
    "test",
    "your",
    "token",
    "credential",
    "hunter2",
    "placeholder",
];

/// Whether a password is one that somebody uses, rather than a word in its place.
fn looks_real(password: &Secret) -> bool {
    const LEAST: usize = 8;
    let text = password.reveal();
    if !tokens(text).is_empty() {
        return true;
    }
    let lower = Secret::new(text.to_ascii_lowercase());
    let is_example = EXAMPLES.iter().any(|word| lower.reveal().contains(word));
    let first = text.chars().next();
    let is_varied = text.chars().any(|letter| Some(letter) != first);
    text.len() >= LEAST && is_varied && !is_example && !reference::is_placeholder(text)
}

/// The host of a key: without scheme and path.
pub(in crate::rules) fn host(key: &str) -> &str {
    let rest = key.split_once("://").map_or(key, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// Whether an entry under `key` is used for an image of `registry` (its host with its port).
pub(in crate::rules) fn is_for(key: &str, registry: &str) -> bool {
    let hub = |name: &str| matches!(name, "index.docker.io" | "docker.io" | "registry-1.docker.io");
    let known = host(key);
    known.eq_ignore_ascii_case(registry) || (hub(known) && hub(registry))
}
