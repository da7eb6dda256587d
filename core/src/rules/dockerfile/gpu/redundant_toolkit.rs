//! The CUDA toolkit installed where the base image has it.
//!
//! Strict: some want a second version beside the first.

use super::super::base_image::{base_image, stage_of};
use super::super::file::files;
use super::cuda;
use super::install::system_packages;
use super::sources;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/redundant-cuda-install",
    severity: Severity::Info,
    strict: true,
    summary: text("CUDA installed onto an image that has it", "在已含 CUDA 的镜像上再次安装"),
    message: text(
        "`{package}` installs what the base image already holds",
        "`{package}` 安装的内容基础镜像中已有",
    ),
    why: text(
        "Two toolkits take gigabytes, and which nvcc is found first depends on PATH.",
        "两套工具包占用数 GB，而先找到哪个 nvcc 取决于 PATH。",
    ),
    help: text(
        "leave it out, or choose a base image of the version that is wanted",
        "请不要安装，或选用所需版本的基础镜像",
    ),
    rests_on: &[&sources::FLAVOURS],
    aliases: &["no-redundant-cuda-install"],
    examples: &[
        bad(
            "FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y «cuda-toolkit-12-4»\n",
        ),
        good(
            "FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y cuda-toolkit-12-4\n",
        ),
        good(
            "FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y cmake\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

const TOOLKIT: &[&str] = &["cuda-toolkit", "nvidia-cuda-toolkit", "cuda-nvcc", "cuda-compiler"];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.runs() {
            let packages = line.script.commands.iter().flat_map(system_packages);
            let mut toolkits = packages
                .filter(|(name, _)| {
                    TOOLKIT.iter().any(|one| name.starts_with(one)) && !name.contains("config")
                })
                .peekable();
            if toolkits.peek().is_none() {
                continue;
            }
            let image = stage_of(file, line.instruction).and_then(|stage| base_image(file, stage));
            let holds_toolkit = image.is_some_and(|image| {
                image.reference.path() == "nvidia/cuda" && cuda::is_devel(&image)
            });
            for (name, word) in toolkits.filter(|_| holds_toolkit) {
                found.add(&RULE, file.at(word.span)).arg("package", name);
            }
        }
    }
}
