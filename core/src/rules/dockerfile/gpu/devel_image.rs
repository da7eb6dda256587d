//! A final image with compiler and headers of CUDA.
//!
//! Strict: some programs compile kernels while they run.

use super::super::base_image::base_image;
use super::super::file::files;
use super::{cuda, sources};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/devel-final-image",
    severity: Severity::Info,
    strict: true,
    summary: text("The final image holds CUDA's compiler", "最终镜像含 CUDA 编译器"),
    message: text(
        "the final image stands on a `devel` image, with compiler and headers",
        "最终镜像基于 `devel` 镜像，含编译器和头文件",
    ),
    why: text(
        "Compiler, headers and static libraries of CUDA are several gigabytes that every start on a new machine pulls.",
        "CUDA 的编译器、头文件和静态库共有数 GB，每台新机器启动时都要拉取。",
    ),
    help: text(
        "build in a stage of its own, and copy the result into the `runtime` image",
        "请在单独的阶段中构建，再把结果复制到 `runtime` 镜像",
    ),
    rests_on: &[&sources::FLAVOURS],
    aliases: &["prefer-runtime-final-stage"],
    examples: &[
        bad("FROM nvidia/cuda:12.4.1-«devel»-ubuntu22.04\nRUN make\n"),
        good(
            "FROM nvidia/cuda:12.4.1-devel-ubuntu22.04 AS build\nRUN make\nFROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nCOPY --from=build /app /app\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some(last) = file.content.tree.last_stage() else { continue };
        let Some(image) = base_image(file, last) else { continue };
        let is_cuda = matches!(image.reference.path(), "nvidia/cuda" | "pytorch/pytorch");
        if is_cuda && cuda::is_devel(&image) {
            let name = &image.stage.image;
            let start = name.raw().find("devel");
            let at = start.map_or(name.span, |at| name.text.span(at, at + "devel".len()));
            found.add(&RULE, file.at(at));
        }
    }
}
