//! A WORKDIR in what the kernel mounts over. In the default set: the folder is gone when the
//! container runs, and one below /proc/self/fd is the door of a known break-out.

use super::super::file::files;
use crate::dockerfile::{Body, Keyword, Lookup, expand};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static ADVISORY: Publication = Publication {
    title: "CVE-2024-21626: runc container breakout through process.cwd trickery and leaked fds",
    url: "https://github.com/opencontainers/runc/security/advisories/GHSA-xr7r-f8xq-vfvv",
    date: "2024-01-31",
};

static BREAKOUT: Citation = Citation {
    publication: &ADVISORY,
    says: text(
        "a working folder below /proc/self/fd can lead out of the container into the host's files",
        "位于 /proc/self/fd 之下的工作目录可能使容器逃逸到主机文件系统",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/sys-dir-workdir",
    severity: Severity::Warning,
    summary: text("WORKDIR in a system folder", "WORKDIR 位于系统目录"),
    message: text("`{folder}` belongs to the system", "`{folder}` 属于系统目录"),
    why: text(
        "/proc, /sys and /dev are mounted anew in every container: what the build put there is gone, and a folder below /proc/self/fd can lead to the host.",
        "每个容器都会重新挂载 /proc、/sys 和 /dev：构建时放入的内容会消失，而 /proc/self/fd 之下的目录可能通向主机。",
    ),
    help: text("choose a folder of your own, for example /app", "使用自己的目录，例如 /app"),
    rests_on: &[&BREAKOUT],
    aliases: &["DS-0030"],
    examples: &[
        bad("FROM debian:12\nWORKDIR «/proc/self/fd/8»\n"),
        bad("FROM debian:12\nWORKDIR \"«/sys/app»\"\n"),
        good("FROM debian:12\nWORKDIR /etc/nginx\n"),
        good("FROM debian:12\nWORKDIR /development\n"),
    ],
    check,
    ..Rule::DEFAULT
};

const FOLDERS: &[&str] = &["/proc", "/sys", "/dev", "/boot", "/initrd", "/lost+found"];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let (Keyword::Workdir, Body::Text(word)) = (instruction.keyword, &instruction.body)
            else {
                continue;
            };
            let expansion = expand(word, file.content.tree.escape, &|_| Lookup::Unknown);
            let Some(path) = expansion.value() else { continue };
            let is_below = |folder: &&str| {
                path.strip_prefix(*folder)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            if FOLDERS.iter().any(is_below) {
                found.add(&RULE, file.at(expansion.text.whole())).arg("folder", path);
            }
        }
    }
}
