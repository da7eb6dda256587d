//! Pictures of the page in its states, for whoever changes it: `cargo xtask screenshot`.

use plimsoll_test_support::{archive, workspace};
use plimsoll_tests::browser::{self, Page, Reader};
use plimsoll_tests::ours;

#[test]
#[ignore = "draws pictures, asserts nothing: cargo xtask screenshot"]
fn draw() {
    let folder = std::env::var_os("PLIMSOLL_SCREENSHOTS")
        .map_or_else(|| workspace().join("target/screenshots"), Into::into);
    let image = folder.join("wasteful.tar");
    std::fs::create_dir_all(&folder).expect("the folder is made");
    std::fs::write(&image, archive::wasteful()).expect("the image is written");
    let wide = Reader::default();
    let narrow = Reader { width: 360, height: 740, ..wide };
    let chinese = Reader { language: "zh-CN", ..wide };
    for (name, reader) in [
        ("light", wide),
        ("dark", Reader { dark: true, ..wide }),
        ("narrow", narrow),
        ("narrow-dark", Reader { dark: true, ..narrow }),
        ("huge", Reader { width: 3840, height: 2160, ..wide }),
        ("chinese", chinese),
        ("chinese-narrow", Reader { language: "zh-CN", ..narrow }),
    ] {
        let page = browser::open_as(reader);
        let shoot = |state: &str| {
            println!("{}", page.screenshot(&folder, &format!("{name}-{state}")).display());
        };
        // On a telephone the parts are behind a button.
        let go = |part: &str| {
            page.execute("location.hash = arguments[0]", &[part]);
        };
        check(&page, &shoot);
        go("credentials");
        page.type_into("#username", "robot");
        page.type_into("#password", "not-a-real-one ");
        page.click("#encode button[type=submit]");
        page.wait_for("#encode .result");
        shoot("credentials");
        go("rules");
        page.wait_for("main input[type=search]");
        page.wait_for(".rule");
        shoot("rules");
        go("rules/eas/port-reserved");
        page.wait_for(".art");
        shoot("rule");
        go("image");
        page.type_into("#archive", &image.to_string_lossy());
        page.wait_for(".waste");
        page.wait_for("details.of-image .find");
        shoot("image");
        go("check");
        page.execute("document.querySelector('.file.of-image').click()", &[]);
        shoot("image-checked");
    }
}

/// Check in its states, from the first one on.
fn check(page: &Page, shoot: &dyn Fn(&str)) {
    page.wait_for(".find.open");
    shoot("example");
    page.execute("document.querySelector('.find .fix').click()", &[]);
    page.wait_for(".fine");
    shoot("fits");
    page.execute("document.querySelector('[data-platform=eas] button').click()", &[]);
    page.wait_for(".demands");
    shoot("platform");
    page.execute("document.querySelector('.demands .dh .btn').click()", &[]);
    drag(page, "dragenter");
    page.wait_for(".shore");
    shoot("drop");
    drag(page, "dragleave");
    page.execute(
        "const transfer = new DataTransfer();
         for (const [name, text] of [
             ['Dockerfile', 'FROM python:3.12\\nRUN apt install -y git\\nEXPOSE 8080\\nCMD python app.py\\n'],
             ['service.json', '{\"metadata\": {\"name\": \"flask demo\", \"instance\": 1}, \"containers\": [{\"image\": \"a\", \"port\": 8080}]}'],
             ['web/Dockerfile', 'FROM \\u202eevil\\nRUNN \\u0007x <b>no</b>\\n'],
             ['notes.txt', 'nothing that is known'],
         ]) transfer.items.add(new File([text], name));
         document.body.dispatchEvent(new DragEvent('drop',
             { dataTransfer: transfer, bubbles: true, cancelable: true }));",
        &[],
    );
    page.wait_for(".refused");
    page.wait_for(".find.error");
    shoot("broken");
    page.execute("document.querySelector('#fix-all').click()", &[]);
    page.wait_for(".veil .dialog");
    shoot("fix");
    page.type_into(".veil .dialog", ours::ESCAPE);
    page.wait_until("it is closed", |page| page.count(".veil") == 0);
    page.execute(
        "const transfer = new DataTransfer();
         transfer.items.add(new File(['FROM a:1\\n' + 'RUN sudo x\\n'.repeat(20000)], 'Dockerfile'));
         document.body.dispatchEvent(new DragEvent('drop',
             { dataTransfer: transfer, bubbles: true, cancelable: true }));",
        &[],
    );
    page.wait_for(".omitted");
    shoot("many");
}

/// Files are dragged over the page, or away.
fn drag(page: &Page, event: &str) {
    page.execute(
        "const transfer = new DataTransfer();
         transfer.items.add(new File(['FROM a'], 'Dockerfile'));
         document.body.dispatchEvent(new DragEvent(arguments[0],
             { dataTransfer: transfer, bubbles: true, cancelable: true, relatedTarget: null }));",
        &[event],
    );
}
