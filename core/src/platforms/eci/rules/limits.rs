//! How much of what a group may have, and its size.

use super::super::request::{Request, Spelling, has, number, requests};
use super::super::spec::{
    CPU_AND_MEMORY, MOST, MOST_CPU, MOST_OF_A_CONTAINER, MOST_VSWITCHES, SHARES,
};
use super::ECI;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Place, text};
use crate::tree::Node;

pub(super) static TOO_MANY: Rule = Rule {
    id: "eci/too-many",
    severity: Severity::Error,
    summary: text("more than a container group may have", "超出容器组的数量限制"),
    message: text(
        "{count} of `{key}`, at most {most} are allowed",
        "`{key}` 有 {count} 个，最多允许 {most} 个",
    ),
    why: text("ECI refuses the request.", "ECI 会拒绝该请求。"),
    help: text("keep {most} of them at most", "最多保留 {most} 个"),
    rests_on: &[&MOST.source, &MOST_VSWITCHES.source, &MOST_OF_A_CONTAINER.source],
    examples: &[
        bad(
            r#"{"ContainerGroupName":"web","Container":[],"Tag":[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},«{»}]}"#,
        ),
        bad(
            "ContainerGroupName=web\nVSwitchId=«vsw-1,vsw-2,vsw-3,vsw-4,vsw-5,vsw-6,vsw-7,vsw-8,vsw-9,vsw-10,vsw-11»\n",
        ),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{Arg: [a, b, c, d, e, f, g, h, i, j, «k»]}]\n",
        ),
        good("ContainerGroupName=web\nVSwitchId=vsw-1,vsw-2\n"),
        good(r#"{"ContainerGroupName":"web","Container":[],"Tag":[{"Key":"a","Value":"b"}]}"#),
    ],
    check: too_many,
    ..ECI
};

fn too_many(cx: &Context<'_>, found: &mut Findings) {
    for request in requests(cx) {
        for (key, most) in MOST.value {
            if let Some((at, count)) = beyond(&request, request.list(key), *most) {
                add(found, at, key, count, *most);
            }
        }
        if let Some((node, ids)) = request.known("VSwitchId") {
            let count = ids.split(',').filter(|id| !id.trim().is_empty()).count();
            let most = MOST_VSWITCHES.value;
            if count > most {
                add(found, request.value(node), "VSwitchId", count, most);
            }
        }
        for container in request.containers() {
            for (key, most) in MOST_OF_A_CONTAINER.value {
                let Some((at, count)) = beyond(&request, container.list(key), *most) else {
                    continue;
                };
                let finding = add(found, at, key, count, *most);
                // Only the templates' page has these limits.
                if request.spelling != Spelling::Ros {
                    finding.severity(Severity::Warning);
                }
            }
        }
    }
}

/// The first element that is one too many, and how many there are.
fn beyond(request: &Request<'_>, list: &[Node], most: usize) -> Option<(Place, usize)> {
    let first = list.get(most)?;
    let at = if first.is_object() { request.anchor(first) } else { request.value(first) };
    Some((at, list.len()))
}

fn add<'f>(
    found: &'f mut Findings,
    at: Place,
    key: &str,
    count: usize,
    most: usize,
) -> &'f mut crate::rule::Finding {
    found.add(&TOO_MANY, at).arg("key", key).arg("count", count).arg("most", most)
}

