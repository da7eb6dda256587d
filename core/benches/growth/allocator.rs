//! Counts what is allocated: the same on every run, unlike time.
#![allow(unsafe_code, reason = "a global allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, which counts for each thread what it is asked for.
pub(crate) struct Counting;

thread_local! {
    static ALLOCATED: Cell<u64> = const { Cell::new(0) };
    static LIVE: Cell<i64> = const { Cell::new(0) };
    static PEAK: Cell<i64> = const { Cell::new(0) };
}

fn count(bytes: usize) {
    ALLOCATED.with(|all| all.set(all.get() + bytes as u64));
    let live = LIVE.with(|live| {
        live.set(live.get() + bytes as i64);
        live.get()
    });
    PEAK.with(|peak| peak.set(peak.get().max(live)));
}

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.with(|live| live.set(live.get() - layout.size() as i64));
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// What `work` allocated in this thread.
#[derive(Clone, Copy)]
pub(crate) struct Allocation {
    /// All bytes together.
    pub(crate) all: u64,
    /// The most that were held at a time.
    pub(crate) peak: u64,
}

/// Does `work` and says what it allocated.
pub(crate) fn measured(work: impl FnOnce()) -> Allocation {
    let before = ALLOCATED.with(Cell::get);
    let live = LIVE.with(Cell::get);
    PEAK.with(|peak| peak.set(live));
    work();
    Allocation {
        all: ALLOCATED.with(Cell::get) - before,
        peak: (PEAK.with(Cell::get) - live).max(0).unsigned_abs(),
    }
}
