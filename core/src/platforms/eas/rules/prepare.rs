//! Python requirements that EAS installs before a container starts.

use super::super::service::{Service, services};
use super::super::spec::{NO_INTERNET, PREPARE, PREPARE_BOTH};
use super::container::rename;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

pub(super) static PREPARE_NEEDS_PYTHON: Rule = Rule {
    id: "eas/prepare-needs-python",
    platform: Some(Platform::Eas),
    summary: text(
        "Python requirements for an image without Python",
        "为没有 Python 的镜像安装依赖",
    ),
    message: text(
        "`prepare` needs python and pip, which `{base}` does not bring",
        "`prepare` 需要 python 和 pip，而 `{base}` 没有",
    ),
    why: text(
        "EAS installs the requirements with the image's own python and pip. Without them the container does not start.",
        "EAS 用镜像自带的 python 和 pip 安装依赖；没有则容器无法启动。",
    ),
    help: text(
        "take a base image with Python, or install it in the Dockerfile",
        "使用带 Python 的基础镜像，或在 Dockerfile 中安装",
    ),
    rests_on: &[&PREPARE],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM nginx:1.27\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",«\"prepare\"»:{\"pythonRequirements\":[\"numpy\"]}}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM python:3.12\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"prepare\":{\"pythonRequirements\":[\"numpy\"]}}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM ubuntu:24.04\nRUN apt-get update && apt-get install -y python3-pip\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"prepare\":{\"pythonRequirements\":[\"numpy\"]}}]}\n",
        ),
    ],
    check: prepare_needs_python,
    ..Rule::DEFAULT
};

/// Base images of which we know that they bring no Python.
const WITHOUT_PYTHON: &[&str] = &[
    "nginx",
    "httpd",
    "node",
    "golang",
    "openjdk",
    "eclipse-temurin",
    "alpine",
    "busybox",
    "debian",
    "ubuntu",
    "scratch",
    "redis",
    "caddy",
];

fn prepare_needs_python(cx: &Context<'_>, found: &mut Findings) {
    let Some(dockerfile) = cx.only(crate::Kind::Dockerfile) else { return };
    let Some(content) = dockerfile.dockerfile() else { return };
    let Some(base) = &content.prediction.base else { return };
    let name = base.name.as_deref().unwrap_or(if base.is_scratch { "scratch" } else { "" });
    let short = name.split([':', '@']).next().unwrap_or_default();
    let mentions = |word: &str| dockerfile.source.text().to_ascii_lowercase().contains(word);
    if !WITHOUT_PYTHON.contains(&short) || mentions("python") || mentions("conda") {
        return;
    }
    for service in services(cx) {
        let [node] = service.containers() else { continue };
        if let Some(member) = node.member("prepare").filter(|member| member.node.is_object()) {
            found
                .add(&PREPARE_NEEDS_PYTHON, service.at(member.key_span))
                .arg("base", name)
                .related(dockerfile.place(base.span), text("the base image", "基础镜像"));
        }
    }
}

/// The `prepare` objects of the containers.
fn prepares<'a>(service: Service<'a>) -> impl Iterator<Item = &'a Node> {
    service
        .containers()
        .iter()
        .filter_map(|node| node.get("prepare"))
        .filter(|node| node.is_object())
}

pub(super) static REQUIREMENTS_PATH_IN_LIST: Rule = Rule {
    id: "eas/requirements-path-in-list",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a path stands among Python requirements", "依赖列表中写了路径"),
    message: text("`{item}` is a path, not a requirement", "`{item}` 是路径，不是依赖名"),
    why: text("Each item is handed to pip as a requirement; pip finds no package of this name.", "每一项都会作为依赖交给 pip，而 pip 找不到该名称的包。"),
    help: text("give the path as `pythonRequirementsPath`", "请用 `pythonRequirementsPath` 填写路径"),
    rests_on: &[&PREPARE],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirements":["«/mnt/code/requirements.txt»"]}}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirementsPath":"/mnt/code/requirements.txt"}}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirements":["numpy","«requirements.txt»"]}}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirements":["numpy==1.16.4","absl-py"]}}]}"#),
    ],
    check: requirements_path_in_list,
    ..Rule::DEFAULT
};

fn requirements_path_in_list(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for prepare in prepares(service) {
            let Some(member) = prepare.member("pythonRequirements") else { continue };
            let items = member.node.items().unwrap_or_default();
            for item in items {
                let Some(text_of) = item.as_str() else { continue };
                let is_path = (text_of.ends_with(".txt") || text_of.starts_with(['/', '.']))
                    && !text_of.ends_with(".whl")
                    && !text_of.ends_with(".tar.gz");
                if !is_path {
                    continue;
                }
                let finding =
                    found.add(&REQUIREMENTS_PATH_IN_LIST, service.value(item)).arg("item", text_of);
                let is_free = prepare.member("pythonRequirementsPath").is_none();
                if items.len() == 1 && is_free && text_of.ends_with(".txt") {
                    let value = service.letters(item.span);
                    finding.fix(
                        rename(
                            service,
                            member,
                            "pythonRequirementsPath",
                            text("give it as a path", "改为路径"),
                        )
                        .replace(service.at(member.node.span), value),
                    );
                }
            }
        }
    }
}

pub(super) static REQUIREMENTS_BOTH: Rule = Rule {
    id: "eas/requirements-both",
    platform: Some(Platform::Eas),
    summary: text("a list and a file of Python requirements", "同时给出依赖列表和依赖文件"),
    message: text(
        "the file is passed over, since a list is given too",
        "已给出列表，因此文件会被忽略",
    ),
    why: text(
        "Where both are given, the list alone is installed.",
        "两者同时给出时，只安装列表中的依赖。",
    ),
    help: text("keep one of them", "只保留其中一个"),
    rests_on: &[&PREPARE_BOTH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirements":["a"],«"pythonRequirementsPath"»:"/r.txt"}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirementsPath":"/r.txt"}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for prepare in prepares(service) {
                if let (Some(_), Some(member)) =
                    (prepare.get("pythonRequirements"), prepare.member("pythonRequirementsPath"))
                    && !member.node.is_null()
                {
                    found.add(&REQUIREMENTS_BOTH, service.at(member.key_span));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PREPARE_OFFLINE: Rule = Rule {
    id: "eas/prepare-offline",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text(
        "requirements are installed at start, without a way to the Internet",
        "启动时安装依赖，但没有公网访问",
    ),
    message: text(
        "requirements are installed at start, but the service has no VPC with a way out",
        "启动时安装依赖，但服务没有可出公网的 VPC",
    ),
    why: text(
        "A service reaches the Internet only over a VPC with a NAT gateway; without one pip waits and fails.",
        "服务只能通过带 NAT 网关的 VPC 访问公网；否则 pip 会超时失败。",
    ),
    help: text(
        "install them in the Dockerfile, or configure `cloud.networking` with a NAT gateway",
        "在 Dockerfile 中安装，或配置带 NAT 网关的 `cloud.networking`",
    ),
    rests_on: &[&NO_INTERNET],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x",«"prepare"»:{"pythonRequirements":["a"]}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"vpc-1"}},"containers":[{"image":"x","prepare":{"pythonRequirements":["a"]}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|one| !one.has_vpc() && !one.has_own_resources()) {
            for node in service.containers() {
                if let Some(member) =
                    node.member("prepare").filter(|one| !one.node.members().is_empty())
                {
                    found.add(&PREPARE_OFFLINE, service.at(member.key_span));
                }
            }
        }
    },
    ..Rule::DEFAULT
};
