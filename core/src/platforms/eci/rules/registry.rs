//! Registries that need something: a credential, an entry of their own, a list of flags; image caches.

use super::super::request::{Image, Request, Spelling, has, host_of_server, known, requests};
use super::super::spec::{
    ACR_INSTANCE_ID, ACR_ONLY, HTTP_OR_HTTPS, IMAGE_CACHE, OWN_DOMAIN_PULLS, PRIVATE_IMAGES,
    REGISTRY_FLAGS,
};
use super::ECI;
use super::credential::{Logins, is_well_known};
use crate::reference::RegistryKind;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Place, text};

fn at_host(request: &Request<'_>, image: &Image<'_>) -> Place {
    match &image.host_range {
        Some(range) => request.at(image.text.span(range.start, range.end)),
        None => request.value(image.node),
    }
}

pub(super) static PROBABLY_NEEDED: Rule = Rule {
    id: "eci/credential-probably-needed",
    severity: Severity::Info,
    summary: text("a private-looking registry without a credential", "私有仓库没有凭证"),
    message: text("there is no credential for `{host}`", "没有 `{host}` 的凭证"),
    why: text(
        "If the registry wants a login, the image cannot be pulled.",
        "如果该仓库需要登录，镜像将无法拉取。",
    ),
    help: text(
        "add `ImageRegistryCredential` if the image is private",
        "如果镜像是私有的，请添加 `ImageRegistryCredential`",
    ),
    rests_on: &[&PRIVATE_IMAGES],
    examples: &[
        bad("Container.1.Image=«registry.example.com»/team/web:1.2\n"),
        good(
            "Container.1.Image=registry.example.com/team/web:1.2\nImageRegistryCredential.1.Server=registry.example.com\n",
        ),
        good("Container.1.Image=ghcr.io/team/web:1.2\n"),
        good("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let logins = Logins::of(&request);
            for image in request.images() {
                let Some(host) = image.host.as_deref().filter(|host| !is_well_known(host)) else {
                    continue;
                };
                let is_acr = names_domain(&request, host);
                if !is_acr && !logins.may_be_for(host) {
                    found.add(&PROBABLY_NEEDED, at_host(&request, &image)).arg("host", host);
                }
            }
        }
    },
    ..ECI
};

/// Whether an entry of `AcrRegistryInfo` may speak of `host`, which is none of ACR's own.
fn names_domain(request: &Request<'_>, host: &str) -> bool {
    request.get("AcrRegistryInfo").is_some_and(|node| node.is_unknown())
        || request.objects("AcrRegistryInfo").any(|entry| match entry.get("Domain") {
            None => true,
            Some(domains) => match domains.items() {
                Some(items) => {
                    items.iter().any(|one| one.is_unknown() || one.as_str() == Some(host))
                }
                None => domains.is_unknown() || domains.as_str() == Some(host),
            },
        })
}

pub(super) static ACR_HOST: Rule = Rule {
    id: "eci/acr-registry-info-host",
    severity: Severity::Warning,
    summary: text("a registry instance that no image comes from", "没有镜像来自该 ACR 实例"),
    message: text(
        "`AcrRegistryInfo` is for images in Container Registry, and none of these is",
        "`AcrRegistryInfo` 用于容器镜像服务中的镜像，而这里没有这样的镜像",
    ),
    why: text(
        "Images elsewhere are never pulled without a secret: the entry does nothing.",
        "其他仓库的镜像无法免密拉取：该配置不起作用。",
    ),
    help: text(
        "pull the image from the instance, or remove the entry",
        "使用该实例中的镜像，或删除该配置",
    ),
    rests_on: &[&ACR_ONLY],
    examples: &[
        bad("Container.1.Image=nginx:1.27\n«AcrRegistryInfo.1».InstanceId=cri-1\n"),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Image":"ghcr.io/a/b:1"}],"AcrRegistryInfo":[«{»"InstanceId":"cri-1","Domain":["a.example.com"]}]}"#,
        ),
        good(
            "Container.1.Image=acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/team/web:1.2\nAcrRegistryInfo.1.InstanceId=cri-1\n",
        ),
        good(
            "Container.1.Image=a.example.com/team/web:1.2\nAcrRegistryInfo.1.InstanceId=cri-1\nAcrRegistryInfo.1.Domain.1=a.example.com\n",
        ),
        // A domain of the instance's own may be any.
        good("Container.1.Image=a.example.com/team/web:1.2\nAcrRegistryInfo.1.InstanceId=cri-1\n"),
        good("Container.1.Image=${IMAGE}\nAcrRegistryInfo.1.InstanceId=cri-1\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let Some(first) = request.objects("AcrRegistryInfo").next() else { continue };
            let images = request.images();
            let may_be_acr = |image: &Image<'_>| match (&image.host, image.registry()) {
                (Some(host), Some(registry)) => {
                    registry.kind.is_acr()
                        || registry.kind == RegistryKind::Other && names_domain(&request, host)
                }
                _ => true,
            };
            let is_known = request.is_known_list("Container")
                && images.len() == request.containers().len()
                && !images.is_empty();
            if is_known && !images.iter().any(may_be_acr) {
                found.add(&ACR_HOST, request.anchor(first));
            }
        }
    },
    ..ECI
};

