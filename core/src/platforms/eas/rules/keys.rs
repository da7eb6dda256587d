//! Keys that EAS does not know, and values of another type than it wants.

use super::super::service::services;
use super::super::shape::SERVICE;
use super::super::spec::{PARAMETERS, WRONG_KEYS};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::schema::{ViolationKind, validate};
use crate::tree::{Node, Value};

pub(super) static UNKNOWN_TOP_LEVEL_KEY: Rule = Rule {
    id: "eas/unknown-top-level-key",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a top-level key that EAS does not know", "EAS 不认识的顶层键"),
    message: text("EAS knows no top-level key `{key}`", "EAS 没有顶层键 `{key}`"),
    why: text(
        "EAS passes over keys that it does not know: what you set there does not happen, and nothing says so.",
        "EAS 会忽略不认识的键：其中的设置不会生效，也没有提示。",
    ),
    help: text("look the key up in the list of parameters", "请对照参数列表检查该键"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},«"container"»:[]}"#),
        bad(r#"{"metadata":{"name":"a_b"},«"autoscale"»:{"min":1}}"#),
        bad(r#"{"metadata":{"name":"a_b"},«"meta"»:{"type":"SDCluster"}}"#),
        good(r#"{"metadata":{"name":"a_b"},"autoscaler":{"min":1,"max":4}}"#),
    ],
    check: |cx, found| unknown(cx, found, true),
    ..Rule::DEFAULT
};

pub(super) static UNKNOWN_KEY: Rule = Rule {
    id: "eas/unknown-key",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a key that EAS does not know in its place", "EAS 在该位置不认识的键"),
    message: text("EAS knows no key `{key}` here", "EAS 在此处没有键 `{key}`"),
    why: text(
        "EAS passes over keys that it does not know: what you set there does not happen, and nothing says so.",
        "EAS 会忽略不认识的键：其中的设置不会生效，也没有提示。",
    ),
    help: text("look the key up in the list of parameters", "请对照参数列表检查该键"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b",«"instances"»:2}}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x",«"prot"»:8000}]}"#),
        bad(
            r#"{"metadata":{"name":"a_b"},"autoscaler":{"min":1,"max":4,"scaleStrategies":[{«"metric_name"»:"qps"}]}}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","nfs":{«"sever"»:"a","path":"/"}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","rpc.keepalive":1000},"features":{"eas.aliyun.com/x":1}}"#,
        ),
    ],
    check: |cx, found| unknown(cx, found, false),
    ..Rule::DEFAULT
};

fn unknown(cx: &Context<'_>, found: &mut Findings, wants_top_level: bool) {
    let rule = if wants_top_level { &UNKNOWN_TOP_LEVEL_KEY } else { &UNKNOWN_KEY };
    for service in services(cx) {
        for violation in validate(&SERVICE, service.root) {
            let ViolationKind::UnknownKey { key, is_top_level } = &violation.kind else {
                continue;
            };
            if *is_top_level != wants_top_level || known_mistake(&violation.path).is_some() {
                continue;
            }
            // A credential in a wrong place has a rule of its own.
            if key.replace('_', "").eq_ignore_ascii_case("dockerauth") {
                continue;
            }
            let finding = found.add(rule, service.at(violation.span)).arg("key", key);
            let meta = (key == "meta" && *is_top_level).then_some("metadata");
            if finding.is_wanted()
                && let Some(near) = violation.nearest().or(meta)
            {
                finding
                    .arg("near", near)
                    .help(text("did you mean `{near}`?", "是否想写 `{near}`？"));
            }
        }
    }
}

/// A key that people write, and the one that they mean.
struct Mistake {
    wrong: &'static str,
    right: &'static str,
    /// The right key in the same object, to which it may be renamed.
    rename: Option<&'static str>,
}

