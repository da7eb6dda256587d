//! The text that a value stands for, as far as the template tells.

use super::{Call, call};
use crate::text::MappedText;
use crate::tree::Node;

/// The most texts that one value is read as.
const MOST: usize = 8;

/// The texts that `node` may stand for: of `Fn::If` each branch; of `Fn::Join` and `Fn::Sub` the
/// whole, with `${…}` where a value is put in. Empty where nothing is known.
pub fn texts(node: &Node) -> Vec<MappedText> {
    let mut found = read(node, 0);
    found.truncate(MOST);
    found
}

/// Functions nested deeper than this are not followed.
const DEEPEST: usize = 8;

fn read(node: &Node, depth: usize) -> Vec<MappedText> {
    if depth > DEEPEST {
        return Vec::new();
    }
    if let Some(text) = node.as_text() {
        return vec![text.clone()];
    }
    let Some(call) = call(node) else { return Vec::new() };
    match call.name {
        "Sub" => {
            let text = call.argument.as_text().or_else(|| call.arguments().first()?.as_text());
            text.map(substitute).into_iter().collect()
        }
        "Join" => join(call, depth),
        "If" => call.arguments().iter().skip(1).flat_map(|one| read(one, depth + 1)).collect(),
        _ => Vec::new(),
    }
}

/// `${!name}` is `${name}` in the result; what is put in stays as it is written.
fn substitute(text: &MappedText) -> MappedText {
    let source = text.text();
    let mut out = MappedText::new();
    let mut at = 0;
    while let Some(found) = source[at..].find("${!") {
        let start = at + found;
        out.append(&text.slice(at, start));
        out.push_decoded("${", text.span(start, start + 3));
        at = start + 3;
    }
    if at == 0 {
        return text.clone();
    }
    if at < source.len() {
        out.append(&text.slice(at, source.len()));
    }
    out
}

fn join(call: Call<'_>, depth: usize) -> Vec<MappedText> {
    let [separator, list] = call.arguments() else { return Vec::new() };
    let (Some(separator), Some(items)) = (separator.as_str(), list.items()) else {
        return Vec::new();
    };
    let mut out = MappedText::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_decoded(separator, item.span);
        }
        match read(item, depth + 1).into_iter().next() {
            Some(text) => out.append(&text),
            None => out.push_decoded(&put_in(item), item.span),
        }
    }
    vec![out]
}

/// How `Fn::Sub` would write a value that is put in.
fn put_in(item: &Node) -> String {
    let name = call(item).and_then(|call| match call.name {
        "Ref" => call.argument.as_str().map(str::to_owned),
        "GetAtt" => {
            let parts: Vec<&str> = call.arguments().iter().filter_map(Node::as_str).collect();
            Some(parts.join("."))
        }
        name => Some(name.to_owned()),
    });
    format!("${{{}}}", name.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::yaml;

    #[test]
    fn functions_give_the_text_that_they_stand_for() {
        let cases = [
            ("a: plain\n", &["plain"][..]),
            ("a: {Fn::Sub: 'x ${Y} ${!z}'}\n", &["x ${Y} ${z}"]),
            ("a: !Sub ['x ${Y}', {Y: 1}]\n", &["x ${Y}"]),
            ("a: !Join ['-', [a, {Ref: B}, !GetAtt [c, d]]]\n", &["a-${B}-${c.d}"]),
            ("a: {Fn::If: [C, one, {Fn::Sub: two}]}\n", &["one", "two"]),
            ("a: {Ref: X}\n", &[]),
            ("a: 1\n", &[]),
        ];
        for (source, expected) in cases {
            let root = yaml::parse(source).documents.remove(0);
            let found = texts(root.get("a").unwrap());
            let found: Vec<&str> = found.iter().map(MappedText::text).collect();
            assert_eq!(found, expected, "{source}");
        }
    }

    #[test]
    fn joined_lines_map_back_to_their_items() {
        let source = "a: {Fn::Join: [\"\\n\", ['kind: Pod', {Ref: X}, 'image: a:1']]}\n";
        let root = yaml::parse(source).documents.remove(0);
        let text = texts(root.get("a").unwrap()).remove(0);
        let at = text.text().find("a:1").unwrap();
        assert_eq!(&source[text.span(at, at + 3).range()], "a:1");
    }
}
