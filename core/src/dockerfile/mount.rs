//! The fields of `RUN --mount=type=cache,target=/x` and `--device=…`.

use super::words::Word;
use crate::text::{MappedText, Span, SyntaxError, Text, nearest, text};

/// One `key=value` or `key` of a flag's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key in lower case.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What stands behind `=`; empty where there is none.
    pub value: Word,
    /// Whether there is a `=`.
    pub has_value: bool,
}

/// The fields of a comma-separated value, in which quotes hold commas together.
pub fn fields(value: &Word) -> Vec<Field> {
    let letters = value.raw();
    let mut found = Vec::new();
    let mut start = 0;
    loop {
        let rest = letters.get(start..).unwrap_or_default();
        let (text, next) = match rest.strip_prefix('"') {
            Some(quoted) => unquoted(value, start + 1, quoted),
            None => {
                let end = rest.find(',').map_or(letters.len(), |at| start + at);
                (value.text.slice(start, end), end)
            }
        };
        if start < next || next < letters.len() {
            found.push(field(&text));
        }
        if next >= letters.len() || found.len() >= MOST_FIELDS {
            return found;
        }
        start = next + 1;
    }
}

/// No more fields of one value are read: no mount has a tenth of these.
const MOST_FIELDS: usize = 256;

/// A field in quotes, in which two quotes stand for one, and where the comma behind it is.
fn unquoted(value: &Word, from: usize, rest: &str) -> (MappedText, usize) {
    let mut text = MappedText::new();
    let mut at = 0;
    loop {
        let Some(quote) = rest[at..].find('"').map(|found| at + found) else {
            text.append(&value.text.slice(from + at, from + rest.len()));
            return (text, from + rest.len());
        };
        if at < quote {
            text.append(&value.text.slice(from + at, from + quote));
        }
        if rest[quote + 1..].starts_with('"') {
            text.append(&value.text.slice(from + quote, from + quote + 1));
            at = quote + 2;
            continue;
        }
        let behind = rest[quote + 1..].find(',').map_or(rest.len(), |found| quote + 1 + found);
        return (text, from + behind);
    }
}

fn field(text: &MappedText) -> Field {
    let letters = text.text();
    let equals = letters.find('=');
    let key_end = equals.unwrap_or(letters.len());
    let value_start = equals.map_or(letters.len(), |at| at + 1);
    Field {
        key: letters[..key_end].to_lowercase(),
        key_span: text.span(0, key_end),
        value: Word::of(text, value_start, letters.len()),
        has_value: equals.is_some(),
    }
}

const TYPES: &[&str] = &["bind", "cache", "tmpfs", "secret", "ssh"];
const SHARING: &[&str] = &["shared", "private", "locked"];
const KEYS: &[&str] = &[
    "type",
    "from",
    "source",
    "target",
    "readonly",
    "id",
    "sharing",
    "required",
    "size",
    "mode",
    "uid",
    "gid",
    "src",
    "dst",
    "destination",
    "ro",
    "rw",
    "readwrite",
    "env",
];

/// What the builder refuses in the value of `--mount`. Variables may hold anything.
pub(super) fn check_mount(value: &Word, errors: &mut Vec<SyntaxError>) {
    let fields = fields(value);
    let before = errors.len();
    let mut kind = "bind".to_owned();
    let mut is_kind_known = true;
    let mut wrong = |span: Span, words: Text, key: &str, value: &str, near: &str| {
        let error = SyntaxError::new(span, words).arg("key", key).arg("value", value);
        errors.push(error.arg("near", near));
    };
    for field in &fields {
        let (key, letters) = (field.key.as_str(), field.value.raw());
        let value_span = if letters.is_empty() { field.key_span } else { field.value.span };
        if !field.has_value {
            match key {
                "readonly" | "ro" | "readwrite" | "rw" => {}
                "required" if !is_kind_known || matches!(kind.as_str(), "secret" | "ssh") => {}
                "required" => wrong(field.key_span, NOT_FOR_TYPE, key, &kind, ""),
                // The builder looks at these late, and at some not at all.
                "z" => {}
                _ => wrong(field.key_span, NO_VALUE, key, "", ""),
            }
            continue;
        }
        if letters.contains('$') {
            if key == "from" && !letters.trim_end_matches('$').is_empty() && has_variable(letters) {
                wrong(value_span, FROM_VARIABLE, key, letters, "");
            }
            is_kind_known &= key != "type";
            continue;
        }
        let lower = letters.to_lowercase();
        match key {
            "type" => {
                if TYPES.contains(&lower.as_str()) {
                    kind = lower;
                } else {
                    is_kind_known = false;
                    match nearest(&lower, TYPES.iter().copied()) {
                        Some(near) => wrong(value_span, TYPE_NEAR, key, letters, near),
                        None => wrong(value_span, TYPE, key, letters, ""),
                    }
                }
            }
            "from" | "source" | "src" | "target" | "dst" | "destination" | "id" | "env" => {}
            "readonly" | "ro" | "readwrite" | "rw" if is_bool(letters) => {}
            "required" if is_kind_known && !matches!(kind.as_str(), "secret" | "ssh") => {
                wrong(field.key_span, NOT_FOR_TYPE, key, &kind, "");
            }
            "required" if is_bool(letters) => {}
            "size" if is_kind_known && kind != "tmpfs" => {
                wrong(field.key_span, NOT_FOR_TYPE, key, &kind, "");
            }
            "size" if is_size(letters) => {}
            "sharing" if SHARING.contains(&lower.as_str()) => {}
            "mode" if u32::from_str_radix(letters, 8).is_ok() => {}
            "uid" | "gid" if letters.parse::<u32>().is_ok() => {}
            "readonly" | "ro" | "readwrite" | "rw" | "required" | "size" | "sharing" | "mode"
            | "uid" | "gid" => wrong(value_span, VALUE, key, letters, ""),
            _ => match nearest(key, KEYS.iter().copied()) {
                Some(near) => wrong(field.key_span, KEY_NEAR, key, "", near),
                None => wrong(field.key_span, KEY, key, "", ""),
            },
        }
    }
    if errors.len() == before && is_kind_known {
        check_whole(value, &kind, &fields, errors);
    }
}

