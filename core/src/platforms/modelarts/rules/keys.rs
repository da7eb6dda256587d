//! Keys of config.json that ModelArts does not know, and values of another type than it reads.

use super::super::config::configs;
use super::super::shape::CONFIG;
use super::super::spec::{EXAMPLE_TYPOS, KEYS};
use super::MODELARTS;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::schema::{ViolationKind, validate};

pub(super) static PROCOTOL: Rule = Rule {
    id: "modelarts/api-typo-procotol",
    summary: text("`procotol` for `protocol`", "`protocol` 误写作 `procotol`"),
    message: text(
        "`procotol` is not read: it is called `protocol`",
        "`procotol` 不会生效：应为 `protocol`",
    ),
    why: text(
        "The slip stands in a published example. The value has no effect, and https may be taken for an import from OBS.",
        "该笔误来自官方示例。其值不会生效，从 OBS 导入时可能默认使用 https。",
    ),
    help: text(
        "write `protocol`, if its value is what the server speaks",
        "若其值与服务实际协议一致，请写作 `protocol`",
    ),
    rests_on: &[&EXAMPLE_TYPOS],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"/",«"procotol"»:"http"}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/","protocol":"http"}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for api in config.apis() {
                let Some(member) = api.member("procotol") else { continue };
                let at = config.key(member);
                let finding = found.add(&PROCOTOL, at);
                if api.member("protocol").is_none() {
                    finding.fix(
                        Fix::risky(text("write `protocol`", "写作 `protocol`"))
                            .replace(at, "\"protocol\""),
                    );
                }
            }
        }
    },
    ..MODELARTS
};

/// Keys that the platform's own files carry beside.
const ROOT_EXTRAS: &[&str] = &[
    "algorithm",
    "model_source",
    "tunable",
    "downloadable_flag",
    "service_name",
    "port",
    "protocol",
];

pub(super) static UNKNOWN: Rule = Rule {
    id: "modelarts/config-unknown-key",
    summary: text("a key that ModelArts does not know", "ModelArts 不认识的键"),
    message: text("ModelArts knows no key `{key}` here", "ModelArts 在此处没有键 `{key}`"),
    why: text(
        "What you set there has no effect; some imports refuse fields that are not supported.",
        "其中的设置不会生效；部分导入会拒绝不支持的字段。",
    ),
    help: text(
        "look the key up in the list of config.json's keys",
        "请对照 config.json 的键列表检查",
    ),
    rests_on: &[&KEYS],
    examples: &[
        bad(r#"{"model_algorithm":"a","model_type":"Image",«"metric"»:{}}"#),
        bad(r#"{"model_type":"Image","apis":[{"url":"/",«"methods"»:"post"}]}"#),
        // The models API has keys of its own.
        good(r#"{"model_type":"Image","model_name":"mnist","model_version":"0.0.1"}"#),
        good(
            r#"{"model_algorithm":"a","model_type":"Image","metrics":{"mAP":1},"apis":[{"url":"/","method":"post"}]}"#,
        ),
    ],
    check: unknown,
    ..MODELARTS
};

fn unknown(cx: &Context<'_>, found: &mut Findings) {
    for config in configs(cx) {
        for violation in validate(&CONFIG, config.root) {
            let ViolationKind::UnknownKey { key, is_top_level } = &violation.kind else {
                continue;
            };
            if has_own_rule(key) {
                continue;
            }
            let finding = found.add(&UNKNOWN, config.at(violation.span)).arg("key", key);
            if *is_top_level && ROOT_EXTRAS.contains(&key.as_str()) {
                finding.severity(Severity::Info);
            } else if finding.is_wanted()
                && let Some(near) = violation.nearest()
            {
                finding
                    .arg("near", near)
                    .help(text("did you mean `{near}`?", "是否想写 `{near}`？"));
            }
        }
    }
}

/// `api-typo-procotol`, `content-type-key` and `request-nested-response` speak of these.
fn has_own_rule(key: &str) -> bool {
    let plain = key.to_ascii_lowercase().replace('_', "-");
    matches!(plain.as_str(), "procotol" | "content-type" | "contenttype" | "response")
}

pub(super) static FIELD_TYPE: Rule = Rule {
    id: "modelarts/config-field-type",
    severity: Severity::Error,
    summary: text("a value is of another type than documented", "值的类型与文档不符"),
    message: text(
        "`{path}` is documented as {expected}, here it is {found}",
        "`{path}` 应为 {expected}，此处为 {found}",
    ),
    why: text(
        "The import refuses config.json when a field is of another type than it reads.",
        "字段类型不符时，导入会拒绝 config.json。",
    ),
    help: text("write it as {expected}", "请写成 {expected}"),
    rests_on: &[&KEYS],
    examples: &[
        bad(r#"{"model_type":"PyTorch","runtime":«3.6»}"#),
        bad(r#"{"model_type":"Image","apis":[{"url":«["/"]»}]}"#),
        bad(r#"{"model_type":"Image","apis":[{"url":"/","request":«"application/json"»}]}"#),
        bad(r#"{"model_type":"Image","health":«true»}"#),
        good(r#"{"model_type":"Image","apis":null,"health":{"url":"/","timeout_seconds":5}}"#),
    ],
    check: field_type,
    ..MODELARTS
};

fn field_type(cx: &Context<'_>, found: &mut Findings) {
    for config in configs(cx) {
        for violation in validate(&CONFIG, config.root) {
            let expected = match violation.kind {
                ViolationKind::WrongType { expected } => expected,
                ViolationKind::NumberAsString => "number",
                ViolationKind::BooleanAsString(_) => "boolean",
                _ => continue,
            };
            if !is_type_of_own_rule(&violation.path) {
                found
                    .add(&FIELD_TYPE, config.at(violation.span))
                    .arg("path", &violation.path)
                    .arg("expected", expected)
                    .arg("found", violation.node.type_name());
            }
        }
    }
}

/// Fields whose types other rules judge.
fn is_type_of_own_rule(path: &str) -> bool {
    matches!(path, "model_algorithm" | "model_type" | "apis")
        || path.starts_with("metrics")
        || path.starts_with("dependencies")
        || path.starts_with("health.")
        || path.ends_with(".data")
        // `apis[0]`
        || (path.starts_with("apis[") && path.ends_with(']') && !path.contains('.'))
}
