//! Where images come from and how the group gets there: registries, regions, the Internet.

use std::collections::HashMap;

use super::super::request::{Image, Request, Spelling, has, known, requests};
use super::super::spec::{
    EIP_BANDWIDTH, INTERNET_IMAGES, ONE_EIP, OWN_DOMAIN_PULLS, VPC_IS_REGIONAL,
};
use super::ECI;
use crate::reference::{Network, RegistryKind, vpc_host};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Message, SourceId, text};
use crate::tree::Node;

pub(super) static PUBLIC_PERSONAL: Rule = Rule {
    id: "eci/crpi-public-endpoint",
    severity: Severity::Error,
    summary: text("the public address of a personal registry", "使用个人版实例的公网地址"),
    message: text("nobody can pull from `{host}`", "`{host}` 不允许拉取镜像"),
    why: text(
        "A personal instance with a domain of its own gives out images through its VPC address alone.",
        "拥有独立域名的个人版实例只能通过 VPC 地址拉取镜像。",
    ),
    help: text("pull from the VPC address `{vpc}`", "改用 VPC 地址 `{vpc}`"),
    rests_on: &[&OWN_DOMAIN_PULLS],
    examples: &[
        bad(
            "Container.1.Image=«crpi-0a1b2c3d.cn-hangzhou.personal.cr.aliyuncs.com»/team/web:1.2\n",
        ),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Image":"«crpi-0a1b2c3d.cn-hangzhou.personal.cr.aliyuncs.com»/team/web:1.2"}]}"#,
        ),
        good(
            "Container.1.Image=crpi-0a1b2c3d-vpc.cn-hangzhou.personal.cr.aliyuncs.com/team/web:1.2\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for image in request.images() {
                let (Some(registry), Some(host)) = (image.registry(), &image.host) else {
                    continue;
                };
                let (Some(range), Some(vpc)) = (&image.host_range, vpc_host(host)) else {
                    continue;
                };
                if registry.kind != RegistryKind::AcrPersonalOwnDomain {
                    continue;
                }
                let at = request.at(image.text.span(range.start, range.end));
                let finding = found.add(&PUBLIC_PERSONAL, at).arg("host", host).arg("vpc", &vpc);
                if image.text.is_verbatim(range.start, range.end) {
                    finding.fix(
                        Fix::risky(text("use the VPC address", "改用 VPC 地址")).replace(at, vpc),
                    );
                }
            }
        }
    },
    ..ECI
};

pub(super) static REGION_MISMATCH: Rule = Rule {
    id: "eci/region-mismatch",
    severity: Severity::Warning,
    summary: text("an internal address of another region", "内网地址属于其他地域"),
    message: text(
        "this address serves the VPCs of {image}, the group runs in {group}",
        "该地址只服务于 {image} 的 VPC，而容器组位于 {group}",
    ),
    why: text(
        "The address is not reached from another region: the image cannot be pulled.",
        "其他地域无法访问该地址，镜像无法拉取。",
    ),
    help: text(
        "use the registry of {group}, or the public address with an EIP or NAT gateway",
        "使用 {group} 的仓库，或通过 EIP 或 NAT 网关使用公网地址",
    ),
    rests_on: &[&VPC_IS_REGIONAL],
    examples: &[
        bad(
            "RegionId=cn-beijing\nContainer.1.Image=registry-vpc.«cn-hangzhou».aliyuncs.com/team/web:1.2\n",
        ),
        bad(
            r#"{"RegionId":"cn-beijing","ContainerGroupName":"web","Container":[{"Image":"acme-registry-vpc.«cn-hangzhou».cr.aliyuncs.com/team/web:1.2"}]}"#,
        ),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ZoneId: cn-beijing-h\n      Container: [{Name: web, Image: 'registry-vpc.«cn-hangzhou».aliyuncs.com/team/web:1.2'}]\n",
        ),
        bad(
            "AcrRegistryInfo.1.InstanceId=cri-1\nAcrRegistryInfo.1.RegionId=cn-beijing\nContainer.1.Image=acme-registry-vpc.«cn-hangzhou».cr.aliyuncs.com/team/web:1.2\n",
        ),
        good(
            "ZoneId=ap-southeast-1a\nContainer.1.Image=registry-vpc.ap-southeast-1.aliyuncs.com/team/web:1.2\n",
        ),
        good(
            "ZoneId=cn-hangzhou-b\nContainer.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n",
        ),
        good(
            "RegionId=cn-hangzhou\nContainer.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n",
        ),
        good(
            "RegionId=cn-beijing\nContainer.1.Image=registry.cn-hangzhou.aliyuncs.com/team/web:1.2\n",
        ),
        good(
            "RegionId=${REGION}\nContainer.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            acr_mismatch(&request, found);
            let Some((node, group)) = region(&request) else { continue };
            for image in request.images() {
                let Some(registry) = image.registry() else { continue };
                let (Some(inner), Some(host)) = (&registry.region, &image.host_range) else {
                    continue;
                };
                let range = host.start + inner.start..host.start + inner.end;
                let region = image.text.text().get(range.clone()).unwrap_or_default();
                let is_internal = matches!(registry.network, Network::Vpc | Network::Internal);
                if !is_internal || !registry.kind.is_acr() || region == group {
                    continue;
                }
                found
                    .add(&REGION_MISMATCH, request.at(image.text.span(range.start, range.end)))
                    .arg("image", region)
                    .arg("group", group)
                    .related_message(
                        request.value(node),
                        Message::new(text("the group runs in {group}", "容器组位于 {group}"))
                            .arg("group", group),
                    );
            }
        }
    },
    ..ECI
};

