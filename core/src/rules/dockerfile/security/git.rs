//! git's check of certificates.
//!
//! Default: code that is cloned without it may be anybody's.

use super::super::file::files;
use super::setting;
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::shell::Call;
use crate::text::{Span, text};

static GIT: Publication = Publication {
    title: "git-config documentation: http.sslVerify",
    url: "https://git-scm.com/docs/git-config",
    date: "",
};

static VERIFY: Citation = Citation {
    publication: &GIT,
    says: text(
        "http.sslVerify says whether certificates are checked; GIT_SSL_NO_VERIFY switches the check off whatever its value, 0 included",
        "http.sslVerify 决定是否校验证书；GIT_SSL_NO_VERIFY 只要存在就关闭校验，值为 0 也一样",
    ),
    certainty: Certainty::Observed,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/tls-git",
    summary: text("git without a check of certificates", "git 不校验证书"),
    message: text(
        "`{name}` switches off git's check of the server's certificate",
        "`{name}` 关闭了 git 对服务器证书的校验",
    ),
    why: text(
        "Anybody between the builder and the server can hand out other code, and read the password or token that git sends.",
        "构建机与服务器之间的任何人都可以提供其他代码，并读取 git 发送的密码或令牌。",
    ),
    help: text(
        "take it out (GIT_SSL_NO_VERIFY works by being set, whatever its value); name the server's authority with GIT_SSL_CAINFO",
        "请删除（GIT_SSL_NO_VERIFY 只要设置就生效，与值无关）；用 GIT_SSL_CAINFO 指定服务器的 CA",
    ),
    rests_on: &[&VERIFY],
    aliases: &["CKV2_DOCKER_14"],
    examples: &[
        bad("FROM alpine/git:2.47.2\nENV «GIT_SSL_NO_VERIFY»=1\n"),
        bad(
            "FROM alpine/git:2.47.2\nRUN «GIT_SSL_NO_VERIFY»=0 git clone https://git.acme.test/a\n",
        ),
        bad("FROM alpine/git:2.47.2\nRUN git config --global «http.sslVerify false»\n"),
        bad(
            "FROM alpine/git:2.47.2\nRUN git -c «http.sslVerify=false» clone https://git.acme.test/a\n",
        ),
        good("FROM alpine/git:2.47.2\nRUN git config --global http.sslVerify true\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for one in setting::all(file).iter().filter(|one| one.name == "GIT_SSL_NO_VERIFY") {
            if one.has_value {
                found.add(&RULE, file.at(one.name_span)).arg("name", &one.name);
            }
        }
        for call in cx.calls_of(file.document, &["git"]) {
            for span in switched_off(call) {
                found.add(&RULE, file.at(span)).arg("name", "http.sslVerify");
            }
        }
    }
}

/// `http.sslVerify false` of `git config`, `http.sslVerify=false` of `git -c`.
fn switched_off(call: &Call) -> Vec<Span> {
    let is_off = |value: &str| matches!(value, "false" | "0" | "no" | "off");
    let mut found = Vec::new();
    for (index, word) in call.arguments.iter().enumerate() {
        let name = word.text().to_ascii_lowercase();
        match name.strip_prefix("http.sslverify") {
            Some("") => {
                let off = call.arguments.get(index + 1).filter(|next| is_off(next.text()));
                found.extend(off.map(|next| word.span.to(next.span)));
            }
            Some(rest) if rest.strip_prefix('=').is_some_and(is_off) => found.push(word.span),
            _ => {}
        }
    }
    found
}
