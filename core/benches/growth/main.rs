//! What grows with what: each row at 1×, 2×, 4× and 8× its size, with the processor time, the bytes
//! allocated, and how each step grew. Linear growth doubles; a square makes four of it.
//!
//! `cargo bench -p plimsoll --bench growth [-- NAME] [-- --size BYTES]`: rows whose name holds NAME,
//! the smallest of BYTES (32 KiB).
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod allocator;
mod rows;

use std::time::{Duration, Instant};

use allocator::{Allocation, Counting, measured};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let mut words = std::env::args().skip(1);
    let (mut name, mut size) = (String::new(), 32 * 1024);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--size" => size = words.next().and_then(|size| size.parse().ok()).unwrap_or(size),
            // Cargo's own.
            "--bench" => {}
            _ => name = word,
        }
    }
    for row in rows::ROWS.iter().filter(|row| row.name.contains(&name)) {
        let measures: Vec<(Duration, Allocation)> = [1, 2, 4, 8]
            .into_iter()
            .map(|times| {
                let files = row.files(size * times);
                let started = processor_time();
                let allocation = measured(|| {
                    std::hint::black_box(row.run(&files));
                });
                (processor_time() - started, allocation)
            })
            .collect();
        print(row, &measures);
    }
}

fn print(row: &rows::Row, measures: &[(Duration, Allocation)]) {
    print!("{:44} {:?}", row.name, row.run);
    for (time, allocation) in measures {
        let megabytes = allocation.peak as f64 / 1e6;
        print!("  {:7.1} ms {megabytes:6.1} MB", time.as_secs_f64() * 1e3);
    }
    let ratio = |of: &dyn Fn(&(Duration, Allocation)) -> f64| {
        let pairs = measures.windows(2).map(|pair| of(&pair[1]) / of(&pair[0]).max(1e-9));
        pairs.map(|ratio| format!("{ratio:.1}")).collect::<Vec<_>>().join(" ")
    };
    let times = ratio(&|one| one.0.as_secs_f64());
    let bytes = ratio(&|one| one.1.all as f64);
    println!("  time ×{times}  bytes ×{bytes}");
}

/// The processor's time that this thread has used; where the system does not tell, the clock's.
fn processor_time() -> Duration {
    static STARTED: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| STARTED.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}
