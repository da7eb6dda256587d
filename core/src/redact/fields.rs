//! Names and their values, by letters: `NAME=value`, `"name": "value"`, `--name value`, `name:
//! value`, and pairs such as `Key: NAME, Value: value` in either order.

use std::ops::Range;

use super::word::{closing_quote, trimmed, unquoted, word};
use super::{block, hide};
use crate::secret::{hides_value, holds_parts, scheme_length, secret_default};
use crate::text::Span;

/// Adds the values in `text` that stand under the name of a secret.
pub(super) fn read(text: &str, found: &mut Vec<Span>) {
    let mut reader = Reader {
        text,
        found,
        line: 0,
        quote: None,
        unclosed: [usize::MAX; 2],
        is_first: true,
        first: 0..0,
        second: 0,
        has_login: false,
        judged: 0,
        frames: vec![Frame::default()],
        owners: Vec::new(),
        opens_secret: false,
        sql: 0,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if is_name_byte(byte) {
            let length = bytes[at..].iter().take_while(|&&byte| is_name_byte(byte)).count();
            let is_bullet = bytes[at..at + length].iter().all(|&byte| byte == b'-');
            let start = at;
            at = reader.name(at, at + length);
            if !is_bullet {
                reader.count(start..start + length);
            }
        } else {
            at = reader.sign(at, byte);
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    found: &'a mut Vec<Span>,
    /// Where the line begins.
    line: usize,
    /// The quote that was opened last: its sign, where it was opened, and where it is closed.
    quote: Option<(u8, usize, usize)>,
    /// The lines on which a quote of each sign is never closed.
    unclosed: [usize; 2],
    /// Whether nothing but blanks, quotes and dashes stood on the line so far.
    is_first: bool,
    /// The first name on the line.
    first: Range<usize>,
    /// Where the second begins.
    second: usize,
    /// Whether the line, or that above, is one of a `.netrc`.
    has_login: bool,
    /// Up to here values of pairs have been read.
    judged: usize,
    /// What is known of the objects that are open here.
    frames: Vec<Frame>,
    /// The keys of block style above, with their indentation, and whether they tell a secret.
    owners: Vec<(usize, bool)>,
    /// Whether the object that opens next stands under the name of a secret.
    opens_secret: bool,
    /// Where the last word of SQL stood that a password follows.
    sql: usize,
}

/// An object: its name and value may come in either order.
#[derive(Default)]
struct Frame {
    /// Whether the name of a pair says that the value, which is to come, is a secret.
    name: Option<bool>,
    /// The value of a pair whose name is to come.
    value: Option<Range<usize>>,
    /// Whether the object is a parameter that holds a secret.
    is_secret: bool,
}

/// No value of an element of XML that is a secret is longer.
const MOST_ELEMENT: usize = 1024;

/// No array of a shell that holds secrets is longer.
const MOST_ARRAY: usize = 4096;

/// More open brackets hold no more pairs.
const MOST_FRAMES: usize = 256;

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte == b'.'
}

/// A value, and where the reading goes on.
struct Value {
    range: Range<usize>,
    next: usize,
}

impl Reader<'_> {
    /// What a sign changes; where the next letter is.
    fn sign(&mut self, at: usize, byte: u8) -> usize {
        match byte {
            b'\n' => {
                let goes_on = self.text[..at].trim_end_matches('\r').ends_with('\\');
                self.line = at + 1;
                self.is_first = !goes_on;
                if !goes_on {
                    self.first = 0..0;
                    self.second = 0;
                    self.has_login = false;
                }
            }
            b'\\' => match self.text.as_bytes().get(at + 1) {
                Some(b'\n' | b'\r') => return at + 1,
                _ => return at + 2,
            },
            b'"' | b'\'' => self.quote(at, byte),
            b'{' | b'}' if self.open(at).is_some() => {}
            b'{' if self.frames.len() < MOST_FRAMES => {
                self.is_first = false;
                let is_secret = std::mem::take(&mut self.opens_secret);
                self.frames.push(Frame { is_secret, ..Frame::default() });
            }
            b'}' if self.frames.len() > 1 => drop(self.frames.pop()),
            b'$' if self.text[at..].starts_with("${") => {
                let end = self.text[at..].bytes().take(256).position(|byte| byte == b'}');
                let reference = end.and_then(|end| self.text.get(at..=at + end));
                if let Some(default) = reference.and_then(secret_default) {
                    hide(self.text, at + default.start..at + default.end, self.found);
                }
                // Neither a name nor a bracket.
                return at + 2;
            }
            _ if !byte.is_ascii_whitespace() => self.is_first = false,
            _ => {}
        }
        at + 1
    }

    /// Opens a quote at `at`, unless one is closed there or it is an apostrophe.
    fn quote(&mut self, at: usize, byte: u8) {
        let is_apostrophe = byte == b'\'' && self.text[..at].ends_with(char::is_alphanumeric);
        let kind = usize::from(byte == b'"');
        if self.open(at).is_some() || is_apostrophe || self.unclosed[kind] == self.line {
            return;
        }
        match closing_quote(self.text.as_bytes(), at + 1, byte) {
            (close, true) => self.quote = Some((byte, at, close)),
            (_, false) => self.unclosed[kind] = self.line,
        }
    }

    /// The quote in which `at` stands: its sign, and where it is opened and closed.
    fn open(&self, at: usize) -> Option<(u8, usize, usize)> {
        self.quote.filter(|&(_, open, close)| open < at && at <= close)
    }

    /// Remembers the name at `name` as one of its line's.
    fn count(&mut self, name: Range<usize>) {
        if self.is_first {
            self.first = name;
        } else if self.second == 0 {
            self.second = name.start;
        }
        self.is_first = false;
    }

    /// The name at `start..end`; where the reading goes on.
    fn name(&mut self, start: usize, end: usize) -> usize {
        let name = &self.text[start..end];
        if self.is_first && name.starts_with('-') && name.trim_matches('-').is_empty() {
            // A new element of a list.
            self.top().name = None;
            self.top().value = None;
            return end;
        }
        self.has_login |= matches!(name, "login" | "machine");
        let is_closed = self.text[..start].ends_with("${");
        let key = name.trim_start_matches('-');
        let last = key.rsplit(['.', '-']).next().unwrap_or(key);
        let is = |words: &[&str]| words.iter().any(|word| last.eq_ignore_ascii_case(word));
        if self.is_first && self.text.as_bytes().get(end) == Some(&b':') {
            self.owner(start, key);
        }
        if is(&["default", "allowedvalues"]) && self.is_of_secret(start) {
            return self.default(start, end);
        }
        if is(&["name", "key"]) && key.len() < 64 {
            self.pair_name(start, end);
        } else if is(&["value"]) {
            return self.pair_value(start, end);
        } else if is(&["identified", "password", "by"]) && self.sql(start, end) {
            return end;
        }
        // Alone it may be a number.
        let is_array =
            key.to_ascii_lowercase().ends_with("tokens") && self.text[end..].starts_with("=(");
        if is_closed || !is_array && !hides_value(key) {
            return end;
        }
        match self.value(start, end) {
            Some(value) => {
                hide(self.text, value.range, self.found);
                // Quotes that were passed over are closed.
                value.next.max(end)
            }
            None => end,
        }
    }

    fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Remembers the key of a mapping in block style.
    fn owner(&mut self, start: usize, key: &str) {
        let indent = start - self.line;
        while self.owners.last().is_some_and(|(above, _)| *above >= indent) {
            self.owners.pop();
        }
        if self.owners.len() < MOST_FRAMES {
            self.owners.push((indent, hides_value(key)));
        }
    }

    /// Whether the key at `start` stands in a parameter that holds a secret.
    fn is_of_secret(&mut self, start: usize) -> bool {
        if self.frames.len() > 1 && self.top().is_secret {
            return true;
        }
        let indent = start - self.line;
        self.is_first
            && self.owners.iter().rev().find(|(above, _)| *above < indent).is_some_and(|one| one.1)
    }

    /// Covers the default of a parameter that holds a secret.
    fn default(&mut self, start: usize, end: usize) -> usize {
        let Some(value) = self.value(start, end) else { return end };
        hide(self.text, value.range, self.found);
        value.next
    }

    /// `name: DB_PASSWORD`: its value may have come already.
    fn pair_name(&mut self, start: usize, end: usize) {
        if start < self.judged {
            return;
        }
        let Some(value) = self.value(start, end) else { return };
        self.judged = value.range.end;
        let text = self.text;
        let is_secret = value.range.len() < 128 && hides_value(&text[value.range]);
        match self.top().value.take() {
            Some(value) if is_secret => hide(text, value, self.found),
            Some(_) => {}
            None => self.top().name = Some(is_secret),
        }
    }

    /// `value: hunter2`: its name may still come.
    fn pair_value(&mut self, start: usize, end: usize) -> usize {
        if start < self.judged {
            return end;
        }
        let Some(value) = self.value(start, end) else { return end };
        self.judged = value.range.end;
        match self.top().name.take() {
            Some(true) => {
                hide(self.text, value.range, self.found);
                value.next
            }
            Some(false) => end,
            None => {
                self.top().value = Some(value.range);
                end
            }
        }
    }

    /// `IDENTIFIED BY 'hunter2'`, `PASSWORD 'hunter2'`: whether the name is such a word.
    fn sql(&mut self, start: usize, end: usize) -> bool {
        let name = &self.text[start..end];
        if name.eq_ignore_ascii_case("identified") {
            self.sql = end;
            return true;
        }
        let is_near = self.sql > 0 && start - self.sql < 64;
        if name.eq_ignore_ascii_case("by") && !is_near {
            return true;
        }
        let at = skip_blanks(self.text.as_bytes(), end);
        let at = at + usize::from(self.text[at..].starts_with('('));
        let at = at + usize::from(self.text[at..].starts_with('\\'));
        let quote = self.text.as_bytes().get(at).filter(|byte| matches!(byte, b'"' | b'\''));
        let is_own = |byte: u8| at > end && self.open(at).is_none_or(|(open, ..)| open != byte);
        let is_variable = self.text[..start].ends_with('$');
        let Some(&quote) = quote.filter(|&&byte| is_own(byte) && !is_variable) else {
            return name.eq_ignore_ascii_case("by");
        };
        let (close, is_closed) = closing_quote(self.text.as_bytes(), at + 1, quote);
        if is_closed {
            hide(self.text, at + 1..close, self.found);
        }
        true
    }

    /// The value that belongs to the name at `start..end`.
    fn value(&mut self, start: usize, end: usize) -> Option<Value> {
        let bytes = self.text.as_bytes();
        let mut at = end;
        // `"name"`, and `\"name\"` of JSON in a string.
        let is_closed = self.open(end).is_some_and(|(_, _, close)| close == end);
        let is_quoted = match (bytes.get(at)?, start.checked_sub(1).and_then(|at| bytes.get(at))) {
            (b'"' | b'\'', _) if is_closed => true,
            (b'"', Some(b'"')) | (b'\'', Some(b'\'')) => true,
            (b'\\', Some(b'"')) if bytes.get(at + 1) == Some(&b'"') => {
                at += 1;
                true
            }
            _ => false,
        };
        at = skip_blanks(bytes, at + usize::from(is_quoted));
        let sign = *bytes.get(at)?;
        let next = bytes.get(at + 1).copied();
        let is_option = self.text[start..end].starts_with('-');
        match sign {
            b'=' if matches!(next, Some(b'=' | b'~')) => None,
            b'=' => self.assigned(start, if next == Some(b'>') { at + 2 } else { at + 1 }),
            b':' | b'+' | b'?' if next == Some(b'=') => self.assigned(start, at + 2),
            // `<password>hunter2</password>`
            b'>' if at == end && self.text[..start].ends_with('<') => {
                let length = self.text[at..].bytes().take(MOST_ELEMENT).position(|c| c == b'<')?;
                let range = at + 1..at + length;
                Some(Value { next: range.end, range })
            }
            // `environ["TOKEN"] = "hunter2"`
            b']' if is_quoted => {
                let at = skip_blanks(bytes, at + 1);
                let is_set = bytes.get(at) == Some(&b'=') && bytes.get(at + 1) != Some(&b'=');
                let at = skip_blanks(bytes, at + 1);
                if is_set { self.string_if_any(at, true) } else { None }
            }
            // `setdefault("TOKEN", "hunter2")`
            b',' if is_quoted && self.is_first_argument(start) => {
                let at = skip_blanks(bytes, at + 1);
                self.string_if_any(at, true)
            }
            b':' if self.text[at..].starts_with("::") => None,
            b':' => self.after_colon(start, at + 1, is_quoted),
            b',' if is_quoted && is_option => {
                let at = skip_blanks(bytes, at + 1);
                self.string(at)
            }
            _ if matches!(bytes[end], b' ' | b'\t') && self.takes_a_word(start, end) => {
                self.spoken(start, at)
            }
            _ => None,
        }
    }

    /// Whether the name in quotes at `start` is the first argument of a call.
    fn is_first_argument(&self, start: usize) -> bool {
        let before = self.text[..start].trim_end_matches(['"', '\'', '\\']);
        before.ends_with('(') && before.len() + 2 >= start
    }

    /// `--password value`, `ENV TOKEN value`, `requirepass value`.
    fn takes_a_word(&self, start: usize, end: usize) -> bool {
        let name = &self.text[start..end];
        let is_option = name.starts_with("--") || name.starts_with('-') && name.len() > 4;
        let first = &self.text[self.first.clone()];
        let is_pair = ["ENV", "LABEL"].iter().any(|word| first.eq_ignore_ascii_case(word));
        let is_directive = || {
            ["requirepass", "masterauth", "rootpw", "bindpw", "sshpass"]
                .iter()
                .any(|word| name.eq_ignore_ascii_case(word))
        };
        // `login u password hunter2`, or alone on its line.
        let is_netrc = || {
            self.has_login && matches!(name, "password" | "passwd")
                || name == "password" && self.is_alone(start, end)
        };
        is_option || is_pair || is_directive() || is_netrc()
    }

    /// Whether one word more makes up the line of the name at `start..end`.
    fn is_alone(&self, start: usize, end: usize) -> bool {
        const FURTHEST: usize = 256;
        let line = self.text.as_bytes()[end..].iter().take(FURTHEST);
        let mut words = line.take_while(|&&byte| byte != b'\n').collect::<Vec<_>>();
        while words.pop_if(|byte| byte.is_ascii_whitespace()).is_some() {}
        let blanks = words.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let is_word = words[blanks..].iter().all(|byte| !byte.is_ascii_whitespace());
        self.is_first && self.open(start).is_none() && is_word
    }

    /// The word at `at`, on the line of the name that begins at `start`.
    fn spoken(&mut self, start: usize, at: usize) -> Option<Value> {
        let text = self.text;
        if matches!(text.as_bytes().get(at)?, b'\n' | b'\r' | b'-' | b'#') {
            return None;
        }
        // `ENV NAME all of the rest`
        let first = &text[self.first.clone()];
        let is_pair = ["ENV", "LABEL"].iter().any(|word| first.eq_ignore_ascii_case(word));
        if is_pair && self.second == 0 && !text[start..].starts_with('-') {
            let end = logical_end(text, at);
            let range = unquoted(text, at..at + text[at..end].trim_end().len());
            return Some(Value { next: range.end, range });
        }
        let range = word(text, at, self.open(start).map(|(open, ..)| open));
        Some(Value { next: range.end, range })
    }

    /// What follows `=`.
    fn assigned(&mut self, start: usize, at: usize) -> Option<Value> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let is_loose = bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        let at = skip_blanks(bytes, at);
        if is_loose && matches!(bytes.get(at), Some(b'\n' | b'\r') | None) {
            return None;
        }
        if let Some(value) = self.string_if_any(at, is_loose) {
            return Some(value);
        }
        if let Some(range) = array(text, at).filter(|_| !is_loose) {
            return Some(Value { next: range.end, range });
        }
        // `--token= --port 80`: nothing, unless the line is a setting.
        let is_tight = |sign: usize| !self.text[..sign].ends_with([' ', '\t']);
        if is_loose && !self.is_first && self.text[..at].trim_end().rfind('=').is_some_and(is_tight)
        {
            return None;
        }
        if self.opens(at) {
            return None;
        }
        // `a?sig=x&b=c`
        if text[..start].ends_with(['?', '&']) {
            let is_end = |c: char| c.is_whitespace() || matches!(c, '&' | '#' | '"' | '\'');
            let end = at + text[at..].find(is_end).unwrap_or(text.len() - at);
            return Some(Value { range: at..end, next: end });
        }
        // `password = all of the rest`
        if self.is_flat(start) || is_loose && self.is_first && self.open(start).is_none() {
            let end = at + text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
            let range = unquoted(text, at..at + text[at..end].trim_end().len());
            return Some(Value { next: end, range });
        }
        // `"DB_PASSWORD=ab CD"`: all that the quotes hold.
        let quote = self.open(start);
        if let Some((_, open, close)) = quote
            && open + 1 == start
            && at <= close
        {
            return Some(Value { range: at..close, next: close });
        }
        plain(text, word(text, at, quote.map(|(open, ..)| open)))
    }

    /// What follows `:`.
    fn after_colon(&mut self, start: usize, at: usize, is_quoted: bool) -> Option<Value> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let name = &text[start..];
        let mut from = skip_blanks(bytes, at);
        if is_quoted {
            from = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        } else if self.is_first
            && !self.text[start..at].starts_with("--")
            && let Some(range) = block::below(text, self.line, at)
        {
            return Some(Value { next: range.end, range });
        }
        // Tags and anchors of YAML.
        while matches!(bytes.get(from), Some(b'&')) || text[from..].starts_with("!!") {
            let word = text[from..].find(char::is_whitespace)?;
            from = skip_blanks(bytes, from + word);
        }
        match bytes.get(from)? {
            b'\n' | b'\r' | b'*' | b'!' => return None,
            b'{' if self.opens(from) => return None,
            b'[' => return self.list(start, at, from),
            b'"' | b'\'' | b'\\' => {
                if let Some(value) = self.string_if_any(from, true) {
                    return Some(value);
                }
            }
            _ => {}
        }
        let is_tight = from == at;
        // `image:tag` is no pair.
        let quote = self.open(start);
        if is_tight && !is_quoted && quote.is_none() && !name.starts_with("--") {
            return None;
        }
        if self.is_flat(start) || (self.is_first && !is_quoted && self.frames.len() == 1) {
            let line = text[from..].find(['\n', '\r']).unwrap_or(text.len() - from);
            let value = &text[from..from + line];
            let value = value.find(" #").map_or(value, |comment| &value[..comment]).trim_end();
            let range = from..from + value.len();
            return Some(Value { next: range.end, range });
        }
        // A header in quotes: `"Authorization: Bearer x"`.
        if let Some((_, open, close)) = quote.filter(|(_, _, close)| from <= *close && !is_quoted) {
            // In a string of JSON its own quotes are escaped.
            let is_whole = open + 1 == start;
            let end = text[from..close].find("\\\"").filter(|_| !is_whole);
            let close = end.map_or(close, |end| from + end);
            return Some(Value { range: from..close, next: close });
        }
        let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']');
        let from = from + scheme_length(&text[from..]);
        let end = from + text[from..].find(is_end).unwrap_or(text.len() - from);
        plain(text, trimmed(text, from..end))
    }

    /// The strings of the list that opens at `from`.
    fn list(&mut self, start: usize, at: usize, from: usize) -> Option<Value> {
        const FURTHEST: usize = 1024;
        let (text, bytes) = (self.text, self.text.as_bytes());
        let name = &text[start..at];
        if holds_parts(name.trim_end_matches([':', '"', '\'', ' '])) {
            return None;
        }
        let mut at = from + 1;
        while at < from + FURTHEST {
            match *bytes.get(at)? {
                b']' => return Some(Value { range: at..at, next: at }),
                b'{' | b'[' => return None,
                byte if byte.is_ascii_whitespace() || byte == b',' => at += 1,
                quote @ (b'"' | b'\'') => {
                    let (close, _) = closing_quote(bytes, at + 1, quote);
                    hide(text, at + 1..close, self.found);
                    at = close + 1;
                }
                _ => {
                    let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'\n');
                    let length = bytes[at..].iter().take(FURTHEST).position(is_end)?;
                    hide(text, unquoted(text, at..at + length), self.found);
                    at += length;
                }
            }
        }
        None
    }

    /// A quoted string at `at`.
    fn string(&self, at: usize) -> Option<Value> {
        self.string_if_any(at, true)
    }

    /// A quoted string at `at`; where it `is_alone` it is all of the value, else letters behind it
    /// belong to it.
    fn string_if_any(&self, at: usize, is_alone: bool) -> Option<Value> {
        let bytes = self.text.as_bytes();
        match bytes.get(at)? {
            b'\\' if bytes.get(at + 1) == Some(&b'"') => {
                let rest = &self.text[at + 2..];
                let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
                let end = line.find("\\\"").or_else(|| line.find('"')).unwrap_or(line.len());
                Some(Value { range: at + 2..at + 2 + end, next: at + 2 + end })
            }
            quote @ (b'"' | b'\'') => {
                let (close, is_closed) = closing_quote(bytes, at + 1, *quote);
                let behind = bytes.get(close + 1);
                let is_end =
                    |byte: &u8| byte.is_ascii_whitespace() || b",;)}]&|\"'\\`".contains(byte);
                if !is_alone && is_closed && behind.is_some_and(|byte| !is_end(byte)) {
                    return None;
                }
                let close = close.min(bytes.len());
                Some(Value { range: at + 1..close, next: close + usize::from(is_closed) })
            }
            _ => None,
        }
    }

    /// Whether an object opens at `at`, whose parts have names of their own; it is remembered that
    /// it stands under the name of a secret.
    fn opens(&mut self, at: usize) -> bool {
        let rest = &self.text[at..];
        let is_object = rest.starts_with('{') && !rest.starts_with("{{");
        self.opens_secret |= is_object;
        is_object
    }

    /// Whether the name at `start` begins a line of a flat request, `Container.1.Image=…`, whose
    /// value goes on to the end of the line whatever is in it.
    fn is_flat(&self, start: usize) -> bool {
        let name = &self.text[start..];
        let length = name.bytes().take_while(|&byte| is_name_byte(byte)).count();
        let has_index = name[..length].split('.').skip(1).any(|part| {
            part == "N" || !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
        });
        self.is_first && self.open(start).is_none() && has_index && !name.starts_with('-')
    }
}

