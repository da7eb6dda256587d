use super::*;
use crate::text::apply;
use crate::tree::{json, yaml};

fn root(source: &str) -> Node {
    if source.starts_with('{') && source.contains('"') {
        return json::parse(source).root.unwrap();
    }
    let mut document = yaml::parse(source);
    assert_eq!(document.errors, [], "{source}");
    document.documents.remove(0)
}

/// `source` with `new: value` put into the object at `path`.
fn put(source: &str, path: &[&str], spot: &str, value: &New) -> Option<String> {
    let root = root(source);
    let object = path.iter().fold(&root, |node, key| match key.parse::<usize>() {
        Ok(index) => &node.items().unwrap()[index],
        Err(_) => node.get(key).unwrap(),
    });
    let spot = match spot {
        "first" => Spot::First,
        "last" => Spot::Last,
        key => Spot::After(object.member(key).unwrap()),
    };
    let edit = insert_member(source, object, spot, "new", value)?;
    Some(apply(source, &[edit]).unwrap())
}

#[test]
fn a_member_goes_into_every_style_as_its_neighbours_stand() {
    let cases: &[(&str, &[&str], &str, &str)] = &[
        ("a: 1\nb: 2\n", &[], "last", "a: 1\nb: 2\nnew: true\n"),
        ("a: 1", &[], "last", "a: 1\nnew: true"),
        ("# top\na: 1 # one\n", &[], "last", "# top\na: 1 # one\nnew: true\n"),
        ("# top\na: 1\n", &[], "first", "# top\nnew: true\na: 1\n"),
        ("---\na: 1\n", &[], "first", "---\nnew: true\na: 1\n"),
        (
            "a:\n  b: 1\n\n  c:\n\n# x\nd: 2\n",
            &["a"],
            "last",
            "a:\n  b: 1\n\n  c:\n  new: true\n\n# x\nd: 2\n",
        ),
        ("a:\n  b: |\n    x\n\nc: 1\n", &["a"], "last", "a:\n  b: |\n    x\n  new: true\n\nc: 1\n"),
        (
            "a:\n  b: # why\n    - x\n    - y: 1\n      z: 2\n",
            &["a"],
            "last",
            "a:\n  b: # why\n    - x\n    - y: 1\n      z: 2\n  new: true\n",
        ),
        (
            "a:\n- b: 1\n  c: 2\n- d: 1\n",
            &["a", "0"],
            "last",
            "a:\n- b: 1\n  c: 2\n  new: true\n- d: 1\n",
        ),
        ("a:\n- b: 1\n", &["a", "0"], "first", "a:\n- new: true\n  b: 1\n"),
        ("a:\n  b: !Ref x\n", &["a"], "last", "a:\n  b: !Ref x\n  new: true\n"),
        ("a:\r\n  b: 1\r\n", &["a"], "last", "a:\r\n  b: 1\r\n  new: true\r\n"),
        (
            "x: &x {k: 1}\na:\n  b: *x # y\n",
            &["a"],
            "last",
            "x: &x {k: 1}\na:\n  b: *x # y\n  new: true\n",
        ),
        ("a:\n  b: 'x # y'\n  c: 1\n", &["a"], "b", "a:\n  b: 'x # y'\n  new: true\n  c: 1\n"),
        ("a: {b: 1, c: 2}\n", &["a"], "last", "a: {b: 1, c: 2, new: true}\n"),
        ("a: { b: 1 }\n", &["a"], "last", "a: { b: 1, new: true }\n"),
        ("a: {b: 1}\n", &["a"], "first", "a: {new: true, b: 1}\n"),
        ("a: {}\n", &["a"], "last", "a: {new: true}\n"),
        ("{\"a\":{},\"b\":2}", &["a"], "last", "{\"a\":{\"new\":true},\"b\":2}"),
        ("{\"a\": {}}", &["a"], "first", "{\"a\": {\"new\": true}}"),
        ("{\"a\":1,\"b\":2}", &[], "last", "{\"a\":1,\"b\":2,\"new\":true}"),
        ("{\"a\":1}", &[], "first", "{\"new\":true,\"a\":1}"),
        ("{\"a\": 1}", &[], "last", "{\"a\": 1, \"new\": true}"),
        ("{\n  \"a\": 1\n}\n", &[], "last", "{\n  \"a\": 1,\n  \"new\": true\n}\n"),
        (
            "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": []\n  }\n}\n",
            &["b"],
            "first",
            "{\n  \"a\": 1,\n  \"b\": {\n    \"new\": true,\n    \"c\": []\n  }\n}\n",
        ),
        (
            "{\n  \"a\": 1,\n  \"b\": 2\n}\n",
            &[],
            "a",
            "{\n  \"a\": 1,\n  \"new\": true,\n  \"b\": 2\n}\n",
        ),
    ];
    for (source, path, spot, expected) in cases {
        let found = put(source, path, spot, &New::Bool(true));
        assert_eq!(found.as_deref(), Some(*expected), "{source:?}");
    }
}

