//! MAINTAINER. In the default set as advice: it still works, and a label says more.

use super::super::file::files;
use super::super::sources::REFERENCE;
use crate::dockerfile::{Body, Keyword};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

static DEPRECATED: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "MAINTAINER is deprecated; the label org.opencontainers.image.authors takes its place",
        "MAINTAINER 已弃用，由标签 org.opencontainers.image.authors 取代",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/maintainer",
    severity: Severity::Info,
    summary: text("MAINTAINER is deprecated", "MAINTAINER 已弃用"),
    message: text("MAINTAINER is deprecated", "MAINTAINER 已弃用"),
    why: text(
        "Registries and tools read the author from the labels; a future builder may refuse the instruction.",
        "镜像仓库和工具从标签读取作者信息；将来的构建器可能拒绝该指令。",
    ),
    help: text(
        "write LABEL org.opencontainers.image.authors=\"…\"",
        "请改用 LABEL org.opencontainers.image.authors=\"…\"",
    ),
    rests_on: &[&DEPRECATED],
    aliases: &["DL4000", "MaintainerDeprecated", "DS-0022", "CKV_DOCKER_6", "DEPRECATED_MAINTAINER"],
    examples: &[
        bad("FROM alpine:3.20\n«MAINTAINER» Ann Lee <ann@example.com>\n").fixed(
            "FROM alpine:3.20\nLABEL org.opencontainers.image.authors=\"Ann Lee <ann@example.com>\"\n",
        ),
        bad("from alpine:3.20\n«maintainer» \"Ann Lee\"\n")
            .fixed("from alpine:3.20\nlabel org.opencontainers.image.authors=\"Ann Lee\"\n"),
        bad("FROM alpine:3.20\n«MAINTAINER» Ann \"$HOME\" Lee\n"),
        good("FROM alpine:3.20\nLABEL org.opencontainers.image.authors=\"Ann Lee\"\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            if instruction.keyword != Keyword::Maintainer {
                continue;
            }
            let at = file.at(instruction.keyword_span);
            let finding = found.add(&RULE, at);
            let Body::Text(word) = &instruction.body else { continue };
            let name = unquoted(word.raw());
            // What a label's value would read in another way is for people.
            let is_plain = !name.contains(['"', '\'', '$', '\\', '`', '\n', '\r']);
            let gap = file.raw(crate::text::Span::new(
                instruction.keyword_span.end as usize,
                word.span.start as usize,
            ));
            if is_plain
                && word.text.is_verbatim(0, word.raw().len())
                && gap.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
            {
                let written = file.raw(instruction.keyword_span);
                let is_lower = written.bytes().all(|byte| byte.is_ascii_lowercase());
                let label = if is_lower { "label" } else { "LABEL" };
                let new = format!("{label} org.opencontainers.image.authors=\"{name}\"");
                finding.fix(
                    Fix::safe(text("write it as a label", "改为标签"))
                        .replace(file.at(instruction.keyword_span.to(word.span)), new),
                );
            }
        }
    }
}

/// The name without one pair of double quotes around the whole of it.
fn unquoted(name: &str) -> &str {
    let inner = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(name)
}
