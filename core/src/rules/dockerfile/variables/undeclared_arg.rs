//! RUN uses an ARG that stands before FROM and that the stage does not declare. In the default
//! set: the shell finds nothing under the name, and goes on with an empty value.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::super::file::files;
use super::super::sources::REFERENCE;
use super::scope::{Base, global_args, walk_indexed};
use crate::dockerfile::{Keyword, PLATFORM_ARGS};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{Part, Script, Word};
use crate::text::{Span, text};

static SCOPE: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "an ARG before FROM is outside of every stage; a stage that uses it declares it again, as it does with the arguments for platforms",
        "FROM 之前的 ARG 不属于任何阶段；阶段若要使用，须重新声明，平台相关参数也是如此",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/undeclared-arg",
    severity: Severity::Warning,
    summary: text("a stage uses an ARG from outside", "阶段使用了其外部的 ARG"),
    message: text(
        "`{name}` is an argument that this stage does not declare",
        "`{name}` 是本阶段未声明的构建参数",
    ),
    why: text(
        "In the command it is empty, whatever --build-arg or the default before FROM says.",
        "无论 --build-arg 或 FROM 之前的默认值是什么，它在命令中都为空。",
    ),
    help: text(
        "write ARG {name} in this stage, above the RUN",
        "请在本阶段的 RUN 之前写上 ARG {name}",
    ),
    rests_on: &[&SCOPE],
    examples: &[
        bad("ARG APP_VERSION=1.4\nFROM debian:12\nRUN ./install.sh \"«$APP_VERSION»\"\n"),
        bad("FROM alpine:3.20\nRUN ./install.sh «${TARGETARCH}»\n"),
        good(
            "ARG APP_VERSION=1.4\nFROM debian:12\nARG APP_VERSION\nRUN ./install.sh $APP_VERSION\n",
        ),
        good("ARG V=1\nFROM debian:12\nRUN V=2; echo $V ${V:-3}\n"),
        good("ARG NODE_VERSION=22\nFROM node:$NODE_VERSION\nRUN echo $NODE_VERSION\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let globals = global_args(file);
        walk_indexed(file, |scope, index, instruction, stage| {
            let Some(stage) = stage.filter(|_| instruction.keyword == Keyword::Run) else { return };
            let Some(line) = file.content.command_line(index) else { return };
            if !line.interpreter.is_posix() {
                return;
            }
            // An image that nobody knows, chosen by its version, may well set the variable.
            let is_open = matches!(scope.base, Base::Unknown);
            let is_foreign = |name: &str| {
                let is_arg = globals.contains(name) || PLATFORM_ARGS.contains(&name);
                is_arg && !scope.holds(name) && !(is_open && stage.image.raw().contains(name))
            };
            let mut told: HashSet<&str> = HashSet::new();
            let set = LazyCell::new(|| set_by(&line.script));
            for (name, span) in variables(&line.script) {
                if is_foreign(name) && told.insert(name) && !set.contains(name) {
                    found.add(&RULE, file.at(span)).arg("name", name);
                }
            }
        });
    }
}

/// The variables that the commands use as they are.
fn variables(script: &Script) -> impl Iterator<Item = (&str, Span)> {
    script.commands.iter().flat_map(|command| {
        let values = command.assignments.iter().map(|assignment| &assignment.value);
        values.chain(&command.words).flat_map(|word: &Word| &word.parts).filter_map(|part| {
            match part {
                Part::Variable { name, default: None, is_modified: false, span, .. } => {
                    Some((name.as_str(), *span))
                }
                _ => None,
            }
        })
    })
}

/// What the commands set: an assignment, `read NAME`, `export NAME=value`.
fn set_by(script: &Script) -> HashSet<&str> {
    let mut names = HashSet::new();
    for command in &script.commands {
        names.extend(command.assignments.iter().map(|assignment| assignment.name.as_str()));
        for part in command.words.iter().filter_map(|word| word.parts.first()) {
            if let Part::Literal { text, .. } = part {
                names.extend(text.text().split('=').next());
            }
        }
    }
    names
}
