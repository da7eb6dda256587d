//! `curl -k` and `wget --no-check-certificate`.
//!
//! Default: what is fetched without a check of the certificate may come from anybody on the way,
//! and becomes part of the image.

use super::super::file::files;
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::shell::Call;
use crate::text::{Text, text};

static CURL_MANUAL: Publication = Publication {
    title: "curl.1: the man page, --insecure",
    url: "https://curl.se/docs/manpage.html",
    date: "",
};

static CURL_INSECURE: Citation = Citation {
    publication: &CURL_MANUAL,
    says: text(
        "--insecure skips the check of the server's certificate; the transfer is not safe then",
        "--insecure 跳过服务器证书校验，传输因此不安全",
    ),
    certainty: Certainty::Documented,
};

static WGET_MANUAL: Publication = Publication {
    title: "GNU Wget manual: HTTPS (SSL/TLS) Options",
    url: "https://www.gnu.org/software/wget/manual/wget.html",
    date: "",
};

static WGET_INSECURE: Citation = Citation {
    publication: &WGET_MANUAL,
    says: text(
        "--no-check-certificate takes any certificate, whoever signed it and whatever host it names",
        "--no-check-certificate 接受任何证书，不论由谁签发、为哪个主机签发",
    ),
    certainty: Certainty::Documented,
};

const WHY: Text = text(
    "Anybody between the builder and the server can put other content into the image, unseen.",
    "构建机与服务器之间的任何人都可以悄悄把其他内容放入镜像。",
);

const HELP: Text = text(
    "take the flag out; add the server's own authority to the image (ca-certificates) if it has one, and compare the file with a known checksum",
    "去掉该选项；如果服务器使用自有 CA，请将其加入镜像（ca-certificates），并用已知的校验和核对文件",
);

pub(in super::super) static CURL: Rule = Rule {
    id: "dockerfile/tls-curl",
    summary: text("curl without a check of certificates", "curl 不校验证书"),
    message: text(
        "`{flag}` switches off curl's check of the server's certificate",
        "`{flag}` 关闭了 curl 对服务器证书的校验",
    ),
    why: WHY,
    help: HELP,
    rests_on: &[&CURL_INSECURE],
    aliases: &["CKV2_DOCKER_2"],
    examples: &[
        bad("FROM debian:12\nRUN curl -fsS«k»L -o /tmp/a.tgz https://downloads.acme.test/a.tgz\n"),
        bad("FROM debian:12\nRUN sudo curl «--insecure» https://downloads.acme.test/\n"),
        bad("FROM debian:12\nRUN bash -c 'curl «-k» https://downloads.acme.test/'\n"),
        good("FROM debian:12\nRUN curl -fsSLo k https://downloads.acme.test/ | grep -k\n"),
        good("FROM debian:12\nRUN curl -k https://localhost:8443/ready\n"),
    ],
    check: curl,
    ..Rule::DEFAULT
};

/// curl's short flags that take a value.
const CURL_VALUED: &str = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

/// The same without `-u`.
pub(super) const CURL_VALUED_BUT_USER: &str = "AbcCdDeEFhHKmoPQrtTUwxXyYz";

fn curl(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for call in cx.calls_of(file.document, &["curl"]) {
            if is_local(call) {
                continue;
            }
            let long = call.long("--insecure").map(|given| given.span);
            let short = call.short('k', CURL_VALUED).map(|given| given.span);
            if let Some(span) = short {
                found.add(&CURL, file.at(span)).arg("flag", "-k");
            }
            for span in long {
                found.add(&CURL, file.at(span)).arg("flag", "--insecure");
            }
        }
    }
}

/// Whether all it asks is this machine, whose certificate nobody signs.
fn is_local(call: &Call) -> bool {
    let host = |text: &str| {
        let rest = text.split_once("://")?.1;
        let end = rest.find(['/', ':']).unwrap_or(rest.len());
        Some(rest[..end].to_owned())
    };
    let mut hosts = call.operands().filter_map(|one| host(one.text())).peekable();
    hosts.peek().is_some() && hosts.all(|host| matches!(host.as_str(), "localhost" | "127.0.0.1"))
}

pub(in super::super) static WGET: Rule = Rule {
    id: "dockerfile/tls-wget",
    summary: text("wget without a check of certificates", "wget 不校验证书"),
    message: text(
        "`--no-check-certificate` switches off wget's check of the server's certificate",
        "`--no-check-certificate` 关闭了 wget 对服务器证书的校验",
    ),
    why: WHY,
    help: HELP,
    rests_on: &[&WGET_INSECURE],
    aliases: &["CKV2_DOCKER_3"],
    examples: &[
        bad("FROM debian:12\nRUN wget -q «--no-check-certificate» https://downloads.acme.test/a\n"),
        good("FROM debian:12\nRUN wget -q https://a.test/a && echo --no-check-certificate\n"),
    ],
    check: wget,
    ..Rule::DEFAULT
};

fn wget(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for call in cx.calls_of(file.document, &["wget"]) {
            for given in call.long("--no-check-certificate") {
                found.add(&WGET, file.at(given.span));
            }
        }
    }
}
