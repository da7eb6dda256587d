//! Values of labels against the kind that the schema gives them. In the default set, since they
//! speak only to those who wrote a schema.

use super::super::file::files;
use super::kinds;
use super::licences;
use super::schema::{LABELS, SCHEMA, labels, schema};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, OptionSpec, Rule, Severity, bad, good};
use crate::text::{Text, text};

const OPTIONS: &[OptionSpec] =
    &[OptionSpec { name: SCHEMA.name, description: SCHEMA.description, kind: SCHEMA.kind }];

const WHY: Text = text(
    "Tools that read the label expect this form and stop at another one, or pass over the image.",
    "读取该标签的工具要求此格式，遇到其他格式会报错或忽略该镜像。",
);

/// A standard that says what a kind of value looks like.
macro_rules! standard {
    ($citation:ident, $title:literal, $url:literal, $date:literal, $english:literal, $chinese:literal) => {
        static $citation: Citation = Citation {
            publication: &Publication { title: $title, url: $url, date: $date },
            says: text($english, $chinese),
            certainty: Certainty::Documented,
        };
    };
}

standard!(
    RFC_3986,
    "RFC 3986: Uniform Resource Identifier (URI): Generic Syntax",
    "https://www.rfc-editor.org/rfc/rfc3986",
    "2005-01",
    "an absolute address begins with a scheme and a colon, and holds no blanks",
    "绝对地址以协议名和冒号开头，不含空格"
);
standard!(
    RFC_3339,
    "RFC 3339: Date and Time on the Internet: Timestamps",
    "https://www.rfc-editor.org/rfc/rfc3339",
    "2002-07",
    "a time is written 2026-01-31T08:30:00Z, with an offset in place of Z",
    "时间写作 2026-01-31T08:30:00Z，Z 处也可为时区偏移"
);
standard!(
    RFC_5322,
    "RFC 5322: Internet Message Format, 3.4.1 Addr-Spec",
    "https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1",
    "2008-10",
    "an address is a local part, an at sign and a domain",
    "地址由本地部分、@ 和域名组成"
);
standard!(
    SEMANTIC_VERSIONING,
    "Semantic Versioning 2.0.0",
    "https://semver.org/spec/v2.0.0.html",
    "2013-06",
    "a version is three numbers without leading zeros, then perhaps a pre-release and build metadata",
    "版本由三个无前导零的数字组成，其后可带预发布标识和构建元数据"
);
standard!(
    SPDX_EXPRESSIONS,
    "SPDX Specification, Annex: SPDX license expressions; SPDX License List",
    "https://spdx.org/licenses/",
    "",
    "a licence is named by an identifier of the list; AND, OR, WITH and parentheses join several",
    "许可证用列表中的标识符表示；可用 AND、OR、WITH 和括号组合"
);
standard!(
    GIT_OBJECTS,
    "Git: gitrevisions, Specifying revisions",
    "https://git-scm.com/docs/gitrevisions",
    "",
    "a commit is named by its full hash of 40 or 64 hexadecimal digits, or a leading part of it",
    "提交用 40 或 64 位十六进制完整哈希或其前缀表示"
);

pub(super) static EMPTY: Rule = Rule {
    id: "dockerfile/label-empty",
    severity: Severity::Info,
    summary: text("label of the schema is empty", "约定的标签为空"),
    message: text("the label `{label}` is empty", "标签 `{label}` 为空"),
    why: WHY,
    help: text("give it a value", "为其赋值"),
    rests_on: &[&LABELS],
    aliases: &["DL3051"],
    options: OPTIONS,
    examples: &[
        bad("FROM alpine:3.20\nLABEL team=«\"\"»\n").with(&[("schema", "team=text")]),
        good("FROM alpine:3.20\nLABEL team=\"search\" note=\"\"\n")
            .with(&[("schema", "team=text")]),
        good("FROM alpine:3.20\nLABEL team=\"\"\n"),
    ],
    check: check_empty,
    ..Rule::DEFAULT
};

pub(super) static URL: Rule = Rule {
    id: "dockerfile/label-url",
    severity: Severity::Warning,
    summary: text("label is no URL", "标签不是 URL"),
    message: text("`{value}` is no URL", "`{value}` 不是 URL"),
    why: WHY,
    help: text("write it in full: https://…", "写成完整形式：https://…"),
    rests_on: &[&RFC_3986],
    aliases: &["DL3052"],
    options: OPTIONS,
    examples: &[
        bad("FROM alpine:3.20\nLABEL home=\"«example.com»\"\n").with(&[("schema", "home=url")]),
        good("FROM alpine:3.20\nLABEL home=\"https://example.com/\"\n")
            .with(&[("schema", "home=url")]),
        good("FROM alpine:3.20\nLABEL home=\"example.com\"\n"),
    ],
    check: |cx, found| check_kind(cx, found, &URL, "url", kinds::is_url),
    ..Rule::DEFAULT
};

pub(super) static TIME: Rule = Rule {
    id: "dockerfile/label-time",
    severity: Severity::Warning,
    summary: text("label is no RFC 3339 time", "标签不是 RFC 3339 时间"),
    message: text("`{value}` is no time of RFC 3339", "`{value}` 不是 RFC 3339 时间"),
    why: WHY,
    help: text("write it as 2026-01-31T08:30:00Z", "写成 2026-01-31T08:30:00Z 的形式"),
    rests_on: &[&RFC_3339],
    aliases: &["DL3053"],
    options: OPTIONS,
    examples: &[
        bad("FROM alpine:3.20\nLABEL created=\"«2026-02-30T08:30:00Z»\"\n")
            .with(&[("schema", "created=rfc3339")]),
        good("FROM alpine:3.20\nLABEL created=\"2026-01-31T08:30:00.25+01:00\"\n")
            .with(&[("schema", "created=rfc3339")]),
        good("FROM alpine:3.20\nARG NOW\nLABEL created=$NOW\n")
            .with(&[("schema", "created=rfc3339")]),
    ],
    check: |cx, found| check_kind(cx, found, &TIME, "rfc3339", kinds::is_time),
    ..Rule::DEFAULT
};

