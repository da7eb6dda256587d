//! The reader of Dockerfiles, and every rule behind it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::{Kind, dockerfile};
use plimsoll_fuzz::{check, lie_on};

fuzz_target!(|text: &str| {
    lie_on(text, &dockerfile::parse(text));
    check(Kind::Dockerfile, text);
});
