//! Hover by example: `|` is the pointer.

use plimsoll::Kind;
use plimsoll::language::hover;
use plimsoll::text::Lang;

/// The word that is told of, and what is told; empty if nothing is.
fn told(kind: Kind, text: &str, lang: Lang) -> (String, String) {
    let (before, behind) = text.split_once('|').expect("a pointer");
    let offset = before.encode_utf16().count();
    let text = format!("{before}{behind}");
    let Some(found) = hover(kind, &text, offset, lang) else { return Default::default() };
    let units: Vec<u16> = text.encode_utf16().collect();
    (String::from_utf16(&units[found.range]).expect("whole"), found.text)
}

#[test]
fn a_word_is_explained() {
    let cases = [
        (Kind::Dockerfile, "FROM a\nEXP|OSE 80", "EXPOSE", "`EXPOSE`: Documents the ports"),
        (Kind::Dockerfile, "FROM a\nONBUILD R|UN x", "RUN", "`RUN`: Runs"),
        (Kind::Dockerfile, "FROM a\nCOPY --fr|om=b c d", "--from", "`--from`: The stage"),
        (Kind::Dockerfile, "FROM a\nENV 端=1 A=/b\nUSER ${|A}", "${A}", "`A` = `/b`"),
        (Kind::Dockerfile, "FROM a\nENV A=/b\nRUN ls $|A", "A", "`A` = `/b`"),
        (
            Kind::Dockerfile,
            "FROM a\nENV PASSWORD=abcd1234\nUSER $PA|SSWORD",
            "$PASSWORD",
            "`PASSWORD` = `••••`",
        ),
        (Kind::Dockerfile, "FROM a\nRUN l|s", "", ""),
        (Kind::Dockerfile, "# FR|OM\nFROM a", "", ""),
        (
            Kind::EasService,
            "{\"metadata\": {\"enable|_grpc\": 1}}",
            "\"enable_grpc\"",
            "`metadata.enable_grpc`: whether the gateway speaks gRPC (`true`, `false`)",
        ),
        (Kind::EasService, "{\"nob|ody\": 1}", "", ""),
        (
            Kind::RosTemplate,
            "Resources:\n  A:\n    Ty|pe: x\n",
            "Type",
            "`Resources.A.Type`: the type",
        ),
        (Kind::EciRequest, "Container.1.Ima|ge=a", "Image", "`Container[].Image`: "),
    ];
    for (kind, text, word, start) in cases {
        let (range, told) = told(kind, text, Lang::En);
        assert_eq!(range, word, "{text}");
        assert!(told.starts_with(start) && told.is_empty() == start.is_empty(), "{text}: {told}");
    }
    let (_, chinese) = told(Kind::Dockerfile, "FRO|M a", Lang::Zh);
    assert!(chinese.contains("镜像"), "{chinese}");
}
