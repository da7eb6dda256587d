//! The users and groups that a Dockerfile makes, as far as its commands tell.

use super::bases::{self, KnownBase};
use crate::dockerfile::{Body, Keyword};
use crate::document::DockerfileContent;
use crate::shell::{Part, SimpleCommand};
use crate::text::{Span, file_name};

/// What the stages that the image stands on do to users and groups.
#[derive(Default)]
pub(super) struct Accounts<'a> {
    /// The users, in order.
    pub(super) users: Vec<Account<'a>>,
    /// The groups, in order.
    pub(super) groups: Vec<Account<'a>>,
    /// Whether a command removes or renumbers users or groups.
    pub(super) frees: bool,
    /// Whether something runs that may make users out of sight: a script, a package's own setup.
    pub(super) is_open: bool,
    /// What is known of the base image.
    pub(super) base: Option<(KnownBase, &'a str)>,
}

/// A user or group that a command makes.
pub(super) struct Account<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its number, and where that stands.
    pub(super) id: Option<(u32, Span)>,
    /// A user's group: a name or number, and where that stands.
    pub(super) group: Option<(&'a str, Span)>,
    /// Whether the command surely runs, and its failure ends the build.
    pub(super) is_sure: bool,
    /// Whether the number may be taken already, or another be chosen then.
    pub(super) is_shared: bool,
}

/// Reads the commands of the last stage and of those that it stands on.
pub(super) fn accounts(content: &DockerfileContent) -> Accounts<'_> {
    let mut found = Accounts::default();
    let base = content.prediction.base.as_ref().and_then(|base| base.name.as_deref());
    found.base = base.and_then(|name| Some((bases::known(name)?, name)));
    let stages = content.tree.chain();
    let is_in_chain = |index: usize| stages.iter().any(|stage| stage.range.contains(&index));
    for line in content.command_lines.iter().filter(|line| is_in_chain(line.instruction)) {
        if line.keyword == Keyword::Run {
            // Another language, or an exec form of a program that we don't follow.
            found.is_open |= !line.interpreter.is_posix();
            line.script.commands.iter().for_each(|command| found.command(command));
        }
    }
    for instruction in stages.iter().flat_map(|stage| content.tree.stage_instructions(stage)) {
        if let Body::Copy { destination, .. } = &instruction.body {
            let to = destination.raw();
            found.frees |= matches!(to, "/" | "/etc" | "/etc/") || to.starts_with("/etc/passwd");
        }
    }
    found
}

impl<'a> Accounts<'a> {
    fn command(&mut self, command: &'a SimpleCommand) {
        let name = command.name().unwrap_or_default();
        let name = file_name(name);
        match name {
            "useradd" => self.users.extend(account(command, USERADD, &["u", "uid"])),
            "adduser" => self.users.extend(account(command, ADDUSER, &["u", "uid"])),
            "groupadd" => self.groups.extend(account(command, GROUPADD, &["g", "gid"])),
            "addgroup" => self.groups.extend(account(command, GROUPADD, &["g", "gid"])),
            "userdel" | "deluser" | "groupdel" | "delgroup" | "usermod" | "groupmod" => {
                self.frees = true;
            }
            _ => {}
        }
        let words = command.words.iter().map(|word| word.literal().unwrap_or_default());
        for word in words {
            self.frees |= word.contains("/etc/passwd") || word.contains("/etc/group");
            self.is_open |= word.ends_with(".sh") || word.contains("useradd") && name != "useradd";
        }
        self.is_open |= command.words.first().is_some_and(|word| word.literal().is_none());
    }
}

/// Options of useradd(8) that take a value.
const USERADD: &[&str] = &[
    "b",
    "base-dir",
    "c",
    "comment",
    "d",
    "home",
    "home-dir",
    "e",
    "expiredate",
    "f",
    "inactive",
    "g",
    "gid",
    "G",
    "groups",
    "k",
    "skel",
    "K",
    "key",
    "p",
    "password",
    "P",
    "prefix",
    "R",
    "root",
    "s",
    "shell",
    "u",
    "uid",
    "Z",
    "selinux-user",
];

/// Options of Debian's and of BusyBox' adduser that take a value.
const ADDUSER: &[&str] =
    &["u", "uid", "gid", "G", "ingroup", "home", "h", "shell", "s", "gecos", "g", "k", "conf"];

/// Options of groupadd(8) and addgroup that take a value.
const GROUPADD: &[&str] =
    &["g", "gid", "K", "key", "p", "password", "P", "prefix", "R", "root", "U", "users"];

