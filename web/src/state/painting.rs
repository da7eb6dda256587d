//! Colours and marks of a text, line by line. An edit shifts them at once; the worker only paints
//! anew. Pure.

use std::rc::Rc;

use crate::units::{lines, units};

/// A coloured part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First UTF-16 unit of the line.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What it is: its place among all of `plimsoll::language::Class`.
    pub class: u8,
}

/// A part of a line that a finding speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// First UTF-16 unit of the line.
    pub start: u32,
    /// One past the last; a place between letters is one unit wide.
    pub end: u32,
    /// How bad it is.
    pub rank: Rank,
    /// Which finding of the report speaks of it.
    pub finding: u32,
}

/// How bad a finding is, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// `info`
    Info,
    /// `warning`
    Warning,
    /// `error`
    Error,
}

impl Rank {
    /// The rank of a severity as the report writes it.
    pub fn of(severity: &str) -> Rank {
        match severity {
            "error" => Rank::Error,
            "warning" => Rank::Warning,
            _ => Rank::Info,
        }
    }

    /// As the report writes it.
    pub fn id(self) -> &'static str {
        match self {
            Rank::Error => "error",
            Rank::Warning => "warning",
            Rank::Info => "info",
        }
    }
}

/// One line's colours and marks, each in order of place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Coloured parts; they do not overlap.
    pub tokens: Vec<Token>,
    /// Marked parts; they may.
    pub marks: Vec<Mark>,
}

/// The lines of a text, which are at least one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Painting {
    lines: Vec<Rc<Line>>,
}

impl Painting {
    /// Nothing is known of `text`, as a text area holds it.
    pub fn plain(text: &str) -> Painting {
        let blank = Rc::<Line>::default();
        Painting { lines: vec![blank; lines(text) + 1] }
    }

