//! What differs between two texts, line by line, with some lines around. Pure.

/// Lines shown around what differs.
const AROUND: usize = 3;

/// Past this many lines that differ the rest is counted.
const MOST: usize = 2000;

/// A line of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row<'a> {
    /// A new piece begins: its first and last line before.
    Hunk(usize, usize),
    /// A line of both: its numbers before and after.
    Same(usize, usize, &'a str),
    /// A line that goes, its number, and the part of it that differs.
    Old(usize, [&'a str; 3]),
    /// A line that comes, its number, and the part of it that differs.
    New(usize, [&'a str; 3]),
    /// So many lines more differ.
    More(usize),
}

/// A piece of both texts that differs: lines of the one, lines of the other.
struct Piece {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

/// The difference between `old` and `new`.
pub fn rows<'a>(old: &'a str, new: &'a str) -> Vec<Row<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let pieces = pieces(&old, &new);
    let mut rows = Vec::new();
    let mut told = 0;
    let mut after_last = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let start = piece.old.start.saturating_sub(AROUND).max(after_last);
        let next = pieces.get(index + 1).map_or(old.len(), |next| next.old.start);
        let end = (piece.old.end + AROUND).min(next);
        if start > after_last || index == 0 {
            rows.push(Row::Hunk(start + 1, end));
        }
        let shift = |line: usize| line + piece.new.start - piece.old.start;
        rows.extend(
            (start..piece.old.start).map(|line| Row::Same(line + 1, shift(line) + 1, old[line])),
        );
        if told > MOST {
            let rest = pieces[index..].iter().map(|piece| piece.old.len().max(piece.new.len()));
            rows.push(Row::More(rest.sum()));
            return rows;
        }
        let pairs = piece.old.len() == piece.new.len();
        for line in piece.old.clone() {
            let twin = pairs.then(|| new[piece.new.start + line - piece.old.start]);
            rows.push(Row::Old(line + 1, parts(old[line], twin)));
        }
        for line in piece.new.clone() {
            let twin = pairs.then(|| old[piece.old.start + line - piece.new.start]);
            rows.push(Row::New(line + 1, parts(new[line], twin)));
        }
        told += piece.old.len() + piece.new.len();
        let back = |line: usize| line + piece.new.end - piece.old.end;
        rows.extend(
            (piece.old.end..end).map(|line| Row::Same(line + 1, back(line) + 1, old[line])),
        );
        after_last = end;
    }
    rows
}

/// A line cut into what stands before, in and after the part that differs from `twin`.
fn parts<'a>(line: &'a str, twin: Option<&str>) -> [&'a str; 3] {
    let Some(twin) = twin else { return ["", line, ""] };
    let start = line.char_indices().zip(twin.chars()).find(|((_, a), b)| a != b);
    let start = start.map_or(line.len().min(twin.len()), |((at, _), _)| at);
    let start = line.floor_char_boundary(start);
    let (rest, other) = (&line[start..], twin.get(start..).unwrap_or_default());
    let end: usize = rest
        .chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let end = line.len() - end;
    [&line[..start], &line[start..end], &line[end..]]
}

/// How many lines are looked through for one that is in both texts.
const FAR: usize = 400;

/// The pieces that differ. Fixes change few lines: the next line that both have is near.
fn pieces(old: &[&str], new: &[&str]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            (a, b) = (a + 1, b + 1);
            continue;
        }
        let (skip_a, skip_b) = meet(&old[a..], &new[b..]);
        pieces.push(Piece { old: a..a + skip_a, new: b..b + skip_b });
        (a, b) = (a + skip_a, b + skip_b);
    }
    pieces
}

/// How many lines of each to skip until they have one in common, as few as can be.
fn meet(old: &[&str], new: &[&str]) -> (usize, usize) {
    for sum in 1..FAR {
        for skip_a in 0..=sum {
            let skip_b = sum - skip_a;
            match (old.get(skip_a), new.get(skip_b)) {
                (Some(one), Some(other)) if one == other && !one.trim().is_empty() => {
                    return (skip_a, skip_b);
                }
                (None, None) if skip_a == old.len() && skip_b == new.len() => {
                    return (skip_a, skip_b);
                }
                _ => {}
            }
        }
    }
    (old.len(), new.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        rows(old, new)
            .into_iter()
            .map(|row| match row {
                Row::Hunk(first, last) => format!("@ {first}-{last}"),
                Row::Same(a, b, text) => format!("{a} {b}  {text}"),
                Row::Old(a, [x, y, z]) => format!("{a} - {x}[{y}]{z}"),
                Row::New(b, [x, y, z]) => format!("{b} + {x}[{y}]{z}"),
                Row::More(count) => format!("… {count}"),
            })
            .collect()
    }

    #[test]
    fn lines_that_differ_are_shown_with_some_around() {
        let old = "1\n2\n3\n4\n5\nEXPOSE 8080\n7\n";
        let new = "1\n2\n3\n4\n5\nEXPOSE 8000\n7\n";
        assert_eq!(
            shown(old, new),
            [
                "@ 3-7",
                "3 3  3",
                "4 4  4",
                "5 5  5",
                "6 - EXPOSE 80[8]0",
                "6 + EXPOSE 80[0]0",
                "7 7  7"
            ]
        );
        assert_eq!(shown("a\n", "a\nb\n"), ["@ 1-1", "1 1  a", "2 + [b]"]);
        assert_eq!(shown("a\nb\nc\n", "a\nc\n"), ["@ 1-3", "1 1  a", "2 - [b]", "3 2  c"]);
        assert_eq!(shown("", "x"), ["@ 1-0", "1 + [x]"]);
        assert!(shown("a\n", "a\n").is_empty());
        assert_eq!(shown("端b", "端é"), ["@ 1-1", "1 - 端[b]", "1 + 端[é]"]);
    }

    #[test]
    fn texts_that_have_little_in_common_end_too() {
        let old: String = (0..5000).map(|line| format!("a{line}\n")).collect();
        let new: String = (0..5000).map(|line| format!("b{line}\n")).collect();
        assert!(rows(&old, &new).len() >= 10_000);
    }
}
