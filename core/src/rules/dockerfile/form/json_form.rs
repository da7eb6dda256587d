//! `CMD ['a', 'b']`: meant as JSON, but none, so that a shell gets the brackets. In the default
//! set: the command fails.

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use crate::dockerfile::{Body, CommandForm, Instruction, Keyword};
use crate::document::Interpreter;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{MappedText, Text, text};

static JSON: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "the exec form is parsed as a JSON array: double quotes, commas between, none at the end; anything else is taken for the shell form",
        "exec 形式按 JSON 数组解析：使用双引号，元素间用逗号分隔，末尾不能有逗号；否则会被当作 shell 形式",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/invalid-json-form",
    severity: Severity::Error,
    summary: text("a JSON form that is no JSON", "JSON 形式无效"),
    message: text(
        "the array of {instruction} is not valid JSON",
        "{instruction} 的数组不是有效的 JSON",
    ),
    why: text(
        "What is no JSON is taken as plain text: the shell gets a command that begins with `[`, and finds none.",
        "不是 JSON 的内容会被当作普通文本：shell 收到以 `[` 开头的命令，而该命令并不存在。",
    ),
    help: text("write it as [\"…\", \"…\"]", "请写作 [\"…\", \"…\"]"),
    rests_on: &[&JSON],
    aliases: &["DL3025", "JSONArgsRecommended", "invalid-json-form", "JSON_IN_SINGLE_QUOTES"],
    examples: &[
        bad("FROM alpine:3.20\nCMD «['nginx', '-g', 'daemon off;']»\n")
            .fixed("FROM alpine:3.20\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        bad("FROM alpine:3.20\nENTRYPOINT «[\"serve\", \"--fast\",]»\n")
            .fixed("FROM alpine:3.20\nENTRYPOINT [\"serve\", \"--fast\"]\n"),
        bad("FROM alpine:3.20\nRUN «[\"apk\" \"add\", \"curl\"]»\n")
            .fixed("FROM alpine:3.20\nRUN [\"apk\", \"add\", \"curl\"]\n"),
        bad("FROM alpine:3.20\nCOPY «['a b', '/c']»\n")
            .fixed("FROM alpine:3.20\nCOPY [\"a b\", \"/c\"]\n"),
        bad("FROM alpine:3.20\nCMD «[nginx, -t]»\n"),
        good("FROM alpine:3.20\nRUN [ \"$A\" = \"b\" ] || true\nRUN [[ -f a ]]\n"),
        good("FROM alpine:3.20\nCOPY [ab]*.txt /c/\nCMD [\"sh\", \"-c\", \"true\"]\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (index, instruction) in file.instructions() {
            let instruction = instruction.inner();
            // PowerShell and others begin with brackets what is no array.
            let line = file.content.command_line(index);
            if line.is_some_and(|line| line.interpreter == Interpreter::Other) {
                continue;
            }
            if let Some(array) = array(instruction) {
                judge(file, instruction.keyword, array, found);
            }
        }
    }
}

/// Whether a command line was to be a JSON array, and is none.
pub(in super::super) fn is_meant_as_json(line: &str, keyword: Keyword) -> bool {
    let line = line.trim();
    line.starts_with('[') && is_meant(line, keyword, scan(line).as_ref())
}

/// The text that begins like a JSON array and was not read as one.
fn array(instruction: &Instruction) -> Option<&MappedText> {
    match &instruction.body {
        Body::Command(form) | Body::Healthcheck(Some(form)) => match form {
            CommandForm::Shell { text, looks_like_json: true } => Some(text),
            _ => None,
        },
        _ if matches!(instruction.keyword, Keyword::Copy | Keyword::Add | Keyword::Volume) => {
            let is_array = instruction.arguments.text().starts_with('[');
            (is_array && !instruction.is_json).then_some(&instruction.arguments)
        }
        _ => None,
    }
}

fn judge(file: File<'_>, keyword: Keyword, array: &MappedText, found: &mut Findings) {
    let letters = array.text();
    if letters.contains("{{") {
        return;
    }
    let end = letters.trim_end().len();
    let start = letters.len() - letters.trim_start().len();
    let scan = scan(letters);
    if !is_meant(&letters[start..end], keyword, scan.as_ref()) {
        return;
    }
    let finding = found.add(&RULE, file.at(array.span(start, end)));
    finding.arg("instruction", keyword.name());
    if keyword == Keyword::Volume {
        finding.severity(Severity::Warning);
    }
    let Some(scan) = scan else { return };
    if let Some(words) = scan.reason() {
        finding.says(words);
    }
    let edits = scan.edits(letters);
    let is_verbatim =
        |edit: &(usize, usize, &str)| edit.0 == edit.1 || array.is_verbatim(edit.0, edit.1);
    if let Some(edits) = edits.filter(|edits| edits.iter().all(is_verbatim)) {
        let mut fix = Fix::safe(text("make it valid JSON", "改为有效的 JSON"));
        for (from, to, new) in edits {
            // What is inserted stands right behind a letter, not where the next line begins.
            let at = if from == to {
                crate::text::Span::at(array.span(from.saturating_sub(1), from).end as usize)
            } else {
                array.span(from, to)
            };
            fix = fix.replace(file.at(at), new);
        }
        finding.fix(fix);
    }
}

