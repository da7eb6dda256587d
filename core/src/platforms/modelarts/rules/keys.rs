//! Keys of config.json that ModelArts does not know.

use super::super::config::{Config, configs};
use super::super::spec::{EXAMPLE_TYPOS, KEYS};
use super::MODELARTS;
use crate::rule::{Findings, Fix, Rule, Severity, bad, good};
use crate::text::{nearest, text};
use crate::tree::Node;

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

const ROOT: &[&str] = &[
    "model_algorithm",
    "model_type",
    "runtime",
    "swr_location",
    "metrics",
    "apis",
    "dependencies",
    "health",
];
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
const API: &[&str] = &["url", "method", "protocol", "request", "response"];
const HEALTH: &[&str] = &[
    "url",
    "protocol",
    "initial_delay_seconds",
    "timeout_seconds",
    "check_method",
    "command",
    "period_seconds",
    "failure_threshold",
];
const DEPENDENCY: &[&str] = &["installer", "packages"];
const PACKAGE: &[&str] = &["package_name", "package_version", "restraint"];

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
        good(
            r#"{"model_algorithm":"a","model_type":"Image","metrics":{"mAP":1},"apis":[{"url":"/","method":"post"}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            unknown(config, config.root, ROOT, ROOT_EXTRAS, found);
            config.apis().for_each(|api| unknown(config, api, API, &["procotol"], found));
            config.health().into_iter().for_each(|node| unknown(config, node, HEALTH, &[], found));
            let list = config.root.get("dependencies").and_then(Node::items).unwrap_or_default();
            list.iter().for_each(|one| unknown(config, one, DEPENDENCY, &[], found));
            config.packages().for_each(|one| unknown(config, one, PACKAGE, &[], found));
        }
    },
    ..MODELARTS
};

/// Keys of `node` that are neither `known` nor harmless `extras`.
fn unknown(
    config: Config<'_>,
    node: &Node,
    known: &'static [&str],
    extras: &[&str],
    found: &mut Findings,
) {
    for member in node.members() {
        let key = member.key.as_str();
        if known.contains(&key) {
            continue;
        }
        if extras.contains(&key) {
            // The slip has a rule of its own.
            if key != "procotol" {
                found.add(&UNKNOWN, config.key(member)).arg("key", key).severity(Severity::Info);
            }
            continue;
        }
        let finding = found.add(&UNKNOWN, config.key(member)).arg("key", key);
        if let Some(near) = nearest(key, known.iter().copied()) {
            finding.arg("near", near).help(text("did you mean `{near}`?", "是否想写 `{near}`？"));
        }
    }
}
