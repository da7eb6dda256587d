//! Services of a processor: code that EAS runs without an image of one's own.

use super::super::service::services;
use super::super::spec::{MODEL_PATH, ONE_MODE, PROCESSOR_ENTRY, PROCESSOR_TYPES};
use crate::fact::Platform;
use crate::rule::{Rule, Severity, bad, good};
use crate::text::{file_name, text};

pub(super) static TYPE: Rule = Rule {
    id: "eas/processor-type",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a processor in a language that EAS does not run", "Processor 语言不受支持"),
    message: text("`{value}` is no language of processors", "`{value}` 不是 Processor 支持的语言"),
    why: text("EAS runs three languages and refuses others.", "EAS 只支持三种语言，其他会被拒绝。"),
    help: text("use cpp, java or python", "请使用 cpp、java 或 python"),
    rests_on: &[&PROCESSOR_TYPES.source],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"processor_type":"«go»","processor_path":"oss://b/p.tar.gz","model_path":"oss://b/m/"}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"processor_type":"python","processor_entry":"a.py","processor_path":"oss://b/p.tar.gz","model_path":"oss://b/m/"}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(node) = service.root.get("processor_type") else { continue };
            let Some(value) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
            if !PROCESSOR_TYPES.value.contains(&value) {
                found.add(&TYPE, service.value(node)).arg("value", value);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static ENTRY: Rule = Rule {
    id: "eas/processor-entry",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a processor without its main file or class", "Processor 缺少主文件或主类"),
    message: text(
        "a processor of type {type} needs `{key}`",
        "{type} 类型的 Processor 需要 `{key}`",
    ),
    why: text("EAS does not know what to load.", "EAS 不知道加载什么。"),
    help: text("add `{key}`", "添加 `{key}`"),
    rests_on: &[&PROCESSOR_ENTRY],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"processor_type":"«python»","processor_path":"oss://b/p.tar.gz","model_path":"oss://b/m/"}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"processor_type":"java","processor_mainclass":"a.B","processor_path":"oss://b/p.tar.gz","model_path":"oss://b/m/"}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(node) = service.root.get("processor_type") else { continue };
            let key = match node.as_str() {
                Some("cpp" | "python") => "processor_entry",
                Some("java") => "processor_mainclass",
                _ => continue,
            };
            if service.root.get(key).is_none() {
                found
                    .add(&ENTRY, service.value(node))
                    .arg("type", node.as_str().unwrap_or_default())
                    .arg("key", key);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static MODEL_MISSING: Rule = Rule {
    id: "eas/model-path-missing",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a processor without a model", "Processor 没有模型"),
    message: text(
        "the service has a processor, but neither `model_path` nor a mount",
        "服务设置了 Processor，但没有 `model_path` 或存储挂载",
    ),
    why: text("There is nothing for the processor to load.", "Processor 没有可加载的模型。"),
    help: text("add `model_path`", "添加 `model_path`"),
    rests_on: &[&MODEL_PATH],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},«"processor"»:"pmml"}"#),
        good(r#"{"metadata":{"name":"a_b"},"processor":"pmml","model_path":"oss://b/m/"}"#),
        good(r#"{"metadata":{"name":"a_b"},"processor":"pmml","storage":[{"mount_path":"/m"}]}"#),
        good(
            r#"{"metadata":{"name":"a_b"},"processor_type":"cpp","processor_entry":"a.so","processor_path":"oss://b/p.tar.gz"}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let of = |key| service.root.member(key).filter(|member| !member.node.is_null());
            // One of your own may need none, as the echo processor of the documents.
            let built_in = of("processor").filter(|member| member.node.as_str() != Some(""));
            let Some(processor) = built_in.filter(|_| of("processor_path").is_none()) else {
                continue;
            };
            if of("model_path").is_none() && of("storage").is_none() {
                found.add(&MODEL_MISSING, service.at(processor.key_span));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static BOTH_MODES: Rule = Rule {
    id: "eas/containers-and-processor",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("an image and a processor at once", "同时使用镜像和 Processor"),
    message: text(
        "the service has both containers and a processor",
        "服务同时设置了 containers 和 processor",
    ),
    why: text("Only one of the two runs.", "两者中只有一个会运行。"),
    help: text("keep one", "请保留其一"),
    rests_on: &[&ONE_MODE],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},«"processor"»:"pmml","model_path":"oss://b/m/","containers":[{"image":"x"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"processor":"pmml","model_path":"oss://b/m/","containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|service| !service.containers().is_empty()) {
            let Some(processor) = service.processor() else { continue };
            let finding = found.add(&BOTH_MODES, service.at(processor.key_span));
            if let Some(containers) = service.root.member("containers") {
                finding.related(service.at(containers.key_span), text("the containers", "容器"));
            }
        }
    },
    ..Rule::DEFAULT
};

/// Endings of packages that EAS unpacks.
const PACKED: &[&str] = &[".tar.gz", ".tgz", ".tar", ".bz2", ".zip"];

pub(super) static PACKED_MODEL: Rule = Rule {
    id: "eas/packed-model-ext",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a package that EAS cannot unpack", "EAS 无法解压的压缩包"),
    message: text("EAS cannot unpack `{file}`", "EAS 无法解压 `{file}`"),
    why: text(
        "A model from an HTTP address is one packed file, and only some formats are unpacked.",
        "通过 HTTP 地址提供的模型必须是单个压缩文件，且仅支持部分格式。",
    ),
    help: text("pack it as tar.gz, tar, bz2 or zip", "请打包为 tar.gz、tar、bz2 或 zip"),
    rests_on: &[&MODEL_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"processor":"pmml","model_path":"«https://example.com/m.rar»"}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"processor":"pmml","model_path":"https://example.com/m.tar.gz?x=1"}"#,
        ),
        good(r#"{"metadata":{"name":"a_b"},"processor":"pmml","model_path":"oss://b/m/"}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(node) = service.root.get("model_path") else { continue };
            let Some(value) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
            if !value.starts_with("http://") && !value.starts_with("https://") {
                continue;
            }
            let path = value.split(['?', '#']).next().unwrap_or(value);
            let file = file_name(path);
            if file.contains('.') && !PACKED.iter().any(|ending| file.ends_with(ending)) {
                found.add(&PACKED_MODEL, service.value(node)).arg("file", file);
            }
        }
    },
    ..Rule::DEFAULT
};
