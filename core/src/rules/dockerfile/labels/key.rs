//! Keys of labels. Strict: tools read other keys as well, and keys that are in use cannot be
//! renamed at will.

use super::super::file::files;
use super::schema::{KEY_FORM, labels};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Text, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/label-key",
    severity: Severity::Info,
    strict: true,
    summary: text("label key against Docker's guidelines", "标签键不符合 Docker 规范"),
    message: text(
        "the key `{key}` holds more than lower-case letters, digits, single dots and hyphens",
        "键 `{key}` 含有小写字母、数字、单个点和连字符以外的内容",
    ),
    why: text(
        "Tools that follow the guidelines may not find the label, and reserved keys may come to mean something else.",
        "遵循规范的工具可能找不到该标签；保留的键今后可能另有含义。",
    ),
    help: text(
        "use a domain of your own in reverse, such as com.example.version",
        "使用自己域名的反写形式，例如 com.example.version",
    ),
    rests_on: &[&KEY_FORM],
    aliases: &["DL3048"],
    examples: &[
        bad("FROM alpine:3.20\nLABEL «com.docker.team»=\"search\"\n"),
        bad("FROM alpine:3.20\nLABEL «Build_Date»=\"today\" team=\"search\"\n"),
        bad("FROM alpine:3.20\nLABEL \"«com..example»\"=\"x\"\n"),
        good(
            "FROM alpine:3.20\nLABEL com.example.build-date=\"today\" ${PREFIX}.team=\"search\"\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

const RESERVED: &[&str] = &["com.docker.", "io.docker.", "org.dockerproject."];

const IS_RESERVED: Text =
    text("the key `{key}` is reserved for Docker itself", "键 `{key}` 由 Docker 保留");

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for label in labels(file) {
            let raw = file.raw(label.key_span).trim_matches(['"', '\'']);
            // A variable may stand for any key; a `$` in the middle of a word is rarely meant so.
            let key = match &label.key {
                Some(key) => key.as_str(),
                None if raw.starts_with('$') || raw.contains("${") => continue,
                None => raw,
            };
            if RESERVED.iter().any(|space| key.starts_with(space)) {
                found.add(&RULE, file.at(label.key_span)).says(IS_RESERVED).arg("key", key);
            } else if !is_well_formed(key) {
                found.add(&RULE, file.at(label.key_span)).arg("key", key);
            }
        }
    }
}

fn is_well_formed(key: &str) -> bool {
    let begins_well = key.starts_with(|first: char| first.is_ascii_lowercase());
    let ends_well = key.ends_with(|last: char| last.is_ascii_lowercase() || last.is_ascii_digit());
    let is_allowed = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '.' | '-')
    };
    begins_well
        && ends_well
        && key.chars().all(is_allowed)
        && !key.contains("..")
        && !key.contains("--")
}
