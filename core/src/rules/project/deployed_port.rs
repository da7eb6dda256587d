//! Two deployment documents of one image that send requests to different ports.
//!
//! Where the server's own port is known, each platform's rules compare with that.

use super::sources::ONE_SERVER;
use crate::rule::{Rule, bad, good};
use crate::text::{Message, text};

pub(super) static RULE: Rule = Rule {
    id: "project/deployed-port-mismatch",
    summary: text(
        "two deployments of one image on different ports",
        "同一镜像的两份部署文档端口不同",
    ),
    message: text(
        "requests go to port {port} here, and to {other} in the other deployment of the image",
        "此处请求发往端口 {port}，而该镜像的另一份部署文档为 {other}",
    ),
    why: text(
        "One server listens on one of the two ports: the other deployment never becomes ready.",
        "服务只监听其中一个端口：另一份部署将无法就绪。",
    ),
    help: text(
        "make both equal, or let the server take its port from the environment",
        "使二者一致，或让服务从环境变量读取端口",
    ),
    rests_on: &[&ONE_SERVER],
    examples: &[
        bad(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"port\":«8443»}\n",
        ),
        good(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8443}]}\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"port\":8443}\n",
        ),
        // The service gives its server another port.
        good(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"env\":[{\"name\":\"PORT\",\"value\":\"8000\"}]}]}\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"port\":8443}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD gunicorn -b :8443 a:b\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"port\":8443}\n",
        ),
    ],
    check: |cx, found| {
        let claims = cx.claims();
        let ([container], [model]) = (&claims.containers[..], &claims.models[..]) else { return };
        let (Some(here), Some(there)) = (&model.port, &container.port) else { return };
        // A command or a variable of its own may tell the server its port.
        let may_differ = claims.is_start_replaced() || container.has_environment;
        let is_known = claims.running().iter().any(|start| start.ports().next().is_some());
        if here.value == there.value || may_differ || is_known {
            return;
        }
        found
            .add(&RULE, here.at)
            .arg("port", here.value)
            .arg("other", there.value)
            .related_message(
                there.at,
                Message::new(text("port {other} here", "此处为端口 {other}"))
                    .arg("other", there.value),
            );
    },
    ..Rule::DEFAULT
};
