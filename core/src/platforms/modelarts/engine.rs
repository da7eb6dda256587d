//! Whether an image is a custom engine: one that gets the model beside it, in /home/mind/model.

use super::spec::ENGINE_FOLDER;
use crate::dockerfile::{Body, CommandForm, Keyword};
use crate::document::DockerfileContent;
use crate::image::config::ImageConfig;

/// Whether the Dockerfile works in the folder of custom engines: nothing else tells them from
/// images that bring their model along.
pub(super) fn is_custom_engine(content: &DockerfileContent) -> bool {
    let prediction = &content.prediction;
    let is_working = prediction.working_dir.as_ref().and_then(|folder| folder.value.as_deref());
    let starts = [&prediction.cmd, &prediction.entrypoint].into_iter().flatten();
    let is_started = starts.into_iter().any(|command| match &command.form {
        CommandForm::Exec(words) => words.iter().any(|word| is_inside(word.value.text())),
        CommandForm::Shell { text, .. } => {
            text.text().split([' ', '\t', ';', '&', '"', '\'']).any(is_inside)
        }
    });
    let stages = content.tree.chain();
    let mut instructions = stages.iter().flat_map(|stage| content.tree.stage_instructions(stage));
    is_working.is_some_and(is_inside)
        || is_started
        || instructions.any(|instruction| match (&instruction.body, instruction.keyword) {
            (Body::Copy { destination, .. }, Keyword::Copy | Keyword::Add) => {
                is_inside(destination.raw())
            }
            _ => false,
        })
}

/// Whether an image starts what lies in the folder of custom engines, or works there.
pub(super) fn starts_custom_engine(config: &ImageConfig) -> bool {
    config.working_dir.as_deref().is_some_and(is_inside)
        || config.words().into_iter().any(is_inside)
}

/// Whether `path` is the folder, or lies in it.
pub(super) fn is_inside(path: &str) -> bool {
    path.strip_prefix(ENGINE_FOLDER.value)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
