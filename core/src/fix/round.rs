//! One service, fixed round by round: find, choose what does not touch, apply what breaks nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::Applied;
use crate::project::Project;
use crate::rule::{Offer, Rule};
use crate::text::{Edit, Place, SourceId, Span, apply};

/// Rounds after which fixing stops, whatever is left: two fixes may undo one another.
const MOST_ROUNDS: usize = 100;

/// Bytes of one document that are read anew in search of the fixes that break it.
const MOST_TRIED: usize = 16 * 1024 * 1024;

/// A service that is being fixed.
pub(super) struct Mender {
    pub(super) project: Project,
    pub(super) applied: Vec<Applied>,
    /// What broke a document, where it stands by now.
    pub(super) dropped: Vec<Refused>,
}

/// A fix that would have broken a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused {
    pub(super) rule: &'static str,
    pub(super) at: Place,
}

/// Which rules a round asks.
pub(super) enum Asked<'a> {
    All,
    /// Those that have offered a fix before.
    Only(&'a BTreeSet<&'static str>),
    /// The others.
    Others(&'a BTreeSet<&'static str>),
}

/// Whose turn it is.
#[derive(Clone, Copy)]
enum Turn {
    First,
    Offering,
    Others,
}

impl Asked<'_> {
    pub(super) fn includes(&self, rule: &Rule) -> bool {
        match self {
            Asked::All => true,
            Asked::Only(ids) => ids.contains(rule.id),
            Asked::Others(ids) => !ids.contains(rule.id),
        }
    }
}

impl Mender {
    pub(super) fn new(project: Project) -> Mender {
        Mender { project, applied: Vec::new(), dropped: Vec::new() }
    }

