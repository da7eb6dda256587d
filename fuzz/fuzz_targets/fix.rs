//! Fixes of a document of the kind that the first byte chooses: none breaks it, and fixing twice is
//! fixing once.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::fix;
use plimsoll::rule::Safety;
use plimsoll::text::Lang;
use plimsoll_fuzz::{kind_and_text, project, settings};

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, text)) = kind_and_text(bytes) else { return };
    let Some(project) = project(kind, text) else { return };
    let settings = settings(Lang::En);
    for upto in [Safety::Safe, Safety::Unsafe] {
        let fixed = fix(&project, &settings, upto);
        assert!(fixed.dropped.is_empty(), "a fix breaks the document: {:?}", fixed.dropped);
        let before = project.documents()[0].error_count();
        assert!(fixed.project.documents()[0].error_count() <= before, "new syntax errors");
        let again = fix(&fixed.project, &settings, upto);
        let (once, twice) = (&fixed.project.documents()[0], &again.project.documents()[0]);
        assert_eq!(twice.source.text(), once.source.text(), "fixing twice is not fixing once");
    }
});
