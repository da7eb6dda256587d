//! Another major version of CUDA in a wheel than in the base image.
//!
//! In the default set: where something is compiled the build stops, and where nothing is, the
//! image carries gigabytes of a CUDA that nobody uses (then only advice).

use super::super::base_image::{base_image, stage_of};
use super::super::file::{File, files};
use super::cuda::{self, Cuda};
use super::install::{Manager, arguments};
use super::sources;
use crate::dockerfile::Stage;
use crate::document::CommandLine;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{Part, SimpleCommand, Word};
use crate::text::{MappedText, Message, Span, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/cuda-version-mismatch",
    severity: Severity::Warning,
    summary: text(
        "A package for another CUDA than the base image's",
        "软件包面向的 CUDA 与基础镜像不同",
    ),
    message: text(
        "this is built for CUDA {wheel}, and the base image holds CUDA {image}",
        "此处面向 CUDA {wheel} 构建，而基础镜像中是 CUDA {image}",
    ),
    why: text(
        "Extensions are compiled by the image's nvcc and refused by a PyTorch of another major version; packages that look for the image's CUDA libraries do not find theirs.",
        "扩展由镜像中的 nvcc 编译，主版本不同时 PyTorch 会拒绝编译；依赖镜像中 CUDA 库的软件包也找不到所需的库。",
    ),
    help: text(
        "take the package for CUDA {image}, or a base image with CUDA {wheel}",
        "请改用面向 CUDA {image} 的软件包，或含 CUDA {wheel} 的基础镜像",
    ),
    rests_on: &[&sources::SAME_CUDA, &sources::WHEEL_CUDA, &sources::CUPY_CUDA],
    aliases: &["cuda-version-mismatch"],
    examples: &[
        bad(
            "FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN pip install torch==2.1.0 --index-url https://download.pytorch.org/whl/«cu118»\n",
        ),
        bad(
            "FROM pytorch/pytorch:2.1.0-cuda11.8-cudnn8-devel\nRUN pip install torch==2.4.0+«cu121» && pip install flash-attn --no-build-isolation\n",
        ),
        bad("FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN pip install «cupy-cuda11x»\n"),
        bad(
            "FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN conda install -y pytorch «pytorch-cuda=11.8» -c pytorch -c nvidia\n",
        ),
        good(
            "FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN pip install torch==2.4.0 --index-url https://download.pytorch.org/whl/cu121\n",
        ),
        good(
            "FROM python:3.12\nRUN pip install torch==2.1.0 --index-url https://download.pytorch.org/whl/cu118\n",
        ),
        good(
            "ARG CUDA\nFROM nvidia/cuda:${CUDA}-devel-ubuntu22.04\nRUN pip install torch==2.1.0+cu118\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let asks = |line: &&CommandLine| {
            line.script.commands.iter().any(|command| wanted(command).next().is_some())
        };
        for line in file.runs().filter(asks) {
            let Some(stage) = stage_of(file, line.instruction) else { continue };
            let Some(image) = base_image(file, stage) else { continue };
            let Some(held) = cuda::of_image(&image) else { continue };
            for command in &line.script.commands {
                // One finding a command: the index and the packages say the same.
                let wanted = wanted(command).find(|one| one.cuda.major != held.major);
                let Some(wanted) = wanted else { continue };
                let matters = wanted.uses_image || cuda::is_devel(&image) || compiles(file, stage);
                let finding = found.add(&RULE, file.at(wanted.at));
                finding.arg("wheel", wanted.cuda).arg("image", held);
                if !matters {
                    finding.severity(Severity::Info);
                }
                let label = text("this image holds CUDA {image}", "该镜像含 CUDA {image}");
                finding.related_message(
                    file.at(image.stage.image.span),
                    Message::new(label).arg("image", held),
                );
            }
        }
    }
}

/// A CUDA that a package is built for.
struct Wanted {
    cuda: Cuda,
    at: Span,
    /// Whether the package takes CUDA's libraries from the image instead of bringing them along.
    uses_image: bool,
}

fn wanted(command: &SimpleCommand) -> impl Iterator<Item = Wanted> {
    let (manager, words) = arguments(command).unwrap_or((Manager::System, &[]));
    words.iter().filter_map(move |word| match manager {
        Manager::System => None,
        Manager::Pip => of_pip(word),
        Manager::Conda => of_conda(word),
    })
}

fn of_pip(word: &Word) -> Option<Wanted> {
    let letters = |part: &Part| match part {
        Part::Literal { text, .. } => tagged(text),
        _ => None,
    };
    if let Some((cuda, at)) = word.parts.iter().find_map(letters) {
        return Some(Wanted { cuda, at, uses_image: false });
    }
    // `cupy-cuda11x`, `cupy-cuda118==12.0`; with the extra `[ctk]` it brings the toolkit along.
    let name = word.literal()?;
    let end = name.find(['=', '[', '<', '>', '~', '!', ' ', ';']).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let digits = name.strip_prefix("cupy-cuda")?;
    let cuda = Cuda::packed(digits.strip_suffix('x').unwrap_or(digits))?;
    let brings_toolkit = rest.starts_with('[') && rest.contains("ctk");
    (!brings_toolkit).then_some(Wanted { cuda, at: name_span(word, end), uses_image: true })
}

/// `cu118` of `torch==2.1.0+cu118` or `https://download.pytorch.org/whl/cu118`.
fn tagged(letters: &MappedText) -> Option<(Cuda, Span)> {
    let text = letters.text();
    let mark = if text.contains("://") { "/cu" } else { "+cu" };
    text.match_indices(mark).find_map(|(at, _)| {
        let rest = text.get(at + mark.len()..)?;
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_whole =
            rest.get(length..)?.chars().next().is_none_or(|next| !next.is_alphanumeric());
        let digits = rest.get(..length).filter(|digits| digits.len() == 3 && is_whole)?;
        let start = at + 1;
        Some((Cuda::packed(digits)?, letters.span(start, start + "cu".len() + length)))
    })
}

fn of_conda(word: &Word) -> Option<Wanted> {
    let spec = word.literal()?;
    let (name, version) = spec.split_once('=')?;
    let is_cuda = matches!(name, "cudatoolkit" | "pytorch-cuda" | "cuda-version");
    let cuda = Cuda::dotted(version.trim_start_matches('=')).filter(|_| is_cuda)?;
    Some(Wanted { cuda, at: name_span(word, spec.len()), uses_image: false })
}

/// Where the first `length` letters of a word of one piece stand.
fn name_span(word: &Word, length: usize) -> Span {
    match &word.parts[..] {
        [Part::Literal { text, .. }] => text.span(0, length),
        _ => word.span,
    }
}

/// Packages that compile CUDA code where no wheel fits, and the signs of a compilation.
const COMPILED: &[&str] =
    &["flash-attn", "flash_attn", "apex", "deepspeed", "causal-conv1d", "mamba-ssm"];

fn compiles(file: File<'_>, stage: &Stage) -> bool {
    let is_sign = |word: &Word| {
        word.literal().is_some_and(|text| {
            let name = text.split(['=', '[', '<', '>', '~']).next().unwrap_or_default();
            COMPILED.contains(&name) || matches!(text, "--no-build-isolation" | "setup.py")
        })
    };
    file.runs()
        .filter(|line| stage.range.contains(&line.instruction))
        .flat_map(|line| &line.script.commands)
        .any(|command| command.name() == Some("nvcc") || command.words.iter().any(is_sign))
}
