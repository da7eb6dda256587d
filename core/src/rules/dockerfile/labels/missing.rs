//! Labels that the schema wants and that are not set, and such as it does not know. In the default
//! set, since they speak only to those who wrote a schema.

use std::collections::HashMap;

use super::super::file::{File, files};
use super::schema::{LABELS, SCHEMA, labels, labels_of, schema};
use crate::dockerfile::BaseName;
use crate::rule::{
    Context, Findings, OptionKind, OptionSpec, OptionValue, Rule, Severity, bad, good,
};
use crate::text::text;

pub(super) static MISSING: Rule = Rule {
    id: "dockerfile/label-missing",
    severity: Severity::Info,
    summary: text("required label missing", "缺少必需的标签"),
    message: text("the label `{label}` is missing", "缺少标签 `{label}`"),
    why: text(
        "Whoever looks for images by this label does not find this one.",
        "按该标签查找镜像时会找不到此镜像。",
    ),
    help: text("add LABEL {label}=…", "添加 LABEL {label}=…"),
    rests_on: &[&LABELS],
    aliases: &["DL3049"],
    options: &[OptionSpec {
        name: SCHEMA.name,
        description: SCHEMA.description,
        kind: SCHEMA.kind,
    }],
    examples: &[
        bad("«FROM» alpine:3.20\nLABEL team=\"search\"\n").with(&[("schema", "version=semver")]),
        good("FROM alpine:3.20 AS base\nLABEL version=\"1.0.0\"\nFROM base\n")
            .with(&[("schema", "version=semver")]),
        good("FROM alpine:3.20 AS base\nFROM base\nLABEL version=\"1.0.0\"\n")
            .with(&[("schema", "version=semver")]),
        good("FROM alpine:3.20\n"),
    ],
    check: check_missing,
    ..Rule::DEFAULT
};

pub(super) static SUPERFLUOUS: Rule = Rule {
    id: "dockerfile/label-superfluous",
    severity: Severity::Info,
    summary: text("label outside of the schema", "标签不在约定之内"),
    message: text("the schema knows no label `{label}`", "约定中没有标签 `{label}`"),
    why: text(
        "A label that nobody expects is mistyped or means nothing to those who read them.",
        "约定之外的标签可能是拼写错误，读取者也不理解其含义。",
    ),
    help: text("remove it, or add it to the schema", "删除它，或加入约定"),
    rests_on: &[&LABELS],
    aliases: &["DL3050"],
    options: &[
        OptionSpec { name: SCHEMA.name, description: SCHEMA.description, kind: SCHEMA.kind },
        OptionSpec {
            name: "strict",
            description: text(
                "whether labels outside of the schema are reported",
                "是否报告约定之外的标签",
            ),
            kind: OptionKind::Flag,
        },
    ],
    examples: &[
        bad("FROM alpine:3.20\nLABEL version=\"1.0.0\" «vesion»=\"1.0.0\"\n")
            .with(&[("schema", "version=semver"), ("strict", "true")]),
        good("FROM alpine:3.20\nLABEL version=\"1.0.0\" team=\"search\"\n")
            .with(&[("schema", "version=semver")]),
        good("FROM alpine:3.20\nLABEL team=\"search\"\n"),
    ],
    check: check_superfluous,
    ..Rule::DEFAULT
};

fn check_missing(cx: &Context<'_>, found: &mut Findings) {
    let wanted = schema(cx, &MISSING);
    if wanted.is_empty() {
        return;
    }
    for file in files(cx) {
        let lacking = lacking(file, wanted);
        for (stage, lacks) in file.stages().iter().zip(lacking) {
            let Some(from) = file.of_stage(stage).first() else { continue };
            for ((label, _), _) in wanted.iter().zip(lacks).filter(|(_, lacks)| *lacks) {
                found.add(&MISSING, file.at(from.keyword_span)).arg("label", label);
            }
        }
    }
}

/// For each stage and wanted label, whether the label is set neither in it, nor below it, nor in a
/// stage that is built from it.
fn lacking(file: File<'_>, wanted: &[(String, String)]) -> Vec<Vec<bool>> {
    let index_of: HashMap<&str, usize> =
        wanted.iter().enumerate().map(|(index, (name, _))| (name.as_str(), index)).collect();
    let mut own = Vec::new();
    // A stage has what its base has.
    let mut has: Vec<Vec<bool>> = Vec::new();
    for stage in file.stages() {
        let mut sets = vec![false; wanted.len()];
        let labels = file.of_stage(stage).iter().flat_map(|one| labels_of(file, one));
        for index in labels.filter_map(|label| index_of.get(label.key?.as_str()).copied()) {
            sets[index] = true;
        }
        let base = match stage.base {
            BaseName::Stage(index) => has.get(index).cloned(),
            _ => None,
        };
        has.push(base.map_or_else(|| sets.clone(), |base| either(&base, &sets)));
        own.push(sets);
    }
    // What is built from a stage answers for it.
    let mut above = own.clone();
    for stage in file.stages().iter().rev() {
        let BaseName::Stage(base) = stage.base else { continue };
        if let (Some(below), Some(here)) = (above.get(base), above.get(stage.index)) {
            let both = either(below, here);
            above[base] = both;
        }
    }
    has.iter()
        .zip(&above)
        .map(|(has, above)| either(has, above).into_iter().map(|is_set| !is_set).collect())
        .collect()
}

fn either(a: &[bool], b: &[bool]) -> Vec<bool> {
    a.iter().zip(b).map(|(a, b)| *a || *b).collect()
}

fn check_superfluous(cx: &Context<'_>, found: &mut Findings) {
    let known = schema(cx, &SUPERFLUOUS);
    if !cx.option(&SUPERFLUOUS, "strict").is_some_and(OptionValue::is_on) {
        return;
    }
    for file in files(cx) {
        for label in labels(file) {
            let Some(key) = label.key else { continue };
            if !known.iter().any(|(name, _)| *name == key) {
                found.add(&SUPERFLUOUS, file.at(label.key_span)).arg("label", key);
            }
        }
    }
}
