//! COPY of what `.dockerignore` leaves out.
//!
//! Default: the builder does not get the file, so the build fails or the folder arrives empty. It
//! is a warning, since the build may be given another folder as its context.

use super::super::file::{File, files};
use super::ignore_file::CONTEXT;
use super::source::{Transfer, has_variable, is_remote, plain, transfers};
use crate::dockerignore::{DockerIgnore, clean};
use crate::document::{Document, Kind};
use crate::fact::{Certainty, Citation};
use crate::project::folder;
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::text::text;

static LEFT_OUT: Citation = Citation {
    publication: &CONTEXT,
    says: text(
        "files that match are left out of the context before the build; an ignore file named like the Dockerfile outweighs the common one",
        "匹配的文件在构建前就从上下文中排除；与 Dockerfile 同名的忽略文件优先于通用文件",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/copy-ignored",
    summary: text(
        "COPY of a file that .dockerignore leaves out",
        "COPY 的文件被 .dockerignore 排除",
    ),
    message: text(
        "`{source}` is left out of the context by {ignore}",
        "`{source}` 已被 {ignore} 排除在上下文之外",
    ),
    why: text(
        "The builder never gets it: the build stops with `not found`, or the folder arrives without its files.",
        "构建器根本得不到它：构建会因 `not found` 停止，或得到没有文件的目录。",
    ),
    help: text(
        "take it back with `!{source}` at the end of {ignore}, or copy something else",
        "请在 {ignore} 末尾用 `!{source}` 恢复，或改为复制其他内容",
    ),
    rests_on: &[&LEFT_OUT],
    aliases: &["CopyIgnoredFile"],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM nginx:1.27\nCOPY «dist» conf /srv/\n-- .dockerignore --\ndist\n",
        ),
        bad("-- Dockerfile --\nFROM nginx:1.27\nCOPY «.» .\n-- .dockerignore --\n*\n"),
        bad(
            "-- Dockerfile --\nFROM node:22\nCOPY «./package.json» src ./\n-- .dockerignore --\n*\n!src\n",
        ),
        good("-- Dockerfile --\nFROM nginx:1.27\nCOPY . /srv/\n-- .dockerignore --\n.*\n"),
        good("-- Dockerfile --\nFROM nginx:1.27\nCOPY . /srv/\n-- .dockerignore --\n*\n!html\n"),
        good(
            "-- Dockerfile --\nFROM nginx:1.27 AS a\nFROM nginx:1.27\nCOPY --from=a /dist /srv/\n-- .dockerignore --\ndist\n",
        ),
        good(
            "-- Dockerfile --\nFROM nginx:1.27\nCOPY dist /srv/\n-- .dockerignore --\ndist\n-- Dockerfile.dockerignore --\nsrc\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

/// The ignore file that holds for the build of `file`: the one named like it, then the common one
/// of its folder, then the only one there is (that of the folder above, which is the context then).
pub(super) fn ignore_file<'a>(
    cx: &Context<'a>,
    file: File<'a>,
) -> Option<(&'a Document, &'a DockerIgnore)> {
    let path = file.document.source.path();
    let own = folder(path);
    let common =
        if own.is_empty() { ".dockerignore".to_owned() } else { format!("{own}/.dockerignore") };
    let at = |wanted: &str| {
        cx.of_kind(Kind::DockerIgnore).find(|document| document.source.path() == wanted)
    };
    let above = || {
        cx.only(Kind::DockerIgnore).filter(|document| {
            let upper = folder(document.source.path());
            let is_common = document.source.path().ends_with(".dockerignore")
                && document.source.path().trim_end_matches(".dockerignore").len()
                    == upper.len() + usize::from(!upper.is_empty());
            is_common && (upper.is_empty() || own.starts_with(&format!("{upper}/")))
        })
    };
    let document = at(&format!("{path}.dockerignore")).or_else(|| at(&common)).or_else(above)?;
    Some((document, &document.dockerignore()?.file))
}

/// The paths that an instruction takes from the context, each with its word: cleaned, relative.
pub(super) fn context_sources<'a>(
    file: File<'a>,
    transfer: Transfer<'a>,
) -> Vec<(&'a crate::dockerfile::Word, String)> {
    if transfer.from().is_some() || transfer.is_onbuild(file) {
        return Vec::new();
    }
    let sources = transfer
        .sources
        .iter()
        .filter(|source| !has_variable(source))
        .filter(|source| !transfer.is_add() || !is_remote(plain(source)));
    sources
        .map(|source| {
            let path = clean(plain(source));
            let path = path.trim_start_matches('/');
            (source, if path.is_empty() { ".".to_owned() } else { path.to_owned() })
        })
        .filter(|(_, path)| path != ".." && !path.starts_with("../"))
        .collect()
}

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some((document, ignore)) = ignore_file(cx, file) else { continue };
        for transfer in transfers(file) {
            for (source, path) in context_sources(file, transfer) {
                let Some(pattern) = ignore.excludes_wholly(&path) else { continue };
                let name = document.source.path().rsplit('/').next().unwrap_or_default();
                found
                    .add(&RULE, file.at(source.text.whole()))
                    .arg("source", &path)
                    .arg("ignore", name)
                    .related(
                        document.place(pattern.span),
                        text("this pattern leaves it out", "该模式将其排除"),
                    );
            }
        }
    }
}
