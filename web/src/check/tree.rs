//! Documents as a tree of folders. Pure.

use std::collections::BTreeMap;

/// A row of the tree, in order from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A folder.
    Folder {
        /// Its path.
        path: String,
        /// How deep it lies.
        depth: usize,
        /// Whether what lies in it is shown.
        is_open: bool,
        /// The documents in it, by their indices.
        inside: Vec<usize>,
    },
    /// A document.
    File {
        /// Its index.
        index: usize,
        /// How deep it lies.
        depth: usize,
    },
}

#[derive(Default)]
struct Folder {
    folders: BTreeMap<String, Folder>,
    files: Vec<usize>,
}

/// The rows that show `paths` where the folders `closed` show nothing of what lies in them.
pub fn rows<'a>(paths: impl IntoIterator<Item = &'a str>, closed: &[String]) -> Vec<Row> {
    let mut top = Folder::default();
    for (index, path) in paths.into_iter().enumerate() {
        let mut at = &mut top;
        if let Some((folders, _)) = path.rsplit_once('/') {
            for name in folders.split('/') {
                at = at.folders.entry(name.to_owned()).or_default();
            }
        }
        at.files.push(index);
    }
    let mut rows = Vec::new();
    add(&top, "", 0, closed, &mut rows);
    rows
}

fn add(folder: &Folder, path: &str, depth: usize, closed: &[String], rows: &mut Vec<Row>) {
    for (name, inner) in &folder.folders {
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        let is_open = !closed.contains(&path);
        let inside = all(inner);
        rows.push(Row::Folder { path: path.clone(), depth, is_open, inside });
        if is_open {
            add(inner, &path, depth + 1, closed, rows);
        }
    }
    rows.extend(folder.files.iter().map(|&index| Row::File { index, depth }));
}

fn all(folder: &Folder) -> Vec<usize> {
    let inner = folder.folders.values().flat_map(all);
    inner.chain(folder.files.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(closed: &[&str]) -> Vec<String> {
        let paths = ["Dockerfile", "b/x/run.sh", "a/service.json", "b/Dockerfile"];
        let closed: Vec<String> = closed.iter().map(|&one| one.to_owned()).collect();
        rows(paths, &closed)
            .into_iter()
            .map(|row| match row {
                Row::Folder { path, depth, is_open, inside } => {
                    format!(
                        "{}{path}{} {}",
                        " ".repeat(depth),
                        if is_open { "/" } else { "…" },
                        inside.len()
                    )
                }
                Row::File { index, depth } => format!("{}{index}", " ".repeat(depth)),
            })
            .collect()
    }

    #[test]
    fn folders_come_first_and_can_be_closed() {
        assert_eq!(shown(&[]), ["a/ 1", " 2", "b/ 2", " b/x/ 1", "  1", " 3", "0"]);
        assert_eq!(shown(&["b"]), ["a/ 1", " 2", "b… 2", "0"]);
        assert_eq!(shown(&["b/x"]), ["a/ 1", " 2", "b/ 2", " b/x… 1", " 3", "0"]);
    }
}
