//! Health checks.

use super::super::service::{Service, services};
use super::super::spec::{HEALTH_CHECK_ADVISED, PROBES, RESERVED_PORTS};
use super::ports::is_reserved;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::{Member, Node};

/// The keys of probes: the sources name four, and disagree on three of them.
const PROBE_KEYS: &[&str] = &["startup_check", "liveness_check", "readiness_check", "health_check"];

/// The kinds of a probe, also as Kubernetes spells them.
const KINDS: &[&str] = &["http_get", "tcp_socket", "exec", "httpGet", "tcpSocket"];

/// The probes of a service, each with its container.
fn probes<'a>(service: Service<'a>) -> Vec<(&'a Node, &'a Member)> {
    let mut found = Vec::new();
    for container in service.containers() {
        for member in container.members() {
            if PROBE_KEYS.contains(&member.key.as_str()) && member.node.is_object() {
                found.push((container, member));
            }
        }
    }
    found
}

/// The ports that a probe names.
fn ports(probe: &Node) -> impl Iterator<Item = &Node> {
    KINDS.iter().filter_map(|kind| probe.get(kind)?.get("port"))
}

pub(super) static RESERVED: Rule = Rule {
    id: "eas/probe-port-reserved",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text(
        "a health check asks a port that EAS keeps for itself",
        "健康检查使用了 EAS 的保留端口",
    ),
    message: text(
        "the health check asks port {port}, which EAS reserves",
        "健康检查使用了 EAS 保留的端口 {port}",
    ),
    why: text(
        "The engine of EAS listens there, not your server: the check says nothing about it, or fails.",
        "该端口由 EAS 引擎监听，而不是你的服务：检查没有意义或会失败。",
    ),
    help: text("name the port of the container", "请填写容器的端口"),
    rests_on: &[&RESERVED_PORTS.source],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"startup_check":{"tcp_socket":{"port":«8080»}}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"startup_check":{"tcp_socket":{"port":8000}}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for (_, probe) in probes(service) {
                for node in ports(&probe.node) {
                    if let Some(port) = node.lenient_port().filter(|port| is_reserved(*port)) {
                        found.add(&RESERVED, service.value(node)).arg("port", port);
                    }
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static MISMATCH: Rule = Rule {
    id: "eas/probe-port-mismatch",
    platform: Some(Platform::Eas),
    summary: text("a health check asks a port that no container has", "健康检查的端口不属于任何容器"),
    message: text("the health check asks port {port}, the container has {own}", "健康检查使用端口 {port}，而容器端口为 {own}"),
    why: text("Nothing listens on the port that is asked: the instance counts as unhealthy and is restarted again and again.", "被检查的端口无人监听：实例会被视为异常并反复重启。"),
    help: text("name the port of the container", "请填写容器的端口"),
    rests_on: &[&PROBES],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"health_check":{"http_get":{"path":"/h","port":«8001»}}}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"health_check":{"http_get":{"path":"/h","port":8000}}}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"health_check":{"http_get":{"path":"/h","port":8000}}}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","health_check":{"http_get":{"path":"/h","port":8001}}}]}"#),
    ],
    check: mismatch,
    ..Rule::DEFAULT
};

fn mismatch(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for (container, probe) in probes(service) {
            let Some(own_node) = container.get("port") else { continue };
            let Some(own) = own_node.lenient_port() else { continue };
            for node in ports(&probe.node) {
                let Some(port) = node.lenient_port() else { continue };
                let is_any = service
                    .containers()
                    .iter()
                    .filter_map(|one| one.get("port")?.lenient_port())
                    .any(|known| known == port);
                if is_any || is_reserved(port) {
                    continue;
                }
                let at = service.value(node);
                let finding = found
                    .add(&MISMATCH, at)
                    .arg("port", port)
                    .arg("own", own)
                    .related(service.value(own_node), text("the container's port", "容器端口"));
                if service.containers().len() == 1 {
                    finding.fix(
                        Fix::safe(text("ask the container's port", "改为容器端口"))
                            .replace(at, own.to_string()),
                    );
                }
            }
        }
    }
}

