//! The schemas for editors against an independent validator: it says yes and no where ours does.

use std::path::{Path, PathBuf};

use plimsoll::platforms::shape;
use plimsoll::text::Lang;
use plimsoll::tree::schema::validate;
use plimsoll::tree::{Node, Value as Tree, json, json_schema, yaml};
use plimsoll::{Kind, detect};
use plimsoll_test_support::cases;
use serde_json::{Map, Value};

/// A tree as the other validator takes it; of keys that stand twice the last counts.
fn plain(node: &Node) -> Value {
    match &node.value {
        Tree::Null => Value::Null,
        Tree::Bool(value) => Value::Bool(*value),
        Tree::Number(raw) => serde_json::from_str(raw).unwrap_or(Value::Null),
        Tree::String(text) => Value::String(text.text().to_owned()),
        Tree::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Tree::Object(members) => {
            let pairs = members.iter().map(|one| (one.key.clone(), plain(&one.node)));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
    }
}

fn schema(kind: Kind) -> Option<jsonschema::Validator> {
    let schema = json_schema(kind.id(), shape(kind)?, Lang::En);
    jsonschema::meta::validate(&schema).expect("the schema follows JSON Schema 2020-12");
    Some(jsonschema::validator_for(&schema).expect("a schema"))
}

/// What both say of `root`: ours, theirs.
fn verdicts(kind: Kind, validator: &jsonschema::Validator, root: &Node) -> (bool, bool) {
    let shape = shape(kind).expect("a shape");
    (validate(shape, root).is_empty(), validator.is_valid(&plain(root)))
}

#[test]
fn every_schema_follows_its_own() {
    let with_shape: Vec<Kind> =
        Kind::ALL.into_iter().filter(|kind| schema(*kind).is_some()).collect();
    assert!(with_shape.len() >= 6, "{with_shape:?}");
    for kind in with_shape {
        for lang in [Lang::En, Lang::Zh] {
            let schema = json_schema(kind.id(), shape(kind).expect("a shape"), lang);
            jsonschema::meta::validate(&schema).expect("the schema is valid in both languages");
        }
    }
}

#[test]
fn both_judge_the_same_documents_alike() {
    let cases: &[(Kind, &str, bool)] = &[
        (Kind::EasService, r#"{"metadata":{"name":"a","instance":1}}"#, true),
        (Kind::EasService, r#"{"metadata":{"name":"a","instance":"1"}}"#, false),
        (Kind::EasService, r#"{"metadata":{"name":"a","instance":1.5}}"#, false),
        (Kind::EasService, r#"{"metadata":{"name":"a","instance":"${N}"}}"#, true),
        (Kind::EasService, r#"{"metadata":{"name":["a"]}}"#, false),
        (Kind::EasService, r#"{"metadata.instance":1}"#, true),
        (Kind::EasService, r#"{"metadatas":{}}"#, false),
        (Kind::EasService, r#"{"containers":[{"image":"a:1","port":70000}]}"#, false),
        (Kind::EasService, r#"{"containers":[{"image":"a:1","port":null}]}"#, true),
        (Kind::EasService, r#"{"containers":{}}"#, false),
        (Kind::ModelArtsConfig, r#"{"model_type":"Image","metrics":{"f1":0.5}}"#, true),
        (Kind::ModelArtsConfig, r#"{"model_type":1}"#, false),
        (Kind::ModelArtsService, r#"{"infer_type":"real-time","config":[]}"#, true),
        (Kind::ModelArtsService, r#"{"infer_type":"real-time","config":{}}"#, false),
        (
            Kind::EciRequest,
            r#"{"ContainerGroupName":"a","Container":[{"Name":"a","Image":"b:1"}]}"#,
            true,
        ),
        (Kind::EciRequest, r#"{"ContainerGroupName":"a","Container":{"Name":"a"}}"#, false),
        (
            Kind::RosTemplate,
            r#"{"ROSTemplateFormatVersion":"2015-09-01","Resources":{"A":{"Type":"ALIYUN::ECS::VPC"}}}"#,
            true,
        ),
        (
            Kind::RosTemplate,
            r#"{"ROSTemplateFormatVersion":"2015-09-01","Parameters":{"A":{"Type":"Strnig"}}}"#,
            false,
        ),
        (
            Kind::ComputeNestConfig,
            r#"{"Service":{"ServiceType":"private"},"Artifact":{"A":{"ArtifactType":"File"}}}"#,
            true,
        ),
        (Kind::ComputeNestConfig, r#"{"Artifact":{"A":{"ArtifactType":"Fiel"}}}"#, false),
    ];
    for (kind, text, expected) in cases {
        let root = json::parse(text).root.expect("JSON");
        let validator = schema(*kind).expect("a schema");
        assert_eq!(verdicts(*kind, &validator, &root), (*expected, *expected), "{text}");
    }
}

/// Every JSON and YAML file below `folder`.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "json" || end == "yaml" || end == "yml")
        {
            found.push(path);
        }
    }
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn both_judge_real_files_alike() {
    let mut paths = Vec::new();
    for name in ["aliyun", "eas", "modelarts"] {
        files(&cases::path("corpus").join(name), &mut paths);
    }
    let mut judged = 0;
    let mut differ = Vec::new();
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let Some(kind) = detect(&name, &text) else { continue };
        let Some(validator) = schema(kind) else { continue };
        let is_json = text.trim_start().starts_with('{');
        let document = if is_json { json::parse(&text) } else { json::JsonDocument::default() };
        // What strict JSON has not, the other cannot read.
        if !document.comments.is_empty() || !document.trailing_commas.is_empty() {
            continue;
        }
        let root =
            if is_json { document.root } else { yaml::parse(&text).documents.into_iter().next() };
        let Some(root) = root.filter(Node::is_object) else { continue };
        judged += 1;
        let (ours, theirs) = verdicts(kind, &validator, &root);
        if ours != theirs {
            let shape = shape(kind).expect("a shape");
            let own: Vec<String> = validate(shape, &root)
                .iter()
                .map(|one| format!("{} {:?}", one.path, one.kind))
                .collect();
            let plain = plain(&root);
            let other: Vec<String> = validator
                .iter_errors(&plain)
                .map(|error| format!("{} {error}", error.instance_path()))
                .map(|line| line.chars().take(160).collect())
                .collect();
            differ.push(format!("{name} ({}): ours {own:?}, theirs {other:?}", kind.id()));
        }
    }
    assert!(judged >= 150, "only {judged} files were judged");
    assert!(differ.is_empty(), "{} of {judged}:\n{}", differ.len(), differ.join("\n"));
}
