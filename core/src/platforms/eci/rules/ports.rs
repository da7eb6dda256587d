//! The ports: numbers, doubles, and what the image says of them.

use std::collections::HashMap;

use super::super::request::{Container, Request, Spelling, requests};
use super::super::spec::{ONE_NETWORK, PORT_RANGE, PORTS_ARE_SERVED};
use super::ECI;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Message, Place, Span, text};
use crate::tree::Node;

pub(super) static RANGE: Rule = Rule {
    id: "eci/port-range",
    severity: Severity::Error,
    summary: text("a port out of range", "端口超出范围"),
    message: text("`{port}` is no port from 1 to 65535", "`{port}` 不是 1 到 65535 之间的端口"),
    why: text("ECI refuses the request.", "ECI 会拒绝该请求。"),
    help: text("write the number of a port", "填写端口号"),
    rests_on: &[&PORT_RANGE],
    examples: &[
        bad("Container.1.Image=a:1\nContainer.1.Port.1.Port=«70000»\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[{"Image":"a:1","Port":[{"Port":«0»}]}]}"#),
        bad("Container.1.Image=a:1\nContainer.1.LivenessProbe.TcpSocket.Port=«http»\n"),
        good("Container.1.Image=a:1\nContainer.1.Port.1.Port=8080\n"),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Port: [{Port: {Ref: Port}}]}]\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for container in request.containers() {
                let own = container.list("Port").iter().filter_map(|port| port.get("Port"));
                let probes = ["LivenessProbe", "ReadinessProbe"].into_iter().flat_map(|probe| {
                    ["HttpGet", "TcpSocket"]
                        .into_iter()
                        .filter_map(move |kind| container.node.lookup(&[probe, kind, "Port"]))
                });
                for node in own.chain(probes).filter(|node| !node.is_unknown()) {
                    if node.lenient_port().is_none() {
                        let at = request.value(node);
                        found.add(&RANGE, at).arg("port", request.written(at.span));
                    }
                }
            }
        }
    },
    ..ECI
};

pub(super) static DUPLICATE: Rule = Rule {
    id: "eci/port-duplicate",
    severity: Severity::Warning,
    summary: text("a port stands twice", "端口重复"),
    message: text("port {port} stands here a second time", "端口 {port} 重复出现"),
    why: text(
        "The containers of a group share one network: two servers cannot listen on one port.",
        "同一容器组的容器共享网络：两个服务不能监听同一端口。",
    ),
    help: text(
        "remove it, or let one server listen elsewhere",
        "删除重复项，或让其中一个服务监听其他端口",
    ),
    rests_on: &[&ONE_NETWORK],
    examples: &[
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Name: web, Port: [{Port: 80, Protocol: TCP}, {Port: «80», Protocol: TCP}]}]\n",
        )
        .fixed("Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Name: web, Port: [{Port: 80, Protocol: TCP}]}]\n"),
        bad("Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container:\n      - Port:\n        - Port: 80\n          Protocol: TCP\n        - Port: «80»\n          Protocol: TCP\n      RestartPolicy: Always\n")
        .fixed("Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container:\n      - Port:\n        - Port: 80\n          Protocol: TCP\n      RestartPolicy: Always\n"),
        bad(
            "Container.1.Image=a:1\nContainer.1.Port.1.Port=80\nContainer.2.Image=b:1\nContainer.2.Port.1.Port=«80»\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.Port.1.Port=53\nContainer.1.Port.1.Protocol=TCP\nContainer.1.Port.2.Port=53\nContainer.1.Port.2.Protocol=UDP\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.Port.1.Port=80\nInitContainer.1.Image=b:1\nInitContainer.1.Port.1.Port=80\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let mut seen: HashMap<(u16, String), Place> = HashMap::new();
            for container in request.containers().iter().filter(|one| !one.is_init) {
                let ports = container.list("Port");
                for (index, port) in ports.iter().enumerate() {
                    let Some((number, at)) = number(&request, port) else { continue };
                    let protocol = match port.get("Protocol") {
                        Some(node) if node.is_unknown() => continue,
                        Some(node) => node.as_str().unwrap_or_default().to_ascii_uppercase(),
                        None => "TCP".to_owned(),
                    };
                    if let Some(&first) = seen.get(&(number, protocol.clone())) {
                        let finding = found.add(&DUPLICATE, at).arg("port", number);
                        finding.related(first, text("the first time", "首次出现"));
                        if let Some(whole) = removal(&request, ports, index) {
                            finding.fix(
                                Fix::safe(text("remove the second", "删除重复项")).delete(whole),
                            );
                        }
                    } else {
                        seen.insert((number, protocol), at);
                    }
                }
            }
        }
    },
    ..ECI
};

