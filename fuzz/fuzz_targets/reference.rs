//! Image references: the parts of one lie on it, and what is written out in full is read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::reference::{NotAReference, is_placeholder, parse};

fuzz_target!(|text: &str| {
    is_placeholder(text);
    let reference = match parse(text) {
        Ok(reference) => reference,
        Err(NotAReference::Unknown { template, host }) => {
            assert!(text.get(template).is_some());
            assert!(host.is_none_or(|host| text.get(host).is_some()));
            return;
        }
        Err(NotAReference::Wrong(error)) => {
            assert!(text.get(error.range.clone()).is_some(), "{error:?}");
            error.message();
            return;
        }
    };
    let ranges = [reference.host_range(), reference.tag_range(), reference.digest_range()];
    let ranges = ranges.into_iter().flatten();
    for range in ranges.chain([reference.path_range(), reference.name_range()]) {
        assert!(text.get(range).is_some(), "{reference:?}");
    }
    reference.registry();
    let whole = reference.normalised();
    let again = parse(&whole).unwrap_or_else(|error| panic!("{whole:?}: {error:?}"));
    assert_eq!(again.normalised(), whole);
});
