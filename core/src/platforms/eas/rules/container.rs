//! A container: its image, its command, what is prepared in it, its environment.

use super::super::service::{Service, services};
use super::super::spec::{
    COMMAND_OR_SCRIPT, COMMAND_REPLACES_CMD, ENVIRONMENT, GRPC, IMAGE_REQUIRED, LISTENING_PORT,
    NO_INTERNET, OSS_MOUNT, PREPARE, PREPARE_BOTH,
};
use crate::claims::Start;
use crate::command::{Argument, Launch};
use crate::dockerfile::Placement;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell;
use crate::text::text;
use crate::tree::{Member, Node, Value};

pub(super) static IMAGE_MISSING: Rule = Rule {
    id: "eas/container-image-missing",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a container has no image", "容器没有镜像"),
    message: text("the container has no image", "容器没有镜像"),
    why: text(
        "Without an address there is nothing to pull, and the service is refused.",
        "没有镜像地址就无法拉取，服务会被拒绝。",
    ),
    help: text("add `\"image\"` with the address of the image", "添加 `\"image\"`，填写镜像地址"),
    rests_on: &[&IMAGE_REQUIRED],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[«{»"port":8000}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","port":8000}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"processor":"pmml"}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for node in service.containers().iter().filter(|node| node.is_object()) {
                if node.get("image").is_none() {
                    found.add(&IMAGE_MISSING, service.brace(node));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

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

/// A safe fix that gives a member another key.
fn rename(service: Service<'_>, member: &Member, key: &str, title: crate::text::Text) -> Fix {
    Fix::safe(title).replace(service.at(member.key_span), format!("\"{key}\""))
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
        good("-- Dockerfile --\nFROM gcr.io/distroless/python3:debug\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"script\":\"python3 /app.py\"}]}\n"),
    ],
    check: script_needs_shell,
    ..Rule::DEFAULT
};

fn script_needs_shell(cx: &Context<'_>, found: &mut Findings) {
    let Some(dockerfile) = cx.only(crate::Kind::Dockerfile) else { return };
    let Some(content) = dockerfile.dockerfile() else { return };
    let Some(base) = &content.prediction.base else { return };
    let name = base.name.as_deref().unwrap_or(if base.is_scratch { "scratch" } else { "" });
    let has_no_shell = base.is_scratch || name.contains("distroless") && !name.contains("debug");
    // A shell may be copied in.
    if !has_no_shell || content.tree.placement("/bin/sh") == Placement::Possible {
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

pub(super) static PREPARE_NEEDS_PYTHON: Rule = Rule {
    id: "eas/prepare-needs-python",
    platform: Some(Platform::Eas),
    summary: text(
        "Python requirements for an image without Python",
        "为没有 Python 的镜像安装依赖",
    ),
    message: text(
        "`prepare` needs python and pip, which `{base}` does not bring",
        "`prepare` 需要 python 和 pip，而 `{base}` 没有",
    ),
    why: text(
        "EAS installs the requirements with the image's own python and pip. Without them the container does not start.",
        "EAS 用镜像自带的 python 和 pip 安装依赖；没有则容器无法启动。",
    ),
    help: text(
        "take a base image with Python, or install it in the Dockerfile",
        "使用带 Python 的基础镜像，或在 Dockerfile 中安装",
    ),
    rests_on: &[&PREPARE],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM nginx:1.27\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",«\"prepare\"»:{\"pythonRequirements\":[\"numpy\"]}}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM python:3.12\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"prepare\":{\"pythonRequirements\":[\"numpy\"]}}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM ubuntu:24.04\nRUN apt-get update && apt-get install -y python3-pip\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"prepare\":{\"pythonRequirements\":[\"numpy\"]}}]}\n",
        ),
    ],
    check: prepare_needs_python,
    ..Rule::DEFAULT
};

/// Base images of which we know that they bring no Python.
const WITHOUT_PYTHON: &[&str] = &[
    "nginx",
    "httpd",
    "node",
    "golang",
    "openjdk",
    "eclipse-temurin",
    "alpine",
    "busybox",
    "debian",
    "ubuntu",
    "scratch",
    "redis",
    "caddy",
];

fn prepare_needs_python(cx: &Context<'_>, found: &mut Findings) {
    let Some(dockerfile) = cx.only(crate::Kind::Dockerfile) else { return };
    let Some(content) = dockerfile.dockerfile() else { return };
    let Some(base) = &content.prediction.base else { return };
    let name = base.name.as_deref().unwrap_or(if base.is_scratch { "scratch" } else { "" });
    let short = name.split([':', '@']).next().unwrap_or_default();
    let mentions = |word: &str| dockerfile.source.text().to_ascii_lowercase().contains(word);
    if !WITHOUT_PYTHON.contains(&short) || mentions("python") || mentions("conda") {
        return;
    }
    for service in services(cx) {
        let [node] = service.containers() else { continue };
        if let Some(member) = node.member("prepare").filter(|member| member.node.is_object()) {
            found
                .add(&PREPARE_NEEDS_PYTHON, service.at(member.key_span))
                .arg("base", name)
                .related(dockerfile.place(base.span), text("the base image", "基础镜像"));
        }
    }
}

/// The `prepare` objects of the containers.
fn prepares<'a>(service: Service<'a>) -> impl Iterator<Item = &'a Node> {
    service
        .containers()
        .iter()
        .filter_map(|node| node.get("prepare"))
        .filter(|node| node.is_object())
}

