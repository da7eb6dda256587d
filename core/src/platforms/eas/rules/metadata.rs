//! Fields of `metadata`: units that are easily mistaken, values that EAS knows.

use super::super::service::services;
use super::super::spec::{
    BATCHING, CUDA_VERSIONS, INSTANCE, KEEPALIVE_UNIT, MEMORY_UNIT, QOS, ROLLING, SERVICE_TYPES,
    SIGTERM, SPREAD_POLICIES,
};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;
use crate::tree::edit::New;

pub(super) static INSTANCE_MISSING: Rule = Rule {
    id: "eas/instance-missing",
    platform: Some(Platform::Eas),
    summary: text(
        "the number of instances is missing or less than one",
        "缺少实例数或实例数小于 1",
    ),
    message: text(
        "`metadata.instance` is missing or less than 1",
        "缺少 `metadata.instance` 或其值小于 1",
    ),
    why: text(
        "The reference calls it required; with less than one instance nothing answers.",
        "参数文档标为必填；实例数小于 1 时没有实例响应请求。",
    ),
    help: text("add `\"instance\": 1`", "添加 `\"instance\": 1`"),
    rests_on: &[&INSTANCE],
    examples: &[
        bad(r#"{"metadata":«{»"name":"a_b"},"containers":[]}"#)
            .fixed(r#"{"metadata":{"instance":1,"name":"a_b"},"containers":[]}"#),
        bad(r#"{"metadata":{"name":"a_b","instance":«0»},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","instance":2},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","instance":"${N}"},"containers":[]}"#),
    ],
    check: instance_missing,
    ..Rule::DEFAULT
};

fn instance_missing(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let Some(metadata) = service.root.get("metadata").filter(|node| node.is_object()) else {
            continue;
        };
        match service.metadata(&["instance"]) {
            Some(node) if node.lenient_i64().is_some_and(|count| count < 1) => {
                found.add(&INSTANCE_MISSING, service.value(node));
            }
            Some(_) => {}
            // At the top it is a known mistake, of which another rule speaks.
            None if service.root.get("instance").is_some() => {}
            None => {
                let finding = found.add(&INSTANCE_MISSING, service.brace(metadata));
                if let Some((place, new)) = service.insertion(metadata, "instance", &New::Number(1))
                {
                    finding.fix(
                        Fix::safe(text("ask for one instance", "设置一个实例")).replace(place, new),
                    );
                }
            }
        }
    }
}

pub(super) static MEMORY: Rule = Rule {
    id: "eas/memory-unit",
    platform: Some(Platform::Eas),
    summary: text("memory looks like GB, but the unit is MB", "内存像是 GB，而单位是 MB"),
    message: text(
        "{value} MB of memory is hardly meant: the unit is MB",
        "{value} MB 内存不太合理：单位是 MB",
    ),
    why: text(
        "`metadata.memory` is in MB. An instance with a few MB is killed at its start (OOMKilled).",
        "`metadata.memory` 的单位是 MB。只有几 MB 内存的实例一启动就会被杀死（OOMKilled）。",
    ),
    help: text("for {value} GB write {megabytes}", "若为 {value} GB，请写 {megabytes}"),
    rests_on: &[&MEMORY_UNIT],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b","memory":«16»},"containers":[]}"#),
        bad(r#"{"metadata":{"name":"a_b","memory":«7.5»},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","memory":16000},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(node) = service.metadata(&["memory"]) else { continue };
            let Some(value) = node.as_f64() else { continue };
            if value > 0.0 && (value < 256.0 || value.fract() != 0.0) {
                found
                    .add(&MEMORY, service.value(node))
                    .arg("value", value)
                    .arg("megabytes", (value * 1024.0).round());
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static KEEPALIVE: Rule = Rule {
    id: "eas/keepalive-unit",
    platform: Some(Platform::Eas),
    summary: text(
        "keepalive looks like seconds, but the unit is milliseconds",
        "keepalive 像是秒，而单位是毫秒",
    ),
    message: text(
        "a request may take {value} ms: the unit is milliseconds",
        "请求最长 {value} 毫秒：单位是毫秒",
    ),
    why: text(
        "`metadata.rpc.keepalive` is in milliseconds. Requests that take longer are cut off with 408.",
        "`metadata.rpc.keepalive` 的单位是毫秒。超时的请求会被中断并返回 408。",
    ),
    help: text("for {value} s write {milliseconds}", "若为 {value} 秒，请写 {milliseconds}"),
    rests_on: &[&KEEPALIVE_UNIT],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b","rpc":{"keepalive":«600»}},"containers":[]}"#),
        bad(r#"{"metadata":{"name":"a_b","rpc.keepalive":«60»},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","rpc":{"keepalive":600000}},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(node) = service.metadata(&["rpc", "keepalive"]) else { continue };
            if let Some(value) = node.lenient_i64().filter(|value| (1..1000).contains(value)) {
                found
                    .add(&KEEPALIVE, service.value(node))
                    .arg("value", value)
                    .arg("milliseconds", value * 1000);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static CUDA: Rule = Rule {
    id: "eas/cuda-version",
    platform: Some(Platform::Eas),
    summary: text("a CUDA version that EAS does not offer", "EAS 不提供的 CUDA 版本"),
    message: text("EAS offers no CUDA {version}", "EAS 不提供 CUDA {version}"),
    why: text(
        "`metadata.cuda` mounts one of eight versions at /usr/local/cuda; an image that brings its own CUDA needs none.",
        "`metadata.cuda` 会把八个版本之一挂载到 /usr/local/cuda；自带 CUDA 的镜像无需设置。",
    ),
    help: text("use one of {known}, or leave the field out", "请使用 {known} 之一，或不设置该字段"),
    rests_on: &[&CUDA_VERSIONS.source],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b","cuda":"«12.1»"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","cuda":"11.2"},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            if let Some((node, value)) =
                unknown_choice(service.metadata(&["cuda"]), CUDA_VERSIONS.value)
            {
                found
                    .add(&CUDA, service.value(node))
                    .arg("version", value)
                    .arg("known", CUDA_VERSIONS.value.join(", "));
            }
        }
    },
    ..Rule::DEFAULT
};

/// A known string that is none of `choices`.
fn unknown_choice<'a>(node: Option<&'a Node>, choices: &[&str]) -> Option<(&'a Node, &'a str)> {
    let node = node.filter(|node| !node.is_unknown())?;
    let value = node.as_str()?;
    (!choices.contains(&value)).then_some((node, value))
}

pub(super) static QOS_VALUE: Rule = Rule {
    id: "eas/qos-value",
    platform: Some(Platform::Eas),
    summary: text("a quality of service that EAS does not know", "EAS 不认识的服务质量等级"),
    message: text("EAS knows no qos `{value}`", "EAS 没有 qos `{value}`"),
    why: text(
        "Only the empty value and BestEffort (shared CPU) are documented; another may be refused.",
        "文档只列出空值和 BestEffort（共享 CPU）；其他值可能被拒绝。",
    ),
    help: text("use `BestEffort`, or leave the field out", "请使用 `BestEffort`，或不设置该字段"),
    rests_on: &[&QOS],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b","qos":"«burst»"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","qos":"BestEffort"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","qos":""},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let known = ["", "BestEffort", "Guaranteed"];
            if let Some((node, value)) = unknown_choice(service.metadata(&["qos"]), &known) {
                found.add(&QOS_VALUE, service.value(node)).arg("value", value);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static TYPE_VALUE: Rule = Rule {
    id: "eas/type-value",
    platform: Some(Platform::Eas),
    summary: text("a kind of service that EAS does not know", "EAS 不认识的服务类型"),
    message: text("EAS knows no service type `{value}`", "EAS 没有服务类型 `{value}`"),
    why: text(
        "The type decides how EAS deploys the service; an unknown one is refused or taken for a standard service.",
        "类型决定 EAS 的部署方式；未知类型会被拒绝或按普通服务处理。",
    ),
    help: text("use one of {known}", "请使用 {known} 之一"),
    rests_on: &[&SERVICE_TYPES.source],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b","type":"«async»"},"containers":[]}"#)
            .fixed(r#"{"metadata":{"name":"a_b","type":"Async"},"containers":[]}"#),
        bad(r#"{"metadata":{"name":"a_b","type":"«Batch»"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","type":"Async"},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let choice = unknown_choice(service.metadata(&["type"]), SERVICE_TYPES.value);
            let Some((node, value)) = choice else { continue };
            let at = service.value(node);
            let finding = found
                .add(&TYPE_VALUE, at)
                .arg("value", value)
                .arg("known", SERVICE_TYPES.value.join(", "));
            let mut known = SERVICE_TYPES.value.iter();
            if let Some(right) = known.find(|known| known.eq_ignore_ascii_case(value)) {
                finding.fix(
                    Fix::safe(text("write it as `{right}`", "写成 `{right}`"))
                        .arg("right", right)
                        .replace(at, *right),
                );
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static SPREAD_POLICY: Rule = Rule {
    id: "eas/spread-policy",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a spread policy that EAS does not know", "EAS 不认识的打散策略"),
    message: text("EAS knows no spread policy `{value}`", "EAS 没有打散策略 `{value}`"),
    why: text(
        "The policy is one of {known}; another is refused.",
        "策略只能是 host、zone 或 default；其他值会被拒绝。",
    ),
    help: text("use one of {known}", "请使用 {known} 之一"),
    rests_on: &[&SPREAD_POLICIES.source],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b","scheduling":{"spread":{"policy":"«node»"}}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","scheduling":{"spread":{"policy":"host"}}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let node = service.metadata(&["scheduling", "spread", "policy"]);
            if let Some((node, value)) = unknown_choice(node, SPREAD_POLICIES.value) {
                found
                    .add(&SPREAD_POLICY, service.value(node))
                    .arg("value", value)
                    .arg("known", SPREAD_POLICIES.value.join(", "));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static ROLLING_STRATEGY: Rule = Rule {
    id: "eas/rolling-strategy",
    platform: Some(Platform::Eas),
    summary: text("a rolling update that cannot proceed", "无法进行的滚动更新"),
    message: text("a rolling update cannot proceed with this value", "使用该值无法进行滚动更新"),
    why: text(
        "`max_surge` is a whole number above 0 or a percentage. With both fields 0 no instance may come or go, so an update never ends.",
        "`max_surge` 为大于 0 的整数或百分比。两个字段都为 0 时既不能新增也不能停止实例，更新永远不会结束。",
    ),
    help: text("for example `\"max_surge\": 1` or `\"2%\"`", "例如 `\"max_surge\": 1` 或 `\"2%\"`"),
    rests_on: &[&ROLLING],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b","rolling_strategy":{"max_surge":"«two»"}},"containers":[]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b","rolling_strategy":{"max_surge":«0»,"max_unavailable":0}},"containers":[]}"#,
        ),
        bad(r#"{"metadata":{"name":"a_b","rolling_strategy":{"max_surge":«0»}},"containers":[]}"#),
        good(
            r#"{"metadata":{"name":"a_b","rolling_strategy":{"max_surge":"2%"}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","rolling_strategy":{"max_surge":1,"max_unavailable":0}},"containers":[]}"#,
        ),
    ],
    check: rolling_strategy,
    ..Rule::DEFAULT
};

fn rolling_strategy(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let surge = service.metadata(&["rolling_strategy", "max_surge"]);
        let Some(surge) = surge.filter(|node| !node.is_unknown()) else { continue };
        let unavailable = service.metadata(&["rolling_strategy", "max_unavailable"]);
        let is_amount = surge.lenient_i64().is_some()
            || surge
                .as_str()
                .and_then(|text| text.strip_suffix('%'))
                .is_some_and(|number| number.parse::<u32>().is_ok());
        // Without room above, room below must be given.
        let has_room = |node: &Node| node.lenient_i64() != Some(0) && node.as_str() != Some("0%");
        let is_zero = surge.lenient_i64() == Some(0) || surge.as_str() == Some("0%");
        let is_stuck = is_zero && !unavailable.is_some_and(has_room);
        if !is_amount || is_stuck {
            found.add(&ROLLING_STRATEGY, service.value(surge));
        }
    }
}

pub(super) static BATCH_WITHOUT_BATCHING: Rule = Rule {
    id: "eas/batch-without-batching",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text("a batching field that has no effect", "不起作用的合批字段"),
    message: text("`{field}` has no effect here", "`{field}` 在此不起作用"),
    why: text(
        "Batching is done by processors, and only where `rpc.batching` is true.",
        "合批只用于 Processor，且需要 `rpc.batching` 为 true。",
    ),
    help: text(
        "remove it, or switch on `rpc.batching` in a processor service",
        "删除它，或在 Processor 服务中开启 `rpc.batching`",
    ),
    rests_on: &[&BATCHING],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b","rpc":{«"max_batch_size"»:8}},"processor":"pmml"}"#),
        bad(r#"{"metadata":{"name":"a_b","rpc":{«"batching"»:true}},"containers":[]}"#),
        good(
            r#"{"metadata":{"name":"a_b","rpc":{"batching":true,"max_batch_size":8}},"processor":"pmml"}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let is_on = service.metadata(&["rpc", "batching"]).is_some_and(|node| {
                node.as_bool() != Some(false) && node.as_str() != Some("false")
            });
            for field in ["batching", "max_batch_size", "max_batch_timeout"] {
                let Some(member) = service.root.lookup_member(&["metadata", "rpc", field]) else {
                    continue;
                };
                let has_effect = is_on && !service.is_image_service();
                if !has_effect && (field != "batching" || is_on) {
                    found
                        .add(&BATCH_WITHOUT_BATCHING, service.at(member.key_span))
                        .arg("field", format!("rpc.{field}"));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static SIGTERM_UNHANDLED: Rule = Rule {
    id: "eas/sigterm-unhandled",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    summary: text(
        "SIGTERM reaches a shell instead of the server",
        "SIGTERM 只会到达 shell 而不是服务进程",
    ),
    message: text(
        "SIGTERM goes to the shell, not to `{program}`",
        "SIGTERM 会发给 shell，而不是 `{program}`",
    ),
    why: text(
        "With `rpc.enable_sigterm` the main process is told to end its requests. A shell that starts the server stays the main process and passes nothing on.",
        "开启 `rpc.enable_sigterm` 后，主进程会收到结束请求的信号。启动服务的 shell 仍是主进程，且不会转发信号。",
    ),
    help: text("start it with `exec {program}`", "请用 `exec {program}` 启动"),
    rests_on: &[&SIGTERM],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b","rpc":{"enable_sigterm":true}},"containers":[{"image":"x","script":"cd /a && python «app.py» --port 8000"}]}"#,
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nCOPY run.sh /run.sh\nCMD [\"sh\", \"/run.sh\"]\n-- run.sh --\n«gunicorn» -b :8000 a:b\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\",\"rpc\":{\"enable_sigterm\":true}},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n",
        ),
        good(
            r#"{"metadata":{"name":"a_b","rpc":{"enable_sigterm":true}},"containers":[{"image":"x","script":"exec python app.py --port 8000"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"python app.py --port 8000"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","rpc":{"enable_sigterm":true}},"containers":[{"image":"x","command":"python app.py --port 8000"}]}"#,
        ),
    ],
    check: |cx, found| {
        let is_on = services(cx).any(|service| {
            service.metadata(&["rpc", "enable_sigterm"]).and_then(Node::as_bool) == Some(true)
        });
        if !is_on {
            return;
        }
        for start in cx.claims().started().unwrap_or_default() {
            let servers = start.launches.iter().filter(|launch| !launch.listens.is_empty());
            for launch in servers.filter(|launch| launch.has_shell_parent) {
                found
                    .add(&SIGTERM_UNHANDLED, start.place(launch.program))
                    .arg("program", &launch.program_name);
            }
        }
    },
    ..Rule::DEFAULT
};
