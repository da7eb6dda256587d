//! The images: whether there is one, whether its address is one, and what its tag is.

use super::super::request::{has, requests};
use super::super::spec::{REFERENCE_GRAMMAR, REQUIRED, TAGS_MOVE};
use super::ECI;
use crate::reference::{NotAReference, ReferenceErrorKind, parse};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static MISSING: Rule = Rule {
    id: "eci/image-missing",
    severity: Severity::Error,
    summary: text("a container has no image", "容器没有镜像"),
    message: text("this container has no `Image`", "该容器缺少 `Image`"),
    why: text(
        "ECI has nothing to start and refuses the request.",
        "ECI 没有可启动的内容，会拒绝该请求。",
    ),
    help: text("add the image's address", "添加镜像地址"),
    rests_on: &[&REQUIRED],
    examples: &[
        bad("ContainerGroupName=web\n«Container.1».Name=web\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[«{»"Name":"web","Image":""}]}"#),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container:\n      - «Name»: web\n",
        ),
        bad("#!/bin/sh\naliyun eci CreateContainerGroup --«InitContainer.1».Name prepare\n"),
        good("ContainerGroupName=web\nContainer.1.Image=nginx:1.27\n"),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container:\n      - Name: web\n        Image: {Ref: Image}\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for container in request.containers() {
                if has(container.node, "Image") {
                    continue;
                }
                let finding = found.add(&MISSING, request.anchor(container.node));
                // The model calls it optional there, but nothing can be started without it.
                if container.is_init {
                    finding.severity(Severity::Warning);
                }
            }
        }
    },
    ..ECI
};

