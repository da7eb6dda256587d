//! One RUN with the package managers that it starts, what it mounts and what it removes.

use std::ops::Range;
use std::sync::Arc;

use super::manager::{self, Invocation, lead, letters};
use crate::dockerfile::{Body, Instruction, Keyword, Stage};
use crate::document::{CommandLine, DockerfileContent, Document};
use crate::shell::{SimpleCommand, Word};
use crate::text::file_name;

/// A RUN, also one behind ONBUILD.
pub(crate) struct Run<'a> {
    pub(crate) document: &'a Document,
    pub(crate) content: &'a DockerfileContent,
    pub(crate) line: &'a CommandLine,
    pub(crate) instruction: &'a Instruction,
    /// The managers that it starts, in their order.
    pub(crate) invocations: Vec<Invocation<'a>>,
    /// Whether what it leaves behind becomes part of the image that is built in the end: not in a
    /// stage from which files are only copied.
    pub(crate) ships: bool,
    /// What ENV and ARG of the stage and its bases set.
    settings: Settings,
    /// What the script sets, with the number of the command that does.
    exports: Vec<(usize, &'static str, Setting)>,
}

/// What a variable holds for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Unset,
    Known(String),
    Unknown,
}

/// The variables that change what a manager does.
const VARIABLES: &[&str] =
    &["PIP_NO_CACHE_DIR", "PIP_CACHE_DIR", "PIP_CONSTRAINT", "YARN_CACHE_FOLDER"];

