//! The shell's language: what the parser keeps of a script, and over the rest (reserved words,
//! operators, tests) a lexical look.

mod remainder;

use super::Class;
use super::canvas::Canvas;
use crate::document::ShellContent;
use crate::shell::{Assignment, Part, Redirection, Script, SimpleCommand, Word};
use crate::text::{MappedText, Span};

/// A script that is a document of its own.
pub(super) fn paint_whole(canvas: &mut Canvas<'_>, content: &ShellContent) {
    let whole = Span::new(0, canvas.text().len());
    paint(canvas, &content.script, whole);
}

/// `script`, which stands at `whole`.
pub(super) fn paint(canvas: &mut Canvas<'_>, script: &Script, whole: Span) {
    // What stands in a substitution is painted over the word around it.
    let mut commands: Vec<&SimpleCommand> = script.commands.iter().collect();
    commands.sort_by_key(|command| command.position.level);
    for command in commands {
        paint_command(canvas, command);
    }
    for one in &script.loops {
        canvas.paint(one.name_span, Class::Variable);
        for word in one.words.iter().flatten() {
            paint_word(canvas, word, false);
        }
    }
    for function in &script.functions {
        canvas.paint(function.name_span, Class::Command);
    }
    for redirection in &script.redirections {
        paint_redirection(canvas, redirection);
    }
    for comment in script.comments.iter().chain(&script.shebang) {
        canvas.paint(*comment, Class::Comment);
    }
    remainder::paint(canvas, whole);
}

fn paint_command(canvas: &mut Canvas<'_>, command: &SimpleCommand) {
    for assignment in &command.assignments {
        paint_assignment(canvas, assignment);
    }
    for (index, word) in command.words.iter().enumerate() {
        if canvas.is_hidden(word.span) {
            continue;
        }
        if index == 0 && word.literal().is_some() {
            canvas.paint(word.span, Class::Command);
            continue;
        }
        paint_word(canvas, word, index > 0);
        if command.name().is_some_and(|name| DECLARE.contains(&name)) {
            paint_declared(canvas, word);
        }
    }
    for redirection in &command.redirections {
        paint_redirection(canvas, redirection);
    }
}

/// Commands whose words are assignments.
const DECLARE: &[&str] = &["export", "readonly", "local", "declare", "typeset", "env"];

/// The name in `NAME=value`.
fn paint_declared(canvas: &mut Canvas<'_>, word: &Word) {
    let start = word.span.start as usize;
    let written = canvas.text().get(word.span.range()).unwrap_or_default();
    let Some((name, _)) = written.split_once('=') else { return };
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name {
        canvas.paint_bytes(start, start + name.len(), Class::Variable);
        canvas.paint_bytes(start + name.len(), start + name.len() + 1, Class::Operator);
    }
}

fn paint_assignment(canvas: &mut Canvas<'_>, assignment: &Assignment) {
    if canvas.is_hidden(assignment.span) {
        return;
    }
    let start = assignment.span.start as usize;
    paint_word(canvas, &assignment.value, false);
    canvas.paint_bytes(start, start + assignment.name.len(), Class::Variable);
    for word in assignment.elements.iter().flatten() {
        paint_word(canvas, word, false);
    }
}

fn paint_redirection(canvas: &mut Canvas<'_>, redirection: &Redirection) {
    let body = redirection.heredoc.as_ref().map_or(redirection.span, |heredoc| heredoc.span);
    if canvas.is_hidden(redirection.span) && canvas.is_hidden(body) {
        return;
    }
    if redirection.is_heredoc() {
        canvas.paint(redirection.span, Class::Heredoc);
    } else {
        canvas.paint(redirection.span, Class::Operator);
        let target = redirection.target.span;
        // A descriptor is part of the sign: `2>&1`.
        if redirection.operator.ends_with('&') && target.len() == 1 {
            return;
        }
        let gap = Span { start: redirection.span.start, end: target.start };
        canvas.bare(Span { start: gap.start, end: target.end });
        let sign = canvas.text().get(gap.range()).unwrap_or_default().trim_end().len();
        canvas.paint_bytes(gap.start as usize, gap.start as usize + sign, Class::Operator);
        paint_word(canvas, &redirection.target, false);
    }
    if let Some(heredoc) = &redirection.heredoc {
        canvas.paint(heredoc.span, Class::Heredoc);
        if !heredoc.is_quoted {
            paint_variables(canvas, &heredoc.body, Class::Heredoc);
        }
    }
}