/// Whether JSON was meant, and not a test of the shell or a pattern of file names.
fn is_meant(letters: &str, keyword: Keyword, scan: Option<&Scan>) -> bool {
    let is_quote = |letter: char| matches!(letter, '"' | '\'' | '“' | '”' | '‘' | '’');
    match letters.chars().nth(1) {
        Some(first) if is_quote(first) => true,
        Some('[') | None => false,
        Some(first) if first.is_whitespace() => {
            scan.is_some_and(|scan| !scan.commas.is_empty() || keyword != Keyword::Run)
                && letters[1..].trim_start().starts_with(is_quote)
        }
        // `[nginx, -t]`, where no command could be called `[nginx,`.
        Some(_) => {
            let is_copy = matches!(keyword, Keyword::Copy | Keyword::Add);
            !is_copy && letters.contains(',') && letters.ends_with(']')
        }
    }
}

/// An array read with mercy: strings in any quotes, commas where they are.
#[derive(Default)]
struct Scan {
    strings: Vec<Quoted>,
    commas: Vec<usize>,
    is_closed: bool,
}

struct Quoted {
    start: usize,
    end: usize,
    open: char,
    close: char,
    /// How many commas stand before it.
    commas: usize,
}

/// `None` where something else than strings and commas is in it, or behind it.
fn scan(text: &str) -> Option<Scan> {
    let mut scan = Scan::default();
    let mut letters = text.char_indices().skip_while(|(_, letter)| letter.is_whitespace());
    letters.next().filter(|(_, letter)| *letter == '[')?;
    while let Some((start, letter)) = letters.next() {
        let close = match letter {
            ']' => {
                scan.is_closed = true;
                return letters.all(|(_, letter)| letter.is_whitespace()).then_some(scan);
            }
            ',' => {
                scan.commas.push(start);
                continue;
            }
            '"' => '"',
            '\'' => '\'',
            '“' | '”' => '”',
            '‘' | '’' => '’',
            _ if letter.is_whitespace() => continue,
            _ => return None,
        };
        let commas = scan.commas.len();
        let end = loop {
            match letters.next()? {
                (at, found) if found == close => break at + found.len_utf8(),
                (_, '\\') if close == '"' => {
                    letters.next()?;
                }
                _ => {}
            }
        };
        scan.strings.push(Quoted { start, end, open: letter, close, commas });
    }
    Some(scan)
}

impl Scan {
    /// What is wrong, if it is one thing.
    fn reason(&self) -> Option<Text> {
        let has_foreign_quotes = self.strings.iter().any(|string| string.open != '"');
        if has_foreign_quotes {
            Some(text(
                "the array of {instruction} is not valid JSON: its strings need double quotes",
                "{instruction} 的数组不是有效的 JSON：字符串需要使用英文双引号",
            ))
        } else if !self.is_closed {
            Some(text(
                "the array of {instruction} is not valid JSON: the closing bracket is missing",
                "{instruction} 的数组不是有效的 JSON：缺少右方括号",
            ))
        } else if self.commas.len() >= self.strings.len() {
            Some(text(
                "the array of {instruction} is not valid JSON: a comma is too many",
                "{instruction} 的数组不是有效的 JSON：多了一个逗号",
            ))
        } else if self.commas.len() + 1 < self.strings.len() {
            Some(text(
                "the array of {instruction} is not valid JSON: a comma is missing",
                "{instruction} 的数组不是有效的 JSON：缺少逗号",
            ))
        } else {
            None
        }
    }

    /// What makes JSON of it; `None` where it is not plain what is meant.
    fn edits(&self, text: &str) -> Option<Vec<(usize, usize, &'static str)>> {
        let mut edits = Vec::new();
        for (index, string) in self.strings.iter().enumerate() {
            let open_end = string.start + string.open.len_utf8();
            let close_start = string.end - string.close.len_utf8();
            let content = text.get(open_end..close_start)?;
            if string.open == '"' {
                if !has_json_escapes(content) {
                    return None;
                }
            } else {
                if content.contains(['"', '\\']) {
                    return None;
                }
                edits.push((string.start, open_end, "\""));
                edits.push((close_start, string.end, "\""));
            }
            let before = index.checked_sub(1).and_then(|before| self.strings.get(before));
            match (before, string.commas - before.map_or(0, |before| before.commas)) {
                (None, 0) | (Some(_), 1) => {}
                (Some(before), 0) => edits.push((before.end, before.end, ",")),
                _ => return None,
            }
        }
        let before_last = self.strings.last()?.commas;
        match self.commas.get(before_last..)? {
            [] => {}
            [one] => edits.push((*one, one + 1, "")),
            _ => return None,
        }
        if !self.is_closed {
            let end = text.trim_end().len();
            edits.push((end, end, "]"));
        }
        Some(edits)
    }
}

/// Whether every backslash begins an escape that JSON knows.
fn has_json_escapes(content: &str) -> bool {
    let mut letters = content.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' && !letters.next().is_some_and(|next| "\"\\/bfnrtu".contains(next)) {
            return false;
        }
    }
    true
}
