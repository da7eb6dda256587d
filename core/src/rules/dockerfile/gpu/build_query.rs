//! A question for the GPU where there is none: in the build.
//!
//! In the default set: the answer is "no GPU" or a failed build, whatever machine the image runs on.

use super::super::file::files;
use super::sources;
use crate::dockerfile::Instruction;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{Part, SimpleCommand, Word};
use crate::text::{Span, text};

/// What Python asks about GPUs.
const QUESTIONS: &[&str] = &[
    "torch.cuda.is_available",
    "torch.cuda.device_count",
    "torch.cuda.get_device_name",
    "torch.cuda.get_device_capability",
    "torch.cuda.get_device_properties",
    "tf.test.is_gpu_available",
];

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/buildtime-gpu-query",
    severity: Severity::Warning,
    summary: text("The build asks for a GPU", "构建时查询 GPU"),
    message: text(
        "`{question}` asks for a GPU, and a build has none",
        "`{question}` 查询 GPU，而构建过程中没有 GPU",
    ),
    why: text(
        "Driver and GPU come into a container when it starts, not while its image is built: the command is missing or answers no, and what it decides is decided wrongly for every machine that runs the image.",
        "驱动和 GPU 在容器启动时才进入容器，构建镜像时没有：该命令要么不存在，要么报告没有 GPU；据此作出的选择在运行该镜像的任何机器上都是错的。",
    ),
    help: text(
        "ask when the container starts; to compile for certain GPUs, name them, as with TORCH_CUDA_ARCH_LIST",
        "请在容器启动时查询；若要为特定 GPU 编译，请直接指定，例如使用 TORCH_CUDA_ARCH_LIST",
    ),
    rests_on: &[&sources::NO_GPU_IN_BUILD, &sources::HOST_DRIVER],
    aliases: &["no-buildtime-gpu-queries"],
    examples: &[
        bad("FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN «nvidia-smi»\n"),
        bad(
            "FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN if «nvidia-smi»; then pip install torch; fi\n",
        ),
        bad(
            "FROM pytorch/pytorch:2.4.0-cuda12.4-cudnn9-devel\nRUN python -c \"import torch; assert «torch.cuda.is_available»()\"\n",
        ),
        good("FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nCMD nvidia-smi && python serve.py\n"),
        good(
            "FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN --device=nvidia.com/gpu=all nvidia-smi\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.runs() {
            let instruction = file.content.tree.instructions.get(line.instruction);
            let run = instruction.map(Instruction::inner);
            if run.is_some_and(has_device) {
                continue;
            }
            for command in &line.script.commands {
                let Some(question) = question(command) else { continue };
                let finding = found.add(&RULE, file.at(question.at));
                finding.arg("question", question.asked);
                if !question.decides {
                    finding.severity(Severity::Info);
                }
            }
        }
    }
}

/// `RUN --device=…` gives the build a GPU.
fn has_device(run: &Instruction) -> bool {
    run.flag("device").is_some()
}

struct Question {
    asked: &'static str,
    at: Span,
    /// Whether the build fails or goes another way by the answer.
    decides: bool,
}

fn question(command: &SimpleCommand) -> Option<Question> {
    let program = command.words.first()?;
    let name = program.literal()?.rsplit('/').next()?;
    let position = &command.position;
    let is_asked = position.in_condition || position.in_substitution;
    if name == "nvidia-smi" {
        // Missing in a build, so that it fails unless its failure is part of the plan.
        return Some(Question { asked: "nvidia-smi", at: program.span, decides: true });
    }
    if !name.starts_with("python") {
        return None;
    }
    let (asked, at, code) = command.words.iter().find_map(in_code)?;
    let decides = is_asked || ["assert", "if ", "exit("].iter().any(|sign| code.contains(sign));
    Some(Question { asked, at, decides })
}

/// The first question in a piece of Python.
fn in_code(word: &Word) -> Option<(&'static str, Span, &str)> {
    word.parts.iter().find_map(|part| {
        let Part::Literal { text, .. } = part else { return None };
        let code = text.text();
        QUESTIONS.iter().find_map(|&asked| {
            let start = code.find(asked)?;
            Some((asked, text.span(start, start + asked.len()), code))
        })
    })
}
