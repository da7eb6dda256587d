//! Pictures of the page for whoever changes it: `cargo xtask screenshot`.

use plimsoll_test_support::{archive, workspace};
use plimsoll_tests::browser::{self, Reader};
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
        ("chinese", chinese),
        ("chinese-narrow", Reader { language: "zh-CN", ..narrow }),
    ] {
        let page = browser::open_as(reader);
        ours::example(&page, "eas-broken");
        page.wait_for(".find");
        println!("{}", page.screenshot(&folder, name).display());
        ours::go(&page, "credentials");
        page.type_into("#username", "robot");
        page.type_into("#password", "not-a-real-one ");
        page.click("#encode button[type=submit]");
        page.wait_for("#encode .result");
        println!("{}", page.screenshot(&folder, &format!("{name}-credentials")).display());
        ours::go(&page, "image");
        page.type_into("#archive", &image.to_string_lossy());
        page.wait_for(".waste");
        page.wait_for("details.of-image .find");
        println!("{}", page.screenshot(&folder, &format!("{name}-image")).display());
        ours::go(&page, "check");
        page.click(".file.of-image");
        println!("{}", page.screenshot(&folder, &format!("{name}-image-checked")).display());
    }
}