    /// The line `index`, from 0.
    pub fn line(&self, index: usize) -> Option<&Rc<Line>> {
        self.lines.get(index)
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none, which no text has.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The worst mark of each line that has one: its index, from 0, and the rank.
    pub fn worst(&self) -> impl Iterator<Item = (usize, Rank)> {
        let lines = self.lines.iter().enumerate();
        lines.filter_map(|(index, line)| {
            Some((index, line.marks.iter().map(|mark| mark.rank).max()?))
        })
    }

    /// Puts the marks in the place of those that are there.
    pub fn mark(&mut self, marks: impl IntoIterator<Item = (usize, Mark)>) {
        for line in &mut self.lines {
            if !line.marks.is_empty() {
                Rc::make_mut(line).marks.clear();
            }
        }
        for (index, mark) in marks {
            if let Some(line) = self.lines.get_mut(index) {
                Rc::make_mut(line).marks.push(mark);
            }
        }
        for line in &mut self.lines {
            if line.marks.len() > 1 {
                Rc::make_mut(line).marks.sort_by_key(|mark| (mark.start, mark.end));
            }
        }
    }

    /// Puts the tokens in the place of those that the lines `range` have.
    pub fn colour(
        &mut self,
        range: std::ops::Range<usize>,
        tokens: impl IntoIterator<Item = (usize, Token)>,
    ) {
        let range = range.start.min(self.lines.len())..range.end.min(self.lines.len());
        let mut new: Vec<Vec<Token>> = vec![Vec::new(); range.len()];
        for (index, token) in tokens {
            let at = index.checked_sub(range.start);
            if let Some(line) = at.and_then(|at| new.get_mut(at)) {
                line.push(token);
            }
        }
        for (line, tokens) in self.lines[range].iter_mut().zip(new) {
            if line.tokens != tokens {
                Rc::make_mut(line).tokens = tokens;
            }
        }
    }

    /// Follows an edit: in `text`, as it was, `removed` units' worth of letters from the byte `at`
    /// are replaced by `inserted`.
    pub fn shift(&mut self, text: &str, at: usize, removed: &str, inserted: &str) {
        let Some(before) = text.get(..at) else { return };
        let first = lines(before);
        let column = units(before.rsplit('\n').next().unwrap_or_default());
        let removed_lines = removed.matches('\n').count();
        if first + removed_lines >= self.lines.len() {
            // Never so for the text that was painted.
            *self = Painting::plain(
                &[before, inserted, &text[(at + removed.len()).min(text.len())..]].concat(),
            );
            return;
        }
        let last_removed = units(removed.rsplit('\n').next().unwrap_or_default());
        let end = if removed_lines == 0 { column + last_removed } else { last_removed };
        let last_inserted = units(inserted.rsplit('\n').next().unwrap_or_default());
        let inserted_lines = inserted.matches('\n').count();
        let new_end = if inserted_lines == 0 { column + last_inserted } else { last_inserted };

        let grows = inserted_lines == 0 && removed_lines == 0;
        let head = self.lines[first].before(column, grows.then_some((end, new_end)));
        let tail = self.lines[first + removed_lines].after(end, new_end, grows);
        let mut lines = Vec::with_capacity(inserted_lines + 1);
        if inserted_lines == 0 {
            lines.push(Rc::new(head.and(tail)));
        } else {
            lines.push(Rc::new(head));
            lines.resize(inserted_lines, Rc::default());
            lines.push(Rc::new(tail));
        }
        self.lines.splice(first..=first + removed_lines, lines);
    }
}

impl Line {
    /// What stands before `column`. What reaches over the edit, whose end moves from the first to
    /// the second of `over`, grows or shrinks with it.
    fn before(&self, column: u32, over: Option<(u32, u32)>) -> Line {
        let cut = |start: u32, end: u32| -> Option<(u32, u32)> {
            if end <= column {
                // Letters typed right behind a word belong to it until the worker knows better.
                let grown = over.filter(|&(old, new)| end == column && old == column && new > old);
                return Some((start, grown.map_or(end, |(_, new)| new)));
            }
            if start >= column {
                return None;
            }
            match over {
                Some((old, new)) if end >= old => Some((start, end - old + new)),
                _ => Some((start, column)),
            }
        };
        self.map(cut)
    }

    /// What stands after `end`, moved to `new`; what began before is told by [`Line::before`] if
    /// `is_told`, else it is cut off.
    fn after(&self, end: u32, new: u32, is_told: bool) -> Line {
        let cut = |from: u32, to: u32| -> Option<(u32, u32)> {
            if from >= end {
                return Some((from - end + new, to - end + new));
            }
            (!is_told && to > end).then(|| (new, to - end + new))
        };
        self.map(cut)
    }

    fn map(&self, cut: impl Fn(u32, u32) -> Option<(u32, u32)>) -> Line {
        let tokens = self.tokens.iter().filter_map(|token| {
            let (start, end) = cut(token.start, token.end)?;
            (start < end).then_some(Token { start, end, ..*token })
        });
        let marks = self.marks.iter().filter_map(|mark| {
            let (start, end) = cut(mark.start, mark.end)?;
            (start < end).then_some(Mark { start, end, ..*mark })
        });
        Line { tokens: tokens.collect(), marks: marks.collect() }
    }

    /// This line with what stands behind it.
    fn and(mut self, mut tail: Line) -> Line {
        self.tokens.append(&mut tail.tokens);
        self.tokens.sort_by_key(|token| token.start);
        // Where a grown word meets the next one, the next one keeps its place.
        for index in 1..self.tokens.len() {
            let next = self.tokens[index].start;
            self.tokens[index - 1].end = self.tokens[index - 1].end.min(next);
        }
        self.tokens.retain(|token| token.start < token.end);
        self.marks.append(&mut tail.marks);
        self.marks.sort_by_key(|mark| (mark.start, mark.end));
        self
    }
}

/// A piece of a line that looks the same throughout: its bytes, its token's class, its worst mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The letters.
    pub text: &'a str,
    /// What they are, if that is known.
    pub class: Option<u8>,
    /// The worst finding that speaks of them, if one does.
    pub mark: Option<Mark>,
    /// Whether it is one of the brackets.
    pub is_bracket: bool,
}

