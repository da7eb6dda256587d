//! Each layer by itself: its digest, its compression, its archive.

use std::collections::HashSet;

use super::IMAGE;
use super::sources::{
    DIFF_IDS, INFLATED_SIZE, LAYER_MEDIA_TYPES, LAYERS_ARE_NEEDED, PATHS_ARE_INSIDE, TAR_FORM,
};
use crate::document::ImageView;
use crate::image::compression::{Compression, CompressionError};
use crate::image::digest::is_other_digest;
use crate::image::layer::{Layer, LayerError};
use crate::image::tar::{Oddity, TarError};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Text, text};

/// Every layer that was read, once however many images have it.
fn each<'a>(cx: &Context<'a>, mut judge: impl FnMut(&ImageView<'a>, usize, &'a Layer)) {
    let mut seen = HashSet::new();
    for view in cx.images() {
        for (index, (told, layer)) in view.image.layers.iter().zip(&view.layers).enumerate() {
            if let Some(layer) = layer
                && seen.insert((view.document.id, told.member))
            {
                judge(&view, index, layer);
            }
        }
    }
}

const SAVE_AGAIN: Text = text(
    "build or save the image again; if it was copied, compare the sizes",
    "请重新构建或保存镜像；若文件经过复制，请比较大小",
);

pub(super) static DIFF_ID: Rule = Rule {
    id: "image/layer-diff-id-mismatch",
    severity: Severity::Error,
    summary: text("a layer that is not the one the configuration names", "层与配置中的记录不符"),
    message: text(
        "layer {number} unpacks to `{computed}`, but the configuration names `{told}`",
        "第 {number} 层解压后为 `{computed}`，而配置中为 `{told}`",
    ),
    why: text(
        "The node compares the two after unpacking and refuses the image: after gigabytes were pushed and pulled.",
        "节点在解压后会比较两者并拒绝镜像，而此时数 GB 数据已推送并拉取。",
    ),
    help: SAVE_AGAIN,
    rests_on: &[&DIFF_IDS],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"diff_id": "sha256:a3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "computed_diff_id": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "history": "«COPY . /app»", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"diff_id": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "files": []}]}]}"#,
        ),
        // Another algorithm: not known.
        good(
            r#"{"images": [{"layers": [{"diff_id": "sha512:a3b0", "computed_diff_id": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "files": []}]}]}"#,
        ),
    ],
    check: diff_ids,
    ..IMAGE
};

fn diff_ids(cx: &Context<'_>, found: &mut Findings) {
    for view in cx.images() {
        let told = view.config.diff_ids.as_deref().unwrap_or_default();
        for (index, layer) in view.layers.iter().enumerate() {
            let Some(layer) = layer else {
                found.unknown(&DIFF_ID, view.layer_at(index));
                continue;
            };
            let (Some(told), Some(computed)) = (told.get(index), layer.diff_id) else { continue };
            if is_other_digest(told) {
                found.unknown(&DIFF_ID, view.layer_at(index));
            } else if *told != computed.to_string() {
                let finding = found.add(&DIFF_ID, view.layer_at(index));
                finding.arg("number", index + 1).arg("computed", computed).arg("told", told);
            }
        }
    }
}

pub(super) static DIFF_ID_COUNT: Rule = Rule {
    id: "image/diff-id-count",
    severity: Severity::Error,
    summary: text("more or fewer layers than the configuration names", "层数与配置不符"),
    message: text(
        "the manifest has {layers} layers, the configuration {told}",
        "清单有 {layers} 层，配置有 {told} 层",
    ),
    why: text("No runtime unpacks such an image.", "任何运行时都不会解压这样的镜像。"),
    help: SAVE_AGAIN,
    rests_on: &[&DIFF_IDS],
    examples: &[
        bad(
            r#"{"images": [{"config_digest": "«sha256:aa»", "diff_ids": ["sha256:1", "sha256:2"], "layers": [{"files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"config_digest": "sha256:aa", "diff_ids": ["sha256:1"], "layers": [{"files": []}]}]}"#,
        ),
    ],
    check: |cx, found| {
        for view in cx.images() {
            let told = view.config.diff_ids.as_ref().map_or(0, Vec::len);
            if told != view.image.layers.len() {
                let finding = found.add(&DIFF_ID_COUNT, view.at("config_digest"));
                finding.arg("layers", view.image.layers.len()).arg("told", told);
            }
        }
    },
    ..IMAGE
};

