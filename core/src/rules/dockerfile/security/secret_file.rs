//! Files that hold secrets, named by COPY or ADD.
//!
//! Default: a name such as `.env` or `id_rsa` leaves little doubt, and who copies it by name means
//! to have it in the image. What often holds no secret (`.npmrc`) is advice.

use super::super::file::files;
use super::secret_variable::PERSIST;
use crate::dockerfile::{Body, Keyword};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::secret::{SecretFile, secret_file};
use crate::text::text;

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/secret-file",
    summary: text("a file with secrets is copied", "复制了包含密钥的文件"),
    message: text(
        "`{file}` holds secrets, and stays in the image",
        "`{file}` 包含密钥，会留在镜像中",
    ),
    why: text(
        "Whoever pulls the image can take the file out of the layer, also if a later instruction deletes it.",
        "拉取镜像的人可以从层中取出该文件，即使后续指令已将其删除。",
    ),
    help: text(
        "mount it where it is needed: RUN --mount=type=secret,id=…,target=…; give the running service its secrets when the container starts",
        "请在需要处挂载：RUN --mount=type=secret,id=…,target=…；运行服务所需的密钥请在容器启动时提供",
    ),
    rests_on: &[&PERSIST],
    aliases: &["DS-0031"],
    examples: &[
        bad("FROM node:22\nCOPY package.json «.env» /app/\n"),
        bad("FROM alpine:3.20\nADD [\"«id_rsa»\", \"/root/.ssh/id_rsa\"]\n"),
        bad("FROM alpine:3.20\nCOPY «home/.aws/credentials» /root/.aws/\n"),
        good("FROM node:22\nCOPY .env.example id_rsa.pub /app/\n"),
        good("FROM alpine:3.20\nCOPY --from=certs /etc/ssl/cert.pem /etc/ssl/\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let instruction = instruction.inner();
            let Body::Copy { sources, .. } = &instruction.body else { continue };
            if !matches!(instruction.keyword, Keyword::Copy | Keyword::Add) {
                continue;
            }
            for source in sources {
                let path = source.raw().trim_matches(['"', '\'']);
                if path.contains(['$', '*', '?', '[']) || path.contains("://") {
                    continue;
                }
                let Some(how) = secret_file(path) else { continue };
                let finding = found.add(&RULE, file.at(source.text.whole()));
                finding.arg("file", path);
                if how == SecretFile::Often {
                    finding.severity(Severity::Info).says(text(
                        "`{file}` often holds secrets, and stays in the image",
                        "`{file}` 常包含密钥，会留在镜像中",
                    ));
                }
            }
        }
    }
}
