//! A variable in the exec form. In the default set: the program gets the letters `$PORT`, and a
//! server that wants a number there does not start.

use super::super::file::{File, files};
use super::exec_line::{ExecLine, exec_lines};
use super::exec_syntax::is_name;
use super::sources::FORMS;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/exec-form-variable",
    severity: Severity::Warning,
    summary: text("variable in exec form", "exec 形式中使用变量"),
    message: text(
        "`{variable}` stays as it is: no shell puts its value in",
        "`{variable}` 会保持原样：没有 shell 替换其值",
    ),
    why: text(
        "The program gets the name instead of the value: a server told to listen on `$PORT` stops with an error.",
        "程序得到的是变量名而不是值：要求监听 `$PORT` 的服务会报错退出。",
    ),
    help: text(
        "use [\"sh\", \"-c\", \"exec …\"], or let the program read the variable itself",
        "使用 [\"sh\", \"-c\", \"exec …\"]，或由程序自行读取变量",
    ),
    rests_on: &[&FORMS],
    examples: &[
        bad("FROM python:3.12\nCMD [\"uvicorn\", \"app:app\", \"--port\", \"«$PORT»\"]\n"),
        bad("FROM python:3.12\nENTRYPOINT [\"gunicorn\", \"-b\", \":«${PORT}»\", \"app:app\"]\n"),
        good("FROM python:3.12\nCMD [\"sh\", \"-c\", \"exec uvicorn app:app --port $PORT\"]\n"),
        good("FROM nginx:1.27\nCMD [\"envsubst\", \"$HOST $PORT\"]\n"),
        good("FROM python:3.12\nCMD [\"grep\", \"done$\", \"/log\"]\n"),
    ],
    check,
    ..Rule::DEFAULT
};

/// Programs that read such names themselves.
const READ_NAMES: &[&str] = &[
    "envsubst",
    "awk",
    "gawk",
    "mawk",
    "sed",
    "perl",
    "jq",
    "yq",
    "pwsh",
    "powershell",
    "powershell.exe",
    "pwsh.exe",
    "cmd",
    "cmd.exe",
    "cmd.bat",
    "env",
    "make",
    "expect",
];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in exec_lines(file) {
            if !READ_NAMES.contains(&line.program()) && !line.holds_code() {
                judge(file, &line, found);
            }
        }
    }
}

fn judge(file: File<'_>, line: &ExecLine<'_>, found: &mut Findings) {
    // One fix mends the whole line.
    let mut fix = in_shell(file, line);
    for (position, word) in line.words.iter().enumerate() {
        let letters = word.value.text();
        // A whole command line in the place of the program is another rule's to tell.
        if position == 0 && letters.contains(char::is_whitespace) {
            continue;
        }
        for (start, end) in variables(letters) {
            let finding = found.add(&RULE, file.at(word.value.span(start, end)));
            finding.arg("variable", letters.get(start..end).unwrap_or_default());
            if let Some(fix) = fix.take() {
                finding.fix(fix);
            }
        }
    }
}

/// The longest `${…}` that is read.
const LONGEST: usize = 200;

/// The ranges of `$NAME` and `${NAME}`, with modifiers.
fn variables(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('$') {
        // `$$` and `\$` are for someone who reads them later.
        if text[..at].ends_with(['$', '\\']) {
            continue;
        }
        let rest = &text[at + 1..];
        let end = if let Some(inner) = rest.strip_prefix('{') {
            let mut near = inner.char_indices().take(LONGEST);
            let close = near.find(|(_, letter)| *letter == '}').map(|(close, _)| close);
            let body = close.and_then(|close| inner.get(..close)).unwrap_or_default();
            let name = body.split([':', '-', '+']).next().unwrap_or_default();
            close.filter(|_| is_name(name)).map(|close| at + 2 + close + 1)
        } else {
            let length =
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            is_name(&rest[..length]).then_some(at + 1 + length)
        };
        found.extend(end.map(|end| (at, end)));
    }
    found
}

/// The same line behind `sh -c exec`, where every word means the same to a shell.
fn in_shell(file: File<'_>, line: &ExecLine<'_>) -> Option<Fix> {
    let is_plain = |word: &str| {
        let signs = "$_{}./:=@%+,-";
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
    };
    let words: Vec<&str> = line.words.iter().map(|word| word.value.text()).collect();
    if line.is_from_scratch || !words.iter().all(|word| is_plain(word)) {
        return None;
    }
    let script = serde_json::to_string(&format!("exec {}", words.join(" "))).ok()?;
    let at = file.at(line.all_words()?);
    if file.raw(at.span).contains('\n') {
        return None;
    }
    Some(
        Fix::risky(text("run it in a shell", "交给 shell 运行"))
            .replace(at, format!("\"sh\", \"-c\", {script}")),
    )
}
