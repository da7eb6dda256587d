//! The deployment of a service as a whole: its name, its kind, its network, its schedule.

use super::super::deployment::deployments;
use super::super::spec::{
    DESCRIPTION, INFER_TYPES, SCHEDULE, SERVICE_CONFIG, SERVICE_NAME, SERVICE_VPC,
};
use super::MODELARTS;
use crate::rule::{Fix, Rule, Severity, bad, good};
use crate::text::{nearest, text};
use crate::tree::Node;

pub(super) static INFER_TYPE: Rule = Rule {
    id: "modelarts/service-infer-type",
    severity: Severity::Error,
    summary: text("a kind of service that does not exist", "不存在的服务类型"),
    message: text("`{value}` is no kind of service", "`{value}` 不是有效的服务类型"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("write real-time or batch", "请写 real-time 或 batch"),
    rests_on: &[&INFER_TYPES.source],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"«realtime»","config":[{"model_id":"m","weight":100,"specification":"modelarts.vm.cpu.2u","instance_count":1}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m","specification":"modelarts.vm.cpu.2u","instance_count":1}]}"#,
        ),
        good(r#"{"service_name":"a","infer_type":"${TYPE}","config":[{"model_id":"m"}]}"#),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let Some(value) = service.infer_type() else { continue };
            let Some(node) = service.root.get("infer_type") else { continue };
            if INFER_TYPES.value.contains(&value) {
                continue;
            }
            let at = service.value(node);
            let finding = found.add(&INFER_TYPE, at).arg("value", value);
            if let Some(near) = nearest(value, INFER_TYPES.value.iter().copied()) {
                finding.fix(
                    Fix::risky(text("write `{near}`", "写作 `{near}`"))
                        .arg("near", near)
                        .replace(at, near),
                );
            }
        }
    },
    ..MODELARTS
};

pub(super) static NAME: Rule = Rule {
    id: "modelarts/service-name",
    severity: Severity::Error,
    summary: text("a service's name that is refused", "不被接受的服务名"),
    message: text(
        "`{value}` cannot name a service: 1 to 64 letters, digits, `-` and `_`",
        "`{value}` 不能作为服务名：应为 1 到 64 个字母、数字、`-` 或 `_`",
    ),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("choose another name", "请换一个名称"),
    rests_on: &[&SERVICE_NAME],
    examples: &[
        bad(
            r#"{"service_name":"«my service»","infer_type":"real-time","config":[{"model_id":"m"}]}"#,
        ),
        good(r#"{"service_name":"mnist-1","infer_type":"real-time","config":[{"model_id":"m"}]}"#),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let Some(node) = service.root.get("service_name") else { continue };
            let Some(value) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
            let is_letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            let count = value.chars().count();
            if !(1..=64).contains(&count) || !value.chars().all(is_letter) {
                found.add(&NAME, service.value(node)).arg("value", value);
            }
        }
    },
    ..MODELARTS
};

pub(super) static DESCRIPTION_FORM: Rule = Rule {
    id: "modelarts/service-description",
    severity: Severity::Error,
    summary: text("a description that is refused", "不被接受的描述"),
    message: text(
        "the description holds `{sign}`, which is refused",
        "描述中含有不被接受的 `{sign}`",
    ),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text(
        "leave out `! < > + & \" '` and keep it within 100 characters",
        "请不要使用 `! < > + & \" '`，且不超过 100 个字符",
    ),
    rests_on: &[&DESCRIPTION],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","description":"a«<»b","config":[{"model_id":"m"}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","description":"digits, small","config":[{"model_id":"m"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let Some(node) = service.root.get("description") else { continue };
            let Some(words) = node.as_text().filter(|_| !node.is_unknown()) else { continue };
            let refused = |c: char| matches!(c, '!' | '<' | '>' | '+' | '&' | '"' | '\'');
            if let Some(at) = words.text().find(refused) {
                let place = service.at(words.span(at, at + 1));
                found.add(&DESCRIPTION_FORM, place).arg("sign", &words.text()[at..at + 1]);
            } else if words.text().chars().count() > 100 {
                found.add(&DESCRIPTION_FORM, service.value(node)).says(text(
                    "the description is longer than 100 characters",
                    "描述超过 100 个字符",
                ));
            }
        }
    },
    ..MODELARTS
};

