//! How much memory the files of an archive may take in all: whatever an archive holds, the reader
//! stays below 64 MiB.

/// The most bytes that lists of files, their paths and their texts take.
const MOST: usize = 44 * 1024 * 1024;

/// What all layers of an archive share.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    most: usize,
    /// Bytes of the layers' lists and of the windows of those that are being read, the paths left
    /// out.
    taken: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { most: MOST, taken: 0 }
    }
}

impl Budget {
    /// Whether `bytes` more fit beside what is taken.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        self.taken.saturating_add(bytes) <= self.most
    }

    /// Bytes that are left beside `bytes` that are not taken yet.
    pub(super) fn left(&self, bytes: usize) -> usize {
        self.most.saturating_sub(self.taken).saturating_sub(bytes)
    }

    /// Takes `bytes`.
    pub(super) fn take(&mut self, bytes: usize) {
        self.taken = self.taken.saturating_add(bytes);
    }

    /// Gives `bytes` back.
    pub(super) fn give_back(&mut self, bytes: usize) {
        self.taken = self.taken.saturating_sub(bytes);
    }
}
