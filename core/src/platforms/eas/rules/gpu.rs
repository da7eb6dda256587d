//! GPUs: slices of them, and how many a server wants.

use super::super::service::services;
use super::super::spec::{SLICING, TENSOR_PARALLEL};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static CORE_RANGE: Rule = Rule {
    id: "eas/gpu-core-range",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a share of a GPU that does not exist", "不存在的 GPU 算力份额"),
    message: text(
        "{value} is no share of a GPU: 1 to 100 percent",
        "{value} 不是有效的 GPU 份额：应为 1 到 100",
    ),
    why: text(
        "The share is a whole percentage; another is refused.",
        "份额为整数百分比；其他值会被拒绝。",
    ),
    help: text("give a whole number from 1 to 100", "请填 1 到 100 的整数"),
    rests_on: &[&SLICING],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b","gpu_memory":8,"gpu_core_percentage":«150»},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","gpu_memory":8,"gpu_core_percentage":50},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(node) = service.metadata(&["gpu_core_percentage"]) else { continue };
            let Some(value) = node.as_f64() else { continue };
            if !(1.0..=100.0).contains(&value) || value.fract() != 0.0 {
                found.add(&CORE_RANGE, service.value(node)).arg("value", value);
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static CORE_NEEDS_MEMORY: Rule = Rule {
    id: "eas/gpu-core-needs-memory",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a share of a GPU without its memory", "设置了 GPU 算力但没有显存"),
    message: text(
        "`gpu_core_percentage` needs `gpu_memory`",
        "`gpu_core_percentage` 必须与 `gpu_memory` 同时设置",
    ),
    why: text(
        "A slice of a GPU is defined by its memory first; a share alone is refused.",
        "GPU 切片首先由显存定义；仅设置算力会被拒绝。",
    ),
    help: text("add `\"gpu_memory\": 8`, in GB", "添加 `\"gpu_memory\": 8`（单位 GB）"),
    rests_on: &[&SLICING],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b",«"gpu_core_percentage"»:10},"containers":[]}"#),
        good(
            r#"{"metadata":{"name":"a_b","gpu_core_percentage":10,"gpu_memory":8},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let core = service.root.lookup_member(&["metadata", "gpu_core_percentage"]);
            if let Some(core) = core.filter(|_| service.metadata(&["gpu_memory"]).is_none()) {
                found.add(&CORE_NEEDS_MEMORY, service.at(core.key_span));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static MEMORY_IGNORED: Rule = Rule {
    id: "eas/gpu-memory-ignored",
    platform: Some(Platform::Eas),
    summary: text("whole GPUs and a slice of one at once", "同时要求整卡和 GPU 切片"),
    message: text(
        "`gpu_memory` is passed over, since `gpu` asks for whole GPUs",
        "`gpu` 要求整卡，因此 `gpu_memory` 会被忽略",
    ),
    why: text(
        "Where `gpu` is 1 or more, the slicing fields count for nothing.",
        "`gpu` 不小于 1 时，切片字段不起作用。",
    ),
    help: text("set `gpu` to 0 or leave it out", "把 `gpu` 设为 0 或不设置"),
    rests_on: &[&SLICING],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b","gpu":1,«"gpu_memory"»:8,"resource":"eas-r-a1"},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","gpu":0,"gpu_memory":8,"resource":"eas-r-a1"},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(memory) = service.root.lookup_member(&["metadata", "gpu_memory"]) else {
                continue;
            };
            let Some(gpu) = service.metadata(&["gpu"]) else { continue };
            let is_sliced = memory.node.as_f64().is_some_and(|value| value > 0.0);
            if is_sliced && gpu.as_f64().is_some_and(|count| count >= 1.0) {
                found
                    .add(&MEMORY_IGNORED, service.at(memory.key_span))
                    .related(service.value(gpu), text("whole GPUs", "整卡"));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static SLICING_PUBLIC: Rule = Rule {
    id: "eas/gpu-slicing-public",
    platform: Some(Platform::Eas),
    summary: text("a slice of a GPU on public resources", "在公共资源上使用 GPU 切片"),
    message: text("a slice of a GPU needs a resource group or a quota", "GPU 切片需要资源组或配额"),
    why: text(
        "Public resources are whole machines; GPU slicing is for EAS resource groups and Lingjun quotas.",
        "公共资源以整机提供；GPU 切片只用于 EAS 资源组和灵骏配额。",
    ),
    help: text(
        "name a resource group in `metadata.resource`, or use whole GPUs",
        "在 `metadata.resource` 中指定资源组，或使用整卡",
    ),
    rests_on: &[&SLICING],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b",«"gpu_memory"»:8},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","gpu_memory":8,"resource":"eas-r-a1"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b","gpu_memory":8,"quota_id":"q1"},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|service| !service.has_own_resources()) {
            if let Some(memory) = service.root.lookup_member(&["metadata", "gpu_memory"])
                && memory.node.as_f64() != Some(0.0)
            {
                found.add(&SLICING_PUBLIC, service.at(memory.key_span));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static TENSOR_PARALLEL_COUNT: Rule = Rule {
    id: "eas/tp-gpu-count",
    platform: Some(Platform::Eas),
    summary: text(
        "a server splits a model over another number of GPUs than it gets",
        "张量并行数与 GPU 数不一致",
    ),
    message: text(
        "the server wants {wanted} GPUs, the instance has {count}",
        "服务需要 {wanted} 个 GPU，而实例有 {count} 个",
    ),
    why: text(
        "A server that wants more GPUs than there are ends at its start; with fewer the others stand idle.",
        "GPU 不足时服务启动失败；多余的 GPU 则闲置。",
    ),
    help: text("make both numbers equal", "使两者一致"),
    rests_on: &[&TENSOR_PARALLEL],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b","gpu":1},"containers":[{"image":"x","script":"vllm serve /m --tensor-parallel-size «4»"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","gpu":4},"containers":[{"image":"x","script":"vllm serve /m --tensor-parallel-size 4"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"containers":[{"image":"x","script":"vllm serve /m --tensor-parallel-size 4"}]}"#,
        ),
    ],
    check: tensor_parallel_count,
    ..Rule::DEFAULT
};

fn tensor_parallel_count(cx: &Context<'_>, found: &mut Findings) {
    const FLAGS: &[&str] = &["--tensor-parallel-size", "--tp", "--tp-size", "-tp"];
    for service in services(cx) {
        let Some(gpu) = service.metadata(&["gpu"]) else { continue };
        let Some(count) = gpu.as_i64() else { continue };
        // Several machines of one instance share the work.
        if service.root.get("unit").is_some() {
            continue;
        }
        let containers = cx.claims().containers.iter();
        let own = containers.filter(|container| service.holds(container.at));
        for start in own.filter_map(|container| container.start.as_ref()) {
            for launch in &start.launches {
                let Some(flag) = launch.flag(FLAGS) else { continue };
                let Ok(wanted) = flag.text().parse::<i64>() else { continue };
                if wanted != count {
                    found
                        .add(&TENSOR_PARALLEL_COUNT, start.place(flag.whole()))
                        .arg("wanted", wanted)
                        .arg("count", count)
                        .related(
                            service.value(gpu),
                            text("the GPUs of an instance", "每实例 GPU 数"),
                        );
                }
            }
        }
    }
}
