//! Which findings are shown. Pure.

use std::rc::Rc;

use plimsoll::Report;
use plimsoll::report::Finding;

use super::painting::Rank;

/// What a reader wants to see of the findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Severities that are not shown.
    pub hidden: Vec<Rank>,
    /// The one platform whose findings are shown.
    pub platform: Option<String>,
    /// The one document whose findings are shown.
    pub path: Option<Rc<str>>,
    /// Words that a finding must hold.
    pub words: String,
    /// Whether rules are asked that only the strict want.
    pub strict: bool,
}

impl Filter {
    /// Whether anything is kept back.
    pub fn hides(&self) -> bool {
        !self.hidden.is_empty()
            || self.platform.is_some()
            || self.path.is_some()
            || !self.words.trim().is_empty()
    }

    /// Shows the severity again, or no longer.
    pub fn toggle(&mut self, rank: Rank) {
        match self.hidden.iter().position(|&one| one == rank) {
            Some(index) => {
                self.hidden.remove(index);
            }
            None => self.hidden.push(rank),
        }
    }

    /// The indices of the findings of `report` that are shown, in its order.
    pub fn shown(&self, report: &Report) -> Vec<usize> {
        let words: Vec<String> = self.words.split_whitespace().map(str::to_lowercase).collect();
        let all = report.findings.iter().enumerate();
        all.filter(|(_, finding)| self.shows(finding, &words)).map(|(index, _)| index).collect()
    }

    fn shows(&self, finding: &Finding, words: &[String]) -> bool {
        let is_of = |platform: &str| finding.platform.as_deref() == Some(platform);
        !self.hidden.contains(&Rank::of(&finding.severity))
            && self.platform.as_deref().is_none_or(is_of)
            && self.path.as_deref().is_none_or(|path| path == finding.path)
            && words.iter().all(|word| {
                finding.message.to_lowercase().contains(word)
                    || finding.rule.contains(word.as_str())
                    || finding.path.to_lowercase().contains(word)
            })
    }
}

#[cfg(test)]
mod tests {
    use plimsoll::fact::Platform;
    use plimsoll::{Project, Settings, check};

    use super::*;

    #[test]
    fn findings_are_chosen_by_severity_platform_document_and_words() {
        let service = "{\"name\": \"A\", \"containers\": [{\"image\": \"a:1\", \"port\": 9090}]}";
        let files = [("Dockerfile", "FROM a\nEXPOSE 8080\nCMD a\n"), ("service.json", service)];
        let (project, _) = Project::from_files(files);
        let report = check(&project, &Settings::for_platform(Platform::Eas));
        let shown = |filter: Filter| -> Vec<&Finding> {
            filter.shown(&report).into_iter().map(|index| &report.findings[index]).collect()
        };
        let all = shown(Filter::default());
        assert_eq!(all.len(), report.findings.len());
        let errors = Filter { hidden: vec![Rank::Warning, Rank::Info], ..Filter::default() };
        assert!(errors.hides() && !Filter { strict: true, ..Filter::default() }.hides());
        let errors = shown(errors);
        assert!(!errors.is_empty() && errors.len() < all.len());
        assert!(errors.iter().all(|one| one.severity == "error"));
        let eas = shown(Filter { platform: Some("eas".into()), ..Filter::default() });
        assert!(eas.len() < all.len() && eas.iter().all(|one| one.rule.starts_with("eas/")));
        let one = shown(Filter { path: Some("service.json".into()), ..Filter::default() });
        assert!(!one.is_empty() && one.iter().all(|one| one.path == "service.json"));
        let words = shown(Filter { words: "8080 Expose".into(), ..Filter::default() });
        assert!(!words.is_empty() && words.len() < all.len());
        let mut filter = Filter::default();
        filter.toggle(Rank::Error);
        filter.toggle(Rank::Error);
        assert_eq!(filter, Filter::default());
    }
}
