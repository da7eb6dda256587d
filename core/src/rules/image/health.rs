//! HEALTHCHECK. The platforms have probes of their own; whoever runs the image with Docker or
//! Compose has only this.

use super::IMAGE;
use super::inside::{self, Program};
use super::sources::{EXEC, HEALTH_IS_ASKED};
use crate::redact::redact;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell;
use crate::text::text;

pub(super) static MISSING: Rule = Rule {
    id: "image/healthcheck-missing",
    severity: Severity::Info,
    strict: true,
    summary: text("no HEALTHCHECK", "没有 HEALTHCHECK"),
    message: text("the image has no HEALTHCHECK", "镜像没有 HEALTHCHECK"),
    why: text(
        "Docker and Compose take the container for healthy as long as its process lives. EAS, ModelArts and Kubernetes do not look at it. buildah leaves it out of images in OCI format.",
        "只要进程存在，Docker 和 Compose 就认为容器正常。EAS、ModelArts 与 Kubernetes 不使用它。buildah 构建的 OCI 格式镜像不含此项。",
    ),
    help: text(
        "add HEALTHCHECK, or HEALTHCHECK NONE where something else looks after the container",
        "添加 HEALTHCHECK；若由其他机制检查，则写 HEALTHCHECK NONE",
    ),
    rests_on: &[&HEALTH_IS_ASKED],
    aliases: &["CIS-DI-0006"],
    examples: &[
        bad(r#"{"images": [{"config_digest": "«sha256:aa»", "cmd": ["/app"]}]}"#),
        good(r#"{"images": [{"healthcheck": ["CMD", "/live"]}]}"#),
        good(r#"{"images": [{"healthcheck": ["NONE"]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            if view.config.healthcheck.as_ref().is_none_or(Vec::is_empty) {
                found.add(&MISSING, view.at("config_digest"));
            }
        }
    },
    ..IMAGE
};

pub(super) static NONE: Rule = Rule {
    id: "image/healthcheck-none",
    severity: Severity::Info,
    strict: true,
    summary: text("the health check is switched off", "健康检查已关闭"),
    message: text(
        "HEALTHCHECK NONE switches the health check off",
        "HEALTHCHECK NONE 关闭了健康检查",
    ),
    why: text(
        "That is right where the platform probes the service, and hides trouble elsewhere.",
        "若平台会探测服务则没有问题，否则会掩盖故障。",
    ),
    help: text(
        "see that something asks the service whether it lives",
        "请确认有其他机制检查服务状态",
    ),
    rests_on: &[&HEALTH_IS_ASKED],
    examples: &[
        bad(r#"{"images": [{"healthcheck": ["«NONE»"]}]}"#),
        good(r#"{"images": [{"healthcheck": ["CMD", "/live"]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            let test = view.config.healthcheck.as_deref().unwrap_or_default();
            if test.first().is_some_and(|first| first == "NONE") {
                found.add(&NONE, view.item_at("healthcheck", 0));
            }
        }
    },
    ..IMAGE
};

pub(super) static PROGRAM: Rule = Rule {
    id: "image/healthcheck-binary-missing",
    summary: text(
        "the health check needs a program that is not in the image",
        "健康检查所需的程序不在镜像中",
    ),
    message: text(
        "the health check runs `{program}`, which is not in the image",
        "健康检查运行 `{program}`，而镜像中没有",
    ),
    why: text(
        "Every check fails: the container is unhealthy although the service answers, and may be restarted for ever.",
        "每次检查都会失败：服务正常却被判为不健康，可能不断重启。",
    ),
    help: text(
        "install it, or ask with what is there (`python -c`, `wget` of busybox, the service itself)",
        "安装该程序，或使用镜像中已有的程序（`python -c`、busybox 的 `wget` 或服务自身）",
    ),
    rests_on: &[&EXEC],
    examples: &[
        bad(
            r#"{"images": [{"healthcheck": ["CMD", "«curl»", "-f", "http://localhost/"], "layers": [{"files": [{"path": "/usr/bin/python3", "mode": "0755"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"healthcheck": ["CMD-SHELL", "«curl -f http://localhost/ || exit 1»"], "layers": [{"files": [{"path": "/bin/sh", "mode": "0755"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"healthcheck": ["CMD-SHELL", "wget -q localhost || exit 1"], "layers": [{"files": [{"path": "/bin/sh", "mode": "0755"}, {"path": "/bin/wget", "link": "/bin/busybox"}, {"path": "/bin/busybox", "mode": "0755"}]}]}]}"#,
        ),
    ],
    check: program,
    ..IMAGE
};

fn program(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &PROGRAM, |view, files, found| {
        let test = view.config.healthcheck.as_deref().unwrap_or_default();
        let programs: Vec<String> = match test {
            [kind, program, ..] if kind == "CMD" => vec![program.clone()],
            [kind, line, ..] if kind == "CMD-SHELL" => {
                let mut programs = vec!["/bin/sh".to_owned()];
                let script = shell::parse_verbatim(line);
                // What else may be built into the shell, or a function.
                const TOOLS: &[&str] =
                    &["curl", "wget", "nc", "grpc_health_probe", "python", "python3"];
                let names = script.main_commands().filter_map(|one| one.name());
                let is_known = |name: &&str| TOOLS.contains(name) || name.starts_with('/');
                programs.extend(names.filter(is_known).map(str::to_owned));
                programs
            }
            _ => return,
        };
        for program in programs {
            if let Program::Missing(_) = inside::program(view, files, &program) {
                let finding = found.add(&PROGRAM, view.item_at("healthcheck", 1));
                finding.arg("program", redact(&program));
                break;
            }
        }
    });
}
