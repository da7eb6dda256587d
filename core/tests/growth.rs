//! Twice the text costs about twice as much: held by the bytes that are allocated, which are the
//! same on every run. The rows are those of the benchmark, which tells the time as well.

#[path = "../benches/growth/allocator.rs"]
mod allocator;
#[path = "../benches/growth/rows.rs"]
mod rows;

use allocator::{Counting, measured};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A text of so many bytes, and one of twice as many, are measured.
const SIZE: usize = 16 * 1024;

/// What a doubled text may cost: twice, and what lists that grow by doubling put on top.
const MOST_GROWTH: f64 = 2.6;

/// A text of 16 KiB that costs no more than this has nothing to grow from.
const LITTLE: u64 = 1 << 20;

/// Bytes held at a time for each byte of the text.
const MOST_PER_BYTE: u64 = 4096;

#[test]
fn twice_the_text_costs_about_twice_as_much() {
    let mut broken = Vec::new();
    for row in rows::ROWS {
        let cost = |size: usize| {
            let files = row.files(size);
            measured(|| {
                row.run(&files);
            })
        };
        cost(1);
        let (once, twice) = (cost(SIZE), cost(2 * SIZE));
        let growth = twice.all as f64 / once.all.max(LITTLE) as f64;
        let held = twice.peak / (2 * SIZE) as u64;
        if growth > MOST_GROWTH || held > MOST_PER_BYTE {
            broken.push(format!(
                "{}: {} bytes at once, {} at twice the text (×{growth:.2}), {held} held a byte",
                row.name, once.all, twice.all
            ));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
