//! Parameters: name, type, allowed values, and what hides a secret.

use super::sources::{
    ALLOWED_VALUES, CONFIRM, NO_ECHO, NO_ECHO_POLICY, PARAMETER_NAMES, PARAMETER_TYPES,
};
use super::template::{Suggestions, templates};
use crate::ros::shape;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::secret::{Meaning, meaning};
use crate::text::text;
use crate::tree::edit::{New, Spot, insert_member};
use crate::tree::{Member, Node};

pub(super) static PARAM_TYPE: Rule = Rule {
    id: "ros/param-type",
    severity: Severity::Error,
    summary: text("a parameter without a type, or with one that does not exist", "参数没有类型或类型不存在"),
    message: text(
        "`{type}` is no type of parameters",
        "参数没有类型 `{type}`",
    ),
    why: text(
        "ROS refuses a template with a parameter that it cannot ask for.",
        "ROS 无法处理该参数，会拒绝模板。",
    ),
    help: text("the types are {known}", "可用的类型：{known}"),
    rests_on: &[&PARAMETER_TYPES],
    examples: &[
        bad("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  «Zone»:\n    Default: cn-beijing-h\n"),
        bad("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Zone:\n    Type: «Text»\n"),
        bad("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Zone:\n    Type: «string»\n")
            .fixed("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Zone:\n    Type: String\n"),
        good("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Zone:\n    Type: String\n  Key:\n    Type: ALIYUN::OOS::SecretParameter::Value\n"),
    ],
    check: param_type,
    ..Rule::DEFAULT
};

fn param_type(cx: &Context<'_>, found: &mut Findings) {
    let known = || shape::PARAMETER_TYPES.iter().copied();
    for file in templates(cx) {
        let mut suggestions = Suggestions::new();
        for parameter in file.parameters() {
            let list = known().collect::<Vec<_>>().join(", ");
            let Some(kind) = parameter.node.get("Type") else {
                found
                    .add(&PARAM_TYPE, file.at(parameter.key_span))
                    .says(text("the parameter `{name}` has no `Type`", "参数 `{name}` 缺少 `Type`"))
                    .arg("name", &parameter.key)
                    .arg("known", list);
                continue;
            };
            let Some(written) = kind.as_str().filter(|_| !kind.is_unknown()) else { continue };
            if known().any(|name| name == written) {
                continue;
            }
            let at = file.at(kind.inner_span());
            let finding = found.add(&PARAM_TYPE, at).arg("type", written).arg("known", list);
            if let Some(meant) = known().find(|name| name.eq_ignore_ascii_case(written)) {
                finding.fix(
                    Fix::safe(text("write `{type}`", "写成 `{type}`"))
                        .arg("type", meant)
                        .replace(at, meant),
                );
            } else if written.starts_with("ALIYUN::") {
                // The list of types that read from other services grows.
                finding.severity(Severity::Warning);
            }
            suggestions.offer(finding, written, known());
        }
    }
}

pub(super) static PARAM_NAME: Rule = Rule {
    id: "ros/param-name",
    summary: text(
        "a parameter's name with other signs than letters and digits",
        "参数名含有字母和数字以外的字符",
    ),
    message: text(
        "the parameter's name `{name}` has other signs than letters and digits",
        "参数名 `{name}` 含有字母和数字以外的字符",
    ),
    why: text(
        "Names of parameters are made of letters and digits; a dash or a dot makes `${name}` something else in `Fn::Sub`.",
        "参数名只能由字母和数字组成；含有横线或点时，`Fn::Sub` 中的 `${name}` 会有其他含义。",
    ),
    help: text("choose a name like `InstanceType`", "请使用类似 `InstanceType` 的名称"),
    rests_on: &[&PARAMETER_NAMES],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  «instance-type»:\n    Type: String\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  InstanceType2:\n    Type: String\n",
        ),
    ],
    check: param_name,
    ..Rule::DEFAULT
};

fn param_name(cx: &Context<'_>, found: &mut Findings) {
    // Terraform's names have an underscore.
    for file in templates(cx).filter(|file| !file.template.is_transformed()) {
        for parameter in file.parameters() {
            let name = &parameter.key;
            let is_plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
            if !is_plain {
                found.add(&PARAM_NAME, file.at(parameter.key_span)).arg("name", name);
            }
        }
    }
}

pub(super) static PARAM_ALLOWED_NULL: Rule = Rule {
    id: "ros/param-allowed-null",
    summary: text("an allowed value that is empty", "允许值中有空项"),
    message: text(
        "one of the allowed values of `{name}` is empty",
        "参数 `{name}` 的允许值中有一个空项",
    ),
    why: text(
        "The form offers a choice that is no value; mostly a line is left over, or a value lacks quotes.",
        "表单会出现一个没有值的选项，通常是多了一行，或值没有加引号。",
    ),
    help: text("remove the item, or write `''`", "删除该项，或写成 `''`"),
    rests_on: &[&ALLOWED_VALUES],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Size:\n    Type: String\n    AllowedValues:\n      - small\n      - «null»\n",
        ),
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Size:\n    Type: String\n    AllowedValues:\n      - small\n      -«»\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Size:\n    Type: String\n    AllowedValues:\n      - small\n      - ''\n  Cycle:\n    Type: String\n    Default: null\n    AllowedValues: [null, Month]\n",
        ),
    ],
    check: param_allowed_null,
    ..Rule::DEFAULT
};

fn param_allowed_null(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for parameter in file.parameters() {
            // Who writes `Default: null` means that there may be no value.
            if parameter.node.member("Default").is_some_and(|default| default.node.is_null()) {
                continue;
            }
            let allowed = parameter.node.get("AllowedValues").and_then(Node::items);
            for item in allowed.unwrap_or_default().iter().filter(|item| item.is_null()) {
                found.add(&PARAM_ALLOWED_NULL, file.at(item.span)).arg("name", &parameter.key);
            }
        }
    }
}

