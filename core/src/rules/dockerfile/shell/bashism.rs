//! bash's own words where another shell reads them. In the default set: the build fails there, or
//! silently does something else.

use super::super::file::{File, files};
use super::constructs::{Construct, ON_FILES, of_command, of_grammar};
use super::sources::DASH;
use super::target::{Sh, Shells};
use crate::document::CommandLine;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell::{ExtensionKind, SimpleCommand};
use crate::text::{Span, text};

static ONLY_POSIX: Citation = Citation {
    publication: &DASH,
    says: text(
        "dash, Debian's /bin/sh, has what POSIX describes and a few extensions of BSD",
        "dash 是 Debian 的 /bin/sh，只支持 POSIX 规定的功能和少量 BSD 扩展",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/bashism",
    severity: Severity::Warning,
    summary: text("bash's own words where sh reads them", "由 sh 执行的命令含有 bash 语法"),
    message: text(
        "{shell}, which reads this, does not know `{what}`",
        "执行此处命令的 {shell} 不支持 `{what}`",
    ),
    why: text(
        "RUN is read by /bin/sh unless SHELL names another. It stops here, or takes the letters for something else and the build goes on.",
        "除非用 SHELL 指定，RUN 由 /bin/sh 执行。该 shell 会在此处报错停止，或按其他含义解释并继续构建。",
    ),
    help: text(
        "write it for sh, or name bash before: SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]",
        "改写为 sh 语法，或先指定 bash：SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]",
    ),
    rests_on: &[&ONLY_POSIX],
    aliases: &[
        "SC2039", "SC2112", "SC3001", "SC3003", "SC3005", "SC3006", "SC3008", "SC3009", "SC3010",
        "SC3011", "SC3014", "SC3018", "SC3020", "SC3024", "SC3030", "SC3037", "SC3040", "SC3044",
        "SC3046", "SC3051", "SC3053", "SC3054", "SC3057", "SC3059", "SC3060",
    ],
    examples: &[
        bad("FROM debian:12\nRUN «source» /opt/venv/bin/activate && pip list\n")
            .fixed("FROM debian:12\nRUN . /opt/venv/bin/activate && pip list\n"),
        bad("FROM ubuntu:24.04\nRUN if «[[» -f /etc/motd ]]; then rm /etc/motd; fi\n"),
        bad("FROM ubuntu:24.04\nRUN [ \"$(uname -m)\" «==» x86_64 ] || exit 1\n")
            .fixed("FROM ubuntu:24.04\nRUN [ \"$(uname -m)\" = x86_64 ] || exit 1\n"),
        bad("FROM python:3.12-slim\nRUN mkdir -p /srv/«{logs,data}»\n"),
        bad("FROM alpine:3.20\nRUN names=«(»a b) && touch \"${names«[»0]}\"\n"),
        good("FROM alpine:3.20\nRUN if [[ -f /etc/motd ]]; then source /etc/profile; fi\n"),
        good("FROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nRUN source /opt/venv/bin/activate\n"),
        good("FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\nRUN source /opt/venv/bin/activate\n"),
        good("FROM acme/base:1\nRUN source /opt/venv/bin/activate\n"),
        good("FROM debian:12\nRUN bash -c 'source /opt/venv/bin/activate && pip list'\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let mut shells = Shells::of(file);
        for line in file.command_lines() {
            // What no shell reads has its own rule.
            let Some(shell) = shells.read(line).filter(|_| line.errors.is_empty()) else {
                continue;
            };
            grammar(file, line, shell, found);
            for command in &line.script.commands {
                builtins(file, command, shell, found);
            }
        }
    }
}

fn grammar(file: File<'_>, line: &CommandLine, shell: Sh, found: &mut Findings) {
    for extension in &line.script.extensions {
        let Some(construct) = of_grammar(extension.kind) else { continue };
        let is_brace = extension.kind == ExtensionKind::BraceExpansion;
        let is_meant = !is_brace || is_of_files(line, extension.span);
        if is_meant && construct.fails_in(shell) {
            report(file, extension.span, &construct, shell, found);
        }
    }
}

/// Whether the braces at `span` stand among the arguments of a command on files, or in the words
/// of a loop; elsewhere a program may read them itself.
fn is_of_files(line: &CommandLine, span: Span) -> bool {
    let mut words = line.script.loops.iter().filter_map(|one| one.words.as_ref()).flatten();
    words.any(|word| word.span.contains(span))
        || line.script.commands.iter().any(|command| {
            command.name().is_some_and(|name| ON_FILES.contains(&name))
                && command.words.iter().skip(1).any(|word| word.span.contains(span))
        })
}

fn builtins(file: File<'_>, command: &SimpleCommand, shell: Sh, found: &mut Findings) {
    let (Some(name), [first, arguments @ ..]) = (command.name(), &command.words[..]) else {
        return;
    };
    if let Some(construct) = of_command(name).filter(|one| one.fails_in(shell)) {
        let finding = report(file, first.span, &construct, shell, found);
        // bash looks for a name without a slash in the working directory too, sh does not.
        let is_same =
            matches!(arguments, [only] if only.literal().is_some_and(|path| path.contains('/')));
        if name == "source" && is_same && file.raw(first.span) == "source" {
            let at = file.at(first.span);
            finding.fix(Fix::safe(text("use `.`", "使用 `.`")).replace(at, "."));
        }
        return;
    }
    if shell != Sh::Dash {
        return;
    }
    let construct = |looks| Construct { looks, fails_in_ash: false };
    match name {
        "[" | "test" => {
            for word in arguments.iter().filter(|word| word.literal() == Some("==")) {
                let finding = report(file, word.span, &construct("=="), shell, found);
                if file.raw(word.span) == "==" {
                    let at = file.at(word.span);
                    finding.fix(Fix::safe(text("use `=`", "使用 `=`")).replace(at, "="));
                }
            }
        }
        "echo" => {
            let flag = arguments.first();
            let is_flag = |word: &str| matches!(word, "-e" | "-ne" | "-en" | "-E");
            if let Some(flag) = flag.filter(|word| word.literal().is_some_and(is_flag)) {
                report(file, flag.span, &construct("echo -e"), shell, found)
                    .says(text(
                        "dash's echo, which runs here, prints `{flag}` as it stands",
                        "此处执行的是 dash 的 echo，会原样输出 `{flag}`",
                    ))
                    .help(text(
                        "use printf, or leave the flag out: dash's echo reads escapes anyway",
                        "请使用 printf，或去掉该选项：dash 的 echo 本来就会处理转义",
                    ))
                    .arg("flag", file.raw(flag.span));
            }
        }
        "set" => {
            let pipefail = arguments.iter().find(|word| word.literal() == Some("pipefail"));
            if let Some(word) = pipefail {
                report(file, word.span, &construct("pipefail"), shell, found);
            }
        }
        _ => {}
    }
}

fn report<'f>(
    file: File<'_>,
    span: Span,
    construct: &Construct,
    shell: Sh,
    found: &'f mut Findings,
) -> &'f mut crate::rule::Finding {
    found.add(&RULE, file.at(span)).arg("shell", shell.name()).arg("what", construct.looks)
}
