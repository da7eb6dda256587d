//! How large an image may be. The documents name a number and neither what is counted nor how many
//! bytes a GB has, so every reading is looked at.

use super::super::engine::starts_custom_engine;
use super::super::spec::{
    ENGINE_SIZE, GOOD_TRAINING_GB, MOST_IMAGE_GB, MOST_IMAGE_GB_HUAWEI, MOST_LAYER_GB,
};
use super::ANY_USE;
use crate::document::ImageView;
use crate::fact::Profile;
use crate::image::compression::Compression;
use crate::image::layer::Layer;
use crate::image::listing::LayerRef;
use crate::reference;
use crate::rule::{Context, Finding, Findings, Rule, Severity, bad, good};
use crate::rules::image::size as shown;
use crate::text::{Message, Place, text};

/// A GB as disks are sold, and as operating systems count.
const GB: u64 = 1_000_000_000;
const GIB: u64 = 1 << 30;

pub(super) static IMAGE: Rule = Rule {
    id: "modelarts/image-size",
    severity: Severity::Error,
    summary: text("an image that is larger than ModelArts takes", "镜像超过 ModelArts 的大小限制"),
    message: text(
        "the image is larger than {limit} GB however it is counted: {packed} packed, {unpacked} unpacked",
        "无论按何种方式计算，镜像都超过 {limit} GB：压缩后 {packed}，解压后 {unpacked}",
    ),
    why: text(
        "ModelArts does not import the image, after all of it was pushed.",
        "推送完成之后，ModelArts 会拒绝导入该镜像。",
    ),
    help: text(
        "take a smaller base image, build in a stage and copy the result, remove caches, and mount data and models",
        "使用更小的基础镜像、在单独阶段构建并只复制结果、清理缓存，并通过挂载提供数据和模型",
    ),
    rests_on: &[&MOST_IMAGE_GB.source, &MOST_IMAGE_GB_HUAWEI.source, &ENGINE_SIZE],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"blob_bytes": 33000000000, "tar_bytes": 60000000000, "compression": "gzip", "media_type": "application/vnd.oci.image.layer.v1.tar+gzip", "history": "«COPY models /models»", "files": []}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"blob_bytes": 9000000000, "tar_bytes": 31000000000, "compression": "gzip", "history": "«COPY models /models»", "files": []}]}]}"#,
        ),
        bad(
            r#"{"images": [{"reference": "swr.eu-de.otc.t-systems.com/a/b:1", "layers": [{"blob_bytes": 9000000000, "tar_bytes": 40000000000, "compression": "gzip", "history": "«COPY models /models»", "files": []}]}]}"#,
        ),
        bad(
            r#"{"images": [{"cmd": ["sh", "/home/mind/run.sh"], "layers": [{"blob_bytes": 9000000000, "tar_bytes": 40000000000, "compression": "gzip", "history": "«COPY models /models»", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"reference": "swr.cn-north-4.myhuaweicloud.com/a/b:1", "layers": [{"blob_bytes": 9000000000, "tar_bytes": 40000000000, "compression": "gzip", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"blob_bytes": 9000000000, "tar_bytes": 20000000000, "compression": "gzip", "files": []}]}]}"#,
        ),
    ],
    check: image,
    ..ANY_USE
};

/// What the sizes of an image mean for a limit.
enum Verdict {
    /// It is over the limit, whatever is counted.
    Over,
    /// It is over the limit if what is largest is counted.
    Perhaps,
    /// It is close to the limit.
    Close,
    /// It is below the limit.
    Below,
    /// It may be anything.
    Unknown,
}

