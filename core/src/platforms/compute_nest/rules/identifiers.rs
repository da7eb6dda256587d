//! Identifiers by themselves: their form, kind, name and quotes, and what stands around them.

use super::super::spec::{
    BRACES_ARE_A_MAPPING, IDENTIFIER_FORM, IDENTIFIER_KINDS, IDENTIFIER_NAMES, IMAGE_IS_ADDRESS,
};
use super::super::view::templates;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};
use crate::tree::edit::yaml_scalar;

pub(super) static MALFORMED: Rule = Rule {
    id: "compute-nest/identifier-malformed",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("an identifier that is not replaced", "不会被替换的标识符"),
    message: text(
        "`{written}` is no identifier: it must be `{{ computenest::KIND::NAME }}`",
        "`{written}` 不是标识符，应写作 `{{ computenest::KIND::NAME }}`",
    ),
    why: text(
        "Compute Nest leaves it as it is; the image or file is looked for under this very text.",
        "计算巢会原样保留它，并以这段文本作为地址查找镜像或文件。",
    ),
    help: text(
        "write two braces on each side and two colons between the parts",
        "请在两侧各写两个花括号，各部分之间用两个冒号",
    ),
    rests_on: &[&IDENTIFIER_FORM],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  Image:\n    Value: '«{{ computenest:acrimage:web }}»'\n",
        )
        .fixed(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  Image:\n    Value: '{{ computenest::acrimage::web }}'\n",
        ),
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  File:\n    Value: |\n      wget '«{{ computeneset::file::app }}»'\n",
        )
        .fixed(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  File:\n    Value: |\n      wget '{{ computenest::file::app }}'\n",
        ),
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  File:\n    Value: '«{{ computenest::file:: }}»'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: 'https://computenest-artifacts.oss-cn-hangzhou.aliyuncs.com/a'\n  B:\n    Value: '{{computenest::file::app}}'\n",
        ),
    ],
    check: malformed,
    ..Rule::DEFAULT
};

fn malformed(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for one in file.uses().iter().filter(|one| one.identifier.parts.is_none()) {
            let identifier = one.identifier;
            let at = file.at(identifier.span());
            let finding = found.add(&MALFORMED, at);
            finding.arg("written", identifier.written());
            let is_exact = identifier.text.is_verbatim(identifier.start, identifier.end);
            if let Some(meant) = meant(identifier.written()).filter(|_| is_exact) {
                finding.fix(
                    Fix::safe(text("write `{meant}`", "改写为 `{meant}`"))
                        .arg("meant", &meant)
                        .replace(at, meant),
                );
            }
        }
    }
}

/// The identifier that `written` was surely meant as.
fn meant(written: &str) -> Option<String> {
    // An open end may be where the rest of a line was meant to go.
    if !written.ends_with("}}") {
        return None;
    }
    let inner = written.trim_matches(['{', '}', ' ', '$']);
    let words: Vec<&str> =
        inner.split(':').map(str::trim).filter(|part| !part.is_empty()).collect();
    let [_, kind, name] = words[..] else { return None };
    let is_name = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let is_known = IDENTIFIER_KINDS.value.contains(&kind);
    (is_known && is_name(name)).then(|| format!("{{{{ computenest::{kind}::{name} }}}}"))
}

