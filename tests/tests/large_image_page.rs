//! An image archive that is larger than memory, on the page, in a real browser. Alone in its program,
//! so that no other test takes the processor away.

use std::path::Path;
use std::time::{Duration, Instant};

use plimsoll_test_support::archive::{self, LARGE};
use plimsoll_tests::browser::{self, Page};
use plimsoll_tests::ours;

/// How long the tab may be deaf.
const PATIENCE: Duration = Duration::from_millis(100);

/// How often the file is read until the tab was never deaf for longer: what else a machine does
/// delays the tab as well, but hardly every time.
const ATTEMPTS: usize = 3;

#[test]
#[ignore = "needs a browser"]
fn three_gibibytes_are_read_while_the_tab_answers() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.tar");
    archive::write_large(&path).expect("the archive is written");
    let answers = (0..ATTEMPTS).any(|_| {
        let page = browser::open();
        let (took, longest) = read(&page, &path);
        page.assert_quiet();
        let rate = LARGE as f64 / 1e6 / took.as_secs_f64();
        eprintln!("read at some {rate:.0} MB/s, the tab was deaf for at most {longest:?}");
        longest < PATIENCE
    });
    std::fs::remove_file(&path).expect("the archive is removed");
    assert!(answers, "the tab was deaf for more than {PATIENCE:?} every time");
}

/// Has the page read the archive; answers how long that took, and the longest time between two
/// turns of the page's event loop.
fn read(page: &Page, path: &Path) -> (Duration, Duration) {
    ours::go(page, "image");
    page.execute(
        "window.longest = 0; let last = performance.now(); \
         const turn = () => { const now = performance.now(); \
             window.longest = Math.max(window.longest, now - last); last = now; setTimeout(turn, 5); }; turn();",
        &[],
    );
    page.type_into("#archive", &path.to_string_lossy());
    page.wait_for("#reading progress");
    let started = Instant::now();
    page.wait_for_long("the file is read", |page| page.count(".tree") > 0);
    let took = started.elapsed();
    let longest = page.execute("return longest", &[]).as_f64().expect("milliseconds");
    assert!(page.text(".sizes").contains("3.0 GiB"));
    (took, Duration::from_secs_f64(longest / 1e3))
}
