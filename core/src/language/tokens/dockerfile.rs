//! Dockerfiles by their tree; what RUN and its kin hand to a shell, as a script.

use super::Class;
use super::canvas::Canvas;
use super::shell;
use crate::dockerfile::{
    Body, CommandForm, Directive, Instruction, Keyword, Pair, Word, fields, variables_used,
};
use crate::document::{CommandLine, DockerfileContent};
use crate::text::Span;

pub(super) fn paint(canvas: &mut Canvas<'_>, content: &DockerfileContent) {
    let tree = &content.tree;
    for directive in &tree.directives {
        paint_directive(canvas, directive);
    }
    for (index, instruction) in tree.instructions.iter().enumerate() {
        if canvas.is_hidden(instruction.span) {
            continue;
        }
        let (outer, inner) = match &instruction.body {
            Body::Onbuild(inner) => (instruction, &**inner),
            _ => (instruction, instruction),
        };
        canvas.paint(outer.keyword_span, Class::Keyword);
        paint_instruction(canvas, inner, content.command_line(index), tree.escape);
        // A comment may stand between the lines of an instruction.
        for comment in comments_within(content, instruction.span) {
            canvas.paint(comment, Class::Comment);
        }
        if let Some(line) = content.command_line(index) {
            paint_script(canvas, inner, line);
        }
        paint_rest(canvas, outer.span, tree.escape);
    }
    for comment in &tree.comments {
        canvas.paint(comment.span, Class::Comment);
    }
}

fn comments_within(content: &DockerfileContent, span: Span) -> impl Iterator<Item = Span> {
    let comments = &content.tree.comments;
    let first = comments.partition_point(|comment| comment.span.start < span.start);
    let rest = comments.get(first..).unwrap_or_default().iter().map(|comment| comment.span);
    rest.take_while(move |comment| comment.start < span.end)
}