#[test]
fn where_the_text_around_tells_nothing_there_is_no_edit() {
    for (source, path) in [
        ("a:\n  b: |+\n    x\n\nc: 1\n", &["a"][..]),
        ("x: &x {k: 1}\na:\n  <<: *x\n", &["a"]),
        ("a:\n  ? b\n  : 1\n", &["a"]),
        // A function in its short form.
        ("!Sub x\n", &[]),
        ("!*1xv", &[]),
        ("a: !Ref x\n", &["a"]),
        ("a: !Join ['', [b]]\n", &["a"]),
    ] {
        for spot in ["first", "last"] {
            if spot == "last" || source.contains('!') {
                assert_eq!(put(source, path, spot, &New::Bool(true)), None, "{source:?}");
            }
        }
    }
    let inner = "a: \"b: 1\\nc: 2\\n\"\n";
    let text = root(inner).get("a").unwrap().as_text().unwrap().clone();
    let object = yaml::parse_mapped(&text).documents.remove(0);
    assert_eq!(insert_member(inner, &object, Spot::Last, "new", &New::Bool(true)), None);
    let inner = "{\"a\": \"{\\\"b\\\": 1}\"}";
    let text = root(inner).get("a").unwrap().as_text().unwrap().clone();
    let object = json::parse_mapped(&text).root.unwrap();
    assert_eq!(insert_member(inner, &object, Spot::Last, "new", &New::Bool(true)), None);
}

#[test]
fn text_inside_a_block_keeps_its_indentation() {
    let source = "a: |\n  b:\n    c: 1\n  d: 2\n";
    let text = root(source).get("a").unwrap().as_text().unwrap().clone();
    let inner = yaml::parse_mapped(&text).documents.remove(0);
    let value = New::List(vec![New::pair("name", New::text("x: y"))]);
    let edit = insert_member(source, inner.get("b").unwrap(), Spot::Last, "new", &value).unwrap();
    assert_eq!(
        apply(source, &[edit]).unwrap(),
        "a: |\n  b:\n    c: 1\n    new:\n      - name: 'x: y'\n  d: 2\n"
    );
}

#[test]
fn a_member_goes_with_its_line_or_comma() {
    let cases = [
        ("a: 1\nb: 2 # two\nc: 3\n", "b", Some("a: 1\nc: 3\n")),
        ("a: 1\nb:\n  - x\n", "b", Some("a: 1\n")),
        ("b: 1\n\na: 2\n", "b", Some("\na: 2\n")),
        ("{a: 1, b: 2, c: 3}\n", "b", Some("{a: 1, c: 3}\n")),
        ("{\"a\": 1, \"b\": 2}", "b", Some("{\"a\": 1}")),
        ("{\"b\": 1, \"a\": 2}", "b", Some("{\"a\": 2}")),
        ("b: 1\n", "b", None),
    ];
    for (source, key, expected) in cases {
        let root = root(source);
        let edit = remove_member(source, &root, root.member(key).unwrap());
        let found = edit.map(|edit| apply(source, &[edit]).unwrap());
        assert_eq!(found.as_deref(), expected, "{source:?}");
    }
}

#[test]
fn strings_are_quoted_where_they_must_be() {
    for (text, written) in [
        ("abc", "abc"),
        ("true", "'true'"),
        ("2015-09-01", "'2015-09-01'"),
        ("it's", "'it''s'"),
        ("a\nb", "\"a\\nb\""),
        ("", "''"),
    ] {
        assert_eq!(yaml_scalar(text), written);
    }
}
