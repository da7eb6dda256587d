//! FROM uses an argument that nobody declares. In the default set: it is always empty, and
//! `--build-arg` cannot change that.

use std::cell::LazyCell;

use super::super::file::files;
use super::super::form::BUILD_CHECKS;
use super::scope::{global_args, is_name};
use crate::dockerfile::{Body, Lookup, PLATFORM_ARGS, expand};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Comparisons, text};

static DECLARED: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "UndefinedArgInFrom: FROM knows the ARGs before the first FROM and the arguments for platforms, and no others",
        "UndefinedArgInFrom：FROM 只能使用第一个 FROM 之前的 ARG 以及平台相关参数",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/undefined-from-arg",
    severity: Severity::Warning,
    summary: text("FROM uses an undeclared argument", "FROM 使用了未声明的参数"),
    message: text(
        "no ARG before the first FROM declares `{name}`",
        "第一个 FROM 之前没有 ARG 声明 `{name}`",
    ),
    why: text(
        "It is empty, whatever --build-arg says, and the name of the image is not the one that was meant.",
        "无论 --build-arg 如何设置，其值始终为空，得到的镜像名也不是所期望的。",
    ),
    help: text(
        "declare it above the first FROM: ARG {name}=…",
        "请在第一个 FROM 之前声明：ARG {name}=…",
    ),
    rests_on: &[&DECLARED],
    aliases: &["UndefinedArgInFrom"],
    examples: &[
        bad("ARG TAG=3.20\nFROM alpine:$TAG${«SUFFIX»}\n"),
        bad("ARG VERSION=3.20\nFROM alpine:$«VERSOIN»\n"),
        bad("FROM alpine:3.20\nARG BASE=debian:12\nFROM $«BASE»\n"),
        good("ARG TAG=3.20\nFROM --platform=$BUILDPLATFORM alpine:$TAG\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let escape = file.content.tree.escape;
        let known = global_args(file);
        let names: Vec<&str> =
            known.names.iter().chain(PLATFORM_ARGS).copied().filter(|name| is_name(name)).collect();
        let mut comparisons = Comparisons::default();
        for (_, instruction) in file.instructions() {
            let Body::From { image, .. } = &instruction.body else { continue };
            let flag = instruction.flag("platform").and_then(|flag| flag.value.as_ref());
            for word in [image].into_iter().chain(flag) {
                // Nothing else is in it: no build gets past it.
                let is_empty = LazyCell::new(|| {
                    let is_set = |name: &str| match known.contains(name) {
                        true => Lookup::Unknown,
                        false => Lookup::Unset,
                    };
                    let value = expand(word, escape, &is_set);
                    value.value().is_some_and(|value| value.is_empty() || value.ends_with('/'))
                });
                for one in expand(word, escape, &|_| Lookup::Unknown).uses {
                    if known.contains(&one.name) || PLATFORM_ARGS.contains(&&*one.name) {
                        continue;
                    }
                    let at = file.at(one.name_span);
                    let finding = found.add(&RULE, at);
                    finding.arg("name", &one.name);
                    if *is_empty {
                        finding.severity(Severity::Error);
                    }
                    let Some(near) = comparisons.nearest(&one.name, &names) else { continue };
                    finding
                        .says(text(
                            "no ARG before the first FROM declares `{name}`; did you mean `{near}`?",
                            "第一个 FROM 之前没有 ARG 声明 `{name}`；是否想写 `{near}`？",
                        ))
                        .help(text(
                            "write `{near}`, or declare `{name}` above the first FROM",
                            "请写作 `{near}`，或在第一个 FROM 之前声明 `{name}`",
                        ))
                        .arg("near", near)
                        .fix(
                            Fix::risky(text("write {near}", "改为 {near}"))
                                .arg("near", near)
                                .replace(at, near),
                        );
                }
            }
        }
    }
}
