//! Credentials: `dockerAuth` in its form and place, and secrets that lie open in the document.

use super::super::service::services;
use super::super::spec::{
    DOCKER_AUTH, DOCKER_AUTH_EXACT, DOCKER_AUTH_NEEDED, LOGIN_NAMES, SECRETS_IN_FILES,
};
use super::image::{Image, addresses, images};
use crate::credential::docker_auth::{classify, decode};
use crate::credential::{DecodeError, Oddity, ProblemKind};
use crate::fact::Platform;
use crate::reference::{DEFAULT_HOST, RegistryKind};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::secret::{Meaning, meaning, tokens};
use crate::text::text;
use crate::tree::Node;

pub(super) static FORMAT: Rule = Rule {
    id: "eas/docker-auth-format",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text(
        "`dockerAuth` is not the Base64 of username:password",
        "`dockerAuth` 不是 username:password 的 Base64",
    ),
    message: text(
        "`dockerAuth` is not the Base64 of username:password",
        "`dockerAuth` 不是 username:password 的 Base64",
    ),
    why: text(
        "The registry refuses the login, and the service ends in ImagePullBackOff.",
        "仓库会拒绝登录，服务出现 ImagePullBackOff。",
    ),
    help: text(
        "make it with `plimsoll auth encode --username NAME`, or on the page under Credentials",
        "请用 `plimsoll auth encode --username NAME` 或页面的“凭证”生成",
    ),
    rests_on: &[&DOCKER_AUTH, &DOCKER_AUTH_EXACT],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«user:pass»"}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
        // `echo` without `-n` encodes its line end too.
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«dXNlcjpwYXNzCg==»"}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«YWJjZDphYmNkZTEy****»"}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«dXNlcg==»"}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«${DOCKER_AUTH}»"}"#),
        // A quote and a line break were encoded along.
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«InVzZXI6cGFzcyI=»"}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«dXNlcjpwYS9z\ncz8/fg==»"}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYS9zcz8/fg=="}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«dXNlcjpwYS9zcz8_fg==»"}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYS9zcz8/fg=="}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«Basic dXNlcjpwYXNz»"}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
        // docker's config.json, as text and as an object.
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«{\"auths\":{\"r.example.com\":{\"auth\":\"dXNlcjpwYXNz\"}}}»"}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":«{"auths":{"r.example.com":{"auth":"dXNlcjpwYXNz"}}}»}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":«{"username":"user"}»}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
    ],
    check: format,
    ..Rule::DEFAULT
};

fn format(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let Some(node) = service.root.get("dockerAuth") else { continue };
        let is_object = node.is_object() && !node.is_unknown();
        let value = match node.as_str() {
            Some(value) => value,
            None if is_object => service.letters(node.span),
            None => continue,
        };
        for problem in classify(value) {
            let at = service.value(node);
            let finding = found.add(&FORMAT, at);
            finding.message = problem.message();
            match problem.kind {
                ProblemKind::Unreadable(DecodeError::Placeholder) => {
                    finding.severity(Severity::Info);
                }
                ProblemKind::Odd(
                    Oddity::TrailingNewline | Oddity::SurroundingSpace | Oddity::Whitespace,
                ) => {
                    finding.severity(Severity::Warning);
                }
                _ => {}
            }
            if let Some(corrected) = &problem.corrected {
                let new = match is_object {
                    true => format!("\"{}\"", corrected.reveal()),
                    false => corrected.reveal().to_owned(),
                };
                finding.fix(
                    Fix::safe(text("encode it as it should be", "重新正确编码"))
                        .replace(at, new)
                        .secret(),
                );
            }
        }
    }
}

pub(super) static PLACE: Rule = Rule {
    id: "eas/docker-auth-place",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("`dockerAuth` stands in the wrong place", "`dockerAuth` 位置错误"),
    message: text("`dockerAuth` is read at the top level alone", "`dockerAuth` 只在顶层生效"),
    why: text("Elsewhere it is passed over: the image is pulled without a login, and the service ends in ImagePullBackOff.", "写在其他位置会被忽略：拉取镜像时没有登录，服务出现 ImagePullBackOff。"),
    help: text("move it to the top level, beside `containers`", "移到顶层，与 `containers` 并列"),
    rests_on: &[&DOCKER_AUTH],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x",«"dockerAuth"»:"dXNlcjpwYXNz"}]}"#)
            .fixed(r#"{"dockerAuth":"dXNlcjpwYXNz","metadata":{"name":"a_b"},"containers":[{"image":"x"}]}"#),
        bad("{\n  \"metadata\": {\"name\": \"a_b\"},\n  \"containers\": [\n    {\"image\": \"x\", «\"dockerAuth\"»: \"dXNlcjpwYXNz\"}\n  ]\n}\n")
            .fixed("{\n  \"dockerAuth\": \"dXNlcjpwYXNz\",\n  \"metadata\": {\"name\": \"a_b\"},\n  \"containers\": [\n    {\"image\": \"x\"}\n  ]\n}\n"),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],«"docker_auth"»:"dXNlcjpwYXNz"}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x"}],"dockerAuth":"dXNlcjpwYXNz"}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x"}],"credential":{"docker_auth":"dXNlcjpwYXNz"}}"#),
    ],
    check: place,
    ..Rule::DEFAULT
};

