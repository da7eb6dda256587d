//! Where the server listens and what the image says of it.

use super::super::spec::{EXPOSE_TELLS, LISTEN_EVERYWHERE, SERVICE_PORT};
use super::MODELARTS;
use super::start::{dockerfile, last_from};
use crate::command::Origin;
use crate::dockerfile::BaseName;
use crate::fact::Platform;
use crate::rule::{Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

pub(super) static LOCALHOST: Rule = Rule {
    id: "modelarts/listen-localhost",
    severity: Severity::Error,
    summary: text("the server listens to its own container alone", "服务只监听容器自身"),
    message: text(
        "the server listens on {host}, which nobody outside of the container reaches",
        "服务监听 {host}，容器外无法访问",
    ),
    why: text(
        "ModelArts sends requests to the container's own address, where nothing listens.",
        "ModelArts 将请求发送到容器的地址，而该地址没有监听。",
    ),
    help: text("listen on 0.0.0.0", "请监听 0.0.0.0"),
    rests_on: &[&LISTEN_EVERYWHERE],
    examples: &[
        bad(
            "FROM a:1\nCMD [\"uvicorn\", \"a:b\", \"--host\", \"«127.0.0.1»\", \"--port\", \"8080\"]\n",
        ),
        bad("FROM a:1\nCMD [\"gunicorn\", \"-b\", \"«localhost»:8080\", \"a:b\"]\n"),
        bad("#!/bin/sh\nexec gunicorn -b «127.0.0.1»:8080 a:b\n"),
        bad("FROM a:1\nCMD [\"«uvicorn»\", \"a:b\", \"--port\", \"8080\"]\n"),
        good(
            "FROM a:1\nCMD [\"uvicorn\", \"a:b\", \"--host\", \"0.0.0.0\", \"--port\", \"8080\"]\n",
        ),
        good("FROM a:1\nCMD gunicorn -b :8080 a:b\n"),
    ],
    check: |cx, found| {
        for start in cx.claims().running() {
            for host in start.listens().filter_map(|listen| listen.host.as_ref()) {
                let is_own = matches!(host.value.as_str(), "localhost" | "::1" | "[::1]")
                    || host.value.starts_with("127.");
                if !is_own {
                    continue;
                }
                let at = start.place(host.span);
                let finding = found.add(&LOCALHOST, at).arg("host", &host.value);
                if host.origin == Origin::Default {
                    finding.says(text(
                        "the server listens on {host} unless told otherwise",
                        "服务默认只监听 {host}",
                    ));
                } else if host.is_literal {
                    finding.fix(
                        Fix::risky(text("listen on 0.0.0.0", "监听 0.0.0.0"))
                            .replace(at, "0.0.0.0"),
                    );
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static EXPOSE: Rule = Rule {
    id: "modelarts/expose-not-8080",
    summary: text("the image exposes another port than 8080", "镜像暴露的端口不是 8080"),
    message: text(
        "the image exposes {port}, but ModelArts sends requests to {wanted}",
        "镜像暴露 {port}，而 ModelArts 将请求转发到 {wanted}",
    ),
    why: text(
        "EXPOSE says where the server listens. If that is so, no request ever reaches it.",
        "EXPOSE 表明服务监听的端口。若确实如此，请求将无法到达。",
    ),
    help: text("let server and EXPOSE use {wanted}", "让服务和 EXPOSE 都使用 {wanted}"),
    rests_on: &[&SERVICE_PORT.source, &EXPOSE_TELLS],
    examples: &[
        bad("FROM a:1\nEXPOSE «5000»\nCMD [\"python\", \"app.py\"]\n"),
        good("FROM a:1\nEXPOSE 8080\n"),
        good("FROM a:1\nEXPOSE 8080 9100\n"),
        good("FROM a:1\nEXPOSE 8000-8100\n"),
        good("FROM a:1\nEXPOSE 53/udp\n"),
    ],
    check: |cx, found| {
        let exposed = &cx.claims().exposed;
        if exposed.iter().any(|port| port.holds(SERVICE_PORT.value)) {
            return;
        }
        for port in exposed {
            found.add(&EXPOSE, port.at).arg("port", port.first).arg("wanted", SERVICE_PORT.value);
        }
    },
    ..MODELARTS
};

pub(super) static NO_EXPOSE: Rule = Rule {
    id: "modelarts/expose-missing",
    severity: Severity::Info,
    strict: true,
    summary: text("the image does not say its port", "镜像未声明端口"),
    message: text("no EXPOSE says which port is served", "没有 EXPOSE 声明服务端口"),
    why: text(
        "Nothing depends on it, but readers and tools cannot tell the port of the image.",
        "虽不影响运行，但读者和工具无法得知镜像的端口。",
    ),
    help: text("add EXPOSE 8080", "加上 EXPOSE 8080"),
    rests_on: &[&EXPOSE_TELLS],
    examples: &[
        bad("«FROM» a:1\nCMD [\"python\", \"app.py\"]\n")
            .fixed("FROM a:1\nEXPOSE 8080\nCMD [\"python\", \"app.py\"]\n"),
        good("FROM a:1\nEXPOSE 8080\n"),
    ],
    check: |cx, found| {
        let Some((document, content)) = dockerfile(cx) else { return };
        let Some(stage) = content.tree.last_stage() else { return };
        let is_own_base = matches!(stage.base, BaseName::Image(_));
        if !content.prediction.exposed.is_empty() || !is_own_base {
            return;
        }
        let Some(from) = last_from(content) else { return };
        let finding = found.add(&NO_EXPOSE, document.place(from));
        let command = content.prediction.cmd.as_ref().or(content.prediction.entrypoint.as_ref());
        if let Some(command) = command {
            let before = Span::at(command.keyword_span.start as usize);
            let title = text("add EXPOSE 8080", "加上 EXPOSE 8080");
            // Another platform may keep that port for itself.
            let is_safe = cx.is_only_target(Platform::ModelArts);
            let fix = if is_safe { Fix::safe(title) } else { Fix::risky(title) };
            finding.fix(fix.replace(document.place(before), "EXPOSE 8080\n"));
        }
    },
    ..MODELARTS
};
