//! The terminal face of Plimsoll.
#![forbid(unsafe_code)]
fn main() {}
