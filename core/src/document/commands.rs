//! The command lines of a Dockerfile, read: what each RUN, CMD, ENTRYPOINT and HEALTHCHECK runs,
//! and who reads it.

use std::sync::Arc;

use super::Pragma;
use crate::dockerfile::{Body, CommandForm, Dockerfile, Instruction, Keyword, Stage};
use crate::shell::{self, Part, Script, SimpleCommand, Word};
use crate::text::{MappedText, Span, SyntaxError};

/// What one instruction runs.
#[derive(Clone, Debug)]
pub struct CommandLine {
    /// Index of the instruction in the tree.
    pub instruction: usize,
    /// Which instruction it is; that behind ONBUILD, if it is one.
    pub keyword: Keyword,
    /// Whether it runs in the builds of those who use the image.
    pub is_onbuild: bool,
    /// Who reads it.
    pub interpreter: Interpreter,
    /// The commands; empty where the interpreter is no shell that we read.
    pub script: Script,
    /// What of the script could not be read.
    pub errors: Vec<SyntaxError>,
}

/// Who reads a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interpreter {
    /// Nobody: exec form.
    None,
    /// A POSIX shell, or one that reads its language.
    Posix {
        /// The program: `sh`, `bash`.
        name: Arc<String>,
        /// Whether SHELL sets `-o pipefail`.
        has_pipefail: bool,
        /// Whether SHELL or a `#!` line sets `-e`.
        has_errexit: bool,
        /// Whether SHELL or a `#!` line names it, rather than the default `/bin/sh -c`.
        is_named: bool,
    },
    /// Something else: PowerShell, cmd, Python …
    Other,
}

impl Interpreter {
    /// Whether it reads the shell's language.
    pub fn is_posix(&self) -> bool {
        matches!(self, Interpreter::Posix { .. })
    }
}

