//! Whose files are after USER.
//!
//! Strict: files that are only read may well belong to root, and often should.

use super::super::file::files;
use super::super::sources::REFERENCE;
use super::source::{plain, transfers};
use crate::dockerfile::{Body, Keyword};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static ROOTS: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "copied files belong to user and group 0 unless --chown says otherwise, whatever USER is set",
        "除非使用 --chown，否则复制的文件属于用户和组 0，与 USER 无关",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/copy-after-user-without-chown",
    severity: Severity::Info,
    strict: true,
    summary: text("copied files belong to root after USER", "USER 之后复制的文件仍属于 root"),
    message: text(
        "these files belong to root, not to the user `{user}`",
        "这些文件属于 root，而不是用户 `{user}`",
    ),
    why: text(
        "The application can read them (if their mode allows it), but not write them.",
        "应用可以读取（在权限允许时），但不能写入。",
    ),
    help: text(
        "add --chown={user} if the application writes there; leave it as it is if it only reads",
        "如果应用需要写入，请加上 --chown={user}；只读取则保持原样",
    ),
    rests_on: &[&ROOTS],
    aliases: &["copy-after-user-without-chown"],
    examples: &[
        bad("FROM node:22\nUSER node\n«COPY» . /app\n"),
        good("FROM node:22\nUSER node\nCOPY --chown=node . /app\n"),
        bad(
            "FROM node:22\nUSER node\nCOPY --chown=node a /app\n«COPY» . /app\nUSER root\nCOPY . /b\n",
        ),
        good("FROM node:22 AS a\nUSER node\nFROM node:22\nCOPY . /app\n"),
        good("FROM node:22\nUSER root\nCOPY . /app\n"),
        good("FROM node:22\nCOPY . /app\nUSER node\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        // Who copies, as far as the stage has been read.
        let (mut from, mut known) = (0, None);
        for transfer in transfers(file) {
            let Some(stage) = transfer.stage else { continue };
            if stage.range.start > from {
                (from, known) = (stage.range.start, None);
            }
            let next = file.content.tree.instructions.get(from..transfer.index);
            let user = next.unwrap_or_default().iter().rev().find_map(|one| {
                let one = one.inner();
                match &one.body {
                    Body::Text(word) if one.keyword == Keyword::User => Some(plain(word)),
                    _ => None,
                }
            });
            (from, known) = (transfer.index.max(from), user.or(known));
            if transfer.instruction.flag("chown").is_some() {
                continue;
            }
            let Some(user) = known.filter(|user| !user.contains('$')) else { continue };
            let name = user.split(':').next().unwrap_or(user);
            if !matches!(name, "root" | "0" | "ContainerAdministrator") {
                let at = file.at(transfer.instruction.keyword_span);
                found.add(&RULE, at).arg("user", user);
            }
        }
    }
}
