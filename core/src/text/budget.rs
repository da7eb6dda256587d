//! How much an expansion may bring. `A=$A$A` doubles with each line, in a Dockerfile, a script or
//! a template: a value past the budget is unknown, so that no text makes much more than it holds.

use std::cell::Cell;

/// Bytes that variables may bring into one value.
pub const MOST_BROUGHT: usize = 1 << 16;

/// Bytes that variables may bring into all values of one reading together.
const MOST_IN_ALL: usize = 1 << 22;

/// What one reading (of a document, a script, a command line) may still bring into its values.
#[derive(Clone, Debug)]
pub struct Budget {
    left: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { left: Cell::new(MOST_IN_ALL) }
    }
}

impl Budget {
    /// Whether `bytes` more may be brought; if so, they are.
    pub fn take(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes);
        if let Some(left) = left {
            self.left.set(left);
        }
        left.is_some()
    }

    /// A value that begins without a byte brought.
    pub fn value(&self) -> ValueBudget<'_> {
        ValueBudget { of_all: self, left: MOST_BROUGHT }
    }
}

/// What may still be brought into one value.
#[derive(Debug)]
pub struct ValueBudget<'a> {
    of_all: &'a Budget,
    left: usize,
}

impl ValueBudget<'_> {
    /// Whether `bytes` more may be brought into the value; if so, they are.
    pub fn take(&mut self, bytes: usize) -> bool {
        let Some(left) = self.left.checked_sub(bytes) else { return false };
        self.left = left;
        self.of_all.take(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_may_take_so_much_and_all_together_so_much() {
        let budget = Budget::default();
        for _ in 0..MOST_IN_ALL / MOST_BROUGHT {
            let mut value = budget.value();
            assert!(value.take(MOST_BROUGHT));
            assert!(!value.take(1));
        }
        assert!(!budget.value().take(1));
        assert!(budget.value().take(0));
    }
}
