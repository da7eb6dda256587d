//! What the folder around the Dockerfile holds, where the caller told it: files that COPY names and
//! that are not there, and secrets that a whole folder takes along.
//!
//! The first two are default warnings, and silent where nothing shows that the folder is the
//! context. `.git` is strict: some builds need it for their version.

use std::collections::BTreeSet;

use super::super::file::{File, files};
use super::ignore_file::CONTEXT;
use super::ignored::{context_sources, ignore_file};
use super::source::transfers;
use crate::dockerfile::Word;
use crate::dockerignore::DockerIgnore;
use crate::fact::{Certainty, Citation};
use crate::project::folder;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::secret::{SecretFile, secret_file};
use crate::text::{file_name, nearest, text};

static SENT: Citation = Citation {
    publication: &CONTEXT,
    says: text(
        "COPY and ADD can take any file of the context, and no other",
        "COPY 与 ADD 可以取上下文中的任何文件，且只能取上下文中的文件",
    ),
    certainty: Certainty::Documented,
};

/// The folder of the Dockerfile with what lies in it, if it was told.
fn listing<'a>(cx: &Context<'a>, file: File<'a>) -> Option<&'a BTreeSet<String>> {
    cx.build_context(folder(file.document.source.path()))
}

/// Whether the path, a file or a folder, is in the listing.
fn is_there(listing: &BTreeSet<String>, path: &str) -> bool {
    let below = format!("{path}/");
    listing.contains(path)
        || listing.range(below.clone()..).next().is_some_and(|next| next.starts_with(&below))
}

pub(in super::super) static MISSING: Rule = Rule {
    id: "dockerfile/copy-missing",
    summary: text("COPY of a file that is not there", "COPY 的文件不存在"),
    message: text(
        "`{source}` is not in the folder of the Dockerfile",
        "`{source}` 不在 Dockerfile 所在的目录中",
    ),
    why: text(
        "With this folder as its context, the build stops with `not found`.",
        "以该目录为上下文时，构建会因 `not found` 停止。",
    ),
    help: text(
        "mind the spelling (upper and lower case differ), or make the file before the build",
        "请检查拼写（区分大小写），或在构建前生成该文件",
    ),
    rests_on: &[&SENT],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM node:22\nCOPY package.json «sorce» /app/\n-- (context) --\npackage.json\nsource/a.js\n",
        ),
        good(
            "-- Dockerfile --\nFROM node:22\nCOPY package.json source dist /app/\n-- (context) --\npackage.json\nsource/a.js\n",
        ),
        good("FROM node:22\nCOPY package.json sorce /app/\n"),
    ],
    check: missing,
    ..Rule::DEFAULT
};

/// Whether a path is of those that a build makes: it may not be there yet.
fn is_made(path: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "target",
        "dist",
        "build",
        "out",
        "output",
        "bin",
        "obj",
        "publish",
        "release",
        "node_modules",
        "vendor",
        "generated",
        "artifacts",
        "wheels",
        "wheelhouse",
        ".next",
        "_build",
        "tmp",
        "lib",
        "result",
        "pkg",
    ];
    const ENDINGS: &[&str] = &[
        ".jar",
        ".war",
        ".whl",
        ".gz",
        ".tgz",
        ".tar",
        ".zip",
        ".deb",
        ".rpm",
        ".apk",
        ".so",
        ".exe",
        ".bin",
        ".pem",
        ".crt",
        ".key",
        ".env",
        ".onnx",
        ".pt",
        ".pth",
        ".safetensors",
    ];
    path.split('/').any(|part| FOLDERS.contains(&part.to_ascii_lowercase().as_str()))
        || ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn missing(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some(listing) = listing(cx, file) else { continue };
        let named: Vec<(&Word, String)> = transfers(file)
            .flat_map(|transfer| context_sources(file, transfer))
            .filter(|(_, path)| path != "." && !path.contains(['*', '?', '[', '\\']))
            .collect();
        // Where nothing that is named is there, the context is another folder.
        if !named.iter().any(|(_, path)| is_there(listing, path)) {
            continue;
        }
        let ignore = ignore_file(cx, file).map(|(_, ignore)| ignore);
        for (source, path) in &named {
            let is_behind_link = path
                .match_indices('/')
                .any(|(at, _)| path.get(..at).is_some_and(|upper| listing.contains(upper)));
            let is_ignored = ignore.is_some_and(|ignore| ignore.excludes(path));
            if is_there(listing, path) || is_made(path) || is_behind_link || is_ignored {
                continue;
            }
            let finding = found.add(&MISSING, file.at(source.text.whole()));
            finding.arg("source", path);
            let upper = folder(path);
            let names: BTreeSet<&str> = listing
                .iter()
                .filter_map(|one| {
                    let rest = if upper.is_empty() {
                        one.as_str()
                    } else {
                        one.strip_prefix(upper)?.strip_prefix('/')?
                    };
                    rest.split('/').next().filter(|name| !name.is_empty())
                })
                .collect();
            let name = file_name(path);
            if let Some(near) = nearest(name, names.iter().copied()) {
                finding.arg("near", near).says(text(
                    "`{source}` is not in the folder of the Dockerfile; did you mean `{near}`?",
                    "`{source}` 不在 Dockerfile 所在的目录中；是否想写 `{near}`？",
                ));
            }
        }
    }
}