pub(super) static MEDIA_TYPE: Rule = Rule {
    id: "image/media-type-wrong",
    severity: Severity::Info,
    summary: text(
        "a layer that is compressed otherwise than is told",
        "层的实际压缩方式与声明不符",
    ),
    message: text(
        "layer {number} is told to be `{told}`, but its compression is {compression}",
        "第 {number} 层声明为 `{told}`，实际压缩方式为 {compression}",
    ),
    why: text(
        "Most readers look at the bytes and go on; some believe the type and fail.",
        "多数读取者会检查实际字节并继续，有些则按声明的类型读取而失败。",
    ),
    help: text("build the image again with a current tool", "请用当前版本的工具重新构建镜像"),
    rests_on: &[&LAYER_MEDIA_TYPES],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"media_type": "application/vnd.oci.image.layer.v1.tar", "compression": "zstd", "blob_bytes": 9, "history": "«COPY . /app»", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"media_type": "application/vnd.oci.image.layer.v1.tar+gzip", "compression": "gzip", "files": []}]}]}"#,
        ),
    ],
    check: |cx, found| {
        each(cx, |view, index, layer| {
            let told = view.image.layers[index].media_type.as_deref();
            let (Some(told), Some(is)) = (told, layer.compression) else { return };
            if layer.blob_bytes > 0 && compression_of(told).is_some_and(|told| told != is) {
                let finding = found.add(&MEDIA_TYPE, view.layer_at(index));
                finding.arg("number", index + 1).arg("told", told).arg("compression", is.id());
            }
        });
    },
    ..IMAGE
};

/// The compression that a media type tells of; `None` where it is no layer's type.
fn compression_of(media_type: &str) -> Option<Compression> {
    let (_, form) = media_type.rsplit_once(".tar")?;
    match form {
        "" => Some(Compression::None),
        "+gzip" | ".gzip" => Some(Compression::Gzip),
        "+zstd" | ".zstd" => Some(Compression::Zstd),
        _ => None,
    }
}

pub(super) static UNSUPPORTED: Rule = Rule {
    id: "image/layer-compression-unsupported",
    summary: text("a layer in a form that registries do not promise", "层的格式不受普遍支持"),
    message: text("layer {number} cannot be read: {reason}", "第 {number} 层无法读取：{reason}"),
    why: text(
        "A registry or node that knows only the specified forms refuses it; what lies in it was not checked.",
        "只支持规范格式的镜像仓库或节点会拒绝该层；其内容未经检查。",
    ),
    help: text(
        "build with gzip: `docker buildx build --output type=image,compression=gzip,force-compression=true`",
        "请使用 gzip 构建：`docker buildx build --output type=image,compression=gzip,force-compression=true`",
    ),
    rests_on: &[&LAYER_MEDIA_TYPES],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY . /app»", "error": "xz is not read", "files": []}]}]}"#,
        ),
        good(r#"{"images": [{"layers": [{"compression": "zstd", "files": []}]}]}"#),
    ],
    check: |cx, found| {
        each(cx, |view, index, layer| {
            if let Some(
                error @ LayerError::Compression(
                    CompressionError::Unsupported(_)
                    | CompressionError::Form(_)
                    | CompressionError::Window { .. },
                ),
            ) = &layer.error
            {
                tell(found, &UNSUPPORTED, view, index, error);
            }
        });
    },
    ..IMAGE
};

fn tell(
    found: &mut Findings,
    rule: &'static Rule,
    view: &ImageView<'_>,
    index: usize,
    error: &LayerError,
) {
    let finding = found.add(rule, view.layer_at(index));
    finding.arg("number", index + 1).arg("reason", error);
}

