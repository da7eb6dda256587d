//! Calls of functions: names, and how they are written.

use super::sources::{FUNCTION_INDEX, SHORT_TAGS};
use super::template::{Suggestions, templates};
use crate::document::Kind;
use crate::ros::{FUNCTIONS, nested_tags};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static FUNCTION_UNKNOWN: Rule = Rule {
    id: "ros/function-unknown",
    summary: text("a function that ROS does not have", "ROS 没有的函数"),
    message: text("ROS has no function `{name}`", "ROS 没有函数 `{name}`"),
    why: text(
        "ROS refuses the template, or hands the call on as it is written.",
        "ROS 会拒绝模板，或把该调用原样传下去。",
    ),
    help: text("look the function up in the index", "请在函数列表中核对"),
    rests_on: &[&FUNCTION_INDEX],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Web:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n      UserData: {«Fn::Base64»: echo}\n      HostName: «!Subs» a\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Web:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n      UserData: {Fn::Base64Encode: echo}\n      HostName: !Sub a\n",
        ),
    ],
    check: function_unknown,
    ..Rule::DEFAULT
};

fn function_unknown(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx).filter(|file| !file.template.is_transformed()) {
        let mut suggestions = Suggestions::new();
        for call in file.template.calls().iter().filter(|call| !call.is_known()) {
            let finding = found.add(&FUNCTION_UNKNOWN, file.at(call.key_span));
            finding.arg(
                "name",
                if call.is_short { call.name.to_owned() } else { format!("Fn::{}", call.name) },
            );
            suggestions.offer(finding, call.name, FUNCTIONS.iter().copied());
        }
    }
}

pub(super) static SHORT_TAG_NESTED: Rule = Rule {
    id: "ros/short-tag-nested",
    severity: Severity::Error,
    summary: text("two short tags on one value", "同一个值上有两个短标签"),
    message: text(
        "a value can have one tag; `{tags}` are two",
        "一个值只能有一个标签，而 `{tags}` 是两个",
    ),
    why: text(
        "YAML knows no tag of a tag: the template cannot be read.",
        "YAML 不支持对标签再加标签，模板无法解析。",
    ),
    help: text(
        "write one of the functions in its long form: `Fn::Sub: …`",
        "将其中一个函数写成完整形式：`Fn::Sub: …`",
    ),
    rests_on: &[&SHORT_TAGS],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: «!Base64Encode !Sub» '${ALIYUN::Region}'\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: !Base64Encode\n      Fn::Sub: '${ALIYUN::Region}'\n  B:\n    Value: !Join ['-', [!Ref 'ALIYUN::Region', b]]\n",
        ),
    ],
    check: short_tag_nested,
    ..Rule::DEFAULT
};

fn short_tag_nested(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::RosTemplate) {
        let source = document.source.text();
        for span in document.errors().iter().filter_map(|error| nested_tags(source, error)) {
            let words: Vec<&str> = document.source.slice(span).split_whitespace().collect();
            let tags = words.join(" ");
            found.add(&SHORT_TAG_NESTED, document.place(span)).arg("tags", tags);
        }
    }
}
