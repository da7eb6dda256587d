//! Values that are one of a fixed set.

use super::super::request::{Request, known, requests};
use super::super::spec::{CHOICES, PROTOCOLS, PULL_POLICIES, RESTART_POLICIES};
use super::ECI;
use crate::rule::{Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

/// Judges the value of `key` in `node`.
fn judge(
    rule: &'static Rule,
    request: &Request<'_>,
    node: &Node,
    key: &str,
    choices: &[&str],
    found: &mut Findings,
) {
    let Some((value, written)) = known(node, key) else { return };
    if written.is_empty() || choices.contains(&written) {
        return;
    }
    let at = request.value(value);
    let finding =
        found.add(rule, at).arg("value", written).arg("key", key).arg("known", choices.join(", "));
    let meant = choices.iter().find(|choice| choice.eq_ignore_ascii_case(written));
    let is_verbatim = value.as_text().is_some_and(|text| text.is_verbatim(0, written.len()));
    if let Some(meant) = meant.filter(|_| is_verbatim) {
        finding.fix(
            Fix::safe(text("write `{meant}`", "改为 `{meant}`"))
                .arg("meant", meant)
                .replace(at, *meant),
        );
    }
}

pub(super) static PULL_POLICY: Rule = Rule {
    id: "eci/pull-policy-value",
    severity: Severity::Error,
    summary: text("an unknown pull policy", "未知的镜像拉取策略"),
    message: text(
        "`{value}` is none of the pull policies {known}",
        "`{value}` 不是镜像拉取策略：{known}",
    ),
    why: text("ECI refuses the value.", "ECI 会拒绝该值。"),
    help: text("write one of {known}", "请使用 {known} 之一"),
    rests_on: &[&PULL_POLICIES.source],
    examples: &[
        bad("Container.1.Image=a:1\nContainer.1.ImagePullPolicy=«always»\n")
            .fixed("Container.1.Image=a:1\nContainer.1.ImagePullPolicy=Always\n"),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Image":"a:1","ImagePullPolicy":"«Sometimes»"}]}"#,
        ),
        good("Container.1.Image=a:1\nContainer.1.ImagePullPolicy=IfNotPresent\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for container in request.containers() {
                let choices = PULL_POLICIES.value;
                judge(&PULL_POLICY, &request, container.node, "ImagePullPolicy", choices, found);
            }
        }
    },
    ..ECI
};

pub(super) static RESTART_POLICY: Rule = Rule {
    id: "eci/restart-policy-value",
    severity: Severity::Error,
    summary: text("an unknown restart policy", "未知的重启策略"),
    message: text(
        "`{value}` is none of the restart policies {known}",
        "`{value}` 不是重启策略：{known}",
    ),
    why: text("ECI refuses the value.", "ECI 会拒绝该值。"),
    help: text("write one of {known}", "请使用 {known} 之一"),
    rests_on: &[&RESTART_POLICIES.source],
    examples: &[
        bad("ContainerGroupName=web\nRestartPolicy=«onfailure»\n")
            .fixed("ContainerGroupName=web\nRestartPolicy=OnFailure\n"),
        bad(
            r#"{"resource":{"alicloud_eci_container_group":{"web":{"restart_policy":"«unless-stopped»"}}}}"#,
        ),
        good("ContainerGroupName=web\nRestartPolicy=Never\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let choices = RESTART_POLICIES.value;
            judge(&RESTART_POLICY, &request, request.root(), "RestartPolicy", choices, found);
        }
    },
    ..ECI
};

pub(super) static PROTOCOL: Rule = Rule {
    id: "eci/protocol-value",
    severity: Severity::Error,
    summary: text("an unknown protocol of a port", "未知的端口协议"),
    message: text("`{value}` is none of the protocols {known}", "`{value}` 不是端口协议：{known}"),
    why: text("ECI refuses the value.", "ECI 会拒绝该值。"),
    help: text("write one of {known}; HTTP is TCP", "请使用 {known} 之一；HTTP 属于 TCP"),
    rests_on: &[&PROTOCOLS.source],
    examples: &[
        bad("Container.1.Image=a:1\nContainer.1.Port.1.Port=80\nContainer.1.Port.1.Protocol=«tcp»\n")
            .fixed("Container.1.Image=a:1\nContainer.1.Port.1.Port=80\nContainer.1.Port.1.Protocol=TCP\n"),
        bad("Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Port: [{Port: 80, Protocol: «HTTP»}]}]\n"),
        good("Container.1.Image=a:1\nContainer.1.Port.1.Port=80\nContainer.1.Port.1.Protocol=UDP\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for port in request.containers().iter().flat_map(|one| one.list("Port")) {
                judge(&PROTOCOL, &request, port, "Protocol", PROTOCOLS.value, found);
            }
        }
    },
    ..ECI
};

pub(super) static ENUM: Rule = Rule {
    id: "eci/enum-value",
    severity: Severity::Error,
    summary: text("an unknown value of a parameter with fixed ones", "参数取值不在允许范围内"),
    message: text("`{key}` cannot be `{value}`: {known}", "`{key}` 不能为 `{value}`：{known}"),
    why: text("ECI refuses the value.", "ECI 会拒绝该值。"),
    help: text("write one of {known}", "请使用 {known} 之一"),
    rests_on: &[&CHOICES.source],
    examples: &[
        bad("ContainerGroupName=web\nCpuArchitecture=«arm64»\n")
            .fixed("ContainerGroupName=web\nCpuArchitecture=ARM64\n"),
        bad("ContainerGroupName=web\nSpotStrategy=«SpotAsYouGo»\n"),
        bad("ContainerGroupName=web\nAutoCreateEip=true\nEipISP=«BPG»\n"),
        good("ContainerGroupName=web\nOsType=Linux\nDnsPolicy=Default\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for (key, choices) in CHOICES.value {
                judge(&ENUM, &request, request.root(), key, choices, found);
            }
        }
    },
    ..ECI
};
