//! One RUN as the package rules look at it: the managers that it starts, what it mounts, what it
//! removes, and where a command can be put behind it.

use super::super::file::{File, inner};
use super::manager::{self, Invocation, lead, letters};
use crate::dockerfile::{BaseName, Body, CommandForm, Instruction, Keyword};
use crate::document::CommandLine;
use crate::rule::Fix;
use crate::shell::SimpleCommand;
use crate::text::{Place, Span, Text};

/// A RUN, also one behind ONBUILD.
pub(super) struct Run<'a> {
    pub(super) file: File<'a>,
    pub(super) line: &'a CommandLine,
    pub(super) instruction: &'a Instruction,
    /// The managers that it starts, in their order.
    pub(super) invocations: Vec<Invocation<'a>>,
    /// Whether what it leaves behind becomes part of the image that is built in the end: not in a
    /// stage from which files are only copied.
    pub(super) ships: bool,
}

/// What a variable holds for a command.
pub(super) enum Setting {
    Unset,
    Known(String),
    Unknown,
}

/// Every RUN of `file` that starts a package manager.
pub(super) fn runs(file: File<'_>) -> Vec<Run<'_>> {
    let tree = &file.content.tree;
    let first = tree.stages.first().map_or(tree.instructions.len(), |stage| stage.range.start);
    let chain = tree.chain();
    let mut found = Vec::new();
    for line in file.runs() {
        let commands = line.script.commands.iter().enumerate();
        let invocations: Vec<Invocation<'_>> =
            commands.filter_map(|(at, command)| manager::read(command, at)).collect();
        let Some(instruction) = tree.instructions.get(line.instruction) else { continue };
        if !invocations.is_empty() {
            let at = line.instruction;
            // A stage with ONBUILD is made to be built upon.
            let ships = line.is_onbuild
                || at < first
                || chain.iter().any(|stage| stage.range.contains(&at));
            found.push(Run { file, line, instruction: inner(instruction), invocations, ships });
        }
    }
    found
}

/// Whether an instruction of `file` speaks of `needle`, a setting that changes what a manager does.
pub(super) fn speaks_of(file: File<'_>, needle: &str) -> bool {
    file.instructions().any(|(_, instruction)| {
        let instruction = inner(instruction);
        instruction.arguments.text().contains(needle)
            || instruction.heredocs.iter().any(|one| one.body.text().contains(needle))
    })
}

impl<'a> Run<'a> {
    /// The commands of the script.
    pub(super) fn commands(&self) -> &'a [SimpleCommand] {
        &self.line.script.commands
    }

    /// Whether a cache or a file system in memory is mounted where `is_meant` says; what is
    /// written there is not part of the image.
    pub(super) fn mounts(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        let flags = self.instruction.flags.iter().filter(|flag| flag.name == "mount");
        flags.filter_map(|flag| flag.value.as_ref()).any(|value| {
            let fields = || value.raw().trim_matches(['"', '\'']).split(',').map(str::trim);
            let is_apart = fields().any(|field| {
                field.eq_ignore_ascii_case("type=cache") || field.eq_ignore_ascii_case("type=tmpfs")
            });
            let target = fields().find_map(|field| {
                let (key, value) = field.split_once('=')?;
                matches!(key, "target" | "dst" | "destination").then_some(value)
            });
            // A path with a variable may be any.
            is_apart && target.is_some_and(|path| path.contains('$') || is_meant(path))
        })
    }

    /// Whether `path`, or a folder above it, is such a mount.
    pub(super) fn mounts_path(&self, path: &str) -> bool {
        self.mounts(|target| is_within(path, target.trim_end_matches('/')))
    }

    /// Whether a command behind number `at` removes what `is_meant` says, or is called a cleaner.
    pub(super) fn removes(&self, at: usize, is_meant: impl Fn(&str) -> bool) -> bool {
        let mut folder = String::new();
        for (index, command) in self.commands().iter().enumerate() {
            // `sudo rm`
            let words = command.words.iter().skip_while(|word| word.literal() == Some("sudo"));
            let mut words = words.into_iter();
            let name = words.next().map(lead).unwrap_or_default();
            let name = name.rsplit('/').next().unwrap_or_default();
            if name == "cd" {
                folder = words.next().and_then(letters).unwrap_or_default();
            } else if index > at && matches!(name, "rm" | "find" | "unlink" | "truncate") {
                let is_removed = |path: &str| {
                    is_meant(path)
                        || (!path.starts_with('/')
                            && !folder.is_empty()
                            && is_meant(&format!("{}/{path}", folder.trim_end_matches('/'))))
                };
                if words.any(|word| paths_of(word).iter().any(|path| is_removed(path))) {
                    return true;
                }
            } else if index > at && name.contains("clean") {
                return true;
            }
        }
        false
    }

    /// Whether a command behind number `at` removes `path`, something in it or a folder above it.
    pub(super) fn removes_path(&self, at: usize, path: &str) -> bool {
        self.removes(at, |removed| {
            let removed = removed.trim_end_matches(['*', '/', '.']);
            is_within(path, removed) || is_within(removed, path)
        })
    }

    /// What the variable `name` holds for `invocation`.
    pub(super) fn setting(&self, invocation: &Invocation<'_>, name: &str) -> Setting {
        if let Some((_, value)) = invocation.variables.iter().rev().find(|(known, _)| known == name)
        {
            return value.clone().map_or(Setting::Unknown, Setting::Known);
        }
        for command in self.commands().iter().take(invocation.at).rev() {
            if let Some(setting) = exported(command, name) {
                return setting;
            }
        }
        self.setting_before(name)
    }

    /// What ENV and ARG of this stage and its bases say of `name` before this RUN.
    fn setting_before(&self, name: &str) -> Setting {
        let tree = &self.file.content.tree;
        let mut end = self.line.instruction;
        let mut stage = tree.stages.iter().rfind(|stage| stage.range.contains(&end));
        loop {
            let start = stage.map_or(0, |stage| stage.range.start);
            let before = tree.instructions.get(start..end).unwrap_or_default();
            for instruction in before.iter().rev() {
                if let Some(setting) = declared(instruction, name) {
                    return setting;
                }
            }
            // A base stage always stands before its user, so this ends.
            let Some(BaseName::Stage(base)) = stage.map(|stage| &stage.base) else { break };
            let Some(next) = tree.stages.get(*base).filter(|next| next.range.end <= start) else {
                break;
            };
            (stage, end) = (Some(next), next.range.end);
        }
        Setting::Unset
    }

    /// Puts ` words` behind `word`, where it stands as it is and a shell reads it.
    pub(super) fn insert_behind(
        &self,
        word: &crate::shell::Word,
        words: &str,
        title: Text,
    ) -> Option<Fix> {
        let is_editable = self.line.interpreter.is_posix() && manager::is_plain(word);
        let at = self.file.at(Span::at(word.span.end as usize));
        is_editable.then(|| Fix::safe(title).arg("words", words).replace(at, format!(" {words}")))
    }

    /// Puts ` && command` behind the last command, where that runs just as `invocation` did.
    pub(super) fn append(
        &self,
        invocation: &Invocation<'_>,
        command: &str,
        title: Text,
    ) -> Option<Fix> {
        let position = &invocation.command.position;
        let is_sure = !(position.in_branch
            || position.in_condition
            || position.after_or
            || position.is_background
            || position.in_substitution
            || position.function.is_some());
        if !is_sure || invocation.is_sudo || !self.instruction.heredocs.is_empty() {
            return None;
        }
        let Some(CommandForm::Shell { text, .. }) = self.instruction.command() else { return None };
        let end = text.text().trim_end().len();
        let last = text.text().get(..end)?.chars().next_back()?;
        let start = end.checked_sub(last.len_utf8())?;
        let script = &self.line.script;
        let place = text.span(start, end);
        let has_comment = script.comments.iter().any(|comment| comment.end >= place.end);
        let leaves = script.commands.last().is_some_and(|command| {
            matches!(command.name(), Some("exit" | "exec" | "return" | "set"))
                || command.position.is_background
        });
        let is_open = matches!(last, '&' | ';' | '|' | '\\') || !text.is_verbatim(start, end);
        if !self.line.interpreter.is_posix()
            || !self.line.errors.is_empty()
            || is_open
            || has_comment
            || leaves
        {
            return None;
        }
        let at: Place = self.file.at(Span::at(place.end as usize));
        Some(Fix::safe(title).arg("command", command).replace(at, format!(" && {command}")))
    }
}

