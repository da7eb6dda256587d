//! Names of parameters: plural ones, ones that do not exist, and the indexes of the flat form.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::request::{Request, Spelling, requests, spelled};
use super::super::shape::REQUEST;
use super::super::spec::{INDEXES, PARAMETERS, ROS_PROPERTIES};
use super::ECI;
use crate::flattened::is_index;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};
use crate::tree::schema::{ViolationKind, validate};
use crate::tree::{Node, Value};

/// Plural names that were once taken or are taken elsewhere, and what they are called here.
const PLURALS: &[(&str, &str)] = &[
    ("Containers", "Container"),
    ("InitContainers", "InitContainer"),
    ("Volumes", "Volume"),
    ("Tags", "Tag"),
    ("ImageRegistryCredentials", "ImageRegistryCredential"),
    ("AcrRegistryInfos", "AcrRegistryInfo"),
    ("HostAliases", "HostAliase"),
    ("Ports", "Port"),
    ("VolumeMounts", "VolumeMount"),
    ("EnvironmentVars", "EnvironmentVar"),
    ("Commands", "Command"),
    ("Args", "Arg"),
];

fn singular(name: &str) -> Option<&'static str> {
    PLURALS.iter().find(|(plural, _)| *plural == name).map(|(_, singular)| *singular)
}

