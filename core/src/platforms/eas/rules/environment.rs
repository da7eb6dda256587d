//! A container's environment.

use std::collections::HashMap;

use super::super::service::{Service, services};
use super::super::spec::{ENVIRONMENT, LISTENING_PORT};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::{Node, Value};

pub(super) static ENV_SHAPE: Rule = Rule {
    id: "eas/env-shape",
    platform: Some(Platform::Eas),
    summary: text("the environment is not a list of names and values", "环境变量不是 name 和 value 的列表"),
    message: text("the environment is a list of `name` and `value`, both strings", "环境变量应为 `name` 和 `value` 的列表，均为字符串"),
    why: text("Another form is refused or passed over: the variable is not set in the container.", "其他写法会被拒绝或忽略：容器中没有该变量。"),
    help: text("write `[{\"name\": \"A\", \"value\": \"1\"}]`", "请写成 `[{\"name\": \"A\", \"value\": \"1\"}]`"),
    rests_on: &[&ENVIRONMENT],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":«{"A":"1"}»}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":"1"}]}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":«1»}]}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":"1"}]}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":"1"},{"name":"«A»","value":"2"}]}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":"1"}]}]}"#),
    ],
    check: env_shape,
    ..Rule::DEFAULT
};

fn env_shape(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for env in service.containers().iter().filter_map(|node| node.get("env")) {
            match &env.value {
                Value::Array(items) => env_items(service, items, found),
                _ if env.is_unknown() => {}
                Value::Object(members) => {
                    let finding = found.add(&ENV_SHAPE, service.at(env.span));
                    if members.iter().all(|member| member.node.as_str().is_some()) {
                        let list: Vec<String> = members
                            .iter()
                            .map(|member| {
                                let (key, value) = (member.key_span, member.node.span);
                                format!(
                                    "{{\"name\":{},\"value\":{}}}",
                                    service.letters(key),
                                    service.letters(value)
                                )
                            })
                            .collect();
                        finding.fix(
                            Fix::safe(text("write it as a list", "写成列表"))
                                .replace(service.at(env.span), format!("[{}]", list.join(", "))),
                        );
                    }
                }
                _ => {
                    found.add(&ENV_SHAPE, service.at(env.span));
                }
            }
        }
    }
}

fn env_items(service: Service<'_>, items: &[Node], found: &mut Findings) {
    let mut seen: HashMap<&str, &Node> = HashMap::new();
    for item in items {
        if !item.is_object() {
            found.add(&ENV_SHAPE, service.at(item.span));
            continue;
        }
        if let Some(value) = item.get("value")
            && matches!(value.value, Value::Number(_) | Value::Bool(_))
        {
            let at = service.at(value.span);
            let raw = service.letters(value.span);
            found
                .add(&ENV_SHAPE, at)
                .says(text("the value of a variable is a string", "环境变量的值应为字符串"))
                .fix(
                    Fix::safe(text("write it as a string", "写成字符串"))
                        .replace(at, format!("\"{raw}\"")),
                );
        }
        let Some(name_node) = item.get("name") else { continue };
        let Some(name) = name_node.as_str() else { continue };
        if let Some(&first) = seen.get(name) {
            found
                .add(&ENV_SHAPE, service.value(name_node))
                .says(text(
                    "the variable `{name}` is set a second time",
                    "变量 `{name}` 被重复设置",
                ))
                .arg("name", name)
                .related(service.value(first), text("first here", "首次出现"));
        } else {
            seen.insert(name, name_node);
        }
    }
}

pub(super) static ENV_LISTENING_PORT: Rule = Rule {
    id: "eas/env-listening-port",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a variable that EAS sets itself", "EAS 自行设置的环境变量"),
    message: text("EAS sets LISTENING_PORT itself", "LISTENING_PORT 由 EAS 设置"),
    why: text(
        "EAS gives the container's port in this variable; another value is overwritten, or contradicts it.",
        "EAS 通过该变量传入容器端口；自行设置的值会被覆盖或与之矛盾。",
    ),
    help: text("remove it, and set `port` of the container", "删除它，并设置容器的 `port`"),
    rests_on: &[&LISTENING_PORT],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"«LISTENING_PORT»","value":"8000"}]}]}"#,
        ),
        bad("FROM a:1\nENV «LISTENING_PORT»=8000\n"),
        good("FROM a:1\nENV PORT=8000\n"),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let lists = service.containers().iter().filter_map(|node| node.get("env")?.items());
            for name in lists.flatten().filter_map(|item| item.get("name")) {
                if name.as_str() == Some("LISTENING_PORT") {
                    found.add(&ENV_LISTENING_PORT, service.value(name));
                }
            }
        }
        for document in cx.of_kind(crate::Kind::Dockerfile) {
            let Some(content) = document.dockerfile() else { continue };
            if let Some(variable) = content.prediction.env_value("LISTENING_PORT") {
                found.add(&ENV_LISTENING_PORT, document.place(variable.name_span));
            }
        }
    },
    ..Rule::DEFAULT
};
