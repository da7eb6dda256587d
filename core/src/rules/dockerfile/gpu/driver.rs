//! NVIDIA's driver in an image.
//!
//! In the default set: the host brings the driver, and a second one of another version breaks it.

use super::super::base_image::stage_of;
use super::super::file::{File, files};
use super::install::system_packages;
use super::sources;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{SimpleCommand, Word};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/gpu-driver-in-image",
    severity: Severity::Warning,
    summary: text("A GPU driver in the image", "镜像中安装了 GPU 驱动"),
    message: text(
        "`{package}` installs NVIDIA's driver, which the host brings along",
        "`{package}` 会安装 NVIDIA 驱动，而驱动由宿主机提供",
    ),
    why: text(
        "The container gets the driver libraries of the host. With others of another version in the image, CUDA and nvidia-smi may load the wrong ones and report a driver/library mismatch; and the image grows by about a gigabyte.",
        "容器使用宿主机的驱动库。镜像中若另有其他版本，CUDA 和 nvidia-smi 可能加载错误的库并报告驱动与库版本不一致；镜像也会增大约 1 GB。",
    ),
    help: text(
        "leave the driver out; `cuda-toolkit-X-Y` and the images nvidia/cuda hold CUDA without it",
        "请不要安装驱动；`cuda-toolkit-X-Y` 和 nvidia/cuda 镜像提供不含驱动的 CUDA",
    ),
    rests_on: &[&sources::HOST_DRIVER, &sources::META_PACKAGES],
    examples: &[
        bad("FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y «nvidia-driver-535»\n"),
        bad("FROM ubuntu:22.04\nRUN apt-get install -y --no-install-recommends «cuda-12-4» git\n"),
        bad(
            "FROM ubuntu:22.04\nRUN apt-get install -y «libnvidia-compute-535=535.183.01-0ubuntu1»\n",
        ),
        good("FROM ubuntu:22.04\nRUN apt-get install -y cuda-toolkit-12-4 cuda-compat-12-4\n"),
        good("FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get install -y libnvinfer8\n"),
    ],
    check,
    ..Rule::DEFAULT
};

/// Beginnings of the names of packages that are, or bring, the driver.
const DRIVER: &[&str] = &[
    "nvidia-driver",
    "cuda-drivers",
    "libnvidia-compute",
    "libnvidia-gl",
    "libnvidia-encode",
    "libnvidia-decode",
    "libcuda1",
    "nvidia-dkms",
    "nvidia-kernel",
    "nvidia-utils",
    "nvidia-headless",
    "nvidia-open",
    "kmod-nvidia",
    "cuda-runtime-",
];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.runs() {
            for command in &line.script.commands {
                for (name, word) in driver_packages(command) {
                    let finding = found.add(&RULE, file.at(word.span));
                    finding.arg("package", name);
                    // What is only built with does not reach the GPU.
                    if !is_shipped(file, line.instruction) {
                        finding.severity(Severity::Info);
                    }
                }
            }
        }
    }
}

/// The packages of NVIDIA's driver that `command` installs: each name, and its word.
pub(crate) fn driver_packages(command: &SimpleCommand) -> impl Iterator<Item = (&str, &Word)> {
    system_packages(command).filter(|(name, _)| is_driver(name))
}

fn is_driver(name: &str) -> bool {
    // `cuda` and `cuda-12-4`; but not `cuda-toolkit-12-4`.
    let is_meta = name.strip_prefix("cuda").is_some_and(|rest| {
        rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && !rest.ends_with('-')
    });
    is_meta || DRIVER.iter().any(|known| name.starts_with(known))
}

/// Whether the instruction belongs to a stage that the final image stands on.
pub(super) fn is_shipped(file: File<'_>, index: usize) -> bool {
    let stage = stage_of(file, index).map(|stage| stage.index);
    stage.is_none_or(|stage| file.content.flow.ships(stage))
}