pub(super) static PLURAL_ROOT: Rule = Rule {
    id: "eci/plural-root",
    severity: Severity::Error,
    summary: text("a plural name where the API has a singular one", "使用了复数名称"),
    message: text("`{plural}` is called `{singular}`", "`{plural}` 应为 `{singular}`"),
    why: text(
        "The API knows singular names only: what stands under the other is not read.",
        "API 只有单数名称：写在复数名称下的内容不会被读取。",
    ),
    help: text("write `{singular}`", "请写成 `{singular}`"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad("«Containers».1.Name=web\nContainers.1.Image=nginx:1.27\n")
            .fixed("Container.1.Name=web\nContainer.1.Image=nginx:1.27\n"),
        bad(r#"{"ContainerGroupName":"web",«"Containers"»:[{"Image":"a:1",«"Ports"»:[{"Port":80}]}]}"#)
            .fixed(r#"{"ContainerGroupName":"web","Container":[{"Image":"a:1","Port":[{"Port":80}]}]}"#),
        bad("Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Name: web, «VolumeMounts»: [{Name: a}]}]\n")
            .fixed("Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Name: web, VolumeMount: [{Name: a}]}]\n"),
        good("Container.1.Name=web\nContainer.1.Image=nginx:1.27\n"),
        good(r#"{"resource":{"alicloud_eci_container_group":{"web":{"containers":[{"image":"nginx:1.27"}]}}}}"#),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            match request.flat() {
                Some(_) => flat_plurals(&request, found),
                None if request.spelling == Spelling::Terraform => {}
                None => tree_plurals(&request, request.root(), found),
            }
        }
    },
    ..ECI
};

fn flat_plurals(request: &Request<'_>, found: &mut Findings) {
    let parameters = request.parameters();
    // The name up to the plural: where it stands, each time.
    let mut places: Vec<(&str, &str, &'static str, Vec<Span>)> = Vec::new();
    let mut by_prefix: HashMap<&str, usize> = HashMap::new();
    for parameter in parameters {
        let mut end = 0;
        for (segment, span) in parameter.segments() {
            end += segment.len();
            let prefix = parameter.key.get(..end).unwrap_or_default();
            end += 1;
            let Some(name) = singular(segment) else { continue };
            let index = *by_prefix.entry(prefix).or_insert(places.len());
            match places.get_mut(index) {
                Some(place) => place.3.push(span),
                None => places.push((prefix, segment, name, vec![span])),
            }
        }
    }
    let known: HashSet<&str> = parameters.iter().flat_map(|one| prefixes(&one.key)).collect();
    for (prefix, plural, name, spans) in places {
        let Some(&first) = spans.first() else { continue };
        let finding =
            found.add(&PLURAL_ROOT, request.at(first)).arg("plural", plural).arg("singular", name);
        let own = prefix.strip_suffix(plural).unwrap_or_default();
        let is_taken = known.contains(format!("{own}{name}").as_str());
        let is_plain = spans.iter().all(|span| span.len() == plural.len());
        if !is_taken && is_plain {
            let fix = Fix::safe(text("write `{name}`", "改为 `{name}`")).arg("name", name);
            finding.fix(spans.iter().fold(fix, |fix, span| fix.replace(request.at(*span), name)));
        }
    }
}

/// A name up to each of its dots, and the whole.
fn prefixes(key: &str) -> impl Iterator<Item = &str> {
    let dots = key.match_indices('.').map(|(at, _)| &key[..at]);
    dots.chain(std::iter::once(key))
}

fn tree_plurals(request: &Request<'_>, root: &Node, found: &mut Findings) {
    root.walk(&mut |_, node| {
        for member in node.members() {
            let Some(name) = singular(&member.key) else { continue };
            let at = request.at(member.key_span);
            let finding =
                found.add(&PLURAL_ROOT, at).arg("plural", &member.key).arg("singular", name);
            if node.member(name).is_none() {
                let new = request.written(member.key_span).replace(member.key.as_str(), name);
                finding.fix(
                    Fix::safe(text("write `{name}`", "改为 `{name}`"))
                        .arg("name", name)
                        .replace(at, new),
                );
            }
        }
    });
}

pub(super) static INDEX_BASE: Rule = Rule {
    id: "eci/index-base",
    severity: Severity::Error,
    summary: text("an index that does not count from 1", "序号不是从 1 连续编号"),
    message: text("`{list}` counts from 1, not from 0", "`{list}` 的序号从 1 开始，而不是 0"),
    why: text(
        "The API counts from 1: an element 0 is not read, and after a gap elements may be lost.",
        "API 的序号从 1 开始：序号 0 不会被读取，序号不连续时后面的元素可能丢失。",
    ),
    help: text("number the elements 1, 2, 3 …", "按 1、2、3 … 编号"),
    rests_on: &[&INDEXES],
    examples: &[
        bad(
            "Container.«0».Name=web\nContainer.0.Image=nginx:1.27\nContainer.1.Name=log\nContainer.1.Image=busybox:1.36\n",
        ),
        bad(
            "Container.1.Image=nginx:1.27\nContainer.1.Port.1.Port=80\nContainer.1.Port.«3».Port=81\n",
        ),
        good("Container.1.Image=nginx:1.27\nContainer.2.Image=busybox:1.36\n"),
        good("Container.N.Image=nginx:1.27\n"),
    ],
    check: index_base,
    ..ECI
};

fn index_base(cx: &Context<'_>, found: &mut Findings) {
    for request in requests(cx) {
        let parameters = request.parameters();
        // Each list by the name up to its index, with its numbers and where they stand.
        let mut lists: BTreeMap<&str, BTreeMap<u32, Vec<Span>>> = BTreeMap::new();
        for parameter in parameters {
            let mut end = 0;
            for (segment, span) in parameter.segments() {
                let list = parameter.key.get(..end).unwrap_or_default().trim_end_matches('.');
                end += segment.len() + 1;
                if let Ok(number) = segment.parse::<u32>()
                    && !list.is_empty()
                {
                    lists.entry(list).or_default().entry(number).or_default().push(span);
                }
            }
        }
        for (list, numbers) in lists {
            if let Some(first) = numbers.get(&0).and_then(|spans| spans.first()) {
                let fix = Fix::risky(text("count from 1", "从 1 开始编号"));
                let edits = numbers.iter().flat_map(|(number, spans)| {
                    spans.iter().map(move |span| (*span, number.saturating_add(1).to_string()))
                });
                let fix = edits.fold(fix, |fix, (span, new)| fix.replace(request.at(span), new));
                found.add(&INDEX_BASE, request.at(*first)).arg("list", list).fix(fix);
                continue;
            }
            let gap = (1_u32..).zip(&numbers).find(|(expected, (number, _))| *expected != **number);
            if let Some((expected, (number, spans))) = gap
                && let Some(first) = spans.first()
            {
                found
                    .add(&INDEX_BASE, request.at(*first))
                    .severity(Severity::Warning)
                    .says(text(
                        "`{list}` has no {expected} before {number}",
                        "`{list}` 的序号 {number} 之前缺少 {expected}",
                    ))
                    .arg("list", list)
                    .arg("expected", expected)
                    .arg("number", number);
            }
        }
    }
}

pub(super) static UNKNOWN_PARAMETER: Rule = Rule {
    id: "eci/unknown-parameter",
    severity: Severity::Warning,
    summary: text("a parameter that ECI does not know", "ECI 不认识的参数"),
    message: text("ECI knows no `{key}` here", "ECI 在此处没有 `{key}`"),
    why: text(
        "What is not known is refused or passed over: the setting does not happen.",
        "未知参数会被拒绝或忽略：该设置不会生效。",
    ),
    help: text("look the name up in the list of parameters", "请对照参数列表检查名称"),
    rests_on: &[&PARAMETERS, &ROS_PROPERTIES.source],
    examples: &[
        bad("ContainerGroupName=web\nContainer.1.«Imagee»=nginx:1.27\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[{"Image":"a:1",«"Env"»:[]}]}"#),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ContainerGroupName: web\n      «AutoCreateEip»: true\n",
        ),
        bad(
            r#"{"resource":{"alicloud_eci_container_group":{"web":{"containers":[{"image":"a:1",«"environment"»:{}}]}}}}"#,
        ),
        bad("ContainerGroupName=web\n«Container».Image=nginx:1.27\n"),
        good(
            "ContainerGroupName=web\nAutoCreateEip=true\nContainer.N.LivenessProbe.HttpGet.Path=/\n",
        ),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Name: web, LivenessProbe: {HttpGet.Path: /}}]\n",
        ),
        good(
            r#"{"resource":{"alicloud_eci_container_group":{"web":{"count":2,"containers":[{"environment_vars":[{"key":"A","value":"b"}]}]}}}}"#,
        ),
        good(
            "#!/bin/sh\naliyun eci CreateContainerGroup --profile work --ContainerGroupName web\n",
        ),
    ],
    check: unknown_parameter,
    ..ECI
};

