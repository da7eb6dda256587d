//! How many tests passed, failed and were ignored, by what their programs print.

use std::collections::BTreeMap;
use std::fmt;

/// The count over some test programs.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    programs: usize,
    passed: usize,
    failed: usize,
    /// How many were ignored for each reason.
    ignored: BTreeMap<String, usize>,
    /// Programs that failed, with what is to be said of them.
    failures: Vec<String>,
}

impl Tally {
    /// Looks at one line that a program has printed.
    pub(crate) fn take(&mut self, line: &str) {
        if let Some((_, why)) =
            line.split_once(" ... ignored").filter(|_| line.starts_with("test "))
        {
            let why = why.trim_start_matches(", ");
            let why = if why.is_empty() { "without a reason" } else { why };
            *self.ignored.entry(why.to_owned()).or_default() += 1;
        }
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.programs += 1;
            self.passed += count(counts, " passed");
            self.failed += count(counts, " failed");
        }
    }

    /// Notes that a program has failed.
    pub(crate) fn fail(&mut self, program: String) {
        self.failures.push(program);
    }

    pub(crate) fn failures(&self) -> &[String] {
        &self.failures
    }

    pub(crate) fn add(&mut self, other: Tally) {
        self.programs += other.programs;
        self.passed += other.passed;
        self.failed += other.failed;
        for (why, count) in other.ignored {
            *self.ignored.entry(why).or_default() += count;
        }
        self.failures.extend(other.failures);
    }
}

/// The number in front of `word`: `ok. 12 passed; 0 failed; …`.
fn count(counts: &str, word: &str) -> usize {
    let (before, _) = counts.split_once(word).unwrap_or_default();
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { programs, passed, failed, ignored, .. } = self;
        let all: usize = ignored.values().sum();
        write!(f, "{passed} passed; {failed} failed; {all} ignored; in {programs} test programs")?;
        for (why, count) in ignored {
            write!(f, "\n{count:>6} ignored: {why}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_print_is_added_up() {
        let mut tally = Tally::default();
        for line in [
            "test a_page ... ignored, needs a browser",
            "test a ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ] {
            tally.take(line);
        }
        tally.fail("laws".to_owned());
        let mut all = Tally::default();
        all.add(tally);
        assert_eq!(
            all.to_string(),
            "15 passed; 2 failed; 1 ignored; in 2 test programs\n     1 ignored: needs a browser"
        );
        assert_eq!(all.failures(), ["laws"]);
    }
}
