//! Pictures of the page for whoever changes it: `cargo xtask screenshot`.

use plimsoll_tests::browser::{self, Reader};

#[test]
#[ignore = "draws pictures, asserts nothing: cargo xtask screenshot"]
fn draw() {
    let folder = std::env::var_os("PLIMSOLL_SCREENSHOTS")
        .map_or_else(|| browser::workspace().join("target/screenshots"), Into::into);
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
        let Some(page) = browser::open_as(reader) else { return };
        println!("{}", page.screenshot(&folder, name).display());
    }
}
