//! JSON text into the tree: strict, with the place of what is wrong. Comments, trailing commas and
//! a byte order mark are noted and read over, since people write them.
//!
//! The reading is `jsonc-parser`'s; ours is the tree over it, its words and its limits.

use jsonc_parser::ast;
use jsonc_parser::common::Range;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::tokens::{Token, TokenAndRange};
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

use super::{Member, Node, Value};
use crate::text::{MappedText, Span, SyntaxError, Text, text};

/// The deepest nesting that is read.
pub const MOST_NESTING: usize = 128;

/// A JSON document: its tree, and what is wrong with its text.
#[derive(Clone, Debug, Default)]
pub struct JsonDocument {
    /// The value; `None` where the text could not be read.
    pub root: Option<Node>,
    /// Why the text could not be read.
    pub errors: Vec<SyntaxError>,
    /// Comments, which strict JSON has not.
    pub comments: Vec<Span>,
    /// Commas before a closing bracket, which strict JSON has not.
    pub trailing_commas: Vec<Span>,
    /// A byte order mark at the start.
    pub byte_order_mark: Option<Span>,
}

/// Reads `source` as JSON. Never fails: what cannot be read is in the errors.
pub fn parse(source: &str) -> JsonDocument {
    let mut document = JsonDocument::default();
    let body = match source.strip_prefix('\u{feff}') {
        Some(body) => {
            document.byte_order_mark = Some(Span::new(0, source.len() - body.len()));
            body
        }
        None => source,
    };
    let base = source.len() - body.len();
    if let Some(at) = too_deep(body) {
        document.errors.push(
            SyntaxError::new(
                Span::new(base + at, base + at + 1),
                text("values are nested more than {most} deep", "嵌套层数超过 {most}"),
            )
            .arg("most", MOST_NESTING),
        );
        return document;
    }
    let collect = CollectOptions { comments: CommentCollectionStrategy::AsTokens, tokens: true };
    match parse_to_ast(body, &collect, &LENIENT) {
        Ok(result) => {
            let reader = Reader { body, base };
            for pair in result.tokens.as_deref().unwrap_or_default().iter() {
                if matches!(pair.token, Token::CommentLine(_) | Token::CommentBlock(_)) {
                    document.comments.push(reader.span(&pair.range));
                }
            }
            document.trailing_commas = reader.trailing_commas(result.tokens.as_deref());
            match &result.value {
                Some(value) => document.root = Some(reader.node(value)),
                None => document.errors.push(SyntaxError::new(
                    Span::at(base),
                    text(
                        "the document is empty; a JSON value was expected",
                        "文档为空，应为 JSON 值",
                    ),
                )),
            }
        }
        Err(error) => {
            let range = error.range();
            let (start, end) = place(body, range);
            let words = describe(error.kind(), &body[start..end]);
            let shown = shown(body, start, end);
            document.errors.push(
                SyntaxError::new(Span::new(base + start, base + end), words).arg("found", shown),
            );
        }
    }
    document
}

/// Reads text that stands inside a document, with its way back.
pub fn parse_mapped(source: &MappedText) -> JsonDocument {
    let mut document = parse(source.text());
    let map = |span: &mut Span| *span = source.span(span.start as usize, span.end as usize);
    if let Some(root) = &mut document.root {
        root.through(source);
    }
    document.errors.iter_mut().for_each(|error| map(&mut error.span));
    document.comments.iter_mut().for_each(map);
    document.trailing_commas.iter_mut().for_each(map);
    document.byte_order_mark.iter_mut().for_each(map);
    document
}

const LENIENT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_loose_object_property_names: false,
    allow_trailing_commas: true,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The offset of the bracket that nests deeper than we read.
