//! The page in Firefox, in short: that nothing of it rests on Chromium alone. Chromium runs all else.

use std::path::Path;

use plimsoll_tests::browser::{self, Browser, Reader};
use plimsoll_tests::ours::{CONTROL, EDITOR, RELEASE};

#[test]
#[ignore = "needs firefox-esr, geckodriver"]
fn a_file_is_checked_mended_and_taken_back() {
    let page = browser::open_as(Reader { browser: Browser::Firefox, ..Reader::default() });
    page.wait_for(".find.open");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("firefox");
    std::fs::create_dir_all(&folder).expect("the folder is made");
    let file = folder.join("Dockerfile");
    let text = "FROM a:1\nCMD python app.py\n";
    std::fs::write(&file, text).expect("the file is written");
    page.type_into("#files", &file.to_string_lossy());
    page.wait_until("it is open", |page| page.value(EDITOR) == text);
    page.click("[data-rule='dockerfile/json-args'] .fix");
    let mended = text.replace("python app.py", "[\"python\", \"app.py\"]");
    page.wait_until("it is mended", |page| page.value(EDITOR) == mended);
    page.click(EDITOR);
    page.type_into(EDITOR, &format!("{CONTROL}z{RELEASE}"));
    page.wait_until("it is taken back", |page| page.value(EDITOR) == text);
    page.type_into(EDITOR, "RUNN x");
    page.wait_for("[data-rule='dockerfile/syntax']");
    let is_painted = "return document.querySelectorAll('.layer .k').length > 0";
    page.wait_until("it is painted", |page| page.execute(is_painted, &[]) == true);
}
