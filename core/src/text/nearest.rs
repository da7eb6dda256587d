//! "Did you mean": the known name that a mistyped one is nearest to.

/// The candidate nearest to `name` by edit distance (insertions, deletions, substitutions and
/// swaps of neighbours; case counts half), if it is near enough to be meant. The first of equals.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().take(MOST_CHARS + 1).collect();
    if wanted.is_empty() || wanted.len() > MOST_CHARS {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    let mut known: Vec<char> = Vec::with_capacity(MOST_CHARS);
    let mut rows = Rows::default();
    for candidate in candidates {
        known.clear();
        known.extend(candidate.chars().take(MOST_CHARS));
        // A third of the longer name may differ, one typo always (cost counts in halves).
        let allowed = (wanted.len().max(known.len()) * 2 / 3).max(2);
        let is_cut_short = wanted.len() >= 3 && known.starts_with(&wanted);
        // Each letter that one has more costs 2 at least.
        if wanted.len().abs_diff(known.len()) * 2 > allowed && !is_cut_short {
            continue;
        }
        let mut cost = rows.distance(&wanted, &known);
        // A name cut short is as near as may be: `meta` for `metadata`.
        if is_cut_short {
            cost = cost.min(allowed);
        }
        if cost <= allowed && cost < known.len() * 2 && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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

/// The last rows of the table of distances, kept from one comparison to the next.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    last: Vec<usize>,
    this: Vec<usize>,
}

impl Rows {
    /// Optimal string alignment distance, in halves: another case costs 1, any other change 2.
    fn distance(&mut self, a: &[char], b: &[char]) -> usize {
        let width = b.len() + 1;
        let Rows { before, last, this } = self;
        last.clear();
        last.extend((0..width).map(|column| column * 2));
        for row in [&mut *before, &mut *this] {
            row.clear();
            row.resize(width, 0);
        }
        for (row, &left) in a.iter().enumerate() {
            this[0] = (row + 1) * 2;
            for (column, &right) in b.iter().enumerate() {
                let change = if left == right {
                    0
                } else if left.to_lowercase().eq(right.to_lowercase()) {
                    1
                } else {
                    2
                };
                let mut cost =
                    (last[column] + change).min(last[column + 1] + 2).min(this[column] + 2);
                if row > 0 && column > 0 && left == b[column - 1] && a[row - 1] == right {
                    cost = cost.min(before[column - 1] + 2);
                }
                this[column + 1] = cost;
            }
            std::mem::swap(before, last);
            std::mem::swap(last, this);
        }
        last[width - 1]
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
    }
}
