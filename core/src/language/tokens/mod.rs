//! How a text is painted: pieces of it, each with a class.

mod canvas;
mod dockerfile;
mod dockerignore;
mod json;
mod request;
mod scalar;
mod shell;
mod yaml;

use std::ops::Range;

use crate::document::{Content, Document, Kind};
use crate::text::{Source, SourceId};
use canvas::Canvas;

/// A piece of a text and what it is. It holds no line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First UTF-16 code unit.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub class: Class,
}

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// An instruction's name, a reserved word of the shell, the name of a parser directive.
    Keyword,
    /// A flag of an instruction or an option of a command.
    Flag,
    /// A variable, where it is set or used; a placeholder.
    Variable,
    /// Letters in quotes; a value of YAML or of a request.
    String,
    /// A comment.
    Comment,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Constant,
    /// A key of JSON or YAML, the name of a label, of a parameter.
    Key,
    /// What holds the parts together: brackets, commas, the sign that continues a line.
    Punctuation,
    /// A heredoc's marker, its text and its end.
    Heredoc,
    /// What joins or redirects commands; `=`.
    Operator,
    /// The name of a program.
    Command,
    /// A reference to an image.
    Image,
    /// The name of a stage.
    Stage,
    /// What cannot be read.
    Error,
}

impl Class {
    /// All classes.
    pub const ALL: [Class; 15] = [
        Class::Keyword,
        Class::Flag,
        Class::Variable,
        Class::String,
        Class::Comment,
        Class::Number,
        Class::Constant,
        Class::Key,
        Class::Punctuation,
        Class::Heredoc,
        Class::Operator,
        Class::Command,
        Class::Image,
        Class::Stage,
        Class::Error,
    ];

    /// A name for style sheets.
    pub const fn id(self) -> &'static str {
        match self {
            Class::Keyword => "keyword",
            Class::Flag => "flag",
            Class::Variable => "variable",
            Class::String => "string",
            Class::Comment => "comment",
            Class::Number => "number",
            Class::Constant => "constant",
            Class::Key => "key",
            Class::Punctuation => "punctuation",
            Class::Heredoc => "heredoc",
            Class::Operator => "operator",
            Class::Command => "command",
            Class::Image => "image",
            Class::Stage => "stage",
            Class::Error => "error",
        }
    }
}

/// The tokens of the lines `lines` (from 0) of `text`, a document of `kind`, in their order, none
/// over another. Whatever the text holds, it is painted as far as it can be told.
pub fn tokens(kind: Kind, text: &str, lines: Range<usize>) -> Vec<Token> {
    if is_painted_from_text(kind, text) {
        let mut canvas = Canvas::new(text, lines);
        paint_text(&mut canvas, kind);
        return canvas.finish();
    }
    tokens_of(&Document::read(SourceId(0), kind, Source::new("", text)), lines)
}

/// The tokens of a document that is read already.
pub fn tokens_of(document: &Document, lines: Range<usize>) -> Vec<Token> {
    let text = document.source.text();
    let mut canvas = Canvas::new(text, lines);
    match &*document.content {
        Content::Dockerfile(content) => dockerfile::paint(&mut canvas, content),
        Content::DockerIgnore(content) => dockerignore::paint(&mut canvas, content),
        Content::Flattened(request) => request::paint(&mut canvas, request),
        Content::Shell(content) => shell::paint_whole(&mut canvas, content),
        Content::Json(_) | Content::Yaml(_) | Content::Image(_) => {
            paint_text(&mut canvas, document.kind);
        }
    }
    canvas.finish()
}

/// The tokens of each line by itself: `tokens` of the lines from `first` on, counted from where
/// each line begins. Lines without tokens are there, too, up to the last that has one.
pub fn by_line(text: &str, first: usize, tokens: &[Token]) -> Vec<Vec<Token>> {
    let mut found = Vec::new();
    let mut tokens = tokens.iter().peekable();
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let end = start + super::offset::units(line.as_bytes());
        if index >= first {
            if tokens.peek().is_none() {
                break;
            }
            let mut own = Vec::new();
            while let Some(token) = tokens.next_if(|token| token.start < end) {
                let (from, to) = (token.start.saturating_sub(start), token.end - start);
                own.push(Token { start: from, end: to, class: token.class });
            }
            found.push(own);
        }
        start = end;
    }
    found
}

fn is_painted_from_text(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Dockerfile | Kind::DockerIgnore | Kind::Shell => false,
        Kind::EciRequest => looks_like_json(text),
        _ => true,
    }
}

fn paint_text(canvas: &mut Canvas<'_>, kind: Kind) {
    let text = canvas.text();
    let is_yaml = matches!(
        kind,
        Kind::RosTemplate | Kind::Kubernetes | Kind::Compose | Kind::ComputeNestConfig
    );
    if is_yaml && !looks_like_json(text) {
        yaml::paint(canvas);
    } else {
        json::paint(canvas);
    }
}

/// As documents tell it, too.
fn looks_like_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}
