//! What is worth knowing of a credential beside its text: where it stands, which registry it is
//! for, how long it holds.
//!
//! In words only, without any part of what was read.

use crate::text::{Message, Text, text};

/// What is to be known of a credential's surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// `data` of a Secret holds JSON that is not encoded.
    PayloadNotEncoded,
    /// `stringData` of a Secret holds Base64.
    PayloadEncoded,
    /// A payload that was encoded once more than it should be.
    PayloadTwiceEncoded,
    /// A payload under another key than Kubernetes looks for.
    PayloadKey,
    /// `.dockercfg` with `auths`.
    WithAuths,
    /// A Secret of a type from which Kubernetes does not pull.
    SecretType,
    /// `.dockerconfigjson` without `auths`.
    WithoutAuths,
    /// A token beside the password.
    TokenBeside,
    /// Docker Hub under another name than docker's own.
    DockerHubKey,
    /// `https://` before the registry of an ECI credential.
    SchemeInServer,
    /// A path behind the registry of an ECI credential.
    PathInServer,
    /// `Username`, `user_name` … where ECI says `UserName`.
    FieldSpelling,
    /// The public address of a registry that nobody can pull from publicly.
    PublicPullRefused,
    /// A username that is none of SWR's.
    SwrUsername,
    /// A username of SWR for another region than the registry's.
    SwrRegion,
    /// A login that ends by itself.
    TemporaryLogin,
    /// The password stands in a command.
    PasswordInCommand,
    /// The password stands in a ROS template.
    PasswordInTemplate,
    /// A parameter for a password without `NoEcho`.
    ParameterIsShown,
    /// A parameter for a password with a `Default`.
    ParameterHasDefault,
    /// A reference to a parameter that the template does not have.
    ParameterIsMissing,
}

impl Note {
    /// The sentence about it.
    pub fn message(self) -> Message {
        Message::new(self.text())
    }

    const fn text(self) -> Text {
        match self {
            Note::PayloadNotEncoded => text(
                "the JSON stands unencoded under `data`, where Kubernetes wants Base64; plain JSON belongs under `stringData`",
                "`data` 下是未编码的 JSON，而 Kubernetes 要求 Base64；明文 JSON 应放在 `stringData` 下",
            ),
            Note::PayloadEncoded => text(
                "Base64 stands under `stringData`, where Kubernetes wants plain JSON; Base64 belongs under `data`",
                "`stringData` 下是 Base64，而 Kubernetes 要求明文 JSON；Base64 应放在 `data` 下",
            ),
            Note::PayloadTwiceEncoded => text(
                "the payload is Base64-encoded more than once: Kubernetes decodes it once",
                "该值被多次 Base64 编码，而 Kubernetes 只解码一次",
            ),
            Note::PayloadKey => text(
                "the payload stands under another key: Kubernetes looks under `.dockerconfigjson` (or `.dockercfg`)",
                "该值位于其他键下，而 Kubernetes 只读取 `.dockerconfigjson`（或 `.dockercfg`）",
            ),
            Note::WithAuths => text(
                "the registries stand in `auths`, which the legacy `.dockercfg` does not have; `.dockerconfigjson` is written so",
                "镜像仓库位于 `auths` 中，而旧格式 `.dockercfg` 没有 `auths`；`.dockerconfigjson` 才这样写",
            ),
            Note::SecretType => text(
                "Kubernetes does not pull with a Secret of this type: `.dockerconfigjson` needs the type kubernetes.io/dockerconfigjson, `.dockercfg` kubernetes.io/dockercfg",
                "Kubernetes 不会用该类型的 Secret 拉取镜像：`.dockerconfigjson` 需要类型 kubernetes.io/dockerconfigjson，`.dockercfg` 需要 kubernetes.io/dockercfg",
            ),
            Note::WithoutAuths => text(
                "the registries stand without `auths` around them, which `.dockerconfigjson` needs; only the legacy `.dockercfg` is written so",
                "镜像仓库外面缺少 `.dockerconfigjson` 所需的 `auths`；只有旧格式 `.dockercfg` 才这样写",
            ),
            Note::TokenBeside => text(
                "a token stands beside the password, and docker logs in with the token",
                "密码旁边还有令牌，docker 会使用令牌登录",
            ),
            Note::DockerHubKey => text(
                "docker keeps the login for Docker Hub under `https://index.docker.io/v1/`; under this name not every tool finds it",
                "docker 把 Docker Hub 的登录信息保存在 `https://index.docker.io/v1/` 下；用这个名称并非所有工具都能找到",
            ),
            Note::SchemeInServer => text(
                "ECI takes the registry's host without a scheme such as `https://`",
                "ECI 要求镜像仓库只写域名，不带 `https://` 之类的协议前缀",
            ),
            Note::PathInServer => text(
                "a path stands behind the registry's host: the login is for the host alone",
                "镜像仓库域名后带有路径，而登录只针对域名本身",
            ),
            Note::FieldSpelling => text(
                "ECI spells the fields `Server`, `UserName` and `Password`",
                "ECI 的字段名应写作 `Server`、`UserName` 和 `Password`",
            ),
            Note::PublicPullRefused => text(
                "this registry lets nobody pull through its public address; inside a VPC of its region, the address with `-vpc` behind the ID is for pulling",
                "该仓库不允许通过公网地址拉取镜像；在同地域 VPC 内请使用 ID 后带 `-vpc` 的地址",
            ),
            Note::SwrUsername => text(
                "the username of an SWR login is `REGION@ACCESS_KEY_ID` (or `PROJECT@…`), and this one is not",
                "SWR 登录的用户名形如 `REGION@ACCESS_KEY_ID`（或 `项目名@…`），该用户名不是",
            ),
            Note::SwrRegion => text(
                "the username is for another region of SWR than the address",
                "用户名所属的 SWR 区域与仓库地址的区域不同",
            ),
            Note::TemporaryLogin => text(
                "this is the username of temporary logins, which end within hours: what pulls again later cannot use it",
                "这是临时登录的用户名，数小时内失效：之后再次拉取镜像时无法使用",
            ),
            Note::PasswordInCommand => text(
                "the password stands in the command: it stays in the shell's history, and `ps` shows it; `--password-stdin` keeps it out",
                "命令中含有密码：它会留在 shell 历史中，也会被 `ps` 看到；请改用 `--password-stdin`",
            ),
            Note::PasswordInTemplate => text(
                "the password stands in the template: whoever may read the template has it; a parameter with `NoEcho: true` keeps it out",
                "模板中含有密码，任何能读取模板的人都能看到；请改用带 `NoEcho: true` 的参数",
            ),
            Note::ParameterIsShown => text(
                "the password's parameter has no `NoEcho: true`: its value is shown to whoever looks at the stack",
                "密码参数没有 `NoEcho: true`：查看资源栈的人都能看到它的值",
            ),
            Note::ParameterHasDefault => text(
                "the password's parameter has a `Default`, which stands in the template for all to read",
                "密码参数设置了 `Default`，任何能读取模板的人都能看到",
            ),
            Note::ParameterIsMissing => text(
                "the template has no parameter of the name that is referred to",
                "模板中没有所引用名称的参数",
            ),
        }
    }
}
