//! What keys do that a text area does not do by itself: indentation and pairs of brackets. Pure.

use crate::state::history::Caret;
use crate::units::{byte_of, unit_of};

/// How a document is written, as far as typing in it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// JSON: braces open a deeper level.
    Json,
    /// YAML: a colon at the end of a line does.
    Yaml,
    /// Everything else: a line that goes on (`\`) indents the next.
    Plain,
}

impl Manner {
    /// The manner of a kind of document, or of a path where the kind is not known.
    pub fn of(kind: Option<&str>, path: &str) -> Manner {
        let path = path.to_lowercase();
        let ends = |end: &str| path.ends_with(end);
        match kind {
            Some("eas-service" | "modelarts-config" | "docker-config") => Manner::Json,
            Some("dockerfile" | "shell" | "dockerignore") => Manner::Plain,
            _ if ends(".json") => Manner::Json,
            _ if ends(".yaml") || ends(".yml") => Manner::Yaml,
            _ => Manner::Plain,
        }
    }

    fn step(self) -> &'static str {
        match self {
            Manner::Json | Manner::Plain => "    ",
            Manner::Yaml => "  ",
        }
    }
}

/// A text with its selection, in bytes.
struct Sheet<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

/// A replacement in the text, in bytes, and the selection after it.
struct Stroke {
    start: usize,
    end: usize,
    text: String,
    select: (usize, usize),
}

/// Whether [`press`] may do something for `key`.
pub fn minds(key: &str) -> bool {
    matches!(key, "Enter" | "Tab" | "Backspace")
        || matches!(key, "(" | "[" | "{" | "\"" | "'" | ")" | "]" | "}")
}

/// What the text and the selection are after `key`; `None` where the text area does it alone.
pub fn press(
    text: &str,
    caret: Caret,
    key: &str,
    has_shift: bool,
    manner: Manner,
) -> Option<(String, Caret)> {
    let sheet = Sheet { text, start: byte_of(text, caret.start), end: byte_of(text, caret.end) };
    let stroke = match key {
        "Enter" => Some(sheet.new_line(manner)),
        "Tab" if has_shift => Some(sheet.outdent(manner)),
        "Tab" => Some(sheet.indent(manner)),
        "Backspace" => sheet.unpair(),
        ")" | "]" | "}" => sheet.pass(key),
        _ if minds(key) => sheet.pair(key).or_else(|| sheet.pass(key)),
        _ => None,
    }?;
    let new = [&text[..stroke.start], &stroke.text, &text[stroke.end..]].concat();
    let (start, end) = (unit_of(&new, stroke.select.0), unit_of(&new, stroke.select.1));
    Some((new, Caret { start, end }))
}

