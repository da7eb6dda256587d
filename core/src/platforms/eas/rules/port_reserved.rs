//! EAS runs its own engine on two ports; a container that says it listens there cannot start.

use super::super::spec::RESERVED_PORTS;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "eas/port-reserved",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text(
        "a container's port is one that EAS keeps for itself",
        "容器端口是 EAS 的保留端口",
    ),
    message: text("port {port} is reserved by EAS", "端口 {port} 被 EAS 保留"),
    why: text(
        "The engine of EAS listens on ports 8080 and 9090 beside your container; a service that asks for one of them fails to deploy with a port conflict.",
        "EAS 引擎与容器一同运行并监听 8080 和 9090 端口；使用这两个端口的服务会因端口冲突而部署失败。",
    ),
    help: text(
        "let the application listen on another port, for example 8000, and write it here",
        "让应用监听其他端口（例如 8000），并写在此处",
    ),
    rests_on: &[&RESERVED_PORTS.source],
    aliases: &["eas/reserved-port"],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":«8080»}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":"«9090»"}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":"${PORT}"}]}"#),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for port in cx.claims().containers.iter().filter_map(|container| container.port.as_ref()) {
        if RESERVED_PORTS.value.contains(&port.value) {
            found.add(&RULE, port.at).arg("port", port.value);
        }
    }
}
