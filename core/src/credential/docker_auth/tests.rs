use super::*;
use crate::credential::Other;
use crate::text::Lang;

fn base64(text: &str) -> String {
    STANDARD.encode(text)
}

#[test]
fn the_documented_example_encodes_and_decodes() {
    let encoded = encode("abcd", &Secret::new("abcde12345")).unwrap();
    assert_eq!(encoded.reveal(), "YWJjZDphYmNkZTEyMzQ1");
    let decoded = decode("YWJjZDphYmNkZTEyMzQ1").unwrap();
    assert_eq!((decoded.username.as_str(), decoded.password.reveal()), ("abcd", "abcde12345"));
    assert_eq!(decoded.oddities, []);
    assert!(classify("YWJjZDphYmNkZTEyMzQ1").is_empty());
}

#[test]
fn a_pair_that_would_be_read_otherwise_is_refused() {
    let refused = |username, password| encode(username, &Secret::new(password)).unwrap_err();
    assert_eq!(refused("", "x"), EncodeError::EmptyUsername);
    assert_eq!(refused("a:b", "x"), EncodeError::ColonInUsername);
    assert_eq!(refused("a\n", "x"), EncodeError::ControlInUsername);
    assert_eq!(refused("a", ""), EncodeError::EmptyPassword);
    // What begins so is taken for a script.
    assert_eq!(refused("#!/bin/sh", "x"), EncodeError::ReadOtherwise);
    assert_eq!(refused("a", "").to_string(), "the password is empty");
    assert_eq!(encode("a", &Secret::new("b:c")).unwrap().reveal(), base64("a:b:c"));
}

#[test]
fn a_password_is_looked_at_before_it_is_encoded() {
    let odd = |password| password_oddities(&Secret::new(password));
    assert_eq!(odd("abcde12345"), []);
    assert_eq!(odd("abc\n"), [Oddity::TrailingNewline]);
    assert_eq!(odd(" abc"), [Oddity::SurroundingSpace]);
    assert_eq!(odd("a\tb"), [Oddity::ControlCharacter]);
    assert_eq!(odd("${PASSWORD}"), [Oddity::PlaceholderInside]);
}

/// `(value, oddities, username, password)`
#[test]
fn whatever_holds_a_pair_is_read_and_its_oddity_named() {
    use Oddity as Odd;
    let double = base64(&base64("abcd:abcde12345"));
    let double_newline = base64(&format!("{}\n", base64("abcd:abcde12345")));
    let wide: Vec<u8> = "ab:cd".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let header = format!("Basic {}", base64("ab:cd"));
    let config = r#"{"auths":{"a.b":{"auth":"YWI6Y2Q="}}}"#;
    let triple = base64(&double);
    let double_config = base64(&base64(config));
    let named = format!("Authorization: {header}");
    let cases: [(&str, &[Oddity], &str, &str); 24] = [
        (&triple, &[Odd::ManyTimesEncoded], "abcd", "abcde12345"),
        (&double_config, &[Odd::Json, Odd::DoubleEncoded], "ab", "cd"),
        (&named, &[Odd::HeaderPrefix], "ab", "cd"),
        (config, &[Odd::Json], "ab", "cd"),
        (&base64(config), &[Odd::Json], "ab", "cd"),
        ("abcd:abcde12345", &[Odd::RawPair], "abcd", "abcde12345"),
        ("a:b\n", &[Odd::RawPair, Odd::TrailingNewline], "a", "b"),
        ("robot$ci:p+/=", &[Odd::RawPair], "robot$ci", "p+/="),
        (&base64("abcd:abcde12345\n"), &[Odd::TrailingNewline], "abcd", "abcde12345"),
        (&base64("abcd:x\r\n"), &[Odd::TrailingNewline], "abcd", "x"),
        (&base64("ab:cd "), &[Odd::SurroundingSpace], "ab", "cd "),
        (&base64("ab :cd"), &[Odd::SurroundingSpace], "ab ", "cd"),
        (&base64("ab:"), &[Odd::EmptyPassword], "ab", ""),
        (&base64(":cd"), &[Odd::EmptyUsername], "", "cd"),
        ("YWI6Pz8_Pj4-", &[Odd::UrlSafe], "ab", "???>>>"),
        ("YWI6Y2Q", &[Odd::Padding], "ab", "cd"),
        ("YWI6Y2Q===", &[Odd::Padding], "ab", "cd"),
        ("YWJj\nZDphYmNkZTEyMzQ1\n", &[Odd::Whitespace], "abcd", "abcde12345"),
        (&double, &[Odd::DoubleEncoded], "abcd", "abcde12345"),
        (&double_newline, &[Odd::DoubleEncoded], "abcd", "abcde12345"),
        (&STANDARD.encode(&wide), &[Odd::Utf16], "ab", "cd"),
        (&header, &[Odd::HeaderPrefix], "ab", "cd"),
        (&base64("\"ab:cd\""), &[Odd::Quoted], "\"ab", "cd\""),
        (&base64("<user>:cd"), &[Odd::PlaceholderInside], "<user>", "cd"),
    ];
    for (value, oddities, username, password) in cases {
        let decoded = decode(value).unwrap();
        assert_eq!(decoded.oddities, oddities, "{value:?}");
        let read = decoded.password.reveal().trim_end_matches(['\r', '\n']);
        assert_eq!((decoded.username.as_str(), read), (username, password), "{value:?}");
    }
}