fn has_variable(letters: &str) -> bool {
    letters.find('$').is_some_and(|at| at + 1 < letters.len())
}

/// What holds only for some types of mounts.
fn check_whole(value: &Word, kind: &str, fields: &[Field], errors: &mut Vec<SyntaxError>) {
    let find = |keys: &[&str]| fields.iter().find(|field| keys.contains(&field.key.as_str()));
    let mut refuse = |field: &Field| {
        let error = SyntaxError::new(field.key_span, NOT_FOR_TYPE).arg("key", &field.key);
        errors.push(error.arg("value", kind));
    };
    if matches!(kind, "bind" | "tmpfs")
        && let Some(field) = find(&["mode", "uid", "gid"])
    {
        refuse(field);
        return;
    }
    if kind == "secret"
        && let Some(field) = find(&["from"]).filter(|field| !field.value.raw().is_empty())
    {
        refuse(field);
        return;
    }
    if kind != "cache"
        && let Some(field) = find(&["sharing"])
    {
        refuse(field);
        return;
    }
    if kind != "secret" {
        return;
    }
    let is_given = |keys: &[&str]| find(keys).is_some_and(|field| !field.value.raw().is_empty());
    let (source, id) = (is_given(&["source", "src"]), is_given(&["id"]));
    if !source && !id && !is_given(&["target", "dst", "destination"]) {
        errors.push(SyntaxError::new(
            value.span,
            text("a secret mount needs an `id` or a `target`", "secret 挂载需要 `id` 或 `target`"),
        ));
    } else if source && id {
        errors.push(SyntaxError::new(
            value.span,
            text(
                "a secret mount has either `id` or `source`, not both",
                "secret 挂载只能有 `id` 或 `source` 之一",
            ),
        ));
    }
}

/// What the builder refuses in the value of `--device`.
pub(super) fn check_device(value: &Word, errors: &mut Vec<SyntaxError>) {
    let mut is_named = false;
    for field in fields(value) {
        match field.key.as_str() {
            "required" if !field.has_value || is_bool(field.value.raw()) => {}
            "required" => errors.push(
                SyntaxError::new(field.value.span, VALUE)
                    .arg("key", "required")
                    .arg("value", field.value.raw()),
            ),
            _ if !is_named => is_named = true,
            "name" => errors.push(SyntaxError::new(
                field.key_span,
                text("the device is named twice", "设备名称给出了两次"),
            )),
            key => {
                let words = if field.has_value { KEY } else { NO_VALUE };
                errors.push(SyntaxError::new(field.key_span, words).arg("key", key));
            }
        }
    }
}

/// A truth value as Go reads it.
pub(super) fn is_bool(letters: &str) -> bool {
    matches!(
        letters,
        "1" | "t" | "T" | "TRUE" | "true" | "True" | "0" | "f" | "F" | "FALSE" | "false" | "False"
    )
}

/// A size such as `512m`, `1.5GiB`, `64 kB`.
fn is_size(letters: &str) -> bool {
    let digits = letters.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = letters[digits.len()..].to_ascii_lowercase();
    let number = digits.strip_suffix(' ').unwrap_or(digits);
    let unit = unit.strip_suffix("ib").or_else(|| unit.strip_suffix('b')).unwrap_or(&unit);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && number.parse::<f64>().is_ok();
    is_number && (unit.is_empty() || matches!(unit, "k" | "m" | "g" | "t" | "p" | "e"))
}

const NOT_FOR_TYPE: Text =
    text("a mount of type `{value}` takes no `{key}`", "`{value}` 类型的挂载不接受 `{key}`");
const NO_VALUE: Text = text("`{key}` needs a value: `{key}=…`", "`{key}` 需要值：`{key}=…`");
const VALUE: Text = text("`{value}` is no value for `{key}`", "`{value}` 不是 `{key}` 的有效值");
const TYPE: Text = text(
    "there is no mount of type `{value}`: bind, cache, tmpfs, secret or ssh",
    "没有 `{value}` 类型的挂载：应为 bind、cache、tmpfs、secret 或 ssh",
);
const TYPE_NEAR: Text = text(
    "there is no mount of type `{value}`; did you mean `{near}`?",
    "没有 `{value}` 类型的挂载；是否想写 `{near}`？",
);
const KEY: Text = text("a mount or device has no `{key}`", "挂载或设备没有 `{key}` 选项");
const KEY_NEAR: Text = text(
    "a mount has no `{key}`; did you mean `{near}`?",
    "挂载没有 `{key}` 选项；是否想写 `{near}`？",
);
const FROM_VARIABLE: Text = text(
    "`from` of a mount takes no variables: name a stage with FROM … AS instead",
    "挂载的 `from` 不支持变量：请改用 FROM … AS 命名阶段",
);
