//! Patterns of `.dockerignore`.

use super::Class;
use super::canvas::Canvas;
use crate::document::DockerIgnoreContent;

pub(super) fn paint(canvas: &mut Canvas<'_>, content: &DockerIgnoreContent) {
    let text = canvas.text();
    for comment in &content.file.comments {
        canvas.paint(*comment, Class::Comment);
    }
    for pattern in &content.file.patterns {
        canvas.paint(pattern.span, Class::String);
        let start = pattern.span.start as usize;
        let written = text.get(pattern.span.range()).unwrap_or_default();
        for (at, sign) in written.match_indices(['!', '*', '?', '[', ']']) {
            if sign != "!" || at == 0 {
                canvas.paint_bytes(start + at, start + at + 1, Class::Operator);
            }
        }
    }
    for error in &content.errors {
        canvas.paint(error.span, Class::Error);
    }
}
