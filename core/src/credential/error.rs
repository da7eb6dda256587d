//! Why a credential cannot be written in a form, or a text of a form cannot be read.
//!
//! Messages name what is wrong and never hold what was read.

use crate::text::{Lang, Message, text};

/// Why a username and a password cannot be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().render(Lang::En))]
pub enum EncodeError {
    /// No username.
    EmptyUsername,
    /// The first colon ends the username: one inside would move part of it into the password.
    ColonInUsername,
    /// A control character such as a line break in the username.
    ControlInUsername,
    /// No password.
    EmptyPassword,
    /// A control character in a password that has to stand on a line of its own.
    ControlInPassword,
    /// No registry, where the form wants one.
    EmptyRegistry,
    /// `https://` before the registry's host.
    SchemeInRegistry,
    /// A path behind the registry's host.
    PathInRegistry,
    /// The registry is no host name with or without a port.
    Registry,
    /// A name that Kubernetes refuses for a Secret.
    SecretName,
    /// A name that Kubernetes refuses for a namespace.
    Namespace,
}

/// Why a text in one of the forms cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().render(Lang::En))]
pub enum ReadError {
    /// The JSON breaks off or breaks its grammar, or a field has another type than its form says.
    Json {
        /// Line of the JSON, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A docker config.json without a registry in it.
    NoRegistry,
    /// A docker config.json that leaves its credentials to a store of the desktop.
    CredentialStore,
    /// A Kubernetes object without `.dockerconfigjson` or `.dockercfg`.
    NoPayload,
    /// The payload of the Secret is neither JSON nor Base64 of JSON.
    Payload,
    /// The payload of the Secret is a template or a placeholder.
    Placeholder,
    /// No `ImageRegistryCredential` in the text.
    NoCredential,
}

impl EncodeError {
    /// The sentence about it.
    pub fn message(self) -> Message {
        Message::new(match self {
            EncodeError::EmptyUsername => text("the username is empty", "用户名为空"),
            EncodeError::ColonInUsername => text(
                "the username holds a colon, which would end it: what follows would be read as password",
                "用户名中含有冒号，冒号之后的部分会被当作密码",
            ),
            EncodeError::ControlInUsername => text(
                "the username holds a line break or another control character",
                "用户名中含有换行符或其他控制字符",
            ),
            EncodeError::EmptyPassword => text("the password is empty", "密码为空"),
            EncodeError::ControlInPassword => text(
                "the password holds a line break or another control character, which cannot stand in this form",
                "密码中含有换行符或其他控制字符，无法写入该格式",
            ),
            EncodeError::EmptyRegistry => {
                text("this form needs the registry's host", "该格式需要镜像仓库的域名")
            }
            EncodeError::SchemeInRegistry => text(
                "the registry is a host, without a scheme such as `https://`",
                "镜像仓库只写域名，不带 `https://` 之类的协议前缀",
            ),
            EncodeError::PathInRegistry => text(
                "the registry is a host, without the path of a namespace or repository",
                "镜像仓库只写域名，不带命名空间或镜像路径",
            ),
            EncodeError::Registry => text(
                "the registry is not a host name with or without a port",
                "镜像仓库不是有效的域名（可带端口）",
            ),
            EncodeError::SecretName => text(
                "a Secret's name has at most 253 lower-case letters, digits, `-` and `.`, and begins and ends with a letter or digit",
                "Secret 名称最多 253 个字符，只能包含小写字母、数字、`-` 和 `.`，且以字母或数字开头和结尾",
            ),
            EncodeError::Namespace => text(
                "a namespace's name has at most 63 lower-case letters, digits and `-`, and begins and ends with a letter or digit",
                "命名空间名称最多 63 个字符，只能包含小写字母、数字和 `-`，且以字母或数字开头和结尾",
            ),
        })
    }
}

impl ReadError {
    /// The sentence about it.
    pub fn message(self) -> Message {
        match self {
            ReadError::Json { line, column } => Message::new(text(
                "the JSON cannot be read at line {line}, column {column}",
                "JSON 在第 {line} 行第 {column} 列无法解析",
            ))
            .arg("line", line)
            .arg("column", column),
            ReadError::NoRegistry => {
                Message::new(text("no registry stands under `auths`", "`auths` 中没有任何镜像仓库"))
            }
            ReadError::CredentialStore => Message::new(text(
                "the credentials are in a credential store (`credsStore`, `credHelpers`), not in this file",
                "凭证保存在凭证存储（`credsStore`、`credHelpers`）中，不在该文件里",
            )),
            ReadError::NoPayload => Message::new(text(
                "the object has neither `.dockerconfigjson` nor `.dockercfg`",
                "该对象中没有 `.dockerconfigjson` 或 `.dockercfg`",
            )),
            ReadError::Payload => Message::new(text(
                "the Secret's value is neither JSON nor the Base64 of JSON",
                "该 Secret 的值既不是 JSON，也不是 JSON 的 Base64",
            )),
            ReadError::Placeholder => {
                Message::new(text("the Secret's value is a placeholder", "该 Secret 的值是占位符"))
            }
            ReadError::NoCredential => Message::new(text(
                "no `ImageRegistryCredential` stands in the text",
                "文本中没有 `ImageRegistryCredential`",
            )),
        }
    }
}