pub(super) static REQUIREMENTS_PATH_IN_LIST: Rule = Rule {
    id: "eas/requirements-path-in-list",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a path stands among Python requirements", "依赖列表中写了路径"),
    message: text("`{item}` is a path, not a requirement", "`{item}` 是路径，不是依赖名"),
    why: text("Each item is handed to pip as a requirement; pip finds no package of this name.", "每一项都会作为依赖交给 pip，而 pip 找不到该名称的包。"),
    help: text("give the path as `pythonRequirementsPath`", "请用 `pythonRequirementsPath` 填写路径"),
    rests_on: &[&PREPARE],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirements":["«/mnt/code/requirements.txt»"]}}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirementsPath":"/mnt/code/requirements.txt"}}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirements":["numpy","«requirements.txt»"]}}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirements":["numpy==1.16.4","absl-py"]}}]}"#),
    ],
    check: requirements_path_in_list,
    ..Rule::DEFAULT
};

fn requirements_path_in_list(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for prepare in prepares(service) {
            let Some(member) = prepare.member("pythonRequirements") else { continue };
            let items = member.node.items().unwrap_or_default();
            for item in items {
                let Some(text_of) = item.as_str() else { continue };
                let is_path = (text_of.ends_with(".txt") || text_of.starts_with(['/', '.']))
                    && !text_of.ends_with(".whl")
                    && !text_of.ends_with(".tar.gz");
                if !is_path {
                    continue;
                }
                let finding =
                    found.add(&REQUIREMENTS_PATH_IN_LIST, service.value(item)).arg("item", text_of);
                let is_free = prepare.member("pythonRequirementsPath").is_none();
                if items.len() == 1 && is_free && text_of.ends_with(".txt") {
                    let value = service.letters(item.span);
                    finding.fix(
                        rename(
                            service,
                            member,
                            "pythonRequirementsPath",
                            text("give it as a path", "改为路径"),
                        )
                        .replace(service.at(member.node.span), value),
                    );
                }
            }
        }
    }
}