pub(super) static TRUNCATED: Rule = Rule {
    id: "image/layer-truncated",
    severity: Severity::Error,
    summary: text("a layer that ends early", "层不完整"),
    message: text("layer {number} ends early: {reason}", "第 {number} 层不完整：{reason}"),
    why: text(
        "It cannot be unpacked. What it held up to there is checked, what follows is not known.",
        "该层无法解压。此前的内容已检查，其后的内容未知。",
    ),
    help: SAVE_AGAIN,
    rests_on: &[&TAR_FORM],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY . /app»", "error": "the layer ends at byte 512 of its archive", "files": []}]}]}"#,
        ),
        good(r#"{"images": [{"layers": [{"files": []}]}]}"#),
    ],
    check: |cx, found| {
        each(cx, |view, index, layer| {
            if let Some(
                error
                @ (LayerError::Truncated { .. } | LayerError::Tar(TarError::Truncated { .. })),
            ) = &layer.error
            {
                tell(found, &TRUNCATED, view, index, error);
            }
        });
    },
    ..IMAGE
};

pub(super) static MALFORMED: Rule = Rule {
    id: "image/layer-tar-malformed",
    severity: Severity::Error,
    summary: text("a layer that cannot be unpacked", "层无法解压"),
    message: text("layer {number} cannot be read: {reason}", "第 {number} 层无法读取：{reason}"),
    why: text(
        "It cannot be unpacked on the node either. What follows in it is not known.",
        "节点同样无法解压该层，其后的内容未知。",
    ),
    help: SAVE_AGAIN,
    rests_on: &[&TAR_FORM],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY . /app»", "error": "no tar header at byte 0", "files": []}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY . /app»", "notes": ["no-end"], "files": []}]}]}"#,
        ),
        good(r#"{"images": [{"layers": [{"files": []}]}]}"#),
    ],
    check: malformed,
    ..IMAGE
};

fn malformed(cx: &Context<'_>, found: &mut Findings) {
    each(cx, |view, index, layer| match &layer.error {
        None
        | Some(
            LayerError::Truncated { .. }
            | LayerError::Tar(TarError::Truncated { .. })
            | LayerError::Compression(
                CompressionError::Unsupported(_)
                | CompressionError::Form(_)
                | CompressionError::Window { .. },
            ),
        ) => {}
        Some(error) => tell(found, &MALFORMED, view, index, error),
    });
    for view in cx.images() {
        for (is_odd, says) in ODDITIES {
            let layers = view.layers.iter().enumerate();
            let odd: Vec<usize> = layers
                .filter(|(_, layer)| layer.is_some_and(|one| one.error.is_none() && is_odd(one)))
                .map(|(index, _)| index)
                .collect();
            let Some(first) = odd.first() else { continue };
            let numbers: Vec<String> = odd.iter().map(|index| (index + 1).to_string()).collect();
            let finding = found.add(&MALFORMED, view.layer_at(*first));
            finding.severity(Severity::Info).arg("numbers", numbers.join(", ")).says(*says);
        }
    }
}

type IsOdd = fn(&Layer) -> bool;

/// What every reader takes, although it is not as it should be.
const ODDITIES: &[(IsOdd, Text)] = &[
    (
        |layer| layer.oddities.contains(&Oddity::NoEndBlocks),
        text(
            "without the two empty blocks at their end: layer {numbers}",
            "以下层没有结尾的两个空块：第 {numbers} 层",
        ),
    ),
    (
        |layer| layer.oddities.contains(&Oddity::NoPadding),
        text(
            "the last file is not padded: layer {numbers}",
            "以下层的最后一个文件未补齐：第 {numbers} 层",
        ),
    ),
    (
        |layer| layer.oddities.contains(&Oddity::DataBehindEnd),
        text(
            "goes on behind its end, where nobody reads: layer {numbers}",
            "以下层在结尾之后仍有数据，不会被读取：第 {numbers} 层",
        ),
    ),
    (
        |layer| layer.has_trailing_bytes,
        text(
            "bytes follow the compressed data, which nobody reads: layer {numbers}",
            "以下层的压缩数据之后还有字节，不会被读取：第 {numbers} 层",
        ),
    ),
];

