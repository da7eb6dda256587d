//! The part of a document that an excerpt shows: a window around each place, however long its lines
//! are and however far the places lie apart.

use std::ops::Range;

use plimsoll::credential::REDACTED;
use plimsoll::document::Document;
use plimsoll::report::Span;
use plimsoll::text::{Source, hidden_characters};

/// A line of at most so many columns is shown whole.
const WHOLE_LINE: usize = 140;
/// Columns of a longer line that are shown around its places.
const WINDOW: usize = 120;
/// A place is shown with so many columns around it at least, however many share its line.
const LEAST_WINDOW: usize = 24;
/// A place of at most so many lines is shown as one.
const WHOLE_PLACE: u32 = 40;
/// Lines that are shown of each end of a longer place.
const END_LINES: u32 = 3;
/// Places at most so many lines apart share an excerpt.
const NEAR: u32 = 60;
/// What stands where a line was cut.
const CUT: &str = "…";

/// A document's text as it may be shown.
pub(crate) struct Sheet<'a> {
    source: &'a Source,
    /// The bytes that are covered, in order, each range within a line.
    masks: Vec<Range<usize>>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn of(document: &'a Document) -> Sheet<'a> {
        let masks = document.covered().masks().map(plimsoll::text::Span::range).collect();
        Sheet { source: &document.source, masks }
    }

    /// Adds the bytes `range` of the document to `shown`, a mask in the place of each secret, and
    /// escapes for what nobody would see.
    fn show(&self, range: Range<usize>, shown: &mut Shown) {
        let mut at = range.start;
        let first = self.masks.partition_point(|mask| mask.end <= range.start);
        for mask in self.masks.iter().skip(first).take_while(|mask| mask.start < range.end) {
            self.show_open(at..mask.start, shown);
            at = mask.end.min(range.end);
            shown.instead(mask.start.max(range.start)..at, REDACTED);
        }
        self.show_open(at..range.end, shown);
        shown.end = range.end;
    }

    /// Adds bytes in which no secret stands.
    fn show_open(&self, range: Range<usize>, shown: &mut Shown) {
        let text = self.source.text().get(range.clone()).unwrap_or_default();
        let mut done = 0;
        for (at, character, escape) in hidden_characters(text) {
            if done < at {
                shown.copy(&text[done..at], range.start + done);
            }
            done = at + character.len_utf8();
            shown.instead(range.start + at..range.start + done, &escape);
        }
        if done < text.len() {
            shown.copy(&text[done..], range.start + done);
        }
    }

    /// The bytes of a line (from 1) without its end.
    fn line(&self, line: u32) -> Range<usize> {
        let text = self.source.text().len();
        self.source.line_span(line).map_or(text..text, plimsoll::text::Span::range)
    }

    /// The excerpts that show the place `primary`, which is in the first of them, and `others`.
    pub(crate) fn excerpts(&self, primary: Option<&Span>, others: &[&Span]) -> Vec<Excerpt> {
        let places = primary.into_iter().chain(others.iter().copied()).enumerate();
        let parts: Vec<Part> = places.flat_map(|(place, span)| self.parts(place, span)).collect();
        let mut excerpts: Vec<Excerpt> =
            clusters(&parts).iter().map(|cluster| self.excerpt(cluster)).collect();
        if let (Some(span), Some(first)) = (primary, excerpts.first_mut()) {
            first.at = (span.start.line, span.start.column);
        }
        excerpts
    }

    /// A place, or its first and last lines where it has very many.
    fn parts(&self, place: usize, span: &Span) -> Vec<Part> {
        let text = self.source.text();
        let start = floor(text, span.start.offset as usize);
        let end = floor(text, span.end.offset as usize).max(start);
        let (first, last) = (span.start.line, span.end.line.max(span.start.line));
        let part = |bytes: Range<usize>, first, last, is_last| Part {
            mark: Mark { place, is_last, bytes },
            first,
            last,
        };
        if last - first < WHOLE_PLACE {
            return vec![part(start..end, first, last, true)];
        }
        let (head, tail) = (first + END_LINES - 1, last + 1 - END_LINES);
        vec![
            part(start..self.line(head).end.max(start), first, head, false),
            part(self.line(tail).start.min(end)..end, tail, last, true),
        ]
    }

    fn excerpt(&self, cluster: &Cluster<'_>) -> Excerpt {
        let mut shown = Shown::default();
        for line in cluster.first..=cluster.last {
            let bytes = self.line(line);
            if line > cluster.first {
                shown.instead(shown.end..bytes.start, "\n");
            }
            self.show_line(bytes, &cluster.parts, &mut shown);
        }
        let place = |part: &&Part| Mark { bytes: shown.range(&part.mark.bytes), ..part.mark };
        let marks = cluster.parts.iter().map(place).collect();
        let head = cluster.parts.iter().map(|part| part.mark.bytes.start).min();
        let at = self.source.line_column(plimsoll::text::Span::at(head.unwrap_or_default()).start);
        Excerpt { line: cluster.first, at: (at.line, at.column), marks, text: shown.text }
    }

    /// Adds a line: whole, or what lies around the places in it.
    fn show_line(&self, line: Range<usize>, parts: &[&Part], shown: &mut Shown) {
        let windows = windows(self.source.text(), &line, parts);
        let mut at = line.start;
        for window in windows {
            if at < window.start {
                shown.instead(at..window.start, CUT);
            }
            at = window.end;
            self.show(window, shown);
        }
        if at < line.end {
            shown.instead(at..line.end, CUT);
        }
        shown.end = line.end;
    }
}