pub(super) static CONFIG_EMPTY: Rule = Rule {
    id: "modelarts/service-config-empty",
    severity: Severity::Error,
    summary: text("a service without a model", "服务没有模型"),
    message: text(
        "`config` must be a list with at least one model",
        "`config` 必须是至少含一个模型的列表",
    ),
    why: text(
        "There is nothing to deploy: the request is refused.",
        "没有可部署的内容：请求会被拒绝。",
    ),
    help: text("write `\"config\": [{\"model_id\": …}]`", "写作 `\"config\": [{\"model_id\": …}]`"),
    rests_on: &[&SERVICE_CONFIG],
    examples: &[
        bad(r#"{"service_name":"a","infer_type":"real-time","config":«{}»}"#),
        bad(r#"{"service_name":"a","infer_type":"real-time","config":«[]»}"#),
        good(r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m"}]}"#),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let Some(node) = service.root.get("config").filter(|node| !node.is_unknown()) else {
                continue;
            };
            if node.items().is_none_or(<[Node]>::is_empty) {
                found.add(&CONFIG_EMPTY, service.value(node));
            }
        }
    },
    ..MODELARTS
};

pub(super) static VPC: Rule = Rule {
    id: "modelarts/service-vpc",
    severity: Severity::Error,
    summary: text("a VPC that is only partly named", "VPC 配置不完整"),
    message: text("`vpc_id` needs `{missing}` beside it", "设置 `vpc_id` 时还需要 `{missing}`"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("add `{missing}`", "添加 `{missing}`"),
    rests_on: &[&SERVICE_VPC],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time",«"vpc_id"»:"v","security_group_id":"s","config":[{"model_id":"m"}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","vpc_id":"v","subnet_network_id":"n","security_group_id":"s","config":[{"model_id":"m"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let Some(member) = service.root.member("vpc_id") else { continue };
            if member.node.is_null() || member.node.as_str() == Some("") {
                continue;
            }
            for missing in ["subnet_network_id", "security_group_id"] {
                if service.root.get(missing).is_none() {
                    found.add(&VPC, service.key(member)).arg("missing", missing);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static STOP_SCHEDULE: Rule = Rule {
    id: "modelarts/service-schedule",
    severity: Severity::Error,
    summary: text("a schedule that is refused", "不被接受的定时设置"),
    message: text("`{value}` is no {what} of a schedule", "`{value}` 不是定时设置的有效{what}"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text(
        "write `{\"type\": \"stop\", \"time_unit\": \"HOURS\", \"duration\": 1}`",
        "写作 `{\"type\": \"stop\", \"time_unit\": \"HOURS\", \"duration\": 1}`",
    ),
    rests_on: &[&SCHEDULE],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","schedule":[{"type":"stop","time_unit":"«h»","duration":1}],"config":[{"model_id":"m"}]}"#,
        ),
        bad(
            r#"{"service_name":"a","infer_type":"batch",«"schedule"»:[{"type":"stop","time_unit":"HOURS","duration":1}],"config":[{"model_id":"m"}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","schedule":[{"type":"stop","time_unit":"HOURS","duration":1}],"config":[{"model_id":"m"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let list = service.root.get("schedule").and_then(Node::items).unwrap_or_default();
            if let Some(kind @ ("batch" | "edge")) = service.infer_type()
                && !list.is_empty()
                && let Some(member) = service.root.member("schedule")
            {
                found
                    .add(&STOP_SCHEDULE, service.key(member))
                    .arg("kind", kind)
                    .says(text(
                        "a {kind} service has no schedule: only real-time services do",
                        "{kind} 服务不支持定时设置，仅在线服务支持",
                    ))
                    .help(text("remove `schedule`", "请删除 `schedule`"));
                continue;
            }
            for one in list {
                for (key, known) in
                    [("type", &["stop"][..]), ("time_unit", &["DAYS", "HOURS", "MINUTES"])]
                {
                    let Some(node) = one.get(key).filter(|node| !node.is_unknown()) else {
                        continue;
                    };
                    let Some(value) = node.as_str().filter(|value| !known.contains(value)) else {
                        continue;
                    };
                    found
                        .add(&STOP_SCHEDULE, service.value(node))
                        .arg("value", value)
                        .arg("what", key);
                }
                if let Some(node) = one.get("duration")
                    && node.lenient_i64().is_some_and(|value| value < 1)
                {
                    found
                        .add(&STOP_SCHEDULE, service.value(node))
                        .arg("value", node.lenient_i64().unwrap_or_default())
                        .arg("what", "duration");
                }
            }
        }
    },
    ..MODELARTS
};
