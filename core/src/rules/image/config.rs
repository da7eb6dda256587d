//! What the image says of itself: its configuration, its platforms, its names.

use super::IMAGE;
use super::sources::{
    CREATED_FORM, ENV_FORM, INDEX_LISTS_PLATFORMS, LABELS, MOUNT_POINTS, NOT_CAUGHT, ON_BUILD,
    PORT_FORM, STOP_SIGNAL, TAGGED, VOLUMES_ARE_EMPTY,
};
use crate::document::{ImageView, Kind};
use crate::image::paths::shown;
use crate::rule::{
    Context, Findings, OptionKind, OptionSpec, OptionValue, Rule, Severity, bad, good,
};
use crate::rules::signals::{Signal, read};
use crate::text::text;

pub(super) static PLATFORM: Rule = Rule {
    id: "image/platform-mismatch-index-config",
    summary: text("index and configuration tell of different platforms", "索引与配置的平台不一致"),
    message: text(
        "the index lists this image as `{listed}`, its configuration says `{told}`",
        "索引将该镜像列为 `{listed}`，其配置为 `{told}`",
    ),
    why: text(
        "A node chooses by the index and then starts programs of another processor: `exec format error`.",
        "节点按索引选择镜像，却启动了其他架构的程序：`exec format error`。",
    ),
    help: text(
        "build it with `--platform` of the processor that it is for",
        "构建时用 `--platform` 指定目标架构",
    ),
    rests_on: &[&INDEX_LISTS_PLATFORMS],
    examples: &[
        bad(r#"{"images": [{"listed_platform": "linux/arm64", "architecture": "«amd64»"}]}"#),
        bad(
            r#"{"images": [{"listed_platform": "windows/amd64", "architecture": "amd64", "os": "«linux»"}]}"#,
        ),
        good(r#"{"images": [{"listed_platform": "linux/amd64", "architecture": "amd64"}]}"#),
    ],
    check: platforms,
    ..IMAGE
};

fn platforms(cx: &Context<'_>, found: &mut Findings) {
    for view in cx.images() {
        let Some(listed) = &view.image.platform else { continue };
        let pairs = [
            ("architecture", &listed.architecture, &view.config.architecture),
            ("os", &listed.os, &view.config.os),
        ];
        let wrong = |told: &Option<String>, listed: &str| {
            told.as_deref().is_some_and(|told| told != listed && !listed.is_empty())
        };
        if let Some((key, ..)) = pairs.iter().find(|(_, listed, told)| wrong(told, listed)) {
            let name = |text: &Option<String>| text.clone().unwrap_or_default();
            let told = format!("{}/{}", name(&view.config.os), name(&view.config.architecture));
            let listed = format!("{}/{}", listed.os, listed.architecture);
            let finding = found.add(&PLATFORM, view.at(key));
            finding.arg("listed", shown(listed.as_bytes())).arg("told", shown(told.as_bytes()));
        }
    }
}

pub(super) static MULTI: Rule = Rule {
    id: "image/multi-platform-choice",
    severity: Severity::Info,
    summary: text("one archive for several platforms", "一个归档包含多个平台"),
    message: text(
        "the archive has images for {platforms}; each is checked",
        "归档包含 {platforms} 的镜像，均已检查",
    ),
    why: text(
        "The node takes the one of its own processor; what goes to one platform alone is pushed for all.",
        "节点只取与自身架构相符的镜像；而推送时会上传所有平台。",
    ),
    help: text(
        "where one processor is enough, build or save for it alone: `--platform linux/amd64`",
        "若只需一种架构，请只为其构建或保存：`--platform linux/amd64`",
    ),
    rests_on: &[&INDEX_LISTS_PLATFORMS],
    examples: &[
        bad(r#"{"images": [{"architecture": "«amd64»"}, {"architecture": "arm64"}]}"#),
        good(r#"{"images": [{"architecture": "amd64"}, {"kind": "attestation"}]}"#),
        good(r#"{"images": [{"reference": "a:1"}, {"reference": "b:1"}]}"#),
    ],
    check: multi,
    ..IMAGE
};

fn multi(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::Image) {
        let mut platforms: Vec<String> = Vec::new();
        for view in document.images() {
            let config = view.config;
            let parts = [&config.os, &config.architecture, &config.variant];
            let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            let name = shown(parts.join("/").as_bytes());
            if !platforms.contains(&name) {
                platforms.push(name);
            }
        }
        if let (true, Some(view)) = (platforms.len() > 1, document.images().next()) {
            found.add(&MULTI, view.at("architecture")).arg("platforms", platforms.join(", "));
        }
    }
}

pub(super) static EXPOSE: Rule = Rule {
    id: "image/expose-invalid",
    summary: text("an exposed port that is none", "暴露的端口无效"),
    message: text("`{port}` is no port", "`{port}` 不是有效的端口"),
    why: text(
        "Docker refuses to start a container of the image, or ignores the entry.",
        "Docker 会拒绝启动该镜像的容器，或忽略该项。",
    ),
    help: text(
        "write a number from 1 to 65535 and `/tcp` or `/udp`",
        "写成 1 至 65535 的数字加 `/tcp` 或 `/udp`",
    ),
    rests_on: &[&PORT_FORM],
    examples: &[
        bad(r#"{"images": [{"exposed_ports": ["8080/tcp", "«99999/tcp»"]}]}"#),
        bad(r#"{"images": [{"exposed_ports": ["«http»"]}]}"#),
        bad(r#"{"images": [{"exposed_ports": ["«8000-8010/tcp»", "«9/sctp»"]}]}"#),
        good(r#"{"images": [{"exposed_ports": ["8080/tcp", "53/udp", "22"]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            for (index, port) in view.config.exposed_ports.iter().enumerate() {
                if !is_port(port) {
                    let finding = found.add(&EXPOSE, view.item_at("exposed_ports", index));
                    finding.arg("port", shown(port.as_bytes()));
                }
            }
        }
    },
    ..IMAGE
};

fn is_port(text: &str) -> bool {
    let (port, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
    is_number && port.parse::<u16>().is_ok_and(|port| port > 0) && matches!(protocol, "tcp" | "udp")
}

pub(super) static SIGNAL_INVALID: Rule = Rule {
    id: "image/stop-signal-invalid",
    summary: text("a stop signal that is none", "停止信号无效"),
    message: text("there is no signal `{signal}`", "没有信号 `{signal}`"),
    why: text(
        "The container cannot be stopped in order, or is not started at all.",
        "容器无法正常停止，甚至无法启动。",
    ),
    help: text("write STOPSIGNAL SIGTERM", "写成 STOPSIGNAL SIGTERM"),
    rests_on: &[&STOP_SIGNAL],
    examples: &[
        bad(r#"{"images": [{"stop_signal": "«SIGTREM»"}]}"#),
        good(r#"{"images": [{"stop_signal": "SIGRTMIN+3"}, {"stop_signal": "15"}]}"#),
    ],
    check: |cx, found| {
        signals(cx, |view, told, signal| {
            if matches!(signal, Signal::Unknown) {
                let finding = found.add(&SIGNAL_INVALID, view.at("stop_signal"));
                finding.arg("signal", shown(told.as_bytes()));
            }
        });
    },
    ..IMAGE
};

pub(super) static SIGNAL_NOT_CAUGHT: Rule = Rule {
    id: "image/stop-signal-not-caught",
    summary: text("a stop signal that no program can catch", "停止信号无法被程序捕获"),
    message: text("no program can react to {signal}", "程序无法响应 {signal}"),
    why: text(
        "Every stop is a kill: requests in flight are cut off, and files are left half written.",
        "每次停止都是强制终止：正在处理的请求会中断，文件可能只写了一半。",
    ),
    help: text("write STOPSIGNAL SIGTERM", "写成 STOPSIGNAL SIGTERM"),
    rests_on: &[&STOP_SIGNAL, &NOT_CAUGHT],
    examples: &[
        bad(r#"{"images": [{"stop_signal": "«SIGKILL»"}]}"#),
        bad(r#"{"images": [{"stop_signal": "«9»"}]}"#),
        good(r#"{"images": [{"stop_signal": "SIGQUIT"}, {"cmd": ["/app"]}]}"#),
    ],
    check: |cx, found| {
        signals(cx, |view, _, signal| {
            if let Signal::Named(name @ ("KILL" | "STOP")) = signal {
                let finding = found.add(&SIGNAL_NOT_CAUGHT, view.at("stop_signal"));
                finding.arg("signal", format!("SIG{name}"));
            }
        });
    },
    ..IMAGE
};

fn signals<'a>(cx: &Context<'a>, mut judge: impl FnMut(&ImageView<'a>, &str, Signal)) {
    for view in cx.images() {
        if let Some(told) = &view.config.stop_signal {
            judge(&view, told, read(told));
        }
    }
}

pub(super) static ENV_INVALID: Rule = Rule {
    id: "image/env-invalid",
    summary: text("a variable without a name or a value", "环境变量缺少名称或值"),
    message: text(
        "entry {number} of the environment is not NAME=VALUE",
        "第 {number} 项环境变量不是 NAME=VALUE 形式",
    ),
    why: text("Some runtimes refuse to start the container.", "某些运行时会拒绝启动容器。"),
    help: text("set the variable with ENV NAME=VALUE", "用 ENV NAME=VALUE 设置变量"),
    rests_on: &[&ENV_FORM],
    examples: &[
        bad(r#"{"images": [{"env": ["PATH=/bin", "«LANG»"]}]}"#),
        bad(r#"{"images": [{"env": ["«=a»"]}]}"#),
        good(r#"{"images": [{"env": ["PATH=/bin", "EMPTY="]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            for (index, entry) in view.config.env.iter().flatten().enumerate() {
                let name = entry.split_once('=').map(|(name, _)| name);
                if name.is_none_or(str::is_empty) || entry.contains('\0') {
                    let finding = found.add(&ENV_INVALID, view.item_at("env", index));
                    finding.arg("number", index + 1);
                }
            }
        }
    },
    ..IMAGE
};

pub(super) static ENV_DUPLICATE: Rule = Rule {
    id: "image/env-duplicate",
    summary: text("a variable that is set twice", "环境变量重复"),
    message: text("`{name}` is set more than once", "`{name}` 被设置多次"),
    why: text(
        "Which value counts depends on the program that reads it: the first in C, the last in a shell.",
        "生效的值取决于读取它的程序：C 取第一个，shell 取最后一个。",
    ),
    help: text(
        "build the image with a current tool, which keeps one",
        "请用当前版本的工具构建镜像，它只保留一个",
    ),
    rests_on: &[&ENV_FORM],
    examples: &[
        bad(r#"{"images": [{"env": ["MODE=a", "«MODE=b»"]}]}"#),
        good(r#"{"images": [{"env": ["MODE=a", "mode=b"]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            let mut names = std::collections::HashSet::new();
            for (index, entry) in view.config.env.iter().flatten().enumerate() {
                let Some((name, _)) = entry.split_once('=') else { continue };
                if !names.insert(name) {
                    let finding = found.add(&ENV_DUPLICATE, view.item_at("env", index));
                    finding.arg("name", shown(name.as_bytes()));
                }
            }
        }
    },
    ..IMAGE
};

pub(super) static TAG_LATEST: Rule = Rule {
    id: "image/tag-latest",
    severity: Severity::Info,
    summary: text("the image is called `latest`", "镜像标签为 `latest`"),
    message: text("the image is called `{name}`", "镜像名为 `{name}`"),
    why: text(
        "The next push moves the name: nodes run different versions, and nobody can go back.",
        "下次推送会移动该标签：各节点可能运行不同版本，且无法回退。",
    ),
    help: text(
        "give it a tag that says what it is, such as a version",
        "使用表明内容的标签，例如版本号",
    ),
    rests_on: &[&TAGGED],
    aliases: &["DKL-DI-0006"],
    examples: &[
        bad(
            r#"{"images": [{"reference": "a", "references": ["registry.test/a:1", "«registry.test/a:latest»"]}]}"#,
        ),
        good(r#"{"images": [{"references": ["registry.test/a:1.4"]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            for (index, name) in view.image.names.iter().enumerate() {
                let tag = name.rsplit('/').next().and_then(|last| last.split_once(':'));
                if tag.is_some_and(|(_, tag)| tag == "latest") || name == "latest" {
                    let finding = found.add(&TAG_LATEST, view.item_at("references", index));
                    finding.arg("name", shown(name.as_bytes()));
                }
            }
        }
    },
    ..IMAGE
};

pub(super) static TAG_MISSING: Rule = Rule {
    id: "image/tag-missing",
    severity: Severity::Info,
    strict: true,
    summary: text("the image has no name", "镜像没有名称"),
    message: text("the image has no name and tag", "镜像没有名称和标签"),
    why: text(
        "Loaded, it shows as `<none>`, and nobody knows what it is.",
        "加载后显示为 `<none>`，无法辨认。",
    ),
    help: text("save it by its name: `docker save NAME:TAG`", "按名称保存：`docker save NAME:TAG`"),
    rests_on: &[&TAGGED],
    examples: &[
        bad(r#"{"images": [{"config_digest": "«sha256:aa»"}]}"#),
        good(r#"{"images": [{"config_digest": "sha256:aa", "references": ["a:1"]}]}"#),
    ],
    check: |cx, found| {
        for document in cx.of_kind(Kind::Image) {
            // In an index of several platforms one name stands for all.
            if document.images().any(|view| !view.image.names.is_empty()) {
                continue;
            }
            if let Some(view) = document.images().next() {
                found.add(&TAG_MISSING, view.at("config_digest"));
            }
        }
    },
    ..IMAGE
};

pub(super) static VOLUME: Rule = Rule {
    id: "image/volume-sensitive",
    summary: text("a volume over what the image needs", "卷覆盖镜像所需内容"),
    message: text(
        "the volume `{path}` lies over the program that is started",
        "卷 `{path}` 覆盖了所启动的程序",
    ),
    why: text(
        "The runtime mounts an empty or foreign folder there: what the image has at that place is not seen, or the host's is.",
        "运行时会在此挂载空目录或其他目录：镜像中该处的内容不可见，或暴露主机内容。",
    ),
    help: text(
        "choose a folder for data alone, for example /data",
        "使用仅存放数据的目录，例如 /data",
    ),
    rests_on: &[&VOLUMES_ARE_EMPTY, &MOUNT_POINTS],
    aliases: &["DKL-DI-0002"],
    examples: &[
        bad(r#"{"images": [{"volumes": ["«/proc»"]}]}"#),
        bad(r#"{"images": [{"cmd": ["/home/run.sh"], "volumes": ["«/home»"]}]}"#),
        good(r#"{"images": [{"cmd": ["/home/run.sh"], "volumes": ["/home/data", "/var/lib/x"]}]}"#),
    ],
    check: volumes,
    ..IMAGE
};

fn volumes(cx: &Context<'_>, found: &mut Findings) {
    const SYSTEM: &[&str] =
        &["/", "/proc", "/sys", "/dev", "/boot", "/etc", "/usr", "/bin", "/lib"];
    for view in cx.images() {
        let words = view.config.words();
        for (index, volume) in view.config.volumes.iter().enumerate() {
            let path = volume.trim_end_matches('/');
            let path = if path.is_empty() { "/" } else { path };
            let lies_over =
                |word: &&str| word.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
            let is_system = SYSTEM.contains(&path);
            if !is_system && !words.iter().any(lies_over) {
                continue;
            }
            let finding = found.add(&VOLUME, view.item_at("volumes", index));
            finding.arg("path", shown(volume.as_bytes()));
            if is_system {
                finding.says(text(
                    "the volume `{path}` lies over the system's own files",
                    "卷 `{path}` 覆盖了系统文件",
                ));
            }
        }
    }
}

pub(super) static ONBUILD: Rule = Rule {
    id: "image/onbuild-present",
    severity: Severity::Info,
    summary: text("an image made to build upon", "镜像用于再次构建"),
    message: text(
        "the image has ONBUILD steps, which have not run",
        "镜像带有尚未执行的 ONBUILD 步骤",
    ),
    why: text(
        "What they would add is missing: the image is a base for others, not a service.",
        "缺少这些步骤会添加的内容：该镜像是其他镜像的基础，而不是服务。",
    ),
    help: text("build from it, and ship what comes out", "以它为基础构建，并发布构建结果"),
    rests_on: &[&ON_BUILD],
    examples: &[
        bad(r#"{"images": [{"on_build": ["«COPY . /app»"]}]}"#),
        good(r#"{"images": [{"on_build": []}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            if view.config.on_build.as_ref().is_some_and(|steps| !steps.is_empty()) {
                found.add(&ONBUILD, view.item_at("on_build", 0));
            }
        }
    },
    ..IMAGE
};

pub(super) static EPOCH: Rule = Rule {
    id: "image/created-epoch-zero",
    severity: Severity::Info,
    strict: true,
    summary: text("the time of making is left out", "未记录创建时间"),
    message: text("the image says that it was made in {year}", "镜像的创建时间为 {year} 年"),
    why: text(
        "Builds that can be repeated set it so on purpose; registries that delete by age take the image for their oldest.",
        "可重现构建会有意如此设置；而按时间清理的镜像仓库会将其视为最旧的镜像。",
    ),
    help: text(
        "set SOURCE_DATE_EPOCH to the time of the commit",
        "将 SOURCE_DATE_EPOCH 设为提交时间",
    ),
    rests_on: &[&CREATED_FORM],
    examples: &[
        bad(r#"{"images": [{"created": "«1970-01-01T00:00:00Z»"}]}"#),
        bad(r#"{"images": [{"created": "«0001-01-01T00:00:00Z»"}]}"#),
        good(r#"{"images": [{"created": "2026-03-01T10:00:00Z"}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            let created = view.config.created.as_deref().unwrap_or_default();
            let year = created.split('-').next().unwrap_or_default();
            if matches!(year, "1970" | "1980" | "0001") {
                found.add(&EPOCH, view.at("created")).arg("year", year);
            }
        }
    },
    ..IMAGE
};

pub(super) static LABELS_MISSING: Rule = Rule {
    id: "image/labels-missing",
    severity: Severity::Info,
    strict: true,
    summary: text("no label tells where the image is from", "没有标签说明镜像来源"),
    message: text("the label `{label}` is missing", "缺少标签 `{label}`"),
    why: text(
        "Whoever finds the image running cannot tell what it was built from.",
        "发现该镜像运行时，无法得知其构建来源。",
    ),
    help: text("add LABEL {label}=…", "添加 LABEL {label}=…"),
    rests_on: &[&LABELS],
    examples: &[
        bad(
            r#"{"images": [{"config_digest": "«sha256:aa»", "labels": {"org.opencontainers.image.version": "1"}}]}"#,
        ),
        good(
            r#"{"images": [{"labels": {"org.opencontainers.image.version": "1", "org.opencontainers.image.source": "https://a.test"}}]}"#,
        ),
    ],
    check: |cx, found| {
        const WANTED: [&str; 2] =
            ["org.opencontainers.image.source", "org.opencontainers.image.version"];
        for view in cx.images() {
            let labels = view.config.labels.as_deref().unwrap_or_default();
            for wanted in WANTED {
                if !labels.iter().any(|(key, _)| key == wanted) {
                    found.add(&LABELS_MISSING, view.at("config_digest")).arg("label", wanted);
                }
            }
        }
    },
    ..IMAGE
};

pub(super) static LAYER_COUNT: Rule = Rule {
    id: "image/layer-count",
    severity: Severity::Info,
    summary: text("very many layers", "层数过多"),
    message: text("the image has {count} layers; {most} are enough", "镜像有 {count} 层，{most} 层已足够"),
    why: text(
        "Each layer is a request to the registry, and overlayfs takes at most 127.",
        "每层都需向镜像仓库请求一次，overlayfs 最多支持 127 层。",
    ),
    help: text("join steps that belong together", "合并相关的步骤"),
    rests_on: &[&super::sources::MOST_LAYERS],
    options: &[OptionSpec {
        name: "most",
        description: text("the most layers that are fine (100)", "允许的最多层数（100）"),
        kind: OptionKind::Number,
    }],
    examples: &[
        bad(r#"{"images": [{"config_digest": "«sha256:aa»", "layers": [{"files": []}, {"files": []}]}]}"#)
            .with(&[("most", "1")]),
        good(r#"{"images": [{"layers": [{"files": []}, {"files": []}]}]}"#),
    ],
    check: |cx, found| {
        let most = match cx.option(&LAYER_COUNT, "most") {
            Some(OptionValue::Number(most)) => *most,
            _ => 100,
        };
        for view in cx.images() {
            let count = view.image.layers.len();
            if count as u64 > most {
                let finding = found.add(&LAYER_COUNT, view.at("config_digest"));
                finding.arg("count", count).arg("most", most);
            }
        }
    },
    ..IMAGE
};

#[cfg(test)]
mod tests {
    use super::is_port;

    #[test]
    fn ports_have_a_number_and_a_protocol() {
        for port in ["1", "8080/tcp", "65535/udp"] {
            assert!(is_port(port), "{port}");
        }
        for port in ["", "0", "+80", "65536", "80/http", "80-81", "/tcp"] {
            assert!(!is_port(port), "{port}");
        }
    }
}
