//! YAML text into the tree: every document of the stream, with the place of what is wrong.
//!
//! The reading is `saphyr-parser`'s; ours is the tree over its events. Templates in double braces
//! are text. A local tag such as `!Ref` becomes an object with that one key. Aliases and merge keys
//! are put in, up to a limit.

mod scalar;
mod template;

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::json::MOST_NESTING;
use super::{Member, Node, Value};
use crate::text::{MappedText, Span, SyntaxError, text};

/// The most bytes that aliases may stand for, all together (1 MiB).
pub const MOST_ALIASED: usize = 1024 * 1024;

/// A YAML stream: its documents, and what is wrong with its text.
#[derive(Clone, Debug, Default)]
pub struct YamlDocument {
    /// The documents that hold something, in their order; up to the first error.
    pub documents: Vec<Node>,
    /// Why the text could not be read (to its end).
    pub errors: Vec<SyntaxError>,
    /// Comments, each from its `#` to the end of the line.
    pub comments: Vec<Span>,
}

/// Reads `source` as YAML. Never fails: what cannot be read is in the errors.
pub fn parse(source: &str) -> YamlDocument {
    let body = source.strip_prefix('\u{feff}').unwrap_or(source);
    let base = source.len() - body.len();
    let mut masked = template::mask(body);
    let mut repairs = 0;
    loop {
        let (builder, error) = read(body, base, &masked);
        let Some((index, reason)) = error else { return builder.finish() };
        // Others than the parser take a quoted scalar whose lines are not indented.
        if reason.contains("indentation in quoted") && repairs < MOST_REPAIRS {
            let start = builder.offset(index);
            let length = quoted_length(&body[start..]);
            let letters = body[start..start + length].chars().count();
            masked = without_line_ends(&masked, index, letters);
            repairs += 1;
            continue;
        }
        let mut builder = builder;
        let at = builder.offset(index);
        let error = builder.error(at, &reason);
        builder.document.errors.push(error);
        return builder.finish();
    }
}

/// How many scalars of a document are read against the rule.
const MOST_REPAIRS: usize = 64;

/// The tree of `body`, and where the parser stopped and why.
fn read<'a>(body: &'a str, base: usize, masked: &str) -> (Builder<'a>, Option<(usize, String)>) {
    let mut builder = Builder::new(body, base);
    for event in Parser::new_from_str(masked) {
        match event {
            Ok((event, span)) => {
                let start = builder.offset(span.start.index());
                let end = builder.offset(span.end.index()).max(start);
                if let Err(error) = builder.take(event, start, end) {
                    builder.document.errors.push(error);
                    break;
                }
            }
            // The parser repeats an error for ever.
            Err(error) => {
                return (builder, Some((error.marker().index(), error.info().to_owned())));
            }
        }
    }
    (builder, None)
}

/// `text` with spaces for the line ends among `letters` characters from the one at `index` on.
fn without_line_ends(text: &str, index: usize, letters: usize) -> String {
    let blank = |(at, letter)| match letter {
        '\n' | '\r' if (index..index + letters).contains(&at) => ' ',
        letter => letter,
    };
    text.chars().enumerate().map(blank).collect()
}

/// Reads text that stands inside a document, with its way back.
pub fn parse_mapped(source: &MappedText) -> YamlDocument {
    let mut document = parse(source.text());
    for node in &mut document.documents {
        node.through(source);
    }
    for error in &mut document.errors {
        error.span = source.span(error.span.start as usize, error.span.end as usize);
    }
    for comment in &mut document.comments {
        *comment = source.span(comment.start as usize, comment.end as usize);
    }
    document
}

/// A collection that is not closed yet.
struct Open {
    start: usize,
    /// Of `[` or `{`, if it has one.
    is_flow: bool,
    tag: Option<(String, Span)>,
    anchor: usize,
    children: Children,
}

enum Children {
    Items(Vec<Node>),
    /// With the key whose value is to come.
    Members(Vec<Member>, Option<(String, Span)>),
}

struct Builder<'a> {
    body: &'a str,
    /// Bytes before `body` in the document.
    base: usize,
    /// Bytes of `body` before every `STEP`th character; empty where all are ASCII.
    steps: Vec<usize>,
    document: YamlDocument,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    aliased: usize,
    /// Scalars in their order, to tell comments from `#` in text.
    scalars: Vec<(usize, usize)>,
}

const STEP: usize = 64;

