//! The image's address: whether it is one, and whether EAS can pull from there.

use std::ops::Range;

use super::super::service::{Service, services};
use super::super::spec::{
    NO_INTERNET, PERSONAL_EDITION, PULL_OVER_VPC, REFERENCE_GRAMMAR, SAME_REGION, TAGS_MOVE,
    VPC_NEEDED,
};
use crate::fact::Platform;
use crate::reference::{ImageReference, Network, NotAReference, RegistryKind, parse, vpc_host};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{MappedText, Place, text};
use crate::tree::Node;

/// An image of a service, as its address reads.
pub(super) struct Image<'a> {
    service: Service<'a>,
    text: &'a MappedText,
    pub(super) reference: ImageReference,
}

impl Image<'_> {
    fn place(&self, range: Range<usize>) -> Place {
        self.service.at(self.text.span(range.start, range.end))
    }

    /// Where its name stands, the tag left out.
    pub(super) fn name(&self) -> Place {
        self.place(self.reference.name_range())
    }

    /// Where its tag stands.
    pub(super) fn tag(&self) -> Option<Place> {
        self.reference.tag_range().map(|range| self.place(range))
    }

    pub(super) fn host(&self) -> Option<Place> {
        self.reference.host_range().map(|range| self.place(range))
    }

    fn region(&self) -> Option<(&str, Place)> {
        let range = self.reference.registry().region?;
        let host = self.reference.host_range()?;
        let range = host.start + range.start..host.start + range.end;
        Some((self.reference.text().get(range.clone())?, self.place(range)))
    }
}

/// The addresses of a service: of its containers, of images that are mounted, of a processor's
/// data.
pub(super) fn addresses(service: Service<'_>) -> impl Iterator<Item = &Node> {
    let mounts = service.root.get("storage").and_then(Node::items).unwrap_or_default();
    let containers = service.containers().iter().filter_map(|node| node.get("image"));
    let mounted = mounts.iter().filter_map(|mount| mount.lookup(&["image", "image"]));
    containers.chain(mounted).chain(service.root.get("data_image"))
}

/// The addresses that can be read.
pub(super) fn images(service: Service<'_>) -> Vec<Image<'_>> {
    addresses(service)
        .filter(|node| !node.is_unknown())
        .filter_map(|node| {
            let text = node.as_text()?;
            Some(Image { service, text, reference: parse(text.text()).ok()? })
        })
        .collect()
}

pub(super) static ADDRESS: Rule = Rule {
    id: "eas/image-address",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("the image's address is none", "镜像地址无效"),
    message: text("this is no image address", "这不是有效的镜像地址"),
    why: text("A registry knows no such address: the image cannot be pulled.", "仓库无法识别该地址：无法拉取镜像。"),
    help: text("write `host/namespace/repository:tag`", "请写成 `host/namespace/repository:tag`"),
    rests_on: &[&REFERENCE_GRAMMAR],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«https://»acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/«A»pp:1.0"}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"storage":[{"mount_path":"/d","image":{"image":"«http://»r.example.com/a/b:1","path":"/d"}}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"storage":[{"mount_path":"/d","image":{"image":"r.example.com/a/b:1","path":"/d"}}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"${IMAGE}"}]}"#),
    ],
    check: address,
    ..Rule::DEFAULT
};

fn address(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for node in addresses(service) {
            if node.is_unknown() {
                continue;
            }
            let Some(text_of) = node.as_text() else { continue };
            let Err(NotAReference::Wrong(error)) = parse(text_of.text()) else { continue };
            let at = service.at(text_of.span(error.range.start, error.range.end));
            let finding = found.add(&ADDRESS, at);
            finding.message = error.message();
            let is_scheme = text_of.text().contains("://");
            if let Some(corrected) = error.corrected.filter(|_| is_scheme) {
                finding.fix(
                    Fix::safe(text("leave out the scheme", "去掉协议"))
                        .replace(service.value(node), corrected),
                );
            }
        }
    }
}

