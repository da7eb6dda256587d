//! Ports: those that EAS keeps, and whether everyone speaks of the same one.

use std::collections::HashMap;

use super::super::service::services;
use super::super::spec::{
    ALL_ADDRESSES, PORT_EQUALS_LISTENING, PORT_EXPECTED, RESERVED_PORTS, SHARED_NETWORK,
};
use crate::claims::{Claims, Container, Start};
use crate::command::{Origin, Purpose};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Message, Place, text};
use crate::tree::Node;
use crate::tree::edit::New;

pub(super) static RESERVED: Rule = Rule {
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
    check: |cx, found| {
        for port in cx.claims().containers.iter().filter_map(|container| container.port.as_ref()) {
            if is_reserved(port.value) {
                found.add(&RESERVED, port.at).arg("port", port.value);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) fn is_reserved(port: u16) -> bool {
    RESERVED_PORTS.value.contains(&port)
}

pub(super) static RESERVED_IN_COMMAND: Rule = Rule {
    id: "eas/port-reserved-in-command",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text(
        "the start command binds a port that EAS keeps for itself",
        "启动命令绑定了 EAS 的保留端口",
    ),
    message: text(
        "the command binds port {port}, which EAS reserves",
        "命令绑定了 EAS 保留的端口 {port}",
    ),
    why: text(
        "The engine of EAS listens on ports 8080 and 9090 beside your container: the server cannot bind them.",
        "EAS 引擎与容器一同运行并监听 8080 和 9090 端口：服务无法绑定它们。",
    ),
    help: text(
        "bind another port, for example 8000, and give the same in `port`",
        "请绑定其他端口（例如 8000），并在 `port` 中填写相同的值",
    ),
    rests_on: &[&RESERVED_PORTS.source],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"script":"uvicorn a:b --port «9090»"}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"«waitress-serve» a:b"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"uvicorn a:b --port 8000"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"torchrun --master_port=8080 a.py"}]}"#,
        ),
    ],
    check: |cx, found| {
        for container in &cx.claims().containers {
            let Some(start) = &container.start else { continue };
            for port in start.ports().filter(|port| is_reserved(port.value)) {
                found.add(&RESERVED_IN_COMMAND, start.place(port.span)).arg("port", port.value);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static DOCKERFILE_RESERVED: Rule = Rule {
    id: "eas/dockerfile-port-reserved",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text(
        "the image serves on a port that EAS keeps for itself",
        "镜像使用了 EAS 的保留端口",
    ),
    message: text(
        "the image's command binds port {port}, which EAS reserves",
        "镜像命令绑定了 EAS 保留的端口 {port}",
    ),
    why: text(
        "The engine of EAS listens on ports 8080 and 9090 beside your container: a server that binds one of them cannot start.",
        "EAS 引擎与容器一同运行并监听 8080 和 9090 端口：绑定这些端口的服务无法启动。",
    ),
    help: text("use another port, for example 8000", "请使用其他端口，例如 8000"),
    rests_on: &[&RESERVED_PORTS.source],
    examples: &[
        bad(r#"{"images": [{"cmd": ["gunicorn", "-b", "0.0.0.0:«8080»", "a:b"]}]}"#),
        bad(
            "FROM a:1\nEXPOSE «8080»\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:«8080»\", \"app:app\"]\n",
        ),
        bad("FROM a:1\nENV PORT=9090\nEXPOSE «$PORT»\n"),
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"sh\", \"/run.sh\"]\n-- run.sh --\nexec uvicorn a:b --port «8080»\n",
        ),
        good("FROM a:1\nEXPOSE 8000\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n"),
        good("FROM a:1 AS build\nEXPOSE 8080\nFROM b:1\nEXPOSE 8000\n"),
        // The command of the service replaces the image's.
        good(
            "-- Dockerfile --\nFROM a:1\nCMD uvicorn a:b --port 8080\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"script\":\"uvicorn a:b --port 8000\"}]}\n",
        ),
    ],
    check: dockerfile_reserved,
    ..Rule::DEFAULT
};

fn dockerfile_reserved(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    if !claims.is_start_replaced() {
        for start in claims.running() {
            for port in start.ports().filter(|port| is_reserved(port.value)) {
                found.add(&DOCKERFILE_RESERVED, start.place(port.span)).arg("port", port.value);
            }
        }
    }
    let serves_elsewhere = claims.is_start_replaced()
        && claims
            .containers
            .iter()
            .all(|one| one.port.as_ref().is_some_and(|port| !is_reserved(port.value)));
    if serves_elsewhere {
        return;
    }
    for exposed in &claims.exposed {
        if let Some(port) = RESERVED_PORTS.value.iter().find(|port| exposed.holds(**port)) {
            found
                .add(&DOCKERFILE_RESERVED, exposed.at)
                .severity(Severity::Warning)
                .says(text(
                    "the image exposes port {port}, which EAS reserves",
                    "镜像暴露了 EAS 保留的端口 {port}",
                ))
                .arg("port", port);
        }
    }
}

pub(super) static MISSING: Rule = Rule {
    id: "eas/port-missing",
    platform: Some(Platform::Eas),
    summary: text("a container does not say its port", "容器没有写明端口"),
    message: text("the container does not say which port it listens on", "容器没有写明监听的端口"),
    why: text(
        "EAS sends requests and probes to this port; without it a default is taken that the server may not listen on.",
        "EAS 向该端口转发请求和探测；缺省时使用默认端口，服务未必监听它。",
    ),
    help: text("add `\"port\"` with the port that the server listens on", "添加 `\"port\"`，填写服务监听的端口"),
    rests_on: &[&PORT_EXPECTED],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[«{»"image":"x"}]}"#),
        bad("-- Dockerfile --\nFROM a:1\nEXPOSE 8000\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[«{»\"image\":\"x\"}]}\n")
            .fixed("-- Dockerfile --\nFROM a:1\nEXPOSE 8000\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"port\":8000,\"image\":\"x\"}]}\n"),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000}]}"#),
        good(r#"{"metadata":{"name":"a_b","workload_type":"elasticjob"},"containers":[{"image":"x"}]}"#),
    ],
    check: missing,
    ..Rule::DEFAULT
};