fn place(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let is_free = service.root.member("dockerAuth").is_none();
        let mut moved = false;
        // A list of key names has `credential.docker_auth` as another name of it.
        let alias = service.root.get("credential");
        service.root.walk(&mut |_, parent: &Node| {
            for member in parent.members() {
                let is_auth = member.key.replace('_', "").eq_ignore_ascii_case("dockerauth")
                    && Some(parent) != alias;
                let is_top = parent.span == service.root.span;
                if !is_auth || (is_top && member.key == "dockerAuth") {
                    continue;
                }
                let key = service.at(member.key_span);
                let finding = found.add(&PLACE, key);
                if is_top {
                    finding.says(text("EAS spells it `dockerAuth`", "EAS 中应写作 `dockerAuth`"));
                }
                if !is_free || moved {
                    continue;
                }
                moved = true;
                if is_top {
                    finding.fix(
                        Fix::safe(text("spell it `dockerAuth`", "改为 `dockerAuth`"))
                            .replace(key, "\"dockerAuth\""),
                    );
                    continue;
                }
                if let Some(removal) = service.removal(parent, member)
                    && let Some((place, new)) =
                        service.moved(service.root, "dockerAuth", &member.node)
                {
                    finding.fix(
                        Fix::safe(text("move it to the top level", "移到顶层"))
                            .delete(removal)
                            .replace(place, new)
                            .secret(),
                    );
                }
            }
        });
    }
}

pub(super) static MISSING: Rule = Rule {
    id: "eas/docker-auth-missing",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text(
        "an image of a registry of one's own, without a login",
        "使用自建仓库的镜像，但没有凭证",
    ),
    message: text(
        "`{host}` may ask for a login, and `dockerAuth` is missing",
        "`{host}` 可能需要登录，而缺少 `dockerAuth`",
    ),
    why: text(
        "A private registry other than ACR of the same account refuses a pull without credentials.",
        "除同账号的 ACR 外，私有仓库会拒绝没有凭证的拉取。",
    ),
    help: text(
        "add `dockerAuth`, unless the image is public",
        "请添加 `dockerAuth`，除非镜像是公开的",
    ),
    rests_on: &[&DOCKER_AUTH_NEEDED],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"«harbor.acme.example»/ml/app:1.0"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"harbor.acme.example/ml/app:1.0"}],"dockerAuth":"dXNlcjpwYXNz"}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|one| one.root.get("dockerAuth").is_none()) {
            for image in images(service) {
                if image.reference.registry().kind == RegistryKind::Other
                    && let (Some(host), Some(at)) = (image.reference.host(), image.host())
                {
                    found.add(&MISSING, at).arg("host", host);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static OTHER_REGISTRY: Rule = Rule {
    id: "eas/docker-auth-other-registry",
    platform: Some(Platform::Eas),
    summary: text("the login is another registry's than the image's", "凭证与镜像所在的仓库不符"),
    message: text(
        "this login is one of {registry}, but the image comes from `{host}`",
        "该凭证属于 {registry}，而镜像来自 `{host}`",
    ),
    why: text(
        "The registry of the image does not know the user and refuses the login: ImagePullBackOff.",
        "镜像所在的仓库不认识该用户，会拒绝登录：ImagePullBackOff。",
    ),
    help: text("encode the username and password of `{host}`", "请编码 `{host}` 的用户名和密码"),
    rests_on: &[&DOCKER_AUTH, &LOGIN_NAMES],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}],"dockerAuth":"«Y24tbm9ydGgtNEBBQkNERUZHSElKS0xNTk9QUVJTVDpwYXNz»"}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"swr.cn-north-4.myhuaweicloud.com/ml/app:1.0"}],"dockerAuth":"Y24tbm9ydGgtNEBBQkNERUZHSElKS0xNTk9QUVJTVDpwYXNz"}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0"}],"dockerAuth":"dXNlcjpwYXNz"}"#,
        ),
    ],
    check: other_registry,
    ..Rule::DEFAULT
};

