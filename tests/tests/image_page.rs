//! Image archives on the page, in a real browser.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use plimsoll_tests::archive;
use plimsoll_tests::browser;

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn an_archive_is_read_and_joins_the_project() {
    let Some(page) = browser::open() else { return };
    let path = scratch("app.tar");
    std::fs::write(&path, archive::example()).expect("the archive is written");
    page.click("nav button:nth-of-type(3)");
    page.type_into("#archive", &path.to_string_lossy());
    page.wait_for_text(".config", "/home/run.sh");
    page.wait_for_text(".tree", "home/");
    page.click(".tree li button");
    page.wait_for_text(".tree", "run.sh");
    page.click("nav button:nth-of-type(1)");
    page.click("[data-platform=eas]");
    page.wait_for_text(".findings", "8080");
    page.assert_quiet();
}

#[test]
fn what_is_no_archive_is_said_to_be_none() {
    let Some(page) = browser::open() else { return };
    let path = scratch("page.tar");
    std::fs::write(&path, "<html>").expect("the file is written");
    page.click("nav button:nth-of-type(3)");
    page.type_into("#archive", &path.to_string_lossy());
    page.wait_for_text(".image .refused", "HTML");
    page.assert_quiet();
}

/// More than the address space of WebAssembly could hold beside anything else.
const LARGE: u64 = 3 << 30;

#[test]
fn three_gibibytes_are_read_while_the_tab_answers() {
    let Some(page) = browser::open() else { return };
    let path = scratch("large.tar");
    let (head, tail) = archive::around_a_file_of(LARGE);
    let mut file = File::create(&path).expect("the archive is made");
    file.write_all(&head).expect("its head is written");
    // The disk keeps nothing of what was not written.
    file.seek(SeekFrom::Current(LARGE as i64)).expect("its body is left out");
    file.write_all(&tail).expect("its tail is written");
    page.click("nav button:nth-of-type(3)");
    // The longest time between two turns of the event loop while the file is read.
    page.execute(
        "window.longest = 0; let last = performance.now(); \
         const turn = () => { const now = performance.now(); \
             window.longest = Math.max(window.longest, now - last); last = now; setTimeout(turn, 5); }; turn();",
        &[],
    );
    page.type_into("#archive", &path.to_string_lossy());
    page.wait_for("#reading progress");
    page.wait_for_long("the file is read", |page| page.count(".config") > 0);
    let longest = page.execute("return window.longest", &[]).as_f64().expect("a number");
    eprintln!("the longest turn took {longest:.0} ms");
    assert!(page.text(".sizes").contains("3.0 GiB"));
    std::fs::remove_file(&path).expect("the archive is removed");
    page.assert_quiet();
}

#[test]
fn a_reading_that_is_cancelled_leaves_the_project_as_it_was() {
    let Some(page) = browser::open() else { return };
    let path = scratch("cancelled.tar");
    let (head, tail) = archive::around_a_file_of(LARGE);
    let mut file = File::create(&path).expect("the archive is made");
    file.write_all(&head).expect("its head is written");
    file.seek(SeekFrom::Current(LARGE as i64)).expect("its body is left out");
    file.write_all(&tail).expect("its tail is written");
    page.click("nav button:nth-of-type(3)");
    page.type_into("#archive", &path.to_string_lossy());
    page.click("#cancel");
    page.wait_until("nothing is read", |page| page.count("#reading") == 0);
    page.click("nav button:nth-of-type(1)");
    page.click("[data-example=eas-broken]");
    page.wait_for(".finding");
    std::fs::remove_file(&path).expect("the archive is removed");
    page.assert_quiet();
}
