//! What platforms demand that no one image can give: the one place that knows several of them.

use super::{eas, modelarts};
use crate::fact::{Platform, Profile};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(crate) static RULES: &[&Rule] = &[&PORT];

static PORT: Rule = Rule {
    id: "project/port-per-platform",
    severity: Severity::Info,
    summary: text(
        "one fixed port for platforms that ask for different ones",
        "多个平台要求不同端口，而端口固定",
    ),
    message: text(
        "port {port} is fixed, but ModelArts asks for {wanted} and EAS keeps {kept} for itself",
        "端口 {port} 是固定的，而 ModelArts 要求 {wanted}，EAS 保留 {kept}",
    ),
    why: text(
        "No single port serves both platforms: the same image fails on one of them.",
        "没有一个端口同时适用于两个平台：同一镜像会在其中之一失败。",
    ),
    help: text(
        "let the server take its port from an environment variable, and set that for each platform",
        "让服务从环境变量读取端口，并按平台设置该变量",
    ),
    rests_on: &[&modelarts::spec::SERVICE_PORT.source, &eas::spec::RESERVED_PORTS.source],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD gunicorn -b 0.0.0.0:«8080» a:b\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\"}\n",
        ),
        bad(
            "-- app.tar --\n{\"images\": [{\"exposed_ports\": [\"«8000/tcp»\"]}]}\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\"}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD gunicorn -b 0.0.0.0:$PORT a:b\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\"}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD gunicorn -b 0.0.0.0:8080 a:b\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\"}\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    let serves =
        matches!(cx.profile(Platform::ModelArts), Some(Profile::RealTime | Profile::Batch));
    if !cx.is_target(Platform::Eas) || !cx.is_target(Platform::ModelArts) || !serves {
        return;
    }
    let claims = cx.claims();
    let running = claims.running();
    let mut listened = running
        .iter()
        .flat_map(|start| start.ports().map(|port| (start.place(port.span), port.value)));
    let does_listen = running.iter().any(|start| start.listens().next().is_some());
    let exposed = claims.exposed.first().filter(|_| !does_listen).map(|one| (one.at, one.first));
    let Some((at, port)) = listened.next().or(exposed) else { return };
    let kept = eas::spec::RESERVED_PORTS.value.map(|port| port.to_string()).join(", ");
    let finding = found.add(&PORT, at).arg("port", port).arg("kept", kept);
    finding.arg("wanted", modelarts::spec::SERVICE_PORT.value);
}
