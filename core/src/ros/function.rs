//! Calls of template functions, in the long form (`{"Ref": …}`, `Fn::Sub: …`) and the short one
//! (`!Ref …`, `!Sub …`).

use crate::text::{Span, SyntaxError};
use crate::tree::{Member, Node};

/// A function and what it is applied to.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The name without `Fn::` and `!`: `Ref`, `Sub`, `GetAtt`.
    pub name: &'a str,
    /// The key or tag.
    pub key_span: Span,
    /// What it is applied to.
    pub argument: &'a Node,
    /// Whether it is written as a tag.
    pub is_short: bool,
}

/// The functions of templates, without `Fn::`; those of the section `Rules` included.
pub const FUNCTIONS: &[&str] = &[
    "Ref",
    "Str",
    "Base64Encode",
    "Base64Decode",
    "FindInMap",
    "GetAtt",
    "Join",
    "Sub",
    "Select",
    "GetAZs",
    "Replace",
    "Split",
    "Equals",
    "And",
    "Or",
    "Not",
    "If",
    "Index",
    "Length",
    "ListMerge",
    "GetJsonValue",
    "MergeMapToList",
    "MergeMap",
    "Avg",
    "SelectMapList",
    "Add",
    "Calculate",
    "Max",
    "Min",
    "GetStackOutput",
    "Jq",
    "FormatTime",
    "MarketplaceImage",
    "Any",
    "Indent",
    "Contains",
    "EachMemberIn",
    "MatchPattern",
    "Cidr",
    "Test",
    "TransformNamespace",
    "ResourceFacade",
    "MemberListToMap",
];

/// The call that `node` is, if it is one: an object with one key that names a function.
pub fn call(node: &Node) -> Option<Call<'_>> {
    let [Member { key, key_span, node: argument }] = node.members() else { return None };
    let (name, is_short) = match (key.strip_prefix("Fn::"), key.strip_prefix('!')) {
        (Some(name), _) => (name, false),
        (_, Some(name)) => (name, true),
        _ if key == "Ref" => ("Ref", false),
        _ => return None,
    };
    Some(Call { name, key_span: *key_span, argument, is_short })
}

impl<'a> Call<'a> {
    /// The arguments of a function that takes a list.
    pub fn arguments(self) -> &'a [Node] {
        self.argument.items().unwrap_or_default()
    }

    /// Whether there is a function of that name.
    pub fn is_known(self) -> bool {
        FUNCTIONS.contains(&self.name)
    }
}

/// The two tags that one YAML node may not have together, where `error` is that: `!Base64Encode
/// !Sub text`. From the first to the end of the second.
pub fn nested_tags(source: &str, error: &SyntaxError) -> Option<Span> {
    let at = error.span.start as usize;
    let second = tag(source.get(at..)?)?;
    let before = source.get(..at)?.trim_end();
    let start = before.rfind(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | '{'));
    let start = start.map_or(0, |found| found + 1);
    let first = before.get(start..)?;
    (tag(first) == Some(first)).then(|| Span::new(start, at + second.len()))
}

/// The tag that `text` begins with.
fn tag(text: &str) -> Option<&str> {
    let name = text.strip_prefix('!')?;
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    (length > 0).then(|| &text[..=length])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::yaml;

    #[test]
    fn two_tags_on_one_value_are_told_from_other_errors() {
        for (source, expected) in [
            ("a: !Base64Encode !Sub x\n", Some("!Base64Encode !Sub")),
            ("a:\n  - !Join\n    !Ref x\n", Some("!Join\n    !Ref")),
            ("a: b\n c: !Ref d\n", None),
            ("a: [!Ref b\n", None),
        ] {
            let document = yaml::parse(source);
            let found = nested_tags(source, &document.errors[0]);
            assert_eq!(found.map(|span| &source[span.range()]), expected, "{source}");
        }
    }
}
