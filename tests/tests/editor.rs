//! The editor, in a real browser: its history, its keys, input methods, and texts that mean harm.

use plimsoll_tests::browser::{self, Page, Reader};
use plimsoll_tests::ours::{self, ALT, CONTROL, EDITOR, ENTER, ESCAPE, F8, RELEASE, SHIFT, TAB};

/// Opens the page with one document of this text, the editor focused.
fn open(name: &str, text: &str) -> Page {
    let page = browser::open();
    ours::add(&page, name, text);
    page.click(EDITOR);
    page
}

fn undo(page: &Page) {
    page.type_into(EDITOR, &format!("{CONTROL}z{RELEASE}"));
}

fn redo(page: &Page) {
    page.type_into(EDITOR, &format!("{CONTROL}{SHIFT}z{RELEASE}"));
}

#[track_caller]
fn wait_for_value(page: &Page, text: &str) {
    page.wait_until(&format!("the text is {text:?}"), |page| page.value(EDITOR) == text);
}

fn caret(page: &Page, at: usize) {
    page.execute(
        "const area = document.querySelector('.editor textarea'); area.focus();
         area.setSelectionRange(Number(arguments[0]), Number(arguments[0]));",
        &[&at.to_string()],
    );
}

#[test]
#[ignore = "needs a browser"]
fn a_fix_and_what_was_typed_are_taken_back_in_order() {
    let page = open("Dockerfile", "FROM a:1\nCMD python app.py\n");
    page.wait_for(".find .fix");
    page.type_into(EDITOR, "# end");
    wait_for_value(&page, "FROM a:1\nCMD python app.py\n# end");
    page.wait_until("it is checked", |page| page.count(".list[aria-busy=false] .find .fix") > 0);
    page.click(".find .fix");
    page.wait_until("it is fixed", |page| page.value(EDITOR).contains("CMD [\"python\""));
    undo(&page);
    wait_for_value(&page, "FROM a:1\nCMD python app.py\n# end");
    undo(&page);
    wait_for_value(&page, "FROM a:1\nCMD python app.py\n# ");
    undo(&page);
    wait_for_value(&page, "FROM a:1\nCMD python app.py\n");
    redo(&page);
    redo(&page);
    redo(&page);
    page.wait_until("it is fixed again", |page| page.value(EDITOR).contains("CMD [\"python\""));
    // The browser's own menu asks for the same.
    page.execute(
        "document.querySelector('.editor textarea').dispatchEvent(new InputEvent('beforeinput',
             { inputType: 'historyUndo', bubbles: true, cancelable: true }))",
        &[],
    );
    wait_for_value(&page, "FROM a:1\nCMD python app.py\n# end");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn each_document_keeps_its_history_while_others_are_open() {
    let page = open("Dockerfile", "FROM a:1\n");
    page.type_into(EDITOR, "x");
    ours::add(&page, "run.sh", "#!/bin/sh\n");
    page.type_into(EDITOR, "y");
    wait_for_value(&page, "#!/bin/sh\ny");
    page.click(".file[data-path=Dockerfile]");
    wait_for_value(&page, "FROM a:1\nx");
    ours::go(&page, "rules");
    ours::go(&page, "check");
    wait_for_value(&page, "FROM a:1\nx");
    page.click(".file[data-path='run.sh']");
    wait_for_value(&page, "#!/bin/sh\ny");
    undo(&page);
    wait_for_value(&page, "#!/bin/sh\n");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn keys_lead_through_findings_and_mend_them() {
    let page = open("Dockerfile", "FROM a:1\nMAINTAINER b\nCMD python app.py\n");
    page.wait_for(".find .fix");
    page.wait_until("it is checked", |page| page.count(".list[aria-busy=false] .find") > 1);
    caret(&page, 0);
    page.type_into(EDITOR, F8);
    page.wait_for(".find.open");
    let open = |page: &Page| page.text(".find.open .where");
    let first = open(&page);
    page.type_into(EDITOR, F8);
    page.wait_until("the next one is open", |page| open(page) != first);
    page.type_into(EDITOR, &format!("{SHIFT}{F8}{RELEASE}"));
    page.wait_until("the first one is open", |page| open(page) == first);
    // From the page to the first finding and its fix by the keyboard alone.
    let line = page.value(EDITOR).find("CMD").expect("the command");
    caret(&page, line + 6);
    page.type_into(EDITOR, &format!("{ALT}{ENTER}{RELEASE}"));
    page.wait_until("it is mended", |page| {
        page.value(EDITOR).contains("CMD [\"python\", \"app.py\"]")
    });
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn tab_indents_and_after_escape_it_leaves() {
    let page = open("config.json", "");
    page.type_into(EDITOR, &format!("{{{ENTER}"));
    wait_for_value(&page, "{\n    \n}");
    page.type_into(EDITOR, "\"a\": [1]");
    wait_for_value(&page, "{\n    \"a\": [1]\n}");
    page.type_into(EDITOR, TAB);
    wait_for_value(&page, "{\n    \"a\": [1]    \n}");
    let is_editor = "return document.activeElement.matches('.editor textarea')";
    assert_eq!(page.execute(is_editor, &[]), true);
    page.type_into(EDITOR, &format!("{ESCAPE}{TAB}"));
    assert_eq!(page.execute(is_editor, &[]), false);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn an_input_method_is_let_alone_and_is_one_step() {
    let page = open("Dockerfile", "FROM a:1\n# \n");
    caret(&page, 11);
    page.compose(&["n", "ni", "nih", "你h", "你好"], "你好");
    wait_for_value(&page, "FROM a:1\n# 你好\n");
    page.wait_for_text(".letters", "你好");
    undo(&page);
    wait_for_value(&page, "FROM a:1\n# \n");
    redo(&page);
    wait_for_value(&page, "FROM a:1\n# 你好\n");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn the_painted_letters_lie_under_the_typed_ones() {
    let page = open("Dockerfile", &"RUN echo one two three four five 端口 six\n".repeat(300));
    // Wherever one scrolls to, the line under the caret is the painted one.
    for (line, zoom) in [(3, "1"), (150, "1"), (298, "2"), (10, "0.8")] {
        page.execute("document.documentElement.style.zoom = arguments[0]", &[zoom]);
        page.execute("window.dispatchEvent(new Event('resize'))", &[]);
        page.execute(
            "const area = document.querySelector('.editor textarea');
             const row = parseFloat(getComputedStyle(area).lineHeight);
             area.scrollTop = Number(arguments[0]) * row - 40;",
            &[&line.to_string()],
        );
        page.wait_until("the line is painted where it belongs", |page| {
            let off = page.execute(
                "const area = document.querySelector('.editor textarea');
                 const row = parseFloat(getComputedStyle(area).lineHeight);
                 const zoom = Number(arguments[1]);
                 const numbers = [...document.querySelectorAll('.no')];
                 const wanted = numbers.find(one => one.textContent === String(Number(arguments[0]) + 1));
                 if (!wanted) return 1e6;
                 const top = wanted.getBoundingClientRect().top - area.getBoundingClientRect().top;
                 const scale = area.getBoundingClientRect().height / area.offsetHeight;
                 return Math.abs(top / scale - (Number(arguments[0]) * row - area.scrollTop + 8));",
                &[&line.to_string(), zoom],
            );
            off.as_f64().is_some_and(|off| off < 1.5)
        });
    }
    assert!(page.count(".ln") <= 140, "only what can be seen is painted: {}", page.count(".ln"));
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn texts_that_mean_harm_are_shown_as_text() {
    let page = open(
        "Dockerfile",
        "FROM a:1\nFOO\u{202e}bar <img src=x onerror=alert(1)>\nRUN echo \u{1}\u{200b}x\n<b>x</b>\n",
    );
    page.wait_for(".odd[data-code='U+202E']");
    page.wait_for(".odd[data-code='U+0001']");
    page.wait_for(".odd[data-code='U+200B']");
    page.wait_for(".editor.turns");
    page.wait_for(".find");
    assert_eq!(page.count(".editor img") + page.count(".list img") + page.count(".list b"), 0);
    page.wait_for_text(".list", "\\u{202e}");
    let raw =
        page.execute("return document.querySelector('.list').textContent.includes('\\u202e')", &[]);
    assert_eq!(raw, false);
    // Names are text, too.
    ours::rename(&page, "<i>\u{202e}x");
    assert_eq!(page.count(".hold i, .log i"), 0);
    let raw =
        page.execute("return document.querySelector('.hold').textContent.includes('\\u202e')", &[]);
    assert_eq!(raw, false);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn a_large_text_is_shown_in_parts_and_edited_only_if_one_insists() {
    let page = browser::open();
    let text = "FROM a:1\n".to_owned() + &"RUN echo x\n".repeat(120_000);
    page.execute(
        "const transfer = new DataTransfer();
         transfer.items.add(new File([arguments[0]], 'Dockerfile'));
         document.body.dispatchEvent(new DragEvent('drop',
             { dataTransfer: transfer, bubbles: true, cancelable: true }));",
        &[&text],
    );
    page.wait_for(".viewer");
    page.wait_for_text(".viewer", "RUN echo x");
    assert!(page.count(".viewer .ln") < 200);
    page.execute("document.querySelector('.viewer').scrollTop = 1e9", &[]);
    page.wait_for_text(".viewer .numbers", "120002");
    page.click("#edit-anyway");
    page.wait_for(EDITOR);
    // A giant line is painted only so far.
    let long = "FROM a:1\nRUN echo ".to_owned() + &"x".repeat(3_000_000) + "\n";
    page.execute(
        "const transfer = new DataTransfer();
         transfer.items.add(new File([arguments[0]], 'long.Dockerfile'));
         document.body.dispatchEvent(new DragEvent('drop',
             { dataTransfer: transfer, bubbles: true, cancelable: true }));",
        &[&long],
    );
    page.wait_until("it is open", |page| ours::open_path(page) == "long.Dockerfile");
    page.wait_for(".viewer");
    let painted = page.execute("return document.querySelector('.viewer').textContent.length", &[]);
    assert!(painted.as_u64().is_some_and(|length| length < 100_000), "{painted}");
}

#[test]
#[ignore = "needs a browser"]
fn what_may_stand_at_the_caret_is_offered_and_enter_stays_the_texts_own() {
    let page = open("Dockerfile", "FROM a:1\n");
    let offered =
        "return [...document.querySelectorAll('.offers b')].map(one => one.textContent).join()";
    let is_offered =
        |page: &Page| page.execute(offered, &[]).as_str().is_some_and(|all| all.contains("EXPOSE"));
    page.type_into(EDITOR, "EXP");
    page.wait_until("it is offered", is_offered);
    page.type_into(EDITOR, ENTER);
    wait_for_value(&page, "FROM a:1\nEXP\n");
    page.wait_until("it is gone", |page| page.count(".offers") == 0);
    page.type_into(EDITOR, "EXP");
    page.wait_until("it is offered", is_offered);
    page.type_into(EDITOR, TAB);
    page.wait_until("it is taken", |page| page.value(EDITOR).contains("\nEXPOSE"));
    undo(&page);
    wait_for_value(&page, "FROM a:1\nEXP\nEXP");
    // Asked for, the first is chosen.
    page.type_into(EDITOR, &format!("{CONTROL} {RELEASE}"));
    page.wait_until("it is offered", is_offered);
    page.type_into(EDITOR, ENTER);
    page.wait_until("it is taken", |page| page.value(EDITOR).contains("\nEXPOSE"));
    // Elsewhere nothing is offered.
    undo(&page);
    page.type_into(EDITOR, "O");
    page.wait_until("it is offered", is_offered);
    caret(&page, 0);
    page.wait_until("it is gone", |page| page.count(".offers") == 0);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn a_word_is_explained_where_the_mouse_rests() {
    let page = open("Dockerfile", "FROM a:1\nSTOPSIGNAL SIGTERM\n");
    page.execute(
        "const area = document.querySelector('.editor textarea');
         const row = parseFloat(getComputedStyle(area).lineHeight);
         const box = area.getBoundingClientRect();
         const left = parseFloat(getComputedStyle(area).paddingLeft);
         area.dispatchEvent(new MouseEvent('mousemove', { bubbles: true,
             clientX: box.left + left + 20, clientY: box.top + 8 + row * 1.5 }));",
        &[],
    );
    page.wait_for_text(".meaning", "signal");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn the_bracket_at_the_caret_shows_the_one_that_belongs_to_it() {
    let page = open("service.json", "{\"a\": [1, {}]}");
    let pairs = "return [...document.querySelectorAll('.layer .pair')].map(one => one.textContent).join('')";
    caret(&page, 6);
    page.wait_until("both are marked", |page| page.execute(pairs, &[]) == "[]");
    caret(&page, 8);
    page.wait_until("none is", |page| page.execute(pairs, &[]) == "");
    caret(&page, 0);
    page.wait_until("both are marked", |page| page.execute(pairs, &[]) == "{}");
}

#[test]
#[ignore = "needs a browser"]
fn line_ends_stay_and_downloads_have_them() {
    let page = browser::open();
    page.execute(
        "const transfer = new DataTransfer();
         transfer.items.add(new File(['FROM a:1\\r\\nEXPOSE 99999\\r\\n'], 'Dockerfile'));
         document.body.dispatchEvent(new DragEvent('drop',
             { dataTransfer: transfer, bubbles: true, cancelable: true }));
         window.given = [];
         const plain = URL.createObjectURL;
         URL.createObjectURL = blob => { blob.text().then(text => given.push(text)); return plain(blob); };",
        &[],
    );
    page.wait_until("it is open", |page| page.value(EDITOR) == "FROM a:1\nEXPOSE 99999\n");
    page.wait_for_text(".foot", "CRLF");
    page.type_into(EDITOR, &format!("USER x{ENTER}"));
    page.click("#download");
    page.wait_until("it is given", |page| {
        page.execute("return given.join()", &[]) == "FROM a:1\r\nEXPOSE 99999\r\nUSER x\r\n"
    });
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn in_forced_colours_the_letters_are_the_text_areas_own() {
    let page = browser::open_as(Reader::default());
    let colour = "return getComputedStyle(document.querySelector('.editor textarea')).color";
    assert_eq!(page.execute(colour, &[]), "rgba(0, 0, 0, 0)");
    page.emulate("forced-colors", "active");
    page.wait_until("they are seen", |page| page.execute(colour, &[]) != "rgba(0, 0, 0, 0)");
    let hidden = "return getComputedStyle(document.querySelector('.layer .letters')).visibility";
    assert_eq!(page.execute(hidden, &[]), "hidden");
}
