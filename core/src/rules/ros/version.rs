//! `ROSTemplateFormatVersion`: there, right, and a string.

use super::sources::{DATES, VERSION, VERSION_IS_CHECKED};
use super::template::{File, templates};
use crate::ros::shape;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{nearest, text};
use crate::tree::edit::{New, Spot, insert_member, json_string};
use crate::tree::{Member, Value};

const KEY: &str = "ROSTemplateFormatVersion";

pub(super) static VERSION_MISSING: Rule = Rule {
    id: "ros/version-missing",
    severity: Severity::Error,
    summary: text("the template does not say its version", "模板没有声明版本"),
    message: text(
        "the template has no `ROSTemplateFormatVersion`",
        "模板缺少 `ROSTemplateFormatVersion`",
    ),
    why: text(
        "ROS tells its templates by this key and refuses a text without it.",
        "ROS 以该键识别模板，缺少它的文本会被拒绝。",
    ),
    help: text(
        "begin with `ROSTemplateFormatVersion: '2015-09-01'`",
        "在开头写上 `ROSTemplateFormatVersion: '2015-09-01'`",
    ),
    rests_on: &[&VERSION, &VERSION_IS_CHECKED],
    examples: &[
        bad("-- a.yml --\n# a network\n«Resources»:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n").fixed(
            "-- a.yml --\n# a network\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n",
        ),
        bad("-- a.json --\n{\n  «\"Resources\"»: {\"Vpc\": {\"Type\": \"ALIYUN::ECS::VPC\"}}\n}\n").fixed(
            "-- a.json --\n{\n  \"ROSTemplateFormatVersion\": \"2015-09-01\",\n  \"Resources\": {\"Vpc\": {\"Type\": \"ALIYUN::ECS::VPC\"}}\n}\n",
        ),
        bad("-- a.yml --\n«RosTemplateFormatVersion»: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n").fixed(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n",
        ),
        good("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n"),
    ],
    check: version_missing,
    ..Rule::DEFAULT
};

/// The key that is meant as the version's, where there is none.
pub(super) fn mistyped<'a>(file: File<'a>) -> Option<&'a Member> {
    if file.root().get(KEY).is_some() {
        return None;
    }
    file.root().members().iter().find(|member| nearest(&member.key, [KEY]).is_some())
}

fn version_missing(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        if file.root().get(KEY).is_some() {
            continue;
        }
        if let Some(member) = mistyped(file) {
            let at = file.at(member.key_span);
            let is_quoted = file.document.json().is_some();
            let key = if is_quoted { json_string(KEY) } else { KEY.to_owned() };
            found.add(&VERSION_MISSING, at).fix(
                Fix::safe(text("write it `{key}`", "写成 `{key}`"))
                    .arg("key", KEY)
                    .replace(at, key),
            );
            continue;
        }
        let finding = found.add(&VERSION_MISSING, file.at(file.start()));
        let value = New::text(shape::VERSION);
        if file.root().member(KEY).is_none()
            && let Some(edit) = insert_member(file.source(), file.root(), Spot::First, KEY, &value)
        {
            finding.fix(
                Fix::safe(text("say the version", "声明版本"))
                    .replace(file.at(edit.span), edit.text),
            );
        }
    }
}

pub(super) static VERSION_VALUE: Rule = Rule {
    id: "ros/version-value",
    severity: Severity::Error,
    summary: text("a version of templates that does not exist", "不存在的模板版本"),
    message: text("there is no version `{value}` of ROS templates", "ROS 模板没有版本 `{value}`"),
    why: text(
        "ROS knows one version of its language and refuses any other.",
        "ROS 只有一个模板版本，其他取值会被拒绝。",
    ),
    help: text("write '2015-09-01'", "请写 '2015-09-01'"),
    rests_on: &[&VERSION, &VERSION_IS_CHECKED],
    examples: &[
        bad("-- a.yml --\nROSTemplateFormatVersion: «'2010-09-09'»\nResources: {}\n")
            .fixed("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n"),
        bad("-- a.json --\n{\"ROSTemplateFormatVersion\": «20150901», \"Resources\": {}}\n").fixed(
            "-- a.json --\n{\"ROSTemplateFormatVersion\": \"2015-09-01\", \"Resources\": {}}\n",
        ),
        good("-- a.yml --\nROSTemplateFormatVersion: \"2015-09-01\"\nResources: {}\n"),
    ],
    check: version_value,
    ..Rule::DEFAULT
};

/// The version as a string of the document's language.
fn written(file: File<'_>) -> String {
    if file.document.json().is_some() {
        json_string(shape::VERSION)
    } else {
        format!("'{}'", shape::VERSION)
    }
}

fn version_value(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let Some(member) = file.root().member(KEY).filter(|member| !member.node.is_null()) else {
            continue;
        };
        let node = &member.node;
        if node.as_str() == Some(shape::VERSION) || node.is_unknown() {
            continue;
        }
        let at = file.at(node.span);
        let finding = found.add(&VERSION_VALUE, at);
        let value = match &node.value {
            Value::String(text) => text.text(),
            _ => file.document.source.slice(node.span).lines().next().unwrap_or_default(),
        };
        finding.arg("value", value);
        let is_scalar = !matches!(node.value, Value::Array(_) | Value::Object(_));
        if is_scalar && !member.is_alias() {
            finding.fix(
                Fix::safe(text("write '{version}'", "写成 '{version}'"))
                    .arg("version", shape::VERSION)
                    .replace(at, written(file)),
            );
        }
    }
}

pub(super) static VERSION_UNQUOTED: Rule = Rule {
    id: "ros/version-unquoted",
    severity: Severity::Info,
    summary: text("the version stands without quotes", "版本没有加引号"),
    message: text(
        "without quotes, some readers take the version for a date",
        "不加引号时，部分解析器会把版本当作日期",
    ),
    why: text(
        "Readers of YAML 1.1 make a date of it, which is no longer equal to the string that ROS asks for.",
        "YAML 1.1 解析器会将其读作日期，与 ROS 要求的字符串不再相等。",
    ),
    help: text("put it in quotes", "请加上引号"),
    rests_on: &[&DATES],
    examples: &[
        bad("-- a.yml --\nROSTemplateFormatVersion: «2015-09-01»\nResources: {}\n")
            .fixed("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n"),
        good("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n"),
    ],
    check: version_unquoted,
    ..Rule::DEFAULT
};

fn version_unquoted(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let Some(node) = file.root().get(KEY) else { continue };
        if node.as_str() == Some(shape::VERSION)
            && node.is_plain_string()
            && file.document.json().is_none()
        {
            let at = file.at(node.span);
            found
                .add(&VERSION_UNQUOTED, at)
                .fix(Fix::safe(text("put it in quotes", "加上引号")).replace(at, written(file)));
        }
    }
}
