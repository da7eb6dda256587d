//! Environment variables.

use super::super::request::{Spelling, flag, known, requests};
use super::super::spec::{VARIABLE_KEY, VARIABLE_VALUE, VARIABLES_ARE_SHOWN};
use super::ECI;
use crate::reference::is_placeholder;
use crate::rule::{Rule, Severity, bad, good};
use crate::secret::is_secret;
use crate::text::text;

pub(super) static KEY: Rule = Rule {
    id: "eci/env-key-invalid",
    severity: Severity::Error,
    summary: text("no name for an environment variable", "环境变量名不合规"),
    message: text("`{key}` is no name for an environment variable", "`{key}` 不能作为环境变量名"),
    why: text("ECI refuses the request.", "ECI 会拒绝该请求。"),
    help: text(
        "letters, digits and underscores, with no digit first, 128 at most",
        "使用字母、数字和下划线，不以数字开头，最多 128 个字符",
    ),
    rests_on: &[&VARIABLE_KEY.source],
    examples: &[
        bad(
            "Container.1.Image=a:1\nContainer.1.EnvironmentVar.1.Key=«log-level»\nContainer.1.EnvironmentVar.1.Value=info\n",
        ),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"EnvironmentVar":[{"Key":"«1ST»","Value":"a"}]}]}"#,
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.EnvironmentVar.1.Key=LOG_LEVEL\nContainer.1.EnvironmentVar.1.Value=info\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for variable in request.containers().iter().flat_map(|one| one.list("EnvironmentVar")) {
                let Some((node, key)) = known(variable, "Key") else { continue };
                let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
                let is_name = !key.is_empty()
                    && key.len() <= VARIABLE_KEY.value
                    && key.bytes().all(is_letter)
                    && !key.starts_with(|c: char| c.is_ascii_digit());
                if !is_name {
                    found.add(&KEY, request.value(node)).arg("key", key);
                }
            }
        }
    },
    ..ECI
};

pub(super) static VALUE: Rule = Rule {
    id: "eci/env-value-too-long",
    severity: Severity::Error,
    summary: text("an environment variable's value is too long", "环境变量值过长"),
    message: text(
        "the value has {count} characters, at most {most} are allowed",
        "该值有 {count} 个字符，最多允许 {most} 个",
    ),
    why: text("ECI refuses the request.", "ECI 会拒绝该请求。"),
    help: text("put it into a file: `ConfigFileVolume`", "改用配置文件：`ConfigFileVolume`"),
    rests_on: &[&VARIABLE_VALUE.source],
    examples: &[
        bad(
            "Container.1.Image=a:1\nContainer.1.EnvironmentVar.1.Key=A\nContainer.1.EnvironmentVar.1.Value=«aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa»\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.EnvironmentVar.1.Key=A\nContainer.1.EnvironmentVar.1.Value=a\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for variable in request.containers().iter().flat_map(|one| one.list("EnvironmentVar")) {
                let Some((node, value)) = known(variable, "Value") else { continue };
                let count = value.chars().count();
                if count > VARIABLE_VALUE.value {
                    found
                        .add(&VALUE, request.value(node))
                        .arg("count", count)
                        .arg("most", VARIABLE_VALUE.value);
                }
            }
        }
    },
    ..ECI
};

pub(super) static SECRET: Rule = Rule {
    id: "eci/env-secret",
    severity: Severity::Info,
    summary: text("a secret in an environment variable that is shown", "环境变量中的密钥会被显示"),
    message: text(
        "the value of `{key}` is answered to whoever may look at the group",
        "`{key}` 的值会返回给有权查看容器组的人",
    ),
    why: text(
        "Unless it is hidden, calls that describe the group answer every variable.",
        "如未隐藏，查询容器组的接口会返回所有环境变量。",
    ),
    help: text(
        "set `EnvironmentVarHide` of the container to true, and put the value in when the request is sent",
        "将容器的 `EnvironmentVarHide` 设为 true，并在发送请求时填入该值",
    ),
    rests_on: &[&VARIABLES_ARE_SHOWN],
    examples: &[
        bad(
            "Container.1.Image=a:1\nContainer.1.EnvironmentVar.1.Key=«DB_PASSWORD»\nContainer.1.EnvironmentVar.1.Value=not-a-real-one\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.EnvironmentVarHide=true\nContainer.1.EnvironmentVar.1.Key=DB_PASSWORD\nContainer.1.EnvironmentVar.1.Value=not-a-real-one\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.EnvironmentVar.1.Key=DB_PASSWORD\nContainer.1.EnvironmentVar.1.Value=${DB_PASSWORD}\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.EnvironmentVar.1.Key=LOG_LEVEL\nContainer.1.EnvironmentVar.1.Value=info\n",
        ),
    ],
    check: |cx, found| {
        let is_request = |spelling| matches!(spelling, Spelling::Flat | Spelling::Json);
        for request in requests(cx).iter().filter(|one| is_request(one.spelling)) {
            for container in request.containers() {
                if container
                    .get("EnvironmentVarHide")
                    .is_some_and(|node| node.is_unknown() || flag(node) == Some(true))
                {
                    continue;
                }
                for variable in container.list("EnvironmentVar") {
                    let Some((node, key)) = known(variable, "Key") else { continue };
                    let Some((_, value)) = known(variable, "Value") else { continue };
                    if is_secret(key, value) && !is_placeholder(value) {
                        found.add(&SECRET, request.value(node)).arg("key", key);
                    }
                }
            }
        }
    },
    ..ECI
};
