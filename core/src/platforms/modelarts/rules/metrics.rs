//! `metrics`: numbers between 0 and 1, of four names.

use super::super::config::{Config, configs};
use super::super::spec::{METRIC_DECIMALS, METRICS, METRICS_ARE_RATIOS};
use super::MODELARTS;
use crate::rule::{Context, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::{Member, Value};

/// The metrics that are known by name.
fn metrics<'a>(cx: &Context<'a>) -> impl Iterator<Item = (Config<'a>, &'a Member)> {
    configs(cx).flat_map(|config| {
        let all = config.root.get("metrics").map_or(&[][..], |node| node.members());
        all.iter()
            .filter(|member| METRICS.value.contains(&member.key.as_str()))
            .map(move |member| (config, member))
    })
}

pub(super) static TYPE: Rule = Rule {
    id: "modelarts/metrics-type",
    severity: Severity::Error,
    summary: text("a metric that is no number", "指标不是数字"),
    message: text(
        "`{key}` is a number, but this is of type {type}",
        "`{key}` 应为数字，而此处类型为 {type}",
    ),
    why: text(
        "The import reads metrics as numbers and refuses other types.",
        "导入时按数字读取指标，其他类型会被拒绝。",
    ),
    help: text("write a number without quotes", "写成不带引号的数字"),
    rests_on: &[&METRICS.source],
    examples: &[
        bad(r#"{"model_type":"Image","metrics":{"f1":«"0.9"»}}"#),
        bad(r#"{"model_type":"Image","metrics":«[»0.9]}"#),
        good(r#"{"model_type":"Image","metrics":{"f1":0.9,"recall":null}}"#),
        good(r#"{"model_type":"Image","metrics":{"f1":"${F1}"}}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            let Some(node) = config.root.get("metrics").filter(|node| !node.is_unknown()) else {
                continue;
            };
            if !node.is_object() {
                let at =
                    if node.items().is_some() { config.brace(node) } else { config.at(node.span) };
                found
                    .add(&TYPE, at)
                    .says(text(
                        "`{key}` is an object, but this is of type {type}",
                        "`{key}` 应为对象，而此处类型为 {type}",
                    ))
                    .help(text("write `{` … `}` around the metrics", "写成包含各指标的对象"))
                    .arg("key", "metrics")
                    .arg("type", node.type_name());
            }
        }
        for (config, member) in metrics(cx) {
            let node = &member.node;
            if node.is_null() || node.is_unknown() || matches!(node.value, Value::Number(_)) {
                continue;
            }
            let at = config.at(node.span);
            let finding =
                found.add(&TYPE, at).arg("key", &member.key).arg("type", node.type_name());
            let number = node.as_str().map(str::trim);
            // What JSON would take as a number.
            let is_json = |text: &&str| {
                text.parse::<f64>().is_ok_and(f64::is_finite)
                    && crate::tree::json::parse(text).errors.is_empty()
            };
            if let Some(number) = number.filter(is_json) {
                let fix = Fix::risky(text("remove the quotes", "去掉引号"));
                finding.fix(fix.replace(at, number));
            }
        }
    },
    ..MODELARTS
};

pub(super) static RANGE: Rule = Rule {
    id: "modelarts/metrics-range",
    summary: text("a metric that is no ratio", "指标不在 0 到 1 之间"),
    message: text(
        "`{key}` is {value}, but a ratio lies between 0 and 1",
        "`{key}` 为 {value}，而比率应在 0 到 1 之间",
    ),
    why: text(
        "The console shows the number as a ratio, so a percentage misleads whoever compares models.",
        "控制台按比率显示该数值，写成百分数会误导比较模型的人。",
    ),
    help: text(
        "write a percentage as a fraction, 0.92 for 92 %",
        "将百分数写成小数，92% 写作 0.92",
    ),
    rests_on: &[&METRICS_ARE_RATIOS],
    examples: &[
        bad(r#"{"model_type":"Image","metrics":{"accuracy":«92.5»}}"#),
        good(r#"{"model_type":"Image","metrics":{"accuracy":0.925,"f1":1,"recall":0}}"#),
    ],
    check: |cx, found| {
        for (config, member) in metrics(cx) {
            let Some(value) = member.node.as_f64() else { continue };
            if !(0.0..=1.0).contains(&value) {
                found
                    .add(&RANGE, config.at(member.node.span))
                    .arg("key", &member.key)
                    .arg("value", value);
            }
        }
    },
    ..MODELARTS
};

pub(super) static PRECISION: Rule = Rule {
    id: "modelarts/metrics-precision",
    severity: Severity::Info,
    strict: true,
    summary: text("a metric with more decimals than are kept", "指标的小数位数过多"),
    message: text(
        "`{key}` has {count} decimals; {most} are kept",
        "`{key}` 有 {count} 位小数，只保留 {most} 位",
    ),
    why: text("The rest is cut or rounded off.", "其余部分会被截断或舍入。"),
    help: text("round it yourself", "请自行舍入"),
    rests_on: &[&METRIC_DECIMALS.source],
    examples: &[
        bad(r#"{"model_type":"Image","metrics":{"f1":«0.0023493892851938493»}}"#),
        good(r#"{"model_type":"Image","metrics":{"f1":0.92}}"#),
    ],
    check: |cx, found| {
        for (config, member) in metrics(cx) {
            let Value::Number(raw) = &member.node.value else { continue };
            let decimals = raw.split_once('.').map_or("", |(_, decimals)| decimals);
            let count = decimals.bytes().take_while(u8::is_ascii_digit).count();
            if count > METRIC_DECIMALS.value {
                found
                    .add(&PRECISION, config.at(member.node.span))
                    .arg("key", &member.key)
                    .arg("count", count)
                    .arg("most", METRIC_DECIMALS.value);
            }
        }
    },
    ..MODELARTS
};

pub(super) static UNKNOWN_KEY: Rule = Rule {
    id: "modelarts/metrics-unknown-key",
    severity: Severity::Info,
    summary: text("a metric that ModelArts does not show", "ModelArts 不显示的指标"),
    message: text("ModelArts shows no metric `{key}`", "ModelArts 不显示指标 `{key}`"),
    why: text(
        "Only f1, recall, precision and accuracy are documented.",
        "文档只列出 f1、recall、precision 和 accuracy。",
    ),
    help: text("leave it out, or note it elsewhere", "请去掉，或记录在别处"),
    rests_on: &[&METRICS.source],
    examples: &[
        bad(r#"{"model_type":"Image","metrics":{«"mAP"»:0.5}}"#),
        good(
            r#"{"model_type":"Image","metrics":{"f1":0.9,"recall":0.9,"precision":0.9,"accuracy":0.9}}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            let all = config.root.get("metrics").map_or(&[][..], |node| node.members());
            for member in all.iter().filter(|one| !METRICS.value.contains(&one.key.as_str())) {
                found.add(&UNKNOWN_KEY, config.key(member)).arg("key", &member.key);
            }
        }
    },
    ..MODELARTS
};
