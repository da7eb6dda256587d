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
    /// A username that begins as something else does: whoever reads it takes it for that.
    ReadOtherwise,
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
    /// The form has no spelling in JSON.
    NoJson,
}

/// Why a text in one of the forms cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().render(Lang::En))]
pub enum ReadError {
    /// The JSON breaks off or breaks its grammar.
    Json {
        /// Line of the JSON, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The YAML breaks its grammar.
    Yaml {
        /// Line of the YAML, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A value of another type than the form says.
    Unexpected {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A command that no shell can read, for a quote that is not closed.
    Command {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A docker config.json without a registry in it.
    NoRegistry,
    /// A docker config.json that leaves its credentials to this store of the desktop.
    CredentialStore(String),
    /// A Kubernetes object without `.dockerconfigjson` or `.dockercfg`.
    NoPayload,
    /// A Secret that holds no login for a registry.
    OtherSecret,
    /// The payload of the Secret is neither JSON nor Base64 of JSON.
    Payload,
    /// The payload of the Secret is a template or a placeholder.
    Placeholder,
    /// No `ImageRegistryCredential` in the text.
    NoCredential,
    /// No `docker login` in the text.
    NoCommand,
    /// No `dockerAuth` in the document.
    NoDockerAuth,
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
            EncodeError::ReadOtherwise => text(
                "the username begins as a script, a mask or JSON does: readers would take it for that",
                "用户名的开头与脚本、掩码或 JSON 相同，会被误读",
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
            EncodeError::NoJson => {
                text("this form is a command and has no JSON", "该格式是命令，没有 JSON 写法")
            }
        })
    }
}

impl ReadError {
    /// The sentence about it.
    pub fn message(&self) -> Message {
        let at = |line: &usize, column: &usize, text| {
            Message::new(text).arg("line", line).arg("column", column)
        };
        match self {
            ReadError::Json { line, column } => at(line, column, text(
                "the JSON cannot be read at line {line}, column {column}",
                "JSON 在第 {line} 行第 {column} 列无法解析",
            )),
            ReadError::Yaml { line, column } => at(line, column, text(
                "the YAML cannot be read at line {line}, column {column}",
                "YAML 在第 {line} 行第 {column} 列无法解析",
            )),
            ReadError::Unexpected { line, column } => at(line, column, text(
                "an object was expected at line {line}, column {column}",
                "第 {line} 行第 {column} 列应为对象",
            )),
            ReadError::Command { line, column } => at(line, column, text(
                "the command cannot be read at line {line}, column {column}: what begins there is not closed",
                "命令在第 {line} 行第 {column} 列无法解析：从该处开始的内容没有闭合",
            )),
            ReadError::NoRegistry => {
                Message::new(text("no registry stands under `auths`", "`auths` 中没有任何镜像仓库"))
            }
            ReadError::CredentialStore(store) => Message::new(text(
                "no password is in this file: the helper `docker-credential-{store}` of that machine has them all, so the file logs in nowhere else",
                "该文件中没有密码：所有密码都由那台机器上的 `docker-credential-{store}` 保管，因此该文件在其他机器上无法登录",
            ))
            .arg("store", store),
            ReadError::NoPayload => Message::new(text(
                "no Secret with `.dockerconfigjson` or `.dockercfg` stands in the text",
                "文本中没有带 `.dockerconfigjson` 或 `.dockercfg` 的 Secret",
            )),
            ReadError::OtherSecret => Message::new(text(
                "this Secret is not for pulling images: it has neither `.dockerconfigjson` nor `.dockercfg`",
                "该 Secret 不用于拉取镜像：其中既没有 `.dockerconfigjson`，也没有 `.dockercfg`",
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
            ReadError::NoCommand => Message::new(text(
                "no `docker login` stands in the text",
                "文本中没有 `docker login` 命令",
            )),
            ReadError::NoDockerAuth => Message::new(text(
                "no `dockerAuth` stands in the document",
                "文档中没有 `dockerAuth`",
            )),
        }
    }
}
