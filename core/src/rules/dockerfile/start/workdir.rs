//! A relative WORKDIR. The first one of a stage stands in the default set: where it leads is up to
//! the base image. Those behind an absolute one are strict: they are sure, only harder to read.

use std::sync::Arc;

use super::super::file::{File, files};
use super::section::{Root, Section, sections};
use super::sources::RELATIVE_WORKDIR;
use crate::dockerfile::{BaseName, Body, Keyword, Lookup, Stage, Word, expand};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Text, text};

pub(super) static ABSOLUTE: Rule = Rule {
    id: "dockerfile/workdir-absolute",
    severity: Severity::Warning,
    summary: text("relative WORKDIR", "WORKDIR 使用相对路径"),
    message: text(
        "where `{folder}` is depends on the base image",
        "`{folder}` 的位置取决于基础镜像",
    ),
    why: text(
        "A relative folder starts at the base image's own WORKDIR: another base, or another version of it, moves the files.",
        "相对路径以基础镜像的 WORKDIR 为起点：更换基础镜像或其版本后，文件位置会改变。",
    ),
    help: text("give the folder from the root: `/…`", "从根目录写起：`/…`"),
    rests_on: &[&RELATIVE_WORKDIR],
    aliases: &[
        "DL3000",
        "WorkdirRelativePath",
        "DS-0009",
        "CKV_DOCKER_10",
        "WORKDIR_IS_NOT_ABSOLUTE",
    ],
    examples: &[
        bad("FROM scratch\nWORKDIR «srv/app»\n").fixed("FROM scratch\nWORKDIR /srv/app\n"),
        bad("FROM nginx:1.27\nWORKDIR «html»\nWORKDIR more\n"),
        bad("FROM nginx:1.27\nWORKDIR \"«./html»\"\n"),
        good("FROM nginx:1.27\nWORKDIR /srv\nWORKDIR html\n"),
        good("FROM nginx:1.27 AS base\nWORKDIR /srv\nFROM base\nWORKDIR html\n"),
        good("FROM nginx:1.27\nWORKDIR $HOME/html\n"),
        good("# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nWORKDIR C:\\srv\n"),
    ],
    check: |cx, found| check(cx, found, &ABSOLUTE, true),
    ..Rule::DEFAULT
};

pub(super) static RELATIVE: Rule = Rule {
    id: "dockerfile/workdir-relative",
    severity: Severity::Info,
    strict: true,
    summary: text("WORKDIR relative to the one before", "WORKDIR 相对于前一个"),
    message: text(
        "`{folder}` is relative to the WORKDIR before it",
        "`{folder}` 相对于之前的 WORKDIR",
    ),
    why: text(
        "Whoever changes the WORKDIR above moves this one too, and a reader has to add them up.",
        "修改上面的 WORKDIR 会连带改变此处，阅读时也需要自行拼接路径。",
    ),
    help: text("give the folder from the root: `/…`", "从根目录写起：`/…`"),
    rests_on: &[&RELATIVE_WORKDIR],
    aliases: &["DL3000", "DS-0009", "CKV_DOCKER_10"],
    examples: &[
        bad("FROM nginx:1.27\nWORKDIR /srv\nWORKDIR «app»\n")
            .fixed("FROM nginx:1.27\nWORKDIR /srv\nWORKDIR /srv/app\n"),
        bad("FROM nginx:1.27\nWORKDIR /srv/app\nWORKDIR \"«../web»\"\n")
            .fixed("FROM nginx:1.27\nWORKDIR /srv/app\nWORKDIR \"/srv/web\"\n"),
        bad("FROM nginx:1.27\nWORKDIR $ROOT\nWORKDIR «app»\n"),
        good("FROM nginx:1.27\nWORKDIR /srv\nWORKDIR /srv/app\n"),
        good("FROM nginx:1.27\nWORKDIR app\n"),
    ],
    check: |cx, found| check(cx, found, &RELATIVE, false),
    ..Rule::DEFAULT
};

/// Where a stage stands.
#[derive(Clone, Default)]
struct Standing {
    /// Whether a WORKDIR was given.
    is_set: bool,
    /// The folder, if it is known.
    folder: Option<Arc<str>>,
}

/// Longer paths are no paths: nothing is known of them.
const LONGEST: usize = 4096;

fn check(cx: &Context<'_>, found: &mut Findings, rule: &'static Rule, is_first: bool) {
    for file in files(cx) {
        let mut sections = sections(file).into_iter().peekable();
        let mut pass = |section: &Section<'_>, mut now: Standing| {
            for instruction in section.instructions {
                if let (Keyword::Workdir, Body::Text(word)) =
                    (instruction.keyword, &instruction.body)
                {
                    let speaks = now.is_set != is_first;
                    go(file, section, word, &mut now, speaks.then_some((rule, &mut *found)));
                }
            }
            now
        };
        if let Some(early) = sections.next_if(|section| section.stage.is_none()) {
            pass(&early, Standing::default());
        }
        let begin = |stage: &Stage| match stage.base {
            BaseName::Scratch => Standing { is_set: false, folder: Some(Arc::from("/")) },
            _ => Standing::default(),
        };
        file.content.tree.flow(begin, |_, now| match sections.next() {
            Some(section) => pass(&section, now),
            None => now,
        });
    }
}

fn go(
    file: File<'_>,
    section: &Section<'_>,
    word: &Word,
    now: &mut Standing,
    report: Option<(&'static Rule, &mut Findings)>,
) {
    let expansion = expand(word, file.content.tree.escape, &|_| Lookup::Unknown);
    let known = expansion.value().filter(|_| !expansion.is_overridable);
    let begins_unknown = word.raw().trim_start_matches(['"', '\'']).starts_with('$');
    let letters = expansion.text.text();
    let is_relative = !letters.is_empty() && !begins_unknown && !is_absolute(letters);
    let before = std::mem::take(&mut now.folder);
    now.folder = known
        .and_then(|path| match is_absolute(path) {
            true => path.starts_with('/').then(|| clean(path)),
            false => before.map(|before| clean(&format!("{before}/{path}"))),
        })
        .filter(|folder| folder.len() <= LONGEST)
        .map(Arc::from);
    now.is_set = true;
    if let Some((rule, found)) = report.filter(|_| is_relative) {
        let inside = expansion.text.whole();
        let finding = found.add(rule, file.at(inside));
        finding.arg("folder", letters);
        let is_written = known == Some(file.raw(inside)) && !letters.contains(['$', '\\']);
        if let Some(folder) = now.folder.as_deref().filter(|folder| is_written && is_plain(folder))
        {
            const TITLE: Text = text("write `{folder}`", "改写为 `{folder}`");
            finding.fix(Fix::safe(TITLE).arg("folder", folder).replace(file.at(inside), folder));
        } else if is_written && section.end.root != Root::Scratch && known.is_some_and(is_plain) {
            const TITLE: Text = text("start at the root", "从根目录写起");
            let folder = clean(&format!("/{letters}"));
            let first = rule.id == ABSOLUTE.id;
            if first {
                finding.fix(Fix::risky(TITLE).replace(file.at(inside), folder));
            }
        }
    }
}

fn is_absolute(path: &str) -> bool {
    let mut letters = path.chars();
    match (letters.next(), letters.next()) {
        (Some('/' | '\\'), _) => true,
        (Some(drive), Some(':')) => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

/// The path without `.`, `..` and needless slashes.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Whether the path means itself however it is written.
fn is_plain(path: &str) -> bool {
    path.chars().all(|letter| letter.is_alphanumeric() || "/._-+@".contains(letter))
}
