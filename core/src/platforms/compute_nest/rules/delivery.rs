//! How images reach the machines: over the Internet, once, and from where.

use super::super::spec::{IMAGE_ID_IS_TEXT, IMAGE_IS_PUBLIC, KEY_IS_TEMPORARY};
use super::super::view::templates;
use crate::document::Kind;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

/// Types of resources that give machines a way to the Internet.
fn opens_the_internet(kind: &str) -> bool {
    ["::EIP", "::EIPAssociation", "::NatGateway", "::SnatEntry", "::SnatTableEntry"]
        .iter()
        .any(|end| kind.ends_with(end))
}

pub(super) static PUBLIC_NETWORK: Rule = Rule {
    id: "compute-nest/public-network",
    platform: Some(Platform::ComputeNest),
    summary: text(
        "an image on machines without a way to the Internet",
        "机器没有公网，无法拉取镜像",
    ),
    message: text(
        "the image is pulled over the Internet, to which these machines have no way",
        "镜像需通过公网拉取，而这些机器没有公网出口",
    ),
    why: text(
        "`docker pull` waits and fails; the deployment ends in an error.",
        "`docker pull` 会超时失败，部署随之失败。",
    ),
    help: text(
        "give the machines bandwidth (InternetMaxBandwidthOut), an EIP or a NAT gateway",
        "请为机器配置公网带宽（InternetMaxBandwidthOut）、EIP 或 NAT 网关",
    ),
    rests_on: &[&IMAGE_IS_PUBLIC],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Group:\n    Type: ALIYUN::ECS::InstanceGroup\n    Properties: {InternetMaxBandwidthOut: «0»}\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        #!/bin/sh\n        echo '{{ computenest::acr::dockerconfigjson }}' | base64 -d > /root/.docker/config.json\n        docker run -d {{ computenest::acrimage::web }}\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Group:\n    Type: ALIYUN::ECS::InstanceGroup\n    Properties: {InternetMaxBandwidthOut: 5}\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        #!/bin/sh\n        echo '{{ computenest::acr::dockerconfigjson }}' | base64 -d > /root/.docker/config.json\n        docker run -d {{ computenest::acrimage::web }}\n",
        ),
    ],
    check: public_network,
    ..Rule::DEFAULT
};

fn public_network(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let in_script = |property: &str| matches!(property, "CommandContent" | "UserData");
        let uses = file.uses();
        let mut images = uses.iter().filter(|one| one.identifier.is("acrimage"));
        let Some(image) = images.find(|one| in_script(one.property)) else { continue };
        if file.has_resource(opens_the_internet) {
            continue;
        }
        let machines = file.template.resources().filter(|resource| {
            matches!(resource.kind(), Some("ALIYUN::ECS::InstanceGroup" | "ALIYUN::ECS::Instance"))
        });
        for machine in machines {
            let bandwidth = machine.property("InternetMaxBandwidthOut");
            let is_closed = match bandwidth {
                None => true,
                Some(node) => node.lenient_i64() == Some(0),
            };
            if !is_closed {
                continue;
            }
            let at = bandwidth.map_or(machine.member.key_span, |node| node.inner_span());
            found.add(&PUBLIC_NETWORK, file.at(at)).related(
                file.at(image.identifier.span()),
                text("the image is pulled here", "镜像在此拉取"),
            );
        }
    }
}

pub(super) static AUTOSCALING: Rule = Rule {
    id: "compute-nest/autoscaling",
    platform: Some(Platform::ComputeNest),
    summary: text(
        "a temporary key where machines or pods come later",
        "弹性伸缩场景使用了临时密钥",
    ),
    message: text(
        "what is started later cannot pull the image: the key of packages is temporary",
        "之后启动的实例无法拉取镜像：部署物的密钥是临时的",
    ),
    why: text(
        "The key is good for the delivery; an hour later a new machine or pod gets no image.",
        "密钥只在交付时有效，一段时间后新增的机器或 Pod 无法拉取镜像。",
    ),
    help: text("keep the image in a registry of your own", "请把镜像放在自己的镜像仓库中"),
    rests_on: &[&KEY_IS_TEMPORARY],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  «Scaling»:\n    Type: ALIYUN::ESS::ScalingGroup\n    Properties: {}\nOutputs:\n  A:\n    Value: '{{ computenest::acrimage::web }} {{ computenest::acr::dockerconfigjson }}'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Scaling:\n    Type: ALIYUN::ESS::ScalingGroup\n    Properties: {}\nOutputs:\n  A:\n    Value: '{{ computenest::file::web }}'\n",
        ),
    ],
    check: autoscaling,
    ..Rule::DEFAULT
};

