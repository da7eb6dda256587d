//! The service's name: where it stands and of what it is made.

use super::super::service::{Service, services};
use super::super::spec::{NAME_CHARACTERS, NAME_LENGTH, NAME_REQUIRED, ONE_NAME};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::secret::tokens;
use crate::text::text;
use crate::tree::Node;

fn name<'a>(service: Service<'a>) -> Option<&'a Node> {
    service.metadata(&["name"]).or_else(|| service.root.get("name"))
}

/// The name, if it is a string that is known.
fn known_name<'a>(service: Service<'a>) -> Option<(&'a Node, &'a str)> {
    let node = name(service).filter(|node| !node.is_unknown())?;
    Some((node, node.as_str()?))
}

pub(super) static MISSING: Rule = Rule {
    id: "eas/name-missing",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("the service has no name", "服务没有名称"),
    message: text("the service has no name", "服务没有名称"),
    why: text(
        "The name is required: without it the service is not created.",
        "名称是必填项：没有名称无法创建服务。",
    ),
    help: text("add `\"name\"` to `metadata`", "在 `metadata` 中添加 `\"name\"`"),
    rests_on: &[&NAME_REQUIRED],
    examples: &[
        bad(r#"{"metadata":«{»"instance":1},"containers":[]}"#),
        good(r#"{"metadata":{"name":"demo_1"},"containers":[]}"#),
        good(r#"{"name":"demo_1","metadata":{"instance":1},"containers":[]}"#),
        good(r#"{"metadata.name":"demo_1","containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|service| name(*service).is_none()) {
            let parent = service.root.get("metadata").filter(|node| node.is_object());
            found.add(&MISSING, service.brace(parent.unwrap_or(service.root)));
        }
    },
    ..Rule::DEFAULT
};

pub(super) static CONFLICT: Rule = Rule {
    id: "eas/name-conflict",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("the service has two names", "服务有两个名称"),
    message: text(
        "the service is called `{top}` here and `{inner}` in `metadata`",
        "服务在此处名为 `{top}`，在 `metadata` 中名为 `{inner}`",
    ),
    why: text(
        "Only one of them can be the service's; calls and updates under the other one fail.",
        "只有一个会成为服务名；用另一个名称调用或更新会失败。",
    ),
    help: text("keep the name in `metadata`", "保留 `metadata` 中的名称"),
    rests_on: &[&ONE_NAME],
    examples: &[
        bad(r#"{"name":"«a_1»","metadata":{"name":"b_1"},"containers":[]}"#),
        good(r#"{"name":"a_1","metadata":{"name":"a_1"},"containers":[]}"#),
        good(r#"{"name":"${NAME}","metadata":{"name":"b_1"},"containers":[]}"#),
    ],
    check: conflict,
    ..Rule::DEFAULT
};

fn conflict(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let (Some(top), Some(inner)) = (service.root.get("name"), service.metadata(&["name"]))
        else {
            continue;
        };
        if top.is_unknown() || inner.is_unknown() {
            continue;
        }
        if let (Some(a), Some(b)) = (top.as_str(), inner.as_str())
            && a != b
        {
            found
                .add(&CONFLICT, service.value(top))
                .arg("top", a)
                .arg("inner", b)
                .related(service.value(inner), text("the other name", "另一个名称"));
        }
    }
}

pub(super) static TOP_LEVEL: Rule = Rule {
    id: "eas/name-top-level",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    strict: true,
    summary: text("the name stands at the top, as in older documents", "名称位于顶层（旧写法）"),
    message: text("the name belongs into `metadata`", "名称应写在 `metadata` 中"),
    why: text(
        "The current reference documents `metadata.name`; the name at the top is the form of older pages.",
        "当前文档使用 `metadata.name`；顶层名称是旧文档的写法。",
    ),
    help: text("move it into `metadata`", "移到 `metadata` 中"),
    rests_on: &[&NAME_REQUIRED],
    examples: &[
        bad(r#"{«"name"»:"demo_1","metadata":{},"containers":[]}"#)
            .fixed(r#"{"metadata":{"name":"demo_1"},"containers":[]}"#),
        bad(r#"{"metadata":{"instance":1},"containers":[],«"name"»:"demo_1"}"#)
            .fixed(r#"{"metadata":{"name":"demo_1","instance":1},"containers":[]}"#),
        good(r#"{"metadata":{"name":"demo_1"},"containers":[]}"#),
        good(r#"{"name":"demo_1","processor":"pmml","model_path":"oss://b/m/"}"#),
    ],
    check: top_level,
    ..Rule::DEFAULT
};

fn top_level(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx).filter(|service| service.is_image_service()) {
        let Some(member) = service.root.member("name") else { continue };
        if service.metadata(&["name"]).is_some() {
            continue;
        }
        let finding = found.add(&TOP_LEVEL, service.at(member.key_span));
        if let Some(metadata) = service.root.get("metadata").filter(|node| node.is_object())
            && let Some(removal) = service.removal(service.root, member)
            && let Some((place, new)) = service.moved(metadata, "name", &member.node)
        {
            finding.fix(
                Fix::safe(text("move it into `metadata`", "移到 `metadata` 中"))
                    .delete(removal)
                    .replace(place, new),
            );
        }
    }
}

pub(super) static PATTERN: Rule = Rule {
    id: "eas/name-pattern",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("the name holds characters that EAS refuses", "名称含有 EAS 不接受的字符"),
    message: text("the name `{name}` holds `{character}`", "名称 `{name}` 含有 `{character}`"),
    why: text(
        "A name is made of lower-case letters, digits and underscores; a service with another name is not created.",
        "名称由小写字母、数字和下划线组成；其他名称无法创建服务。",
    ),
    help: text(
        "use lower-case letters, digits and `_`, for example `{suggestion}`",
        "请使用小写字母、数字和 `_`，例如 `{suggestion}`",
    ),
    rests_on: &[&NAME_CHARACTERS],
    examples: &[
        bad(r#"{"metadata":{"name":"«My.Svc»"},"containers":[]}"#),
        bad(r#"{"name":"«my svc»","containers":[]}"#),
        good(r#"{"metadata":{"name":"my_svc"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"my-svc"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"<Name>"},"containers":[]}"#),
    ],
    check: pattern,
    ..Rule::DEFAULT
};

fn pattern(cx: &Context<'_>, found: &mut Findings) {
    let is_fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    for service in services(cx) {
        let Some((node, name)) = known_name(service) else { continue };
        let Some(wrong) = name.chars().find(|character| !is_fine(*character)) else { continue };
        let suggestion = suggested(name, |name| {
            let lower = name.chars().map(|character| character.to_ascii_lowercase());
            lower.map(|one| if is_fine(one) && one != '-' { one } else { '_' }).collect()
        });
        found
            .add(&PATTERN, service.value(node))
            .arg("name", name)
            .arg("character", wrong)
            .arg("suggestion", suggestion);
    }
}

/// A better name, made of the one that is there. Of a token another spelling would still be told.
fn suggested(name: &str, make: impl FnOnce(&str) -> String) -> String {
    if tokens(name).is_empty() { make(name) } else { "my_service".to_owned() }
}

pub(super) static HYPHEN: Rule = Rule {
    id: "eas/name-hyphen",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("the name holds a hyphen", "名称含有连字符"),
    message: text("the name `{name}` holds a hyphen", "名称 `{name}` 含有连字符"),
    why: text(
        "The platform's documents disagree: one page allows only lower-case letters, digits and underscores, another shows names with hyphens.",
        "平台文档说法不一：有的页面只允许小写字母、数字和下划线，有的示例含有连字符。",
    ),
    help: text(
        "an underscore is safe everywhere: `{suggestion}`",
        "使用下划线总是安全的：`{suggestion}`",
    ),
    rests_on: &[&NAME_CHARACTERS],
    examples: &[
        bad(r#"{"metadata":{"name":"«my-svc»"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"my_svc"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"your-service"},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            if let Some((node, name)) = known_name(service).filter(|(_, name)| name.contains('-')) {
                found
                    .add(&HYPHEN, service.value(node))
                    .arg("name", name)
                    .arg("suggestion", suggested(name, |name| name.replace('-', "_")));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static LENGTH: Rule = Rule {
    id: "eas/name-length",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("the name is too short or too long", "名称过短或过长"),
    message: text(
        "the name has {length} characters: {least} to {most} are allowed",
        "名称有 {length} 个字符：允许 {least} 到 {most} 个",
    ),
    why: text("A service with such a name may not be created.", "这样的名称可能无法创建服务。"),
    help: text(
        "choose a name of {least} to {most} characters",
        "请使用 {least} 到 {most} 个字符的名称",
    ),
    rests_on: &[&NAME_LENGTH.source],
    examples: &[
        bad(r#"{"metadata":{"name":"«a»"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"abc"},"containers":[]}"#),
    ],
    check: |cx, found| {
        let (least, most) = NAME_LENGTH.value;
        for service in services(cx) {
            let Some((node, name)) = known_name(service) else { continue };
            let length = name.chars().count();
            if !(least..=most).contains(&length) {
                found
                    .add(&LENGTH, service.value(node))
                    .arg("length", length)
                    .arg("least", least)
                    .arg("most", most);
            }
        }
    },
    ..Rule::DEFAULT
};