#[test]
fn whatever_holds_no_pair_says_why() {
    let cases = [
        ("", DecodeError::Empty),
        (" \n", DecodeError::Empty),
        ("${AUTH}", DecodeError::Placeholder),
        ("{{ auth }}", DecodeError::Placeholder),
        ("<base64>", DecodeError::Placeholder),
        ("xxx", DecodeError::Placeholder),
        ("your_docker_auth", DecodeError::Placeholder),
        ("YWJjZDphYmNkZTEy****", DecodeError::Masked),
        ("YWJjZDph...", DecodeError::Masked),
        ("abcd:****", DecodeError::Masked),
        ("{\"Ref\": \"Auth\"}", DecodeError::Json),
        ("[1]", DecodeError::NotBase64),
        ("admin", DecodeError::NotBase64),
        ("username", DecodeError::NotText),
        ("https://acme.example/x", DecodeError::Other(Other::Url)),
        ("YW=I6", DecodeError::NotBase64),
        ("密码", DecodeError::NotBase64),
        ("/////w==", DecodeError::NotText),
        ("YWJjZA==", DecodeError::NoColon),
    ];
    for (value, error) in cases {
        assert_eq!(decode(value).map(drop), Err(error), "{value:?}");
    }
}

#[test]
fn a_text_in_which_no_username_can_stand_is_no_pair() {
    for value in ["two words:x", "a\tb:x", "a/b\u{7}:x", ":x", "a(b):x", "a=b;c:x", "u:p\u{0}q"] {
        let error = decode(value).map(drop).unwrap_err();
        assert!(
            matches!(error, DecodeError::NoPair | DecodeError::Other(_)),
            "{value:?} {error:?}"
        );
    }
    for value in ["FROM alpine:3.20\nCMD x\n", "machine a login u password p", "a: 1\nb: 2\n"] {
        assert!(matches!(decode(value), Err(DecodeError::Other(_))), "{value:?}");
        let encoded = decode(&base64(value)).map(drop).unwrap_err();
        assert!(matches!(encoded, DecodeError::EncodedOther(_)), "{value:?} {encoded:?}");
        let twice = decode(&base64(&base64(value))).map(drop).unwrap_err();
        assert!(matches!(twice, DecodeError::EncodedOther(_)), "{value:?} {twice:?}");
    }
    assert_eq!(decode(&base64("a\nb:c")).map(drop), Err(DecodeError::NoPair));
    // What was encoded may have any password, and a username with blanks.
    for pair in ["a b: c", "u:line\nline", "u:FROM a", "u:x: y"] {
        assert!(decode(&base64(pair)).is_ok(), "{pair:?}");
    }
    let deep = (0..20).fold("a:b".to_owned(), |text, _| base64(&text));
    assert_eq!(decode(&deep).map(drop), Err(DecodeError::NoColon));
}

#[test]
fn what_can_only_be_meant_one_way_is_corrected() {
    let right = base64("abcd:abcde12345");
    let values = [
        "abcd:abcde12345".to_owned(),
        "abcd:abcde12345\n".to_owned(),
        base64("abcd:abcde12345\n"),
        base64(&right),
        format!("{right}\n"),
        format!("Basic {right}"),
    ];
    for value in values {
        let problems = classify(&value);
        assert!(!problems.is_empty(), "{value:?}");
        for problem in problems {
            let corrected = problem.corrected.as_ref().map(Secret::reveal);
            assert_eq!(corrected, Some(right.as_str()), "{value:?} {:?}", problem.kind);
        }
    }
    // Spaces may belong to the password, and nobody knows what a placeholder will be.
    for value in [base64("ab: cd"), "<user>:cd".to_owned(), base64("ab:"), "xxx".to_owned()] {
        let problems = classify(&value);
        assert!(
            !problems.is_empty() && problems.iter().all(|it| it.corrected.is_none()),
            "{value}"
        );
    }
}

#[test]
fn a_corrected_value_has_nothing_left_to_correct() {
    for value in ["a:b", "YWI6Y2Q", "YWI6Y2QK", "YWI6Pz8_Pj4-", " YWI6Y2Q= ", "a: b\n"] {
        for corrected in classify(value).iter().filter_map(|problem| problem.corrected.as_ref()) {
            let left = classify(corrected.reveal());
            assert!(left.iter().all(|problem| problem.corrected.is_none()), "{value:?} {left:?}");
        }
    }
}

#[test]
fn neither_messages_nor_debug_output_show_what_was_read() {
    for value in ["abcd:hunter2", "hunter2", &base64("abcd:hunter2\n"), &base64("hunter2")] {
        let said = classify(value)
            .iter()
            .flat_map(|problem| [Lang::En, Lang::Zh].map(|lang| problem.message().render(lang)))
            .chain([format!("{:?} {:?}", classify(value), decode(value))])
            .collect::<String>();
        assert!(!said.is_empty() && !said.contains("hunter2") && !said.contains(value), "{said}");
    }
}

#[test]
fn no_text_makes_it_panic() {
    const PIECES: [&str; 11] = ["a", ":", "=", "-", "*", "{", "\"", "\n", "端", "YWI6", "$"];
    let mut texts = vec![String::new()];
    let mut from = 0;
    for _ in 0..4 {
        let until = texts.len();
        for at in from..until {
            for piece in PIECES {
                texts.push(format!("{}{piece}", texts[at]));
            }
        }
        from = until;
    }
    for text in &texts {
        assert_eq!(
            decode(text).is_err(),
            classify(text)
                .iter()
                .any(|problem| { matches!(problem.kind, ProblemKind::Unreadable(_)) })
        );
    }
}
