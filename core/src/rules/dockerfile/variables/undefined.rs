//! A variable that nothing sets. In the default set: it is empty where a value was meant. Of an
//! image whose variables are not known it speaks only where the name is a typing mistake, or an
//! ARG that this stage does not declare.

use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::file::files;
use super::super::form::BUILD_CHECKS;
use super::same_instruction::Siblings;
use super::scope::{Base, GlobalArgs, Scope, global_args, walk};
use crate::dockerfile::{Keyword, PLATFORM_ARGS, Stage, VariableUse, variables_used};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Finding, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Comparisons, Place, nearest, text};

static UNDEFINED: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "UndefinedVar: a variable is declared by ARG, ENV or the base image before an instruction uses it",
        "UndefinedVar：变量须先由 ARG、ENV 或基础镜像声明，之后指令才能使用",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/undefined-variable",
    severity: Severity::Warning,
    summary: text("a variable that nothing sets", "变量未设置"),
    message: text("nothing sets `{name}` before this", "此前没有设置 `{name}`"),
    why: text(
        "The builder puts nothing in its place: a path or a value comes out short.",
        "构建器会将其替换为空：路径或值会残缺不全。",
    ),
    help: text("declare it above with ARG or ENV", "请在前面用 ARG 或 ENV 声明"),
    rests_on: &[&UNDEFINED],
    aliases: &["UndefinedVar"],
    examples: &[
        bad("FROM alpine:3.20\nCOPY $«source» /app\nARG source=src\n"),
        bad("FROM registry.example.com/base:1\nENV PATH=/app/bin:$«PAHT»\n"),
        bad("ARG VERSION=1\nFROM registry.example.com/base:1\nLABEL version=$«VERSION»\n"),
        bad("FROM debian:12\nENV PYTHONPATH=/app:${«PYTHONPATH»}\nWORKDIR $«HOME»/app\n"),
        good("FROM registry.example.com/base:1\nWORKDIR $APP_HOME\n"),
        good("FROM python:3.12\nENV PATH=/app/bin:$PATH V=$PYTHON_VERSION W=${X:-none} Y='$Z'\n"),
        good("FROM alpine:3.20 AS a\nARG V=1\nFROM a\nLABEL v=$V\nRUN echo $ANY\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let escape = file.content.tree.escape;
        let globals = global_args(file);
        let mut comparisons = Comparisons::default();
        walk(file, |scope, instruction, stage| {
            let Some(stage) = stage else { return };
            let mut told = HashSet::new();
            // FROM has a rule of its own.
            if instruction.keyword == Keyword::From {
                return;
            }
            let siblings = Siblings::of(instruction);
            let uses = variables_used(instruction, escape);
            let by_name = LazyCell::new(|| by_name(&uses));
            for one in &uses {
                if is_deliberate(one) || scope.holds(&one.name) || !told.insert(one.name.clone()) {
                    continue;
                }
                if siblings.set(&one.name, one.name_span) {
                    continue;
                }
                let case =
                    Case { scope, siblings: &siblings, stage, globals: &globals, name: &one.name };
                let at = file.at(one.name_span);
                match case.judge(&mut comparisons) {
                    Verdict::Silent => {}
                    Verdict::OtherScope => {
                        let finding = found.add(&RULE, at);
                        finding
                            .arg("name", &one.name)
                            .says(text(
                                "`{name}` is an argument that this stage does not declare",
                                "`{name}` 是本阶段未声明的构建参数",
                            ))
                            .help(text(
                                "write ARG {name} in this stage, above its use",
                                "请在本阶段使用之前写上 ARG {name}",
                            ));
                    }
                    Verdict::Near(near) => {
                        // The name is told once, and mended wherever the instruction has it.
                        let same = by_name.get(one.name.as_str()).into_iter().flatten();
                        let same = same.filter(|other| {
                            !is_deliberate(other) && !siblings.set(&one.name, other.name_span)
                        });
                        let places = same.map(|other| file.at(other.name_span)).collect();
                        meant(found.add(&RULE, at), places, &one.name, near);
                    }
                    Verdict::Undefined => {
                        let finding = found.add(&RULE, at);
                        finding.arg("name", &one.name);
                        if case.appends_to_itself() {
                            finding.severity(Severity::Info);
                        }
                    }
                }
            }
        });
    }
}