/// Some lines of a document, with the places in them.
pub(crate) struct Excerpt {
    /// What is shown.
    pub(crate) text: String,
    /// The number of its first line.
    pub(crate) line: u32,
    /// Line and column, in the document, of the primary place or else of the first one.
    pub(crate) at: (u32, u32),
    /// The places, in bytes of `text`.
    pub(crate) marks: Vec<Mark>,
}

/// A place in an excerpt.
#[derive(Clone)]
pub(crate) struct Mark {
    /// Which of the places that were asked for.
    pub(crate) place: usize,
    /// Whether the place ends here: one of very many lines is shown in two parts.
    pub(crate) is_last: bool,
    /// Its bytes.
    pub(crate) bytes: Range<usize>,
}

/// A place, or one end of it, with its lines.
struct Part {
    mark: Mark,
    first: u32,
    last: u32,
}

/// Parts that share an excerpt.
struct Cluster<'a> {
    parts: Vec<&'a Part>,
    first: u32,
    last: u32,
}

/// Groups what lies near: the group of the first part comes first, the others in order of line.
fn clusters(parts: &[Part]) -> Vec<Cluster<'_>> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&index| parts[index].first);
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    let mut own = 0;
    for index in order {
        let part = &parts[index];
        match clusters.last_mut().filter(|last| part.first <= last.last.saturating_add(NEAR)) {
            Some(last) => last.last = last.last.max(part.last),
            None => clusters.push(Cluster { parts: vec![], first: part.first, last: part.last }),
        }
        let at = clusters.len() - 1;
        clusters[at].parts.push(part);
        if index == 0 {
            own = at;
        }
    }
    for cluster in &mut clusters {
        cluster.parts.sort_by_key(|part| part.mark.place);
    }
    if let Some(before) = clusters.get_mut(..=own) {
        before.rotate_right(1);
    }
    clusters
}

/// What is shown of `line`: all of it, or a window around each end of a place that lies in it.
fn windows(text: &str, line: &Range<usize>, parts: &[&Part]) -> Vec<Range<usize>> {
    if forward(text, line, line.start, WHOLE_LINE) == line.end {
        return vec![line.clone()];
    }
    let mut places: Vec<Range<usize>> = Vec::new();
    for bytes in parts.iter().map(|part| &part.mark.bytes) {
        let within = |at: usize| (line.start..=line.end).contains(&at).then_some(at);
        match (within(bytes.start), within(bytes.end)) {
            (Some(start), Some(end)) => places.push(start..end),
            (Some(at), None) | (None, Some(at)) => places.push(at..at),
            (None, None) => {}
        }
    }
    if places.is_empty() {
        places.push(line.start..line.start);
    }
    let columns = (WINDOW / places.len()).max(LEAST_WINDOW);
    let mut windows: Vec<Range<usize>> = places
        .into_iter()
        .flat_map(|place| {
            let (third, half) = (columns / 3, columns / 2);
            if forward(text, line, place.start, half) >= place.end {
                // What one side does not need is the other's.
                let start = back(text, line, place.start, third);
                let end = forward(text, line, start, columns).max(place.end);
                let start = if end == line.end { back(text, line, end, columns) } else { start };
                let window = start.min(place.start)..end;
                return vec![window];
            }
            let around = |at| back(text, line, at, third)..forward(text, line, at, third);
            vec![around(place.start), around(place.end)]
        })
        .collect();
    windows.sort_by_key(|window| window.start);
    windows.dedup_by(|next, window| {
        let is_joined = next.start <= window.end;
        if is_joined {
            window.end = window.end.max(next.end);
        }
        is_joined
    });
    windows
}

