//! A base image whose name is none, as it stands or with the defaults of its arguments. In the
//! default set: a plain `docker build` stops there. Only advice where an argument has no default
//! at all, since that is how a file demands one.

use super::super::file::{File, files};
use super::super::form::BUILD_CHECKS;
use super::references::is_plain;
use crate::dockerfile::{BaseName, Body, Keyword, Lookup, Stage, expand};
use crate::fact::{Certainty, Citation};
use crate::reference::{self, NotAReference, ReferenceErrorKind};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Budget, Text, text};
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

static NAME: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "InvalidDefaultArgInFrom: with the defaults of its arguments FROM gives the name of an image",
        "InvalidDefaultArgInFrom：使用参数默认值时，FROM 应得到有效的镜像名",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/invalid-base-name",
    severity: Severity::Error,
    summary: text("a base image's name that is none", "基础镜像名无效"),
    message: text("`{image}` is not the name of an image", "`{image}` 不是有效的镜像名"),
    why: text("The builder stops at this FROM.", "构建器会在此 FROM 处停止。"),
    help: text("mend the name", "请更正该名称"),
    rests_on: &[&NAME],
    aliases: &["InvalidDefaultArgInFrom", "INVALID_REFERENCE_FORMAT", "BASE_NAME_EMPTY"],
    examples: &[
        bad("FROM «docker://»debian:12\n").fixed("FROM debian:12\n"),
        bad("FROM debian«:»\n"),
        bad("FROM «<registry>/app:1»\n"),
        bad("ARG TAG\nFROM «debian:$TAG»\n"),
        bad("ARG VARIANT=slim:\nFROM «debian-${VARIANT}»\n"),
        good("ARG TAG=12\nARG SUFFIX\nFROM debian:$TAG${SUFFIX}\nFROM debian:${MAJOR:-12}\n"),
    ],
    check,
    ..Rule::DEFAULT
};

const RENDER: Text = text(
    "this is a template, not a Dockerfile: render it first",
    "这是模板而不是 Dockerfile：请先渲染",
);

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let defaults = Defaults::of(file);
        for stage in file.stages() {
            if stage.image.raw().contains('$') {
                check_defaults(file, stage, &defaults, found);
            } else if let BaseName::Image(name) = &stage.base {
                check_literal(file, stage, name, found);
            }
        }
    }
}

fn check_literal(file: File<'_>, stage: &Stage, name: &str, found: &mut Findings) {
    let whole = file.at(stage.image.span);
    let error = match reference::parse(name) {
        Ok(_) => return,
        Err(NotAReference::Wrong(error)) => error,
        Err(NotAReference::Unknown { .. }) => {
            // Of the marks of templates and placeholders, these are refused in any name.
            if name.contains(['{', '}', '<', '>']) {
                found.add(&RULE, whole).arg("image", name).help(RENDER);
            }
            return;
        }
    };
    let exact = stage.expanded.text.span(error.range.start, error.range.end);
    let at = if exact.is_empty() { whole } else { file.at(exact) };
    let finding = found.add(&RULE, at);
    finding.message = error.message();
    finding.arg("image", name);
    let is_verbatim = stage.image.text.is_verbatim(0, stage.image.raw().len());
    let is_sure = matches!(error.kind, ReferenceErrorKind::Scheme | ReferenceErrorKind::UpperCase);
    if let Some(corrected) = error.corrected.filter(|_| is_sure && is_verbatim && is_plain(name)) {
        finding.fix(
            Fix::safe(text("write {corrected}", "改为 {corrected}"))
                .arg("corrected", &corrected)
                .replace(whole, corrected),
        );
    }
}

fn check_defaults(file: File<'_>, stage: &Stage, defaults: &Defaults, found: &mut Findings) {
    let (is_undeclared, is_open) = (Cell::new(false), Cell::new(false));
    let lookup = |name: &str| match defaults.values.get(name) {
        Some(Some(value)) => Lookup::of(value, true, &defaults.budget),
        Some(_) => {
            is_open.set(true);
            Lookup::Unset
        }
        None => {
            is_undeclared.set(true);
            Lookup::Unknown
        }
    };
    let expanded = expand(&stage.image, file.content.tree.escape, &lookup);
    // An argument that is not declared has a rule of its own.
    let Some(value) = expanded.value().filter(|_| !is_undeclared.get()) else { return };
    let is_stage = file.content.tree.stage_names.last(value).is_some();
    let is_refused = match reference::parse(value) {
        Ok(_) => false,
        Err(NotAReference::Wrong(_)) => true,
        Err(NotAReference::Unknown { .. }) => value.contains(['{', '}', '<', '>']),
    };
    if is_stage || !is_refused {
        return;
    }
    let finding = found.add(&RULE, file.at(stage.image.span));
    finding.arg("image", stage.image.raw()).arg("value", value);
    if is_open.get() {
        finding
            .severity(Severity::Info)
            .says(text(
                "`{image}` names no image unless the build gives its argument: without, it is `{value}`",
                "除非构建时给出参数，否则 `{image}` 不是有效的镜像名：其值为 `{value}`",
            ))
            .help(text(
                "give the ARG a default, or tell the users to pass it",
                "请为 ARG 设置默认值，或告知使用者必须传入",
            ));
    } else {
        finding
            .severity(Severity::Warning)
            .says(text(
                "with the defaults of its arguments `{image}` is `{value}`, which names no image",
                "按参数默认值，`{image}` 为 `{value}`，不是有效的镜像名",
            ))
            .help(text("mend the default of the ARG", "请更正 ARG 的默认值"));
    }
}

/// The global ARGs and what each holds when the build gives nothing.
#[derive(Default)]
struct Defaults {
    values: HashMap<String, Option<Arc<str>>>,
    budget: Budget,
}

impl Defaults {
    fn of(file: File<'_>) -> Defaults {
        let mut known = Defaults::default();
        let all = file.instructions().map(|(_, instruction)| instruction);
        for instruction in all.take_while(|instruction| instruction.keyword != Keyword::From) {
            let Body::Args(pairs) = &instruction.body else { continue };
            for pair in pairs {
                let value = pair.value.as_ref().map(|word| {
                    let lookup = |name: &str| match known.values.get(name) {
                        Some(Some(value)) => Lookup::of(value, true, &known.budget),
                        _ => Lookup::Unset,
                    };
                    let expansion = expand(word, file.content.tree.escape, &lookup);
                    Arc::from(expansion.text.text())
                });
                known.values.insert(pair.name.raw().to_owned(), value);
            }
        }
        known
    }
}