/// The region that the request names, or that its zone lies in.
fn region<'r>(request: &'r Request<'_>) -> Option<(&'r Node, &'r str)> {
    let named = request.known("RegionId").filter(|(_, region)| !region.is_empty());
    named.or_else(|| {
        let (node, zone) = request.known("ZoneId")?;
        // `cn-hangzhou-b`, `ap-southeast-1a`
        let region = zone.strip_suffix(|c: char| c.is_ascii_lowercase())?;
        let region = region.strip_suffix('-').unwrap_or(region);
        let is_one = region.matches('-').count() > 0 && !region.ends_with(char::is_alphabetic)
            || zone.get(..region.len() + 1).is_some_and(|start| start.ends_with('-'));
        is_one.then_some((node, region))
    })
}

/// An instance of the registry in another region than the address of an image that it holds.
fn acr_mismatch(request: &Request<'_>, found: &mut Findings) {
    let mut entries = request.objects("AcrRegistryInfo");
    let (Some(entry), None) = (entries.next(), entries.next()) else { return };
    let Some((node, own)) = known(entry, "RegionId") else { return };
    for image in request.images() {
        let Some(registry) = image.registry().filter(|one| one.kind == RegistryKind::AcrEnterprise)
        else {
            continue;
        };
        let (Some(inner), Some(host)) = (&registry.region, &image.host_range) else { continue };
        let range = host.start + inner.start..host.start + inner.end;
        let region = image.text.text().get(range.clone()).unwrap_or_default();
        if region != own && !own.is_empty() {
            found
                .add(&REGION_MISMATCH, request.at(image.text.span(range.start, range.end)))
                .says(text(
                    "this address is in {image}, `AcrRegistryInfo` names an instance in {group}",
                    "该地址位于 {image}，而 `AcrRegistryInfo` 指定的实例位于 {group}",
                ))
                .help(text("name one region in both places", "两处使用相同的地域"))
                .arg("image", region)
                .arg("group", own)
                .related(request.value(node), text("the instance's region", "实例的地域"));
        }
    }
}

pub(super) static INTERNET_IMAGE: Rule = Rule {
    id: "eci/internet-image-no-eip",
    severity: Severity::Warning,
    summary: text("an image of the Internet, but no way there", "公网镜像但没有公网出口"),
    message: text(
        "the image is pulled from `{host}` over the Internet, but the group has no EIP",
        "镜像需从公网的 `{host}` 拉取，但容器组没有 EIP",
    ),
    why: text(
        "In a VPC without a NAT gateway the image cannot be pulled.",
        "在没有 NAT 网关的 VPC 中无法拉取该镜像。",
    ),
    help: text(
        "give the group an EIP (`EipInstanceId` or `AutoCreateEip`), or the VPC a NAT gateway with an SNAT entry, or copy the image to Container Registry",
        "为容器组绑定 EIP（`EipInstanceId` 或 `AutoCreateEip`），或在 VPC 中配置带 SNAT 条目的 NAT 网关，或将镜像复制到容器镜像服务",
    ),
    rests_on: &[&INTERNET_IMAGES],
    examples: &[
        bad("ContainerGroupName=web\nContainer.1.Image=«nginx:1.27»\n"),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Name: web, Image: '«nginx:1.27»'}]\n",
        ),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Image":"«registry.cn-hangzhou.aliyuncs.com»/team/web:1.2"}]}"#,
        ),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      EipInstanceId: {Ref: Eip}\n      Container: [{Name: web, Image: 'nginx:1.27'}]\n",
        ),
        good(
            "Resources:\n  Nat: {Type: 'ALIYUN::VPC::NatGateway'}\n  Snat: {Type: 'ALIYUN::VPC::SnatEntry'}\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Name: web, Image: 'nginx:1.27'}]\n",
        ),
        good("AutoCreateEip=true\nContainer.1.Image=nginx:1.27\n"),
        good("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n"),
        // An address of one's own may lie in the VPC.
        good("Container.1.Image=registry.example.com/team/web:1.2\n"),
    ],
    check: internet_image,
    ..ECI
};

