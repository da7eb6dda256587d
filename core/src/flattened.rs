//! Requests as flat lists of parameters, the way an RPC-style API takes them:
//! `Container.1.Image=nginx`, one on a line; as options of a command line; or as a query string.
//!
//! Knows no API: what the names mean is for its reader.

mod options;
mod query;
mod tree;

use std::ops::Range;
use std::sync::OnceLock;

pub use tree::is_index;

use crate::text::{MappedText, Span, SyntaxError, text};
use crate::tree::Node;

/// A flat request.
#[derive(Clone, Debug, Default)]
pub struct Flattened {
    /// The parameters in their order.
    pub parameters: Vec<Parameter>,
    /// Lines that are no parameters.
    pub errors: Vec<SyntaxError>,
    /// Lines that begin with `#`.
    pub comments: Vec<Span>,
    /// Whether a command or a query says which operation is called: then nothing is left out.
    pub is_call: bool,
    /// The tree, once somebody has asked.
    tree: OnceLock<Option<Node>>,
}

impl Flattened {
    /// The parameters as the tree that their names spell; `None` where there are none. Of more than
    /// any request has, the rest is left out ([`Flattened::in_tree`]), and so are names that are
    /// deeper than any.
    pub fn tree(&self) -> Option<&Node> {
        self.tree.get_or_init(|| tree::read(self)).as_ref()
    }

    /// The parameters that may be in the tree.
    pub fn in_tree(&self) -> &[Parameter] {
        tree::in_tree(self)
    }
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name: `Container.1.Image`.
    pub key: String,
    /// Where the name stands.
    pub key_span: Span,
    /// Its value, with the way back.
    pub value: MappedText,
    /// Where the value stands, quotes included.
    pub value_span: Span,
}

impl Parameter {
    /// The parts of the name between its dots, each with its place.
    pub fn segments(&self) -> impl Iterator<Item = (&str, Span)> {
        let is_plain = self.key_span.len() == self.key.len();
        let mut at = self.key_span.start as usize;
        self.key.split('.').map(move |segment| {
            let span = Span::new(at, at + segment.len());
            at += segment.len() + 1;
            (segment, if is_plain { span } else { self.key_span })
        })
    }
}

/// Reads `source`. Never fails: what cannot be read is in the errors.
pub fn parse(source: &str) -> Flattened {
    let mut request = Flattened::default();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let content = line.trim_start_matches('\u{feff}').trim();
        let from = at + line.find(content).unwrap_or(0);
        if content.is_empty() {
            at += line.len();
        } else if content.starts_with('#') {
            request.comments.push(Span::new(from, from + content.len()));
            at += line.len();
        } else if options::begins(content) {
            // A command line goes on over the ends of lines.
            at = options::read(source, from, &mut request);
        } else {
            read_line(content, from, &mut request);
            at += line.len();
        }
    }
    request
}

/// Reads the words of a command, each with its place, as options.
pub fn of_words(words: impl Iterator<Item = (MappedText, Span)>) -> Flattened {
    let mut request = Flattened { is_call: true, ..Flattened::default() };
    options::collect(words, &mut request);
    request
}

fn read_line(content: &str, from: usize, request: &mut Flattened) {
    if query::read(content, from, request) {
        return;
    }
    let Some(sign) = separator(content) else {
        request.errors.push(SyntaxError::new(
            Span::new(from, from + content.len()),
            text("this line is no `Name=Value`", "该行不是 `名称=值` 的形式"),
        ));
        return;
    };
    let key = content[..sign].trim_end();
    let value = &content[sign + 1..];
    let value_at = from + sign + 1 + (value.len() - value.trim_start().len());
    let value = value.trim();
    let inner = unquoted(value);
    request.parameters.push(Parameter {
        key: key.to_owned(),
        key_span: Span::new(from, from + key.len()),
        value: MappedText::verbatim(&value[inner.clone()], value_at + inner.start),
        value_span: Span::new(value_at, value_at + value.len()),
    });
}

/// Where `=` or `:` ends a name.
fn separator(content: &str) -> Option<usize> {
    let sign = content.find(['=', ':'])?;
    let is_pair = content[sign..].starts_with('=')
        || content[sign + 1..].is_empty()
        || content[sign + 1..].starts_with(char::is_whitespace);
    (is_pair && is_name(content[..sign].trim_end())).then_some(sign)
}

