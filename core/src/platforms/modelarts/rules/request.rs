//! The deployment as JSON: what a strict reader refuses, and what departs from the tables of the
//! API.

use super::super::deployment::deployments;
use super::super::shape::SERVICE;
use super::super::spec::{
    DUPLICATE_KEYS, REQUEST_IS_JSON, SERVICE_FIELDS, SERVICE_NEEDS, STRICT_JSON,
};
use super::MODELARTS;
use super::document::{duplicate_keys, strict_json};
use crate::document::Kind;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;
use crate::tree::schema::{ViolationKind, validate};

pub(super) static SYNTAX: Rule = Rule {
    id: "modelarts/service-json-syntax",
    severity: Severity::Error,
    summary: text("a deployment that is not strict JSON", "部署请求不是严格的 JSON"),
    message: text("the deployment cannot be read here", "此处的部署请求无法解析"),
    why: text(
        "The API reads JSON and answers anything else with an error: nothing is deployed.",
        "API 按 JSON 解析，其他内容会返回错误，服务不会部署。",
    ),
    rests_on: &[&REQUEST_IS_JSON, &STRICT_JSON],
    examples: &[
        bad("-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"model_id\":\"m\"}«,»]}")
            .fixed(
                "-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"model_id\":\"m\"}]}",
            ),
        bad(
            "-- deploy.json --\n{\"infer_type\":\"batch\", «// nightly»\n\"config\":[{\"model_id\":\"m\"}]}",
        ),
        good("-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"model_id\":\"m\"}]}"),
    ],
    check: |cx, found| strict_json(cx, Kind::ModelArtsService, &SYNTAX, found),
    ..MODELARTS
};

pub(super) static DUPLICATE_KEY: Rule = Rule {
    id: "modelarts/service-duplicate-key",
    summary: text("a key stands twice in the deployment", "部署请求中有重复的键"),
    message: text("the key `{key}` stands here a second time", "键 `{key}` 在此重复出现"),
    why: text(
        "A reader keeps one of the two values, mostly the last, and says nothing of the other.",
        "解析器只保留其中一个值（通常是最后一个），且不会提示。",
    ),
    help: text("keep one of them", "只保留其中一个"),
    rests_on: &[&DUPLICATE_KEYS],
    examples: &[
        bad(r#"{"infer_type":"real-time","config":[{"model_id":"m","weight":50,«"weight"»:100}]}"#),
        good(
            r#"{"infer_type":"real-time","config":[{"model_id":"m","weight":50},{"model_id":"n","weight":50}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            duplicate_keys(*service, &DUPLICATE_KEY, found);
        }
    },
    ..MODELARTS
};

pub(super) static NEEDED: Rule = Rule {
    id: "modelarts/service-field-missing",
    severity: Severity::Error,
    summary: text("a deployment without a field that it needs", "部署请求缺少必填字段"),
    message: text("the deployment needs `{missing}`", "部署请求需要 `{missing}`"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("add `{missing}`", "添加 `{missing}`"),
    rests_on: &[&SERVICE_NEEDS],
    examples: &[
        bad(
            r#"«{»"infer_type":"batch","config":[{"model_id":"m","specification":"modelarts.vm.cpu.2u","instance_count":1}]}"#,
        ),
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[«{»"model_id":"m","weight":100,"instance_count":1}]}"#,
        ),
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[«{»"model_id":"m","specification":"modelarts.vm.cpu.2u","instance_count":1}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m","specification":"modelarts.vm.cpu.2u","instance_count":1}]}"#,
        ),
        // Edge services count nodes instead.
        good(
            r#"{"service_name":"a","infer_type":"edge","config":[{"model_id":"m","specification":"custom","custom_spec":{"cpu":1,"memory":512},"nodes":["n"]}]}"#,
        ),
    ],
    check: needed,
    ..MODELARTS
};

fn needed(cx: &Context<'_>, found: &mut Findings) {
    for service in deployments(cx) {
        if service.root.is_unknown() {
            continue;
        }
        let mut look = |node: &Node, keys: &[&str]| {
            let missing: Vec<&str> =
                keys.iter().copied().filter(|key| node.get(key).is_none()).collect();
            if !missing.is_empty() {
                found.add(&NEEDED, service.brace(node)).arg("missing", missing.join("`, `"));
            }
        };
        look(service.root, &["service_name", "infer_type", "config"]);
        for entry in service.entries().filter(|entry| !entry.is_unknown()) {
            let keys: &[&str] = match service.infer_type() {
                Some("real-time") => &["model_id", "specification", "instance_count", "weight"],
                Some("edge") => &["model_id", "specification"],
                _ => &["model_id", "specification", "instance_count"],
            };
            look(entry, keys);
        }
    }
}

