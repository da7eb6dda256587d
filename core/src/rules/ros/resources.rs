//! Resources: their type, their number, what they may have beside their properties.

use super::sources::{MOST_RESOURCES, RESOURCE_FIELDS, RESOURCE_TYPE};
use super::template::{Suggestions, templates};
use crate::ros::shape;
use crate::rule::{
    Context, Findings, OptionKind, OptionSpec, OptionValue, Rule, Severity, bad, good,
};
use crate::text::text;

pub(super) static RESOURCE_TYPE_MISSING: Rule = Rule {
    id: "ros/resource-type-missing",
    severity: Severity::Error,
    summary: text("a resource without a type", "资源没有类型"),
    message: text("the resource `{name}` has no `Type`", "资源 `{name}` 缺少 `Type`"),
    why: text(
        "Without a type ROS does not know what to create, and refuses the template.",
        "没有类型，ROS 不知道要创建什么，会拒绝该模板。",
    ),
    help: text(
        "give it a type, such as `ALIYUN::ECS::Instance`",
        "请写明类型，例如 `ALIYUN::ECS::Instance`",
    ),
    rests_on: &[&RESOURCE_TYPE],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  «Vpc»:\n    Properties:\n      CidrBlock: 10.0.0.0/8\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      CidrBlock: 10.0.0.0/8\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nTransform: Aliyun::Serverless-2018-04-03\nResources:\n  Api: {}\n",
        ),
    ],
    check: resource_type_missing,
    ..Rule::DEFAULT
};

fn resource_type_missing(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for resource in file.resources() {
            let body = &resource.member.node;
            let is_resource = body.is_null() || (body.is_object() && !body.is_unknown());
            if is_resource && body.get("Type").is_none() {
                found
                    .add(&RESOURCE_TYPE_MISSING, file.at(resource.member.key_span))
                    .arg("name", resource.name());
            }
        }
    }
}

pub(super) static RESOURCE_ATTRIBUTE_UNKNOWN: Rule = Rule {
    id: "ros/resource-attribute-unknown",
    summary: text("a resource has a key that resources do not have", "资源中有不存在的键"),
    message: text(
        "resources have no `{key}` beside their properties",
        "资源没有与属性并列的 `{key}`",
    ),
    why: text(
        "ROS passes over it: a property that stands one level too high is not set.",
        "ROS 会忽略该键：写高了一层的属性不会生效。",
    ),
    help: text(
        "if it is a property, put it under `Properties`",
        "若为属性，请移到 `Properties` 下",
    ),
    rests_on: &[&RESOURCE_FIELDS],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    «CidrBlock»: 10.0.0.0/8\n",
        ),
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    «Propertys»: {}\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    DeletionPolicy: Retain\n    Count: 2\n    Properties:\n      CidrBlock: 10.0.0.0/8\n",
        ),
    ],
    check: resource_attribute_unknown,
    ..Rule::DEFAULT
};

fn resource_attribute_unknown(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let known = || shape::RESOURCE_FIELDS.iter().map(|field| field.name);
        let mut suggestions = Suggestions::new();
        for resource in file.resources().filter(|one| !one.member.node.is_unknown()) {
            for member in resource.member.node.members() {
                if known().any(|name| name == member.key) {
                    continue;
                }
                let at = file.at(member.key_span);
                let finding = found.add(&RESOURCE_ATTRIBUTE_UNKNOWN, at).arg("key", &member.key);
                suggestions.offer(finding, &member.key, known());
            }
        }
    }
}

pub(super) static TOO_MANY_RESOURCES: Rule = Rule {
    id: "ros/too-many-resources",
    severity: Severity::Error,
    summary: text("more resources than a stack may have", "资源数超过资源栈的上限"),
    message: text(
        "the template makes {count} resources, a stack may have {most}",
        "模板会创建 {count} 个资源，而一个资源栈最多 {most} 个",
    ),
    why: text(
        "ROS refuses to create the stack; each copy of a resource with `Count` is one.",
        "ROS 会拒绝创建该资源栈；带 `Count` 的资源按份数计算。",
    ),
    help: text(
        "divide the template into nested stacks (`ALIYUN::ROS::Stack`)",
        "将模板拆分为嵌套资源栈（`ALIYUN::ROS::Stack`）",
    ),
    rests_on: &[&MOST_RESOURCES.source],
    options: &[OptionSpec {
        name: "most-resources",
        description: text(
            "the most resources of a stack, where the account's quota is another",
            "一个资源栈的最大资源数（账号配额不同时）",
        ),
        kind: OptionKind::Number,
    }],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\n«Resources»:\n  Eip:\n    Type: ALIYUN::VPC::EIP\n    Count: 300\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Eip:\n    Type: ALIYUN::VPC::EIP\n    Count: {Ref: HowMany}\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n",
        ),
    ],
    check: too_many_resources,
    ..Rule::DEFAULT
};

fn too_many_resources(cx: &Context<'_>, found: &mut Findings) {
    let option = cx.option(&TOO_MANY_RESOURCES, "most-resources").and_then(OptionValue::number);
    let most = option.unwrap_or(MOST_RESOURCES.value);
    for file in templates(cx) {
        let counts = file.resources().filter_map(|resource| resource.count());
        let count = counts.fold(0_u64, u64::saturating_add);
        let Some(section) = file.root().member("Resources").filter(|_| count > most) else {
            continue;
        };
        found
            .add(&TOO_MANY_RESOURCES, file.at(section.key_span))
            .arg("count", count)
            .arg("most", most);
    }
}
