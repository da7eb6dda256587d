//! A `Shape` as JSON Schema 2020-12, for editors: the same table that validates.
//!
//! Says yes wherever [`super::schema::validate`] finds nothing: templates and `null` stand for any
//! value, and a key with a dot or a slash is not looked into.

use serde_json::{Map, Value, json};

use super::schema::{Field, Shape, Type};
use crate::text::Lang;

/// The schema of documents of `shape`, with descriptions in `lang`.
pub fn json_schema(title: &str, shape: &Shape, lang: Lang) -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
    });
    if let (Value::Object(schema), Value::Object(object)) = (&mut schema, object(shape, lang)) {
        schema.extend(object);
    }
    schema["$defs"] = json!({
        "template": {
            "anyOf": [
                {"type": "null"},
                {"type": "string", "pattern": TEMPLATE},
                {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "patternProperties": {"^(Ref|Fn::.*)$": true},
                    "additionalProperties": false,
                },
            ],
        },
    });
    schema
}

/// What marks a value that is still to be filled in; wider than our own reading, never narrower.
const TEMPLATE: &str = r"[$%{<]|\*\*\*|[xX]{3}|[Yy][Oo][Uu][Rr]|[Rr][Ee][Pp][Ll][Aa][Cc][Ee]|[Cc][Hh][Aa][Nn][Gg][Ee]|[Tt][Oo][Dd][Oo]|我的|您的";

fn object(shape: &Shape, lang: Lang) -> Value {
    let properties: Map<String, Value> =
        shape.fields.iter().map(|field| (field.name.to_owned(), property(field, lang))).collect();
    let mut schema = json!({"type": "object", "properties": properties});
    if !shape.is_open {
        schema["patternProperties"] = json!({"[./]": true});
        schema["additionalProperties"] = false.into();
    }
    schema
}

fn property(field: &Field, lang: Lang) -> Value {
    let mut schema = match &field.kind {
        Type::Anything => json!({}),
        kind => json!({"anyOf": [value(kind, lang), {"$ref": "#/$defs/template"}]}),
    };
    schema["description"] = field.description.get(lang).into();
    schema
}

fn value(kind: &Type, lang: Lang) -> Value {
    match kind {
        Type::Boolean => json!({"type": "boolean"}),
        Type::Integer { least, most: i64::MAX } => json!({"type": "integer", "minimum": least}),
        Type::Integer { least, most } => {
            json!({"type": "integer", "minimum": least, "maximum": most})
        }
        Type::Number => json!({"type": "number"}),
        Type::String => json!({"type": "string"}),
        Type::Choice(choices) => json!({"enum": choices}),
        Type::Object(shape) => object(shape, lang),
        Type::Array(kind) => json!({"type": "array", "items": item(kind, lang)}),
        Type::Map(kind) => json!({"type": "object", "additionalProperties": item(kind, lang)}),
        Type::OneOf(kinds) => {
            let kinds: Vec<Value> = kinds.iter().map(|kind| value(kind, lang)).collect();
            json!({"anyOf": kinds})
        }
        Type::Anything => json!(true),
    }
}

/// A value inside of a list or a map: a template may stand there, too.
fn item(kind: &Type, lang: Lang) -> Value {
    match kind {
        Type::Anything => json!(true),
        kind => json!({"anyOf": [value(kind, lang), {"$ref": "#/$defs/template"}]}),
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{PORT, field};
    use super::*;
    use crate::text::text;

    static INNER: Shape =
        Shape { fields: &[field("port", PORT, text("port", "端口"))], is_open: false };
    static SHAPE: Shape = Shape {
        fields: &[
            field("inner", Type::Object(&INNER), text("inside", "内部")),
            field("any", Type::Anything, text("anything", "任意")),
        ],
        is_open: true,
    };

    #[test]
    fn a_shape_gives_types_bounds_and_descriptions() {
        let schema = json_schema("A", &SHAPE, Lang::Zh);
        assert_eq!(schema["title"], "A");
        let inner = &schema["properties"]["inner"];
        assert_eq!(inner["description"], "内部");
        assert_eq!(inner["anyOf"][0]["additionalProperties"], false);
        let port = &inner["anyOf"][0]["properties"]["port"]["anyOf"][0];
        assert_eq!(*port, json!({"type": "integer", "minimum": 1, "maximum": 65535}));
        assert_eq!(schema["properties"]["any"], json!({"description": "任意"}));
        assert_eq!(schema.get("additionalProperties"), None);
    }
}
