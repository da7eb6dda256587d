//! A stage's name in upper case. In the default set as advice: the builder compares names without
//! regard to case, people do not.

use super::super::file::files;
use super::super::form::BUILD_CHECKS;
use super::references::{base_stage, is_plain, references};
use crate::dockerfile::Word;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

static LOWER: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "StageNameCasing: a stage's name is in lower case, to tell it from the instructions",
        "StageNameCasing：阶段名应为小写，以便与指令区分",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/stage-casing",
    severity: Severity::Info,
    summary: text("a stage's name in upper case", "阶段名含大写字母"),
    message: text(
        "the stage's name `{name}` has upper-case letters",
        "阶段名 `{name}` 含有大写字母",
    ),
    why: text(
        "The builder compares names in lower case, so that two spellings of one name look like two stages.",
        "构建器按小写比较名称，同一名称的两种写法看起来像两个阶段。",
    ),
    help: text("write `{wanted}`, wherever the stage is named", "请在所有引用处写作 `{wanted}`"),
    rests_on: &[&LOWER],
    aliases: &["StageNameCasing"],
    examples: &[
        bad(
            "FROM alpine:3.20 AS «BuildBase»\nFROM BuildBase AS run\nCOPY --from=BuildBase /a /b\n\
             RUN --mount=type=bind,from=buildbase,target=/c true\n",
        )
        .fixed(
            "FROM alpine:3.20 AS buildbase\nFROM buildbase AS run\nCOPY --from=buildbase /a /b\n\
             RUN --mount=type=bind,from=buildbase,target=/c true\n",
        ),
        good("FROM alpine:3.20 AS build-base\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let stages = file.stages();
        // By stage: where it is named.
        let mut uses: Vec<Vec<Word>> = vec![Vec::new(); stages.len()];
        for user in stages {
            if let Some(uses) = base_stage(user).and_then(|base| uses.get_mut(base)) {
                uses.push(user.image.clone());
            }
        }
        for reference in references(file) {
            let target = reference.target(&file.content.tree);
            if let Some(uses) = target.and_then(|target| uses.get_mut(target)) {
                uses.push(reference.name);
            }
        }
        for stage in stages {
            let Some(name) = &stage.name else { continue };
            let wanted = name.raw().to_ascii_lowercase();
            if wanted == name.raw() {
                continue;
            }
            let finding = found.add(&RULE, file.at(name.span));
            finding.arg("name", name.raw()).arg("wanted", &wanted);
            let written = uses[stage.index]
                .iter()
                .filter(|word| word.raw().eq_ignore_ascii_case(&wanted) && is_plain(word.raw()));
            let all = std::iter::once(name).chain(written.filter(|word| word.raw() != wanted));
            let all: Vec<_> = all.collect();
            // The builder finds the stage under either spelling, so a use that is left is no harm.
            if all.iter().any(|word| !word.text.is_verbatim(0, word.raw().len())) {
                continue;
            }
            let fix = Fix::safe(text("rename it to {wanted}", "改名为 {wanted}"));
            let fix = fix.arg("wanted", &wanted);
            finding.fix(
                all.into_iter().fold(fix, |fix, word| fix.replace(file.at(word.span), &wanted)),
            );
        }
    }
}
