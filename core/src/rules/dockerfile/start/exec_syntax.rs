//! Shell syntax among the words of an exec form. In the default set: no shell reads it, so the
//! program gets `&&` as an argument, or a builtin is looked for as a program.

use super::super::file::{File, files};
use super::exec_line::{ExecLine, exec_lines};
use super::sources::FORMS;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Text, text};

const OPERATOR: Text = text(
    "`{word}` is no operator here: `{program}` gets it as an argument",
    "`{word}` 在此不是运算符：会作为参数传给 `{program}`",
);

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/exec-form-shell-syntax",
    severity: Severity::Error,
    summary: text("shell syntax in exec form", "exec 形式中使用 shell 语法"),
    message: OPERATOR,
    why: text(
        "The exec form starts one program without a shell: what follows an operator never runs, and `cd` or `NAME=value` is looked for as a program.",
        "exec 形式不经 shell 直接启动一个程序：运算符之后的内容不会执行，`cd` 或 `NAME=value` 会被当成程序查找。",
    ),
    help: text(
        "use the shell form, or [\"sh\", \"-c\", \"…\"] with the line in one word",
        "改用 shell 形式，或 [\"sh\", \"-c\", \"…\"] 并把整行写成一个词",
    ),
    rests_on: &[&FORMS],
    examples: &[
        bad(
            "FROM python:3.12\nCMD [\"python\", \"migrate.py\", \"«&&»\", \"python\", \"serve.py\"]\n",
        ),
        bad("FROM python:3.12\nCMD [\"«cd»\", \"/srv\", \"«&&»\", \"python\", \"serve.py\"]\n"),
        bad(
            "FROM python:3.12\nCMD [\"python\", \"serve.py\", \"«>»\", \"/var/log/serve.log\", \"«2>&1»\"]\n",
        ),
        bad("FROM python:3.12\nENTRYPOINT [\"«PORT=8000»\", \"python\", \"serve.py\"]\n"),
        bad("FROM python:3.12\nCMD [\"«exec»\", \"python\", \"serve.py\"]\n"),
        good("FROM python:3.12\nCMD [\"sh\", \"-c\", \"cd /srv && exec python serve.py\"]\n"),
        good(
            "FROM python:3.12\nRUN [\"find\", \"/srv\", \"-name\", \"*.pyc\", \"-exec\", \"rm\", \"{}\", \";\"]\n",
        ),
        good("FROM python:3.12\nENTRYPOINT [\"/entry.sh\"]\nCMD [\"cd\", \"/srv\"]\n"),
    ],
    check,
    ..Rule::DEFAULT
};

/// What only a shell knows.
const BUILTINS: &[&str] =
    &["cd", "exec", "export", "source", ".", "eval", "set", "unset", "alias", "ulimit", "trap"];

/// Programs whose arguments are expressions with such signs.
const WITH_EXPRESSIONS: &[&str] =
    &["expr", "test", "[", "find", "xargs", "parallel", "jq", "yq", "awk", "gawk", "bc"];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in exec_lines(file) {
            judge_program(file, &line, found);
            judge_arguments(file, &line, found);
        }
    }
}

fn judge_program(file: File<'_>, line: &ExecLine<'_>, found: &mut Findings) -> Option<()> {
    let word = line.words.first()?;
    let name = word.value.text();
    let says = if BUILTINS.contains(&name) {
        text(
            "`{word}` is built into the shell, there is no such program",
            "`{word}` 是 shell 的内建命令，没有这个程序",
        )
    } else if is_assignment(name) {
        text(
            "`{word}` sets no variable here: it is looked for as a program",
            "`{word}` 在此不会设置变量：会被当成程序查找",
        )
    } else {
        return None;
    };
    let finding = found.add(&RULE, file.at(ExecLine::inside(word)));
    finding.says(says).arg("word", assigned_name(name));
    if !line.is_sure {
        finding.severity(Severity::Warning);
    }
    Some(())
}

fn judge_arguments(file: File<'_>, line: &ExecLine<'_>, found: &mut Findings) {
    let program = line.program();
    if WITH_EXPRESSIONS.contains(&program) || line.holds_code() && line.words.len() == 3 {
        return;
    }
    for word in line.words.iter().skip(1) {
        let letters = word.value.text();
        let is_certain = matches!(letters, "&&" | "||" | "2>&1" | "&>" | ">>" | "1>&2" | ">&2");
        if is_certain || matches!(letters, "|" | ">" | "<" | "&" | ";") {
            let finding = found.add(&RULE, file.at(ExecLine::inside(word)));
            finding.arg("word", letters).arg("program", program);
            if !is_certain {
                finding.severity(Severity::Warning);
            }
        }
    }
}

/// `NAME=value`.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

pub(super) fn is_name(text: &str) -> bool {
    let mut letters = text.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == b'_')
}

/// What is shown of an assignment: the value may be a secret.
fn assigned_name(word: &str) -> String {
    match word.split_once('=') {
        Some((name, _)) => format!("{name}=…"),
        None => word.to_owned(),
    }
}
