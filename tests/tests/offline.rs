//! The page without a network, in a real browser.

use plimsoll_tests::browser::{self, Page, Reader, Site};
use plimsoll_tests::ours;

/// Adds a Dockerfile, and waits for what is wrong with it.
fn assert_checks(page: &Page) {
    ours::add(page, "Dockerfile", "FROM a:1\nFROMM b\n");
    page.wait_for("[data-rule='dockerfile/syntax']");
}

#[test]
#[ignore = "needs a browser"]
fn a_page_that_was_opened_once_opens_without_its_server() {
    let mut page = browser::open();
    page.wait_for_text("#kept", "Opens without a network");
    page.assert_quiet();
    page.site().server.stop();
    page.reload();
    assert_checks(&page);
    let address = format!("{}index.html?from=elsewhere#check", page.address());
    page.execute("delete document.documentElement.dataset.ready", &[]);
    page.visit(&address);
    page.wait_until_ready();
    assert_checks(&page);
}

#[test]
#[ignore = "needs a browser"]
fn a_page_that_opens_from_the_cache_asks_only_for_a_newer_service_worker() {
    let mut page = browser::open();
    let before = page.site().server.requests().len();
    page.reload();
    assert_checks(&page);
    let asked = page.site().server.requests().split_off(before);
    assert!(asked.iter().all(|target| target == "/sw.js"), "{asked:?}");
}

#[test]
#[ignore = "needs a browser"]
fn on_a_plain_address_the_page_goes_on_and_says_so() {
    let mut page = browser::start(Reader::default(), Site::built());
    page.visit(&page.site().plain_address());
    page.wait_until_ready();
    page.wait_for_text("#kept", "this address is not https");
    assert_checks(&page);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn a_cache_that_somebody_has_emptied_does_not_lock_the_page_out() {
    let mut page = browser::open();
    let empty = "const [done] = arguments; caches.keys() \
         .then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(done)";
    page.execute_async(empty, &[]);
    page.reload();
    assert_checks(&page);
}

/// Makes another version of the page in `site`, with the digests that go with it.
fn renew(page: &Page) {
    let digest = |text: &str| {
        let script = "const [text, done] = arguments; \
             crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)) \
             .then((digest) => done(btoa(String.fromCharCode(...new Uint8Array(digest)))))";
        page.execute_async(script, &[text]).as_str().expect("a digest").to_owned()
    };
    let site = page.site();
    let text = |name: &str| String::from_utf8(site.read(name)).expect("a text");
    let (index, style, worker) = (text("index.html"), text("shell.css"), text("sw.js"));
    let version = worker.split("VERSION = \"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.expect("a version");
    let new_style = format!("{style}.renewed {{ color: red; }}\n");
    let (old, new) = (digest(&style), digest(&new_style));
    let renewed = |text: &str| text.replace(&old, &new).replace(version, "0123456789abcdef");
    let new_index = renewed(&index);
    let length = format!("\"bytes\":{}", index.len());
    let new_worker = renewed(&worker)
        .replace(&digest(&index), &digest(&new_index))
        .replace(&length, &format!("\"bytes\":{}", new_index.len()));
    site.write("shell.css", new_style.as_bytes());
    site.write("index.html", new_index.as_bytes());
    site.write("sw.js", new_worker.as_bytes());
}

#[test]
#[ignore = "needs a browser"]
fn a_newer_version_is_told_and_taken_at_the_next_opening() {
    let mut page = browser::start(Reader::default(), Site::copy());
    page.visit(&page.address());
    page.wait_until_ready();
    page.wait_for_text("#kept", "Opens without a network");
    let version = "return JSON.parse(document.getElementById('parts').textContent).version";
    let first = page.execute(version, &[]);
    renew(&page);
    page.reload();
    assert_eq!(page.execute(version, &[]), first, "what is kept is shown at once");
    page.wait_for_text("#kept", "newer version");
    page.site().server.stop();
    page.reload();
    assert_eq!(page.execute(version, &[]), "0123456789abcdef");
    assert_checks(&page);
}
