//! Credentials: `dockerAuth` in its form and place, and secrets that lie open in the document.

use super::super::service::{insertion, removal, services};
use super::super::spec::{DOCKER_AUTH, DOCKER_AUTH_EXACT, DOCKER_AUTH_NEEDED, SECRETS_IN_FILES};
use crate::credential::docker_auth::{classify, decode};
use crate::credential::{DecodeError, Oddity, ProblemKind};
use crate::fact::Platform;
use crate::reference::{RegistryKind, parse};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
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
        good(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
    ],
    check: format,
    ..Rule::DEFAULT
};

fn format(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let Some(node) = service.root.get("dockerAuth") else { continue };
        let Some(value) = node.as_str() else { continue };
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
                finding.fix(
                    Fix::safe(text("encode it as it should be", "重新正确编码"))
                        .replace(at, corrected.reveal())
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
            .fixed(r#"{"dockerAuth": "dXNlcjpwYXNz", "metadata":{"name":"a_b"},"containers":[{"image":"x"}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[],«"docker_auth"»:"dXNlcjpwYXNz"}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"dXNlcjpwYXNz"}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x"}],"dockerAuth":"dXNlcjpwYXNz"}"#),
    ],
    check: place,
    ..Rule::DEFAULT
};

fn place(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let is_free = service.root.member("dockerAuth").is_none();
        let mut moved = false;
        service.root.walk(&mut |_, parent: &Node| {
            for member in parent.members() {
                let is_auth = member.key.replace('_', "").eq_ignore_ascii_case("dockerauth");
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
                finding.fix(if is_top {
                    Fix::safe(text("spell it `dockerAuth`", "改为 `dockerAuth`"))
                        .replace(key, "\"dockerAuth\"")
                } else {
                    let value = service.document.source.slice(member.node.span);
                    let (place, new) = insertion(service.root, &format!("\"dockerAuth\": {value}"));
                    Fix::safe(text("move it to the top level", "移到顶层"))
                        .delete(service.at(removal(parent, member)))
                        .replace(service.at(place), new)
                        .secret()
                });
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
            for node in service.containers().iter().filter_map(|node| node.get("image")) {
                let Some(text_of) = node.as_text().filter(|_| !node.is_unknown()) else { continue };
                let Ok(reference) = parse(text_of.text()) else { continue };
                if reference.registry().kind == RegistryKind::Other
                    && let (Some(host), Some(range)) = (reference.host(), reference.host_range())
                {
                    found
                        .add(&MISSING, service.at(text_of.span(range.start, range.end)))
                        .arg("host", host);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

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
        good(r#"{"metadata":{"name":"a_b"},"containers":[],"dockerAuth":"${DOCKER_AUTH}"}"#),
        good(
            r#"{"metadata":{"name":"a_b","generate_token":true},"containers":[{"image":"x","env":[{"name":"TOKENIZERS_PARALLELISM","value":"false"}]}]}"#,
        ),
    ],
    check: secret_in_json,
    ..Rule::DEFAULT
};

fn secret_in_json(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let mut report = |key: &str, node: &Node| {
            let is_text = node.as_str().is_some_and(|text| !text.is_empty());
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
                && is_secret_key(key)
            {
                report(key, node);
            }
            // {"name": "DB_PASSWORD", "value": "…"}
            if let (Some(name), Some(value)) =
                (node.get("name").and_then(Node::as_str), node.get("value"))
                && is_secret_key(name)
            {
                report(name, value);
            }
        });
    }
}

/// Names whose values are credentials beyond doubt.
fn is_secret_key(key: &str) -> bool {
    let folded = key.to_ascii_lowercase().replace(['-', '_'], "");
    [
        "password",
        "passwd",
        "accesskeysecret",
        "secretaccesskey",
        "secretkey",
        "accesskeyid",
        "apikey",
    ]
    .iter()
    .any(|part| folded.ends_with(part))
        || folded.ends_with("apitoken")
        || folded.ends_with("accesstoken")
}
