//! The lines of the documents that a report speaks of, as they may be shown: without secrets, what
//! nobody would see as escapes, and of a long line the part around the place.

use super::Span;
use crate::project::Project;
use crate::redact::Covered;
use crate::text::{self, Source, visible};

/// Characters of a line that are shown before its place, at most.
const BEFORE: usize = 60;

/// Characters of the place that are shown, and of what follows it.
const BEHIND: usize = 100;

/// A line with a place in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// The line's number, from 1.
    pub(super) line: u32,
    /// What stands before the place.
    pub(super) before: String,
    /// The place, as far as it is in this line.
    pub(super) place: String,
    /// What stands behind it.
    pub(super) behind: String,
}

/// The lines of a project's documents. Asked for by document, each is covered once.
pub(super) struct Quotes<'a> {
    project: &'a Project,
    /// The document that was asked about last: one text of a large project at a time.
    last: Option<Sheet>,
}

/// A document as it may be shown.
struct Sheet {
    path: String,
    covered: Covered,
    source: Source,
}

impl<'a> Quotes<'a> {
    pub(super) fn of(project: &'a Project) -> Quotes<'a> {
        Quotes { project, last: None }
    }

    /// The first line of a place; `None` for documents without lines, such as images.
    pub(super) fn quote(&mut self, path: &str, span: &Span) -> Option<Quote> {
        if self.last.as_ref().is_none_or(|sheet| sheet.path != path) {
            let covered = self.project.at_path(path)?.covered();
            let source = Source::new(path, covered.text());
            self.last = Some(Sheet { path: path.to_owned(), covered, source });
        }
        let Sheet { covered, source, .. } = self.last.as_ref()?;
        let place = covered.range(text::Span {
            start: span.start.offset,
            end: span.end.offset.max(span.start.offset),
        });
        let at = text::Span::new(place.start, place.end);
        let number = source.line_column(at.start).line;
        let line = source.line_span(number)?.range();
        let end = place.end.clamp(place.start, line.end.max(place.start));
        let text = source.text();
        if text.is_empty() {
            return None;
        }
        let before = text.get(line.start..place.start.min(line.end))?;
        let behind = text.get(end..line.end.max(end)).unwrap_or_default();
        // From the place back: a line may be the whole document.
        let skipped = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        let (place, is_cut) = head(text.get(place.start..end).unwrap_or_default());
        let behind = if is_cut { String::new() } else { cut(head(behind)) };
        Some(Quote {
            line: number,
            before: format!("{}{}", if skipped > 0 { "…" } else { "" }, shown(&before[skipped..])),
            place: cut((place, is_cut)),
            behind,
        })
    }
}

/// The beginning of `text`, and whether there is more.
fn head(text: &str) -> (&str, bool) {
    match text.char_indices().nth(BEHIND) {
        Some((at, _)) => (&text[..at], true),
        None => (text, false),
    }
}

fn cut((text, is_cut): (&str, bool)) -> String {
    format!("{}{}", shown(text), if is_cut { "…" } else { "" })
}

/// A part of a line; tabs are as wide as the row of signs below takes them for.
fn shown(text: &str) -> String {
    visible(&text.replace('\t', "    ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;
    use crate::check;

    fn quotes(text: &str) -> Vec<Quote> {
        let (project, _) = Project::from_files([("Dockerfile", text)]);
        let report = check(&project, &Settings::default());
        let mut quotes = Quotes::of(&project);
        report.findings.iter().filter_map(|one| quotes.quote(&one.path, &one.span)).collect()
    }

    #[test]
    fn a_quote_is_the_line_without_secrets_and_without_what_steers() {
        let found = quotes("FROM debian:12\nMAINTAINER \u{202e}ann\u{1b}[0m\n");
        assert!(
            found.iter().any(|one| one.line == 2 && one.behind.contains(r"\u{202e}ann\x1b[0m")
                || one.place.contains(r"\u{202e}ann\x1b[0m")),
            "{found:?}"
        );
        let found = quotes("FROM debian:12\nENV DB_PASSWORD=hunter2x9 A=b\n");
        let all = format!("{found:?}");
        assert!(all.contains("••••") && !all.contains("hunter2x9"), "{all}");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let found = quotes(&format!("FROM debian:12\nRUN {} && apt install a\n", "x".repeat(5000)));
        let longest = found.iter().map(|one| one.before.len() + one.place.len() + one.behind.len());
        assert!(longest.max().unwrap() < 600, "{found:?}");
    }
}