pub(super) static PUBLIC_ENDPOINT: Rule = Rule {
    id: "eas/image-public-endpoint",
    platform: Some(Platform::Eas),
    summary: text("the image is pulled over the Internet", "通过公网拉取镜像"),
    message: text("`{host}` is the public endpoint of the registry", "`{host}` 是仓库的公网地址"),
    why: text(
        "Pulling over the Internet is slow and takes a NAT gateway; without a way out the service ends in ImagePullBackOff.",
        "公网拉取缓慢且需要 NAT 网关；没有公网出口时服务会出现 ImagePullBackOff。",
    ),
    help: text("use the VPC endpoint: `{vpc}`", "请使用 VPC 地址：`{vpc}`"),
    rests_on: &[&PULL_OVER_VPC],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«acme-registry.cn-hangzhou.cr.aliyuncs.com»/ml/app:1.0"}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«registry.cn-hangzhou.aliyuncs.com»/ml/app:1.0"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"eas-registry-vpc.cn-hangzhou.cr.aliyuncs.com/pai-eas/x:1"}]}"#,
        ),
    ],
    check: |cx, found| {
        for image in services(cx).flat_map(images) {
            let registry = image.reference.registry();
            if !registry.kind.is_acr() || registry.network != Network::Public {
                continue;
            }
            let (Some(at), Some(host)) = (image.host(), image.reference.host()) else { continue };
            let vpc = vpc_host(host);
            let finding = found.add(&PUBLIC_ENDPOINT, at).arg("host", host);
            match vpc {
                // It takes the VPC to be configured, so it needs a human eye.
                Some(vpc) => {
                    finding.arg("vpc", &vpc).fix(
                        Fix::risky(text("use the VPC endpoint", "改用 VPC 地址")).replace(at, vpc),
                    );
                }
                None => {
                    finding.help(text(
                        "use the VPC endpoint of the registry",
                        "请使用仓库的 VPC 地址",
                    ));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static VPC_WITHOUT_VPC: Rule = Rule {
    id: "eas/image-vpc-without-vpc",
    platform: Some(Platform::Eas),
    summary: text(
        "the image lies in a VPC, the service does not",
        "镜像位于 VPC 中，而服务没有配置 VPC",
    ),
    message: text(
        "`{host}` is reached from a VPC, but the service names none",
        "`{host}` 需从 VPC 访问，而服务没有配置 VPC",
    ),
    why: text(
        "A service without a VPC does not reach the VPC endpoint of a registry: ImagePullBackOff.",
        "没有 VPC 的服务无法访问仓库的 VPC 地址：ImagePullBackOff。",
    ),
    help: text(
        "add `cloud.networking` with vpc_id, vswitch_id and security_group_id",
        "添加含 vpc_id、vswitch_id 和 security_group_id 的 `cloud.networking`",
    ),
    rests_on: &[&VPC_NEEDED],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com»/ml/app:1.0"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"vpc-1"}},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"eas-registry-vpc.cn-hangzhou.cr.aliyuncs.com/pai-eas/x:1"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","resource":"eas-r-a1"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#,
        ),
    ],
    check: |cx, found| {
        for image in services(cx).flat_map(images) {
            let registry = image.reference.registry();
            let is_own = matches!(
                registry.kind,
                RegistryKind::AcrPersonal
                    | RegistryKind::AcrPersonalOwnDomain
                    | RegistryKind::AcrEnterprise
            );
            let has_network = image.service.has_vpc() || image.service.has_own_resources();
            if is_own
                && registry.network == Network::Vpc
                && !has_network
                && let (Some(at), Some(host)) = (image.host(), image.reference.host())
            {
                found.add(&VPC_WITHOUT_VPC, at).arg("host", host);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static REGION_MISMATCH: Rule = Rule {
    id: "eas/image-region-mismatch",
    platform: Some(Platform::Eas),
    summary: text("images and mounts are of several regions", "镜像和挂载位于不同地域"),
    message: text("this is of {region}, the other of {other}", "此处为 {region}，另一处为 {other}"),
    why: text(
        "A service, its images over the VPC and its mounts are of one region; what is of another cannot be reached.",
        "服务、通过 VPC 拉取的镜像和挂载应位于同一地域；其他地域无法访问。",
    ),
    help: text("take everything from one region", "请使用同一地域的资源"),
    rests_on: &[&SAME_REGION],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"a-registry-vpc.cn-beijing.cr.aliyuncs.com/a/b:1"},{"image":"a-registry-vpc.«cn-shanghai».cr.aliyuncs.com/a/c:1"}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"a-registry-vpc.cn-beijing.cr.aliyuncs.com/a/b:1"}],"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/","endpoint":"oss-«cn-shanghai»-internal.aliyuncs.com"}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"a-registry-vpc.cn-beijing.cr.aliyuncs.com/a/b:1"}],"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/","endpoint":"oss-cn-beijing-internal.aliyuncs.com"}}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b","region":"cn-beijing"},"containers":[{"image":"a-registry-vpc.«cn-shanghai».cr.aliyuncs.com/a/c:1"}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[],"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/","endpoint":"oss-cn-beijing-internal.aliyuncs.com"}},{"mount_path":"/n","nfs":{"path":"/","server":"x.«cn-shanghai».nas.aliyuncs.com"}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"a-registry-vpc.cn-beijing.cr.aliyuncs.com/a/b:1"},{"image":"python:3.12"}]}"#,
        ),
        // The public endpoint serves every region.
        good(
            r#"{"metadata":{"name":"a_b","region":"cn-beijing"},"containers":[{"image":"registry.cn-shanghai.aliyuncs.com/a/b:1"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let all = images(service);
            let own = service.metadata(&["region"]).filter(|node| !node.is_unknown());
            let named = own.and_then(|node| Some((node.as_str()?.to_owned(), service.value(node))));
            // A public endpoint may lie in any region.
            let inside =
                all.iter().filter(|one| one.reference.registry().network != Network::Public);
            let pulled =
                inside.filter_map(Image::region).map(|(region, at)| (region.to_owned(), at));
            let mounted = mount_regions(service);
            let is_mount = |at: &Place| mounted.iter().any(|(_, mount)| mount == at);
            let regions: Vec<(String, Place)> =
                named.into_iter().chain(pulled).chain(mounted.iter().cloned()).collect();
            let Some((first, first_at)) = regions.first() else { continue };
            for (region, at) in regions.iter().filter(|(region, _)| region != first) {
                let finding = found.add(&REGION_MISMATCH, *at);
                finding
                    .arg("region", region)
                    .arg("other", first)
                    .related(*first_at, text("the other region", "另一个地域"));
                // No mount crosses regions.
                if is_mount(at) && is_mount(first_at) {
                    finding.severity(Severity::Error);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

/// The regions in the endpoints of mounts.
fn mount_regions(service: Service<'_>) -> Vec<(String, Place)> {
    let mounts = service.root.get("storage").and_then(Node::items).unwrap_or_default();
    let mut found = Vec::new();
    for mount in mounts {
        let nodes = [mount.lookup(&["oss", "endpoint"]), mount.lookup(&["nfs", "server"])];
        for node in nodes.into_iter().flatten().filter(|node| !node.is_unknown()) {
            let Some(text) = node.as_text() else { continue };
            if let Some(range) = endpoint_region(text.text())
                && let Some(region) = text.text().get(range.clone())
            {
                found.push((region.to_owned(), service.at(text.span(range.start, range.end))));
            }
        }
    }
    found
}

/// The region in `oss-cn-beijing-internal.aliyuncs.com` or `x.cn-beijing.nas.aliyuncs.com`.
fn endpoint_region(endpoint: &str) -> Option<Range<usize>> {
    let host_start = endpoint.find("://").map_or(0, |at| at + 3);
    let host = &endpoint[host_start..];
    if let Some(rest) = host.strip_prefix("oss-") {
        let name = rest.split('.').next()?;
        let name = name.strip_suffix("-internal").unwrap_or(name);
        return Some(host_start + 4..host_start + 4 + name.len());
    }
    let end = host.find(".nas.aliyuncs.com")?;
    let start = host[..end].rfind('.')? + 1;
    Some(host_start + start..host_start + end)
}

pub(super) static DOCKER_HUB: Rule = Rule {
    id: "eas/image-docker-hub",
    platform: Some(Platform::Eas),
    summary: text("the image lies in a registry on the Internet", "镜像位于公网仓库"),
    message: text(
        "`{image}` comes from {registry}, on the Internet",
        "`{image}` 来自公网的 {registry}",
    ),
    why: text(
        "A service has no way to the Internet by default: the image cannot be pulled, or slowly over a NAT gateway.",
        "服务默认无法访问公网：镜像无法拉取，或只能通过 NAT 网关缓慢拉取。",
    ),
    help: text("push a copy to ACR and use its VPC endpoint", "请推送到 ACR，并使用其 VPC 地址"),
    rests_on: &[&NO_INTERNET],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«vllm/vllm-openai»:v0.9"}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«ghcr.io/acme/app»:1"}]}"#),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"harbor.acme.example/ml/app:1.0"}]}"#,
        ),
    ],
    check: |cx, found| {
        for image in services(cx).flat_map(images) {
            let kind = image.reference.registry().kind;
            let is_abroad = matches!(
                kind,
                RegistryKind::DockerHub
                    | RegistryKind::GitHub
                    | RegistryKind::Quay
                    | RegistryKind::Google
                    | RegistryKind::Nvidia
                    | RegistryKind::Microsoft
                    | RegistryKind::Kubernetes
            );
            if is_abroad {
                let range = image.reference.name_range();
                let name = image.reference.text().get(range.clone()).unwrap_or_default();
                found
                    .add(&DOCKER_HUB, image.place(range))
                    .arg("image", name)
                    .arg("registry", kind.title());
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PERSONAL: Rule = Rule {
    id: "eas/image-personal-edition",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("the image lies in ACR Personal Edition", "镜像位于 ACR 个人版"),
    message: text(
        "`{host}` is ACR Personal Edition, which is for tests",
        "`{host}` 是 ACR 个人版，仅供测试",
    ),
    why: text(
        "The Personal Edition has no guarantee and one region; EAS advises the Enterprise Edition for production.",
        "个人版没有服务保障且限单一地域；EAS 建议生产环境使用企业版。",
    ),
    help: text("use ACR Enterprise Edition in production", "生产环境请使用 ACR 企业版"),
    rests_on: &[&PERSONAL_EDITION],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«registry-vpc.cn-hangzhou.aliyuncs.com»/ml/app:1.0"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#,
        ),
    ],
    check: |cx, found| {
        for image in services(cx).flat_map(images) {
            let kind = image.reference.registry().kind;
            let is_personal =
                matches!(kind, RegistryKind::AcrPersonal | RegistryKind::AcrPersonalOwnDomain);
            if is_personal && let (Some(at), Some(host)) = (image.host(), image.reference.host()) {
                found.add(&PERSONAL, at).arg("host", host);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static TAG: Rule = Rule {
    id: "eas/image-tag",
    platform: Some(Platform::Eas),
    summary: text("the image's tag moves", "镜像标签不固定"),
    message: text("the image has no tag, so it is `latest`", "镜像没有标签，即 `latest`"),
    why: text(
        "`latest` is another image after each push: instances that start later run other code, and a rollback finds nothing to go back to.",
        "每次推送后 `latest` 都是不同的镜像：后启动的实例运行不同的代码，也无法回滚。",
    ),
    help: text(
        "give a tag that names a version, such as `:1.0.0`",
        "请使用表示版本的标签，例如 `:1.0.0`",
    ),
    rests_on: &[&TAGS_MOVE],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app»"}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:«latest»"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}]}"#,
        ),
    ],
    check: |cx, found| {
        for image in services(cx).flat_map(images) {
            if image.reference.digest().is_some() {
                continue;
            }
            match image.reference.tag_range() {
                None => {
                    found.add(&TAG, image.place(image.reference.name_range()));
                }
                Some(range) if image.reference.tag() == Some("latest") => {
                    found.add(&TAG, image.place(range)).says(text(
                        "`latest` is another image after each push",
                        "每次推送后 `latest` 都是不同的镜像",
                    ));
                }
                Some(_) => {}
            }
        }
    },
    ..Rule::DEFAULT
};