/// A mistake that another rule speaks of.
fn has_own_rule(request: &Request<'_>, key: &str, path: &str) -> bool {
    let is_part =
        ["Server", "UserName", "Password"].iter().any(|name| name.eq_ignore_ascii_case(key));
    let is_login = path.starts_with("ImageRegistryCredential") && is_part;
    // Options of the command line itself are in small letters.
    let is_option = request.is_command() && key.starts_with(|c: char| c.is_ascii_lowercase());
    (request.spelling != Spelling::Terraform && (singular(key).is_some() || is_login)) || is_option
}

fn unknown_parameter(cx: &Context<'_>, found: &mut Findings) {
    for request in requests(cx) {
        for violation in validate(&REQUEST, request.root()) {
            let (key, is_top) = match &violation.kind {
                ViolationKind::UnknownKey { key, is_top_level } => (key, *is_top_level),
                ViolationKind::WrongType { expected: "array" } if request.flat().is_some() => {
                    lacks_index(&request, violation.node, found);
                    continue;
                }
                _ => continue,
            };
            let is_of_ros = request.spelling == Spelling::Ros
                && is_top
                && ROS_PROPERTIES.value.contains(&key.as_str());
            if is_of_ros || is_index(key) || has_own_rule(&request, key, &violation.path) {
                continue;
            }
            let written = request.written(violation.span).trim_matches(['"', '\'']);
            let finding =
                found.add(&UNKNOWN_PARAMETER, request.at(violation.span)).arg("key", written);
            if finding.is_wanted()
                && let Some(near) = violation.nearest()
            {
                let near = match request.spelling {
                    Spelling::Terraform => spelled(near),
                    _ => near.to_owned(),
                };
                finding
                    .arg("near", near)
                    .help(text("did you mean `{near}`?", "是否想写 `{near}`？"));
            }
        }
        if request.spelling == Spelling::Ros {
            api_only(&request, found);
        }
    }
}

/// A list in the flat form without a number.
fn lacks_index(request: &Request<'_>, node: &Node, found: &mut Findings) {
    if !node.is_object() {
        return;
    }
    let list = request.written(node.span);
    found
        .add(&UNKNOWN_PARAMETER, request.at(node.span))
        .says(text("`{key}` is a list: its elements have numbers", "`{key}` 是列表：元素需要序号"))
        .help(text("write `{key}.1.…`", "请写成 `{key}.1.…`"))
        .arg("key", list);
}

/// Parameters of the API that the resource does not have.
fn api_only(request: &Request<'_>, found: &mut Findings) {
    for member in request.root().members() {
        let is_api = REQUEST.fields.iter().any(|field| field.name == member.key);
        if is_api && !ROS_PROPERTIES.value.contains(&member.key.as_str()) {
            found
                .add(&UNKNOWN_PARAMETER, request.at(member.key_span))
                .says(text(
                    "the resource has no property `{key}`; only the API does",
                    "该资源没有属性 `{key}`，只有 API 支持",
                ))
                .help(text(
                    "remove it, or make what it stands for a resource of its own",
                    "删除它，或用单独的资源实现",
                ))
                .arg("key", &member.key);
        }
    }
}

pub(super) static FIELD_TYPE: Rule = Rule {
    id: "eci/field-type",
    summary: text("a list or an object where the API has something else", "值的结构与 API 不符"),
    message: text(
        "`{path}` is of type {expected}, here stands {found}",
        "`{path}` 的类型为 {expected}，此处为 {found}",
    ),
    why: text(
        "What has another form than the API's is refused or passed over.",
        "结构与 API 不符的值会被拒绝或忽略。",
    ),
    help: text("write it as {expected}", "请写成 {expected}"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Name":"web","Image":"a:1","Port":«80»}]}"#,
        ),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Name: web, Command: «/serve»}]\n",
        ),
        bad(r#"{"ContainerGroupName":"web","Container":«{"Name":"web","Image":"a:1"}»}"#),
        good(
            r#"{"ContainerGroupName":"web","Container":[{"Name":"web","Image":"a:1","Command":["/serve"]}]}"#,
        ),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Cpu: '2'\n      Container: [{Name: web, Command: {Ref: Command}}]\n",
        ),
    ],
    check: |cx, found| {
        let is_tree = |spelling| matches!(spelling, Spelling::Json | Spelling::Ros);
        for request in requests(cx).iter().filter(|one| is_tree(one.spelling)) {
            for violation in validate(&REQUEST, request.root()) {
                let ViolationKind::WrongType { expected } = violation.kind else { continue };
                // Texts, numbers and booleans are read from one another.
                let is_structure = matches!(expected, "array" | "object")
                    || matches!(violation.node.value, Value::Array(_) | Value::Object(_));
                if is_structure {
                    found
                        .add(&FIELD_TYPE, request.at(violation.span))
                        .arg("path", &violation.path)
                        .arg("expected", expected)
                        .arg("found", violation.node.type_name());
                }
            }
        }
    },
    ..ECI
};