/// Whether `path` is `folder` or lies in it. The root is nobody's folder here.
fn is_within(path: &str, folder: &str) -> bool {
    !folder.is_empty()
        && path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// No word stands for more paths.
const MOST_PATHS: usize = 32;

/// The paths that a word stands for: `/var/{lib,cache}/apt` is two.
fn paths_of(word: &crate::shell::Word) -> Vec<String> {
    let mut open = vec![lead(word)];
    let mut paths = Vec::new();
    while let Some(path) = open.pop() {
        let braces =
            path.find('{').and_then(|from| Some((from, from + path.get(from..)?.find('}')?)));
        let parts = braces.and_then(|(from, to)| {
            Some((path.get(..from)?, path.get(from + 1..to)?, path.get(to + 1..)?))
        });
        match parts {
            Some((before, inside, after)) if open.len() + paths.len() < MOST_PATHS => {
                let choices = inside.split(',').take(MOST_PATHS);
                open.extend(choices.map(|choice| format!("{before}{choice}{after}")));
            }
            _ => paths.push(path),
        }
        if paths.len() > MOST_PATHS {
            break;
        }
    }
    paths
}

/// What `export NAME=value`, or `NAME=value` alone, says of `name`.
fn exported(command: &SimpleCommand, name: &str) -> Option<Setting> {
    if command.words.is_empty() {
        let assignment = command.assignments.iter().rev().find(|one| one.name == name)?;
        return Some(letters(&assignment.value).map_or(Setting::Unknown, Setting::Known));
    }
    if command.name() != Some("export") {
        return None;
    }
    command.words.iter().skip(1).rev().find_map(|word| {
        let text = lead(word);
        let (known, value) = text.split_once('=')?;
        let setting = if letters(word).is_some() {
            Setting::Known(value.to_owned())
        } else {
            Setting::Unknown
        };
        (known == name).then_some(setting)
    })
}

/// What ENV or ARG says of `name`.
fn declared(instruction: &Instruction, name: &str) -> Option<Setting> {
    let pairs = match &instruction.body {
        Body::Pairs { pairs, .. } if instruction.keyword == Keyword::Env => pairs,
        Body::Args(pairs) => pairs,
        _ => return None,
    };
    let pair = pairs.iter().rev().find(|pair| pair.name.raw() == name)?;
    let Some(value) = &pair.value else { return Some(Setting::Unknown) };
    let value = value.raw().trim_matches(['"', '\'']);
    Some(if value.contains('$') { Setting::Unknown } else { Setting::Known(value.to_owned()) })
}
