//! What a service runs on: resource groups, instance types, spot capacity, scaling.

use super::super::service::{Service, services};
use super::super::spec::{
    COMPUTE_TARGET, INSTANCE_TYPE_NAMES, RESOURCE_ID, RESOURCE_OR_TYPE, SCALING_BOUNDS,
    SCALING_FORMS, SPOT_CAPACITY,
};
use crate::fact::Platform;
use crate::rule::{Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

/// The literal that stands for the resource group among instance types.
const RESOURCE_GROUP: &str = "dedicated_resource";

/// The instance types of a service, each where it is written.
pub(super) fn instance_types(service: Service<'_>) -> Vec<&Node> {
    let listed = service.root.lookup(&["cloud", "computing", "instances"]).and_then(Node::items);
    let listed = listed.unwrap_or_default().iter().filter_map(|one| one.get("type"));
    let single = service.root.lookup(&["cloud", "computing", "instance_type"]);
    listed.chain(single).filter(|node| node.as_str().is_some() && !node.is_unknown()).collect()
}

pub(super) fn has_type(service: Service<'_>) -> bool {
    service.root.lookup(&["cloud", "computing", "instances"]).is_some()
        || service.root.lookup(&["cloud", "computing", "instance_type"]).is_some()
}

fn has_own_figures(service: Service<'_>) -> bool {
    ["cpu", "memory", "gpu"].iter().any(|key| service.metadata(&[key]).is_some())
}

pub(super) static NO_TARGET: Rule = Rule {
    id: "eas/no-compute-target",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("nothing says what the service runs on", "未说明服务使用的计算资源"),
    message: text(
        "the service names neither an instance type nor a resource group, nor CPU and memory",
        "服务既未指定实例规格或资源组，也未设置 CPU 和内存",
    ),
    why: text(
        "EAS cannot place the service: the deployment is refused or waits for ever.",
        "EAS 无法调度该服务：部署会被拒绝或一直等待。",
    ),
    help: text(
        "add `cloud.computing.instances` with a type, or `metadata.resource`",
        "添加带规格的 `cloud.computing.instances`，或设置 `metadata.resource`",
    ),
    rests_on: &[&COMPUTE_TARGET],
    examples: &[
        bad(r#"{«"metadata"»:{"name":"a_b","instance":1},"containers":[{"image":"x"}]}"#),
        good(r#"{"metadata":{"name":"a_b","cpu":2,"memory":4096},"containers":[{"image":"x"}]}"#),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instances":[{"type":"ecs.c7.large"}]}},"containers":[]}"#,
        ),
        good(r#"{"metadata":{"name":"a_b","resource":"eas-r-a1"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","type":"Group"},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|service| service.is_image_service()) {
            let Some(metadata) = service.root.member("metadata") else { continue };
            // Kinds of service that are no workload of their own get theirs from the platform.
            let is_plain = service.metadata(&["type"]).is_none();
            if is_plain
                && metadata.node.is_object()
                && !has_type(service)
                && !has_own_figures(service)
                && !service.has_own_resources()
            {
                found.add(&NO_TARGET, service.at(metadata.key_span));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static IMPLICIT: Rule = Rule {
    id: "eas/compute-implicit",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    strict: true,
    summary: text("figures instead of an instance type", "只有资源数值，没有实例规格"),
    message: text(
        "only CPU and memory are given: which public instance type runs the service is left open",
        "只设置了 CPU 和内存：未指定使用哪种公共实例规格",
    ),
    why: text(
        "It works, but price and speed are those of whatever type fits; GPUs cannot be asked for so.",
        "可以部署，但价格和性能取决于实际分配的规格，且无法以此方式申请 GPU。",
    ),
    help: text(
        "name a type in `cloud.computing.instances`",
        "在 `cloud.computing.instances` 中指定规格",
    ),
    rests_on: &[&COMPUTE_TARGET],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b",«"cpu"»:2,"memory":4096},"containers":[{"image":"x"}]}"#),
        good(
            r#"{"metadata":{"name":"a_b","cpu":2,"resource":"eas-r-a1"},"containers":[{"image":"x"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|service| service.is_image_service()) {
            let cpu = service.root.lookup_member(&["metadata", "cpu"]);
            if let Some(cpu) = cpu.filter(|_| !has_type(service) && !service.has_own_resources()) {
                found.add(&IMPLICIT, service.at(cpu.key_span));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static RESOURCE_AND_TYPE: Rule = Rule {
    id: "eas/resource-and-instance-type",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a resource group and an instance type at once", "同时指定了资源组和实例规格"),
    message: text(
        "`instance_type` is for public resources, but `metadata.resource` names a resource group",
        "`instance_type` 用于公共资源，而 `metadata.resource` 指定了资源组",
    ),
    why: text(
        "One of the two is passed over or the service is refused.",
        "其中之一会被忽略，或者部署被拒绝。",
    ),
    help: text(
        "keep one; to use both, list them in `cloud.computing.instances` with `dedicated_resource`",
        "保留其一；如需混用，请在 `cloud.computing.instances` 中列出并使用 `dedicated_resource`",
    ),
    rests_on: &[&RESOURCE_OR_TYPE],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b","resource":"eas-r-a1"},"cloud":{"computing":{«"instance_type"»:"ecs.c7.large"}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","resource":"eas-r-a1"},"cloud":{"computing":{"instances":[{"type":"dedicated_resource"},{"type":"ecs.c7.large"}]}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let named = service.root.lookup_member(&["cloud", "computing", "instance_type"]);
            let (Some(named), Some(resource)) = (named, service.metadata(&["resource"])) else {
                continue;
            };
            found
                .add(&RESOURCE_AND_TYPE, service.at(named.key_span))
                .related(service.value(resource), text("the resource group", "资源组"));
        }
    },
    ..Rule::DEFAULT
};

pub(super) static RESOURCE: Rule = Rule {
    id: "eas/resource-id",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a resource group by another name than its id", "资源组不是用 ID 指定"),
    message: text(
        "`{value}` is no id of a resource group: those begin with `eas-r-`",
        "`{value}` 不是资源组 ID：应以 `eas-r-` 开头",
    ),
    why: text(
        "The group is looked up by its id; its display name finds nothing.",
        "资源组按 ID 查找；使用显示名称无法找到。",
    ),
    help: text("copy the id from the resource group's page", "请在资源组页面复制其 ID"),
    rests_on: &[&RESOURCE_ID],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b","resource":"«mygroup»"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","resource":"eas-r-abc123"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","resource":"${RESOURCE}"},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(node) = service.metadata(&["resource"]) else { continue };
            let Some(value) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
            if !value.is_empty() && !value.starts_with("eas-r-") {
                found.add(&RESOURCE, service.value(node)).arg("value", value);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static TYPE_SHAPE: Rule = Rule {
    id: "eas/instance-type-shape",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("an instance type that is none", "实例规格写法有误"),
    message: text("`{value}` does not look like an instance type", "`{value}` 不像是实例规格"),
    why: text(
        "A type that does not exist in the region is refused at deployment.",
        "地域中不存在的规格会在部署时被拒绝。",
    ),
    help: text(
        "write it as `ecs.gn7i-c16g1.4xlarge` or `ml.gu7i.c16m60.1-gu30`",
        "写法如 `ecs.gn7i-c16g1.4xlarge` 或 `ml.gu7i.c16m60.1-gu30`",
    ),
    rests_on: &[&INSTANCE_TYPE_NAMES],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instance_type":"«gn6i.xlarge»"}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instances":[{"type":"ecs.gn6i-c4g1.xlarge"},{"type":"ml.gu7i.c8m30.1-gu30"},{"type":"dedicated_resource"}]}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for node in instance_types(service) {
                let Some(value) = node.as_str() else { continue };
                if value != RESOURCE_GROUP && !is_type_name(value) {
                    found.add(&TYPE_SHAPE, service.value(node)).arg("value", value);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

/// `ecs.FAMILY.SIZE` or `ml.FAMILY…`: the families themselves are an open list.
pub(super) fn is_type_name(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let mut parts = name.split('.');
    matches!(parts.next(), Some("ecs" | "ml")) && name.split('.').count() >= 3 && parts.all(is_part)
}

pub(super) static CAPACITY: Rule = Rule {
    id: "eas/spot-capacity",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a capacity that is no number", "capacity 不是数值"),
    message: text(
        "`{value}` is no capacity: a whole number or a percentage",
        "`{value}` 不是有效的 capacity：应为整数或百分比",
    ),
    why: text("Another value is refused.", "其他值会被拒绝。"),
    help: text("write `2` or `\"20%\"`", "写作 `2` 或 `\"20%\"`"),
    rests_on: &[&SPOT_CAPACITY],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instances":[{"type":"ecs.c7.large","capacity":"«many»"}]}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instances":[{"type":"ecs.c7.large","capacity":"20%"},{"type":"ecs.c8i.large","capacity":2}]}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let listed = service.root.lookup(&["cloud", "computing", "instances"]);
            for instance in listed.and_then(Node::items).unwrap_or_default() {
                let Some(node) = instance.get("capacity") else { continue };
                let Some(value) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
                let digits = value.strip_suffix('%').unwrap_or(value);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    found.add(&CAPACITY, service.value(node)).arg("value", value);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static SCALER_BOUNDS: Rule = Rule {
    id: "eas/autoscaler-min-max",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("bounds of scaling that leave no room", "伸缩上下限没有余地"),
    message: text(
        "the service scales from {min} to {max}: the upper bound must lie above the lower",
        "伸缩范围为 {min} 到 {max}：上限必须大于下限",
    ),
    why: text("The scaler is refused or never does anything.", "自动伸缩会被拒绝或不起作用。"),
    help: text("set `min` to at least 1 and `max` above it", "`min` 至少为 1，且 `max` 大于 `min`"),
    rests_on: &[&SCALING_BOUNDS],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"autoscaler":{"min":5,"max":«5»,"strategies":{"qps":10}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"autoscaler":{"min":1,"max":5,"strategies":{"qps":10}},"containers":[]}"#,
        ),
        // Scaling down to nothing has pages of its own.
        good(
            r#"{"metadata":{"name":"a_b"},"autoscaler":{"min":0,"max":5,"strategies":{"qps":10}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let bound = |key| service.root.lookup(&["autoscaler", key]);
            let (Some(min), Some(max)) = (bound("min"), bound("max")) else { continue };
            if let (Some(low), Some(high)) = (min.lenient_i64(), max.lenient_i64())
                && high <= low
            {
                found
                    .add(&SCALER_BOUNDS, service.value(max))
                    .arg("min", low)
                    .arg("max", high)
                    .related(service.value(min), text("the lower bound", "下限"));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static SCALER_FORMS: Rule = Rule {
    id: "eas/autoscaler-dialect",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a scaler without figures, or with two sets", "伸缩器没有指标，或有两套指标"),
    message: text(
        "the scaler says when to scale in neither `scaleStrategies` nor `strategies`, or in both",
        "伸缩器未在 `scaleStrategies` 或 `strategies` 中设置指标，或两者都设置了",
    ),
    why: text(
        "Without figures it never scales; with two sets nothing tells which counts.",
        "没有指标就不会伸缩；有两套指标则不清楚哪套生效。",
    ),
    help: text("keep `scaleStrategies`", "请使用 `scaleStrategies`"),
    rests_on: &[&SCALING_FORMS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},«"autoscaler"»:{"min":1,"max":4},"containers":[]}"#),
        good(
            r#"{"metadata":{"name":"a_b"},"autoscaler":{"min":1,"max":4,"scaleStrategies":[{"metricName":"qps","threshold":10}]},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(scaler) = service.root.member("autoscaler") else { continue };
            if !scaler.node.is_object() {
                continue;
            }
            let has = |key| scaler.node.get(key).is_some();
            if has("strategies") == has("scaleStrategies") {
                found.add(&SCALER_FORMS, service.at(scaler.key_span));
            }
        }
    },
    ..Rule::DEFAULT
};
