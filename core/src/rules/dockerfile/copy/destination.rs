//! Where COPY and ADD put things.
//!
//! Several sources without a slash are a default warning: builders other than BuildKit refuse it,
//! and BuildKit may overwrite one file with the other. A relative destination is strict, since many
//! base images set a WORKDIR that nothing here shows; so is the copy of a whole file system, which
//! is a known way to flatten an image.

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use super::source::{Transfer, has_variable, plain, transfers};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Place, Span, text};

static SLASH: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "with several sources the destination must be a folder and end with a slash",
        "有多个来源时，目标必须是目录并以斜杠结尾",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static SEVERAL: Rule = Rule {
    id: "dockerfile/copy-multi-slash",
    summary: text("several sources, one file as destination", "多个来源，目标却是文件"),
    message: text(
        "{instruction} has several sources, so `{destination}` must end with `/`",
        "{instruction} 有多个来源，因此 `{destination}` 必须以 `/` 结尾",
    ),
    why: text(
        "Some builders refuse it; others make one file of that name, in which the last source is left.",
        "有些构建器会拒绝；有些会生成该名称的文件，其中只剩最后一个来源。",
    ),
    help: text("end the destination with `/`", "请让目标以 `/` 结尾"),
    rests_on: &[&SLASH],
    aliases: &["DL3021", "DS-0011"],
    examples: &[
        bad("FROM node:22\nCOPY package.json package-lock.json «/app»\n")
            .fixed("FROM node:22\nCOPY package.json package-lock.json /app/\n"),
        bad("FROM node:22\nCOPY [\"a b\", \"c\", \"«/app»\"]\n")
            .fixed("FROM node:22\nCOPY [\"a b\", \"c\", \"/app/\"]\n"),
        good("FROM node:22\nCOPY package.json package-lock.json ./\n"),
        good("FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json .\n"),
        good("FROM node:22\nCOPY package.json package-lock.json $HOME\n"),
    ],
    check: several,
    ..Rule::DEFAULT
};

/// Where the letters of the destination stand, without quotes.
fn destination_place(file: File<'_>, transfer: Transfer<'_>) -> Place {
    let raw = transfer.destination.raw();
    let start = raw.len() - raw.trim_start_matches(['"', '\'']).len();
    let end = raw.trim_end_matches(['"', '\'']).len().max(start);
    let span = transfer.destination.text.span(start, end);
    file.at(if start < end { span } else { transfer.destination.span })
}

fn several(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for transfer in transfers(file) {
            let count = transfer.sources.len() + transfer.instruction.heredocs.len();
            let destination = plain(transfer.destination);
            let is_folder = destination.ends_with(['/', '\\']) || matches!(destination, "." | "..");
            if count < 2 || is_folder || has_variable(transfer.destination) {
                continue;
            }
            let at = destination_place(file, transfer);
            let finding = found.add(&SEVERAL, at);
            finding.arg("instruction", transfer.instruction.keyword.name());
            finding.arg("destination", destination);
            let word = &transfer.destination.text;
            if word.is_verbatim(0, word.text().len()) {
                let end = Span::at(at.span.end as usize);
                let title = text("end it with `/`", "以 `/` 结尾");
                finding.fix(Fix::safe(title).replace(file.at(end), "/"));
            }
        }
    }
}

static RESOLVED: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "a relative destination is taken from the working directory, which is the base image's or /",
        "相对目标以工作目录为起点，即基础镜像的工作目录或 /",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RELATIVE: Rule = Rule {
    id: "dockerfile/copy-rel-no-workdir",
    severity: Severity::Info,
    strict: true,
    summary: text("a relative destination without WORKDIR", "没有 WORKDIR 的相对目标"),
    message: text(
        "`{destination}` depends on the base image's working directory: no WORKDIR stands before it",
        "`{destination}` 取决于基础镜像的工作目录：此前没有 WORKDIR",
    ),
    why: text(
        "The files end up elsewhere once the base image changes, often in /.",
        "一旦基础镜像变化，文件就会放到别处，常常是 /。",
    ),
    help: text("set WORKDIR before, or give an absolute path", "请先设置 WORKDIR，或使用绝对路径"),
    rests_on: &[&RESOLVED],
    aliases: &["DL3045"],
    examples: &[
        bad("FROM python:3.12\nCOPY app.py «.»\n"),
        good("FROM python:3.12\nWORKDIR /app\nCOPY app.py .\n"),
        good("FROM python:3.12 AS base\nWORKDIR /app\nFROM base\nCOPY app.py .\n"),
        good("FROM python:3.12\nCOPY app.py $HOME\n"),
    ],
    check: relative,
    ..Rule::DEFAULT
};

fn relative(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for transfer in transfers(file) {
            let destination = plain(transfer.destination);
            if has_variable(transfer.destination) || is_absolute(destination) {
                continue;
            }
            if !file.content.flow.before(transfer.index).has_workdir {
                found
                    .add(&RELATIVE, destination_place(file, transfer))
                    .arg("destination", destination);
            }
        }
    }
}

/// Whether the path begins at the root, of Linux or of Windows.
fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    let has_drive =
        bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    path.starts_with(['/', '\\']) || has_drive
}

static WHOLE: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "COPY --from copies from another stage or image; the whole path named is taken",
        "COPY --from 从其他阶段或镜像复制所指定路径的全部内容",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static ROOT: Rule = Rule {
    id: "dockerfile/copy-root-fs",
    severity: Severity::Info,
    strict: true,
    summary: text("a whole file system is copied", "复制整个文件系统"),
    message: text(
        "this copies the whole file system of `{from}` over this one",
        "此处会把 `{from}` 的整个文件系统覆盖到当前文件系统",
    ),
    why: text(
        "Everything of that stage comes along: its package caches, its tools, its secrets; and files of both systems are mixed.",
        "该阶段的一切都会被带入：软件包缓存、工具、密钥；两个系统的文件也会混在一起。",
    ),
    help: text("copy the files that are needed, by their paths", "请按路径只复制需要的文件"),
    rests_on: &[&WHOLE],
    aliases: &["DL3067"],
    examples: &[
        bad("FROM golang:1.23 AS build\nFROM debian:12\nCOPY --from=build «/ /»\n"),
        good("FROM golang:1.23 AS build\nFROM debian:12\nCOPY --from=build / /build\n"),
        good("FROM golang:1.23 AS build\nFROM debian:12\nCOPY --from=build /app /\n"),
    ],
    check: root,
    ..Rule::DEFAULT
};

fn root(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for transfer in transfers(file) {
            let Some(from) = transfer.from() else { continue };
            let is_root = |path: &str| matches!(path, "/" | "/." | "/*");
            let source = transfer.sources.iter().find(|source| is_root(plain(source)));
            let Some(source) = source.filter(|_| plain(transfer.destination) == "/") else {
                continue;
            };
            let span = source.text.whole().to(transfer.destination.text.whole());
            found.add(&ROOT, file.at(span)).arg("from", plain(from));
        }
    }
}