fn image(cx: &Context<'_>, found: &mut Findings) {
    for view in cx.images() {
        let (sizes, limit) = (Sizes::of(&view), limit(&view));
        let is_engine = starts_custom_engine(view.config);
        // What the size of a custom engine is, its page says.
        let least = if is_engine { sizes.unpacked } else { sizes.packed };
        let verdict = sizes.verdict(least, limit);
        let (severity, says) = match verdict {
            Verdict::Over if is_engine => (
                Severity::Error,
                text(
                    "the image has {unpacked} unpacked, and a custom engine at most {limit} GB",
                    "镜像解压后为 {unpacked}，而自定义引擎不能超过 {limit} GB",
                ),
            ),
            Verdict::Over => (Severity::Error, IMAGE.message),
            Verdict::Perhaps => (
                Severity::Warning,
                text(
                    "the image is larger than {limit} GB if its unpacked size counts, which is not documented: {packed} packed, {unpacked} unpacked",
                    "若按解压后大小计算（文档未说明），镜像超过 {limit} GB：压缩后 {packed}，解压后 {unpacked}",
                ),
            ),
            Verdict::Close => (
                Severity::Info,
                text(
                    "the image comes close to the {limit} GB that it may have: {packed} packed, {unpacked} unpacked",
                    "镜像接近 {limit} GB 的限制：压缩后 {packed}，解压后 {unpacked}",
                ),
            ),
            Verdict::Unknown => {
                found.unknown(&IMAGE, view.unread_at());
                continue;
            }
            Verdict::Below => continue,
        };
        let finding = found.add(&IMAGE, sizes.largest_at(&view));
        finding.severity(severity).says(says).arg("limit", limit);
        sizes.tell(&view, finding);
    }
}

/// The gigabytes that the image may have where it goes: its names tell the registry.
fn limit(view: &ImageView<'_>) -> u64 {
    let is_huawei = |name: &String| {
        let reference = reference::parse(name).ok();
        reference.is_some_and(|one| one.registry_host().ends_with(".myhuaweicloud.com"))
    };
    if view.image.names.iter().any(is_huawei) {
        MOST_IMAGE_GB_HUAWEI.value
    } else {
        MOST_IMAGE_GB.value
    }
}

/// How large an image is, as far as it is known.
struct Sizes {
    /// Bytes that a registry stores, if all layers are compressed; what is not will be, in a push.
    packed: Option<u64>,
    /// Bytes of the layers' archives.
    unpacked: Option<u64>,
    /// Bytes of the layers as they are here.
    stored: Option<u64>,
    /// The layers, the largest first: index and bytes.
    layers: Vec<(usize, u64)>,
}

impl Sizes {
    fn of(view: &ImageView<'_>) -> Sizes {
        let all = || view.image.layers.iter().zip(&view.layers);
        let is_packed = all().all(|(told, read)| is_packed(told, *read));
        let stored = view.stored_bytes();
        let bytes = all().map(|(told, read)| match read {
            Some(read) => read.tar_bytes.max(read.blob_bytes),
            None => told.bytes.or(told.stored).unwrap_or_default(),
        });
        let mut layers: Vec<(usize, u64)> = bytes.enumerate().collect();
        layers.sort_by_key(|&(_, bytes)| std::cmp::Reverse(bytes));
        Sizes {
            packed: stored.filter(|_| is_packed),
            unpacked: view.unpacked_bytes(),
            stored,
            layers,
        }
    }

    /// What it means for a limit of `limit` GB, if no less than `least` counts.
    fn verdict(&self, least: Option<u64>, limit: u64) -> Verdict {
        let most = self.most();
        if least.is_some_and(|bytes| bytes > limit * GIB) {
            Verdict::Over
        } else if most > limit * GB {
            Verdict::Perhaps
        } else if self.unpacked.is_none() {
            Verdict::Unknown
        } else if most > limit * GB / 10 * 9 {
            Verdict::Close
        } else {
            Verdict::Below
        }
    }

    /// The largest size that may be meant, as far as it is known.
    fn most(&self) -> u64 {
        [self.packed, self.unpacked, self.stored].into_iter().flatten().max().unwrap_or_default()
    }

    /// The largest layer's place.
    fn largest_at(&self, view: &ImageView<'_>) -> Place {
        self.layers.first().map_or_else(|| view.at("layers"), |&(index, _)| view.layer_at(index))
    }

    /// Tells the sizes, and what makes them.
    fn tell(&self, view: &ImageView<'_>, finding: &mut Finding) {
        let said = |bytes: Option<u64>| bytes.map_or_else(|| "?".to_owned(), shown);
        finding.arg("packed", said(self.packed)).arg("unpacked", said(self.unpacked));
        for &(index, bytes) in self.layers.iter().take(3) {
            let label = Message::new(text("layer {number}: {size}", "第 {number} 层：{size}"))
                .arg("number", index + 1)
                .arg("size", shown(bytes));
            finding.related_message(view.layer_at(index), label);
        }
    }
}

