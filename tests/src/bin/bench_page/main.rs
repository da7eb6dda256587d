//! How the page keeps up with its reader, in Chromium: `cargo xtask bench-page [LINES …]`.
//!
//! It measures and judges nothing: compare the figures of one run with one another. From a key to
//! paint it is so far to a frame in which the letter stands, beside a text area of the browser's own
//! with the same text; to findings it is with the pause that a check waits for; the worker's time is
//! that of a whole message, from the question as JSON to the answer as JSON.
#![allow(clippy::print_stdout, reason = "a program for a developer's terminal")]

mod texts;

use plimsoll_tests::browser::{self, Page, Reader, Site};
use plimsoll_tests::ours::{EDITOR, choose, paste};

/// Measures what happens in the page and in its workers.
const WATCH: &str = include_str!("watch.js");

/// A text area of the browser's own, as large and with the same letters as the editor.
const BARE: &str = "
document.body.replaceChildren();
const area = document.body.appendChild(document.createElement('textarea'));
area.className = 'bare';
area.spellcheck = false;
area.style.cssText = 'position: fixed; left: 0; top: 0; width: 560px; height: 700px; font: 13px/20px monospace; white-space: pre; tab-size: 4';
area.value = arguments[0];
area.focus();
area.setSelectionRange(area.value.length, area.value.length);
";

/// Keys of which each figure is the middle one.
const KEYS: &str = "written without haste";

/// What was measured at one key, in milliseconds.
#[derive(Clone, Copy, Default)]
struct Key {
    paint: f64,
    findings: f64,
    worker: f64,
    task: f64,
}

fn main() {
    println!("milliseconds, the middle of {} keys; the longest task is that of all", KEYS.len());
    println!(
        "{:>7} {:>9} │ {:>10} {:>10} {:>6} │ {:>12} {:>7} {:>8} │ {:>12}",
        "lines",
        "findings",
        "bare paint",
        "page paint",
        "more",
        "key→findings",
        "worker",
        "answer",
        "longest task"
    );
    let named: Vec<usize> = std::env::args().skip(1).filter_map(|one| one.parse().ok()).collect();
    for lines in if named.is_empty() { vec![200, 2_000, 20_000] } else { named } {
        for is_clean in [true, false] {
            measure(lines, &texts::dockerfile(lines, is_clean));
        }
    }
}

/// Types into one text, bare first, and prints a row.
fn measure(lines: usize, text: &str) {
    let mut page = browser::start(Reader::default(), Site::built());
    page.before_each(WATCH);
    page.visit("about:blank");
    page.wait_until("the page is empty", |page| {
        page.execute("return location.href + (window.bench ? '!' : '')", &[]) == "about:blank!"
    });
    page.execute(BARE, &[text]);
    let bare = typed(&page, ".bare", false);

    page.visit(&page.address());
    page.wait_until_ready();
    choose(&page, "eas");
    page.execute("bench.begin('pasted')", &[]);
    paste(&page, text);
    wait_until_done(&page);
    page.execute(
        "const area = document.querySelector(arguments[0]); area.focus(); \
         area.setSelectionRange(area.value.length, area.value.length); \
         area.scrollTop = area.scrollHeight;",
        &[EDITOR],
    );
    let ours = typed(&page, EDITOR, true);
    let told = page.execute("return [bench.findings, bench.bytes]", &[]);
    let number = |at: usize| told[at].as_u64().unwrap_or_default();
    println!(
        "{:>7} {:>9} │ {:>10.1} {:>10.1} {:>6.1} │ {:>12.1} {:>7.1} {:>5} KB │ {:>12.1}",
        lines,
        number(0),
        bare.paint,
        ours.paint,
        ours.paint - bare.paint,
        ours.findings,
        ours.worker,
        number(1) / 1000,
        ours.task,
    );
}

/// Types key by key, each once what the one before has set off is over.
fn typed(page: &Page, css: &str, is_checked: bool) -> Key {
    let kind = if is_checked { "checked" } else { "bare" };
    let mut keys = Vec::new();
    // The first keys find what is not compiled, and are not counted.
    for (number, key) in "ab".chars().chain(KEYS.chars()).enumerate() {
        page.execute("bench.begin(arguments[0])", &[kind]);
        page.type_into(css, &key.to_string());
        wait_until_done(page);
        let told = page.execute("return bench.key()", &[]);
        let time = |at: usize| told[at].as_f64().unwrap_or_default();
        if number >= 2 {
            keys.push(Key { paint: time(0), findings: time(1), worker: time(2), task: time(3) });
        }
    }
    Key {
        paint: middle(&keys, |key| key.paint),
        findings: middle(&keys, |key| key.findings),
        worker: middle(&keys, |key| key.worker),
        task: keys.iter().map(|key| key.task).fold(0.0, f64::max),
    }
}

/// Waits for what the last key, or a paste, has set off.
fn wait_until_done(page: &Page) {
    page.wait_for_long("it is checked", |page| page.execute("return bench.isDone()", &[]) == true);
}

fn middle(keys: &[Key], of: impl Fn(&Key) -> f64) -> f64 {
    let mut all: Vec<f64> = keys.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}
