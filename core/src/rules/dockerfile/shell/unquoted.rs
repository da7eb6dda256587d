//! Variables and substitutions without quotes. Strict: matters of care; in an image their values
//! are mostly known.

use super::super::file::{File, files};
use super::sources::POSIX;
use crate::dockerfile::Body;
use crate::dockerfile::Keyword;
use crate::document::CommandLine;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell::{Part, SimpleCommand, SubstitutionKind, Word};
use crate::text::text;
use std::collections::HashMap;

static SPLITTING: Citation = Citation {
    publication: &POSIX,
    says: text(
        "what an expansion without double quotes gives is split at white space, and patterns in it become names of files",
        "未加双引号的展开结果会按空白拆分，其中的通配符会展开为文件名",
    ),
    certainty: Certainty::Documented,
};

pub(super) static VARIABLE: Rule = Rule {
    id: "dockerfile/unquoted-variable",
    severity: Severity::Info,
    strict: true,
    summary: text("a variable without quotes", "变量未加引号"),
    message: text("the value of `{name}` is split at white space", "`{name}` 的值会按空白拆分"),
    why: text(
        "With a space or a `*` in its value the command gets other arguments than one thinks, with an empty value none.",
        "值中含空格或 `*` 时，命令得到的参数与预想不同；值为空时参数会消失。",
    ),
    help: text("put it in double quotes", "加上双引号"),
    rests_on: &[&SPLITTING],
    aliases: &["SC2086"],
    examples: &[
        bad("FROM alpine:3.20\nARG TARGET\nRUN mkdir «$TARGET»\n"),
        bad("FROM alpine:3.20\nRUN for file in /srv/*; do cat «${file}»; done\n"),
        good("FROM alpine:3.20\nARG TARGET\nRUN mkdir \"$TARGET\"\n"),
        good("FROM alpine:3.20\nENV VERSION=1.2.3\nRUN wget https://acme.cn/app-$VERSION.tgz\n"),
        good("FROM alpine:3.20\nARG TOOLS\nRUN apk add --no-cache $TOOLS\n"),
        good("FROM alpine:3.20\nRUN dir=/srv; ls $dir; echo $?\n"),
    ],
    check: variables,
    ..Rule::DEFAULT
};

pub(super) static SUBSTITUTION: Rule = Rule {
    id: "dockerfile/unquoted-substitution",
    severity: Severity::Info,
    strict: true,
    summary: text("a command substitution without quotes", "命令替换未加引号"),
    message: text(
        "what this substitution prints is split at white space",
        "该命令替换的输出会按空白拆分",
    ),
    why: text(
        "With a space or a `*` in the output the command gets other arguments than one thinks, with no output none.",
        "输出中含空格或 `*` 时，命令得到的参数与预想不同；没有输出时参数会消失。",
    ),
    help: text(
        "put it in double quotes, unless several words are meant",
        "加上双引号，除非本来就需要拆分成多个参数",
    ),
    rests_on: &[&SPLITTING],
    aliases: &["SC2046"],
    examples: &[
        bad("FROM alpine:3.20\nRUN rm -rf «$(find / -name cache)»\n"),
        good("FROM alpine:3.20\nRUN make -j$(nproc) && rm -rf \"$(pwd)\"\n"),
        good("FROM alpine:3.20\nRUN files=$(ls); echo \"$files\"\n"),
    ],
    check: substitutions,
    ..Rule::DEFAULT
};

/// Numbers and the like, which cannot be split.
const NEVER_SPLIT: &[&str] =
    &["?", "#", "$", "!", "-", "RANDOM", "LINENO", "SECONDS", "UID", "EUID", "PPID"];

/// Programs that take lists of packages: a variable alone is meant to be several words.
const PACKAGES: &[&str] = &[
    "apk", "apt", "apt-get", "apt-mark", "dnf", "microdnf", "yum", "zypper", "pip", "pip3", "npm",
];

/// Programs whose output is one plain word.
const ONE_WORD: &[&str] = &[
    "nproc",
    "getconf",
    "id",
    "uname",
    "arch",
    "whoami",
    "lsb_release",
    "date",
    "dpkg-architecture",
];

/// The arguments of `command` that the shell splits.
fn split_words(command: &SimpleCommand) -> &[Word] {
    match command.name() {
        Some("[[") => &[],
        // The name itself is mostly meant to be several words.
        _ => command.words.get(1..).unwrap_or_default(),
    }
}

