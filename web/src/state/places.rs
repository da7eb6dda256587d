//! From bytes of a document to lines and units of the text area that shows it. Pure.

use super::painting::{Mark, Rank};
use crate::units::units;

/// A mark over more lines than this is drawn on its first ones.
const MOST_LINES: usize = 100;

/// A finding's place: first byte, one past the last, how bad it is, and its index in the report.
pub type Place = (usize, usize, Rank, u32);

/// The marks that show `places` of `text` (with its own line ends), with the index of their line.
pub fn marks(text: &str, places: &[Place]) -> Vec<(usize, Mark)> {
    let starts = line_starts(text);
    let mut sorted = places.to_vec();
    sorted.sort_unstable_by_key(|place| place.0);
    let mut counter = Counter { text, line: 0, byte: 0, units: 0 };
    let mut marks = Vec::with_capacity(sorted.len());
    for (start, end, rank, finding) in sorted {
        let (start, end) = (start.min(text.len()), end.min(text.len()).max(start));
        let first = starts.partition_point(|&one| one <= start).saturating_sub(1);
        let last = starts.partition_point(|&one| one < end.max(start + 1)).saturating_sub(1);
        for line in first..=last.min(first + MOST_LINES) {
            let line_start = starts.get(line).copied().unwrap_or_default();
            let next = starts.get(line + 1).copied().unwrap_or(text.len());
            let line_end = line_start
                + text
                    .get(line_start..next)
                    .unwrap_or_default()
                    .trim_end_matches(['\r', '\n'])
                    .len();
            let from =
                if line == first { counter.units(line_start, start.min(line_end)) } else { 0 };
            let to = match end < line_end {
                // An end is counted apart: places overlap, and the counter only goes on.
                true => from + units(text.get(start.max(line_start)..end).unwrap_or_default()),
                false => {
                    from + units(text.get(start.max(line_start)..line_end).unwrap_or_default())
                }
            };
            marks.push((line, Mark { start: from, end: to.max(from + 1), rank, finding }));
        }
    }
    marks
}

/// The line of a text area, from 0, and the unit in it, at the byte `at` of `text`.
pub fn line_and_unit(text: &str, at: usize) -> (usize, u32) {
    let before = text.get(..at.min(text.len())).unwrap_or_default();
    let starts = line_starts(before);
    let start = starts.last().copied().unwrap_or_default();
    (starts.len() - 1, units(&before[start..]))
}

/// The units of a text area's text before the byte `at` of `text`: a Windows line end is one.
pub fn units_before(text: &str, at: usize) -> u32 {
    let before = text.get(..at.min(text.len())).unwrap_or_default();
    let pairs = u32::try_from(before.matches("\r\n").count()).unwrap_or(u32::MAX);
    units(before).saturating_sub(pairs)
}

/// Where the lines of a text area begin in `text`: after `\n`, `\r\n` and `\r`.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|&(at, &byte)| {
        byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

/// Counts units along a line, going on from where it was.
struct Counter<'a> {
    text: &'a str,
    line: usize,
    byte: usize,
    units: u32,
}

impl Counter<'_> {
    fn units(&mut self, line: usize, byte: usize) -> u32 {
        if self.line != line || byte < self.byte {
            (self.line, self.byte, self.units) = (line, line, 0);
        }
        self.units += units(self.text.get(self.byte..byte).unwrap_or_default());
        self.byte = byte;
        self.units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, places: &[(usize, usize)]) -> Vec<(usize, u32, u32)> {
        let places: Vec<Place> =
            places.iter().map(|&(start, end)| (start, end, Rank::Info, 0)).collect();
        marks(text, &places).into_iter().map(|(line, mark)| (line, mark.start, mark.end)).collect()
    }

    #[test]
    fn marks_stand_where_the_text_area_shows_the_letters() {
        assert_eq!(shown("FROM a\r\nRUN 端😀b\r\n", &[(5, 6), (12, 19)]), [(0, 5, 6), (1, 4, 7)]);
        // Places in one line, out of order and overlapping.
        assert_eq!(shown("abcdef", &[(4, 5), (1, 6), (2, 3)]), [(0, 1, 6), (0, 2, 3), (0, 4, 5)]);
        // Over lines; without letters; at the end; off the text.
        assert_eq!(shown("ab\ncd\nef", &[(1, 7)]), [(0, 1, 2), (1, 0, 2), (2, 0, 1)]);
        assert_eq!(shown("ab\n", &[(2, 2), (3, 3), (9, 12)]), [(0, 2, 3), (1, 0, 1), (1, 0, 1)]);
        assert_eq!(shown("a\rb", &[(2, 3)]), [(1, 0, 1)]);
    }

    #[test]
    fn a_place_has_a_line_and_a_unit() {
        assert_eq!(line_and_unit("a\r\n😀b", 7), (1, 2));
        assert_eq!(units_before("a\r\n😀b", 7), 4);
        assert_eq!(line_and_unit("", 9), (0, 0));
    }
}