pub(super) static REQUIREMENTS_BOTH: Rule = Rule {
    id: "eas/requirements-both",
    platform: Some(Platform::Eas),
    summary: text("a list and a file of Python requirements", "同时给出依赖列表和依赖文件"),
    message: text(
        "the file is passed over, since a list is given too",
        "已给出列表，因此文件会被忽略",
    ),
    why: text(
        "Where both are given, the list alone is installed.",
        "两者同时给出时，只安装列表中的依赖。",
    ),
    help: text("keep one of them", "只保留其中一个"),
    rests_on: &[&PREPARE_BOTH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirements":["a"],«"pythonRequirementsPath"»:"/r.txt"}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","prepare":{"pythonRequirementsPath":"/r.txt"}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for prepare in prepares(service) {
                if let (Some(_), Some(member)) =
                    (prepare.get("pythonRequirements"), prepare.member("pythonRequirementsPath"))
                    && !member.node.is_null()
                {
                    found.add(&REQUIREMENTS_BOTH, service.at(member.key_span));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PREPARE_OFFLINE: Rule = Rule {
    id: "eas/prepare-offline",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text(
        "requirements are installed at start, without a way to the Internet",
        "启动时安装依赖，但没有公网访问",
    ),
    message: text(
        "requirements are installed at start, but the service has no VPC with a way out",
        "启动时安装依赖，但服务没有可出公网的 VPC",
    ),
    why: text(
        "A service reaches the Internet only over a VPC with a NAT gateway; without one pip waits and fails.",
        "服务只能通过带 NAT 网关的 VPC 访问公网；否则 pip 会超时失败。",
    ),
    help: text(
        "install them in the Dockerfile, or configure `cloud.networking` with a NAT gateway",
        "在 Dockerfile 中安装，或配置带 NAT 网关的 `cloud.networking`",
    ),
    rests_on: &[&NO_INTERNET],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x",«"prepare"»:{"pythonRequirements":["a"]}}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"vpc-1"}},"containers":[{"image":"x","prepare":{"pythonRequirements":["a"]}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|one| !one.has_vpc() && !one.has_own_resources()) {
            for node in service.containers() {
                if let Some(member) =
                    node.member("prepare").filter(|one| !one.node.members().is_empty())
                {
                    found.add(&PREPARE_OFFLINE, service.at(member.key_span));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static ENV_SHAPE: Rule = Rule {
    id: "eas/env-shape",
    platform: Some(Platform::Eas),
    summary: text("the environment is not a list of names and values", "环境变量不是 name 和 value 的列表"),
    message: text("the environment is a list of `name` and `value`, both strings", "环境变量应为 `name` 和 `value` 的列表，均为字符串"),
    why: text("Another form is refused or passed over: the variable is not set in the container.", "其他写法会被拒绝或忽略：容器中没有该变量。"),
    help: text("write `[{\"name\": \"A\", \"value\": \"1\"}]`", "请写成 `[{\"name\": \"A\", \"value\": \"1\"}]`"),
    rests_on: &[&ENVIRONMENT],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":«{"A":"1"}»}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":"1"}]}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":«1»}]}]}"#)
            .fixed(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":"1"}]}]}"#),
        bad(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":"1"},{"name":"«A»","value":"2"}]}]}"#),
        good(r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"A","value":"1"}]}]}"#),
    ],
    check: env_shape,
    ..Rule::DEFAULT
};

fn env_shape(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for env in service.containers().iter().filter_map(|node| node.get("env")) {
            match &env.value {
                Value::Array(items) => env_items(service, items, found),
                _ if env.is_unknown() => {}
                Value::Object(members) => {
                    let finding = found.add(&ENV_SHAPE, service.at(env.span));
                    if members.iter().all(|member| member.node.as_str().is_some()) {
                        let list: Vec<String> = members
                            .iter()
                            .map(|member| {
                                let (key, value) = (member.key_span, member.node.span);
                                format!(
                                    "{{\"name\":{},\"value\":{}}}",
                                    service.letters(key),
                                    service.letters(value)
                                )
                            })
                            .collect();
                        finding.fix(
                            Fix::safe(text("write it as a list", "写成列表"))
                                .replace(service.at(env.span), format!("[{}]", list.join(", "))),
                        );
                    }
                }
                _ => {
                    found.add(&ENV_SHAPE, service.at(env.span));
                }
            }
        }
    }
}

fn env_items(service: Service<'_>, items: &[Node], found: &mut Findings) {
    let mut seen: Vec<(&str, &Node)> = Vec::new();
    for item in items {
        if !item.is_object() {
            found.add(&ENV_SHAPE, service.at(item.span));
            continue;
        }
        if let Some(value) = item.get("value")
            && matches!(value.value, Value::Number(_) | Value::Bool(_))
        {
            let at = service.at(value.span);
            let raw = service.letters(value.span);
            found
                .add(&ENV_SHAPE, at)
                .says(text("the value of a variable is a string", "环境变量的值应为字符串"))
                .fix(
                    Fix::safe(text("write it as a string", "写成字符串"))
                        .replace(at, format!("\"{raw}\"")),
                );
        }
        let Some(name_node) = item.get("name") else { continue };
        let Some(name) = name_node.as_str() else { continue };
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == name) {
            found
                .add(&ENV_SHAPE, service.value(name_node))
                .says(text(
                    "the variable `{name}` is set a second time",
                    "变量 `{name}` 被重复设置",
                ))
                .arg("name", name)
                .related(service.value(first), text("first here", "首次出现"));
        } else {
            seen.push((name, name_node));
        }
    }
}