fn other_registry(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let Some(auth) = service.root.get("dockerAuth") else { continue };
        let login = auth.as_str().and_then(|value| decode(value).ok());
        let Some(wanted) = login.and_then(|login| registry_of(&login.username)) else { continue };
        let images = images(service);
        let is_its = |image: &Image<'_>| image.reference.registry().kind == wanted;
        let Some(first) = images.first().filter(|_| !images.iter().any(is_its)) else { continue };
        // Another address may be of that registry.
        if images.len() < addresses(service).count() {
            continue;
        }
        found
            .add(&OTHER_REGISTRY, service.value(auth))
            .arg("registry", wanted.title())
            .arg("host", first.reference.host().unwrap_or(DEFAULT_HOST))
            .related(first.name(), text("the image", "镜像"));
    }
}

/// The registry whose usernames have this form.
fn registry_of(username: &str) -> Option<RegistryKind> {
    match username {
        "$oauthtoken" => return Some(RegistryKind::Nvidia),
        "_json_key" | "_json_key_base64" | "oauth2accesstoken" => {
            return Some(RegistryKind::Google);
        }
        _ => {}
    }
    // SWR: the region, and the access key.
    let (region, key) = username.split_once('@')?;
    let is_region = region.split('-').count() >= 3
        && region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && region.ends_with(|c: char| c.is_ascii_digit());
    let is_key =
        key.len() >= 16 && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (is_region && is_key).then_some(RegistryKind::Swr)
}

pub(super) static SECRET_IN_JSON: Rule = Rule {
    id: "eas/secret-in-json",
    platform: Some(Platform::Eas),
    summary: text("a credential lies open in the document", "文档中含有明文凭证"),
    message: text(
        "`{key}` holds a credential that anyone who reads the file can use",
        "`{key}` 含有凭证，任何能读取该文件的人都可使用",
    ),
    why: text(
        "Base64 hides nothing. A file that is committed, mailed or pasted gives the registry or the data away.",
        "Base64 不是加密。文件一旦被提交、发送或粘贴，仓库或数据就会泄露。",
    ),
    help: text(
        "keep a placeholder in the file and fill it in when you deploy",
        "文件中保留占位符，部署时再填写",
    ),
    rests_on: &[&SECRETS_IN_FILES],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"«dXNlcjpwYXNz»"}"#),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"DB_PASSWORD","value":"«hunter2»"}]}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[],"storage":[{"mount_path":"/c","git":{"repo":"https://x/y","password":"«pw»"}}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"HF_TOKEN","value":"«hR7kPq2»"},{"name":"ID","value":"«LTAI5tQk8Rz3Lw7Xn2Vb9YcD»"}]}]}"#,
        ),
        good(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"${DOCKER_AUTH}"}"#),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[],"storage":[{"mount_path":"/c","git":{"repo":"https://x/y","password":"the token of the robot"}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","generate_token":true},"containers":[{"image":"x","env":[{"name":"TOKENIZERS_PARALLELISM","value":"false"}]}]}"#,
        ),
    ],
    check: secret_in_json,
    ..Rule::DEFAULT
};

/// Whether the name tells a secret, or the value's own form does.
fn holds_secret(name: &str, node: &Node) -> bool {
    meaning(name) == Meaning::Secret || node.as_str().is_some_and(|text| !tokens(text).is_empty())
}

fn secret_in_json(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let mut report = |key: &str, node: &Node| {
            // Several words are a description of what belongs there.
            let is_text = node
                .as_str()
                .is_some_and(|text| !text.is_empty() && text.split_whitespace().count() < 3);
            if is_text && !node.is_unknown() {
                found.add(&SECRET_IN_JSON, service.value(node)).arg("key", key);
            }
        };
        if let Some(auth) = service.root.get("dockerAuth")
            && auth.as_str().is_some_and(|text| decode(text).is_ok())
        {
            report("dockerAuth", auth);
        }
        if let Some(token) = service.root.get("token") {
            report("token", token);
        }
        service.root.walk(&mut |key, node: &Node| {
            if let Some(key) = key
                && !matches!(key, "dockerAuth" | "token")
                && holds_secret(key, node)
            {
                report(key, node);
            }
            // {"name": "DB_PASSWORD", "value": "…"}
            if let (Some(name), Some(value)) =
                (node.get("name").and_then(Node::as_str), node.get("value"))
                && holds_secret(name, value)
                && !holds_secret("value", value)
            {
                report(name, value);
            }
        });
    }
}