fn too_deep(body: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > MOST_NESTING {
                    return Some(at);
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

struct Reader<'a> {
    body: &'a str,
    /// Bytes before `body` in the document.
    base: usize,
}

impl Reader<'_> {
    fn span(&self, range: &Range) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn node(&self, value: &ast::Value<'_>) -> Node {
        let (range, value) = match value {
            ast::Value::NullKeyword(null) => (&null.range, Value::Null),
            ast::Value::BooleanLit(boolean) => (&boolean.range, Value::Bool(boolean.value)),
            ast::Value::NumberLit(number) => {
                (&number.range, Value::Number(number.value.to_owned()))
            }
            ast::Value::StringLit(string) => {
                (&string.range, Value::String(self.string(&string.range)))
            }
            ast::Value::Array(array) => {
                let items = array.elements.iter().map(|element| self.node(element)).collect();
                (&array.range, Value::Array(items))
            }
            ast::Value::Object(object) => {
                let members = object.properties.iter().map(|property| self.member(property));
                (&object.range, Value::Object(members.collect()))
            }
        };
        Node { span: self.span(range), value }
    }

    fn member(&self, property: &ast::ObjectProp<'_>) -> Member {
        let (key, range) = match &property.name {
            ast::ObjectPropName::String(name) => (name.value.to_string(), &name.range),
            ast::ObjectPropName::Word(name) => (name.value.to_owned(), &name.range),
        };
        Member { key, key_span: self.span(range), node: self.node(&property.value) }
    }

    /// The string that stands in quotes at `range`, decoded again with the way back.
    fn string(&self, range: &Range) -> MappedText {
        let inner = self.body.get(range.start + 1..range.end.saturating_sub(1)).unwrap_or_default();
        decode(inner, self.base + range.start + 1)
    }

    fn trailing_commas(&self, tokens: Option<&[TokenAndRange<'_>]>) -> Vec<Span> {
        let mut found = Vec::new();
        let mut comma: Option<Span> = None;
        for pair in tokens.unwrap_or_default() {
            match pair.token {
                Token::Comma => comma = Some(self.span(&pair.range)),
                Token::CommentLine(_) | Token::CommentBlock(_) => {}
                Token::CloseBrace | Token::CloseBracket => found.extend(comma.take()),
                _ => comma = None,
            }
        }
        found
    }
}

/// The content of a JSON string (without quotes) that starts at `offset` of the document. What is
/// no valid escape stays as it is.
pub(crate) fn decode(inner: &str, offset: usize) -> MappedText {
    let mut out = MappedText::new();
    let mut at = 0;
    while let Some(found) = inner[at..].find('\\') {
        let escape = at + found;
        out.push_verbatim(&inner[at..escape], offset + at);
        let (decoded, length) = unescape(&inner[escape..]);
        let end = escape + length;
        match decoded {
            Some(character) => {
                let mut buffer = [0; 4];
                out.push_decoded(
                    character.encode_utf8(&mut buffer),
                    Span::new(offset + escape, offset + end),
                );
            }
            None => out.push_verbatim(&inner[escape..end], offset + escape),
        }
        at = end;
    }
    out.push_verbatim(&inner[at..], offset + at);
    out
}

/// The character that the escape at the start of `text` stands for, and the escape's length.
fn unescape(text: &str) -> (Option<char>, usize) {
    let Some(kind) = text[1..].chars().next() else { return (None, text.len()) };
    let simple = match kind {
        '"' | '\\' | '/' => Some(kind),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    };
    if simple.is_some() {
        return (simple, 2);
    }
    let unit = |at: usize| {
        text.get(at..at + 2).filter(|mark| *mark == "\\u")?;
        let digits = text.get(at + 2..at + 6)?;
        digits
            .bytes()
            .all(|b| b.is_ascii_hexdigit())
            .then(|| u32::from_str_radix(digits, 16).ok())?
    };
    let Some(first) = unit(0) else { return (None, 1 + kind.len_utf8()) };
    if (0xD800..0xDC00).contains(&first)
        && let Some(second) = unit(6).filter(|unit| (0xDC00..0xE000).contains(unit))
    {
        let joined = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        return (char::from_u32(joined), 12);
    }
    (Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)), 6)
}

/// What to say of an error; `{found}` is what stands at its place.
fn describe(kind: &ParseErrorKind, found: &str) -> Text {
    use ParseErrorKind as Kind;
    if matches!(found, "True" | "False" | "None") {
        return text(
            "{found} is Python; JSON writes true, false, null",
            "{found} 是 Python 写法；JSON 使用 true、false、null",
        );
    }
    match kind {
        Kind::ExpectedColonAfterObjectKey => {
            text("a colon is missing after this key", "该键后缺少冒号")
        }
        Kind::ExpectedObjectValue => text("a value is missing after the colon", "冒号后缺少值"),
        Kind::ExpectedComma => text("a comma is missing before {found}", "{found} 之前缺少逗号"),
        Kind::MultipleRootJsonValues => text(
            "the document ends before {found}: JSON is one value",
            "文档在 {found} 之前已结束：JSON 只能有一个值",
        ),
        Kind::SingleQuotedStringsNotAllowed => {
            text("JSON strings stand in double quotes", "JSON 字符串必须使用双引号")
        }
        Kind::UnterminatedArray => text("this `[` is never closed", "该 `[` 没有对应的 `]`"),
        Kind::UnterminatedObject => text("this `{` is never closed", "该 `{` 没有对应的 `}`"),
        Kind::UnterminatedCommentBlock => text("this comment never ends", "该注释没有结束"),
        Kind::String(_) => text(
            "this string is not valid JSON: it never ends, or holds an escape or control character that JSON does not know",
            "该字符串不是合法的 JSON：没有结束，或含有 JSON 不支持的转义或控制字符",
        ),
        Kind::UnexpectedCloseBrace | Kind::UnexpectedCloseBracket => {
            text("{found} closes nothing", "{found} 没有对应的开括号")
        }
        Kind::UnexpectedWord | Kind::ExpectedStringObjectProperty => {
            text("{found} needs double quotes", "{found} 需要加双引号")
        }
        Kind::NonFiniteNumbersNotAllowed
        | Kind::HexadecimalNumbersNotAllowed
        | Kind::UnaryPlusNumbersNotAllowed
        | Kind::BareDecimalPointNumbersNotAllowed
        | Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral => {
            text("{found} is not a JSON number", "{found} 不是合法的 JSON 数字")
        }
        _ => text("{found} was not expected here", "此处不应出现 {found}"),
    }
}