/// What is set at a place: variables with their values, the latest last.
type Settings = Arc<Vec<(&'static str, Setting)>>;

/// Every RUN of a Dockerfile that starts a package manager.
pub(crate) fn runs<'a>(document: &'a Document, content: &'a DockerfileContent) -> Vec<Run<'a>> {
    let tree = &content.tree;
    let mut found = Vec::new();
    let mut pass = |stage: Option<&Stage>, range: Range<usize>, mut settings: Settings| {
        let lines = &content.command_lines;
        let first = lines.partition_point(|line| line.instruction < range.start);
        let mut lines = lines.iter().skip(first).peekable();
        for index in range {
            let Some(instruction) = tree.instructions.get(index) else { continue };
            declare(instruction, &mut settings);
            let line = lines.next_if(|line| line.instruction == index);
            let Some(line) = line.filter(|line| line.keyword == Keyword::Run) else { continue };
            let commands = line.script.commands.iter().enumerate();
            let invocations: Vec<Invocation<'_>> =
                commands.filter_map(|(at, command)| manager::read(command, at)).collect();
            if invocations.is_empty() {
                continue;
            }
            // A stage with ONBUILD is made to be built upon.
            let ships =
                line.is_onbuild || stage.is_none_or(|stage| content.flow.ships(stage.index));
            found.push(Run {
                document,
                content,
                line,
                instruction: instruction.inner(),
                invocations,
                ships,
                settings: settings.clone(),
                exports: exports(&line.script.commands),
            });
        }
        settings
    };
    let first = tree.stages.first().map_or(tree.instructions.len(), |stage| stage.range.start);
    pass(None, 0..first, Settings::default());
    let begin = |_: &Stage| Settings::default();
    tree.flow(begin, |stage, settings| pass(Some(stage), stage.range.clone(), settings));
    found
}

impl<'a> Run<'a> {
    /// The commands of the script.
    pub(crate) fn commands(&self) -> &'a [SimpleCommand] {
        &self.line.script.commands
    }

    /// Whether a cache or a file system in memory is mounted where `is_meant` says; what is
    /// written there is not part of the image.
    pub(crate) fn mounts(&self, is_meant: impl Fn(&str) -> bool) -> bool {
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
    pub(crate) fn mounts_path(&self, path: &str) -> bool {
        self.mounts(|target| is_within(path, target.trim_end_matches('/')))
    }

    /// The number of the last command that removes what `is_meant` says, or is called a cleaner.
    pub(crate) fn last_removal(&self, is_meant: impl Fn(&str) -> bool) -> Option<usize> {
        let mut folder = String::new();
        let mut last = None;
        for (index, command) in self.commands().iter().enumerate() {
            // `sudo rm`
            let mut words = command.words.iter().skip_while(|word| word.literal() == Some("sudo"));
            let name = words.next().map(lead).unwrap_or_default();
            let name = file_name(name);
            if name == "cd" {
                folder = words.next().and_then(letters).unwrap_or_default().to_owned();
            } else if matches!(name, "rm" | "find" | "unlink" | "truncate") {
                let is_removed = |path: &String| {
                    is_meant(path)
                        || (!path.starts_with('/')
                            && !folder.is_empty()
                            && is_meant(&format!("{}/{path}", folder.trim_end_matches('/'))))
                };
                if words.any(|word| paths_of(word).iter().any(is_removed)) {
                    last = Some(index);
                }
            } else if name.contains("clean") {
                last = Some(index);
            }
        }
        last
    }

    /// The number of the last command that removes `path`, something in it or a folder above it.
    pub(crate) fn last_removal_of(&self, path: &str) -> Option<usize> {
        self.last_removal(|removed| {
            let removed = removed.trim_end_matches(['*', '/', '.']);
            is_within(path, removed) || is_within(removed, path)
        })
    }

    /// What the variable `name` (one of `VARIABLES`) holds for `invocation`.
    pub(crate) fn setting(&self, invocation: &Invocation<'_>, name: &str) -> Setting {
        let own = invocation.variables.iter().rev().find(|(known, _)| *known == name);
        if let Some((_, value)) = own {
            return value.map_or(Setting::Unknown, |value| Setting::Known(value.to_owned()));
        }
        let before = self.exports.iter().rev().filter(|(at, ..)| *at < invocation.at);
        let exported = before.into_iter().find(|(_, known, _)| *known == name);
        let declared = || self.settings.iter().rev().find(|(known, _)| *known == name);
        let setting = exported.map(|(.., setting)| setting).or_else(|| Some(&declared()?.1));
        setting.cloned().unwrap_or(Setting::Unset)
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
fn paths_of(word: &Word) -> Vec<String> {
    let mut open = vec![lead(word).to_owned()];
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

/// What `export NAME=value`, or `NAME=value` alone, sets.
fn exports(commands: &[SimpleCommand]) -> Vec<(usize, &'static str, Setting)> {
    let mut found = Vec::new();
    for (at, command) in commands.iter().enumerate() {
        if command.words.is_empty() {
            for one in &command.assignments {
                let value = letters(&one.value);
                let value =
                    value.map_or(Setting::Unknown, |value| Setting::Known(value.to_owned()));
                found.extend(variable(&one.name).map(|name| (at, name, value)));
            }
        } else if command.name() == Some("export") {
            for word in command.words.iter().skip(1) {
                let text = lead(word);
                let Some((name, value)) = text.split_once('=') else { continue };
                let is_known = letters(word).is_some();
                let value =
                    if is_known { Setting::Known(value.to_owned()) } else { Setting::Unknown };
                found.extend(variable(name).map(|name| (at, name, value)));
            }
        }
    }
    found
}

fn variable(name: &str) -> Option<&'static str> {
    VARIABLES.iter().copied().find(|known| *known == name)
}

/// Adds what ENV or ARG sets.
fn declare(instruction: &Instruction, settings: &mut Settings) {
    let pairs = match &instruction.body {
        Body::Pairs { pairs, .. } if instruction.keyword == Keyword::Env => pairs,
        Body::Args(pairs) => pairs,
        _ => return,
    };
    for pair in pairs {
        let Some(name) = variable(pair.name.raw()) else { continue };
        let value = pair.value.as_ref().map(|value| value.raw().trim_matches(['"', '\'']));
        let known = value.filter(|value| !value.contains('$'));
        let setting = known.map_or(Setting::Unknown, |value| Setting::Known(value.to_owned()));
        let settings = Arc::make_mut(settings);
        settings.retain(|(known, _)| *known != name);
        settings.push((name, setting));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_braces_stands_for_several_paths() {
        let script = crate::shell::parse_verbatim("rm /var/{lib/apt,cache}/{a,b} /x{ /{y");
        let words = script.commands.first().map(|command| command.words.as_slice());
        let mut paths: Vec<String> =
            words.unwrap_or_default().iter().skip(1).flat_map(paths_of).collect();
        paths.sort();
        assert_eq!(
            paths,
            ["/var/cache/a", "/var/cache/b", "/var/lib/apt/a", "/var/lib/apt/b", "/x{", "/{y"]
        );
    }

    #[test]
    fn a_folder_is_not_its_neighbour() {
        assert!(is_within("/var/lib/apt/lists", "/var/lib/apt"));
        assert!(is_within("/a", "/a"));
        assert!(!is_within("/var/lib/apt-xapian", "/var/lib/apt"));
        assert!(!is_within("/a", ""));
    }
}
