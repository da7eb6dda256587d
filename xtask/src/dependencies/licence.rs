//! Licence expressions in SPDX's terms: `(MIT OR Apache-2.0) AND Unicode-3.0`.

/// The licences of `allowed` under which one may use what is under `expression`. `None` where they
/// do not suffice, or the expression cannot be read.
pub(super) fn chosen<'a>(expression: &str, allowed: &[&'a str]) -> Option<Vec<&'a str>> {
    // Older packages write a slash.
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    let result = either(&mut rest, allowed)?;
    rest.is_empty().then_some(result)?
}

/// `A OR B`. The outer `None`: it cannot be read; the inner: it is not allowed.
fn either<'a>(rest: &mut &[&str], allowed: &[&'a str]) -> Option<Option<Vec<&'a str>>> {
    let mut found = all(rest, allowed)?;
    while next_is(rest, "OR") {
        let other = all(rest, allowed)?;
        // The first that one may take, as the list has it.
        found = found.or(other);
    }
    Some(found)
}

/// `A AND B`.
fn all<'a>(rest: &mut &[&str], allowed: &[&'a str]) -> Option<Option<Vec<&'a str>>> {
    let mut found = single(rest, allowed)?;
    while next_is(rest, "AND") {
        let other = single(rest, allowed)?;
        found = found.zip(other).map(|(found, other)| [found, other].concat());
    }
    Some(found)
}

/// `MIT`, `Apache-2.0 WITH LLVM-exception`, or what stands in parentheses.
fn single<'a>(rest: &mut &[&str], allowed: &[&'a str]) -> Option<Option<Vec<&'a str>>> {
    if next_is(rest, "(") {
        let inner = either(rest, allowed)?;
        return next_is(rest, ")").then_some(inner);
    }
    let (name, behind) = rest.split_first()?;
    *rest = behind;
    let mut name = (*name).to_owned();
    if next_is(rest, "WITH") {
        let (exception, behind) = rest.split_first()?;
        *rest = behind;
        name = format!("{name} WITH {exception}");
    }
    Some(allowed.iter().find(|one| **one == name).map(|one| vec![*one]))
}

fn next_is(rest: &mut &[&str], word: &str) -> bool {
    let is_next = rest.first() == Some(&word);
    if is_next {
        *rest = &rest[1..];
    }
    is_next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_suffices_and_all_of_several_are_needed() {
        let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
        assert_eq!(chosen("MIT", &allowed), Some(vec!["MIT"]));
        assert_eq!(chosen("GPL-3.0-only OR MIT", &allowed), Some(vec!["MIT"]));
        assert_eq!(chosen("Apache-2.0/MIT", &allowed), Some(vec!["MIT"]));
        assert_eq!(
            chosen("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed),
            Some(vec!["MIT", "Unicode-3.0"])
        );
        assert_eq!(
            chosen("Apache-2.0 WITH LLVM-exception", &allowed),
            Some(vec!["Apache-2.0 WITH LLVM-exception"])
        );
        for refused in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT", "MIT Apache-2.0"] {
            assert_eq!(chosen(refused, &allowed), None, "{refused}");
        }
    }
}
