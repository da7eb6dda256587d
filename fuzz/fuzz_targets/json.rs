//! The reader of JSON, and the rules of the kind that the first byte chooses.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::tree::json;
use plimsoll_fuzz::{check, kind_and_text, lie_on};

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, text)) = kind_and_text(bytes) else { return };
    lie_on(text, &json::parse(text));
    check(kind, text);
});