pub(super) static KIND_UNKNOWN: Rule = Rule {
    id: "compute-nest/identifier-kind-unknown",
    platform: Some(Platform::ComputeNest),
    summary: text("an identifier of an unknown kind", "未知类型的标识符"),
    message: text("`{written}` is of no known kind", "`{written}` 的类型未知"),
    why: text(
        "If Compute Nest does not know it either, it is left as it is.",
        "若计算巢也不认识该类型，标识符会原样保留。",
    ),
    help: text(
        "the kinds are acrimage, helmchart and file with a name, acr and helm with dockerconfigjson",
        "类型为：acrimage、helmchart、file（后接名称），acr、helm（后接 dockerconfigjson）",
    ),
    rests_on: &[&IDENTIFIER_KINDS.source],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '«{{ computenest::image::web }}»'\n",
        ),
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '«{{ computenest::acr::web }}»'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '{{ computenest::helmchart::web }}'\n  B:\n    Value: '{{ computenest::helm::dockerconfigjson }}'\n",
        ),
    ],
    check: |cx, found| {
        for file in templates(cx) {
            for one in file.uses() {
                let Some((kind, name)) = one.identifier.parts else { continue };
                let is_known = match kind {
                    "acr" | "helm" => name == "dockerconfigjson",
                    kind => IDENTIFIER_KINDS.value.contains(&kind),
                };
                if !is_known {
                    found
                        .add(&KIND_UNKNOWN, file.at(one.identifier.span()))
                        .arg("written", one.identifier.written());
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static NAME_CHARS: Rule = Rule {
    id: "compute-nest/identifier-name-chars",
    platform: Some(Platform::ComputeNest),
    summary: text("an identifier with unusual letters", "标识符名称含有不常见的字符"),
    message: text(
        "the name `{name}` holds other letters than usual",
        "名称 `{name}` 含有不常见的字符",
    ),
    why: text(
        "No published template has such a name; it may not be found.",
        "公开的模板中没有这样的名称，可能无法识别。",
    ),
    help: text("use letters, digits, `_` and `-`", "请使用字母、数字、`_` 和 `-`"),
    rests_on: &[&IDENTIFIER_NAMES],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '«{{ computenest::file::web.tar }}»'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '{{ computenest::file::web-1_0 }}'\n",
        ),
    ],
    check: |cx, found| {
        for file in templates(cx) {
            for one in file.uses() {
                let Some((_, name)) = one.identifier.parts else { continue };
                let is_usual =
                    |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
                if !name.bytes().all(is_usual) {
                    found.add(&NAME_CHARS, file.at(one.identifier.span())).arg("name", name);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static UNQUOTED: Rule = Rule {
    id: "compute-nest/identifier-unquoted",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("an identifier that YAML takes for a mapping", "会被 YAML 当作映射的标识符"),
    message: text("`{written}` needs quotes here", "此处的 `{written}` 需要加引号"),
    why: text(
        "A value that begins with a brace is a mapping to YAML: the template cannot be read.",
        "以花括号开头的值在 YAML 中是映射，模板无法解析。",
    ),
    help: text("put it in quotes", "请加上引号"),
    rests_on: &[&BRACES_ARE_A_MAPPING],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: «{{ computenest::helmchart::web }}»\n",
        )
        .fixed(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '{{ computenest::helmchart::web }}'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: |\n      {{ computenest::helmchart::web }}\n  B:\n    Value: to {{ computenest::file::web }}\n",
        ),
    ],
    check: |cx, found| {
        for file in templates(cx).filter(|file| file.document.yaml().is_some()) {
            for one in file.uses() {
                let written = file.document.source.slice(one.node.span);
                // A block of text has its header before it.
                if !written.starts_with('{') || one.identifier.start != 0 {
                    continue;
                }
                let at = file.at(one.node.span);
                let quoted = yaml_scalar(one.node.as_str().unwrap_or_default());
                let finding = found.add(&UNQUOTED, at);
                finding.arg("written", written);
                if quoted.starts_with(['\'', '"']) {
                    finding.fix(
                        Fix::safe(text("put it in quotes", "加上引号")).replace(at, quoted),
                    );
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static EXTRA_TAG: Rule = Rule {
    id: "compute-nest/acrimage-extra-tag",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("a host or tag around an image's identifier", "镜像标识符前后多了域名或标签"),
    message: text(
        "the identifier becomes a whole address; `{extra}` makes it one that does not exist",
        "标识符会变成完整地址，加上 `{extra}` 后地址不存在",
    ),
    why: text(
        "The address would have two tags or two hosts: InvalidImageName.",
        "地址会出现两个标签或两个域名，导致 InvalidImageName。",
    ),
    help: text("leave it out", "请删除"),
    rests_on: &[&IMAGE_IS_ADDRESS],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: |\n      image: {{ computenest::acrimage::web }}«:1.0»\n",
        ),
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: |\n      image: «registry.example.com/»{{ computenest::acrimage::web }}\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: |\n      docker run --name web {{ computenest::acrimage::web }} serve\n",
        ),
    ],
    check: extra_tag,
    ..Rule::DEFAULT
};

fn extra_tag(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for one in file.uses().iter().filter(|one| one.identifier.is("acrimage")) {
            let identifier = one.identifier;
            let is_part = |letter: char| letter.is_ascii_alphanumeric() || "._-/".contains(letter);
            let after = identifier.after();
            let tag = match after.strip_prefix([':', '@']) {
                Some(rest) => 1 + rest.len() - rest.trim_start_matches(is_part).len(),
                None => 0,
            };
            let before = identifier.before();
            let host = before.len() - before.trim_end_matches(|c| is_part(c) || c == ':').len();
            let span = if tag > 1 {
                identifier.text.span(identifier.end, identifier.end + tag)
            } else if before.ends_with('/') && host > 1 {
                identifier.text.span(identifier.start - host, identifier.start)
            } else {
                continue;
            };
            report(file.at(span), file.document.source.slice(span), found, span);
        }
    }
}

fn report(at: crate::text::Place, extra: &str, found: &mut Findings, span: Span) {
    let finding = found.add(&EXTRA_TAG, at);
    finding.arg("extra", extra);
    if span.len() == extra.len() {
        finding.fix(
            Fix::risky(text("leave out `{extra}`", "删除 `{extra}`"))
                .arg("extra", extra)
                .delete(at),
        );
    }
}
