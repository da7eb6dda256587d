//! The page as one file without a server, in a real browser.

use std::time::{Duration, Instant};

use plimsoll_tests::browser::{self, Page, Reader, Site};
use plimsoll_tests::ours;

/// Opens a single file and has it check a Dockerfile.
fn assert_works(page: &mut Page, address: &str) {
    page.execute("delete document.documentElement.dataset.ready", &[]);
    page.visit(address);
    page.wait_until_ready();
    ours::add(page, "Dockerfile", "FROM a:1\nFROMM b\n");
    page.wait_for("[data-rule='dockerfile/syntax']");
    assert_eq!(page.count("#save-offline"), 0, "the copy is there already");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn the_single_file_works_from_a_folder() {
    let mut page = browser::start(Reader::default(), Site::built());
    let address = page.site().file_address("plimsoll.html");
    assert_works(&mut page, &address);
    assert_eq!(page.served_since_load(), Vec::<String>::new());
}

#[test]
#[ignore = "needs a browser"]
fn the_copy_that_the_page_saves_works_as_well_and_costs_no_request() {
    let mut page = browser::open();
    // The folder that the file goes into, and goes away with the test.
    let site = Site::copy();
    site.remove("plimsoll.html");
    page.save_into(site.folder());
    page.click("#save-offline");
    let begun = Instant::now();
    let file = site.folder().join("plimsoll.html");
    while !file.is_file() {
        assert!(begun.elapsed() < Duration::from_secs(15), "no file is saved");
        std::thread::sleep(Duration::from_millis(50));
    }
    page.assert_quiet();
    let address = site.file_address("plimsoll.html");
    assert_works(&mut page, &address);

    // It is the same file as the one that was built, but for how its parts are packed.
    let unpacked = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).expect("a text");
        let lines = text.lines().filter(|line| !line.contains("data-part=\""));
        lines.collect::<Vec<_>>().join("\n")
    };
    let built = unpacked(Site::built().read("plimsoll.html"));
    assert!(unpacked(site.read("plimsoll.html")) == built);
}
