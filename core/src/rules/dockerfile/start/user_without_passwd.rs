//! A user's name in an image that has no list of users. In the default set: the runtime cannot
//! look it up, and the container does not start.

use super::super::file::{File, files};
use super::section::{Root, last};
use super::user::{final_user, is_number};
use crate::dockerfile::{Body, Keyword, Lookup, expand};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static RUN_USER: Publication = Publication {
    title: "Docker: Running containers, User",
    url: "https://docs.docker.com/engine/containers/run/#user",
    date: "",
};

static LOOKED_UP: Citation = Citation {
    publication: &RUN_USER,
    says: text(
        "a user given by name must exist in the container; a number need not",
        "以名称给出的用户必须存在于容器中；用户编号则不必",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/user-without-passwd",
    severity: Severity::Error,
    summary: text(
        "USER by name in an image without users",
        "镜像没有 /etc/passwd，USER 却使用名称",
    ),
    message: text(
        "the image has no /etc/passwd that knows `{user}`",
        "镜像中没有包含 `{user}` 的 /etc/passwd",
    ),
    why: text(
        "The container does not start: `unable to find user serve: no matching entries in passwd file`.",
        "容器无法启动：`unable to find user serve: no matching entries in passwd file`。",
    ),
    help: text(
        "give a number, or copy an /etc/passwd into the image",
        "改用用户编号，或将 /etc/passwd 复制到镜像中",
    ),
    rests_on: &[&LOOKED_UP],
    aliases: &["named-identity-in-passwdless-stage"],
    examples: &[
        bad(
            "FROM golang:1.23 AS build\nRUN useradd serve\nFROM scratch\nCOPY --from=build /serve /serve\nUSER «serve»\n",
        ),
        good("FROM scratch\nCOPY serve /serve\nUSER 1000\n"),
        good(
            "FROM golang:1.23 AS build\nFROM scratch\nCOPY --from=build /etc/passwd /etc/passwd\nUSER serve\n",
        ),
        good("FROM scratch\nADD rootfs.tar.gz /\nUSER serve\n"),
        good("FROM debian:12\nUSER serve\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some(section) = last(file).filter(|one| one.end.root == Root::Scratch) else {
            continue;
        };
        let Some((user, span)) = final_user(file, &section) else { continue };
        if !is_number(&user) && !may_bring_users(file) {
            found.add(&RULE, file.at(span)).arg("user", user);
        }
    }
}

/// Whether something that goes into the image may be, or hold, /etc/passwd.
fn may_bring_users(file: File<'_>) -> bool {
    let tree = &file.content.tree;
    let chain = tree.chain();
    let mut instructions = chain.iter().flat_map(|stage| tree.stage_instructions(stage));
    instructions.any(|instruction| match (&instruction.body, instruction.keyword) {
        (Body::Copy { destination, .. }, _) => {
            let to = expand(destination, tree.escape, &|_| Lookup::Unknown);
            match to.value() {
                Some(path) if path.starts_with('/') => {
                    let path = path.trim_end_matches('/');
                    matches!(path, "" | "/." | "/etc" | "/etc/passwd") || path.contains("..")
                }
                // Relative, or not known.
                _ => true,
            }
        }
        (_, Keyword::Run) => true,
        _ => false,
    })
}
