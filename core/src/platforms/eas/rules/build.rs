//! How the image is made, as far as it matters to EAS.

use std::collections::BTreeMap;

use super::super::service::services;
use super::super::spec::{ARCHITECTURE, MODELS_MOUNTED, NO_INTERNET};
use crate::dockerfile::Body;
use crate::document::{ImageView, Kind};
use crate::fact::Platform;
use crate::image::paths::shown;
use crate::image::resolve::Files;
use crate::rule::{Findings, Rule, Severity, bad, good};
use crate::rules::image::{inside, size};
use crate::shell;
use crate::text::text;

pub(super) static ARCH: Rule = Rule {
    id: "eas/arch",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("an image for another architecture", "镜像架构不符"),
    message: text(
        "the image is built for {platform}, the machines of EAS are linux/amd64",
        "镜像为 {platform} 构建，而 EAS 的机器是 linux/amd64",
    ),
    why: text(
        "The container ends at once with `exec format error`.",
        "容器会立即以 `exec format error` 退出。",
    ),
    help: text("build it for linux/amd64", "请为 linux/amd64 构建"),
    rests_on: &[&ARCHITECTURE],
    examples: &[
        bad("FROM --platform=«linux/arm64» python:3.12\nCMD [\"python\"]\n"),
        good("FROM --platform=linux/amd64 python:3.12\nCMD [\"python\"]\n"),
        good("FROM --platform=$TARGETPLATFORM python:3.12\nCMD [\"python\"]\n"),
        bad(r#"{"images": [{"architecture": "«arm64»"}]}"#),
        bad(r#"{"images": [{"os": "windows", "architecture": "«amd64»"}]}"#),
        good(r#"{"images": [{"architecture": "amd64"}]}"#),
        good(r#"{"images": [{"architecture": "arm64"}, {"architecture": "amd64"}]}"#),
    ],
    check: |cx, found| {
        for archive in cx.of_kind(Kind::Image) {
            let runs = |view: &ImageView<'_>| {
                let is =
                    |told: &Option<String>, wanted| told.as_deref().is_none_or(|one| one == wanted);
                is(&view.config.os, "linux") && is(&view.config.architecture, "amd64")
            };
            // Of several platforms a machine takes its own.
            if let Some(view) =
                archive.images().next().filter(|_| !archive.images().any(|view| runs(&view)))
            {
                let told = |text: &Option<String>| text.clone().unwrap_or_default();
                let platform =
                    format!("{}/{}", told(&view.config.os), told(&view.config.architecture));
                let finding = found.add(&ARCH, view.at("architecture"));
                finding.arg("platform", shown(platform.as_bytes()));
            }
        }
        for document in cx.of_kind(Kind::Dockerfile) {
            let Some(content) = document.dockerfile() else { continue };
            let Some(platform) = &content.prediction.platform else { continue };
            let Some(value) = &platform.value else { continue };
            let machine = value.split('/').nth(1).unwrap_or(value);
            if !matches!(machine, "amd64" | "x86_64" | "x86-64") && !value.is_empty() {
                found.add(&ARCH, document.place(platform.span)).arg("platform", value);
            }
        }
    },
    ..Rule::DEFAULT
};

/// Endings of files that hold a model's weights.
const WEIGHTS: &[&str] =
    &[".safetensors", ".gguf", ".ggml", ".pt", ".pth", ".ckpt", ".onnx", ".pdparams", ".engine"];

/// Endings that other files have as well: those count from this size on.
const OFTEN_WEIGHTS: &[&str] = &[".bin", ".h5", ".pb"];

/// A file of fewer bytes is not worth a word.
const LARGE: u64 = 500_000_000;

/// Tells the large model files that the container sees, each layer's together.
fn models_in_image(view: &ImageView<'_>, files: Files<'_>, found: &mut Findings) {
    let mut of_layer = BTreeMap::<usize, Vec<(u64, String)>>::new();
    for seen in files.tree.all(files.layers).filter(|seen| seen.file.size >= LARGE) {
        let path = files.paths.shown(seen.file.path);
        let name = path.to_ascii_lowercase();
        if WEIGHTS.iter().chain(OFTEN_WEIGHTS).any(|ending| name.ends_with(ending)) {
            of_layer.entry(seen.layer).or_default().push((seen.file.size, path));
        }
    }
    let whole = files.tree.visible_bytes.max(1);
    for (layer, mut models) in of_layer {
        models.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let bytes: u64 = models.iter().map(|(bytes, _)| *bytes).sum();
        let Some((_, largest)) = models.first() else { continue };
        let finding = found.add(&MODEL_IN_IMAGE, view.layer_at(layer));
        finding
            .arg("file", largest)
            .arg("count", models.len())
            .arg("size", size(bytes))
            .arg("percent", u128::from(bytes) * 100 / u128::from(whole))
            .says(text(
                "{count} model files such as `{file}` have {size}, {percent} % of the image",
                "{count} 个模型文件（如 `{file}`）共 {size}，占镜像的 {percent}%",
            ));
    }
}

pub(super) static MODEL_IN_IMAGE: Rule = Rule {
    id: "eas/model-in-image",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a model baked into the image", "模型打包进了镜像"),
    message: text("`{file}` becomes part of the image", "`{file}` 会成为镜像的一部分"),
    why: text(
        "Weights make the image large and each start slow; a new model needs a new image.",
        "权重会使镜像变大、启动变慢；更换模型需要重新构建镜像。",
    ),
    help: text("mount the model from OSS with `storage`", "请用 `storage` 从 OSS 挂载模型"),
    rests_on: &[&MODELS_MOUNTED],
    examples: &[
        bad("FROM python:3.12\nCOPY «weights/model.safetensors» /models/\n"),
        good("FROM python:3.12\nCOPY app.py /app/\n"),
        good("FROM a AS b\nCOPY m.pt /m/\nFROM python:3.12\nCOPY app.py /app/\n"),
        bad(
            r#"{"images": [{"layers": [{"files": []}, {"history": "«COPY models /models»", "files": [{"path": "/models/a.safetensors", "bytes": 5000000000}, {"path": "/models/pytorch_model.bin", "bytes": 4000000000}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/models/a.safetensors", "bytes": 5000000}, {"path": "/usr/lib/big.so", "bytes": 5000000000}]}]}]}"#,
        ),
        // It is gone again, which is another rule's.
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/a.gguf", "bytes": 5000000000}]}, {"files": [{"removed": "/a.gguf"}]}]}]}"#,
        ),
    ],
    check: |cx, found| {
        inside::each(cx, found, &MODEL_IN_IMAGE, models_in_image);
        for document in cx.of_kind(Kind::Dockerfile) {
            let Some(content) = document.dockerfile() else { continue };
            for stage in content.tree.chain() {
                for instruction in content.tree.stage_instructions(stage) {
                    let Body::Copy { sources, .. } = &instruction.body else { continue };
                    for source in sources {
                        let name = source.raw().to_ascii_lowercase();
                        if WEIGHTS.iter().any(|ending| name.ends_with(ending)) {
                            found
                                .add(&MODEL_IN_IMAGE, document.place(source.span))
                                .arg("file", source.raw());
                        }
                    }
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PIP_PUBLIC_INDEX: Rule = Rule {
    id: "eas/pip-public-index",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("packages from the Internet at each start", "每次启动都从公网安装依赖"),
    message: text(
        "each start installs packages from the public index",
        "每次启动都会从公共索引安装依赖",
    ),
    why: text(
        "A service has no Internet by default: the start fails, or is slow and depends on others.",
        "服务默认无法访问公网：启动会失败，或缓慢且依赖外部。",
    ),
    help: text(
        "install them in the Dockerfile, or name a mirror with `-i`",
        "请在 Dockerfile 中安装，或用 `-i` 指定镜像源",
    ),
    rests_on: &[&NO_INTERNET],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"«pip» install flask && python a.py"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"pip install -i https://mirrors.example.com/simple flask && python a.py"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"pip install --no-index /mnt/w.whl; python a.py"}]}"#,
        ),
    ],
    check: |cx, found| {
        const SOURCES: &[&str] = &["-i", "--index-url", "--no-index", "-f", "--find-links"];
        for service in services(cx) {
            for container in service.containers() {
                let Some(script) = container.get("script").filter(|node| !node.is_unknown()) else {
                    continue;
                };
                let Some(text) = script.as_text() else { continue };
                for command in shell::parse(text).0.commands {
                    let is_pip = matches!(command.name(), Some("pip" | "pip3"));
                    if !is_pip || !command.has_argument("install") {
                        continue;
                    }
                    let words = || command.words.iter().skip(2).filter_map(|word| word.literal());
                    let has_source = words().any(|word| {
                        SOURCES.contains(&word)
                            || word.starts_with("--index-url=")
                            || word.starts_with("--find-links=")
                    });
                    // Packages that lie there already need no index.
                    let is_local = words().any(|word| word.starts_with(['/', '.']));
                    if let Some(first) = command.words.first().filter(|_| !has_source && !is_local)
                    {
                        found.add(&PIP_PUBLIC_INDEX, service.at(first.span));
                    }
                }
            }
        }
    },
    ..Rule::DEFAULT
};
