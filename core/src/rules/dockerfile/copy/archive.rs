//! COPY of an archive that RUN unpacks.
//!
//! Default advice: ADD does it in one layer, and without the archive in the image. Silent where tar
//! does something that ADD cannot (--strip-components, a choice of members).

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use super::source::{file_name, has_variable, is_archive, plain, transfers};
use crate::dockerfile::Keyword;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{SimpleCommand, Word};
use crate::text::text;

static UNPACKS: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "ADD unpacks a local tar archive (plain, gzip, bzip2, xz) into a folder",
        "ADD 会把本地 tar 归档（未压缩、gzip、bzip2、xz）解压为目录",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/add-archive",
    severity: Severity::Info,
    summary: text("an archive is copied and unpacked", "复制归档后再解压"),
    message: text(
        "`{archive}` is copied, then unpacked by RUN: ADD does both",
        "`{archive}` 先被复制再由 RUN 解压：ADD 可一步完成",
    ),
    why: text(
        "The archive stays in its layer for good, also if RUN deletes it, and the image is larger by it.",
        "归档会永远留在其所在的层中，即使 RUN 将其删除，镜像也因此变大。",
    ),
    help: text(
        "use ADD with the folder as its destination, and drop the command that unpacks",
        "请使用 ADD 并以目录为目标，去掉解压命令",
    ),
    rests_on: &[&UNPACKS],
    aliases: &["DL3010", "prefer-add-unpack"],
    examples: &[
        bad(
            "FROM debian:12\nCOPY «dist/site.tar.gz» /tmp/\nRUN tar -xzf /tmp/site.tar.gz -C /srv\n",
        ),
        good("FROM debian:12\nADD dist/site.tar.gz /srv/\n"),
        good(
            "FROM debian:12\nCOPY dist/site.tar.gz /tmp/\nRUN tar -xzf /tmp/site.tar.gz --strip-components=1 -C /srv\n",
        ),
        good(
            "FROM debian:12\nCOPY --from=build /site.tar.gz /tmp/\nRUN tar -xzf /tmp/site.tar.gz\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for transfer in transfers(file) {
            if transfer.is_add() || transfer.from().is_some() {
                continue;
            }
            let end = transfer.stage.map_or(usize::MAX, |stage| stage.range.end);
            let target = file_name(plain(transfer.destination));
            for source in transfer.sources.iter().filter(|source| !has_variable(source)) {
                let path = plain(source);
                if !is_archive(path) || !path.to_ascii_lowercase().contains(".t") {
                    continue;
                }
                let names = [file_name(path), target];
                if is_unpacked(file, transfer.index, end, &names) {
                    found.add(&RULE, file.at(source.text.whole())).arg("archive", file_name(path));
                }
            }
        }
    }
}

/// Whether a RUN between the two instructions unpacks a file that has one of the names.
fn is_unpacked(file: File<'_>, after: usize, end: usize, names: &[&str]) -> bool {
    file.command_lines()
        .iter()
        .filter(|line| line.instruction > after && line.instruction < end)
        .filter(|line| line.keyword == Keyword::Run)
        .flat_map(|line| &line.script.commands)
        .any(|command| unpacks(command, names))
}

fn unpacks(command: &SimpleCommand, names: &[&str]) -> bool {
    let words = || command.words.iter().skip(1).filter_map(Word::literal);
    let is_unpacker = match command.name().map(file_name) {
        Some("tar" | "bsdtar") => words().enumerate().any(|(index, word)| {
            word == "--extract"
                || word == "--get"
                || (word.starts_with('-') && !word.starts_with("--") && word.contains('x'))
                || (index == 0 && !word.starts_with('-') && word.contains('x'))
        }),
        Some("gunzip" | "bunzip2" | "unxz" | "uncompress") => true,
        _ => false,
    };
    let is_special = words().any(|word| {
        ["--strip", "--exclude", "--wildcards", "--transform", "--one-top-level", "--to-stdout"]
            .iter()
            .any(|flag| word.starts_with(flag))
    });
    is_unpacker && !is_special && words().any(|word| names.contains(&file_name(word)))
}
