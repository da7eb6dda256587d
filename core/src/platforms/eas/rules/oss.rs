//! Addresses in OSS.

use super::super::service::{Service, services};
use super::super::spec::OSS_PATH;
use super::storage::mounts;
use crate::fact::Platform;
use crate::rule::{Context, Fix, Rule, Severity, bad, good};
use crate::text::{file_name, text};
use crate::tree::Node;

/// The `oss.path` of each mount.
fn oss_paths<'a>(cx: &Context<'a>) -> Vec<(Service<'a>, &'a Node, &'a str)> {
    let mut found = Vec::new();
    for service in services(cx) {
        for mount in mounts(service) {
            let Some(node) = mount.lookup(&["oss", "path"]) else { continue };
            if let Some(path) = node.as_str().filter(|_| !node.is_unknown()) {
                found.push((service, node, path));
            }
        }
    }
    found
}

pub(super) static OSS_SCHEME: Rule = Rule {
    id: "eas/oss-path-scheme",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("an OSS path that is no oss:// address", "OSS 路径不是 oss:// 地址"),
    message: text("`{path}` does not begin with `oss://`", "`{path}` 没有以 `oss://` 开头"),
    why: text("EAS mounts only oss:// addresses.", "EAS 只挂载 oss:// 地址。"),
    help: text("write it as `oss://BUCKET/FOLDER/`", "写作 `oss://BUCKET/目录/`"),
    rests_on: &[&OSS_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"«bucket/d/»"}}],"containers":[]}"#,
        )
        .fixed(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://bucket/d/"}}],"containers":[]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"«s3://bucket/d/»"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://bucket/d/"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for (service, node, path) in oss_paths(cx) {
            if path.starts_with("oss://") || path.is_empty() {
                continue;
            }
            let at = service.value(node);
            let finding = found.add(&OSS_SCHEME, at).arg("path", path);
            let bucket = path.split('/').next().unwrap_or_default();
            if is_bucket(bucket) && path.contains('/') && service.is_verbatim(node) {
                finding.fix(
                    Fix::safe(text("put `oss://` in front", "在前面加上 `oss://`"))
                        .replace(at, format!("oss://{path}")),
                );
            }
        }
    },
    ..Rule::DEFAULT
};

/// 3 to 63 lower-case letters, digits and dashes.
fn is_bucket(name: &str) -> bool {
    (3..=63).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

pub(super) static OSS_SLASH: Rule = Rule {
    id: "eas/oss-path-slash",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    strict: true,
    summary: text("an OSS folder without a slash at its end", "OSS 目录末尾没有斜杠"),
    message: text("`{path}` names a folder without a slash at its end", "`{path}` 目录末尾没有斜杠"),
    why: text(
        "Some pages demand the slash, others leave it out; with it the address is right everywhere.",
        "有的文档要求末尾斜杠，有的省略；带上斜杠在任何情况下都正确。",
    ),
    help: text("end it with a slash", "请以斜杠结尾"),
    rests_on: &[&OSS_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"«oss://b/d»"}}],"containers":[]}"#,
        )
        .fixed(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/"}},{"mount_path":"/f","oss":{"path":"oss://b/model.bin"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for (service, node, path) in oss_paths(cx) {
            let last = file_name(path);
            // A name with a dot may be a file.
            if path.starts_with("oss://") && !last.is_empty() && !last.contains('.') {
                let at = service.value(node);
                let finding = found.add(&OSS_SLASH, at).arg("path", path);
                if service.is_verbatim(node) {
                    finding.fix(
                        Fix::safe(text("end it with a slash", "在末尾加上斜杠"))
                            .replace(at, format!("{path}/")),
                    );
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static OSS_ENDPOINT: Rule = Rule {
    id: "eas/oss-path-endpoint",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("an OSS path with the endpoint in it", "OSS 路径中含有 Endpoint"),
    message: text("`{host}` is the bucket with its endpoint", "`{host}` 是带 Endpoint 的 Bucket"),
    why: text(
        "The part behind oss:// is the bucket's name alone; with the endpoint no bucket is found.",
        "oss:// 之后只应是 Bucket 名称；带 Endpoint 会找不到 Bucket。",
    ),
    help: text("write `{bucket}`", "写作 `{bucket}`"),
    rests_on: &[&OSS_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://«buc.oss-cn-hangzhou.aliyuncs.com»/d/"}}],"containers":[]}"#,
        )
        .fixed(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://buc/d/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://buc/d/"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for (service, node, path) in oss_paths(cx) {
            let Some(rest) = path.strip_prefix("oss://") else { continue };
            let host = rest.split('/').next().unwrap_or_default();
            let Some((bucket, endpoint)) = host.split_once('.') else { continue };
            let Some(text_of) = node.as_text().filter(|_| endpoint.contains("aliyuncs.com")) else {
                continue;
            };
            let start = "oss://".len();
            let at = service.at(text_of.span(start, start + host.len()));
            let finding =
                found.add(&OSS_ENDPOINT, at).arg("host", host).arg("bucket", bucket);
            if service.is_verbatim(node) {
                finding.fix(
                    Fix::safe(text("keep the bucket alone", "只保留 Bucket")).replace(at, bucket),
                );
            }
        }
    },
    ..Rule::DEFAULT
};
