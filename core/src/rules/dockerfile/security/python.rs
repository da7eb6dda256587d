//! pip's trusted hosts, and Python's own switch.
//!
//! pip's are advice (info): a mirror inside of a private network often speaks plain HTTP only, and
//! then nothing else helps. PYTHONHTTPSVERIFY is a default warning: nothing needs it.

use super::super::file::files;
use super::setting;
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::Call;
use crate::text::{Text, text};

static PIP: Publication = Publication {
    title: "pip documentation: General options, --trusted-host",
    url: "https://pip.pypa.io/en/stable/cli/pip/",
    date: "",
};

static TRUSTED: Citation = Citation {
    publication: &PIP,
    says: text(
        "a trusted host is used even if it has no valid HTTPS, or none at all; also as PIP_TRUSTED_HOST",
        "被信任的主机即使没有有效的 HTTPS、甚至完全没有 HTTPS 也会被使用；也可写作 PIP_TRUSTED_HOST",
    ),
    certainty: Certainty::Documented,
};

static PEP: Publication = Publication {
    title: "PEP 493: HTTPS verification migration tools for Python 2.7",
    url: "https://peps.python.org/pep-0493/",
    date: "2015-05-10",
};

static SWITCH: Citation = Citation {
    publication: &PEP,
    says: text(
        "PYTHONHTTPSVERIFY=0 switches off the check of HTTPS certificates in Python's own client",
        "PYTHONHTTPSVERIFY=0 关闭 Python 自带客户端的 HTTPS 证书校验",
    ),
    certainty: Certainty::Documented,
};

const WHY: Text = text(
    "Anybody between the builder and the mirror can hand out another package, which runs code as it is installed.",
    "构建机与镜像源之间的任何人都可以提供另一个软件包，而安装时就会执行其中的代码。",
);

const HELP: Text = text(
    "use the mirror under https:// and take the trust out; a mirror with its own authority goes with --cert",
    "使用镜像源的 https:// 地址并去掉该信任设置；自有 CA 的镜像源请配合 --cert",
);

pub(in super::super) static PIP_HOST: Rule = Rule {
    id: "dockerfile/tls-pip-host",
    severity: Severity::Info,
    summary: text("pip trusts a host without a check", "pip 不校验主机证书"),
    message: text(
        "`{flag}` lets pip take packages from the host without a valid certificate",
        "`{flag}` 使 pip 在没有有效证书时也从该主机获取软件包",
    ),
    why: WHY,
    help: HELP,
    rests_on: &[&TRUSTED],
    aliases: &["CKV2_DOCKER_4"],
    examples: &[
        bad("FROM python:3.12\nRUN pip install «--trusted-host» pypi.acme.test flask\n"),
        bad("FROM python:3.12\nRUN python3 -m pip install flask «--trusted-host»=pypi.acme.test\n"),
        bad("FROM python:3.12\nRUN pip config set «global.trusted-host» pypi.acme.test\n"),
        good("FROM python:3.12\nRUN pip install -i https://pypi.acme.test/simple flask\n"),
    ],
    check: pip_host,
    ..Rule::DEFAULT
};

/// Whether it is pip, in one of the ways in which it is called.
fn is_pip(call: &Call) -> bool {
    let is_pip_name = |name: &str| {
        name.strip_prefix("pip")
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
    };
    let mut words = call.arguments.iter().map(|one| one.text());
    is_pip_name(&call.program)
        || (call.program.starts_with("python") && words.any(|word| word == "pip"))
        || (call.program == "uv" && call.begins(&["pip"]))
}

fn pip_host(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for call in cx.calls(file.document).iter().filter(|call| is_pip(call)) {
            for given in call.long("--trusted-host") {
                found.add(&PIP_HOST, file.at(given.span)).arg("flag", "--trusted-host");
            }
            let words = call.arguments.iter().filter(|_| call.begins(&["config", "set"]));
            for word in words.filter(|word| word.text().ends_with(".trusted-host")) {
                found.add(&PIP_HOST, file.at(word.span)).arg("flag", word.text());
            }
        }
    }
}

pub(in super::super) static PIP_VARIABLE: Rule = Rule {
    id: "dockerfile/tls-pip-env",
    severity: Severity::Info,
    summary: text("PIP_TRUSTED_HOST is set", "设置了 PIP_TRUSTED_HOST"),
    message: text(
        "`{name}` lets pip take packages from the host without a valid certificate",
        "`{name}` 使 pip 在没有有效证书时也从该主机获取软件包",
    ),
    why: WHY,
    help: HELP,
    rests_on: &[&TRUSTED],
    aliases: &["CKV2_DOCKER_16"],
    examples: &[
        bad("FROM python:3.12\nENV «PIP_TRUSTED_HOST»=pypi.acme.test\n"),
        bad(
            "FROM python:3.12\nRUN export «PIP_TRUSTED_HOST»=pypi.acme.test && pip install flask\n",
        ),
        good("FROM python:3.12\nENV PIP_INDEX_URL=https://pypi.acme.test/simple\n"),
        good("FROM python:3.12\nARG PIP_TRUSTED_HOST\n"),
    ],
    check: pip_variable,
    ..Rule::DEFAULT
};

fn pip_variable(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for one in setting::all(file).iter().filter(|one| one.name == "PIP_TRUSTED_HOST") {
            if one.has_value && one.value.as_deref() != Some("") {
                found.add(&PIP_VARIABLE, file.at(one.name_span)).arg("name", &one.name);
            }
        }
    }
}

pub(in super::super) static HTTPS_VERIFY: Rule = Rule {
    id: "dockerfile/tls-python",
    summary: text("Python without a check of certificates", "Python 不校验证书"),
    message: text(
        "`PYTHONHTTPSVERIFY=0` switches off Python's check of certificates",
        "`PYTHONHTTPSVERIFY=0` 关闭了 Python 的证书校验",
    ),
    why: text(
        "Whatever Python fetches then may come from anybody on the way; in ENV, that holds for the running service too.",
        "此后 Python 获取的内容可能被传输途中的任何人替换；写在 ENV 中时，运行的服务同样受影响。",
    ),
    help: text(
        "take it out, and add the authority that is missing to the image (ca-certificates)",
        "请删除该设置，并将缺少的 CA 加入镜像（ca-certificates）",
    ),
    rests_on: &[&SWITCH],
    aliases: &["CKV2_DOCKER_5"],
    examples: &[
        bad("FROM python:2.7\nENV PYTHONHTTPSVERIFY=«0»\n"),
        bad("FROM python:2.7\nRUN A=b PYTHONHTTPSVERIFY=«\"0\"» python fetch.py\n"),
        good("FROM python:2.7\nENV PYTHONHTTPSVERIFY=1\n"),
    ],
    check: https_verify,
    ..Rule::DEFAULT
};

fn https_verify(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for one in setting::all(file).iter().filter(|one| one.name == "PYTHONHTTPSVERIFY") {
            if one.value.as_deref() == Some("0") {
                found.add(&HTTPS_VERIFY, file.at(one.value_span));
            }
        }
    }
}
