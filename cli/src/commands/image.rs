//! `plimsoll image`.

use std::fmt::Write as _;
use std::path::Path;

use plimsoll::image::facts::Facts;
use plimsoll::image::source::TroubleKind;
use plimsoll::report::{InspectedImage, Inspection};
use plimsoll::text::{Lang, text, visible};

use crate::archives::{self, Depth};
use crate::args::{Image, Inspect, InspectFormat};
use crate::files;
use crate::output::{Outcome, Output, Problem};
use crate::progress::{Progress, size};

pub(super) fn run(options: &Image, output: &Output) -> Outcome {
    match options {
        Image::Inspect(options) => inspect(options, output),
    }
}

fn inspect(options: &Inspect, output: &Output) -> Outcome {
    let path = options.file.as_path();
    let shown = files::display(path);
    if files::is_stream(path) || path.as_os_str() == "-" {
        output.problem(&files::archive_in_stream(&shown));
        return Outcome::Trouble;
    }
    let depth = if options.quick { Depth::Quick } else { Depth::Deep };
    let facts = match archives::read(path, depth, &mut Progress::new(output.lang)) {
        Ok(facts) => facts,
        Err(error) => {
            output.problem(&Problem::io(&shown, &error));
            return Outcome::Trouble;
        }
    };
    let trouble = trouble(&shown, &facts);
    if let Some(problem) = &trouble {
        output.problem(problem);
    }
    let inspection = Inspection::of(&shown, &facts);
    match options.format {
        InspectFormat::Json => {
            output.raw(&inspection.to_json());
        }
        InspectFormat::Text => output.raw(&told(&inspection, output.lang)),
    }
    if trouble.is_some() { Outcome::Trouble } else { Outcome::Good }
}

/// What keeps the archive from being read, as an error of the program.
fn trouble(path: &str, facts: &Facts) -> Option<Problem> {
    if let Some(trouble) = &facts.trouble {
        let message = match trouble.kind {
            TroubleKind::Empty => text("this file is empty", "该文件为空"),
            TroubleKind::NotATar("") => text("this is no tar archive", "这不是 tar 归档"),
            TroubleKind::NotATar(_) => {
                text("this is no tar archive but {reason}", "这不是 tar 归档，而是 {reason}")
            }
            TroubleKind::TooManyMembers => {
                text("the archive has more members than are read", "归档的成员过多，无法读取")
            }
            TroubleKind::Truncated => text(
                "the archive ends early, at byte {offset}",
                "归档不完整，在第 {offset} 字节处结束",
            ),
            TroubleKind::Malformed | TroubleKind::Unreadable => text(
                "the archive cannot be read from byte {offset} on: {reason}",
                "归档从第 {offset} 字节起无法读取：{reason}",
            ),
        };
        let help = text(
            "save the image again with `docker save` or copy it again",
            "请用 `docker save` 重新保存镜像，或重新复制",
        );
        let reason = match trouble.kind {
            TroubleKind::NotATar(kind) => kind.to_owned(),
            _ => trouble.reason.clone(),
        };
        let problem = Problem::new(path, message, help);
        return Some(problem.arg("offset", trouble.offset).arg("reason", reason));
    }
    if facts.listing.images.is_empty() {
        use plimsoll::image::listing::Container;
        let help = text(
            "make one with `docker save IMAGE -o image.tar`",
            "请用 `docker save IMAGE -o image.tar` 生成",
        );
        let message = match facts.listing.container {
            Container::RootFileSystem => text(
                "this is a file system (`docker export`), no image",
                "这是文件系统（`docker export`），不是镜像",
            ),
            Container::LegacyDocker => text(
                "this image was saved by a docker older than 1.10; its form is not read",
                "该镜像由 1.10 之前的 docker 保存，不支持其格式",
            ),
            _ => text("there is no image in this archive", "该归档中没有镜像"),
        };
        return Some(Problem::new(path, message, help));
    }
    None
}

/// What is wrong with an archive's manifests, in few words.
const FAULTS: &[(&str, plimsoll::text::Text)] = &[
    ("json", text("no valid JSON", "不是有效 JSON")),
    ("twice", text("more than once in the archive", "在归档中出现多次")),
    ("missing", text("not in the archive", "不在归档中")),
    ("digest", text("no digest", "不是有效的摘要")),
    ("size", text("another size than is told", "大小与描述不符")),
    ("digest-mismatch", text("another digest than is told", "摘要与描述不符")),
    ("too-deep", text("nested in a circle or too deep", "循环嵌套或层数过深")),
    ("views-disagree", text("not in index.json", "不在 index.json 中")),
    ("ambiguous", text("index and manifest at once", "同时是索引与清单")),
    ("schema1", text("a manifest of the first schema", "第一版清单")),
];

fn told(inspection: &Inspection, lang: Lang) -> String {
    let mut out = String::new();
    for fault in &inspection.faults {
        let words = FAULTS.iter().find(|(kind, _)| *kind == fault.kind);
        let words = words.map_or(fault.kind.as_str(), |(_, words)| words.get(lang));
        let _ = writeln!(out, "! {}: {words}", visible(&fault.subject));
    }
    for image in &inspection.images {
        if !out.is_empty() {
            out.push('\n');
        }
        // Writing to a string does not fail.
        let _ = write_image(&mut out, image, lang);
    }
    out
}