pub(in super::super) static SECRET: Rule = Rule {
    id: "dockerfile/copy-secret",
    summary: text("a whole folder takes a secret along", "复制整个目录时带入了密钥"),
    message: text(
        "`{source}` takes `{file}` into the image, which holds secrets",
        "`{source}` 会把包含密钥的 `{file}` 带入镜像",
    ),
    why: text(
        "Whoever pulls the image can read it, also if a later instruction deletes it.",
        "拉取镜像的人都能读取，即使后续指令已将其删除。",
    ),
    help: text(
        "leave it out in .dockerignore: add a line `{file}`",
        "请在 .dockerignore 中排除：添加一行 `{file}`",
    ),
    rests_on: &[&SENT],
    examples: &[
        bad("-- Dockerfile --\nFROM node:22\nCOPY «.» /app\n-- (context) --\n.env\nindex.js\n"),
        bad("-- Dockerfile --\nFROM node:22\nCOPY «deploy» /app\n-- (context) --\ndeploy/id_rsa\n"),
        good(
            "-- Dockerfile --\nFROM node:22\nCOPY . /app\n-- .dockerignore --\n**/.env\n-- (context) --\n.env\nindex.js\n",
        ),
        good(
            "-- Dockerfile --\nFROM node:22\nCOPY src /app\n-- (context) --\n.env\nsrc/index.js\n",
        ),
    ],
    check: secret,
    ..Rule::DEFAULT
};

/// The part of `path` that names a secret.
fn secret_part(path: &str) -> Option<&str> {
    // Keys of tests and examples are no secrets.
    let is_sample = path.split('/').any(|part| {
        ["test", "tests", "testdata", "fixtures", "example", "examples", "node_modules", "spec"]
            .contains(&part)
    });
    if is_sample || path.ends_with('/') {
        return None;
    }
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.filter_map(|end| path.get(..end))
        .find(|upper| secret_file(upper) == Some(SecretFile::Surely))
}

/// The folders that an instruction copies as a whole.
fn folders<'a>(file: File<'a>, listing: &BTreeSet<String>) -> Vec<(&'a Word, String)> {
    transfers(file)
        .filter(|transfer| transfer.instruction.flag("exclude").is_none())
        .flat_map(|transfer| context_sources(file, transfer))
        .filter(|(_, path)| path == "." || !listing.contains(path))
        .filter(|(_, path)| !path.contains(['*', '?', '[', '\\']))
        .collect()
}

fn secret(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some(listing) = listing(cx, file) else { continue };
        let ignore = ignore_file(cx, file).map(|(_, ignore)| ignore);
        for (source, path) in folders(file, listing) {
            let is_named = secret_file(&path).is_some();
            let secrets: BTreeSet<&str> = listing_secrets(listing, ignore, &path);
            for secret in secrets.into_iter().filter(|_| !is_named).take(MOST_NAMED) {
                found
                    .add(&SECRET, file.at(source.text.whole()))
                    .arg("source", &path)
                    .arg("file", secret);
            }
        }
    }
}

/// More would hide the rest of the report.
const MOST_NAMED: usize = 5;

fn listing_secrets<'a>(
    listing: &'a BTreeSet<String>,
    ignore: Option<&'a DockerIgnore>,
    source: &str,
) -> BTreeSet<&'a str> {
    // Few names are secrets, and the patterns take time: names first.
    let prefix = if source == "." { String::new() } else { format!("{source}/") };
    listing
        .range(prefix.clone()..)
        .take_while(|one| one.starts_with(&prefix))
        .filter_map(|path| secret_part(path).map(|part| (path, part)))
        .filter(|(path, _)| !ignore.is_some_and(|ignore| ignore.excludes(path)))
        .map(|(_, part)| part)
        .collect()
}

pub(in super::super) static HISTORY: Rule = Rule {
    id: "dockerfile/copy-git",
    severity: Severity::Info,
    strict: true,
    summary: text("a whole folder takes .git along", "复制整个目录时带入了 .git"),
    message: text(
        "`{source}` takes the whole history of the repository (.git) along",
        "`{source}` 会带入仓库的全部历史（.git）",
    ),
    why: text(
        "The image grows by every version of every file, secrets that were deleted since among them, and each commit empties the build's cache.",
        "镜像会装入每个文件的每个版本，体积增大，其中还可能有已删除的密钥；每次提交也会使构建缓存失效。",
    ),
    help: text("add a line `.git` to .dockerignore", "请在 .dockerignore 中添加一行 `.git`"),
    rests_on: &[&SENT],
    examples: &[
        bad("-- Dockerfile --\nFROM node:22\nCOPY «.» /app\n-- (context) --\n.git\nindex.js\n"),
        good(
            "-- Dockerfile --\nFROM node:22\nCOPY . /app\n-- .dockerignore --\n.git\n-- (context) --\n.git\nindex.js\n",
        ),
    ],
    check: history,
    ..Rule::DEFAULT
};

fn history(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some(listing) = listing(cx, file).filter(|listing| is_there(listing, ".git")) else {
            continue;
        };
        let ignore = ignore_file(cx, file).map(|(_, ignore)| ignore);
        if ignore.is_some_and(|ignore| ignore.excludes(".git")) {
            continue;
        }
        for (source, path) in folders(file, listing).into_iter().filter(|(_, path)| path == ".") {
            found.add(&HISTORY, file.at(source.text.whole())).arg("source", &path);
        }
    }
}