impl Sheet<'_> {
    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    fn next(&self) -> Option<char> {
        self.text[self.end..].chars().next()
    }

    fn previous(&self) -> Option<char> {
        self.text[..self.start].chars().next_back()
    }

    fn new_line(&self, manner: Manner) -> Stroke {
        let start = self.line_start(self.start);
        let line = &self.text[start..self.start];
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        let (indent, rest) = line.split_at(blank);
        let rest = rest.trim_end();
        let goes_deeper = match manner {
            Manner::Json => rest.ends_with(['{', '[']),
            Manner::Yaml => rest.ends_with(':'),
            Manner::Plain => rest.ends_with('\\') && indent.is_empty(),
        };
        let deeper = if goes_deeper { manner.step() } else { "" };
        let mut text = format!("\n{indent}{deeper}");
        let caret = self.start + text.len();
        // Between an opening and its closing bracket the closing one gets a line of its own.
        if goes_deeper && manner == Manner::Json && matches!(self.next(), Some('}' | ']')) {
            text.push('\n');
            text.push_str(indent);
        }
        Stroke { start: self.start, end: self.end, text, select: (caret, caret) }
    }

    fn indent(&self, manner: Manner) -> Stroke {
        let step = manner.step();
        if !self.text[self.start..self.end].contains('\n') {
            let caret = self.start + step.len();
            let text = step.to_owned();
            return Stroke { start: self.start, end: self.end, text, select: (caret, caret) };
        }
        self.lines(|line| if line.is_empty() { String::new() } else { format!("{step}{line}") })
    }

    fn outdent(&self, manner: Manner) -> Stroke {
        let most = manner.step().len();
        self.lines(|line| {
            if let Some(rest) = line.strip_prefix('\t') {
                return rest.to_owned();
            }
            let blanks = line.bytes().take(most).take_while(|&byte| byte == b' ').count();
            line[blanks..].to_owned()
        })
    }

    /// Changes all lines of the selection.
    fn lines(&self, change: impl Fn(&str) -> String) -> Stroke {
        let start = self.line_start(self.start);
        // A selection that ends at the start of a line does not take that line along.
        let last = if self.end > self.start && self.text[..self.end].ends_with('\n') {
            self.end - 1
        } else {
            self.end
        };
        let end = self.text[last..].find('\n').map_or(self.text.len(), |at| last + at);
        let lines: Vec<String> = self.text[start..end].split('\n').map(change).collect();
        let text = lines.join("\n");
        let select = if self.start == self.end {
            let caret = (self.start + text.len()).saturating_sub(end - start).max(start);
            (caret, caret)
        } else {
            (start, start + text.len())
        };
        Stroke { start, end, text, select }
    }

    fn pair(&self, key: &str) -> Option<Stroke> {
        let close = match key {
            "(" => ")",
            "[" => "]",
            "{" => "}",
            quote => quote,
        };
        let (start, end) = (self.start, self.end);
        if start < end {
            let inside = &self.text[start..end];
            let text = format!("{key}{inside}{close}");
            return Some(Stroke { start, end, text, select: (start + 1, end + 1) });
        }
        let is_quote = key == close;
        let is_free = self.next().is_none_or(|next| next.is_whitespace() || "]}),".contains(next));
        let is_word =
            self.previous().is_some_and(|one| one.is_alphanumeric() || "\"'\\".contains(one));
        if !is_free || (is_quote && is_word) {
            return None;
        }
        let text = format!("{key}{close}");
        Some(Stroke { start, end, text, select: (start + 1, start + 1) })
    }

    /// A closing bracket that is there already is passed, not doubled.
    fn pass(&self, key: &str) -> Option<Stroke> {
        let is_there = self.start == self.end && self.text[self.end..].starts_with(key);
        let is_escaped = self.previous() == Some('\\');
        let caret = self.start + key.len();
        (is_there && !is_escaped).then(|| Stroke {
            start: self.start,
            end: caret,
            text: key.to_owned(),
            select: (caret, caret),
        })
    }

    /// A pair without anything in it goes as it came.
    fn unpair(&self) -> Option<Stroke> {
        let pair = (self.previous()?, self.next()?);
        let is_pair = matches!(pair, ('(', ')') | ('[', ']') | ('{', '}') | ('"', '"'));
        (self.start == self.end && is_pair).then(|| {
            let start = self.start - 1;
            Stroke { start, end: self.end + 1, text: String::new(), select: (start, start) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Presses a key in a text in which `|` is the caret, or two of them the selection.
    fn pressed(text: &str, key: &str, manner: Manner) -> String {
        let (key, has_shift) = key.strip_prefix("Shift ").map_or((key, false), |key| (key, true));
        let mut parts = text.split('|');
        let (before, middle) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let rest = parts.next();
        let whole = text.replace('|', "");
        let start = unit_of(before, before.len());
        let end = if rest.is_some() { start + unit_of(middle, middle.len()) } else { start };
        let caret = Caret { start, end };
        let Some((mut new, caret)) = press(&whole, caret, key, has_shift, manner) else {
            return "-".to_owned();
        };
        let (start, end) = (byte_of(&new, caret.start), byte_of(&new, caret.end));
        new.insert(end, '|');
        if start < end {
            new.insert(start, '|');
        }
        new
    }

    #[test]
    fn a_new_line_is_indented_as_the_one_before_or_deeper() {
        let enter = |text, manner| pressed(text, "Enter", manner);
        assert_eq!(enter("  a|", Manner::Plain), "  a\n  |");
        assert_eq!(enter("RUN a \\|", Manner::Plain), "RUN a \\\n    |");
        assert_eq!(enter("    b && \\|", Manner::Plain), "    b && \\\n    |");
        assert_eq!(enter("{|}", Manner::Json), "{\n    |\n}");
        assert_eq!(enter("  \"a\": [|]", Manner::Json), "  \"a\": [\n      |\n  ]");
        assert_eq!(enter("a:|", Manner::Yaml), "a:\n  |");
        assert_eq!(enter("端: |x|", Manner::Yaml), "端: \n  |");
    }

    #[test]
    fn tab_indents_and_shift_tab_takes_it_back() {
        assert_eq!(pressed("a|b", "Tab", Manner::Yaml), "a  |b");
        assert_eq!(pressed("|a\n\nb|", "Tab", Manner::Plain), "|    a\n\n    b|");
        assert_eq!(pressed("|a\n|b", "Tab", Manner::Yaml), "|  a|\nb");
        assert_eq!(pressed("|    a\n\tb\n c|", "Shift Tab", Manner::Plain), "|a\nb\nc|");
        assert_eq!(pressed("    a|", "Shift Tab", Manner::Json), "a|");
        assert_eq!(pressed("  |    a", "Shift Tab", Manner::Json), "|  a");
    }

    #[test]
    fn brackets_come_in_pairs_where_that_is_meant() {
        let json = |text, key| pressed(text, key, Manner::Json);
        assert_eq!(json("|", "{"), "{|}");
        assert_eq!(json("a: |x", "\""), "-");
        assert_eq!(json("|x|", "\""), "\"|x|\"");
        assert_eq!(json("[|]", "]"), "[]|");
        assert_eq!(json("\"a|\"", "\""), "\"a\"|");
        assert_eq!(json("it|", "'"), "-");
        assert_eq!(json("{|}", "Backspace"), "|");
        assert_eq!(json("{|x}", "Backspace"), "-");
        assert_eq!(json("|", "a"), "-");
        for key in ["Enter", "Tab", "Backspace", "(", "\"", "]"] {
            assert!(minds(key), "{key}");
        }
        assert!(!minds("a"));
    }
}
