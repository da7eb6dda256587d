//! The bracket at the caret and the one that belongs to it.

use crate::state::painting::Painting;
use crate::units::{byte_of, lines, unit_of};

/// Farther away, in bytes, the other bracket is not looked for.
const FARTHEST: usize = 100_000;

/// A place: the line, from 0, and the UTF-16 units of it before the place.
pub type Spot = (usize, u32);

/// The bracket before the caret, else the one behind it, with its other half. `caret` is in UTF-16
/// units of `text`.
pub fn pair(text: &str, painting: &Painting, caret: u32) -> Option<[Spot; 2]> {
    let at = byte_of(text, caret);
    let before = text[..at].char_indices().next_back();
    let behind = text[at..].chars().next().map(|letter| (at, letter));
    [before, behind].into_iter().flatten().find_map(|(at, letter)| {
        let opens = "([{".find(letter);
        let closes = ")]}".find(letter);
        let kind = opens.or(closes)?;
        let line = lines(&text[..at]);
        let own = Spotted::new(text, painting, line, at);
        let other = match opens {
            Some(_) => own.forward(kind),
            None => own.backward(kind),
        };
        Some([own.spot(), other?])
    })
}

/// A bracket in its text.
struct Spotted<'a> {
    text: &'a str,
    painting: &'a Painting,
    line: usize,
    at: usize,
    /// What it stands in.
    inside: Inside,
}

/// A bracket in a string or a comment belongs to none outside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    Text,
    Comment,
}

impl<'a> Spotted<'a> {
    fn new(text: &'a str, painting: &'a Painting, line: usize, at: usize) -> Spotted<'a> {
        let inside = inside(painting, place(text, line, at));
        Spotted { text, painting, line, at, inside }
    }

    fn spot(&self) -> Spot {
        place(self.text, self.line, self.at)
    }

    fn forward(&self, kind: usize) -> Option<Spot> {
        let end = self.text.floor_char_boundary(self.at + FARTHEST);
        let letters = self.text[self.at..end].bytes().enumerate();
        self.other(kind, letters.map(|(index, letter)| (self.at + index, letter)), 1)
    }

    fn backward(&self, kind: usize) -> Option<Spot> {
        let start = self.text.ceil_char_boundary(self.at.saturating_sub(FARTHEST));
        let letters = self.text[start..=self.at].bytes().enumerate().rev();
        self.other(kind, letters.map(|(index, letter)| (start + index, letter)), -1)
    }

    /// The first bracket among `letters` at which as many are closed as were opened; `step` is 1
    /// where they go forward.
    fn other(
        &self,
        kind: usize,
        letters: impl Iterator<Item = (usize, u8)>,
        step: i32,
    ) -> Option<Spot> {
        let (opening, closing) = (b"([{"[kind], b")]}"[kind]);
        let (mut depth, mut line) = (0, self.line);
        for (at, letter) in letters {
            if letter == b'\n' {
                line = if step > 0 { line + 1 } else { line.saturating_sub(1) };
            }
            if letter != opening && letter != closing {
                continue;
            }
            let spot = place(self.text, line, at);
            if inside(self.painting, spot) != self.inside {
                continue;
            }
            depth += if letter == opening { step } else { -step };
            if depth == 0 {
                return Some(spot);
            }
        }
        None
    }
}

/// The byte `at` of `text`, which stands in the line `line`.
fn place(text: &str, line: usize, at: usize) -> Spot {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (line, unit_of(&text[start..], at - start))
}

fn inside(painting: &Painting, (line, unit): Spot) -> Inside {
    let tokens = painting.line(line).map(|line| &line.tokens[..]).unwrap_or_default();
    let token = tokens.iter().find(|one| one.start <= unit && unit < one.end);
    match token.and_then(|token| super::lines::CLASSES.get(usize::from(token.class))) {
        Some(&"s") => Inside::Text,
        Some(&"c") => Inside::Comment,
        _ => Inside::Code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::painting::Token;

    fn pair_in(text: &str, caret: u32) -> Option<[Spot; 2]> {
        pair(text, &Painting::plain(text), caret)
    }

    #[test]
    fn a_bracket_finds_its_other_half_on_either_side_of_the_caret() {
        let text = "{\n \"端\": [1, (2)]\n}";
        assert_eq!(pair_in(text, 0), Some([(0, 0), (2, 0)]));
        assert_eq!(pair_in(text, 1), Some([(0, 0), (2, 0)]));
        assert_eq!(pair_in(text, 8), Some([(1, 6), (1, 13)]));
        assert_eq!(pair_in(text, 16), Some([(1, 13), (1, 6)]));
        assert_eq!(pair_in(text, 18), Some([(2, 0), (0, 0)]));
        assert_eq!(pair_in(text, 4), None);
    }

    #[test]
    fn a_bracket_without_another_has_none() {
        assert_eq!(pair_in("[(", 1), None);
        assert_eq!(pair_in("((", 1), None);
        assert_eq!(pair_in("", 0), None);
    }

    const CLASS_OF_STRINGS: u8 = 3;

    #[test]
    fn brackets_in_strings_belong_to_none_outside() {
        let text = "[ \"]\" ]";
        let mut painting = Painting::plain(text);
        let token = Token { start: 2, end: 5, class: CLASS_OF_STRINGS };
        painting.colour(0..1, [(0, token)]);
        assert_eq!(pair(text, &painting, 0), Some([(0, 0), (0, 6)]));
    }
}