fn paint_directive(canvas: &mut Canvas<'_>, directive: &Directive) {
    let text = canvas.text();
    let before = text.get(..directive.name_span.start as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    canvas.paint_bytes(start, directive.value_span.end as usize, Class::Comment);
    canvas.paint(directive.name_span, Class::Keyword);
    let class = if directive.name == "syntax" { Class::Image } else { Class::String };
    canvas.paint(directive.value_span, class);
}

fn paint_instruction(
    canvas: &mut Canvas<'_>,
    instruction: &Instruction,
    line: Option<&CommandLine>,
    escape: char,
) {
    let is_unknown = instruction.keyword == Keyword::Unknown;
    let class = if is_unknown { Class::Error } else { Class::Keyword };
    canvas.paint(instruction.keyword_span, class);
    for flag in &instruction.flags {
        canvas.paint(flag.name_span, Class::Flag);
        let Some(value) = &flag.value else { continue };
        match flag.name.as_str() {
            "from" => canvas.paint(value.span, Class::Stage),
            "mount" => paint_mount(canvas, value),
            _ => canvas.paint(value.span, Class::String),
        }
    }
    paint_body(canvas, instruction, escape);
    for heredoc in &instruction.heredocs {
        canvas.paint(heredoc.marker, Class::Heredoc);
        canvas.paint(heredoc.span, Class::Heredoc);
    }
    // The shell sees its own variables where it reads the line.
    if line.is_none_or(|line| !line.interpreter.is_posix()) || !instruction.flags.is_empty() {
        for one in variables_used(instruction, escape) {
            canvas.paint(one.span, Class::Variable);
        }
    }
}

fn paint_mount(canvas: &mut Canvas<'_>, value: &Word) {
    for field in fields(value) {
        canvas.paint(field.key_span, Class::Key);
        if field.has_value {
            let class = if field.key == "from" { Class::Stage } else { Class::String };
            canvas.paint(field.value.span, class);
        }
    }
}

fn paint_body(canvas: &mut Canvas<'_>, instruction: &Instruction, escape: char) {
    match &instruction.body {
        Body::From { image, as_word, name } => {
            canvas.paint(image.span, Class::Image);
            if let Some(word) = as_word {
                canvas.paint(word.span, Class::Keyword);
            }
            if let Some(name) = name {
                canvas.paint(name.span, Class::Stage);
            }
        }
        Body::Command(form) | Body::Healthcheck(Some(form)) => {
            if instruction.keyword == Keyword::Healthcheck {
                // `CMD` stands before the command.
                canvas.paint_bytes(
                    instruction.arguments_span().start as usize,
                    instruction.arguments_span().start as usize + "CMD".len(),
                    Class::Keyword,
                );
            }
            if let CommandForm::Exec(words) = form {
                words.iter().for_each(|word| canvas.paint(word.span, Class::String));
            }
        }
        Body::Healthcheck(None) => {
            let start = instruction.arguments_span().start as usize;
            canvas.paint_bytes(start, start + "NONE".len(), Class::Keyword);
        }
        Body::Copy { sources, destination } => {
            sources.iter().for_each(|word| paint_word(canvas, word, instruction, escape));
            paint_word(canvas, destination, instruction, escape);
        }
        Body::Pairs { pairs, .. } | Body::Args(pairs) => {
            pairs.iter().for_each(|pair| paint_pair(canvas, pair, instruction, escape));
        }
        Body::Words(words) => {
            words.iter().for_each(|word| paint_word(canvas, word, instruction, escape));
        }
        Body::Text(word) => match instruction.keyword {
            Keyword::Maintainer => canvas.paint(word.span, Class::String),
            _ => paint_word(canvas, word, instruction, escape),
        },
        Body::Onbuild(_) | Body::Broken => {}
    }
}

fn paint_pair(canvas: &mut Canvas<'_>, pair: &Pair, instruction: &Instruction, escape: char) {
    let is_label = instruction.keyword == Keyword::Label;
    let class = if is_label { Class::Key } else { Class::Variable };
    canvas.paint(pair.name.span, class);
    if let Some(value) = &pair.value {
        if pair.name.span.end < value.span.start {
            let gap = Span { start: pair.name.span.end, end: value.span.start };
            let is_sign = canvas.text().get(gap.range()) == Some("=");
            if is_sign {
                canvas.paint(gap, Class::Operator);
            }
        }
        paint_word(canvas, value, instruction, escape);
    }
}

/// A word as the builder reads it: what of it stands in quotes, and numbers of ports.
fn paint_word(canvas: &mut Canvas<'_>, word: &Word, instruction: &Instruction, escape: char) {
    if instruction.is_json {
        canvas.paint(word.span, Class::String);
        return;
    }
    canvas.plain(word.span);
    let letters = word.raw();
    if matches!(instruction.keyword, Keyword::Expose) {
        let digits = letters.bytes().take_while(|byte| byte.is_ascii_digit()).count();
        canvas.paint(word.text.span(0, digits), Class::Number);
    }
    let mut open: Option<(usize, char)> = None;
    let mut rest = letters.char_indices();
    while let Some((at, letter)) = rest.next() {
        match open {
            _ if letter == escape && open.is_none_or(|(_, quote)| quote != '\'') => {
                rest.next();
            }
            None if matches!(letter, '"' | '\'') => open = Some((at, letter)),
            Some((from, quote)) if letter == quote => {
                canvas.paint(word.text.span(from, at + 1), Class::String);
                open = None;
            }
            _ => {}
        }
    }
    if let Some((from, _)) = open {
        canvas.paint(word.text.span(from, letters.len()), Class::String);
    }
}

/// What a shell is given: the line, or the text of the heredoc that is the script.
fn paint_script(canvas: &mut Canvas<'_>, instruction: &Instruction, line: &CommandLine) {
    let form = match &instruction.body {
        Body::Command(form) | Body::Healthcheck(Some(form)) => form,
        _ => return,
    };
    let CommandForm::Shell { text, .. } = form else { return };
    if !line.interpreter.is_posix() {
        return;
    }
    let place = text.whole();
    match &instruction.heredocs[..] {
        [heredoc] if instruction.keyword == Keyword::Run && heredoc.marker.contains(place) => {
            let body = heredoc.body.whole();
            canvas.bare(body);
            shell::paint(canvas, &line.script, body);
        }
        _ => shell::paint(canvas, &line.script, place),
    }
}

/// Brackets and commas of the JSON form, and the signs that continue lines.
fn paint_rest(canvas: &mut Canvas<'_>, span: Span, escape: char) {
    let text = canvas.text();
    for piece in canvas.bare_pieces(span) {
        let letters = &text[piece.clone()];
        for (at, letter) in letters.char_indices() {
            let is_line_end = || {
                let rest = text.get(piece.start + at + 1..).unwrap_or_default();
                rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
            };
            let class = match letter {
                '[' | ']' | ',' => Class::Punctuation,
                '=' => Class::Operator,
                _ if letter == escape && is_line_end() => Class::Punctuation,
                _ => continue,
            };
            canvas.paint_bytes(piece.start + at, piece.start + at + 1, class);
        }
    }
}