/// The inside of a pair of quotes around all of `value`.
fn unquoted(value: &str) -> Range<usize> {
    let is_pair = value.len() >= 2
        && (value.starts_with('"') && value.ends_with('"')
            || value.starts_with('\'') && value.ends_with('\''));
    if is_pair { 1..value.len() - 1 } else { 0..value.len() }
}

fn is_name(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<(String, String, String)> {
        let request = parse(source);
        let place = |one: &Parameter| source[one.value.whole().range()].to_owned();
        request
            .parameters
            .iter()
            .map(|one| (one.key.clone(), one.value.text().to_owned(), place(one)))
            .collect()
    }

    fn pairs(source: &str) -> Vec<(String, String)> {
        read(source).into_iter().map(|(key, value, _)| (key, value)).collect()
    }

    #[test]
    fn lines_become_parameters_with_their_places() {
        let source = "\u{feff}# note\nContainer.1.Image = nginx:1 \r\n\nnot one\nRegionId=\n";
        let request = parse(source);
        let read: Vec<(&str, &str, &str)> = request
            .parameters
            .iter()
            .map(|one| (one.key.as_str(), one.value.text(), &source[one.value_span.range()]))
            .collect();
        assert_eq!(read, [("Container.1.Image", "nginx:1", "nginx:1"), ("RegionId", "", "")]);
        assert_eq!(&source[request.errors[0].span.range()], "not one");
        assert_eq!(&source[request.comments[0].range()], "# note");
    }

    #[test]
    fn a_colon_and_quotes_are_taken_as_well() {
        for (source, value, place) in [
            ("Container.1.Image: nginx:1\n", "nginx:1", "nginx:1"),
            ("Container.1.Image=\"nginx:1\"\n", "nginx:1", "nginx:1"),
            ("Container.1.Image = 'a b'\n", "a b", "a b"),
        ] {
            let found = read(source);
            assert_eq!(found, [("Container.1.Image".into(), value.into(), place.into())]);
        }
        assert_eq!(parse("nginx:1\nhttp://a=b\n").errors.len(), 2);
    }

    #[test]
    fn a_query_string_is_decoded_and_keeps_its_places() {
        let source = "https://eci.aliyuncs.com/?Action=CreateContainerGroup&Container.1.Image=a%2Fb%3A1&Tag.1.Value=x+y&Empty=\n";
        let found = read(source);
        let expected = [
            ("Action", "CreateContainerGroup", "CreateContainerGroup"),
            ("Container.1.Image", "a/b:1", "a%2Fb%3A1"),
            ("Tag.1.Value", "x y", "x+y"),
            ("Empty", "", ""),
        ];
        assert_eq!(found, expected.map(|(k, v, p)| (k.into(), v.into(), p.into())));
        assert!(parse(source).is_call);
        assert_eq!(pairs("A=1&B=%zz%e7%ab%af%ff"), [("A", "1"), ("B", "%zz端%ff")].map(own));
    }

    fn own((key, value): (&str, &str)) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn options_are_read_with_their_values_over_several_lines() {
        let source = "aliyun eci CreateContainerGroup \\\n  --RegionId cn-hangzhou \\\n  \
            --Container.1.Image='a b' --Container.1.Arg.1 \"-c\" --DryRun --Cpu=2 \\\n\n--ZoneId a\n";
        let expected = [
            ("RegionId", "cn-hangzhou"),
            ("Container.1.Image", "a b"),
            ("Container.1.Arg.1", "-c"),
            ("DryRun", ""),
            ("Cpu", "2"),
            ("ZoneId", "a"),
        ];
        assert_eq!(pairs(source), expected.map(own));
        assert_eq!(pairs("--A <b c>\n--C '<d e>'\n# x\n--E f\n")[2], own(("E", "f")));
        let request = parse("--A b stray\n");
        assert_eq!(request.errors.len(), 1);
        assert!(!request.is_call);
    }

    #[test]
    fn the_parts_of_a_name_have_places() {
        let source = "Container.1.Image=x";
        let request = parse(source);
        let segments: Vec<_> = request.parameters[0]
            .segments()
            .map(|(segment, span)| (segment, &source[span.range()]))
            .collect();
        assert_eq!(segments, [("Container", "Container"), ("1", "1"), ("Image", "Image")]);
    }

    #[test]
    fn any_text_is_read_without_a_panic() {
        for source in
            ["--", "--=", "=", ":", "&", "?&=", "--a '", "--a \\", "\u{feff}", "%", "a=&%"]
        {
            parse(source);
        }
    }
}
