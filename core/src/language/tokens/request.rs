//! Flat requests: parameters, options of a command line, query strings.

use super::Class;
use super::canvas::Canvas;
use super::scalar::class_of;
use crate::flattened::Flattened;
use crate::text::Span;

pub(super) fn paint(canvas: &mut Canvas<'_>, request: &Flattened) {
    let text = canvas.text();
    for comment in &request.comments {
        canvas.paint(*comment, Class::Comment);
    }
    for parameter in &request.parameters {
        canvas.paint(parameter.value_span, class_of(parameter.value.text()));
        let start = parameter.key_span.start as usize;
        let is_option = text.get(..start).is_some_and(|before| before.ends_with("--"));
        if is_option {
            canvas.paint_bytes(start - 2, start, Class::Flag);
        }
        canvas.paint(parameter.key_span, if is_option { Class::Flag } else { Class::Key });
        for (segment, span) in parameter.segments() {
            if segment.bytes().all(|byte| byte.is_ascii_digit()) && span.len() == segment.len() {
                canvas.paint(span, Class::Number);
            }
        }
    }
    for error in &request.errors {
        canvas.paint(error.span, Class::Error);
    }
    for piece in canvas.bare_pieces(Span::new(0, text.len())) {
        let letters = &text[piece.clone()];
        for (at, sign) in letters.match_indices(['=', ':', '&', '?', '\\']) {
            let class = if sign == "\\" { Class::Punctuation } else { Class::Operator };
            canvas.paint_bytes(piece.start + at, piece.start + at + sign.len(), class);
        }
    }
    if request.is_call {
        program(canvas);
    }
}

/// The words of a call that come before its parameters.
fn program(canvas: &mut Canvas<'_>) {
    let text = canvas.text();
    for piece in canvas.bare_pieces(Span::new(0, text.len())) {
        let letters = &text[piece.clone()];
        let mut at = 0;
        for word in letters.split(|c: char| !c.is_ascii_alphanumeric()) {
            canvas.paint_bytes(piece.start + at, piece.start + at + word.len(), Class::Command);
            // What ends a word may be a letter of several bytes.
            at += word.len();
            at += letters[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
}
