//! The form of a platform's JSON as data, and what in a document departs from it.
//!
//! One table serves validation now, and JSON Schema, completion and skeletons later. Knows no
//! platform: the tables stand in `platforms/*/shape.rs`.

use super::{Member, Node, Value};
use crate::text::{Span, Text, nearest};

/// An object's fields.
#[derive(Debug)]
pub struct Shape {
    /// The fields that are known.
    pub fields: &'static [Field],
    /// Whether other keys are as good (a map of the user's own names).
    pub is_open: bool,
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What its value must be.
    pub kind: Type,
    /// What it is, for people.
    pub description: Text,
}

/// What a value must be.
#[derive(Debug)]
pub enum Type {
    /// `true` or `false`.
    Boolean,
    /// A whole number within bounds.
    Integer {
        /// The least.
        least: i64,
        /// The greatest.
        most: i64,
    },
    /// Any number.
    Number,
    /// Any string.
    String,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// An object of this shape.
    Object(&'static Shape),
    /// A list of such values.
    Array(&'static Type),
    /// An object with keys of the user's own and such values.
    Map(&'static Type),
    /// One of these.
    OneOf(&'static [Type]),
    /// Anything at all.
    Anything,
}

/// Any whole number from 0 on.
pub const COUNT: Type = Type::Integer { least: 0, most: i64::MAX };

/// A whole number from 1 on.
pub const POSITIVE: Type = Type::Integer { least: 1, most: i64::MAX };

/// A TCP port.
pub const PORT: Type = Type::Integer { least: 1, most: 65535 };

/// A field with its description.
pub const fn field(name: &'static str, kind: Type, description: Text) -> Field {
    Field { name, kind, description }
}

/// Something in a document that departs from its shape.
#[derive(Debug)]
pub struct Violation<'a> {
    /// Where: the key of an unknown key, else the value.
    pub span: Span,
    /// The way to it: `metadata.rpc.keepalive`, `containers[0].port`.
    pub path: String,
    /// The value.
    pub node: &'a Node,
    /// What departs.
    pub kind: ViolationKind,
    /// An unknown key, and the shape that lacks it.
    unknown: Option<(&'a str, &'static Shape)>,
}

impl Violation<'_> {
    /// The known key that an unknown one is nearest to. Looks at all of them: ask for what is told.
    pub fn nearest(&self) -> Option<&'static str> {
        let (key, shape) = self.unknown?;
        nearest(key, shape.fields.iter().map(|field| field.name))
    }
}

/// How a document departs from its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    /// No field has this name.
    UnknownKey {
        /// The key as it is written.
        key: String,
        /// Whether it stands at the top.
        is_top_level: bool,
    },
    /// Another type was expected.
    WrongType {
        /// What was expected, in words.
        expected: &'static str,
    },
    /// `"true"` where a boolean belongs.
    BooleanAsString(bool),
    /// `"8000"` where a number belongs.
    NumberAsString,
    /// A string that is none of those known.
    NotAChoice {
        /// The known ones.
        choices: &'static [&'static str],
    },
    /// A number out of bounds.
    OutOfRange {
        /// The least.
        least: i64,
        /// The greatest.
        most: i64,
    },
}

/// Everything in `root` that departs from `shape`. Templates, placeholders and nulls depart from
/// nothing. A literal key `a.b` is read as `b` inside `a`.
pub fn validate<'a>(shape: &'static Shape, root: &'a Node) -> Vec<Violation<'a>> {
    let mut validator = Validator { found: Vec::new() };
    validator.object(shape, root, "");
    validator.found
}

struct Validator<'a> {
    found: Vec<Violation<'a>>,
}

impl<'a> Validator<'a> {
    fn object(&mut self, shape: &'static Shape, node: &'a Node, path: &str) {
        for member in node.members() {
            self.member(shape, member, &member.key, path);
        }
    }

    /// `key` is the member's key, or what is left of a dotted one.
    fn member(&mut self, shape: &'static Shape, member: &'a Member, key: &'a str, path: &str) {
        let own = join(path, key);
        if let Some(field) = shape.fields.iter().find(|field| field.name == key) {
            self.value(&field.kind, &member.node, &own);
            return;
        }
        if let Some((head, tail)) = key.split_once('.').filter(|_| !key.contains('/'))
            && let Some(field) = shape.fields.iter().find(|field| field.name == head)
        {
            match &field.kind {
                Type::Object(inner) => self.member(inner, member, tail, &join(path, head)),
                Type::Map(kind) => self.value(kind, &member.node, &own),
                _ => {}
            }
            return;
        }
        if shape.is_open || key.contains('/') {
            return;
        }
        self.found.push(Violation {
            span: member.key_span,
            path: own,
            node: &member.node,
            kind: ViolationKind::UnknownKey {
                key: member.key.clone(),
                is_top_level: path.is_empty(),
            },
            unknown: Some((key, shape)),
        });
    }

