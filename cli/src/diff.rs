//! A change as a unified diff: what `patch` takes, byte for byte, unless a secret had to be covered.

use std::path::Path;

use similar::{ChangeTag, DiffOp, TextDiff};

/// What changes in one file.
pub(crate) struct Diff {
    /// The diff; empty where nothing changes.
    pub(crate) text: String,
    /// Whether something in it is covered, so that it does not apply.
    pub(crate) is_covered: bool,
}

/// Lines around a change.
const CONTEXT: usize = 3;

/// The change of `old` into `new` in the file of this name; `covered` is what is shown of both
/// where secrets are not.
pub(crate) fn unified(name: &str, old: &str, new: &str, covered: Option<[&str; 2]>) -> Diff {
    let mut diff = Diff { text: String::new(), is_covered: false };
    if old == new {
        return diff;
    }
    let (before, after) =
        (Side::of(old, covered.map(|two| two[0])), Side::of(new, covered.map(|two| two[1])));
    diff.text = format!("--- {name}\n+++ {name}\n");
    let operations = TextDiff::configure().diff_slices(&before.lines, &after.lines);
    for group in operations.grouped_ops(CONTEXT) {
        diff.text.push_str(&header(&group));
        for operation in &group {
            diff.add(operation, &before, &after);
        }
    }
    diff
}

impl Diff {
    fn add(&mut self, operation: &DiffOp, before: &Side<'_>, after: &Side<'_>) {
        let (tag, old, new) = operation.as_tag_tuple();
        if tag == similar::DiffTag::Equal {
            for (old, new) in old.zip(new) {
                // What one of the two texts gives away the other covers.
                let side = if before.is_covered(old) { (before, old) } else { (after, new) };
                self.line(ChangeTag::Equal, side.0, side.1);
            }
            return;
        }
        old.for_each(|line| self.line(ChangeTag::Delete, before, line));
        new.for_each(|line| self.line(ChangeTag::Insert, after, line));
    }

    fn line(&mut self, tag: ChangeTag, side: &Side<'_>, line: usize) {
        self.is_covered |= side.is_covered(line);
        let text = side.shown(line);
        self.text.push_str(&format!("{tag}{text}"));
        if !text.ends_with('\n') {
            self.text.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// A text by lines, each with what is shown of it.
struct Side<'a> {
    lines: Vec<&'a str>,
    covered: Option<Vec<&'a str>>,
}

impl<'a> Side<'a> {
    fn of(text: &'a str, covered: Option<&'a str>) -> Side<'a> {
        // A line ends in `\n`, whatever stands before that.
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let covered = covered.filter(|covered| *covered != text).map(|covered| {
            let covered: Vec<&str> = covered.split_inclusive('\n').collect();
            debug_assert_eq!(covered.len(), lines.len(), "what is covered keeps its lines");
            covered
        });
        Side { lines, covered }
    }

    fn shown(&self, line: usize) -> &str {
        let covered = self.covered.as_ref().map(|covered| covered.get(line));
        match covered {
            // Rather nothing than a secret.
            Some(covered) => covered.copied().unwrap_or("\n"),
            None => self.lines.get(line).copied().unwrap_or_default(),
        }
    }

    fn is_covered(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|raw| *raw != self.shown(line))
    }
}

/// `@@ -1,3 +1,4 @@`
fn header(group: &[DiffOp]) -> String {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return String::new() };
    let range = |start: usize, end: usize| match end - start {
        // Of no lines the one before is told.
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    };
    let old = range(first.old_range().start, last.old_range().end);
    let new = range(first.new_range().start, last.new_range().end);
    format!("@@ -{old} +{new} @@\n")
}

/// The name of a file as the head of a diff writes it: quoted as `patch` and git do where it holds
/// what would end it.
pub(crate) fn name_in_head(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let bytes = path.as_os_str().as_encoded_bytes();
    let text = std::str::from_utf8(bytes).ok();
    match text.filter(|text| !text.starts_with('"') && !text.contains(|c: char| c.is_control())) {
        // Behind a tab comes the date: without one a blank would end the name.
        Some(text) if text.contains(char::is_whitespace) => format!("{text}\t"),
        Some(text) => text.to_owned(),
        None => quoted(bytes),
    }
}

fn quoted(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            b'\r' => out.push_str("\\r"),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::redact;

    fn diff(old: &str, new: &str) -> String {
        unified("f", old, new, None).text
    }

    #[test]
    fn lines_end_in_a_line_feed_only() {
        assert_eq!(
            diff("a\r\nb\rc\n", "a\r\nb\rd\n"),
            "--- f\n+++ f\n@@ -1,2 +1,2 @@\n a\r\n-b\rc\n+b\rd\n"
        );
    }

    #[test]
    fn a_missing_line_end_is_told() {
        assert_eq!(
            diff("a\nb", "a\nc\n"),
            "--- f\n+++ f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
        );
        assert_eq!(diff("", "a\n"), "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(diff("same", "same"), "");
    }

    #[test]
    fn names_are_quoted_where_they_have_to_be() {
        let name = |text: &str| name_in_head(Path::new(text));
        assert_eq!((name("a/b"), name("./b")), ("a/b".into(), "b".into()));
        assert_eq!(name("a b"), "a b\t");
        assert_eq!(name("a\\b"), "a\\b");
        assert_eq!(name("a\nb\"c\\"), "\"a\\nb\\\"c\\\\\"");
        assert_eq!(name("\"端"), "\"\\\"\\347\\253\\257\"");
    }

    #[test]
    fn a_covered_line_is_told() {
        let old = "ENV API_TOKEN=hunter2hunter2\nENV A b\n";
        let unified =
            |old: &str, new: &str| unified("f", old, new, Some([&redact(old), &redact(new)]));
        let covered = unified(old, "ENV API_TOKEN=hunter2hunter2\nENV A=b\n");
        assert!(covered.is_covered && !covered.text.contains("hunter2"), "{}", covered.text);
        let far = format!("{old}{}x\n", "#\n".repeat(9));
        let new = far.replace("x\n", "y\n");
        assert!(!unified(&far, &new).is_covered);
    }
}
