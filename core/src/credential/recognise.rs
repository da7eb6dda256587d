//! What a text is that holds no credential: a file that was taken for one, an address, a key.
//!
//! Told by marks that no `username:password` has. Keeps nothing of the text.

use crate::text::{Text, text};
use crate::tree::json;

use super::docker_auth::is_json;
use crate::secret::tokens;

/// Something that is no `username:password`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Other {
    /// A Dockerfile.
    Dockerfile,
    /// A shell script.
    Script,
    /// A service JSON of PAI-EAS.
    EasService,
    /// `config.json` or the service JSON of ModelArts.
    ModelArts,
    /// A request to ECI.
    EciRequest,
    /// A Kubernetes manifest.
    Manifest,
    /// A ROS template.
    RosTemplate,
    /// A Compose file.
    Compose,
    /// docker's `config.json`.
    DockerConfig,
    /// A service account's key.
    ServiceAccount,
    /// `.netrc`.
    Netrc,
    /// A private key.
    PrivateKey,
    /// A certificate, or something else in PEM.
    Pem,
    /// An INI file such as `~/.aws/credentials`.
    Ini,
    /// Lines of `NAME=value`.
    Environment,
    /// A line of htpasswd.
    Htpasswd,
    /// A line of `/etc/passwd`.
    Passwd,
    /// A URL.
    Url,
    /// A URL with a username and a password in it.
    UrlWithLogin,
    /// A bearer token.
    Bearer,
    /// A token of a form that its owner is known by.
    Token,
    /// A registry's or image's address.
    Address,
    /// A digest.
    Digest,
    /// A time.
    Time,
    /// A path.
    Path,
    /// YAML, or one `key: value`.
    Yaml,
    /// Several lines.
    Lines,
}

impl Other {
    /// Its name, as a sentence ends with it.
    pub(super) const fn title(self) -> Text {
        match self {
            Other::Dockerfile => text("a Dockerfile", "Dockerfile"),
            Other::Script => text("a script", "脚本"),
            Other::EasService => text(
                "a service JSON of PAI-EAS without a `dockerAuth`",
                "不含 `dockerAuth` 的 PAI-EAS 服务 JSON",
            ),
            Other::ModelArts => text("a JSON document of ModelArts", "ModelArts 的 JSON 文档"),
            Other::EciRequest => text(
                "a request to ECI without an `ImageRegistryCredential`",
                "不含 `ImageRegistryCredential` 的 ECI 请求",
            ),
            Other::Manifest => text(
                "a Kubernetes manifest without an image pull Secret",
                "不含镜像拉取 Secret 的 Kubernetes 清单",
            ),
            Other::RosTemplate => text(
                "a ROS template without an `ImageRegistryCredential`",
                "不含 `ImageRegistryCredential` 的 ROS 模板",
            ),
            Other::Compose => text("a Compose file", "Compose 文件"),
            Other::DockerConfig => text(
                "docker's config.json without a single login",
                "不是只含一个登录信息的 Docker config.json",
            ),
            Other::ServiceAccount => text(
                "a service account's key (the whole JSON is the password of `_json_key`)",
                "服务账号密钥（整个 JSON 是 `_json_key` 的密码）",
            ),
            Other::Netrc => text("a .netrc", ".netrc 文件"),
            Other::PrivateKey => text("a private key", "私钥"),
            Other::Pem => text("a certificate or another PEM file", "证书或其他 PEM 文件"),
            Other::Ini => text("an INI file", "INI 文件"),
            Other::Environment => text("a file of `NAME=value` lines", "`NAME=value` 形式的文件"),
            Other::Htpasswd => text(
                "a line of htpasswd (a hash, not a password)",
                "htpasswd 的一行（是哈希而不是密码）",
            ),
            Other::Passwd => text("a line of /etc/passwd", "/etc/passwd 的一行"),
            Other::Url => text("a URL", "URL"),
            Other::UrlWithLogin => {
                text("a URL with a username and a password in it", "含有用户名和密码的 URL")
            }
            Other::Bearer => text("a bearer token", "Bearer 令牌"),
            Other::Token => text("a token without its username", "缺少用户名的令牌"),
            Other::Address => text("the address of a registry or an image", "镜像仓库或镜像的地址"),
            Other::Digest => text("a digest", "摘要"),
            Other::Time => text("a time", "时间"),
            Other::Path => text("a path", "路径"),
            Other::Yaml => text("YAML (`key: value`)", "YAML（`键: 值`）"),
            Other::Lines => text("a text of several lines", "多行文本"),
        }
    }
}

