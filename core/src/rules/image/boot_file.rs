//! The scripts that the image starts, by their text.

use super::IMAGE;
use super::inside;
use super::sources::{EXEC, PID_ONE};
use crate::document::{Content, ImageView, Kind};
use crate::redact::redact;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell;
use crate::text::{Place, text};

pub(super) static CRLF: Rule = Rule {
    id: "image/boot-file-crlf",
    severity: Severity::Error,
    summary: text("a start script with line ends of Windows", "启动脚本使用 Windows 换行符"),
    message: text(
        "line {line} of `{path}` ends with a carriage return",
        "`{path}` 的第 {line} 行以回车符结尾",
    ),
    why: text(
        "The carriage return is part of the word to a shell: the interpreter is not found (`/bin/sh^M`), or commands and paths are not.",
        "对 shell 而言回车符是单词的一部分：找不到解释器（`/bin/sh^M`），或找不到命令与路径。",
    ),
    help: text(
        "save it with line ends of Unix (`dos2unix`, `*.sh text eol=lf` in .gitattributes) and build again",
        "以 Unix 换行符保存（`dos2unix`，或在 .gitattributes 中写 `*.sh text eol=lf`）后重新构建",
    ),
    rests_on: &[&EXEC],
    examples: &[
        bad(
            r##"{"images": [{"cmd": ["sh", "/home/run.sh"], "layers": [{"files": [{"path": "/home/run.sh", "text": "#!/bin/sh\r\nexec /app\r\n"}]}], "scripts": [{"path": "«/home/run.sh»", "text": ""}]}]}"##,
        ),
        good(
            r##"{"images": [{"cmd": ["sh", "/home/run.sh"], "layers": [{"files": [{"path": "/home/run.sh", "text": "#!/bin/sh\nexec /app\n"}]}]}]}"##,
        ),
        good(
            r##"{"images": [{"cmd": ["sh", "/home/run.sh"], "layers": [{"files": [{"path": "/home/run.sh", "text": "#!/bin/sh\n# odd\rword\nexec /app\n"}]}]}]}"##,
        ),
    ],
    check: |cx, found| {
        inside::each(cx, found, &CRLF, |view, files, found| {
            for path in paths(view) {
                let Some(text) = inside::text(files, &path).filter(|text| is_script(&path, text))
                else {
                    continue;
                };
                if let Some(line) = text.split('\n').position(|line| line.ends_with('\r')) {
                    let finding = found.add(&CRLF, view.script_at(&path));
                    finding.arg("line", line + 1).arg("path", &path);
                }
            }
        });
    },
    ..IMAGE
};

pub(super) static BOM: Rule = Rule {
    id: "image/boot-file-bom",
    severity: Severity::Error,
    summary: text("a start script with a byte order mark", "启动脚本带有字节顺序标记"),
    message: text("`{path}` begins with a byte order mark", "`{path}` 以字节顺序标记（BOM）开头"),
    why: text(
        "The kernel does not see `#!` and a shell takes the mark for a part of the first word: `not found`.",
        "内核识别不到 `#!`，shell 会把该标记当作第一个单词的一部分：`not found`。",
    ),
    help: text(
        "save it as UTF-8 without BOM and build again",
        "以不带 BOM 的 UTF-8 保存后重新构建",
    ),
    rests_on: &[&EXEC],
    examples: &[
        bad(
            "{\"images\": [{\"cmd\": [\"sh\", \"/home/run.sh\"], \"layers\": [{\"files\": [{\"path\": \"/home/run.sh\", \"text\": \"\u{feff}#!/bin/sh\\nexec /app\\n\"}]}], \"scripts\": [{\"path\": \"«/home/run.sh»\", \"text\": \"\"}]}]}",
        ),
        good(
            r##"{"images": [{"cmd": ["sh", "/home/run.sh"], "layers": [{"files": [{"path": "/home/run.sh", "text": "#!/bin/sh\nexec /app\n"}]}]}]}"##,
        ),
    ],
    check: |cx, found| {
        inside::each(cx, found, &BOM, |view, files, found| {
            for path in paths(view) {
                let text = inside::text(files, &path);
                if text.is_some_and(|text| text.starts_with('\u{feff}') && is_script(&path, text)) {
                    found.add(&BOM, view.script_at(&path)).arg("path", &path);
                }
            }
        });
    },
    ..IMAGE
};

