//! NVIDIA's driver in an image of a training job or notebook, where ModelArts brings it along.

use super::super::spec::NO_GPU_DRIVER;
use super::ANY_USE;
use super::start::dockerfile;
use crate::dockerfile::Keyword;
use crate::fact::Profile;
use crate::rule::{Rule, Severity, bad, good};
use crate::rules::driver_packages;
use crate::rules::image::inside;
use crate::shell::{SimpleCommand, Word};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "modelarts/training-gpu-driver",
    profiles: &[Profile::Training, Profile::Notebook],
    severity: Severity::Error,
    summary: text("a GPU driver in a training image", "训练镜像中安装了 GPU 驱动"),
    message: text(
        "`{package}` installs a GPU driver, which a training image must not have",
        "`{package}` 会安装 GPU 驱动，训练镜像中不能安装驱动",
    ),
    why: text(
        "ModelArts mounts the driver of its hosts at /usr/local/nvidia; a second one does not fit the kernel.",
        "ModelArts 会将主机驱动挂载到 /usr/local/nvidia；另装的驱动与内核不匹配。",
    ),
    help: text(
        "leave the driver out; CUDA itself comes with images such as nvidia/cuda",
        "请不要安装驱动；CUDA 由 nvidia/cuda 等镜像提供",
    ),
    rests_on: &[&NO_GPU_DRIVER],
    examples: &[
        bad("FROM ubuntu:22.04\nRUN apt-get install -y «nvidia-driver-535» git\nUSER 1000\n"),
        bad("FROM ubuntu:22.04\nRUN sh «/tmp/NVIDIA-Linux-x86_64-535.183.01.run» --silent\n"),
        good("FROM ubuntu:22.04\nRUN apt-get install -y cuda-toolkit-12-4\nUSER 1000\n"),
        bad(
            r#"{"images": [{"layers": [{"files": []}, {"history": "«RUN sh /tmp/NVIDIA.run»", "files": [{"path": "/usr/bin/nvidia-smi", "mode": "0755", "bytes": 600000}]}]}]}"#,
        ),
        // CUDA's own package for older drivers.
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/usr/local/cuda/compat/libcuda.so.1", "text": ""}]}]}]}"#,
        ),
    ],
    check: |cx, found| {
        inside::each(cx, found, &RULE, |view, files, found| {
            for path in DRIVER_FILES {
                // A container with a GPU that was committed leaves empty files behind.
                if let Some(file) = inside::file(files, path).filter(|one| one.seen.file.size > 0) {
                    let finding = found.add(&RULE, view.layer_at(file.seen.layer));
                    finding.arg("package", path).says(text(
                        "`{package}` is part of a GPU driver, which a training image must not have",
                        "`{package}` 是 GPU 驱动的一部分，训练镜像中不能安装驱动",
                    ));
                    return;
                }
            }
        });
        let Some((document, content)) = dockerfile(cx) else { return };
        let stages = content.tree.chain();
        let is_shipped = |index: usize| stages.iter().any(|stage| stage.range.contains(&index));
        let runs = content.command_lines.iter().filter(|line| line.keyword == Keyword::Run);
        for line in runs.filter(|line| is_shipped(line.instruction)) {
            for command in &line.script.commands {
                for (name, word) in driver_packages(command).chain(installer(command)) {
                    found.add(&RULE, document.place(word.span)).arg("package", name);
                }
            }
        }
    },
    ..ANY_USE
};

/// Files that the driver's packages and its installer put there, and nothing else does.
const DRIVER_FILES: &[&str] = &[
    "/usr/bin/nvidia-smi",
    "/usr/lib/x86_64-linux-gnu/libcuda.so.1",
    "/usr/lib/aarch64-linux-gnu/libcuda.so.1",
    "/usr/lib64/libcuda.so.1",
];

/// NVIDIA's own installer, if the command runs it.
fn installer(command: &SimpleCommand) -> Option<(&str, &Word)> {
    let word = match command.name()? {
        "sh" | "bash" => command.words.get(1)?,
        _ => command.words.first()?,
    };
    let name = word.literal()?.rsplit('/').next()?;
    (name.starts_with("NVIDIA-Linux-") && name.ends_with(".run")).then_some((name, word))
}
