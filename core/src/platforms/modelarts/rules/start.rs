//! What the image starts: a command at all, and `/home/run.sh` for a batch service.

use super::super::spec::{
    ENTRYPOINT_TAKES_CMD, ONLY_COPIED_FILES, RUN_SH, SHELL_FORM, START_COMMAND,
};
use super::MODELARTS;
use crate::claims::BootScript;
use crate::dockerfile::{Body, Command, CommandForm, Keyword};
use crate::document::{DockerfileContent, Document, Kind};
use crate::fact::Profile;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

/// The one Dockerfile, if it could be read and ends in a stage.
pub(super) fn dockerfile<'a>(cx: &Context<'a>) -> Option<(&'a Document, &'a DockerfileContent)> {
    let document = cx.only(Kind::Dockerfile)?;
    let content = document.dockerfile()?;
    (content.errors.is_empty() && content.tree.last_stage().is_some())
        .then_some((document, content))
}

/// The first keyword of the last stage: where something is missing.
pub(super) fn last_from(content: &DockerfileContent) -> Option<Span> {
    let stage = content.tree.last_stage()?;
    content.tree.stage_instructions(stage).first().map(|from| from.keyword_span)
}

pub(super) static NONE: Rule = Rule {
    id: "modelarts/no-start-command",
    summary: text("the image starts nothing of its own", "镜像没有自己的启动命令"),
    message: text(
        "the last stage has neither CMD nor ENTRYPOINT",
        "最后一个阶段既没有 CMD 也没有 ENTRYPOINT",
    ),
    why: text(
        "The image starts what its base starts, often a shell that ends at once, and nothing answers requests.",
        "镜像将运行基础镜像的命令，通常是立即退出的 shell，没有服务响应请求。",
    ),
    help: text(
        "add CMD, unless the base image starts the server or the model names a start command",
        "加上 CMD，除非基础镜像已启动服务或模型指定了启动命令",
    ),
    rests_on: &[&START_COMMAND],
    examples: &[
        bad("«FROM» python:3.11\nCOPY . /opt\n"),
        good("FROM python:3.11\nCMD [\"python\", \"/opt/app.py\"]\n"),
        good("FROM python:3.11 AS base\nENTRYPOINT [\"python\", \"/opt/app.py\"]\nFROM base\n"),
    ],
    check: |cx, found| {
        let Some((document, content)) = dockerfile(cx) else { return };
        if content.prediction.cmd.is_none()
            && content.prediction.entrypoint.is_none()
            && let Some(from) = last_from(content)
        {
            let finding = found.add(&NONE, document.place(from));
            let base = content.prediction.base.as_ref().and_then(|base| base.name.as_deref());
            if !base.is_some_and(starts_no_server) {
                finding.severity(Severity::Info);
            }
        }
    },
    ..MODELARTS
};

/// Whether the image is one of those that everybody builds on and that start a shell or nothing.
fn starts_no_server(image: &str) -> bool {
    let name = image.split([':', '@']).next().unwrap_or(image);
    let name = name.strip_prefix("docker.io/").unwrap_or(name);
    let name = name.strip_prefix("library/").unwrap_or(name);
    matches!(
        name,
        "python"
            | "ubuntu"
            | "debian"
            | "alpine"
            | "centos"
            | "fedora"
            | "rockylinux"
            | "busybox"
            | "nvidia/cuda"
            | "pytorch/pytorch"
            | "continuumio/miniconda3"
            | "openjdk"
            | "node"
            | "eclipse-temurin"
            | "amazoncorretto"
            | "openeuler/openeuler"
    )
}

/// Whether the command runs the script of a batch service.
fn runs_script(command: &Command) -> bool {
    runs(command, RUN_SH.value)
}

/// Whether the file `script` stands among the words of the command.
fn runs(command: &Command, script: &str) -> bool {
    let words: Vec<String> = match &command.form {
        CommandForm::Exec(words) => words.iter().map(|word| word.value.text().to_owned()).collect(),
        CommandForm::Shell { text, .. } => vec![text.text().to_owned()],
    };
    let letters = words.join(" ");
    let mut parts = letters.split([' ', '\t', ';', '&', '"', '\'']);
    parts.any(|word| word == script)
}

/// Where a custom engine has its script.
const ENGINE_SCRIPT: &str = "/home/mind/run.sh";