    /// Fixes what `find` finds until there is nothing left to fix.
    ///
    /// Most rules never offer a fix: after the first round only those are asked that have, and the
    /// others once these have nothing more.
    pub(super) fn run(&mut self, find: impl Fn(&Project, Asked<'_>) -> Vec<Offer>) {
        let mut offering = BTreeSet::new();
        let mut turn = Turn::First;
        for _ in 0..MOST_ROUNDS {
            let asked = match turn {
                Turn::First => Asked::All,
                Turn::Offering => Asked::Only(&offering),
                Turn::Others => Asked::Others(&offering),
            };
            let offers = find(&self.project, asked);
            offering.extend(offers.iter().map(|offer| offer.rule.id));
            let chosen = self.choose(offers);
            let known = self.dropped.len();
            let is_over = !self.round(chosen) && self.dropped.len() == known;
            turn = match turn {
                Turn::First | Turn::Others if is_over => return,
                Turn::Offering if is_over => Turn::Others,
                Turn::First | Turn::Offering | Turn::Others => Turn::Offering,
            };
        }
    }

    /// The fixes that may be applied now, none touching another.
    fn choose(&self, mut offers: Vec<Offer>) -> Vec<Offer> {
        let dropped: BTreeSet<_> = self.dropped.iter().map(|one| (one.rule, one.at)).collect();
        let mut taken = Taken::default();
        offers.retain(|Offer { rule, at, edits }| {
            let is_chosen = !dropped.contains(&(rule.id, *at))
                && !edits.is_empty()
                && edits.iter().all(|(source, edit)| taken.is_free(*source, edit));
            if is_chosen {
                edits.iter().for_each(|(source, edit)| taken.take(*source, edit));
            }
            is_chosen
        });
        offers
    }

    /// Applies `chosen`; whether that changed anything.
    fn round(&mut self, chosen: Vec<Offer>) -> bool {
        let mut of_one: BTreeMap<SourceId, Vec<Offer>> = BTreeMap::new();
        let mut of_several = Vec::new();
        for one in chosen {
            match one.documents().first() {
                Some(&id) if one.documents().len() == 1 => of_one.entry(id).or_default().push(one),
                _ => of_several.push(one),
            }
        }
        let mut changed = BTreeSet::new();
        for (id, fixes) in of_one {
            if self.settle(id, &fixes) {
                changed.insert(id);
            }
        }
        for one in of_several {
            // Where a document is other than the finding knew it, the fix waits.
            if one.documents().is_disjoint(&changed) && self.apply_to_several(&one) {
                changed.extend(one.documents());
            }
        }
        !changed.is_empty()
    }

    /// Applies `fixes` of the document `id`: all at once, and where that breaks it by halves, so
    /// that a fix that breaks it holds up no other. Whether anything changed.
    fn settle(&mut self, id: SourceId, fixes: &[Offer]) -> bool {
        let document = self.project.document(id);
        let (source, most_errors) = (document.source.clone(), document.error_count());
        // Two trees of one large document are one too many.
        self.project.replace(self.project.reread(id, String::new()));
        let mut tries = MOST_TRIED / source.text().len().max(1) + 32;
        let mut refused = Vec::new();
        let mut kept: Vec<&Edit> = Vec::new();
        let mut mended = None;
        let mut waiting = vec![fixes];
        while let Some(part) = waiting.pop() {
            let own = part.iter().flat_map(|one| one.edits_of(id));
            let edits: Vec<&Edit> = kept.iter().copied().chain(own).collect();
            let next = match apply(source.text(), &edits) {
                Ok(text) if tries > 0 => Some(self.project.reread(id, text)),
                _ => None,
            };
            tries = tries.saturating_sub(1);
            match next.filter(|next| next.error_count() <= most_errors) {
                Some(next) => {
                    (kept, mended) = (edits, Some(next));
                    let documents = || vec![id];
                    self.applied.extend(
                        part.iter()
                            .map(|one| Applied { rule: one.rule.id, documents: documents() }),
                    );
                }
                None if part.len() > 1 && tries > 0 => {
                    let (first, second) = part.split_at(part.len() / 2);
                    waiting.extend([second, first]);
                }
                None => {
                    refused
                        .extend(part.iter().map(|one| Refused { rule: one.rule.id, at: one.at }));
                }
            }
        }
        self.dropped.extend(refused);
        let is_mended = mended.is_some();
        let next = mended.unwrap_or_else(|| self.project.reread(id, source.text().to_owned()));
        self.project.replace(next);
        self.follow(id, kept);
        is_mended
    }

    /// Applies a fix of several documents, unless it breaks one; whether it did.
    fn apply_to_several(&mut self, fix: &Offer) -> bool {
        let mut mended = Vec::new();
        for id in fix.documents() {
            let document = self.project.document(id);
            let edits: Vec<&Edit> = fix.edits_of(id).collect();
            let next = apply(document.source.text(), &edits)
                .ok()
                .map(|text| self.project.reread(id, text))
                .filter(|next| next.error_count() <= document.error_count());
            let Some(next) = next else {
                self.dropped.push(Refused { rule: fix.rule.id, at: fix.at });
                return false;
            };
            mended.push((id, next, edits));
        }
        for (id, next, edits) in mended {
            self.project.replace(next);
            self.follow(id, edits);
        }
        let documents = fix.documents().into_iter().collect();
        self.applied.push(Applied { rule: fix.rule.id, documents });
        true
    }

    /// Moves what was dropped in the document `id` along with its text.
    fn follow(&mut self, id: SourceId, edits: Vec<&Edit>) {
        let moved = |offset: u32| {
            let before = edits.iter().filter(|edit| edit.span.end <= offset);
            before.fold(offset as usize, |at, edit| at + edit.text.len() - edit.span.len())
        };
        for one in self.dropped.iter_mut().filter(|one| one.at.source == id) {
            one.at.span = Span::new(moved(one.at.span.start), moved(one.at.span.end));
        }
    }
}

/// The spans that chosen fixes change, by document; none touches another, but for those of one fix.
#[derive(Default)]
struct Taken(BTreeMap<SourceId, BTreeMap<u32, u32>>);

impl Taken {
    fn is_free(&self, source: SourceId, edit: &Edit) -> bool {
        let Span { start, end } = edit.span;
        let before = self.0.get(&source).and_then(|spans| spans.range(..=end).next_back());
        before.is_none_or(|(_, &last)| last < start)
    }

    fn take(&mut self, source: SourceId, edit: &Edit) {
        let spans = self.0.entry(source).or_default();
        let last = spans.entry(edit.span.start).or_insert(edit.span.end);
        *last = (*last).max(edit.span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Findings, Fix, Safety};
    use crate::text::text;

    static RULE: Rule = Rule { id: "dockerfile/test", ..Rule::DEFAULT };
    static OTHER: Rule = Rule { id: "dockerfile/other", ..Rule::DEFAULT };

    fn project(files: &[(&str, &str)]) -> Project {
        Project::from_files(files.iter().map(|(path, text)| (*path, *text))).0
    }

    /// A rule that turns each `from` into `to`, wherever it stands.
    fn turn(
        rule: &'static Rule,
        from: &'static str,
        to: &'static str,
    ) -> impl Fn(&Project) -> Vec<Offer> {
        move |project| {
            let mut found = Findings::for_fixing(Safety::Unsafe, |_, _| false);
            for document in project.documents() {
                for (at, _) in document.source.text().match_indices(from) {
                    let place = document.place(Span::new(at, at + from.len()));
                    found.add(rule, place).fix(Fix::safe(text("turn", "改")).replace(place, to));
                }
            }
            found.into_offers()
        }
    }

    fn mended(files: &[(&str, &str)], find: impl Fn(&Project) -> Vec<Offer>) -> Mender {
        let mut mender = Mender::new(project(files));
        mender.run(|project, _| find(project));
        mender
    }

    fn text_at<'a>(mender: &'a Mender, path: &str) -> &'a str {
        mender.project.at_path(path).expect("a document").source.text()
    }

