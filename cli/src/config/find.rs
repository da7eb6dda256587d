//! Which plimsoll.toml holds for a file: the nearest, from the file's own folder up to the root of
//! its repository, else to the home folder.
//!
//! Outside of both the search ends where a folder is not the user's own: whoever may write to it
//! could say there which rules are silent.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use plimsoll::text::{Message, text};

use super::read;
use super::strangers::Access;
use super::{File, shown, whole};
use crate::args::Selection;
use crate::files;
use crate::output::Problem;

/// The file's name.
const NAME: &str = "plimsoll.toml";

/// What lies in the root of a repository: of git (a file in a work tree or submodule), Mercurial,
/// Jujutsu.
const REPOSITORY: [&str; 3] = [".git", ".hg", ".jj"];

/// Finds the configuration of a path; each file is read once.
pub(super) struct Finder {
    is_off: bool,
    /// That of `--config`.
    named: Option<usize>,
    pub(super) here: PathBuf,
    home: Option<PathBuf>,
    pub(super) files: Vec<File>,
    folders: HashMap<PathBuf, Folder>,
    found: HashMap<PathBuf, Option<usize>>,
    pub(super) problems: Vec<Problem>,
    /// What was passed over.
    pub(super) warnings: Vec<Message>,
}

/// What is to be known of a folder.
#[derive(Clone, Copy, Debug)]
struct Folder {
    access: Access,
    has_config: bool,
    /// Who owns the repository, where it is the root of one.
    repository: Option<Access>,
}

impl Finder {
    pub(super) fn new(selection: &Selection) -> Finder {
        let here = std::env::current_dir().unwrap_or_default();
        let home = std::env::home_dir().map(|home| whole(&here, &home));
        let mut finder = Finder {
            is_off: selection.no_config,
            named: None,
            here,
            // Some users' home is the root of all: nobody's own.
            home: home.filter(|home| home.parent().is_some()),
            files: Vec::new(),
            folders: HashMap::new(),
            found: HashMap::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
        };
        if let Some(path) = &selection.config {
            finder.named = Some(finder.open(path.clone(), &files::display(path), false));
        }
        finder
    }

    /// The configuration of the document at `path`.
    pub(super) fn of(&mut self, path: &Path) -> Option<usize> {
        if self.is_off || self.named.is_some() {
            return self.named;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder = whole(&self.here, folder);
        if let Some(known) = self.found.get(&folder) {
            return *known;
        }
        let found = self.search(&folder);
        self.found.insert(folder, found);
        found
    }

    /// The configuration in `start`, or the nearest above it.
    fn search(&mut self, start: &Path) -> Option<usize> {
        let home = self.home.clone();
        // A folder that is only named (`--stdin-filename`) lies in one that is there.
        let there = start.ancestors().find(|folder| folder.is_dir()).unwrap_or(start);
        let mut ours = vec![self.folder(there).access];
        ours.extend(home.as_deref().map(Access::of));
        let root = start.ancestors().find(|folder| {
            let repository = self.folder(folder).repository;
            repository.is_some_and(|repository| repository.is_owned_by(&ours))
        });
        let top = start
            .ancestors()
            .find(|&folder| Some(folder) == root || Some(folder) == home.as_deref());
        for folder in start.ancestors() {
            let known = self.folder(folder);
            // Nobody's project is the whole file system.
            let is_everything = top.is_none() && folder.parent().is_none() && folder != start;
            if is_everything {
                return None;
            }
            let is_in_repository = root.is_some_and(|root| folder.starts_with(root));
            if !is_in_repository && known.access.is_strangers(&ours) {
                if known.has_config {
                    self.pass_over(&folder.join(NAME));
                }
                return None;
            }
            if known.has_config {
                return Some(self.open_found(folder.join(NAME)));
            }
            if Some(folder) == top {
                return None;
            }
        }
        None
    }

    fn folder(&mut self, path: &Path) -> Folder {
        if let Some(known) = self.folders.get(path) {
            return *known;
        }
        // A link counts even where it leads nowhere.
        let is_there = |name: &str| fs::symlink_metadata(path.join(name)).is_ok();
        let repository = REPOSITORY.into_iter().find(|name| is_there(name));
        let folder = Folder {
            access: Access::of(path),
            has_config: is_there(NAME),
            repository: repository.map(|name| Access::of(&path.join(name))),
        };
        self.folders.insert(path.to_owned(), folder);
        folder
    }

    /// Tells of a configuration that is not taken.
    fn pass_over(&mut self, path: &Path) {
        let message = Message::new(text(
            "{path} is ignored: others may write to its folder; name it with `--config` to use it",
            "已忽略 {path}：其他用户可写入其所在文件夹；如需使用，请用 `--config` 指定",
        ))
        .arg("path", shown(path, &self.here));
        if !self.warnings.contains(&message) {
            self.warnings.push(message);
        }
    }

    fn open_found(&mut self, path: PathBuf) -> usize {
        if let Some(known) = self.files.iter().position(|file| file.path == path) {
            return known;
        }
        let name = shown(&path, &self.here);
        self.open(path, &name, true)
    }

    /// Reads the file at `path`, which is called `name` where something is wrong with it. What was
    /// `found` must be a file; what was named may be a pipe.
    fn open(&mut self, path: PathBuf, name: &str, found: bool) -> usize {
        let trouble = if found { no_file(name, &path) } else { None };
        let text = match trouble {
            Some(problem) => Err(problem),
            None => files::read_text(Some(&path)).map_err(|error| error.problem(name)),
        };
        let config = match text {
            Ok(text) => read::read(name, &text).map_err(|all| self.problems.extend(all)).ok(),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        };
        let path = whole(&self.here, &path);
        self.files.push(File { path, config });
        self.files.len() - 1
    }
}

/// Why nothing can be read at `path`, where something lies.
fn no_file(name: &str, path: &Path) -> Option<Problem> {
    let why = match fs::metadata(path) {
        Ok(found) if found.is_file() => return None,
        Ok(found) if found.is_dir() => text("this is a folder, not a file", "这是文件夹，不是文件"),
        Ok(_) => text("this is not a regular file", "这不是普通文件"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            text("this link leads to no file", "该链接指向的文件不存在")
        }
        Err(error) => return Some(Problem::io(name, &error)),
    };
    Some(Problem::new(name, why, text("", "")))
}
