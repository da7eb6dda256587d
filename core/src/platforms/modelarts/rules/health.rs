//! `health`: how ModelArts asks whether a custom image is ready.

use super::super::config::{Config, configs, known};
use super::super::spec::{HEALTH, HEALTH_METHODS, HEALTH_MOST, HEALTH_WANTED};
use super::MODELARTS;
use super::apis::is_path;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::{Node, Value};

pub(super) static MISSING: Rule = Rule {
    id: "modelarts/health-missing",
    summary: text("a custom image without a health check", "自定义镜像未配置健康检查"),
    message: text("`health` is missing", "缺少 `health`"),
    why: text(
        "Without it ModelArts cannot tell when an instance is ready, so upgrades interrupt the service; older editions refuse such an image.",
        "缺少健康检查时，ModelArts 无法判断实例是否就绪，升级会中断服务；旧版规范不允许这样的镜像。",
    ),
    help: text(
        "add \"health\" with the \"url\" of a path that answers 200, such as /health",
        "加上 \"health\"，其 \"url\" 为返回 200 的路径，例如 /health",
    ),
    rests_on: &[&HEALTH_WANTED, &HEALTH],
    examples: &[
        bad(r#"«{»"model_algorithm":"a","model_type":"Image"}"#),
        good(r#"{"model_algorithm":"a","model_type":"Image","health":{"url":"/health"}}"#),
        good(r#"{"model_algorithm":"a","model_type":"PyTorch"}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_image()) {
            if config.root.get("health").is_none() {
                found.add(&MISSING, config.brace(config.root));
            }
        }
    },
    ..MODELARTS
};

pub(super) static NOT_IMAGE: Rule = Rule {
    id: "modelarts/health-not-image",
    summary: text("a health check of an engine's model", "引擎模型不需要健康检查"),
    message: text(
        "`health` is for model_type Image, not {kind}",
        "`health` 仅用于 Image，而不是 {kind}",
    ),
    why: text(
        "ModelArts checks its own engines itself; the key is not meant for them.",
        "ModelArts 自行检查内置引擎，该键不适用。",
    ),
    help: text("remove it", "请删除"),
    rests_on: &[&HEALTH],
    examples: &[
        bad(r#"{"model_type":"PyTorch",«"health"»:{"url":"/health"},"apis":[]}"#),
        good(r#"{"model_type":"Image","health":{"url":"/health"}}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_engine()) {
            if let Some(member) = config.root.member("health") {
                found
                    .add(&NOT_IMAGE, config.key(member))
                    .arg("kind", config.model_type().unwrap_or_default());
            }
        }
    },
    ..MODELARTS
};

/// Whether a command is run instead of a request sent.
fn is_exec(health: &Node) -> bool {
    known(health, "check_method").is_some_and(|(_, method)| method.eq_ignore_ascii_case("EXEC"))
}

fn checks<'a>(cx: &Context<'a>) -> impl Iterator<Item = (Config<'a>, &'a Node)> {
    configs(cx).filter_map(|config| Some((config, config.health()?)))
}

pub(super) static URL: Rule = Rule {
    id: "modelarts/health-url",
    severity: Severity::Error,
    summary: text("a health check without a path", "健康检查缺少路径"),
    message: text("`health` lacks the `url` that is asked", "`health` 缺少要请求的 `url`"),
    why: text(
        "ModelArts asks this path whether the instance is ready. Without an answer the deployment fails.",
        "ModelArts 通过该路径判断实例是否就绪；没有响应则部署失败。",
    ),
    help: text(
        "write a path that answers 200, such as \"/health\"",
        "写返回 200 的路径，例如 \"/health\"",
    ),
    rests_on: &[&HEALTH],
    examples: &[
        bad(r#"{"model_type":"Image","health":«{»}}"#),
        bad(r#"{"model_type":"Image","health":{"url":"«health»"}}"#),
        bad(r#"{"model_type":"Image","health":{"url":«""»}}"#),
        good(r#"{"model_type":"Image","health":{"url":"/health"}}"#),
        good(r#"{"model_type":"Image","health":{"check_method":"EXEC","command":"cat /tmp/ok"}}"#),
    ],
    check: |cx, found| {
        for (config, health) in checks(cx).filter(|(_, health)| !is_exec(health)) {
            match health.get("url") {
                None => {
                    found.add(&URL, config.brace(health));
                }
                Some(node) if node.is_unknown() => {}
                Some(node) => match node.as_str() {
                    Some(url) if is_path(url) => {}
                    Some(url) if !url.trim().is_empty() => {
                        found
                            .add(&URL, config.value(node))
                            .says(text(
                                "`{url}` is no path that begins with `/`",
                                "`{url}` 不是以 `/` 开头的路径",
                            ))
                            .arg("url", url);
                    }
                    _ => {
                        found.add(&URL, config.at(node.span));
                    }
                },
            }
        }
    },
    ..MODELARTS
};

pub(super) static PROTOCOL: Rule = Rule {
    id: "modelarts/health-protocol",
    severity: Severity::Error,
    summary: text("a health check over something else than http", "健康检查只支持 http"),
    message: text(
        "a health check speaks http, not `{protocol}`",
        "健康检查只支持 http，不支持 `{protocol}`",
    ),
    why: text("Only http is supported here.", "此处仅支持 http。"),
    help: text("write `http`", "写作 `http`"),
    rests_on: &[&HEALTH],
    examples: &[
        bad(r#"{"model_type":"Image","health":{"url":"/health","protocol":"«https»"}}"#),
        good(r#"{"model_type":"Image","health":{"url":"/health","protocol":"http"}}"#),
    ],
    check: |cx, found| {
        for (config, health) in checks(cx) {
            let Some((node, protocol)) = known(health, "protocol") else { continue };
            if !protocol.eq_ignore_ascii_case("http") {
                found.add(&PROTOCOL, config.value(node)).arg("protocol", protocol);
            }
        }
    },
    ..MODELARTS
};

pub(super) static METHOD: Rule = Rule {
    id: "modelarts/health-check-method",
    severity: Severity::Error,
    summary: text("a health check of an unknown kind", "未知的健康检查方式"),
    message: text("`{method}` is neither HTTP nor EXEC", "`{method}` 不是 HTTP 或 EXEC"),
    why: text(
        "ModelArts sends a request (HTTP) or runs a command (EXEC) and knows nothing else.",
        "ModelArts 只支持发送请求（HTTP）或执行命令（EXEC）。",
    ),
    help: text(
        "write HTTP with a `url`, or EXEC with a `command`",
        "写 HTTP 并给出 `url`，或写 EXEC 并给出 `command`",
    ),
    rests_on: &[&HEALTH_METHODS],
    examples: &[
        bad(r#"{"model_type":"Image","health":{"url":"/health","check_method":"«TCP»"}}"#),
        bad(r#"{"model_type":"Image","health":{"check_method":"«EXEC»"}}"#),
        good(r#"{"model_type":"Image","health":{"check_method":"EXEC","command":"cat /tmp/ok"}}"#),
    ],
    check: |cx, found| {
        for (config, health) in checks(cx) {
            let Some((node, method)) = known(health, "check_method") else { continue };
            let is_known = ["HTTP", "EXEC"].iter().any(|one| one.eq_ignore_ascii_case(method));
            if !is_known {
                found.add(&METHOD, config.value(node)).arg("method", method);
            } else if is_exec(health) && health.get("command").is_none() {
                found
                    .add(&METHOD, config.value(node))
                    .says(text("EXEC needs a `command`", "EXEC 需要 `command`"));
            }
        }
    },
    ..MODELARTS
};

/// The numbers of a health check, and the least of each.
const NUMBERS: &[(&str, i64)] = &[
    ("initial_delay_seconds", 0),
    ("timeout_seconds", 1),
    ("period_seconds", 1),
    ("failure_threshold", 1),
];

pub(super) static NUMBER: Rule = Rule {
    id: "modelarts/health-number",
    severity: Severity::Error,
    summary: text("a number of the health check that is none", "健康检查的数值无效"),
    message: text(
        "`{key}` is a whole number from {least} on in quotes, not `{found}`",
        "`{key}` 应为带引号的整数，不小于 {least}，而不是 `{found}`",
    ),
    why: text(
        "The import reads seconds and counts as whole numbers and refuses other values.",
        "导入时按整数读取秒数和次数，其他取值会被拒绝。",
    ),
    help: text("write the digits alone, such as \"12\"", "只写数字，例如 \"12\""),
    rests_on: &[&HEALTH, &HEALTH_MOST.source],
    examples: &[
        bad(r#"{"model_type":"Image","health":{"url":"/h","initial_delay_seconds":"«5s»"}}"#),
        bad(r#"{"model_type":"Image","health":{"url":"/h","timeout_seconds":"«0»"}}"#),
        bad(r#"{"model_type":"Image","health":{"url":"/h","timeout_seconds":«5»}}"#),
        good(
            r#"{"model_type":"Image","health":{"url":"/h","initial_delay_seconds":"12","timeout_seconds":"5"}}"#,
        ),
    ],
    check: number,
    ..MODELARTS
};

fn number(cx: &Context<'_>, found: &mut Findings) {
    for (config, health) in checks(cx) {
        for &(key, least) in NUMBERS {
            let Some(node) = health.get(key).filter(|node| !node.is_unknown()) else { continue };
            let value = node.lenient_i64();
            let shown = match &node.value {
                Value::Number(raw) => raw.as_str(),
                _ => node.as_str().unwrap_or(node.type_name()),
            };
            if value.is_none_or(|value| value < least || value > HEALTH_MOST.value) {
                found
                    .add(&NUMBER, config.value(node))
                    .arg("key", key)
                    .arg("least", least)
                    .arg("found", shown);
            } else if matches!(node.value, Value::Number(_)) {
                let at = config.at(node.span);
                found
                    .add(&NUMBER, at)
                    .severity(Severity::Info)
                    .says(text(
                        "`{key}` is written as a string in the documents",
                        "文档中 `{key}` 写作字符串",
                    ))
                    .help(text("put it in quotes", "加上引号"))
                    .arg("key", key)
                    .fix(
                        Fix::risky(text("put it in quotes", "加上引号"))
                            .replace(at, format!("\"{shown}\"")),
                    );
            }
        }
    }
}

pub(super) static DELAY: Rule = Rule {
    id: "modelarts/health-delay-short",
    severity: Severity::Info,
    strict: true,
    summary: text("little time for the model to load", "模型加载时间过短"),
    message: text(
        "the model has about {seconds} seconds to load before it is given up",
        "模型约有 {seconds} 秒加载时间，超时即判定失败",
    ),
    why: text(
        "A model that loads slower is restarted again and again; the console's defaults leave over a minute.",
        "加载较慢的模型会被反复重启；控制台默认值留有一分钟以上。",
    ),
    help: text(
        "raise initial_delay_seconds or failure_threshold",
        "增大 initial_delay_seconds 或 failure_threshold",
    ),
    rests_on: &[&HEALTH_MOST.source],
    examples: &[
        bad(
            r#"{"model_type":"Image","health":{"url":"/h","initial_delay_seconds":"«0»","period_seconds":"5","failure_threshold":"1"}}"#,
        ),
        good(r#"{"model_type":"Image","health":{"url":"/h","initial_delay_seconds":"12"}}"#),
    ],
    check: |cx, found| {
        for (config, health) in checks(cx) {
            let number = |key: &str| health.get(key).and_then(Node::lenient_i64);
            let Some(delay) = number("initial_delay_seconds").filter(|&delay| delay >= 0) else {
                continue;
            };
            // The console's own defaults.
            let period = number("period_seconds").unwrap_or(5);
            let threshold = number("failure_threshold").unwrap_or(12);
            let seconds = delay.saturating_add(period.saturating_mul(threshold));
            if seconds < 10
                && let Some(node) = health.get("initial_delay_seconds")
            {
                found.add(&DELAY, config.value(node)).arg("seconds", seconds);
            }
        }
    },
    ..MODELARTS
};