/// The account that `command` makes; `None` where its name is not written out.
fn account<'a>(
    command: &'a SimpleCommand,
    with_value: &[&str],
    numbers: &[&str],
) -> Option<Account<'a>> {
    let (options, operands) = arguments(command, with_value);
    let position = &command.position;
    let is_sure = !position.in_branch
        && !position.in_condition
        && !position.after_or
        && !position.in_pipeline
        && !position.is_negated
        && position.function.is_none()
        && !command.is_followed_by(crate::shell::OperatorKind::Or);
    let of = |names: &[&str]| {
        let found = options.iter().rfind(|(name, ..)| names.contains(name));
        found.and_then(|(_, value, span)| value.map(|value| (value, *span)))
    };
    let has = |names: &[&str]| options.iter().any(|(name, ..)| names.contains(name));
    let id = of(numbers).and_then(|(value, span)| Some((value.parse().ok()?, span)));
    let is_user = numbers.contains(&"uid");
    let group = if command.name() == Some("adduser") {
        of(&["G", "ingroup", "gid"])
    } else {
        of(&["g", "gid"])
    };
    Some(Account {
        name: operands.first()?,
        id,
        group: group.filter(|_| is_user),
        is_sure,
        is_shared: has(&["o", "non-unique"]) || !is_user && has(&["f", "force"]),
    })
}

/// An option's name, its value, and where the value stands.
type Choice<'a> = (&'a str, Option<&'a str>, Span);

/// The options of `command`, as getopt reads them, and its operands.
fn arguments<'a>(
    command: &'a SimpleCommand,
    with_value: &[&str],
) -> (Vec<Choice<'a>>, Vec<&'a str>) {
    let (mut options, mut operands) = (Vec::new(), Vec::new());
    let mut words = command.words.iter().skip(1);
    while let Some(word) = words.next() {
        let [Part::Literal { text, .. }] = &word.parts[..] else { continue };
        let letters = text.text();
        let Some(flag) = letters.strip_prefix('-').filter(|flag| !flag.is_empty()) else {
            operands.push(letters);
            continue;
        };
        let (name, value) = match flag.strip_prefix('-') {
            Some(long) => match long.split_once('=') {
                Some((name, value)) => {
                    let span = text.span(letters.len() - value.len(), letters.len());
                    (name, Some((value, span)))
                }
                None => (long, None),
            },
            // Of a cluster (`-mu 1000`, `-u1000`) the first that takes a value ends it.
            None => {
                let valued = |(at, letter): (usize, char)| {
                    let name = &flag[at..at + letter.len_utf8()];
                    with_value.contains(&name).then_some((name, at + letter.len_utf8()))
                };
                match flag.char_indices().find_map(valued) {
                    Some((name, end)) if end < flag.len() => {
                        let span = text.span(end + 1, letters.len());
                        (name, Some((&flag[end..], span)))
                    }
                    Some((name, _)) => (name, None),
                    None => {
                        options.extend(flag.char_indices().map(|(at, letter)| {
                            (&flag[at..at + letter.len_utf8()], None, word.span)
                        }));
                        continue;
                    }
                }
            }
        };
        let (value, span) = match value {
            Some((value, span)) => (Some(value), span),
            None if with_value.contains(&name) => match words.next() {
                Some(next) => (next.literal(), next.span),
                None => (None, word.span),
            },
            None => (None, word.span),
        };
        options.push((name, value, span));
    }
    (options, operands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_from_their_commands() {
        let read = |line: &str| {
            let script = crate::shell::parse_verbatim(line);
            let mut found = Accounts::default();
            script.commands.iter().for_each(|command| found.command(command));
            let all = found.users.iter().chain(&found.groups);
            all.map(|one| {
                let id = one.id.map(|(id, span)| format!("{id}={}", &line[span.range()]));
                let group = one.group.map(|(group, _)| group.to_owned());
                format!("{} {} {}", one.name, id.unwrap_or_default(), group.unwrap_or_default())
            })
            .collect::<Vec<_>>()
        };
        assert_eq!(read("useradd -d /h -m -u 1000 -g 100 -s /bin/bash a"), ["a 1000=1000 100"]);
        assert_eq!(read("useradd -mu1000 --gid=100 a"), ["a 1000=1000 100"]);
        assert_eq!(read("useradd --create-home --uid 7 a"), ["a 7=7 "]);
        assert_eq!(read("groupadd a -g 100"), ["a 100=100 "]);
        assert_eq!(read("adduser -D -u 5 -G users a"), ["a 5=5 users"]);
        assert_eq!(read("useradd -u $ID a"), ["a  "]);
    }
}
