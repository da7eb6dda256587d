//! Numbers in words, in both languages.

use plimsoll::text::Lang;

use crate::state::painting::Rank;

/// A number as people read it: `20,001`.
pub fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// So many of a severity: `2 errors`, `1 个警告`.
pub fn of_rank(count: usize, rank: Rank, lang: Lang) -> String {
    let shown = number(count);
    match (lang, rank) {
        (Lang::En, Rank::Error) => format!("{shown} error{}", plural(count)),
        (Lang::En, Rank::Warning) => format!("{shown} warning{}", plural(count)),
        (Lang::En, Rank::Info) => format!("{shown} info"),
        (Lang::Zh, Rank::Error) => format!("{shown} 个错误"),
        (Lang::Zh, Rank::Warning) => format!("{shown} 个警告"),
        (Lang::Zh, Rank::Info) => format!("{shown} 条提示"),
    }
}

/// The ending of a plural.
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_people() {
        assert_eq!(
            ["0", "999", "1,000", "20,001"],
            [0, 999, 1000, 20_001].map(number).each_ref().map(String::as_str)
        );
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(of_rank(1, Rank::Error, Lang::En), "1 error");
        assert_eq!(of_rank(2, Rank::Warning, Lang::En), "2 warnings");
        assert_eq!(of_rank(2, Rank::Info, Lang::En), "2 info");
        assert_eq!(of_rank(2, Rank::Info, Lang::Zh), "2 条提示");
    }
}