/// Where an error is: past white space that the parser stopped at.
fn place(body: &str, range: Range) -> (usize, usize) {
    let start = floor(body, range.start);
    let end = floor(body, range.end.max(range.start)).max(start);
    if !body[start..end].trim().is_empty() || body[start..].trim().is_empty() {
        return (start, end);
    }
    let start = start + (body[start..].len() - body[start..].trim_start().len());
    (start, start + body[start..].chars().next().map_or(0, char::len_utf8))
}

/// What stands at a place, short and in backticks.
fn shown(body: &str, start: usize, end: usize) -> String {
    let found = if start == end {
        body[start..].chars().next().map(String::from).unwrap_or_default()
    } else {
        body[start..end].chars().take(24).collect()
    };
    // A string may be a credential: its first character tells enough.
    let is_quoted = found.starts_with(['"', '\'']);
    match found.as_str() {
        "" => "the end".to_owned(),
        _ if is_quoted => "a string".to_owned(),
        found => format!("`{}`", found.lines().next().unwrap_or_default()),
    }
}

fn floor(body: &str, at: usize) -> usize {
    let mut at = at.min(body.len());
    while !body.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_keep_their_bytes() {
        let source = r#"{"a": {"b.c": [1, "x\n8000"]}}"#;
        let root = parse(source).root.unwrap();
        let list = root.lookup(&["a", "b", "c"]).unwrap();
        assert_eq!(&source[list.span.range()], r#"[1, "x\n8000"]"#);
        let string = list.items().unwrap()[1].as_text().unwrap();
        assert_eq!(string.text(), "x\n8000");
        assert_eq!(&source[string.span(2, 6).range()], "8000");
    }

    #[test]
    fn a_byte_order_mark_shifts_every_span() {
        let source = "\u{feff}{\"a\":1}";
        let document = parse(source);
        assert_eq!(document.byte_order_mark, Some(Span::new(0, 3)));
        let root = document.root.unwrap();
        assert_eq!(&source[root.get("a").unwrap().span.range()], "1");
    }

    #[test]
    fn comments_and_trailing_commas_are_noted_and_read_over() {
        let source = "{ // note\n \"a\": [1, /* b */ ],\n}";
        let document = parse(source);
        assert!(document.errors.is_empty() && document.root.is_some());
        let slices = |spans: &[Span]| -> Vec<&str> {
            spans.iter().map(|span| &source[span.range()]).collect()
        };
        assert_eq!(slices(&document.comments), ["// note", "/* b */"]);
        assert_eq!(slices(&document.trailing_commas), [",", ","]);
    }

    #[test]
    fn errors_say_what_is_wrong_and_where() {
        let cases = [
            ("{\"a\": True}", "True", "`True` is Python; JSON writes true, false, null"),
            ("{'a': 1}", "'", "JSON strings stand in double quotes"),
            ("{\"a\": 1 \"b\": 2}", "\"", "a comma is missing before a string"),
            ("{a: 1}", "a", "`a` needs double quotes"),
            ("{} {}", "{", "the document ends before `{`: JSON is one value"),
            ("", "", "the document is empty; a JSON value was expected"),
        ];
        for (source, at, message) in cases {
            let document = parse(source);
            let error = &document.errors[0];
            assert_eq!(error.message.render(crate::text::Lang::En), message, "{source}");
            assert!(source[error.span.range()].starts_with(at), "{source}: {:?}", error.span);
        }
    }

    #[test]
    fn deep_nesting_is_an_error_not_a_crash() {
        let document = parse(&"[".repeat(100_000));
        assert_eq!(document.errors[0].span, Span::new(128, 129));
    }

    #[test]
    fn no_prefix_of_a_document_makes_the_parser_panic() {
        let source = "\u{feff}{\"键\": [1.5e3, \"\\u4e2d\\ud83d\\ude00\\n\", null, {\"a.b\": true}], // c\n}";
        for (end, _) in source.char_indices() {
            parse(&source[..end]);
            parse(&source[end..]);
        }
    }

    #[test]
    fn duplicates_are_found_dotted_ones_too() {
        let source = r#"{"a": {"b": 1, "b": 2}, "a.b": 3}"#;
        let root = parse(source).root.unwrap();
        assert_eq!(root.duplicates(false).len(), 1);
        assert_eq!(root.duplicates(true).len(), 2);
    }
}