pub(super) static ACR_ID: Rule = Rule {
    id: "eci/acr-instance-id",
    severity: Severity::Warning,
    summary: text("a registry instance without its id", "ACR 实例缺少 ID"),
    message: text(
        "this entry names no registry instance `cri-…`",
        "该配置没有指定 ACR 实例 `cri-…`",
    ),
    why: text(
        "Which instance is meant is not known, and the image is not pulled without a secret.",
        "无法确定是哪个实例，镜像不能免密拉取。",
    ),
    help: text(
        "set `InstanceId` to the id from the console, cri-…",
        "将 `InstanceId` 设为控制台中的 ID（cri-…）",
    ),
    rests_on: &[&ACR_INSTANCE_ID],
    examples: &[
        bad("AcrRegistryInfo.1.InstanceId=«acme»\nContainer.1.Image=a.example.com/b:1\n"),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      AcrRegistryInfo: [«{»InstanceName: acme}]\n",
        ),
        good("AcrRegistryInfo.1.InstanceId=cri-0a1b2c3d\nContainer.1.Image=a.example.com/b:1\n"),
        good(
            "AcrRegistryInfo.1.InstanceName=${NAME}\nAcrRegistryInfo.1.InstanceId=${ID}\nContainer.1.Image=a.example.com/b:1\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for entry in request.objects("AcrRegistryInfo") {
                if !has(entry, "InstanceId") {
                    let finding = found.add(&ACR_ID, request.anchor(entry));
                    if request.spelling == Spelling::Ros {
                        finding.severity(Severity::Error);
                    }
                } else if let Some((node, id)) = known(entry, "InstanceId")
                    && !id.starts_with("cri-")
                {
                    found.add(&ACR_ID, request.value(node));
                }
            }
        }
    },
    ..ECI
};

pub(super) static PERSONAL_NEEDS_CREDENTIAL: Rule = Rule {
    id: "eci/crpi-needs-credential",
    severity: Severity::Info,
    summary: text("a personal registry without a credential", "个人版实例没有凭证"),
    message: text("there is no credential for `{host}`", "没有 `{host}` 的凭证"),
    why: text(
        "A personal instance gives nothing to strangers; only an account's own groups may pull without a secret.",
        "个人版实例不允许匿名拉取；只有同账号的容器组可以免密拉取。",
    ),
    help: text(
        "add `ImageRegistryCredential` unless instance and group are of one account",
        "除非实例与容器组属于同一账号，否则请添加 `ImageRegistryCredential`",
    ),
    rests_on: &[&OWN_DOMAIN_PULLS, &ACR_ONLY],
    examples: &[
        bad(
            "Container.1.Image=«crpi-0a1b2c3d-vpc.cn-hangzhou.personal.cr.aliyuncs.com»/team/web:1.2\n",
        ),
        good(
            "Container.1.Image=crpi-0a1b2c3d-vpc.cn-hangzhou.personal.cr.aliyuncs.com/team/web:1.2\nImageRegistryCredential.1.Server=crpi-0a1b2c3d-vpc.cn-hangzhou.personal.cr.aliyuncs.com\n",
        ),
        good("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let logins = Logins::of(&request);
            for image in request.images() {
                let Some(host) = image.host.as_deref() else { continue };
                let kind = image.registry().map(|registry| registry.kind);
                if kind == Some(RegistryKind::AcrPersonalOwnDomain) && !logins.may_be_for(host) {
                    found
                        .add(&PERSONAL_NEEDS_CREDENTIAL, at_host(&request, &image))
                        .arg("host", host);
                }
            }
        }
    },
    ..ECI
};

