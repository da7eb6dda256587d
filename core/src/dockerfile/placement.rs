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
    /// It lies there if the build context holds this file, whose folder is copied there.
    InContext {
        /// The path in the context.
        path: String,
        /// The destination of the folder.
        destination: Span,
    },
    /// Nothing puts a file of that name into the image.
    Nowhere,
}

/// What one COPY does to the path.
enum Effect {
    /// It may put the file there.
    Possible,
    /// It takes the file along, if the context holds it at this path.
    Carries(String),
    /// It puts files of that name here.
    Puts(Vec<String>),
}

impl Dockerfile {
    /// Whether the last stage puts a file at the absolute `path`, as far as its instructions tell.
    pub fn placement(&self, path: &str) -> Placement {
        let path = normalised(path);
        let name = file_name(&path);
        let mut elsewhere = Vec::new();
        let mut carried = None;
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
                        match transfer.effect(folder.as_deref(), &path, name) {
                            Effect::Puts(paths) => {
                                let at = destination.span;
                                elsewhere.extend(paths.into_iter().map(|path| (path, at)));
                            }
                            Effect::Carries(path) if carried.is_none() => {
                                carried = Some((path, destination.span));
                            }
                            Effect::Carries(_) | Effect::Possible => return Placement::Possible,
                        }
                    }
                    (_, Keyword::Run) if may_write(instruction, name) => {
                        return Placement::Possible;
                    }
                    _ => {}
                }
            }
        }
        match carried {
            Some((path, destination)) => Placement::InContext { path, destination },
            None if elsewhere.is_empty() => Placement::Nowhere,
            None => Placement::Elsewhere(elsewhere),
        }
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
    fn effect(&self, folder: Option<&str>, path: &str, name: &str) -> Effect {
        let to = plain(self.destination);
        let target = join(folder, to).filter(|target| !target.contains('$'));
        let count = self.sources.len() + self.instruction.heredocs.len();
        let is_folder =
            to.ends_with('/') || matches!(to, "." | "..") || to.ends_with("/.") || count > 1;
        let is_add = self.instruction.keyword == Keyword::Add;
        let is_own = !is_add && self.instruction.flag("from").is_none() && count == 1;
        let heredocs = self.instruction.heredocs.iter().map(|one| one.name.as_str());
        let mut paths = Vec::new();
        for source in self.sources.iter().map(plain).chain(heredocs) {
            let last = file_name(source);
            let is_named = last == name;
            // A name with an ending is a file; an archive that ADD unpacks is many.
            let is_open = last.contains(['*', '?', '[', '$']);
            let is_many = !last.contains('.') || matches!(last, "." | "..") || is_open || is_add;
            if !is_named && !is_many {
                // A file of another name takes this one where the destination says so.
                match &target {
                    Some(target) if !is_folder && target == path => return Effect::Possible,
                    None if file_name(to) == name => return Effect::Possible,
                    _ => continue,
                }
            }
            let Some(target) = target.as_deref() else { return Effect::Possible };
            let below = if target == "/" { "/".to_owned() } else { format!("{target}/") };
            if is_many && !is_named {
                match path.strip_prefix(&below) {
                    Some(rest) if is_own && !is_open => {
                        let inner = normalised(&format!("{source}/{rest}"));
                        return Effect::Carries(inner.trim_start_matches('/').to_owned());
                    }
                    Some(_) => return Effect::Possible,
                    None if path == target => return Effect::Possible,
                    None => continue,
                }
            }
            let within = format!("{below}{last}");
            // Without a slash it is the file itself, or a folder that is there already.
            if path == within || (!is_folder && path == target) {
                return Effect::Possible;
            }
            let is_within = is_folder || file_name(target) != last && !target.contains('.');
            paths.push(if is_within { within } else { target.to_owned() });
        }
        Effect::Puts(paths)
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
            ("COPY . /home", "context run.sh"),
            ("COPY root/ /", "context root/home/run.sh"),
            ("WORKDIR /home\nCOPY . .", "context run.sh"),
            ("WORKDIR /home\nCOPY ./src ./", "context src/run.sh"),
            ("COPY . /home\nCOPY root /", "there"),
            ("COPY . /home\nRUN make run.sh", "there"),
            ("COPY --from=build /out /home", "there"),
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
                Placement::InContext { path, .. } => format!("context {path}"),
                Placement::Elsewhere(places) => {
                    places.into_iter().map(|(path, _)| path).collect::<Vec<_>>().join(" ")
                }
            };
            assert_eq!(found, wanted, "{body}");
        }
    }
}
