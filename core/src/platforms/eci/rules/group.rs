//! What a container group as a whole must have.

use super::super::request::{Spelling, has, known, requests};
use super::super::spec::{NAME_LENGTH, REQUIRED, SPOT_LIMIT};
use super::ECI;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static GROUP_NAME_MISSING: Rule = Rule {
    id: "eci/group-name-missing",
    severity: Severity::Error,
    summary: text("the container group has no name", "容器组没有名称"),
    message: text("`ContainerGroupName` is missing", "缺少 `ContainerGroupName`"),
    why: text("ECI refuses a request without it.", "缺少该参数的请求会被 ECI 拒绝。"),
    help: text(
        "add a name of lower-case letters, digits and hyphens",
        "添加由小写字母、数字和连字符组成的名称",
    ),
    rests_on: &[&REQUIRED],
    examples: &[
        bad("«RegionId»=cn-hangzhou\nContainer.1.Name=web\nContainer.1.Image=nginx:1.27\n"),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      «Container»: [{Name: web, Image: 'nginx:1.27'}]\n",
        ),
        bad(r#"«{»"RegionId":"cn-hangzhou","Container":[{"Name":"web","Image":"nginx:1.27"}]}"#),
        good("ContainerGroupName=web\nContainer.1.Name=web\nContainer.1.Image=nginx:1.27\n"),
        // A few lines out of a request are no request.
        good("Container.N.Image=nginx:1.27\nInitContainer.N.Image=busybox:1.36\n"),
        good(
            r#"{"ContainerGroupName":{"Ref":"Name"},"Container":[{"Name":"web","Image":"nginx:1.27"}]}"#,
        ),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|request| request.is_whole()) {
            if !has(request.root(), "ContainerGroupName") {
                found.add(&GROUP_NAME_MISSING, request.anchor(request.root()));
            }
        }
    },
    ..ECI
};

