//! Bytes that are stored, pushed and pulled, and that no container ever sees.

use super::IMAGE;
use super::inside;
use super::sources::{LAYERS_STAY, SMALL_IMAGES};
use crate::document::ImageView;
use crate::image::resolve::Files;
use crate::image::tree::Waste;
use crate::rule::{
    Context, Findings, OptionKind, OptionSpec, OptionValue, Rule, Severity, bad, good,
};
use crate::text::{Message, text};

pub(super) static WASTE: Rule = Rule {
    id: "image/layer-waste",
    severity: Severity::Info,
    summary: text("files that are stored in vain", "镜像中存有无效文件"),
    message: text(
        "{size} ({percent} %) of the image are files that later layers hide; the largest is `{path}` ({largest})",
        "镜像中有 {size}（{percent}%）的文件被后续层隐藏，最大的是 `{path}`（{largest}）",
    ),
    why: text(
        "They are pushed, pulled and unpacked with every start on a new node.",
        "每次推送、拉取以及在新节点上启动时都要传输并解压这些文件。",
    ),
    help: text(
        "remove a file in the step that makes it; change mode and owner with `COPY --chmod --chown`; build in a stage and copy the result",
        "在产生文件的同一步骤中删除；用 `COPY --chmod --chown` 修改权限与所有者；在单独阶段构建并只复制结果",
    ),
    rests_on: &[&LAYERS_STAY, &SMALL_IMAGES],
    aliases: &["highestWastedBytes", "highestUserWastedPercent", "lowestEfficiency"],
    options: &[
        OptionSpec {
            name: "most-bytes",
            description: text(
                "bytes of waste from which on it is a warning",
                "超过该字节数时为警告",
            ),
            kind: OptionKind::Number,
        },
        OptionSpec {
            name: "most-percent",
            description: text(
                "percent of the image from which on it is a warning",
                "超过镜像的该百分比时为警告",
            ),
            kind: OptionKind::Number,
        },
    ],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY model.tar /»", "files": [{"path": "/model.tar", "bytes": 900000000}]}, {"history": "RUN tar x && rm", "files": [{"path": "/model.bin", "bytes": 900000000}, {"removed": "/model.tar"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY a /»", "files": [{"path": "/a", "bytes": 3000}]}, {"files": [{"removed": "/a"}]}]}]}"#,
        )
        .with(&[("most-bytes", "1000")]),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/a", "bytes": 900000000}]}, {"files": [{"path": "/b", "bytes": 1000}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/a", "bytes": 3000}]}, {"files": [{"removed": "/a"}]}]}]}"#,
        ),
    ],
    check: waste,
    ..IMAGE
};

/// What is smaller, in bytes or in hundredths of the image, is not worth a word.
const MUCH: u64 = 20_000_000;
const MUCH_PERCENT: u64 = 5;

/// How many files are shown.
const MOST_SHOWN: usize = 5;

fn number(cx: &Context<'_>, name: &str) -> Option<u64> {
    match cx.option(&WASTE, name) {
        Some(OptionValue::Number(number)) => Some(*number),
        _ => None,
    }
}

fn waste(cx: &Context<'_>, found: &mut Findings) {
    let (most_bytes, most_percent) = (number(cx, "most-bytes"), number(cx, "most-percent"));
    inside::each(cx, found, &WASTE, |view, files, found| {
        let hidden = files.tree.hidden_bytes;
        let all = hidden.saturating_add(files.tree.visible_bytes);
        let (Some(percent), Some(largest)) =
            ((u128::from(hidden) * 100).checked_div(all.into()), files.tree.waste.first())
        else {
            return;
        };
        let percent = percent as u64;
        let is_over = most_bytes.is_some_and(|most| hidden > most)
            || most_percent.is_some_and(|most| percent > most);
        if !is_over && (hidden < MUCH || percent < MUCH_PERCENT) {
            return;
        }
        let finding = found.add(&WASTE, view.layer_at(largest.layer));
        finding
            .arg("size", super::size(hidden))
            .arg("percent", percent)
            .arg("path", files.paths.shown(largest.path))
            .arg("largest", super::size(largest.bytes));
        if is_over {
            finding.severity(Severity::Warning);
        }
        for one in files.tree.waste.iter().take(MOST_SHOWN) {
            let label = if one.is_removed {
                text(
                    "removes `{path}` ({size}) of layer {number}",
                    "删除第 {number} 层的 `{path}`（{size}）",
                )
            } else {
                text(
                    "replaces `{path}` ({size}) of layer {number}",
                    "替换第 {number} 层的 `{path}`（{size}）",
                )
            };
            let label = Message::new(label)
                .arg("path", files.paths.shown(one.path))
                .arg("size", super::size(one.bytes))
                .arg("number", one.layer + 1);
            finding.related_message(view.layer_at(one.hidden_by), label);
        }
    });
}

pub(super) static METADATA: Rule = Rule {
    id: "image/layer-metadata-only-copy",
    summary: text(
        "a layer that repeats files to change their owner or mode",
        "为修改所有者或权限而重复存储文件",
    ),
    message: text(
        "layer {number} stores {size} again that seem to differ from the layers below by owner or mode alone",
        "第 {number} 层重复存储了 {size}，与下层相比似乎只改变了所有者或权限",
    ),
    why: text(
        "`RUN chown -R` and `RUN chmod -R` copy every file that they touch into a new layer.",
        "`RUN chown -R` 与 `RUN chmod -R` 会把涉及的每个文件复制到新层。",
    ),
    help: text(
        "set them while copying: `COPY --chown=1000:1000 --chmod=755`",
        "在复制时设置：`COPY --chown=1000:1000 --chmod=755`",
    ),
    rests_on: &[&LAYERS_STAY],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "COPY model.bin /", "files": [{"path": "/model.bin", "bytes": 900000000}]}, {"history": "«RUN chown 1000 /model.bin»", "files": [{"path": "/model.bin", "bytes": 900000000, "owner": "1000:1000"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/model.bin", "bytes": 900000000}]}, {"files": [{"path": "/model.bin", "bytes": 800000000, "owner": "1000:1000"}]}]}]}"#,
        ),
    ],
    check: |cx, found| inside::each(cx, found, &METADATA, metadata),
    ..IMAGE
};

const MUCH_AGAIN: u64 = 50_000_000;

fn metadata(view: &ImageView<'_>, files: Files<'_>, found: &mut Findings) {
    let mut of_layer = std::collections::BTreeMap::<usize, u64>::new();
    for one in files.tree.waste.iter().filter(|one| is_metadata_only(files, one)) {
        *of_layer.entry(one.hidden_by).or_default() += one.bytes;
    }
    for (layer, bytes) in of_layer.into_iter().filter(|(_, bytes)| *bytes >= MUCH_AGAIN) {
        let finding = found.add(&METADATA, view.layer_at(layer));
        finding.arg("number", layer + 1).arg("size", super::size(bytes));
    }
}

fn is_metadata_only(files: Files<'_>, waste: &Waste) -> bool {
    let find = |layer: usize| {
        let files = &files.layers.get(layer)?.files;
        files.iter().rev().find(|file| file.path == waste.path)
    };
    let (Some(old), Some(new)) = (find(waste.layer), find(waste.hidden_by)) else { return false };
    !waste.is_removed
        && old.kind == new.kind
        && old.size == new.size
        && (old.mode, old.uid, old.gid) != (new.mode, new.uid, new.gid)
}
