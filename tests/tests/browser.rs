//! The page in a real browser: it loads, works, and asks nothing of the network afterwards.

use plimsoll_tests::browser::{self, Page, Reader, Site};
use plimsoll_tests::ours::{self, CONTROL, EDITOR, RELEASE};
use serde_json::Value;

/// Gives every script that a worker is made of a way to ask for an address.
const PROBE_IN_WORKERS: &str = "\
    const Plain = Blob;
    const probe = `addEventListener('message', ({ data }) => {
        if (data?.probe) {
            fetch(data.probe).then(() => postMessage('sent'), () => postMessage('refused'));
        }
    });`;
    globalThis.Blob = class extends Plain {
        constructor(parts, options) {
            super(options?.type === 'text/javascript' ? [...parts, probe] : parts, options);
        }
    };";

#[test]
#[ignore = "needs a browser"]
fn the_page_loads_and_is_quiet_afterwards() {
    let page = browser::open();
    assert_eq!(page.text(".brand"), "Plimsoll");
    for part in ["image", "credentials", "rules", "check"] {
        ours::go(&page, part);
    }
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn the_page_speaks_the_readers_language() {
    let page = browser::open_as(Reader { language: "zh-CN", ..Reader::default() });
    assert_eq!(page.execute("return document.documentElement.lang", &[]), "zh-CN");
    page.wait_for_text("nav.pages", "检查");
}

#[test]
#[ignore = "needs a browser"]
fn a_page_once_loaded_cannot_send_even_if_it_wanted() {
    let mut page = browser::start(Reader::default(), Site::built());
    page.before_each(PROBE_IN_WORKERS);
    page.visit(&page.address());
    page.wait_until_ready();
    let address = page.address();

    let from_page = "const [address, done] = arguments; \
         fetch(address).then(() => done('sent'), () => done('refused'))";
    assert_eq!(page.execute_async(from_page, &[&address]), "refused");

    // A worker as the page makes them: from a blob, under its policy.
    let from_worker = "const [address, done] = arguments; \
         const worker = plimsoll.startWorker(); \
         worker.addEventListener('message', ({ data }) => { \
             if (['sent', 'refused'].includes(data)) done(data); \
         }); \
         worker.postMessage({ probe: address });";
    assert_eq!(page.execute_async(from_worker, &[&address]), "refused");

    let by_picture = "const [address, done] = arguments; const picture = new Image(); \
         picture.onload = () => done('sent'); picture.onerror = () => done('refused'); \
         picture.src = address + 'secret.png';";
    assert_eq!(page.execute_async(by_picture, &[&address]), "refused");

    assert!(!page.complaints().is_empty(), "the browser reports what it refused");
    assert_eq!(page.served_since_load(), Vec::<String>::new());
}

#[test]
#[ignore = "needs a browser"]
fn the_page_fits_a_narrow_screen() {
    let page = browser::open_as(Reader { width: 360, height: 740, ..Reader::default() });
    assert_eq!(overhang(&page), 0, "nothing sticks out to the right");
}

#[test]
#[ignore = "needs a browser"]
fn at_twice_the_size_every_part_fits_and_works() {
    let page = browser::open();
    page.zoom(2, 1280, 800);
    for part in ["image", "credentials", "rules", "check"] {
        // As on a telephone, the parts are below.
        page.click(&format!(".below a[href='#{part}']"));
        page.wait_for(&format!(".below a[href='#{part}'][aria-current]"));
        assert_eq!(overhang(&page), 0, "nothing of {part} sticks out to the right");
    }
    // Pasting, a finding, its fix and undo, all where one can see and press them.
    ours::paste(&page, "FROM python:3.12\nMAINTAINER ann\nCMD [\"python\", \"a.py\"]\n");
    page.wait_for("[data-rule='dockerfile/maintainer']");
    page.click(".tabs [data-t='findings']");
    assert_eq!(overhang(&page), 0, "nothing of the findings sticks out to the right");
    page.click("[data-rule='dockerfile/maintainer'] .fix");
    page.wait_until("the fix is in the text", |page| page.value(EDITOR).contains("LABEL"));
    page.click(".tabs [data-t='text']");
    page.click(EDITOR);
    page.type_into(EDITOR, &format!("{CONTROL}z{RELEASE}"));
    page.wait_until("it is taken back", |page| page.value(EDITOR).contains("MAINTAINER"));
    page.assert_quiet();
}

/// How many pixels stick out to the right; beside a scroll bar, the window is wider than what it
/// shows.
fn overhang(page: &Page) -> Value {
    page.execute(
        "const root = document.documentElement; return root.scrollWidth - root.clientWidth",
        &[],
    )
}