pub(super) static GROUP_NAME_INVALID: Rule = Rule {
    id: "eci/group-name-invalid",
    severity: Severity::Error,
    summary: text("the container group's name is not allowed", "容器组名称不合规"),
    message: text("`{name}` is no name for a container group", "`{name}` 不能作为容器组名称"),
    why: text("ECI refuses the request.", "ECI 会拒绝该请求。"),
    help: text(
        "2 to 128 lower-case letters, digits and hyphens, with no hyphen at an end",
        "使用 2 到 128 个小写字母、数字或连字符，且不以连字符开头或结尾",
    ),
    rests_on: &[&NAME_LENGTH.source],
    examples: &[
        bad("ContainerGroupName=«My_App»\n"),
        bad(r#"{"ContainerGroupName":"«Web»","Container":[]}"#),
        bad("ContainerGroupName=«web-»\n"),
        bad("ContainerGroupName=«a»\n"),
        good("ContainerGroupName=my-app-2\n"),
        good("ContainerGroupName=${NAME}\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let Some((node, name)) = request.known("ContainerGroupName") else { continue };
            if name.is_empty() || is_name(name) {
                continue;
            }
            let at = request.value(node);
            let finding = found.add(&GROUP_NAME_INVALID, at).arg("name", name);
            let lower = name.to_ascii_lowercase();
            if is_name(&lower) {
                finding
                    .fix(Fix::risky(text("write it in lower case", "改为小写")).replace(at, lower));
            }
        }
    },
    ..ECI
};

fn is_name(name: &str) -> bool {
    let (least, most) = NAME_LENGTH.value;
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (least..=most).contains(&name.len())
        && name.bytes().all(is_letter)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

pub(super) static REGION_MISSING: Rule = Rule {
    id: "eci/region-missing",
    severity: Severity::Error,
    summary: text("the request names no region", "请求没有指定地域"),
    message: text("`RegionId` is missing", "缺少 `RegionId`"),
    why: text(
        "The API requires it; a JSON request may get it from the client that sends it.",
        "API 要求该参数；JSON 请求可以由发送它的客户端补充。",
    ),
    help: text("add the region, such as cn-hangzhou", "添加地域，例如 cn-hangzhou"),
    rests_on: &[&REQUIRED],
    examples: &[
        bad("«ContainerGroupName»=web\nContainer.1.Image=nginx:1.27\n"),
        bad(r#"«{»"ContainerGroupName":"web","Container":[]}"#),
        good("RegionId=cn-hangzhou\nContainerGroupName=web\n"),
        // A template is deployed in a region of its own.
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ContainerGroupName: web\n",
        ),
        good(
            "#!/bin/sh\naliyun eci CreateContainerGroup --RegionId cn-hangzhou --ContainerGroupName web\n",
        ),
        // The command line has a region of its own in its profile.
        good(
            "#!/bin/sh\naliyun eci CreateContainerGroup --region cn-hangzhou --ContainerGroupName web\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|request| request.is_whole()) {
            let severity = match request.spelling {
                Spelling::Flat if request.is_command() => Severity::Info,
                Spelling::Flat => Severity::Error,
                Spelling::Json => Severity::Info,
                Spelling::Ros | Spelling::Terraform => continue,
            };
            if !has(request.root(), "RegionId") && !has(request.root(), "region") {
                found.add(&REGION_MISSING, request.anchor(request.root())).severity(severity);
            }
        }
    },
    ..ECI
};

pub(super) static CONTAINER_MISSING: Rule = Rule {
    id: "eci/container-missing",
    severity: Severity::Error,
    summary: text("the container group has no container", "容器组没有容器"),
    message: text("the container group has no container", "容器组没有容器"),
    why: text("ECI refuses a request without one.", "没有容器的请求会被 ECI 拒绝。"),
    help: text("add `Container` with a name and an image", "添加带有名称和镜像的 `Container`"),
    rests_on: &[&REQUIRED],
    examples: &[
        bad("«ContainerGroupName»=web\nRegionId=cn-hangzhou\n"),
        bad(r#"{"ContainerGroupName":"web",«"Container"»:[]}"#),
        bad(
            r#"{"resource":{"alicloud_eci_container_group":{"web":«{»"container_group_name":"web"}}}}"#,
        ),
        good("ContainerGroupName=web\nContainer.1.Image=nginx:1.27\n"),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ContainerGroupName: web\n      Container: {Ref: Containers}\n",
        ),
    ],
    check: container_missing,
    ..ECI
};

fn container_missing(cx: &Context<'_>, found: &mut Findings) {
    for request in requests(cx).iter().filter(|request| request.is_whole()) {
        let is_unknown = request.get("Container").is_some_and(|node| node.is_unknown());
        let is_dynamic = request.get("dynamic").is_some();
        if is_unknown || is_dynamic || !request.list("Container").is_empty() {
            continue;
        }
        let at = match request.root().member("Container") {
            Some(member) => request.at(member.key_span),
            None => request.anchor(request.root()),
        };
        found.add(&CONTAINER_MISSING, at);
    }
}

pub(super) static NAME_MISSING: Rule = Rule {
    id: "eci/name-missing",
    severity: Severity::Error,
    summary: text("a container has no name", "容器没有名称"),
    message: text("this container has no `Name`", "该容器缺少 `Name`"),
    why: text("ECI refuses a container without a name.", "ECI 会拒绝没有名称的容器。"),
    help: text("name the container, such as web", "为容器命名，例如 web"),
    rests_on: &[&REQUIRED],
    examples: &[
        bad("ContainerGroupName=web\n«Container.1».Image=nginx:1.27\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[«{»"Image":"nginx:1.27"}]}"#),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container:\n      - «Image»: nginx:1.27\n",
        ),
        good("ContainerGroupName=web\nContainer.1.Name=web\nContainer.1.Image=nginx:1.27\n"),
        // Of a container that runs first the name is optional.
        good("ContainerGroupName=web\nInitContainer.1.Image=busybox:1.36\n"),
        good("Container.1.Image=nginx:1.27\n"),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|request| request.is_whole()) {
            for container in request.containers().iter().filter(|one| !one.is_init) {
                if !has(container.node, "Name") {
                    found.add(&NAME_MISSING, request.anchor(container.node));
                }
            }
        }
    },
    ..ECI
};

pub(super) static SPOT_PRICE_MISSING: Rule = Rule {
    id: "eci/spot-price-missing",
    severity: Severity::Error,
    summary: text(
        "a limit on the spot price is asked for but not given",
        "未设置抢占式实例的价格上限",
    ),
    message: text(
        "`SpotWithPriceLimit` needs `SpotPriceLimit`",
        "`SpotWithPriceLimit` 需要设置 `SpotPriceLimit`",
    ),
    why: text("ECI refuses the strategy without a limit.", "没有价格上限的策略会被 ECI 拒绝。"),
    help: text(
        "add `SpotPriceLimit`, or choose SpotAsPriceGo",
        "添加 `SpotPriceLimit`，或改用 SpotAsPriceGo",
    ),
    rests_on: &[&SPOT_LIMIT],
    examples: &[
        bad("ContainerGroupName=web\nSpotStrategy=«SpotWithPriceLimit»\n"),
        good("ContainerGroupName=web\nSpotStrategy=SpotWithPriceLimit\nSpotPriceLimit=0.05\n"),
        good("ContainerGroupName=web\nSpotStrategy=SpotAsPriceGo\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let Some((node, "SpotWithPriceLimit")) = known(request.root(), "SpotStrategy") else {
                continue;
            };
            if !has(request.root(), "SpotPriceLimit") {
                found.add(&SPOT_PRICE_MISSING, request.value(node));
            }
        }
    },
    ..ECI
};