const POSIX_SHELLS: &[&str] = &["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "busybox"];

/// Every command line of `dockerfile`, which was read from `source`, in the order of the
/// instructions.
pub(super) fn read(dockerfile: &Dockerfile, source: &str) -> Vec<CommandLine> {
    let mut lines = Vec::new();
    let mut commands_left = shell::MOST_COMMANDS;
    let mut pragmas = shell_pragmas(dockerfile, source);
    let first = dockerfile.stages.first().map_or(dockerfile.instructions.len(), |s| s.range.start);
    // What stands above the first FROM holds for every stage that starts anew.
    let start = dockerfile.instructions.get(first).map_or(u32::MAX, |one| one.span.start);
    let above = pragmas.partition_point(|(at, _)| *at < start);
    let initial = pragmas.drain(..above).next_back().map_or_else(default_shell, |(_, shell)| shell);
    let mut pragmas = pragmas.into_iter().peekable();
    let begin = |_: &Stage| initial.clone();
    dockerfile.flow(begin, |stage, mut current| {
        for index in stage.range.clone() {
            let Some(instruction) = dockerfile.instructions.get(index) else { continue };
            while let Some((_, shell)) = pragmas.next_if(|(at, _)| *at < instruction.span.start) {
                current = shell;
            }
            if instruction.keyword == Keyword::Shell {
                if let Some(CommandForm::Exec(words)) = instruction.command() {
                    let words: Vec<&str> = words.iter().map(|word| word.value.text()).collect();
                    current = interpreter(&words, true);
                }
                continue;
            }
            lines.extend(of_instruction(index, instruction, &current, &mut commands_left));
        }
        current
    });
    // Instructions before the first FROM are an error, but rules may still look at them.
    let early = dockerfile.instructions.iter().take(first).enumerate();
    let mut early: Vec<CommandLine> = early
        .filter_map(|(index, instruction)| {
            of_instruction(index, instruction, &initial, &mut commands_left)
        })
        .collect();
    early.append(&mut lines);
    early
}

/// `# hadolint shell=…` comments: where each stands and what reads the commands below it.
fn shell_pragmas(dockerfile: &Dockerfile, source: &str) -> Vec<(u32, Interpreter)> {
    let read = |at: Span| {
        let comment = source.get(at.range())?;
        match Pragma::read(comment)? {
            Pragma::Shell(name) => Some((at.start, interpreter(&[comment.get(name)?], true))),
            _ => None,
        }
    };
    dockerfile.comments.iter().filter_map(|comment| read(comment.span)).collect()
}

fn default_shell() -> Interpreter {
    Interpreter::Posix {
        name: Arc::new("sh".to_owned()),
        has_pipefail: false,
        has_errexit: false,
        is_named: false,
    }
}

/// The shell that `words` start: `["/bin/bash", "-o", "pipefail", "-c"]`.
fn interpreter(words: &[&str], is_named: bool) -> Interpreter {
    let Some(program) = words.first() else { return default_shell() };
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let name = name.strip_suffix(".exe").unwrap_or(name).to_ascii_lowercase();
    // `/usr/bin/env bash`
    if name == "env" && words.len() > 1 {
        return interpreter(&words[1..], is_named);
    }
    if !POSIX_SHELLS.contains(&name.as_str()) {
        return Interpreter::Other;
    }
    let has_pipefail = words
        .windows(2)
        .any(|pair| pair[1] == "pipefail" && pair[0].starts_with('-') && pair[0].ends_with('o'));
    // `-e`, `-ec`, `-euo`; behind `-c` or a word the script's own arguments begin.
    let has_errexit = words
        .iter()
        .skip(1)
        .filter(|word| word.starts_with('-') && !word.starts_with("--"))
        .any(|word| word.contains('e'));
    Interpreter::Posix { name: Arc::new(name), has_pipefail, has_errexit, is_named }
}

fn of_instruction(
    index: usize,
    instruction: &Instruction,
    shell: &Interpreter,
    commands_left: &mut usize,
) -> Option<CommandLine> {
    let (instruction, is_onbuild) = match &instruction.body {
        Body::Onbuild(inner) => (&**inner, true),
        _ => (instruction, false),
    };
    let form = match (&instruction.body, instruction.keyword) {
        (Body::Command(form), Keyword::Run | Keyword::Cmd | Keyword::Entrypoint)
        | (Body::Healthcheck(Some(form)), _) => form,
        _ => return None,
    };
    let mut line = CommandLine {
        instruction: index,
        keyword: instruction.keyword,
        is_onbuild,
        interpreter: shell.clone(),
        script: Script::default(),
        errors: Vec::new(),
    };
    match form {
        CommandForm::Exec(words) => {
            line.interpreter = Interpreter::None;
            line.script.commands.extend(simple(words.iter().map(|word| &word.value)));
        }
        CommandForm::Shell { text, .. } => {
            let body = only_heredoc(instruction, text);
            if let Some((body, shebang)) = body {
                if let Some(shebang) = shebang {
                    let words: Vec<&str> = shebang.split_whitespace().collect();
                    line.interpreter = interpreter(&words, true);
                }
                line.read(body, commands_left);
            } else if instruction.heredocs.is_empty() || instruction.keyword != Keyword::Run {
                line.read(text, commands_left);
            } else {
                line.read(&with_heredocs(instruction, text), commands_left);
            }
        }
    }
    Some(line)
}

impl CommandLine {
    /// Reads `text`, but no more commands than are left to all command lines of the file.
    fn read(&mut self, text: &MappedText, commands_left: &mut usize) {
        if self.interpreter.is_posix() {
            (self.script, self.errors) = shell::parse_at_most(text, *commands_left);
            *commands_left = commands_left.saturating_sub(self.script.commands.len());
        }
    }
}

/// `RUN <<EOF`: the body is the script, and its `#!` line names who reads it.
fn only_heredoc<'a>(
    instruction: &'a Instruction,
    text: &MappedText,
) -> Option<(&'a MappedText, Option<&'a str>)> {
    let [heredoc] = &instruction.heredocs[..] else { return None };
    if instruction.keyword != Keyword::Run || !text.text().trim().starts_with("<<") {
        return None;
    }
    if text.text().trim().contains(char::is_whitespace) {
        return None;
    }
    let first = heredoc.body.text().lines().next().unwrap_or_default();
    Some((&heredoc.body, first.strip_prefix("#!")))
}

