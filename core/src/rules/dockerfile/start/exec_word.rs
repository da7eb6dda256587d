//! A whole command line in one word of the exec form. In the default set: the kernel looks for a
//! program of that name, blanks included, and the container does not start.

use super::super::file::{File, files};
use super::exec_line::{ExecLine, exec_lines};
use super::sources::FORMS;
use crate::dockerfile::{ExecWord, Keyword};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell::{self, Part, Position};
use crate::text::{Text, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/exec-form-one-word",
    severity: Severity::Error,
    summary: text("command line in one word of the exec form", "exec 形式把整条命令写成一个词"),
    message: text(
        "there is no program called `{word}`: the exec form does not split words at blanks",
        "没有名为 `{word}` 的程序：exec 形式不会按空格拆分",
    ),
    why: text(
        "The container does not start: `exec: \"python app.py\": executable file not found in $PATH`.",
        "容器无法启动：`exec: \"python app.py\": executable file not found in $PATH`。",
    ),
    help: text("give each word quotes of its own", "每个词单独加引号"),
    rests_on: &[&FORMS],
    examples: &[
        bad("FROM python:3.12\nCMD [\"«python serve.py»\"]\n")
            .fixed("FROM python:3.12\nCMD [\"python\", \"serve.py\"]\n"),
        bad("FROM python:3.12\nENTRYPOINT [ \"«/srv/start.sh --port 8000»\", \"--debug\" ]\n").fixed(
            "FROM python:3.12\nENTRYPOINT [ \"/srv/start.sh\", \"--port\", \"8000\", \"--debug\" ]\n",
        ),
        bad("FROM python:3.12\nHEALTHCHECK CMD [\"«curl -f http://localhost:8000/»\"]\n")
            .fixed("FROM python:3.12\nHEALTHCHECK CMD [\"curl\", \"-f\", \"http://localhost:8000/\"]\n"),
        // Needs a shell: no safe way to split it.
        bad("FROM python:3.12\nCMD [\"«cd /srv && python serve.py»\"]\n"),
        // The base image may have an ENTRYPOINT that takes the line.
        bad("FROM acme/base:1\nCMD [\"«python serve.py»\"]\n"),
        good("FROM python:3.12\nCMD [\"sh\", \"-c\", \"python serve.py\"]\n"),
        good("FROM python:3.12\nENTRYPOINT [\"sh\", \"-c\"]\nCMD [\"python serve.py\"]\n"),
        good("FROM python:3.12\nCMD [\"/opt/My Server/serve\"]\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in exec_lines(file) {
            judge(file, &line, found);
        }
    }
}

fn judge(file: File<'_>, line: &ExecLine<'_>, found: &mut Findings) -> Option<()> {
    let word = line.words.first()?;
    if !is_command_line(word.value.text()) {
        return None;
    }
    let finding = found.add(&RULE, file.at(ExecLine::inside(word)));
    finding.arg("word", shortened(word.value.text()));
    if !line.is_sure {
        finding.severity(Severity::Warning);
    }
    if let Some(fix) = split(file, line, word) {
        finding.fix(fix);
    }
    Some(())
}

/// Whether a program's name is in truth a command line. A path may hold blanks.
fn is_command_line(word: &str) -> bool {
    let Some((program, rest)) = word.trim().split_once([' ', '\t']) else { return false };
    if program.contains(['\\', ':']) {
        // A path of Windows.
        return false;
    }
    let next = rest.split_whitespace().next().unwrap_or_default();
    let is_bare = !program.contains('/');
    let goes_on_as_path = next.contains('/') && !next.starts_with(['-', '.', '/']);
    is_bare || !goes_on_as_path
}

fn shortened(word: &str) -> String {
    let mut shown: String = word.chars().take(40).collect();
    if shown.len() < word.len() {
        shown.push('…');
    }
    shown
}

/// The word as several, where nothing in it needs a shell.
fn split(file: File<'_>, line: &ExecLine<'_>, word: &ExecWord) -> Option<Fix> {
    const SPLIT: Text = text("split it into words", "拆分为多个词");
    const SHELL: Text = text("run it in a shell", "交给 shell 运行");
    let letters = word.value.text();
    let (script, errors) = shell::parse(&word.value);
    let plain = match &script.commands[..] {
        [command]
            if errors.is_empty()
                && script.comments.is_empty()
                && command.assignments.is_empty()
                && command.redirections.is_empty()
                && command.position == Position::default() =>
        {
            let is_literal = |part: &Part| {
                let special = ['*', '?', '[', '{', '~', ';', '&', '!', '\\', '$', '`'];
                matches!(part, Part::Literal { text, .. } if !text.text().contains(special))
            };
            let mut values = command.words.iter().map(|word| {
                let is_plain = word.parts.iter().all(is_literal);
                is_plain.then(|| word.written_value()).flatten()
            });
            let values: Option<Vec<_>> = values.by_ref().collect();
            values.filter(|_| !letters.contains([';', '&', '\\']))
        }
        _ => None,
    };
    if let Some(values) = plain {
        let quoted: Option<Vec<String>> =
            values.iter().map(|value| serde_json::to_string(value.text()).ok()).collect();
        let new = quoted?.join(", ");
        let fix = if line.is_sure { Fix::safe(SPLIT) } else { Fix::risky(SPLIT) };
        return Some(fix.replace(file.at(word.span), new));
    }
    let needs_shell = line.words.len() == 1 && !line.is_from_scratch;
    if !needs_shell || line.instruction.keyword == Keyword::Entrypoint {
        return None;
    }
    let quoted = file.raw(word.span);
    Some(Fix::risky(SHELL).replace(file.at(word.span), format!("\"sh\", \"-c\", {quoted}")))
}
