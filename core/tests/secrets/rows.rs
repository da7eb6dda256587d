//! Documents with planted secrets, each of one kind of place in which a secret may stand.
//!
//! Below `=== path | what is special about it` stands a document; `«…»` is what nobody may see. A
//! line with the word NAME stands for as many lines as there are names of secrets.

/// The sheets of rows, each about one kind of leak.
const SHEETS: &[(&str, &str)] = &[
    ("ends", include_str!("ends.txt")),
    ("dollars", include_str!("dollars.txt")),
    ("pairs", include_str!("pairs.txt")),
    ("names", include_str!("names.txt")),
    ("commands", include_str!("commands.txt")),
    ("messages", include_str!("messages.txt")),
    ("fixes", include_str!("fixes.txt")),
    ("ros", include_str!("ros.txt")),
    ("masks", include_str!("masks.txt")),
];

/// Names under which values are secrets.
const NAMES: &str = include_str!("names_of_secrets.txt");

/// Every planted secret holds one of these, and nothing else does.
pub(crate) const PLANTED: &[&str] = &["Zq9", "9041733"];

/// What stands where a secret does in text that is shown.
pub(crate) const MASK: &str = "••••";

/// A document with secrets in it.
pub(crate) struct Row {
    /// The sheet and what is special about the row.
    pub(crate) title: String,
    /// The document's path.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// Its text with the mask in place of each secret.
    pub(crate) covered: String,
}

/// All rows.
pub(crate) fn all() -> Vec<Row> {
    let rows = SHEETS.iter().flat_map(|(sheet, text)| {
        text.split("=== ").skip(1).map(move |row| {
            let (head, body) = row.split_once('\n').expect("a row has a text");
            read(sheet, head, body)
        })
    });
    rows.collect()
}

/// The first of `PLANTED` that `text` holds, with what stands around it.
pub(crate) fn leak(text: &str) -> Option<String> {
    let at = PLANTED.iter().find_map(|planted| text.find(planted))?;
    let start = text[..at].char_indices().rev().take(40).last().map_or(at, |(start, _)| start);
    Some(text[start..].chars().take(80).collect())
}

fn read(sheet: &str, head: &str, body: &str) -> Row {
    let (path, title) = head.split_once(" | ").expect("`path | title`");
    let mut marked: String = body.split_inclusive('\n').map(for_each_name).collect();
    if path == "Dockerfile" && !marked.contains("FROM ") {
        marked.insert_str(0, "FROM debian:12\n");
    }
    let path = match path.strip_suffix(" crlf") {
        Some(path) => {
            marked = marked.replace('\n', "\r\n");
            path
        }
        None => path,
    };
    Row {
        title: format!("{sheet}: {path}: {title}"),
        path: path.to_owned(),
        text: marked.replace(['«', '»'], ""),
        covered: covered(&marked),
    }
}

fn for_each_name(line: &str) -> String {
    if !line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "NAME") {
        return line.to_owned();
    }
    NAMES.lines().map(|name| line.replace("NAME", name)).collect()
}

fn covered(marked: &str) -> String {
    let mut parts = marked.split('«');
    let mut covered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (secret, rest) = part.split_once('»').expect("a mark is closed");
        assert!(leak(secret).is_some() && !secret.contains('\n'), "{secret:?} cannot be told");
        covered.push_str(MASK);
        covered.push_str(rest);
    }
    assert!(leak(&covered).is_none(), "a secret is not marked: {marked}");
    covered
}