fn autoscaling(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let uses = file.uses();
        let Some(image) = uses.iter().find(|one| one.identifier.is("acrimage")) else { continue };
        let related = file.at(image.identifier.span());
        let words = text("the image is used here", "镜像在此使用");
        for resource in file.template.resources() {
            if resource.kind() == Some("ALIYUN::ESS::ScalingGroup") {
                let at = file.at(resource.member.key_span);
                found.add(&AUTOSCALING, at).related(related, words);
            }
        }
        for inner in file.document.embedded.iter().filter(|one| one.kind == Kind::Kubernetes) {
            for root in inner.content.roots() {
                let kind = root.get("kind");
                let scales = kind.and_then(Node::as_str) == Some("HorizontalPodAutoscaler");
                if let Some(kind) = kind.filter(|_| scales) {
                    found.add(&AUTOSCALING, file.value(kind)).related(related, words);
                }
            }
        }
    }
}

pub(super) static IMAGE_DYNAMIC: Rule = Rule {
    id: "compute-nest/ecs-image-dynamic",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Info,
    summary: text("an ECS image that cannot be told by its text", "无法通过文本关联的 ECS 镜像"),
    message: text(
        "ImageId is no plain text: a package of an ECS image cannot be put in its place",
        "ImageId 不是纯文本，无法替换为 ECS 镜像部署物",
    ),
    why: text(
        "Compute Nest finds the place of an ECS image by the text of ImageId.",
        "计算巢通过 ImageId 的文本确定 ECS 镜像的位置。",
    ),
    help: text(
        "write the text that stands in the configuration under ArtifactRelation",
        "请写配置中 ArtifactRelation 下的文本",
    ),
    rests_on: &[&IMAGE_ID_IS_TEXT],
    examples: &[
        bad(
            "-- config.yaml --\nService:\n  DeployType: ros\n  DeployMetadata:\n    SupplierDeployMetadata:\n      ArtifactRelation: {web_image: {ArtifactId: artifact-1}}\n-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Image: {Type: String}\nResources:\n  Group:\n    Type: ALIYUN::ECS::InstanceGroup\n    Properties:\n      ImageId: «{Ref: Image}»\n",
        ),
        good(
            "-- config.yaml --\nService:\n  DeployType: ros\n  DeployMetadata:\n    SupplierDeployMetadata:\n      ArtifactRelation: {web_image: {ArtifactId: artifact-1}}\n-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Group:\n    Type: ALIYUN::ECS::InstanceGroup\n    Properties:\n      ImageId: web_image\n",
        ),
    ],
    check: image_dynamic,
    ..Rule::DEFAULT
};

fn image_dynamic(cx: &Context<'_>, found: &mut Findings) {
    let related = |root: &Node| {
        let deploy = root.get("Service")?.get("DeployMetadata")?;
        let relation = deploy.get("SupplierDeployMetadata")?.get("ArtifactRelation")?;
        (!relation.members().is_empty()).then_some(())
    };
    let has_images = cx
        .of_kind(Kind::ComputeNestConfig)
        .filter_map(|document| document.roots().first())
        .any(|root| related(root).is_some());
    if !has_images {
        return;
    }
    for file in templates(cx) {
        let images: Vec<&Node> =
            file.template.resources().filter_map(|resource| resource.property("ImageId")).collect();
        // One image by its text is enough for the others to be something else.
        if images.iter().any(|image| image.as_str().is_some()) {
            continue;
        }
        for image in images {
            found.add(&IMAGE_DYNAMIC, file.at(image.span));
        }
    }
}
