//! `ALIYUN::CS::ClusterApplication`: what it needs, and the YAML that it applies.

use super::super::spec::{APPLICATION_NEEDS, CONTENT_IS_YAML};
use super::super::view::templates;
use crate::document::Kind;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

const APPLICATION: &str = "ALIYUN::CS::ClusterApplication";

fn missing(cx: &Context<'_>, found: &mut Findings, rule: &'static Rule, property: &str) {
    for file in templates(cx) {
        for resource in file.template.resources_of(APPLICATION) {
            let properties = resource.properties();
            let is_known = properties.is_none_or(|one| one.is_object() && !one.is_unknown());
            if is_known && resource.property(property).is_none() {
                found.add(rule, file.at(resource.member.key_span)).arg("name", resource.name());
            }
        }
    }
}

pub(super) static CLUSTER_ID: Rule = Rule {
    id: "compute-nest/clusterapplication-clusterid",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("an application without a cluster", "应用没有指定集群"),
    message: text("`{name}` does not say in which cluster", "`{name}` 没有给出集群"),
    why: text(
        "ROS refuses the template: ClusterId is required.",
        "ClusterId 为必填属性，ROS 会拒绝该模板。",
    ),
    help: text("give ClusterId", "请给出 ClusterId"),
    rests_on: &[&APPLICATION_NEEDS],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  «App»:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      YamlContent: 'apiVersion: v1'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Cluster: {Type: String}\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: {Ref: Cluster}\n      YamlContent: {Ref: Cluster}\n",
        ),
    ],
    check: |cx, found| missing(cx, found, &CLUSTER_ID, "ClusterId"),
    ..Rule::DEFAULT
};

pub(super) static YAML_CONTENT: Rule = Rule {
    id: "compute-nest/clusterapplication-yamlcontent",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("an application without content", "应用没有内容"),
    message: text("`{name}` does not say what is to be made", "`{name}` 没有给出要创建的内容"),
    why: text(
        "ROS refuses the template: YamlContent is required.",
        "YamlContent 为必填属性，ROS 会拒绝该模板。",
    ),
    help: text("give YamlContent", "请给出 YamlContent"),
    rests_on: &[&APPLICATION_NEEDS],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  «App»:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties: {ClusterId: c1}\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties: {ClusterId: c1, YamlContent: {Ref: 'ALIYUN::StackName'}}\n",
        ),
    ],
    check: |cx, found| missing(cx, found, &YAML_CONTENT, "YamlContent"),
    ..Rule::DEFAULT
};

pub(super) static YAML_INVALID: Rule = Rule {
    id: "compute-nest/yamlcontent-invalid",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("embedded YAML that cannot be read", "嵌入的 YAML 无法解析"),
    message: text("the embedded YAML cannot be read here", "嵌入的 YAML 在此处无法解析"),
    why: text(
        "The cluster refuses the whole text; nothing of it is made.",
        "集群会拒绝整段内容，其中的对象都不会创建。",
    ),
    rests_on: &[&CONTENT_IS_YAML],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Pod\n         metadata«:» {name: a}\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent:\n        Fn::Sub: |\n          apiVersion: v1\n          kind: Pod\n          metadata: {name: '${ALIYUN::StackName}'}\n          spec: {containers: []}\n",
        ),
    ],
    check: |cx, found| {
        for part in cx.parts(Kind::Kubernetes).filter(|part| part.inside.is_some()) {
            for error in part.content.errors() {
                found.add(&YAML_INVALID, part.place(error.span)).message = error.message.clone();
            }
        }
    },
    ..Rule::DEFAULT
};
