//! Every part of the driver for a program that computes.
//!
//! Strict: it works, and costs only what is mounted in vain.

use super::super::file::files;
use super::sources;
use crate::dockerfile::{Body, Keyword};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/all-driver-capabilities",
    severity: Severity::Info,
    strict: true,
    summary: text("All of the GPU driver is asked for", "请求了 GPU 驱动的全部功能"),
    message: text(
        "NVIDIA_DRIVER_CAPABILITIES asks for all of the driver",
        "NVIDIA_DRIVER_CAPABILITIES 请求驱动的全部功能",
    ),
    why: text(
        "Graphics, video and display libraries are mounted into the container too; a model server needs none of them, and a host without them may refuse to start it.",
        "图形、视频和显示库也会挂载进容器；模型服务用不到它们，缺少这些库的宿主机还可能拒绝启动容器。",
    ),
    help: text("ask for `compute,utility`", "请改为 `compute,utility`"),
    rests_on: &[&sources::CAPABILITIES],
    aliases: &["prefer-minimal-driver-capabilities"],
    examples: &[
        bad("FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nENV NVIDIA_DRIVER_CAPABILITIES=«all»\n"),
        good(
            "FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nENV NVIDIA_DRIVER_CAPABILITIES=compute,utility\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let Body::Pairs { pairs, .. } = &instruction.body else { continue };
            let is_env = instruction.keyword == Keyword::Env;
            for pair in pairs.iter().filter(|_| is_env) {
                let Some(value) = &pair.value else { continue };
                let is_all = value.raw().trim_matches(['"', '\'']) == "all";
                if pair.name.raw() == "NVIDIA_DRIVER_CAPABILITIES" && is_all {
                    let at = file.at(value.span);
                    // Only the author knows whether it draws or encodes.
                    let title = text("ask for `compute,utility`", "改为 `compute,utility`");
                    found.add(&RULE, at).fix(Fix::risky(title).replace(at, "compute,utility"));
                }
            }
        }
    }
}