pub(super) static PARAM_CONFIRM: Rule = Rule {
    id: "ros/param-confirm",
    summary: text("`Confirm` on a parameter that is not hidden", "对未隐藏的参数使用 `Confirm`"),
    message: text(
        "`Confirm` is for texts with `NoEcho: true`; `{name}` is none",
        "`Confirm` 只用于 `NoEcho: true` 的字符串参数，而 `{name}` 不是",
    ),
    why: text(
        "The value is asked for twice since it cannot be seen; for other parameters ROS does not have it.",
        "要求输入两次是因为看不到输入的内容；其他参数不支持。",
    ),
    help: text(
        "add `NoEcho: true` if it is a secret, else remove `Confirm`",
        "若为密钥，请加上 `NoEcho: true`；否则删除 `Confirm`",
    ),
    rests_on: &[&CONFIRM],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Code:\n    Type: String\n    Confirm: «true»\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Code:\n    Type: String\n    NoEcho: true\n    Confirm: true\n",
        ),
    ],
    check: param_confirm,
    ..Rule::DEFAULT
};

fn param_confirm(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for parameter in file.parameters() {
            let Some(confirm) = parameter.node.get("Confirm").filter(|node| is_true(node)) else {
                continue;
            };
            let is_text = parameter.node.get("Type").and_then(Node::as_str) == Some("String");
            let hides = parameter.node.get("NoEcho");
            if !is_text || !hides.is_some_and(|node| is_true(node) || node.is_unknown()) {
                found.add(&PARAM_CONFIRM, file.at(confirm.span)).arg("name", &parameter.key);
            }
        }
    }
}

pub(super) static PARAM_SECRET_NOECHO: Rule = Rule {
    id: "ros/param-secret-noecho",
    summary: text("a secret that is shown", "密钥参数会明文显示"),
    message: text(
        "the value of `{name}` is shown to everyone who may look at the stack",
        "任何能查看资源栈的人都能看到 `{name}` 的值",
    ),
    why: text(
        "Without `NoEcho: true` the value stands in the form and in every description of the stack.",
        "没有 `NoEcho: true` 时，该值会显示在表单和资源栈详情中。",
    ),
    help: text("add `NoEcho: true`", "请加上 `NoEcho: true`"),
    rests_on: &[&NO_ECHO, &NO_ECHO_POLICY],
    examples: &[
        bad("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  «AdminPassword»:\n    Type: String\n    Label:\n      en: Password\n\n  Zone:\n    Type: String\n")
            .fixed("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  AdminPassword:\n    Type: String\n    Label:\n      en: Password\n    NoEcho: true\n\n  Zone:\n    Type: String\n"),
        bad("-- a.json --\n{\"ROSTemplateFormatVersion\": \"2015-09-01\", \"Parameters\": {«\"ApiKey\"»: {\"Type\": \"String\"}}}")
            .fixed("-- a.json --\n{\"ROSTemplateFormatVersion\": \"2015-09-01\", \"Parameters\": {\"ApiKey\": {\"Type\": \"String\", \"NoEcho\": true}}}"),
        bad("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  «ApiKey»:\n    Type: String\n    NoEcho: false\n"),
        good("-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  AdminPassword:\n    Type: String\n    NoEcho: true\n  PasswordLength:\n    Type: Number\n  InstancePassword:\n    Type: String\n    AssociationProperty: ALIYUN::ECS::Instance::Password\n"),
    ],
    check: param_secret_noecho,
    ..Rule::DEFAULT
};

fn param_secret_noecho(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for parameter in file.parameters().filter(|one| names_secret(one) && is_open_text(one)) {
            let no_echo = parameter.node.member("NoEcho");
            if no_echo.is_some_and(|one| is_true(&one.node) || one.node.is_unknown()) {
                continue;
            }
            let finding = found.add(&PARAM_SECRET_NOECHO, file.at(parameter.key_span));
            finding.arg("name", &parameter.key);
            let title = text("add `NoEcho: true`", "加上 `NoEcho: true`");
            // Others than the author of the alias share its body.
            if parameter.is_alias() {
                continue;
            }
            match no_echo {
                // It was meant, if wrongly.
                Some(no_echo) if !no_echo.node.span.is_empty() && !no_echo.is_alias() => {
                    let at = file.at(no_echo.node.span);
                    finding.fix(Fix::risky(title).replace(at, "true"));
                }
                Some(_) => {}
                None => {
                    let value = New::Bool(true);
                    let edit =
                        insert_member(file.source(), &parameter.node, Spot::Last, "NoEcho", &value);
                    if let Some(edit) = edit {
                        finding.fix(Fix::safe(title).replace(file.at(edit.span), edit.text));
                    }
                }
            }
        }
    }
}

/// Whether the name says that the value is a secret; that of a key's id goes about with its key.
pub(super) fn names_secret(parameter: &Member) -> bool {
    meaning(&parameter.key) == Meaning::Secret
        && !parameter.key.to_ascii_lowercase().ends_with("id")
}

/// Whether it is a text that one types, and that the console does not hide by itself.
fn is_open_text(parameter: &Member) -> bool {
    let get = |key: &str| parameter.node.get(key);
    let association = get("AssociationProperty").and_then(Node::as_str).unwrap_or_default();
    let association = association.to_ascii_lowercase();
    get("Type").and_then(Node::as_str) == Some("String")
        && get("AllowedValues").is_none()
        && !["password", "secret", "kms"].iter().any(|word| association.contains(word))
}

pub(super) fn is_true(node: &Node) -> bool {
    node.as_bool() == Some(true)
        || node.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
}
