//! A registry that is not on the user's list. Silent until there is a list.

use super::super::file::files;
use super::references::{is_plain, references};
use crate::dockerfile::BaseName;
use crate::fact::{Certainty, Citation, Publication};
use crate::reference::{self, DEFAULT_HOST, NotAReference};
use crate::rule::{
    Context, Findings, HostPattern, OptionKind, OptionSpec, Rule, Severity, bad, good,
};
use crate::text::{Span, text};

static SECURITY: Publication = Publication {
    title: "OWASP Docker Security Cheat Sheet",
    url: "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    date: "",
};

static TRUSTED: Citation = Citation {
    publication: &SECURITY,
    says: text(
        "images come from sources that one trusts, and know their origin",
        "镜像应来自可信来源，且来源可追溯",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/allowed-registry",
    severity: Severity::Error,
    summary: text("a registry that is not allowed", "镜像仓库不在允许列表中"),
    message: text(
        "`{image}` comes from `{registry}`, which is not among the allowed registries",
        "`{image}` 来自 `{registry}`，不在允许的镜像仓库之列",
    ),
    why: text(
        "What the image holds was checked by nobody whom the configuration trusts.",
        "该镜像的内容未经配置所信任的任何一方检查。",
    ),
    help: text(
        "take the image from an allowed registry, or add `{registry}` to the option `registries`",
        "请从允许的仓库获取镜像，或将 `{registry}` 加入选项 `registries`",
    ),
    rests_on: &[&TRUSTED],
    aliases: &["DL3026"],
    options: &[OptionSpec {
        name: "registries",
        description: text(
            "the registries that images may come from; `*` stands for anything at the start or end of a name",
            "允许的镜像仓库；名称开头或结尾的 `*` 表示任意内容",
        ),
        kind: OptionKind::Hosts,
    }],
    examples: &[
        bad("FROM «debian:12» AS base\nFROM base\nCOPY --from=«docker.io/acme/app:1» /a /b\n")
            .with(&[("registries", "registry.example.com")]),
        good("FROM a.example.com/debian:12\nFROM scratch\nARG BASE\nFROM $BASE\n")
            .with(&[("registries", "*.example.com")]),
        good("FROM debian:12\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    let allowed = cx.option(&RULE, "registries").map_or(&[][..], |option| option.list());
    if allowed.is_empty() {
        return;
    }
    for file in files(cx) {
        let mut judge = |image: &str, span: Span| {
            let Some(registry) = registry(image) else { return };
            // Docker Hub answers to two names.
            let names: &[&str] = match registry.as_str() {
                DEFAULT_HOST => &[DEFAULT_HOST, "hub.docker.com"],
                _ => &[registry.as_str()],
            };
            let is_allowed =
                allowed.iter().any(|pattern| names.iter().any(|name| fits(pattern, name)));
            if !is_allowed {
                let finding = found.add(&RULE, file.at(span));
                finding.arg("image", image).arg("registry", &registry);
            }
        };
        for stage in file.stages() {
            match &stage.base {
                BaseName::Image(name) => judge(name, stage.image.span),
                // The registry may be known where the rest is not.
                BaseName::Unknown => judge(stage.image.raw(), stage.image.span),
                BaseName::Stage(_) | BaseName::Scratch => {}
            }
        }
        for reference in references(file) {
            let name = reference.name.raw();
            if is_plain(name) && name != "context" && reference.target(&file.content.tree).is_none()
            {
                judge(name, reference.name.span);
            }
        }
    }
}

/// The registry of `image`; `None` where only the build knows, or where it is no image.
fn registry(image: &str) -> Option<String> {
    match reference::parse(image) {
        Ok(reference) => Some(reference.host().unwrap_or(DEFAULT_HOST).to_owned()),
        Err(NotAReference::Unknown { host, .. }) => Some(image.get(host?)?.to_owned()),
        Err(NotAReference::Wrong(_)) => None,
    }
}

fn fits(pattern: &str, name: &str) -> bool {
    HostPattern::parse(pattern).is_ok_and(|pattern| pattern.fits(name))
}