/// The place so many columns before `at`, at the beginning of the line at most.
fn back(text: &str, line: &Range<usize>, at: usize, columns: usize) -> usize {
    let before = text.get(line.start..at).unwrap_or_default();
    let mut left = columns;
    let mut start = at;
    for (offset, character) in before.char_indices().rev() {
        let Some(less) = left.checked_sub(width(character)) else { break };
        (left, start) = (less, line.start + offset);
    }
    start
}

/// The place so many columns behind `at`, at the end of the line at most.
fn forward(text: &str, line: &Range<usize>, at: usize, columns: usize) -> usize {
    let behind = text.get(at..line.end).unwrap_or_default();
    let mut left = columns;
    for (offset, character) in behind.char_indices() {
        let Some(less) = left.checked_sub(width(character)) else { return at + offset };
        left = less;
    }
    line.end
}

/// About how many columns a character takes; a tab is shown as four blanks. Each takes one at
/// least, so that a window has an end whatever it is filled with.
fn width(character: char) -> usize {
    match character {
        '\t' => 4,
        '\u{1100}'.. => 2,
        _ => 1,
    }
}

/// The last character boundary of `text` at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text that is made of pieces of a document and of what stands for others, with the way from
/// the document's bytes to its own.
#[derive(Default)]
struct Shown {
    text: String,
    pieces: Vec<Piece>,
    /// How far into the document it goes.
    end: usize,
}

struct Piece {
    /// Bytes of the document.
    document: Range<usize>,
    /// Bytes of the text that is shown.
    shown: Range<usize>,
    is_copy: bool,
}

impl Shown {
    /// Adds the bytes of the document at `offset` as they are.
    fn copy(&mut self, text: &str, offset: usize) {
        self.piece(offset..offset + text.len(), text, true);
    }

    /// Adds `text` for the bytes `document`.
    fn instead(&mut self, document: Range<usize>, text: &str) {
        self.piece(document, text, false);
    }

    fn piece(&mut self, document: Range<usize>, text: &str, is_copy: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        self.end = document.end;
        self.pieces.push(Piece { document, shown: start..self.text.len(), is_copy });
    }

    /// What is shown for the bytes `document`.
    fn range(&self, document: &Range<usize>) -> Range<usize> {
        let start = self.position(document.start, false);
        let end = if document.is_empty() { start } else { self.position(document.end, true) };
        start..end.max(start)
    }