fn missing(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        if service.metadata(&["workload_type"]).and_then(Node::as_str) == Some("elasticjob") {
            continue;
        }
        let containers = service.containers();
        for node in containers.iter().filter(|node| node.is_object() && node.get("port").is_none())
        {
            let finding = found.add(&MISSING, service.brace(node));
            if let ([_], Some(port)) = (containers, image_port(cx.claims()))
                && let Some((place, new)) =
                    service.insertion(node, "port", &New::Number(port.into()))
            {
                finding.fix(
                    Fix::safe(text("add the image's port {port}", "添加镜像的端口 {port}"))
                        .arg("port", port)
                        .replace(place, new),
                );
            }
        }
    }
}

/// The one port that the Dockerfile tells: of its command, else of its EXPOSE.
fn image_port(claims: &Claims) -> Option<u16> {
    let mut ports: Vec<u16> =
        claims.running().iter().flat_map(|start| start.ports().map(|port| port.value)).collect();
    if ports.is_empty() {
        ports = claims.exposed.iter().flat_map(|exposed| exposed.first..=exposed.last).collect();
    }
    ports.sort_unstable();
    ports.dedup();
    match ports[..] {
        [only] if !is_reserved(only) => Some(only),
        _ => None,
    }
}

pub(super) static MISMATCH_COMMAND: Rule = Rule {
    id: "eas/port-mismatch-command",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text(
        "the port of the service and of its command differ",
        "服务端口与命令中的端口不一致",
    ),
    message: text(
        "the service says port {port}, its command listens on {listened}",
        "服务端口为 {port}，而命令监听 {listened}",
    ),
    why: text(
        "EAS sends requests and probes to the port of the JSON. Nothing listens there, so the instance never becomes ready.",
        "EAS 向 JSON 中的端口转发请求和探测。该端口无人监听，实例无法就绪。",
    ),
    help: text("make both ports equal", "使两个端口一致"),
    rests_on: &[&PORT_EQUALS_LISTENING],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":«8000»,"script":"uvicorn a:b --port 8001"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"script":"uvicorn a:b --port 8000"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"script":"python app.py"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"script":"uvicorn a:b --port $PORT"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000,"script":"uvicorn a:b --port 8001 & nginx -g 'daemon off;'"}]}"#,
        ),
    ],
    check: |cx, found| {
        for container in &cx.claims().containers {
            if let Some(start) = &container.start {
                mismatch(&MISMATCH_COMMAND, container, &[start], found);
            }
        }
    },
    ..Rule::DEFAULT
};

