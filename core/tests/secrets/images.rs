//! Images with planted secrets: what is told of them, in the terminal, as JSON and by rules.

use std::io::Cursor;
use std::sync::Arc;

use plimsoll::document::Inspection;
use plimsoll::image::facts::{Facts, Unwatched};
use plimsoll::image::source::TarArchive;
use plimsoll::text::Lang;
use plimsoll::{Project, check};

use crate::image_rows::images;
use crate::rows::{MASK, leak};
use crate::{assert_none, strict};

fn facts(archive: &[u8]) -> Facts {
    let mut archive = TarArchive::open(Cursor::new(archive.to_vec())).expect("an archive");
    Facts::deep(&mut archive, &mut Unwatched).expect("nobody ends the reading")
}

#[test]
fn an_inspection_holds_no_secret() {
    let mut leaks = Vec::new();
    for image in images() {
        let json = Inspection::of("image.tar", &facts(&image.archive)).to_json();
        leaks.extend(leak(&json).map(|leak| format!("{}\n    {leak}", image.title)));
    }
    assert_none(&leaks);
}

#[test]
fn an_inspection_tells_what_is_no_secret() {
    for image in images() {
        let json = Inspection::of("image.tar", &facts(&image.archive)).to_json();
        for word in &image.stays {
            assert!(json.contains(word), "{}: {word} is gone: {json}", image.title);
        }
        assert!(json.contains(MASK), "{}", image.title);
    }
}

#[test]
fn a_report_on_an_image_holds_no_secret_and_points_into_the_inspection() {
    let mut leaks = Vec::new();
    for image in images() {
        let facts = Arc::new(facts(&image.archive));
        let json = Inspection::of("image.tar", &facts).to_json();
        for lang in [Lang::En, Lang::Zh] {
            let mut project = Project::new();
            project.add_image("image.tar", facts.clone()).expect("room for one");
            assert_eq!(project.documents()[0].source.text(), json, "{}", image.title);
            let report = check(&project, &strict(lang));
            for one in &report.findings {
                let (start, end) = (one.span.start.offset as usize, one.span.end.offset as usize);
                assert!(json.get(start..end).is_some(), "{}: {}", image.title, one.rule);
            }
            let report = serde_json::to_string(&report).expect("JSON");
            leaks.extend(leak(&report).map(|leak| format!("{}\n    {leak}", image.title)));
        }
    }
    assert_none(&leaks);
}