    /// Where the byte `at` of the document went; the end of something is shown with all that stands
    /// for its last bytes.
    fn position(&self, at: usize, is_end: bool) -> usize {
        let behind = self.pieces.partition_point(|piece| match is_end {
            true => piece.document.end < at,
            false => piece.document.end <= at,
        });
        let Some(piece) = self.pieces.get(behind) else { return self.text.len() };
        match piece.is_copy {
            true => floor(
                &self.text,
                piece.shown.start + at.saturating_sub(piece.document.start).min(piece.shown.len()),
            ),
            false if is_end && at > piece.document.start => piece.shown.end,
            false => piece.shown.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::report::Position;

    fn span(source: &Source, start: usize, end: usize) -> Span {
        let position = |offset: usize| {
            let offset = u32::try_from(offset).unwrap();
            let at = source.line_column(offset);
            Position { offset, line: at.line, column: at.column }
        };
        Span { start: position(start), end: position(end) }
    }

    /// The excerpts around the places that `words` stand at, these in `«…»`.
    fn excerpts(text: &str, words: &[&str]) -> Vec<String> {
        covered(text, &[], words)
    }

    /// The same with the bytes `masks` covered.
    fn covered(text: &str, masks: &[Range<usize>], words: &[&str]) -> Vec<String> {
        let source = Source::new("x", text);
        let spans: Vec<Span> = words
            .iter()
            .map(|word| {
                let at = text.find(word).unwrap();
                span(&source, at, at + word.len())
            })
            .collect();
        let sheet = Sheet { source: &source, masks: masks.to_vec() };
        let marked = |excerpt: Excerpt| {
            let mut text = excerpt.text;
            let mut ends: Vec<(usize, char)> = Vec::new();
            for mark in &excerpt.marks {
                ends.extend([(mark.bytes.start, '«'), (mark.bytes.end, '»')]);
            }
            ends.sort_by_key(|end| std::cmp::Reverse(*end));
            ends.into_iter().for_each(|(at, bracket)| text.insert(at, bracket));
            format!("{}:{}:{}", excerpt.line, excerpt.at.1, text)
        };
        let spans: Vec<&Span> = spans.iter().collect();
        let (primary, others) = spans.split_first().unwrap();
        sheet.excerpts(Some(primary), others).into_iter().map(marked).collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(excerpts("a\r\nb port c\r\nd", &["port"]), ["2:3:b «port» c"]);
        assert_eq!(excerpts("a\n\n", &["\n\n"]), ["1:2:a«\n\n»"]);
        assert_eq!(excerpts("", &[""]), ["1:1:«»"]);
    }

    #[test]
    fn what_nobody_would_see_is_shown_as_an_escape_and_pointed_at_whole() {
        let text = "a\u{1b}[1mport\u{9b}\u{202e}b\r\n";
        assert_eq!(excerpts(text, &["port"]), ["1:6:a\\x1b[1m«port»\\u{9b}\\u{202e}b"]);
        assert_eq!(excerpts(text, &["\u{9b}"]), ["1:10:a\\x1b[1mport«\\u{9b}»\\u{202e}b"]);
        assert_eq!(excerpts(text, &["m"]), ["1:5:a\\x1b[1«m»port\\u{9b}\\u{202e}b"]);
    }

    #[test]
    fn a_secret_is_a_mask_of_one_length_and_a_place_in_it_points_at_the_mask() {
        let text = "a\nENV T=hunter2hunter2 X=y\nb";
        let masks = std::slice::from_ref(&(8..22));
        assert_eq!(covered(text, masks, &["unter"]), ["2:8:ENV T=«••••» X=y"]);
        assert_eq!(covered(text, masks, &["T=hunter2hunter2"]), ["2:5:ENV «T=••••» X=y"]);
        assert_eq!(covered(text, masks, &["X=y"]), ["2:22:ENV T=•••• «X=y»"]);
    }

    #[test]
    fn a_long_line_is_cut_around_its_place_and_keeps_its_column() {
        let text = format!("{}port{}", "a".repeat(5000), "b".repeat(5000));
        let [shown] = &excerpts(&text, &["port"])[..] else { panic!() };
        let expected = format!("1:5001:…{}«port»{}…", "a".repeat(40), "b".repeat(76));
        assert_eq!(*shown, expected);
    }

    #[test]
    fn a_line_is_cut_between_characters() {
        let text = format!("{}port\t{}", "端".repeat(5000), "口".repeat(5000));
        let [shown] = &excerpts(&text, &["port"])[..] else { panic!() };
        let expected = format!("1:5001:…{}«port»\t{}…", "端".repeat(20), "口".repeat(36));
        assert_eq!(*shown, expected);
    }

    #[test]
    fn a_long_place_on_one_line_shows_its_ends() {
        let long = format!("<{}>", "x".repeat(5000));
        let text = format!("{}{long}{}", "a".repeat(500), "b".repeat(500));
        let [shown] = &excerpts(&text, &[&long])[..] else { panic!() };
        let (a, x, b) = ("a".repeat(40), "x".repeat(39), "b".repeat(40));
        assert_eq!(*shown, format!("1:501:…{a}«<{x}…{x}>»{b}…"));
    }

    #[test]
    fn places_on_one_long_line_have_a_window_each() {
        let text = format!("one{}two", "a".repeat(5000));
        let [shown] = &excerpts(&text, &["two", "one"])[..] else { panic!() };
        assert!(shown.starts_with("1:5004:«one»aaaa"), "{shown}");
        assert!(shown.contains("a…a") && shown.ends_with("aa«two»"), "{shown}");
    }

    #[test]
    fn far_places_are_excerpts_of_their_own_and_the_first_comes_first() {
        let text = format!("one\n{}two\n", "x\n".repeat(1000));
        assert_eq!(excerpts(&text, &["two", "one"]), ["1002:1:«two»", "1:1:«one»"]);
        let near = "one\nx\ntwo\n";
        assert_eq!(excerpts(near, &["two", "one"]), ["1:1:«one»\nx\n«two»"]);
    }

    #[test]
    fn a_place_of_very_many_lines_shows_its_first_and_last() {
        let long = format!("<\n{}>", "x\n".repeat(1000));
        let shown = excerpts(&format!("a {long} b"), &[&long]);
        assert_eq!(shown, ["1:3:a «<\nx\nx»", "1000:1:«x\nx\n>» b"]);
    }

    #[test]
    fn what_is_shown_instead_of_bytes_is_pointed_at_whole() {
        let mut shown = Shown::default();
        shown.copy("a=", 0);
        shown.instead(2..20, "••••");
        shown.copy("b", 20);
        let slice = |range: Range<usize>| shown.text[shown.range(&range)].to_owned();
        assert_eq!(slice(2..20), "••••");
        assert_eq!(slice(0..7), "a=••••");
        assert_eq!(slice(20..21), "b");
        assert_eq!(slice(20..20), "");
        assert_eq!(slice(9..21), "••••b");
    }
}
