//! The boot file of a ModelArts batch service: starts what the image would start, and hands
//! SIGTERM on to it.

use crate::platforms::modelarts::spec::SERVICE_PORT;
use crate::shell::{Part, Position, SimpleCommand, Word, parse, quote};
use crate::text::MappedText;
use crate::tree::REPLACE_ME;

/// `run.sh` for an image that starts `argv`. `None` where it starts nothing, nothing that a script
/// can hold, or a script of its own.
pub(super) fn text(argv: &[String]) -> Option<String> {
    let names_a_script = |text: &String| {
        let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | '"' | '\'');
        text.split(ends).any(|word| word.ends_with(".sh"))
    };
    let is_left = argv.is_empty() || argv.iter().any(|word| word.contains('\0'));
    if is_left || argv.iter().any(names_a_script) {
        return None;
    }
    // The script's own variable is none that the command may read from its environment.
    let mut server = "server_pid".to_owned();
    while argv.iter().any(|word| word.contains(&server)) {
        server.push('_');
    }
    Some(script(&command(argv), &server))
}

fn script(command: &str, server: &str) -> String {
    let note = if command.contains(REPLACE_ME) {
        format!(
            "# {REPLACE_ME} stands for a secret of the image: read it from a file or a variable.\n"
        )
    } else {
        String::new()
    };
    format!(
        "#!/bin/sh\n\
         # Requests in flight get a minute to end before the server is told to stop.\n\
         # The server must listen on port {port}.\n\
         {note}\
         {server}=\"\"\n\n\
         stop() {{\n\
         \x20   if [ -n \"${server}\" ]; then\n\
         \x20       sleep 60\n\
         \x20       kill -TERM \"${server}\"\n\
         \x20       wait \"${server}\"\n\
         \x20   fi\n\
         }}\n\
         trap stop TERM\n\n\
         {command} &\n\
         {server}=$!\n\
         wait \"${server}\"\n",
        port = SERVICE_PORT.value,
    )
}

/// `argv` as a command of the script: a line that the same shell reads as it is, else its words
/// in quotes.
fn command(argv: &[String]) -> String {
    if let [shell, flag, line, ..] = argv
        && shell == "/bin/sh"
        && flag == "-c"
        && is_simple(line)
    {
        return line.trim().to_owned();
    }
    // `exec` starts programs only, never a builtin, a function or a keyword of that name.
    let words: Vec<String> = argv.iter().map(|word| quote(word)).collect();
    format!("exec {}", words.join(" "))
}

/// Whether `line` means the same in the script as it does alone: one command, which may be put into
/// the background, without what differs between the two.
fn is_simple(line: &str) -> bool {
    let line = line.trim();
    let (script, errors) = parse(&MappedText::verbatim(line, 0));
    let [command] = &script.commands[..] else { return false };
    // Comments and compound commands are no part of the command.
    let is_whole = whole(command) == Some((0, line.len()));
    is_whole
        && errors.is_empty()
        && command.redirections.is_empty()
        && command.position == Position::default()
        && command.before.is_none()
        && command.after.is_none()
        && !["stop", ""].contains(&command.name().unwrap_or(""))
        && command.words.iter().all(is_same_anywhere)
        && command
            .assignments
            .iter()
            .all(|one| one.elements.is_none() && is_same_anywhere(&one.value))
}

/// From the first to the last byte of the command.
fn whole(command: &SimpleCommand) -> Option<(usize, usize)> {
    let first =
        command.assignments.first().map(|one| one.span).or(Some(command.words.first()?.span))?;
    let last = command.words.last()?.span;
    Some((first.start as usize, last.end as usize))
}

/// Whether nothing stands in the word but letters and variables of the environment: `$0` and `$$` are
/// others there.
fn is_same_anywhere(word: &Word) -> bool {
    word.parts.iter().all(|part| match part {
        Part::Literal { .. } => true,
        Part::Variable { name, default, is_modified: false, .. } => {
            let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            is_name && !default.as_deref().unwrap_or_default().contains('$')
        }
        Part::Variable { .. } | Part::Substitution { .. } => false,
    })
}
