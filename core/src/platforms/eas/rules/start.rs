//! What a container starts: its command or script, or what its image brings.

use super::super::service::services;
use super::super::spec::{COMMAND_OR_SCRIPT, COMMAND_REPLACES_CMD};
use super::container::rename;
use crate::claims::Start;
use crate::command::{Argument, Launch};
use crate::dockerfile::{Dockerfile, Placement};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::rules::image::inside::{self, Program};
use crate::shell;
use crate::text::text;

pub(super) static NO_COMMAND: Rule = Rule {
    id: "eas/no-command",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("nothing says what the container starts", "没有写明容器启动什么"),
    message: text(
        "neither `command` nor `script` says what is started",
        "`command` 和 `script` 都没有写明启动命令",
    ),
    why: text(
        "EAS then runs what the image starts by itself. If that is nothing, the container ends at once.",
        "此时 EAS 运行镜像自身的启动命令；若镜像没有，容器会立即退出。",
    ),
    help: text("add `\"script\"` with the start command", "添加 `\"script\"`，填写启动命令"),
    rests_on: &[&COMMAND_OR_SCRIPT],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[«{»"image":"x","port":8000}]}"#),
        bad(
            "-- Dockerfile --\nFROM python:3.12\nRUN true\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[«{»\"image\":\"x\"}]}\n",
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"python app.py"}]}"#,
        ),
        good(
            "-- Dockerfile --\nFROM python:3.12\nCMD python app.py\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\"}]}\n",
        ),
    ],
    check: no_command,
    ..Rule::DEFAULT
};

fn no_command(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    for service in services(cx) {
        let containers = service.containers();
        for node in containers.iter().filter(|node| node.is_object()) {
            if node.get("command").is_some() || node.get("script").is_some() {
                continue;
            }
            let is_ours = containers.len() == 1 && claims.has_image;
            if is_ours && claims.image_start.is_some() {
                continue;
            }
            let finding = found.add(&NO_COMMAND, service.brace(node));
            if is_ours {
                // A base image may still bring a command, so this is no certainty.
                finding.severity(Severity::Warning).says(text(
                    "neither the service nor the Dockerfile says what is started",
                    "服务和 Dockerfile 都没有写明启动命令",
                ));
                if let Some(base) = &claims.base {
                    finding.related(base.at, text("the image starts from this", "镜像由此开始"));
                }
            }
        }
    }
}

pub(super) static COMMAND_AND_SCRIPT: Rule = Rule {
    id: "eas/command-and-script",
    platform: Some(Platform::Eas),
    summary: text("a container has both a command and a script", "容器同时有 command 和 script"),
    message: text(
        "`command` stands beside `script`: one of them counts",
        "`command` 与 `script` 并存：只有一个生效",
    ),
    why: text(
        "The reference asks for one of the two and does not say which wins.",
        "文档要求二选一，没有说明哪个优先。",
    ),
    help: text("keep one of them", "只保留其中一个"),
    rests_on: &[&COMMAND_OR_SCRIPT],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x",«"command"»:"a","script":"b"}]}"#,
        ),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"b"}]}"#),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","command":null,"script":"b"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for node in service.containers() {
                if let (Some(command), Some(script)) = (node.get("command"), node.get("script"))
                    && let Some(member) = node.member("command")
                    && !command.is_null()
                {
                    found
                        .add(&COMMAND_AND_SCRIPT, service.at(member.key_span))
                        .related(service.at(script.span), text("the script", "script"));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static OVERRIDES_IMAGE: Rule = Rule {
    id: "eas/command-overrides-image",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("the service starts something else than its image", "服务启动的程序与镜像不同"),
    message: text(
        "this starts `{program}` in place of the image's `{replaced}`",
        "此处启动 `{program}`，取代镜像的 `{replaced}`",
    ),
    why: text(
        "A command in the service JSON replaces the CMD of the image: what the Dockerfile starts, and was tested with, does not run.",
        "服务 JSON 中的命令会取代镜像的 CMD：Dockerfile 中启动并测试过的程序不会运行。",
    ),
    help: text(
        "start the same in both, or leave the command out of one of them",
        "两处启动相同的程序，或只在一处写命令",
    ),
    rests_on: &[&COMMAND_REPLACES_CMD],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \":8000\", \"a:b\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"script\":\"«uvicorn» a:b --port 8000\"}]}\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nCOPY run.sh /run.sh\nCMD [\"sh\", \"/run.sh\"]\n-- run.sh --\nexec gunicorn -b :8000 a:b\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"script\":\"gunicorn -b localhost:8000 «c:b»\"}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD [\"gunicorn\", \"-b\", \":8000\", \"a:b\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"script\":\"gunicorn -b :8000 a:b\"}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD [\"bash\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"script\":\"gunicorn -b :8000 a:b\"}]}\n",
        ),
    ],
    check: overrides_image,
    ..Rule::DEFAULT
};