/// What `text` is by the marks of a whole document. A text that was decoded is asked for these
/// only: a password may hold anything else.
pub(super) fn document(text: &str) -> Option<Other> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.contains("-----BEGIN ") {
        let is_key = text.contains("PRIVATE KEY");
        return Some(if is_key { Other::PrivateKey } else { Other::Pem });
    }
    if text.starts_with("#!") {
        return Some(Other::Script);
    }
    if is_json(text) {
        let document = json::parse(text);
        let keys: Vec<&str> = document.root.iter().flat_map(|root| root.keys()).collect();
        return by_keys(&keys);
    }
    let lines = || text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    let code = || lines().filter(|line| !line.trim_start().starts_with('#'));
    let begins = |word: &str| {
        let mut lines = code().filter(|line| first_word(line) != "ARG");
        lines.next().is_some_and(|line| first_word(line).eq_ignore_ascii_case(word))
    };
    if begins("FROM") {
        return Some(Other::Dockerfile);
    }
    let words = || text.split_whitespace();
    let is_netrc = |word| words().next() == Some(word) && words().any(|word| word == "password");
    if is_netrc("machine") || is_netrc("default") {
        return Some(Other::Netrc);
    }
    let keys: Vec<&str> = code().filter_map(yaml_key).collect();
    if let Some(known) = by_keys(&keys) {
        return Some(known);
    }
    if lines().next().is_some_and(|line| line.starts_with('[') && line.ends_with(']')) {
        return (lines().count() > 1).then_some(Other::Ini);
    }
    let all = code().count();
    if all > 1 && code().all(is_assignment) {
        return Some(Other::Environment);
    }
    (all > 1 && keys.len() > 1).then_some(Other::Yaml)
}

/// What `text` is if it cannot be a username and a password as they stand.
pub(super) fn whole(text: &str) -> Option<Other> {
    let text = text.trim_start_matches('\u{feff}').trim();
    document(text).or_else(|| line(text))
}

fn line(text: &str) -> Option<Other> {
    if text.contains(['\n', '\r']) {
        return Some(Other::Lines);
    }
    if let Some((_, rest)) = text.split_once("://") {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let has_login = authority.split_once('@').is_some_and(|(login, _)| login.contains(':'));
        return Some(if has_login { Other::UrlWithLogin } else { Other::Url });
    }
    let bare = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    let is_bearer = text.to_ascii_lowercase().split([' ', ':']).any(|word| word == "bearer");
    let is_jwt = bare.starts_with("eyJ") && bare.matches('.').count() == 2;
    if is_bearer || is_jwt {
        return Some(Other::Bearer);
    }
    if tokens(text).iter().any(|found| (found.start, found.end) == (0, text.len())) {
        return Some(Other::Token);
    }
    if is_assignment(text) {
        return Some(Other::Environment);
    }
    let (before, behind) = text.split_once(':')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_hash = ["$2", "$1$", "$5$", "$6$", "$apr1$", "{SHA}", "{SSHA}"];
    if is_hash.iter().any(|mark| behind.starts_with(mark)) {
        return Some(Other::Htpasswd);
    }
    if text.matches(':').count() == 6 && text.split(':').skip(2).take(2).all(is_number) {
        return Some(Other::Passwd);
    }
    if matches!(before, "sha256" | "sha512" | "sha1" | "md5")
        && behind.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        return Some(Other::Digest);
    }
    if is_date(before) {
        return Some(Other::Time);
    }
    if behind.starts_with('\\') || (before.len() == 1 && behind.starts_with('/')) {
        return Some(Other::Path);
    }
    if behind.starts_with(char::is_whitespace) || behind.is_empty() || names_a_secret(before) {
        return Some(Other::Yaml);
    }
    let is_port = is_number(behind) && behind.len() <= 5;
    let is_host = before == "localhost" || (before.contains('.') && !before.contains('@'));
    (before.contains('/') || (is_port && is_host)).then_some(Other::Address)
}

