//! Check, as its readers use it: the first seconds, the project, findings, fixes and addresses.

use plimsoll_tests::browser::{self, Page};
use plimsoll_tests::ours::{self, EDITOR};

/// Seed 000's Dockerfile in short: it binds the loopback address.
const LOOPBACK: &str =
    "FROM python:3.12\nCMD [\"gunicorn\", \"-b\", \"127.0.0.1:8000\", \"app:app\"]\n";

/// Drops files, given as a JavaScript array of pairs of name and text, on the page.
fn drop_files(page: &Page, files: &str) {
    page.execute(
        &format!(
            "const transfer = new DataTransfer();
             for (const [name, text] of {files}) transfer.items.add(new File([text], name));
             document.body.dispatchEvent(new DragEvent('drop',
                 {{ dataTransfer: transfer, bubbles: true, cancelable: true }}));"
        ),
        &[],
    );
}

#[test]
#[ignore = "needs a browser"]
fn the_page_opens_with_an_example_that_one_fix_mends() {
    let page = browser::open();
    ours::wait_for_verdict(&page, "eas", "fails");
    assert_eq!(page.count(".find"), 1);
    assert_eq!(page.count(".find.open"), 1, "its finding is open");
    assert_eq!(ours::paths(&page), "Dockerfile service.json");
    assert_eq!(page.count(".hint"), 1);
    // Nobody has asked about the others: nothing red is said of them.
    for platform in ["eci", "compute-nest", "modelarts"] {
        page.wait_for(&format!("[data-platform={platform}].none"));
    }
    page.click(".find .fix");
    ours::wait_for_verdict(&page, "eas", "fits");
    page.wait_for_text(".fine h2", "PAI-EAS");
    // Who uses the keyboard is told the end of the list.
    assert_eq!(page.execute("return document.activeElement.matches('.fine h2')", &[]), true);
    page.click("#take-back");
    ours::wait_for_verdict(&page, "eas", "fails");
    assert!(page.value(EDITOR).contains("127.0.0.1"));
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn what_is_pasted_anywhere_becomes_a_document_and_nothing_is_lost() {
    let page = browser::open();
    ours::paste(&page, LOOPBACK);
    page.wait_until("the example has made room", |page| ours::paths(page) == "Dockerfile");
    assert_eq!(page.value(EDITOR), LOOPBACK);
    page.wait_for("#take-back");
    page.execute("document.activeElement?.blur()", &[]);
    page.type_into("body", &format!("{}z{}", ours::CONTROL, ours::RELEASE));
    page.wait_until("the example is back", |page| ours::paths(page) == "Dockerfile service.json");
    page.type_into("body", &format!("{}y{}", ours::CONTROL, ours::RELEASE));
    page.wait_until("the paste is back", |page| ours::paths(page) == "Dockerfile");
    // What is the reader's own is kept beside what comes; the content tells the name.
    ours::paste(&page, LOOPBACK);
    page.wait_until("it is kept", |page| ours::paths(page) == "Dockerfile Dockerfile 2");
    ours::paste(
        &page,
        "{\"metadata\": {\"name\": \"a\", \"instance\": 1}, \"containers\": [{\"image\": \"a:1\", \"port\": 8000}]}",
    );
    page.wait_until("the name is told", |page| ours::paths(page).ends_with(" service.json"));
    // Dropped text is text, too.
    page.execute(
        "const transfer = new DataTransfer(); transfer.setData('text/plain', '#!/bin/sh\\nexec a\\n');
         document.body.dispatchEvent(new DragEvent('drop',
             { dataTransfer: transfer, bubbles: true, cancelable: true }));",
        &[],
    );
    page.wait_until("a script came", |page| ours::paths(page).ends_with(" run.sh"));
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn what_is_dragged_over_the_page_is_told() {
    let page = browser::open();
    let drag = "const transfer = new DataTransfer();
         for (const name of ['a', 'b', 'c']) transfer.items.add(new File(['x'], name));
         document.body.dispatchEvent(new DragEvent(arguments[0],
             { dataTransfer: transfer, bubbles: true, cancelable: true, relatedTarget: null }));";
    page.execute(drag, &["dragenter"]);
    page.wait_for_text(".shore", "3");
    page.execute(drag, &["dragleave"]);
    page.wait_until("it is gone", |page| page.count(".shore") == 0);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn documents_come_go_and_are_renamed() {
    let page = browser::open();
    drop_files(&page, "[['Dockerfile', 'FROM a:1\\n'], ['notes', 'FROM b:1\\nCMD [\"b\"]\\n']]");
    page.wait_until("both are there", |page| ours::paths(page) == "Dockerfile notes");
    drop_files(&page, "[['Dockerfile', 'FROM c:1\\n']]");
    page.wait_until("it is kept beside", |page| {
        ours::paths(page) == "Dockerfile notes Dockerfile 2"
    });
    ours::rename(&page, "web/Dockerfile");
    page.wait_for(".file[aria-expanded=true]");
    assert_eq!(ours::open_path(&page), "web/Dockerfile");
    // A kind that neither name nor content tells is chosen.
    ours::add(&page, "odd", "something\n");
    page.wait_for(".list .refused");
    page.execute(
        "const kind = document.querySelector('#kind'); kind.value = 'dockerfile';
         kind.dispatchEvent(new Event('change', { bubbles: true }));",
        &[],
    );
    page.wait_for("[data-rule='dockerfile/syntax']");
    assert_eq!(page.count(".list .refused"), 0);
    page.execute("document.querySelector('.file[data-path=notes] + .remove').click()", &[]);
    page.wait_until("it is gone", |page| !ours::paths(page).contains("notes"));
    page.click("#take-back");
    page.wait_until("it is back", |page| ours::paths(page).contains("notes"));
    // All are downloaded as one file.
    page.execute(
        "window.given = [];
         const plain = URL.createObjectURL;
         URL.createObjectURL = blob => {
             blob.arrayBuffer().then(bytes =>
                 given.push(blob.type + ' ' + new TextDecoder('latin1').decode(bytes)));
             return plain(blob);
         };",
        &[],
    );
    page.click("#more");
    page.click("#download-all");
    page.wait_until("it is given", |page| page.execute("return given.length", &[]) == 1);
    let archive = page.execute("return given[0]", &[]);
    let archive = archive.as_str().unwrap_or_default();
    assert!(archive.starts_with("application/zip PK\u{3}\u{4}"), "{archive:?}");
    for part in ["web/Dockerfile", "notes", "something\n", "FROM c:1\n"] {
        assert!(archive.contains(part), "{part} is not in {archive:?}");
    }
    // So is what was found, in every form.
    let given = |form: &str, number: u64| {
        page.click("#more");
        page.click(&format!("#report-{form}"));
        let count = |page: &Page| page.execute("return given.length", &[]) == number;
        page.wait_until("it is given", count);
        let text = page.execute(&format!("return given[{}]", number - 1), &[]);
        text.as_str().unwrap_or_default().to_owned()
    };
    let report = given("json", 2);
    let report = report.strip_prefix("application/json ").expect("its type");
    let report: serde_json::Value = serde_json::from_str(report).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["documents"].as_array().map(Vec::len), Some(4));
    let report = given("html", 3);
    assert!(report.starts_with("text/html <!doctype html>"), "{report}");
    assert!(report.contains("<h2>") && report.contains("</html>"), "{report}");
    let report = given("md", 4);
    assert!(report.starts_with("text/markdown # Plimsoll"), "{report}");
    // All goes, and comes back in one step.
    page.click("#more");
    page.click("#empty");
    page.wait_until("all are gone", |page| ours::paths(page).is_empty());
    page.click("#take-back");
    page.wait_until("all are back", |page| page.count(".file[data-path]") == 4);
    let leaving = "const event = new Event('beforeunload', { cancelable: true });
         window.dispatchEvent(event); return event.defaultPrevented";
    assert_eq!(page.execute(leaving, &[]), true, "the browser asks before work is lost");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn findings_are_filtered_and_silenced() {
    let page = browser::open();
    ours::example(&page, "eas-broken");
    // Not the findings of what was open before.
    page.wait_for(".list[aria-busy=false] [data-rule='eas/dockerfile-port-reserved']");
    let count = |page: &Page| page.count(".find");
    let all = count(&page);
    page.click(".chip[data-rank=error]");
    page.wait_until("errors are hidden", |page| page.count(".find.error") == 0);
    assert!(count(&page) < all && count(&page) > 0);
    page.click(".chip[data-rank=error]");
    page.wait_until("all are shown", |page| count(page) == all);
    page.click("#search-findings");
    page.type_into("#find", "8080");
    page.wait_until("some are found", |page| count(page) > 0 && count(page) < all);
    page.click("#search-findings");
    page.wait_until("all are shown", |page| count(page) == all);
    page.click("[data-platform=eas] button");
    page.click(".demands .df button:last-child");
    page.wait_for("#only-platform");
    page.type_into("body", ours::ESCAPE);
    page.click("#only-platform");
    page.wait_until("all are shown", |page| count(page) == all);
    page.click(".only[data-path='service.json']");
    page.wait_for("#only-path");
    assert_eq!(page.text(".group .nm"), "service.json");
    assert!(count(&page) > 0 && count(&page) < all);
    page.click("#only-path");
    page.wait_until("all are shown", |page| count(page) == all);
    page.click("#strict");
    page.wait_until("strict rules speak", |page| count(page) > all);
    page.click("#strict");
    page.wait_until("they are silent", |page| count(page) == all);
    // A comment silences a finding, and can be taken back.
    ours::unfold(&page, "eas/dockerfile-port-reserved");
    let rule = "[data-rule='eas/dockerfile-port-reserved']";
    let count = page.count(rule);
    page.click(&format!("{rule} .silence"));
    page.wait_until("it is silent", |page| {
        page.value(EDITOR).contains("# plimsoll ignore=eas/dockerfile-port-reserved\n")
            && page.count(rule) < count
    });
    page.click("#take-back");
    page.wait_until("it speaks again", |page| page.count(rule) == count);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn an_open_reason_stays_with_its_finding() {
    let page = browser::open();
    ours::example(&page, "eas-broken");
    page.wait_for("[data-rule='eas/dockerfile-port-reserved']");
    ours::unfold(&page, "eas/dockerfile-port-reserved");
    page.click(".find.open summary");
    page.wait_for(".find.open details[open]");
    // Another one is mended.
    page.click(".find:not(.open) .fix");
    page.wait_for("#take-back");
    page.wait_until("it is the same one", |page| {
        page.execute("return document.querySelector('.find.open details[open]')?.closest('.find').dataset.rule", &[])
            == "eas/dockerfile-port-reserved"
    });
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn all_safe_fixes_are_one_step_with_the_changes_shown_first() {
    let page = browser::open();
    ours::example(&page, "dockerfile-legacy");
    page.wait_for("#fix-all");
    page.wait_for_text(".file[aria-current]", "Dockerfile");
    let before = page.value(EDITOR);
    page.click("#fix-all");
    page.wait_for(".diff .d");
    page.wait_for(".diff .a");
    let rows = page.count(".diff .d");
    page.click(".fixing input[type=checkbox]");
    page.wait_until("fewer lines change", |page| page.count(".diff .d") < rows);
    page.click(".fixing input[type=checkbox]");
    page.wait_until("they change again", |page| page.count(".diff .d") == rows);
    page.click("#apply");
    page.wait_until("the text is new", |page| page.value(EDITOR) != before);
    page.wait_until("no safe fix is left", |page| page.count("#fix-all") == 0);
    page.type_into(EDITOR, &format!("{}z{}", ours::CONTROL, ours::RELEASE));
    page.wait_until("it is as before", |page| page.value(EDITOR) == before);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn every_part_has_an_address_and_choices_are_remembered() {
    let mut page = browser::open();
    let hash = |page: &Page| page.execute("return location.hash", &[]);
    ours::go(&page, "rules");
    assert_eq!(hash(&page), "#rules");
    page.execute("location.hash = '#rules/eas/bind-loopback'", &[]);
    page.wait_for_text(".art .meta code", "eas/bind-loopback");
    page.execute("history.back()", &[]);
    page.wait_until("one is back", |page| hash(page) == "#rules");
    page.execute("history.back()", &[]);
    page.wait_for("main.check");
    page.execute("history.forward()", &[]);
    page.wait_for(".rules .cat");
    ours::go(&page, "check");
    page.wait_for(".find.open .id");
    page.click(".find.open .id");
    page.wait_until("the finding leads to its rule", |page| {
        hash(page) == "#rules/eas/bind-loopback"
    });
    ours::go(&page, "check");
    page.click("#language");
    page.wait_for_text("nav.pages", "检查");
    page.click("#theme");
    page.wait_for("[data-theme=dark]");
    page.reload();
    page.wait_for_text("nav.pages", "检查");
    page.wait_for("[data-theme=dark]");
    let kept = page.execute(
        "return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])",
        &[],
    );
    assert_eq!(kept, r#"[{"plimsoll-language":"zh","plimsoll-theme":"dark"},{},""]"#);
}

#[test]
#[ignore = "needs a browser"]
fn very_many_findings_do_not_fill_the_page() {
    let page = browser::open();
    let text = "FROM a:1\n".to_owned() + &"RUN cd /tmp\nRUN apt install b\n".repeat(2000);
    drop_files(
        &page,
        &format!("[['Dockerfile', {}]]", serde_json::to_string(&text).expect("a string")),
    );
    page.wait_for_text(".group .end", "1–200");
    assert!(page.count(".find") <= 200);
    assert!(page.count("*") < 6000, "{} elements", page.count("*"));
    page.click(".step button");
    page.wait_for_text(".group .end", "201–400");
    page.assert_quiet();
}
