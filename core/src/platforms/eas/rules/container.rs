//! A container: its image, and what its command tells.

use super::super::service::{Service, services};
use super::super::spec::{GRPC, IMAGE_REQUIRED, OSS_MOUNT};
use crate::fact::Platform;
use crate::rule::{Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Member;

pub(super) static IMAGE_MISSING: Rule = Rule {
    id: "eas/container-image-missing",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a container has no image", "容器没有镜像"),
    message: text("the container has no image", "容器没有镜像"),
    why: text(
        "Without an address there is nothing to pull, and the service is refused.",
        "没有镜像地址就无法拉取，服务会被拒绝。",
    ),
    help: text("add `\"image\"` with the address of the image", "添加 `\"image\"`，填写镜像地址"),
    rests_on: &[&IMAGE_REQUIRED],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[«{»"port":8000}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"processor":"pmml"}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for node in service.containers().iter().filter(|node| node.is_object()) {
                if node.get("image").is_none() {
                    found.add(&IMAGE_MISSING, service.brace(node));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

/// A safe fix that gives a member another key.
pub(super) fn rename(
    service: Service<'_>,
    member: &Member,
    key: &str,
    title: crate::text::Text,
) -> Fix {
    Fix::safe(title).replace(service.at(member.key_span), format!("\"{key}\""))
}

pub(super) static GRPC_FLAG: Rule = Rule {
    id: "eas/grpc-flag",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a gRPC server, but the gateway is not told", "gRPC 服务，但没有告知网关"),
    message: text(
        "`{program}` looks like a gRPC server, but `enable_grpc` is not true",
        "`{program}` 看起来是 gRPC 服务，但 `enable_grpc` 不为 true",
    ),
    why: text(
        "The gateway speaks HTTP/1.1 unless `metadata.enable_grpc` is true; gRPC calls then fail.",
        "除非 `metadata.enable_grpc` 为 true，网关使用 HTTP/1.1，gRPC 调用会失败。",
    ),
    help: text(
        "add `\"enable_grpc\": true` to `metadata`",
        "在 `metadata` 中添加 `\"enable_grpc\": true`",
    ),
    rests_on: &[&GRPC],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"python «grpc_server.py»"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","enable_grpc":true},"containers":[{"image":"x","script":"python grpc_server.py"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"tritonserver --grpc-port 8001"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            if service.metadata(&["enable_grpc"]).is_some_and(|node| node.as_bool() != Some(false))
            {
                continue;
            }
            let containers = cx.claims().containers.iter();
            let own = containers.filter(|container| service.holds(container.at));
            for start in own.filter_map(|container| container.start.as_ref()) {
                for launch in start.launches.iter().filter(|one| one.program_name.contains("grpc"))
                {
                    found
                        .add(&GRPC_FLAG, start.place(launch.program))
                        .arg("program", &launch.program_name);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static OSS_URL_IN_COMMAND: Rule = Rule {
    id: "eas/oss-url-in-command",
    platform: Some(Platform::Eas),
    summary: text("a command names a model in OSS", "命令中写了 OSS 地址"),
    message: text("`{url}` is no path in the container", "`{url}` 不是容器内的路径"),
    why: text(
        "Servers read a model from a folder; an address in OSS is mounted with `storage` first.",
        "服务从目录读取模型；OSS 地址需要先用 `storage` 挂载。",
    ),
    help: text(
        "mount it with `storage` and name the mount path",
        "用 `storage` 挂载，并使用挂载路径",
    ),
    rests_on: &[&OSS_MOUNT],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"vllm serve «oss://b/m»"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"vllm serve /model_dir"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"ossutil cp oss://b/m /m && python app.py"}]}"#,
        ),
    ],
    check: |cx, found| {
        let containers = &cx.claims().containers;
        for start in containers.iter().filter_map(|container| container.start.as_ref()) {
            for launch in start.launches.iter().filter(|launch| launch.server.is_some()) {
                for argument in &launch.arguments {
                    if argument.text().starts_with("oss://") {
                        found
                            .add(&OSS_URL_IN_COMMAND, start.place(argument.span))
                            .arg("url", argument.text());
                    }
                }
            }
        }
    },
    ..Rule::DEFAULT
};
