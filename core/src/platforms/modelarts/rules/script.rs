//! run.sh: whether it starts a server and stops it as ModelArts wants.

use super::super::spec::{
    EMPTY_WORDS, EXEC_NEEDS_SHEBANG, LINE_ENDS, POSIX_ONLY, SCRIPT_ENDS, TERM_IS_SENT, TERM_WAIT,
    TRAP_WAITS,
};
use super::{ANY_USE, MODELARTS};
use crate::claims::BootScript;
use crate::document::{Document, Kind};
use crate::rule::{Context, Fix, Rule, Severity, bad, good};
use crate::shell::{Script, SimpleCommand};
use crate::text::{Span, text};

/// The scripts that could be read and that boot the container: the one that the image calls, or
/// `run.sh`.
fn scripts<'a>(cx: &Context<'a>) -> impl Iterator<Item = (&'a Document, &'a Script)> {
    let called = match cx.claims().called_script() {
        Some(script) => Some(script.start.source()),
        // Without a Dockerfile a script is all that there is to go by.
        None => {
            let lone =
                cx.only(Kind::Shell).filter(|_| cx.of_kind(Kind::Dockerfile).next().is_none());
            lone.map(|document| document.id)
        }
    };
    cx.of_kind(Kind::Shell).filter_map(move |document| {
        let path = document.source.path();
        let is_boot = called == Some(document.id) || path.rsplit('/').next() == Some("run.sh");
        let shell = document.shell().filter(|shell| is_boot && shell.errors.is_empty())?;
        Some((document, &shell.script))
    })
}

/// What the script starts.
fn boot<'a>(cx: &'a Context<'_>, document: &Document) -> Option<&'a BootScript> {
    cx.claims().scripts.iter().find(|script| script.start.source() == document.id)
}

pub(super) static CRLF: Rule = Rule {
    id: "modelarts/run-sh-shebang-crlf",
    severity: Severity::Error,
    summary: text("a script with Windows line ends", "脚本使用 Windows 换行符"),
    message: text("this line ends in a carriage return", "此行以回车符结尾"),
    why: text(
        "The shell takes the carriage return for a letter: commands and paths are not found, and the container stops.",
        "shell 会将回车符当作普通字符，导致找不到命令和路径，容器停止。",
    ),
    help: text("save the script with Unix line ends", "以 Unix 换行符保存脚本"),
    rests_on: &[&LINE_ENDS],
    examples: &[
        bad("-- run.sh --\n#!/bin/sh«\r»\ngunicorn app:app\r\n")
            .fixed("-- run.sh --\n#!/bin/sh\ngunicorn app:app\n"),
        good("#!/bin/sh\nprintf 'a\\r\\n'\n"),
    ],
    check: |cx, found| {
        for document in cx.of_kind(Kind::Shell) {
            let letters = document.source.text();
            let mut ends =
                letters.match_indices("\r\n").map(|(at, _)| document.place(Span::new(at, at + 1)));
            let Some(first) = ends.next() else { continue };
            let fix = Fix::safe(text("use Unix line ends", "改用 Unix 换行符")).delete(first);
            let fix = ends.fold(fix, Fix::delete);
            found.add(&CRLF, first).fix(fix);
        }
    },
    ..ANY_USE
};

pub(super) static SHEBANG: Rule = Rule {
    id: "modelarts/run-sh-no-shebang",
    summary: text("a script started directly that names no shell", "直接启动的脚本没有 #! 行"),
    message: text(
        "the image starts this script directly, but its first line names no shell",
        "镜像直接启动该脚本，但首行没有指定 shell",
    ),
    why: text(
        "Without `#!` the kernel cannot run the file: the container ends with `exec format error`.",
        "没有 `#!` 时内核无法执行该文件，容器以 `exec format error` 退出。",
    ),
    help: text("begin it with `#!/bin/sh`", "首行写 `#!/bin/sh`"),
    rests_on: &[&EXEC_NEEDS_SHEBANG],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"/home/run.sh\"]\n-- run.sh --\n«»exec gunicorn app:app\n",
        )
        .fixed(
            "-- Dockerfile --\nFROM a:1\nCMD [\"/home/run.sh\"]\n-- run.sh --\n#!/bin/sh\nexec gunicorn app:app\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\nexec gunicorn app:app\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD /home/run.sh\n-- run.sh --\nexec gunicorn app:app\n",
        ),
    ],
    check: |cx, found| {
        let Some(called) = cx.claims().called_script() else { return };
        let Some(start) = cx.claims().image_start.as_ref().filter(|start| !start.is_shell) else {
            return;
        };
        let program = start.text.split_whitespace().next().unwrap_or_default();
        if !program.ends_with(".sh") {
            return;
        }
        for (document, script) in scripts(cx).filter(|(one, _)| one.id == called.start.source()) {
            if script.shebang.is_none() {
                let at = document.place(Span::at(0));
                let line_end =
                    if document.source.text().contains("\r\n") { "\r\n" } else { "\n" };
                found.add(&SHEBANG, at).fix(
                    Fix::safe(text("begin with `#!/bin/sh`", "首行加上 `#!/bin/sh`"))
                        .replace(at, format!("#!/bin/sh{line_end}")),
                );
            }
        }
    },
    ..MODELARTS
};