fn write_image(out: &mut String, image: &InspectedImage, lang: Lang) -> std::fmt::Result {
    let unnamed = text("(no name)", "（无名称）");
    let title = image.reference.as_deref().unwrap_or(unnamed.get(lang));
    let kind = match image.kind.as_str() {
        "attestation" => text("attestation", "证明"),
        "artifact" => text("no image: artifact", "非镜像：制品"),
        _ => text("", ""),
    };
    writeln!(out, "{} {}", visible(title), kind.get(lang))?;
    let field = |out: &mut String, name: plimsoll::text::Text, value: &str| {
        if value.is_empty() {
            return Ok(());
        }
        let name = name.get(lang);
        let width =
            14_usize.saturating_sub(name.chars().count() * if name.is_ascii() { 1 } else { 2 });
        writeln!(out, "  {name}{:width$}{}", "", visible(value))
    };
    let platform = [&image.os, &image.architecture, &image.variant];
    let platform: Vec<&str> = platform.into_iter().flatten().map(String::as_str).collect();
    field(out, text("platform", "平台"), &platform.join("/"))?;
    field(out, text("config", "配置"), image.config_digest.as_deref().unwrap_or_default())?;
    field(out, text("created", "创建时间"), image.created.as_deref().unwrap_or_default())?;
    field(out, text("entrypoint", "入口点"), &words(&image.entrypoint))?;
    field(out, text("command", "命令"), &words(&image.cmd))?;
    field(out, text("ports", "端口"), &image.exposed_ports.join(", "))?;
    field(out, text("user", "用户"), &image.user)?;
    field(out, text("folder", "工作目录"), &image.working_dir)?;
    for (index, variable) in image.env.iter().enumerate() {
        let name = if index == 0 { text("environment", "环境变量") } else { text("", "") };
        field(out, name, variable)?;
    }
    let bytes = |value: Option<u64>| value.map_or_else(|| "?".to_owned(), size);
    let sizes = match lang {
        Lang::En => format!(
            "stored {}, unpacked {}, visible {}, hidden {}",
            bytes(image.compressed_bytes),
            bytes(image.unpacked_bytes),
            bytes(image.visible_bytes),
            bytes(image.hidden_bytes)
        ),
        Lang::Zh => format!(
            "存储 {}，解压后 {}，可见 {}，被隐藏 {}",
            bytes(image.compressed_bytes),
            bytes(image.unpacked_bytes),
            bytes(image.visible_bytes),
            bytes(image.hidden_bytes)
        ),
    };
    field(out, text("size", "大小"), &sizes)?;
    let layers = text("layers", "镜像层");
    writeln!(out, "  {}", layers.get(lang))?;
    for (index, layer) in image.layers.iter().enumerate() {
        let stored = bytes(layer.blob_bytes);
        let history = visible(layer.history.as_deref().unwrap_or_default());
        let history: String = history.chars().take(100).collect();
        let error = visible(layer.error.as_deref().unwrap_or_default());
        let missing = text("not in this archive", "不在该归档中");
        let missing = if layer.is_present { "" } else { missing.get(lang) };
        let compression = layer.compression.as_deref().unwrap_or("-");
        let number = index + 1;
        writeln!(out, "  {number:>4}  {stored:>10}  {compression:<5} {missing}{error}{history}")?;
    }
    let waste = image.waste.as_deref().unwrap_or_default();
    if !waste.is_empty() {
        let title = text("hidden files (layer, hidden by)", "被隐藏的文件（所在层，隐藏它的层）");
        writeln!(out, "  {}", title.get(lang))?;
    }
    for file in waste.iter().take(MOST_WASTE) {
        let (stored, path) = (size(file.bytes), visible(&file.path));
        let (layer, by) = (file.layer + 1, file.hidden_by + 1);
        writeln!(out, "  {layer:>4}  {stored:>10}  {by:>5} {path}")?;
    }
    Ok(())
}

/// The most hidden files that people are shown.
const MOST_WASTE: usize = 10;

fn words(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!("{words:?}") }
}

/// The facts of an archive for `check`, and what kept it from being read to its end; a problem
/// alone where there is nothing to judge.
pub(crate) fn facts(
    path: &Path,
    name: &str,
    lang: Lang,
) -> Result<(Facts, Option<Problem>), Problem> {
    let read = archives::read(path, Depth::Deep, &mut Progress::new(lang));
    let facts = read.map_err(|error| Problem::io(name, &error))?;
    let is_broken = facts.trouble.as_ref().is_some_and(|trouble| {
        !matches!(trouble.kind, TroubleKind::NotATar(_) | TroubleKind::Empty)
    });
    let has_something = !facts.listing.images.is_empty() || !facts.listing.faults.is_empty();
    match trouble(name, &facts) {
        Some(problem) if !is_broken && !has_something => Err(problem),
        problem => Ok((facts, problem)),
    }
}