pub(super) static ESCAPES: Rule = Rule {
    id: "image/layer-path-escapes-root",
    summary: text("paths that lead out of the image", "路径指向镜像之外"),
    message: text(
        "{count} entries of layer {number} lead above the root",
        "第 {number} 层有 {count} 个条目指向根目录之上",
    ),
    why: text(
        "Runtimes refuse the layer or cut the path short; careless tools write outside of the folder that they unpack into.",
        "运行时会拒绝该层或截断路径；不谨慎的工具会写到解压目录之外。",
    ),
    help: text("find out who made this layer before you use it", "使用前请确认该层的来源"),
    rests_on: &[&PATHS_ARE_INSIDE],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«ADD x.tar /»", "files": [{"path": "../../etc/cron.d/x"}]}]}]}"#,
        ),
        good(r#"{"images": [{"layers": [{"files": [{"path": "/a/../b"}]}]}]}"#),
    ],
    check: |cx, found| {
        each(cx, |view, index, layer| {
            if layer.escapes > 0 {
                let finding = found.add(&ESCAPES, view.layer_at(index));
                finding.arg("count", layer.escapes).arg("number", index + 1);
            }
        });
    },
    ..IMAGE
};

pub(super) static EXPANSION: Rule = Rule {
    id: "image/layer-expansion-ratio",
    summary: text("a layer that unpacks to very much more", "层解压后膨胀过大"),
    message: text(
        "layer {number} of {stored} unpacks to {unpacked}",
        "第 {number} 层为 {stored}，解压后为 {unpacked}",
    ),
    why: text(
        "Either it is made to fill disks, or it holds a file of zeros; the node needs the space in any case.",
        "该层可能意在占满磁盘，或包含全零文件；节点无论如何都需要这些空间。",
    ),
    help: text(
        "find the file with `plimsoll image inspect` and make it when the container starts",
        "用 `plimsoll image inspect` 找到该文件，改为在容器启动时生成",
    ),
    rests_on: &[&INFLATED_SIZE],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«RUN fallocate -l 5G /swap»", "blob_bytes": 5000000, "tar_bytes": 5000000000, "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"blob_bytes": 5000000, "tar_bytes": 500000000, "files": []}]}]}"#,
        ),
    ],
    check: |cx, found| {
        each(cx, |view, index, layer| {
            let is_much = layer.tar_bytes > 1 << 30;
            if is_much && layer.tar_bytes / 200 > layer.blob_bytes {
                let finding = found.add(&EXPANSION, view.layer_at(index));
                finding
                    .arg("number", index + 1)
                    .arg("stored", super::size(layer.blob_bytes))
                    .arg("unpacked", super::size(layer.tar_bytes));
            }
        });
    },
    ..IMAGE
};

pub(super) static TOO_MANY: Rule = Rule {
    id: "image/too-many-files",
    severity: Severity::Info,
    summary: text("more files than are kept in view", "文件过多，未全部检查"),
    message: text(
        "layer {number} has more files than are checked; the rest is only counted",
        "第 {number} 层的文件过多，其余仅计数，未检查",
    ),
    why: text(
        "What rules say of the files is not complete: they tell that they do not know.",
        "规则对文件的判断不完整，会显示为未知。",
    ),
    help: text("unpack data sets and caches outside of the image", "请将数据集和缓存放在镜像之外"),
    rests_on: &[&LAYERS_ARE_NEEDED],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY data /data»", "notes": ["partial"], "files": []}]}]}"#,
        ),
        good(r#"{"images": [{"layers": [{"files": []}]}]}"#),
    ],
    check: |cx, found| {
        each(cx, |view, index, layer| {
            if layer.is_partial {
                found.add(&TOO_MANY, view.layer_at(index)).arg("number", index + 1);
            }
        });
    },
    ..IMAGE
};