fn internet_image(cx: &Context<'_>, found: &mut Findings) {
    // Of one document once: a template may hold thousands of groups.
    let mut ways_out: HashMap<SourceId, bool> = HashMap::new();
    for request in requests(cx) {
        let auto = request.get("AutoCreateEip").is_some_and(|node| {
            node.is_unknown() || super::super::request::flag(node) == Some(true)
        });
        // A cache holds the image already.
        let is_cached = has(request.root(), "ImageSnapshotId");
        let mut leads_out = || {
            let known = ways_out.entry(request.part.document.id);
            *known.or_insert_with(|| has_way_out(&request))
        };
        if auto || has(request.root(), "EipInstanceId") || is_cached || leads_out() {
            continue;
        }
        for image in request.images() {
            let Some(registry) = image.registry() else { continue };
            let Some(host) = image.host.as_deref() else { continue };
            // Nobody can pull from there at all.
            let is_other = registry.kind == RegistryKind::AcrPersonalOwnDomain;
            if registry.network == Network::Public && !is_other {
                found.add(&INTERNET_IMAGE, at_host(&request, &image)).arg("host", host);
            }
        }
    }
}

/// The host in the address, or the whole of one that has none.
fn at_host(request: &Request<'_>, image: &Image<'_>) -> crate::text::Place {
    match &image.host_range {
        Some(range) => request.at(image.text.span(range.start, range.end)),
        None => request.value(image.node),
    }
}

/// Whether something in the same document leads to the Internet.
fn has_way_out(request: &Request<'_>) -> bool {
    if let Some(template) = request.template() {
        let has = |kind: &str| template.resources_of(kind).next().is_some();
        return has("ALIYUN::VPC::NatGateway") && has("ALIYUN::VPC::SnatEntry")
            || has("ALIYUN::VPC::EIPAssociation");
    }
    let Some(root) = request.terraform() else { return false };
    let has = |kind: &str| root.lookup(&["resource", kind]).is_some();
    has("alicloud_nat_gateway") && has("alicloud_snat_entry") || has("alicloud_eip_association")
}

pub(super) static EIP_CONFLICT: Rule = Rule {
    id: "eci/eip-conflict",
    severity: Severity::Warning,
    summary: text("an existing EIP and a new one", "同时指定已有 EIP 和新建 EIP"),
    message: text(
        "an existing EIP is named and a new one asked for",
        "既指定了已有 EIP 又要求新建 EIP",
    ),
    why: text(
        "A group has one EIP: one of the two settings is lost, or the request refused.",
        "容器组只有一个 EIP：其中一项设置会失效，或请求被拒绝。",
    ),
    help: text(
        "remove `EipInstanceId` or `AutoCreateEip`",
        "删除 `EipInstanceId` 或 `AutoCreateEip`",
    ),
    rests_on: &[&ONE_EIP],
    examples: &[
        bad("ContainerGroupName=web\nEipInstanceId=eip-1\nAutoCreateEip=«true»\n"),
        bad(
            r#"{"ContainerGroupName":"web","Container":[],"EipInstanceId":"eip-1","AutoCreateEip":«true»}"#,
        ),
        good("ContainerGroupName=web\nEipInstanceId=eip-1\nAutoCreateEip=false\n"),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|request| request.is_on("AutoCreateEip")) {
            let Some(node) = request.get("AutoCreateEip") else { continue };
            let Some(eip) = request.get("EipInstanceId") else { continue };
            if has(request.root(), "EipInstanceId") {
                found
                    .add(&EIP_CONFLICT, request.value(node))
                    .related(request.value(eip), text("the existing EIP", "已有 EIP"));
            }
        }
    },
    ..ECI
};

pub(super) static EIP_BANDWIDTH_UNUSED: Rule = Rule {
    id: "eci/eip-bandwidth-unused",
    severity: Severity::Warning,
    summary: text("a bandwidth for an EIP that is not made", "EIP 带宽不会生效"),
    message: text(
        "`EipBandwidth` takes no effect: no EIP is made",
        "`EipBandwidth` 不生效：没有新建 EIP",
    ),
    why: text("The bandwidth is that of a new EIP only.", "该带宽只用于新建的 EIP。"),
    help: text(
        "set `AutoCreateEip` to true, or remove `EipBandwidth`",
        "将 `AutoCreateEip` 设为 true，或删除 `EipBandwidth`",
    ),
    rests_on: &[&EIP_BANDWIDTH],
    examples: &[
        bad("ContainerGroupName=web\nEipBandwidth=«10»\n"),
        bad(
            r#"{"resource":{"alicloud_eci_container_group":{"web":{"eip_bandwidth":«10»,"eip_instance_id":"eip-1"}}}}"#,
        ),
        good("ContainerGroupName=web\nAutoCreateEip=true\nEipBandwidth=10\n"),
        good("ContainerGroupName=web\nAutoCreateEip=${EIP}\nEipBandwidth=10\n"),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|one| one.spelling != Spelling::Ros) {
            let Some(node) = request.get("EipBandwidth") else { continue };
            let is_unknown = request.get("AutoCreateEip").is_some_and(|node| node.is_unknown());
            if !is_unknown && !request.is_on("AutoCreateEip") {
                found.add(&EIP_BANDWIDTH_UNUSED, request.value(node));
            }
        }
    },
    ..ECI
};
