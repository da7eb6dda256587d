//! A user that is created and never switched to. Strict: a script that we do not see may do it.

use super::super::file::{File, files};
use super::section::last;
use super::sources::USER;
use super::user::runs_as_root;
use crate::dockerfile::Keyword;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{SimpleCommand, Word};
use crate::text::{file_name, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/unused-user",
    severity: Severity::Info,
    strict: true,
    summary: text("user created and never used", "创建了用户却从未使用"),
    message: text(
        "the user `{user}` is created, but the container runs as root",
        "创建了用户 `{user}`，但容器仍以 root 运行",
    ),
    why: text(
        "Creating a user changes nothing by itself: without USER the service keeps all rights of root.",
        "仅创建用户没有任何作用：没有 USER 时服务仍拥有 root 的全部权限。",
    ),
    help: text(
        "add USER behind the last step that needs root",
        "在最后一个需要 root 的步骤后添加 USER",
    ),
    rests_on: &[&USER],
    aliases: &["user-created-but-never-used"],
    examples: &[
        bad("FROM debian:12\nRUN useradd -m -u 1000 «serve»\nCMD [\"/serve\"]\n"),
        bad("FROM alpine:3.20\nRUN adduser -D -h /srv «serve»\nUSER root\n"),
        good("FROM debian:12\nRUN useradd -m serve\nUSER serve\n"),
        good(
            "FROM debian:12\nRUN useradd -m serve\nENTRYPOINT [\"gosu\", \"serve\", \"/serve\"]\n",
        ),
        good("FROM debian:12\nRUN useradd -m serve\nENTRYPOINT [\"/docker-entrypoint.sh\"]\n"),
    ],
    check,
    ..Rule::DEFAULT
};

/// Programs that switch the user themselves.
const SWITCHERS: &[&str] = &[
    "gosu",
    "su-exec",
    "setpriv",
    "runuser",
    "su",
    "sudo",
    "chroot",
    "chpst",
    "s6-setuidgid",
    "supervisor",
    "supervisord",
    "openssh-server",
    "openssh",
];

/// Options of useradd and adduser that have a value behind them.
const WITH_VALUE: &[&str] = &[
    "-b",
    "-c",
    "-d",
    "-e",
    "-f",
    "-g",
    "-G",
    "-h",
    "-k",
    "-K",
    "-p",
    "-s",
    "-S",
    "-u",
    "-Z",
    "--base-dir",
    "--comment",
    "--home-dir",
    "--expiredate",
    "--inactive",
    "--gid",
    "--groups",
    "--skel",
    "--key",
    "--password",
    "--shell",
    "--uid",
    "--home",
    "--gecos",
    "--ingroup",
    "--firstuid",
    "--lastuid",
    "--root",
    "--prefix",
];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some(section) = last(file) else { continue };
        let Some(stage) = section.stage else { continue };
        if !runs_as_root(file, &section) || may_switch(file) {
            continue;
        }
        let runs = file.runs().filter(|line| stage.range.contains(&line.instruction));
        let created = runs.flat_map(|line| &line.script.commands).filter_map(created_user).last();
        if let Some(name) = created
            && let Some(user) = name.literal()
        {
            found.add(&RULE, file.at(name.span)).arg("user", user);
        }
    }
}

/// The name of the user that a command creates.
fn created_user(command: &SimpleCommand) -> Option<&Word> {
    let name = command.name()?;
    // `adduser -S` is busybox' system user, which takes no value.
    let is_short = matches!(name.rsplit('/').next()?, "adduser");
    if !is_short && !matches!(name.rsplit('/').next()?, "useradd") {
        return None;
    }
    let mut words = command.words.iter().skip(1);
    while let Some(word) = words.next() {
        let letters = word.literal()?;
        if !letters.starts_with('-') {
            return Some(word);
        }
        let takes_value = WITH_VALUE.contains(&letters) && !(is_short && letters == "-S");
        if takes_value {
            words.next();
        }
    }
    None
}

/// Whether the container's program, or something that is installed, may switch the user.
fn may_switch(file: File<'_>) -> bool {
    let is_script = |word: &str| word.ends_with(".sh") || word.contains("entrypoint");
    let starts = |keyword: Keyword| matches!(keyword, Keyword::Cmd | Keyword::Entrypoint);
    file.command_lines().iter().any(|line| {
        let mut words = line.script.commands.iter().flat_map(|command| &command.words);
        words.any(|word| {
            word.literal().is_some_and(|word| {
                let name = file_name(word);
                SWITCHERS.contains(&name) || starts(line.keyword) && is_script(word)
            })
        })
    })
}
