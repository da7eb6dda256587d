//! The patterns of a `.dockerignore`: what they take out, and what of a path, which the first line
//! is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::{Kind, dockerignore};
use plimsoll_fuzz::{check, lie_on};

fuzz_target!(|text: &str| {
    let (path, patterns) = text.split_once('\n').unwrap_or(("a/b", text));
    let (read, errors) = dockerignore::parse(patterns);
    lie_on(patterns, &(&read, &errors));
    assert_eq!(read.excludes(path), read.decides(path).is_some_and(|one| !one.is_negated));
    read.excludes_wholly(path);
    let clean = dockerignore::clean(path);
    assert_eq!(dockerignore::clean(&clean), clean, "a clean path is clean");
    check(Kind::DockerIgnore, patterns);
});