/// Commands that only prepare: a script of nothing else starts no server.
const PREPARING: &[&str] = &[
    "trap", "set", "export", "cd", "echo", "umask", "ulimit", "shift", "readonly", "unset", "true",
    ":",
];

pub(super) static STARTS_NOTHING: Rule = Rule {
    id: "modelarts/run-sh-starts-nothing",
    severity: Severity::Error,
    summary: text("a script that starts nothing", "脚本没有启动任何程序"),
    message: text("this script starts no program", "该脚本没有启动任何程序"),
    why: text(
        "The shell exits after the last line and the container stops. The sample of the documents is cut off in the same way.",
        "shell 执行完最后一行后退出，容器随之停止。文档中的示例同样不完整。",
    ),
    help: text(
        "start the server behind the trap, and wait for it",
        "在 trap 之后启动服务，并等待其结束",
    ),
    rests_on: &[&SCRIPT_ENDS],
    examples: &[
        bad("-- run.sh --\n«#!/bin/sh»\nstop() {\n    kill -15 $pid\n}\ntrap stop TERM\n"),
        good("#!/bin/sh\nexec gunicorn -b :8080 app:app\n"),
        good("#!/bin/sh\nmain() {\n    gunicorn app:app\n}\nmain\n"),
        good("#!/bin/sh\n. /opt/start.sh\n"),
    ],
    check: |cx, found| {
        for (document, script) in scripts(cx) {
            let starts = script.main_commands().any(|command| {
                !command.words.is_empty()
                    && command.name().is_none_or(|name| !PREPARING.contains(&name))
            });
            let first = document.source.line_span(1).unwrap_or(Span::at(0));
            if !starts && !script.commands.is_empty() {
                found.add(&STARTS_NOTHING, document.place(first));
            }
        }
    },
    ..MODELARTS
};

/// Whether `command` is a trap for SIGTERM.
fn is_term_trap(command: &SimpleCommand) -> bool {
    command.name() == Some("trap")
        && ["TERM", "SIGTERM", "15"].iter().any(|signal| command.has_argument(signal))
}

pub(super) static NO_TRAP: Rule = Rule {
    id: "modelarts/sigterm-no-trap",
    severity: Severity::Info,
    summary: text("a script that does not pass SIGTERM on", "脚本未处理 SIGTERM"),
    message: text(
        "SIGTERM ends the shell and never reaches this server",
        "SIGTERM 只会到达 shell，不会到达该服务",
    ),
    why: text(
        "ModelArts sends SIGTERM before it stops an instance; requests in flight are cut off.",
        "ModelArts 停止实例前会发送 SIGTERM；处理中的请求会被中断。",
    ),
    help: text(
        "start it with `exec`, or set a trap for TERM and wait",
        "用 `exec` 启动，或为 TERM 设置 trap 并 wait",
    ),
    rests_on: &[&TERM_IS_SENT],
    examples: &[
        bad("#!/bin/sh\n«gunicorn -b :8080 app:app»\n"),
        good("#!/bin/sh\nexec gunicorn -b :8080 app:app\n"),
        good("#!/bin/sh\ntrap stop TERM\ngunicorn -b :8080 app:app &\nwait $!\n"),
    ],
    check: |cx, found| {
        for (document, script) in scripts(cx) {
            if script.commands.iter().any(is_term_trap) {
                continue;
            }
            let Some(boot) = boot(cx, document) else { continue };
            let servers = boot.start.launches.iter().filter(|launch| launch.server.is_some());
            for launch in servers.filter(|launch| launch.has_shell_parent) {
                found.add(&NO_TRAP, document.place(launch.span));
            }
        }
    },
    ..MODELARTS
};

