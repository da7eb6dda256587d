//! `/bin/sh` made a link to another shell.
//!
//! In the default set: SHELL does the same for the build and leaves the image's own scripts alone.

use super::super::file::files;
use super::{commands, sources};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/shell-symlink",
    severity: Severity::Info,
    summary: text("/bin/sh replaced by another shell", "用其他 shell 替换 /bin/sh"),
    message: text("`/bin/sh` is replaced for the whole image", "`/bin/sh` 在整个镜像中被替换"),
    why: text(
        "Every script and package of the image runs in the other shell from then on, and an update of the system's shell undoes it.",
        "此后镜像中的所有脚本和软件包都会使用另一个 shell，而系统 shell 的更新又会将其还原。",
    ),
    help: text(
        "choose the shell of the instructions with SHELL, such as `SHELL [\"/bin/bash\", \"-c\"]`",
        "请用 SHELL 选择各指令使用的 shell，例如 `SHELL [\"/bin/bash\", \"-c\"]`",
    ),
    rests_on: &[&sources::SHELL_INSTRUCTION],
    aliases: &["DL4005"],
    examples: &[
        bad("FROM debian:12\nRUN ln -sf /bin/bash «/bin/sh»\n"),
        bad("FROM ubuntu:24.04\nRUN rm /bin/sh && ln -s bash «/bin/sh»\n"),
        good("FROM debian:12\nRUN ln -s /bin/sh /usr/local/bin/shell\n"),
        good("FROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nRUN source /env.sh && make\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, command) in commands(file).filter(|(_, one)| one.name() == Some("ln")) {
            // The last word is the link; what stands before is what it points at.
            let link = command.words.get(2..).and_then(<[_]>::last);
            let Some(link) = link.filter(|word| word.literal() == Some("/bin/sh")) else {
                continue;
            };
            found.add(&RULE, file.at(link.span));
        }
    }
}