const MISTAKES: &[Mistake] = &[
    Mistake { wrong: "service_name", right: "metadata.name", rename: None },
    Mistake { wrong: "ServiceName", right: "metadata.name", rename: None },
    Mistake { wrong: "spec", right: "metadata, cloud", rename: None },
    Mistake { wrong: "Image", right: "containers[].image", rename: None },
    Mistake { wrong: "image", right: "containers[].image", rename: None },
    Mistake { wrong: "Cpu", right: "metadata.cpu", rename: None },
    Mistake { wrong: "resourceGroupId", right: "metadata.resource", rename: None },
    Mistake { wrong: "access", right: "networking", rename: None },
    Mistake { wrong: "scaling", right: "autoscaler", rename: None },
    Mistake { wrong: "instance", right: "metadata.instance", rename: None },
    Mistake { wrong: "resource", right: "metadata.resource", rename: None },
    Mistake { wrong: "port", right: "containers[].port", rename: None },
    Mistake { wrong: "command", right: "containers[].command", rename: None },
    Mistake {
        wrong: "cloud.computing.instanceType",
        right: "cloud.computing.instance_type",
        rename: Some("instance_type"),
    },
    Mistake { wrong: "autoscaler.min_replica", right: "autoscaler.min", rename: Some("min") },
    Mistake { wrong: "autoscaler.max_replica", right: "autoscaler.max", rename: Some("max") },
    Mistake {
        wrong: "autoscaler.scale_strategies",
        right: "autoscaler.scaleStrategies",
        rename: Some("scaleStrategies"),
    },
];

fn known_mistake(path: &str) -> Option<&'static Mistake> {
    MISTAKES.iter().find(|mistake| mistake.wrong == path)
}

pub(super) static KNOWN_WRONG_KEY: Rule = Rule {
    id: "eas/known-wrong-key",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a key that is a known mistake for another", "常见的错误键名"),
    message: text("`{wrong}` is not read: it is called `{right}`", "`{wrong}` 不会生效：应为 `{right}`"),
    why: text(
        "EAS passes over the key, so the service has no such setting and fails or runs otherwise than meant.",
        "EAS 会忽略该键，服务因缺少该设置而失败或行为与预期不符。",
    ),
    help: text("write it as `{right}`", "请写成 `{right}`"),
    rests_on: &[&WRONG_KEYS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},«"instance"»:2}"#),
        bad(r#"{"containers":[],«"service_name"»:"x_1"}"#),
        bad(r#"{"metadata":{"name":"a_b"},"autoscaler":{«"min_replica"»:1}}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"autoscaler":{"min":1}}"#),
        bad(r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{«"instanceType"»:"ecs.c7.large"}}}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instance_type":"ecs.c7.large"}}}"#),
        good(r#"{"metadata":{"name":"a_b","instance":2},"autoscaler":{"min":1}}"#),
    ],
    check: known_wrong_key,
    ..Rule::DEFAULT
};

fn known_wrong_key(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for mistake in MISTAKES {
            let path: Vec<&str> = mistake.wrong.split('.').collect();
            let (parents, key) = path.split_at(path.len() - 1);
            let parent =
                if parents.is_empty() { Some(service.root) } else { service.root.lookup(parents) };
            let Some(parent) = parent else { continue };
            let Some(member) = parent.member(key[0]) else { continue };
            let finding = found
                .add(&KNOWN_WRONG_KEY, service.at(member.key_span))
                .arg("wrong", mistake.wrong)
                .arg("right", mistake.right);
            if let Some(name) = mistake.rename
                && parent.member(name).is_none()
            {
                finding.fix(
                    Fix::safe(text("rename it to `{name}`", "重命名为 `{name}`"))
                        .arg("name", name)
                        .replace(service.at(member.key_span), format!("\"{name}\"")),
                );
            }
        }
    }
}

