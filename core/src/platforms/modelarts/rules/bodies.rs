//! `request` and `response`: media types, and where a schema is needed.

use super::super::config::{configs, known};
use super::super::spec::{
    BATCH_SCHEMA, CONTENT_TYPE_KEY, EXAMPLE_TYPOS, KEYS, ML_IS_JSON, REQUEST_TYPES,
};
use super::MODELARTS;
use crate::fact::Profile;
use crate::rule::{Fix, Rule, Severity, bad, good};
use crate::text::{nearest, text};

pub(super) static NESTED: Rule = Rule {
    id: "modelarts/request-nested-response",
    summary: text("a response inside of a request", "response 写在 request 之内"),
    message: text(
        "`response` stands inside of `request`, where it is not read",
        "`response` 写在 `request` 之内，不会生效",
    ),
    why: text(
        "Request and response stand side by side in an API; a nested one describes nothing.",
        "request 与 response 应并列于接口中；嵌套的不会生效。",
    ),
    help: text("move it out, beside `request`", "移到外面，与 `request` 并列"),
    rests_on: &[&KEYS],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"/","request":{«"response"»:{}}}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/","request":{},"response":{}}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (_, body, _) in config.bodies().filter(|(key, ..)| *key == "request") {
                if let Some(member) = body.member("response") {
                    found.add(&NESTED, config.key(member));
                }
            }
        }
    },
    ..MODELARTS
};

const CONTENT_TYPE: &str = "Content-type";

pub(super) static KEY: Rule = Rule {
    id: "modelarts/content-type-key",
    summary: text("Content-type is spelt otherwise", "Content-type 的写法不同"),
    message: text("`{key}` is spelt `Content-type` here", "`{key}` 在此应写作 `Content-type`"),
    why: text(
        "Keys are told apart by their letter case: this one is passed over, and application/json taken.",
        "键名区分大小写：该键会被忽略，并默认使用 application/json。",
    ),
    help: text("write `Content-type`", "写作 `Content-type`"),
    rests_on: &[&CONTENT_TYPE_KEY],
    examples: &[
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{«"Content-Type"»:"application/json"}}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"Content-type":"application/json"}}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (_, body, _) in config.bodies() {
                for member in body.members() {
                    let plain = member.key.to_ascii_lowercase().replace('_', "-");
                    let is_other = matches!(plain.as_str(), "content-type" | "contenttype");
                    if !is_other || member.key == CONTENT_TYPE {
                        continue;
                    }
                    let at = config.key(member);
                    let finding = found.add(&KEY, at).arg("key", &member.key);
                    if body.member(CONTENT_TYPE).is_none() {
                        finding.fix(
                            Fix::risky(text("write `Content-type`", "写作 `Content-type`"))
                                .replace(at, "\"Content-type\""),
                        );
                    }
                }
            }
        }
    },
    ..MODELARTS
};

