//! Names that nothing in the template declares.

use super::sources::{CONDITION_NAMES, DEPENDS_ON, MAPPING_NAMES, NAMES_RESOLVE};
use super::substitution::{Meaning, Reader};
use super::template::{File, Suggestions, templates};
use crate::ros::{Names, PSEUDO_PARAMETERS, Scope};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, nearest, text};

pub(super) static REF_UNDEFINED: Rule = Rule {
    id: "ros/ref-undefined",
    severity: Severity::Error,
    summary: text("a name that the template does not declare", "引用了模板中未定义的名称"),
    message: text(
        "no parameter, resource or local value is called `{name}`",
        "没有名为 `{name}` 的参数、资源或局部变量",
    ),
    why: text(
        "ROS looks up every name before it creates anything, and refuses the template.",
        "ROS 在创建资源之前会解析所有名称，遇到未定义的名称会拒绝模板。",
    ),
    help: text("define it, or correct the name", "定义该名称，或改正拼写"),
    rests_on: &[&NAMES_RESOLVE],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  ZoneId:\n    Type: String\nResources:\n  VSwitch:\n    Type: ALIYUN::ECS::VSwitch\n    Properties:\n      ZoneId: {Ref: «ZoneID»}\n      VpcId: {Fn::GetAtt: [«Vpc», VpcId]}\n      VSwitchName: !Sub '${«Stage»}-${ALIYUN::StackName}'\n",
        ),
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources: {}\nOutputs:\n  Id:\n    Value: !GetAtt «Vpc».VpcId\n  Where:\n    Value: {Ref: '«ALIYUN::Regoin»'}\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Stage:\n    Type: String\nLocals:\n  Zones:\n    Type: DATASOURCE::ECS::Zones\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: {Fn::Sub: ['${Stage}-${Name}', {Name: web}]}\n      Description: {Fn::GetAtt: [Zones, ZoneIds]}\n      CidrBlock: {Ref: 'ALIYUN::NoValue'}\n",
        ),
        // Part of a template: the parameter stands elsewhere.
        good(
            "-- a.yml --\nResources:\n  VSwitch:\n    Type: ALIYUN::ECS::VSwitch\n    Properties:\n      ZoneId: {Ref: ZoneId}\n",
        ),
    ],
    check: ref_undefined,
    ..Rule::DEFAULT
};

/// The templates of which all names are known: no part of one that somebody shows, and none whose
/// resources come from elsewhere.
fn judged<'a>(cx: &Context<'a>) -> impl Iterator<Item = File<'a>> + use<'a> {
    templates(cx).filter(|file| !file.template.is_transformed() && !file.template.is_fragment())
}

fn ref_undefined(cx: &Context<'_>, found: &mut Findings) {
    for file in judged(cx) {
        let scope = Scope::of(file.template);
        let mut suggestions = Suggestions::new();
        let mut report = |name: &str, span: Span| {
            let is_pseudo = name.starts_with("ALIYUN::");
            let finding = found.add(&REF_UNDEFINED, file.at(span)).arg("name", name);
            if is_pseudo {
                finding
                    .severity(Severity::Warning)
                    .says(text("there is no pseudo parameter `{name}`", "没有伪参数 `{name}`"));
                suggestions.offer(finding, name, PSEUDO_PARAMETERS.iter().copied());
            } else {
                suggestions.offer(finding, name, scope.names(Names::Values));
            }
        };
        for one in file.template.references().iter().filter(|one| one.names == Names::Values) {
            if !is_declared(&scope, one.name) {
                report(one.name, one.span);
            }
        }
        let mut reader = Reader::new(&scope);
        for one in &file.template.substitutions() {
            let variable = one.variable;
            if let Some(name) = variable.name()
                && reader.meaning(one) == Meaning::Undefined
            {
                report(name, variable.span);
            }
        }
    }
}

/// Whether `Ref` may name it. The list of pseudo parameters may grow: only what is near to one of
/// them is none.
pub(super) fn is_declared(scope: &Scope<'_>, name: &str) -> bool {
    if name.starts_with("ALIYUN::") {
        let known = PSEUDO_PARAMETERS.iter().copied();
        return known.clone().any(|one| one == name) || nearest(name, known).is_none();
    }
    scope.get(Names::Values, name).is_some()
}

