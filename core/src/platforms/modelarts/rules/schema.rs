//! `data` of requests and responses: JSON Schema, with the type `file` beside.

use super::super::config::{Config, configs, known};
use super::super::spec::{
    DATA_IS_SCHEMA, EXAMPLE_TYPOS, FILES_ARE_FORMS, SCHEMA_MEANING, SCHEMA_TYPES,
};
use super::MODELARTS;
use crate::rule::{Context, Fix, Rule, Severity, bad, good};
use crate::text::{nearest, text};
use crate::tree::Node;

/// The types of a schema, ModelArts' own among them.
const TYPES: &[&str] =
    &["object", "array", "string", "number", "integer", "boolean", "null", "file"];

/// Calls `visit` for each schema in the bodies of `config`, and says whose body it is.
fn schemas<'a>(config: Config<'a>, visit: &mut dyn FnMut(&'static str, &'a Node)) {
    for (key, body, _) in config.bodies() {
        if let Some(data) = body.get("data") {
            each(data, &mut |schema| visit(key, schema));
        }
    }
}

/// Calls `visit` for `schema` and the schemas in it. The parser caps the nesting.
fn each<'a>(schema: &'a Node, visit: &mut dyn FnMut(&'a Node)) {
    if !schema.is_object() || schema.is_unknown() {
        return;
    }
    visit(schema);
    for member in schema.get("properties").map_or(&[][..], Node::members) {
        each(&member.node, visit);
    }
    for items in ["items", "item"].iter().filter_map(|key| schema.get(key)) {
        match items.items() {
            // A list of schemas, one for each place.
            Some(list) => list.iter().for_each(|item| each(item, visit)),
            None => each(items, visit),
        }
    }
}

pub(super) static DATA_TYPE: Rule = Rule {
    id: "modelarts/schema-data-type",
    summary: text("`data` is no JSON Schema", "`data` 不是 JSON Schema"),
    message: text(
        "`data` is a JSON Schema, but this is of type {type}",
        "`data` 应为 JSON Schema，而此处类型为 {type}",
    ),
    why: text(
        "The description of the body cannot be read, so tests and batch services have nothing to go by.",
        "无法读取请求体的描述，测试页面和批量服务将失去依据。",
    ),
    help: text("write an object with \"type\": \"object\"", "写成对象，含有 \"type\": \"object\""),
    rests_on: &[&DATA_IS_SCHEMA],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":«"image"»}}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"object"}}}]}"#),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":"{\"type\":\"object\"}"}}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (_, body, _) in config.bodies() {
                let Some(data) = body.get("data") else { continue };
                // The table calls it a string: one that holds JSON is as it says.
                let holds_json = data
                    .as_str()
                    .is_some_and(|text| text.trim().is_empty() || text.trim().starts_with('{'));
                if !data.is_object() && !data.is_unknown() && !holds_json {
                    found.add(&DATA_TYPE, config.at(data.span)).arg("type", data.type_name());
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static UNKNOWN_TYPE: Rule = Rule {
    id: "modelarts/schema-unknown-type",
    summary: text("a type that JSON Schema does not know", "JSON Schema 中不存在的类型"),
    message: text("there is no type `{type}`", "没有类型 `{type}`"),
    why: text(
        "Whoever reads the description, the console's test page among them, cannot make such a value.",
        "读取该描述的一方（例如控制台的测试页面）无法构造这样的值。",
    ),
    help: text("write one of {known}", "请写以下之一：{known}"),
    rests_on: &[&SCHEMA_TYPES],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"«list»"}}}]}"#),
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","response":{"data":{"type":"object","properties":{"n":{"type":"«int»"}}}}}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"object","properties":{"type":{"type":"file"}}}}}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","response":{"data":{"type":"array","items":[{"type":"number"},{"type":"string"}]}}}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            schemas(config, &mut |_, schema| {
                let Some((node, kind)) = known(schema, "type") else { return };
                if TYPES.contains(&kind) {
                    return;
                }
                let at = config.value(node);
                let finding =
                    found.add(&UNKNOWN_TYPE, at).arg("type", kind).arg("known", TYPES.join(", "));
                let meant = match kind.to_ascii_lowercase().as_str() {
                    "list" | "tuple" => Some("array"),
                    "int" | "long" => Some("integer"),
                    "float" | "double" => Some("number"),
                    "str" | "text" => Some("string"),
                    "bool" => Some("boolean"),
                    "dict" | "map" | "json" => Some("object"),
                    other => nearest(other, TYPES.iter().copied()),
                };
                if let Some(near) = meant {
                    finding.arg("near", near).help(text("write `{near}`", "写作 `{near}`")).fix(
                        Fix::risky(text("write `{near}`", "写作 `{near}`"))
                            .arg("near", near)
                            .replace(at, near),
                    );
                }
            });
        }
    },
    ..MODELARTS
};