pub(super) static KIND: Rule = Rule {
    id: "eas/probe-kind",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a health check that does not say one thing to do", "健康检查没有唯一的检查方式"),
    message: text(
        "a health check has exactly one of http_get, tcp_socket and exec; this has {count}",
        "健康检查应只含 http_get、tcp_socket、exec 之一；此处有 {count} 个",
    ),
    why: text(
        "EAS refuses a probe that says nothing to do, or several things.",
        "EAS 会拒绝没有或有多种检查方式的探针。",
    ),
    help: text("keep one of them", "只保留其中一个"),
    rests_on: &[&PROBES],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x",«"health_check"»:{"period_seconds":5}}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x",«"health_check"»:{"http_get":{"port":80},"tcp_socket":{"port":80}}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","health_check":{"tcp_socket":{"port":80}}}]}"#,
        ),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","health_check":null}]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for (_, probe) in probes(service) {
                let count = KINDS.iter().filter(|kind| probe.node.get(kind).is_some()).count();
                if count != 1 && !probe.node.is_unknown() {
                    found.add(&KIND, service.at(probe.key_span)).arg("count", count);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

/// Fields as Kubernetes spells them, and as EAS does.
const SPELLINGS: &[(&str, &str)] = &[
    ("httpGet", "http_get"),
    ("tcpSocket", "tcp_socket"),
    ("initialDelaySeconds", "initial_delay_seconds"),
    ("periodSeconds", "period_seconds"),
    ("timeoutSeconds", "timeout_seconds"),
    ("successThreshold", "success_threshold"),
    ("failureThreshold", "failure_threshold"),
];

pub(super) static FIELD_CASE: Rule = Rule {
    id: "eas/probe-field-case",
    platform: Some(Platform::Eas),
    summary: text("a health check is spelt as in Kubernetes", "健康检查使用了 Kubernetes 的写法"),
    message: text("EAS spells `{wrong}` as `{right}`", "EAS 中 `{wrong}` 应写作 `{right}`"),
    why: text("EAS passes over fields that it does not know: the check then runs with defaults or not at all.", "EAS 会忽略不认识的字段：检查将使用默认值或不执行。"),
    help: text("write `{right}`", "请写 `{right}`"),
    rests_on: &[&PROBES],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","health_check":{«"httpGet"»:{"port":80},«"periodSeconds"»:5}}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","health_check":{"http_get":{"port":80},"period_seconds":5}}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","health_check":{"http_get":{"port":80}}}]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for (_, probe) in probes(service) {
                for member in probe.node.members() {
                    let spelling = SPELLINGS.iter().find(|(wrong, _)| *wrong == member.key);
                    let Some((wrong, right)) = spelling else { continue };
                    let at = service.at(member.key_span);
                    let finding = found.add(&FIELD_CASE, at).arg("wrong", wrong).arg("right", right);
                    if probe.node.member(right).is_none() {
                        finding.fix(
                            Fix::safe(text("write `{right}`", "改为 `{right}`"))
                                .arg("right", right)
                                .replace(at, format!("\"{right}\"")),
                        );
                    }
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static NONE: Rule = Rule {
    id: "eas/no-health-check",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a container has no health check", "容器没有健康检查"),
    message: text("the container has no health check", "容器没有健康检查"),
    why: text(
        "EAS then only looks whether the port is open, and does not restart a server that hangs.",
        "此时 EAS 只检查端口是否打开，不会重启卡死的服务。",
    ),
    help: text(
        "add `startup_check` or `liveness_check` with `http_get` or `tcp_socket`",
        "添加含 `http_get` 或 `tcp_socket` 的 `startup_check` 或 `liveness_check`",
    ),
    rests_on: &[&HEALTH_CHECK_ADVISED],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[«{»"image":"x","port":8000}]}"#),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"startup_check":{"tcp_socket":{"port":8000}}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for container in service.containers().iter().filter(|node| node.is_object()) {
                if !PROBE_KEYS.iter().any(|key| container.get(key).is_some()) {
                    found.add(&NONE, service.brace(container));
                }
            }
        }
    },
    ..Rule::DEFAULT
};
