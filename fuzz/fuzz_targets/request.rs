//! The reader of flattened requests, and every rule behind it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::{Kind, flattened};
use plimsoll_fuzz::{check, lie_on};

fuzz_target!(|text: &str| {
    lie_on(text, &flattened::parse(text));
    check(Kind::EciRequest, text);
});
