//! Parser directives: `# syntax=…`, `# escape=…`, `# check=…`, before anything else.

use crate::text::{Span, SyntaxError, text};

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
}

/// Directives end at the first line that is none: another comment, an empty line, an instruction.
pub(super) fn read(source: &str, errors: &mut Vec<SyntaxError>) -> Header {
    let mut at = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut header = Header { directives: Vec::new(), escape: '\\', end: at };
    // A shebang may stand above the directives.
    if source[at..].starts_with("#!") {
        at += source[at..].find('\n').map_or(source.len() - at, |end| end + 1);
    }
    while at < source.len() {
        let line = source[at..].split_inclusive('\n').next().unwrap_or_default();
        let Some(directive) = read_line(line, at) else { break };
        if header.directives.iter().any(|known| known.name == directive.name) {
            errors.push(
                SyntaxError::new(
                    directive.name_span,
                    text("only one `{name}` directive may be given", "`{name}` 指令只能出现一次"),
                )
                .arg("name", &directive.name),
            );
        } else if directive.name == "escape" {
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
    header
}

fn read_line(line: &str, offset: usize) -> Option<Directive> {
    let body = line.trim_start();
    let comment = body.strip_prefix('#')?;
    let (name, value) = comment.split_once('=')?;
    let lower = name.trim().to_ascii_lowercase();
    if !matches!(lower.as_str(), "syntax" | "escape" | "check") {
        return None;
    }
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return None;
    }
    let place = |part: &str| {
        let start = offset + (part.as_ptr() as usize - line.as_ptr() as usize);
        Span::new(start, start + part.len())
    };
    Some(Directive {
        name: lower,
        name_span: place(name.trim()),
        value: trimmed.to_owned(),
        value_span: place(trimmed),
    })
}
