//! JSON and YAML with secrets in them, written without leaving copies behind.

use super::Secret;

/// A value to write.
pub(super) enum Value<'a> {
    Text(&'a str),
    True,
    List(Vec<Value<'a>>),
    Object(Vec<(&'a str, Value<'a>)>),
}

impl Value<'_> {
    /// The value over several lines, for people; ends in a line end.
    pub(super) fn pretty(&self) -> Secret {
        self.written(true)
    }

    /// The value on one line.
    pub(super) fn compact(&self) -> Secret {
        self.written(false)
    }

    /// An object as YAML, in blocks.
    pub(super) fn yaml(&self) -> Secret {
        let mut out = String::with_capacity(self.most(0));
        self.write_block(&mut out, 0, true);
        Secret::new(out.strip_prefix('\n').unwrap_or(&out))
    }

    fn written(&self, is_pretty: bool) -> Secret {
        // Room for the whole, so that no half-written copy is left behind by growing.
        let mut out = String::with_capacity(self.most(0));
        self.write(&mut out, is_pretty.then_some(0));
        if is_pretty {
            out.push('\n');
        }
        Secret::new(out)
    }

    /// At least as many bytes as are written, `depth` levels deep.
    fn most(&self, depth: usize) -> usize {
        let around = 8 + 2 * depth;
        match self {
            Value::Text(text) => around + text.len() * 6,
            Value::True => around,
            Value::List(items) => {
                items.iter().map(|item| around + item.most(depth + 1)).sum::<usize>() + around
            }
            Value::Object(members) => {
                let member = |(key, value): &(&str, Value<'_>)| {
                    around + key.len() * 6 + value.most(depth + 1)
                };
                members.iter().map(member).sum::<usize>() + around
            }
        }
    }

    /// Writes the value; `depth` is that of the line it stands on, if there are several.
    fn write(&self, out: &mut String, depth: Option<usize>) {
        let inner = depth.map(|depth| depth + 1);
        let line = |out: &mut String, depth: Option<usize>| {
            if let Some(depth) = depth {
                out.push('\n');
                (0..depth).for_each(|_| out.push_str("  "));
            }
        };
        match self {
            Value::Text(text) => string(text, out),
            Value::True => out.push_str("true"),
            Value::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    line(out, inner);
                    item.write(out, inner);
                }
                line(out, depth);
                out.push(']');
            }
            Value::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    line(out, inner);
                    string(key, out);
                    out.push_str(if depth.is_some() { ": " } else { ":" });
                    value.write(out, inner);
                }
                line(out, depth);
                out.push('}');
            }
        }
    }
}

impl Value<'_> {
    /// Writes the value behind a key or a dash: a scalar on the same line, others on lines of their
    /// own, the first of which goes on where one is open.
    fn write_block(&self, out: &mut String, depth: usize, is_behind_key: bool) {
        let line = |out: &mut String, index: usize| {
            if index > 0 || is_behind_key {
                out.push('\n');
                (0..depth).for_each(|_| out.push_str("  "));
            } else {
                out.push(' ');
            }
        };
        match self {
            Value::Object(members) => {
                for (index, (key, value)) in members.iter().enumerate() {
                    line(out, index);
                    out.push_str(key);
                    out.push(':');
                    value.write_block(out, depth + 1, true);
                }
            }
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    line(out, index);
                    out.push('-');
                    item.write_block(out, depth + 1, false);
                }
            }
            Value::True => out.push_str(" true"),
            Value::Text(text) => {
                out.push(' ');
                if is_plain(text) { out.push_str(text) } else { string(text, out) }
            }
        }
        if depth == 0 {
            out.push('\n');
        }
    }
}

/// Whether YAML reads `text` as that string without quotes.
fn is_plain(text: &str) -> bool {
    const OTHERS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_letter = |letter: char| letter.is_alphanumeric() || " _-./:=+".contains(letter);
    text.starts_with(char::is_alphabetic)
        && text.chars().all(is_letter)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !OTHERS.contains(&text.to_lowercase().as_str())
}

/// `text` as a JSON string, in quotes.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // YAML reads what is written here too, and wants these escaped.
            _ if letter.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_written_for_people_and_on_one_line() {
        let list = Value::List(vec![Value::Text("b\"\n端\u{1}"), Value::True]);
        let json =
            Value::Object(vec![("a", list), ("c", Value::Object(vec![("d", Value::Text(""))]))]);
        assert_eq!(json.compact().reveal(), r#"{"a":["b\"\n端\u0001",true],"c":{"d":""}}"#);
        let pretty = "{\n  \"a\": [\n    \"b\\\"\\n端\\u0001\",\n    true\n  ],\n  \"c\": {\n    \"d\": \"\"\n  }\n}\n";
        assert_eq!(json.pretty().reveal(), pretty);
        assert!(json.most(0) >= pretty.len());
    }

    #[test]
    fn yaml_is_written_in_blocks_with_quotes_where_they_are_needed() {
        let texts =
            ["a b", "a: b", "123", "yes", "", "端口", "x\ny", "a.b:5000", "abc=", " a", "a "];
        let list = Value::List(vec![
            Value::Object(vec![("d", Value::Text("e")), ("f", Value::True)]),
            Value::Text("g"),
        ]);
        let mut members: Vec<_> = texts.into_iter().map(|text| ("k", Value::Text(text))).collect();
        members.push((".l-m", list));
        let yaml =
            Value::Object(vec![("a", Value::Object(members)), ("z", Value::Text("z"))]).yaml();
        let expected = "a:\n  k: a b\n  k: \"a: b\"\n  k: \"123\"\n  k: \"yes\"\n  k: \"\"\n  k: 端口\n  k: \"x\\ny\"\n  k: a.b:5000\n  k: abc=\n  k: \" a\"\n  k: \"a \"\n  .l-m:\n    - d: e\n      f: true\n    - g\nz: z\n";
        assert_eq!(yaml.reveal(), expected);
        let read = crate::tree::yaml::parse(yaml.reveal());
        assert_eq!(read.errors, []);
        let node = read.documents[0].get("a").unwrap();
        let back: Vec<_> = node.members().iter().filter_map(|one| one.node.as_str()).collect();
        assert_eq!(back, texts);
    }
}
