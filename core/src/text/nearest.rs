//! "Did you mean": the known name that a mistyped one is nearest to.

/// The candidate nearest to `name` by edit distance (insertions, deletions, substitutions and
/// swaps of neighbours; case counts half), if it is near enough to be meant. The first of equals;
/// of very many candidates only the first are looked at.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Letters::of(name)?;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().take(MOST_CANDIDATES) {
        if wanted.is_too_long_for(name, candidate) {
            continue;
        }
        let Some(known) = Letters::beginning(candidate) else { continue };
        let (own, other) = (wanted.letters(), known.letters());
        let allowed = allowed(own.len(), other.len());
        let is_cut_short = own.len() >= 3 && other.starts_with(own);
        // A name cut short is as near as may be: `meta` for `metadata`.
        let cost = match is_cut_short {
            true => distance(own, other, allowed).min(allowed),
            false if wanted.least_distance(&known) > allowed => continue,
            false => distance(own, other, allowed),
        };
        if cost <= allowed && cost < other.len() * 2 && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// What two names of these lengths may differ by: a third of the longer, one typo always (cost counts
/// in halves).
fn allowed(own: usize, other: usize) -> usize {
    (own.max(other) * 2 / 3).max(2)
}

/// How many names may be compared with others, all together: where there are so many, what is meant
/// is not to be told, and n names for n others take their square.
#[derive(Clone, Debug)]
pub struct Comparisons {
    left: usize,
}

impl Default for Comparisons {
    fn default() -> Comparisons {
        Comparisons { left: 1 << 16 }
    }
}

impl Comparisons {
    /// Whether `count` more may be made; if so, they are.
    pub fn allow(&mut self, count: usize) -> bool {
        let left = self.left.checked_sub(count);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// The candidate nearest to `name`, if they may be compared.
    pub fn nearest<'a>(&mut self, name: &str, candidates: &[&'a str]) -> Option<&'a str> {
        if !self.allow(candidates.len()) {
            return None;
        }
        nearest(name, candidates.iter().copied())
    }
}

/// No name that anyone mistypes is longer.
const MOST_CHARS: usize = 64;

/// Nobody looks for a name among more.
const MOST_CANDIDATES: usize = 1000;

/// The characters of a name.
struct Letters {
    all: [char; MOST_CHARS],
    length: usize,
    /// Which of the letters and digits occur, a bit for each, whatever their case; nothing of a
    /// name that is not all ASCII.
    occurring: Option<u64>,
}

impl Letters {
    /// Of a name that somebody may have mistyped.
    fn of(name: &str) -> Option<Letters> {
        let is_longer = || name.chars().nth(MOST_CHARS).is_some();
        Letters::beginning(name).filter(|_| !is_longer())
    }

    /// Of as much of a name as is compared.
    fn beginning(name: &str) -> Option<Letters> {
        let mut letters = Letters { all: ['\0'; MOST_CHARS], length: 0, occurring: Some(0) };
        for (place, character) in letters.all.iter_mut().zip(name.chars()) {
            *place = character;
            letters.length += 1;
            let bit = character.to_digit(36).map_or(0, |digit| 1 << digit);
            letters.occurring =
                letters.occurring.filter(|_| character.is_ascii()).map(|bits| bits | bit);
        }
        (letters.length > 0).then_some(letters)
    }

    /// Whether `candidate`, as its length alone tells, is not what `name`, whose letters these are,
    /// was meant to be.
    fn is_too_long_for(&self, name: &str, candidate: &str) -> bool {
        if !candidate.is_ascii() {
            return false;
        }
        let length = candidate.len().min(MOST_CHARS);
        let is_far = self.length.abs_diff(length) * 2 > allowed(self.length, length);
        is_far && !(self.length >= 3 && candidate.starts_with(name))
    }

    fn letters(&self) -> &[char] {
        &self.all[..self.length]
    }

    /// No two names are nearer: what one has more, or has and the other has not, costs 2 each.
    fn least_distance(&self, other: &Letters) -> usize {
        let only = |a: u64, b: u64| (a & !b).count_ones() as usize;
        let alone = match (self.occurring, other.occurring) {
            (Some(own), Some(others)) => only(own, others).max(only(others, own)),
            _ => 0,
        };
        alone.max(self.length.abs_diff(other.length)) * 2
    }
}

/// Optimal string alignment distance, in halves: another case costs 1, any other change 2. More
/// than `most` is some number above it.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    // No cost is above 2 × 64, a change of every letter, and one more step: it fits a byte.
    let width = b.len() + 1;
    let mut before = [0; MOST_CHARS + 1];
    let mut last: [u8; MOST_CHARS + 1] = std::array::from_fn(|column| column as u8 * 2);
    for (row, &left) in a.iter().enumerate() {
        let mut this = [(row as u8 + 1) * 2; MOST_CHARS + 1];
        for (column, &right) in b.iter().enumerate() {
            let change = if left == right {
                0
            } else if is_same_but_for_case(left, right) {
                1
            } else {
                2
            };
            let mut cost = (last[column] + change).min(last[column + 1] + 2).min(this[column] + 2);
            if row > 0 && column > 0 && left == b[column - 1] && a[row - 1] == right {
                cost = cost.min(before[column - 1] + 2);
            }
            this[column + 1] = cost;
        }
        // Nothing that follows can be less than two rows that are more.
        let least =
            |row: &[u8]| usize::from(row[..width].iter().copied().min().unwrap_or_default());
        if least(&this) > most && least(&last) > most {
            return most + 1;
        }
        before = std::mem::replace(&mut last, this);
    }
    usize::from(last[width - 1])
}

fn is_same_but_for_case(left: char, right: char) -> bool {
    match left.is_ascii() && right.is_ascii() {
        true => left.eq_ignore_ascii_case(&right),
        false => left.to_lowercase().eq(right.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_name() {
        let names = ["metadata", "containers", "cloud", "dockerAuth", "name"];
        assert_eq!(nearest("meta", names), Some("metadata"));
        assert_eq!(nearest("metdata", names), Some("metadata"));
        assert_eq!(nearest("dockerauth", names), Some("dockerAuth"));
        assert_eq!(nearest("continaers", names), Some("containers"));
        assert_eq!(nearest("xyz", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("ea", ["eas"]), Some("eas"));
        assert_eq!(nearest("esa", ["eas"]), Some("eas"));
        assert_eq!(nearest("\u{212a}", ["k"]), Some("k"));
        assert_eq!(nearest(&"x".repeat(65), ["x"]), None);
    }
}
