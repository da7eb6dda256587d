//! Probes of containers.

use super::super::request::{Container, Spelling, requests};
use super::super::spec::{PROBE_KINDS, PROBES_OF_CONTAINERS, ROS_KEYS};
use super::ECI;
use crate::rule::{Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::{Member, Node};

const PROBES: [&str; 2] = ["LivenessProbe", "ReadinessProbe"];

/// The probes of a container that are there and can be read, by name.
fn probes(container: Container<'_>) -> impl Iterator<Item = &Member> {
    let is_probe = |member: &&Member| {
        PROBES.contains(&member.key.as_str())
            && member.node.is_object()
            && !member.node.is_unknown()
    };
    container.node.members().iter().filter(is_probe)
}

/// The first member of each kind that a probe has.
fn kinds(probe: &Node) -> Vec<&Member> {
    let of = |kind: &str| {
        probe.members().iter().find(|member| member.key.split('.').next() == Some(kind))
    };
    let mut kinds: Vec<&Member> = PROBE_KINDS.value.iter().filter_map(|kind| of(kind)).collect();
    kinds.sort_by_key(|member| member.key_span);
    kinds
}

pub(super) static MULTIPLE: Rule = Rule {
    id: "eci/probe-multiple",
    severity: Severity::Error,
    summary: text("a probe that asks in two ways", "探针使用了多种方式"),
    message: text(
        "`{key}` has a second way to ask: `{kind}`",
        "`{key}` 有第二种探测方式：`{kind}`",
    ),
    why: text("ECI refuses a probe that is not exactly one of them.", "ECI 只接受一种探测方式。"),
    help: text("keep one of HttpGet, Exec and TcpSocket", "只保留 HttpGet、Exec 和 TcpSocket 之一"),
    rests_on: &[&PROBE_KINDS.source],
    examples: &[
        bad(
            "Container.1.Image=a:1\nContainer.1.LivenessProbe.HttpGet.Port=80\nContainer.1.LivenessProbe.«TcpSocket».Port=80\n",
        ),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{ReadinessProbe: {TcpSocket.Port: 80, «HttpGet.Port»: 80, HttpGet.Path: /}}]\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.LivenessProbe.HttpGet.Port=80\nContainer.1.LivenessProbe.HttpGet.Path=/\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for container in request.containers() {
                for probe in probes(container) {
                    if let [_, second, ..] = kinds(&probe.node)[..] {
                        let kind = second.key.split('.').next().unwrap_or_default();
                        found
                            .add(&MULTIPLE, request.at(second.key_span))
                            .arg("key", &probe.key)
                            .arg("kind", kind);
                    }
                }
            }
        }
    },
    ..ECI
};

pub(super) static NONE: Rule = Rule {
    id: "eci/probe-none",
    severity: Severity::Error,
    summary: text("a probe that does not ask", "探针没有探测方式"),
    message: text("`{key}` does not say how to ask", "`{key}` 没有指定探测方式"),
    why: text("ECI refuses a probe that is not exactly one of them.", "ECI 只接受一种探测方式。"),
    help: text("add HttpGet, Exec or TcpSocket", "添加 HttpGet、Exec 或 TcpSocket"),
    rests_on: &[&PROBE_KINDS.source],
    examples: &[
        bad("Container.1.Image=a:1\nContainer.1.«LivenessProbe».PeriodSeconds=10\n"),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Image":"a:1",«"ReadinessProbe"»:{"TimeoutSeconds":1}}]}"#,
        ),
        good("Container.1.Image=a:1\nContainer.1.LivenessProbe.Exec.Command.1=true\n"),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{LivenessProbe: {HttpGet.Port: 80}}]\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for container in request.containers() {
                for probe in probes(container).filter(|probe| kinds(&probe.node).is_empty()) {
                    found.add(&NONE, request.at(probe.key_span)).arg("key", &probe.key);
                }
            }
        }
    },
    ..ECI
};

pub(super) static ON_INIT: Rule = Rule {
    id: "eci/probe-on-init",
    severity: Severity::Error,
    summary: text("a probe of a container that runs first", "Init 容器配置了探针"),
    message: text("a container that runs first has no `{key}`", "Init 容器没有 `{key}`"),
    why: text(
        "Such a container runs to its end before the others start: there is nothing to ask.",
        "Init 容器运行结束后其他容器才启动：没有可探测的内容。",
    ),
    help: text("move the probe to a container", "将探针移到普通容器"),
    rests_on: &[&PROBES_OF_CONTAINERS],
    examples: &[
        bad("InitContainer.1.Image=a:1\nInitContainer.1.«LivenessProbe».TcpSocket.Port=80\n"),
        good("Container.1.Image=a:1\nContainer.1.LivenessProbe.TcpSocket.Port=80\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for container in request.containers().iter().filter(|one| one.is_init) {
                for probe in probes(*container) {
                    found.add(&ON_INIT, request.at(probe.key_span)).arg("key", &probe.key);
                }
            }
        }
    },
    ..ECI
};

pub(super) static NESTED_IN_ROS: Rule = Rule {
    id: "eci/probe-nested-in-ros",
    severity: Severity::Warning,
    summary: text("a nested key where ROS wants a dot", "ROS 中应使用带点的键"),
    message: text(
        "in a template this is written `{key}.{inner}`",
        "在模板中应写成 `{key}.{inner}`",
    ),
    why: text(
        "The resource lists the parts of probes and volumes as keys with dots; what is nested may not be read.",
        "该资源的探针和数据卷子项使用带点的键；嵌套写法可能不会被读取。",
    ),
    help: text("write `{key}.{inner}: …`", "请写成 `{key}.{inner}: …`"),
    rests_on: &[&ROS_KEYS.source],
    examples: &[
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{LivenessProbe: {«HttpGet»: {Port: 80}}}]\n",
        ),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Volume: [{Name: a, Type: NFSVolume, «NFSVolume»: {Path: /}}]\n",
        ),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{LivenessProbe: {HttpGet.Port: 80}}]\n",
        ),
        good(
            r#"{"ContainerGroupName":"web","Container":[{"LivenessProbe":{"HttpGet":{"Port":80}}}]}"#,
        ),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|one| one.spelling == Spelling::Ros) {
            let containers = request.containers();
            let probes = containers.iter().flat_map(|one| probes(*one));
            let probes = probes.flat_map(|probe| {
                let nested = ROS_KEYS.value.iter().find(|(name, _)| *name == probe.key);
                let kinds = nested.map(|(_, kinds)| *kinds).unwrap_or_default();
                probe.node.members().iter().filter(|part| kinds.contains(&part.key.as_str()))
            });
            let volumes = request.objects("Volume");
            let volumes = volumes.flat_map(|volume| {
                volume.members().iter().filter(|part| part.key.ends_with("Volume"))
            });
            for part in probes.chain(volumes) {
                let first = part.node.members().first();
                let Some(inner) = first.filter(|_| !part.node.is_unknown()) else { continue };
                found
                    .add(&NESTED_IN_ROS, request.at(part.key_span))
                    .arg("key", &part.key)
                    .arg("inner", &inner.key);
            }
        }
    },
    ..ECI
};
