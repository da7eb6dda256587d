//! ADD where COPY does the same, and ADD of a URL whose content nothing checks.
//!
//! The first is default advice: COPY says what happens, and the fix is safe. The second is strict:
//! many servers give out no checksum.

use super::super::file::files;
use super::super::sources::REFERENCE;
use super::source::{has_variable, is_archive, is_remote, plain, transfers};
use crate::dockerfile::Word;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

static COPIES: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "ADD also fetches URLs and git repositories and unpacks tar archives; COPY copies files from the context as they are",
        "ADD 还会获取 URL 与 git 仓库并解压 tar 归档；COPY 只按原样复制上下文中的文件",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/add-vs-copy",
    severity: Severity::Info,
    summary: text("ADD for plain files", "用 ADD 复制普通文件"),
    message: text(
        "ADD does here what COPY does: `{source}` is neither a URL nor an archive",
        "此处 ADD 与 COPY 作用相同：`{source}` 既不是 URL 也不是归档",
    ),
    why: text(
        "Readers cannot tell whether something is to be unpacked or fetched, and a file that happens to be a tar archive is unpacked unasked.",
        "读者无法判断是否需要解压或下载，而恰好是 tar 归档的文件会被意外解压。",
    ),
    help: text("use COPY", "请使用 COPY"),
    rests_on: &[&COPIES],
    aliases: &["DL3020", "DS-0005", "CKV_DOCKER_4"],
    examples: &[
        bad("FROM python:3.12\n«ADD» requirements.txt /app/\n")
            .fixed("FROM python:3.12\nCOPY requirements.txt /app/\n"),
        bad("FROM python:3.12\n«add» --chown=1000 . /app\n")
            .fixed("FROM python:3.12\ncopy --chown=1000 . /app\n"),
        bad("FROM python:3.12\n«ADD» rootfs /\n"),
        good("FROM node:22\nADD data.tar.lz /srv/\n"),
        good("FROM python:3.12\nADD data.tar.gz /data/\n"),
        good("FROM python:3.12\nADD https://files.acme.test/a.txt /data/\n"),
        good("FROM python:3.12\nADD $SOURCE /data/\n"),
    ],
    check: add,
    ..Rule::DEFAULT
};

/// Whether ADD copies the source as COPY does, as far as its name tells.
fn is_plain(source: &Word) -> bool {
    let path = plain(source);
    // By its name an archive, though not one that every builder unpacks.
    let is_lzip = path.to_ascii_lowercase().ends_with(".lz");
    !has_variable(source) && !is_remote(path) && !is_archive(path) && !is_lzip
}

/// Whether the name leaves no doubt that it is no archive: ADD looks at the content, not the name.
fn is_surely_plain(source: &Word) -> bool {
    const ENDINGS: &[&str] = &[
        "txt",
        "md",
        "py",
        "js",
        "ts",
        "json",
        "yaml",
        "yml",
        "toml",
        "ini",
        "cfg",
        "conf",
        "sh",
        "go",
        "rs",
        "c",
        "h",
        "java",
        "rb",
        "php",
        "html",
        "css",
        "xml",
        "sql",
        "lock",
        "mod",
        "sum",
        "env",
        "repo",
        "list",
        "service",
        "properties",
        "jar",
        "war",
        "zip",
        "whl",
    ];
    let path = plain(source);
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_folder = matches!(path, "." | "./") || path.ends_with('/');
    let is_file = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    is_folder || (is_file && !path.contains(['*', '?', '[']))
}

fn add(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for transfer in transfers(file).filter(|transfer| transfer.is_add()) {
            // These flags are ADD's own: who gives them means ADD.
            let own = ["checksum", "keep-git-dir", "unpack"];
            if own.iter().any(|name| transfer.instruction.flag(name).is_some()) {
                continue;
            }
            let Some(first) = transfer.sources.iter().find(|source| is_plain(source)) else {
                continue;
            };
            let at = file.at(transfer.instruction.keyword_span);
            let finding = found.add(&RULE, at);
            finding.arg("source", plain(first));
            if !transfer.sources.iter().all(is_plain) {
                continue;
            }
            let is_lower = file.raw(at.span) == "add";
            let copy = if is_lower { "copy" } else { "COPY" };
            let title = text("use COPY", "使用 COPY");
            let is_sure = transfer.sources.iter().all(is_surely_plain);
            let fix = if is_sure { Fix::safe(title) } else { Fix::risky(title) };
            finding.fix(fix.replace(at, copy));
        }
    }
}

static CHECKSUMS: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "ADD --checksum verifies what is fetched from a URL, and the build fails where it differs",
        "ADD --checksum 校验从 URL 获取的内容，不一致时构建失败",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static CHECKSUM: Rule = Rule {
    id: "dockerfile/add-without-checksum",
    severity: Severity::Info,
    strict: true,
    summary: text("ADD of a URL without a checksum", "ADD 的 URL 没有校验和"),
    message: text("nothing checks what `{source}` gives", "没有对 `{source}` 返回的内容进行校验"),
    why: text(
        "The file may be another one tomorrow, and the build takes it.",
        "该文件明天可能就变了，而构建仍会使用它。",
    ),
    help: text("add --checksum=sha256:…", "请添加 --checksum=sha256:…"),
    rests_on: &[&CHECKSUMS],
    aliases: &["CKV_DOCKER_4"],
    examples: &[
        bad("FROM alpine:3.20\nADD «https://files.acme.test/a.tgz» /tmp/\n"),
        good(
            "FROM alpine:3.20\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://files.acme.test/a.tgz /tmp/\n",
        ),
        good("FROM alpine:3.20\nADD a.tgz /tmp/\n"),
    ],
    check: checksum,
    ..Rule::DEFAULT
};

fn checksum(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for transfer in transfers(file).filter(|transfer| transfer.is_add()) {
            if transfer.instruction.flag("checksum").is_some() {
                continue;
            }
            for source in transfer.sources {
                let path = plain(source);
                let is_git = path.split('#').next().is_some_and(|one| one.ends_with(".git"));
                if is_remote(path) && path.contains("://") && !is_git {
                    found
                        .add(&CHECKSUM, file.at(source.text.whole()))
                        .arg("source", crate::redact(path));
                }
            }
        }
    }
}