pub(super) static SIZE: Rule = Rule {
    id: "eci/cpu-memory-rounded",
    severity: Severity::Info,
    summary: text("a size that ECI does not offer", "ECI 不提供的规格"),
    message: text(
        "{cpu} vCPU with {memory} GiB is not offered everywhere and is rounded up to {offered}",
        "{cpu} vCPU {memory} GiB 并非所有地域都提供，将向上取整为 {offered}",
    ),
    why: text("The larger size is what is billed.", "将按更大的规格计费。"),
    help: text("ask for {offered} in the first place", "直接申请 {offered}"),
    rests_on: &[&CPU_AND_MEMORY.source, &MOST_CPU.source],
    examples: &[
        bad("ContainerGroupName=web\nCpu=«3»\nMemory=4\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[],"Cpu":«128»,"Memory":256}"#),
        bad(r#"{"ContainerGroupName":"web","Container":[],"Cpu":«1»,"Memory":3}"#),
        good("ContainerGroupName=web\nCpu=2\nMemory=4\n"),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Cpu: {Ref: Cpu}\n      Memory: 3\n",
        ),
        // The type of instance tells the size.
        good("ContainerGroupName=web\nInstanceType=ecs.c6.large\nCpu=3\nMemory=4\n"),
    ],
    check: size,
    ..ECI
};

fn size(cx: &Context<'_>, found: &mut Findings) {
    for request in requests(cx) {
        if has(request.root(), "InstanceType") {
            continue;
        }
        let (Some(node), Some(memory)) = (request.get("Cpu"), request.get("Memory")) else {
            continue;
        };
        let (Some(cpu), Some(memory)) = (number(node), number(memory)) else { continue };
        let is_offered = CPU_AND_MEMORY.value.iter().any(|(known, memories)| {
            same(*known, cpu) && memories.iter().any(|one| same(*one, memory))
        });
        if is_offered || cpu <= 0.0 || memory <= 0.0 {
            continue;
        }
        let at = request.value(node);
        let next = CPU_AND_MEMORY.value.iter().filter(|(known, _)| *known >= cpu).find_map(
            |(known, memories)| {
                memories.iter().find(|one| **one >= memory).map(|one| (*known, *one))
            },
        );
        match next {
            Some((offered, memory_offered)) if cpu <= MOST_CPU.value => {
                found
                    .add(&SIZE, at)
                    .arg("cpu", cpu)
                    .arg("memory", memory)
                    .arg("offered", format!("{offered} vCPU / {memory_offered} GiB"));
            }
            _ if cpu > MOST_CPU.value => {
                found
                    .add(&SIZE, at)
                    .severity(Severity::Error)
                    .says(text(
                        "{cpu} vCPU are more than the {most} of the largest instance",
                        "{cpu} vCPU 超过最大实例的 {most}",
                    ))
                    .help(text("ask for {most} vCPU at most", "最多申请 {most} vCPU"))
                    .arg("cpu", cpu)
                    .arg("most", MOST_CPU.value);
            }
            _ => {}
        }
    }
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

pub(super) static EXCEEDS: Rule = Rule {
    id: "eci/container-exceeds-group",
    severity: Severity::Warning,
    summary: text("the containers want more than the group has", "容器资源之和超过容器组"),
    message: text(
        "the containers want {wanted} of `{key}` together, the group has {own}",
        "容器的 `{key}` 合计为 {wanted}，而容器组只有 {own}",
    ),
    why: text(
        "The containers divide what the group has: more than that cannot be given.",
        "容器共享容器组的资源：无法分配超出的部分。",
    ),
    help: text(
        "give the group {wanted}, or the containers less",
        "将容器组设为 {wanted}，或减少容器的资源",
    ),
    rests_on: &[&SHARES],
    examples: &[
        bad(
            "ContainerGroupName=web\nCpu=«1»\nMemory=2\nContainer.1.Image=a:1\nContainer.1.Cpu=1\nContainer.2.Image=b:1\nContainer.2.Cpu=0.5\n",
        ),
        bad(
            r#"{"ContainerGroupName":"web","Memory":«2»,"Container":[{"Image":"a:1","Memory":4}]}"#,
        ),
        good(
            "ContainerGroupName=web\nCpu=2\nContainer.1.Image=a:1\nContainer.1.Cpu=1\nContainer.2.Image=b:1\nContainer.2.Cpu=1\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for key in ["Cpu", "Memory"] {
                let Some(node) = request.get(key) else { continue };
                let Some(own) = number(node) else { continue };
                let containers = request.containers();
                let main = containers.iter().filter(|one| !one.is_init);
                let wanted: f64 = main.filter_map(|one| one.get(key).and_then(number)).sum();
                if own > 0.0 && wanted > own + 1e-6 {
                    found
                        .add(&EXCEEDS, request.value(node))
                        .arg("key", key)
                        .arg("wanted", wanted)
                        .arg("own", own);
                }
            }
        }
    },
    ..ECI
};