/// Reports where the container's port is none of those that the servers of `starts` listen on.
/// Silent where any server's port is not known.
fn mismatch(
    rule: &'static Rule,
    container: &Container,
    starts: &[&Start],
    found: &mut Findings,
) -> bool {
    let Some(port) = &container.port else { return false };
    let has_unknown = starts.iter().any(|start| {
        let servers = start.launches.iter();
        servers.clone().any(|launch| launch.server.is_some() && launch.listens.is_empty())
            || start.listens().any(|listen| listen.port.is_none())
    });
    let ports: Vec<_> = starts
        .iter()
        .flat_map(|start| start.ports().map(move |port| (start.place(port.span), port)))
        .collect();
    if has_unknown
        || ports.is_empty()
        || ports.iter().any(|(_, listened)| listened.value == port.value)
    {
        return !ports.is_empty() || has_unknown;
    }
    let (at, listened) = &ports[0];
    let finding = found
        .add(rule, port.at)
        .arg("port", port.value)
        .arg("listened", listened.value)
        .related_message(
            *at,
            Message::new(match listened.origin {
                Origin::Flag => text("the server listens on {listened}", "服务监听 {listened}"),
                _ => text(
                    "the server listens on {listened} unless told otherwise",
                    "服务默认监听 {listened}",
                ),
            })
            .arg("listened", listened.value),
        );
    if listened.origin == Origin::Default {
        finding.severity(Severity::Warning);
    }
    true
}

pub(super) static MISMATCH_DOCKERFILE: Rule = Rule {
    id: "eas/port-mismatch-dockerfile",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("the port of the service and of the image differ", "服务端口与镜像端口不一致"),
    message: text(
        "the service says port {port}, the image listens on {listened}",
        "服务端口为 {port}，而镜像监听 {listened}",
    ),
    why: text(
        "The service gives no command, so the image's own one runs. EAS sends requests and probes to the port of the JSON, where nothing listens.",
        "服务没有指定命令，因此运行镜像自身的命令。EAS 向 JSON 中的端口转发请求和探测，而该端口无人监听。",
    ),
    help: text("make both ports equal", "使两个端口一致"),
    rests_on: &[&PORT_EQUALS_LISTENING],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:5000\", \"a:b\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":«8000»}]}\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nEXPOSE 5000\nCMD python app.py\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":«8000»}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nEXPOSE 8000\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nEXPOSE 5000\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"script\":\"python app.py --port 8000\"}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1 AS b\nEXPOSE 5000\nFROM c:1\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n",
        ),
    ],
    check: mismatch_dockerfile,
    ..Rule::DEFAULT
};

fn mismatch_dockerfile(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    // With several containers nothing tells which one the Dockerfile makes.
    let [container] = &claims.containers[..] else { return };
    if claims.is_start_replaced() || !claims.has_image {
        return;
    }
    if mismatch(&MISMATCH_DOCKERFILE, container, &claims.running(), found) {
        return;
    }
    let Some(port) = &container.port else { return };
    if let Some(exposed) = claims.exposed.first()
        && !claims.exposed.iter().any(|exposed| exposed.holds(port.value))
    {
        found
            .add(&MISMATCH_DOCKERFILE, port.at)
            .severity(Severity::Warning)
            .says(text(
                "the service says port {port}, the image exposes {listened}",
                "服务端口为 {port}，而镜像暴露 {listened}",
            ))
            .arg("port", port.value)
            .arg("listened", exposed.first)
            .related(exposed.at, text("exposed here", "在此暴露"));
    }
}