/// The kind of document that has these keys at its top.
fn by_keys(keys: &[&str]) -> Option<Other> {
    let has = |key: &str| keys.contains(&key);
    let table: &[(bool, Other)] = &[
        (has("private_key") || has("private_key_id"), Other::ServiceAccount),
        (has("auths") || has("credHelpers") || has("credsStore"), Other::DockerConfig),
        (has("ROSTemplateFormatVersion"), Other::RosTemplate),
        (has("apiVersion") && has("kind"), Other::Manifest),
        (has("Container") || has("ContainerGroupName"), Other::EciRequest),
        (has("model_type") || has("model_algorithm") || has("infer_type"), Other::ModelArts),
        (
            has("metadata")
                && ["containers", "processor", "cloud", "model_path"].iter().any(|key| has(key)),
            Other::EasService,
        ),
        (has("services") && keys.len() > 1, Other::Compose),
    ];
    table.iter().find_map(|&(is_it, other)| is_it.then_some(other))
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

/// `key` of a line `key: value` that is not indented.
fn yaml_key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_matches(['"', '\'']);
    let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte));
    let is_value = value.is_empty() || value.starts_with(char::is_whitespace);
    (!key.is_empty() && is_key && is_value).then_some(key)
}

/// `NAME=value`, `export NAME=value`.
fn is_assignment(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let Some((name, value)) = line.split_once('=') else { return false };
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    // `=` ends Base64 as well.
    is_name && name.len() > 2 && !value.trim_start_matches('=').is_empty()
}

/// `2026-01-31T08`
fn is_date(text: &str) -> bool {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let is_dash = |at: usize| text.as_bytes().get(at) == Some(&b'-');
    (0..4).all(is_digit) && is_dash(4) && is_digit(5) && is_dash(7) && is_digit(8)
}

/// Whether what stands before a colon says that the secret follows.
fn names_a_secret(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "secret",
        "apikey",
        "api_key",
        "api-key",
        "access_key",
        "secret_key",
        "auth",
        "authorization",
        "credential",
        "credentials",
    ];
    NAMES.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_is_told_by_its_marks() {
        for (text, other) in [
            ("FROM alpine:3.20\nCMD x\n", Other::Dockerfile),
            ("# why\nARG V=1\nfrom alpine:$V\n", Other::Dockerfile),
            ("#!/bin/sh\necho a:b\n", Other::Script),
            ("{\"metadata\":{\"name\":\"a\"},\"containers\":[]}", Other::EasService),
            ("{\"model_type\":\"Image\"}", Other::ModelArts),
            ("{\"ContainerGroupName\":\"a\",\"Container\":[]}", Other::EciRequest),
            ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n", Other::Manifest),
            ("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}", Other::Manifest),
            ("ROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n", Other::RosTemplate),
            ("version: '3'\nservices:\n  a:\n    image: b\n", Other::Compose),
            ("{\"auths\": {}, \"credsStore\": \"desktop\"}", Other::DockerConfig),
            ("{\"type\":\"service_account\",\"private_key\":\"x\"}", Other::ServiceAccount),
            ("machine a.b\n  login u\n  password p\n", Other::Netrc),
            ("machine a.b login u password p", Other::Netrc),
            ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4\n", Other::PrivateKey),
            ("-----BEGIN CERTIFICATE-----\n", Other::Pem),
            ("[default]\naws_access_key_id = A\n", Other::Ini),
            ("HOME=b\nexport CODE=d:e\n", Other::Environment),
            ("a: b\nc: d\n", Other::Yaml),
        ] {
            assert_eq!(document(text), Some(other), "{text}");
            assert_eq!(whole(text), Some(other), "{text}");
        }
    }

    #[test]
    fn a_line_that_is_something_else_is_told() {
        for (text, other) in [
            ("https://a.b/c", Other::Url),
            ("https://a.b/c?x=u:p@d", Other::Url),
            ("postgres://u:p@a.b/c", Other::UrlWithLogin),
            ("Authorization: Bearer abc", Other::Bearer),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", Other::Bearer),
            ("AKIAABCDEFGHIJKLMNOP", Other::Token),
            ("DB_PASSWORD=a:b", Other::Environment),
            ("user:$2y$05$abc", Other::Htpasswd),
            ("root:x:0:0:root:/root:/bin/sh", Other::Passwd),
            ("sha256:0123abcd", Other::Digest),
            ("2026-01-31T08:30:00Z", Other::Time),
            ("C:\\Users\\x", Other::Path),
            ("hello: world", Other::Yaml),
            ("key:", Other::Yaml),
            ("password:hunter2", Other::Yaml),
            ("localhost:8080", Other::Address),
            ("registry.example.com:5000", Other::Address),
            ("ghcr.io/acme/app:1.0", Other::Address),
            ("one\ntwo:three", Other::Lines),
        ] {
            assert_eq!(whole(text), Some(other), "{text}");
        }
        for pair in
            ["user:password", "u:12345", "cn-north-4@HPUA12:0123abcd", "a.b@c.d:80", "a:b c"]
        {
            assert_eq!(whole(pair), None, "{pair}");
        }
    }
}
