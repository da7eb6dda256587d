//! How much memory the files of an archive may take in all: whatever an archive holds, the reader
//! stays below 64 MiB.

/// The most bytes that lists of files, their paths and their texts take.
const MOST: usize = 44 * 1024 * 1024;

/// What all layers of an archive share.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    most: usize,
    /// Bytes of the layers that are read to their ends, their paths left out.
    taken: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { most: MOST, taken: 0 }
    }
}

impl Budget {
    /// A share of it: for one of `count` readers at a time.
    pub fn share(count: usize) -> Budget {
        Budget { most: MOST / count.max(1), taken: 0 }
    }

    /// Whether `bytes` more fit beside what is taken.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        self.taken.saturating_add(bytes) <= self.most
    }

    /// Bytes that are left beside `bytes` that are not taken yet.
    pub(super) fn left(&self, bytes: usize) -> usize {
        self.most.saturating_sub(self.taken).saturating_sub(bytes)
    }

    /// Takes `bytes` for good.
    pub(super) fn take(&mut self, bytes: usize) {
        self.taken = self.taken.saturating_add(bytes);
    }

    /// Takes away from what the others may have, while a decoder keeps a window of `bytes`.
    pub(super) fn without(&self, bytes: usize) -> Budget {
        Budget { most: self.most.saturating_sub(bytes), taken: self.taken }
    }
}
