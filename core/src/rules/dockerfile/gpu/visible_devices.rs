//! GPUs chosen by number in the image.
//!
//! In the default set: which GPUs a container gets is the platform's business, and a number that
//! the machine has not makes the service run without GPU.

use super::super::file::files;
use super::driver::is_shipped;
use super::sources;
use crate::dockerfile::{Body, Keyword};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/hardcoded-visible-devices",
    severity: Severity::Warning,
    summary: text("GPUs chosen by number in the image", "镜像中按序号指定 GPU"),
    message: text(
        "{variable} fixes the GPUs to `{value}` in the image",
        "{variable} 在镜像中把 GPU 固定为 `{value}`",
    ),
    why: text(
        "Which GPUs a container gets is decided where it runs: a number that the machine does not have leaves the program without GPU, and one that it has leaves the others idle.",
        "容器使用哪些 GPU 由运行环境决定：序号在机器上不存在时程序没有 GPU 可用，存在时其余 GPU 则会闲置。",
    ),
    help: text(
        "leave it to the platform, or set it when the container starts",
        "请交给平台决定，或在启动容器时设置",
    ),
    rests_on: &[&sources::VISIBLE_DEVICES, &sources::CUDA_VISIBLE],
    aliases: &["no-hardcoded-visible-devices"],
    examples: &[
        bad("FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nENV CUDA_VISIBLE_DEVICES=«0,1»\n"),
        bad("FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nENV NVIDIA_VISIBLE_DEVICES=«0»\n"),
        bad("FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nENV CUDA_VISIBLE_DEVICES=«all»\n"),
        good("FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nENV NVIDIA_VISIBLE_DEVICES=all\n"),
        good("FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nENV CUDA_VISIBLE_DEVICES=-1\n"),
        good(
            "FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nARG GPUS\nENV CUDA_VISIBLE_DEVICES=$GPUS\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (index, instruction) in file.instructions() {
            let Body::Pairs { pairs, .. } = &instruction.body else { continue };
            if instruction.keyword != Keyword::Env || !is_shipped(file, index) {
                continue;
            }
            for pair in pairs {
                let name = pair.name.raw();
                let Some(value) = &pair.value else { continue };
                let bare = value.raw().trim_matches(['"', '\'']);
                let is_list = bare.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
                    || bare.starts_with("GPU-")
                    || bare.starts_with("MIG-");
                let is_fixed = is_list && !bare.contains('$');
                let names_none = name == "CUDA_VISIBLE_DEVICES" && bare == "all";
                if !matches!(name, "CUDA_VISIBLE_DEVICES" | "NVIDIA_VISIBLE_DEVICES")
                    || !(is_fixed || names_none)
                {
                    continue;
                }
                let at = file.at(value.span);
                let finding = found.add(&RULE, at);
                finding.arg("variable", name).arg("value", bare);
                if names_none {
                    finding.says(text(
                        "{variable} does not know `{value}`, so that no GPU is visible",
                        "{variable} 不认识 `{value}`，因此没有可见的 GPU",
                    ));
                } else if name == "NVIDIA_VISIBLE_DEVICES" {
                    let title = text("make all GPUs visible", "使所有 GPU 可见");
                    finding.fix(Fix::risky(title).replace(at, "all"));
                }
            }
        }
    }
}
