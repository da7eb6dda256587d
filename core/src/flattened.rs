//! Requests as flat lists of parameters, the way an RPC-style API takes them:
//! `Container.1.Image=nginx`, one on a line.
//!
//! Knows no API: what the names mean is for its reader.

use crate::text::{MappedText, Span, SyntaxError, text};

/// A flat request.
#[derive(Clone, Debug, Default)]
pub struct Flattened {
    /// The parameters in their order.
    pub parameters: Vec<Parameter>,
    /// Lines that are no parameters.
    pub errors: Vec<SyntaxError>,
    /// Lines that begin with `#`.
    pub comments: Vec<Span>,
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
    /// Where the value stands.
    pub value_span: Span,
}

/// Reads `source`. Never fails: what cannot be read is in the errors.
pub fn parse(source: &str) -> Flattened {
    let mut request = Flattened::default();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_start_matches('\u{feff}').trim();
        let from = start + line.find(content).unwrap_or(0);
        let span = Span::new(from, from + content.len());
        if content.is_empty() {
            continue;
        }
        if content.starts_with('#') {
            request.comments.push(span);
            continue;
        }
        let Some((key, value)) = content.split_once('=').filter(|(key, _)| is_name(key.trim()))
        else {
            request.errors.push(SyntaxError::new(
                span,
                text("this line is no `Name=Value`", "该行不是 `名称=值` 的形式"),
            ));
            continue;
        };
        let value_at = from + key.len() + 1 + (value.len() - value.trim_start().len());
        let value = value.trim();
        request.parameters.push(Parameter {
            key: key.trim().to_owned(),
            key_span: Span::new(from, from + key.trim_end().len()),
            value: MappedText::verbatim(value, value_at),
            value_span: Span::new(value_at, value_at + value.len()),
        });
    }
    request
}

fn is_name(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