/// What a shell's array holds that opens at `at`: `TOKENS=(a b)`. What only begins like one is a
/// value that begins with a bracket.
fn array(text: &str, at: usize) -> Option<Range<usize>> {
    let inside = text.get(at..)?.strip_prefix('(')?;
    let inside = &inside[..inside.floor_char_boundary(MOST_ARRAY)];
    let length = inside.find(')')?;
    // What a command prints is not written here.
    let is_written = !inside[..length].contains(['(', '`']);
    let behind = inside[length + 1..].chars().next();
    let is_end = behind.is_none_or(|next| next.is_whitespace() || ";&|)\"'".contains(next));
    (is_written && is_end).then_some(at + 1..at + 1 + length)
}

/// A value without quotes, unless it is only a sign.
fn plain(text: &str, range: Range<usize>) -> Option<Value> {
    let value = text.get(range.clone())?;
    let is_nothing = value.is_empty() || matches!(value, "-" | "[" | "(" | "=" | "|" | "\\");
    (!is_nothing).then_some(Value { next: range.end, range })
}

/// The end of a line that `\` carries on.
fn logical_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for line in text[at..].split_inclusive('\n') {
        end += line.len();
        if !line.trim_end().ends_with('\\') {
            break;
        }
    }
    end
}

/// Behind the blanks at `at`, and line ends that `\` takes away.
fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    loop {
        match bytes.get(at..).unwrap_or_default() {
            [b' ' | b'\t', ..] => at += 1,
            [b'\\', b'\n', ..] => at += 2,
            [b'\\', b'\r', b'\n', ..] => at += 3,
            _ => return at,
        }
    }
}
