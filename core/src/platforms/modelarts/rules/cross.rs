//! What the documents of one service must agree on.

use super::super::config::{configs, known};
use super::super::deployment::deployments;
use super::super::spec::{BATCH_API, HEALTH_IS_GET, ONE_PORT, PROTOCOL_MATCHES, SPECIFICATIONS};
use super::MODELARTS;
use crate::document::Kind;
use crate::rule::{Rule, Severity, bad, good};
use crate::text::{Message, text};
use crate::tree::Node;

pub(super) static PORT: Rule = Rule {
    id: "modelarts/cross-port",
    severity: Severity::Error,
    summary: text("the ports of configuration and image differ", "配置与镜像的端口不一致"),
    message: text(
        "config.json says port {port}, the server listens on {listened}",
        "config.json 的端口为 {port}，而服务监听 {listened}",
    ),
    why: text(
        "Requests go to the port of the configuration, where nothing listens.",
        "请求会发送到配置中的端口，而该端口无人监听。",
    ),
    help: text("make both equal; 8080 needs no setting", "使二者一致；8080 无需配置"),
    rests_on: &[&ONE_PORT],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \":8080\", \"a:b\"]\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"port\":«8443»}\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nEXPOSE 8080\nCMD [\"python\", \"/app.py\"]\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"port\":«8443»}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \":8443\", \"a:b\"]\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"port\":8443}\n",
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            let Some(node) = config.root.get("port") else { continue };
            let Some(port) = node.lenient_port() else { continue };
            let running = cx.claims().running();
            let ports: Vec<_> = running
                .iter()
                .flat_map(|start| start.ports().map(|said| (start.place(said.span), said.value)))
                .collect();
            if let Some((at, listened)) = ports.first()
                && !ports.iter().any(|(_, value)| *value == port)
            {
                found
                    .add(&PORT, config.value(node))
                    .arg("port", port)
                    .arg("listened", listened)
                    .related(*at, text("the server listens here", "服务在此监听"));
            } else if let Some(exposed) = cx.claims().exposed.first()
                && ports.is_empty()
                && !cx.claims().exposed.iter().any(|exposed| exposed.holds(port))
            {
                found
                    .add(&PORT, config.value(node))
                    .severity(Severity::Warning)
                    .says(text(
                        "config.json says port {port}, the image exposes {listened}",
                        "config.json 的端口为 {port}，而镜像暴露 {listened}",
                    ))
                    .arg("port", port)
                    .arg("listened", exposed.first)
                    .related(exposed.at, text("exposed here", "在此暴露"));
            }
        }
    },
    ..MODELARTS
};

pub(super) static PROTOCOL: Rule = Rule {
    id: "modelarts/cross-protocol",
    summary: text("https without a certificate", "https 缺少证书"),
    message: text(
        "`protocol` is https, but the server serves plain http",
        "`protocol` 为 https，而服务提供的是 http",
    ),
    why: text(
        "ModelArts speaks TLS to a server that has none, and every request fails with ModelArts.4503.",
        "ModelArts 以 TLS 访问不支持 TLS 的服务，请求均会失败，返回 ModelArts.4503。",
    ),
    help: text("write http, or give the server a certificate", "写作 http，或为服务配置证书"),
    rests_on: &[&PROTOCOL_MATCHES],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \":8080\", \"a:b\"]\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\",\"protocol\":\"«https»\"}]}\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \":8080\", \"--certfile\", \"c\", \"a:b\"]\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\",\"protocol\":\"«http»\"}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \":8080\", \"--certfile\", \"c\", \"a:b\"]\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\",\"protocol\":\"https\"}]}\n",
        ),
    ],
    check: |cx, found| {
        let running = cx.claims().running();
        let servers: Vec<_> = running
            .iter()
            .flat_map(|start| start.launches.iter().map(move |launch| (start, launch)))
            .filter(|(_, launch)| launch.server.is_some())
            .collect();
        let Some(&(start, first)) = servers.first() else { return };
        let server = start.place(first.program);
        let is_plain = servers.iter().all(|(_, launch)| {
            let is_open = |word: &crate::command::Argument| word.value.is_none();
            !launch.has_tls
                && !launch.arguments.iter().any(is_open)
                && launch.flag(&["-c", "--config"]).is_none()
        });
        for config in configs(cx).filter(|_| is_plain) {
            for (node, protocol) in config.apis().filter_map(|api| known(api, "protocol")) {
                if protocol.eq_ignore_ascii_case("https") {
                    found
                        .add(&PROTOCOL, config.value(node))
                        .related(server, text("this server speaks http", "该服务提供 http"));
                }
            }
        }
        let serves_tls = servers.iter().all(|(_, launch)| launch.has_tls);
        for config in configs(cx).filter(|_| serves_tls) {
            for (node, protocol) in config.apis().filter_map(|api| known(api, "protocol")) {
                if protocol.eq_ignore_ascii_case("http") {
                    found
                        .add(&PROTOCOL, config.value(node))
                        .says(text(
                            "`protocol` is http, but the server serves https alone",
                            "`protocol` 为 http，而服务只提供 https",
                        ))
                        .help(text("write https", "写作 https"))
                        .related(server, text("this server speaks https", "该服务提供 https"));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static HEALTH_API: Rule = Rule {
    id: "modelarts/cross-health-not-api",
    summary: text("a health check of a path that wants POST", "健康检查路径只接受 POST"),
    message: text(
        "health checks send GET, but `{url}` is an API with POST",
        "健康检查发送 GET，而 `{url}` 是 POST 接口",
    ),
    why: text(
        "The path may answer GET with an error, and the instance never becomes ready.",
        "该路径可能对 GET 返回错误，实例无法就绪。",
    ),
    help: text("offer a path of its own, such as /health", "提供单独的路径，例如 /health"),
    rests_on: &[&HEALTH_IS_GET],
    examples: &[
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","method":"post"}],"health":{"url":"«/»"}}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","method":"post"}],"health":{"url":"/health"}}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","method":"post"},{"url":"/","method":"get"}],"health":{"url":"/"}}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            let Some((node, url)) = config.health().and_then(|health| known(health, "url")) else {
                continue;
            };
            let same: Vec<&Node> = config
                .apis()
                .filter(|api| known(api, "url").is_some_and(|(_, other)| other == url))
                .collect();
            let is_post = |api: &&Node| {
                known(api, "method").is_some_and(|(_, method)| method.eq_ignore_ascii_case("post"))
            };
            if let Some(first) = same.first().filter(|_| same.iter().all(is_post)) {
                found
                    .add(&HEALTH_API, config.value(node))
                    .arg("url", url)
                    .related(config.brace(first), text("the API with POST", "POST 接口"));
            }
        }
    },
    ..MODELARTS
};