/// The media type without its parameters.
fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub(super) static VALUE: Rule = Rule {
    id: "modelarts/content-type-value",
    severity: Severity::Error,
    summary: text("a media type that ModelArts does not take", "ModelArts 不支持的媒体类型"),
    message: text(
        "`{value}` is neither application/json nor multipart/form-data",
        "`{value}` 不是 application/json 或 multipart/form-data",
    ),
    why: text(
        "ModelArts hands requests of these two types to the model and no others.",
        "ModelArts 只向模型转发这两种类型的请求。",
    ),
    help: text("write one of the two", "写作二者之一"),
    rests_on: &[&REQUEST_TYPES.source, &EXAMPLE_TYPOS],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"/","request":{"Content-type":"«applicaton/json»"}}]}"#)
            .fixed(r#"{"model_type":"Image","apis":[{"url":"/","request":{"Content-type":"application/json"}}]}"#),
        bad(r#"{"model_type":"Image","apis":[{"url":"/","request":{"Content-type":"«text/plain»"}}]}"#),
        bad(r#"{"model_type":"Image","apis":[{"url":"/","response":{"Content-type":"«applicaton/json»"}}]}"#)
            .fixed(r#"{"model_type":"Image","apis":[{"url":"/","response":{"Content-type":"application/json"}}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/","request":{"Content-type":"multipart/form-data"},"response":{"Content-type":"image/png"}}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (key, body, _) in config.bodies() {
                let Some((node, value)) = known(body, CONTENT_TYPE) else { continue };
                let media = media_type(value);
                if REQUEST_TYPES.value.contains(&media.as_str()) {
                    continue;
                }
                let near = nearest(&media, REQUEST_TYPES.value.iter().copied());
                if key == "response" && near.is_none() {
                    continue;
                }
                let at = config.value(node);
                let finding = found.add(&VALUE, at).arg("value", value);
                if key == "response" {
                    finding.severity(Severity::Warning);
                }
                if let Some(near) = near {
                    finding
                        .arg("near", near)
                        .help(text("did you mean `{near}`?", "是否想写 `{near}`？"))
                        .fix(
                            Fix::safe(text("write `{near}`", "写作 `{near}`"))
                                .arg("near", near)
                                .replace(at, near),
                        );
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static ML_JSON: Rule = Rule {
    id: "modelarts/content-type-ml-json",
    severity: Severity::Error,
    summary: text("a form for an engine that reads JSON alone", "只支持 JSON 的引擎使用了表单"),
    message: text(
        "{kind} takes application/json alone, not `{value}`",
        "{kind} 只支持 application/json，不支持 `{value}`",
    ),
    why: text(
        "The machine learning engines read requests as JSON; a form cannot be read.",
        "机器学习引擎按 JSON 读取请求，无法读取表单。",
    ),
    help: text("write application/json", "写作 application/json"),
    rests_on: &[&ML_IS_JSON],
    examples: &[
        bad(
            r#"{"model_type":"XGBoost","apis":[{"url":"/","request":{"Content-type":"«multipart/form-data»"}}]}"#,
        ),
        good(
            r#"{"model_type":"XGBoost","apis":[{"url":"/","request":{"Content-type":"application/json"}}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            let Some(kind @ ("Spark_MLlib" | "Scikit_Learn" | "XGBoost")) = config.model_type()
            else {
                continue;
            };
            for (_, body, _) in config.bodies().filter(|(key, ..)| *key == "request") {
                let Some((node, value)) = known(body, CONTENT_TYPE) else { continue };
                if media_type(value) == "multipart/form-data" {
                    found.add(&ML_JSON, config.value(node)).arg("kind", kind).arg("value", value);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static BATCH: Rule = Rule {
    id: "modelarts/batch-needs-schema",
    profiles: &[Profile::Batch],
    severity: Severity::Error,
    summary: text("a batch service without a schema", "批量服务缺少接口描述"),
    message: text("`{key}` lacks `{missing}`", "`{key}` 缺少 `{missing}`"),
    why: text(
        "A batch service makes its requests from this description and cannot be created without.",
        "批量服务根据该描述构造请求，缺少时无法创建。",
    ),
    help: text(
        "give both `Content-type` and `data` of request and response",
        "request 和 response 都要给出 `Content-type` 和 `data`",
    ),
    rests_on: &[&BATCH_SCHEMA],
    examples: &[
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","request":«{»"Content-type":"application/json"},"response":{"Content-type":"application/json","data":{}}}]}"#,
        ),
        bad(
            r#"{"model_type":"Image","apis":[«{»"url":"/","response":{"Content-type":"application/json","data":{}}}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"Content-type":"application/json","data":{"type":"object"}},"response":{"Content-type":"application/json","data":{"type":"object"}}}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for api in config.apis() {
                for key in ["request", "response"] {
                    let body = api.get(key);
                    if body.is_some_and(|body| body.is_unknown()) {
                        continue;
                    }
                    let (node, missing) = match body {
                        None => (api, Some(key)),
                        Some(body) => {
                            let lacks = |key: &&str| body.get(key).is_none();
                            (body, [CONTENT_TYPE, "data"].into_iter().find(lacks))
                        }
                    };
                    if let Some(missing) = missing {
                        let owner = if body.is_some() { key } else { "apis" };
                        found
                            .add(&BATCH, config.brace(node))
                            .arg("key", owner)
                            .arg("missing", missing);
                    }
                }
            }
        }
    },
    ..MODELARTS
};