fn variables(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let environment = plain_environment(file);
        for line in file.runs() {
            let known = plain_variables(line, &environment);
            let words = line.script.commands.iter().flat_map(|command| {
                let takes_list = command.name().is_some_and(|name| PACKAGES.contains(&name));
                let words = split_words(command).iter();
                words.filter(move |word| !(takes_list && word.parts.len() == 1))
            });
            for word in words {
                for part in &word.parts {
                    let Part::Variable { name, is_quoted: false, span, .. } = part else {
                        continue;
                    };
                    let is_list = matches!(name.as_str(), "@" | "*" | "");
                    if is_list || NEVER_SPLIT.contains(&&**name) || known.contains_key(&**name) {
                        continue;
                    }
                    let finding = found.add(&VARIABLE, file.at(*span)).arg("name", name);
                    let raw = file.raw(*span);
                    // Quotes around `${NAME` hold all that follows.
                    let is_closed = !raw.starts_with("${") || raw.ends_with('}');
                    if word.parts.len() == 1 && is_closed {
                        let quoted = format!("\"{raw}\"");
                        let at = file.at(*span);
                        finding.fix(Fix::risky(text("quote it", "加上引号")).replace(at, quoted));
                    }
                }
            }
        }
    }
}

/// Values of ENV that no splitting changes; those that ARG may change left out.
fn plain_environment(file: File<'_>) -> HashMap<String, bool> {
    let mut known: HashMap<String, bool> = HashMap::new();
    for (_, instruction) in file.instructions() {
        match &instruction.body {
            Body::Pairs { pairs, .. } if instruction.keyword == Keyword::Env => {
                for pair in pairs {
                    let is = pair.value.as_ref().is_some_and(|value| is_plain(value.raw()));
                    let entry = known.entry(pair.name.raw().to_owned()).or_insert(true);
                    *entry &= is;
                }
            }
            Body::Args(pairs) => {
                for pair in pairs {
                    known.insert(pair.name.raw().to_owned(), false);
                }
            }
            _ => {}
        }
    }
    known.retain(|_, is_plain| *is_plain);
    known
}

/// Variables of the script and of the image whose values no splitting changes.
fn plain_variables<'a>(
    line: &'a CommandLine,
    environment: &'a HashMap<String, bool>,
) -> HashMap<&'a str, bool> {
    let mut known: HashMap<&str, bool> =
        environment.iter().map(|(name, is)| (name.as_str(), *is)).collect();
    let is_plain_word = |word: &Word| {
        let is_literal = word.literal().is_some_and(is_plain);
        is_literal && word.parts.iter().all(|part| matches!(part, Part::Literal { .. }))
    };
    let assignments = line.script.commands.iter().flat_map(|command| &command.assignments);
    for assignment in assignments {
        let is = assignment.elements.is_none() && is_plain_word(&assignment.value);
        let entry = known.entry(&assignment.name).or_insert(true);
        *entry &= is;
    }
    for one in &line.script.loops {
        let is = one.words.as_ref().is_some_and(|words| words.iter().all(is_plain_word));
        let entry = known.entry(&one.name).or_insert(true);
        *entry &= is;
    }
    known.retain(|_, is_plain| *is_plain);
    known
}

/// Whether neither splitting nor patterns change `value`, and it is not empty.
fn is_plain(value: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=+,@%".contains(c);
    !value.is_empty() && value.chars().all(is_plain)
}

fn substitutions(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.runs() {
            for word in line.script.commands.iter().flat_map(split_words) {
                for part in &word.parts {
                    let Part::Substitution { kind, commands, is_quoted: false, span } = part else {
                        continue;
                    };
                    let is_command =
                        matches!(kind, SubstitutionKind::Command | SubstitutionKind::Backticks);
                    let inner = line.script.commands.get(commands.clone()).unwrap_or_default();
                    if is_command && !gives_one_word(inner) {
                        found.add(&SUBSTITUTION, file.at(*span));
                    }
                }
            }
        }
    }
}

fn gives_one_word(commands: &[SimpleCommand]) -> bool {
    let [only] = commands else { return false };
    only.name().is_some_and(|name| ONE_WORD.contains(&name))
        || (only.name() == Some("dpkg") && only.has_argument("--print-architecture"))
}
