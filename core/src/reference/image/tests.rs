use super::*;
use crate::reference::{Network, RegistryKind};

const SHA: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn parts(text: &str) -> (Option<String>, String, Option<String>, Option<String>) {
    let image = parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let owned = |part: Option<&str>| part.map(str::to_owned);
    (owned(image.host()), image.path().to_owned(), owned(image.tag()), owned(image.digest()))
}

fn mistake(text: &str) -> ReferenceError {
    match parse(text) {
        Err(NotAReference::Wrong(error)) => error,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn references_fall_into_their_parts() {
    let cases = [
        ("nginx", None, "nginx", None),
        ("python:3.12-slim", None, "python", Some("3.12-slim")),
        ("acme/app:1.0", None, "acme/app", Some("1.0")),
        ("localhost/app", Some("localhost"), "app", None),
        ("localhost:5000/a/b/c:T_1", Some("localhost:5000"), "a/b/c", Some("T_1")),
        ("ghcr.io/a__b/c.d/e---f:_x", Some("ghcr.io"), "a__b/c.d/e---f", Some("_x")),
        (
            "registry.cn-hangzhou.aliyuncs.com/ns/app:v1",
            Some("registry.cn-hangzhou.aliyuncs.com"),
            "ns/app",
            Some("v1"),
        ),
        ("[::1]:5000/app", Some("[::1]:5000"), "app", None),
        ("100.125.5.235:20202/org/app:1", Some("100.125.5.235:20202"), "org/app", Some("1")),
        ("GHCR.io/app", Some("GHCR.io"), "app", None),
        // No slash: what looks like a port is a tag.
        ("localhost:5000", None, "localhost", Some("5000")),
    ];
    for (text, host, path, tag) in cases {
        let expected = (host.map(str::to_owned), path.to_owned(), tag.map(str::to_owned), None);
        assert_eq!(parts(text), expected, "{text}");
    }
    let (_, path, tag, digest) = parts(&format!("quay.io/a/b:1@{SHA}"));
    assert_eq!((path.as_str(), tag.as_deref(), digest.as_deref()), ("a/b", Some("1"), Some(SHA)));
}

#[test]
fn a_mistake_is_named_and_stands_at_its_place() {
    use ReferenceErrorKind as Kind;
    let long_tag = format!("a:{}", "t".repeat(129));
    let long_path = format!("a/{}", "b".repeat(254));
    let (long_name, longest_name) = ("b".repeat(248), "b".repeat(247));
    let on_hub = format!("docker.io/{long_name}");
    assert!(parse(&longest_name).is_ok());
    let id = "0".repeat(64);
    let cases = [
        ("", Kind::Empty, ""),
        ("  ", Kind::Empty, "  "),
        ("https://ghcr.io/a/b:1", Kind::Scheme, "https://"),
        ("docker://a", Kind::Scheme, "docker://"),
        (" nginx", Kind::SurroundingSpace, " "),
        ("nginx\n", Kind::SurroundingSpace, "\n"),
        ("ngi nx", Kind::Space, " "),
        ("ghcr.io/Acme/App", Kind::UpperCase, "A"),
        ("acme/myAPP:Tag", Kind::UpperCase, "APP"),
        ("Acme/app", Kind::UpperCase, "A"),
        ("App", Kind::UpperCase, "A"),
        ("-a.b/app", Kind::Host, "-a.b"),
        ("a..b/app", Kind::Host, "a..b"),
        ("a_b.c/app", Kind::Host, "a_b.c"),
        ("[::1/app", Kind::Host, "[::1"),
        ("ghcr.io:/app", Kind::Port, ""),
        ("ghcr.io:99999/app", Kind::Port, "99999"),
        ("ghcr.io:80a/app", Kind::Port, "80a"),
        ("ghcr.io/", Kind::NoRepository, ""),
        ("ghcr.io/:1", Kind::NoRepository, ""),
        ("a//b", Kind::EmptyComponent, ""),
        ("a/", Kind::EmptyComponent, ""),
        ("/a", Kind::EmptyComponent, ""),
        (":1", Kind::EmptyComponent, ""),
        ("acme/端口", Kind::Character('端'), "端"),
        ("a+b", Kind::Character('+'), "+"),
        ("a-", Kind::Separator, "-"),
        ("_a", Kind::Separator, "_"),
        ("a..b", Kind::Separator, ".."),
        ("a___b", Kind::Separator, "___"),
        ("a._b", Kind::Separator, "._"),
        ("a:", Kind::EmptyTag, ":"),
        ("a:.x", Kind::Tag, "."),
        ("a:x:y", Kind::Tag, ":"),
        ("a:x/y", Kind::Port, "x"),
        ("a/b:x/y", Kind::Tag, "/"),
        (long_tag.as_str(), Kind::LongTag, &long_tag[2..]),
        (long_path.as_str(), Kind::TooLong, &long_path),
        (long_name.as_str(), Kind::TooLong, &long_name),
        (on_hub.as_str(), Kind::TooLong, &long_name),
        (id.as_str(), Kind::ImageId, &id),
        ("a@", Kind::Digest, ""),
        ("a@sha256:abc", Kind::Digest, "sha256:abc"),
        (
            "a@md5:0123456789abcdef0123456789abcdef",
            Kind::Digest,
            "md5:0123456789abcdef0123456789abcdef",
        ),
    ];
    for (text, kind, at) in cases {
        let error = mistake(text);
        assert_eq!((error.kind, text.get(error.range.clone())), (kind, Some(at)), "{text:?}");
    }
    let upper = format!("a@{}", SHA.replace('f', "F"));
    assert_eq!(mistake(&upper).kind, Kind::Digest);
}

#[test]
fn a_mistake_is_mended_where_one_way_is_open() {
    let cases = [
        ("https://ghcr.io/a/b:1", Some("ghcr.io/a/b:1")),
        ("https://Not A Reference", None),
        (" nginx\n", Some("nginx")),
        ("ghcr.io/Acme/App:Tag", Some("ghcr.io/acme/app:Tag")),
        ("Acme/App", Some("acme/app")),
        ("a:", None),
    ];
    for (text, corrected) in cases {
        assert_eq!(mistake(text).corrected.as_deref(), corrected, "{text}");
    }
}

#[test]
fn a_template_makes_a_reference_unknown_and_not_wrong() {
    let cases = [
        ("${IMAGE}", "${IMAGE}", None),
        ("registry.<region>.aliyuncs.com/a/b", "<region>", None),
        ("ghcr.io/acme/app:$TAG", "$TAG", Some("ghcr.io")),
        ("{{ computenest::acrimage::app }}", "{{ computenest::acrimage::app }}", None),
    ];
    for (text, at, known) in cases {
        let Err(NotAReference::Unknown { template, host }) = parse(text) else {
            panic!("{text} is unknown");
        };
        assert_eq!((&text[template], host.map(|host| &text[host])), (at, known), "{text}");
    }
}

#[test]
fn every_spelling_of_an_image_has_one_full_name() {
    let cases = [
        ("nginx", "docker.io/library/nginx:latest"),
        ("docker.io/nginx:1", "docker.io/library/nginx:1"),
        ("index.docker.io/library/nginx:1", "docker.io/library/nginx:1"),
        ("acme/app", "docker.io/acme/app:latest"),
        ("ghcr.io/app", "ghcr.io/app:latest"),
    ];
    for (text, full) in cases {
        assert_eq!(parse(text).unwrap().normalised(), full);
    }
    let pinned = format!("nginx@{SHA}");
    assert_eq!(parse(&pinned).unwrap().normalised(), format!("docker.io/library/{pinned}"));
}

#[test]
fn a_reference_knows_its_registry() {
    let image = parse("acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0").unwrap();
    let registry = image.registry();
    assert_eq!((registry.kind, registry.network), (RegistryKind::AcrEnterprise, Network::Vpc));
    assert_eq!(&image.text()[registry.region.unwrap()], "cn-hangzhou");
    assert_eq!(parse("python:3").unwrap().registry().kind, RegistryKind::DockerHub);
}

#[test]
fn ranges_lie_on_the_text_whatever_it_is() {
    // Every short text over an alphabet of the characters that mean something, and a few that do
    // not, in all combinations.
    const LETTERS: [&str; 12] = ["a", "A", ".", ":", "/", "@", "-", "_", " ", "端", "$", "["];
    let mut texts = vec![String::new()];
    let mut from = 0;
    for _ in 0..4 {
        let until = texts.len();
        for at in from..until {
            for letter in LETTERS {
                texts.push(format!("{}{letter}", texts[at]));
            }
        }
        from = until;
    }
    for text in &texts {
        match parse(text) {
            Ok(image) => {
                let parts = [image.host_range(), Some(image.path_range()), image.tag_range()];
                for range in parts.into_iter().flatten() {
                    assert!(!text[range].is_empty(), "{text:?}");
                }
                let full = image.normalised();
                assert_eq!(parse(&full).unwrap().normalised(), full, "{text:?}");
            }
            Err(NotAReference::Wrong(error)) => {
                assert!(text.get(error.range.clone()).is_some(), "{text:?} {error:?}");
                if let Some(mended) = &error.corrected {
                    assert_ne!(mended, text);
                }
            }
            Err(NotAReference::Unknown { template, .. }) => assert!(text.get(template).is_some()),
        }
    }
}

#[test]
fn long_and_deep_texts_are_read_at_once() {
    for piece in ["a://", "${", "<", "{{", "a/", "A", "*", "$a", ":", "@", "[", "a."] {
        let text = piece.repeat(200_000);
        let _ = parse(&text);
    }
}
