//! The document as JSON: what a strict reader refuses, keys that stand twice, keys with dots,
//! values that are still to be filled in.

use super::super::service::{Service, services};
use super::super::spec::{DOTTED_KEYS, DUPLICATE_KEYS, IS_JSON, PARAMETERS};
use crate::document::Kind;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::secret::tokens;
use crate::text::{Span, text};
use crate::tree::Node;

pub(super) static JSON_SYNTAX: Rule = Rule {
    id: "eas/json-syntax",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("the service JSON is not strict JSON", "服务 JSON 不是严格的 JSON"),
    message: text("the service JSON cannot be read here", "此处的服务 JSON 无法解析"),
    why: text(
        "`eascmd create` and the console read strict JSON: a comment or a comma too many, and the service is refused.",
        "`eascmd create` 和控制台按严格 JSON 解析：多一个注释或逗号，服务就会被拒绝。",
    ),
    rests_on: &[&IS_JSON],
    examples: &[
        bad("{\"metadata\":{\"name\":\"a_b\"«,»}}").fixed("{\"metadata\":{\"name\":\"a_b\"}}"),
        bad("{\"metadata\":{\"name\":\"a_b\"} «// the name»\n}"),
        bad("{\"metadata\": «'»a'}"),
        bad("-- service.json --\n«[]»"),
        good("{\"metadata\":{\"name\":\"a_b\"}}"),
    ],
    check: json_syntax,
    ..Rule::DEFAULT
};

fn json_syntax(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::EasService) {
        let Some(json) = document.json() else { continue };
        for error in &json.errors {
            found.add(&JSON_SYNTAX, document.place(error.span)).message = error.message.clone();
        }
        for &comma in &json.trailing_commas {
            let at = document.place(comma);
            found
                .add(&JSON_SYNTAX, at)
                .says(text(
                    "a comma before a closing bracket is not JSON",
                    "JSON 不允许在右括号前有逗号",
                ))
                .fix(Fix::safe(text("remove the comma", "删除该逗号")).delete(at));
        }
        for &comment in &json.comments {
            let at = document.place(comment);
            found
                .add(&JSON_SYNTAX, at)
                .says(text("JSON has no comments", "JSON 不支持注释"))
                .fix(Fix::risky(text("remove the comment", "删除该注释")).delete(at));
        }
        if let Some(mark) = json.byte_order_mark {
            let at = document.place(mark);
            found
                .add(&JSON_SYNTAX, at)
                .says(text(
                    "JSON does not begin with a byte order mark",
                    "JSON 不能以字节顺序标记（BOM）开头",
                ))
                .fix(Fix::safe(text("remove the mark", "删除该标记")).delete(at));
        }
        if let Some(root) = json.root.as_ref().filter(|root| !root.is_object()) {
            found.add(&JSON_SYNTAX, document.place(root.span)).says(text(
                "a service is one JSON object: `{` … `}`",
                "服务应为一个 JSON 对象：`{` … `}`",
            ));
        }
    }
}

