//! A command for a shell in an image that has none: scratch, distroless. In the default set: it
//! cannot run. Silent as soon as something was copied to where a shell could be.

use super::super::file::files;
use super::super::known_images::{self, ShellFamily};
use super::super::sources::REFERENCE;
use crate::dockerfile::{BaseName, Body, CommandForm, Instruction, Keyword, Stage};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static SHELL_FORM: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "the shell form is run by `/bin/sh -c`, which must be in the image",
        "shell 形式由 `/bin/sh -c` 执行，镜像中必须有该程序",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/missing-shell",
    severity: Severity::Error,
    summary: text("a shell command without a shell", "没有 shell 却使用 shell 形式"),
    message: text(
        "{instruction} needs /bin/sh, which `{image}` does not have",
        "{instruction} 需要 /bin/sh，而 `{image}` 中没有",
    ),
    why: text(
        "The command cannot start: /bin/sh: no such file or directory.",
        "命令无法启动：/bin/sh: no such file or directory。",
    ),
    help: text(
        "use the exec form [\"program\", \"argument\"], or run the command in an earlier stage",
        "请使用 exec 形式 [\"程序\", \"参数\"]，或在更早的阶段执行该命令",
    ),
    rests_on: &[&SHELL_FORM],
    aliases: &["shell-run-in-scratch"],
    examples: &[
        bad("FROM scratch\nCOPY app /app\n«RUN» chmod +x /app\n"),
        bad("FROM gcr.io/distroless/static-debian12\nCOPY app /app\n«ENTRYPOINT» /app\n"),
        good("FROM scratch\nADD rootfs.tar.xz /\nRUN true\nCMD sh\n"),
        good("FROM scratch\nCOPY app /app\nENTRYPOINT [\"/app\"]\n"),
        good("FROM gcr.io/distroless/static-debian12:debug\nRUN true\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        file.content.tree.flow(begins_without, |stage, mut bare| {
            for instruction in file.of_stage(stage).iter().skip(1) {
                let Some(image) = bare else { break };
                if needs_shell(instruction) {
                    found
                        .add(&RULE, file.at(instruction.keyword_span))
                        .arg("instruction", instruction.keyword.name())
                        .arg("image", image);
                }
                if may_bring_shell(instruction) {
                    bare = None;
                }
            }
            bare
        });
    }
}

/// The image of a FROM that has no shell; none where it is not known to have none.
fn begins_without(stage: &Stage) -> Option<&str> {
    match &stage.base {
        BaseName::Scratch => Some("scratch"),
        BaseName::Image(name) => known_images::lookup(name)
            .filter(|image| image.shell == ShellFamily::None)
            .map(|_| name.as_str()),
        BaseName::Stage(_) | BaseName::Unknown => None,
    }
}

fn needs_shell(instruction: &Instruction) -> bool {
    let form = match &instruction.body {
        Body::Command(form) if instruction.keyword != Keyword::Shell => form,
        Body::Healthcheck(Some(form)) => form,
        _ => return false,
    };
    // A mount may bring a shell with it.
    matches!(form, CommandForm::Shell { looks_like_json: false, .. })
        && instruction.flag("mount").is_none()
}

/// Whether there may be a shell after the instruction, or another one is asked for.
fn may_bring_shell(instruction: &Instruction) -> bool {
    match &instruction.body {
        Body::Copy { destination, .. } => {
            let path = destination.raw();
            let is_far = path.starts_with('/')
                && !path.contains(['$', '\\', '`', '"', '\''])
                && !path.contains("..")
                && path
                    .trim_matches('/')
                    .split('/')
                    .next()
                    .is_some_and(|first| !matches!(first, "" | "." | "bin" | "usr"));
            !is_far
        }
        // It ran, so it may have made one; a second finding would say the same.
        Body::Command(_) => matches!(instruction.keyword, Keyword::Run | Keyword::Shell),
        Body::Broken => true,
        _ => false,
    }
}