pub(super) static BOOL_AS_STRING: Rule = Rule {
    id: "eas/bool-as-string",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a boolean is written as a string", "布尔值写成了字符串"),
    message: text(
        "`{path}` is a boolean: {value} without quotes",
        "`{path}` 是布尔值：{value} 不加引号",
    ),
    why: text(
        "A string is no boolean: it may be refused, or `\"false\"` be taken for true since it is not empty.",
        "字符串不是布尔值：可能被拒绝，也可能因非空而把 `\"false\"` 当作 true。",
    ),
    help: text("remove the quotes", "去掉引号"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b","enable_webservice":«"true"»}}"#)
            .fixed(r#"{"metadata":{"name":"a_b","enable_webservice":true}}"#),
        good(r#"{"metadata":{"name":"a_b","enable_webservice":true}}"#),
        good(r#"{"metadata":{"name":"a_b","enable_webservice":"${WEB}"}}"#),
    ],
    check: bool_as_string,
    ..Rule::DEFAULT
};

fn bool_as_string(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for violation in validate(&SERVICE, service.root) {
            if let ViolationKind::BooleanAsString(value) = violation.kind {
                let at = service.at(violation.span);
                found
                    .add(&BOOL_AS_STRING, at)
                    .arg("path", &violation.path)
                    .arg("value", value)
                    .fix(
                        Fix::safe(text("write a boolean", "写成布尔值"))
                            .replace(at, value.to_string()),
                    );
            }
        }
    }
}

pub(super) static NUMBER_AS_STRING: Rule = Rule {
    id: "eas/number-as-string",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a number is written as a string", "数字写成了字符串"),
    message: text(
        "`{path}` is a number: {value} without quotes",
        "`{path}` 是数字：{value} 不加引号",
    ),
    why: text(
        "The field is documented as a number; a string may be refused when the service is created.",
        "该字段应为数字；写成字符串可能在创建服务时被拒绝。",
    ),
    help: text("remove the quotes", "去掉引号"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":«"8000"»}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000}]}"#),
        good(r#"{"metadata":{"name":"a_b","workspace_id":"12345","disk":"30Gi"}}"#),
    ],
    check: number_as_string,
    ..Rule::DEFAULT
};

fn number_as_string(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for violation in validate(&SERVICE, service.root) {
            if violation.kind != ViolationKind::NumberAsString {
                continue;
            }
            let value = violation.node.as_str().unwrap_or_default().trim();
            let at = service.at(violation.span);
            let finding =
                found.add(&NUMBER_AS_STRING, at).arg("path", &violation.path).arg("value", value);
            if is_json_number(value) {
                finding.fix(Fix::safe(text("write a number", "写成数字")).replace(at, value));
            }
        }
    }
}

/// Whether `text` may stand in JSON as it is: no leading zero or plus, no `inf`.
fn is_json_number(text: &str) -> bool {
    crate::tree::json::parse(text).root.is_some_and(|root| matches!(root.value, Value::Number(_)))
}

pub(super) static FIELD_TYPE: Rule = Rule {
    id: "eas/field-type",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a value is of another type than documented", "值的类型与文档不符"),
    message: text(
        "`{path}` is documented as {expected}, here it is {found}",
        "`{path}` 应为 {expected}，此处为 {found}",
    ),
    why: text(
        "EAS refuses a service whose fields it cannot read, or passes over the field.",
        "EAS 会拒绝无法解析的字段，或忽略它。",
    ),
    help: text("write it as {expected}", "请写成 {expected}"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(r#"{"metadata":«[]»,"containers":[]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":«{"image":"x"}»}"#),
        bad(r#"{"metadata":{"name":"a_b","instance":«1.5»},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","disk":30},"containers":[],"cloud":null}"#),
        good(r#"{"metadata":{"name":{"Ref":"Name"}},"containers":[]}"#),
    ],
    check: field_type,
    ..Rule::DEFAULT
};

fn field_type(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for violation in validate(&SERVICE, service.root) {
            // The environment and a login have rules of their own.
            let is_login = violation.path == "dockerAuth" && !violation.node.members().is_empty();
            if is_environment(&violation.path) || is_login {
                continue;
            }
            if let ViolationKind::WrongType { expected } = violation.kind {
                found
                    .add(&FIELD_TYPE, service.at(violation.span))
                    .arg("path", &violation.path)
                    .arg("expected", expected)
                    .arg("found", Node::type_name(violation.node));
            }
        }
    }
}

fn is_environment(path: &str) -> bool {
    path.contains("].env[") || path.ends_with("].env")
}

pub(super) static FIELD_VALUE: Rule = Rule {
    id: "eas/field-value",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a value is out of the documented range", "值超出文档规定的范围"),
    message: text("`{path}` cannot be {value}: {known}", "`{path}` 不能为 {value}：{known}"),
    why: text(
        "EAS refuses a value out of range when the service is created.",
        "EAS 在创建服务时会拒绝超出范围的值。",
    ),
    help: text("choose a value that is documented", "请使用文档规定的值"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":«70000»}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"sinker":{"type":«"log"»}}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[],"sinker":{"type":"sls"}}"#),
    ],
    check: field_value,
    ..Rule::DEFAULT
};

fn field_value(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for violation in validate(&SERVICE, service.root) {
            let known = match &violation.kind {
                ViolationKind::OutOfRange { least, most: i64::MAX } => format!(">= {least}"),
                ViolationKind::OutOfRange { least, most } => format!("{least} … {most}"),
                ViolationKind::NotAChoice { choices, .. } => choices.join(", "),
                _ => continue,
            };
            // `eas/instance-missing` speaks of it.
            if violation.path == "metadata.instance" {
                continue;
            }
            let value = match &violation.node.value {
                Value::Number(raw) => raw.clone(),
                _ => format!("`{}`", violation.node.as_str().unwrap_or_default()),
            };
            found
                .add(&FIELD_VALUE, service.at(violation.span))
                .arg("path", &violation.path)
                .arg("value", value)
                .arg("known", known);
        }
    }
}