pub(super) static DUPLICATE_KEY: Rule = Rule {
    id: "eas/duplicate-key",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a key stands twice in one object", "同一对象中有重复的键"),
    message: text("the key `{key}` stands here a second time", "键 `{key}` 在此重复出现"),
    why: text(
        "A reader keeps one of the two values, mostly the last, and says nothing of the other.",
        "解析器只保留其中一个值（通常是最后一个），且不会提示。",
    ),
    help: text("keep one of them", "只保留其中一个"),
    rests_on: &[&DUPLICATE_KEYS],
    examples: &[
        bad(r#"{"metadata":{"name":"a1",«"name"»:"b1"}}"#),
        bad(r#"{"metadata":{"rpc":{"keepalive":1},«"rpc.keepalive"»:2}}"#),
        good(r#"{"metadata":{"name":"a1"},"containers":[{"image":"x"},{"image":"y"}]}"#),
    ],
    check: duplicate_key,
    ..Rule::DEFAULT
};

fn duplicate_key(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for (member, first) in service.root.duplicates(true) {
            found
                .add(&DUPLICATE_KEY, service.at(member.key_span))
                .arg("key", &member.key)
                .related(service.at(first), text("first here", "首次出现"));
        }
    }
}

pub(super) static DOTTED_KEY: Rule = Rule {
    id: "eas/dotted-key",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    strict: true,
    summary: text("a key with a dot stands for an object in an object", "用带点的键代替嵌套对象"),
    message: text(
        "`{key}` is read as `{head}` with `{tail}` inside",
        "`{key}` 会被读作 `{head}` 中的 `{tail}`",
    ),
    why: text(
        "EAS reads both spellings, but other tools that read the file (diffs, templates, schemas) do not.",
        "EAS 两种写法都接受，但读取该文件的其他工具（比较、模板、Schema）不一定。",
    ),
    help: text("write it as an object", "写成嵌套对象"),
    rests_on: &[&DOTTED_KEYS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b",«"rpc.keepalive"»:1000}}"#)
            .fixed(r#"{"metadata":{"name":"a_b","rpc":{"keepalive":1000}}}"#),
        good(r#"{"metadata":{"name":"a_b","rpc":{"keepalive":1000}},"labels":{"a.b":"c"}}"#),
        good(r#"{"metadata":{"name":"a_b"},"features":{"eas.aliyun.com/gpu":"1"}}"#),
    ],
    check: dotted_key,
    ..Rule::DEFAULT
};

fn dotted_key(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let objects = [Some(service.root), service.root.get("metadata"), service.root.get("cloud")];
        for object in objects.into_iter().flatten() {
            for member in object.members().iter().filter(|member| !member.key.contains('/')) {
                let Some((head, tail)) = member.key.split_once('.') else { continue };
                // A web token has dots, too, and its parts are not to be told.
                let is_token = !tokens(&member.key).is_empty();
                if head.is_empty() || tail.is_empty() || is_token {
                    continue;
                }
                let finding = found
                    .add(&DOTTED_KEY, service.at(member.key_span))
                    .arg("key", &member.key)
                    .arg("head", head)
                    .arg("tail", tail);
                let clashes = object.keys().any(|key| {
                    key == head || (key != member.key && key.starts_with(&format!("{head}.")))
                });
                if !clashes {
                    let key = format!("\"{head}\"");
                    let inner = format!("{{\"{tail}\":");
                    let value = service.at(Span::at(member.node.span.start as usize));
                    let end = service.at(Span::at(member.node.span.end as usize));
                    finding.fix(
                        Fix::safe(text("write it as an object", "写成嵌套对象"))
                            .replace(service.at(member.key_span), key)
                            .replace(value, inner)
                            .replace(end, "}"),
                    );
                }
            }
        }
    }
}

pub(super) static PLACEHOLDER_LEFT: Rule = Rule {
    id: "eas/placeholder-left",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a value is still to be filled in", "有待填写的值"),
    message: text("this value is still to be filled in", "该值尚未填写"),
    why: text(
        "A placeholder that reaches EAS is taken literally. Plimsoll judges nothing about a value that it cannot know.",
        "占位符会被 EAS 原样使用。对于无法得知的值，Plimsoll 不作判断。",
    ),
    help: text("fill it in before the service is deployed", "部署前请填写"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"«vpc-xxx»"}}}"#),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«registry.<region>.aliyuncs.com/a/b:1»"}]}"#,
        ),
        good(r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"vpc-bp1h7c"}}}"#),
    ],
    check: placeholder_left,
    ..Rule::DEFAULT
};

fn placeholder_left(cx: &Context<'_>, found: &mut Findings) {
    // In a template the functions around them fill values in.
    for service in services(cx).filter(|service| service.is_document()) {
        service.root.walk(&mut |key, node: &Node| {
            // Scripts are full of variables that the shell fills in; credentials have their rule.
            let is_other = matches!(key, Some("script" | "command" | "dockerAuth"));
            if !is_other && node.as_str().is_some() && node.is_unknown() {
                found.add(&PLACEHOLDER_LEFT, Service::value(service, node));
            }
        });
    }
}
