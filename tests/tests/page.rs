//! The page as a user works with it, in a real browser.

use plimsoll::fact::Platform;
use plimsoll::{Project, Settings, check};
use plimsoll_test_support::workspace;
use plimsoll_tests::browser::{self, Page};
use plimsoll_tests::ours;

#[test]
#[ignore = "needs a browser"]
fn a_pasted_dockerfile_is_checked_and_mended() {
    let page = browser::open();
    ours::choose(&page, "eas");
    ours::add(
        &page,
        "Dockerfile",
        "FROM python:3.12\nCMD [\"gunicorn\", \"-b\", \"127.0.0.1:8000\", \"app:app\"]\n",
    );
    page.wait_for("[data-rule='eas/bind-loopback']");
    assert_eq!(page.text("[data-rule='eas/bind-loopback'] .place"), "2:25");
    page.wait_for(".letters .sq");
    assert_eq!(page.text(".letters .sq"), "127.0.0.1");
    ours::wait_for_verdict(&page, "eas", "fails");

    // The place is selected in the text.
    page.click("[data-rule='eas/bind-loopback'] .place");
    let selection = "const area = document.querySelector('.editor textarea'); \
         return area.value.slice(area.selectionStart, area.selectionEnd)";
    assert_eq!(page.execute(selection, &[]), "127.0.0.1");

    page.click("[data-rule='eas/bind-loopback'] .fix");
    page.wait_until("the fix is in the text", |page| {
        page.value(".editor textarea").contains("\"0.0.0.0:8000\"")
    });
    page.wait_until("the finding is gone", |page| {
        page.count("[data-rule='eas/bind-loopback']") == 0
    });
    page.wait_until("the verdict is new", |page| ours::verdict(page, "eas") == "fits");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn the_page_and_the_program_find_the_same() {
    let page = browser::open();
    ours::example(&page, "eas-broken");
    ours::choose(&page, "eas");
    let folder = workspace().join("examples/eas-broken");
    let files = ["Dockerfile", "service.json"]
        .map(|name| (name, std::fs::read_to_string(folder.join(name)).expect("an example's file")));
    let (project, _) = Project::from_files(files);
    let report = check(&project, &Settings::for_platform(Platform::Eas));
    let expected: Vec<String> = report
        .findings
        .iter()
        .map(|one| {
            let start = one.span.start;
            // On the page what stands between backticks is code.
            let message = one.message.replace('`', "");
            format!("{} {} {}:{} {message}", one.rule, one.severity, start.line, start.column)
        })
        .collect();
    assert!(expected.len() > 5);
    let shown = "return [...document.querySelectorAll('.find')].map(one => \
         [one.dataset.rule, one.classList[1], one.querySelector('.place').textContent, \
          one.querySelector('.message').textContent].join(' ')).join('\\n')";
    page.wait_until("all findings are shown", |page| {
        page.execute(shown, &[]) == expected.join("\n").as_str()
    });
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn a_login_is_encoded_and_gone_when_one_leaves() {
    let page = browser::open();
    ours::go(&page, "credentials");
    page.type_into("#username", "abcd");
    page.type_into("#password", "abcde12345");
    page.click("#encode button[type=submit]");
    page.wait_for_text("#encode .result", "YWJjZDphYmNkZTEyMzQ1");
    let shows_password = "return document.documentElement.outerHTML.includes('abcde12345')";
    assert_eq!(page.execute(shows_password, &[]), false);

    page.paste_into("#decode textarea", "YWJjZDphYmNkZTEyMzQ1Cg==");
    page.click("#decode button[type=submit]");
    page.wait_for("#decode .login");
    assert!(page.text("#decode .login").contains("••••"));
    assert_eq!(page.execute(shows_password, &[]), false);

    // An answer to what is no longer asked would be taken for the answer to what is.
    page.click("#decode input[type=checkbox]");
    page.wait_until("the old answer is gone", |page| page.count("#decode .login") == 0);
    page.click("#decode button[type=submit]");
    page.wait_for("#decode .login");
    assert!(page.text("#decode .login").contains("abcde12345"));
    page.click("#decode input[type=checkbox]");
    page.wait_until("the password is hidden", |page| page.count("#decode .login") == 0);

    ours::go(&page, "check");
    ours::go(&page, "credentials");
    assert_eq!(page.value("#password"), "");
    assert_eq!(page.count("#encode .result"), 0);
    assert_eq!(page.count("#decode .login"), 0);
    let kept = "return JSON.stringify([location.href, {...localStorage}, {...sessionStorage}, document.cookie])";
    let kept = page.execute(kept, &[]).to_string();
    assert!(!kept.contains("abcd") && !kept.contains("YWJj"), "{kept}");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn a_login_is_gone_when_the_page_is_left() {
    let page = browser::open();
    ours::go(&page, "credentials");
    page.type_into("#password", "abcde12345");
    page.execute(
        "window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))",
        &[],
    );
    page.wait_until("the fields are gone", |page| page.count("#password") == 0);
    ours::go(&page, "credentials");
    page.wait_until("they are empty", |page| page.count("#password") == 1);
    assert_eq!(page.value("#password"), "");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn one_entry_that_cannot_be_read_does_not_hide_the_others() {
    let page = browser::open();
    ours::go(&page, "credentials");
    let text = r#"{"auths": {"a.example": {"auth": "%%"}, "b.example": {"auth": "YWJjZDphYmNkZTEyMzQ1"}}}"#;
    page.paste_into("#decode textarea", text);
    page.click("#decode button[type=submit]");
    page.wait_until("both entries are shown", |page| page.count("#decode .login") == 2);
    assert_eq!(page.count("#decode .refused"), 1);
    assert!(page.text("#decode .login:last-of-type").contains("abcd"));
    page.assert_quiet();
}

/// Drops files, given as a JavaScript array of pairs of name and bytes, on the window.
fn drop_files(page: &Page, files: &str) {
    page.execute(
        &format!(
            "const transfer = new DataTransfer();
             for (const [name, bytes] of {files}) {{
                 transfer.items.add(new File([new Uint8Array(bytes)], name));
             }}
             const event = new DragEvent('drop', {{dataTransfer: transfer, bubbles: true, cancelable: true}});
             if (document.body.dispatchEvent(event)) throw new Error('the browser would open the file');"
        ),
        &[],
    );
}

#[test]
#[ignore = "needs a browser"]
fn dropped_files_are_opened_or_refused_with_the_reason() {
    let page = browser::open();
    // Wherever they are dropped.
    ours::go(&page, "rules");
    drop_files(
        &page,
        "[['Dockerfile', new TextEncoder().encode('FROM a:1\\r\\nEXPOSE 8080\\r\\n')],
          ['run.sh', [0xff, 0xfe]], ['config.json', [0x7b, 0]]]",
    );
    page.wait_until("the others are refused", |page| page.count(".list .refused[role=alert]") == 2);
    assert_eq!(ours::paths(&page), "Dockerfile");
    let refusals = page.execute(
        "return [...document.querySelectorAll('.refused')].map(one => one.textContent).join(' | ')",
        &[],
    );
    let refusals = refusals.as_str().unwrap_or_default();
    assert!(refusals.contains("run.sh: this is not UTF-8"), "{refusals}");
    assert!(refusals.contains("config.json: this is a binary file"), "{refusals}");

    // Windows line ends do not shift the marks, and typing in the middle stays in the middle.
    ours::choose(&page, "eas");
    page.wait_for("[data-rule='eas/dockerfile-port-reserved']");
    page.wait_for(".letters .sq");
    assert_eq!(page.text(".letters .sq"), "8080");
    page.execute(
        "const area = document.querySelector('.editor textarea');
         area.focus(); area.setSelectionRange(8, 8); document.execCommand('insertText', false, '23');",
        &[],
    );
    page.wait_until("the text is typed", |page| {
        page.value(".editor textarea").starts_with("FROM a:123\nEXPOSE")
    });
    page.wait_until("the mark is back", |page| page.count(".letters .sq") == 1);
    assert_eq!(
        page.execute("return document.querySelector('.editor textarea').selectionStart", &[]),
        10
    );
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn findings_speak_the_language_that_is_chosen() {
    let page = browser::open();
    ours::choose(&page, "eas");
    ours::add(&page, "Dockerfile", "FROM a:1\nEXPOSE 8080\n");
    page.wait_for_text("[data-rule='eas/dockerfile-port-reserved'] .message", "reserves");
    page.click("#language");
    page.wait_for_text("[data-rule='eas/dockerfile-port-reserved'] .message", "保留");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn the_rules_can_be_searched() {
    let page = browser::open();
    ours::go(&page, "rules");
    let all = plimsoll::register().count() as u64;
    page.wait_until("all rules are shown", |page| page.count(".rule") == all);
    // Facets narrow, and tell how much they leave.
    page.click(".facets fieldset:first-child .facet:first-of-type input");
    page.wait_until("fewer are shown", |page| page.count(".rule") < all);
    let told = page.text(".facets fieldset:first-child .facet:first-of-type .end");
    assert_eq!(told, page.count(".rule").to_string());
    page.click(".facets fieldset:first-child .facet:first-of-type input");
    page.wait_until("all are back", |page| page.count(".rule") == all);
    // The id of another linter leads to ours, which has a page and an address.
    page.type_into("#search-rules", "DL3006");
    page.wait_until("one rule is left", |page| page.count(".rule") == 1);
    page.click(".rule");
    page.wait_for_text(".art .meta code", "dockerfile/tag-missing");
    assert_eq!(page.execute("return location.hash", &[]), "#rules/dockerfile/tag-missing");
    assert!(page.text(".art .ex.bad pre").contains("FROM"));
    assert_eq!(page.count(".art .ex.good"), 1);
    assert!(page.count(".art .source") >= 1);
    // Who leaves and comes back finds the search as it was.
    ours::go(&page, "check");
    ours::go(&page, "rules");
    assert_eq!(page.value("#search-rules"), "DL3006");
    assert_eq!(page.count(".rule"), 1);
    page.assert_quiet();
}