pub(super) static ITEM: Rule = Rule {
    id: "modelarts/schema-item-typo",
    summary: text("`item` for `items`", "`items` 误写作 `item`"),
    message: text("an array's elements are described by `items`", "数组元素由 `items` 描述"),
    why: text(
        "JSON Schema passes over `item`, so the elements may be anything.",
        "JSON Schema 会忽略 `item`，元素将不受约束。",
    ),
    help: text("write `items`", "写作 `items`"),
    rests_on: &[&EXAMPLE_TYPOS],
    examples: &[
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","response":{"data":{"type":"array",«"item"»:[{"type":"number"}]}}}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","response":{"data":{"type":"array","items":[{"type":"number"}]}}}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            schemas(config, &mut |_, schema| {
                let is_array = known(schema, "type").is_some_and(|(_, kind)| kind == "array");
                let Some(member) = schema.member("item").filter(|_| is_array) else { return };
                let at = config.key(member);
                let finding = found.add(&ITEM, at);
                if schema.member("items").is_none() {
                    finding.fix(
                        Fix::risky(text("write `items`", "写作 `items`")).replace(at, "\"items\""),
                    );
                }
            });
        }
    },
    ..MODELARTS
};

pub(super) static FILE: Rule = Rule {
    id: "modelarts/schema-file-needs-multipart",
    summary: text("a file in a request that is no form", "非表单请求中包含文件"),
    message: text(
        "a file cannot stand in an application/json request",
        "application/json 请求中不能包含文件",
    ),
    why: text(
        "Files are sent as parts of a form; JSON has no place for them.",
        "文件通过表单上传，JSON 无法携带。",
    ),
    help: text(
        "set Content-type to multipart/form-data",
        "将 Content-type 设为 multipart/form-data",
    ),
    rests_on: &[&FILES_ARE_FORMS],
    examples: &[
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"Content-type":"application/json","data":{"type":"object","properties":{"image":{"type":"«file»"}}}}}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"Content-type":"multipart/form-data","data":{"type":"object","properties":{"image":{"type":"file"}}}}}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (_, body, _) in config.bodies().filter(|(key, ..)| *key == "request") {
                let media = known(body, "Content-type").map(|(_, media)| media.trim());
                if media != Some("application/json") {
                    continue;
                }
                let Some(data) = body.get("data") else { continue };
                each(data, &mut |schema| {
                    if let Some((node, "file")) = known(schema, "type") {
                        found.add(&FILE, config.value(node));
                    }
                });
            }
        }
    },
    ..MODELARTS
};

pub(super) static REQUIRED: Rule = Rule {
    id: "modelarts/schema-required-unknown",
    summary: text("`required` names no property", "`required` 中的名称不存在"),
    message: text(
        "`{name}` is required, but no property has this name",
        "`{name}` 为必填，但没有该名称的属性",
    ),
    why: text(
        "No request can be right: what is required is nowhere described.",
        "必填的内容没有描述，请求无法满足要求。",
    ),
    help: text("describe it in `properties`, or take it out", "在 `properties` 中描述，或从中删除"),
    rests_on: &[&SCHEMA_MEANING],
    examples: &[
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"object","required":["«x»"],"properties":{"y":{}}}}}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"object","required":["y"],"properties":{"y":{}}}}}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            schemas(config, &mut |_, schema| {
                let Some(properties) = schema.get("properties").filter(|node| node.is_object())
                else {
                    return;
                };
                let required = schema.get("required").and_then(Node::items).unwrap_or_default();
                for node in required.iter().filter(|node| !node.is_unknown()) {
                    let Some(name) = node.as_str() else { continue };
                    if properties.member(name).is_none() {
                        found.add(&REQUIRED, config.value(node)).arg("name", name);
                    }
                }
            });
        }
    },
    ..MODELARTS
};

pub(super) static BOUNDS: Rule = Rule {
    id: "modelarts/schema-bounds",
    summary: text("an array's bounds that cannot be", "数组长度限制无法满足"),
    message: text("`{key}` is a whole number from 0 on", "`{key}` 应为非负整数"),
    why: text(
        "No array fits such bounds, so the description helps nobody.",
        "没有数组能满足这样的限制，该描述没有意义。",
    ),
    help: text("write minItems no greater than maxItems", "minItems 不应大于 maxItems"),
    rests_on: &[&SCHEMA_MEANING],
    examples: &[
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"array","minItems":«3»,"maxItems":2}}}]}"#,
        ),
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"array","minItems":«-1»}}}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"array","minItems":2,"maxItems":2}}}]}"#,
        ),
    ],
    check: |cx: &Context<'_>, found| {
        for config in configs(cx) {
            schemas(config, &mut |_, schema| {
                for key in ["minItems", "maxItems"] {
                    let Some(node) = schema.get(key).filter(|node| !node.is_unknown()) else {
                        continue;
                    };
                    if node.lenient_i64().is_none_or(|value| value < 0) {
                        found.add(&BOUNDS, config.value(node)).arg("key", key);
                    }
                }
                let bound = |key: &str| schema.get(key).and_then(Node::lenient_i64);
                if let (Some(least), Some(most)) = (bound("minItems"), bound("maxItems"))
                    && least > most
                    && let Some(node) = schema.get("minItems")
                {
                    found
                        .add(&BOUNDS, config.value(node))
                        .says(text(
                            "at least {least} elements, but at most {most}",
                            "至少 {least} 个元素，却最多 {most} 个",
                        ))
                        .arg("least", least)
                        .arg("most", most)
                        .severity(Severity::Warning);
                }
            });
        }
    },
    ..MODELARTS
};