pub(super) static BATCH_CMD: Rule = Rule {
    id: "modelarts/batch-cmd-run-sh",
    profiles: &[Profile::Batch],
    severity: Severity::Error,
    summary: text(
        "a batch image that does not start /home/run.sh",
        "批量服务的镜像未启动 /home/run.sh",
    ),
    message: text(
        "CMD does not start {script}, as a batch service must",
        "CMD 未启动 {script}，而批量服务要求如此",
    ),
    why: text(
        "ModelArts starts batch services by this script; with another command the job fails.",
        "ModelArts 通过该脚本启动批量服务，其他命令会导致作业失败。",
    ),
    help: text("write CMD [\"sh\", \"{script}\"]", "写作 CMD [\"sh\", \"{script}\"]"),
    rests_on: &[&RUN_SH.source],
    examples: &[
        bad("FROM a:1\nCMD «[\"python\", \"app.py\"]»\n"),
        bad("«FROM» a:1\nCOPY run.sh /home/run.sh\n"),
        bad("FROM a:1\nWORKDIR /home\nCMD «sh run.sh»\n"),
        good("FROM a:1\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        good("FROM a:1\nCMD /bin/sh /home/run.sh\n"),
        good("FROM a:1\nCMD [\"/home/run.sh\"]\n"),
        // A custom engine.
        good("FROM a:1\nCMD sh /home/mind/run.sh\n"),
        good("FROM a:1\nCMD [\"python\", \"app.py\"]\n").under(Profile::RealTime),
        bad(r#"{"images": [{"cmd": «["python", "/app.py"]»}]}"#),
        bad(r#"{"images": [{"config_digest": "«sha256:aa»"}]}"#),
        good(r#"{"images": [{"cmd": ["/bin/sh", "-c", "/bin/sh /home/run.sh"]}]}"#),
        good(r#"{"images": [{"entrypoint": ["sh", "/home/run.sh"]}]}"#),
        good(r#"{"images": [{"cmd": ["sh", "/home/mind/run.sh"]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            let words = view.config.words();
            if words.contains(&RUN_SH.value) || words.contains(&ENGINE_SCRIPT) {
                continue;
            }
            let at = if words.is_empty() { view.at("config_digest") } else { view.command_at() };
            found.add(&BATCH_CMD, at).arg("script", RUN_SH.value);
        }
        let Some((document, content)) = dockerfile(cx) else { return };
        let prediction = &content.prediction;
        let span = match (&prediction.cmd, &prediction.entrypoint) {
            (Some(command), _) if runs_script(command) => return,
            (_, Some(command)) if runs_script(command) => return,
            (Some(command), _) if runs(command, ENGINE_SCRIPT) => return,
            (Some(command), _) | (None, Some(command)) => Some(command.span),
            (None, None) => last_from(content),
        };
        if let Some(span) = span {
            found.add(&BATCH_CMD, document.place(span)).arg("script", RUN_SH.value);
        }
    },
    ..MODELARTS
};

pub(super) static BATCH_ENTRYPOINT: Rule = Rule {
    id: "modelarts/batch-cmd-by-entrypoint",
    profiles: &[Profile::Batch],
    summary: text("an ENTRYPOINT in a batch image", "批量服务镜像中的 ENTRYPOINT"),
    message: text(
        "with this ENTRYPOINT, CMD is not what starts",
        "有此 ENTRYPOINT 时，CMD 不是启动命令",
    ),
    why: text(
        "ModelArts wants CMD to start /home/run.sh; an ENTRYPOINT makes it arguments of another program.",
        "ModelArts 要求用 CMD 启动 /home/run.sh；ENTRYPOINT 会使其变为另一程序的参数。",
    ),
    help: text(
        "remove ENTRYPOINT and start the script by CMD alone",
        "删除 ENTRYPOINT，仅用 CMD 启动脚本",
    ),
    rests_on: &[&RUN_SH.source, &ENTRYPOINT_TAKES_CMD],
    examples: &[
        bad("FROM a:1\n«ENTRYPOINT» [\"python\"]\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        good("FROM a:1\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        good("FROM a:1\nENTRYPOINT []\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        bad(r#"{"images": [{"entrypoint": «["python"]», "cmd": ["sh", "/home/run.sh"]}]}"#),
        good(r#"{"images": [{"entrypoint": [], "cmd": ["sh", "/home/run.sh"]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            if view.config.entrypoint.as_ref().is_some_and(|words| !words.is_empty()) {
                found.add(&BATCH_ENTRYPOINT, view.at("entrypoint"));
            }
        }
        let Some((document, content)) = dockerfile(cx) else { return };
        if let Some(entrypoint) = &content.prediction.entrypoint
            && entrypoint.form.exec().is_none_or(|words| !words.is_empty())
        {
            found.add(&BATCH_ENTRYPOINT, document.place(entrypoint.keyword_span));
        }
    },
    ..MODELARTS
};

pub(super) static NOT_COPIED: Rule = Rule {
    id: "modelarts/run-sh-not-copied",
    summary: text("nothing puts /home/run.sh into the image", "镜像中没有放入 /home/run.sh"),
    message: text(
        "the command starts {script}, but nothing puts it into the image",
        "启动命令使用 {script}，但没有将其放入镜像",
    ),
    why: text(
        "The container stops at once: there is no such file.",
        "容器会立即停止：文件不存在。",
    ),
    help: text("add COPY run.sh {script}", "加上 COPY run.sh {script}"),
    rests_on: &[&ONLY_COPIED_FILES],
    examples: &[
        bad("FROM a:1\nCMD «[\"sh\", \"/home/run.sh\"]»\n"),
        bad("FROM a:1\nCOPY app.py /opt/\nCMD «sh /home/run.sh»\n"),
        good("FROM a:1\nCOPY run.sh /home/run.sh\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        good("FROM a:1\nCOPY scripts/ /home/\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        good("FROM a:1\nWORKDIR /home\nCOPY . .\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        good("FROM a:1\nRUN mv /opt/start /home/run.sh\nCMD [\"sh\", \"/home/run.sh\"]\n"),
    ],
    check: |cx, found| {
        let Some((document, content)) = dockerfile(cx) else { return };
        // Where the script is a document, `project/script-elsewhere` says more.
        let is_script = |script: &BootScript| RUN_SH.value.ends_with(&format!("/{}", script.name));
        if cx.claims().scripts.iter().any(is_script) {
            return;
        }
        let prediction = &content.prediction;
        let commands = [&prediction.cmd, &prediction.entrypoint].into_iter().flatten();
        let Some(command) = commands.into_iter().find(|command| runs_script(command)) else {
            return;
        };
        if !may_put_script(content) {
            found.add(&NOT_COPIED, document.place(command.span)).arg("script", RUN_SH.value);
        }
    },
    ..MODELARTS
};

/// Whether an instruction of the last stage may put the script there; in doubt it may.
fn may_put_script(content: &DockerfileContent) -> bool {
    let mut folder = "/".to_owned();
    let stages = content.tree.chain();
    let instructions = stages.iter().flat_map(|stage| content.tree.stage_instructions(stage));
    for instruction in instructions {
        match (&instruction.body, instruction.keyword) {
            (Body::Text(word), Keyword::Workdir) => folder = word.raw().to_owned(),
            (Body::Copy { sources, destination }, _) => {
                let to = destination.raw();
                let is_relative = !to.starts_with('/');
                let whole = if is_relative { format!("{folder}/{to}") } else { to.to_owned() };
                let whole = whole.replace("/./", "/");
                let whole = whole.trim_end_matches(['/', '.']);
                let is_unknown = whole.contains('$') || whole.contains("..");
                let names_script = sources.iter().any(|source| {
                    let last = source.raw().rsplit('/').next().unwrap_or_default();
                    last == "run.sh"
                        || !last.contains('.')
                        || last.contains(['*', '$'])
                        || last == "."
                });
                // A folder above, such as `COPY root/ /`, may hold it too.
                let fits = whole == RUN_SH.value || matches!(whole, "/home" | "") && names_script;
                if is_unknown || fits || instruction.keyword == Keyword::Add && whole.len() < 6 {
                    return true;
                }
            }
            (_, Keyword::Run) if instruction.arguments.text().contains("run.sh") => return true,
            _ => {}
        }
        if instruction.heredocs.iter().any(|_| instruction.keyword == Keyword::Run) {
            return true;
        }
    }
    false
}

pub(super) static SHELL: Rule = Rule {
    id: "modelarts/cmd-shell-form",
    severity: Severity::Info,
    summary: text("CMD in shell form", "CMD 使用 shell 形式"),
    message: text(
        "a shell runs this command, and keeps SIGTERM from it",
        "该命令由 shell 运行，可能收不到 SIGTERM",
    ),
    why: text(
        "ModelArts sends SIGTERM before it stops an instance. The shell gets it and does not pass it on, so requests in flight are cut off.",
        "ModelArts 停止实例前会发送 SIGTERM。信号由 shell 接收且不会转发，处理中的请求会被中断。",
    ),
    help: text("write it as a list: CMD [\"…\", \"…\"]", "写成列表：CMD [\"…\", \"…\"]"),
    rests_on: &[&SHELL_FORM],
    examples: &[
        bad("FROM a:1\nCMD «/bin/sh /home/run.sh»\n")
            .fixed("FROM a:1\nCMD [\"/bin/sh\", \"/home/run.sh\"]\n"),
        bad("FROM a:1\nCMD «gunicorn -b :$PORT app:app»\n"),
        good("FROM a:1\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        good("FROM a:1\nCMD exec gunicorn -b :$PORT app:app\n"),
        good("FROM a:1\nCMD\n"),
    ],
    check: shell_form,
    ..MODELARTS
};

fn shell_form(cx: &Context<'_>, found: &mut Findings) {
    let Some((document, content)) = dockerfile(cx) else { return };
    let prediction = &content.prediction;
    let Some(command) = &prediction.cmd else { return };
    let Some(letters) = command.form.shell().map(|text| text.text()) else { return };
    let is_nothing = letters.trim().is_empty();
    if is_nothing || prediction.entrypoint.is_some() || letters.trim_start().starts_with("exec ") {
        return;
    }
    let at = document.place(command.span);
    let finding = found.add(&SHELL, at);
    // No program of this name need exist.
    let first = letters.split_whitespace().next().unwrap_or_default();
    let is_builtin = [".", "cd", "source", "set", "eval", "ulimit", "export"].contains(&first);
    let is_plain = |letter: char| {
        letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '/' | '.' | '_' | '-' | ':' | ',')
    };
    if letters.chars().all(is_plain) && !is_builtin && command.shell.is_none() {
        let words: Vec<String> =
            letters.split_whitespace().map(|word| format!("\"{word}\"")).collect();
        finding.fix(
            Fix::safe(text("write it as a list", "写成列表"))
                .replace(at, format!("[{}]", words.join(", "))),
        );
    }
}
