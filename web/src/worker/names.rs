//! What pasted documents are called.

use plimsoll::{Kind, detect};

/// What a document of this text is usually called.
pub(super) fn name_of(text: &str) -> &'static str {
    // A script tells by its first line, and a Dockerfile is what most people paste.
    detect("", text).map_or("Dockerfile", |kind| match kind {
        Kind::Dockerfile | Kind::Image => "Dockerfile",
        Kind::DockerIgnore => ".dockerignore",
        Kind::EasService | Kind::ModelArtsService => "service.json",
        Kind::ModelArtsConfig | Kind::DockerConfig => "config.json",
        Kind::EciRequest => "eci-request.txt",
        Kind::RosTemplate => "template.yaml",
        Kind::ComputeNestConfig => "config.yaml",
        Kind::Kubernetes => "manifest.yaml",
        Kind::Compose => "compose.yaml",
        Kind::Shell => "run.sh",
    })
}
