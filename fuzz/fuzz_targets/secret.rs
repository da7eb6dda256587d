//! A token planted anywhere in a document of the kind that the first byte chooses: no report, in
//! any form, shows it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::fact::{Platform, Target};
use plimsoll::text::Lang;
use plimsoll::{check, init, redact, report};
use plimsoll_fuzz::{kind_and_text, project, settings};

/// What GitHub's tokens look like.
const TOKEN: &str = "ghp_q7ZtW2vXc9LmK4sRb8NyH3dPf6GjA1eUoTi5";

/// `text` with the token as a word of its own behind the blank that the first two letters choose.
fn planted(text: &str) -> Option<String> {
    let choice = text.bytes().take(2).fold(0, |sum, byte| sum * 256 + usize::from(byte));
    let blanks: Vec<usize> = text.match_indices([' ', '\n']).map(|(at, _)| at + 1).collect();
    let at = *blanks.get(choice % blanks.len().max(1))?;
    let (before, after) = text.split_at(at);
    Some(format!("{before}{TOKEN} {after}"))
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, text)) = kind_and_text(bytes) else { return };
    // The fuzzer learns the token by itself; inside another word it is none.
    if text.contains(TOKEN) {
        return;
    }
    let Some(text) = planted(text) else { return };
    let Some(project) = project(kind, &text) else { return };
    assert!(!redact(&text).contains(TOKEN), "an excerpt shows it");
    for lang in [Lang::En, Lang::Zh] {
        let shown = report::json::write(&check(&project, &settings(lang)));
        assert!(!shown.contains(TOKEN), "the report shows it");
    }
    for platform in Platform::ALL {
        let files = init(&project, Target::of(platform), "service");
        assert!(files.iter().all(|file| !file.text.contains(TOKEN)), "a first file shows it");
    }
});
