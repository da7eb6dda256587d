//! Variables wherever a Dockerfile sets one: ENV, ARG, and the commands of RUN.

use super::super::file::File;
use crate::dockerfile::{Body, Keyword, Lookup, Pair, expand};
use crate::shell::variables;
use crate::text::Span;

/// A variable that gets a value.
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) name_span: Span,
    /// The value without quotes; `None` where only the build knows all of it, or none is given.
    pub(super) value: Option<String>,
    /// Where the value stands, quotes included; the name's place where there is no value.
    pub(super) value_span: Span,
    /// Whether a value is written at all.
    pub(super) has_value: bool,
    /// ENV, ARG or RUN.
    pub(super) by: Keyword,
}

/// Everything that ENV and ARG set, those behind ONBUILD included.
pub(super) fn of_instructions(file: File<'_>) -> Vec<Setting> {
    let mut found = Vec::new();
    for (_, instruction) in file.instructions() {
        let instruction = instruction.inner();
        let pairs = match (&instruction.body, instruction.keyword) {
            (Body::Pairs { pairs, .. }, Keyword::Env) | (Body::Args(pairs), Keyword::Arg) => pairs,
            _ => continue,
        };
        found.extend(pairs.iter().map(|pair| read(file, pair, instruction.keyword)));
    }
    found
}

fn read(file: File<'_>, pair: &Pair, by: Keyword) -> Setting {
    let unknown = |_: &str| Lookup::Unknown;
    let value = pair.value.as_ref().and_then(|word| {
        expand(word, file.content.tree.escape, &unknown).value().map(str::to_owned)
    });
    Setting {
        name: pair.name.raw().to_owned(),
        name_span: pair.name.span,
        value,
        value_span: pair.value.as_ref().map_or(pair.name.span, |word| word.span),
        has_value: pair.value.is_some(),
        by,
    }
}

/// Everything that ENV, ARG and the commands of RUN set.
pub(super) fn all(file: File<'_>) -> Vec<Setting> {
    let mut found = of_instructions(file);
    found.extend(variables(file.run_commands()).into_iter().map(|variable| Setting {
        value: variable.value.is_known.then(|| variable.value.text().to_owned()),
        name: variable.name,
        name_span: variable.name_span,
        value_span: variable.value.span,
        has_value: true,
        by: Keyword::Run,
    }));
    found
}