fn overrides_image(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    // With several containers nothing tells which one the Dockerfile makes.
    let [container] = &claims.containers[..] else { return };
    let Some(start) = container.start.as_ref().filter(|_| claims.has_image) else { return };
    let servers = |start: &Start| {
        let servers = start.launches.iter().filter(|launch| launch.server.is_some());
        servers.cloned().collect::<Vec<Launch>>()
    };
    let image = claims
        .running()
        .into_iter()
        .find_map(|start| servers(start).into_iter().next().map(|launch| (start, launch)));
    let (Some(here), Some((image, there))) = (servers(start).into_iter().next(), image) else {
        return;
    };
    if here.program_name != there.program_name {
        found
            .add(&OVERRIDES_IMAGE, start.place(here.program))
            .arg("program", here.program_name)
            .arg("replaced", there.program_name)
            .related(image.place(there.program), text("what the image starts", "镜像启动的程序"));
    } else if let (Some(own), Some(other)) = (application(&here), application(&there))
        && own.text() != other.text()
    {
        found
            .add(&OVERRIDES_IMAGE, start.place(own.span))
            .arg("program", own.text())
            .arg("replaced", other.text())
            .related(image.place(other.span), text("what the image starts", "镜像启动的程序"));
    }
}

/// The application that a Python server serves: `package.module:name`.
fn application(launch: &Launch) -> Option<&Argument> {
    launch.arguments.iter().find(|argument| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
        argument.text().split_once(':').is_some_and(|(module, name)| {
            let begins = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic());
            begins(module) && begins(name) && module.chars().chain(name.chars()).all(is_name)
        })
    })
}

pub(super) static COMMAND_IS_SHELL: Rule = Rule {
    id: "eas/command-is-shell",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a command needs a shell, but none reads it", "command 需要 shell，但不会由 shell 执行"),
    message: text("`command` holds shell syntax, but no shell reads it", "`command` 含有 shell 语法，但不会由 shell 执行"),
    why: text(
        "`command` is one program with its arguments. `&&`, `;`, pipes, redirections and `cd` become arguments or are not found, and the container ends.",
        "`command` 是一个程序及其参数。`&&`、`;`、管道、重定向和 `cd` 会成为参数或找不到，容器随即退出。",
    ),
    help: text("write it as `script`, which a shell reads", "请写成 `script`，由 shell 执行"),
    rests_on: &[&COMMAND_OR_SCRIPT],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","command":"«cd /app && python a.py»"}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"cd /app && python a.py"}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","command":"«python a.py > log 2>&1»"}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"python a.py > log 2>&1"}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","command":"python a.py --name 'a;b'"}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","command":"sh -c 'cd /app && python a.py'"}]}"#),
    ],
    check: command_is_shell,
    ..Rule::DEFAULT
};

fn command_is_shell(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for node in service.containers() {
            let Some(member) = node.member("command") else { continue };
            let Some(text_of) = member.node.as_text().filter(|_| !member.node.is_unknown()) else {
                continue;
            };
            let script = shell::parse(text_of).0;
            let main: Vec<_> = script.main_commands().collect();
            let needs_shell = main.len() > 1
                || main.iter().any(|one| {
                    !one.redirections.is_empty()
                        || !one.assignments.is_empty()
                        || one.position.is_background
                        || one.name() == Some("cd")
                });
            if !needs_shell {
                continue;
            }
            let finding = found.add(&COMMAND_IS_SHELL, service.value(&member.node));
            if node.member("script").is_none() {
                finding.fix(rename(
                    service,
                    member,
                    "script",
                    text("call it `script`", "改为 `script`"),
                ));
            }
        }
    }
}

