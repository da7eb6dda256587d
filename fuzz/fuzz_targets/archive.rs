//! The reader of image archives, and the rules that judge what it read, on any bytes.
//!
//! `cargo +nightly fuzz run archive`; see CONTRIBUTING.md.

#![no_main]

use std::io::Cursor;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use plimsoll::fact::{Platform, Target};
use plimsoll::image::facts::{Facts, Unwatched};
use plimsoll::image::source::TarArchive;
use plimsoll::{Project, Settings, check};

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut archive) = TarArchive::open(Cursor::new(bytes)) else { return };
    let quick = Facts::quick(&archive);
    let Ok(deep) = Facts::deep(&mut archive, &mut Unwatched) else { return };
    assert_eq!(quick.listing.images.len(), deep.listing.images.len());
    let mut project = Project::from_files(Vec::<(String, Vec<u8>)>::new()).0;
    if project.add_image("image.tar", Arc::new(deep)).is_ok() {
        let targets = Platform::ALL.map(Target::of).to_vec();
        check(&project, &Settings { targets, strict: true, ..Settings::default() });
    }
});
