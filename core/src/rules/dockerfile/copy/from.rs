//! What `--from` of COPY names.
//!
//! Both are default: a copy from itself fails in every build, and a bare name that is neither an
//! earlier stage nor a well-known image is nearly always a slip.

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use super::source::{Transfer, plain, transfers};
use crate::dockerfile::Word;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Comparisons, Place, text};

static EARLIER: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "--from names an earlier stage by name or number, a named context, or an image",
        "--from 可为先前阶段的名称或序号、命名上下文或镜像",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static UNDEFINED: Rule = Rule {
    id: "dockerfile/copy-from-undefined",
    summary: text("--from names no earlier stage", "--from 未指向先前的阶段"),
    message: text(
        "no earlier stage is called `{name}`, so the build looks for an image of that name",
        "先前没有名为 `{name}` 的阶段，构建会去查找同名镜像",
    ),
    why: text(
        "The build fails, or takes files from an image of a registry that happens to have the name.",
        "构建会失败，或从镜像仓库中恰好同名的镜像取得文件。",
    ),
    help: text(
        "name an earlier stage; write an image with its tag, such as `{name}:1.0`",
        "请写先前阶段的名称；镜像请带上标签，例如 `{name}:1.0`",
    ),
    rests_on: &[&EARLIER],
    aliases: &["DL3022"],
    examples: &[
        bad("FROM golang:1.23 AS builder\nFROM scratch\nCOPY --from=«buidler» /app /app\n"),
        bad("FROM scratch\nCOPY --from=«late» /app /app\nFROM golang:1.23 AS late\n"),
        bad("FROM golang:1.23\nFROM scratch\nCOPY --from=«3» /app /app\n"),
        good("FROM golang:1.23 AS builder\nFROM scratch\nCOPY --from=Builder /app /app\n"),
        good("FROM golang:1.23\nFROM scratch\nCOPY --from=0 /app /app\n"),
        good("FROM scratch\nCOPY --from=busybox /bin/sh /bin/sh\n"),
        good("FROM scratch\nCOPY --from=ghcr.io/acme/tool /tool /tool\n"),
    ],
    check: undefined,
    ..Rule::DEFAULT
};

/// Images that are named without a tag so often that the name is no slip.
const KNOWN_IMAGES: &[&str] = &[
    "alpine",
    "amazonlinux",
    "bash",
    "busybox",
    "caddy",
    "centos",
    "composer",
    "debian",
    "docker",
    "elixir",
    "erlang",
    "fedora",
    "golang",
    "gradle",
    "haproxy",
    "httpd",
    "jq",
    "mariadb",
    "maven",
    "mongo",
    "mysql",
    "nginx",
    "node",
    "openjdk",
    "perl",
    "php",
    "postgres",
    "python",
    "redis",
    "registry",
    "rockylinux",
    "ruby",
    "rust",
    "swift",
    "tomcat",
    "traefik",
    "ubuntu",
    "vault",
];

/// A `--from` that names something, with where its letters stand.
fn named<'a>(file: File<'a>, transfer: Transfer<'a>) -> Option<(&'a str, Place)> {
    let word: &Word = transfer.from()?;
    let name = plain(word);
    let is_known = !name.is_empty() && !name.contains('$');
    is_known.then(|| (name, file.at(word.text.whole())))
}

fn undefined(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let names: Vec<&str> =
            file.stages().iter().map(|stage| stage.name.as_ref().map_or("", Word::raw)).collect();
        let mut comparisons = Comparisons::default();
        for transfer in transfers(file) {
            let Some((name, at)) = named(file, transfer) else { continue };
            let stage_names = &file.content.tree.stage_names;
            let own = transfer.stage.map_or(0, |stage| stage.index);
            let is_defined = transfer
                .stage
                .is_some_and(|stage| stage_names.copy_source(name, stage.index).is_some());
            if is_defined || is_own(transfer, name) {
                continue;
            }
            if name.bytes().all(|byte| byte.is_ascii_digit()) {
                found.add(&UNDEFINED, at).arg("name", name).says(text(
                    "no earlier stage has the number {name}",
                    "先前没有序号为 {name} 的阶段",
                ));
            } else if stage_names.last(name).is_some_and(|last| last > own) {
                found.add(&UNDEFINED, at).arg("name", name).says(text(
                    "the stage `{name}` stands later, and --from takes earlier ones",
                    "阶段 `{name}` 位于其后，而 --from 只能使用先前的阶段",
                ));
            } else if !name.contains(['/', ':', '@', '.']) && !KNOWN_IMAGES.contains(&name) {
                let finding = found.add(&UNDEFINED, at);
                finding.arg("name", name);
                if let Some(near) = comparisons.nearest(name, names.get(..own).unwrap_or_default())
                {
                    finding.arg("near", near).says(text(
                        "no earlier stage is called `{name}`; did you mean `{near}`?",
                        "先前没有名为 `{name}` 的阶段；是否想写 `{near}`？",
                    ));
                    let title = text("use `{near}`", "使用 `{near}`");
                    finding.fix(Fix::risky(title).arg("near", near).replace(at, near));
                }
            }
        }
    }
}

static CIRCULAR: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "a stage cannot be a source of itself: the build stops with a circular dependency",
        "阶段不能以自身为来源：构建会因循环依赖而停止",
    ),
    certainty: Certainty::Observed,
};

pub(in super::super) static OWN: Rule = Rule {
    id: "dockerfile/copy-from-self",
    severity: Severity::Error,
    summary: text("COPY from its own stage", "COPY 的来源是其自身阶段"),
    message: text(
        "`{name}` is the stage that this COPY stands in",
        "`{name}` 就是该 COPY 所在的阶段",
    ),
    why: text(
        "The stage would have to be built before itself, so the build stops.",
        "该阶段必须先于自身构建，因此构建会停止。",
    ),
    help: text(
        "name the earlier stage that is meant, or copy inside of the stage with RUN cp",
        "请写所需的先前阶段，或在阶段内用 RUN cp 复制",
    ),
    rests_on: &[&CIRCULAR],
    aliases: &["DL3023", "DS-0006"],
    examples: &[
        bad("FROM node:22 AS web\nCOPY --from=«web» /a /b\n"),
        bad("FROM node:22\nCOPY --from=«0» /a /b\n"),
        good("FROM node:22 AS web\nFROM nginx:1.27\nCOPY --from=web /a /b\n"),
    ],
    check: own,
    ..Rule::DEFAULT
};

/// Whether `name` is the stage that the instruction stands in, and no earlier one.
fn is_own(transfer: Transfer<'_>, name: &str) -> bool {
    transfer.stage.is_some_and(|stage| {
        let own = stage.name.as_ref().is_some_and(|own| own.raw().eq_ignore_ascii_case(name));
        own || name.parse() == Ok(stage.index)
    })
}

fn own(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for transfer in transfers(file) {
            let Some((name, at)) = named(file, transfer) else { continue };
            let stages = &file.content.tree.stage_names;
            let is_earlier =
                transfer.stage.is_some_and(|stage| stages.copy_source(name, stage.index).is_some());
            if is_own(transfer, name) && !is_earlier {
                found.add(&OWN, at).arg("name", name);
            }
        }
    }
}
