//! Commands that machines run: secrets in them, their size, time and parameters.

use super::super::spec::{
    COMMAND_BYTES, COMMAND_PARAMETERS, COMMAND_TIMEOUT, OUTPUT_IS_KEPT, PASSWORD_BY_STDIN,
};
use super::super::view::{File, templates};
use crate::document::{Content, Kind};
use crate::fact::Platform;
use crate::ros::{Resource, texts};
use crate::rule::{
    Context, Findings, OptionKind, OptionSpec, OptionValue, Rule, Severity, bad, good,
};
use crate::shell::SimpleCommand;
use crate::text::text;
use crate::tree::Node;

const COMMANDS: &[&str] =
    &["ALIYUN::ECS::RunCommand", "ALIYUN::ECS::Command", "ALIYUN::ECS::Invocation"];

/// The commands of the templates.
fn commands<'a>(cx: &Context<'a>) -> Vec<(File<'a>, Resource<'a>)> {
    templates(cx)
        .flat_map(|file| file.template.resources().map(move |resource| (file, resource)))
        .filter(|(_, resource)| resource.kind().is_some_and(|kind| COMMANDS.contains(&kind)))
        .collect()
}

pub(super) static SECRET_ECHO: Rule = Rule {
    id: "compute-nest/secret-echo",
    platform: Some(Platform::ComputeNest),
    summary: text("a secret that a command prints", "命令输出了敏感信息"),
    message: text(
        "the NoEcho parameter `{name}` is printed here",
        "此处输出了 NoEcho 参数 `{name}`",
    ),
    why: text(
        "The output of the command is kept and shown in the console: the secret is there for all to read.",
        "命令的输出会被保存并显示在控制台中，敏感信息会因此泄露。",
    ),
    help: text("do not print it", "请不要输出该参数"),
    rests_on: &[&OUTPUT_IS_KEPT],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Password: {Type: String, NoEcho: true}\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent:\n        Fn::Sub: |\n          echo «${Password}»\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Password: {Type: String, NoEcho: true}\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent:\n        Fn::Sub: |\n          echo ${Password} > /etc/app.conf\n          echo ${Password} | app login --stdin\n",
        ),
    ],
    check: secret_echo,
    ..Rule::DEFAULT
};

fn secret_echo(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let is_true = |node: &Node| {
            node.as_bool() == Some(true)
                || node.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
        };
        let hidden: Vec<&str> = file
            .template
            .section("Parameters")
            .iter()
            .filter(|one| one.node.get("NoEcho").is_some_and(is_true))
            .map(|one| one.key.as_str())
            .collect();
        let scripts = file.document.embedded.iter().filter(|one| one.kind == Kind::Shell);
        for inner in scripts {
            let Content::Shell(shell) = &inner.content else { continue };
            for command in shell.script.commands.iter().filter(|one| prints(one)) {
                let written = file.document.source.slice(command.span);
                for name in &hidden {
                    if let Some(at) = written.find(&format!("${{{name}}}")) {
                        let start = command.span.start as usize + at;
                        let end = start + name.len() + 3;
                        found
                            .add(&SECRET_ECHO, file.at(crate::text::Span::new(start, end)))
                            .arg("name", name);
                    }
                }
            }
        }
    }
}

/// Whether the command writes its words to the output of the script.
fn prints(command: &SimpleCommand) -> bool {
    matches!(command.name(), Some("echo" | "printf"))
        && !command.position.in_pipeline
        && !command.position.in_substitution
        && command.redirections.iter().all(|one| !one.operator.contains('>'))
}