pub(super) static UNKNOWN_KEY: Rule = Rule {
    id: "modelarts/service-unknown-key",
    summary: text("a key that the deployment does not know", "部署请求中不存在的键"),
    message: text("the deployment has no key `{key}` here", "部署请求在此处没有键 `{key}`"),
    why: text(
        "What you set there does not happen, or the request is refused.",
        "其中的设置不会生效，或请求会被拒绝。",
    ),
    help: text(
        "look the key up in the tables of the deployment API",
        "请对照部署服务 API 的参数表检查",
    ),
    rests_on: &[&SERVICE_FIELDS],
    examples: &[
        bad(r#"{"infer_type":"real-time",«"pool"»:"p","config":[{"model_id":"m","weight":100}]}"#),
        bad(
            r#"{"infer_type":"real-time","config":[{"model_id":"m",«"instances"»:2,"weight":100}]}"#,
        ),
        good(
            r#"{"infer_type":"real-time","config":[{"model_id":"m","weight":"100","envs":{"ANY":"x"}}]}"#,
        ),
        // An answer of the platform.
        good(r#"{"infer_type":"real-time","status":"running","owner":"o","config":[]}"#),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            for violation in validate(&SERVICE, service.root) {
                let ViolationKind::UnknownKey { key, .. } = &violation.kind else {
                    continue;
                };
                let finding = found.add(&UNKNOWN_KEY, service.at(violation.span)).arg("key", key);
                if finding.is_wanted()
                    && let Some(near) = violation.nearest()
                {
                    finding
                        .arg("near", near)
                        .help(text("did you mean `{near}`?", "是否想写 `{near}`？"));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static FIELD_TYPE: Rule = Rule {
    id: "modelarts/service-field-type",
    severity: Severity::Error,
    summary: text("a value that the deployment does not take", "部署请求不接受的值"),
    message: text(
        "`{path}` is documented as {expected}, here it is {found}",
        "`{path}` 应为 {expected}，此处为 {found}",
    ),
    why: text(
        "The API refuses a request whose fields are of another type or value than its tables say.",
        "字段的类型或取值与参数表不符时，API 会拒绝请求。",
    ),
    help: text("write it as {expected}", "请写成 {expected}"),
    rests_on: &[&SERVICE_FIELDS],
    examples: &[
        bad(r#"{"service_name":«7»,"infer_type":"real-time","config":[{"model_id":"m"}]}"#),
        bad(
            r#"{"infer_type":"real-time","load_balancer_policy":«"RANDOM"»,"config":[{"model_id":"m"}]}"#,
        ),
        bad(r#"{"infer_type":"real-time","priority":«9»,"config":[{"model_id":"m"}]}"#),
        bad(r#"{"infer_type":"real-time","config":[{"model_id":"m","instance_count":«"1"»}]}"#),
        good(
            r#"{"infer_type":"real-time","priority":1,"config":[{"model_id":"m","weight":"100","instance_count":1}]}"#,
        ),
        good(r#"{"infer_type":"real-time","config":[{"model_id":"m","instance_count":"${N}"}]}"#),
    ],
    check: field_type,
    ..MODELARTS
};

fn field_type(cx: &Context<'_>, found: &mut Findings) {
    for service in deployments(cx) {
        for violation in validate(&SERVICE, service.root) {
            if has_own_rule(&violation.path) {
                continue;
            }
            // Published examples put a number in quotes, and the API takes it.
            let is_quoted = matches!(
                violation.kind,
                ViolationKind::NumberAsString | ViolationKind::BooleanAsString(_)
            );
            let shown = violation.node.type_name().to_owned();
            let (expected, shown) = match violation.kind {
                ViolationKind::UnknownKey { .. } => continue,
                ViolationKind::WrongType { expected } => (expected.to_owned(), shown),
                ViolationKind::NumberAsString => ("number".to_owned(), shown),
                ViolationKind::BooleanAsString(_) => ("boolean".to_owned(), shown),
                ViolationKind::NotAChoice { choices, .. } => {
                    let value = violation.node.as_str().unwrap_or_default();
                    (choices.join(" | "), format!("`{value}`"))
                }
                ViolationKind::OutOfRange { least, most: i64::MAX } => (
                    format!(">= {least}"),
                    service.document.source.slice(violation.span).to_owned(),
                ),
                ViolationKind::OutOfRange { least, most } => (
                    format!("{least}..{most}"),
                    service.document.source.slice(violation.span).to_owned(),
                ),
            };
            let finding = found
                .add(&FIELD_TYPE, service.at(violation.span))
                .arg("path", &violation.path)
                .arg("expected", expected)
                .arg("found", shown);
            if is_quoted {
                finding.severity(Severity::Warning);
            }
        }
    }
}

/// Fields whose values other rules judge.
fn has_own_rule(path: &str) -> bool {
    matches!(path, "infer_type" | "config")
        || path.starts_with("schedule[")
        || path.ends_with(".weight")
        || path.contains(".envs")
}
