//! Where COPY and ADD put a file of a given name. In doubt it may lie anywhere.

use super::instruction::{Body, Instruction, Keyword};
use super::words::Word;
use super::{BaseName, Dockerfile};
use crate::text::Span;

/// Whether a file lies at a path of the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It lies there, or may.
    Possible,
    /// A file of that name is put at these paths alone, each with its destination.
    Elsewhere(Vec<(String, Span)>),
    /// Nothing puts a file of that name into the image.
    Nowhere,
}

impl Dockerfile {
    /// Whether the last stage puts a file at the absolute `path`, as far as its instructions tell.
    pub fn placement(&self, path: &str) -> Placement {
        let path = normalised(path);
        let name = file_name(&path);
        let mut elsewhere = Vec::new();
        // `None` where only the base image knows.
        let mut folder: Option<String> = None;
        for stage in self.chain() {
            if matches!(stage.base, BaseName::Scratch) {
                folder = Some("/".to_owned());
            }
            for instruction in self.stage_instructions(stage) {
                match (&instruction.body, instruction.keyword) {
                    (Body::Text(word), Keyword::Workdir) => {
                        folder = join(folder.as_deref(), plain(word));
                    }
                    (Body::Copy { sources, destination }, _) => {
                        let transfer = Transfer { instruction, sources, destination };
                        match transfer.places(folder.as_deref(), &path, name) {
                            Some(places) => elsewhere.extend(places),
                            None => return Placement::Possible,
                        }
                    }
                    (_, Keyword::Run) if may_write(instruction, name) => {
                        return Placement::Possible;
                    }
                    _ => {}
                }
            }
        }
        if elsewhere.is_empty() { Placement::Nowhere } else { Placement::Elsewhere(elsewhere) }
    }
}

/// Whether RUN may put a file of that name anywhere.
fn may_write(run: &Instruction, name: &str) -> bool {
    let text = run.arguments.text();
    let makes_files = ["git ", "curl ", "wget ", "tar ", "unzip ", " cp ", " mv ", " ln "];
    !run.heredocs.is_empty()
        || text.contains(name)
        || makes_files.iter().any(|word| format!(" {text} ").contains(word))
}

struct Transfer<'a> {
    instruction: &'a Instruction,
    sources: &'a [Word],
    destination: &'a Word,
}

impl Transfer<'_> {
    /// Where it puts a file called `name`; `None` where that may be `path`.
    fn places(&self, folder: Option<&str>, path: &str, name: &str) -> Option<Vec<(String, Span)>> {
        let to = plain(self.destination);
        let target = join(folder, to).filter(|target| !target.contains('$'));
        let is_folder = to.ends_with('/')
            || matches!(to, "." | "..")
            || to.ends_with("/.")
            || self.sources.len() + self.instruction.heredocs.len() > 1;
        let mut places = Vec::new();
        let is_add = self.instruction.keyword == Keyword::Add;
        let heredocs = self.instruction.heredocs.iter().map(|one| one.name.as_str());
        for source in self.sources.iter().map(plain).chain(heredocs) {
            let last = file_name(source);
            let is_named = last == name;
            // A name with an ending is a file; an archive that ADD unpacks is many.
            let is_many = !last.contains('.')
                || matches!(last, "." | "..")
                || last.contains(['*', '?', '[', '$'])
                || is_add;
            if !is_named && !is_many {
                // A file of another name takes this one where the destination says so.
                match &target {
                    Some(target) if !is_folder && target == path => return None,
                    None if file_name(to) == name => return None,
                    _ => continue,
                }
            }
            let target = target.as_deref()?;
            let below = if target == "/" { "/".to_owned() } else { format!("{target}/") };
            if is_many && !is_named {
                if path == target || path.starts_with(&below) {
                    return None;
                }
                continue;
            }
            let within = format!("{below}{last}");
            // Without a slash it is the file itself, or a folder that is there already.
            let is_here = path == within || (!is_folder && path == target);
            if is_here {
                return None;
            }
            let shown = if is_folder || file_name(target) != last && !target.contains('.') {
                within
            } else {
                target.to_owned()
            };
            places.push((shown, self.destination.span));
        }
        Some(places)
    }
}

/// The letters of a path without the quotes around them.
fn plain(word: &Word) -> &str {
    word.raw().trim_matches(['"', '\''])
}

fn file_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or(path)
}

/// `path` seen from `folder`, without `.`, `..` and double slashes.
fn join(folder: Option<&str>, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return Some(normalised(path));
    }
    Some(normalised(&format!("{}/{path}", folder?)))
}

fn normalised(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_where_copy_puts_it() {
        let cases = [
            ("COPY run.sh /home/run.sh", "there"),
            ("COPY run.sh /home/", "there"),
            ("COPY run.sh /home", "there"),
            ("WORKDIR /home\nCOPY scripts/run.sh .", "there"),
            ("COPY start.sh /home/run.sh", "there"),
            ("COPY . /home", "there"),
            ("COPY root/ /", "there"),
            ("WORKDIR /home\nCOPY . .", "there"),
            ("COPY run.sh .", "there"),
            ("COPY run.sh $APP/", "there"),
            ("COPY *.sh /home/", "there"),
            ("ADD scripts.tar.gz /", "there"),
            ("COPY run.sh /opt/\nRUN mv /opt/run.sh /home/", "there"),
            ("COPY run.sh /opt/run.sh", "/opt/run.sh"),
            ("COPY run.sh app.py /opt/", "/opt/run.sh"),
            ("WORKDIR /app\nCOPY run.sh ./", "/app/run.sh"),
            ("WORKDIR /app\nCOPY run.sh bin/../run.sh", "/app/run.sh"),
            ("COPY run.sh /start.sh\nRUN pip install x", "/start.sh"),
            ("COPY app.py /opt/", "nowhere"),
            ("COPY src/ /opt/src/", "nowhere"),
            ("RUN pip install x", "nowhere"),
        ];
        for (body, wanted) in cases {
            let (tree, _) = crate::dockerfile::parse(&format!("FROM a:1\n{body}\n"));
            let found = match tree.placement("/home/run.sh") {
                Placement::Possible => "there".to_owned(),
                Placement::Nowhere => "nowhere".to_owned(),
                Placement::Elsewhere(places) => {
                    places.into_iter().map(|(path, _)| path).collect::<Vec<_>>().join(" ")
                }
            };
            assert_eq!(found, wanted, "{body}");
        }
    }
}