pub(super) static TRAINING: Rule = Rule {
    id: "modelarts/training-image-size",
    profiles: &[Profile::Training],
    severity: Severity::Info,
    summary: text("a large training image", "训练镜像较大"),
    message: text(
        "the image is larger than the {limit} GB that are recommended: {packed} packed, {unpacked} unpacked",
        "镜像超过建议的 {limit} GB：压缩后 {packed}，解压后 {unpacked}",
    ),
    why: text(
        "Every node of a training job pulls and unpacks the image before it begins.",
        "训练作业的每个节点在开始前都要拉取并解压镜像。",
    ),
    help: text(
        "leave data and models out, and remove caches in the step that makes them",
        "不要打包数据和模型，并在产生缓存的同一步骤中清理",
    ),
    rests_on: &[&GOOD_TRAINING_GB.source],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"blob_bytes": 9000000000, "tar_bytes": 16000000000, "compression": "gzip", "history": "«RUN pip install torch»", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"blob_bytes": 9000000000, "tar_bytes": 14000000000, "compression": "gzip", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"blob_bytes": 9000000000, "tar_bytes": 16000000000, "compression": "gzip", "files": []}]}]}"#,
        )
        .under(Profile::RealTime),
    ],
    check: |cx, found| {
        for view in cx.images() {
            let (sizes, limit) = (Sizes::of(&view), GOOD_TRAINING_GB.value);
            if sizes.most() > limit * GB {
                let finding = found.add(&TRAINING, sizes.largest_at(&view));
                finding.arg("limit", limit);
                sizes.tell(&view, finding);
            } else if sizes.unpacked.is_none() {
                found.unknown(&TRAINING, view.unread_at());
            }
        }
    },
    ..ANY_USE
};

pub(super) static LAYER: Rule = Rule {
    id: "modelarts/layer-size",
    severity: Severity::Error,
    summary: text("a layer that cannot be pushed to SWR", "镜像层过大，无法推送到 SWR"),
    message: text(
        "layer {number} has {size}: SWR takes {limit} GB at most in one layer",
        "第 {number} 层为 {size}，而 SWR 单层不能超过 {limit} GB",
    ),
    why: text(
        "The push fails at this layer, after hours.",
        "推送会在该层失败，此前可能已耗时数小时。",
    ),
    help: text(
        "copy in several steps, or mount the files from OBS",
        "分多个步骤复制，或从 OBS 挂载这些文件",
    ),
    rests_on: &[&MOST_LAYER_GB.source],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"blob_bytes": 12000000000, "media_type": "application/vnd.oci.image.layer.v1.tar+gzip", "history": "«COPY models /models»"}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"blob_bytes": 12000000000, "history": "«COPY models /models»"}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"blob_bytes": 9000000000, "media_type": "application/vnd.oci.image.layer.v1.tar+gzip"}, {"blob_bytes": 9000000000}]}]}"#,
        ),
    ],
    check: layer,
    ..ANY_USE
};

fn layer(cx: &Context<'_>, found: &mut Findings) {
    let limit = MOST_LAYER_GB.value;
    for view in cx.images() {
        for (index, (told, read)) in view.image.layers.iter().zip(&view.layers).enumerate() {
            let stored = read.map(|one| one.blob_bytes).or(told.bytes).or(told.stored);
            let Some(bytes) = stored.filter(|bytes| *bytes > limit * GB) else { continue };
            let finding = found.add(&LAYER, view.layer_at(index));
            finding.arg("number", index + 1).arg("size", shown(bytes)).arg("limit", limit);
            if !is_packed(told, *read) {
                finding.severity(Severity::Warning).says(text(
                    "layer {number} has {size} before it is compressed: SWR takes {limit} GB at most in one layer",
                    "第 {number} 层压缩前为 {size}，而 SWR 单层不能超过 {limit} GB",
                ));
            } else if bytes <= limit * GIB {
                finding.severity(Severity::Warning);
            }
        }
    }
}

/// Whether a layer is compressed as it is here.
fn is_packed(told: &LayerRef, read: Option<&Layer>) -> bool {
    match read.and_then(|one| one.compression) {
        Some(compression) => compression != Compression::None,
        None => told
            .media_type
            .as_deref()
            .is_some_and(|kind| kind.ends_with("gzip") || kind.ends_with("zstd")),
    }
}