/// The uses of each name.
fn by_name(uses: &[VariableUse]) -> HashMap<&str, Vec<&VariableUse>> {
    let mut found: HashMap<&str, Vec<&VariableUse>> = HashMap::new();
    for one in uses {
        found.entry(one.name.as_str()).or_default().push(one);
    }
    found
}

/// Whether the use itself says what holds where nothing is set, or is no name but `$1` or `$@`.
fn is_deliberate(one: &VariableUse) -> bool {
    let is_name = one.name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    one.has_default || one.is_alternative || one.is_required || !is_name
}

fn meant(finding: &mut Finding, places: BTreeSet<Place>, name: &str, near: &str) {
    let fix = Fix::risky(text("write {near}", "改为 {near}")).arg("near", near);
    finding
        .says(text(
            "nothing sets `{name}`; did you mean `{near}`?",
            "没有设置 `{name}`；是否想写 `{near}`？",
        ))
        .help(text("write `{near}`, or declare `{name}`", "请写作 `{near}`，或声明 `{name}`"))
        .arg("name", name)
        .arg("near", near)
        .fix(places.into_iter().fold(fix, |fix, at| fix.replace(at, near)));
}

/// A use of a variable that is not known to be set.
struct Case<'a> {
    scope: &'a Scope,
    siblings: &'a Siblings<'a>,
    stage: &'a Stage,
    globals: &'a GlobalArgs<'a>,
    name: &'a str,
}

enum Verdict<'a> {
    Silent,
    Undefined,
    OtherScope,
    Near(&'a str),
}

impl<'a> Case<'a> {
    fn judge(&self, comparisons: &mut Comparisons) -> Verdict<'a> {
        let is_open = matches!(self.scope.base, Base::Unknown);
        let is_global = self.globals.contains(self.name);
        // An image that is chosen by its version may well set the variable of that name.
        let is_in_base = self.stage.image.raw().contains(self.name);
        if (is_global && !(is_open && is_in_base)) || PLATFORM_ARGS.contains(&self.name) {
            return Verdict::OtherScope;
        }
        if !comparisons.allow(self.scope.count()) {
            return if is_open { Verdict::Silent } else { Verdict::Undefined };
        }
        let names = self.scope.names();
        if is_open {
            let mut candidates = names.into_iter();
            return match candidates.find(|known| is_typing_mistake(self.name, known)) {
                Some(near) => Verdict::Near(near),
                None => Verdict::Silent,
            };
        }
        match nearest(self.name, names) {
            Some(near) if !self.appends_to_itself() => Verdict::Near(near),
            _ => Verdict::Undefined,
        }
    }

    /// `ENV NAME=…:$NAME`, which does little harm where there is no NAME yet.
    fn appends_to_itself(&self) -> bool {
        self.siblings.name(self.name)
    }
}

/// Whether the names differ by case, by two neighbours or by one letter that is too many or
/// missing: what slips in typing, and is no other word.
fn is_typing_mistake(name: &str, known: &str) -> bool {
    if name.len() < 4 || known.len() < 4 {
        return false;
    }
    if name.eq_ignore_ascii_case(known) {
        return true;
    }
    let (a, b) = (name.as_bytes(), known.as_bytes());
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([x, y, rest @ ..], [p, q, others @ ..]) if x == q && y == p => rest == others,
        ([extra, rest @ ..], others) if rest == others => extra.is_ascii_alphabetic(),
        (rest, [extra, others @ ..]) if rest == others => extra.is_ascii_alphabetic(),
        _ => false,
    }
}
