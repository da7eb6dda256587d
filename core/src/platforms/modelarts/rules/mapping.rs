//! `mapping_rule`: which column of a csv file is which parameter.

use std::collections::HashMap;

use super::super::config::{configs, known};
use super::super::deployment::{Deployment, deployments};
use super::super::spec::MAPPING_RULE;
use super::MODELARTS;
use crate::document::Kind;
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::text::{Place, text};
use crate::tree::{Node, Value};

pub(super) static RULE: Rule = Rule {
    id: "modelarts/cross-mapping-rule",
    summary: text("columns that do not fit the parameters", "csv 列与参数不对应"),
    message: text(
        "`index` is a whole number from 0 on, or -1 for a parameter without a column",
        "`index` 应为从 0 开始的整数，-1 表示该参数没有对应列",
    ),
    why: text(
        "The batch service fills each parameter from its column; a wrong rule sends requests that the model does not understand.",
        "批量服务按列填充各参数；规则有误时，模型无法理解收到的请求。",
    ),
    help: text(
        "write the request's schema once more, with `index` at each single value",
        "按请求的 schema 书写，并为每个单值参数添加 `index`",
    ),
    rests_on: &[&MAPPING_RULE],
    examples: &[
        bad(
            "-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"mapping_type\":\"csv\",\"mapping_rule\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\",\"index\":0},\"b\":{\"type\":\"number\",\"index\":«0»}}}}]}\n",
        ),
        bad(
            "-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"mapping_type\":\"csv\",\"mapping_rule\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\",\"index\":«1.5»},\"b\":«{»\"type\":\"string\"}}}}]}\n",
        ),
        bad(
            "-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\",\"request\":{\"data\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}}}]}\n-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"req_uri\":\"/\",\"mapping_type\":\"csv\",\"mapping_rule\":{\"type\":\"object\",\"properties\":{«\"b\"»:{\"type\":\"number\",\"index\":0}}}}]}\n",
        ),
        good(
            "-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\",\"request\":{\"data\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"},\"b\":{\"type\":\"string\"}}}}}]}\n-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"req_uri\":\"/\",\"mapping_type\":\"csv\",\"mapping_rule\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\",\"index\":0},\"b\":{\"type\":\"string\",\"index\":-1}}}}]}\n",
        ),
    ],
    check,
    ..MODELARTS
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for service in deployments(cx) {
        for entry in service.entries() {
            let Some(rule) = entry.get("mapping_rule").filter(|rule| rule.is_object()) else {
                continue;
            };
            columns(service, rule, &mut HashMap::new(), found);
            if let Some(schema) = schema_of(cx, entry) {
                names(service, rule, schema, found);
            }
        }
    }
}

/// The schema of the request that `entry` sends, if config.json tells.
fn schema_of<'a>(cx: &Context<'a>, entry: &Node) -> Option<&'a Node> {
    cx.only(Kind::ModelArtsConfig)?;
    let (_, url) = known(entry, "req_uri")?;
    let is_asked = |api: &&Node| known(api, "url").map_or("/", |(_, url)| url) == url;
    configs(cx).next()?.apis().find(is_asked)?.lookup(&["request", "data"])
}

/// The schemas inside of `schema`: of its properties, with their names, and of its items.
fn parts(schema: &Node) -> impl Iterator<Item = &Node> {
    let properties = schema.get("properties").map_or(&[][..], Node::members);
    let items = schema.get("items");
    let list = items.and_then(Node::items).unwrap_or_default();
    let single = items.filter(|items| items.is_object());
    properties.iter().map(|member| &member.node).chain(list).chain(single)
}

/// Checks `index` at each single value of `rule`.
fn columns(
    service: Deployment<'_>,
    rule: &Node,
    seen: &mut HashMap<i64, Place>,
    found: &mut Findings,
) {
    let is_single = known(rule, "type")
        .is_some_and(|(_, kind)| matches!(kind, "string" | "number" | "integer" | "boolean"));
    match rule.get("index") {
        Some(index) if index.is_unknown() => {}
        Some(index) => {
            let value = match &index.value {
                Value::Number(_) => index.as_i64().filter(|&value| value >= -1),
                _ => index.lenient_i64().filter(|&value| value >= -1),
            };
            let at = service.value(index);
            let Some(value) = value else {
                found.add(&RULE, at);
                return;
            };
            match seen.get(&value) {
                Some(first) if value >= 0 => {
                    found
                        .add(&RULE, at)
                        .arg("index", value)
                        .says(text(
                            "column {index} is given to two parameters",
                            "第 {index} 列对应了两个参数",
                        ))
                        .related(*first, text("first here", "首次出现"));
                }
                _ => {
                    seen.insert(value, at);
                }
            }
        }
        None if is_single && !rule.is_unknown() => {
            found
                .add(&RULE, service.brace(rule))
                .says(text("this parameter has no `index`", "该参数没有 `index`"));
        }
        None => {}
    }
    for part in parts(rule) {
        columns(service, part, seen, found);
    }
}

/// Checks that the properties of `rule` are those of `schema`.
fn names(service: Deployment<'_>, rule: &Node, schema: &Node, found: &mut Findings) {
    let of_rule = rule.get("properties").map_or(&[][..], Node::members);
    if let Some(properties) = schema.get("properties").filter(|one| !one.members().is_empty()) {
        for member in of_rule {
            match properties.get(&member.key) {
                Some(inner) => names(service, &member.node, inner, found),
                None => {
                    found.add(&RULE, service.key(member)).arg("name", &member.key).says(text(
                        "the request of config.json has no parameter `{name}`",
                        "config.json 的请求中没有参数 `{name}`",
                    ));
                }
            }
        }
    }
}
