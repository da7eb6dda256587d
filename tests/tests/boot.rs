//! How the page starts, and what it says where it cannot, in a real browser.

use std::time::{Duration, Instant};

use plimsoll_tests::browser::{self, Page, Reader, Site};
use plimsoll_tests::ours;

/// A reader waits ten seconds for word at most; a machine that runs tests may be busy with others.
const PATIENCE: Duration = Duration::from_secs(25);

/// Opens a page from `site`, whatever becomes of it.
fn visit(site: Site) -> Page {
    let page = browser::start(Reader::default(), site);
    page.visit(&page.address());
    page
}

/// A page that was spoiled in one way.
fn spoiled(spoil: impl Fn(&Site)) -> Page {
    let site = Site::copy();
    spoil(&site);
    visit(site)
}

/// Asserts that `css` says `words` in time.
#[track_caller]
fn assert_told(page: &Page, css: &str, words: &str) {
    let begun = Instant::now();
    page.wait_for_text(css, words);
    assert!(begun.elapsed() < PATIENCE, "it took {:?}", begun.elapsed());
}

#[test]
#[ignore = "needs a browser"]
fn text_does_not_become_markup_code_or_a_worker() {
    let page = browser::open();
    let tried = |script: &str| {
        let whole =
            format!("try {{ {script}; return 'done' }} catch (error) {{ return error.name }}");
        page.execute(&whole, &[]).as_str().unwrap_or_default().to_owned()
    };
    for script in [
        "document.createElement('div').innerHTML = '<b>bold</b>'",
        "document.body.insertAdjacentHTML('beforeend', 'x')",
        "document.createElement('script').text = '1'",
        "new Worker(URL.createObjectURL(new Blob(['1'])))",
        "trustedTypes.createPolicy('other', {})",
        "trustedTypes.createPolicy('plimsoll', {})",
        "trustedTypes.defaultPolicy.createHTML('<b>')",
    ] {
        assert_eq!(tried(script), "TypeError", "{script}");
    }
    // yew empties the element that it draws into.
    assert_eq!(tried("document.createElement('div').innerHTML = ''"), "done");
}

#[test]
#[ignore = "needs a browser"]
fn one_can_type_before_the_checker_is_there() {
    let page = spoiled(|site| site.server.hold("/worker_bg.wasm"));
    page.wait_for_text("#checker", "Loading the checker");
    ours::add(&page, "Dockerfile", "FROM a:1\nFROMM b\n");
    assert_eq!(page.count(".find"), 0);
    // A part that does not come on is told; once it does, what was typed is checked.
    assert_told(&page, "#checker", "`worker_bg.wasm` has not come");
    page.site().server.release();
    page.click("#retry");
    page.wait_for("[data-rule='dockerfile/syntax']");
    assert_eq!(page.value(".editor textarea"), "FROM a:1\nFROMM b\n");
}

#[test]
#[ignore = "needs a browser"]
fn a_checker_that_does_not_come_is_told_and_tried_again() {
    let wasm = Site::built().read("worker_bg.wasm");
    let page = spoiled(|site| site.remove("worker_bg.wasm"));
    assert_told(&page, "#checker", "`worker_bg.wasm` could not be loaded (HTTP 404)");
    page.site().write("worker_bg.wasm", &wasm);
    page.click("#retry");
    page.wait_for_text("#checker", "checked in");

    let page = spoiled(|site| site.corrupt("worker.js"));
    assert_told(&page, "#checker", "`worker.js` is not the one that belongs to this page");
    page.click("#language");
    page.wait_for_text("#checker", "`worker.js` 与此页面不匹配");
}

#[test]
#[ignore = "needs a browser"]
fn a_worker_that_is_forbidden_or_silent_is_told() {
    let forbidden = "globalThis.Worker = class { constructor() { throw new Error('not here') } }";
    // The first hears nothing.
    let silent = "const Real = Worker; let count = 0; globalThis.Worker = class extends Real { \
         #number = count++; \
         postMessage(message) { if (this.#number > 0) super.postMessage(message); } }";
    let opened = |script: &str| {
        let page = browser::start(Reader::default(), Site::built());
        page.before_each(script);
        page.visit(&page.address());
        page
    };
    assert_told(&opened(forbidden), "#checker", "did not let the checker start");
    let page = opened(silent);
    page.wait_for_text("#checker", "starting");
    assert_told(&page, "#checker", "does not answer");
    page.click("#retry");
    page.wait_for_text("#checker", "checked in");
}

#[test]
#[ignore = "needs a browser"]
fn a_page_that_does_not_come_says_which_part() {
    for part in ["page_bg.wasm", "page.js", "boot.js", "parts.js"] {
        let page = spoiled(|site| site.remove(part));
        assert_told(&page, "#app", &format!("The file {part} could not be loaded"));
        let page = spoiled(|site| site.corrupt(part));
        assert_told(&page, "#app", &format!("The file {part} "));
    }
    let page = spoiled(|site| site.remove("able.js"));
    assert_told(&page, "#app", "able.js could not be loaded");
    for part in ["page_bg.wasm", "boot.js"] {
        let page = spoiled(|site| site.server.hold(&format!("/{part}")));
        assert_told(&page, "#app", &format!("The file {part} has not come"));
        page.site().server.release();
        page.click("#app button");
        page.wait_for("nav");
    }
}

#[test]
#[ignore = "needs a browser"]
fn an_old_browser_is_told_what_it_lacks() {
    for lacking in ["WebAssembly", "TextDecoder"] {
        let page = browser::start(Reader { language: "zh-CN", ..Reader::default() }, Site::built());
        page.before_each(&format!("delete globalThis.{lacking}"));
        page.visit(&page.address());
        assert_told(&page, "#app", &format!("缺少 {lacking}"));
    }
}
