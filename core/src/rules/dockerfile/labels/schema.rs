//! The labels of a Dockerfile, and what the user wants them to be.

use super::super::file::File;
use crate::dockerfile::{Body, Instruction, Keyword, Lookup, Pair, expand};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, OptionKind, OptionSpec, OptionValue, Rule};
use crate::text::{Span, text};

pub(super) static SCHEMA: OptionSpec = OptionSpec {
    name: "schema",
    description: text(
        "the labels that an image must have, each with the kind of its value: text, url, email, semver, hash, rfc3339 or spdx",
        "镜像必须具有的标签及其值的类型：text、url、email、semver、hash、rfc3339 或 spdx",
    ),
    kind: OptionKind::Words(&[
        "text", "rawtext", "url", "email", "semver", "hash", "rfc3339", "spdx",
    ]),
};

static OBJECT_LABELS: Publication = Publication {
    title: "Docker object labels",
    url: "https://docs.docker.com/engine/manage-resources/labels/",
    date: "",
};

pub(super) static KEY_FORM: Citation = Citation {
    publication: &OBJECT_LABELS,
    says: text(
        "a key begins with a lower-case letter and holds lower-case letters, digits, single dots and hyphens; com.docker, io.docker and org.dockerproject are reserved",
        "键以小写字母开头，只含小写字母、数字以及单个的点和连字符；com.docker、io.docker 和 org.dockerproject 为保留命名空间",
    ),
    certainty: Certainty::Documented,
};

pub(super) static LABELS: Citation = Citation {
    publication: &OBJECT_LABELS,
    says: text(
        "labels record what an image is, for people and for tools that read them",
        "标签记录镜像的信息，供人和工具读取",
    ),
    certainty: Certainty::Documented,
};

/// What the user set for `rule`: names of labels, and the kind of each.
pub(super) fn schema<'a>(cx: &Context<'a>, rule: &Rule) -> &'a [(String, String)] {
    cx.option(rule, SCHEMA.name).map(OptionValue::map).unwrap_or_default()
}

/// A label as it is set.
pub(super) struct Label {
    /// The key; `None` where it holds a variable.
    pub(super) key: Option<String>,
    pub(super) key_span: Span,
    /// The value; `None` where it holds a variable.
    pub(super) value: Option<String>,
    /// Where the value stands, without quotes around it.
    pub(super) value_span: Span,
}

/// The labels that an instruction sets, or that behind ONBUILD.
pub(super) fn labels_of<'a>(
    file: File<'a>,
    instruction: &'a Instruction,
) -> impl Iterator<Item = Label> + use<'a> {
    let instruction = instruction.inner();
    let pairs = match (instruction.keyword, &instruction.body) {
        (Keyword::Label, Body::Pairs { pairs, .. }) => &pairs[..],
        _ => &[],
    };
    let escape = file.content.tree.escape;
    pairs.iter().map(move |pair| read(pair, escape))
}

/// All labels that the file sets.
pub(super) fn labels<'a>(file: File<'a>) -> impl Iterator<Item = Label> + use<'a> {
    file.instructions().flat_map(move |(_, instruction)| labels_of(file, instruction))
}

fn read(pair: &Pair, escape: char) -> Label {
    let key = expand(&pair.name, escape, &|_| Lookup::Unknown);
    let value = pair.value.as_ref().map(|word| {
        let value = expand(word, escape, &|_| Lookup::Unknown);
        let span = if value.text.text().is_empty() { word.span } else { value.text.whole() };
        let known = value.value().filter(|_| !value.is_overridable).map(str::to_owned);
        (known, span)
    });
    let (value, value_span) = value.unwrap_or((None, pair.name.span));
    Label {
        key: key.value().map(str::to_owned),
        key_span: match key.value() {
            Some(known) if !known.is_empty() => key.text.whole(),
            _ => pair.name.span,
        },
        value,
        value_span,
    }
}
