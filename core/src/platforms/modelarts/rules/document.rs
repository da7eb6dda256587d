//! config.json as JSON: what a strict reader refuses, keys that stand twice, what is no object.

use super::super::config::configs;
use super::super::file::File;
use super::super::spec::{
    DUPLICATE_KEYS, FILE_NAME_IS_FIXED, IMPORT_REFUSES, IS_JSON, KEYS, STRICT_JSON,
};
use super::MODELARTS;
use crate::document::Kind;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

pub(super) static SYNTAX: Rule = Rule {
    id: "modelarts/config-json-syntax",
    severity: Severity::Error,
    summary: text("config.json is not strict JSON", "config.json 不是严格的 JSON"),
    message: text("config.json cannot be read here", "此处的 config.json 无法解析"),
    why: text(
        "The import reads JSON. With a comment or a comma too many the model cannot be created.",
        "导入时按 JSON 解析：多一个注释或逗号，模型就无法创建。",
    ),
    rests_on: &[&IS_JSON, &STRICT_JSON, &IMPORT_REFUSES],
    examples: &[
        bad("{\"model_type\":\"Image\"«,»}").fixed("{\"model_type\":\"Image\"}"),
        bad("{\"model_type\":\"Image\" «// a note»\n}"),
        bad("-- config.json --\n«\u{feff}»{\"model_type\":\"Image\"}")
            .fixed("-- config.json --\n{\"model_type\":\"Image\"}"),
        bad("{\"model_algorithm\": «'»a'}"),
        good("{\"model_type\":\"Image\"}"),
    ],
    check: |cx, found| strict_json(cx, Kind::ModelArtsConfig, &SYNTAX, found),
    ..MODELARTS
};

/// Finds by `rule` what is no strict JSON in the documents of `kind`.
pub(super) fn strict_json(cx: &Context<'_>, kind: Kind, rule: &'static Rule, found: &mut Findings) {
    for document in cx.of_kind(kind) {
        let Some(json) = document.json() else { continue };
        for error in &json.errors {
            found.add(rule, document.place(error.span)).message = error.message.clone();
        }
        for at in json.trailing_commas.iter().map(|&comma| document.place(comma)) {
            found
                .add(rule, at)
                .says(text(
                    "a comma before a closing bracket is not JSON",
                    "JSON 不允许在右括号前有逗号",
                ))
                .fix(Fix::safe(text("remove the comma", "删除该逗号")).delete(at));
        }
        for at in json.comments.iter().map(|&comment| document.place(comment)) {
            found
                .add(rule, at)
                .says(text("JSON has no comments", "JSON 不支持注释"))
                .fix(Fix::risky(text("remove the comment", "删除该注释")).delete(at));
        }
        if let Some(at) = json.byte_order_mark.map(|mark| document.place(mark)) {
            found
                .add(rule, at)
                .says(text(
                    "JSON does not begin with a byte order mark",
                    "JSON 不能以字节顺序标记（BOM）开头",
                ))
                .fix(Fix::safe(text("remove the mark", "删除该标记")).delete(at));
        }
    }
}

pub(super) static DUPLICATE_KEY: Rule = Rule {
    id: "modelarts/config-duplicate-key",
    summary: text("a key stands twice in one object", "同一对象中有重复的键"),
    message: text("the key `{key}` stands here a second time", "键 `{key}` 在此重复出现"),
    why: text(
        "A reader keeps one of the two values, mostly the last, and says nothing of the other.",
        "解析器只保留其中一个值（通常是最后一个），且不会提示。",
    ),
    help: text("keep one of them", "只保留其中一个"),
    rests_on: &[&DUPLICATE_KEYS],
    examples: &[
        bad(r#"{"model_type":"Image",«"model_type"»:"PyTorch"}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/a"},{"url":"/b"}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            duplicate_keys(*config, &DUPLICATE_KEY, found);
        }
    },
    ..MODELARTS
};

/// Finds by `rule` the keys that stand twice in one object of `file`.
pub(super) fn duplicate_keys(file: File<'_>, rule: &'static Rule, found: &mut Findings) {
    for (member, first) in file.root.duplicates(false) {
        found
            .add(rule, file.key(member))
            .arg("key", &member.key)
            .related(file.at(first), text("first here", "首次出现"));
    }
}

pub(super) static NOT_OBJECT: Rule = Rule {
    id: "modelarts/config-not-object",
    severity: Severity::Error,
    summary: text("config.json is not one object", "config.json 不是一个对象"),
    message: text(
        "config.json is one JSON object, but this is of type {type}",
        "config.json 应为一个 JSON 对象，而此处类型为 {type}",
    ),
    why: text(
        "model_algorithm and model_type have no place in it, so no model can be created.",
        "其中没有 model_algorithm 和 model_type 的位置，因此无法创建模型。",
    ),
    help: text("write `{` … `}` around named fields", "写成 `{` … `}` 包含各字段的对象"),
    rests_on: &[&KEYS],
    examples: &[
        bad(
            "-- config.json --\n«[»{\"url\":\"/\",\"method\":\"post\",\"model_algorithm\":\"a\"}]\n",
        ),
        good(r#"{"model_algorithm":"a","model_type":"Image","apis":[{"url":"/"}]}"#),
    ],
    check: |cx, found| {
        for document in cx.of_kind(Kind::ModelArtsConfig) {
            let Some(root) = document.json().and_then(|json| json.root.as_ref()) else { continue };
            if root.is_object() {
                continue;
            }
            let mut first = root.span;
            if root.items().is_some() {
                first.end = first.start + 1;
            }
            let finding =
                found.add(&NOT_OBJECT, document.place(first)).arg("type", root.type_name());
            let is_api = |node: &crate::tree::Node| node.get("url").is_some();
            if root.items().is_some_and(|items| items.iter().any(is_api)) {
                finding.help(text(
                    "a list of APIs alone is for the field Apis of the console; in config.json it is the value of `apis`",
                    "单独的接口列表用于控制台的 Apis 字段；在 config.json 中应作为 `apis` 的值",
                ));
            }
        }
    },
    ..MODELARTS
};

pub(super) static FILE_NAME: Rule = Rule {
    id: "modelarts/config-file-name",
    summary: text("a configuration file of another name", "模型配置文件名称不符"),
    message: text(
        "a model package is configured by `config.json`, not `{name}`",
        "模型包的配置文件名为 `config.json`，而不是 `{name}`",
    ),
    why: text(
        "The import looks for a file of exactly this name and finds no configuration.",
        "导入时按此名称查找，因此找不到配置文件。",
    ),
    help: text("rename it to config.json", "重命名为 config.json"),
    rests_on: &[&FILE_NAME_IS_FIXED],
    examples: &[
        bad("-- model/Config.json --\n«»{\"model_algorithm\":\"a\",\"model_type\":\"PyTorch\"}\n"),
        bad(
            "-- model/model_config.json --\n«»{\"model_algorithm\":\"a\",\"model_type\":\"PyTorch\"}\n",
        ),
        good("-- model/config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"PyTorch\"}\n"),
        // Content that is typed into the console may come from a file of any name.
        good("-- model_config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\"}\n"),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            let path = config.document.source.path();
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let is_slip = name.eq_ignore_ascii_case("config.json") || is_package(folder);
            if name != "config.json" && is_slip {
                found.add(&FILE_NAME, config.at(Span::at(0))).arg("name", name);
            }
        }
    },
    ..MODELARTS
};

/// Whether `folder` is the one that a model package in OBS has.
pub(super) fn is_package(folder: &str) -> bool {
    folder.rsplit('/').next() == Some("model")
}