    fn value(&mut self, kind: &'static Type, node: &'a Node, path: &str) {
        if node.is_null() || node.is_unknown() {
            return;
        }
        match (kind, &node.value) {
            (Type::Anything, _) | (Type::Boolean, Value::Bool(_)) => {}
            (Type::Number, Value::Number(_)) | (Type::String, Value::String(_)) => {}
            (Type::Object(shape), Value::Object(_)) => self.object(shape, node, path),
            (Type::Array(kind), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(kind, item, &format!("{path}[{index}]"));
                }
            }
            (Type::Map(kind), Value::Object(members)) => {
                for member in members {
                    self.value(kind, &member.node, &join(path, &member.key));
                }
            }
            (Type::Integer { least, most }, Value::Number(_)) => match node.as_i64() {
                None => self.add(node, path, ViolationKind::WrongType { expected: name(kind) }),
                Some(value) if value < *least || value > *most => {
                    let bounds = ViolationKind::OutOfRange { least: *least, most: *most };
                    self.add(node, path, bounds);
                }
                Some(_) => {}
            },
            (Type::Choice(choices), Value::String(text)) => {
                if !choices.contains(&text.text()) {
                    self.add(node, path, ViolationKind::NotAChoice { choices });
                }
            }
            (Type::OneOf(kinds), _) => self.one_of(kinds, node, path),
            (Type::Boolean, Value::String(text))
                if matches!(text.text(), "true" | "false" | "True" | "False") =>
            {
                let value = text.text().eq_ignore_ascii_case("true");
                self.add(node, path, ViolationKind::BooleanAsString(value));
            }
            (Type::Integer { .. } | Type::Number, Value::String(text))
                if text.text().trim().parse::<f64>().is_ok() =>
            {
                self.add(node, path, ViolationKind::NumberAsString);
            }
            _ => self.add(node, path, ViolationKind::WrongType { expected: name(kind) }),
        }
    }

    /// Against the first kind of the value's own type; if there is none, against the first.
    fn one_of(&mut self, kinds: &'static [Type], node: &'a Node, path: &str) {
        let mut best: Option<Vec<Violation<'a>>> = None;
        for kind in kinds {
            let mut trial = Validator { found: Vec::new() };
            trial.value(kind, node, path);
            if trial.found.is_empty() {
                return;
            }
            let is_of_other_type = trial
                .found
                .iter()
                .any(|one| one.path == path && matches!(one.kind, ViolationKind::WrongType { .. }));
            if best.is_none() || !is_of_other_type {
                best = Some(trial.found);
            }
        }
        self.found.extend(best.unwrap_or_default());
    }

    fn add(&mut self, node: &'a Node, path: &str, kind: ViolationKind) {
        let (span, path) = (node.span, path.to_owned());
        self.found.push(Violation { span, path, node, kind, unknown: None });
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A type's name, as JSON Schema has it.
fn name(kind: &Type) -> &'static str {
    match kind {
        Type::Boolean => "boolean",
        Type::Integer { .. } => "integer",
        Type::Number => "number",
        Type::String | Type::Choice(_) => "string",
        Type::Object(_) | Type::Map(_) => "object",
        Type::Array(_) => "array",
        Type::OneOf(kinds) => kinds.first().map_or("value", name),
        Type::Anything => "value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::text;
    use crate::tree::json;

    const NO_WORDS: Text = text("", "");
    static INNER: Shape = Shape {
        fields: &[
            field("on", Type::Boolean, NO_WORDS),
            field("port", PORT, NO_WORDS),
            field("mode", Type::Choice(&["fast", "slow"]), NO_WORDS),
        ],
        is_open: false,
    };
    static SHAPE: Shape = Shape {
        fields: &[
            field("inner", Type::Object(&INNER), NO_WORDS),
            field("list", Type::Array(&Type::Object(&INNER)), NO_WORDS),
            field("either", Type::OneOf(&[COUNT, Type::String]), NO_WORDS),
            field("labels", Type::Map(&Type::String), NO_WORDS),
        ],
        is_open: false,
    };

    fn violations(source: &str) -> Vec<String> {
        let root = json::parse(source).root.unwrap();
        validate(&SHAPE, &root)
            .iter()
            .map(|one| {
                let near = one.nearest().map(|near| format!(", near {near}")).unwrap_or_default();
                format!("{} at {}: {:?}{near}", one.path, &source[one.span.range()], one.kind)
            })
            .collect()
    }

    #[test]
    fn what_fits_departs_from_nothing() {
        let source = r#"{"inner":{"on":true,"port":80,"mode":"fast"},"list":[{"port":null}],
            "either":"30Gi","labels":{"a":"b"},"inner.port":8000,"x/y":1,"inner.mode":"${M}"}"#;
        assert_eq!(violations(source), [""; 0]);
    }

    #[test]
    fn departures_have_a_path_and_a_place() {
        let cases = [
            (
                r#"{"iner":1}"#,
                r#"iner at "iner": UnknownKey { key: "iner", is_top_level: true }, near inner"#,
            ),
            (
                r#"{"inner":{"prt":1}}"#,
                r#"inner.prt at "prt": UnknownKey { key: "prt", is_top_level: false }, near port"#,
            ),
            (r#"{"inner.on":"true"}"#, r#"inner.on at "true": BooleanAsString(true)"#),
            (r#"{"list":[{"port":"80"}]}"#, r#"list[0].port at "80": NumberAsString"#),
            (r#"{"list":[{"port":0}]}"#, "list[0].port at 0: OutOfRange { least: 1, most: 65535 }"),
            (
                r#"{"inner":{"mode":"fats"}}"#,
                r#"inner.mode at "fats": NotAChoice { choices: ["fast", "slow"] }"#,
            ),
            (r#"{"inner":[]}"#, r#"inner at []: WrongType { expected: "object" }"#),
            (
                r#"{"either":-1}"#,
                "either at -1: OutOfRange { least: 0, most: 9223372036854775807 }",
            ),
            (r#"{"labels":{"a":1}}"#, r#"labels.a at 1: WrongType { expected: "string" }"#),
        ];
        for (source, expected) in cases {
            assert_eq!(violations(source), [expected], "{source}");
        }
    }
}
