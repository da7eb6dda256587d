//! Node's and npm's checks of certificates.
//!
//! Default: with the check off, packages (which run code as they are installed) may come from
//! anybody on the way, and what stays in ENV or `.npmrc` holds for every later command.

use super::super::file::files;
use super::setting;
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::shell::{Argument, Call};
use crate::text::{Span, Text, text};

static NODE: Publication = Publication {
    title: "Node.js documentation: Command-line API, NODE_TLS_REJECT_UNAUTHORIZED",
    url: "https://nodejs.org/api/cli.html",
    date: "",
};

static REJECT: Citation = Citation {
    publication: &NODE,
    says: text(
        "the value '0' switches off the check of certificates for TLS connections; strongly discouraged",
        "值为 '0' 时关闭 TLS 连接的证书校验；强烈不建议使用",
    ),
    certainty: Certainty::Documented,
};

static NPM: Publication = Publication {
    title: "npm Docs: config, strict-ssl",
    url: "https://docs.npmjs.com/cli/v11/using-npm/config",
    date: "",
};

static STRICT: Citation = Citation {
    publication: &NPM,
    says: text(
        "strict-ssl says whether requests to the registry over https check its certificate; variables that begin with npm_config_ set it too, in any case",
        "strict-ssl 决定通过 https 访问 registry 时是否校验证书；以 npm_config_ 开头的变量（不分大小写）同样可设置",
    ),
    certainty: Certainty::Documented,
};

const HELP: Text = text(
    "take it out; give the authority that is missing with NODE_EXTRA_CA_CERTS, or npm's cafile",
    "请删除该设置；用 NODE_EXTRA_CA_CERTS 或 npm 的 cafile 提供缺少的 CA",
);

const WHY: Text = text(
    "Anybody between the builder and the registry can hand out another package, which runs code as it is installed.",
    "构建机与 registry 之间的任何人都可以提供另一个软件包，而安装时就会执行其中的代码。",
);

pub(in super::super) static REJECT_UNAUTHORIZED: Rule = Rule {
    id: "dockerfile/tls-node",
    summary: text("Node without a check of certificates", "Node 不校验证书"),
    message: text(
        "`NODE_TLS_REJECT_UNAUTHORIZED=0` switches off Node's check of certificates",
        "`NODE_TLS_REJECT_UNAUTHORIZED=0` 关闭了 Node 的证书校验",
    ),
    why: text(
        "Node then speaks with anybody who pretends to be the server; in ENV, that holds for the running service too.",
        "此时 Node 会与任何冒充服务器的一方通信；写在 ENV 中时，运行的服务同样受影响。",
    ),
    help: HELP,
    rests_on: &[&REJECT],
    aliases: &["CKV2_DOCKER_6"],
    examples: &[
        bad("FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED=«0»\n"),
        bad("FROM node:22\nRUN NODE_TLS_REJECT_UNAUTHORIZED=«0» npm ci\n"),
        good("FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n"),
    ],
    check: reject_unauthorized,
    ..Rule::DEFAULT
};

fn reject_unauthorized(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for one in setting::all(file) {
            if one.name == "NODE_TLS_REJECT_UNAUTHORIZED" && one.value.as_deref() == Some("0") {
                found.add(&REJECT_UNAUTHORIZED, file.at(one.value_span));
            }
        }
    }
}

pub(in super::super) static STRICT_SSL_VARIABLE: Rule = Rule {
    id: "dockerfile/tls-npm-env",
    summary: text("NPM_CONFIG_STRICT_SSL=false", "以变量关闭 npm 的证书校验"),
    message: text(
        "`{name}=false` switches off npm's check of the registry's certificate",
        "`{name}=false` 关闭了 npm 对 registry 证书的校验",
    ),
    why: WHY,
    help: HELP,
    rests_on: &[&STRICT],
    aliases: &["CKV2_DOCKER_12"],
    examples: &[
        bad("FROM node:22\nENV NPM_CONFIG_STRICT_SSL=«false»\n"),
        bad("FROM node:22\nRUN npm_config_strict_ssl=«false» npm ci\n"),
        good("FROM node:22\nENV NPM_CONFIG_STRICT_SSL=true\n"),
    ],
    check: strict_ssl_variable,
    ..Rule::DEFAULT
};

fn strict_ssl_variable(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for one in setting::all(file) {
            let is_it = one.name.eq_ignore_ascii_case("npm_config_strict_ssl");
            if is_it && one.value.as_deref() == Some("false") {
                found.add(&STRICT_SSL_VARIABLE, file.at(one.value_span)).arg("name", &one.name);
            }
        }
    }
}

pub(in super::super) static STRICT_SSL: Rule = Rule {
    id: "dockerfile/tls-npm-cfg",
    summary: text("strict-ssl is switched off", "关闭了 strict-ssl"),
    message: text(
        "`strict-ssl false` switches off {program}'s check of the registry's certificate",
        "`strict-ssl false` 关闭了 {program} 对 registry 证书的校验",
    ),
    why: WHY,
    help: HELP,
    rests_on: &[&STRICT],
    aliases: &["CKV2_DOCKER_13"],
    examples: &[
        bad("FROM node:22\nRUN npm config set «strict-ssl false»\n"),
        bad("FROM node:22\nRUN npm set «\"strict-ssl\"=false» -g && npm ci\n"),
        bad("FROM node:22\nRUN npm ci «--strict-ssl=false»\n"),
        bad("FROM node:22\nRUN yarn config set «strict-ssl 'false'» --global\n"),
        good("FROM node:22\nRUN npm config set strict-ssl true\n"),
    ],
    check: strict_ssl,
    ..Rule::DEFAULT
};

fn strict_ssl(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for call in cx.calls_of(file.document, &["npm", "yarn", "pnpm"]) {
            for span in switched_off(call) {
                found.add(&STRICT_SSL, file.at(span)).arg("program", &call.program);
            }
        }
    }
}

fn switched_off(call: &Call) -> Vec<Span> {
    let sets = ["config", "c", "conf"].iter().any(|word| call.begins(&[word, "set"]))
        || call.begins(&["set"]);
    let mut found = Vec::new();
    for (index, word) in call.arguments.iter().enumerate() {
        let name = word.text();
        let next = call.arguments.get(index + 1);
        let is_key = matches!(name, "strict-ssl" | "enableStrictSsl");
        if matches!(name, "--no-strict-ssl" | "--strict-ssl=false")
            || (sets && name == "strict-ssl=false")
        {
            found.push(word.span);
        } else if (is_key && sets) || name == "--strict-ssl" {
            let off = next.filter(|next: &&Argument| next.text() == "false");
            found.extend(off.map(|next| word.span.to(next.span)));
        }
    }
    found
}
