//! What the editor asks of a document: its colours, what may be written, what words mean.

use plimsoll::language::{Class, by_line, completion, hover, tokens_of};
use plimsoll::text::visible;
use plimsoll::{Kind, detect};

use super::language;
use super::shelf::Shelf;
use crate::line_ends::normalized;
use crate::messages::{Item, Offer, Spot, Tell};

/// More offers than this nobody reads.
const MOST: usize = 200;

/// How lines of a document are painted, as it was checked last. Nothing of an older text.
pub(super) fn painted(revision: u64, path: String, lines: (usize, usize), shelf: &Shelf) -> Tell {
    let mut numbers = Vec::new();
    let document =
        shelf.as_checked(revision, |checked| checked.project.at_path(&path).cloned()).flatten();
    if let Some(document) = &document {
        let tokens = tokens_of(document, lines.0..lines.1);
        let by_line = by_line(document.source.text(), lines.0, &tokens);
        for (line, tokens) in (lines.0..).zip(by_line) {
            for token in tokens {
                let class = Class::ALL.iter().position(|class| *class == token.class);
                let parts = [line, token.start, token.end, class.unwrap_or_default()];
                numbers.extend(parts.map(|part| u32::try_from(part).unwrap_or(u32::MAX)));
            }
        }
    }
    Tell::Painted { revision, path, lines, tokens: numbers }
}

/// Kind and text of the document that is spoken of; every line ends with `\n`.
fn spoken_of(item: &Item, shelf: &Shelf) -> Option<(Kind, String)> {
    let text = shelf.text(item);
    let chosen = item.kind.as_deref().and_then(Kind::from_id);
    Some((chosen.or_else(|| detect(&item.path, &text))?, normalized(&text)))
}

/// What may be written at a place.
pub(super) fn offers(spot: Spot, shelf: &Shelf) -> Tell {
    let lang = language(&spot.lang);
    let all =
        spoken_of(&spot.item, shelf).map(|(kind, text)| completion(kind, &text, spot.at, lang));
    let unit = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let offers = all.unwrap_or_default().into_iter().take(MOST).map(|one| Offer {
        label: one.label,
        insert: one.insert,
        start: unit(one.replace.start),
        end: unit(one.replace.end),
        detail: visible(&one.detail).into_owned(),
    });
    Tell::Offers { path: spot.item.path, at: spot.at, offers: offers.collect() }
}

/// What the word at a place means.
pub(super) fn explained(spot: Spot, shelf: &Shelf) -> Tell {
    let lang = language(&spot.lang);
    let found =
        spoken_of(&spot.item, shelf).and_then(|(kind, text)| hover(kind, &text, spot.at, lang));
    Tell::Explained { path: spot.item.path, at: spot.at, text: found.map(|one| one.text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::{Project, Settings};

    use crate::worker::shelf::Checked;

    fn spot(text: Option<&str>, at: usize) -> Spot {
        let (path, text) = ("Dockerfile".to_owned(), text.map(str::to_owned));
        Spot { item: Item { id: 1, path, kind: None, text }, at, lang: "en".to_owned() }
    }

    #[test]
    fn lines_are_painted_as_they_were_checked() {
        let shelf = Shelf::default();
        let (project, _) = Project::from_files([("Dockerfile", "FROM a:1\nRUN b\n")]);
        let settings = Settings::default();
        *shelf.checked.borrow_mut() = Some(Checked { revision: 3, project, settings });
        let tokens = |revision| match painted(revision, "Dockerfile".to_owned(), (1, 2), &shelf) {
            Tell::Painted { tokens, .. } => tokens,
            _ => panic!("not painted"),
        };
        assert_eq!(tokens(3)[..4], [1, 0, 3, 0], "a keyword on the second line");
        assert!(tokens(2).is_empty(), "of an older text");
    }

    #[test]
    fn a_word_that_is_begun_is_offered_and_explained() {
        let shelf = Shelf::default();
        let Tell::Offers { offers, .. } = offers(spot(Some("FROM a:1\nEXP"), 12), &shelf) else {
            panic!("no offers");
        };
        let first = offers.first().map(|one| (one.label.as_str(), one.start, one.end));
        assert_eq!(first, Some(("EXPOSE", 9, 12)));
        let told = |text| match explained(spot(text, 11), &shelf) {
            Tell::Explained { text, .. } => text.filter(|text| !text.is_empty()),
            _ => panic!("nothing told"),
        };
        let first = told(Some("FROM a:1\r\nEXPOSE 80\r\n"));
        assert!(first.is_some(), "line ends of the document do not shift the place");
        assert_eq!(told(None), first, "a text that did not change is not sent again");
    }
}
