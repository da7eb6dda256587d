//! The template as a text: whether it can be read, keys that stand twice, its size.

use super::sources::{IS_JSON_OR_YAML, MOST_BYTES, UNIQUE_KEYS, UNREADABLE};
use super::template::templates;
use crate::document::Kind;
use crate::ros::nested_tags;
use crate::rule::{
    Context, Findings, Fix, OptionKind, OptionSpec, OptionValue, Rule, Severity, bad, good,
};
use crate::text::{Span, text};

pub(super) static SYNTAX: Rule = Rule {
    id: "ros/syntax",
    severity: Severity::Error,
    aliases: &["ros/parse"],
    summary: text("the template is neither JSON nor YAML", "模板不是合法的 JSON 或 YAML"),
    message: text("the template cannot be read here", "此处的模板无法解析"),
    why: text(
        "ROS refuses a template that it cannot read, before it looks at anything in it.",
        "ROS 无法解析的模板会被直接拒绝，不会再检查其内容。",
    ),
    rests_on: &[&IS_JSON_OR_YAML, &UNREADABLE],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n   «P»roperties: {}\n",
        ),
        bad("-- a.json --\n{\"ROSTemplateFormatVersion\": \"2015-09-01\" «\"»Resources\": {}}"),
        bad("-- a.json --\n{\"ROSTemplateFormatVersion\": \"2015-09-01\"«,»}")
            .fixed("-- a.json --\n{\"ROSTemplateFormatVersion\": \"2015-09-01\"}"),
        bad("-- a.json --\n{ «// the version»\n \"ROSTemplateFormatVersion\": \"2015-09-01\"}"),
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n---\n«Outputs: {}»\n",
        ),
        good("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01' # the only one\nResources: {}\n"),
    ],
    check: syntax,
    ..Rule::DEFAULT
};

fn syntax(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::RosTemplate) {
        for error in document.errors() {
            // That has a rule of its own.
            if nested_tags(document.source.text(), error).is_none() {
                found.add(&SYNTAX, document.place(error.span)).message = error.message.clone();
            }
        }
        if document.roots().is_empty() && document.errors().is_empty() {
            let start = Span::at(document.source.text().len());
            found
                .add(&SYNTAX, document.place(start))
                .says(text("the template is empty", "模板是空的"));
        }
        for second in document.roots().iter().skip(1) {
            found.add(&SYNTAX, document.place(second.span)).says(text(
                "a template is one YAML document; here begins another",
                "模板只能是一个 YAML 文档，此处开始了另一个",
            ));
        }
        if let Some(root) = document.roots().first().filter(|root| !root.is_object()) {
            found.add(&SYNTAX, document.place(root.span)).says(text(
                "a template is a mapping of sections: `Parameters`, `Resources` …",
                "模板应为由 `Parameters`、`Resources` 等部分组成的映射",
            ));
        }
        let Some(json) = document.json() else { continue };
        for &comma in &json.trailing_commas {
            let at = document.place(comma);
            found
                .add(&SYNTAX, at)
                .says(text(
                    "a comma before a closing bracket is not JSON",
                    "JSON 不允许在右括号前有逗号",
                ))
                .fix(Fix::safe(text("remove the comma", "删除该逗号")).delete(at));
        }
        for &comment in &json.comments {
            let at = document.place(comment);
            found
                .add(&SYNTAX, at)
                .says(text("JSON has no comments", "JSON 不支持注释"))
                .fix(Fix::risky(text("remove the comment", "删除该注释")).delete(at));
        }
    }
}

pub(super) static DUPLICATE_KEY: Rule = Rule {
    id: "ros/duplicate-key",
    summary: text("a key stands twice in one mapping", "同一映射中有重复的键"),
    message: text("the key `{key}` stands here a second time", "键 `{key}` 在此重复出现"),
    why: text(
        "A reader keeps one of the two values, mostly the last, and says nothing of the other.",
        "解析器只保留其中一个值（通常是最后一个），且不会提示。",
    ),
    help: text("keep one of them", "只保留其中一个"),
    rests_on: &[&UNIQUE_KEYS],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n  «Vpc»:\n    Type: ALIYUN::ECS::VPC\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n  Other:\n    Type: ALIYUN::ECS::VPC\n",
        ),
    ],
    check: duplicate_key,
    ..Rule::DEFAULT
};

fn duplicate_key(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for (member, first) in file.root().duplicates(false) {
            found
                .add(&DUPLICATE_KEY, file.at(member.key_span))
                .arg("key", &member.key)
                .related(file.at(first), text("first here", "首次出现"));
        }
    }
}

pub(super) static TEMPLATE_TOO_LARGE: Rule = Rule {
    id: "ros/template-too-large",
    severity: Severity::Error,
    summary: text("the template is larger than ROS takes", "模板超过 ROS 允许的大小"),
    message: text(
        "the template has {bytes} bytes, {more} more than ROS takes",
        "模板有 {bytes} 字节，比 ROS 允许的多 {more} 字节",
    ),
    why: text(
        "ROS refuses a template of more than 512 KB.",
        "超过 512 KB 的模板会被 ROS 拒绝。",
    ),
    help: text(
        "put a part of it into a nested stack (`ALIYUN::ROS::Stack`), and long scripts into files that the template downloads",
        "将一部分移到嵌套资源栈（`ALIYUN::ROS::Stack`），并把较长的脚本放到由模板下载的文件中",
    ),
    rests_on: &[&MOST_BYTES.source],
    options: &[OptionSpec {
        name: "most-bytes",
        description: text(
            "the most bytes that a template may have, where it is not what ROS says",
            "模板允许的最大字节数（与 ROS 的默认限制不同时）",
        ),
        kind: OptionKind::Number,
    }],
    examples: &[
        bad("-- a.yml --\n«ROSTemplateFormatVersion»: '2015-09-01'\nDescription: too much for a limit of 64 bytes\n")
            .with(&[("most-bytes", "64")]),
        good("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n"),
    ],
    check: template_too_large,
    ..Rule::DEFAULT
};

fn template_too_large(cx: &Context<'_>, found: &mut Findings) {
    let option = cx.option(&TEMPLATE_TOO_LARGE, "most-bytes").and_then(OptionValue::number);
    let most = option.unwrap_or(MOST_BYTES.value);
    for file in templates(cx) {
        let bytes = file.source().len() as u64;
        if bytes > most {
            found
                .add(&TEMPLATE_TOO_LARGE, file.at(file.start()))
                .arg("bytes", bytes)
                .arg("more", bytes - most);
        }
    }
}