/// What to delete so that the element at `index` goes with what parts it from the one before, if
/// another says exactly the same.
fn removal(request: &Request<'_>, ports: &[Node], index: usize) -> Option<Place> {
    if request.spelling == Spelling::Flat {
        // The numbers behind it would have a gap.
        return None;
    }
    let (before, this) = (ports.get(index.checked_sub(1)?)?, ports.get(index)?);
    let said = |port: &Node| -> Vec<(String, &str)> {
        let members = port.members().iter();
        members.map(|one| (one.key.clone(), request.written(one.node.inner_span()))).collect()
    };
    let is_double =
        ports.get(..index)?.iter().rev().take(100).any(|other| said(other) == said(this));
    let end = |node: &Node| {
        let span = node.span;
        span.start as usize + request.written(span).trim_end().len()
    };
    let between = Span::new(end(before), this.span.start as usize);
    let is_alone = |c: char| c.is_whitespace() || matches!(c, ',' | '-');
    (is_double && request.written(between).chars().all(is_alone))
        .then(|| request.at(Span::new(end(before), end(this))))
}

fn number(request: &Request<'_>, port: &Node) -> Option<(u16, Place)> {
    let node = port.get("Port").filter(|node| !node.is_unknown())?;
    Some((node.lenient_port()?, request.value(node)))
}

pub(super) static MISMATCH: Rule = Rule {
    id: "eci/port-mismatch",
    severity: Severity::Warning,
    summary: text("the image serves on another port", "镜像监听的端口与请求不一致"),
    message: text(
        "the request has port {port}, the image serves on {served}",
        "请求中的端口为 {port}，而镜像使用 {served}",
    ),
    why: text("Requests reach a port where nothing listens.", "请求会到达无人监听的端口。"),
    help: text(
        "write {served} in the request, or let the image serve on {port}",
        "在请求中填写 {served}，或让镜像监听 {port}",
    ),
    rests_on: &[&PORTS_ARE_SERVED],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n-- eci-request.txt --\nContainerGroupName=web\nContainer.1.Image=b:1\nContainer.1.Port.1.Port=«80»\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nEXPOSE 5000\n-- eci-request.json --\n{\"ContainerGroupName\":\"web\",\"Container\":[{\"Image\":\"b:1\",\"Port\":[{\"Port\":«80»}]}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n-- eci-request.txt --\nContainerGroupName=web\nContainer.1.Image=b:1\nContainer.1.Port.1.Port=8000\n",
        ),
        // The request starts something else.
        good(
            "-- Dockerfile --\nFROM a:1\nEXPOSE 5000\n-- eci-request.txt --\nContainerGroupName=web\nContainer.1.Image=b:1\nContainer.1.Command.1=/serve\nContainer.1.Port.1.Port=80\n",
        ),
        // Which of two containers has the image, nothing tells.
        good(
            "-- Dockerfile --\nFROM a:1\nEXPOSE 5000\n-- eci-request.txt --\nContainerGroupName=web\nContainer.1.Image=b:1\nContainer.1.Port.1.Port=80\nContainer.2.Image=c:1\n",
        ),
    ],
    check: mismatch,
    ..ECI
};

fn mismatch(cx: &Context<'_>, found: &mut Findings) {
    let served = served(cx);
    let requests = requests(cx);
    let ([request], Some((first, _))) = (&requests[..], served.first()) else { return };
    let containers = request.containers();
    let mut main = containers.iter().filter(|one| !one.is_init);
    let (Some(only), None) = (main.next(), main.next()) else { return };
    if !runs_the_image(*only) || !request.is_known_list("Container") {
        return;
    }
    let ports: Option<Vec<(u16, Place)>> =
        only.list("Port").iter().map(|port| number(request, port)).collect();
    let Some(ports) = ports.filter(|ports| !ports.is_empty()) else { return };
    if served.iter().any(|(port, _)| ports.iter().any(|(own, _)| own == port)) {
        return;
    }
    let Some(((port, at), (_, place))) = ports.first().zip(served.first()) else { return };
    found.add(&MISMATCH, *at).arg("port", port).arg("served", first).related_message(
        *place,
        Message::new(text("the image serves on {served}", "镜像使用端口 {served}"))
            .arg("served", first),
    );
}

/// Whether the container starts what the image says.
fn runs_the_image(container: Container<'_>) -> bool {
    container.get("Command").is_none() && container.get("Arg").is_none()
}

/// The ports that the project's image listens on; where no server tells, those that it exposes.
fn served(cx: &Context<'_>) -> Vec<(u16, Place)> {
    let claims = cx.claims();
    if !claims.has_image {
        return Vec::new();
    }
    let running = claims.running();
    let is_known = running.iter().all(|start| {
        start.listens().all(|listen| listen.port.is_some())
            && start.launches.iter().all(|one| one.server.is_none() || !one.listens.is_empty())
    });
    let mut ports: Vec<(u16, Place)> = running
        .iter()
        .flat_map(|start| start.ports().map(|port| (port.value, start.place(port.span))))
        .collect();
    if ports.is_empty() && is_known {
        let exposed = claims.exposed.iter().filter(|one| one.first == one.last);
        ports = exposed.map(|one| (one.first, one.at)).collect();
        if ports.len() != claims.exposed.len() {
            return Vec::new();
        }
    }
    if is_known { ports } else { Vec::new() }
}
