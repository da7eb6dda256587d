//! ModelArts forwards requests to port 8080: a server that listens elsewhere is never reached.

use super::super::engine::is_custom_engine;
use super::super::spec::SERVICE_PORT;
use super::MODELARTS;
use super::start::dockerfile;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "modelarts/listen-port-not-8080",
    severity: Severity::Error,
    summary: text("the server listens on another port than 8080", "服务监听的端口不是 8080"),
    message: text(
        "the server listens on port {port}, but ModelArts sends requests to {wanted}",
        "服务监听端口 {port}，而 ModelArts 将请求转发到 {wanted}",
    ),
    why: text(
        "ModelArts forwards every request to port 8080 of the container. Nothing answers there, so the service never becomes ready.",
        "ModelArts 将所有请求转发到容器的 8080 端口。该端口没有响应，服务将无法就绪。",
    ),
    help: text("let the server listen on 0.0.0.0:{wanted}", "让服务监听 0.0.0.0:{wanted}"),
    rests_on: &[&SERVICE_PORT.source],
    examples: &[
        bad("FROM a:1\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:«5000»\", \"app:app\"]\n"),
        bad("FROM a:1\nENV PORT=5000\nCMD uvicorn app:app --host 0.0.0.0 --port «$PORT»\n"),
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\n#!/bin/sh\nexec gunicorn -b :«5000» app:app\n",
        ),
        // A custom engine's model may name its port.
        bad(
            "FROM a:1\nWORKDIR /home/mind\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:«5000»\", \"app:app\"]\n",
        ),
        good("FROM a:1\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8080\", \"app:app\"]\n"),
        good("FROM a:1\nCMD torchrun --master_port=5000 serve.py\n"),
        good("FROM a:1 AS build\nCMD gunicorn -b :5000 a\nFROM b:1\nCMD python app.py\n"),
    ],
    check,
    ..MODELARTS
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    let is_engine = dockerfile(cx).is_some_and(|(_, content)| is_custom_engine(content));
    for start in cx.claims().running() {
        for port in start.ports().filter(|port| port.value != SERVICE_PORT.value) {
            let finding = found.add(&RULE, start.place(port.span));
            finding.arg("port", port.value).arg("wanted", SERVICE_PORT.value);
            if is_engine {
                finding.severity(Severity::Warning).help(text(
                    "listen on {wanted}, or name the port when the model is created",
                    "监听 {wanted}，或在创建模型时指定该端口",
                ));
            }
        }
    }
}