impl<'a> Builder<'a> {
    fn new(body: &'a str, base: usize) -> Builder<'a> {
        let steps = if body.is_ascii() {
            Vec::new()
        } else {
            body.char_indices().step_by(STEP).map(|(at, _)| at).collect()
        };
        Builder {
            body,
            base,
            steps,
            document: YamlDocument::default(),
            open: Vec::new(),
            anchors: HashMap::new(),
            aliased: 0,
            scalars: Vec::new(),
        }
    }

    /// The byte of `body` at which the character `index` begins.
    fn offset(&self, index: usize) -> usize {
        if self.steps.is_empty() {
            return index.min(self.body.len());
        }
        let Some(&start) = self.steps.get(index / STEP) else { return self.body.len() };
        let rest = self.body[start..].char_indices().nth(index % STEP);
        rest.map_or(self.body.len(), |(at, _)| start + at)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }

    fn error(&self, at: usize, reason: &str) -> SyntaxError {
        let length = self.body[at..].chars().next().map_or(0, char::len_utf8);
        SyntaxError::new(
            self.span(at, at + length),
            text("this is not valid YAML: {reason}", "这不是合法的 YAML：{reason}"),
        )
        .arg("reason", reason)
    }

    fn take(&mut self, event: Event<'_>, start: usize, end: usize) -> Result<(), SyntaxError> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let node = self.scalar(&value, style, tag.as_deref(), start, end);
                self.keep(anchor, &node);
                self.add(node);
            }
            Event::SequenceStart(anchor, tag) => {
                self.enter(start, end, anchor, tag.as_deref(), Children::Items(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                let children = Children::Members(Vec::new(), None);
                self.enter(start, end, anchor, tag.as_deref(), children)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(end),
            Event::Alias(anchor) => self.alias(anchor, start, end)?,
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn enter(
        &mut self,
        start: usize,
        end: usize,
        anchor: usize,
        tag: Option<&Tag>,
        children: Children,
    ) -> Result<(), SyntaxError> {
        if self.open.len() >= MOST_NESTING {
            return Err(SyntaxError::new(
                self.span(start, start),
                text("values are nested more than {most} deep", "嵌套层数超过 {most}"),
            )
            .arg("most", MOST_NESTING));
        }
        let is_flow = self.body[start..end].ends_with(['[', '{']);
        let tag = self.local_tag(tag, start, end);
        let start = if is_flow { end - 1 } else { self.skip_properties(start, end) };
        self.open.push(Open { start, is_flow, tag, anchor, children });
        Ok(())
    }

    fn leave(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let (last, value) = match open.children {
            Children::Items(items) => (items.last().map(|node| node.span.end), Value::Array(items)),
            Children::Members(members, _) => {
                let members = merged(members);
                (members.iter().map(|one| one.span().end).max(), Value::Object(members))
            }
        };
        // A block ends where its last child ends, not where the next begins.
        let end = match last {
            Some(last) if !open.is_flow => last as usize - self.base,
            None if !open.is_flow => open.start,
            _ => end,
        };
        let node = tagged(open.tag, Node { span: self.span(open.start, end), value });
        self.keep(open.anchor, &node);
        self.add(node);
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node) {
        match self.open.last_mut().map(|open| &mut open.children) {
            None => {
                if !node.is_null() {
                    self.document.documents.push(node);
                }
            }
            Some(Children::Items(items)) => items.push(node),
            Some(Children::Members(members, key)) => match key.take() {
                Some((key, key_span)) => members.push(Member { key, key_span, node }),
                None => {
                    let written =
                        &self.body[node.span.start as usize - self.base..][..node.span.len()];
                    let text = node.as_str().unwrap_or(written).to_owned();
                    *key = Some((text, node.span));
                }
            },
        }
    }

    fn keep(&mut self, anchor: usize, node: &Node) {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
    }

    fn alias(&mut self, anchor: usize, start: usize, end: usize) -> Result<(), SyntaxError> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(self.error(start, "an alias stands inside its own anchor"));
        };
        let mut bytes = 0;
        node.walk(&mut |key, node| {
            let own = node.as_str().map_or(8, str::len);
            bytes += key.map_or(0, str::len) + own;
        });
        self.aliased += bytes;
        if self.aliased > MOST_ALIASED {
            return Err(SyntaxError::new(
                self.span(start, end),
                text("aliases stand for more than {most} bytes", "别名展开后超过 {most} 字节"),
            )
            .arg("most", MOST_ALIASED));
        }
        // Findings point at where it is written; nothing below it may be edited twice.
        let node = node.clone();
        self.add(node);
        Ok(())
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        start: usize,
        end: usize,
    ) -> Node {
        let value = template::unmask(value);
        let own_tag = self.local_tag(tag, start, end);
        let content = self.skip_properties(start, end);
        let (from, inner, to) = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let (header, lines) = self.block_header(content, start != content);
                (header, lines, end.max(lines))
            }
            // The parser's span goes on to a comment behind the quote.
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                (content, content, content + quoted_length(&self.body[content..end]))
            }
            ScalarStyle::Plain => (content, content, end),
        };
        self.scalars.push((from, to));
        let written = self.body.get(inner..to).unwrap_or_default();
        let value = if tag.is_none_or(|tag| tag.suffix != "str") && style == ScalarStyle::Plain {
            plain(&value)
        } else {
            None
        }
        .unwrap_or_else(|| {
            let is_quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
            let text = match written.get(1..written.len().saturating_sub(1)) {
                Some(inside) if is_quoted => scalar::quoted(inside, self.base + inner + 1, style),
                _ => scalar::read(written, self.base + inner, &value, style),
            };
            Value::String(text)
        });
        // The line end behind a block is its own, but no part of what one would replace.
        let block = &self.body[from..to];
        let to = if inner == from { to } else { from + block.trim_end().len() };
        tagged(own_tag, Node { span: self.span(from, to), value })
    }

    /// Past `!tag` and `&anchor`.
    fn skip_properties(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while self.body[at..end].starts_with(['!', '&']) {
            let rest = &self.body[at..end];
            at += rest.find(char::is_whitespace).unwrap_or(rest.len());
            let rest = &self.body[at..end];
            at += rest.len() - rest.trim_start().len();
        }
        at
    }

    fn local_tag(&self, tag: Option<&Tag>, start: usize, end: usize) -> Option<(String, Span)> {
        let tag = tag.filter(|tag| tag.handle == "!" && !tag.suffix.is_empty())?;
        let name = format!("!{}", tag.suffix);
        let at = start + self.body[start..end].find('!')?;
        Some((name.clone(), self.span(at, (at + name.len()).min(end))))
    }

    /// Where the header of a block scalar stands and where its first line begins. `at` is the
    /// header, or the content below it.
    fn block_header(&self, at: usize, is_header: bool) -> (usize, usize) {
        let is_header = is_header
            || self.body[at..].starts_with(['|', '>']) && {
                let line = self.body[at..].lines().next().unwrap_or_default();
                ends_as_header(&line[1..])
            };
        let (line_start, line_end) = if is_header {
            let end = self.body[at..].find('\n').map_or(self.body.len(), |found| at + found + 1);
            return (at, end);
        } else {
            let above = self.body[..at].trim_end();
            let start = above.rfind('\n').map_or(0, |found| found + 1);
            let end = self.body[above.len()..].find('\n');
            (start, end.map_or(self.body.len(), |found| above.len() + found + 1))
        };
        let line = &self.body[line_start..line_end];
        let header = line
            .match_indices(['|', '>'])
            .find(|(found, _)| ends_as_header(line[found + 1..].trim_end()));
        match header {
            Some((found, _)) => (line_start + found, line_end),
            None => (at, at),
        }
    }

    fn finish(mut self) -> YamlDocument {
        let mut scalars = self.scalars.iter().peekable();
        let mut at = 0;
        while let Some(found) = self.body[at..].find('#') {
            let hash = at + found;
            while scalars.next_if(|(_, end)| *end <= hash).is_some() {}
            let is_text = scalars.peek().is_some_and(|(start, _)| *start <= hash);
            let before = self.body[..hash].chars().next_back();
            let line = self.body[hash..].find('\n').map_or(self.body.len(), |end| hash + end);
            if !is_text && before.is_none_or(char::is_whitespace) {
                let comment = self.body[hash..line].trim_end();
                self.document.comments.push(self.span(hash, hash + comment.len()));
                at = line;
            } else {
                at = hash + 1;
            }
        }
        self.document
    }
}