pub(super) static DUPLICATE: Rule = Rule {
    id: "eas/port-duplicate",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("two containers want the same port", "两个容器使用同一端口"),
    message: text("port {port} is another container's already", "端口 {port} 已被另一个容器使用"),
    why: text(
        "The containers of one instance share a network: the second server cannot bind the port.",
        "同一实例的容器共享网络：第二个服务无法绑定该端口。",
    ),
    help: text("give each container a port of its own", "为每个容器使用不同的端口"),
    rests_on: &[&SHARED_NETWORK],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000},{"image":"y","port":«8000»}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000},{"image":"y","port":8001}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let mut seen: HashMap<u16, Place> = HashMap::new();
            let own = cx.claims().containers.iter().filter(|one| service.holds(one.at));
            for port in own.filter_map(|one| one.port.as_ref()) {
                match seen.get(&port.value) {
                    Some(&first) => {
                        found
                            .add(&DUPLICATE, port.at)
                            .arg("port", port.value)
                            .related(first, text("the other container", "另一个容器"));
                    }
                    None => {
                        seen.insert(port.value, port.at);
                    }
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static BIND_LOOPBACK: Rule = Rule {
    id: "eas/bind-loopback",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("the server listens on the loopback address alone", "服务只监听回环地址"),
    message: text("the server listens on {host} alone: nothing outside the container reaches it", "服务只监听 {host}：容器外无法访问"),
    why: text(
        "EAS probes the port from outside the container. A server that is bound to the loopback address does not answer, and the deployment fails.",
        "EAS 从容器外探测端口。绑定回环地址的服务不会响应，部署失败。",
    ),
    help: text("listen on 0.0.0.0", "请监听 0.0.0.0"),
    rests_on: &[&ALL_ADDRESSES],
    examples: &[
        bad("FROM a:1\nCMD [\"gunicorn\", \"-b\", \"«127.0.0.1»:8000\", \"app:app\"]\n")
            .fixed("FROM a:1\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n"),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"uvicorn a:b --host «localhost» --port 8000"}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"uvicorn a:b --host 0.0.0.0 --port 8000"}]}"#),
        bad("FROM a:1\nCMD «uvicorn» a:b --port 8000\n"),
        good("FROM a:1\nCMD uvicorn a:b --host 0.0.0.0 --port 8000\n"),
        good("FROM a:1\nENV UVICORN_HOST=0.0.0.0\nCMD uvicorn a:b --port 8000\n"),
        good("FROM a:1\nCMD python app.py\n"),
        // Another server stands before it.
        good("FROM a:1\nCMD uvicorn a:b --port 8000 & nginx -g 'daemon off;'\n"),
    ],
    check: bind_loopback,
    ..Rule::DEFAULT
};

fn bind_loopback(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    let mut starts: Vec<&Start> =
        claims.containers.iter().filter_map(|container| container.start.as_ref()).collect();
    if !claims.is_start_replaced() {
        starts.extend(claims.running());
    }
    for start in starts {
        // A server that passes requests on may be the one that is called.
        if start
            .launches
            .iter()
            .any(|launch| launch.server.is_some_and(|server| server.port.is_none()))
        {
            continue;
        }
        for listen in start.listens().filter(|listen| listen.purpose == Purpose::Service) {
            let Some(host) = &listen.host else { continue };
            if !matches!(host.value.as_str(), "127.0.0.1" | "localhost" | "::1") {
                continue;
            }
            let at = start.place(host.span);
            let finding = found.add(&BIND_LOOPBACK, at).arg("host", &host.value);
            if host.origin == Origin::Default {
                finding.severity(Severity::Warning);
            } else if host.is_literal && host.value != "::1" {
                finding.fix(
                    Fix::safe(text("listen on every address", "监听所有地址"))
                        .replace(at, "0.0.0.0"),
                );
            }
        }
    }
}