    #[test]
    fn a_fix_that_breaks_its_document_holds_up_no_other() {
        // A variable without a value is an error.
        let breaking = turn(&RULE, "RUN bad", "ENV bad");
        let sound = turn(&RULE, "one", "two");
        let find = |project: &Project| {
            let mut findings = sound(project);
            findings.extend(breaking(project));
            findings.extend(turn(&OTHER, "three", "four")(project));
            findings
        };
        let text = "FROM a\nRUN one\nRUN bad\nRUN one three\n";
        let mender = mended(&[("a/Dockerfile", text), ("b/Dockerfile", text)], find);
        for path in ["a/Dockerfile", "b/Dockerfile"] {
            assert_eq!(text_at(&mender, path), "FROM a\nRUN two\nRUN bad\nRUN two four\n");
        }
        assert_eq!(mender.applied.len(), 6);
        let dropped: Vec<_> =
            mender.dropped.iter().map(|one| (one.rule, one.at.source.0)).collect();
        assert_eq!(dropped, [("dockerfile/test", 0), ("dockerfile/test", 1)]);
    }

    #[test]
    fn a_fix_that_was_dropped_is_known_again_where_it_has_moved_to() {
        let breaking = turn(&RULE, "RUN bad", "ENV bad");
        let growing = turn(&OTHER, "one", "of more letters");
        let find = |project: &Project| {
            let mut findings = breaking(project);
            findings.extend(growing(project));
            findings
        };
        let mender = mended(&[("Dockerfile", "FROM a\nRUN one\nRUN bad\n")], find);
        assert_eq!(mender.dropped.len(), 1, "{:?}", mender.dropped);
        let at = mender.dropped[0].at;
        assert_eq!(mender.project.source(at.source).slice(at.span), "RUN bad");
    }

    #[test]
    fn many_breaking_fixes_are_found_without_trying_each_against_all() {
        let lines = "RUN bad\nRUN one\n".repeat(200);
        let text = format!("FROM a\n{lines}");
        let find = |project: &Project| {
            let mut findings = turn(&RULE, "RUN bad", "ENV bad")(project);
            findings.extend(turn(&OTHER, "one", "two")(project));
            findings.sort_by_key(|finding| finding.at);
            findings
        };
        let mender = mended(&[("Dockerfile", &text)], find);
        assert_eq!((mender.applied.len(), mender.dropped.len()), (200, 200));
        assert_eq!(text_at(&mender, "Dockerfile"), text.replace("one", "two"));
    }

    #[test]
    fn rounds_go_on_until_nothing_is_left() {
        // Each round shortens by one: more of them than ten.
        let find = turn(&RULE, "xx", "x");
        let text = format!("FROM a\nRUN {}\n", "x".repeat(40));
        let mender = mended(&[("Dockerfile", &text)], find);
        assert_eq!(text_at(&mender, "Dockerfile"), "FROM a\nRUN x\n");
    }

    #[test]
    fn a_rule_that_offers_nothing_at_first_is_asked_again_in_the_end() {
        let mut mender = Mender::new(project(&[("Dockerfile", "FROM a\nRUN one\n")]));
        mender.run(|project, asked| {
            let mut offers = turn(&RULE, "one", "two")(project);
            offers.extend(turn(&OTHER, "two", "three")(project));
            offers.retain(|offer| asked.includes(offer.rule));
            offers
        });
        assert_eq!(text_at(&mender, "Dockerfile"), "FROM a\nRUN three\n");
    }

    #[test]
    fn a_fix_of_several_documents_is_applied_to_all_or_none() {
        let find = |project: &Project| {
            let mut found = Findings::for_fixing(Safety::Unsafe, |_, _| false);
            let spans: Vec<Place> = project
                .documents()
                .iter()
                .filter_map(|document| {
                    let at = document.source.text().find("RUN x")?;
                    Some(document.place(Span::new(at, at + 5)))
                })
                .collect();
            let [a, b] = spans[..] else { return Vec::new() };
            let fix = Fix::safe(text("both", "都改")).replace(a, "RUN y").replace(b, "ENV y");
            found.add(&RULE, a).fix(fix);
            found.into_offers()
        };
        let files = [("a/Dockerfile", "FROM a\nRUN x\n"), ("b/Dockerfile", "FROM a\nRUN x\n")];
        let mender = mended(&files, find);
        assert_eq!((mender.applied.len(), mender.dropped.len()), (0, 1));
        assert_eq!(text_at(&mender, "a/Dockerfile"), "FROM a\nRUN x\n");
    }
}