pub(super) static ENV_LISTENING_PORT: Rule = Rule {
    id: "eas/env-listening-port",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a variable that EAS sets itself", "EAS 自行设置的环境变量"),
    message: text("EAS sets LISTENING_PORT itself", "LISTENING_PORT 由 EAS 设置"),
    why: text(
        "EAS gives the container's port in this variable; another value is overwritten, or contradicts it.",
        "EAS 通过该变量传入容器端口；自行设置的值会被覆盖或与之矛盾。",
    ),
    help: text("remove it, and set `port` of the container", "删除它，并设置容器的 `port`"),
    rests_on: &[&LISTENING_PORT],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","env":[{"name":"«LISTENING_PORT»","value":"8000"}]}]}"#,
        ),
        bad("FROM a:1\nENV «LISTENING_PORT»=8000\n"),
        good("FROM a:1\nENV PORT=8000\n"),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let lists = service.containers().iter().filter_map(|node| node.get("env")?.items());
            for name in lists.flatten().filter_map(|item| item.get("name")) {
                if name.as_str() == Some("LISTENING_PORT") {
                    found.add(&ENV_LISTENING_PORT, service.value(name));
                }
            }
        }
        for document in cx.of_kind(crate::Kind::Dockerfile) {
            let Some(content) = document.dockerfile() else { continue };
            if let Some(variable) = content.prediction.env_value("LISTENING_PORT") {
                found.add(&ENV_LISTENING_PORT, document.place(variable.name_span));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static GRPC_FLAG: Rule = Rule {
    id: "eas/grpc-flag",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a gRPC server, but the gateway is not told", "gRPC 服务，但没有告知网关"),
    message: text(
        "`{program}` looks like a gRPC server, but `enable_grpc` is not true",
        "`{program}` 看起来是 gRPC 服务，但 `enable_grpc` 不为 true",
    ),
    why: text(
        "The gateway speaks HTTP/1.1 unless `metadata.enable_grpc` is true; gRPC calls then fail.",
        "除非 `metadata.enable_grpc` 为 true，网关使用 HTTP/1.1，gRPC 调用会失败。",
    ),
    help: text(
        "add `\"enable_grpc\": true` to `metadata`",
        "在 `metadata` 中添加 `\"enable_grpc\": true`",
    ),
    rests_on: &[&GRPC],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"python «grpc_server.py»"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","enable_grpc":true},"containers":[{"image":"x","script":"python grpc_server.py"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"tritonserver --grpc-port 8001"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            if service.metadata(&["enable_grpc"]).is_some_and(|node| node.as_bool() != Some(false))
            {
                continue;
            }
            let containers = cx.claims().containers.iter();
            let own = containers.filter(|container| service.holds(container.at));
            for start in own.filter_map(|container| container.start.as_ref()) {
                for launch in start.launches.iter().filter(|one| one.program_name.contains("grpc"))
                {
                    found
                        .add(&GRPC_FLAG, start.place(launch.program))
                        .arg("program", &launch.program_name);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static OSS_URL_IN_COMMAND: Rule = Rule {
    id: "eas/oss-url-in-command",
    platform: Some(Platform::Eas),
    summary: text("a command names a model in OSS", "命令中写了 OSS 地址"),
    message: text("`{url}` is no path in the container", "`{url}` 不是容器内的路径"),
    why: text(
        "Servers read a model from a folder; an address in OSS is mounted with `storage` first.",
        "服务从目录读取模型；OSS 地址需要先用 `storage` 挂载。",
    ),
    help: text(
        "mount it with `storage` and name the mount path",
        "用 `storage` 挂载，并使用挂载路径",
    ),
    rests_on: &[&OSS_MOUNT],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"vllm serve «oss://b/m»"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"vllm serve /model_dir"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"ossutil cp oss://b/m /m && python app.py"}]}"#,
        ),
    ],
    check: |cx, found| {
        let containers = &cx.claims().containers;
        for start in containers.iter().filter_map(|container| container.start.as_ref()) {
            for launch in start.launches.iter().filter(|launch| launch.server.is_some()) {
                for argument in &launch.arguments {
                    if argument.text().starts_with("oss://") {
                        found
                            .add(&OSS_URL_IN_COMMAND, start.place(argument.span))
                            .arg("url", argument.text());
                    }
                }
            }
        }
    },
    ..Rule::DEFAULT
};
