use super::*;

fn only(source: &str) -> Node {
    let mut document = parse(source);
    assert_eq!(document.errors, [], "{source}");
    assert_eq!(document.documents.len(), 1, "{source}");
    document.documents.remove(0)
}

fn slice(source: &str, span: Span) -> &str {
    &source[span.range()]
}

#[test]
fn keys_and_values_keep_their_bytes() {
    let source = "\u{feff}端: '口''x'\nlist:\n  - a\n  - {b: 1, c: [2]}\nend: 0x1\n";
    let root = only(source);
    assert_eq!(slice(source, root.members()[0].key_span), "端");
    let quoted = root.get("端").unwrap();
    assert_eq!((quoted.as_str(), slice(source, quoted.span)), (Some("口'x"), "'口''x'"));
    assert_eq!(slice(source, quoted.inner_span()), "口''x");
    let list = root.get("list").unwrap();
    assert_eq!(slice(source, list.span), "- a\n  - {b: 1, c: [2]}");
    let flow = &list.items().unwrap()[1];
    assert_eq!(slice(source, flow.span), "{b: 1, c: [2]}");
    assert_eq!(slice(source, flow.get("c").unwrap().span), "[2]");
    assert_eq!(flow.get("b").unwrap().as_i64(), Some(1));
    assert_eq!(root.get("end").unwrap().as_str(), Some("0x1"));
    assert_eq!(slice(source, root.span), source.trim_start_matches('\u{feff}').trim_end());
}

#[test]
fn every_kind_of_scalar_maps_back() {
    let cases = [
        ("a: plain text\n", "plain text", "text"),
        ("a: folded\n  over\n\n  lines\n", "folded over\nlines", "lines"),
        ("a: 'it''s here'\n", "it's here", "here"),
        ("a: \"tab\\there\\u4e2dx\"\n", "tab\there中x", "here"),
        ("a: \"x\\\n   y\"\n", "xy", "y"),
        ("a: \"x\n\n  y \\\n  z\"\n", "x\ny z", "z"),
        ("k:\n   a: 'x\n y'\n", "x y", "y"),
        ("a: |\n  one\n    two\n\n  three\n", "one\n  two\n\nthree\n", "  two"),
        ("a: |2-\n    one\n  two\n", "  one\ntwo", "two"),
        ("a: |+ # note\n\n  one\r\n  two\n\n", "\none\ntwo\n\n", "two"),
        ("a: >\n  one\n  two\n\n  three\n", "one two\nthree\n", "three"),
        ("a: !!str |\n  one\n", "one\n", "one"),
        ("a:\n  - |-\n    one\n    two\n", "one\ntwo", "two"),
        ("a: {{ b::c }}:1\n", "{{ b::c }}:1", "b::c"),
    ];
    for (source, value, part) in cases {
        let root = only(source);
        let node = root.lookup(&["k", "a"]).or_else(|| root.get("a")).unwrap();
        let node = node.items().map_or(node, |items| &items[0]);
        let text = node.as_text().unwrap();
        assert_eq!(text.text(), value, "{source:?}");
        let at = value.find(part).unwrap();
        assert_eq!(slice(source, text.span(at, at + part.len())), part, "{source:?}");
        assert!(text.is_verbatim(at, at + part.len()), "{source:?}");
    }
}

#[test]
fn a_block_scalar_spans_from_its_header_to_its_last_letter() {
    for (source, span) in [
        ("a: |\n  one\n\nb: 1\n", "|\n  one"),
        ("a: >- # x | y\n  one\nb: 1\n", ">- # x | y\n  one"),
        ("- !Sub |\n  one\n- b\n", "!Sub |\n  one"),
    ] {
        let root = only(source);
        let node = root.items().map_or_else(|| root.get("a").unwrap(), |items| &items[0]);
        assert_eq!(slice(source, node.span), span, "{source:?}");
    }
}

