//! Secrets in JSON and YAML: values under a secret's name, pairs of a name and a value in either
//! order, parameters that are not echoed, Secrets of Kubernetes, and commands.

use super::Found;
use super::settings;
use super::words::{self, Word, value_in};
use crate::secret::{Dollar, hides_value, holds_parts};
use crate::text::MappedText;
use crate::tree::{Member, Node, Value};

/// Adds the secrets of `root`.
pub(super) fn read(root: &Node, found: &mut Found<'_>) {
    // Nesting is capped by the parser, so recursion is too.
    match &root.value {
        Value::Object(members) => object(root, members, found),
        Value::Array(items) => {
            list(items, found);
            items.iter().for_each(|item| read(item, found));
        }
        Value::String(text) if text.text().contains('\n') => {
            settings::read(text, Dollar::Unknown, found);
        }
        Value::String(text) => found.net(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Keys of a pair's name and value.
const NAMES: &[&str] = &["name", "key"];
const VALUES: &[&str] = &["value"];

fn object(root: &Node, members: &[Member], found: &mut Found<'_>) {
    let named = |keys: &[&str]| {
        members.iter().find(|one| keys.iter().any(|key| one.key.eq_ignore_ascii_case(key)))
    };
    let is_pair = named(NAMES).and_then(|one| one.node.as_str()).is_some_and(hides_value);
    let is_echoed = !root.get("NoEcho").is_some_and(is_true);
    let is_secret = root.get("kind").and_then(Node::as_str) == Some("Secret");
    for member in members {
        let key = member.key.as_str();
        let is_value = is_pair && VALUES.iter().any(|value| key.eq_ignore_ascii_case(value));
        let is_hidden = !is_echoed && matches!(key, "Default" | "AllowedValues" | "default");
        let is_data = is_secret && matches!(key, "data" | "stringData");
        if is_value || is_hidden || is_data {
            all(&member.node, found);
        } else if hides_value(key) {
            under_name(member, found);
        } else if key == "auths" {
            logins(&member.node, found);
        } else {
            read(&member.node, found);
        }
    }
}

/// The registries of docker's configuration, each with its login.
fn logins(node: &Node, found: &mut Found<'_>) {
    for member in node.members() {
        if member.node.is_object() { read(&member.node, found) } else { all(&member.node, found) }
    }
}

/// `true`, also as text.
fn is_true(node: &Node) -> bool {
    node.as_bool() == Some(true)
        || node.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

/// Keys below a secret's name that hold no secret themselves.
const OPEN: &[&str] = &[
    "name",
    "key",
    "type",
    "label",
    "description",
    "server",
    "registry",
    "url",
    "uri",
    "host",
    "username",
    "user",
    "email",
    "id",
    "path",
    "file",
    "source",
    "target",
    "mode",
    "defaultmode",
    "items",
    "optional",
    "external",
    "environment",
    "secretname",
    "namespace",
    "version",
    "ref",
    "en",
    "zh",
    "zh-cn",
    "zh_cn",
    "ja",
    "valuefrom",
    "noecho",
    "constraintdescription",
    "allowedpattern",
    "associationproperty",
    "associationpropertymetadata",
    "minlength",
    "maxlength",
    "confirm",
    "required",
    "in",
    "bearerformat",
    "scheme",
    "flows",
    "enabled",
    "expirationseconds",
    "audience",
    "format",
];

/// What stands under the name of a secret.
fn under_name(member: &Member, found: &mut Found<'_>) {
    let node = &member.node;
    match &node.value {
        Value::Object(members) if node.is_unknown() => function(members, found),
        Value::Object(members) => {
            let is_parameter = node.get("Type").is_some() || node.get("type").is_some();
            for inner in members {
                let key = inner.key.to_ascii_lowercase();
                let is_given = matches!(key.as_str(), "default" | "allowedvalues");
                let is_part =
                    !is_parameter && !holds_parts(&member.key) && !OPEN.contains(&key.as_str());
                if is_given || is_part {
                    all(&inner.node, found);
                } else if hides_value(&inner.key) {
                    under_name(inner, found);
                } else {
                    read(&inner.node, found);
                }
            }
        }
        Value::Array(items) if holds_parts(&member.key) => {
            items.iter().for_each(|item| read(item, found));
        }
        _ => all(node, found),
    }
}

/// Hides every scalar in `node`.
fn all(node: &Node, found: &mut Found<'_>) {
    match &node.value {
        Value::String(text) => found.hide(text, Dollar::Letter),
        Value::Number(_) => found.spans.push(node.span),
        Value::Array(items) => {
            for item in items {
                if item.is_object() { read(item, found) } else { all(item, found) }
            }
        }
        Value::Object(members) if !node.is_unknown() => {
            members.iter().for_each(|member| all(&member.node, found));
        }
        Value::Object(members) => function(members, found),
        Value::Null | Value::Bool(_) => {}
    }
}

/// What a template function puts together under a secret's name: its texts, not the names that it
/// is called with.
fn function(members: &[Member], found: &mut Found<'_>) {
    for member in members {
        let name = member.key.trim_start_matches("Fn::").trim_start_matches('!');
        let items = member.node.items().unwrap_or_default();
        match name {
            "Join" | "If" => items.iter().skip(1).for_each(|item| all(item, found)),
            "Sub" if items.is_empty() => all(&member.node, found),
            "Sub" => items.iter().take(1).for_each(|item| all(item, found)),
            "Base64" | "Base64Encode" | "Str" | "Replace" => all(&member.node, found),
            _ => read(&member.node, found),
        }
    }
}

/// A list of strings: the words of a command, or `NAME=value` of an environment.
fn list(items: &[Node], found: &mut Found<'_>) {
    let texts: Vec<&MappedText> = items.iter().filter_map(Node::as_text).collect();
    if texts.len() != items.len() || items.is_empty() {
        return;
    }
    let word = |text: &&MappedText| Word { text: (*text).clone(), dollar: Dollar::Letter };
    let command: Vec<Word> = texts.iter().map(word).collect();
    words::read(&command, &[], found);
    for text in texts {
        if let Some(from) = value_in(text.text()) {
            found.hide_from(text, from, Dollar::Letter);
        }
    }
}
