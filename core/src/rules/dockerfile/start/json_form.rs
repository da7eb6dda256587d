//! An array that is no JSON. In the default set: a shell gets the brackets as a program's name, so
//! the build or the container fails.

use super::super::file::{File, files, inner};
use super::exec_line::array;
use super::sources::FORMS;
use crate::dockerfile::{Body, CommandForm, Keyword};
use crate::document::Interpreter;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{MappedText, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/invalid-json-form",
    severity: Severity::Error,
    summary: text("exec form that is no JSON", "exec 形式不是合法的 JSON"),
    message: text(
        "the array of {instruction} is no JSON, so a shell gets it as it stands",
        "{instruction} 的数组不是合法的 JSON，会原样交给 shell",
    ),
    why: text(
        "The shell looks for a program whose name begins with a bracket, finds none, and the command fails.",
        "shell 会查找名称以方括号开头的程序，找不到后命令失败。",
    ),
    help: text(
        "put each word into double quotes, with commas between them",
        "每个词用双引号括起，词之间用逗号分隔",
    ),
    rests_on: &[&FORMS],
    aliases: &["DL3025", "JSONArgsRecommended", "invalid-json-form"],
    examples: &[
        bad("FROM python:3.12\nCMD «['python', 'serve.py']»\n")
            .fixed("FROM python:3.12\nCMD [\"python\", \"serve.py\"]\n"),
        bad("FROM python:3.12\nENTRYPOINT «[\"python\" \"serve.py\"]»\n")
            .fixed("FROM python:3.12\nENTRYPOINT [\"python\", \"serve.py\"]\n"),
        bad("FROM python:3.12\nCMD «[\"python\", \"serve.py\",]»\n")
            .fixed("FROM python:3.12\nCMD [\"python\", \"serve.py\"]\n"),
        bad("FROM python:3.12\nCMD «[python, serve.py]»\n"),
        bad("FROM python:3.12\nCMD «[\"python\", \"serve.py\"»\n"),
        good("FROM python:3.12\nCMD [\"python\", \"serve.py\"]\n"),
        good("FROM python:3.12\nRUN [ -f setup.py ] && pip install .\n"),
        good("FROM python:3.12\nRUN [ \"$MODE\" = \"development\" ] || rm -r tests\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (index, instruction) in file.instructions() {
            let instruction = inner(instruction);
            let (Body::Command(form) | Body::Healthcheck(Some(form))) = &instruction.body else {
                continue;
            };
            let CommandForm::Shell { text: line, .. } = form else { continue };
            let is_posix = file
                .content
                .command_line(index)
                .is_some_and(|line| matches!(line.interpreter, Interpreter::Posix { .. }));
            if !is_posix || !is_meant_as_json(line.text()) {
                continue;
            }
            let finding = found.add(&RULE, file.at(line.whole()));
            finding.arg("instruction", instruction.keyword.name());
            // RUN may have been meant for a shell that we do not know.
            let is_certain = instruction.keyword != Keyword::Run || line.text().starts_with("['");
            if let Some(fix) = is_certain.then(|| mended(file, line)).flatten() {
                finding.fix(fix);
            }
        }
    }
}

/// Whether the line was to be a JSON array: no shell would take `['python'`, `[python,`, or
/// `[ "python", "serve.py" ]` for a test.
pub(super) fn is_meant_as_json(line: &str) -> bool {
    let line = line.trim();
    let Some(rest) = line.strip_prefix('[') else { return false };
    if rest.starts_with('[') || line.contains("::") {
        return false;
    }
    let first = rest.trim_start();
    if !first.starts_with(['"', '\'', '“', '‘', '”', '’']) {
        // `[python, serve.py]`: a test needs a blank behind its bracket.
        let is_word = rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '/');
        return is_word && line.ends_with(']');
    }
    // `[ "$MODE" = x ]` is a test.
    let has_blank = rest.starts_with(char::is_whitespace);
    !has_blank || (line.ends_with(']') && (first.contains(',') || !is_test(first)))
}

fn is_test(inside: &str) -> bool {
    let mut words = inside.split_whitespace();
    words.any(|word| {
        matches!(word, "=" | "==" | "!=" | "<" | ">" | "]")
            || word.len() == 3 && word.starts_with('-')
    })
}

/// The words in double quotes, where quotes tell what the words are.
fn mended(file: File<'_>, line: &MappedText) -> Option<Fix> {
    let letters = line.text();
    if !line.is_verbatim(0, letters.len()) {
        return None;
    }
    let mut rest = letters.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut words = Vec::new();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let (word, behind) = rest[1..].split_once(quote)?;
        if word.contains(['"', '\'', '\\', '$']) {
            return None;
        }
        words.push(word);
        let behind = behind.trim_start();
        rest = behind.strip_prefix(',').unwrap_or(behind).trim_start();
    }
    let new = array(words.iter().copied())?;
    Some(Fix::safe(text("write it as JSON", "改写为 JSON")).replace(file.at(line.whole()), new))
}
