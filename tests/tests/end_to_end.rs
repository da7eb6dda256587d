//! The page as a newcomer goes through it, from opening it to a copy of one's own, without a network
//! from the moment when it is there.

use std::time::{Duration, Instant};

use plimsoll_tests::browser::{self, Page, Site};
use plimsoll_tests::ours::{self, CONTROL, EDITOR, RELEASE, SHIFT};

/// A service that listens on the loopback address alone: within the container it works, from
/// outside nobody reaches it.
const DOCKERFILE: &str = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\n\
     CMD [\"gunicorn\", \"-b\", \"127.0.0.1:8000\", \"app:app\"]\n";

const SERVICE: &str = "{\n  \"metadata\": {\"name\": \"flask_demo\", \"instance\": 1},\n  \
     \"containers\": [{\"image\": \"registry.cn-hangzhou.aliyuncs.com/team/flask:1\", \"port\": 8000}]\n}\n";

#[test]
#[ignore = "needs a browser"]
fn a_newcomer_checks_mends_and_keeps_the_page_without_a_network() {
    let mut page = browser::open();
    page.wait_for_text("#kept", "Opens without a network");
    page.assert_quiet();
    page.site().server.stop();

    // The example shows what the page is for.
    page.wait_for(".hint");
    page.wait_for(".find.open");

    // What is pasted takes its place.
    ours::paste(&page, DOCKERFILE);
    page.wait_until("it is open", |page| page.value(EDITOR) == DOCKERFILE);
    assert_eq!(ours::paths(&page), "Dockerfile");
    ours::choose(&page, "eas");
    ours::wait_for_verdict(&page, "eas", "fails");
    ours::unfold(&page, "eas/bind-loopback");
    page.click("[data-rule='eas/bind-loopback'] .fix");
    let mended = DOCKERFILE.replace("127.0.0.1", "0.0.0.0");
    page.wait_until("it is mended", |page| page.value(EDITOR) == mended);
    page.wait_until("the fault is gone", |page| page.count("[data-rule='eas/bind-loopback']") == 0);
    page.click(EDITOR);
    page.type_into(EDITOR, &format!("{CONTROL}z{RELEASE}"));
    page.wait_until("the fix is taken back", |page| page.value(EDITOR) == DOCKERFILE);
    page.wait_for("[data-rule='eas/bind-loopback']");
    page.type_into(EDITOR, &format!("{CONTROL}{SHIFT}z{RELEASE}"));
    page.wait_until("it is mended again", |page| page.value(EDITOR) == mended);

    // A second document, under a name of one's own.
    ours::add(&page, "service.json", SERVICE);
    ours::wait_for_verdict(&page, "eas", "fits");
    ours::rename(&page, "deploy/eas.json");
    page.wait_until("both are there", |page| {
        ours::paths(page).split(' ').count() == 2 && ours::paths(page).contains("deploy/eas.json")
    });
    page.click("#strict");
    page.wait_for(".find");
    let all = page.count(".find");
    page.click("#search-findings");
    page.type_into("#find", "dockerfile");
    page.wait_until("some are shown", |page| (1..all).contains(&page.count(".find")));

    // Opened again, still without a network; a reload keeps nothing of one's own.
    page.execute("window.onbeforeunload = null", &[]);
    page.reload();
    page.wait_for(".hint");

    // The copy is saved and opened from where it lies.
    let folder = Site::copy();
    folder.remove("plimsoll.html");
    page.save_into(folder.folder());
    page.click("#save-offline");
    let begun = Instant::now();
    while !folder.folder().join("plimsoll.html").is_file() {
        assert!(begun.elapsed() < Duration::from_secs(30), "no copy is saved");
        std::thread::sleep(Duration::from_millis(50));
    }
    page.execute("delete document.documentElement.dataset.ready", &[]);
    page.visit(&folder.file_address("plimsoll.html"));
    page.wait_until_ready();
    assert_mends(&page);
    assert_eq!(page.served_since_load(), Vec::<String>::new());
}

/// The same fault is found and mended.
#[track_caller]
fn assert_mends(page: &Page) {
    ours::paste(page, DOCKERFILE);
    page.wait_until("it is open", |page| page.value(EDITOR) == DOCKERFILE);
    ours::choose(page, "eas");
    ours::unfold(page, "eas/bind-loopback");
    page.click("[data-rule='eas/bind-loopback'] .fix");
    page.wait_until("it is mended", |page| page.value(EDITOR).contains("0.0.0.0:8000"));
}
