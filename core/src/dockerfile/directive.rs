//! Parser directives: `# syntax=…`, `# escape=…`, `# check=…`, before anything else.

use crate::text::{Span, SyntaxError, text};
use crate::tree::{Value, json};

/// One parser directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// `syntax`, `escape` or `check`, in lower case.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The value, without white space around it.
    pub value: String,
    /// Where the value stands.
    pub value_span: Span,
}

/// What the top of the file says.
pub(super) struct Header {
    pub(super) directives: Vec<Directive>,
    pub(super) escape: char,
    /// Where the rest of the file begins.
    pub(super) end: usize,
    /// Whether another front end reads the file, in a language of its own: `// syntax=…`.
    pub(super) is_foreign: bool,
}

/// Directives end at the first line that is none: another comment, an empty line, an instruction.
pub(super) fn read(source: &str, errors: &mut Vec<SyntaxError>) -> Header {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    // Below a shebang the builder finds `syntax` and `check`, but not `escape`.
    let has_shebang = source[at..].starts_with("#!");
    if has_shebang {
        at += source[at..].find('\n').map_or(source.len() - at, |end| end + 1);
    }
    let mut header = Header { directives: Vec::new(), escape: '\\', end: at, is_foreign: false };
    let first = at;
    while at < source.len() {
        let line = source[at..].split_inclusive('\n').next().unwrap_or_default();
        let Some(directive) = read_line(line, at, "#") else { break };
        if header.directives.iter().any(|known| known.name == directive.name) {
            errors.push(
                SyntaxError::new(
                    directive.name_span,
                    text("only one `{name}` directive may be given", "`{name}` 指令只能出现一次"),
                )
                .arg("name", &directive.name),
            );
        } else if directive.name == "escape" && !has_shebang {
            match directive.value.as_str() {
                "\\" => header.escape = '\\',
                "`" => header.escape = '`',
                _ => errors.push(SyntaxError::new(
                    directive.value_span,
                    text(
                        "the escape character may be a backslash or a backtick",
                        "转义字符只能是反斜杠或反引号",
                    ),
                )),
            }
        }
        header.directives.push(directive);
        at += line.len();
        header.end = at;
    }
    if header.directives.is_empty() {
        header.directives = foreign(source, first);
        header.is_foreign = !header.directives.is_empty();
    }
    header
}

/// The `syntax` of a file whose comments begin with `//`, or which is JSON.
fn foreign(source: &str, start: usize) -> Vec<Directive> {
    let mut at = start;
    let mut found = Vec::new();
    while let Some(line) = source[at..].split_inclusive('\n').next() {
        let Some(directive) = read_line(line, at, "//") else { break };
        found.push(directive);
        at += line.len();
    }
    if found.iter().any(|directive| directive.name == "syntax") {
        return found;
    }
    if !source[start..].trim_start().starts_with('{') {
        return Vec::new();
    }
    let document = json::parse(&source[start..]);
    let member = document.root.as_ref().and_then(|root| root.member("syntax"));
    let Some(member) = member.filter(|_| document.errors.is_empty()) else { return Vec::new() };
    let Value::String(value) = &member.node.value else { return Vec::new() };
    let moved = |span: Span| Span::new(start + span.start as usize, start + span.end as usize);
    vec![Directive {
        name: "syntax".to_owned(),
        name_span: moved(member.key_span),
        value: value.text().to_owned(),
        value_span: moved(member.node.span),
    }]
}

/// White space as the builder's expression for directives has it.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\u{c}' | '\r')
}

fn read_line(line: &str, offset: usize, sign: &str) -> Option<Directive> {
    let comment = line.trim_start().strip_prefix(sign)?.trim_start();
    let name_end = comment.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = &comment[..name_end];
    let value = comment[name_end..].trim_start_matches(is_blank).strip_prefix('=')?;
    let lower = name.to_ascii_lowercase();
    if !matches!(lower.as_str(), "syntax" | "escape" | "check") {
        return None;
    }
    let trimmed = value.trim_matches(is_blank);
    if trimmed.is_empty() {
        return None;
    }
    let place = |part: &str| {
        let start = offset + (part.as_ptr() as usize - line.as_ptr() as usize);
        Span::new(start, start + part.len())
    };
    Some(Directive {
        name: lower,
        name_span: place(name),
        value: trimmed.to_owned(),
        value_span: place(trimmed),
    })
}
