//! `${…}` in the text of `Fn::Sub`.

use crate::text::{MappedText, Span};

/// One `${…}`.
#[derive(Clone, Copy, Debug)]
pub struct Variable<'a> {
    /// What stands between the braces.
    pub inner: &'a str,
    /// Where that is in the document.
    pub span: Span,
    /// Whether it is `${!…}`, which stays as text without the mark.
    pub is_literal: bool,
    /// Whether it stands byte for byte in the document.
    pub is_verbatim: bool,
}

impl<'a> Variable<'a> {
    /// The name of what is put in, without an attribute: `Web` of `${Web.PublicIp}`; `None` where
    /// it is the expansion of a shell: `${1}`, `${name:-x}`, `${#list[@]}`.
    pub fn name(self) -> Option<&'a str> {
        let inner = self.inner.trim();
        let name = inner.split('.').next().unwrap_or_default();
        let (base, index) = match name.split_once('[') {
            Some((base, index)) => (base, index.strip_suffix(']')),
            None => (name, Some("")),
        };
        let is_index = index.is_some_and(|index| index.bytes().all(|b| b.is_ascii_digit()));
        // One colon is the shell's, two are of a pseudo parameter.
        let plain = base.replace("::", "");
        let is_name = plain.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && plain.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        (is_name && is_index).then_some(base)
    }

    /// The variable that a shell would expand: `name` of `${name:-x}` and `${#name}`.
    pub fn shell_name(self) -> &'a str {
        let inner = self.inner.trim_start_matches('#');
        let end = inner.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(inner.len());
        &inner[..end]
    }
}

/// Every `${…}` of `text`, in their order.
pub fn variables(text: &MappedText) -> impl Iterator<Item = Variable<'_>> {
    let source = text.text();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + source[at..].find("${")? + 2;
        let end = start + source[start..].find('}')?;
        at = end + 1;
        let inner = &source[start..end];
        let is_literal = inner.starts_with('!');
        let from = start + usize::from(is_literal);
        Some(Variable {
            inner: &source[from..end],
            span: text.span(from, end),
            is_literal,
            is_verbatim: text.is_verbatim(start - 2, end + 1),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_a_shell_expands() {
        let source = "${A} $A ${B.C.D} ${!d} ${ALIYUN::Region} ${e:-x} ${#f[@]} ${1} ${G[0].H} ${";
        let text = MappedText::verbatim(source, 10);
        let found: Vec<(&str, Option<&str>, bool)> =
            variables(&text).map(|one| (one.inner, one.name(), one.is_literal)).collect();
        assert_eq!(
            found,
            [
                ("A", Some("A"), false),
                ("B.C.D", Some("B"), false),
                ("d", Some("d"), true),
                ("ALIYUN::Region", Some("ALIYUN::Region"), false),
                ("e:-x", None, false),
                ("#f[@]", None, false),
                ("1", None, false),
                ("G[0].H", Some("G"), false),
            ]
        );
        assert_eq!(variables(&text).next().unwrap().span, Span::new(12, 13));
        let shell: Vec<&str> = variables(&text).map(Variable::shell_name).collect();
        assert_eq!(shell, ["A", "B", "d", "ALIYUN", "e", "f", "1", "G"]);
    }
}