pub(super) static LOGIN_PASSWORD: Rule = Rule {
    id: "compute-nest/docker-login-password-flag",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Info,
    summary: text("a password on the command line of docker login", "docker login 命令行中的密码"),
    message: text(
        "the password is an argument of docker login",
        "密码作为 docker login 的参数传入",
    ),
    why: text(
        "Arguments can be read in the list of processes, and end up in logs.",
        "参数会出现在进程列表和日志中。",
    ),
    help: text(
        "pipe it in: `… | docker login --username … --password-stdin`",
        "请通过管道传入：`… | docker login --username … --password-stdin`",
    ),
    rests_on: &[&PASSWORD_BY_STDIN],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        docker login -u robot «-p» \"$PASSWORD\" registry.example.com\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        echo \"$PASSWORD\" | docker login -u robot --password-stdin registry.example.com\n",
        ),
    ],
    check: |cx, found| {
        for part in cx.parts(Kind::Shell).filter(|part| part.inside.is_some()) {
            let Content::Shell(shell) = part.content else { continue };
            for command in &shell.script.commands {
                let is_login =
                    command.words.get(1).and_then(|word| word.literal()) == Some("login");
                if !matches!(command.name(), Some("docker" | "podman" | "nerdctl")) || !is_login {
                    continue;
                }
                let flag = command.words.iter().find(|word| {
                    let literal = word.literal().unwrap_or_default();
                    literal == "-p" || literal == "--password" || is_password_pair(word)
                });
                if let Some(flag) = flag {
                    found.add(&LOGIN_PASSWORD, part.place(flag.span));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

/// `--password=…`.
fn is_password_pair(word: &crate::shell::Word) -> bool {
    match word.parts.first() {
        Some(crate::shell::Part::Literal { text, .. }) => text.text().starts_with("--password="),
        _ => false,
    }
}

pub(super) static COMMAND_SIZE: Rule = Rule {
    id: "compute-nest/runcommand-size",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("a command that is too long", "命令过长"),
    message: text(
        "the command has {bytes} bytes in base64; {most} are allowed",
        "命令经 base64 编码后为 {bytes} 字节，最多允许 {most} 字节",
    ),
    why: text("ECS refuses it, and the deployment fails.", "ECS 会拒绝该命令，部署失败。"),
    help: text(
        "put the script into a file package and download it",
        "请把脚本放入文件部署物，在命令中下载",
    ),
    rests_on: &[&COMMAND_BYTES.source],
    options: &[OptionSpec {
        name: "most-bytes",
        description: text(
            "the most bytes that a command may have in base64, where it is not what ECS says",
            "命令经 base64 编码后允许的最大字节数（与 ECS 的默认限制不同时）",
        ),
        kind: OptionKind::Number,
    }],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties: {Timeout: 600, CommandContent: «'for file in *; do echo done; done'»}\n",
        )
        .with(&[("most-bytes", "32")]),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties: {Timeout: 600, CommandContent: ls}\n",
        ),
    ],
    check: command_size,
    ..Rule::DEFAULT
};

fn command_size(cx: &Context<'_>, found: &mut Findings) {
    for (file, resource) in commands(cx) {
        let Some(content) = resource.property("CommandContent") else { continue };
        for written in texts(content) {
            // Identifiers and parameters grow when they are replaced: this is the least.
            let bytes = written.text().len().div_ceil(3) * 4;
            let own = cx.option(&COMMAND_SIZE, "most-bytes").and_then(OptionValue::number);
            let own = own.and_then(|most| usize::try_from(most).ok());
            let [old, new] = own.map_or(COMMAND_BYTES.value, |most| [most, most]);
            if bytes > old {
                let finding = found.add(&COMMAND_SIZE, file.at(content.span));
                finding.arg("bytes", bytes);
                if bytes > new {
                    finding.arg("most", new);
                } else {
                    finding.arg("most", old).severity(Severity::Warning);
                }
                break;
            }
        }
    }
}

/// Commands that take longer than a minute on many days.
const LONG: &[&str] = &[
    "yum",
    "dnf",
    "apt",
    "apt-get",
    "docker",
    "docker-compose",
    "pip",
    "pip3",
    "wget",
    "curl",
    "npm",
    "git",
];

pub(super) static COMMAND_TIMEOUT_DEFAULT: Rule = Rule {
    id: "compute-nest/runcommand-timeout",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Info,
    summary: text("an installation that has a minute", "安装命令只有一分钟"),
    message: text(
        "without Timeout the command is ended after {seconds} seconds; `{command}` may take longer",
        "未设置 Timeout 时命令在 {seconds} 秒后被终止，`{command}` 可能需要更长时间",
    ),
    why: text(
        "An installation that is cut off leaves half a system, on slow days only.",
        "安装被中断会留下不完整的系统，而且只在网络慢时发生。",
    ),
    help: text("give a Timeout, such as 3600", "请设置 Timeout，例如 3600"),
    rests_on: &[&COMMAND_TIMEOUT.source],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  «Run»:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      CommandContent: |\n        yum install -y docker\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 3600\n      CommandContent: |\n        yum install -y docker\n",
        ),
    ],
    check: |cx, found| {
        for (file, resource) in commands(cx) {
            if resource.property("Timeout").is_some() || resource.kind() != Some(COMMANDS[0]) {
                continue;
            }
            let own = file
                .document
                .embedded
                .iter()
                .filter(|inner| inner.kind == Kind::Shell && inner.resource == resource.name());
            let long = own
                .filter_map(|inner| match &inner.content {
                    Content::Shell(shell) => Some(&shell.script.commands),
                    _ => None,
                })
                .flatten()
                .find_map(|command| command.name().filter(|name| LONG.contains(name)));
            if let Some(command) = long {
                found
                    .add(&COMMAND_TIMEOUT_DEFAULT, file.at(resource.member.key_span))
                    .arg("seconds", COMMAND_TIMEOUT.value)
                    .arg("command", command);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PARAMETER_BRACES: Rule = Rule {
    id: "compute-nest/runcommand-parameter-braces",
    platform: Some(Platform::ComputeNest),
    summary: text("double braces where they are parameters", "双花括号会被当作参数"),
    message: text(
        "with EnableParameter `{written}` is taken for a parameter",
        "启用 EnableParameter 后，`{written}` 会被当作参数",
    ),
    why: text(
        "There is no such parameter, and the command is refused; formats of docker and Go are written so.",
        "该参数不存在，命令会被拒绝；docker 和 Go 的格式串正是这种写法。",
    ),
    help: text("leave EnableParameter out, or the braces", "请去掉 EnableParameter，或去掉花括号"),
    rests_on: &[&COMMAND_PARAMETERS],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      EnableParameter: true\n      Parameters: {name: web}\n      CommandContent: |\n        docker ps --format '«{{.Names}}»' | grep {{name}}\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        docker ps --format '{{.Names}}'\n",
        ),
    ],
    check: parameter_braces,
    ..Rule::DEFAULT
};

fn parameter_braces(cx: &Context<'_>, found: &mut Findings) {
    for (file, resource) in commands(cx) {
        let enabled = resource.property("EnableParameter").and_then(Node::as_bool) == Some(true);
        let Some(content) = resource.property("CommandContent").filter(|_| enabled) else {
            continue;
        };
        let parameters = resource.property("Parameters");
        let known = parameters.map(Node::members).unwrap_or_default();
        if parameters.is_some_and(Node::is_unknown) {
            continue;
        }
        for written in texts(content) {
            let source = written.text();
            let mut at = 0;
            while let Some(start) = source[at..].find("{{").map(|start| at + start) {
                let Some(length) = source[start..].find("}}") else { break };
                let end = start + length + 2;
                let name = source[start + 2..end - 2].trim();
                let is_known = name.starts_with("computenest::")
                    || known.iter().any(|member| member.key == name);
                if !is_known {
                    found
                        .add(&PARAMETER_BRACES, file.at(written.span(start, end)))
                        .arg("written", &source[start..end]);
                }
                at = end;
            }
        }
    }
}
