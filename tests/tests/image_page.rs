//! Image archives on the page, in a real browser.

use std::path::{Path, PathBuf};

use plimsoll_test_support::archive;
use plimsoll_tests::browser::{self, Page};
use plimsoll_tests::ours;

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Opens the page of images and gives it `bytes` as the file `name`.
fn open(page: &Page, name: &str, bytes: &[u8]) {
    let path = scratch(name);
    std::fs::write(&path, bytes).expect("the archive is written");
    ours::go(page, "image");
    page.type_into("#archive", &path.to_string_lossy());
}

#[test]
#[ignore = "needs a browser"]
fn an_archive_is_read_and_joins_the_project() {
    let page = browser::open();
    open(&page, "app.tar", &archive::example());
    page.wait_for_text(".config", "/home/run.sh");
    page.wait_for_text(".tree", "home/");
    page.click(".tree li button");
    page.wait_for_text(".tree", "run.sh");
    ours::go(&page, "check");
    page.wait_for_text(".tree .of-image", "app.tar");
    ours::choose(&page, "eas");
    page.wait_for_text(".list", "8080");
    page.wait_for_text(".viewer", "\"container\": \"docker-archive\"");
    // Two readers' lists are one: the page of the image has the findings as well.
    page.click("#show-image");
    page.wait_for_text("details.of-image", "8080");
    page.click("details.of-image .find .place");
    page.wait_for(".viewer .sq");
    page.click(".of-image + .remove");
    page.wait_until("the image is gone", |page| page.count(".of-image") == 0);
    page.wait_until("its findings too", |page| page.count(".find") == 0);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn an_image_is_compared_with_the_dockerfile_beside_it() {
    let page = browser::open();
    ours::add(&page, "Dockerfile", "FROM a:1\nEXPOSE 8000\nCMD [\"python\", \"b.py\"]\n");
    open(&page, "compared.tar", &archive::example());
    page.wait_for_text(".config", "/home/run.sh");
    ours::go(&page, "check");
    page.wait_for("[data-rule='project/image-differs']");
    assert_eq!(page.count(".hold .tree li"), 2);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn layers_show_what_is_stored_in_vain() {
    let page = browser::open();
    open(&page, "wasteful.tar", &archive::wasteful());
    page.wait_for_text(".waste", "/models/model.tar");
    assert!(page.text(".waste").contains("removed by layer 3"));
    assert!(page.text(".waste").contains("replaced by layer 3"));
    assert_eq!(page.count(".layers li"), 3);
    let width = "return Number(document.querySelectorAll(arguments[0])[1].getAttribute('width'))";
    let of = |css: &str| page.execute(width, &[css]).as_f64().expect("a width");
    assert!(of(".bar .unseen") > 900.0, "all of the second layer is hidden");
    assert!(of(".stack .seen") > 400.0 && of(".stack .seen") < 600.0, "it is half of the image");
    page.assert_quiet();
}

/// Counts the workers that are started from now on, in a browser with `cores` processors. The one
/// of the number `broken`, from 1, breaks down when it is asked something.
fn count_workers(page: &Page, cores: usize, broken: usize) {
    page.execute(
        "Object.defineProperty(navigator, 'hardwareConcurrency', \
             { value: Number(arguments[0]), configurable: true }); \
         window.RealWorker ??= window.Worker; \
         window.started = 0; \
         const broken = Number(arguments[1]); \
         window.Worker = class extends RealWorker { \
             #number = (window.started += 1); \
             #hasModule = false; \
             postMessage(...message) { \
                 if (this.#hasModule && this.#number === broken) { \
                     setTimeout(() => this.dispatchEvent(new Event('error'))); \
                 } else { \
                     super.postMessage(...message); \
                 } \
                 this.#hasModule = true; \
             } \
         };",
        &[&cores.to_string(), &broken.to_string()],
    );
}

#[test]
#[ignore = "needs a browser"]
fn several_workers_find_what_one_finds() {
    let page = browser::open();
    let noise = |seed: usize| -> Vec<u8> {
        (0..7_000_000_usize).map(|at| ((at * seed) >> 7) as u8).collect()
    };
    let layer = |seed: usize| {
        let name = format!("models/{seed}.bin");
        let tar = archive::Tar::default().file("etc/passwd", 0o644, b"root:x:0:0::/:/bin/sh\n");
        tar.file(&name, 0o755, &noise(seed)).file("models/both", 0o4755, b"#!/bin/sh\n").finish()
    };
    let layers: Vec<Vec<u8>> = (3..8)
        .map(|seed| if seed < 6 { layer(seed) } else { archive::gzip(&layer(seed)) })
        .collect();
    let image = archive::docker_save(r#"{"Cmd":["/models/both"]}"#, &layers);
    let mut told = Vec::new();
    for (cores, workers, broken) in [(1, 2, 0), (4, 4, 0), (16, 5, 0), (4, 4, 3)] {
        count_workers(&page, cores, broken);
        open(&page, "divided.tar", &image);
        page.wait_until("the layers are read", |page| page.count(".tree li") > 0);
        // One for the manifests, the others for the layers.
        assert_eq!(page.execute("return started", &[]).as_u64(), Some(workers));
        ours::go(&page, "check");
        page.wait_for_text(".tree .of-image", "divided.tar");
        // What the manifests alone tell may stand there until the layers are judged.
        page.wait_for("[data-rule='image/user-is-root']");
        page.wait_until("the layers are judged", |page| {
            page.count("[data-rule='image/undetermined']") == 0
        });
        told.push((page.text(".viewer"), page.text(".list")));
        page.click(".of-image + .remove");
        page.wait_until("the image is gone", |page| page.count(".of-image") == 0);
    }
    assert!(told[0].0.contains("\"hidden_bytes\": 32"), "{}", told[0].0);
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn a_truncated_archive_is_judged_as_far_as_it_goes() {
    let page = browser::open();
    let whole = archive::wasteful();
    open(&page, "truncated.tar", &whole[..whole.len() / 2]);
    page.wait_for("[data-rule='image/archive-truncated']");
    page.assert_quiet();
}

/// Drops files on the page, each a name and its bytes in hexadecimal.
const DROP: &str = "const transfer = new DataTransfer(); \
    for (let at = 0; at < arguments.length; at += 2) { \
        const pairs = arguments[at + 1].match(/../g); \
        const bytes = Uint8Array.from(pairs, pair => parseInt(pair, 16)); \
        transfer.items.add(new File([bytes], arguments[at])); \
    } \
    document.body.dispatchEvent(new DragEvent('drop', \
        { dataTransfer: transfer, bubbles: true, cancelable: true }));";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
#[ignore = "needs a browser"]
fn documents_and_an_image_are_dropped_anywhere_together() {
    let page = browser::open();
    ours::go(&page, "rules");
    let image = archive::example();
    page.execute(DROP, &["Dockerfile", &hex(b"FROM a:1\nEXPOSE 8000\n"), "app.tar", &hex(&image)]);
    page.wait_for(".file[data-path=Dockerfile]");
    page.wait_for_text(".tree .of-image", "app.tar");
    page.wait_for("[data-rule='project/image-differs']");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn a_folder_is_looked_through_for_documents_and_layouts() {
    let page = browser::open();
    let folder = scratch("folder");
    let _ = std::fs::remove_dir_all(&folder);
    for (path, bytes) in archive::layout() {
        let path = folder.join("image").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        std::fs::write(path, bytes).expect("it is written");
    }
    std::fs::write(folder.join("Dockerfile"), "FROM a:1\nEXPOSE 8000\n").expect("it is written");
    std::fs::write(folder.join("notes.txt"), "nothing to check").expect("it is written");
    page.type_into("#folder", &folder.to_string_lossy());
    page.wait_for(".file[data-path=Dockerfile]");
    page.wait_for_text(".tree .of-image", "image");
    page.wait_for("[data-rule='project/image-differs']");
    assert_eq!(page.count(".hold .tree li"), 2);
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn what_is_no_archive_is_said_to_be_none() {
    let page = browser::open();
    open(&page, "page.tar", b"<html>");
    page.wait_for_text(".image .refused", "HTML");
    page.assert_quiet();
}

#[test]
#[ignore = "needs a browser"]
fn a_reading_that_is_cancelled_keeps_what_is_known_and_goes_on_when_asked() {
    let page = browser::open();
    let path = scratch("cancelled.tar");
    archive::write_large(&path).expect("the archive is written");
    ours::go(&page, "image");
    page.type_into("#archive", &path.to_string_lossy());
    // Manifests and configuration are there long before the layers are.
    page.wait_for_text(".config", "/model");
    page.click("#cancel");
    page.wait_until("nothing is read", |page| page.count("#reading") == 0);
    page.click("#read-layers");
    page.wait_for("#reading progress");
    page.click("#cancel");
    page.wait_for("#unread");
    ours::go(&page, "check");
    page.wait_for("[data-rule='image/undetermined']");
    ours::example(&page, "eas-broken");
    page.wait_until("the image is gone", |page| page.count(".of-image") == 0);
    page.wait_for(".find.error");
    std::fs::remove_file(&path).expect("the archive is removed");
    page.assert_quiet();
}
