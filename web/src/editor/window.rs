//! Which lines of a text are drawn. Pure.

use std::ops::Range;

/// Lines drawn beyond what can be seen, so that a little scrolling shows no gap.
const MORE: usize = 20;

/// What can be seen of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// Pixels above what is seen.
    pub top: f64,
    /// Pixels that are seen.
    pub height: f64,
    /// Pixels of a line.
    pub row: f64,
}

impl View {
    /// The lines to draw of `count`. It changes only once in a while as one scrolls.
    pub fn lines(self, count: usize) -> Range<usize> {
        let row = if self.row > 0.0 { self.row } else { 20.0 };
        // Neither is negative, and lines are far fewer than 2^53.
        let first = (self.top.max(0.0) / row) as usize;
        let seen = (self.height.max(0.0) / row) as usize + 2;
        let start = first.saturating_sub(MORE) / MORE * MORE;
        let end = (first + seen + MORE).div_ceil(MORE) * MORE;
        start.min(count)..end.min(count)
    }

    /// The line, from 0, at `pixels` below the top of what is seen.
    pub fn line_at(self, pixels: f64) -> usize {
        ((self.top + pixels).max(0.0) / self.row.max(1.0)) as usize
    }

    /// How far to scroll so that `line` is seen; `None` where it is seen already.
    pub fn scroll_to(self, line: usize) -> Option<f64> {
        let at = line as f64 * self.row;
        let is_seen = at >= self.top && at + self.row * 2.0 <= self.top + self.height;
        (!is_seen).then(|| (at - self.height / 2.0 + self.row).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_drawn_and_little_else() {
        let view = |top: f64| View { top, height: 500.0, row: 20.0 };
        assert_eq!(view(0.0).lines(1000), 0..60);
        assert_eq!(view(0.0).lines(7), 0..7);
        let lines = view(9000.0).lines(1000);
        assert!(lines.start <= 430 && lines.end >= 495 && lines.len() <= 100, "{lines:?}");
        assert_eq!(view(1.0e9).lines(1000).len(), 0);
        assert_eq!(view(40.0).line_at(30.0), 3);
        assert_eq!(view(0.0).scroll_to(3), None);
        assert_eq!(view(0.0).scroll_to(100), Some(1770.0));
        assert_eq!(view(9000.0).scroll_to(0), Some(0.0));
        // Before the browser has told its measures.
        assert_eq!(View::default().lines(50), 0..40);
    }
}