fn check_names(cx: &Context<'_>, found: &mut Findings, rule: &'static Rule, names: Names) {
    for file in judged(cx) {
        let scope = Scope::of(file.template);
        let mut suggestions = Suggestions::new();
        for one in file.template.references().iter().filter(|one| one.names == names) {
            if scope.get(names, one.name).is_none() {
                let finding = found.add(rule, file.at(one.span)).arg("name", one.name);
                suggestions.offer(finding, one.name, scope.names(names));
            }
        }
    }
}

pub(super) static DEPENDSON_UNDEFINED: Rule = Rule {
    id: "ros/dependson-undefined",
    severity: Severity::Error,
    summary: text("a resource waits for one that does not exist", "依赖的资源不存在"),
    message: text("there is no resource `{name}` to wait for", "所依赖的资源 `{name}` 未定义"),
    why: text(
        "ROS cannot put the resources into an order, and refuses the template.",
        "ROS 无法确定资源的创建顺序，会拒绝模板。",
    ),
    help: text("remove the name, or correct it", "删除该名称，或改正拼写"),
    rests_on: &[&DEPENDS_ON],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n  VSwitch:\n    Type: ALIYUN::ECS::VSwitch\n    DependsOn: [Vpc, «Nat»]\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n  VSwitch:\n    Type: ALIYUN::ECS::VSwitch\n    DependsOn: Vpc\n",
        ),
    ],
    check: |cx, found| check_names(cx, found, &DEPENDSON_UNDEFINED, Names::Dependencies),
    ..Rule::DEFAULT
};

pub(super) static CONDITION_UNDEFINED: Rule = Rule {
    id: "ros/condition-undefined",
    severity: Severity::Error,
    summary: text("a condition that does not exist", "引用了未定义的条件"),
    message: text("there is no condition `{name}`", "条件 `{name}` 未定义"),
    why: text(
        "ROS cannot tell whether the condition holds, and refuses the template.",
        "ROS 无法判断该条件是否成立，会拒绝模板。",
    ),
    help: text(
        "define it in the section `Conditions`, or correct the name",
        "在 `Conditions` 中定义，或改正拼写",
    ),
    rests_on: &[&CONDITION_NAMES],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Stage:\n    Type: String\nConditions:\n  IsProd: {Fn::Equals: [prod, {Ref: Stage}]}\n  Both: {Fn::And: [IsProd, «IsBig»]}\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    Condition: «IsProduction»\n    Properties:\n      VpcName: {Fn::If: [«IsPrd», a, b]}\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Stage:\n    Type: String\nConditions:\n  IsProd: {Fn::Equals: [prod, {Ref: Stage}]}\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    Condition: IsProd\n    Properties:\n      VpcName: {Fn::If: [IsProd, a, b]}\n",
        ),
    ],
    check: |cx, found| check_names(cx, found, &CONDITION_UNDEFINED, Names::Conditions),
    ..Rule::DEFAULT
};

pub(super) static MAPPING_UNDEFINED: Rule = Rule {
    id: "ros/mapping-undefined",
    severity: Severity::Error,
    summary: text("a mapping that does not exist", "引用了未定义的映射"),
    message: text("there is no mapping `{name}`", "映射 `{name}` 未定义"),
    why: text(
        "`Fn::FindInMap` finds nothing, and ROS refuses the template.",
        "`Fn::FindInMap` 找不到映射表，ROS 会拒绝模板。",
    ),
    help: text(
        "define it in the section `Mappings`, or correct the name",
        "在 `Mappings` 中定义，或改正拼写",
    ),
    rests_on: &[&MAPPING_NAMES],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nMappings:\n  Images:\n    cn-beijing: {Id: a}\nResources:\n  Web:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n      ImageId: {Fn::FindInMap: [«Image», {Ref: 'ALIYUN::Region'}, Id]}\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nMappings:\n  Images:\n    cn-beijing: {Id: a}\nResources:\n  Web:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n      ImageId: {Fn::FindInMap: [Images, {Ref: 'ALIYUN::Region'}, Id]}\n",
        ),
    ],
    check: |cx, found| check_names(cx, found, &MAPPING_UNDEFINED, Names::Mappings),
    ..Rule::DEFAULT
};
