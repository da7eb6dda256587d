//! Which finding is which when texts change, and which comes next. Pure.

use plimsoll::Report;
use plimsoll::report::Finding;

/// What a finding is known by across checks: lines move, so its place is not part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    rule: String,
    path: String,
    message: String,
    /// How many before it are alike.
    nth: usize,
}

impl Key {
    /// The keys of all findings of `report`, in its order.
    pub fn all(report: &Report) -> Vec<Key> {
        let mut seen = std::collections::HashMap::new();
        let key = |finding: &Finding| {
            let alike = (finding.rule.to_string(), finding.path.clone(), finding.message.clone());
            let count = seen.entry(alike.clone()).or_insert(0_usize);
            let nth = std::mem::replace(count, *count + 1);
            Key { rule: alike.0, path: alike.1, message: alike.2, nth }
        };
        report.findings.iter().map(key).collect()
    }

    /// The index of the finding in `report`, if it is still there.
    pub fn index_in(&self, report: &Report) -> Option<usize> {
        let alike = report.findings.iter().enumerate().filter(|(_, finding)| {
            finding.rule == self.rule.as_str()
                && finding.path == self.path
                && finding.message == self.message
        });
        alike.map(|(index, _)| index).nth(self.nth)
    }

    /// As an attribute's value.
    pub fn id(&self) -> String {
        format!("{}|{}|{}|{}", self.rule, self.path, self.nth, self.message)
    }
}

/// The finding, of those that are `shown`, that comes after the byte `at` of `path`, or before it if
/// one goes `back`; from the last one to the first.
pub fn next(report: &Report, shown: &[usize], path: &str, at: u32, back: bool) -> Option<usize> {
    let place = |&index: &usize| {
        let finding = report.findings.get(index)?;
        Some((finding.path.as_str(), finding.span.start.offset))
    };
    let here = Some((path, at));
    if back {
        let before = shown.iter().rev().find(|index| place(index) < here);
        before.or(shown.last()).copied()
    } else {
        let after = shown.iter().find(|index| place(index) > here);
        after.or(shown.first()).copied()
    }
}

#[cfg(test)]
mod tests {
    use plimsoll::{Project, Settings, check};

    use super::*;

    fn report(text: &str) -> Report {
        let (project, _) =
            Project::from_files([("a/Dockerfile", text), ("b/Dockerfile", "FROM\n")]);
        check(&project, &Settings::default())
    }

    #[test]
    fn a_finding_is_known_again_when_lines_move() {
        let before = report("FROM a:1\nEXPOSE 99999\nEXPOSE 99999\n");
        let keys = Key::all(&before);
        let port: Vec<usize> =
            (0..keys.len()).filter(|&index| keys[index].rule.ends_with("invalid-port")).collect();
        assert_eq!(port.len(), 2, "{keys:?}");
        let after = report("FROM a:1\n\n\nEXPOSE 99999\nEXPOSE 99999\n");
        let second = keys[port[1]].index_in(&after).expect("the second");
        assert_eq!(after.findings[second].span.start.line, 5);
        assert_eq!(keys[port[1]].index_in(&report("FROM a:1\n\n\nEXPOSE 99999\n")), None);
        assert_ne!(keys[port[0]].id(), keys[port[1]].id());
    }

    #[test]
    fn one_goes_through_all_findings_and_begins_again() {
        let report = report("FROM a:1\nEXPOSE 99999\nEXPOSE 99998\n");
        let shown: Vec<usize> = (0..report.findings.len()).collect();
        let place = |index: usize| {
            let finding = &report.findings[index];
            (finding.path.as_str(), finding.span.start.offset)
        };
        let mut here = ("", 0);
        let mut seen = Vec::new();
        for _ in 0..shown.len() {
            let index = next(&report, &shown, here.0, here.1, false).expect("a finding");
            here = place(index);
            seen.push(here);
        }
        assert!(seen.is_sorted() && seen.last().is_some_and(|last| last.0 == "b/Dockerfile"));
        assert_eq!(next(&report, &shown, here.0, here.1, false).map(place), seen.first().copied());
        assert_eq!(next(&report, &shown, "", 0, true).map(place), seen.last().copied());
        assert_eq!(next(&report, &[], "", 0, true), None);
    }
}