/// The length of the quoted scalar that `text` begins with, its quotes included.
fn quoted_length(text: &str) -> usize {
    let Some(quote) = text.chars().next() else { return 0 };
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote {
            // A single quote is written as two.
            if quote == '\'' && letters.next_if(|(_, next)| *next == quote).is_some() {
                continue;
            }
            return at + letter.len_utf8();
        }
    }
    text.len()
}

/// Whether `rest` may follow `|` or `>`: indicators and a comment.
fn ends_as_header(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let comment = rest.trim();
    comment.is_empty() || (comment.starts_with('#') && rest.starts_with([' ', '\t']))
}

/// `node` as the value of its local tag.
fn tagged(tag: Option<(String, Span)>, node: Node) -> Node {
    match tag {
        None => node,
        Some((key, key_span)) => Node {
            span: key_span.to(node.span),
            value: Value::Object(vec![Member { key, key_span, node }]),
        },
    }
}

/// Members with those of `<<` that they don't have themselves.
fn merged(members: Vec<Member>) -> Vec<Member> {
    if members.iter().all(|member| member.key != "<<") {
        return members;
    }
    let (merges, mut own): (Vec<Member>, Vec<Member>) =
        members.into_iter().partition(|member| member.key == "<<");
    for merge in merges {
        let sources = match merge.node.value {
            Value::Array(items) => items,
            value => vec![Node { value, ..merge.node }],
        };
        for member in sources.into_iter().flat_map(|node| match node.value {
            Value::Object(members) => members,
            _ => Vec::new(),
        }) {
            if own.iter().all(|known| known.key != member.key) {
                own.push(member);
            }
        }
    }
    own
}

/// A plain scalar that is no string, by YAML's core schema.
fn plain(value: &str) -> Option<Value> {
    match value {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {}
    }
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.contains(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
        && value.parse::<f64>().is_ok();
    is_number.then(|| Value::Number(value.strip_prefix('+').unwrap_or(value).to_owned()))
}

#[cfg(test)]
mod tests;
