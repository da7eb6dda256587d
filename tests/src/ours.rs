//! What our page contains: how a reader finds the way through it.

use crate::browser::Page;

/// The text area of the open document.
pub const EDITOR: &str = ".editor textarea";

/// Control, held while the keys behind it are pressed, up to [`RELEASE`].
pub const CONTROL: &str = "\u{e009}";

/// Shift, held likewise.
pub const SHIFT: &str = "\u{e008}";

/// Alt, held likewise.
pub const ALT: &str = "\u{e00a}";

/// Lets held keys go.
pub const RELEASE: &str = "\u{e000}";

/// The key F8.
pub const F8: &str = "\u{e038}";

/// The key Enter.
pub const ENTER: &str = "\u{e007}";

/// The key Tab.
pub const TAB: &str = "\u{e004}";

/// The key Escape.
pub const ESCAPE: &str = "\u{e00c}";

/// Opens a part of the page: `check`, `image`, `credentials`, `rules`.
#[track_caller]
pub fn go(page: &Page, part: &str) {
    page.click(&format!("nav.pages a[href='#{part}']"));
    page.wait_for(&format!("nav.pages a[href='#{part}'][aria-current]"));
}

/// Has the project checked for a platform.
#[track_caller]
pub fn choose(page: &Page, platform: &str) {
    page.click(&format!("[data-platform={platform}] button"));
    page.click(".demands .choose");
    page.click(".demands .dh .btn");
    page.wait_until("the list is closed", |page| page.count(".demands") == 0);
}

/// Opens an example.
#[track_caller]
pub fn example(page: &Page, name: &str) {
    if page.count(".more [data-example]") == 0 {
        page.click("#more");
    }
    page.click(&format!("[data-example={name}]"));
    page.wait_until(&format!("{name} is checked"), |page| page.count(".list[aria-busy=true]") == 0);
}

/// Adds a document called `name` and pastes `text` into it.
#[track_caller]
pub fn add(page: &Page, name: &str, text: &str) {
    let before = page
        .execute("return document.querySelector('.file[aria-current]')?.dataset.path ?? ''", &[]);
    let count = page.count(".file[data-path]");
    page.click("#new");
    page.wait_until("there is another document", |page| {
        page.count(".hint") == 0
            && (page.count(".file[data-path]") != count
                || page.execute(
                    "return document.querySelector('.file[aria-current]').dataset.path",
                    &[],
                ) != before
                || page.value(EDITOR).is_empty())
    });
    page.paste_into(EDITOR, text);
    rename(page, name);
}

/// Gives the open document another name.
#[track_caller]
pub fn rename(page: &Page, name: &str) {
    if open_path(page) == name {
        return;
    }
    page.click("#rename");
    page.wait_for("#name");
    page.execute("document.querySelector('#name').select()", &[]);
    page.type_into("#name", &format!("{name}{ENTER}"));
    page.wait_until("it is called so", |page| open_path(page) == name);
}

/// The path of the open document.
#[track_caller]
pub fn open_path(page: &Page) -> String {
    let script = "return document.querySelector('.file[aria-current]')?.dataset.path ?? ''";
    page.execute(script, &[]).as_str().unwrap_or_default().to_owned()
}

/// The paths of all documents.
#[track_caller]
pub fn paths(page: &Page) -> String {
    let script = "return [...document.querySelectorAll('.file[data-path]')].map(one => one.dataset.path).join(' ')";
    page.execute(script, &[]).as_str().unwrap_or_default().to_owned()
}

/// Pastes `text` where nothing has the focus.
#[track_caller]
pub fn paste(page: &Page, text: &str) {
    page.execute(
        "document.activeElement?.blur(); const data = new DataTransfer(); \
         data.setData('text/plain', arguments[0]); \
         document.body.dispatchEvent(new ClipboardEvent('paste', \
             { clipboardData: data, bubbles: true, cancelable: true }));",
        &[text],
    );
}

/// The verdict of a platform.
#[track_caller]
pub fn verdict(page: &Page, platform: &str) -> String {
    page.text(&format!("[data-platform={platform}] .verdict"))
}

/// Waits until a platform's verdict begins so.
#[track_caller]
pub fn wait_for_verdict(page: &Page, platform: &str, word: &str) {
    page.wait_until(&format!("{platform} {word}"), |page| {
        verdict(page, platform).starts_with(word)
    });
}

/// Opens the first finding of a rule in the list.
#[track_caller]
pub fn unfold(page: &Page, rule: &str) {
    page.wait_for(&format!("[data-rule='{rule}']"));
    if page.count(&format!("[data-rule='{rule}'].open")) == 0 {
        page.click(&format!("[data-rule='{rule}'] .title"));
    }
    page.wait_for(&format!("[data-rule='{rule}'].open"));
}
