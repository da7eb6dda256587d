//! The archive's own account of itself: whether it can be read, and whether its manifests, digests
//! and sizes agree.

use super::IMAGE;
use super::sources::{
    ARTIFACTS, BLOBS_HAVE_DIGESTS, DIGEST_GRAMMAR, INDEX_LISTS_PLATFORMS, MANIFEST_OR_INDEX,
    SAVED_WITH_MANIFEST, TAR_FORM,
};
use crate::document::{Document, Kind};
use crate::image::digest::is_other_digest;
use crate::image::listing::{Fault, FaultKind, ImageKind};
use crate::image::paths::shown;
use crate::image::source::TroubleKind;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Place, Span, text};
use crate::tree::Node;

pub(super) static TRUNCATED: Rule = Rule {
    id: "image/archive-truncated",
    severity: Severity::Error,
    summary: text("an archive that ends early", "归档不完整"),
    message: text(
        "the archive ends early, at byte {offset}",
        "归档不完整，在第 {offset} 字节处结束",
    ),
    why: text(
        "A part of the image is missing: it can be neither loaded nor pushed. What was read up to there is checked.",
        "镜像缺少一部分内容，无法加载或推送。此前读到的内容仍会检查。",
    ),
    help: text(
        "save the image again with `docker save`, or copy the file again and compare its size",
        "请用 `docker save` 重新保存，或重新复制并比较文件大小",
    ),
    rests_on: &[&TAR_FORM],
    examples: &[
        bad(
            r#"{"images": [], "trouble": {"kind": "truncated", "offset": 1024}, "error": "«the archive ends at byte 1024»"}"#,
        ),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| troubled(cx, found, &TRUNCATED, |kind| kind == TroubleKind::Truncated),
    ..IMAGE
};

pub(super) static MALFORMED: Rule = Rule {
    id: "image/archive-malformed",
    severity: Severity::Error,
    summary: text("an archive that cannot be read to its end", "归档无法读取到末尾"),
    message: text(
        "from byte {offset} on the archive cannot be read: {reason}",
        "归档从第 {offset} 字节起无法读取：{reason}",
    ),
    why: text(
        "No tool reads further than this: what lies behind is lost.",
        "任何工具都无法继续读取，其后的内容全部丢失。",
    ),
    help: text("save the image again with `docker save`", "请用 `docker save` 重新保存镜像"),
    rests_on: &[&TAR_FORM],
    examples: &[
        bad(
            r#"{"images": [], "trouble": {"kind": "malformed", "offset": 512}, "error": "«no tar header at byte 512»"}"#,
        ),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| {
        troubled(cx, found, &MALFORMED, |kind| {
            matches!(
                kind,
                TroubleKind::Malformed | TroubleKind::Unreadable | TroubleKind::TooManyMembers
            )
        });
    },
    ..IMAGE
};

fn troubled(
    cx: &Context<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    is_it: fn(TroubleKind) -> bool,
) {
    for document in cx.of_kind(Kind::Image) {
        let Some(archive) = document.archive() else { continue };
        if let Some(trouble) = archive.facts.trouble.as_ref().filter(|one| is_it(one.kind)) {
            let at = told_at(document, "error");
            found.add(rule, at).arg("offset", trouble.offset).arg("reason", trouble);
        }
    }
}

/// The value of `key` in the description of the archive.
fn told_at(document: &Document, key: &str) -> Place {
    let root = document.archive().and_then(|archive| archive.description.root.as_ref());
    let value = root.and_then(|root| root.get(key));
    document.place(value.map_or(Span::at(0), Node::inner_span))
}

/// What is wrong with manifests, with the place at which the description tells of it.
fn faults<'a>(cx: &Context<'a>) -> impl Iterator<Item = (&'a Fault, Place)> {
    cx.of_kind(Kind::Image).flat_map(|document| {
        let archive = document.archive();
        let faults = archive.map(|archive| archive.facts.listing.faults.as_slice());
        let told = archive.and_then(|one| one.description.root.as_ref()?.get("faults")?.items());
        faults.unwrap_or_default().iter().enumerate().map(move |(index, fault)| {
            let subject = told.and_then(|told| told.get(index)?.get("subject"));
            (fault, document.place(subject.map_or(Span::at(0), Node::inner_span)))
        })
    })
}

fn each(cx: &Context<'_>, found: &mut Findings, rule: &'static Rule, kinds: &[FaultKind]) {
    for (fault, at) in faults(cx).filter(|(fault, _)| kinds.contains(&fault.kind)) {
        found.add(rule, at).arg("subject", shown(fault.subject.as_bytes()));
    }
}

pub(super) static JSON: Rule = Rule {
    id: "image/manifest-json",
    severity: Severity::Error,
    summary: text("a manifest or configuration that is no JSON", "清单或配置不是有效 JSON"),
    message: text("`{subject}` cannot be read as JSON", "`{subject}` 不能作为 JSON 读取"),
    why: text(
        "Docker and every registry refuse the image, and nothing of what it says can be checked.",
        "Docker 与所有镜像仓库都会拒绝该镜像，其内容也无法检查。",
    ),
    help: text("save or build the image again", "请重新保存或构建镜像"),
    rests_on: &[&MANIFEST_OR_INDEX],
    examples: &[
        bad(r#"{"images": [], "faults": [{"kind": "json", "subject": "«manifest.json»"}]}"#),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| each(cx, found, &JSON, &[FaultKind::Json]),
    ..IMAGE
};

pub(super) static TWO_MANIFESTS: Rule = Rule {
    id: "image/archive-two-manifests",
    summary: text("two manifests of one name", "存在两个同名清单"),
    message: text(
        "`{subject}` is in the archive more than once; the first is used",
        "归档中有多个 `{subject}`，此处使用第一个",
    ),
    why: text(
        "Readers choose differently (docker the first, others the last), so what is checked may not be what runs.",
        "不同的读取者选择不同（docker 使用第一个，其他工具使用最后一个），所检查的镜像可能不是实际运行的镜像。",
    ),
    help: text("save the image anew into an empty file", "请将镜像重新保存到新文件"),
    rests_on: &[&SAVED_WITH_MANIFEST],
    examples: &[
        bad(r#"{"images": [], "faults": [{"kind": "twice", "subject": "«manifest.json»"}]}"#),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| each(cx, found, &TWO_MANIFESTS, &[FaultKind::Twice]),
    ..IMAGE
};

pub(super) static VIEWS_DISAGREE: Rule = Rule {
    id: "image/archive-views-disagree",
    summary: text(
        "manifest.json and index.json tell of different images",
        "manifest.json 与 index.json 描述的镜像不同",
    ),
    message: text(
        "`manifest.json` names the configuration `{subject}`, which `index.json` does not know",
        "`manifest.json` 指定的配置 `{subject}` 不在 `index.json` 中",
    ),
    why: text(
        "`docker load` may take one and a push of the layout the other.",
        "`docker load` 与按布局推送的工具可能使用不同的镜像。",
    ),
    help: text(
        "save the image again; both lists are written by one program then",
        "请重新保存镜像，使两份列表由同一程序写入",
    ),
    rests_on: &[&SAVED_WITH_MANIFEST],
    examples: &[
        bad(r#"{"images": [], "faults": [{"kind": "views-disagree", "subject": "«abc.json»"}]}"#),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| each(cx, found, &VIEWS_DISAGREE, &[FaultKind::ViewsDisagree]),
    ..IMAGE
};

pub(super) static MISSING: Rule = Rule {
    id: "image/blob-missing",
    summary: text("a blob that is not in the archive", "归档中缺少数据块"),
    message: text("`{subject}` is named but not in the archive", "`{subject}` 被引用但不在归档中"),
    why: text(
        "What is not there can be neither pushed nor loaded, nor be checked. Docker with the containerd store saves the index of all platforms, but the blobs of only those that were pulled.",
        "缺失的内容无法推送、加载或检查。使用 containerd 存储的 Docker 会保存所有平台的索引，但只保存已拉取平台的数据块。",
    ),
    help: text(
        "save one platform alone: `docker save --platform linux/amd64 …`, or pull all platforms first",
        "请只保存一个平台：`docker save --platform linux/amd64 …`，或先拉取所有平台",
    ),
    rests_on: &[&BLOBS_HAVE_DIGESTS],
    examples: &[
        bad(r#"{"images": [], "faults": [{"kind": "missing", "subject": "«sha256:aa»"}]}"#),
        bad(r#"{"images": [{"layers": [{"blob_digest": "«sha256:aa»", "is_present": false}]}]}"#),
        good(r#"{"images": [{"layers": [{"blob_digest": "sha256:aa", "files": []}]}]}"#),
    ],
    check: missing,
    ..IMAGE
};

fn missing(cx: &Context<'_>, found: &mut Findings) {
    let mut layers: Vec<&str> = Vec::new();
    for view in cx.images() {
        for (index, layer) in view.image.layers.iter().enumerate() {
            if layer.member.is_some() || layer.is_foreign {
                continue;
            }
            layers.push(&layer.name);
            let finding = found.add(&MISSING, view.layer_at(index));
            finding.severity(Severity::Error).arg("subject", shown(layer.name.as_bytes())).says(
                text(
                    "the layer `{subject}` is named but not in the archive",
                    "层 `{subject}` 被引用但不在归档中",
                ),
            );
        }
    }
    for (fault, at) in faults(cx).filter(|(fault, _)| fault.kind == FaultKind::Missing) {
        if !layers.contains(&fault.subject.as_str()) {
            found.add(&MISSING, at).arg("subject", shown(fault.subject.as_bytes()));
        }
    }
}

pub(super) static DIGEST_MISMATCH: Rule = Rule {
    id: "image/blob-digest-mismatch",
    severity: Severity::Error,
    summary: text("a blob with another digest than its name", "数据块的摘要与名称不符"),
    message: text(
        "the content of `{subject}` has another digest",
        "`{subject}` 的内容具有不同的摘要",
    ),
    why: text(
        "The registry and the node compute the digest, too, and refuse the blob: it was damaged or exchanged.",
        "镜像仓库与节点也会计算摘要并拒绝该数据块：内容已损坏或被替换。",
    ),
    help: text("copy or save the image again", "请重新复制或保存镜像"),
    rests_on: &[&BLOBS_HAVE_DIGESTS],
    examples: &[
        bad(r#"{"images": [], "faults": [{"kind": "digest-mismatch", "subject": "«sha256:aa»"}]}"#),
        bad(
            r#"{"images": [{"layers": [{"blob_digest": "«sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855»", "computed_digest": "sha256:a3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"blob_digest": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "files": []}]}]}"#,
        ),
    ],
    check: digests,
    ..IMAGE
};

fn digests(cx: &Context<'_>, found: &mut Findings) {
    each(cx, found, &DIGEST_MISMATCH, &[FaultKind::DigestMismatch]);
    for view in cx.images() {
        for (index, (told, layer)) in view.image.layers.iter().zip(&view.layers).enumerate() {
            if is_other_digest(&told.name) {
                found.unknown(&DIGEST_MISMATCH, view.layer_at(index));
            }
            let computed = layer.and_then(|layer| layer.blob_digest);
            if let (Some(told), Some(computed)) = (told.digest, computed)
                && told != computed
            {
                let finding = found.add(&DIGEST_MISMATCH, view.layer_at(index));
                finding.arg("subject", told).arg("computed", computed).says(text(
                    "the content of the layer `{subject}` has the digest `{computed}`",
                    "层 `{subject}` 的内容摘要为 `{computed}`",
                ));
            }
        }
    }
}

pub(super) static SIZE_MISMATCH: Rule = Rule {
    id: "image/blob-size-mismatch",
    severity: Severity::Error,
    summary: text("a blob of another size than is told", "数据块大小与描述不符"),
    message: text(
        "`{subject}` has another size than its descriptor tells",
        "`{subject}` 的大小与描述符不符",
    ),
    why: text(
        "Readers compare the size before they trust the content, and refuse the image.",
        "读取者在使用内容前会比较大小，并拒绝该镜像。",
    ),
    help: text("copy or save the image again", "请重新复制或保存镜像"),
    rests_on: &[&BLOBS_HAVE_DIGESTS],
    examples: &[
        bad(r#"{"images": [], "faults": [{"kind": "size", "subject": "«sha256:aa»"}]}"#),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| each(cx, found, &SIZE_MISMATCH, &[FaultKind::Size]),
    ..IMAGE
};

pub(super) static DIGEST_INVALID: Rule = Rule {
    id: "image/digest-invalid",
    severity: Severity::Error,
    summary: text("a digest that is none", "无效的摘要"),
    message: text("`{subject}` is no digest", "`{subject}` 不是有效的摘要"),
    why: text(
        "Content is found by its digest alone; a text such as a path may be meant to lead a reader astray.",
        "内容只能通过摘要查找；路径之类的文本可能意在误导读取者。",
    ),
    help: text(
        "build or save the image again with a current tool",
        "请用当前版本的工具重新构建或保存镜像",
    ),
    rests_on: &[&DIGEST_GRAMMAR],
    examples: &[
        bad(
            r#"{"images": [], "faults": [{"kind": "digest", "subject": "«sha256:../../etc/passwd»"}]}"#,
        ),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| each(cx, found, &DIGEST_INVALID, &[FaultKind::Digest]),
    ..IMAGE
};

pub(super) static TOO_DEEP: Rule = Rule {
    id: "image/index-too-deep",
    severity: Severity::Error,
    summary: text("indexes in a circle, or too many", "索引循环嵌套或过多"),
    message: text(
        "indexes are nested in a circle, too deep, or too many (at `{subject}`)",
        "索引循环嵌套、层数过深或数量过多（位于 `{subject}`）",
    ),
    why: text(
        "No image needs this; such an index is made to keep readers busy.",
        "正常镜像不会如此；这种索引意在消耗读取者的资源。",
    ),
    help: text("save the images that you need alone", "请只保存所需的镜像"),
    rests_on: &[&INDEX_LISTS_PLATFORMS],
    examples: &[
        bad(r#"{"images": [], "faults": [{"kind": "too-deep", "subject": "«sha256:aa»"}]}"#),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| each(cx, found, &TOO_DEEP, &[FaultKind::TooDeep]),
    ..IMAGE
};

pub(super) static UNSUPPORTED: Rule = Rule {
    id: "image/manifest-unsupported",
    severity: Severity::Error,
    summary: text("a manifest of a form that is not read", "不支持的清单格式"),
    message: text(
        "`{subject}` is a manifest of Docker's first schema, or an index and a manifest at once",
        "`{subject}` 是 Docker 第一版清单，或同时是索引与清单",
    ),
    why: text(
        "Registries no longer take the first schema, and what is both may be taken for either (CVE-2021-41190).",
        "镜像仓库已不再接受第一版清单；两者兼具的文档可能被作不同解读（CVE-2021-41190）。",
    ),
    help: text("build or push the image with a current tool", "请用当前版本的工具构建或推送镜像"),
    rests_on: &[&MANIFEST_OR_INDEX],
    examples: &[
        bad(r#"{"images": [], "faults": [{"kind": "schema1", "subject": "«sha256:aa»"}]}"#),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| {
        each(cx, found, &UNSUPPORTED, &[FaultKind::Schema1, FaultKind::Ambiguous]);
    },
    ..IMAGE
};

pub(super) static ARTIFACT: Rule = Rule {
    id: "image/artifact-not-runnable",
    severity: Severity::Info,
    summary: text("an artifact that is no image", "制品不是镜像"),
    message: text("this is no image that runs but `{kind}`", "这不是可运行的镜像，而是 `{kind}`"),
    why: text(
        "A platform cannot start it: it holds a chart, a signature or another file.",
        "平台无法启动它：它包含的是 chart、签名或其他文件。",
    ),
    help: text("give the platform the image itself", "请向平台提供镜像本身"),
    rests_on: &[&ARTIFACTS],
    examples: &[
        bad(
            r#"{"images": [{"kind": "«artifact»", "type": "application/vnd.cncf.helm.config.v1+json"}]}"#,
        ),
        good(r#"{"images": [{"kind": "image"}, {"kind": "attestation"}]}"#),
    ],
    check: artifacts,
    ..IMAGE
};

fn artifacts(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::Image) {
        let Some(archive) = document.archive() else { continue };
        // Beside an image they are its companions.
        if archive.facts.listing.images.iter().any(|image| image.kind == ImageKind::Image) {
            continue;
        }
        let told = archive.description.root.as_ref().and_then(|root| root.get("images")?.items());
        for (index, image) in archive.facts.listing.images.iter().enumerate() {
            let ImageKind::Artifact(kind) = &image.kind else { continue };
            let at = told.and_then(|told| told.get(index)?.get("kind"));
            let at = document.place(at.map_or(Span::at(0), Node::inner_span));
            found.add(&ARTIFACT, at).arg("kind", shown(kind.as_bytes()));
        }
    }
}

pub(super) static UNUSED: Rule = Rule {
    id: "image/blob-unused",
    severity: Severity::Info,
    summary: text("blobs that no image names", "没有镜像引用的数据块"),
    message: text(
        "{count} blobs ({size}) belong to no image of this archive",
        "{count} 个数据块（{size}）不属于该归档中的任何镜像",
    ),
    why: text("They make the file larger and are not pushed.", "它们会增大文件，但不会被推送。"),
    help: text(
        "save the image anew into an empty folder or file",
        "请将镜像重新保存到空文件夹或新文件",
    ),
    rests_on: &[&INDEX_LISTS_PLATFORMS],
    examples: &[
        bad(r#"{"images": [], "unused": [{"bytes": 2097152}], "container": "«oci-directory»"}"#),
        good(r#"{"images": [{"cmd": ["/app"]}]}"#),
    ],
    check: unused,
    ..IMAGE
};

/// What is smaller is not worth a word.
const MUCH: u64 = 1024 * 1024;

fn unused(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::Image) {
        let Some(archive) = document.archive() else { continue };
        let listing = &archive.facts.listing;
        if listing.unused_bytes >= MUCH {
            let finding = found.add(&UNUSED, told_at(document, "container"));
            finding
                .arg("count", listing.unused.len())
                .arg("size", super::size(listing.unused_bytes));
        }
    }
}