pub(super) static SCRIPT_NEEDS_SHELL: Rule = Rule {
    id: "eas/script-needs-shell",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a script, but the image has no shell", "使用 script，但镜像中没有 shell"),
    message: text("`script` needs a shell, and `{base}` has none", "`script` 需要 shell，而 `{base}` 没有"),
    why: text("The script is handed to /bin/sh. The image has none, so the container cannot start.", "script 由 /bin/sh 执行。镜像中没有 shell，容器无法启动。"),
    help: text("write a plain command as `command`, or take a base image with a shell", "把简单命令写成 `command`，或使用带 shell 的基础镜像"),
    rests_on: &[&COMMAND_OR_SCRIPT],
    examples: &[
        bad("-- Dockerfile --\nFROM gcr.io/distroless/python3\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"script\":\"«python3 /app.py»\"}]}\n")
            .fixed("-- Dockerfile --\nFROM gcr.io/distroless/python3\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"command\":\"python3 /app.py\"}]}\n"),
        good("-- Dockerfile --\nFROM python:3.12\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"script\":\"python3 /app.py\"}]}\n"),
        good("-- Dockerfile --\nFROM gcr.io/distroless/python3\nCOPY --from=busybox:1.36 /bin/sh /bin/sh\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"script\":\"python3 /app.py\"}]}\n"),
        bad("-- app.tar --\n{\"images\": [{\"layers\": [{\"files\": []}]}]}\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"script\":\"«python3 /app.py»\"}]}\n"),
        good("-- app.tar --\n{\"images\": [{\"layers\": [{\"files\": [{\"path\": \"/bin\", \"link\": \"usr/bin\"}, {\"path\": \"/usr/bin/sh\", \"mode\": \"0755\", \"text\": \"\"}]}]}]}\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"script\":\"python3 /app.py\"}]}\n"),
        good("-- Dockerfile --\nFROM gcr.io/distroless/python3:debug\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"script\":\"python3 /app.py\"}]}\n"),
    ],
    check: script_needs_shell,
    ..Rule::DEFAULT
};

fn may_hold_shell(tree: &Dockerfile) -> bool {
    let placement = tree.placement("/bin/sh");
    matches!(placement, Placement::Possible | Placement::InContext { .. })
}

fn script_needs_shell(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &SCRIPT_NEEDS_SHELL, |view, files, found| {
        if matches!(inside::program(view, files, "/bin/sh"), Program::Found(_)) {
            return;
        }
        for service in services(cx) {
            let [node] = service.containers() else { continue };
            let Some(member) = node.member("script").filter(|one| !one.node.is_unknown()) else {
                continue;
            };
            found
                .add(&SCRIPT_NEEDS_SHELL, service.value(&member.node))
                .says(text(
                    "`script` needs /bin/sh, which the image does not have",
                    "`script` 需要 /bin/sh，而镜像中没有",
                ))
                .related(view.command_at(), text("the image", "镜像"));
        }
    });
    let Some(dockerfile) = cx.only(crate::Kind::Dockerfile) else { return };
    let Some(content) = dockerfile.dockerfile() else { return };
    let Some(base) = &content.prediction.base else { return };
    let name = base.name.as_deref().unwrap_or(if base.is_scratch { "scratch" } else { "" });
    let has_no_shell = base.is_scratch || name.contains("distroless") && !name.contains("debug");
    // A shell may be copied in.
    if !has_no_shell || may_hold_shell(&content.tree) {
        return;
    }
    for service in services(cx) {
        let [node] = service.containers() else { continue };
        let Some(member) = node.member("script").filter(|member| !member.node.is_unknown()) else {
            continue;
        };
        let Some(script) = member.node.as_text() else { continue };
        let finding = found
            .add(&SCRIPT_NEEDS_SHELL, service.value(&member.node))
            .arg("base", name)
            .related(dockerfile.place(base.span), text("the base image", "基础镜像"));
        let commands = shell::parse(script).0.commands;
        let is_plain = matches!(&commands[..], [only] if only.redirections.is_empty()
            && only.assignments.is_empty()
            && !only.position.is_background
            && only.words.iter().all(|word| word.literal().is_some()));
        if is_plain && node.member("command").is_none() {
            finding.fix(rename(
                service,
                member,
                "command",
                text("call it `command`", "改为 `command`"),
            ));
        }
    }
}