pub(super) static LICENCE: Rule = Rule {
    id: "dockerfile/label-spdx",
    severity: Severity::Warning,
    summary: text("label is no SPDX licence", "标签不是 SPDX 许可证"),
    message: text("`{value}` is no licence of the SPDX list", "`{value}` 不是 SPDX 列表中的许可证"),
    why: WHY,
    help: text(
        "use the identifier from the list, for example Apache-2.0",
        "使用列表中的标识符，例如 Apache-2.0",
    ),
    rests_on: &[&SPDX_EXPRESSIONS],
    aliases: &["DL3054"],
    options: OPTIONS,
    examples: &[
        bad("FROM alpine:3.20\nLABEL licence=\"«Apache 2»\"\n").with(&[("schema", "licence=spdx")]),
        good("FROM alpine:3.20\nLABEL licence=\"MIT OR Apache-2.0\"\n")
            .with(&[("schema", "licence=spdx")]),
        good("FROM alpine:3.20\nLABEL licence=\"(MIT AND BSD-3-Clause) OR GPL-2.0-only WITH Classpath-exception-2.0\"\n")
            .with(&[("schema", "licence=spdx")]),
    ],
    check: |cx, found| check_kind(cx, found, &LICENCE, "spdx", licences::is_expression),
    ..Rule::DEFAULT
};

pub(super) static COMMIT: Rule = Rule {
    id: "dockerfile/label-githash",
    severity: Severity::Warning,
    summary: text("label is no Git hash", "标签不是 Git 哈希"),
    message: text("`{value}` is no hash of a Git commit", "`{value}` 不是 Git 提交的哈希"),
    why: WHY,
    help: text(
        "give the commit's hash, in full or its first seven digits",
        "写提交的完整哈希或其前七位",
    ),
    rests_on: &[&GIT_OBJECTS],
    aliases: &["DL3055"],
    options: OPTIONS,
    examples: &[
        bad("FROM alpine:3.20\nLABEL commit=\"«main»\"\n").with(&[("schema", "commit=hash")]),
        good("FROM alpine:3.20\nLABEL commit=\"0a1b2c3\"\n").with(&[("schema", "commit=hash")]),
    ],
    check: |cx, found| check_kind(cx, found, &COMMIT, "hash", kinds::is_commit),
    ..Rule::DEFAULT
};

pub(super) static VERSION: Rule = Rule {
    id: "dockerfile/label-semver",
    severity: Severity::Warning,
    summary: text("label is no semantic version", "标签不是语义化版本"),
    message: text("`{value}` is no semantic version", "`{value}` 不是语义化版本"),
    why: WHY,
    help: text("write three numbers: 1.4.0", "写三个数字：1.4.0"),
    rests_on: &[&SEMANTIC_VERSIONING],
    aliases: &["DL3056"],
    options: OPTIONS,
    examples: &[
        bad("FROM alpine:3.20\nLABEL version=\"«v1.4»\"\n").with(&[("schema", "version=semver")]),
        good("FROM alpine:3.20\nLABEL version=\"1.4.0-rc.1+build.7\"\n")
            .with(&[("schema", "version=semver")]),
    ],
    check: |cx, found| check_kind(cx, found, &VERSION, "semver", kinds::is_version),
    ..Rule::DEFAULT
};

pub(super) static EMAIL: Rule = Rule {
    id: "dockerfile/label-email",
    severity: Severity::Warning,
    summary: text("label is no e-mail address", "标签不是电子邮件地址"),
    message: text("`{value}` is no e-mail address", "`{value}` 不是电子邮件地址"),
    why: WHY,
    help: text("write it as name@example.com", "写成 name@example.com 的形式"),
    rests_on: &[&RFC_5322],
    aliases: &["DL3058"],
    options: OPTIONS,
    examples: &[
        bad("FROM alpine:3.20\nLABEL maintainer=\"«Search Team»\"\n")
            .with(&[("schema", "maintainer=email")]),
        good("FROM alpine:3.20\nLABEL maintainer=\"search@example.com\"\n")
            .with(&[("schema", "maintainer=email")]),
    ],
    check: |cx, found| check_kind(cx, found, &EMAIL, "email", kinds::is_email),
    ..Rule::DEFAULT
};

fn check_empty(cx: &Context<'_>, found: &mut Findings) {
    let known = schema(cx, &EMPTY);
    for file in files(cx).filter(|_| !known.is_empty()) {
        for label in labels(file).filter(|label| label.value.as_deref() == Some("")) {
            let Some(key) = label.key else { continue };
            if known.iter().any(|(name, _)| *name == key) {
                found.add(&EMPTY, file.at(label.value_span)).arg("label", key);
            }
        }
    }
}

/// Reports the labels of `kind` whose value is another one; an empty value is `EMPTY`'s to tell.
fn check_kind(
    cx: &Context<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    kind: &str,
    is_valid: fn(&str) -> bool,
) {
    let known = schema(cx, rule);
    for file in files(cx).filter(|_| !known.is_empty()) {
        for label in labels(file) {
            let (Some(key), Some(value)) = (label.key, label.value) else { continue };
            let is_of_kind = known.iter().any(|(name, of)| *name == key && of == kind);
            if is_of_kind && !value.is_empty() && !is_valid(&value) {
                let shown: String = value.chars().take(60).collect();
                found.add(rule, file.at(label.value_span)).arg("value", shown);
            }
        }
    }
}