/// The paths that the start command names, as the container sees them.
fn paths(view: &ImageView<'_>) -> Vec<String> {
    let words = view.config.words().into_iter();
    let mut paths: Vec<String> = words
        .filter(|word| !word.starts_with('-') && !word.contains(['$', '=']))
        .filter(|word| word.contains('/') || word.contains('.'))
        .map(|word| inside::absolute(view, word))
        .collect();
    // ModelArts starts this one whatever the image says.
    paths.push("/home/run.sh".to_owned());
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// Whether a shell reads the file.
fn is_script(path: &str, text: &str) -> bool {
    path.ends_with(".sh") || text.trim_start_matches('\u{feff}').starts_with("#!")
}

pub(super) static SIGNALS: Rule = Rule {
    id: "image/cmd-shell-form-signals",
    summary: text("a shell stands between the platform and the server", "平台与服务之间隔着 shell"),
    message: text(
        "the shell that runs `{command}` does not pass SIGTERM on",
        "运行 `{command}` 的 shell 不会转发 SIGTERM",
    ),
    why: text(
        "At a scale-in or an update the server is not told to finish: after the grace period it is killed, and requests are cut off.",
        "缩容或更新时服务收不到终止信号：宽限期过后被强制终止，请求会中断。",
    ),
    help: text(
        "begin the last command with `exec`, or write CMD in the JSON form",
        "在最后一条命令前加 `exec`，或使用 CMD 的 JSON 形式",
    ),
    rests_on: &[&PID_ONE],
    examples: &[
        bad(
            r#"{"images": [{"cmd": ["/bin/sh", "-c", "python prepare.py && «python serve.py»"]}]}"#,
        ),
        bad(
            r##"{"images": [{"cmd": ["sh", "/home/run.sh"], "scripts": [{"path": "/home/run.sh", "text": "#!/bin/sh\ncd /app\n«python serve.py»\n"}]}]}"##,
        ),
        good(r#"{"images": [{"cmd": ["/bin/sh", "-c", "python serve.py"]}]}"#),
        good(r#"{"images": [{"cmd": ["/bin/sh", "-c", "cd /app && exec python serve.py"]}]}"#),
        good(
            r##"{"images": [{"cmd": ["sh", "/home/run.sh"], "scripts": [{"path": "/home/run.sh", "text": "#!/bin/sh\ntrap 'kill $PID' TERM\npython serve.py & PID=$!\nwait\n"}]}]}"##,
        ),
        good(
            r##"{"images": [{"entrypoint": ["tini", "-g", "--"], "cmd": ["sh", "/home/run.sh"], "scripts": [{"path": "/home/run.sh", "text": "cd /app\npython serve.py\n"}]}]}"##,
        ),
    ],
    check: signals,
    ..IMAGE
};

const SHELLS: &[&str] = &["sh", "bash", "dash", "ash"];

fn signals(cx: &Context<'_>, found: &mut Findings) {
    for view in cx.images() {
        let words = view.argv();
        let Some(first) = words.first() else { continue };
        let name = first.text().rsplit('/').next().unwrap_or_default();
        let is_shell = SHELLS.contains(&name);
        let second = words.get(1).copied();
        if is_shell && second.is_some_and(|word| matches!(word.text(), "-c" | "-ec" | "-lc")) {
            let Some(text) = words.get(2) else { continue };
            let (script, errors) = shell::parse(text);
            // A shell that has one command to run becomes that command.
            let count = script.main_commands().count();
            if errors.is_empty() && count > 1 {
                tell(&view, &script, found);
            }
            continue;
        }
        let path = if is_shell { second } else { Some(*first) };
        let Some(path) = path.map(|path| inside::absolute(&view, path.text())) else { continue };
        let archive = view.document.archive();
        let scripts = archive.into_iter().flat_map(|archive| archive.scripts());
        let parsed = view.document.embedded.iter().filter(|inner| inner.kind == Kind::Shell);
        for ((known, _), inner) in scripts.zip(parsed) {
            if let (true, Content::Shell(shell)) = (known == path, &inner.content)
                && shell.errors.is_empty()
            {
                tell(&view, &shell.script, found);
            }
        }
    }
}

fn tell(view: &ImageView<'_>, script: &shell::Script, found: &mut Findings) {
    let all = || script.commands.iter().filter(|one| !one.position.in_substitution);
    let is_handled = |name: Option<&str>| matches!(name, Some("exec" | "trap" | "exit"));
    if all().any(|one| is_handled(one.name())) {
        return;
    }
    let Some(last) = script.main_commands().last() else { return };
    let Some(name) = last.name() else { return };
    const SHORT: &[&str] =
        &["echo", "cd", "export", "set", "mkdir", "cp", "chmod", "true", "wait", "sleep"];
    if SHORT.contains(&name) {
        return;
    }
    let finding = found.add(&SIGNALS, Place::new(view.document.id, last.span));
    finding.severity(Severity::Warning).arg("command", redact(name));
}
