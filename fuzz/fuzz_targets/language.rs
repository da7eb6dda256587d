//! What an editor asks of a document of the kind that the first byte chooses: its tokens lie on the
//! text one behind the other, what is offered and told lies at the caret.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::Kind;
use plimsoll::language::{completion, hover, to_byte, to_utf16, tokens};
use plimsoll::text::Lang;
use plimsoll_fuzz::kind_and_text;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, text)) = kind_and_text(bytes) else { return };
    let units: Vec<u16> = text.encode_utf16().collect();
    let letters = |start: usize, end: usize| {
        String::from_utf16(&units[start..end]).expect("on the boundaries of characters")
    };
    let all = tokens(kind, text, 0..usize::MAX);
    let mut end = 0;
    for token in &all {
        assert!(end <= token.start && token.start < token.end, "{token:?}");
        assert!(!letters(token.start, token.end).contains(['\n', '\r']), "{token:?}");
        end = token.end;
    }
    let second = text.split_inclusive('\n').next().map_or(0, |line| to_utf16(text, line.len()));
    let behind: Vec<_> = all.into_iter().filter(|token| token.start >= second).collect();
    // A quote that a script has opened above the window and never closes is not seen from there.
    if kind != Kind::Shell {
        assert_eq!(tokens(kind, text, 1..usize::MAX), behind);
    }
    // Some carets, chosen by the text.
    for step in 1..4 {
        let offset = to_utf16(text, to_byte(text, units.len() * step / 4));
        for one in completion(kind, text, offset, Lang::Zh) {
            assert!(one.replace.start <= offset && offset <= one.replace.end, "{one:?}");
            letters(one.replace.start, one.replace.end);
        }
        if let Some(one) = hover(kind, text, offset, Lang::En) {
            assert!(!letters(one.range.start, one.range.end).is_empty());
        }
    }
});