pub(super) static REQ_URI: Rule = Rule {
    id: "modelarts/cross-batch-req-uri",
    severity: Severity::Error,
    summary: text("a batch service asks a path that is no API", "批量服务请求的路径不是已有接口"),
    message: text(
        "`{url}` is none of the APIs of config.json",
        "`{url}` 不是 config.json 中的接口",
    ),
    why: text(
        "The batch service calls an API of the model; one that it does not have is refused.",
        "批量服务调用模型的接口；不存在的接口会被拒绝。",
    ),
    help: text("write one of {known}", "请写以下之一：{known}"),
    rests_on: &[&BATCH_API],
    examples: &[
        bad(
            "-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\"}]}\n-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"req_uri\":\"«/x»\"}]}\n",
        ),
        good(
            "-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\"}]}\n-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"req_uri\":\"/\"}]}\n",
        ),
    ],
    check: |cx, found| {
        if cx.only(Kind::ModelArtsConfig).is_none() {
            return;
        }
        let Some(config) = configs(cx).next() else { return };
        let has_unknown = config.apis().any(|api| api.get("url").is_some_and(Node::is_unknown));
        let urls: Vec<&str> =
            config.apis().map(|api| known(api, "url").map_or("/", |(_, url)| url)).collect();
        let Some(list) = config.root.member("apis") else { return };
        if urls.is_empty() || has_unknown {
            return;
        }
        for service in deployments(cx) {
            for (node, url) in service.entries().filter_map(|entry| known(entry, "req_uri")) {
                if !urls.contains(&url) {
                    found
                        .add(&REQ_URI, service.value(node))
                        .arg("url", url)
                        .arg("known", urls.join(", "))
                        .related(config.key(list), text("the APIs of the model", "模型的接口"));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static GPU_IMAGE_ON_CPU: Rule = Rule {
    id: "modelarts/cross-cpu-specification",
    summary: text("a GPU image on a flavour without a GPU", "GPU 镜像运行在没有 GPU 的规格上"),
    message: text(
        "`{specification}` has no GPU, but the image is built on CUDA {cuda}",
        "`{specification}` 没有 GPU，但镜像基于 CUDA {cuda} 构建",
    ),
    why: text(
        "The server finds no GPU: it ends at its start, or runs on the CPU at a fraction of its speed.",
        "服务找不到 GPU：启动即退出，或以极低速度在 CPU 上运行。",
    ),
    help: text(
        "choose a flavour with a GPU, or a base image without CUDA",
        "请选择带 GPU 的规格，或使用不含 CUDA 的基础镜像",
    ),
    rests_on: &[&SPECIFICATIONS],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM nvidia/cuda:11.8.0-runtime-ubuntu22.04\nCMD [\"sh\", \"/home/run.sh\"]\n-- deploy.json --\n{\"service_name\":\"a\",\"infer_type\":\"real-time\",\"config\":[{\"model_id\":\"m\",\"weight\":100,\"specification\":\"«modelarts.vm.cpu.2u»\",\"instance_count\":1}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM nvidia/cuda:11.8.0-runtime-ubuntu22.04\nCMD [\"sh\", \"/home/run.sh\"]\n-- deploy.json --\n{\"service_name\":\"a\",\"infer_type\":\"real-time\",\"config\":[{\"model_id\":\"m\",\"weight\":100,\"specification\":\"modelarts.vm.gpu.pnt004\",\"instance_count\":1}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM python:3.11\nCMD [\"sh\", \"/home/run.sh\"]\n-- deploy.json --\n{\"service_name\":\"a\",\"infer_type\":\"real-time\",\"config\":[{\"model_id\":\"m\",\"weight\":100,\"specification\":\"modelarts.vm.cpu.2u\",\"instance_count\":1}]}\n",
        ),
    ],
    check: |cx, found| {
        let Some(base) = &cx.claims().base else { return };
        let Some(cuda) = base.value.cuda() else { return };
        for deployment in deployments(cx) {
            // Of several models nothing tells which one the Dockerfile makes.
            let entries: Vec<&Node> = deployment.entries().collect();
            let [entry] = entries[..] else { continue };
            let Some((node, value)) = known(entry, "specification") else { continue };
            if value.starts_with("modelarts.vm.cpu.") {
                found
                    .add(&GPU_IMAGE_ON_CPU, deployment.value(node))
                    .arg("specification", value)
                    .arg("cuda", cuda)
                    .related_message(
                        base.at,
                        Message::new(text("this image holds CUDA {cuda}", "该镜像含 CUDA {cuda}"))
                            .arg("cuda", cuda),
                    );
            }
        }
    },
    ..MODELARTS
};
