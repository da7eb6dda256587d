//! The default of a parameter against what the parameter itself allows.

use super::parameters::{is_true, names_secret};
use super::sources::DEFAULT_FITS;
use super::template::templates;
use crate::ros::matches;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Text, text};
use crate::tree::{Member, Node, Value};

pub(super) static PARAM_DEFAULT_NOT_ALLOWED: Rule = Rule {
    id: "ros/param-default-not-allowed",
    severity: Severity::Error,
    summary: text("a default that its own parameter does not allow", "默认值不符合参数自身的约束"),
    message: NOT_AMONG,
    why: text(
        "ROS judges the default as any other value: who leaves the field alone gets no stack.",
        "ROS 会像检查其他值一样检查默认值：使用默认值时无法创建资源栈。",
    ),
    help: text("choose another default, or allow this one", "更换默认值，或放宽约束"),
    rests_on: &[&DEFAULT_FITS],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Size:\n    Type: String\n    Default: «medium»\n    AllowedValues: [small, large]\n",
        ),
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Disk:\n    Type: Number\n    Default: «10»\n    MinValue: 20\n",
        ),
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Name:\n    Type: String\n    Default: «web server»\n    AllowedPattern: '^[a-z-]+$'\n",
        ),
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  «Password»:\n    Type: String\n    NoEcho: true\n    Default: abc\n    MinLength: 8\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Open:\n    Type: Boolean\n    Default: false\n    AllowedValues: ['true', 'false']\n  Months:\n    Type: Number\n    Default: '1'\n    AllowedValues: [1, 2]\n  Name:\n    Type: String\n    Default: null\n    MinLength: 1\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

const NOT_AMONG: Text = text(
    "the default of `{name}` is none of its allowed values",
    "`{name}` 的默认值不在允许值之中",
);
const SHORT: Text =
    text("the default of `{name}` is shorter than it may be", "`{name}` 的默认值短于最小长度");
const LONG: Text =
    text("the default of `{name}` is longer than it may be", "`{name}` 的默认值超过最大长度");
const SMALL: Text =
    text("the default of `{name}` is less than it may be", "`{name}` 的默认值小于最小值");
const GREAT: Text =
    text("the default of `{name}` is more than it may be", "`{name}` 的默认值大于最大值");
const OTHER_PATTERN: Text = text(
    "the default of `{name}` does not match its pattern",
    "`{name}` 的默认值与其正则表达式不匹配",
);

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for parameter in file.parameters() {
            let Some(default) = parameter.node.get("Default").filter(|node| !node.is_unknown())
            else {
                continue;
            };
            // A map for each language belongs to labels; a form that reads it so may take it.
            let is_map = default.is_object() && !default.is_unknown();
            let allowed = parameter.node.get("AllowedValues").filter(|_| is_map);
            let offence = allowed.map(|node| (NOT_AMONG, node));
            let offence = offence.or_else(|| offends(parameter, default));
            let Some((words, constraint)) = offence else { continue };
            // The excerpt shows the line: of a secret it must not be the value's.
            let hides = parameter.node.get("NoEcho").is_some_and(is_true);
            let is_secret = hides || names_secret(parameter);
            let span = if is_secret { parameter.key_span } else { default.inner_span() };
            let finding = found.add(&PARAM_DEFAULT_NOT_ALLOWED, file.at(span));
            finding
                .says(words)
                .arg("name", &parameter.key)
                .related(file.at(constraint.span), text("this is what it allows", "约束在此"));
            if is_map {
                finding.severity(Severity::Warning);
            }
        }
    }
}

/// What the default breaks, and where that stands.
fn offends<'a>(parameter: &'a Member, default: &Node) -> Option<(Text, &'a Node)> {
    let get = |key: &str| parameter.node.get(key).filter(|node| !node.is_unknown());
    let kind = get("Type").and_then(Node::as_str)?;
    let values = match kind {
        "CommaDelimitedList" => list(default)?,
        "Json" => return None,
        _ => vec![scalar(default)?],
    };
    if let Some(allowed) = get("AllowedValues") {
        let items = allowed.items()?;
        let is_allowed = |value: &str| items.iter().any(|item| is_same(item, value));
        if items.iter().any(Node::is_unknown) {
            return None;
        }
        if !items.is_empty() && !values.iter().all(|value| is_allowed(value)) {
            return Some((NOT_AMONG, allowed));
        }
    }
    let number = |key: &str| get(key).and_then(|node| Some((scalar(node)?.parse().ok()?, node)));
    let value = values.first().filter(|_| kind != "CommaDelimitedList")?;
    if kind == "String" {
        let length = value.chars().count() as f64;
        let pattern = get("AllowedPattern").and_then(|node| Some((node.as_str()?, node)));
        return match (number("MinLength"), number("MaxLength"), pattern) {
            (Some((least, node)), _, _) if length < least => Some((SHORT, node)),
            (_, Some((most, node)), _) if length > most => Some((LONG, node)),
            (_, _, Some((pattern, node))) if matches(pattern, value) == Some(false) => {
                Some((OTHER_PATTERN, node))
            }
            _ => None,
        };
    }
    let value: f64 = value.trim().parse().ok().filter(|_| kind == "Number")?;
    match (number("MinValue"), number("MaxValue")) {
        (Some((least, node)), _) if value < least => Some((SMALL, node)),
        (_, Some((most, node))) if value > most => Some((GREAT, node)),
        _ => None,
    }
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(written) => Some(written.clone()),
        Value::String(text) => Some(text.text().to_owned()),
        _ => None,
    }
}

/// `a, b` or a list.
fn list(node: &Node) -> Option<Vec<String>> {
    match node.items() {
        Some(items) => items.iter().map(scalar).collect(),
        None => {
            let text = scalar(node)?;
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            Some(parts.map(str::to_owned).collect())
        }
    }
}

/// As texts, since a reader makes `true` and `1` of what was meant as `'true'` and `'1'`.
fn is_same(item: &Node, value: &str) -> bool {
    let Some(allowed) = scalar(item) else { return false };
    let is_switch =
        |text: &str| ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    let numbers = (allowed.trim().parse::<f64>(), value.trim().parse::<f64>());
    allowed == value
        || (is_switch(value) && allowed.eq_ignore_ascii_case(value))
        || matches!(numbers, (Ok(a), Ok(b)) if a == b)
}
