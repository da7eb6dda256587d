//! The reader of shell scripts, and every rule behind it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::{Kind, shell};
use plimsoll_fuzz::{check, lie_on};

fuzz_target!(|text: &str| {
    lie_on(text, &shell::parse_verbatim(text));
    check(Kind::Shell, text);
});