pub(super) static TERM_SLEEP: Rule = Rule {
    id: "modelarts/sigterm-wait-60",
    severity: Severity::Info,
    summary: text("a handler of SIGTERM that does not wait a minute", "SIGTERM 处理未等待 60 秒"),
    message: text(
        "the handler waits {seconds} seconds; {least} to {most} are wanted",
        "处理函数等待 {seconds} 秒；应为 {least} 到 {most} 秒",
    ),
    why: text(
        "Requests go on arriving until the instance is out of the balancer; stopping sooner fails them, later than that the instance is killed.",
        "实例从负载均衡摘除前仍会收到请求；过早停止会使其失败，过晚则会被强制终止。",
    ),
    help: text("write `sleep 60` before the kill", "在 kill 之前写 `sleep 60`"),
    rests_on: &[&TERM_WAIT.source],
    examples: &[
        bad(
            "#!/bin/sh\nstop() {\n    sleep «5»\n    kill $pid\n}\ntrap stop TERM\ngunicorn app:app &\npid=$!\nwait $pid\n",
        ),
        good(
            "#!/bin/sh\nstop() {\n    sleep 60\n    kill $pid\n}\ntrap stop TERM\ngunicorn app:app &\npid=$!\nwait $pid\n",
        ),
    ],
    check: |cx, found| {
        let (least, most) = TERM_WAIT.value;
        for (document, script) in scripts(cx) {
            let handlers = script.commands.iter().filter(|command| is_term_trap(command));
            for handler in handlers.filter_map(|trap| trap.words.get(1)?.literal()) {
                let sleeps: Vec<_> = script
                    .body_of(handler)
                    .filter(|command| command.name() == Some("sleep"))
                    .filter_map(|command| {
                        let word = command.words.get(1)?;
                        let text = word.literal()?;
                        let seconds: u32 = text.strip_suffix('s').unwrap_or(text).parse().ok()?;
                        Some((word.span, seconds, command.position.in_branch))
                    })
                    .collect();
                // Several, or one in a loop, may add up to anything.
                if let [(span, seconds, _)] = sleeps[..]
                    && !(least..=most).contains(&seconds)
                    && seconds > 1
                {
                    found
                        .add(&TERM_SLEEP, document.place(span))
                        .arg("seconds", seconds)
                        .arg("least", least)
                        .arg("most", most);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static NO_WAIT: Rule = Rule {
    id: "modelarts/trap-without-wait",
    severity: Severity::Error,
    summary: text("a server in the background that nobody waits for", "后台服务没有被等待"),
    message: text(
        "the script ends right after it starts this server, and the container with it",
        "脚本启动该服务后即结束，容器随之停止",
    ),
    why: text(
        "A container stops with its first process, the shell, whatever runs in the background.",
        "容器随首个进程（shell）停止，后台程序也会被终止。",
    ),
    help: text("end the script with `wait`", "在脚本末尾加上 `wait`"),
    rests_on: &[&SCRIPT_ENDS],
    examples: &[
        bad("#!/bin/sh\ntrap stop TERM\n«gunicorn -b :8080 app:app» &\npid=$!\n"),
        good("#!/bin/sh\ntrap stop TERM\ngunicorn -b :8080 app:app &\npid=$!\nwait $pid\n"),
        good("#!/bin/sh\nredis-server &\nexec gunicorn -b :8080 app:app\n"),
        good("#!/bin/sh\ngunicorn -b :8080 app:app &\ntail -f /dev/null\n"),
    ],
    check: |cx, found| {
        for (document, script) in scripts(cx) {
            // The last command that does something: anything in front may hold the script.
            let last = script.main_commands().filter(|command| {
                !command.words.is_empty()
                    && command.name().is_none_or(|name| !matches!(name, "echo" | "trap" | "export"))
            });
            let Some(last) = last.last().filter(|last| last.position.is_background) else {
                continue;
            };
            let waits = script.commands.iter().any(|command| command.name() == Some("wait"));
            if !waits && !last.position.in_branch {
                found.add(&NO_WAIT, document.place(last.span));
            }
        }
    },
    ..MODELARTS
};

pub(super) static FOREGROUND: Rule = Rule {
    id: "modelarts/trap-foreground",
    summary: text("a trap that waits for the server", "trap 要等服务结束才执行"),
    message: text(
        "the trap for TERM only runs after this server ends",
        "TERM 的 trap 要等该服务结束后才执行",
    ),
    why: text(
        "A shell runs a trap after the command in the foreground ends, so SIGTERM does nothing until the instance is killed.",
        "shell 在前台命令结束后才执行 trap，因此 SIGTERM 不起作用，直到实例被强制终止。",
    ),
    help: text("start it with `&` and `wait` for it", "用 `&` 启动并 `wait`"),
    rests_on: &[&TRAP_WAITS],
    examples: &[
        bad("#!/bin/sh\ntrap stop TERM\n«gunicorn -b :8080 app:app»\n"),
        good("#!/bin/sh\ntrap stop TERM\ngunicorn -b :8080 app:app &\nwait $!\n"),
    ],
    check: |cx, found| {
        for (document, script) in scripts(cx) {
            let trap = script.main_commands().find(|command| is_term_trap(command));
            let Some(trap) = trap else { continue };
            let Some(boot) = boot(cx, document) else { continue };
            for launch in boot.start.launches.iter().filter(|launch| launch.server.is_some()) {
                let is_after = launch.span.start > trap.span.start;
                let is_held = !launch.is_background && launch.has_shell_parent;
                if is_after && is_held && launch.function.is_none() {
                    found
                        .add(&FOREGROUND, document.place(launch.span))
                        .related(document.place(trap.span), text("the trap", "trap 在此"));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static UNQUOTED: Rule = Rule {
    id: "modelarts/sh-unquoted-test",
    summary: text("a test that breaks on an empty variable", "变量为空时测试会出错"),
    message: text("an empty value makes this test a syntax error", "变量为空时该测试会出现语法错误"),
    why: text(
        "An unquoted variable that is empty is no word, so `[` lacks an operand and the branch is not taken.",
        "未加引号的空变量不会成为单词，`[` 缺少操作数，分支不会执行。",
    ),
    help: text("put the variable in double quotes", "给变量加上双引号"),
    rests_on: &[&EMPTY_WORDS],
    examples: &[
        bad("#!/bin/sh\nif [ «$pid» != \"\" ]; then\n    kill $pid\nfi\nexec gunicorn app:app\n")
            .fixed("#!/bin/sh\nif [ \"$pid\" != \"\" ]; then\n    kill $pid\nfi\nexec gunicorn app:app\n"),
        good("#!/bin/sh\nif [ -n \"$pid\" ]; then\n    kill $pid\nfi\nexec gunicorn app:app\n"),
    ],
    check: |cx, found| {
        for (document, script) in scripts(cx) {
            let tests = script.commands.iter().filter(|one| one.name() == Some("["));
            for command in tests {
                let compares = ["=", "!=", "==", "-eq", "-ne", "-gt", "-lt", "-ge", "-le"]
                    .iter()
                    .any(|operator| command.has_argument(operator));
                for word in command.words.iter().filter(|_| compares) {
                    if word.only_variable().is_some() && word.has_unquoted_expansion() {
                        let at = document.place(word.span);
                        let letters = document.source.slice(word.span);
                        found.add(&UNQUOTED, at).fix(
                            Fix::safe(text("quote it", "加上引号"))
                                .replace(at, format!("\"{letters}\"")),
                        );
                    }
                }
            }
        }
    },
    ..ANY_USE
};

pub(super) static BASHISM: Rule = Rule {
    id: "modelarts/sh-bashism",
    summary: text("bash's own words in a script that sh runs", "用 sh 运行的脚本含有 bash 语法"),
    message: text("sh does not know `{word}`", "sh 不支持 `{word}`"),
    why: text(
        "The image starts the script with sh, whatever its first line says. On Debian that is dash, which stops here.",
        "镜像用 sh 启动脚本，首行不起作用。Debian 的 sh 是 dash，会在此出错。",
    ),
    help: text("start it with bash, or write it for sh", "改用 bash 启动，或改写为 sh 语法"),
    rests_on: &[&POSIX_ONLY],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\n#!/bin/bash\n«source» /opt/env\nexec gunicorn app:app\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD [\"bash\", \"/home/run.sh\"]\n-- run.sh --\n#!/bin/bash\nsource /opt/env\nexec gunicorn app:app\n",
        ),
        good("#!/bin/bash\nsource /opt/env\nexec gunicorn app:app\n"),
    ],
    check: |cx, found| {
        let Some(called) = cx.claims().called_script() else { return };
        let Some(start) = &cx.claims().image_start else { return };
        let first = start.text.trim_start().trim_start_matches("exec ");
        let program = first.split_whitespace().next().unwrap_or_default();
        if !matches!(program, "sh" | "/bin/sh") {
            return;
        }
        for (document, script) in scripts(cx).filter(|(one, _)| one.id == called.start.source()) {
            for command in &script.commands {
                if let (Some(word @ ("source" | "[[")), Some(first)) =
                    (command.name(), command.words.first())
                {
                    found.add(&BASHISM, document.place(first.span)).arg("word", word);
                }
            }
            for function in script.functions.iter().filter(|one| one.has_keyword) {
                found.add(&BASHISM, document.place(function.name_span)).arg("word", "function");
            }
        }
    },
    ..MODELARTS
};