/// An entry of a list of hosts with commas between: where it begins in the text, and itself.
fn entries(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut entries = Vec::new();
    for part in text.split(',') {
        let entry = part.trim();
        let from = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        if !entry.is_empty() {
            entries.push((from, entry));
        }
    }
    entries
}

const LISTS: [&str; 2] = ["PlainHttpRegistry", "InsecureRegistry"];

pub(super) static FLAG_HOST: Rule = Rule {
    id: "eci/registry-flag-host",
    severity: Severity::Warning,
    summary: text(
        "a listed registry that is no host, or no image's",
        "列出的仓库不是域名或不匹配镜像",
    ),
    message: text("`{entry}` is the host of no image", "`{entry}` 不是任何镜像的域名"),
    why: text(
        "The list is compared with the hosts of the images: the entry does nothing, and the pull fails.",
        "该列表与镜像的域名比较：此项不起作用，拉取会失败。",
    ),
    help: text("write `host:port` as in the image's address", "按镜像地址写成 `host:port`"),
    rests_on: &[&REGISTRY_FLAGS],
    examples: &[
        bad("Container.1.Image=10.0.0.5:5000/web:1\nPlainHttpRegistry=«http://»10.0.0.5:5000\n")
            .fixed("Container.1.Image=10.0.0.5:5000/web:1\nPlainHttpRegistry=10.0.0.5:5000\n"),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Image":"a.example.com/web:1"}],"InsecureRegistry":"a.example.com,«b.example.com»"}"#,
        ),
        bad("Container.1.Image=a.example.com/team/web:1\nInsecureRegistry=«a.example.com/team»\n"),
        good("Container.1.Image=10.0.0.5:5000/web:1\nPlainHttpRegistry=10.0.0.5:5000\n"),
        good("Container.1.Image=${IMAGE}\nPlainHttpRegistry=10.0.0.5:5000\n"),
    ],
    check: flag_host,
    ..ECI
};

fn flag_host(cx: &Context<'_>, found: &mut Findings) {
    for request in requests(cx).iter().filter(|request| request.spelling != Spelling::Ros) {
        let images = request.images();
        let is_known = request.is_known_list("Container")
            && images.len() == request.containers().len()
            && !images.is_empty()
            && images.iter().all(|image| image.has_host());
        for key in LISTS {
            let Some((node, _)) = request.known(key) else { continue };
            let Some(written) = node.as_text() else { continue };
            for (from, entry) in entries(written.text()) {
                let place = |start: usize, end: usize| request.at(written.span(start, end));
                if let Some(scheme) = entry.find("://").map(|at| at + 3) {
                    let at = place(from, from + scheme);
                    let finding =
                        found.add(&FLAG_HOST, at).arg("entry", host_of_server(entry)).says(text(
                            "`{entry}` is listed with a scheme; the list holds hosts",
                            "`{entry}` 带有协议；该列表只应填写域名",
                        ));
                    if written.is_verbatim(from, from + scheme) {
                        finding.fix(Fix::safe(text("remove the scheme", "删除协议")).delete(at));
                    }
                    continue;
                }
                let is_used = |image: &Image<'_>| {
                    image.host.as_deref().is_some_and(|host| host.eq_ignore_ascii_case(entry))
                };
                if (is_known && !images.iter().any(is_used)) || entry.contains('/') {
                    found
                        .add(&FLAG_HOST, place(from, from + entry.len()))
                        .arg("entry", host_of_server(entry));
                }
            }
        }
    }
}

