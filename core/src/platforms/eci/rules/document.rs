//! The document as such: what cannot be read, what is meant for another cloud, what is still to be
//! filled in.

use std::collections::HashMap;

use super::super::request::{Spelling, all, requests};
use super::super::spec::{ONE_VALUE, PARAMETERS};
use super::ECI;
use crate::document::{Content, Kind};
use crate::rule::{Context, Findings, Fix, Part, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static SYNTAX: Rule = Rule {
    id: "eci/syntax",
    severity: Severity::Error,
    summary: text("the request cannot be read", "请求无法解析"),
    message: text("the request cannot be read here", "此处的请求无法解析"),
    why: text(
        "What cannot be read is not sent, or not as it was meant.",
        "无法解析的内容不会被发送，或与预期不符。",
    ),
    rests_on: &[&ONE_VALUE, &PARAMETERS],
    examples: &[
        bad("ContainerGroupName=web\n«the image is nginx»\n"),
        bad("ContainerGroupName=web\nRegionId=cn-hangzhou\n«RegionId»=cn-beijing\n"),
        bad(r#"{"ContainerGroupName":"web"«,»}"#).fixed(r#"{"ContainerGroupName":"web"}"#),
        bad(r#"{"ContainerGroupName":"web","Container":[],«"Container"»:[]}"#),
        bad("#!/bin/sh\naliyun eci CreateContainerGroup --ContainerGroupName web «app»\n"),
        bad("-- eci-request.json --\n«[]»"),
        good("# a note\nContainerGroupName=web\n\nRegionId: cn-hangzhou\n"),
        good("Action=CreateContainerGroup&ContainerGroupName=web&Container.1.Image=a%2Fb%3A1\n"),
        good(
            "aliyun eci CreateContainerGroup \\\n  --ContainerGroupName web \\\n  --RegionId=cn-hangzhou\n",
        ),
    ],
    check: syntax,
    ..ECI
};

fn syntax(cx: &Context<'_>, found: &mut Findings) {
    for part in cx.parts(Kind::EciRequest) {
        match part.content {
            Content::Flattened(flat) => {
                for error in &flat.errors {
                    found.add(&SYNTAX, part.place(error.span)).message = error.message.clone();
                }
                let mut seen = HashMap::new();
                for parameter in &flat.parameters {
                    let Some(&first) = seen.get(parameter.key.as_str()) else {
                        seen.insert(parameter.key.as_str(), parameter.key_span);
                        continue;
                    };
                    twice(part, parameter.key_span, first, &parameter.key, found);
                }
            }
            Content::Json(json) if part.inside.is_none() => {
                for error in &json.errors {
                    found.add(&SYNTAX, part.place(error.span)).message = error.message.clone();
                }
                for &comma in &json.trailing_commas {
                    let at = part.place(comma);
                    found
                        .add(&SYNTAX, at)
                        .says(text(
                            "a comma before a closing bracket is not JSON",
                            "JSON 不允许在右括号前有逗号",
                        ))
                        .fix(Fix::safe(text("remove the comma", "删除该逗号")).delete(at));
                }
                let Some(root) = &json.root else { continue };
                if !root.is_object() {
                    found.add(&SYNTAX, part.place(root.span)).says(text(
                        "a request is one JSON object: `{` … `}`",
                        "请求应为一个 JSON 对象：`{` … `}`",
                    ));
                }
                for (member, first) in root.duplicates(false) {
                    twice(part, member.key_span, first, &member.key, found);
                }
            }
            _ => {}
        }
    }
}

fn twice(
    part: Part<'_>,
    at: crate::text::Span,
    first: crate::text::Span,
    key: &str,
    found: &mut Findings,
) {
    found
        .add(&SYNTAX, part.place(at))
        .severity(Severity::Warning)
        .says(text("`{key}` stands here a second time", "`{key}` 重复出现"))
        .arg("key", key)
        .related(part.place(first), text("the first time", "首次出现"));
}

pub(super) static WRONG_CLOUD: Rule = Rule {
    id: "eci/wrong-cloud",
    severity: Severity::Info,
    summary: text("a request to another cloud", "其他云平台的请求"),
    message: text(
        "`{key}` is of Azure Container Instances, not of ECI; nothing more is checked",
        "`{key}` 属于 Azure 容器实例而非 ECI，不再继续检查",
    ),
    why: text("The two look alike, but neither reads the other's files.", "两者相似，但互不兼容。"),
    help: text(
        "write the request with ECI's names: Container, ImageRegistryCredential, UserName",
        "使用 ECI 的名称：Container、ImageRegistryCredential、UserName",
    ),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(
            r#"{"ContainerGroupName":"web","Container":[],«"imageRegistryCredentials"»:[{"server":"a.example.com","username":"robot"}]}"#,
        ),
        bad(
            "-- eci-request.json --\n{\"location\":\"westeurope\",«\"properties\"»:{\"containers\":[{\"name\":\"web\"}]}}",
        ),
        good(r#"{"ContainerGroupName":"web","Container":[],"ImageRegistryCredential":[]}"#),
    ],
    check: |cx, found| {
        for request in all(cx) {
            if let Some(member) = request.foreign_key() {
                found.add(&WRONG_CLOUD, request.at(member.key_span)).arg("key", &member.key);
            }
        }
    },
    ..ECI
};

pub(super) static PLACEHOLDER_LEFT: Rule = Rule {
    id: "eci/placeholder-left",
    severity: Severity::Info,
    summary: text("a value is still to be filled in", "有待填写的值"),
    message: text("this is still to be filled in", "此处尚未填写"),
    why: text(
        "A placeholder that reaches ECI is taken literally. Plimsoll judges nothing about a value that it cannot know.",
        "占位符会被 ECI 原样使用。对于无法得知的值，Plimsoll 不作判断。",
    ),
    help: text("fill it in before the request is sent", "发送请求前请填写"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad("ContainerGroupName=web\nRegionId=«<region>»\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[],"VSwitchId":"«vsw-xxxx»"}"#),
        good("ContainerGroupName=web\nRegionId=cn-hangzhou\n"),
        // What a tool puts in is no omission, and an example's password none of ours.
        good(
            "ImageRegistryCredential.1.Password=${REGISTRY_PASSWORD}\nImageRegistryCredential.1.UserName=yourusername\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|one| one.spelling != Spelling::Ros) {
            request.root().walk(&mut |_, node| {
                let is_put_in = |text: &str| {
                    text.contains("${") || text.contains("{{") || text.starts_with('$')
                };
                if node.is_unknown() && node.as_str().is_some_and(|text| !is_put_in(text)) {
                    found.add(&PLACEHOLDER_LEFT, request.value(node));
                }
            });
        }
    },
    ..ECI
};
