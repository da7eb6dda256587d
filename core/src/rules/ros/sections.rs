//! The sections of a template, and the groups that its parameters are shown in.

use super::sources::{GROUPS, SECTIONS};
use super::template::{Suggestions, templates};
use super::version;
use crate::ros::{Names, Scope, shape};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::text::text;
use crate::tree::Node;

pub(super) static TOP_LEVEL_UNKNOWN: Rule = Rule {
    id: "ros/top-level-unknown",
    summary: text("a section that templates do not have", "模板没有的顶层部分"),
    message: text("templates have no section `{key}`", "模板没有 `{key}` 部分"),
    why: text(
        "ROS refuses the section or passes over it: what stands in it does not happen.",
        "ROS 会拒绝或忽略该部分，其中的内容不会生效。",
    ),
    help: text("the sections are {known}", "可用的部分：{known}"),
    rests_on: &[&SECTIONS],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\n«Parameter»: {}\nResources: {}\n",
        ),
        bad("-- a.json --\n{\"ROSTemplateFormatVersion\": \"2015-09-01\", «\"Variables\"»: {}}"),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nLocals: {}\nResources: {}\nMetadata: {}\n",
        ),
    ],
    check: top_level_unknown,
    ..Rule::DEFAULT
};

fn top_level_unknown(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let known = || shape::TEMPLATE.fields.iter().map(|field| field.name);
        let version = version::mistyped(file).map(|member| member.key_span);
        let mut suggestions = Suggestions::new();
        for member in file.root().members() {
            let key = member.key.as_str();
            // What begins with `x-` or a dot is there for anchors.
            let is_aside = key.starts_with("x-") || key.starts_with('.');
            if known().any(|name| name == key) || version == Some(member.key_span) || is_aside {
                continue;
            }
            let finding = found.add(&TOP_LEVEL_UNKNOWN, file.at(member.key_span));
            finding.arg("key", key).arg("known", known().collect::<Vec<_>>().join(", "));
            suggestions.offer(finding, key, known());
        }
    }
}

pub(super) static GROUP_PARAMETER_UNDEFINED: Rule = Rule {
    id: "ros/group-parameter-undefined",
    summary: text("a group names a parameter that does not exist", "参数分组引用了不存在的参数"),
    message: text(
        "there is no parameter `{name}` to be shown in a group",
        "分组中的参数 `{name}` 未定义",
    ),
    why: text(
        "The form of the console lacks the field, mostly since the parameter was renamed or removed.",
        "控制台表单中会缺少该项，通常是参数已改名或删除所致。",
    ),
    help: text("remove the name, or define the parameter", "删除该名称，或定义该参数"),
    rests_on: &[&GROUPS],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  ZoneId:\n    Type: String\nMetadata:\n  ALIYUN::ROS::Interface:\n    ParameterGroups:\n      - Label: {default: Network}\n        Parameters: [«ZoneID», ZoneId]\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  ZoneId:\n    Type: String\nMetadata:\n  ALIYUN::ROS::Interface:\n    ParameterGroups:\n      - Label: {default: Network}\n        Parameters: [ZoneId]\n",
        ),
    ],
    check: group_parameter_undefined,
    ..Rule::DEFAULT
};

fn group_parameter_undefined(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let scope = Scope::of(file.template);
        let mut suggestions = Suggestions::new();
        let groups = file.root().get("Metadata").and_then(|metadata| {
            metadata.get("ALIYUN::ROS::Interface")?.get("ParameterGroups")?.items()
        });
        // A transform may bring parameters of its own.
        for group in groups.unwrap_or_default().iter().filter(|_| !file.template.is_transformed()) {
            let names = group.get("Parameters").and_then(Node::items).unwrap_or_default();
            for node in names {
                let Some(name) = node.as_str() else { continue };
                if scope.get(Names::Parameters, name).is_some() || node.is_unknown() {
                    continue;
                }
                let finding = found.add(&GROUP_PARAMETER_UNDEFINED, file.at(node.inner_span()));
                finding.arg("name", name);
                suggestions.offer(finding, name, scope.names(Names::Parameters));
            }
        }
    }
}