/// `text`, a line, cut where colours or marks begin and end, and around the brackets that stand at
/// these UTF-16 units.
pub fn pieces<'a>(text: &'a str, line: &Line, brackets: &[u32]) -> Vec<Piece<'a>> {
    let mut cuts: Vec<u32> = Vec::new();
    cuts.extend(line.tokens.iter().flat_map(|token| [token.start, token.end]));
    cuts.extend(line.marks.iter().flat_map(|mark| [mark.start, mark.end]));
    cuts.extend(brackets.iter().flat_map(|&unit| [unit, unit + 1]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces = Vec::new();
    let (mut unit, mut start) = (0_u32, 0_usize);
    let mut cuts = cuts.into_iter().skip_while(|&cut| cut == 0).peekable();
    let mut push = |from: u32, piece: &'a str| {
        if piece.is_empty() {
            return;
        }
        let token = line.tokens.iter().find(|one| one.start <= from && from < one.end);
        let marks = line.marks.iter().filter(|one| one.start <= from && from < one.end);
        let mark = marks.max_by_key(|one| (one.rank, std::cmp::Reverse(one.end - one.start)));
        pieces.push(Piece {
            text: piece,
            class: token.map(|one| one.class),
            mark: mark.copied(),
            is_bracket: brackets.contains(&from),
        });
    };
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        // A cut within a letter waits for its end.
        while let Some(&cut) = cuts.peek() {
            if cut > unit {
                break;
            }
            cuts.next();
            push(from, &text[start..at]);
            (start, from) = (at, unit);
        }
        unit += letter.len_utf16() as u32;
    }
    // What ends with the line's last letter has no letter behind it.
    let rest = &text[start..];
    push(from, rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(start: u32, end: u32) -> Token {
        Token { start, end, class: 1 }
    }

    fn mark(start: u32, end: u32) -> Mark {
        Mark { start, end, rank: Rank::Error, finding: 7 }
    }

    /// Types in a painted text, and tells the tokens and marks of each line.
    fn shifted(text: &str, at: usize, removed: &str, inserted: &str) -> Vec<String> {
        let mut painting = Painting::plain(text);
        painting.colour(0..painting.len(), words(text));
        painting.mark([(0, mark(5, 6))]);
        painting.shift(text, at, removed, inserted);
        let new = [&text[..at], inserted, &text[at + removed.len()..]].concat();
        assert_eq!(painting.len(), new.matches('\n').count() + 1, "{new:?}");
        let lines = new.split('\n').zip(&painting.lines);
        lines
            .map(|(text, line)| {
                let tokens = line.tokens.iter().map(|one| slice(text, one.start, one.end));
                let marks = line.marks.iter().map(|one| slice(text, one.start, one.end));
                let words = tokens.collect::<Vec<_>>().join("|");
                let marks = marks.collect::<Vec<_>>().join("|");
                if marks.is_empty() { words } else { format!("{words} !{marks}") }
            })
            .collect()
    }

    fn slice(text: &str, start: u32, end: u32) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        String::from_utf16_lossy(&units[start as usize..(end as usize).min(units.len())])
    }

    /// The words of a text as tokens.
    fn words(text: &str) -> Vec<(usize, Token)> {
        let mut all = Vec::new();
        for (index, line) in text.split('\n').enumerate() {
            let mut at = 0;
            for word in line.split(' ') {
                let end = at + units(word);
                if end > at {
                    all.push((index, token(at, end)));
                }
                at = end + 1;
            }
        }
        all
    }

    #[test]
    fn an_edit_shifts_what_stands_behind_it() {
        let text = "FROM a:1\nRUN b c\nCMD d";
        assert_eq!(shifted(text, 0, "", ""), ["FROM|a:1 !a", "RUN|b|c", "CMD|d"]);
        assert_eq!(shifted(text, 2, "", "xy"), ["FRxyOM|a:1 !a", "RUN|b|c", "CMD|d"]);
        assert_eq!(shifted(text, 8, "", "23"), ["FROM|a:123 !a", "RUN|b|c", "CMD|d"]);
        assert_eq!(shifted(text, 4, " ", ""), ["FROM|a:1 !a", "RUN|b|c", "CMD|d"]);
        assert_eq!(shifted(text, 5, "a:1", "端"), ["FROM", "RUN|b|c", "CMD|d"]);
        assert_eq!(shifted(text, 13, "", "\n"), ["FROM|a:1 !a", "RUN", "b|c", "CMD|d"]);
        assert_eq!(shifted(text, 10, "", "\n"), ["FROM|a:1 !a", "R", "UN|b|c", "CMD|d"]);
        assert_eq!(shifted(text, 8, "\nRUN b c\n", ""), ["FROM|a:1|CMD|d !a"]);
        assert_eq!(shifted(text, 0, text, ""), [""]);
        assert_eq!(shifted(text, 20, "", "\n\n"), ["FROM|a:1 !a", "RUN|b|c", "CMD", "", "d"]);
        assert_eq!(shifted("a端b c\nd", 4, "", "é"), ["a端éb|c", "d"]);
    }

    #[test]
    fn a_line_is_cut_where_its_looks_change() {
        let line = Line { tokens: vec![token(0, 4), token(5, 8)], marks: vec![mark(5, 6)] };
        let looks: Vec<_> = pieces("FROM a:1", &line, &[])
            .into_iter()
            .map(|piece| (piece.text, piece.class, piece.mark.map(|mark| mark.finding)))
            .collect();
        let expected = [
            ("FROM", Some(1), None),
            (" ", None, None),
            ("a", Some(1), Some(7)),
            (":1", Some(1), None),
        ];
        assert_eq!(looks, expected);
        assert_eq!(pieces("", &line, &[]), []);
        // Letters of two units, and places off the line.
        let line = Line { tokens: vec![token(1, 99)], marks: vec![mark(2, 3)] };
        let texts: Vec<_> = pieces("😀b", &line, &[]).into_iter().map(|piece| piece.text).collect();
        assert_eq!(texts.concat(), "😀b");
    }

    #[test]
    fn lines_are_coloured_apart() {
        let mut painting = Painting::plain("a\nb\nc");
        painting.colour(0..3, (0..3).map(|line| (line, token(0, 1))));
        painting.colour(1..2, []);
        painting.colour(2..9, [(0, token(0, 9)), (2, token(0, 2)), (7, token(0, 1))]);
        let ends = |line: usize| {
            painting
                .line(line)
                .map(|line| line.tokens.iter().map(|one| one.end).collect::<Vec<_>>())
        };
        assert_eq!([ends(0), ends(1), ends(2)], [Some(vec![1]), Some(vec![]), Some(vec![2])]);
    }

    #[test]
    fn of_marks_in_one_place_the_worst_is_shown() {
        let warning = Mark { rank: Rank::Warning, ..mark(0, 2) };
        let line = Line { tokens: vec![], marks: vec![warning, mark(1, 3)] };
        let ranks: Vec<_> = pieces("abcd", &line, &[])
            .into_iter()
            .map(|one| one.mark.map(|mark| mark.rank))
            .collect();
        assert_eq!(ranks, [Some(Rank::Warning), Some(Rank::Error), Some(Rank::Error), None]);
        let mut painting = Painting::plain("abcd\n");
        painting.mark([(0, warning), (0, mark(1, 3)), (9, mark(0, 1))]);
        assert_eq!(painting.worst().collect::<Vec<_>>(), [(0, Rank::Error)]);
    }
}