/// The letters of a word: those in quotes, options, variables.
fn paint_word(canvas: &mut Canvas<'_>, word: &Word, may_be_option: bool) {
    let is_quoted = |part: &Part| match part {
        Part::Literal { is_quoted, .. }
        | Part::Variable { is_quoted, .. }
        | Part::Substitution { is_quoted, .. } => *is_quoted,
    };
    let text = canvas.text();
    let written = text.get(word.span.range()).unwrap_or_default();
    if word.parts.iter().any(is_quoted) || written.contains(['"', '\'']) {
        paint_quoted(canvas, written, word.span.start as usize);
    } else {
        canvas.plain(word.span);
    }
    if may_be_option && written.starts_with('-') && written.len() > 1 {
        let end = |c: char| matches!(c, '=' | '"' | '\'' | '$' | '\\' | '`') || c.is_whitespace();
        let length = written.find(end).unwrap_or(written.len());
        let start = word.span.start as usize;
        canvas.paint_bytes(start, start + length, Class::Flag);
    }
    for part in &word.parts {
        match part {
            Part::Literal { .. } => {}
            Part::Variable { span, .. } => canvas.paint(*span, Class::Variable),
            Part::Substitution { span, .. } => canvas.bare(*span),
        }
    }
}

/// What of `written`, a word that stands at `start`, is in quotes.
fn paint_quoted(canvas: &mut Canvas<'_>, written: &str, start: usize) {
    let end = start + written.len();
    canvas.plain(Span::new(start, end));
    let mut open: Option<(usize, char)> = None;
    let mut letters = written.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (letter, open) {
            ('\\', None | Some((_, '"'))) => {
                letters.next();
            }
            ('"' | '\'', None) => open = Some((at, letter)),
            (_, Some((from, quote))) if letter == quote => {
                canvas.paint_bytes(start + from, start + at + 1, Class::String);
                open = None;
            }
            _ => {}
        }
    }
    if let Some((from, _)) = open {
        canvas.paint_bytes(start + from, end, Class::String);
    }
}

/// The variables in letters that a shell expands, such as a heredoc's.
pub(super) fn paint_variables(canvas: &mut Canvas<'_>, body: &MappedText, around: Class) {
    let letters = body.text();
    let mut at = 0;
    while let Some(found) = letters[at..].find('$') {
        let from = at + found;
        let is_escaped =
            letters[..from].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2;
        let length = if is_escaped == 1 { 0 } else { variable_length(&letters[from..]) };
        if length > 1 {
            canvas.paint(body.span(from, from + length), Class::Variable);
        } else if length == 1 {
            canvas.paint(body.span(from, from + 1), around);
        }
        at = from + length.max(1);
    }
}

/// A longer use of a variable is not looked for.
const LONGEST_USE: usize = 512;

/// How many letters of `rest`, which begins with `$`, are a variable's use; 1 if none is.
pub(super) fn variable_length(rest: &str) -> usize {
    let inner = rest.get(1..).unwrap_or_default();
    if let Some(inner) = inner.strip_prefix('{') {
        let mut depth = 1_usize;
        for (at, letter) in inner.char_indices().take(LONGEST_USE) {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                '\n' => return 2,
                _ => {}
            }
            if depth == 0 {
                return 2 + at + 1;
            }
        }
        return 2;
    }
    let name =
        inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    match inner.bytes().next() {
        Some(first) if first.is_ascii_digit() => 2,
        Some(b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!') => 2,
        _ => 1 + name,
    }
}