pub(super) static SCHEME: Rule = Rule {
    id: "eci/image-scheme",
    severity: Severity::Error,
    summary: text("the image's address begins with a scheme", "镜像地址带有协议"),
    message: text(
        "`{scheme}` does not belong in an image's address",
        "镜像地址中不应有 `{scheme}`",
    ),
    why: text(
        "With a scheme it is no address of an image: it cannot be pulled.",
        "带协议的地址不是镜像地址，无法拉取。",
    ),
    help: text("remove `{scheme}`", "删除 `{scheme}`"),
    rests_on: &[&REFERENCE_GRAMMAR],
    examples: &[
        bad("Container.1.Image=«https://»registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n")
            .fixed("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[{"Image":"«docker://»nginx:1.27"}]}"#)
            .fixed(r#"{"ContainerGroupName":"web","Container":[{"Image":"nginx:1.27"}]}"#),
        good("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n"),
    ],
    check: |cx, found| {
        wrong_references(cx, found, true);
    },
    ..ECI
};

pub(super) static INVALID: Rule = Rule {
    id: "eci/image-reference-invalid",
    severity: Severity::Error,
    summary: text("the image's address is none", "镜像地址无效"),
    message: text("this is no image address", "这不是有效的镜像地址"),
    why: text(
        "No registry knows such an address: the image cannot be pulled.",
        "任何仓库都无法识别该地址，镜像无法拉取。",
    ),
    help: text("write `host/namespace/repository:tag`", "请写成 `host/namespace/repository:tag`"),
    rests_on: &[&REFERENCE_GRAMMAR],
    examples: &[
        bad("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/«W»eb:1.2\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[{"Image":"nginx«:»"}]}"#),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container:\n      - Image: team/web@«sha256:abc»\n",
        ),
        good("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n"),
        good("Container.1.Image=registry-vpc.<region>.aliyuncs.com/team/web:1.2\n"),
        good("#!/bin/sh\naliyun eci CreateContainerGroup --Container.1.Image \"$IMAGE\"\n"),
    ],
    check: |cx, found| {
        wrong_references(cx, found, false);
    },
    ..ECI
};

fn wrong_references(cx: &Context<'_>, found: &mut Findings, wants_scheme: bool) {
    for request in requests(cx) {
        for image in request.images().iter().filter(|image| !image.node.is_unknown()) {
            let Err(NotAReference::Wrong(error)) = parse(image.text.text()) else { continue };
            let is_scheme = error.kind == ReferenceErrorKind::Scheme;
            if error.kind == ReferenceErrorKind::Empty || is_scheme != wants_scheme {
                continue;
            }
            let (start, end) = (error.range.start, error.range.end);
            let at = request.at(image.text.span(start, end));
            if is_scheme {
                let scheme = image.text.text().get(start..end).unwrap_or_default();
                let finding = found.add(&SCHEME, at).arg("scheme", scheme);
                if image.text.is_verbatim(start, end) && error.corrected.is_some() {
                    finding.fix(Fix::safe(text("remove the scheme", "删除协议")).delete(at));
                }
            } else {
                found.add(&INVALID, at).message = error.message();
            }
        }
    }
}

pub(super) static TAG_MISSING: Rule = Rule {
    id: "eci/image-tag-missing",
    severity: Severity::Info,
    summary: text("the image has no tag", "镜像没有标签"),
    message: text("the image has no tag, so `latest` is pulled", "镜像没有标签，将拉取 `latest`"),
    why: text(
        "What `latest` is changes with every push: an instance that starts later runs something else.",
        "`latest` 随每次推送变化：之后启动的实例会运行不同的内容。",
    ),
    help: text("name the version: `repository:1.0.0`", "写明版本：`repository:1.0.0`"),
    rests_on: &[&TAGS_MOVE],
    examples: &[
        bad("Container.1.Image=«registry-vpc.cn-hangzhou.aliyuncs.com/team/web»\n"),
        bad(
            r#"{"resource":{"alicloud_eci_container_group":{"web":{"containers":[{"image":"«nginx»"}]}}}}"#,
        ),
        good("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n"),
        good(
            "Container.1.Image=nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for image in request.images() {
                let Some(reference) = &image.reference else { continue };
                if reference.tag().is_none() && reference.digest().is_none() {
                    found.add(&TAG_MISSING, request.value(image.node));
                }
            }
        }
    },
    ..ECI
};

pub(super) static LATEST: Rule = Rule {
    id: "eci/image-latest",
    severity: Severity::Info,
    summary: text("`latest` together with a kept image", "`latest` 与缓存镜像同时使用"),
    message: text(
        "`latest` is not pulled again where `{key}` keeps the image",
        "`{key}` 会使用已有镜像，`latest` 不会重新拉取",
    ),
    why: text(
        "An image that is already there is used: which version runs is chance.",
        "会使用已存在的镜像：运行哪个版本无法确定。",
    ),
    help: text("name the version: `repository:1.0.0`", "写明版本：`repository:1.0.0`"),
    rests_on: &[&TAGS_MOVE],
    examples: &[
        bad("Container.1.Image=nginx:«latest»\nContainer.1.ImagePullPolicy=IfNotPresent\n"),
        bad("ContainerGroupName=web\nAutoMatchImageCache=true\nContainer.1.Image=nginx:«latest»\n"),
        good("Container.1.Image=nginx:latest\nContainer.1.ImagePullPolicy=Always\n"),
        good("Container.1.Image=nginx:1.27\nContainer.1.ImagePullPolicy=IfNotPresent\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for image in request.images() {
                let Some(reference) = &image.reference else { continue };
                let Some(range) = reference.tag_range() else { continue };
                let policy = image.container.get("ImagePullPolicy").and_then(|node| node.as_str());
                let key = match policy {
                    Some("IfNotPresent") => "IfNotPresent",
                    Some("Always") => continue,
                    _ if request.is_on("AutoMatchImageCache") => "AutoMatchImageCache",
                    _ => continue,
                };
                if reference.tag() == Some("latest") && reference.digest().is_none() {
                    let at = request.at(image.text.span(range.start, range.end));
                    found.add(&LATEST, at).arg("key", key);
                }
            }
        }
    },
    ..ECI
};