#[test]
fn local_tags_become_the_one_key_of_an_object() {
    let source = "a: !Ref Foo\nb: !Sub ['${x}', {x: !GetAtt A.B}]\nc: !!int 3\n";
    let root = only(source);
    let tagged = &root.get("a").unwrap().members()[0];
    assert_eq!((tagged.key.as_str(), slice(source, tagged.key_span)), ("!Ref", "!Ref"));
    assert_eq!(tagged.node.as_str(), Some("Foo"));
    let sub = &root.get("b").unwrap().members()[0];
    assert_eq!(sub.key, "!Sub");
    let inner = sub.node.items().unwrap()[1].get("x").unwrap();
    assert_eq!(slice(source, inner.span), "!GetAtt A.B");
    assert_eq!(root.get("c").unwrap().as_i64(), Some(3));
}

#[test]
fn aliases_and_merge_keys_are_put_in_up_to_a_limit() {
    let root = only("base: &b {x: 1, y: 2}\nother: *b\nmine:\n  <<: *b\n  y: 3\n");
    assert_eq!(root.lookup(&["other", "x"]).and_then(Node::as_i64), Some(1));
    assert_eq!(root.lookup(&["mine", "x"]).and_then(Node::as_i64), Some(1));
    assert_eq!(root.lookup(&["mine", "y"]).and_then(Node::as_i64), Some(3));
    let mut bomb = "a0: &a0 [xxxxxxxxxxxxxxxx]\n".to_owned();
    for level in 1..30 {
        let below = level - 1;
        bomb += &format!("a{level}: &a{level} [*a{below}, *a{below}]\n");
    }
    let document = parse(&bomb);
    assert_eq!(document.errors.len(), 1);
    assert_eq!(parse("a: &x [*x]\n").errors.len(), 1);
}

#[test]
fn documents_that_hold_nothing_are_none() {
    assert_eq!(parse("# only\n").documents.len(), 0);
    assert_eq!(parse("").documents.len(), 0);
    assert_eq!(parse("---\n---\na: 1\n---\nb: 2\n...\n").documents.len(), 2);
}

#[test]
fn comments_are_told_from_text() {
    let source = "# one\na: 'x # y' # two\nb: |\n  # text\nc: d#e\n#three\n";
    let document = parse(source);
    let comments: Vec<&str> = document.comments.iter().map(|span| slice(source, *span)).collect();
    assert_eq!(comments, ["# one", "# two", "#three"]);
}

#[test]
fn errors_have_a_place_and_keep_what_was_read_before() {
    let source = "a: 1\n---\nb:\n  - c\n d: e\n";
    let document = parse(source);
    assert_eq!(document.documents.len(), 1);
    assert_eq!(document.errors.len(), 1);
    assert_eq!(&source[document.errors[0].span.start as usize..], "d: e\n");
    let deep = "[".repeat(500);
    assert_eq!(parse(&deep).errors.len(), 1);
}

#[test]
fn text_inside_a_document_maps_to_the_outer_bytes() {
    let source = "text: |\n  image: a:1\n  list:\n    - \"x\\ty\"\n";
    let outer = only(source);
    let inner = parse_mapped(outer.get("text").unwrap().as_text().unwrap());
    let root = &inner.documents[0];
    let image = root.get("image").unwrap();
    assert_eq!(slice(source, image.span), "a:1");
    let string = root.get("list").unwrap().items().unwrap()[0].as_text().unwrap().clone();
    assert_eq!(slice(source, string.span(2, 3)), "y");
    assert_eq!(slice(source, root.get("list").unwrap().span), "- \"x\\ty\"");
}

#[test]
fn no_text_makes_it_panic() {
    let pieces = [
        "a", ":", " ", "\n", "- ", "|", ">", "'", "\"", "\\", "{{", "}}", "[", "]", "{", "}", "#",
        "&x ", "*x", "!t ", "端", "\t", "\r\n", "---", "...", "? ", "<<", "\u{feff}", "\u{e000}",
        "|2", "%", "@", "`", ",",
    ];
    let mut state = 12345_u32;
    for _ in 0..20_000 {
        let mut source = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            source += pieces[(state >> 16) as usize % pieces.len()];
        }
        let document = parse(&source);
        for node in &document.documents {
            node.walk(&mut |_, node| {
                assert!(source.get(node.span.range()).is_some(), "{source:?}");
                assert!(source.get(node.inner_span().range()).is_some(), "{source:?}");
            });
        }
    }
}