pub(super) static FLAG_CONFLICT: Rule = Rule {
    id: "eci/registry-flag-conflict",
    severity: Severity::Warning,
    summary: text("a registry on HTTP and on HTTPS at once", "仓库同时使用 HTTP 和 HTTPS"),
    message: text("`{host}` is in both lists", "`{host}` 同时出现在两个列表中"),
    why: text(
        "A registry speaks HTTP, or HTTPS with a certificate of its own, not both.",
        "仓库要么使用 HTTP，要么使用自签证书的 HTTPS，不会两者兼有。",
    ),
    help: text("keep it in one list", "只在一个列表中保留"),
    rests_on: &[&HTTP_OR_HTTPS],
    examples: &[
        bad(
            "Container.1.Image=10.0.0.5:5000/web:1\nPlainHttpRegistry=10.0.0.5:5000\nInsecureRegistry=«10.0.0.5:5000»\n",
        ),
        good(
            "Container.1.Image=10.0.0.5:5000/web:1\nPlainHttpRegistry=10.0.0.5:5000\nInsecureRegistry=10.0.0.6\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let (Some((_, plain)), Some((node, insecure))) =
                (request.known(LISTS[0]), request.known(LISTS[1]))
            else {
                continue;
            };
            let Some(written) = node.as_text() else { continue };
            let plain = entries(plain);
            for (from, entry) in entries(insecure) {
                if plain.iter().any(|(_, other)| *other == entry) {
                    let at = request.at(written.span(from, from + entry.len()));
                    found.add(&FLAG_CONFLICT, at).arg("host", host_of_server(entry));
                }
            }
        }
    },
    ..ECI
};

pub(super) static CACHE_CONFLICT: Rule = Rule {
    id: "eci/image-cache-conflict",
    severity: Severity::Info,
    summary: text("an image cache is named and looked for", "既指定又自动匹配镜像缓存"),
    message: text(
        "an image cache is named, so none is looked for",
        "已指定镜像缓存，不会再自动匹配",
    ),
    why: text("One of the two settings does nothing.", "两项设置中有一项不起作用。"),
    help: text(
        "remove `AutoMatchImageCache` or `ImageSnapshotId`",
        "删除 `AutoMatchImageCache` 或 `ImageSnapshotId`",
    ),
    rests_on: &[&IMAGE_CACHE],
    examples: &[
        bad("ContainerGroupName=web\nImageSnapshotId=imc-1\nAutoMatchImageCache=«true»\n"),
        good("ContainerGroupName=web\nImageSnapshotId=imc-1\n"),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|one| one.is_on("AutoMatchImageCache")) {
            if let Some(node) = request.get("AutoMatchImageCache")
                && has(request.root(), "ImageSnapshotId")
            {
                found.add(&CACHE_CONFLICT, request.value(node));
            }
        }
    },
    ..ECI
};

pub(super) static SNAPSHOT_ID: Rule = Rule {
    id: "eci/image-snapshot-id",
    severity: Severity::Warning,
    summary: text("this is no id of an image cache", "不是镜像缓存 ID"),
    message: text("`{id}` is no id of an image cache", "`{id}` 不是镜像缓存的 ID"),
    why: text("ECI does not find the cache.", "ECI 找不到该镜像缓存。"),
    help: text("write the id of an image cache, imc-…", "填写镜像缓存的 ID（imc-…）"),
    rests_on: &[&IMAGE_CACHE],
    examples: &[
        bad("ContainerGroupName=web\nImageSnapshotId=«cache»\n"),
        good("ContainerGroupName=web\nImageSnapshotId=imc-1\n"),
        // ROS takes the id of the snapshot as well.
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ImageSnapshotId: s-1\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let Some((node, id)) = request.known("ImageSnapshotId") else { continue };
            let is_id = id.starts_with("imc-")
                || (request.spelling == Spelling::Ros && id.starts_with("s-"));
            if !id.is_empty() && !is_id {
                found.add(&SNAPSHOT_ID, request.value(node)).arg("id", id);
            }
        }
    },
    ..ECI
};