/// `RUN cat <<EOF > file`: the shell gets the line and the bodies behind it.
fn with_heredocs(instruction: &Instruction, line: &MappedText) -> MappedText {
    let mut text = line.clone();
    for heredoc in &instruction.heredocs {
        let end = Span::at(heredoc.span.end as usize);
        text.push_decoded("\n", Span::at(heredoc.span.start as usize));
        text.append(&heredoc.body);
        text.push_decoded(&heredoc.name, end);
    }
    text
}

/// The words of an exec form as one command.
fn simple<'a>(words: impl Iterator<Item = &'a MappedText>) -> Option<SimpleCommand> {
    let words: Vec<Word> = words
        .map(|text| Word {
            parts: vec![Part::Literal { text: text.clone(), is_quoted: true }],
            span: text.whole(),
        })
        .collect();
    let span: Span = words.first()?.span.to(words.last()?.span);
    Some(SimpleCommand { words, span, ..SimpleCommand::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str) -> Vec<String> {
        let (tree, _) = crate::dockerfile::parse(source);
        let who = |interpreter: &Interpreter| match interpreter {
            Interpreter::None => "exec".to_owned(),
            Interpreter::Posix { name, has_pipefail: true, .. } => format!("{name} pipefail"),
            Interpreter::Posix { name, .. } => name.to_string(),
            Interpreter::Other => "other".to_owned(),
        };
        read(&tree, source)
            .iter()
            .map(|line| {
                let names: Vec<&str> =
                    line.script.commands.iter().filter_map(SimpleCommand::name).collect();
                format!("{} {}: {}", line.keyword.name(), who(&line.interpreter), names.join(" "))
            })
            .collect()
    }

    #[test]
    fn each_command_line_is_read_by_its_shell() {
        let source = "FROM a AS b\nRUN one && two\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n\
            RUN three\nFROM b\nRUN four\nSHELL [\"powershell\"]\nRUN Get-Item\nCMD [\"five\", \"x\"]\n\
            HEALTHCHECK CMD six\nONBUILD RUN seven\n";
        assert_eq!(
            lines(source),
            [
                "RUN sh: one two",
                "RUN bash pipefail: three",
                "RUN bash pipefail: four",
                "RUN other: ",
                "CMD exec: five",
                "HEALTHCHECK other: ",
                "RUN other: ",
            ]
        );
    }

    #[test]
    fn a_comment_for_hadolint_names_the_shell() {
        let above = "# hadolint shell=powershell\nFROM a\nRUN one\nFROM b\nRUN two\n";
        assert_eq!(lines(above), ["RUN other: ", "RUN other: "]);
        let within =
            "FROM a\nRUN one\n# hadolint shell = /bin/bash # why\nRUN two\nFROM b\nRUN three\n";
        assert_eq!(lines(within), ["RUN sh: one", "RUN bash: two", "RUN sh: three"]);
        assert_eq!(lines("# hadolint shell=cmd\nRUN one\n"), ["RUN other: "]);
    }

    #[test]
    fn a_heredoc_alone_is_the_script() {
        assert_eq!(lines("FROM a\nRUN <<EOF\none\ntwo\nEOF\n"), ["RUN sh: one two"]);
        assert_eq!(lines("FROM a\nRUN <<EOF\n#!/bin/bash\none\nEOF\n"), ["RUN bash: one"]);
        assert_eq!(
            lines("FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nimport x\nEOF\n"),
            ["RUN other: "]
        );
        assert_eq!(lines("FROM a\nRUN python3 <<EOF\nimport x\nEOF\n"), ["RUN sh: python3"]);
    }
}
