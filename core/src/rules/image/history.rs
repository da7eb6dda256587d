//! What the history tells of the build, where there is no Dockerfile to ask.

use super::IMAGE;
use super::sources::{HISTORY_TELLS, STEPS_ARE_CHECKED};
use crate::document::Kind;
use crate::rule::{Context, Rule, Severity, bad, good};
use crate::shell::{self, Script};
use crate::text::text;

/// Every command line of the history, with its place. None where the project has a Dockerfile: the
/// rules on that say the same better.
fn each(cx: &Context<'_>, mut judge: impl FnMut(&str, crate::text::Place)) {
    if cx.of_kind(Kind::Dockerfile).next().is_some() {
        return;
    }
    for view in cx.images() {
        for (step, at) in view.steps() {
            judge(step, at);
        }
    }
}

/// The command line of a step that ran one.
fn command(step: &str) -> Option<Script> {
    let (_, line) = step.split_once("/bin/sh -c ")?;
    let line = line.trim_end_matches("# buildkit").trim_start();
    // `#(nop)` marks what ran nothing.
    (!line.starts_with("#(nop)")).then(|| shell::parse_verbatim(line))
}

pub(super) static CURL_PIPE: Rule = Rule {
    id: "image/history-curl-pipe-shell",
    severity: Severity::Info,
    summary: text("the build ran a script from the network", "构建时运行了网络脚本"),
    message: text(
        "the output of `{program}` went to a shell",
        "`{program}` 的输出被直接交给 shell 执行",
    ),
    why: text(
        "Whoever may change that page changes the next image, and nobody sees what ran.",
        "能修改该网页的人就能改变下一个镜像，且无从得知实际运行的内容。",
    ),
    help: text("download it, compare its digest, and run it then", "先下载并校验摘要，再运行"),
    rests_on: &[&HISTORY_TELLS],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«RUN /bin/sh -c curl -fsSL https://a.test/i.sh | bash # buildkit»", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"history": "RUN /bin/sh -c curl -o a https://a.test/a # buildkit", "files": []}]}]}"#,
        ),
    ],
    check: |cx, found| {
        each(cx, |step, at| {
            let Some(script) = command(step) else { return };
            let names: Vec<_> =
                script.commands.iter().map(|one| (one.name(), one.position.in_pipeline)).collect();
            let piped = names.windows(2).find(|pair| {
                matches!(pair[0], (Some("curl" | "wget"), true))
                    && matches!(pair[1], (Some("sh" | "bash" | "python" | "python3"), true))
            });
            if let Some([(Some(program), _), _]) = piped {
                found.add(&CURL_PIPE, at).arg("program", program);
            }
        });
    },
    ..IMAGE
};

pub(super) static DIST_UPGRADE: Rule = Rule {
    id: "image/history-dist-upgrade",
    severity: Severity::Info,
    summary: text("the build upgraded the whole distribution", "构建时升级了整个发行版"),
    message: text("a step runs `dist-upgrade`", "某步骤运行了 `dist-upgrade`"),
    why: text(
        "The image is no longer that of its base, and no two builds are alike.",
        "镜像不再与其基础镜像一致，每次构建的结果都不同。",
    ),
    help: text("take a newer base image", "使用更新的基础镜像"),
    rests_on: &[&STEPS_ARE_CHECKED],
    aliases: &["DKL-DI-0003"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«/bin/sh -c apt-get update && apt-get dist-upgrade -y»", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"history": "/bin/sh -c apt-get update && apt-get install -y curl", "files": []}]}]}"#,
        ),
    ],
    check: |cx, found| {
        each(cx, |step, at| {
            let runs = command(step).is_some_and(|script| {
                script.commands.iter().any(|one| {
                    matches!(one.name(), Some("apt-get" | "apt" | "aptitude"))
                        && (one.has_argument("dist-upgrade") || one.has_argument("full-upgrade"))
                })
            });
            if runs {
                found.add(&DIST_UPGRADE, at);
            }
        });
    },
    ..IMAGE
};

pub(super) static SUDO: Rule = Rule {
    id: "image/history-sudo",
    severity: Severity::Info,
    summary: text("the build used sudo", "构建时使用了 sudo"),
    message: text("a step runs `sudo`", "某步骤运行了 `sudo`"),
    why: text(
        "It is needed in no build, and stays in the image as a way to become root.",
        "构建中不需要它，留在镜像里则成为获取 root 的途径。",
    ),
    help: text("switch with USER, and leave sudo out", "用 USER 切换用户，并去掉 sudo"),
    rests_on: &[&STEPS_ARE_CHECKED],
    aliases: &["DKL-DI-0001"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«RUN /bin/sh -c sudo make install # buildkit»", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"history": "RUN /bin/sh -c make install # buildkit", "files": []}]}]}"#,
        ),
    ],
    check: |cx, found| {
        each(cx, |step, at| {
            let runs = command(step)
                .is_some_and(|script| script.commands.iter().any(|one| one.name() == Some("sudo")));
            if runs {
                found.add(&SUDO, at);
            }
        });
    },
    ..IMAGE
};

pub(super) static ADD_URL: Rule = Rule {
    id: "image/history-add-url",
    severity: Severity::Info,
    summary: text("the build added a file from the network", "构建时添加了网络文件"),
    message: text("ADD took `{url}` without a checksum", "ADD 获取了 `{url}`，但没有校验和"),
    why: text(
        "The next build gets whatever lies there then.",
        "下次构建会得到当时该地址的任意内容。",
    ),
    help: text("write ADD --checksum=sha256:… {url}", "写成 ADD --checksum=sha256:… {url}"),
    rests_on: &[&STEPS_ARE_CHECKED],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«ADD https://a.test/model.bin /model.bin # buildkit»", "files": []}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"history": "ADD file:0123 in / ", "files": []}, {"history": "ADD --checksum=sha256:aa https://a.test/m /m # buildkit", "files": []}]}]}"#,
        ),
    ],
    check: |cx, found| {
        each(cx, |step, at| {
            let Some(words) = step.strip_prefix("ADD ").filter(|_| !step.contains("--checksum"))
            else {
                return;
            };
            let mut words = words.split_whitespace();
            if let Some(url) =
                words.find(|word| word.starts_with("http://") || word.starts_with("https://"))
            {
                found.add(&ADD_URL, at).arg("url", crate::redact::redact(url));
            }
        });
    },
    ..IMAGE
};
