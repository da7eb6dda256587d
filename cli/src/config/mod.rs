//! plimsoll.toml: found upwards from each checked file (`find.rs`), and what the command line says
//! against it.

mod find;
mod glob;
mod read;
mod strangers;

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use plimsoll::text::{Lang, Message, SourceId};
use plimsoll::{Project, Settings};

use self::find::Finder;
use self::read::Config;
use crate::args::{FailOn, Selection};
use crate::files::{Opened, display};
use crate::output::Problem;

/// Documents that are checked together: those that one configuration holds for.
pub(crate) struct Group {
    pub(crate) project: Project,
    pub(crate) settings: Settings,
    /// What the configuration says of `--fail-on`.
    pub(crate) fail_on: Option<FailOn>,
}

/// Documents under their configurations, and what is to be said of these.
pub(crate) struct Arranged {
    pub(crate) groups: Vec<Group>,
    /// What is wrong with a configuration.
    pub(crate) problems: Vec<Problem>,
    /// Which was not taken.
    pub(crate) warnings: Vec<Message>,
}

/// The documents of `project` under their configurations. Those whose configuration cannot be read
/// are left out: nothing tells how they are meant to be checked.
pub(crate) fn arrange(opened: &Opened, selection: &Selection, lang: Lang) -> Arranged {
    let Opened { project, origins, .. } = opened;
    let mut finder = Finder::new(selection);
    let mut members: Vec<(Option<usize>, Vec<SourceId>)> = Vec::new();
    for document in project.documents() {
        let config = finder.of(origins.path(document.source.path()));
        match members.iter_mut().find(|(known, _)| *known == config) {
            Some((_, ids)) => ids.push(document.id),
            None => members.push((config, vec![document.id])),
        }
    }
    let is_one = members.len() == 1;
    let none = Config::default();
    let mut groups = Vec::new();
    for (index, ids) in members {
        let file = index.and_then(|index| finder.files.get(index));
        let Some(config) = file.map_or(Some(&none), |file| file.config.as_ref()) else {
            continue;
        };
        let project = if is_one { project.clone() } else { project.part(&ids) };
        let file_ignores = project
            .documents()
            .iter()
            .map(|document| document.source.path())
            .filter_map(|name| {
                Some((name.to_owned(), file?.ignored(&finder.here, origins.path(name))))
            })
            .filter(|(_, selectors)| !selectors.is_empty())
            .collect();
        let settings = Settings { file_ignores, ..settings(selection, config, lang) };
        groups.push(Group { project, settings, fail_on: config.fail_on });
    }
    Arranged { groups, problems: finder.problems, warnings: finder.warnings }
}

/// What the command line says goes before what the file says. `--ignore` adds to the file's;
/// `--select` takes the place of both its lists, so that a rule that is asked for runs.
fn settings(selection: &Selection, config: &Config, lang: Lang) -> Settings {
    let first = |own: &[_], file: &[_]| if own.is_empty() { file.to_vec() } else { own.to_vec() };
    let mut ignore = selection.ignore.clone();
    if selection.select.is_empty() {
        ignore.extend(&config.ignore);
    }
    Settings {
        targets: if selection.platforms.is_empty() {
            config.platforms.clone()
        } else {
            selection.platforms.clone()
        },
        select: first(&selection.select, &config.select),
        ignore,
        strict: selection.strict || config.strict,
        severities: config.severities.clone(),
        options: config.options.clone(),
        file_ignores: HashMap::new(),
        lang,
    }
}

/// A plimsoll.toml that holds for some documents.
struct File {
    path: PathBuf,
    /// `None` if it could not be read.
    config: Option<Config>,
}

impl File {
    /// The rules that `[per-file-ignores]` names for the document at `path`.
    fn ignored(&self, here: &Path, path: &Path) -> Vec<plimsoll::Selector> {
        let globs = self.config.iter().flat_map(|config| &config.file_ignores);
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let whole = whole(here, path);
        // A file elsewhere than below the configuration keeps the path that it was named by.
        let below = display(whole.strip_prefix(folder).unwrap_or(path));
        globs
            .filter(|(glob, _)| glob.matches(&below))
            .flat_map(|(_, rules)| rules.clone())
            .collect()
    }
}

/// `path` from the root on, `.` and `..` resolved: above `a/..` lies what is above `a`'s parent.
fn whole(here: &Path, path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            other => whole.push(other),
        }
    }
    whole
}

/// A path as people write it: from the current folder where it lies below.
fn shown(path: &Path, here: &Path) -> String {
    display(path.strip_prefix(here).unwrap_or(path))
}
